//! `clearshare rules fmt`: the layout of the files that there are, and what the program does with a folder.

use std::path::Path;

use clearshare::cases;
use clearshare::finding::Findings;
use clearshare::format::{Layout, is_laid_out, lay_out};
use clearshare::rulefile::read_ruleset;
use clearshare::text::Sources;

use crate::support::{Clearshare, Files, Output, base_files, files_in, fixture};

fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text in its layout, or nothing for a file with faults. That it says something else would be a mistake.
fn laid(path: &str, bytes: &[u8]) -> Option<String> {
    match lay_out(Some(path), path, bytes, &mut Sources::new(), &mut Findings::new()) {
        Layout::Text(text) => Some(text),
        Layout::Faults => None,
        Layout::Changed => panic!("{path} would be changed in meaning"),
    }
}

/// What another reader of YAML makes of a text.
fn read_by_another(text: &str) -> Option<yaml_serde::Value> {
    yaml_serde::from_str(text).ok()
}

/// The comments on lines of their own, as a simple look at the lines shows them.
fn comments(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with("# ")).collect();
    found.sort_unstable();
    found
}

#[track_caller]
fn every_file_of(folder: &Path, least: usize) {
    let mut seen = 0;
    for (path, bytes) in files_in(folder) {
        // A fixture's path begins with its name; what follows is the path in a ruleset.
        let below =
            path.split_once('/').filter(|_| folder.ends_with("ruleset")).map_or(path.as_str(), |(_, below)| below);
        if !is_laid_out(below) {
            continue;
        }
        let Some(text) = laid(below, &bytes) else { continue };
        seen += 1;
        assert_eq!(laid(below, text.as_bytes()).as_deref(), Some(text.as_str()), "{path}: twice is once");
        let before = std::str::from_utf8(&bytes).expect("what was read is text");
        if let Some(value) = read_by_another(before) {
            assert_eq!(read_by_another(&text), Some(value), "{path}");
        }
        assert_eq!(comments(&text), comments(before), "{path}");
        let wide = |line: &&str| {
            line.chars().count() > 120 && line.trim_start_matches("- ").trim_start().starts_with(['{', '['])
        };
        assert_eq!(text.lines().find(wide), None, "{path} has brackets that are too wide");
        assert!(!text.lines().any(|line| line.ends_with(' ') || line.contains('\t')), "{path}");
    }
    assert!(seen >= least, "only {seen} files were laid out");
}

#[test]
fn the_files_of_every_ruleset_keep_their_meaning_and_comments() {
    every_file_of(&root("rules/uk-border/2026.11"), 30);
    every_file_of(&fixture("ruleset"), 100);
    every_file_of(&fixture("report-ruleset"), 5);
}

#[test]
fn the_rulesets_of_this_repository_are_laid_out() {
    for folder in ["rules/uk-border/2026.11", "examples/rulesets/nl-dpia/2026.11"] {
        for (path, bytes) in files_in(&root(folder)) {
            let text = laid(&path, &bytes).expect("it has no faults");
            assert!(text.as_bytes() == bytes, "{folder}/{path}: `clearshare rules fmt {folder}` lays it out");
        }
    }
}

/// By a way of its own: the whole ruleset is read from the new texts, and comes to the same advice on every case.
#[test]
fn a_ruleset_that_is_laid_out_gives_the_same_advice() {
    for folder in ["tests/fixtures/cases-ruleset", "tests/fixtures/ruleset/_base"] {
        let files = files_in(&root(folder));
        let new: Files = files
            .iter()
            .map(|(path, bytes)| (path.clone(), laid(path, bytes).expect("it has no faults").into_bytes()))
            .collect();
        assert_ne!(files, new, "{folder} is laid out already, and shows nothing");
        let (old, new) = (read_ruleset(&files).expect("it reads"), read_ruleset(&new).expect("it still reads"));
        assert_eq!(old.ruleset.info(), new.ruleset.info());
        let ids = |ruleset: &clearshare::ruleset::Ruleset| {
            let rules: Vec<String> =
                ruleset.rules().iter().map(|(_, rule)| format!("{} {:?}", rule.id, rule.steps)).collect();
            let questions: Vec<String> =
                ruleset.questions().iter().map(|(_, question)| question.prompt.to_string()).collect();
            (rules, questions)
        };
        assert_eq!(ids(&old.ruleset), ids(&new.ruleset));
        let advice = |loaded: &clearshare::rulefile::Loaded| -> Vec<String> {
            let mut evaluator = clearshare::engine::Evaluator::new(&loaded.ruleset);
            let as_of = loaded.ruleset.info().law_as_at;
            let cases = loaded.cases.cases.iter();
            cases
                .map(|case| {
                    let exchange = cases::exchange_of(&mut evaluator, &loaded.cases, case);
                    let advice = evaluator.evaluate(&exchange, as_of);
                    let rules = loaded.ruleset.rules().ids().map(|ix| advice.status(ix).word());
                    format!("{} {} {:?} {:?}", case.id, advice.outcome.word(), rules.collect::<Vec<_>>(), advice.myths)
                })
                .collect()
        };
        assert_eq!(advice(&old), advice(&new), "{folder}");
    }
}

