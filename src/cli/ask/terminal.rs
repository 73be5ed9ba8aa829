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
        #[cfg(unix)]
        restore(before.as_ref().map(unechoed).as_ref());
        let terminal = Self {
            #[cfg(unix)]
            before,
            keys,
        };
        terminal.when_asked_to_end();
        terminal
    }

    /// Leaves it as it was when the program is asked to end, too.
    fn when_asked_to_end(&self) {
        #[cfg(unix)]
        let before = self.before.clone();
        let keys = self.keys;
        interrupt::last_words("\n".to_owned());
        interrupt::before_the_end(move |words| {
            show_cursor(keys);
            // Nobody may be there to read it.
            drop(std::io::stderr().lock().write_all(words.as_bytes()));
            // Last: a question that is asked just now changes it.
            #[cfg(unix)]
            restore(before.as_ref());
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

/// What is typed while nothing is asked is not shown: it would stand in the middle of a list, and be left there. Ctrl-C is a key
/// like the others, which is read when the next question is asked: a signal could come just when a question changes the
/// terminal, and leave it so.
#[cfg(unix)]
fn unechoed(before: &rustix::termios::Termios) -> rustix::termios::Termios {
    use rustix::termios::LocalModes;
    let mut termios = before.clone();
    termios.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    termios
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
