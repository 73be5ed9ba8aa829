//! Why: the tests that decided a status, each with its fact, the answer and where it was given.
//!
//! The engine returns facts; whoever shows them words them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::Advice;
use crate::logic::{Decider, FormulaId, Truth};
use crate::model::{
    AnswerValue, Condition, DerivedIx, Exchange, Given, Ix, OptionIx, QuestionIx, Rule, RuleIx, Subject, Test, ValueIx,
};
use crate::ruleset::Ruleset;

/// Why a rule has its status.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation<'a> {
    /// Why `when` holds, does not hold, or cannot be told.
    pub when: Vec<Reason<'a>>,
    /// Why it is met or not met, where `when` holds and the rule can be met.
    pub met: Vec<Reason<'a>>,
    /// The questions whose answers would settle the status; none where it is settled.
    pub would_settle: &'a [QuestionIx],
}

/// One thing that decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason<'a> {
    /// A test of one fact.
    Test {
        /// The test.
        test: &'a Test,
        /// Whether it holds; `None` where that cannot be told yet.
        truth: Option<bool>,
        /// What is known of the fact.
        cause: Cause<'a>,
        /// What that rests on: why the question does not arise, why an option is closed, where a derived fact comes from.
        because: Vec<Reason<'a>>,
    },
    /// The condition comes out the same whatever these questions' answers are.
    Whatever {
        /// How it comes out.
        truth: bool,
        /// The questions.
        questions: Vec<QuestionIx>,
    },
}

/// What is known of the fact that a test looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause<'a> {
    /// The question was answered.
    Answered {
        /// The answer.
        value: &'a AnswerValue,
        /// Where.
        given: Given,
        /// The options named in the answer that are closed.
        closed: Vec<OptionIx>,
    },
    /// The question has no answer.
    Absent,
    /// The question does not arise.
    DoesNotArise,
    /// A derived fact has one of these values.
    Derived(&'a [ValueIx]),
}

/// Explains the advice on one exchange.
pub struct Explainer<'a> {
    ruleset: &'a Ruleset,
    decider: &'a Decider<'a>,
    exchange: &'a Exchange,
    advice: &'a Advice,
    /// The derived facts explained so far in one derivation: each is explained once.
    explained: RefCell<Vec<DerivedIx>>,
    /// How deep the derivation is here.
    depth: Cell<usize>,
    /// How many more reasons may be gone into: options that wait for options could double at each step.
    left: Cell<usize>,
}

/// How deep a derivation goes: people stop reading long before, and the call stack is not deeper than this.
const DEEPEST: usize = 64;

/// How many reasons of one derivation are gone into.
const MOST: usize = 10_000;

impl<'a> Explainer<'a> {
    pub(super) fn new(
        ruleset: &'a Ruleset,
        decider: &'a Decider<'a>,
        exchange: &'a Exchange,
        advice: &'a Advice,
    ) -> Self {
        Self {
            ruleset,
            decider,
            exchange,
            advice,
            explained: RefCell::default(),
            depth: Cell::new(0),
            left: Cell::new(MOST),
        }
    }

