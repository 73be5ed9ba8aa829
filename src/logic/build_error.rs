//! What can go wrong when an arena of formulas is made.

use std::fmt;

/// Why no arena could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// More variables than can be numbered.
    TooManyVariables,
    /// More formulas, or parts of formulas, than can be numbered.
    TooManyFormulas,
    /// A variable without values was asked for.
    EmptyDomain,
    /// A literal names a variable that was not made by this builder.
    UnknownVariable,
    /// A formula has a part that was not made by this builder.
    UnknownFormula,
}

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::TooManyVariables => "too many variables",
            Self::TooManyFormulas => "too many formulas",
            Self::EmptyDomain => "a variable has no values",
            Self::UnknownVariable => "a literal names an unknown variable",
            Self::UnknownFormula => "a formula has an unknown part",
        })
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::super::{BuildError, FormulaId, FormulasBuilder, ValueSet, VarId};

    #[test]
    fn every_mistake_is_reported_in_the_end() {
        let failure = |mistake: fn(&mut FormulasBuilder)| {
            let mut builder = FormulasBuilder::new();
            builder.var(2);
            mistake(&mut builder);
            builder.finish().err()
        };
        let unknown = Some(BuildError::UnknownFormula);
        assert_eq!(failure(|_| {}), None);
        assert_eq!(failure(|builder| _ = builder.and([FormulaId(9)])), unknown);
        assert_eq!(failure(|builder| _ = builder.or([FormulaId(9)])), unknown);
        assert_eq!(failure(|builder| _ = builder.not(FormulaId(9))), unknown);
        assert_eq!(failure(|builder| _ = builder.at_least(1, [FormulaId(9)])), unknown);
        let literal = |builder: &mut FormulasBuilder| {
            builder.lit(VarId(1), &ValueSet::single(0));
        };
        assert_eq!(failure(literal), Some(BuildError::UnknownVariable));
        assert_eq!(failure(|builder| _ = builder.var(0)), Some(BuildError::EmptyDomain));
        let many = |builder: &mut FormulasBuilder| {
            for _ in 0..u16::MAX {
                builder.var(2);
            }
        };
        assert_eq!(failure(many), Some(BuildError::TooManyVariables));
    }
}
