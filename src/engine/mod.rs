//! Exchange + ruleset + date → advice. Pure functions: no files, no clock, no printing.
//!
//! A status is determined when *every completion* of the absent and unknown answers gives it. The decisions are
//! `logic`'s: Kleene's logic first, then sampled completions, then decision diagrams.

mod advice;
mod candidates;
mod explain;
mod facts;
mod outcome;
mod status;

pub use crate::model::Outcome;
pub use advice::{Advice, Candidate, Candidates};
pub use explain::{Cause, Derivation, Explainer, Reason};

use crate::logic::{Decider, FormulaId, Verdict};
use crate::model::{Date, DerivedIx, Exchange, Ix, QuestionIx, ValueIx};
use crate::ruleset::Ruleset;

/// Evaluates exchanges under one ruleset, keeping its working memory from one to the next.
pub struct Evaluator<'r> {
    ruleset: &'r Ruleset,
    decider: Decider<'r>,
}

/// The advice on one exchange as at a date.
#[must_use]
pub fn evaluate(ruleset: &Ruleset, exchange: &Exchange, as_of: Date) -> Advice {
    Evaluator::new(ruleset).evaluate(exchange, as_of)
}

impl<'r> Evaluator<'r> {
    /// An evaluator for a ruleset.
    #[must_use]
    pub fn new(ruleset: &'r Ruleset) -> Self {
        let compiled = ruleset.compiled();
        Self { ruleset, decider: Decider::new(&compiled.formulas, &compiled.order) }
    }

    /// The ruleset.
    #[must_use]
    pub fn ruleset(&self) -> &'r Ruleset {
        self.ruleset
    }

    /// The advice on one exchange as at a date.
    pub fn evaluate(&mut self, exchange: &Exchange, as_of: Date) -> Advice {
        let ruleset = self.ruleset;
        self.decider.consider(&facts::possible(ruleset, &exchange.facts));
        let standings: Vec<status::Standing> = ruleset
            .rules()
            .iter()
            .map(|(ix, rule)| status::standing(&mut self.decider, ruleset, ix, rule, exchange, as_of))
            .collect();
        let derived: Vec<Vec<ValueIx>> = ruleset.derived().ids().map(|ix| self.values(ix)).collect();
        let hinges: Vec<Vec<QuestionIx>> = standings.iter().map(|s| self.hinges(&s.hangs_on)).collect();
        let derived_hinges: Vec<Vec<QuestionIx>> = ruleset
            .derived()
            .iter()
            .zip(&derived)
            .map(|((ix, fact), values)| {
                if fact.shown && values.len() > 1 {
                    self.hinges(ruleset.compiled().derived.get(ix).map_or(&[], Vec::as_slice))
                } else {
                    Vec::new()
                }
            })
            .collect();
        let (open, unknown) = self.relevant(exchange, hinges.iter().chain(&derived_hinges));
        let (candidates, upcoming) = candidates::candidates(&mut self.decider, ruleset, &exchange.facts);
        let compiled = ruleset.compiled();
        let myths = compiled
            .myths
            .iter()
            .filter(|(_, when)| self.decider.verdict(**when) == Verdict::Always)
            .map(|(ix, _)| ix)
            .collect();
        let moot = exchange
            .facts
            .iter()
            .filter(|(question, _)| {
                let arises = compiled.questions.get(*question).map(|q| q.arises);
                arises.is_some_and(|arises| self.decider.verdict(arises) == Verdict::Never)
            })
            .map(|(question, _)| question)
            .collect();
        Advice {
            outcome: outcome::outcome(ruleset, exchange, &standings),
            statuses: standings.iter().map(|s| s.status).collect(),
            applies: standings.iter().map(|s| s.applies).collect(),
            hinges,
            derived,
            derived_hinges,
            candidates,
            upcoming,
            myths,
            open,
            unknown,
            moot,
            over_budget: self.decider.over_budget(),
        }
    }

    /// Turns back to an exchange, to explain the advice that was given on it.
    pub fn reconsider(&mut self, exchange: &Exchange) {
        self.decider.consider(&facts::possible(self.ruleset, &exchange.facts));
    }

    /// An explainer of the exchange evaluated or reconsidered last. Its facts must be those.
    #[must_use]
    pub fn explainer<'a>(&'a self, exchange: &'a Exchange, advice: &'a Advice) -> Explainer<'a> {
        Explainer::new(self.ruleset, &self.decider, exchange, advice)
    }

    fn values(&mut self, ix: DerivedIx) -> Vec<ValueIx> {
        let indicators = self.ruleset.compiled().derived.get(ix).map_or(&[][..], Vec::as_slice);
        let mut values = Vec::new();
        for (at, indicator) in indicators.iter().enumerate() {
            match self.decider.verdict(*indicator) {
                Verdict::Always => return vec![value_ix(at)],
                Verdict::Never => {}
                Verdict::Depends | Verdict::OverBudget => values.push(value_ix(at)),
            }
        }
        values
    }

    /// The questions on which some of these formulas still depend.
    fn hinges(&mut self, roots: &[FormulaId]) -> Vec<QuestionIx> {
        if roots.is_empty() {
            return Vec::new();
        }
        let owners = &self.ruleset.compiled().owners;
        let support = self.decider.support_of(roots);
        let mut questions: Vec<QuestionIx> =
            support.vars.iter().filter_map(|var| owners.get(var.index()).copied()).collect();
        questions.sort_unstable();
        questions.dedup();
        questions
    }

    /// The absent questions, and those answered `unknown`, on which something still depends.
    fn relevant<'a>(
        &self,
        exchange: &Exchange,
        hinges: impl Iterator<Item = &'a Vec<QuestionIx>>,
    ) -> (Vec<QuestionIx>, Vec<QuestionIx>) {
        let mut matters = vec![false; self.ruleset.questions().len()];
        for question in hinges.flatten() {
            if let Some(slot) = matters.get_mut(question.index()) {
                *slot = true;
            }
        }
        let matter = matters.iter().enumerate().filter(|(_, matters)| **matters).map(|(at, _)| QuestionIx::new(at));
        matter.partition(|question| exchange.facts.get(*question).is_none())
    }
}

fn value_ix(at: usize) -> ValueIx {
    ValueIx(u16::try_from(at).unwrap_or(u16::MAX))
}
