//! Something wrong with an input, at a place.
//!
//! A fault is built step by step and cannot be built without a code and a message. Messages start in lower case, have no
//! full stop, and hold other people's text only through [`quoted`].

pub mod code;
pub mod findings;

pub use crate::text::quoted;
pub use code::{Code, Severity};
pub use findings::Findings;

pub use crate::text::Place;

/// Another place that helps to understand a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there, in a few words: `first written here`.
    pub label: String,
}

/// One thing wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    message: String,
    place: Option<Place>,
    related: Vec<Related>,
    help: Option<String>,
    hide_source: bool,
}

impl Finding {
    /// A fault with no place yet.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None, related: Vec::new(), help: None, hide_source: false }
    }

    /// Where it is. A fault has one main place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Another place that belongs to it, with a few words about what is there.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push(Related { place, label: label.into() });
        self
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Do not show the line: it may hold the answer to a safety-screen question.
    #[must_use]
    pub fn hide_source(mut self) -> Self {
        self.hide_source = true;
        self
    }

    /// Which kind of fault.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// What is wrong, in a line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The main place; `None` for a fault of the whole run.
    #[must_use]
    pub const fn place(&self) -> Option<Place> {
        self.place
    }

    /// The other places.
    #[must_use]
    pub fn related_places(&self) -> &[Related] {
        &self.related
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Whether the line must not be shown.
    #[must_use]
    pub const fn hides_source(&self) -> bool {
        self.hide_source
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{FileId, Span};

    #[test]
    fn a_finding_keeps_what_it_was_built_with() {
        let place = |start, end| Place::new(FileId(1), Span::new(start, end));
        let finding = Finding::new(Code::DuplicateKey, format!("key {} is written twice", quoted("to")))
            .at(place(9, 11))
            .related(place(0, 2), "first written here")
            .help("keep one")
            .hide_source();
        assert_eq!(finding.code(), Code::DuplicateKey);
        assert_eq!(finding.message(), "key `to` is written twice");
        assert_eq!(finding.place(), Some(place(9, 11)));
        assert_eq!(finding.related_places().len(), 1);
        assert_eq!(finding.help_text(), Some("keep one"));
        assert!(finding.hides_source());
        assert_eq!(place(9, 11).start(), place(9, 9));
    }
}
