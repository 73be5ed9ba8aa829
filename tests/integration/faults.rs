//! Every fault code has a fixture that gives it and nothing else, at the place that the fixture names.
//!
//! `tests/fixtures/manifest/CODE.yaml` is a manifest with one fault, read against the ruleset in
//! `tests/fixtures/ruleset/_base/`. `tests/fixtures/ruleset/CODE/` holds the files of that ruleset that are other: it puts
//! them over the base, and takes out those that its file `REMOVE` names. `tests/fixtures/published/CODE.yaml` is a list of
//! published versions. `CODE.VARIANT` is a further fixture of the same code.
//!
//! The first line of a fixture says where the fault is: `# expect: LINE:COLUMN`, `# expect: none` for a fault of no place,
//! and `hidden` after it for a fault that must not show its line. A file that cannot begin with a comment has a file
//! `NAME.expect` beside it.

use std::collections::BTreeSet;

use clearshare::check::check;
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings, Severity};
use clearshare::manifest::read_manifest;
use clearshare::model::Date;
use clearshare::rulefile::{read_published, read_ruleset};
use clearshare::text::{Sources, visible};

use crate::floods::GENERATED;
use crate::support::{Files, base_files, files_in, fixture, fixture_bytes, names_in, read_fixture_ruleset};

/// What only the command line can report: `check_faults.rs` tests these through the program.
pub(crate) const BY_COMMAND_LINE: [Code; 34] = [
    Code::FileNotFound,
    Code::NothingToCheck,
    Code::BadPattern,
    Code::NotAFile,
    Code::FileUnreadable,
    Code::FileExists,
    Code::CannotWrite,
    Code::InUse,
    Code::ChangedMeanwhile,
    Code::NotLaidOut,
    Code::NotPinned,
    Code::UnknownRuleset,
    Code::DateNotCovered,
    Code::NoTerminal,
    Code::InputEnded,
    Code::NoAnswer,
    Code::AnswersDiffer,
    Code::UnknownFlow,
    Code::OtherRuleset,
    Code::CannotUpgrade,
    Code::JsonSyntax,
    Code::BadRecord,
    Code::TruncatedRecord,
    Code::NewerRecord,
    Code::AlteredRecord,
    Code::BadTemplate,
    Code::RulesetMissing,
    Code::BadSigners,
    Code::BadKey,
    Code::WrongPassphrase,
    Code::CannotSign,
    Code::DecisionRefused,
    Code::KnownTwice,
    Code::OutsideFolder,
];

/// What says by itself what to do: help would only say it again.
const PLAIN: [Code; 11] = [
    Code::FileTooLarge,
    Code::YamlSyntax,
    Code::DuplicateKey,
    Code::TooDeep,
    Code::TooManyValues,
    Code::AliasBudget,
    Code::EmptyFile,
    Code::WrongType,
    Code::MissingKey,
    Code::EmptyList,
    Code::EmptyText,
];

/// The date of the advice.
pub(crate) fn as_of() -> Date {
    clearshare::model::Date::constant(2026, 11, 22)
}

/// What a reader said about some files.
pub(crate) struct Said {
    pub(crate) sources: Sources,
    pub(crate) findings: Vec<Finding>,
}

/// Where a fixture says that its fault is.
#[derive(Debug, PartialEq, Eq)]
struct Expected {
    /// The file's name, line and column.
    place: Option<(String, u32, u32)>,
    /// Whether the line must not be shown.
    hidden: bool,
}

/// Reads and checks a manifest against the base ruleset.
pub(crate) fn said_of_manifest(bytes: &[u8], name: &str) -> Said {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    if let Some(manifest) = read_manifest(bytes, name, &mut sources, &mut findings) {
        let mut evaluator = Evaluator::new(read_fixture_ruleset());
        let checked = check(&mut evaluator, &manifest, as_of(), &sources, &mut findings);
        assert!(checked.is_some() || !findings.is_empty(), "no advice and no fault");
    }
    Said { sources, findings: findings.into_sorted() }
}

pub(crate) fn said_of_ruleset(files: &Files) -> Said {
    match read_ruleset(files) {
        Ok(loaded) => Said { sources: loaded.sources, findings: Vec::new() },
        Err(faults) => Said { sources: faults.sources, findings: faults.findings },
    }
}

fn said_of_published(bytes: &[u8]) -> Said {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    read_published(bytes, &mut sources, &mut findings);
    Said { sources, findings: findings.into_sorted() }
}

