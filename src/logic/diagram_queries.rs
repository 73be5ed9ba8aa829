//! What decision diagrams tell.

use super::VarId;
use super::diagrams::{Diagram, Diagrams};
use super::node_store::{FALSE, TRUE};

impl Diagrams {
    /// Whether the diagram is true in every completion.
    #[must_use]
    pub fn is_true(&self, diagram: Diagram) -> bool {
        diagram.0 == TRUE
    }

    /// Whether the diagram is false in every completion.
    #[must_use]
    pub fn is_false(&self, diagram: Diagram) -> bool {
        diagram.0 == FALSE
    }

    /// How many nodes all diagrams have together, the constants not counted.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.store.len().saturating_sub(2)
    }

    /// The variables that the diagram depends on, in rising order: exactly those for which two
    /// completions that differ only there disagree.
    pub fn support(&mut self, diagram: Diagram) -> Vec<VarId> {
        self.supports(&[diagram])
    }

    /// The variables that some of the diagrams depend on, in rising order.
    pub fn supports(&mut self, diagrams: &[Diagram]) -> Vec<VarId> {
        // In a reduced diagram every node is reached and its children differ, so a variable
        // appears exactly when it matters.
        self.marks.reset(self.store.len());
        let mut limit = 0;
        for diagram in diagrams {
            self.marks.insert(diagram.0 as usize);
            limit = limit.max(diagram.0 as usize + 1);
        }
        let mut vars = Vec::new();
        while let Some(at) = self.marks.last_below(limit) {
            limit = at;
            let Ok(node) = u32::try_from(at) else {
                continue;
            };
            vars.extend(self.store.level(node).and_then(|level| self.levels.var(level)));
            for child in self.store.children(node) {
                self.marks.insert(*child as usize);
            }
        }
        vars.sort_unstable();
        vars.dedup();
        vars
    }

    /// Values for a few variables that make the diagram come out as wanted, whatever the other
    /// variables are: those on a shortest way through the diagram. `None` when nothing does.
    pub fn witness(&mut self, diagram: Diagram, wanted: bool) -> Option<Vec<(VarId, u16)>> {
        let goal = if wanted { TRUE } else { FALSE };
        self.marks.reset(self.store.len());
        self.marks.insert(diagram.0 as usize);
        // Breadth first: each entry is a node, the entry it was reached from, and the value.
        let mut reached = vec![(diagram.0, usize::MAX, 0_u16)];
        let mut at = 0;
        loop {
            let (node, ..) = *reached.get(at)?;
            if node == goal {
                break;
            }
            let values = self.store.level(node).and_then(|level| self.levels.values(level));
            let values = values.unwrap_or(&[]);
            for (child, value) in self.store.children(node).iter().zip(values) {
                if !self.marks.contains(*child as usize) {
                    self.marks.insert(*child as usize);
                    reached.push((*child, at, *value));
                }
            }
            at += 1;
        }
        let mut choices = Vec::new();
        while let Some((_, from, value)) = reached.get(at)
            && let Some((parent, ..)) = reached.get(*from)
        {
            let var = self.store.level(*parent).and_then(|level| self.levels.var(level))?;
            choices.push((var, *value));
            at = *from;
        }
        choices.reverse();
        Some(choices)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Diagrams, OverBudget, ValueSet, VarId};
    use super::super::{FormulaId, FormulasBuilder, KleeneValues, Order, Possible, Residual};

    /// `count` pairs of a choice and its condition; true when some choice meets its condition.
    fn pairs(count: usize) -> (FormulasBuilder, Vec<VarId>, Vec<VarId>, FormulaId) {
        let mut builder = FormulasBuilder::new();
        let choices: Vec<_> = (0..count).map(|_| builder.var(2)).collect();
        let conditions: Vec<_> = (0..count).map(|_| builder.var(3)).collect();
        let met: Vec<_> = choices
            .iter()
            .zip(&conditions)
            .map(|(choice, condition)| {
                let chosen = builder.lit(*choice, &ValueSet::single(1));
                let holds = builder.lit(*condition, &ValueSet::single(2));
                builder.and([chosen, holds])
            })
            .collect();
        let root = builder.or(met);
        (builder, choices, conditions, root)
    }

    #[test]
    fn leaders_next_to_followers_stay_small() {
        let (builder, choices, conditions, root) = pairs(40);
        let formulas = builder.finish().unwrap();
        let possible = Possible::all(&formulas);
        let mut values = KleeneValues::default();
        let residual = Residual::new(&formulas, &possible, &mut values);
        let mut diagrams = Diagrams::new(20_000);
        diagrams.begin(residual, &Order::new(&formulas, &[]));
        assert_eq!(diagrams.build(residual, root), Err(OverBudget));
        assert_eq!(diagrams.node_count(), 0);
        let hints: Vec<_> = conditions.iter().copied().zip(choices.iter().copied()).collect();
        diagrams.begin(residual, &Order::new(&formulas, &hints));
        let diagram = diagrams.build(residual, root).unwrap();
        assert!(diagrams.node_count() < 500, "{}", diagrams.node_count());
        assert_eq!(diagrams.support(diagram).len(), 80);
        assert_eq!(diagrams.witness(diagram, true).unwrap().len(), 2);
        assert_eq!(diagrams.witness(diagram, false).unwrap().len(), 40);
        let opposite = diagrams.not(diagram).unwrap();
        let both = diagrams.and(diagram, opposite).unwrap();
        let either = diagrams.or(diagram, opposite).unwrap();
        assert!(diagrams.is_false(both) && diagrams.is_true(either));
        assert_eq!(diagrams.witness(both, true), None);
        assert_eq!(diagrams.witness(either, true), Some(Vec::new()));
        let twice = diagrams.at_least(2, &[diagram, diagram, opposite]).unwrap();
        assert_eq!(twice, diagram);
    }

    #[test]
    fn deep_diagrams_end_as_over_budget_not_as_a_crash() {
        let mut builder = FormulasBuilder::new();
        let vars: Vec<_> = (0..5_000).map(|_| builder.var(2)).collect();
        let lits: Vec<_> = vars.iter().map(|var| builder.lit(*var, &ValueSet::single(1))).collect();
        let shallow = builder.and(lits.iter().copied());
        let deep = builder.not(shallow);
        let formulas = builder.finish().unwrap();
        let possible = Possible::all(&formulas);
        let mut values = KleeneValues::default();
        let residual = Residual::new(&formulas, &possible, &mut values);
        let mut diagrams = Diagrams::default();
        diagrams.begin(residual, &Order::new(&formulas, &[]));
        let built = diagrams.build(residual, shallow).unwrap();
        assert_eq!(diagrams.support(built), vars);
        assert_eq!(diagrams.build(residual, deep), Err(OverBudget));
        assert_eq!(diagrams.build(residual, shallow), Ok(built));
    }
}
