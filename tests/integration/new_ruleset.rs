//! `clearshare rules new`, and the ruleset that was written by starting from it.

use std::path::Path;

use clearshare::cases;
use clearshare::rulefile::{Loaded, read_ruleset};

use crate::support::{Clearshare, Output, files_in};

fn new(folder: &Path, args: &[&str]) -> Output {
    Clearshare::new("rules").args(["new"]).args([folder]).args(args).run()
}

fn rules(verb: &str, folder: &Path, args: &[&str]) -> Output {
    Clearshare::new("rules").args([verb]).args([folder]).args(args).run()
}

#[track_caller]
fn read(folder: &Path) -> Loaded {
    read_ruleset(&files_in(folder)).unwrap_or_else(|faults| panic!("{:#?}", faults.findings))
}

/// Every case passes, everything is tried, and everything is proved.
#[track_caller]
fn is_sound(folder: &Path, least_cases: usize, as_of: &[&str]) {
    let loaded = read(folder);
    let results = cases::run(&loaded.ruleset, &loaded.cases);
    let failed: Vec<&str> =
        results.iter().filter(|result| !result.passed()).map(|result| result.case.id.as_str()).collect();
    assert!(failed.is_empty(), "{failed:?} failed");
    assert!(results.len() >= least_cases, "{} cases", results.len());
    for (verb, args) in
        [("test", &[][..]), ("coverage", &["--fail-under", "100"]), ("verify", as_of), ("fmt", &["--check"])]
    {
        let output = rules(verb, folder, args);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{verb}: {}", output.stdout);
    }
}

#[test]
fn a_new_ruleset_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let version = folder.path().join("rules/nl-dpia/2026.11");
    let output = new(&version, &["--title", "Impact assessments: \"when\" #1", "--keeper", "NO"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert!(output.stdout.starts_with("Wrote the ruleset nl-dpia@2026.11 to "), "{}", output.stdout);
    is_sound(&version, 5, &[]);
    let info = read(&version).ruleset.info().clone();
    assert_eq!((info.title.as_str(), info.keeper.as_str()), ("Impact assessments: \"when\" #1", "NO"));
    assert_eq!((info.id.as_str(), info.version.to_string().as_str()), ("nl-dpia", "2026.11"));
    let beside: Vec<_> = std::fs::read_dir(version.parent().expect("a parent")).expect("it is read").collect();
    assert_eq!(beside.len(), 1, "no temporary folder is left");
}

/// Each file teaches: it begins with what it is for, or every kind of thing in it is explained.
#[test]
fn a_new_ruleset_explains_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let version = folder.path().join("x");
    assert_eq!(new(&version, &[]).status, 0);
    for (path, bytes) in files_in(&version) {
        let text = String::from_utf8(bytes).expect("text");
        assert!(text.lines().any(|line| line.trim_start().starts_with("# ")), "{path} has no comment");
        assert!(!text.contains('@'), "{path} has a mark left");
    }
    let loaded = read(&version);
    let kinds: std::collections::BTreeSet<String> =
        loaded.ruleset.questions().iter().map(|(_, question)| format!("{:?}", question.kind)).collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    assert_eq!(loaded.ruleset.info().id, "x");
}

