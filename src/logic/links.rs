//! The way back from parts to the formulas that have them.

use std::sync::OnceLock;

use super::formulas::{Formulas, Shape};
use super::{FormulaId, VarId};

/// The links of an arena, worked out when somebody goes that way: where every answer is known, nobody does.
///
/// They follow from the arena, so two are the same wherever their arenas are.
#[derive(Clone, Debug, Default)]
pub(super) struct LazyLinks(OnceLock<Links>);

impl LazyLinks {
    /// The links of this arena, which must always be the same one.
    pub(super) fn of(&self, formulas: &Formulas) -> &Links {
        self.0.get_or_init(|| Links::of(formulas))
    }
}

impl PartialEq for LazyLinks {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for LazyLinks {}

/// For each formula the formulas it is a part of, and for each variable its literals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    parents: Grouped,
    literals: Grouped,
}

/// Lists of formulas, one list after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Grouped {
    /// Where each list starts and ends.
    bounds: Vec<(u32, u32)>,
    members: Vec<FormulaId>,
}

impl Links {
    /// The links of an arena whose other fields are in place.
    fn of(formulas: &Formulas) -> Self {
        let mut parents = Grouped::lists(formulas.len());
        let mut literals = Grouped::lists(formulas.var_count());
        each(formulas, |part, _| parents.count(part), |var, _| literals.count(var));
        parents.make_room();
        literals.make_room();
        each(formulas, |part, parent| parents.add(part, parent), |var, literal| literals.add(var, literal));
        Self { parents, literals }
    }

    pub(super) fn parents(&self, formula: FormulaId) -> &[FormulaId] {
        self.parents.list(formula.index())
    }

    pub(super) fn literals(&self, var: VarId) -> &[FormulaId] {
        self.literals.list(var.index())
    }
}

/// Calls `parent` with each part of each formula, and `literal` with the variable of each literal, in rising order of the
/// formulas.
fn each(formulas: &Formulas, mut parent: impl FnMut(usize, FormulaId), mut literal: impl FnMut(usize, FormulaId)) {
    for index in 0..formulas.len() {
        let id = FormulaId::at(index);
        match formulas.shape(id) {
            Some(Shape::Lit(var, _)) => literal(var.index(), id),
            Some(Shape::Not(part)) => parent(part.index(), id),
            Some(Shape::And(parts) | Shape::Or(parts) | Shape::AtLeast(_, parts)) => {
                parts.iter().for_each(|part| parent(part.index(), id));
            }
            Some(Shape::False | Shape::True) | None => {}
        }
    }
}

/// First every member is counted, then there is room for all, then they are added.
impl Grouped {
    fn lists(count: usize) -> Self {
        Self { bounds: vec![(0, 0); count], members: Vec::new() }
    }

    fn count(&mut self, list: usize) {
        if let Some((_, end)) = self.bounds.get_mut(list) {
            *end += 1;
        }
    }

    fn make_room(&mut self) {
        let mut total = 0;
        for (start, end) in &mut self.bounds {
            let count = *end;
            (*start, *end) = (total, total);
            total += count;
        }
        self.members = vec![FormulaId::FALSE; total as usize];
    }

    fn add(&mut self, list: usize, member: FormulaId) {
        let Some((start, end)) = self.bounds.get_mut(list) else { return };
        let added = self.members.get(*start as usize..*end as usize).unwrap_or(&[]);
        // A part listed twice in one formula still has that formula as a parent only once.
        if added.last() == Some(&member) {
            return;
        }
        if let Some(place) = self.members.get_mut(*end as usize) {
            *place = member;
            *end += 1;
        }
    }

    fn list(&self, at: usize) -> &[FormulaId] {
        let bounds = self.bounds.get(at);
        bounds.and_then(|(start, end)| self.members.get(*start as usize..*end as usize)).unwrap_or(&[])
    }
}
