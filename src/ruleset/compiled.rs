//! A ruleset's conditions as formulas over finite variables.

use serde::{Deserialize, Serialize};

use crate::logic::{FormulaId, Formulas, Order, VarId};
use crate::model::{Arena, DerivedIx, MythIx, OptionIx, QuestionIx, RuleIx, TestIx};

/// The formulas of a ruleset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compiled {
    /// Every formula.
    pub formulas: Formulas,
    /// The order of variables in diagrams.
    pub order: Order,
    /// How each question's answer sets variables.
    pub questions: Arena<QuestionIx, CompiledQuestion>,
    /// For each question that has an option which can be closed, when the question arises and each option is open.
    pub openings: Arena<QuestionIx, Vec<FormulaId>>,
    /// The formula of each test.
    pub tests: Vec<FormulaId>,
    /// The formulas of each rule.
    pub rules: Arena<RuleIx, RuleFormulas>,
    /// For each derived fact, when it has each of its values; exactly one holds.
    pub derived: Arena<DerivedIx, Vec<FormulaId>>,
    /// When each myth matters.
    pub myths: Arena<MythIx, FormulaId>,
    /// The rules that end the questions, and what they read.
    pub screens: Vec<Screen>,
    /// The question whose answer sets each variable, by [`VarId`].
    pub owners: Vec<QuestionIx>,
    /// For each question, how many rules read it, themselves or through derived facts.
    pub readers: Arena<QuestionIx, u32>,
}

/// A rule that ends the questions, and every question that its condition reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// The rule.
    pub rule: RuleIx,
    /// The questions.
    pub reads: Vec<QuestionIx>,
}

/// A question as variables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledQuestion {
    /// When it arises.
    pub arises: FormulaId,
    /// For each option, when the question arises and the option's condition holds, so that it is open unless it is upcoming.
    /// Only for questions that show candidates.
    pub open: Vec<FormulaId>,
    /// The variables that its answer sets.
    pub variables: Variables,
}

/// The variables of a question. Options that no test tells apart are one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Variables {
    /// No test reads it.
    None,
    /// One option holds: one variable, whose value is the option's class.
    One {
        /// The variable.
        var: VarId,
        /// The class of each option.
        class: Vec<u16>,
    },
    /// Any number of options hold: a two-valued variable for each class, "some option of it holds".
    Any {
        /// The variable of each class.
        vars: Vec<VarId>,
        /// The class of each option; none where no test reads it.
        class: Vec<Option<u16>>,
    },
}

impl Variables {
    /// Every variable that the answer sets.
    #[must_use]
    pub fn all(&self) -> &[VarId] {
        match self {
            Self::None => &[],
            Self::One { var, .. } => std::slice::from_ref(var),
            Self::Any { vars, .. } => vars,
        }
    }

    /// The class of an option.
    #[must_use]
    pub fn class_of(&self, option: OptionIx) -> Option<u16> {
        let at = usize::from(option.0);
        match self {
            Self::None => None,
            Self::One { class, .. } => class.get(at).copied(),
            Self::Any { class, .. } => class.get(at).copied().flatten(),
        }
    }
}

/// A rule as formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFormulas {
    /// When it applies.
    pub when: FormulaId,
    /// When it applies and is met, if it can be met.
    pub met: Option<FormulaId>,
}

impl Compiled {
    /// The formula of a test.
    #[must_use]
    pub fn test(&self, test: TestIx) -> Option<FormulaId> {
        self.tests.get(usize::try_from(test.0).ok()?).copied()
    }
}
