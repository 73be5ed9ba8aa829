//! Suites and cases as XML.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::report::Out;
use crate::report::pipeline::{self, cut};
use crate::text::{visible, visible_lines};

/// The longest line of an attribute, in characters: the rest stands in the body.
const LONGEST: usize = 400;

/// How a case came out.
pub(super) enum Came {
    Passed,
    /// Skipped, with why in a line, and what more there is to say.
    Skipped(String, String),
    /// Failed, with why in a line and in whole.
    Failed(String, String),
    /// The manifest could not be checked.
    Error {
        kind: String,
        message: String,
    },
}

/// One rule of one exchange.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) came: Came,
}

/// Writes a suite: the rules of one exchange, or the faults of a manifest.
pub(super) fn suite(
    out: Out<'_>,
    path: &str,
    flow: Option<&str>,
    properties: &[(&str, String)],
    cases: &[Case],
) -> io::Result<()> {
    let mut xml = Writer::new(out);
    let path = pipeline::path(path);
    let name = flow.map_or_else(|| path.clone(), |flow| format!("{path} ({flow})"));
    let count = |of: fn(&Came) -> bool| cases.iter().filter(|case| of(&case.came)).count().to_string();
    line(&mut xml, 1)?;
    let counts = [
        ("name", name.as_str()),
        ("tests", &cases.len().to_string()),
        ("failures", &count(|came| matches!(came, Came::Failed(..)))),
        ("errors", &count(|came| matches!(came, Came::Error { .. }))),
        ("skipped", &count(|came| matches!(came, Came::Skipped(..)))),
        ("file", &path),
    ];
    start(&mut xml, "testsuite", &counts)?;
    if !properties.is_empty() {
        line(&mut xml, 2)?;
        start(&mut xml, "properties", &[])?;
        for (name, value) in properties {
            line(&mut xml, 3)?;
            xml.write_event(Event::Empty(element("property", &[("name", name), ("value", value)])))?;
        }
        line(&mut xml, 2)?;
        xml.write_event(Event::End(BytesEnd::new("properties")))?;
    }
    cases.iter().try_for_each(|case| write(&mut xml, &name, case))?;
    line(&mut xml, 1)?;
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

pub(super) type Xml<'w> = Writer<Out<'w>>;

/// No file and no line: Jenkins's xUnit plugin takes no report that has them here. They stand in the words.
fn write(xml: &mut Xml<'_>, class: &str, case: &Case) -> io::Result<()> {
    line(xml, 2)?;
    let attributes = [("classname", class), ("name", case.name.as_str())];
    if matches!(case.came, Came::Passed) {
        return xml.write_event(Event::Empty(element("testcase", &attributes)));
    }
    start(xml, "testcase", &attributes)?;
    line(xml, 3)?;
    match &case.came {
        Came::Passed => {}
        Came::Skipped(why, whole) if whole.is_empty() => {
            xml.write_event(Event::Empty(element("skipped", &[("message", &cut(why, LONGEST))])))?;
        }
        Came::Skipped(why, whole) => {
            start(xml, "skipped", &[("message", &cut(why, LONGEST))])?;
            text(xml, whole)?;
            xml.write_event(Event::End(BytesEnd::new("skipped")))?;
        }
        Came::Failed(short, whole) => {
            start(xml, "failure", &[("message", &cut(short, LONGEST)), ("type", "outstanding")])?;
            text(xml, whole)?;
            xml.write_event(Event::End(BytesEnd::new("failure")))?;
        }
        Came::Error { kind, message } => {
            start(xml, "error", &[("message", &cut(message, LONGEST)), ("type", kind)])?;
            text(xml, message)?;
            xml.write_event(Event::End(BytesEnd::new("error")))?;
        }
    }
    line(xml, 2)?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

/// An element whose attributes hold nothing that XML forbids.
fn element<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, &*visible(value)));
    }
    element
}

pub(super) fn start(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Start(element(name, attributes)))
}

fn text(xml: &mut Xml<'_>, text: &str) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::new(&visible_lines(text))))
}

/// A new line, as far in as the document is deep.
pub(super) fn line(xml: &mut Xml<'_>, depth: usize) -> io::Result<()> {
    writeln!(xml.get_mut())?;
    write!(xml.get_mut(), "{}", "  ".repeat(depth))
}
