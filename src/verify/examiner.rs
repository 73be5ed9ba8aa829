//! Puts statements to the proof.

use super::ground::{Ground, Stated};
use super::ledger::Ledger;
use super::verification::Property;
use crate::finding::Finding;
use crate::logic::{DEFAULT_NODE_BUDGET, FormulaId};
use crate::proof::{Proof, Prover, Smallest, Wanted, smallest_within};
use crate::text::Place;

/// Proves the statements of one task, and writes down what became of them.
#[derive(Debug)]
pub(super) struct Examiner<'t> {
    /// What the ruleset says.
    pub(super) ground: &'t Ground<'t>,
    /// Proves.
    pub(super) prover: Prover<'t>,
    /// Where it is written down.
    pub(super) ledger: Ledger,
}

impl<'t> Examiner<'t> {
    /// An examiner with an allowance of steps.
    pub(super) fn new<T>(ground: &'t Ground<'t>, stated: &'t Stated<T>, property: Property, allowance: u64) -> Self {
        let prover = Prover::with_allowance(&stated.formulas, &stated.order, DEFAULT_NODE_BUDGET, allowance);
        Self { ground, prover, ledger: Ledger::new(property) }
    }

    /// States that the formulas can have the truths wanted, all at once. Says whether that is proved to be wrong; the caller
    /// then writes down what was found.
    pub(super) fn cannot(&mut self, wanted: Wanted<'_>, place: Place, statement: impl FnOnce() -> String) -> bool {
        match self.prover.together(wanted) {
            Proof::Sometimes => self.ledger.holds(),
            Proof::Never => return true,
            Proof::NotProved => self.ledger.open(place, &statement()),
        }
        false
    }

    /// Writes down a finding with a smallest example of the formulas having the truths wanted.
    pub(super) fn shown(&mut self, finding: Finding, wanted: Wanted<'_>) {
        let example = self.smallest(wanted);
        self.ledger.fails(finding, example);
    }

    /// A smallest example of the formulas having the truths wanted.
    pub(super) fn smallest(&mut self, wanted: Wanted<'_>) -> Option<Smallest> {
        let before = self.prover.left();
        let mut left = before;
        let (parts, layout) = (self.ground.parts(), &self.ground.layout);
        let found = smallest_within(parts, layout, self.prover.formulas(), wanted, &mut left);
        self.prover.spend(before - left);
        found
    }

    /// The numbers of a few of the formulas that cannot be true together with the others wanted: without any one of them the
    /// rest can, or it is not proved that they cannot. Called where all of them cannot.
    pub(super) fn conflict(&mut self, formulas: &[FormulaId], others: Wanted<'_>) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..formulas.len()).collect();
        for at in 0..formulas.len() {
            let fewer: Vec<usize> = kept.iter().copied().filter(|kept| *kept != at).collect();
            let wanted = fewer.iter().filter_map(|at| formulas.get(*at)).map(|formula| (*formula, true));
            let wanted: Vec<(FormulaId, bool)> = wanted.chain(others.iter().copied()).collect();
            if self.prover.together(&wanted) == Proof::Never {
                kept = fewer;
            }
        }
        kept
    }
}
