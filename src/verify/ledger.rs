//! What became of the statements of a property.

use super::verification::{Observation, Property, Tally};
use crate::finding::{Code, Finding};
use crate::proof::Smallest;
use crate::ruleset::Parts;
use crate::text::Place;

/// Counts the statements put to the proof, and keeps what was found.
#[derive(Debug)]
pub(super) struct Ledger {
    property: Property,
    stated: usize,
    proved: usize,
    observations: Vec<Observation>,
}

impl Ledger {
    /// A ledger of one property, with nothing stated yet.
    pub(super) fn new(property: Property) -> Self {
        Self { property, stated: 0, proved: 0, observations: Vec::new() }
    }

    /// A statement that is proved to hold.
    pub(super) fn holds(&mut self) {
        self.stated += 1;
        self.proved += 1;
    }

    /// A statement that is proved not to hold, with an example if an exchange can show it.
    pub(super) fn fails(&mut self, finding: Finding, example: Option<Smallest>) {
        self.stated += 1;
        self.note(finding, example);
    }

    /// Another statement that does not hold, for which what was found stands already.
    pub(super) fn fails_too(&mut self) {
        self.stated += 1;
    }

    /// A statement that was neither proved nor refuted within the budget: "that rule `x` can apply".
    pub(super) fn open(&mut self, place: Place, statement: &str) {
        self.stated += 1;
        let finding = Finding::new(Code::NotProved, format!("not proved within the budget: {statement}"))
            .at(place)
            .help("prefer tags to single names in `only-if`, and give a long condition a derived fact of its own");
        self.note(finding, None);
    }

    /// Something worth saying beside the statements counted.
    fn note(&mut self, finding: Finding, example: Option<Smallest>) {
        let smallest = example.as_ref().is_some_and(|example| example.proved);
        let witness = example.map(|example| example.facts);
        self.observations.push(Observation { property: self.property, finding, witness, smallest });
    }

    /// How much was proved.
    pub(super) fn tally(&self) -> Tally {
        Tally { property: self.property, stated: self.stated, proved: self.proved }
    }

    /// What was found.
    pub(super) fn into_observations(self) -> Vec<Observation> {
        self.observations
    }
}

/// A ruleset with more variables than formulas can have. The validator refuses those too.
pub(super) fn too_large(parts: &Parts) -> Ledger {
    let mut ledger = Ledger::new(Property::Reachable);
    let place = parts.rules.iter().map(|(_, rule)| rule.place).next().unwrap_or_default();
    ledger.open(place, "anything, for the tests of this ruleset tell too many options apart");
    ledger
}
