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
        let gates = self.iter().filter_map(|formula| residual.gate(formula));
        let mut vars: Vec<VarId> =
            gates.filter_map(|gate| if let Gate::Lit(var, _) = gate { Some(var) } else { None }).collect();
        vars.sort_unstable();
        vars.dedup();
        vars
    }
}
