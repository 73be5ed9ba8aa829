//! Independent pieces of the proof, side by side.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::ledger::Ledger;
use super::verification::Property;

/// How many steps on diagrams all properties may take together. A step takes some ten to a hundred nanoseconds.
pub(super) const ALLOWANCE: u64 = 2_000_000_000;
/// The most tasks that a property is divided into: what each may take must be enough for a hard question.
const MOST_TASKS: usize = 16;
/// The fewest things worth a task of their own.
const FEWEST: usize = 8;
/// How many work at most at the same time. The result does not depend on it.
const MOST_THREADS: usize = 16;

/// A piece of a proof: given its allowance of steps, says what it found.
pub(super) struct Task<'g> {
    /// The property it is part of.
    pub(super) property: Property,
    /// How large a share of the property's allowance it has, beside the others.
    pub(super) weight: u64,
    /// What it does.
    pub(super) work: Box<dyn FnOnce(u64) -> Ledger + Send + 'g>,
}

impl<'g> Task<'g> {
    /// A task of the usual weight.
    pub(super) fn new(property: Property, work: impl FnOnce(u64) -> Ledger + Send + 'g) -> Self {
        Self { property, weight: 1, work: Box::new(work) }
    }

    /// The same with another weight.
    pub(super) fn weighing(self, weight: u64) -> Self {
        Self { weight, ..self }
    }
}

/// Divides so many things among tasks; the division depends on nothing else.
pub(super) fn divided(count: usize) -> impl Iterator<Item = Range<usize>> {
    let size = count.div_ceil(MOST_TASKS).max(FEWEST);
    (0..count).step_by(size).map(move |start| start..(start + size).min(count))
}

/// Runs all tasks, and gives what they found in their order.
pub(super) fn run(tasks: Vec<Task<'_>>, allowance: u64) -> Vec<Ledger> {
    let share = |of: &Task<'_>| {
        let properties = u64::try_from(Property::ALL.len()).unwrap_or(u64::MAX);
        let all: u64 = tasks.iter().filter(|task| task.property == of.property).map(|task| task.weight).sum();
        allowance / properties / all.max(1) * of.weight
    };
    let shares: Vec<u64> = tasks.iter().map(share).collect();
    let waiting: Vec<Mutex<Option<Task<'_>>>> = tasks.into_iter().map(|task| Mutex::new(Some(task))).collect();
    let done: Vec<Mutex<Option<Ledger>>> = waiting.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let (Some(task), Some(slot), Some(share)) = (waiting.get(at), done.get(at), shares.get(at)) else { return };
            let task = task.lock().ok().and_then(|mut task| task.take());
            let ledger = task.map(|task| (task.work)(*share));
            if let Ok(mut slot) = slot.lock() {
                *slot = ledger;
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    done.into_iter().filter_map(|slot| slot.into_inner().ok().flatten()).collect()
}
