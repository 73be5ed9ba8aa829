//! A ruleset's own tests.

use jiff::civil::Date;

use super::answer::Facts;
use super::derived::ValueIx;
use super::id::{DerivedIx, MythIx, OptionIx, QuestionIx, RoleIx, RuleIx};
use super::outcome::Outcome;
use super::rule::{Basis, Due, Level, Status};
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
    /// Where its id is written.
    pub place: Place,
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
    /// Where each of those facts is written.
    pub given_at: Vec<(QuestionIx, Place)>,
    /// The profile that fills the rest, by its position.
    pub assumed: Option<usize>,
    /// Where it says that the facts given must come to the outcome, or leave it open, without the profile.
    pub alone: Option<Place>,
    /// Rules recorded as done.
    pub done: Vec<RuleIx>,
    /// Rules recorded as waived.
    pub waived: Vec<RuleIx>,
    /// What is expected.
    pub expect: Expect,
    /// Where it is written.
    pub place: Place,
}

/// The advice expected. What is not named is checked only where `exactly` says so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expect {
    /// The outcome.
    pub outcome: Option<Written<Outcome>>,
    /// What is expected of rules.
    pub rules: Vec<ExpectedRule>,
    /// Values of derived facts.
    pub derived: Vec<ExpectedFact>,
    /// Options that are candidates.
    pub candidates: Vec<ExpectedOptions>,
    /// Options that are not.
    pub not_candidates: Vec<ExpectedOptions>,
    /// Myths that are answered.
    pub myths: Vec<Written<MythIx>>,
    /// Questions that are answered, and do not arise.
    pub moot: Vec<Written<QuestionIx>>,
    /// What is checked although it is not named.
    pub exactly: Exactly,
    /// Where it is written.
    pub place: Place,
}

/// A value, and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub place: Place,
}

/// What is expected of one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedRule {
    /// The rule.
    pub rule: RuleIx,
    /// Its status.
    pub status: Written<Status>,
    /// How strongly it binds.
    pub level: Option<Written<Level>>,
    /// What stands behind it.
    pub basis: Option<Written<Basis>>,
    /// When it is due.
    pub due: Option<Written<Due>>,
    /// The role whose advice it needs.
    pub refer: Option<Written<RoleIx>>,
}

/// The value expected of a derived fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedFact {
    /// The fact.
    pub fact: DerivedIx,
    /// Its value; `None` is undetermined.
    pub value: Written<Option<ValueIx>>,
}

/// Options of one question that are expected to be candidates, or not to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedOptions {
    /// The question.
    pub question: QuestionIx,
    /// The options.
    pub options: Vec<Written<OptionIx>>,
}

/// What a case checks although it does not name it, each with where it says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exactly {
    /// A rule that is not named is not applicable.
    pub rules: Option<Place>,
    /// Every shown derived fact is named.
    pub derived: Option<Place>,
    /// The candidates are those named, and no others.
    pub candidates: Option<Place>,
    /// The myths answered are those named, and no others.
    pub myths: Option<Place>,
}
