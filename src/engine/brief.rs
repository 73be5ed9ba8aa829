//! The plain part of some advice, in memory that is used again.

use super::conclude::{add_values, not_arising};
use super::{View, outcome, status};
use crate::logic::Decider;
use crate::model::{Date, DerivedIx, Exchange, Ix, Outcome, QuestionIx, RuleIx, Status, ValueIx};

/// What many programs want to know of an exchange: the outcome, each rule's status and the facts that are shown.
///
/// Each is what [`Advice`](super::Advice) says of the same exchange.
#[derive(Debug, Clone, Default)]
pub struct Brief {
    outcome: Option<Outcome>,
    statuses: Vec<Status>,
    applies: Vec<Option<bool>>,
    values: Vec<ValueIx>,
    /// For each derived fact, where its values end.
    ends: Vec<usize>,
    moot: Vec<QuestionIx>,
    over_budget: bool,
}

impl Brief {
    /// Takes in what the state considered gives, in place of what was there.
    pub(super) fn take(&mut self, view: View<'_>, decider: &mut Decider<'_>, exchange: &Exchange, as_of: Date) {
        self.statuses.clear();
        self.applies.clear();
        for (ix, rule) in view.parts.rules.iter() {
            let standing = status::standing(decider, view, ix, rule, exchange, as_of);
            self.statuses.push(standing.status);
            self.applies.push(standing.applies);
        }
        self.values.clear();
        self.ends.clear();
        for (ix, fact) in view.parts.derived.iter() {
            let before = self.values.len();
            // Facts that are not shown are decided too: so a budget runs out where it does for the whole advice.
            add_values(view, decider, ix, &mut self.values);
            if !fact.shown {
                self.values.truncate(before);
            }
            self.ends.push(self.values.len());
        }
        // Of what follows, only whether answers are in vain is looked at: no status rests on it.
        self.over_budget = decider.over_budget();
        self.moot = not_arising(view, decider, &exchange.facts);
        self.outcome = Some(outcome::outcome(view, exchange, &self.statuses, &self.applies));
    }

    /// The outcome; that nothing can be told yet, where nothing was asked.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome.unwrap_or(Outcome::Incomplete)
    }

    /// Each rule's status, by [`RuleIx`].
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// A rule's status.
    #[must_use]
    pub fn status(&self, rule: RuleIx) -> Status {
        self.statuses.get(rule.index()).copied().unwrap_or(Status::Undetermined)
    }

    /// The values that a shown fact can still have (one: it is determined); none for a fact that is not shown.
    #[must_use]
    pub fn values(&self, fact: DerivedIx) -> &[ValueIx] {
        let start = fact.index().checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(fact.index()).and_then(|end| self.values.get(start..*end)).unwrap_or(&[])
    }

    /// Answers whose question does not arise for this exchange.
    #[must_use]
    pub fn moot(&self) -> &[QuestionIx] {
        &self.moot
    }

    /// Whether a budget ran out, so that a status or fact is called undetermined that may not be. For the whole advice it may run
    /// out besides on what is not in this one.
    #[must_use]
    pub fn over_budget(&self) -> bool {
        self.over_budget
    }
}
