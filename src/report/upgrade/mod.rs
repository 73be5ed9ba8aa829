//! What comes out differently of a manifest under another version of its ruleset.

pub mod json;
mod rules;
pub mod text;
mod why;

use std::collections::BTreeSet;

use crate::compare::{Change, Comparison, Kind, SourceChange, SourceHow};
use crate::engine::Advice;
use crate::finding::Finding;
use crate::model::{Citation, Date, QuestionIx, Rule, RuleIx, Status};
use crate::report::diff::sentences;
use crate::ruleset::Ruleset;
use crate::text::Sources;
use crate::upgrade::{Difference, RuleShift};

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
    /// Whether an answer can be said to stand although it has new choices. In a record it cannot: it is never changed.
    pub confirmable: bool,
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

impl<'a> UpgradeReport<'a> {
    /// Whether anything comes out differently, or is to be looked at.
    #[must_use]
    pub fn differs(&self) -> bool {
        let differs = |flow: &FlowUpgrade<'_>| !flow.difference.is_empty() || !self.recorded(flow).is_empty();
        !self.misfits.is_empty() || self.flows.iter().any(differs)
    }

    fn change(&self, kind: Kind, id: &str) -> Option<&'a Change> {
        self.comparison.of(kind).find(|change| change.id == id)
    }

    /// The rules that are recorded as done or waived, and that ask for something else than they did when that was recorded.
    fn recorded(&self, flow: &FlowUpgrade<'_>) -> Vec<(RuleIx, &'a Rule)> {
        let is_recorded = |ix: RuleIx| matches!(flow.advice.status(ix), Status::Done | Status::Waived);
        let changed = |rule: &Rule| {
            self.change(Kind::Rule, &rule.id)
                .is_some_and(|change| change.effect || change.words.iter().any(|word| word.part == "steps"))
        };
        self.after.rules().iter().filter(|(ix, rule)| is_recorded(*ix) && changed(rule)).collect()
    }

    /// The questions whose answers nobody confirmed, although they have new choices.
    #[must_use]
    pub fn unconfirmed(&self) -> Vec<&'a str> {
        let again = self.flows.iter().flat_map(|flow| &flow.difference.again);
        let questions = again.filter_map(|again| self.after.questions().get(again.question));
        let ids: BTreeSet<&str> = questions.map(|question| question.id.as_str()).collect();
        ids.into_iter().collect()
    }

    /// A source that changed: as it is now, or as it was before it went.
    fn source(&self, change: &SourceChange) -> Option<&'a Citation> {
        let ruleset = if change.how == SourceHow::Dropped { self.before } else { self.after };
        ruleset.sources().get(ruleset.sources().find(|source| source.id == change.id)?).map(|source| &**source)
    }

    /// The answers to look at again that a rule which is undetermined depends on.
    fn waits_for(&self, flow: &FlowUpgrade<'_>, rule: (RuleIx, Status)) -> Vec<&'a str> {
        let hinges = flow.advice.hinges.get(usize::from(rule.0.0)).map_or(&[][..], Vec::as_slice);
        let difference = &flow.difference;
        let is_again = |ix: &QuestionIx| difference.again.iter().any(|again| again.question == *ix);
        let questions = hinges.iter().filter_map(|ix| Some((ix, self.after.questions().get(*ix)?)));
        let waits = questions.filter(|(ix, question)| is_again(ix) || difference.gone.contains(&question.id));
        waits.map(|(_, question)| question.id.as_str()).collect()
    }

    /// Whether a rule comes out differently only because answers are to be looked at again: it asks for what it asked for.
    fn only_waits(&self, flow: &FlowUpgrade<'_>, shift: RuleShift) -> bool {
        let (Some(_), Some(after)) = (shift.before, shift.after) else { return false };
        let id = self.after.rules().get(after.0).map_or("", |rule| rule.id.as_str());
        let own = self.change(Kind::Rule, id).is_some_and(|change| {
            !change.attributes.is_empty()
                || change.words.iter().any(sentences::is_condition)
                || !change.causes.is_empty()
        });
        after.1 == Status::Undetermined && !own && !self.waits_for(flow, after).is_empty()
    }
}

impl FlowUpgrade<'_> {
    /// Whether something still depends on a question.
    fn matters(&self, question: QuestionIx) -> bool {
        self.advice.open.contains(&question) || self.advice.unknown.contains(&question)
    }
}
