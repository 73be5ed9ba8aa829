//! Every code of a proof has a fixture that gives it, at the place that the fixture names, and an exchange that shows it.
//!
//! `tests/fixtures/verify/_base/` is a ruleset of which everything is proved, without advice. `tests/fixtures/verify/CODE/`
//! holds the files of it that are other; `CODE.VARIANT` is a further fixture of the same code. The first line of one of them
//! says where the finding is: `# expect: LINE:COLUMN`, or `# expect: FILE:LINE:COLUMN` where it is in a file that is as it was.
//! The file `ALSO` names codes that come with it whatever one does, one a line.
//!
//! The file `WITNESS` says what `check` comes to for the exchange that shows the finding, one a line: a rule and its status,
//! `outcome` and a word, or `answers` and how many there are. Where there is none, no exchange shows the finding.

use std::collections::{BTreeMap, BTreeSet};

use clearshare::check::{Checked, check};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Findings, Severity};
use clearshare::manifest::read_manifest;
use clearshare::report::verify::VerifyReport;
use clearshare::rulefile::{Loaded, read_ruleset};
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;
use clearshare::verify::{Observation, Verification, verify};

use crate::faults::{as_of, shown, well_worded};
use crate::support::{Files, files_in, fixture, names_in};

/// What no small ruleset can show: one needs a hard one, and the other is ruled out by what a test means.
const ELSEWHERE: [Code; 2] = [Code::NotProved, Code::LiftedByMootAnswer];

/// A fixture: the ruleset, and what it says of itself.
pub(crate) struct Fixture {
    pub(crate) files: Files,
    /// The file, line and column of the finding.
    place: (String, u32, u32),
    also: Vec<String>,
    witness: Option<Vec<(String, String)>>,
}

pub(crate) fn base() -> Files {
    files_in(&fixture("verify/_base"))
}

pub(crate) fn names() -> Vec<String> {
    names_in(&fixture("verify")).into_iter().filter(|name| !name.starts_with('_')).collect()
}

fn code_of(name: &str) -> Code {
    let stem = name.split('.').next().unwrap_or_default();
    Code::from_name(stem).unwrap_or_else(|| panic!("the fixture {name} is of no code"))
}

fn words(bytes: Vec<u8>) -> Vec<String> {
    String::from_utf8(bytes).expect("fixtures are UTF-8").lines().map(str::to_owned).collect()
}

pub(crate) fn read_fixture(name: &str) -> Fixture {
    let (mut files, mut place, mut also, mut witness) = (base(), None, Vec::new(), None);
    for (path, bytes) in files_in(&fixture(&format!("verify/{name}"))) {
        match path.as_str() {
            "ALSO" => also = words(bytes),
            "WITNESS" => {
                let pair = |line: String| {
                    let (what, word) = line.split_once(' ').expect("a line is two words");
                    (what.to_owned(), word.to_owned())
                };
                witness = Some(words(bytes).into_iter().map(pair).collect());
            }
            _ => {
                let first = words(bytes.clone()).into_iter().next().unwrap_or_default();
                if let Some(at) = first.strip_prefix("# expect: ") {
                    assert!(place.is_none(), "{name} expects two things");
                    place = Some(placed(at, &path));
                }
                files.retain(|(other, _)| *other != path);
                files.push((path, bytes));
            }
        }
    }
    Fixture { files, place: place.unwrap_or_else(|| panic!("{name} says no place")), also, witness }
}

fn placed(at: &str, path: &str) -> (String, u32, u32) {
    let mut parts: Vec<&str> = at.trim_end().split(':').collect();
    let mut number = || parts.pop().and_then(|part| part.parse().ok()).expect("a place ends with a line and a column");
    let (column, line) = (number(), number());
    (parts.pop().unwrap_or(path).to_owned(), line, column)
}

#[track_caller]
pub(crate) fn loaded(files: &Files) -> Loaded {
    read_ruleset(files).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.findings.iter().map(|fault| shown(fault, &faults.sources)).collect();
        panic!("the ruleset has faults:\n{}", faults.join("\n"))
    })
}

pub(crate) fn report<'a>(loaded: &'a Loaded, verification: &'a Verification) -> VerifyReport<'a> {
    VerifyReport { ruleset: &loaded.ruleset, sources: &loaded.sources, folder: None, as_of: as_of(), verification }
}

/// The advice on a manifest, which must have no fault.
#[track_caller]
fn checked(ruleset: &Ruleset, manifest: &str) -> Checked {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let read = read_manifest(manifest.as_bytes(), "witness.yaml", &mut sources, &mut findings);
    let checked = read.and_then(|read| check(&mut Evaluator::new(ruleset), &read, as_of(), &sources, &mut findings));
    let faults: Vec<String> = findings.into_sorted().iter().map(|fault| shown(fault, &sources)).collect();
    assert!(faults.is_empty(), "{}\n{manifest}", faults.join("\n"));
    checked.expect("a manifest without a fault has advice")
}

/// What is wrong with what was found, against what a fixture expects.
fn complaint(name: &str, fixture: &Fixture, loaded: &Loaded, verification: &Verification) -> Option<String> {
    let lines: Vec<String> =
        verification.observations.iter().map(|seen| shown(&seen.finding, &loaded.sources)).collect();
    let all = lines.join("\n    ");
    let code = code_of(name);
    let (own, others): (Vec<&Observation>, Vec<&Observation>) =
        verification.observations.iter().partition(|seen| seen.finding.code() == code);
    let others: BTreeSet<&str> = others.iter().map(|seen| seen.finding.code().as_str()).collect();
    let also: BTreeSet<&str> = fixture.also.iter().map(String::as_str).collect();
    if others != also {
        return Some(format!("{name}: beside it came {others:?}, not {also:?}:\n    {all}"));
    }
    let [seen] = own.as_slice() else { return Some(format!("{name}: found {} times:\n    {all}", own.len())) };
    if let Some(why) = misplaced(fixture, loaded, seen) {
        return Some(format!("{name}: {why}\n    {all}"));
    }
    if let Err(why) = well_worded(&seen.finding) {
        return Some(format!("{name}: {why}\n    {all}"));
    }
    witness_complaint(fixture, loaded, verification, seen).map(|why| format!("{name}: {why}"))
}

