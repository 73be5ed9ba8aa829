//! Which variables still matter.

use super::cone::Cone;
use super::decider::Decider;
use super::{FormulaId, VarId};

/// The variables that some formulas depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// The variables, in rising order.
    pub vars: Vec<VarId>,
    /// Whether the budget ran out. Then variables may be listed that do not matter; every one
    /// that does is listed all the same.
    pub over_budget: bool,
}

impl Decider<'_> {
    /// The unknown variables that some of the formulas depend on: those for which two completions
    /// that differ only there disagree about some of them. For a function of several formulas
    /// that tells all their combinations apart, this is its support.
    ///
    /// For a formula over budget, every variable it is written with counts.
    pub fn support_of(&mut self, roots: &[FormulaId]) -> Support {
        let mut cone = Cone::default();
        cone.collect(self.residual(), roots, |_| false);
        let written = cone.vars(self.residual());
        if written.is_empty() {
            return Support::default();
        }
        let (residual, witnesses) = self.witnesses();
        let mut vars: Vec<VarId> = witnesses.relevant_vars(residual, &written, roots).collect();
        if vars.len() == written.len() {
            return Support { vars, over_budget: false };
        }
        let mut over_budget = false;
        let mut exact = Vec::new();
        for root in roots {
            cone.collect(self.residual(), &[*root], |_| false);
            let mut reached = cone.vars(self.residual());
            reached.retain(|var| vars.binary_search(var).is_err());
            if reached.is_empty() {
                continue;
            }
            if let Ok(diagram) = self.diagram(*root) {
                exact.push(diagram);
            } else {
                over_budget = true;
                vars.extend(reached);
                vars.sort_unstable();
            }
        }
        vars.extend(self.diagrams().supports(&exact));
        vars.sort_unstable();
        vars.dedup();
        Support { vars, over_budget }
    }
}
