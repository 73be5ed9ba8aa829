//! Which variables still matter.

use super::cone::{Cone, Reach};
use super::decider::{Decider, LITTLE_WORK};
use super::diagrams::{Diagram, OverBudget};
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

/// What is proved of whether some formulas depend on some variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependence {
    /// Some formula depends on these; proved.
    pub certain: Vec<VarId>,
    /// The budget ran out before anything was proved of these. No formula depends on the others; proved.
    pub open: Vec<VarId>,
}

impl Decider<'_> {
    /// On which of the variables some formula depends. Every diagram made before is void afterwards.
    pub fn dependence(&mut self, vars: &[VarId], roots: &[FormulaId]) -> Dependence {
        let mut cone = Cone::default();
        cone.collect(self.residual(), roots, |_| false);
        let mut written = cone.vars(self.residual());
        written.retain(|var| vars.contains(var));
        let (residual, witnesses) = self.witnesses();
        let mut certain: Vec<VarId> = witnesses.relevant_vars(residual, &written, roots).collect();
        certain.sort_unstable();
        let mut open = Vec::new();
        for root in roots {
            cone.collect(self.residual(), &[*root], |_| false);
            let mut reached = cone.vars(self.residual());
            reached.retain(|var| written.contains(var) && !certain.contains(var));
            if reached.is_empty() {
                continue;
            }
            match self.diagram_afresh(*root) {
                Ok(diagram) => certain.extend(self.diagrams().support(diagram)),
                Err(OverBudget) => open.extend(reached),
            }
            certain.sort_unstable();
            certain.dedup();
        }
        certain.retain(|var| written.contains(var));
        open.sort_unstable();
        open.dedup();
        open.retain(|var| certain.binary_search(var).is_err());
        Dependence { certain, open }
    }

    /// The unknown variables that some formulas are written with, in rising order. Only these can matter.
    #[must_use]
    pub fn written(&self, roots: &[FormulaId]) -> Vec<VarId> {
        let mut cone = Cone::default();
        cone.collect(self.residual(), roots, |_| false);
        cone.vars(self.residual())
    }

    /// Whether some formula is written with one of the variables. Only then can it depend on it.
    #[must_use]
    pub fn is_written_with(&self, vars: &[VarId], roots: &[FormulaId]) -> bool {
        self.written(roots).iter().any(|var| vars.contains(var))
    }

    /// Whether some formula depends on one of the variables, or may: a budget that runs out counts as "may". It is what
    /// [`support_of`](Self::support_of) says of them, found without the other variables.
    pub fn depends_on(&mut self, vars: &[VarId], roots: &[FormulaId]) -> bool {
        let mut written = self.written(roots);
        written.retain(|var| vars.contains(var));
        if written.is_empty() {
            return false;
        }
        let (residual, witnesses) = self.witnesses();
        if witnesses.relevant_by_witness(residual, &written, roots) {
            return true;
        }
        roots.iter().any(|root| {
            if !self.is_written_with(&written, &[*root]) {
                return false;
            }
            let quick = self.diagram_within(LITTLE_WORK, *root);
            if quick.is_err() && self.finds_dependence(&written, *root) {
                return true;
            }
            match quick.or_else(|OverBudget| self.diagram(*root)) {
                Ok(diagram) => self.diagrams().support(diagram).iter().any(|var| written.contains(var)),
                Err(OverBudget) => true,
            }
        })
    }

    /// The first of these groups of variables on one of which some formula depends, or may: a budget that runs out counts as
    /// "may". Every diagram made before is void afterwards.
    pub fn first_dependence(&mut self, groups: &[&[VarId]], roots: &[FormulaId]) -> Option<usize> {
        let mut reach = Reach::of(self.residual(), roots);
        groups.iter().position(|group| {
            let reached = reach.from(self.residual(), group);
            // What is near the group most often shows by itself that it matters, and takes the least work.
            let Some(nearest) = reached.get(..1) else { return false };
            let (residual, witnesses) = self.witnesses();
            if witnesses.relevant_by_witness(residual, group, nearest)
                || witnesses.relevant_by_witness(residual, group, &reached)
            {
                return true;
            }
            let found = self.dependence(group, &reached);
            !found.certain.is_empty() || !found.open.is_empty()
        })
    }

    /// The same by drawn completions alone: what they do not show is left open.
    pub fn dependence_drawn(&mut self, vars: &[VarId], roots: &[FormulaId]) -> Dependence {
        let mut cone = Cone::default();
        cone.collect(self.residual(), roots, |_| false);
        let mut open = cone.vars(self.residual());
        open.retain(|var| vars.contains(var));
        let (residual, witnesses) = self.witnesses();
        let mut certain: Vec<VarId> = witnesses.relevant_vars(residual, &open, roots).collect();
        certain.sort_unstable();
        open.retain(|var| certain.binary_search(var).is_err());
        Dependence { certain, open }
    }

    /// The diagram of a formula; if the budget runs out, once more with everything made before thrown away.
    fn diagram_afresh(&mut self, root: FormulaId) -> Result<Diagram, OverBudget> {
        self.diagram(root).or_else(|OverBudget| {
            let possible = self.possible().clone();
            self.consider(&possible);
            self.diagram(root)
        })
    }

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
