//! Whether formulas can hold together.

use std::collections::BTreeMap;

use super::Wanted;
use super::sat::{Effort, Satisfier, Search};
use crate::logic::{
    Choices, DEFAULT_NODE_BUDGET, Decider, Dependence, Diagram, FormulaId, Formulas, KleeneValues, Order, OverBudget,
    Possible, Truth, VarId, kleene,
};

/// What is proved of some formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// No combination of answers gives them the truths wanted; proved.
    Never,
    /// Some combination of answers does; proved.
    Sometimes,
    /// The budget ran out before either was proved.
    NotProved,
}

/// Proves what can and cannot be, exactly, over every combination of answers. The budget counts nodes of decision diagrams
/// and never time, so the same questions in the same order always get the same answers.
#[derive(Debug)]
pub struct Prover<'f> {
    decider: Decider<'f>,
    formulas: &'f Formulas,
    all: Possible,
    /// Whether no diagram was made since the decider began.
    fresh: bool,
    /// How much work on diagrams may be done in all.
    allowance: u64,
    satisfier: Satisfier<'f>,
    /// Where a completion is worked out.
    values: KleeneValues,
}

impl<'f> Prover<'f> {
    /// A prover with the usual budget.
    #[must_use]
    pub fn new(formulas: &'f Formulas, order: &'f Order) -> Self {
        Self::with_budget(formulas, order, DEFAULT_NODE_BUDGET)
    }

    /// The same with another budget of nodes for each question.
    #[must_use]
    pub fn with_budget(formulas: &'f Formulas, order: &'f Order, budget: u32) -> Self {
        Self::with_allowance(formulas, order, budget, u64::MAX)
    }

    /// The same with an allowance for all questions together: once so many steps were taken, only what three-valued logic
    /// and drawn completions show is still proved. A search may go beyond it a little.
    #[must_use]
    pub fn with_allowance(formulas: &'f Formulas, order: &'f Order, budget: u32, allowance: u64) -> Self {
        let decider = Decider::with_budget(formulas, order, budget);
        let all = Possible::all(formulas);
        let satisfier = Satisfier::over(formulas, all.clone());
        Self { decider, formulas, all, fresh: true, allowance, satisfier, values: KleeneValues::default() }
    }

    /// The same over these answers only.
    #[must_use]
    pub fn among(mut self, possible: Possible) -> Self {
        self.decider.consider(&possible);
        self.satisfier = Satisfier::over(self.formulas, possible.clone());
        self.all = possible;
        self.fresh = true;
        self
    }

