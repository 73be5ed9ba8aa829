//! Small numbers that name variables and formulas.

use serde::{Deserialize, Serialize};

/// Names a variable of a [`Formulas`](super::Formulas) arena, counted from zero in the order of
/// creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VarId(pub u16);

impl VarId {
    /// The variable's place in a list with one entry for each variable.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Names a formula of a [`Formulas`](super::Formulas) arena. A formula's number is larger than
/// the numbers of all the formulas it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormulaId(pub u32);

impl FormulaId {
    /// The formula that is false in every completion.
    pub const FALSE: Self = Self(0);
    /// The formula that is true in every completion.
    pub const TRUE: Self = Self(1);

    /// The formula's place in a list with one entry for each formula.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The formula at a place in such a list. Arenas hold fewer than `u32::MAX` formulas, so a
    /// place beyond that range names no formula, and neither does the number returned for it.
    pub(super) fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}
