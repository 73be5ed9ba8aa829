//! What reads what, followed upwards: where a change of one thing can be felt.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::{Need, needs_in_order};
use crate::model::{Condition, DerivedIx, MythIx, RuleIx, Subject};
use crate::ruleset::Parts;

/// Something with conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    Need(Need),
    Rule(RuleIx),
    Myth(MythIx),
}

/// What reads each question and derived fact.
#[derive(Debug)]
pub(super) struct Dependents {
    readers: BTreeMap<Need, Vec<Reader>>,
    /// The place of each in the order in which they can be lowered.
    places: BTreeMap<Need, usize>,
}

/// What depends on something, through whatever lies between.
#[derive(Debug, Default)]
pub(super) struct Felt {
    /// Questions and derived facts, each after what it reads.
    pub(super) needs: Vec<Need>,
    /// Rules.
    pub(super) rules: BTreeSet<RuleIx>,
    /// Myths.
    pub(super) myths: BTreeSet<MythIx>,
}

impl Dependents {
    /// Reads the conditions of a ruleset.
    pub(super) fn of(parts: &Parts) -> Self {
        let order = needs_in_order(parts);
        let places = order.iter().enumerate().map(|(place, need)| (*need, place)).collect();
        let mut dependents = Self { readers: BTreeMap::new(), places };
        for need in order {
            match need {
                Need::Question(ix) => {
                    let options = parts.choices(ix).iter().filter_map(|choice| choice.only_if.as_ref());
                    dependents.note(Reader::Need(need), parts.questions.at(ix).only_if.iter().chain(options));
                }
                Need::Derived(ix) => {
                    let whens = parts.derived.at(ix).cases.iter().filter_map(|case| case.when.as_ref());
                    dependents.note(Reader::Need(need), whens);
                }
            }
        }
        for (ix, rule) in parts.rules.iter() {
            dependents.note(Reader::Rule(ix), std::iter::once(&*rule.when).chain(&rule.met_when));
        }
        for (ix, myth) in parts.myths.iter() {
            dependents.note(Reader::Myth(ix), std::iter::once(&*myth.when));
        }
        dependents
    }

    fn note<'c>(&mut self, reader: Reader, conditions: impl Iterator<Item = &'c Condition>) {
        let read: BTreeSet<Need> = conditions
            .flat_map(Condition::tests)
            .map(|test| match &test.subject {
                Subject::Question(ix, _) => Need::Question(*ix),
                Subject::Derived(ix, _) => Need::Derived(*ix),
            })
            .collect();
        for need in read {
            self.readers.entry(need).or_default().push(reader);
        }
    }

    /// Where a change of a derived fact can be felt, but for the fact itself.
    pub(super) fn of_fact(&self, fact: DerivedIx) -> Felt {
        let mut felt = Felt::default();
        let mut seen = BTreeSet::from([Need::Derived(fact)]);
        let mut todo = vec![Need::Derived(fact)];
        while let Some(need) = todo.pop() {
            for reader in self.readers.get(&need).into_iter().flatten() {
                match reader {
                    Reader::Rule(ix) => drop(felt.rules.insert(*ix)),
                    Reader::Myth(ix) => drop(felt.myths.insert(*ix)),
                    Reader::Need(next) => {
                        if seen.insert(*next) {
                            felt.needs.push(*next);
                            todo.push(*next);
                        }
                    }
                }
            }
        }
        felt.needs.sort_unstable_by_key(|need| self.places.get(need).copied());
        felt
    }
}
