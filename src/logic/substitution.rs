//! A formula with values put in for some variables.

use std::collections::{BTreeMap, BTreeSet};

use super::formulas::Node;
use super::{FormulaId, FormulasBuilder, VarId};

impl FormulasBuilder {
    /// What the formula says where the variables have these values: it no longer depends on them.
    pub fn given(&mut self, root: FormulaId, values: &[(VarId, u16)]) -> FormulaId {
        let values: BTreeMap<VarId, u16> = values.iter().copied().collect();
        let mut done: BTreeMap<FormulaId, FormulaId> = BTreeMap::new();
        // An explicit stack of formulas whose parts come first: formulas may be nested more deeply than the call stack.
        let mut stack = vec![(root, false)];
        while let Some((formula, ready)) = stack.pop() {
            if done.contains_key(&formula) {
                continue;
            }
            if !ready {
                stack.push((formula, true));
                stack.extend(self.parts_of(formula).into_iter().map(|part| (part, false)));
                continue;
            }
            let result = self.rebuilt(formula, &values, &done);
            done.insert(formula, result);
        }
        done.get(&root).copied().unwrap_or(root)
    }

    /// The variables that the formula is written with.
    #[must_use]
    pub fn written_with(&self, root: FormulaId) -> BTreeSet<VarId> {
        let (mut vars, mut seen, mut stack) = (BTreeSet::new(), BTreeSet::new(), vec![root]);
        while let Some(formula) = stack.pop() {
            if !seen.insert(formula) {
                continue;
            }
            if let Some(Node::Lit { var, .. }) = self.formulas.nodes.get(formula.index()) {
                vars.insert(*var);
            }
            stack.extend(self.parts_of(formula));
        }
        vars
    }

    fn parts_of(&self, formula: FormulaId) -> Vec<FormulaId> {
        match self.formulas.nodes.get(formula.index()) {
            Some(Node::Not(part)) => vec![*part],
            Some(Node::And(span) | Node::Or(span) | Node::AtLeast { span, .. }) => {
                self.formulas.parts(*span).unwrap_or(&[]).to_vec()
            }
            _ => Vec::new(),
        }
    }

    fn rebuilt(
        &mut self,
        formula: FormulaId,
        values: &BTreeMap<VarId, u16>,
        done: &BTreeMap<FormulaId, FormulaId>,
    ) -> FormulaId {
        let old = self.parts_of(formula);
        let new: Vec<FormulaId> = old.iter().map(|part| done.get(part).copied().unwrap_or(*part)).collect();
        match self.formulas.nodes.get(formula.index()).copied() {
            Some(Node::Lit { var, set }) => match values.get(&var) {
                Some(value) => {
                    let set = self.formulas.sets.get(set as usize);
                    self.constant(set.is_some_and(|set| set.contains(*value)))
                }
                None => formula,
            },
            _ if old == new => formula,
            Some(Node::Not(_)) => new.first().copied().map_or(formula, |part| self.not(part)),
            Some(Node::And(_)) => self.and(new),
            Some(Node::Or(_)) => self.or(new),
            Some(Node::AtLeast { least, .. }) => self.at_least(least, new),
            _ => formula,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::enumeration::Plain;
    use super::super::{Possible, Truth, ValueSet, kleene};
    use super::*;
    use proptest::prelude::*;

    const SIZES: [u16; 5] = [2, 3, 2, 4, 2];

    fn plain() -> impl Strategy<Value = Plain> {
        let literal =
            (0..5_usize, proptest::collection::vec(0..4_u16, 1..3)).prop_map(|(var, set)| Plain::Lit(var, set));
        literal.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|part| Plain::Not(Box::new(part))),
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Plain::And),
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Plain::Or),
                (1..3_u32, proptest::collection::vec(inner, 2..4)).prop_map(|(least, of)| Plain::AtLeast(least, of)),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn says_what_the_formula_says_with_those_values(formula in plain(), var in 0..5_usize, value in 0..4_u16) {
            let value = value % SIZES[var];
            let mut builder = FormulasBuilder::new();
            let vars: Vec<VarId> = SIZES.iter().map(|size| builder.var(*size)).collect();
            let root = formula.build(&mut builder, &vars);
            let given = builder.given(root, &[(vars[var], value)]);
            let formulas = builder.finish().unwrap();
            let mut truths = super::super::KleeneValues::default();
            for number in 0..96_u16 {
                let mut rest = number;
                let mut values: Vec<u16> = SIZES.iter().map(|size| { let own = rest % size; rest /= size; own }).collect();
                let mut possible = Possible::all(&formulas);
                for (at, own) in values.iter().enumerate() {
                    assert!(possible.restrict(vars[at], &ValueSet::single(*own)));
                }
                kleene(&formulas, &possible, &mut truths);
                values[var] = value;
                let wanted = if formula.holds(&values) { Truth::True } else { Truth::False };
                prop_assert_eq!(truths.get(given), wanted);
            }
        }
    }
}