    /// Why a rule has its status.
    #[must_use]
    pub fn rule(&self, ix: RuleIx, rule: &'a Rule) -> Derivation<'a> {
        self.begin();
        let applies = self.advice.applies.get(ix.index()).copied().flatten();
        let met = match (applies, &*rule.met_when) {
            (Some(true), Some(met)) => self.whole(met, self.met(ix)),
            _ => Vec::new(),
        };
        Derivation {
            when: self.whole(&rule.when, applies),
            met,
            would_settle: self.advice.hinges.get(ix.index()).map_or(&[], Vec::as_slice),
        }
    }

    /// Why a condition comes out as it does.
    #[must_use]
    pub fn condition(&self, condition: &'a Condition) -> Vec<Reason<'a>> {
        self.begin();
        self.whole(condition, None)
    }

    /// Why a derived fact has its value.
    #[must_use]
    pub fn derived(&self, ix: DerivedIx) -> Vec<Reason<'a>> {
        self.begin();
        self.cases(ix)
    }

    /// Starts a derivation.
    fn begin(&self) {
        self.explained.borrow_mut().clear();
        self.left.set(MOST);
    }

    /// What stands behind a reason, unless the derivation is deep or long enough.
    fn deeper(&self, reasons: impl FnOnce() -> Vec<Reason<'a>>) -> Vec<Reason<'a>> {
        let (depth, left) = (self.depth.get(), self.left.get());
        if depth >= DEEPEST || left == 0 {
            return Vec::new();
        }
        self.depth.set(depth + 1);
        self.left.set(left - 1);
        let found = reasons();
        self.depth.set(depth);
        found
    }

    fn met(&self, ix: RuleIx) -> Option<bool> {
        use crate::model::Status::{Applies, Met};
        match self.advice.status(ix) {
            Met => Some(true),
            Applies => Some(false),
            _ => None,
        }
    }

    /// The reasons for a condition that is known to come out as `exact`.
    fn whole(&self, condition: &'a Condition, exact: Option<bool>) -> Vec<Reason<'a>> {
        let mut reasons = Vec::new();
        if let (None, Some(truth)) = (self.truth(condition), exact) {
            let mut questions = Vec::new();
            self.open_questions(condition, &mut questions);
            questions.sort_unstable();
            questions.dedup();
            reasons.push(Reason::Whatever { truth, questions });
        } else {
            self.explain(condition, &mut reasons);
        }
        reasons
    }

    fn explain(&self, condition: &'a Condition, reasons: &mut Vec<Reason<'a>>) {
        let truth = self.truth(condition);
        match condition {
            Condition::Test(test) => reasons.push(self.test(test)),
            Condition::Not(inner) => self.explain(inner, reasons),
            Condition::All(of) => self.explain_many(of, truth, truth != Some(false), reasons),
            Condition::Any(of) => self.explain_many(of, truth, truth != Some(true), reasons),
            Condition::None(of) => self.explain_many(of, truth.map(|t| !t), truth != Some(false), reasons),
            Condition::Count { at_least, of } => {
                let most = if truth == Some(true) { usize::from(*at_least) } else { of.len() };
                let deciding = of.iter().filter(|c| self.truth(c) == truth).take(most);
                deciding.for_each(|c| self.explain(c, reasons));
            }
        }
    }

    /// Explains the children that came out as `wanted`: all of them, or the first where one is enough.
    fn explain_many(&self, of: &'a [Condition], wanted: Option<bool>, all: bool, reasons: &mut Vec<Reason<'a>>) {
        let most = if all { of.len() } else { 1 };
        of.iter().filter(|c| self.truth(c) == wanted).take(most).for_each(|c| self.explain(c, reasons));
    }

    fn test(&self, test: &'a Test) -> Reason<'a> {
        let truth = self.ruleset.compiled().test(test.ix).and_then(|formula| self.known(formula));
        match &test.subject {
            Subject::Question(question, _) => {
                let (cause, because) = self.answer(*question);
                Reason::Test { test, truth, cause, because }
            }
            Subject::Derived(ix, _) => {
                let values = self.advice.derived.get(ix.index()).map_or(&[][..], Vec::as_slice);
                Reason::Test { test, truth, cause: Cause::Derived(values), because: self.deeper(|| self.cases(*ix)) }
            }
        }
    }

    fn answer(&self, question: QuestionIx) -> (Cause<'a>, Vec<Reason<'a>>) {
        let compiled = self.ruleset.compiled().questions.get(question);
        let asked = self.ruleset.questions().get(question);
        if compiled.is_some_and(|q| self.known(q.arises) == Some(false)) {
            let because = asked
                .and_then(|q| q.only_if.as_ref())
                .map_or_else(Vec::new, |c| self.deeper(|| self.whole(c, Some(false))));
            return (Cause::DoesNotArise, because);
        }
        let Some(answer) = self.exchange.facts.get(question) else { return (Cause::Absent, Vec::new()) };
        let chosen: &[OptionIx] = match &answer.value {
            AnswerValue::One(option) => std::slice::from_ref(option),
            AnswerValue::Any { chosen, .. } => chosen,
            AnswerValue::Unknown | AnswerValue::Text(_) => &[],
        };
        let mut closed = Vec::new();
        let mut because = Vec::new();
        for option in chosen {
            let Some(choice) = self.ruleset.choice(question, *option) else { continue };
            let shut =
                choice.upcoming.is_some() || choice.only_if.as_ref().is_some_and(|c| self.truth(c) == Some(false));
            if shut {
                closed.push(*option);
            }
            if let Some(condition) = &*choice.only_if {
                because.extend(self.deeper(|| self.whole(condition, None)));
            }
        }
        (Cause::Answered { value: &answer.value, given: answer.given, closed }, because)
    }

    /// Why a derived fact has its value: its case, or why no case before the last holds. Once in a derivation.
    fn cases(&self, ix: DerivedIx) -> Vec<Reason<'a>> {
        if self.explained.borrow().contains(&ix) {
            return Vec::new();
        }
        self.explained.borrow_mut().push(ix);
        let Some(fact) = self.ruleset.derived().get(ix) else { return Vec::new() };
        let holds = fact.cases.iter().find(|case| case.when.as_ref().is_none_or(|c| self.truth(c) != Some(false)));
        let mut reasons = Vec::new();
        match holds.and_then(|case| case.when.as_ref()) {
            Some(condition) => self.explain(condition, &mut reasons),
            None => fact.cases.iter().filter_map(|case| case.when.as_ref()).for_each(|c| self.explain(c, &mut reasons)),
        }
        reasons
    }

    /// The unanswered questions that a condition's undecided tests read.
    fn open_questions(&self, condition: &Condition, questions: &mut Vec<QuestionIx>) {
        let mut seen: BTreeSet<DerivedIx> = BTreeSet::new();
        let mut todo = vec![condition];
        while let Some(condition) = todo.pop() {
            for test in condition.tests() {
                let undecided =
                    self.ruleset.compiled().test(test.ix).is_some_and(|formula| self.known(formula).is_none());
                match &test.subject {
                    Subject::Question(question, _) if undecided => questions.push(*question),
                    Subject::Derived(ix, _) if undecided && seen.insert(*ix) => {
                        let cases = self.ruleset.derived().get(*ix).map_or(&[][..], |fact| &fact.cases);
                        todo.extend(cases.iter().filter_map(|case| case.when.as_ref()));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Kleene's logic over the tests.
    fn truth(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::Test(test) => self.ruleset.compiled().test(test.ix).and_then(|formula| self.known(formula)),
            Condition::Not(inner) => self.truth(inner).map(|truth| !truth),
            Condition::All(of) => self.all(of, true),
            Condition::Any(of) => self.all(of, false).map(|none| !none),
            Condition::None(of) => self.all(of, false),
            Condition::Count { at_least, of } => {
                let truths: Vec<Option<bool>> = of.iter().map(|c| self.truth(c)).collect();
                let need = usize::from(*at_least);
                let sure = truths.iter().filter(|t| **t == Some(true)).count();
                let never = truths.iter().filter(|t| **t == Some(false)).count();
                if sure >= need {
                    Some(true)
                } else if truths.len() - never < need {
                    Some(false)
                } else {
                    None
                }
            }
        }
    }

    /// Whether all conditions come out as `wanted`.
    fn all(&self, of: &[Condition], wanted: bool) -> Option<bool> {
        let mut unknown = false;
        for condition in of {
            match self.truth(condition) {
                Some(truth) if truth != wanted => return Some(false),
                Some(_) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(true)
    }

    fn known(&self, formula: FormulaId) -> Option<bool> {
        match self.decider.truth(formula) {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    }
}
