//! Where people sit: a folder with a ruleset, a state folder and whatever they make.

use std::path::{Path, PathBuf};

use super::paper::Size;
use super::person::Person;
use crate::support::{Files, files_in, fixture};

/// How somebody starts.
type Start = fn(&Path, Size, &[&str], &[(&str, &str)]) -> Person;

/// A folder, in which one or several interviews are held.
pub(super) struct Room {
    folder: tempfile::TempDir,
    size: Size,
    env: Vec<(String, String)>,
    rules: bool,
}

impl Room {
    /// A room with the small ruleset for interviews and a terminal of this size.
    pub(super) fn new(size: Size) -> Self {
        let room = Self { folder: tempfile::tempdir().unwrap(), size, env: Vec::new(), rules: true };
        for (path, bytes) in files_in(&fixture("interview-ruleset")) {
            room.file(&format!("rules/{path}"), bytes);
        }
        // No colours, unless a test is about them: what is asked is the same.
        room.env("TERM", "xterm-256color").env("NO_COLOR", "1")
    }

    /// With the ruleset inside the program.
    pub(super) fn bundled(mut self) -> Self {
        self.rules = false;
        self
    }

    /// With a variable of the environment; empty: without it.
    pub(super) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.retain(|(other, _)| other != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Puts a file there.
    pub(super) fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A path in this room.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A file of this room.
    #[track_caller]
    pub(super) fn read(&self, path: &str) -> String {
        let path = self.path(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// All that was made here: every file but the ruleset.
    pub(super) fn made(&self) -> Files {
        let mut files = files_in(self.folder.path());
        files.retain(|(path, _)| !path.starts_with("rules/"));
        files
    }

    /// The names of the drafts.
    pub(super) fn drafts(&self) -> Vec<String> {
        let drafts = self.path("state/clearshare/drafts");
        let files = if drafts.is_dir() { files_in(&drafts) } else { Files::new() };
        files.into_iter().filter_map(|(name, _)| Some(name.strip_suffix(".yaml")?.to_owned())).collect()
    }

    /// The text of the one draft.
    #[track_caller]
    pub(super) fn draft(&self) -> String {
        let drafts = self.drafts();
        let [name] = drafts.as_slice() else { panic!("one draft: {drafts:?}") };
        self.read(&format!("state/clearshare/drafts/{name}.yaml"))
    }

    /// Somebody who begins an interview here.
    pub(super) fn ask(&self, args: &[&str]) -> Person {
        let mut all = vec!["ask", "--as-of", "2026-11-22"];
        if self.rules {
            all.extend(["--rules", "rules"]);
        }
        all.extend(args);
        self.run(&all)
    }

    /// Somebody who begins an interview here, on a disk that can become full.
    #[cfg(target_os = "linux")]
    pub(super) fn ask_on_a_disk(&self, args: &[&str]) -> Person {
        let all = [&["ask", "--as-of", "2026-11-22", "--rules", "rules"], args].concat();
        self.started(&all, Person::with_a_disk)
    }

    /// Somebody who runs the program here.
    pub(super) fn run(&self, args: &[&str]) -> Person {
        self.started(args, Person::new)
    }

    fn started(&self, args: &[&str], start: Start) -> Person {
        let state = self.path("state").to_string_lossy().into_owned();
        let mut env = vec![("XDG_STATE_HOME", state.as_str()), ("LANG", "C.UTF-8")];
        env.extend(self.env.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (&**name, &**value)));
        start(self.folder(), self.size, args, &env)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }
}