/// The place is counted from the text of the file, not by the code that reports it.
fn misplaced(fixture: &Fixture, loaded: &Loaded, seen: &Observation) -> Option<String> {
    let place = seen.finding.place()?;
    let source = loaded.sources.get(place.file).expect("a place is in a file that was read");
    let (file, line, column) = &fixture.place;
    let before: usize =
        source.text().split_inclusive('\n').take(*line as usize - 1).map(|line| line.chars().count()).sum();
    let offset: usize = source.text().chars().take(before + *column as usize - 1).map(char::len_utf8).sum();
    let wrong = source.name() != file || place.span.start as usize != offset;
    wrong.then(|| format!("expected at {file}:{line}:{column}"))
}

fn witness_complaint(
    fixture: &Fixture,
    loaded: &Loaded,
    verification: &Verification,
    seen: &Observation,
) -> Option<String> {
    let manifest = report(loaded, verification).manifest(seen, &["What shows it."]);
    let (expected, manifest) = match (&fixture.witness, manifest) {
        (None, None) => return None,
        (Some(_), None) => return Some("there is no witness".to_owned()),
        (None, Some(manifest)) => return Some(format!("there is a witness:\n{manifest}")),
        (Some(expected), Some(manifest)) => (expected, manifest),
    };
    let checked = checked(&loaded.ruleset, &manifest);
    let advice = &checked.flows[0].advice;
    let answers = seen.witness.iter().flat_map(clearshare::model::Facts::iter).count();
    for (what, word) in expected {
        let found = match what.as_str() {
            "outcome" => checked.outcome().word().to_owned(),
            "answers" => answers.to_string(),
            rule => advice.status(loaded.ruleset.rule_named(rule).expect("a rule")).word().to_owned(),
        };
        if found != *word {
            return Some(format!("{what} is {found} and not {word} for:\n{manifest}"));
        }
    }
    (!seen.smallest).then(|| "the witness is not proved to be smallest".to_owned())
}

#[test]
fn everything_is_proved_of_the_base() {
    let loaded = loaded(&base());
    let verification = verify(&loaded.ruleset, as_of());
    let found: Vec<String> =
        verification.observations.iter().map(|seen| shown(&seen.finding, &loaded.sources)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(verification.is_proved());
    for tally in &verification.tallies {
        assert!(tally.stated > 0, "nothing is stated of {:?}", tally.property);
        assert_eq!(tally.stated, tally.proved, "{:?}", tally.property);
    }
}

#[test]
fn each_fixture_gives_its_code_at_its_place_with_what_shows_it() {
    let mut complaints = Vec::new();
    for name in names() {
        let fixture = read_fixture(&name);
        let loaded = loaded(&fixture.files);
        let verification = verify(&loaded.ruleset, as_of());
        assert_eq!(verification.is_proved(), code_of(&name).severity() == Severity::Advice, "{name}");
        complaints.extend(complaint(&name, &fixture, &loaded, &verification));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn each_code_of_a_proof_has_a_fixture() {
    let with: BTreeSet<Code> = names().iter().map(|name| code_of(name)).chain(ELSEWHERE).collect();
    let proofs = Code::ALL.iter().filter(|code| code.severity() != Severity::Fault);
    let missing: Vec<&Code> = proofs.filter(|code| !with.contains(code)).collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
    assert!(with.iter().all(|code| code.severity() != Severity::Fault));
}

/// A fixture that is wrong must be noticed: else the tests above would prove nothing.
#[test]
fn a_fixture_that_is_wrong_fails() {
    let right = read_fixture("stale-source");
    let loaded = loaded(&right.files);
    let verification = verify(&loaded.ruleset, as_of());
    let complaint = |name: &str, fixture: &Fixture| complaint(name, fixture, &loaded, &verification);
    assert_eq!(complaint("stale-source", &right), None);
    assert!(complaint("read-in-future", &right).is_some(), "another code");
    let with = |change: &dyn Fn(&mut Fixture)| {
        let mut wrong = read_fixture("stale-source");
        change(&mut wrong);
        complaint("stale-source", &wrong)
    };
    assert!(with(&|wrong| wrong.place.1 += 1).is_some(), "another line");
    assert!(with(&|wrong| wrong.place.2 += 1).is_some(), "another column");
    assert!(with(&|wrong| wrong.also.push("rule-equals".to_owned())).is_some(), "more than there is");
    assert!(with(&|wrong| wrong.witness = Some(Vec::new())).is_some(), "a witness that is not there");
}

/// What was found comes in one order: by property, and within it by place.
#[test]
fn observations_are_in_order() {
    let mut all: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for (at, name) in names().into_iter().enumerate() {
        let loaded = loaded(&read_fixture(&name).files);
        let verification = verify(&loaded.ruleset, as_of());
        let keys = verification.observations.iter().map(|seen| (seen.property, seen.finding.place()));
        all.insert(at, keys.collect());
        assert_eq!(verification, verify(&loaded.ruleset, as_of()), "{name} twice");
    }
    assert!(all.values().all(|keys| keys.is_sorted()), "{all:?}");
}
