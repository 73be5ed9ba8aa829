//! Exchange + ruleset + date → advice. Pure functions: no files, no clock, no printing.
//!
//! A status is determined when *every completion* of the absent and unknown answers gives it. The decisions are
//! `logic`'s: Kleene's logic first, then sampled completions, then decision diagrams.

mod advice;
mod candidates;
mod conclude;
mod explain;
mod facts;
mod options;
mod outcome;
mod status;
mod truths;
mod view;

pub use crate::model::Outcome;
pub use advice::{Advice, Candidate, Candidates, Told};
pub use conclude::{conclude_in, not_arising};
pub use explain::{Cause, Derivation, Explainer, Reason};
pub use facts::possible;
pub use outcome::{deciding, is_final};
pub use view::View;

use crate::logic::{Decider, FormulaId, Possible, VarId, Verdict};
use crate::model::{Date, Exchange, Facts, Ix, QuestionIx};
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
        self.advise(exchange, as_of, true)
    }

    /// The same advice without what would settle it: `hinges`, `derived_hinges`, `open` and `unknown` are empty. Where much
    /// is not known, this is far less work.
    pub fn conclude(&mut self, exchange: &Exchange, as_of: Date) -> Advice {
        self.advise(exchange, as_of, false)
    }

    /// The first question, in asking order, that is not answered and can still matter; none when nothing is left to ask, or the
    /// safety screen ends the questions. It is the first of [`Advice::open`], found without working out the others.
    pub fn next_question(&mut self, exchange: &Exchange, as_of: Date) -> Option<QuestionIx> {
        let ruleset = self.ruleset;
        self.decider.consider(&self.possible(&exchange.facts));
        let (advice, standings) = conclude::conclude(View::of(ruleset), &mut self.decider, exchange, as_of);
        if advice.outcome == Outcome::Screened {
            return None;
        }
        let compiled = ruleset.compiled();
        let shown = ruleset.derived().iter().zip(&advice.derived);
        let unsettled = shown.filter(|((_, fact), values)| fact.shown && values.len() > 1);
        let derived = unsettled.filter_map(|((ix, _), _)| compiled.derived.get(ix)).flatten();
        let mut roots: Vec<FormulaId> = standings.iter().flat_map(|s| &s.hangs_on).chain(derived).copied().collect();
        roots.sort_unstable();
        roots.dedup();
        let mut absent = ruleset.questions().iter().map(|(ix, _)| ix).filter(|ix| exchange.facts.get(*ix).is_none());
        absent.find(|question| self.matters(*question, &roots))
    }

    /// Whether some formula depends on a question, or may: the budget counts as "may".
    fn matters(&mut self, question: QuestionIx, roots: &[FormulaId]) -> bool {
        let compiled = self.ruleset.compiled();
        let owned = |var: &VarId| compiled.owners.get(var.index()) == Some(&question);
        let vars: Vec<VarId> = compiled.formulas.vars().filter(owned).collect();
        let drawn = self.decider.dependence_drawn(&vars, roots);
        if !drawn.certain.is_empty() || drawn.open.is_empty() {
            return !drawn.certain.is_empty();
        }
        let found = self.decider.dependence(&drawn.open, roots);
        !found.certain.is_empty() || !found.open.is_empty()
    }

    /// The questions answered that do not arise for an exchange with these answers.
    pub fn moot(&mut self, facts: &Facts) -> Vec<QuestionIx> {
        self.decider.consider(&self.possible(facts));
        not_arising(View::of(self.ruleset), &mut self.decider, facts)
    }

    /// For each option of a question, whether it may be chosen by an exchange with these answers: it is not known to be closed.
    pub fn open_options(&mut self, facts: &Facts, question: QuestionIx) -> Vec<bool> {
        self.decider.consider(&self.possible(facts));
        let compiled = self.ruleset.compiled().questions.get(question);
        let open = compiled.map_or(&[][..], |compiled| compiled.open.as_slice());
        open.iter().map(|open| self.decider.verdict(*open) != Verdict::Never).collect()
    }

    fn advise(&mut self, exchange: &Exchange, as_of: Date, settle: bool) -> Advice {
        let ruleset = self.ruleset;
        self.decider.consider(&self.possible(&exchange.facts));
        let (mut advice, standings) = conclude::conclude(View::of(ruleset), &mut self.decider, exchange, as_of);
        if settle {
            self.settle(exchange, &standings, &mut advice);
            advice.over_budget |= self.decider.over_budget();
        }
        advice
    }

    /// Adds what would settle the advice.
    fn settle(&mut self, exchange: &Exchange, standings: &[status::Standing], advice: &mut Advice) {
        let ruleset = self.ruleset;
        advice.hinges = standings.iter().map(|s| self.hinges(&s.hangs_on)).collect();
        let values = advice.derived.iter().map(Vec::len);
        advice.derived_hinges = ruleset
            .derived()
            .iter()
            .zip(values)
            .map(|((ix, fact), values)| {
                if fact.shown && values > 1 {
                    self.hinges(ruleset.compiled().derived.get(ix).map_or(&[], Vec::as_slice))
                } else {
                    Vec::new()
                }
            })
            .collect();
        let (open, unknown) = self.relevant(exchange, advice.hinges.iter().chain(&advice.derived_hinges));
        (advice.open, advice.unknown) = (open, unknown);
    }

    /// What the answers leave possible.
    fn possible(&self, facts: &Facts) -> Possible {
        facts::possible(View::of(self.ruleset), &self.ruleset.compiled().formulas, facts)
    }

    /// Turns back to an exchange, to explain the advice that was given on it.
    pub fn reconsider(&mut self, exchange: &Exchange) {
        self.decider.consider(&self.possible(&exchange.facts));
    }

    /// An explainer of the exchange evaluated or reconsidered last. Its facts must be those.
    #[must_use]
    pub fn explainer<'a>(&'a self, exchange: &'a Exchange, advice: &'a Advice) -> Explainer<'a> {
        Explainer::new(self.ruleset, &self.decider, exchange, advice)
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
