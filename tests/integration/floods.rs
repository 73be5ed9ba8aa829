//! Faults that take a file too big to keep, and many faults at once.

use std::fmt::Write as _;

use clearshare::finding::Code;

use crate::faults::{Said, said_of_manifest, said_of_ruleset, shown, well_worded};
use crate::support::{Files, base_files};

/// The codes that the tests here make files for.
pub(crate) const GENERATED: [Code; 4] =
    [Code::FileTooLarge, Code::TooManyValues, Code::TooManyItems, Code::TooManyFaults];

/// The start of a manifest.
const HEAD: &str = "clearshare: 1\nruleset: base@2026.11\n";

/// The base ruleset with one file of it written anew.
fn with(path: &str, text: String) -> Files {
    let mut files = base_files();
    files.retain(|(other, _)| other != path);
    files.push((path.to_owned(), text.into_bytes()));
    files
}

#[track_caller]
fn one_fault(said: &Said, code: Code, line: u32) {
    let all: Vec<String> = said.findings.iter().map(|finding| shown(finding, &said.sources)).collect();
    assert_eq!(said.findings.len(), 1, "{all:#?}");
    assert_eq!(said.findings[0].code(), code, "{all:#?}");
    let place = said.findings[0].place().expect("it has a place");
    let at = said.sources.get(place.file).expect("the file was read").location(place.span.start);
    assert_eq!(at.line, line, "{all:#?}");
    well_worded(&said.findings[0]).expect("it is worded as faults are");
}

#[test]
fn files_that_are_too_large_are_not_read() {
    let mut manifest = format!("{HEAD}# ").into_bytes();
    manifest.resize(1 << 20, b'x');
    assert_eq!(said_of_manifest(&manifest, "largest.yaml").findings, []);
    manifest.push(b'x');
    one_fault(&said_of_manifest(&manifest, "large.yaml"), Code::FileTooLarge, 1);
    let terms = |size: usize| format!("terms: []\n#{}", "x".repeat(size - 11));
    assert_eq!(said_of_ruleset(&with("glossary.yaml", terms(8 << 20))).findings, []);
    one_fault(&said_of_ruleset(&with("glossary.yaml", terms((8 << 20) + 1))), Code::FileTooLarge, 1);
}

#[test]
fn values_are_counted() {
    let manifest = format!("{HEAD}from: [\n{}]\n", "x,\n".repeat(100_000));
    one_fault(&said_of_manifest(manifest.as_bytes(), "many.yaml"), Code::TooManyValues, 99_999);
    let terms = format!("terms: [\n{}]\n", "x,\n".repeat(1_000_000));
    one_fault(&said_of_ruleset(&with("glossary.yaml", terms)), Code::TooManyValues, 1_000_001);
}

#[test]
fn things_of_a_ruleset_are_counted() {
    let terms = |count: usize| {
        let mut text = "terms:\n".to_owned();
        for number in 0..count {
            writeln!(text, "- {{ id: t{number}, term: t, meaning: t }}").expect("a string can be written");
        }
        with("glossary.yaml", text)
    };
    assert_eq!(said_of_ruleset(&terms(60_000)).findings, []);
    one_fault(&said_of_ruleset(&terms(60_001)), Code::TooManyItems, 60_002);
}

#[test]
fn a_flood_of_faults_is_cut_once_with_a_count() {
    let slips = |count: usize| format!("{HEAD}data: {{ personal: yes, about: [{}] }}\n", "pigeons, ".repeat(count));
    let said = said_of_manifest(slips(200).as_bytes(), "slips.yaml");
    assert_eq!(said.findings.len(), 200);
    let said = said_of_manifest(slips(5000).as_bytes(), "slips.yaml");
    assert_eq!(said.findings.len(), 201);
    let last = said.findings.last().expect("there are some");
    assert_eq!((last.code(), last.message()), (Code::TooManyFaults, "there are 4800 more faults"));
    assert_eq!(last.place(), None);
    assert!(said.findings.iter().rev().skip(1).all(|finding| finding.code() == Code::UnknownOption));
    well_worded(last).expect("it is worded as faults are");
}

