//! Decision diagrams from formulas.

use super::FormulaId;
use super::diagrams::{Diagram, Diagrams, OverBudget};
use super::kleene::Truth;
use super::node_store::{FALSE, TRUE};
use super::operation_memo::Operation;
use super::residual::{Gate, OpenParts, Residual};

impl Diagrams {
    /// The diagram of a formula. Formulas that several roots are made of are built once.
    ///
    /// # Errors
    /// When the budget runs out, or when the order has no place for a variable.
    pub fn build(&mut self, residual: Residual<'_>, root: FormulaId) -> Result<Diagram, OverBudget> {
        match residual.truth(root) {
            Truth::False => return Ok(Diagram(FALSE)),
            Truth::True => return Ok(Diagram(TRUE)),
            Truth::Unknown => {}
        }
        if let Some(built) = self.built(root) {
            return Ok(Diagram(built));
        }
        let mut cone = std::mem::take(&mut self.cone);
        cone.collect(residual, &[root], |formula| self.built(formula).is_some());
        let result = self.guarded(|diagrams| {
            for formula in cone.iter() {
                let gate = residual.gate(formula).ok_or(OverBudget)?;
                let diagram = diagrams.join(gate)?;
                let slot = diagrams.built.get_mut(formula.index()).ok_or(OverBudget)?;
                *slot = diagram + 1;
            }
            diagrams.built(root).ok_or(OverBudget)
        });
        self.cone = cone;
        result
    }

    /// True where at least `least` of the diagrams are, each counted as often as it is listed.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn at_least(&mut self, least: usize, of: &[Diagram]) -> Result<Diagram, OverBudget> {
        let mut diagrams: Vec<u32> = of.iter().map(|diagram| diagram.0).collect();
        self.sort_bottom_up(&mut diagrams);
        self.guarded(|this| this.count(least, &diagrams))
    }

    fn built(&self, formula: FormulaId) -> Option<u32> {
        self.built.get(formula.index())?.checked_sub(1)
    }

    fn join(&mut self, gate: Gate<'_>) -> Result<u32, OverBudget> {
        match gate {
            Gate::Lit(var, set) => self.literal(var, set),
            Gate::Not(part) => {
                let part = self.built(part).ok_or(OverBudget)?;
                self.combine(Operation::Not, part, part)
            }
            Gate::And(parts) => self.fold(Operation::And, TRUE, parts),
            Gate::Or(parts) => self.fold(Operation::Or, FALSE, parts),
            Gate::AtLeast(least, parts) => {
                let parts = self.parts(parts)?;
                self.count(least, &parts)
            }
        }
    }

    fn parts(&self, parts: OpenParts<'_>) -> Result<Vec<u32>, OverBudget> {
        let built: Option<Vec<u32>> = parts.map(|part| self.built(part)).collect();
        let mut built = built.ok_or(OverBudget)?;
        self.sort_bottom_up(&mut built);
        Ok(built)
    }

    fn fold(&mut self, operation: Operation, neutral: u32, parts: OpenParts<'_>) -> Result<u32, OverBudget> {
        let parts = self.parts(parts)?;
        parts.iter().try_fold(neutral, |done, part| self.combine(operation, done, *part))
    }

    fn count(&mut self, least: usize, parts: &[u32]) -> Result<u32, OverBudget> {
        if least > parts.len() {
            return Ok(FALSE);
        }
        // `reached[n]`: at least `n` of the parts so far are true.
        let mut reached = vec![FALSE; least + 1];
        if let Some(none) = reached.first_mut() {
            *none = TRUE;
        }
        for (left, part) in (0..parts.len()).rev().zip(parts) {
            // Counts that the parts still to come could not lift to the goal are not needed.
            let needed = least.saturating_sub(left).max(1);
            let mut above = reached.iter().copied().enumerate().rev().collect::<Vec<_>>();
            above.truncate(least + 1 - needed + 1);
            for pair in above.windows(2) {
                let [(n, same), (_, fewer)] = *pair else {
                    continue;
                };
                let gained = self.combine(Operation::And, *part, fewer)?;
                let now = self.combine(Operation::Or, same, gained)?;
                *reached.get_mut(n).ok_or(OverBudget)? = now;
            }
        }
        reached.last().copied().ok_or(OverBudget)
    }
}
