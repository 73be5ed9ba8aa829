//! What the engine reads of a ruleset, beside its formulas.

use crate::logic::FormulaId;
use crate::model::{Arena, DerivedIx, MythIx, QuestionIx, RuleIx};
use crate::ruleset::compiled::Screen;
use crate::ruleset::{CompiledQuestion, Parts, RuleFormulas, Ruleset};

/// What the engine reads of a ruleset. Several variants of a ruleset may stand in one arena of formulas: each has a view of
/// its own, and the engine treats them alike.
#[derive(Debug, Clone, Copy)]
pub struct View<'v> {
    /// Its words.
    pub parts: &'v Parts,
    /// How each question's answer sets variables.
    pub questions: &'v Arena<QuestionIx, CompiledQuestion>,
    /// The formulas of each rule.
    pub rules: &'v Arena<RuleIx, RuleFormulas>,
    /// For each derived fact, when it has each of its values.
    pub derived: &'v Arena<DerivedIx, Vec<FormulaId>>,
    /// When each myth matters.
    pub myths: &'v Arena<MythIx, FormulaId>,
    /// The rules that end the questions, and what they read.
    pub screens: &'v [Screen],
}

impl<'v> View<'v> {
    /// The view of a ruleset by itself.
    #[must_use]
    pub fn of(ruleset: &'v Ruleset) -> Self {
        let compiled = ruleset.compiled();
        Self {
            parts: ruleset.parts(),
            questions: &compiled.questions,
            rules: &compiled.rules,
            derived: &compiled.derived,
            myths: &compiled.myths,
            screens: &compiled.screens,
        }
    }
}