#[test]
fn ids_and_versions_come_from_the_folder_or_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, args, reference) in [
        ("fr-pia/2027.02", &[][..], "fr-pia@2027.02"),
        ("Not an id/2027.02", &[], "my-rules@2027.02"),
        ("a/2027.02", &["--id", "other", "--version", "2026.12"], "other@2026.12"),
    ] {
        let version = folder.path().join(path);
        let output = new(&version, args);
        assert_eq!(output.status, 0, "{}", output.stderr);
        assert_eq!(read(&version).ruleset.reference().to_string(), reference);
    }
    for args in [&["--id", "Not An Id"][..], &["--version", "11.2026"], &["--title", " "], &["--keeper", "a\nb"]] {
        let version = folder.path().join("refused");
        let output = new(&version, args);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!version.exists());
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let full = folder.path().join("full");
    std::fs::create_dir(&full).expect("a folder can be made");
    std::fs::write(full.join("mine.txt"), "mine").expect("a file can be written");
    let file = folder.path().join("file");
    std::fs::write(&file, "mine").expect("a file can be written");
    for path in [&full, &file] {
        let output = new(path, &[]);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""));
        assert!(output.stderr.contains("error[file-exists]") && output.stderr.contains("help: "), "{}", output.stderr);
    }
    assert_eq!(files_in(&full), [("mine.txt".to_owned(), b"mine".to_vec())]);
    let below_a_file = new(&file.join("x"), &[]);
    assert_eq!(below_a_file.status, 2);
    assert!(below_a_file.stderr.contains("error[cannot-write]"), "{}", below_a_file.stderr);
    let here = Clearshare::new("rules").args(["new", "."]).run();
    assert_eq!(here.status, 2);
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).expect("a folder can be made");
    assert_eq!(new(&empty, &[]).status, 0);
    assert!(empty.join("ruleset.yaml").is_file());
}

#[test]
fn the_example_of_another_country_is_sound() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/rulesets/nl-dpia/2026.11");
    is_sound(&folder, 30, &["--as-of", "2026-11-22"]);
    let loaded = read(&folder);
    let derived = std::fs::read_to_string(folder.join("derived.yaml")).expect("it is there");
    assert!(derived.contains("count:"), "it shows how criteria are counted");
    let outcomes: std::collections::BTreeSet<&str> =
        loaded.cases.cases.iter().filter_map(|case| case.expect.outcome).map(|outcome| outcome.value.word()).collect();
    assert_eq!(outcomes.into_iter().collect::<Vec<_>>(), ["act-first", "incomplete", "ready", "refer", "stop"]);
}

/// The fenced blocks of docs/writing-rules.md: language and lines.
fn blocks() -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/writing-rules.md");
    let text = std::fs::read_to_string(path).expect("it is there");
    let parts: Vec<&str> = text.split("```").collect();
    assert_eq!(parts.len() % 2, 1, "every block ends");
    let block = |part: &str| {
        let (language, rest) = part.split_once('\n').expect("a block has lines");
        (language.to_owned(), rest.lines().map(str::to_owned).collect())
    };
    parts.into_iter().skip(1).step_by(2).map(block).collect()
}

/// Each command of the page, one after the other in one folder, as its reader would.
#[test]
fn the_commands_of_the_page_for_authors_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut verbs = Vec::new();
    for line in blocks().into_iter().filter(|(language, _)| language == "sh").flat_map(|(_, lines)| lines) {
        let (command, title) = line.split_once(" --title ").unwrap_or((&line, ""));
        let mut words: Vec<String> = command.split(' ').map(str::to_owned).collect();
        assert_eq!(words.drain(..2).collect::<Vec<_>>(), ["clearshare", "rules"], "{line}");
        verbs.push(words[0].clone());
        if !title.is_empty() {
            words.extend(["--title".to_owned(), title.trim_matches('"').to_owned()]);
        }
        let below = |word: String| {
            if word.starts_with("rules/") { format!("{}/{word}", folder.path().display()) } else { word }
        };
        let output = Clearshare::new("rules").args(words.into_iter().map(below)).run();
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{line}\n{}", output.stdout);
    }
    for verb in ["new", "verify", "test", "coverage", "fmt"] {
        assert!(verbs.iter().any(|other| other == verb), "the page does not run {verb}");
    }
}

/// What the page shows of a file stands in the finished example.
#[test]
fn what_the_page_for_authors_shows_is_in_the_example() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/rulesets/nl-dpia/2026.11");
    let mut shown = 0;
    for (_, lines) in blocks().into_iter().filter(|(language, _)| language == "yaml") {
        let (head, lines) = lines.split_first().expect("a block names its file");
        let path = head.strip_prefix("# ").expect("a block names its file");
        let file = std::fs::read_to_string(example.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(file.contains(&lines.join("\n")), "{path} does not have:\n{}", lines.join("\n"));
        shown += 1;
    }
    assert!(shown >= 8, "only {shown} blocks");
}
