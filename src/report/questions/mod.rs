//! The questions still open, by who would know the answer: to be sent to them.

pub mod csv;
pub mod json;
pub mod markdown;
mod sheet;
pub mod text;
mod words;

pub use sheet::{Ask, Entry, Group, Sheet, State};

use crate::manifest::Flow;
use crate::model::Date;
use crate::ruleset::Ruleset;

/// The questions of one manifest, or of a ruleset where there is none yet, to be rendered.
pub struct QuestionsReport<'a> {
    /// The ruleset that asks.
    pub ruleset: &'a Ruleset,
    /// Whether that is inside the program. A folder is known by other names on another machine.
    pub inside: bool,
    /// The date of the advice on which they depend.
    pub as_of: Date,
    /// The manifest's path, as it was given, and what its first exchange says of itself.
    pub manifest: Option<(&'a str, Option<&'a Flow>)>,
    /// The questions.
    pub sheet: &'a Sheet,
}

impl QuestionsReport<'_> {
    /// What the exchange is called. Nothing where the safety screen ends the questions.
    fn text(&self, question: &str) -> Option<&str> {
        let flow = self.manifest?.1.filter(|_| !self.sheet.screened)?;
        flow.text(self.ruleset.question_named(question)?)
    }

    /// "Title (reference)", as far as the manifest says.
    fn name(&self) -> Option<String> {
        let title = self.text("exchange.title")?;
        Some(match self.text("exchange.reference") {
            Some(reference) => format!("{title} ({reference})"),
            None => title.to_owned(),
        })
    }
}
