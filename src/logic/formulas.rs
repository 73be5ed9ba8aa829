//! The arena of formulas.

use serde::{Deserialize, Serialize};

use super::links::LazyLinks;
use super::program::Program;
use super::raw_formulas::RawFormulas;
use super::{FormulaId, ValueSet, VarId};

/// Formulas over finite variables, each stored once.
///
/// Formulas lie in one list where the parts of a formula always come before it, and the parts of
/// all formulas lie in one flat list, so evaluating everything is a single pass from front to
/// back. Reading a packed arena checks that it has this form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawFormulas")]
pub struct Formulas {
    pub(super) domains: Vec<u16>,
    pub(super) nodes: Vec<Node>,
    pub(super) parts: Vec<FormulaId>,
    pub(super) sets: Vec<ValueSet>,
    #[serde(skip_serializing)]
    pub(super) links: LazyLinks,
    #[serde(skip_serializing)]
    pub(super) program: Program,
}

/// One formula as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Node {
    /// False in every completion.
    False,
    /// True in every completion.
    True,
    /// True when the variable has a value in the set at `set`.
    Lit { var: VarId, set: u32 },
    /// True when the part is false.
    Not(FormulaId),
    /// True when all parts are true.
    And(Span),
    /// True when some part is true.
    Or(Span),
    /// True when at least `least` parts are true, each counted as often as it is listed.
    AtLeast { least: u32, span: Span },
}

/// A stretch of the flat list of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// What a formula is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape<'a> {
    /// False in every completion.
    False,
    /// True in every completion.
    True,
    /// True when the variable has one of the values in the set.
    Lit(VarId, &'a ValueSet),
    /// True when the part is false.
    Not(FormulaId),
    /// True when all parts are true.
    And(&'a [FormulaId]),
    /// True when some part is true.
    Or(&'a [FormulaId]),
    /// True when at least so many parts are true, each counted as often as it is listed.
    AtLeast(u32, &'a [FormulaId]),
}

impl Formulas {
    /// How many formulas there are, counting every part of every formula once.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the arena has no formulas; it never is, for the two constants are always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// How many variables there are.
    #[must_use]
    pub fn var_count(&self) -> usize {
        self.domains.len()
    }

    /// All variables, in the order of creation.
    pub fn vars(&self) -> impl Iterator<Item = VarId> + '_ {
        (0_u16..).zip(&self.domains).map(|(at, _)| VarId(at))
    }

    /// How many values the variable has, if there is such a variable.
    #[must_use]
    pub fn domain(&self, var: VarId) -> Option<u16> {
        self.domains.get(var.index()).copied()
    }

    /// What the formula is made of, if there is such a formula.
    #[must_use]
    pub fn shape(&self, formula: FormulaId) -> Option<Shape<'_>> {
        Some(match *self.nodes.get(formula.index())? {
            Node::False => Shape::False,
            Node::True => Shape::True,
            Node::Lit { var, set } => Shape::Lit(var, self.sets.get(set as usize)?),
            Node::Not(part) => Shape::Not(part),
            Node::And(span) => Shape::And(self.parts(span)?),
            Node::Or(span) => Shape::Or(self.parts(span)?),
            Node::AtLeast { least, span } => Shape::AtLeast(least, self.parts(span)?),
        })
    }

    /// The variable of a literal; none for any other formula.
    pub(super) fn variable(&self, formula: FormulaId) -> Option<VarId> {
        match self.nodes.get(formula.index())? {
            Node::Lit { var, .. } => Some(*var),
            _ => None,
        }
    }

    /// Every formula that has this one as a part, in rising order.
    #[must_use]
    pub fn parents(&self, formula: FormulaId) -> &[FormulaId] {
        self.links.of(self).parents(formula)
    }

    /// Every literal on the variable, in rising order.
    #[must_use]
    pub fn literals(&self, var: VarId) -> &[FormulaId] {
        self.links.of(self).literals(var)
    }

    /// Works out what follows from the stored fields.
    pub(super) fn linked(mut self) -> Self {
        self.links = LazyLinks::default();
        self.program = Program::of(&self);
        self
    }

    pub(super) fn parts(&self, span: Span) -> Option<&[FormulaId]> {
        let start = span.start as usize;
        self.parts.get(start..start + span.len as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::super::FormulasBuilder;
    use super::*;

    #[test]
    fn leads_down_to_parts_and_up_to_parents() {
        let mut builder = FormulasBuilder::new();
        let (first, second) = (builder.var(3), builder.var(3));
        let low = builder.lit(first, &ValueSet::single(0));
        let high = builder.lit(first, &ValueSet::single(2));
        let other = builder.lit(second, &ValueSet::single(1));
        let both = builder.and([low, other]);
        let any = builder.or([both, high]);
        let two = builder.at_least(2, [low, low, any]);
        let formulas = builder.finish().unwrap();
        assert_eq!(formulas.shape(low), Some(Shape::Lit(first, &ValueSet::single(0))));
        assert_eq!(formulas.shape(both), Some(Shape::And(&[low, other])));
        assert_eq!(formulas.shape(any), Some(Shape::Or(&[high, both])));
        assert_eq!(formulas.shape(two), Some(Shape::AtLeast(2, &[low, low, any])));
        assert_eq!(formulas.shape(FormulaId(99)), None);
        assert_eq!(formulas.literals(first), [low, high]);
        assert_eq!(formulas.literals(VarId(9)), []);
        assert_eq!(formulas.parents(low), [both, two]);
        assert_eq!(formulas.parents(two), []);
        assert_eq!((formulas.var_count(), formulas.len()), (2, 8));
    }
}
