//! Three-valued logic over the whole arena in one pass.

use std::ops::Not;

use super::program::{self, Sign};
use super::{FormulaId, Formulas, Possible};

/// What three-valued logic says of a formula.
///
/// The order makes conjunction the smallest and disjunction the largest of the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Truth {
    /// False in every completion.
    False,
    /// Not settled by three-valued logic; it may still be the same in every completion.
    Unknown,
    /// True in every completion.
    True,
}

impl Truth {
    /// The truth value, when settled.
    #[must_use]
    pub fn known(self) -> Option<bool> {
        match self {
            Self::False => Some(false),
            Self::Unknown => None,
            Self::True => Some(true),
        }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

/// A reusable list with the three-valued truth of every formula of an arena.
#[derive(Clone, Debug, Default)]
pub struct KleeneValues {
    signs: Vec<Sign>,
}

impl KleeneValues {
    /// The truth of a formula; unknown when there is no such formula.
    #[must_use]
    pub fn get(&self, formula: FormulaId) -> Truth {
        match self.signs.get(formula.index()) {
            Some(&program::TRUE) => Truth::True,
            Some(&program::FALSE) => Truth::False,
            _ => Truth::Unknown,
        }
    }
}

/// Works out the three-valued truth of every formula.
pub fn kleene(formulas: &Formulas, possible: &Possible, out: &mut KleeneValues) {
    formulas.program.run(formulas, possible, &mut out.signs);
}

#[cfg(test)]
mod tests {
    use super::super::{FormulasBuilder, ValueSet};
    use super::*;

    #[test]
    fn settles_what_it_can() {
        let mut builder = FormulasBuilder::new();
        let (yes_no, pick, wide) = (builder.var(2), builder.var(3), builder.var(90));
        let lits = [
            builder.lit(yes_no, &ValueSet::single(1)),
            builder.lit(pick, &ValueSet::single(2)),
            builder.lit(wide, &[1, 80].into_iter().collect()),
        ];
        let all = builder.and(lits);
        let any = builder.or(lits);
        let two = builder.at_least(2, lits);
        let nor = builder.not(any);
        let formulas = builder.finish().unwrap();
        let mut possible = Possible::all(&formulas);
        let mut values = KleeneValues::default();
        let mut check = |possible: &Possible, wanted: [Truth; 4]| {
            kleene(&formulas, possible, &mut values);
            assert_eq!([all, any, two, nor].map(|formula| values.get(formula)), wanted);
        };
        let [f, u, t] = [Truth::False, Truth::Unknown, Truth::True];
        check(&possible, [u, u, u, u]);
        assert!(possible.set(yes_no, 1));
        check(&possible, [u, t, u, f]);
        assert!(possible.restrict(wide, &[1, 80].into_iter().collect()));
        check(&possible, [u, t, t, f]);
        assert!(possible.set(pick, 0));
        check(&possible, [f, t, t, f]);
    }
}
