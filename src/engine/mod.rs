//! Exchange + ruleset + date → advice. Pure functions: no files, no clock, no printing.
//!
//! A status is determined when *every completion* of the absent and unknown answers gives it. The decisions are
//! `logic`'s: Kleene's logic first, then sampled completions, then decision diagrams.

mod advice;
mod again;
mod brief;
mod candidates;
mod conclude;
mod explain;
mod facts;
mod hanging;
mod options;
mod outcome;
mod status;
mod truths;
mod view;

pub use crate::model::Outcome;
pub use advice::{Advice, Candidate, Candidates, Told};
pub use again::{Touched, conclude_again};
pub use brief::Brief;
pub use conclude::{conclude_in, not_arising};
pub use explain::{Cause, Derivation, Explainer, Reason};
pub use facts::possible;
pub use outcome::{asks_for, deciding, is_final};
pub use view::View;

use crate::logic::{Decider, FormulaId, VarId, Verdict};
use crate::model::{Date, Exchange, Facts, Ix, OptionIx, QuestionIx};
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

    /// What [`conclude`](Self::conclude) says of the outcome, of each rule and of each shown fact, and the answers that do not
    /// arise, without the rest. Nothing is allocated but where something is undetermined.
    pub fn brief(&mut self, exchange: &Exchange, as_of: Date, brief: &mut Brief) {
        self.consider(&exchange.facts);
        brief.take(View::of(self.ruleset), &mut self.decider, exchange, as_of);
    }

    /// What [`conclude`](Self::conclude) says, for somebody who waits: where a status takes much work to decide, completions that
    /// leave it open are looked for first. A budget then runs out where it does there, or does not.
    pub fn conclude_soon(&mut self, exchange: &Exchange, as_of: Date) -> Advice {
        self.decider.aim(true);
        let advice = self.advise(exchange, as_of, false);
        self.decider.aim(false);
        advice
    }

    /// The first question, in asking order, that is not answered and can still matter; none when nothing is left to ask, or the
    /// safety screen ends the questions. It is the first of [`Advice::open`], found without deciding any status: where a
    /// formula is the same in every completion, nothing depends on any question.
    pub fn next_question(&mut self, exchange: &Exchange, as_of: Date) -> Option<QuestionIx> {
        if self.is_screened(exchange, as_of) {
            return None;
        }
        let roots = self.roots(exchange, as_of);
        let (absent, groups) = self.absent(&exchange.facts);
        absent.get(self.decider.first_dependence(&groups, &roots)?).copied()
    }

    /// At least as many questions as an interview can still ask, whatever is answered. Answers never make it larger.
    ///
    /// Three-valued logic alone counts them: which questions what is open is written with. That is little work, and some of
    /// them may not matter.
    pub fn questions_at_most(&mut self, exchange: &Exchange, as_of: Date) -> usize {
        if self.is_screened(exchange, as_of) {
            return 0;
        }
        let roots = self.roots(exchange, as_of);
        let written = self.decider.written(&roots);
        let (_, groups) = self.absent(&exchange.facts);
        groups.iter().filter(|group| group.iter().any(|var| written.binary_search(var).is_ok())).count()
    }

    /// Whether the safety screen ends the questions of an exchange: what [`Advice::outcome`] says, found without the rest.
    pub fn is_screened(&mut self, exchange: &Exchange, as_of: Date) -> bool {
        self.consider(&exchange.facts);
        let view = View::of(self.ruleset);
        outcome::screens(view, exchange, |ix, rule| {
            status::standing(&mut self.decider, view, ix, rule, exchange, as_of).status
        })
    }

    /// The questions without an answer, and the variables that each sets.
    fn absent(&self, facts: &Facts) -> (Vec<QuestionIx>, Vec<&'r [VarId]>) {
        let questions = self.ruleset.compiled().questions.iter();
        let absent = questions.filter(|(ix, _)| facts.get(*ix).is_none());
        absent.map(|(ix, question)| (ix, question.variables.all())).unzip()
    }

    /// The formulas on which a status or a shown fact can depend, those that are the same in every completion among them.
    fn roots(&self, exchange: &Exchange, as_of: Date) -> Vec<FormulaId> {
        let (ruleset, compiled) = (self.ruleset, self.ruleset.compiled());
        let rules = ruleset.rules().iter().zip(compiled.rules.iter());
        let of_rules =
            rules.flat_map(|((ix, rule), (_, formulas))| status::roots(*formulas, ix, rule, exchange, as_of));
        let shown = ruleset.derived().iter().zip(compiled.derived.iter()).filter(|((_, fact), _)| fact.shown);
        let mut roots: Vec<FormulaId> =
            of_rules.chain(shown.flat_map(|(_, (_, values))| values.iter().copied())).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// The questions answered that do not arise for an exchange with these answers.
    pub fn moot(&mut self, facts: &Facts) -> Vec<QuestionIx> {
        self.consider(facts);
        not_arising(View::of(self.ruleset), &mut self.decider, facts)
    }

    /// Turns to an exchange with these answers, to ask what may arise and be open.
    pub fn consider(&mut self, facts: &Facts) {
        let view = View::of(self.ruleset);
        self.decider.consider_only(|possible| facts::learn(view, facts, possible));
    }

    /// Whether a question may arise for the answers considered last.
    pub fn may_arise(&mut self, question: QuestionIx) -> bool {
        let compiled = self.ruleset.compiled().questions.get(question);
        compiled.is_some_and(|compiled| self.decider.verdict(compiled.arises) != Verdict::Never)
    }

    /// Whether an option may be open for the answers considered last, and its question may arise.
    pub fn may_be_open(&mut self, question: QuestionIx, option: OptionIx) -> bool {
        let openings = self.ruleset.compiled().openings.get(question).map_or(&[][..], Vec::as_slice);
        match openings.get(option.index()) {
            Some(open) => self.decider.verdict(*open) != Verdict::Never,
            None => self.may_arise(question),
        }
    }

    fn advise(&mut self, exchange: &Exchange, as_of: Date, settle: bool) -> Advice {
        let ruleset = self.ruleset;
        self.consider(&exchange.facts);
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

    /// Turns back to an exchange, to explain the advice that was given on it.
    pub fn reconsider(&mut self, exchange: &Exchange) {
        self.consider(&exchange.facts);
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
