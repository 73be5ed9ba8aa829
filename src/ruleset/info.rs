//! What a ruleset says of itself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reference::Version;

/// Whether a ruleset may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It is being written.
    Draft,
    /// It never changes again.
    Published,
}

impl State {
    /// As `ruleset.yaml` writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }
}

/// The dates for which a version may be used, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covers {
    /// The first day.
    pub from: Date,
    /// The last day, where there is one.
    pub until: Option<Date>,
}

impl Covers {
    /// Whether a date is covered.
    #[must_use]
    pub fn includes(self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

/// The head of a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: Version,
    /// Whether it may still change.
    pub state: State,
    /// Its title.
    pub title: String,
    /// The day the law was read.
    pub law_as_at: Date,
    /// The dates it may be used for.
    pub covers: Covers,
    /// The version before.
    pub supersedes: Option<Version>,
    /// Where it holds.
    pub jurisdiction: String,
    /// Who keeps it.
    pub keeper: String,
    /// Where wrong advice can be reported.
    pub report_to: String,
    /// How often its sources are read again, in months.
    pub review_every_months: u16,
    /// What changed from the version before, and why.
    pub changes: String,
    /// What it does not cover.
    pub not_covered: Vec<String>,
}

impl Info {
    /// The last day by which the law should be read again; none where that is beyond the calendar.
    #[must_use]
    pub fn review_due(&self) -> Option<Date> {
        self.law_as_at.checked_add(jiff::Span::new().months(self.review_every_months)).ok()
    }
}