#[test]
fn a_flood_in_the_safety_section_says_nothing_of_it() {
    let manifest = format!("{HEAD}screen: {{ material: [{}] }}\n", "moonlight, ".repeat(5000));
    let said = said_of_manifest(manifest.as_bytes(), "slips.yaml");
    let (last, others) = said.findings.split_last().expect("there are some");
    assert_eq!((last.code(), last.message()), (Code::TooManyFaults, "there are 4800 more faults"));
    assert!(others.iter().all(|finding| finding.hides_source() && !finding.message().contains("moonlight")));
}

#[test]
fn a_flood_in_a_ruleset_is_cut_once_with_a_count() {
    let mut text = "terms:\n".to_owned();
    for number in 0..1000 {
        writeln!(text, "- {{ id: t{number}, term: t, meaning: t, cites: [nothing] }}")
            .expect("a string can be written");
    }
    let said = said_of_ruleset(&with("glossary.yaml", text));
    let last = said.findings.last().expect("there are some");
    assert_eq!((said.findings.len(), last.message()), (201, "there are 800 more faults"));
}

#[test]
fn several_faults_of_a_manifest_come_in_one_run() {
    let manifest = "clearshare: 2
ruleset: base@2026.11
from: { body: councl }
to: { bdy: water-board }
data: { personal: yes, about: [children, none], size: }
handling: { encrypted: [yes, no] }
flows: [{ id: main }]
done: [{ rule: people.ask, on: 2027-01-01, by: Head of Plots, evidence: a }]
waivers: [{ rule: people.ask, reason: No, approved-by: A. Name, expires: soon }]
";
    let expected = [
        (1, Code::UnknownFormat),
        (3, Code::UnknownOption),
        (4, Code::UnknownKey),
        (5, Code::NoneWithOthers),
        (5, Code::NullValue),
        (6, Code::SeveralAnswers),
        (7, Code::DuplicateFlow),
        (8, Code::DoneInFuture),
        (9, Code::WaiverNotAllowed),
        (9, Code::BadDate),
    ];
    assert_eq!(lines(&said_of_manifest(manifest.as_bytes(), "x.yaml")), in_file("x.yaml", &expected));
}

#[test]
fn several_faults_of_a_ruleset_come_in_one_run() {
    let mut files = base_files();
    for (path, old, new) in [
        ("questions.yaml", "type: yes-no", "type: yesno"),
        ("questions.yaml", "options: gateways", "options: gateway"),
        ("derived.yaml", "{ data.personal: no }", "{ data.persnal: no }"),
        ("rules/powers.yaml", "level: could", "level: might"),
        ("rules/powers.yaml", "title: Name a power\n", "titel: Name a power\n"),
        ("sources.yaml", "copy: archived", "copy: lost"),
        ("myths.yaml", "    cites: [good-practice]\n", ""),
    ] {
        let (_, bytes) = files.iter_mut().find(|(other, _)| other == path).expect("it is a file of the base");
        let text = String::from_utf8(bytes.clone()).expect("it is UTF-8");
        assert!(text.contains(old), "{path} has {old}");
        *bytes = text.replacen(old, new, 1).into_bytes();
    }
    let expected: Vec<(String, u32, Code)> = [
        in_file("derived.yaml", &[(7, Code::UnknownFact)]),
        in_file("myths.yaml", &[(3, Code::MissingKey)]),
        in_file("questions.yaml", &[(37, Code::UnknownWord), (71, Code::UnknownList)]),
        in_file("rules/powers.yaml", &[(13, Code::MissingKey), (14, Code::UnknownKey), (36, Code::UnknownWord)]),
        in_file("sources.yaml", &[(4, Code::UnknownWord)]),
    ]
    .concat();
    assert_eq!(lines(&said_of_ruleset(&files)), expected);
}

/// The file, line and code of each fault.
fn lines(said: &Said) -> Vec<(String, u32, Code)> {
    let line = |finding: &clearshare::finding::Finding| {
        let place = finding.place().expect("each has a place");
        let source = said.sources.get(place.file).expect("the file was read");
        (source.name().to_owned(), source.location(place.span.start).line, finding.code())
    };
    said.findings.iter().map(line).collect()
}

fn in_file(file: &str, expected: &[(u32, Code)]) -> Vec<(String, u32, Code)> {
    expected.iter().map(|(line, code)| (file.to_owned(), *line, *code)).collect()
}
