//! What is left to decide once three-valued logic has had its say.

use super::formulas::{Formulas, Shape};
use super::kleene::{KleeneValues, Truth, kleene};
use super::{FormulaId, Possible, ValueSet, VarId};

/// The formulas together with what is known, and what three-valued logic makes of it. The three
/// belong together, so nothing outside this module can mix those of different states.
#[derive(Clone, Copy, Debug)]
pub struct Residual<'a> {
    formulas: &'a Formulas,
    possible: &'a Possible,
    values: &'a KleeneValues,
}

/// An open formula with its settled parts left out: they can no longer make a difference.
pub(super) enum Gate<'a> {
    Lit(VarId, &'a ValueSet),
    Not(FormulaId),
    And(OpenParts<'a>),
    Or(OpenParts<'a>),
    AtLeast(usize, OpenParts<'a>),
}

/// The open parts of a formula, in order.
#[derive(Clone)]
pub(super) struct OpenParts<'a> {
    parts: std::slice::Iter<'a, FormulaId>,
    values: &'a KleeneValues,
}

impl Iterator for OpenParts<'_> {
    type Item = FormulaId;

    fn next(&mut self) -> Option<FormulaId> {
        self.parts.by_ref().copied().find(|part| self.values.get(*part) == Truth::Unknown)
    }
}

impl<'a> Residual<'a> {
    /// Runs three-valued logic into the given buffer.
    pub fn new(formulas: &'a Formulas, possible: &'a Possible, values: &'a mut KleeneValues) -> Self {
        kleene(formulas, possible, values);
        Self::of_evaluated(formulas, possible, values)
    }

    /// The same, when the values are already those of this state.
    pub(super) fn of_evaluated(formulas: &'a Formulas, possible: &'a Possible, values: &'a KleeneValues) -> Self {
        Self { formulas, possible, values }
    }

    /// The arena of formulas.
    #[must_use]
    pub fn formulas(&self) -> &'a Formulas {
        self.formulas
    }

    /// What is known.
    #[must_use]
    pub fn possible(&self) -> &'a Possible {
        self.possible
    }

    /// What three-valued logic says of a formula.
    #[must_use]
    pub fn truth(&self, formula: FormulaId) -> Truth {
        self.values.get(formula)
    }

    /// Whether three-valued logic leaves the formula open.
    #[must_use]
    pub fn is_open(&self, formula: FormulaId) -> bool {
        self.truth(formula) == Truth::Unknown
    }

    /// What is left of an open formula; `None` for a settled one or a number without a formula.
    pub(super) fn gate(&self, formula: FormulaId) -> Option<Gate<'a>> {
        if !self.is_open(formula) {
            return None;
        }
        let open = |parts: &'a [FormulaId]| OpenParts { parts: parts.iter(), values: self.values };
        match self.formulas.shape(formula)? {
            Shape::False | Shape::True => None,
            Shape::Lit(var, set) => Some(Gate::Lit(var, set)),
            Shape::Not(part) => Some(Gate::Not(part)),
            Shape::And(parts) => Some(Gate::And(open(parts))),
            Shape::Or(parts) => Some(Gate::Or(open(parts))),
            Shape::AtLeast(least, parts) => {
                let met = parts.iter().filter(|part| self.truth(**part) == Truth::True).count();
                Some(Gate::AtLeast((least as usize).saturating_sub(met), open(parts)))
            }
        }
    }
}