/// The first line of a fixture, if it says where the fault is.
fn expected(text: &[u8], file: &str) -> Option<Expected> {
    let line = text.split(|byte| *byte == b'\n').next()?;
    let words = std::str::from_utf8(line).ok()?.strip_prefix("# expect: ")?;
    Some(expectation(words, file))
}

fn expectation(words: &str, file: &str) -> Expected {
    let (at, hidden) = match words.trim_end().strip_suffix(" hidden") {
        Some(at) => (at, true),
        None => (words.trim_end(), false),
    };
    let place = (at != "none").then(|| {
        let (line, column) = at.split_once(':').unwrap_or_else(|| panic!("{file}: {at:?} is not a place"));
        let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{file}: {at:?} is not a place"));
        (file.to_owned(), number(line), number(column))
    });
    Expected { place, hidden }
}

/// The base ruleset with a fixture's files over it, and what the fixture expects.
fn overlaid(fixture_name: &str) -> (Files, Expected) {
    let mut files = base_files();
    let mut found: Vec<Expected> = Vec::new();
    for (path, bytes) in files_in(&fixture(&format!("ruleset/{fixture_name}"))) {
        if let Some(expecting) = path.strip_suffix(".expect") {
            let words = String::from_utf8(bytes).expect("a place is UTF-8");
            found.push(expectation(&words, &format!("{expecting}.yaml")));
            continue;
        }
        found.extend(expected(&bytes, &path));
        if path == "REMOVE" {
            let text = String::from_utf8(bytes).expect("paths are UTF-8");
            for removed in text.lines().filter(|line| !line.starts_with('#')) {
                let before = files.len();
                files.retain(|(path, _)| path != removed);
                assert_eq!(files.len() + 1, before, "{fixture_name} takes out {removed}, which is not there");
            }
        } else {
            files.retain(|(other, _)| *other != path);
            files.push((path, bytes));
        }
    }
    let expected = found.pop().unwrap_or_else(|| panic!("{fixture_name} does not say what it expects"));
    assert!(found.is_empty(), "{fixture_name} expects two things");
    (files, expected)
}

/// The fixture's code, from its name.
fn code_of(name: &str) -> Code {
    let stem = name.split('.').next().unwrap_or_default();
    Code::from_name(stem).unwrap_or_else(|| panic!("the fixture {name} is of no fault code"))
}

/// The names of the fixtures in a folder: those with `_` before them are helpers.
fn fixtures(folder: &str, ending: &str) -> Vec<String> {
    let names = names_in(&fixture(folder));
    let names = names.into_iter().filter(|name| !name.starts_with('_') && !name.ends_with(".expect"));
    names.map(|name| name.strip_suffix(ending).expect("fixtures end alike").to_owned()).collect()
}

fn flat_fixture(folder: &str, name: &str) -> (Vec<u8>, Expected) {
    let file = format!("{folder}/{name}.yaml");
    let bytes = fixture_bytes(&file);
    let expecting = fixture(&format!("{folder}/{name}.expect"));
    let expected = if expecting.exists() {
        let words = String::from_utf8(crate::support::read(&expecting)).expect("a place is UTF-8");
        expectation(&words, &file)
    } else {
        expected(&bytes, &file).unwrap_or_else(|| panic!("{file} does not say what it expects"))
    };
    (bytes, expected)
}

/// What is wrong with what a reader said, against what a fixture expects.
fn complaint(name: &str, expected: &Expected, said: &Said) -> Option<String> {
    let shown: Vec<String> = said.findings.iter().map(|finding| shown(finding, &said.sources)).collect();
    let [finding] = said.findings.as_slice() else {
        return Some(format!("{name}: expected one fault, found {}:\n    {}", shown.len(), shown.join("\n    ")));
    };
    let found = Expected { place: place_of(finding, &said.sources), hidden: finding.hides_source() };
    if finding.code() != code_of(name) || found != *expected {
        return Some(format!("{name}: expected {expected:?}\n    {}", shown.join("")));
    }
    well_worded(finding).err().map(|why| format!("{name}: {why}\n    {}", shown.join("")))
}

fn place_of(finding: &Finding, sources: &Sources) -> Option<(String, u32, u32)> {
    let place = finding.place()?;
    let source = sources.get(place.file).expect("a place is in a file that was read");
    let at = source.location(place.span.start);
    Some((source.name().to_owned(), at.line, at.column))
}

