//! `clearshare drafts`: listing and deleting, in a state folder of the test's own.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Output, names_in};

const TWO_ANSWERS: &str = "clearshare: 1
ruleset: uk-border@2026.11
# Is any of it SECRET or above?
screen: { material: none }
from: { body: home-office }
exchange: { title: Crossings }
";

/// A state folder, with drafts that were last changed at one moment.
struct State {
    folder: tempfile::TempDir,
}

impl State {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn drafts(&self) -> PathBuf {
        self.folder.path().join("clearshare/drafts")
    }

    fn draft(&self, file: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.drafts().join(file);
        std::fs::create_dir_all(self.drafts()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_340_000);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
        #[cfg(unix)]
        close(&path);
        path
    }

    fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, &[])
    }

    fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Output {
        let run = Clearshare::new("drafts").env("XDG_STATE_HOME", &self.folder.path().to_string_lossy());
        variables.iter().fold(run, |run, (name, value)| run.env(name, value)).args(args).run()
    }

    /// What a run wrote, without the name of the temporary folder.
    fn shown(&self, text: &str) -> String {
        text.replace(&*self.folder.path().to_string_lossy(), "STATE")
    }
}

#[cfg(unix)]
fn close(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Drafts good and bad.
fn mixed() -> State {
    let state = State::new();
    state.draft("2026-11-22-10.yaml", TWO_ANSWERS);
    state.draft("2026-11-22-9.yaml", "clearshare: 1\nruleset: uk-border@2026.11\nscreen: { material: none }\n");
    state.draft("2026-11-21-1.yaml", "");
    state.draft("2026-11-21-2.yaml", "clearshare: 1\nruleset: uk-border@2026.11\nfrom: { body: \"home-off");
    state.draft("2026-11-21-3.yaml", b"clearshare: 1\n# \xff\n");
    state.draft("2026-11-21-4.yaml", "clearshare: 1\nruleset: nowhere@2026.11\nfrom: { body: x }\n");
    state.draft("2026-11-21-5.yaml", "clearshare: 1\nfrom: { body: x }\n");
    state.draft(
        "2026-11-21-6.yaml",
        "clearshare: 1\nruleset: uk-border@2026.11\nscreen: { material: top-secret-plans }\n",
    );
    state.draft("2026-11-21-7.yaml", vec![b'#'; (1 << 20) + 1]);
    state.draft("\u{1b}[31mred.yaml", TWO_ANSWERS);
    state.draft("notes.txt", "mine");
    state.draft(".hidden", "x");
    std::fs::create_dir(state.drafts().join("2026-11-20-1.yaml")).unwrap();
    state
}

fn without_times(text: &str) -> String {
    let line = |line: &str| match line.split_once("Last changed ") {
        Some((before, _)) => format!("{before}Last changed (when)\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn the_list_says_what_is_in_each_and_how_to_go_on() {
    let output = mixed().run(&["list"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let at = |words: &str| output.stdout.find(words).unwrap_or_else(|| panic!("{words}:\n{}", output.stdout));
    assert!(at("2026-11-20-1\n") < at("2026-11-21-1\n"));
    assert!(at("2026-11-22-9\n") < at("2026-11-22-10\n"), "ten comes after nine");
    for words in [
        "2026-11-22-9\n  Last changed 2026-11-22 09:33 UTC\n  1 answer for uk-border@2026.11\n",
        "2026-11-22-10\n  Last changed 2026-11-22 09:33 UTC\n  Crossings\n  3 answers for uk-border@2026.11\n",
        "clearshare ask --resume 2026-11-22-10\n",
        "It is empty: nothing was answered.",
        "Its answers are for nowhere@2026.11, which is not inside this clearshare",
        "It does not say which ruleset its answers are for.",
        "is a folder.",
        "has more than 1048576 bytes",
        "`notes.txt`",
    ] {
        at(words);
    }
    assert_eq!(output.stdout.matches("It was damaged or edited, and has 1 fault.").count(), 3);
    assert_eq!(output.stdout.matches("--resume").count(), 4, "only where there is something to go on with");
    assert_eq!(output.stdout.matches("This is not a draft").count(), 2);
    assert!(!output.stdout.contains('\u{1b}') && !output.stdout.contains(".hidden"));
    assert!(!output.stdout.contains("top-secret-plans"), "no answer to the safety screen is shown");
}

/// By its title, or else by who shares with whom; of what a safety question stops nothing is said.
#[test]
fn a_draft_is_known_by_what_it_is_about() {
    let about = |text: &str| {
        let state = State::new();
        state.draft("2026-11-22-1.yaml", format!("clearshare: 1\nruleset: uk-border@2026.11\n{text}"));
        let output = state.run(&["list"]);
        let lines: Vec<&str> = output.stdout.lines().map(str::trim).collect();
        lines.iter().position(|line| line.contains("answer")).map_or(String::new(), |at| lines[at - 1].to_owned())
    };
    let bodies = "from: { body: hmrc }\nto: { body: home-office }\n";
    let none = "screen: { material: none }\n";
    let words = "From HM Revenue and Customs to Home Office (any other part)";
    assert_eq!(about(&format!("{none}{bodies}")), words);
    assert_eq!(about(&format!("{none}{bodies}exchange: {{ title: Crossings }}\n")), "Crossings");
    assert_eq!(about(&format!("{none}to: {{ body: hmrc }}\nfrom: {{ body: unknown }}\n")), "To HM Revenue and Customs");
    for stopped in ["[code-word]", "unknown"] {
        let text = format!("screen: {{ material: {stopped} }}\n{bodies}exchange: {{ title: Crossings }}\n");
        assert_eq!(about(&text), "Last changed 2026-11-22 09:33 UTC");
    }
}

#[cfg(unix)]
#[test]
fn the_list_looks_as_it_was_looked_at() {
    let state = mixed();
    for (name, args, width) in [("wide.txt", vec!["list"], "80"), ("plain-40.txt", vec!["list", "--plain"], "40")] {
        let output = state.run_with(&args, &[("COLUMNS", width)]);
        let shown = without_times(&state.shown(&output.stdout));
        assert!(shown.is_ascii());
        assert_snapshot(&format!("drafts/{name}"), &shown);
        // A command or a path is one line, to be copied; everything else fits.
        let fits =
            |line: &str| line.len() <= width.parse().unwrap() || line.contains("STATE") || line.contains("--resume");
        assert!(shown.lines().all(fits), "{shown}");
    }
}

#[test]
fn where_there_are_none_it_says_so_and_makes_no_folder() {
    let state = State::new();
    for args in [["list"].as_slice(), &["remove", "--all"]] {
        let output = state.run(args);
        assert_eq!((output.status, output.stdout.as_str()), (0, "There are no drafts.\n"), "{output:?}");
    }
    assert!(names_in(state.folder.path()).is_empty());
}

#[test]
fn without_a_home_folder_that_is_told() {
    for variables in [[].as_slice(), &[("XDG_STATE_HOME", "")], &[("XDG_STATE_HOME", "state"), ("HOME", "")]] {
        for args in [["list"].as_slice(), &["remove", "x"], &["remove", "--all"]] {
            let run = variables.iter().fold(Clearshare::new("drafts"), |run, (name, value)| run.env(name, value));
            let output = run.args(args).run();
            assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{variables:?} {args:?}");
            assert!(output.stderr.contains("drafts cannot be kept"), "{}", output.stderr);
            assert!(output.stderr.contains("help: "), "{}", output.stderr);
        }
    }
}

#[test]
fn a_draft_is_removed_by_name_and_no_other() {
    let state = mixed();
    let before = names_in(&state.drafts());
    let output = state.run(&["remove", "2026-11-22-9", "2026-11-21-1", "2026-11-22-9"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert_eq!(output.stdout, "Removed the draft 2026-11-22-9.\nRemoved the draft 2026-11-21-1.\n");
    let gone = ["2026-11-22-9.yaml", "2026-11-21-1.yaml"];
    let left: Vec<String> = before.into_iter().filter(|name| !gone.contains(&name.as_str())).collect();
    assert_eq!(names_in(&state.drafts()), left);
}

#[test]
fn what_cannot_be_removed_is_told_and_the_rest_is_removed() {
    let state = mixed();
    std::fs::write(state.folder.path().join("clearshare/other.yaml"), "x").unwrap();
    let output = state.run(&["remove", "2026-11-22-8", "../other", "2026-11-20-1", "2026-11-22-9", "\u{1b}[31mred"]);
    assert_eq!(output.status, 2);
    assert_eq!(output.stdout, "Removed the draft 2026-11-22-9.\n");
    assert!(output.stderr.contains("there is no draft `2026-11-22-8`"), "{}", output.stderr);
    assert!(output.stderr.contains("there is no draft `../other`"), "{}", output.stderr);
    assert!(output.stderr.contains("is not a draft that clearshare made"), "{}", output.stderr);
    assert!(!output.stderr.contains('\u{1b}'), "{}", output.stderr);
    assert!(state.folder.path().join("clearshare/other.yaml").exists());
    assert!(state.drafts().join("2026-11-20-1.yaml").is_dir());
}

#[test]
fn all_removes_drafts_and_nothing_else() {
    let state = mixed();
    let output = state.run(&["remove", "--all"]);
    assert_eq!(output.status, 2, "the folder is left: {output:?}");
    assert_eq!(output.stdout.matches("Removed the draft ").count(), 9);
    assert_eq!(names_in(&state.drafts()), ["\u{1b}[31mred.yaml", ".hidden", "2026-11-20-1.yaml", "notes.txt"]);
    assert_eq!(output.stdout.matches("Left `").count(), 2);
    assert!(!output.stdout.contains('\u{1b}'));
}

#[test]
fn names_or_all_are_needed_and_not_both() {
    for args in [["remove"].as_slice(), &["remove", "x", "--all"], &[]] {
        let output = State::new().run(args);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_and_a_pipe_not_waited_for() {
    let state = State::new();
    let elsewhere = state.folder.path().join("elsewhere.yaml");
    std::fs::write(&elsewhere, TWO_ANSWERS).unwrap();
    let open = state.draft("2026-11-22-1.yaml", TWO_ANSWERS);
    std::os::unix::fs::symlink(&elsewhere, state.drafts().join("2026-11-22-2.yaml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(state.drafts().join("2026-11-22-3.yaml")).status();
    assert!(made.unwrap().success());
    std::fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let output = state.run(&["list"]);
    assert_eq!(output.status, 0, "{output:?}");
    for words in ["is a link", "not followed here", "is not a file.", "Other users of this machine may read it."] {
        assert!(output.stdout.contains(words), "{words}:\n{}", output.stdout);
    }
    assert_eq!(output.stdout.matches("--resume").count(), 1);
    let output = state.run(&["remove", "2026-11-22-2"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert!(elsewhere.exists() && !state.drafts().join("2026-11-22-2.yaml").exists());
}