#[test]
fn what_this_project_writes_itself_is_laid_out() {
    let files = files_in(&root("examples/rulesets"));
    assert!(files.len() >= 8);
    for (path, bytes) in files {
        let below = path.splitn(3, '/').nth(2).expect("it stands in the folder of a version");
        assert_eq!(laid(below, &bytes).map(String::into_bytes), Some(bytes), "{path}");
    }
}

/// A small ruleset with one file in another layout.
fn untidy() -> Files {
    let mut files: Files = base_files()
        .into_iter()
        .map(|(path, bytes)| (path.clone(), laid(&path, &bytes).expect("the base has no faults").into_bytes()))
        .collect();
    for (path, bytes) in &mut files {
        if path == "roles.yaml" {
            *bytes = b"roles: # who\r\n- {title: \"your team\", id: team, does: Proposes.}\r\n".to_vec();
        }
    }
    files
}

const TIDY: &str = "roles:  # who\n  - id: team\n    title: your team\n    does: Proposes.\n";

/// A folder with the files of a ruleset.
fn folder_of(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (path, bytes) in files {
        put(folder.path(), path, bytes);
    }
    folder
}

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("a folder can be made");
    std::fs::write(path, bytes).expect("a file can be written");
}

fn fmt(folder: &Path, args: &[&str]) -> Output {
    Clearshare::new("rules").args(["fmt"]).args([folder]).args(args).run()
}

#[test]
fn only_what_changes_is_written() {
    let mut files = untidy();
    files.push(("notes.txt".to_owned(), b"a:   1".to_vec()));
    files.push(("other.yaml".to_owned(), b"b:   1".to_vec()));
    let folder = folder_of(&files);
    let checked = fmt(folder.path(), &["--check"]);
    assert_eq!((checked.status, checked.stderr.as_str()), (1, ""));
    assert!(checked.stdout.starts_with("would change: ") && checked.stdout.contains("\n1 of "), "{}", checked.stdout);
    assert_eq!(files_in(folder.path()).len(), files.len());
    assert!(files.iter().all(|file| files_in(folder.path()).contains(file)), "--check writes nothing");
    let output = fmt(folder.path(), &[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let (first, last) = output.stdout.split_once('\n').expect("two lines");
    assert!(first.starts_with("changed: ") && first.ends_with("roles.yaml"), "{first}");
    assert!(last.starts_with("1 of ") && last.ends_with(" files changed.\n"), "{last}");
    for (path, bytes) in files_in(folder.path()) {
        let before = files.iter().find(|(other, _)| *other == path).map(|(_, bytes)| bytes.as_slice());
        let expected = if path == "roles.yaml" { Some(TIDY.as_bytes()) } else { before };
        assert_eq!(Some(bytes.as_slice()), expected, "{path}");
    }
    for args in [&[][..], &["--check"]] {
        let again = fmt(folder.path(), args);
        assert_eq!((again.status, again.stderr.as_str()), (0, ""));
        assert!(again.stdout.starts_with("All ") && again.stdout.lines().count() == 1, "{}", again.stdout);
    }
}

#[test]
fn where_one_file_has_a_fault_none_is_written() {
    let mut files = untidy();
    for (path, bytes) in &mut files {
        if path == "sources.yaml" {
            *bytes = b"sources:\n  - id: a\n    id: b\n".to_vec();
        }
    }
    let folder = folder_of(&files);
    for args in [&[][..], &["--check"]] {
        let output = fmt(folder.path(), args);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""));
        assert!(
            output.stderr.contains("error[duplicate-key]") && output.stderr.contains("sources.yaml:3:5"),
            "{}",
            output.stderr
        );
    }
    let mut kept = files_in(folder.path());
    kept.sort();
    files.sort();
    assert_eq!(kept, files);
}

