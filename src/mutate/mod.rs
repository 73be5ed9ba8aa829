//! Which single changes to the rules the cases would notice.
//!
//! Each change is lowered beside the ruleset as it is, into one arena of formulas where equal formulas have one number, so a
//! change costs no more than what it touches. A change that some case notices is caught; another is proved to change
//! nothing, or survives, with a smallest set of facts that shows it.

mod alike;
mod arena;
mod change;
mod conditions;
mod drafts;
mod effects;
mod enumerate;
mod only;
mod prepared;
mod proofs;
mod seen;
mod trial;
mod words;

pub use change::{Mutant, Operator, Site};
pub use drafts::{Draft, drafts};
pub use effects::Effect;
pub use enumerate::enumerate;
pub use only::Only;

use std::sync::atomic::{AtomicUsize, Ordering};

use arena::Arena;
use prepared::{Prepared, prepare};

use crate::compile::compile;
use crate::model::{CaseSet, Date, Facts};
use crate::ruleset::Ruleset;

/// How many changes are lowered together, at least.
const TOGETHER: usize = 192;

/// What came of every change.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutation {
    /// The changes, in the order of the ruleset's things.
    pub judged: Vec<Judged>,
    /// The cases that fail on the ruleset as it is, by position: they can catch nothing.
    pub failing: Vec<usize>,
}

/// A change, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The change.
    pub mutant: Mutant,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// A case notices it, by its position: the first that does.
    Caught(usize),
    /// No combination of answers shows it; proved.
    Equivalent,
    /// No case notices it, and these facts show it.
    Survives(Shown),
    /// The budget ran out before facts that show it were found, or none proved to be.
    NotProved,
}

/// Facts on which the advice differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The facts; none where no small set was found within the budget.
    pub facts: Option<Facts>,
    /// Whether fewer answers are proved not to show that difference.
    pub smallest: bool,
    /// What differs.
    pub effects: Vec<Effect>,
}

/// The usual allowance of [`Settings`]: seconds of work on diagrams that no ordinary ruleset comes near.
pub const ALLOWANCE: u64 = 200_000_000;

/// How the changes are tried.
pub struct Settings<'s> {
    /// The date of the advice on facts that show a change.
    pub as_of: Date,
    /// How many threads may be used. What comes out is the same with any number.
    pub workers: usize,
    /// How much work the proofs about one group of changes may take, in steps on diagrams. What it does not reach is not proved.
    pub allowance: u64,
    /// Called with how many changes were tried, and how many there are.
    pub progress: &'s (dyn Fn(usize, usize) + Sync),
}

/// Tries every change that is asked for against the cases.
#[must_use]
pub fn mutate(ruleset: &Ruleset, cases: &CaseSet, only: &Only, settings: &Settings<'_>) -> Mutation {
    let (prepared, failing) = prepare(ruleset, cases, settings.workers);
    let parts = ruleset.parts();
    let mutants: Vec<Mutant> = enumerate(parts).into_iter().filter(|mutant| only.covers(parts, mutant)).collect();
    let total = mutants.len();
    let chunks = chunks(mutants);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut ruleset = ruleset.clone();
        let mut mine = Vec::new();
        while let Some((at, chunk)) = take(&chunks, &next) {
            let count = chunk.len();
            mine.push((at, judge(&mut ruleset, chunk.clone(), &prepared, settings)));
            (settings.progress)(done.fetch_add(count, Ordering::Relaxed) + count, total);
        }
        mine
    };
    let mut found: Vec<(usize, Vec<Judged>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..settings.workers.min(chunks.len())).map(|_| scope.spawn(work)).collect();
        let mut found = work();
        for other in others {
            match other.join() {
                Ok(more) => found.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        found
    });
    found.sort_by_key(|(at, _)| *at);
    Mutation { judged: found.into_iter().flat_map(|(_, judged)| judged).collect(), failing }
}

/// The ruleset with the change in it, compiled by itself; none where its tests then tell too many options apart. Trying every
/// change needs none of these: it is for those who want to look at one.
#[must_use]
pub fn applied(ruleset: &Ruleset, mutant: &Mutant) -> Option<Ruleset> {
    let mut parts = ruleset.parts().clone();
    mutant.clone().exchange(&mut parts);
    let compiled = compile(&parts, ruleset.compiled().tests.len())?;
    Some(Ruleset::new(parts, compiled, ruleset.digest().to_owned()))
}

fn take<'c>(chunks: &'c [Vec<Mutant>], next: &AtomicUsize) -> Option<(usize, &'c Vec<Mutant>)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    chunks.get(at).map(|chunk| (at, chunk))
}

/// The changes in groups that are lowered together. Those of one site stay together.
fn chunks(mutants: Vec<Mutant>) -> Vec<Vec<Mutant>> {
    let mut chunks: Vec<Vec<Mutant>> = Vec::new();
    for mutant in mutants {
        match chunks.last_mut() {
            Some(chunk) if chunk.len() < TOGETHER || chunk.last().is_some_and(|last| last.site == mutant.site) => {
                chunk.push(mutant);
            }
            _ => chunks.push(vec![mutant]),
        }
    }
    chunks
}

/// Lowers some changes together, and judges each.
fn judge(
    ruleset: &mut Ruleset,
    mut mutants: Vec<Mutant>,
    cases: &[Prepared<'_>],
    settings: &Settings<'_>,
) -> Vec<Judged> {
    let Some(mut arena) = Arena::of(ruleset.parts_mut(), &mut mutants) else {
        let not_proved = |mutant| Judged { mutant, verdict: Verdict::NotProved };
        return mutants.into_iter().map(not_proved).collect();
    };
    arena.drop_repeated(&mut mutants);
    let caught = trial::caught(&arena, ruleset, &mut mutants, cases);
    let mut proofs = proofs::Proofs::new(&arena, settings);
    let verdict = |(at, mutant): (usize, &mut Mutant)| match caught.get(at).copied().flatten() {
        Some(case) => Verdict::Caught(case),
        None => proofs.verdict(ruleset.parts_mut(), mutant, at),
    };
    let verdicts: Vec<Verdict> = mutants.iter_mut().enumerate().map(verdict).collect();
    mutants.into_iter().zip(verdicts).map(|(mutant, verdict)| Judged { mutant, verdict }).collect()
}
