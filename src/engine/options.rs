//! The options of a question that can still be chosen.

use super::Evaluator;
use crate::logic::Verdict;
use crate::model::{Ix, OptionIx, QuestionIx};

impl Evaluator<'_> {
    /// The options of any question that are open for the exchange considered last, or may yet be. None is left out but what
    /// is known to be closed, or not in force.
    pub fn offered(&mut self, question: QuestionIx) -> Vec<OptionIx> {
        let ruleset = self.ruleset;
        let openings = ruleset.compiled().questions.get(question).map_or(&[][..], |compiled| &compiled.open);
        let mut open = Vec::new();
        for (at, choice) in ruleset.choices(question).iter().enumerate() {
            let closed = match (openings.get(at), &choice.only_if) {
                _ if choice.upcoming.is_some() => true,
                // Exact, where the question shows candidates.
                (Some(opening), _) => self.decider.verdict(*opening) == Verdict::Never,
                (None, Some(condition)) => self.condition_holds(condition) == Some(false),
                (None, None) => false,
            };
            if !closed {
                open.push(OptionIx::new(at));
            }
        }
        open
    }
}
