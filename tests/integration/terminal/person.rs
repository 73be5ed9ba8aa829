//! Somebody at a terminal: reads the screen, and presses keys. Nothing here waits for a time: it waits for what a person would
//! wait for, and a limit that only a hang reaches ends it.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use pty_process::Size as PtySize;
use pty_process::blocking::{Command, Pty, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{InputModes, Termios, tcgetattr};

use super::paper::{Paper, Size, running};

pub(super) const UP: &str = "\x1b[A";
pub(super) const DOWN: &str = "\x1b[B";
pub(super) const LEFT: &str = "\x1b[D";
pub(super) const ESC: &str = "\x1b";
pub(super) const ENTER: &str = "\r";
pub(super) const CTRL_C: &str = "\x03";
pub(super) const BACKSPACE: &str = "\x7f";

/// What only a hang reaches.
const LIMIT: Duration = Duration::from_secs(100);

struct Shared {
    paper: Mutex<Paper>,
    changed: Condvar,
}

/// Somebody in an interview.
pub(super) struct Person {
    /// None once the window is closed.
    pty: Option<Pty>,
    child: Child,
    shared: Arc<Shared>,
    /// The terminal as it was before.
    before: Termios,
    /// The row of the tall screen from which on everything is news.
    news: u16,
    /// The size is what it was in the beginning.
    steady: bool,
}

impl Person {
    /// Starts the program in a terminal of its own.
    pub(super) fn new(folder: &Path, size: Size, args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::start(Command::new(env!("CARGO_BIN_EXE_clearshare")).args(args), folder, size, env)
    }

    /// The same for a disk that can become full: see [`Person::fill_the_disk`]. A write that has no room fails, and ends nobody.
    #[cfg(target_os = "linux")]
    pub(super) fn with_a_disk(folder: &Path, size: Size, args: &[&str], env: &[(&str, &str)]) -> Self {
        let shell =
            Command::new("/bin/sh").args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_clearshare")]);
        Self::start(shell.args(args), folder, size, env)
    }

    fn start(command: Command, folder: &Path, (rows, columns): Size, env: &[(&str, &str)]) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(PtySize::new(rows, columns)).unwrap();
        let before = tcgetattr(&pty).unwrap();
        let command = command.current_dir(folder).env_clear();
        let child = command.envs(env.iter().copied()).spawn(pts).unwrap();
        let shared = Arc::new(Shared { paper: Mutex::new(Paper::new((rows, columns))), changed: Condvar::new() });
        let output = File::from(pty.as_fd().try_clone_to_owned().unwrap());
        std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || read(output, &shared)
        });
        Self { pty: Some(pty), child, shared, before, news: 0, steady: true }
    }

    /// From now on the system lets no file of the program grow, or it does again.
    #[cfg(target_os = "linux")]
    pub(super) fn fill_the_disk(&self, full: bool) {
        use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
        let current = if full { Some(0) } else { getrlimit(Resource::Fsize).current };
        let limit = Rlimit { current, maximum: getrlimit(Resource::Fsize).maximum };
        prlimit(Some(Pid::from_child(&self.child)), Resource::Fsize, limit).unwrap();
    }

    fn pty(&self) -> &Pty {
        self.pty.as_ref().unwrap()
    }

    fn paper(&self) -> MutexGuard<'_, Paper> {
        self.shared.paper.lock().unwrap()
    }

    /// Waits until something is so.
    #[track_caller]
    pub(super) fn until(&self, what: &str, is_so: impl Fn(&Paper) -> bool) {
        let begun = Instant::now();
        let mut paper = self.paper();
        while !is_so(&paper) {
            let left = LIMIT.saturating_sub(begun.elapsed());
            if left.is_zero() || paper.over {
                let all = paper.since(0).join("\n");
                let screen = paper.screen().join("\n");
                drop(paper);
                panic!("waited for {what}\n--- everything\n{all}\n--- screen\n{screen}\n---");
            }
            paper = self.shared.changed.wait_timeout(paper, left).unwrap().0;
        }
    }

    /// Presses keys.
    pub(super) fn press(&mut self, keys: &str) {
        self.pty().write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for a text among what is new since the last answer.
    #[track_caller]
    pub(super) fn see(&mut self, text: &str) -> &mut Self {
        let news = self.news;
        // Where a line is broken, also in a word, is another matter.
        let squeezed = squeeze(text);
        self.until(&format!("{text:?}"), |paper| squeeze(&paper.since(news).concat()).contains(&squeezed));
        self
    }

    /// What is new since the last answer, as running text.
    pub(super) fn news(&self) -> String {
        running(&self.paper().since(self.news))
    }

    /// Everything that was ever shown and not cleared.
    pub(super) fn all(&self) -> String {
        running(&self.paper().since(0))
    }

    /// What is on the screen.
    pub(super) fn screen(&self) -> Vec<String> {
        self.paper().screen()
    }

    /// Every byte that the program wrote.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.paper().bytes.clone()
    }

    /// Looks at the paper.
    pub(super) fn look<T>(&self, at: impl FnOnce(&Paper) -> T) -> T {
        at(&self.paper())
    }

    /// The line of the list that the next key is about.
    #[track_caller]
    pub(super) fn selected(&self) -> String {
        // In one look: the list may be drawn anew, and is not there for a moment.
        let selected = std::cell::RefCell::new(None);
        self.until("a list", |paper| {
            selected.replace(paper.selected());
            selected.borrow().is_some()
        });
        selected.take().unwrap()
    }

    /// Presses a key that moves in a list.
    #[track_caller]
    pub(super) fn step(&mut self, key: &str) -> String {
        let before = self.selected();
        self.press(key);
        self.until("another line", |paper| paper.selected().is_some_and(|now| now != before));
        self.tidy();
        self.selected()
    }

    /// Moves to a line of the list.
    #[track_caller]
    pub(super) fn go_to(&mut self, line: &str) {
        let first = self.selected();
        let mut now = first.clone();
        while !now.contains(line) {
            now = self.step(DOWN);
            assert_ne!(now, first, "{line} is not in the list: {:#?}", self.screen());
        }
    }

    /// Presses a key that ends the list.
    #[track_caller]
    pub(super) fn end_list(&mut self, key: &str) {
        self.selected();
        let (ended, top) = self.look(|paper| (paper.ended, paper.top));
        self.press(key);
        self.until("the end of the list", |paper| paper.ended > ended);
        self.news = top;
    }

    /// Chooses a line of a list.
    #[track_caller]
    pub(super) fn choose(&mut self, line: &str) {
        self.go_to(line);
        self.end_list(ENTER);
    }

    /// Types a part of a line into a search, and chooses what is found first.
    #[track_caller]
    pub(super) fn search(&mut self, part: &str, found: &str) {
        self.selected();
        self.press(part);
        self.until(found, |paper| paper.selected().is_some_and(|now| now.contains(found)));
        self.tidy();
        self.end_list(ENTER);
    }

    /// Ticks lines, or takes their ticks away.
    #[track_caller]
    pub(super) fn tick(&mut self, lines: &[&str]) {
        for line in lines {
            self.go_to(line);
            let before = self.selected();
            self.press(" ");
            self.until("a tick", |paper| paper.selected().is_some_and(|now| now != before));
        }
        self.tidy();
    }

    /// Ticks lines, and is done.
    #[track_caller]
    pub(super) fn choose_all(&mut self, lines: &[&str]) {
        self.tick(lines);
        self.end_list(ENTER);
    }

    /// Waits for a line to type into.
    #[track_caller]
    pub(super) fn line(&self) {
        self.until("a line to type into", |paper| paper.typed().is_some());
    }

    /// Types a line, and ends it.
    #[track_caller]
    pub(super) fn answer(&mut self, text: &str) {
        self.line();
        let row = self.look(Paper::row);
        self.press(text);
        self.press(ENTER);
        // While the line is drawn anew it is not there for a moment: only what stands below it tells that it is ended.
        self.until("what comes after the line", |paper| paper.row() > row || paper.over);
        self.news = row;
    }

    /// Leaves a line out that need not be typed.
    #[track_caller]
    pub(super) fn end_line_out(&mut self) {
        self.line();
        self.press(ENTER);
        self.choose("Leave it out");
    }

    /// The screen shows what it should, and nothing else.
    #[track_caller]
    pub(super) fn tidy(&self) {
        // A window that changes its size keeps other rows than the tall screen.
        if let Some(debris) = self.look(Paper::debris).filter(|_| self.steady) {
            panic!("{debris}");
        }
    }

    /// The window is made larger or smaller.
    pub(super) fn resize(&mut self, (rows, columns): Size) {
        self.steady = false;
        self.paper().resize((rows, columns));
        self.pty().resize(PtySize::new(rows, columns)).unwrap();
    }

    /// Sends a signal, once a key is waited for.
    pub(super) fn signal(&self, signal: Signal) {
        let begun = Instant::now();
        while tcgetattr(self.pty()).unwrap().input_modes.contains(InputModes::ICRNL) {
            assert!(begun.elapsed() < LIMIT, "no key is waited for");
            std::thread::yield_now();
        }
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for the end of the program. The terminal is as it was before, and its cursor can be seen.
    #[track_caller]
    pub(super) fn leaves(&mut self, status: i32) {
        self.until("the end", |paper| paper.over);
        let left = self.child.wait().unwrap();
        assert_eq!(left.code(), Some(status), "{left}\n{}", self.look(|paper| paper.since(0).join("\n")));
        assert!(self.look(Paper::has_cursor), "the cursor is hidden");
        assert_eq!(modes(&tcgetattr(self.pty()).unwrap()), modes(&self.before), "the terminal is as it was");
    }

    /// Waits for the end of a program that had no chance to tidy up.
    pub(super) fn is_gone(&mut self) {
        self.until("the end", |paper| paper.over);
        self.child.wait().unwrap();
    }

    /// Closes the window, and waits for the end of the program.
    pub(super) fn close(mut self) {
        // Whoever reads the screen holds the window open until the next byte comes: a key that shows something.
        self.paper().closing = true;
        self.press(if self.look(Paper::has_cursor) { "x" } else { DOWN });
        self.until("the last byte", |paper| paper.over);
        self.pty = None;
        self.child.wait().unwrap();
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        // A test that failed leaves nobody behind.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Reads until nothing more can come.
fn read(mut output: File, shared: &Shared) {
    let mut bytes = [0; 4096];
    loop {
        // Once nobody has the other end open, reading fails.
        let read = output.read(&mut bytes).unwrap_or(0);
        let mut paper = shared.paper.lock().unwrap();
        match bytes.get(..read) {
            Some([]) | None => paper.over = true,
            Some(bytes) => paper.take(bytes),
        }
        paper.over |= paper.closing;
        let over = paper.over;
        if over {
            // The window first: nobody may find it open who was told that all is over.
            drop(output);
            drop(paper);
            shared.changed.notify_all();
            return;
        }
        drop(paper);
        shared.changed.notify_all();
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

/// How a terminal is set.
fn modes(termios: &Termios) -> impl PartialEq + std::fmt::Debug + use<> {
    (termios.input_modes, termios.output_modes, termios.local_modes, termios.control_modes)
}
