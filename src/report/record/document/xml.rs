//! XML, written in memory.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::text::visible;

/// A document being written. Writing to memory cannot fail, so that no result is looked at.
pub(super) struct Xml(Writer<Vec<u8>>);

type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A document with nothing in it yet.
    pub(super) fn new() -> Self {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    fn event(&mut self, event: Event<'_>) {
        let _ = self.0.write_event(event);
    }

    fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
        let mut start = BytesStart::new(name);
        for (name, value) in attributes {
            start.push_attribute((*name, &*visible(value)));
        }
        start
    }

    /// An element, with what `inside` writes in it.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(Self::start(name, attributes)));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(Self::start(name, attributes)));
    }

    /// Text. Characters that act or hide, and those that XML has no place for, are made visible.
    pub(super) fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(&visible(text))));
    }

    /// An element with a text in it.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    /// The finished document.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }
}
