//! The shape of `clearshare-advice/1`. Frozen: a change of shape is a new format, in a folder of its own.
//!
//! A member that has nothing to say is left out, except where `null` says that something is not known.

mod document;
mod flow;
mod why;

pub(super) use document::{Advice, Exchange, Faulty, Head, Highest, Related, Ruleset, Stopped};
pub(in crate::report) use document::{Fault, Instruction, Source};
pub(super) use flow::{
    Candidate, Candidates, Condition, Derived, Done, FactDerivation, Flow, Given, Myth, OpenQuestion, Role, Rule,
    RuleDerivation, Step, Theme, Upcoming, UpcomingOption, Waiver, Who,
};
pub(super) use why::{Asked, Followed, Reason, State, Test};
