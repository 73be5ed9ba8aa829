//! One check over many seeds, on every core.

use std::ops::Range;
use std::panic::{RefUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::tally::Tally;

/// Checks each of these seeds, and fails with the first thing that is wrong.
pub(super) fn hold(seeds: Range<u64>, check: impl Fn(u64) -> Result<Tally, String> + Sync + RefUnwindSafe) -> Tally {
    let next = AtomicU64::new(seeds.start);
    let (total, wrong) = (Mutex::new(Tally::default()), Mutex::new(None::<String>));
    let work = || {
        while wrong.lock().unwrap().is_none() {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                break;
            }
            // A panic, too, is told with its seed.
            match catch_unwind(|| check(seed)).unwrap_or_else(|_| Err(format!("seed {seed}: panicked"))) {
                Ok(tally) => total.lock().unwrap().merge(&tally),
                Err(message) => *wrong.lock().unwrap() = Some(message),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
    if let Some(message) = wrong.into_inner().unwrap() {
        panic!("{message}");
    }
    total.into_inner().unwrap()
}
