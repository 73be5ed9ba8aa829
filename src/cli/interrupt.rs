//! Ctrl-C, and the other ways in which people and machines end a program.

use std::fmt;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::Exit;

/// How many writers must not be stopped just now, and whether somebody wants the program to end.
struct State {
    holds: usize,
    wanted: bool,
    /// What is left to do before the program ends.
    last: Option<Last>,
    /// What is left to say then.
    words: String,
}

/// What is done before the end; it is given the last words.
type Last = Box<dyn Fn(&str) + Send>;

static STATE: Mutex<State> = Mutex::new(State { holds: 0, wanted: false, last: None, words: String::new() });

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, whoever wants the program to end is heard.
fn watch() {
    static HANDLER: Once = Once::new();
    // Where no handler can be set, the program ends at once as it would without one.
    HANDLER.call_once(|| drop(ctrlc::set_handler(asked_to_end)));
}

/// Sets what is left to do when the program is asked to end: to leave the terminal as it was, and to say the last words.
pub(super) fn before_the_end(last: impl Fn(&str) + Send + 'static) {
    watch();
    state().last = Some(Box::new(last));
}

/// Sets the last words: where things are.
pub(super) fn last_words(words: String) {
    state().words = words;
}

/// There is nothing left to do any more.
pub(super) fn nothing_before_the_end() {
    state().last = None;
}

/// Ends the program as if it had been asked to from outside.
#[expect(clippy::exit, reason = "what was asked for; whoever calls this has nothing half written")]
pub(super) fn end() -> ! {
    let state = state();
    if let Some(last) = &state.last {
        last(&state.words);
    }
    std::process::exit(Exit::Interrupted as i32);
}

/// While this is there, the program is not stopped in the middle: it takes back what it began, or ends it, and then stops.
pub(super) struct Held(());

impl Held {
    /// From now on.
    pub(super) fn new() -> Self {
        watch();
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
        if let Some(last) = &state.last {
            last(&state.words);
        }
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
