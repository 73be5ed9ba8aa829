//! The shape of `clearshare-record/1`. Frozen: a change of shape is a new format, in a folder of its own, and this one is still read.
//!
//! The types own what they hold, because a record is read years later, without the ruleset that advised.

mod advice;
mod decision;
mod exchange;
mod reason;
mod record;
mod words;

pub use advice::{
    Advice, Candidate, Candidates, Condition, Derived, Done, FactDerivation, Flow, Given, Highest, Myth, OpenQuestion,
    Role, Rule, RuleDerivation, Source, Step, Theme, Upcoming, UpcomingOption, Waiver, Who,
};
pub use decision::{Consulted, Decision, Evidence, Person, Request, SharingCondition, Supersedes};
pub use exchange::{Answer, AnswerWord, DoneStep, Known, WaivedRule};
pub use reason::{Reason, Test};
pub use record::{Manifest, Named, Record, Ruleset, Tool};
pub use words::{
    Basis, Changeable, Choice, Confidence, CopyRead, Due, Holds, Level, Outcome, Party, QuestionKind, RulesetStatus,
    State, Status, View,
};

use serde::{Deserialize, Deserializer};

/// The name of the format.
pub const FORMAT: &str = "clearshare-record/1";

/// What every reader of a record has to know.
pub const NOTICE: &str = "Decision support, not legal advice. The decision was a person's.";

/// Reads a member that may be `null` but must be there: `null` says that something is not known.
fn there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}
