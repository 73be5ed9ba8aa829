//! The terminal as it was before.

use std::io::Write;

use super::super::interrupt;

/// While this is there, the terminal is left as it was found, however the program ends; but for SIGKILL, which nothing hears.
pub(in crate::cli) struct Terminal {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
    keys: bool,
}

impl Terminal {
    /// From now on. `keys`: whether the cursor may be hidden.
    pub(in crate::cli) fn new(keys: bool) -> Self {
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
            #[cfg(unix)]
            restore_for_good(before.as_ref());
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

/// Restores it while a question may still be asked beside: the thread that asks sets it once more when its wait for a key is
/// broken off, or begins. After that it does nothing, so what stays as it should for a while is left so.
#[cfg(unix)]
fn restore_for_good(before: Option<&rustix::termios::Termios>) {
    let Some(wanted) = before else { return };
    let modes = |termios: &rustix::termios::Termios| {
        (termios.input_modes, termios.output_modes, termios.local_modes, termios.control_modes)
    };
    let mut quiet = 0;
    for _ in 0..50 {
        restore(before);
        std::thread::sleep(std::time::Duration::from_millis(15));
        let Ok(now) = rustix::termios::tcgetattr(rustix::stdio::stdin()) else { return };
        quiet = if modes(&now) == modes(wanted) { quiet + 1 } else { 0 };
        if quiet == 3 {
            return;
        }
    }
}

fn show_cursor(keys: bool) {
    if keys {
        drop(console::Term::stdout().show_cursor());
    }
}
