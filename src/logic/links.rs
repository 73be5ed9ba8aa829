//! The way back from parts to the formulas that have them.

use super::formulas::{Formulas, Shape};
use super::{FormulaId, VarId};

/// For each formula the formulas it is a part of, and for each variable its literals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    parents: Grouped,
    literals: Grouped,
}

/// Lists of formulas, one list after the other; list `i` ends where list `i + 1` starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Grouped {
    starts: Vec<u32>,
    members: Vec<FormulaId>,
}

impl Links {
    /// The links of an arena whose other fields are in place.
    pub(super) fn of(formulas: &Formulas) -> Self {
        let mut parents = Vec::new();
        let mut literals = Vec::new();
        for index in 0..formulas.len() {
            let id = FormulaId::at(index);
            match formulas.shape(id) {
                Some(Shape::Lit(var, _)) => literals.push((var.index(), id)),
                Some(Shape::Not(part)) => parents.push((part.index(), id)),
                Some(Shape::And(parts) | Shape::Or(parts) | Shape::AtLeast(_, parts)) => {
                    parents.extend(parts.iter().map(|part| (part.index(), id)));
                }
                Some(Shape::False | Shape::True) | None => {}
            }
        }
        Self { parents: Grouped::new(formulas.len(), parents), literals: Grouped::new(formulas.var_count(), literals) }
    }

    pub(super) fn parents(&self, formula: FormulaId) -> &[FormulaId] {
        self.parents.list(formula.index())
    }

    pub(super) fn literals(&self, var: VarId) -> &[FormulaId] {
        self.literals.list(var.index())
    }
}

impl Grouped {
    fn new(lists: usize, mut pairs: Vec<(usize, FormulaId)>) -> Self {
        // A part listed twice in one formula still has that formula as a parent only once.
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = Vec::with_capacity(lists + 1);
        let mut at = 0;
        for list in 0..=lists {
            at += pairs.iter().skip(at).take_while(|(of, _)| *of < list).count();
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Self { starts, members: pairs.into_iter().map(|(_, member)| member).collect() }
    }

    fn list(&self, at: usize) -> &[FormulaId] {
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        bounds.and_then(|(start, end)| self.members.get(*start as usize..*end as usize)).unwrap_or(&[])
    }
}