    /// The formulas that it proves things about.
    #[must_use]
    pub fn formulas(&self) -> &'f Formulas {
        self.formulas
    }

    /// How many steps of the allowance are left.
    #[must_use]
    pub fn left(&mut self) -> u64 {
        let steps = self.decider.diagrams().work() + self.satisfier.work();
        self.allowance.saturating_sub(steps)
    }

    /// Takes from the allowance what was done elsewhere for the same purpose.
    pub fn spend(&mut self, steps: u64) {
        self.allowance = self.allowance.saturating_sub(steps);
    }

    /// Whether the formulas can have the truths wanted, all at once.
    pub fn together(&mut self, wanted: Wanted<'_>) -> Proof {
        if self.excluded_plainly(wanted) {
            return Proof::Never;
        }
        if self.decider.shows(wanted) {
            return Proof::Sometimes;
        }
        let left = self.left();
        if left == 0 {
            return Proof::NotProved;
        }
        match self.satisfier.search(wanted, &[], Effort::within(left)) {
            Search::Found => return Proof::Sometimes,
            Search::None => return Proof::Never,
            Search::GaveUp => {}
        }
        match self.diagram(wanted) {
            Ok(diagram) if self.decider.diagrams().is_false(diagram) => Proof::Never,
            Ok(_) => Proof::Sometimes,
            Err(OverBudget) => Proof::NotProved,
        }
    }

    /// Values that give the formulas the truths wanted, all at once, whatever the variables are that have none: `None` where
    /// there are none; proved.
    ///
    /// # Errors
    /// When the budget runs out before anything is proved.
    pub fn find(&mut self, wanted: Wanted<'_>) -> Result<Option<Choices>, OverBudget> {
        if self.excluded_plainly(wanted) {
            return Ok(None);
        }
        if let Some(drawn) = self.decider.example(wanted) {
            return Ok(Some(drawn));
        }
        let left = self.left();
        if left == 0 {
            return Err(OverBudget);
        }
        match self.satisfier.search(wanted, &[], Effort::within(left)) {
            Search::Found => return Ok(Some(self.satisfier.model())),
            Search::None => return Ok(None),
            Search::GaveUp => {}
        }
        let diagram = self.diagram(wanted)?;
        Ok(self.decider.diagrams().witness(diagram, true))
    }

    /// Whether three-valued logic shows that the formulas cannot have the truths wanted.
    fn excluded_plainly(&self, wanted: Wanted<'_>) -> bool {
        wanted.iter().any(|(formula, wanted)| self.decider.truth(*formula).known() == Some(!wanted))
    }

    /// Which of the formulas are true in one completion of the choices, the same each time.
    pub fn truths(&mut self, choices: &[(VarId, u16)], of: &[FormulaId]) -> Vec<bool> {
        let mut known = self.all.clone();
        let chosen: BTreeMap<VarId, u16> = choices.iter().copied().collect();
        for var in self.formulas.vars() {
            let first = || self.all.get(var).and_then(|values| values.iter().next());
            let value = chosen.get(&var).copied().or_else(first);
            if !value.is_some_and(|value| known.set(var, value)) {
                return vec![false; of.len()];
            }
        }
        // A walk through every formula.
        self.spend(self.formulas.len() as u64 / 4);
        kleene(self.formulas, &known, &mut self.values);
        of.iter().map(|formula| self.values.get(*formula) == Truth::True).collect()
    }

    /// Whether two formulas can differ.
    pub fn differ(&mut self, one: FormulaId, other: FormulaId) -> Proof {
        self.differ_where(one, other, &[])
    }

    /// Whether two formulas can differ where the others have the truths wanted.
    pub fn differ_where(&mut self, one: FormulaId, other: FormulaId, within: Wanted<'_>) -> Proof {
        if one == other {
            return Proof::Never;
        }
        let first = self.together(&beside(within, &[(one, true), (other, false)]));
        if first == Proof::Sometimes {
            return first;
        }
        match (first, self.together(&beside(within, &[(one, false), (other, true)]))) {
            (_, Proof::Sometimes) => Proof::Sometimes,
            (Proof::Never, Proof::Never) => Proof::Never,
            _ => Proof::NotProved,
        }
    }

    /// The diagram of the formulas with the truths wanted. Diagrams made before may be void afterwards.
    ///
    /// # Errors
    /// When the budget runs out, though everything made before was thrown away first, or when the allowance is spent.
    pub fn diagram(&mut self, wanted: Wanted<'_>) -> Result<Diagram, OverBudget> {
        self.guarded(|decider| conjunction(decider, wanted))
    }

    /// The diagram of those answers to the other questions for which the formulas have the truths wanted whatever the chosen
    /// variables are. Diagrams made before may be void afterwards.
    ///
    /// # Errors
    /// When the budget runs out, or when the allowance is spent.
    pub fn whatever(&mut self, wanted: Wanted<'_>, chosen: impl Fn(VarId) -> bool) -> Result<Diagram, OverBudget> {
        self.guarded(|decider| {
            let diagram = conjunction(decider, wanted)?;
            decider.diagrams().whatever(diagram, &chosen)
        })
    }

    /// Makes diagrams; if the budget runs out, once more with everything made before thrown away.
    ///
    /// # Errors
    /// When the budget runs out, or when the allowance is spent.
    pub fn guarded<T>(
        &mut self,
        mut work: impl FnMut(&mut Decider<'f>) -> Result<T, OverBudget>,
    ) -> Result<T, OverBudget> {
        let left = self.left();
        if left == 0 {
            return Err(OverBudget);
        }
        self.decider.diagrams().allow(left);
        let was_fresh = std::mem::replace(&mut self.fresh, false);
        match work(&mut self.decider) {
            Err(OverBudget) if !was_fresh && self.left() > 0 => {
                self.decider.consider(&self.all);
                work(&mut self.decider)
            }
            result => result,
        }
    }

    /// Whether the choices give the formulas the truths wanted in every completion: [`Proof::Sometimes`] when they do,
    /// [`Proof::Never`] when some completion does not.
    pub fn implied(&mut self, choices: &[(VarId, u16)], wanted: Wanted<'_>) -> Proof {
        let left = self.left();
        if left == 0 {
            return Proof::NotProved;
        }
        match self.satisfier.search_against(wanted, choices, Effort::within(left)) {
            Search::None => Proof::Sometimes,
            Search::Found => Proof::Never,
            Search::GaveUp => Proof::NotProved,
        }
    }

    /// Whether no completion of the choices gives the formulas the truths wanted; proved where it says so.
    pub fn excluded(&mut self, choices: &[(VarId, u16)], wanted: Wanted<'_>) -> bool {
        let left = self.left();
        left > 0 && self.satisfier.search(wanted, choices, Effort::within(left)) == Search::None
    }

    /// Those of the choices that are enough to give the formulas the truths wanted in every completion: without any one of
    /// the groups kept that is not so, or not proved. None where it is not proved of all the choices together.
    pub fn enough(
        &mut self,
        choices: &[(VarId, u16)],
        wanted: Wanted<'_>,
        group: impl Fn(VarId) -> usize,
    ) -> Option<Choices> {
        if self.implied(choices, wanted) != Proof::Sometimes {
            return None;
        }
        let mut kept = self.satisfier.needed(choices);
        let mut groups: Vec<usize> = kept.iter().map(|(var, _)| group(*var)).collect();
        groups.sort_unstable();
        groups.dedup();
        for idle in groups {
            let fewer: Choices = kept.iter().copied().filter(|(var, _)| group(*var) != idle).collect();
            if self.implied(&fewer, wanted) == Proof::Sometimes {
                kept = self.satisfier.needed(&fewer);
            }
        }
        Some(kept)
    }

    /// On which of the variables some formula depends.
    pub fn dependence(&mut self, vars: &[VarId], roots: &[FormulaId]) -> Dependence {
        let Dependence { mut certain, open: mut rest } = self.decider.dependence_drawn(vars, roots);
        let mut open = Vec::new();
        for root in roots {
            if rest.is_empty() {
                break;
            }
            let found = if self.left() == 0 {
                self.decider.dependence_drawn(&rest, &[*root])
            } else {
                self.fresh = false;
                let left = self.left();
                self.decider.diagrams().allow(left);
                self.decider.dependence(&rest, &[*root])
            };
            rest.retain(|var| !found.certain.contains(var));
            certain.extend(found.certain);
            open.extend(found.open);
        }
        certain.sort_unstable();
        open.retain(|var| certain.binary_search(var).is_err());
        open.sort_unstable();
        open.dedup();
        Dependence { certain, open }
    }

    /// The decider, to question the diagram made last.
    pub fn decider(&mut self) -> &mut Decider<'f> {
        &mut self.decider
    }
}

fn conjunction(decider: &mut Decider<'_>, wanted: Wanted<'_>) -> Result<Diagram, OverBudget> {
    let mut parts = Vec::with_capacity(wanted.len());
    for (formula, wanted) in wanted {
        let diagram = decider.diagram(*formula)?;
        parts.push(if *wanted { diagram } else { decider.diagrams().not(diagram)? });
    }
    decider.diagrams().all(&parts)
}

fn beside(within: Wanted<'_>, more: Wanted<'_>) -> Vec<(FormulaId, bool)> {
    within.iter().chain(more).copied().collect()
}