/// A fault as a line, for the failures of these tests.
pub(crate) fn shown(finding: &Finding, sources: &Sources) -> String {
    let place =
        place_of(finding, sources).map_or_else(String::new, |(file, line, column)| format!("{file}:{line}:{column} "));
    let hidden = if finding.hides_source() { " (hidden)" } else { "" };
    format!(
        "{place}{}: {}{hidden}\n      help: {}",
        finding.code(),
        finding.message(),
        finding.help_text().unwrap_or("-")
    )
}

/// Whether a fault is worded as faults are.
pub(crate) fn well_worded(finding: &Finding) -> Result<(), String> {
    let texts = std::iter::once(finding.message())
        .chain(finding.help_text())
        .chain(finding.related_places().iter().map(|related| related.label.as_str()));
    for text in texts {
        let first = text.chars().next().ok_or("an empty text")?;
        if first.is_uppercase() {
            return Err(format!("{text:?} begins with a capital"));
        }
        if text.ends_with('.') {
            return Err(format!("{text:?} ends with a full stop"));
        }
        if visible(text) != text {
            return Err(format!("{text:?} has characters that act or hide"));
        }
    }
    if finding.help_text().is_none() && !PLAIN.contains(&finding.code()) {
        return Err("it has no help".to_owned());
    }
    Ok(())
}

#[test]
fn each_manifest_fixture_gives_its_fault_alone() {
    let complaints: Vec<String> = fixtures("manifest", ".yaml")
        .iter()
        .filter_map(|name| {
            let (bytes, expected) = flat_fixture("manifest", name);
            complaint(name, &expected, &said_of_manifest(&bytes, &format!("manifest/{name}.yaml")))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn each_ruleset_fixture_gives_its_fault_alone() {
    let complaints: Vec<String> = fixtures("ruleset", "")
        .iter()
        .filter_map(|name| {
            let (files, expected) = overlaid(name);
            complaint(name, &expected, &said_of_ruleset(&files))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn each_fixture_of_published_versions_gives_its_fault_alone() {
    let complaints: Vec<String> = fixtures("published", ".yaml")
        .iter()
        .filter_map(|name| {
            let (bytes, mut expected) = flat_fixture("published", name);
            expected.place.iter_mut().for_each(|(file, _, _)| "published.yaml".clone_into(file));
            complaint(name, &expected, &said_of_published(&bytes))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_bases_have_no_fault() {
    assert_eq!(read_fixture_ruleset().reference().to_string(), "base@2026.11");
    let said = said_of_manifest(&fixture_bytes("manifest/_base.yaml"), "_base.yaml");
    assert_eq!(said.findings, []);
    assert_eq!(said_of_published(&fixture_bytes("published/_base.yaml")).findings, []);
}

#[test]
fn each_code_has_a_fixture() {
    let mut proven: BTreeSet<Code> = BY_COMMAND_LINE.into_iter().chain(GENERATED).collect();
    assert_eq!(proven.len(), BY_COMMAND_LINE.len() + GENERATED.len(), "a code stands in one table");
    for (folder, ending) in [("manifest", ".yaml"), ("ruleset", ""), ("published", ".yaml")] {
        for name in fixtures(folder, ending) {
            let code = code_of(&name);
            assert!(
                !BY_COMMAND_LINE.contains(&code) && !GENERATED.contains(&code),
                "{code} has a fixture: {folder}/{name}"
            );
            proven.insert(code);
        }
    }
    let missing: Vec<&Code> =
        Code::ALL.iter().filter(|code| code.severity() == Severity::Fault && !proven.contains(code)).collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

#[test]
#[should_panic(expected = "the fixture no-such-fault.variant is of no fault code")]
fn a_fixture_of_no_code_is_refused() {
    code_of("no-such-fault.variant");
}

#[test]
fn a_fixture_that_is_wrong_is_noticed() {
    let (bytes, expected) = flat_fixture("manifest", "unknown-option");
    let said = said_of_manifest(&bytes, "manifest/unknown-option.yaml");
    assert_eq!(complaint("unknown-option", &expected, &said), None);
    assert!(complaint("bad-id", &expected, &said).is_some(), "another code");
    let elsewhere = Expected { place: Some(("manifest/unknown-option.yaml".to_owned(), 1, 1)), hidden: false };
    assert!(complaint("unknown-option", &elsewhere, &said).is_some(), "another place");
    let hidden = Expected { hidden: true, ..expected };
    assert!(complaint("unknown-option", &hidden, &said).is_some(), "shown where it must be hidden");
    let none = Said { sources: Sources::new(), findings: Vec::new() };
    assert!(complaint("unknown-option", &hidden, &none).is_some(), "no fault at all");
}
