//! Work that several threads do, with results that are taken in order.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many results may wait for their turn, for each thread. More would only take memory.
const AHEAD: usize = 8;

/// Does `work` on each item, and hands each result to `take` in the order of the items. Every thread has a worker of its own. The
/// one that called works too, and is the only one that runs `take`: where that fails, no more work is begun.
pub(super) fn in_order<T: Send, R: Send, W, E>(
    items: Vec<T>,
    threads: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if threads <= 1 {
        let mut worker = worker();
        return items.into_iter().try_for_each(|item| take(work(&mut worker, item)));
    }
    let row = Row::new(items, threads * AHEAD);
    std::thread::scope(|scope| {
        let busy = || {
            let _stops = StopsOnPanic(&row);
            let mut worker = worker();
            while let Some(Next::Work(turn, item)) = row.next(false) {
                row.put(turn, work(&mut worker, item));
            }
        };
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(busy)).collect();
        let _stops = StopsOnPanic(&row);
        let (mut worker, mut taken) = (worker(), Ok(()));
        while let Some(next) = row.next(true) {
            match next {
                Next::Work(turn, item) => row.put(turn, work(&mut worker, item)),
                Next::Take(result) => taken = take(result),
            }
            if taken.is_err() {
                row.stop();
                break;
            }
        }
        for other in others {
            if let Err(panic) = other.join() {
                std::panic::resume_unwind(panic);
            }
        }
        taken
    })
}

/// Items to work on, and results whose turn is yet to come.
struct Row<T, R> {
    state: Mutex<State<T, R>>,
    /// Something was done or taken, or it all stopped.
    news: Condvar,
    /// How many results may be ahead of the one that is wanted next.
    ahead: usize,
}

struct State<T, R> {
    items: std::iter::Enumerate<std::vec::IntoIter<T>>,
    /// How many items there were.
    count: usize,
    done: BTreeMap<usize, R>,
    /// The turn of the result that is wanted next.
    wanted: usize,
    stopped: bool,
    /// How many threads wait for news.
    waiting: usize,
}

/// What a thread does next.
enum Next<T, R> {
    /// Work on an item, which has this turn.
    Work(usize, T),
    /// Take a result whose turn it is.
    Take(R),
}

impl<T, R> Row<T, R> {
    fn new(items: Vec<T>, ahead: usize) -> Self {
        let (count, items) = (items.len(), items.into_iter().enumerate());
        let state = State { items, count, done: BTreeMap::new(), wanted: 0, stopped: false, waiting: 0 };
        Self { state: Mutex::new(state), news: Condvar::new(), ahead }
    }

    fn state(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, mut state: MutexGuard<'s, State<T, R>>) -> MutexGuard<'s, State<T, R>> {
        state.waiting += 1;
        let mut state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state
    }

    /// What there is to do: first, for one that takes them, the result whose turn it is; else an item whose result may wait. None
    /// at the end.
    fn next(&self, takes: bool) -> Option<Next<T, R>> {
        let mut state = self.state();
        loop {
            let begun = state.count - state.items.len();
            if state.stopped || state.wanted == state.count || (!takes && begun == state.count) {
                return None;
            }
            let wanted = state.wanted;
            if takes && let Some(result) = state.done.remove(&wanted) {
                state.wanted += 1;
                self.tell(&state);
                return Some(Next::Take(result));
            }
            if begun < wanted + self.ahead
                && let Some((turn, item)) = state.items.next()
            {
                return Some(Next::Work(turn, item));
            }
            state = self.wait(state);
        }
    }

    fn put(&self, turn: usize, result: R) {
        let mut state = self.state();
        state.done.insert(turn, result);
        self.tell(&state);
    }

    /// Wakes whoever waits: to do so for nobody takes time all the same.
    fn tell(&self, state: &State<T, R>) {
        if state.waiting > 0 {
            self.news.notify_all();
        }
    }

    /// Nobody waits any more.
    fn stop(&self) {
        self.state().stopped = true;
        self.news.notify_all();
    }
}

/// Whoever waits for a turn that will not come must not wait for ever.
struct StopsOnPanic<'r, T, R>(&'r Row<T, R>);

impl<T, R> Drop for StopsOnPanic<'_, T, R> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{AHEAD, in_order};

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 7] {
            for count in [0, 1, 5, 300] {
                let mut taken = Vec::new();
                let work = |done: &mut usize, item: usize| {
                    *done += 1;
                    // Some take longer than those after them.
                    (0..(item * 7919) % 500).for_each(|_| std::thread::yield_now());
                    item * 2
                };
                let ended: Result<(), ()> = in_order(
                    (0..count).collect(),
                    threads,
                    || 0,
                    work,
                    |result| {
                        taken.push(result);
                        Ok(())
                    },
                );
                assert_eq!(ended, Ok(()));
                assert_eq!(taken, (0..count).map(|item| item * 2).collect::<Vec<_>>(), "{threads} threads");
            }
        }
    }

    #[test]
    fn no_thread_runs_far_ahead() {
        let (begun, mut taken) = (AtomicUsize::new(0), 0);
        let ended: Result<(), ()> = in_order(
            (0..200).collect(),
            2,
            || (),
            |(), _: usize| begun.fetch_add(1, Ordering::SeqCst),
            |_| {
                taken += 1;
                // Those that wait, and those after that which was taken just now.
                assert!(begun.load(Ordering::SeqCst) <= taken + 2 * AHEAD);
                Ok(())
            },
        );
        assert_eq!((ended, taken), (Ok(()), 200));
    }

    #[test]
    fn no_work_is_begun_after_what_takes_results_failed() {
        let begun = AtomicUsize::new(0);
        let ended = in_order(
            (0..1000).collect(),
            2,
            || (),
            |(), item: usize| {
                begun.fetch_add(1, Ordering::SeqCst);
                item
            },
            |item| if item == 3 { Err(item) } else { Ok(()) },
        );
        assert_eq!(ended, Err(3));
        assert!(begun.load(Ordering::SeqCst) <= 4 + 2 * AHEAD);
    }

    #[test]
    fn a_panic_comes_out_and_nobody_waits_for_ever() {
        for bad in [0, 50, 199] {
            let work = |(): &mut (), item: usize| assert!(item != bad, "told");
            let run = || in_order((0..200).collect(), 2, || (), work, |()| Ok::<(), ()>(()));
            let panic = std::panic::catch_unwind(run).unwrap_err();
            assert_eq!(panic.downcast_ref::<&str>(), Some(&"told"));
            let take = |item: usize| -> Result<(), ()> { if item == bad { panic!("told") } else { Ok(()) } };
            let run = || in_order((0..200).collect(), 2, || (), |(), item: usize| item, take);
            let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_err();
            assert_eq!(panic.downcast_ref::<&str>(), Some(&"told"));
        }
    }
}
