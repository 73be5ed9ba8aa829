//! What comes out differently of a manifest under another version of its ruleset.

pub mod text;
mod why;

use crate::compare::{Change, Comparison, Kind};
use crate::engine::Advice;
use crate::finding::Finding;
use crate::model::{Date, Rule, RuleIx, Status};
use crate::ruleset::Ruleset;
use crate::text::Sources;
use crate::upgrade::Difference;

/// A manifest under two versions of a ruleset, to be rendered.
pub struct UpgradeReport<'a> {
    /// The manifest's path, as it was given.
    pub path: &'a str,
    /// The date of the advice.
    pub as_of: Date,
    /// The ruleset that it pins.
    pub before: &'a Ruleset,
    /// The other one.
    pub after: &'a Ruleset,
    /// How the two differ.
    pub comparison: &'a Comparison,
    /// What comes out differently of each exchange.
    pub flows: &'a [FlowUpgrade<'a>],
    /// What the manifest says that means nothing under the other one.
    pub misfits: &'a [Finding],
    /// The text that the misfits are in.
    pub sources: &'a Sources,
    /// What every reader has to know of the other one.
    pub notices: &'a [String],
}

/// What comes out differently of one exchange.
pub struct FlowUpgrade<'a> {
    /// The differences.
    pub difference: Difference,
    /// The advice under the other ruleset.
    pub advice: &'a Advice,
}

impl UpgradeReport<'_> {
    /// Whether anything comes out differently, or is to be looked at.
    #[must_use]
    pub fn differs(&self) -> bool {
        let differs = |flow: &FlowUpgrade<'_>| !flow.difference.is_empty() || !self.recorded(flow).is_empty();
        !self.misfits.is_empty() || self.flows.iter().any(differs)
    }

    fn change(&self, kind: Kind, id: &str) -> Option<&Change> {
        self.comparison.of(kind).find(|change| change.id == id)
    }

    /// The rules that are recorded as done or waived, and that ask for something else than they did when that was recorded.
    fn recorded(&self, flow: &FlowUpgrade<'_>) -> Vec<(RuleIx, &Rule)> {
        let is_recorded = |ix: RuleIx| matches!(flow.advice.status(ix), Status::Done | Status::Waived);
        let changed = |rule: &Rule| {
            self.change(Kind::Rule, &rule.id)
                .is_some_and(|change| change.effect || change.words.iter().any(|word| word.part == "steps"))
        };
        self.after.rules().iter().filter(|(ix, rule)| is_recorded(*ix) && changed(rule)).collect()
    }
}
