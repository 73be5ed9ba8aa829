//! The open formulas that some formulas are made of.

use super::bit_set::BitSet;
use super::residual::{Gate, Residual};
use super::{FormulaId, VarId};

/// A reusable collection of the open formulas reached from some roots.
#[derive(Clone, Debug, Default)]
pub(super) struct Cone {
    members: BitSet,
}

impl Cone {
    /// Collects the open formulas reached from the roots, not going into those `skip` names.
    pub(super) fn collect(&mut self, residual: Residual<'_>, roots: &[FormulaId], skip: impl Fn(FormulaId) -> bool) {
        self.members.reset(residual.formulas().len());
        let mut limit = 0;
        for root in roots {
            if residual.is_open(*root) && !skip(*root) {
                self.members.insert(root.index());
                limit = limit.max(root.index() + 1);
            }
        }
        // Parts have smaller numbers than the formula, so one walk downwards meets everything.
        while let Some(at) = self.members.last_below(limit) {
            limit = at;
            let mut add = |part: FormulaId| {
                if !skip(part) {
                    self.members.insert(part.index());
                }
            };
            match residual.gate(FormulaId::at(at)) {
                Some(Gate::Not(part)) => add(part),
                Some(Gate::And(parts) | Gate::Or(parts) | Gate::AtLeast(_, parts)) => {
                    parts.for_each(add);
                }
                Some(Gate::Lit(..)) | None => {}
            }
        }
    }

    /// The collected formulas, parts before the formulas that have them.
    pub(super) fn iter(&self) -> impl Iterator<Item = FormulaId> + '_ {
        self.members.iter().map(FormulaId::at)
    }

    /// Whether the formula was collected.
    pub(super) fn contains(&self, formula: FormulaId) -> bool {
        self.members.contains(formula.index())
    }

    /// The variables of the collected literals, in rising order.
    pub(super) fn vars(&self, residual: Residual<'_>) -> Vec<VarId> {
        let formulas = residual.formulas();
        let mut seen = BitSet::default();
        seen.reset(formulas.var_count());
        self.iter().filter_map(|formula| formulas.variable(formula)).for_each(|var| seen.insert(var.index()));
        formulas.vars().filter(|var| seen.contains(var.index())).collect()
    }
}

/// Which of some roots are made of literals on given variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    roots: BitSet,
    pending: BitSet,
}

impl Reach {
    /// Looks for these roots, as far as they are open.
    pub(super) fn of(residual: Residual<'_>, roots: &[FormulaId]) -> Self {
        let mut reach = Self::default();
        reach.roots.reset(residual.formulas().len());
        roots.iter().filter(|root| residual.is_open(**root)).for_each(|root| reach.roots.insert(root.index()));
        reach
    }

    /// The roots whose cone has a literal on one of the variables, in rising order.
    pub(super) fn from(&mut self, residual: Residual<'_>, vars: &[VarId]) -> Vec<FormulaId> {
        let formulas = residual.formulas();
        self.pending.reset(formulas.len());
        let literals = vars.iter().flat_map(|var| formulas.literals(*var));
        literals.filter(|literal| residual.is_open(**literal)).for_each(|open| self.pending.insert(open.index()));
        let mut reached = Vec::new();
        let mut from = 0;
        // Parts come before the formulas that have them, so one walk upwards meets everything.
        while let Some(at) = self.pending.first_from(from) {
            from = at + 1;
            if self.roots.contains(at) {
                reached.push(FormulaId::at(at));
            }
            let parents = formulas.parents(FormulaId::at(at)).iter();
            parents.filter(|parent| residual.is_open(**parent)).for_each(|open| self.pending.insert(open.index()));
        }
        reached
    }
}
