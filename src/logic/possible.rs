//! What is known so far.

use super::{Formulas, ValueSet, VarId};

/// For each variable the values it may still have. No variable is ever left without a value, so
/// there is always at least one completion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Possible {
    sets: Vec<ValueSet>,
    unknown: usize,
}

impl Possible {
    /// Nothing is known: every variable may have each of its values.
    #[must_use]
    pub fn all(formulas: &Formulas) -> Self {
        let sets: Vec<_> = formulas.domains.iter().map(|size| ValueSet::full(*size)).collect();
        let unknown = sets.iter().filter(|set| set.only().is_none()).count();
        Self { sets, unknown }
    }

    /// The values the variable may still have, if there is such a variable.
    #[must_use]
    pub fn get(&self, var: VarId) -> Option<&ValueSet> {
        self.sets.get(var.index())
    }

    /// Keeps only the values in the set. When that would leave the variable without a value, or
    /// there is no such variable, nothing changes and the answer is `false`.
    #[must_use = "a refused restriction means that what was learned contradicts itself"]
    pub fn restrict(&mut self, var: VarId, set: &ValueSet) -> bool {
        let Some(had) = self.sets.get(var.index()) else {
            return false;
        };
        let kept = had.intersection(set);
        !kept.is_empty() && self.replace(var, kept)
    }

    /// Learns the variable's value; refused like [`restrict`](Self::restrict).
    #[must_use = "a refused value means that what was learned contradicts itself"]
    pub fn set(&mut self, var: VarId, value: u16) -> bool {
        self.restrict(var, &ValueSet::single(value))
    }

    /// Forgets everything, in the same memory.
    pub fn forget_all(&mut self, formulas: &Formulas) {
        self.sets.clear();
        self.sets.extend(formulas.domains.iter().map(|size| ValueSet::full(*size)));
        self.unknown = self.sets.iter().filter(|set| set.only().is_none()).count();
    }

    /// Forgets what is known of the variable.
    pub fn forget(&mut self, formulas: &Formulas, var: VarId) {
        if let Some(domain) = formulas.domain(var) {
            self.replace(var, ValueSet::full(domain));
        }
    }

    /// The variable's value, if only one is left.
    #[must_use]
    pub fn value(&self, var: VarId) -> Option<u16> {
        self.get(var)?.only()
    }

    /// Whether only one value is left.
    #[must_use]
    pub fn is_known(&self, var: VarId) -> bool {
        self.value(var).is_some()
    }

    /// Whether every variable is known, so that there is just one completion.
    #[must_use]
    pub fn all_known(&self) -> bool {
        self.unknown == 0
    }

    /// The variables with more than one value left, in the order of creation.
    pub fn unknown_vars(&self) -> impl Iterator<Item = VarId> + '_ {
        let numbered = (0_u16..).zip(&self.sets);
        numbered.filter(|(_, set)| set.only().is_none()).map(|(at, _)| VarId(at))
    }

    pub(super) fn sets(&self) -> &[ValueSet] {
        &self.sets
    }

    fn replace(&mut self, var: VarId, set: ValueSet) -> bool {
        let Some(had) = self.sets.get_mut(var.index()) else {
            return false;
        };
        self.unknown -= usize::from(had.only().is_none());
        self.unknown += usize::from(set.only().is_none());
        *had = set;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::FormulasBuilder;
    use super::*;

    #[test]
    fn never_loses_the_last_value() {
        let mut builder = FormulasBuilder::new();
        let (a, b) = (builder.var(2), builder.var(3));
        let formulas = builder.finish().unwrap();
        let mut possible = Possible::all(&formulas);
        assert!(possible.set(a, 1) && !possible.set(a, 0) && !possible.set(b, 3));
        assert_eq!(possible.value(a), Some(1));
        assert!(!possible.set(VarId(9), 0));
        assert!(possible.unknown_vars().eq([b]) && !possible.all_known());
        assert!(possible.set(b, 2) && possible.all_known());
        possible.forget(&formulas, a);
        assert!(possible.unknown_vars().eq([a]) && !possible.all_known());
        possible.forget_all(&formulas);
        assert_eq!(possible, Possible::all(&formulas));
    }
}
