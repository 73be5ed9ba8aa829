//! What a case can see: where nothing else comes out otherwise, the case comes out as before.

use super::arena::Spot;
use crate::model::{Arena, Case, Exchange, Ix, Level, QuestionIx, Rule, RuleIx};

/// What a case can see.
pub(super) struct Seen<'c> {
    case: &'c Case,
    /// The questions that its exchange answers.
    answered: Vec<QuestionIx>,
    /// Whether only the outcome is looked at: that of what is given alone.
    outcome_only: bool,
    /// For each rule, whether its status can decide the outcome.
    decides: Vec<bool>,
}

impl<'c> Seen<'c> {
    pub(super) fn of(case: &'c Case, exchange: &Exchange, outcome_only: bool, rules: &Arena<RuleIx, Rule>) -> Self {
        let answered = exchange.facts.iter().map(|(question, _)| question).collect();
        let outcome = case.expect.outcome.is_some();
        // The safety screen decides what is shown at all.
        let decides = |rule: &Rule| {
            let ends = rule.ends_questions;
            ends || outcome && (matches!(rule.level, Level::MustNot | Level::Must) || rule.refer.is_some())
        };
        Self { case, answered, outcome_only, decides: rules.iter().map(|(_, rule)| decides(rule)).collect() }
    }

    /// Whether the case could come out otherwise where this does.
    pub(super) fn has(&self, spot: Spot) -> bool {
        if self.outcome_only {
            return matches!(spot, Spot::Rule(ix) if self.decides.get(ix.index()).copied().unwrap_or(true));
        }
        let expect = &self.case.expect;
        match spot {
            Spot::Rule(ix) => {
                expect.exactly.rules.is_some()
                    || self.decides.get(ix.index()).copied().unwrap_or(true)
                    || expect.rules.iter().any(|rule| rule.rule == ix)
            }
            Spot::Derived(ix) => expect.exactly.derived.is_some() || expect.derived.iter().any(|fact| fact.fact == ix),
            Spot::Option(question, option) => {
                expect.exactly.candidates.is_some()
                    || expect.candidates.iter().chain(&expect.not_candidates).any(|group| {
                        group.question == question && group.options.iter().any(|written| written.value == option)
                    })
            }
            Spot::Myth(ix) => expect.exactly.myths.is_some() || expect.myths.iter().any(|myth| myth.value == ix),
            Spot::Question(ix) => self.answered.contains(&ix),
        }
    }

    /// Whether the case sees a rule through the outcome alone.
    pub(super) fn only_by_outcome(&self, ix: RuleIx, rule: &Rule) -> bool {
        let expect = &self.case.expect;
        let named = || expect.exactly.rules.is_some() || expect.rules.iter().any(|rule| rule.rule == ix);
        !rule.ends_questions && (self.outcome_only || !named())
    }
}