#[test]
fn a_folder_without_a_ruleset_is_left_alone() {
    let folder = folder_of(&vec![("rules/x.yaml".to_owned(), b"rules:   []".to_vec())]);
    let output = fmt(folder.path(), &[]);
    assert_eq!(output.status, 2);
    assert!(
        output.stderr.contains("error[missing-file]") && output.stderr.contains("no `ruleset.yaml`"),
        "{}",
        output.stderr
    );
    assert_eq!(files_in(folder.path()), [("rules/x.yaml".to_owned(), b"rules:   []".to_vec())]);
    let nowhere = fmt(&folder.path().join("nowhere"), &[]);
    assert_eq!(nowhere.status, 2);
    assert!(nowhere.stderr.contains("error[file-not-found]"), "{}", nowhere.stderr);
}

#[test]
fn a_published_version_never_changes() {
    let mut files = untidy();
    for (path, bytes) in &mut files {
        if path == "ruleset.yaml" {
            let text = String::from_utf8(std::mem::take(bytes)).expect("text");
            *bytes = text.replace("status: draft", "status: published").into_bytes();
        }
    }
    let folder = folder_of(&files);
    let output = fmt(folder.path(), &[]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(
        output.stderr.contains("error[cannot-write]") && output.stderr.contains("is published"),
        "{}",
        output.stderr
    );
    assert!(files.iter().all(|file| files_in(folder.path()).contains(file)));
    assert_eq!(fmt(folder.path(), &["--check"]).status, 1);
}

#[test]
fn a_file_that_is_read_only_stays() {
    let folder = folder_of(&untidy());
    let path = folder.path().join("roles.yaml");
    let mut permissions = std::fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("a file can be made read-only");
    let output = fmt(folder.path(), &[]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("error[cannot-write]") && output.stderr.contains("roles.yaml"), "{}", output.stderr);
    let kept = files_in(folder.path());
    assert!(untidy().iter().all(|file| kept.contains(file)));
    assert_eq!(kept.len(), untidy().len(), "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_written_with_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, elsewhere) = (folder_of(&untidy()), tempfile::tempdir().expect("a folder"));
    let (link, target) = (folder.path().join("roles.yaml"), elsewhere.path().join("shared.yaml"));
    std::fs::rename(&link, &target).expect("it can be moved");
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).expect("permissions can be set");
    std::os::unix::fs::symlink(&target, &link).expect("a link can be made");
    assert_eq!(fmt(folder.path(), &[]).status, 0);
    assert!(std::fs::symlink_metadata(&link).expect("it is there").is_symlink());
    assert_eq!(std::fs::read_to_string(&target).expect("it is there"), TIDY);
    assert_eq!(std::fs::metadata(&target).expect("it is there").permissions().mode() & 0o777, 0o640);
}

#[test]
fn one_file_goes_from_standard_input_to_standard_output() {
    let run = |text: &str, args: &[&str]| Clearshare::new("rules").args(["fmt", "-"]).args(args).input(text).run();
    let untidy = "roles: # who\r\n- {title: \"your team\", id: team, does: Proposes.}";
    let output = run(untidy, &[]);
    assert_eq!((output.status, output.stdout.as_str(), output.stderr.as_str()), (0, TIDY, ""));
    assert_eq!((run(untidy, &["--check"]).status, run(TIDY, &["--check"]).status), (1, 0));
    let faulty = run("roles: [\n", &[]);
    assert_eq!((faulty.status, faulty.stdout.as_str()), (2, ""));
    assert!(faulty.stderr.contains("error[yaml-syntax]"), "{}", faulty.stderr);
}

/// Names from outside reach the terminal only where they are seen for what they are.
#[cfg(unix)]
#[test]
fn a_name_that_acts_is_shown() {
    let mut files = untidy();
    files.push(("rules/\u{1b}[31m.yaml".to_owned(), b"rules:    []\n".to_vec()));
    let output = fmt(folder_of(&files).path(), &["--check", "--color", "never"]);
    assert!(output.stdout.contains("\\x1b[31m.yaml") && !output.stdout.contains('\u{1b}'), "{}", output.stdout);
}
