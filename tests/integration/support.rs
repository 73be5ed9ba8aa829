//! What several tests need: the fixtures, and the program run in a folder of its own.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests read files, start the program, and stop at what they do not expect"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;

/// The files of a ruleset: paths below its folder, with `/`, and their bytes.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// A path below `tests/fixtures/`.
pub(crate) fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)
}

/// The bytes of a file below `tests/fixtures/`.
pub(crate) fn fixture_bytes(path: &str) -> Vec<u8> {
    read(&fixture(path))
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("an entry can be read").file_name().into_string().expect("names are UTF-8")
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// Every file in a folder and in those inside it.
pub(crate) fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    for name in names_in(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            files.extend(files_in(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            files.push((name, read(&path)));
        }
    }
    files
}

/// The files of the small valid ruleset in `tests/fixtures/ruleset/_base/`.
pub(crate) fn base_files() -> Files {
    files_in(&fixture("ruleset/_base"))
}

/// The small valid ruleset in `tests/fixtures/ruleset/_base/`.
pub(crate) fn read_fixture_ruleset() -> &'static Ruleset {
    static RULESET: LazyLock<Ruleset> = LazyLock::new(|| match read_ruleset(&base_files()) {
        Ok(loaded) => loaded.ruleset,
        Err(faults) => panic!("the base ruleset has faults: {:#?}", faults.findings),
    });
    &RULESET
}

/// One run of the program, in a folder of its own and without the environment of whoever runs the tests.
pub(crate) struct Clearshare {
    folder: tempfile::TempDir,
    command: Command,
    input: Vec<u8>,
}

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// The exit status.
    pub(crate) status: i32,
    /// Everything on standard output.
    pub(crate) stdout: String,
    /// Everything on standard error.
    pub(crate) stderr: String,
}

impl Clearshare {
    /// Starts a run with a subcommand, in an empty folder.
    pub(crate) fn new(subcommand: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut command = Command::new(env!("CARGO_BIN_EXE_clearshare"));
        command.current_dir(folder.path()).env_clear().arg(subcommand);
        // Windows programs do not start without it.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        Self { folder, command, input: Vec::new() }
    }

    /// The folder of the run.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file into the folder of the run.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        let parent = path.parent().expect("a file stands in a folder");
        std::fs::create_dir_all(parent).expect("a folder can be made");
        std::fs::write(&path, bytes).expect("a file can be written");
        self
    }

    /// Puts the files of a ruleset into a folder of the run.
    pub(crate) fn ruleset(self, folder: &str, files: &Files) -> Self {
        files.iter().fold(self, |run, (path, bytes)| run.file(&format!("{folder}/{path}"), bytes))
    }

    /// Adds arguments.
    pub(crate) fn args<I: IntoIterator<Item = S>, S: AsRef<std::ffi::OsStr>>(mut self, args: I) -> Self {
        self.command.args(args);
        self
    }

    /// Sets a variable of the environment.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// What the program reads on standard input.
    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// Runs the program to its end.
    pub(crate) fn run(self) -> Output {
        self.run_and_keep().0
    }

    /// Runs the program to its end, and keeps the folder that it ran in.
    pub(crate) fn run_and_keep(mut self) -> (Output, tempfile::TempDir) {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("standard input is piped");
        let input = std::mem::take(&mut self.input);
        // A program that reads nothing closes the pipe: no matter.
        let writer = std::thread::spawn(move || std::io::Write::write_all(&mut stdin, &input).ok());
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("the writer ends");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        let status = output.status.code().expect("the program exits by itself");
        (Output { status, stdout: text(output.stdout), stderr: text(output.stderr) }, self.folder)
    }
}

/// Whether a text says each of some things, however its lines are broken.
#[track_caller]
pub(crate) fn has(text: &str, parts: &[&str]) {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(flat.contains(part), "no {part:?} in\n{text}");
    }
}
