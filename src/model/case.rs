//! A ruleset's own tests.

use jiff::civil::Date;

use super::answer::Facts;
use super::derived::ValueIx;
use super::id::{DerivedIx, MythIx, OptionIx, QuestionIx, RuleIx};
use super::outcome::Outcome;
use super::rule::Status;
use crate::text::Place;

/// The profiles and cases of a ruleset.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseSet {
    /// Named sets of ordinary answers.
    pub profiles: Vec<Profile>,
    /// The cases, in the order of their files.
    pub cases: Vec<Case>,
}

/// A named set of ordinary answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// The answers.
    pub facts: Facts,
}

/// One test: facts, and the advice expected on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Where the outcome is published.
    pub source: Option<String>,
    /// The date of the advice, where it is not that of the ruleset's law.
    pub as_of: Option<Date>,
    /// The facts of the story.
    pub given: Facts,
    /// The profile that fills the rest, by its position.
    pub assumed: Option<usize>,
    /// Rules recorded as done.
    pub done: Vec<RuleIx>,
    /// What is expected.
    pub expect: Expect,
    /// Where it is written.
    pub place: Place,
}

/// The advice expected. What is not named is not checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Expect {
    /// The outcome.
    pub outcome: Option<Outcome>,
    /// Statuses of rules.
    pub rules: Vec<(RuleIx, Status)>,
    /// Values of derived facts; `None` is undetermined.
    pub derived: Vec<(DerivedIx, Option<ValueIx>)>,
    /// Options that are candidates.
    pub candidates: Vec<(QuestionIx, Vec<OptionIx>)>,
    /// Options that are not.
    pub not_candidates: Vec<(QuestionIx, Vec<OptionIx>)>,
    /// Myths that are answered.
    pub myths: Vec<MythIx>,
}
