//! Proofs over a ruleset: what holds for every combination of answers, and a smallest example where something does not.
//!
//! Each property stands in a file of its own, which states the property in full. What is proved needs no words; what is not
//! is an [`Observation`]. *Every combination of answers* means every answer to every question, whether it arises or not.
//!
//! # Inside the screen
//! Where a rule with `ends-questions` applies, nothing else is asked or shown. A combination of answers is *inside* when no
//! such rule has a `when` that holds; an upcoming rule ends nothing. Rules are considered inside only, but for those that end
//! the questions themselves; so are questions, derived facts and options that no such rule reads, and myths.
//!
//! # The budget
//! Work is counted in steps on diagrams, never in time. The whole has an allowance, which is divided beforehand among
//! properties and then among their tasks, so that the result is the same on any machine. What a task could not prove within its
//! share is said to be not proved.

mod alike;
mod barred;
mod cited;
mod consistent;
mod dependents;
mod distinct;
mod edits;
mod examiner;
mod ground;
mod guarded;
mod leavable;
mod ledger;
mod lines;
mod matters;
mod needed;
mod reachable;
mod tasks;
mod verification;

pub use verification::{Observation, Property, Tally, Verification};

use crate::finding::{Code, Finding};
use crate::model::Date;
use crate::ruleset::Ruleset;
use ground::Ground;
use tasks::{Task, run};

/// Proves what can be proved of a ruleset as at a date.
#[must_use]
pub fn verify(ruleset: &Ruleset, as_of: Date) -> Verification {
    verify_within(ruleset, as_of, tasks::ALLOWANCE)
}

/// The same with another allowance of work, in steps on diagrams. What it does not reach is said not to be proved.
#[must_use]
pub fn verify_within(ruleset: &Ruleset, as_of: Date, allowance: u64) -> Verification {
    let ground = Ground::of(ruleset);
    // Leaving an item out of a test's list may tell more options apart.
    let finer = needed::ground(ruleset);
    let ledgers = match (&ground, &finer) {
        (Some(ground), Some(finer)) => {
            run(tasks_of(ground).into_iter().chain(needed::tasks(finer)).collect(), allowance)
        }
        _ => vec![ledger::too_large(ruleset.parts())],
    };
    let (cited, tally) = cited::cited(ruleset.parts(), as_of);
    let mut observations: Vec<Observation> = cited;
    let mut tallies: Vec<Tally> =
        Property::ALL.map(|property| Tally { property, stated: 0, proved: 0 }).into_iter().collect();
    add(&mut tallies, tally);
    for ledger in ledgers {
        add(&mut tallies, ledger.tally());
        observations.extend(ledger.into_observations());
    }
    observations.sort_by(|one, other| key(one).cmp(&key(other)));
    Verification { observations: gathered(observations), tallies }
}

fn tasks_of<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let properties = [
        reachable::tasks,
        matters::tasks,
        consistent::tasks,
        guarded::tasks,
        barred::tasks,
        leavable::tasks,
        distinct::tasks,
        alike::tasks,
    ];
    properties.into_iter().flat_map(|tasks| tasks(ground)).collect()
}

/// One for all that was not proved at one place about one property: the first, which says how many more there are.
fn gathered(observations: Vec<Observation>) -> Vec<Observation> {
    let mut kept: Vec<(Observation, usize)> = Vec::new();
    for observation in observations {
        let is_open = |other: &Observation| other.finding.code() == Code::NotProved;
        match kept.last_mut() {
            Some((last, more))
                if is_open(last)
                    && is_open(&observation)
                    && (last.property, last.finding.place()) == (observation.property, observation.finding.place()) =>
            {
                *more += 1;
            }
            _ => kept.push((observation, 0)),
        }
    }
    kept.into_iter().map(|(observation, more)| said_of(observation, more)).collect()
}

fn said_of(observation: Observation, more: usize) -> Observation {
    if more == 0 {
        return observation;
    }
    let message = format!("{}, and {more} more of it", observation.finding.message());
    let finding = Finding::new(observation.finding.code(), message);
    let finding = observation.finding.place().map_or(finding.clone(), |place| finding.at(place));
    let finding = observation.finding.help_text().map_or(finding.clone(), |help| finding.help(help));
    Observation { finding, ..observation }
}

fn add(tallies: &mut [Tally], tally: Tally) {
    for slot in tallies.iter_mut().filter(|slot| slot.property == tally.property) {
        slot.stated += tally.stated;
        slot.proved += tally.proved;
    }
}

fn key(observation: &Observation) -> impl Ord {
    let finding: &Finding = &observation.finding;
    (observation.property, finding.place(), finding.code(), finding.message().to_owned())
}
