//! What hangs on a question.

use crate::engine::Advice;
use crate::model::{DerivedIx, Ix, QuestionIx, RuleIx};

/// What hangs on a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hangs {
    /// The rules whose status its answer can still decide.
    pub rules: Vec<RuleIx>,
    /// The shown facts whose value its answer can still decide.
    pub derived: Vec<DerivedIx>,
}

/// What hangs on a question, of some advice that says what would settle it.
#[must_use]
pub fn hanging(advice: &Advice, question: QuestionIx) -> Hangs {
    Hangs { rules: with(&advice.hinges, question), derived: with(&advice.derived_hinges, question) }
}

fn with<I: Ix>(hinges: &[Vec<QuestionIx>], question: QuestionIx) -> Vec<I> {
    hinges.iter().enumerate().filter(|(_, hinges)| hinges.contains(&question)).map(|(at, _)| I::new(at)).collect()
}
