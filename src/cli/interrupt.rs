//! Ctrl-C, and the other ways in which people and machines end a program.

use std::fmt;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::Exit;

/// How many writers must not be stopped just now, and whether somebody wants the program to end.
struct State {
    holds: usize,
    wanted: bool,
}

static STATE: Mutex<State> = Mutex::new(State { holds: 0, wanted: false });

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While this is there, the program is not stopped in the middle: it takes back what it began, or ends it, and then stops.
pub(super) struct Held(());

impl Held {
    /// From now on.
    pub(super) fn new() -> Self {
        static HANDLER: Once = Once::new();
        // Where no handler can be set, the program ends at once as it would without one.
        HANDLER.call_once(|| drop(ctrlc::set_handler(asked_to_end)));
        state().holds += 1;
        Self(())
    }

    /// An error where somebody wants the program to end.
    #[expect(clippy::unused_self, reason = "to be asked only while the program is held")]
    pub(super) fn go_on(&self) -> Result<(), Interrupted> {
        if state().wanted { Err(Interrupted) } else { Ok(()) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        state().holds -= 1;
    }
}

#[expect(clippy::exit, reason = "on a thread of its own, which is all that this signal reaches")]
fn asked_to_end() {
    let mut state = state();
    if state.holds == 0 {
        // Nothing is half written. The lock stays, so that no writer begins.
        std::process::exit(Exit::Interrupted as i32);
    }
    state.wanted = true;
}

/// The program was asked to end before it wrote anything.
#[derive(Debug)]
pub(super) struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted: nothing was written")
    }
}

impl std::error::Error for Interrupted {}
