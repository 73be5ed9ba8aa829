//! Answers of several threads, written in the order of their turns.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Result, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many bytes may wait for their turn. A thread whose answers would be more than that waits with them.
const MOST: usize = 8 << 20;

/// Nobody reads any more, or something went wrong: there is nothing left to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stopped;

/// Writes answers in the order of their turns.
pub(super) struct Ordered<W> {
    state: Mutex<State<W>>,
    /// Somebody's turn came, or it all stopped.
    news: Condvar,
}

struct State<W> {
    out: W,
    /// Whose turn it is.
    next: u64,
    /// Answers whose turn is yet to come.
    waiting: BTreeMap<u64, Vec<u8>>,
    /// Their bytes.
    held: usize,
    stopped: bool,
    error: Option<Error>,
}

impl<W: Write> Ordered<W> {
    /// A writer to `out`. The first turn is 0.
    pub(super) fn new(out: W) -> Self {
        let state = State { out, next: 0, waiting: BTreeMap::new(), held: 0, stopped: false, error: None };
        Self { state: Mutex::new(state), news: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the answers of one turn: writes them if it has come, or else keeps them.
    pub(super) fn put(&self, turn: u64, answers: &mut Vec<u8>) -> std::result::Result<(), Stopped> {
        let mut state = self.state();
        while !state.stopped && state.next != turn && state.held + answers.len() > MOST {
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped {
            return Err(Stopped);
        }
        if state.next != turn {
            state.held += answers.len();
            state.waiting.insert(turn, std::mem::take(answers));
            return Ok(());
        }
        let written = state.write(answers);
        if let Err(error) = written {
            state.stopped = true;
            state.error = Some(error);
        }
        self.news.notify_all();
        if state.stopped { Err(Stopped) } else { Ok(()) }
    }

    /// Lets nobody write any more.
    pub(super) fn stop(&self) {
        self.state().stopped = true;
        self.news.notify_all();
    }

    /// The end. Where whoever read stopped early, that is no error.
    pub(super) fn end(self) -> Result<()> {
        match self.state.into_inner().unwrap_or_else(PoisonError::into_inner).error {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }
}

impl<W: Write> State<W> {
    /// Writes the answers whose turn it is, and those that waited for it.
    fn write(&mut self, answers: &[u8]) -> Result<()> {
        self.out.write_all(answers)?;
        self.next += 1;
        while let Some(answers) = self.waiting.remove(&self.next) {
            self.out.write_all(&answers)?;
            self.held -= answers.len();
            self.next += 1;
        }
        // Whoever writes a line and waits for the answer has to get it.
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_their_turns() {
        let ordered = Ordered::new(Vec::new());
        for turn in [2_u64, 0, 1, 4, 3] {
            assert_eq!(ordered.put(turn, &mut turn.to_string().into_bytes()), Ok(()));
        }
        assert_eq!(ordered.state().out, b"01234");
        assert_eq!(ordered.state().held, 0);
    }

    #[test]
    fn what_waits_is_bounded_and_is_let_go_in_the_end() {
        let ordered = Ordered::new(Vec::new());
        std::thread::scope(|scope| {
            for turn in (0..40_u64).rev() {
                let ordered = &ordered;
                scope.spawn(move || {
                    assert_eq!(ordered.put(turn, &mut vec![u8::try_from(turn).unwrap(); MOST / 8]), Ok(()));
                    assert!(ordered.state().held <= MOST);
                });
            }
        });
        let state = ordered.state();
        assert!(state.out.chunks(MOST / 8).zip(0_u8..).all(|(chunk, turn)| chunk.iter().all(|byte| *byte == turn)));
        assert_eq!(state.out.len(), 40 * MOST / 8);
    }

    /// Breaks at the first byte.
    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn whoever_waits_is_told_when_it_stops() {
        for (kind, is_error) in [(ErrorKind::BrokenPipe, false), (ErrorKind::StorageFull, true)] {
            let ordered = Ordered::new(Broken(kind));
            std::thread::scope(|scope| {
                let waits = scope.spawn(|| ordered.put(1, &mut vec![0; MOST + 1]));
                assert_eq!(ordered.put(0, &mut vec![0]), Err(Stopped));
                assert_eq!(waits.join().unwrap(), Err(Stopped));
            });
            assert_eq!(ordered.end().is_err(), is_error);
        }
    }
}
