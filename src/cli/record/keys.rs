//! A key that signs, and its passphrase.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::record::{NoKey, SigningKey};
use clearshare::text::quoted;

use crate::cli::interrupt;
use crate::cli::system::{self, Input};

/// How often a passphrase is asked for.
const TRIES: usize = 3;

/// A key.
pub(super) enum Key {
    /// One that signs here.
    Here(Box<SigningKey>),
    /// One that OpenSSH has to sign with.
    OpenSsh,
}

/// Reads a private key. Its passphrase comes from a file, or is asked for.
pub(super) fn read(path: &Path, passphrase_file: Option<&PathBuf>) -> Result<Key, Box<Finding>> {
    let bytes = system::read(path, Input::Key)?;
    let mut no_key = match SigningKey::read(&bytes, None) {
        Ok(key) => return Ok(Key::Here(Box::new(key))),
        Err(no_key) => no_key,
    };
    if no_key == NoKey::Locked
        && let Some(file) = passphrase_file
    {
        let passphrase = system::read(file, Input::Passphrase)?;
        match SigningKey::read(&bytes, Some(first_line(&passphrase))) {
            Ok(key) => return Ok(Key::Here(Box::new(key))),
            Err(why) => no_key = why,
        }
    } else if no_key == NoKey::Locked && std::io::stdin().is_terminal() {
        for at in 0..TRIES {
            let Some(passphrase) = ask(path, at > 0) else { break };
            match SigningKey::read(&bytes, Some(passphrase.as_bytes())) {
                Ok(key) => return Ok(Key::Here(Box::new(key))),
                Err(why) => no_key = why,
            }
            if no_key != NoKey::WrongPassphrase {
                break;
            }
        }
    }
    if matches!(no_key, NoKey::Unsupported { .. }) { Ok(Key::OpenSsh) } else { Err(fault(path, &no_key)) }
}

#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
fn fault(path: &Path, no_key: &NoKey) -> Box<Finding> {
    let name = quoted(&path.to_string_lossy());
    Box::new(match no_key {
        NoKey::Locked => Finding::new(Code::WrongPassphrase, format!("the key {name} is locked with a passphrase"))
            .help("sign in a terminal, or name a file that holds the passphrase with `--passphrase-file FILE`; `-` is standard input"),
        NoKey::WrongPassphrase => {
            Finding::new(Code::WrongPassphrase, format!("the passphrase does not unlock the key {name}"))
                .help("nothing was signed: try again")
        }
        NoKey::Public => Finding::new(Code::BadKey, format!("{name} is a public key, and the private one signs"))
            .help("name the file without `.pub`; where an agent or a hardware key holds it, use `--agent` with the public key"),
        NoKey::NotAKey | NoKey::Unsupported { .. } => {
            Finding::new(Code::BadKey, format!("{name} is not a private key of OpenSSH"))
                .help("`ssh-keygen -t ed25519 -f FILE` makes one; `ssh-keygen -p -f FILE` writes an old one anew")
        }
    })
}

fn first_line(bytes: &[u8]) -> &[u8] {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Asks for a passphrase, which is not shown. None where there is nobody to ask.
fn ask(path: &Path, again: bool) -> Option<String> {
    // Before the question is there: somebody may type as soon as they see it.
    let _unshown = Unshown::new();
    let terminal = console::Term::stderr();
    let name = quoted(&path.to_string_lossy());
    let before = if again { "That does not unlock it. " } else { "" };
    terminal.write_str(&format!("{before}Passphrase of {name}, which is not shown: ")).ok()?;
    line(&terminal)
}

/// A line that is typed. What was typed before it is read counts too: `console` would drop it.
#[cfg(unix)]
fn line(terminal: &console::Term) -> Option<String> {
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line).ok()?;
    terminal.write_line("").ok()?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    (read > 0).then_some(line)
}

#[cfg(not(unix))]
fn line(terminal: &console::Term) -> Option<String> {
    terminal.read_secure_line().ok()
}

/// While this is there, the terminal does not show what is typed. Afterwards it does as before, however the program ends.
struct Unshown {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Unshown {
    #[cfg(unix)]
    fn new() -> Self {
        let before = rustix::termios::tcgetattr(rustix::stdio::stdin()).ok();
        if let Some(before) = before.clone() {
            interrupt::last_words("\ninterrupted: nothing was signed\n".to_owned());
            let mut unshown = before.clone();
            interrupt::before_the_end(move |words| {
                set(&before);
                // Nobody may be there to read it.
                drop(std::io::Write::write_all(&mut std::io::stderr().lock(), words.as_bytes()));
            });
            unshown.local_modes.remove(rustix::termios::LocalModes::ECHO);
            set(&unshown);
        }
        Self { before }
    }

    #[cfg(not(unix))]
    const fn new() -> Self {
        Self {}
    }
}

#[cfg(unix)]
fn set(modes: &rustix::termios::Termios) {
    // A terminal that is gone needs nothing.
    let _gone = rustix::termios::tcsetattr(rustix::stdio::stdin(), rustix::termios::OptionalActions::Now, modes);
}

impl Drop for Unshown {
    fn drop(&mut self) {
        interrupt::nothing_before_the_end();
        #[cfg(unix)]
        if let Some(before) = &self.before {
            set(before);
        }
    }
}
