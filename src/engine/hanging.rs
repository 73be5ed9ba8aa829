//! What hangs on one question, found without the rest of the advice.

use super::{Evaluator, View, status};
use crate::logic::VarId;
use crate::model::{Date, DerivedIx, Exchange, QuestionIx, RuleIx};

impl Evaluator<'_> {
    /// The rules and the shown facts whose `hinges` and `derived_hinges` in the advice on this exchange have the question. Only
    /// what is written with it is looked at: where little is known, that is far less work than the advice.
    pub fn hanging_on(
        &mut self,
        exchange: &Exchange,
        as_of: Date,
        question: QuestionIx,
    ) -> (Vec<RuleIx>, Vec<DerivedIx>) {
        let compiled = self.ruleset.compiled();
        let Some(vars) = compiled.questions.get(question).map(|question| question.variables.all()) else {
            return (Vec::new(), Vec::new());
        };
        self.consider(&exchange.facts);
        self.decider.aim(true);
        let rules = self.ruleset.rules().iter().map(|(ix, _)| ix);
        let rules = rules.filter(|ix| self.rule_hangs_on(exchange, as_of, *ix, vars)).collect();
        self.decider.aim(false);
        let shown = self.ruleset.derived().iter().filter(|(_, fact)| fact.shown).map(|(ix, _)| ix);
        let derived = shown.filter(|ix| {
            let values = compiled.derived.get(*ix).map_or(&[][..], Vec::as_slice);
            // A fact with one value left is the same in every completion, so it depends on nothing.
            self.decider.depends_on(vars, values)
        });
        (rules, derived.collect())
    }

    fn rule_hangs_on(&mut self, exchange: &Exchange, as_of: Date, ix: RuleIx, vars: &[VarId]) -> bool {
        let (Some(rule), Some(formulas)) = (self.ruleset.rules().get(ix), self.ruleset.compiled().rules.get(ix)) else {
            return false;
        };
        let roots: Vec<_> = status::roots(*formulas, ix, rule, exchange, as_of).collect();
        if !self.decider.is_written_with(vars, &roots) {
            return false;
        }
        let standing = status::standing(&mut self.decider, View::of(self.ruleset), ix, rule, exchange, as_of);
        self.decider.depends_on(vars, &standing.hangs_on)
    }
}
