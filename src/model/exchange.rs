//! One proposed exchange: what is known, what was done and what was waived.

use super::answer::{Facts, Given};
use super::id::{MythIx, RoleIx, RuleIx};
use jiff::civil::Date;

/// The proposed sharing being advised on: one direction, one sender, one recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The flow's id; `main` for the manifest's own.
    pub id: String,
    /// The answers.
    pub facts: Facts,
    /// Steps taken.
    pub done: Vec<Done>,
    /// Rules that somebody decided not to act on.
    pub waivers: Vec<Waiver>,
    /// The beliefs that the team was told, in the order given: they are answered, and decide nothing.
    pub told: Vec<MythIx>,
    /// Whether it is known that the team was told nothing of the kind, so that nobody has to ask.
    pub told_nothing: bool,
}

/// A recorded step: the rule it settles, with evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The rule it settles.
    pub rule: RuleIx,
    /// When it was done.
    pub on: Date,
    /// Who did it.
    pub by: String,
    /// Where the evidence is.
    pub evidence: String,
    /// Where it is recorded.
    pub given: Given,
}

/// A recorded, expiring decision by a named person not to act on a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule.
    pub rule: RuleIx,
    /// Why it is not acted on.
    pub reason: String,
    /// Who decided.
    pub approved_by: String,
    /// In what role, where the ruleset names the roles that may.
    pub role: Option<RoleIx>,
    /// The last day on which it holds.
    pub expires: Date,
    /// Where it is recorded.
    pub given: Given,
}

impl Exchange {
    /// The waiver of a rule: of several, the one that holds longest.
    #[must_use]
    pub fn waiver(&self, rule: RuleIx) -> Option<&Waiver> {
        self.waivers.iter().filter(|waiver| waiver.rule == rule).max_by_key(|waiver| waiver.expires)
    }
}
