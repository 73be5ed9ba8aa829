//! Whether two formulas are plainly the same in a state of knowledge: the quick way to see that a change is beside the point.

use std::collections::BTreeMap;

use crate::logic::{Decider, FormulaId, Formulas, Shape, Truth};

/// How deep formulas are compared; deeper ones are not called alike.
const DEEPEST: usize = 200;

/// Compares formulas in one state. What it calls alike is the same in every completion; what it does not may be, too.
pub(super) struct Alike<'a, 'd> {
    formulas: &'a Formulas,
    decider: &'d Decider<'a>,
    known: &'d mut BTreeMap<(FormulaId, FormulaId), bool>,
}

impl<'a, 'd> Alike<'a, 'd> {
    /// `known` is what was found before in the same state.
    pub(super) fn new(
        formulas: &'a Formulas,
        decider: &'d Decider<'a>,
        known: &'d mut BTreeMap<(FormulaId, FormulaId), bool>,
    ) -> Self {
        Self { formulas, decider, known }
    }

    /// Whether the two are plainly the same.
    pub(super) fn alike(&mut self, one: FormulaId, other: FormulaId) -> bool {
        self.compare(one, other, DEEPEST)
    }

    fn compare(&mut self, one: FormulaId, other: FormulaId, depth: usize) -> bool {
        let (one, other) = (self.narrow(one), self.narrow(other));
        if one == other {
            return true;
        }
        match (self.decider.truth(one), self.decider.truth(other)) {
            (Truth::Unknown, Truth::Unknown) => {}
            (truth, same) => return truth == same,
        }
        if let Some(known) = self.known.get(&(one, other)) {
            return *known;
        }
        let Some(depth) = depth.checked_sub(1) else { return false };
        let alike = match (self.formulas.shape(one), self.formulas.shape(other)) {
            (Some(Shape::Not(one)), Some(Shape::Not(other))) => self.compare(one, other, depth),
            (Some(Shape::And(ones)), Some(Shape::And(others))) | (Some(Shape::Or(ones)), Some(Shape::Or(others))) => {
                self.lists(ones, others, depth)
            }
            (Some(Shape::AtLeast(least, ones)), Some(Shape::AtLeast(other_least, others))) => {
                self.left(least, ones) == self.left(other_least, others) && self.lists(ones, others, depth)
            }
            _ => false,
        };
        self.known.insert((one, other), alike);
        alike
    }

    /// A joint of which one part alone is open is that part.
    fn narrow(&self, formula: FormulaId) -> FormulaId {
        let mut formula = formula;
        for _ in 0..DEEPEST {
            let (Some(Shape::And(of) | Shape::Or(of)), Truth::Unknown) =
                (self.formulas.shape(formula), self.decider.truth(formula))
            else {
                return formula;
            };
            match self.open(of).as_slice() {
                [only] => formula = *only,
                _ => return formula,
            }
        }
        formula
    }

    fn open(&self, of: &[FormulaId]) -> Vec<FormulaId> {
        of.iter().copied().filter(|part| self.decider.truth(*part) == Truth::Unknown).collect()
    }

    /// How many of the open parts of a count have to be true.
    fn left(&self, least: u32, of: &[FormulaId]) -> usize {
        let sure = of.iter().filter(|part| self.decider.truth(**part) == Truth::True).count();
        usize::try_from(least).unwrap_or(usize::MAX).saturating_sub(sure)
    }

    /// Whether the open parts of one list are those of the other, the parts that only one has compared in order.
    fn lists(&mut self, ones: &[FormulaId], others: &[FormulaId], depth: usize) -> bool {
        let (mine, theirs) = unshared(&self.open(ones), &self.open(others));
        mine.len() == theirs.len() && mine.into_iter().zip(theirs).all(|(one, other)| self.compare(one, other, depth))
    }
}

/// What each of two sorted lists has beyond the other; an item listed twice counts twice.
fn unshared(ones: &[FormulaId], others: &[FormulaId]) -> (Vec<FormulaId>, Vec<FormulaId>) {
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    let (mut ones, mut others) = (ones.iter().copied().peekable(), others.iter().copied().peekable());
    loop {
        match (ones.peek(), others.peek()) {
            (Some(one), Some(other)) if one == other => {
                ones.next();
                others.next();
            }
            (Some(one), Some(other)) if one < other => mine.extend(ones.next()),
            (Some(_), None) => mine.extend(ones.next()),
            (_, Some(_)) => theirs.extend(others.next()),
            (None, None) => return (mine, theirs),
        }
    }
}
