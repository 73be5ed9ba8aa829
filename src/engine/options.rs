//! The options of a question that can still be chosen.

use super::Evaluator;
use crate::model::{Ix, OptionIx, QuestionIx};

impl Evaluator<'_> {
    /// The options of any question that are open for the exchange considered last, or may yet be. None is left out but what
    /// is known to be closed, or not in force.
    pub fn offered(&mut self, question: QuestionIx) -> Vec<OptionIx> {
        let options = (0..self.ruleset.choices(question).len()).map(OptionIx::new);
        options.filter(|option| self.may_be_open(question, *option)).collect()
    }
}
