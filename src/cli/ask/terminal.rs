//! The terminal as it was before.

use std::io::Write;

use super::super::interrupt;

/// While this is there, the terminal is left as it was found, however the program ends; but for SIGKILL, which nothing hears.
pub(super) struct Terminal {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
    keys: bool,
}

impl Terminal {
    /// From now on. `keys`: whether the cursor may be hidden.
    pub(super) fn new(keys: bool) -> Self {
        #[cfg(unix)]
        let before = if keys { rustix::termios::tcgetattr(rustix::stdio::stdin()).ok() } else { None };
        Self {
            #[cfg(unix)]
            before,
            keys,
        }
    }

    /// Sets what is said when the program is asked to end.
    pub(super) fn parting(&self, words: String) {
        #[cfg(unix)]
        let before = self.before.clone();
        let keys = self.keys;
        interrupt::before_the_end(move || {
            #[cfg(unix)]
            restore(before.as_ref());
            show_cursor(keys);
            // Nobody may be there to read it.
            drop(std::io::stderr().lock().write_all(words.as_bytes()));
        });
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        interrupt::nothing_before_the_end();
        #[cfg(unix)]
        restore(self.before.as_ref());
        show_cursor(self.keys);
    }
}

#[cfg(unix)]
fn restore(before: Option<&rustix::termios::Termios>) {
    if let Some(before) = before {
        let now = rustix::termios::OptionalActions::Now;
        // A terminal that is gone needs nothing.
        let _gone = rustix::termios::tcsetattr(rustix::stdio::stdin(), now, before);
    }
}

fn show_cursor(keys: bool) {
    if keys {
        drop(console::Term::stdout().show_cursor());
    }
}
