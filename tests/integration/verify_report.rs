//! What is shown of a verification, and how sources are judged at their edges.

use clearshare::finding::{Code, Finding};
use clearshare::model::Facts;
use clearshare::report::verify::{Verdict, VerifyReport, json, text};
use clearshare::report::{Detail, Ink};
use clearshare::rulefile::Loaded;
use clearshare::verify::{Observation, Property, Tally, Verification, verify};
use serde_json::Value;

use crate::faults::as_of;
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Files};
use crate::verify::{base, loaded, read_fixture, report};

const PLAIN: Ink = Ink { colour: false, plain: true, width: 80 };

fn shown(report: &VerifyReport<'_>, detail: Detail) -> String {
    let mut bytes = Vec::new();
    text::render(&mut bytes, report, detail, PLAIN).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn observation(code: Code, witness: Option<Facts>, smallest: bool) -> Observation {
    let finding = Finding::new(code, "something is so").help("do something");
    Observation { property: Property::Barred, finding, witness, smallest }
}

/// A verification that observed these and states ten more that hold.
fn with(observations: Vec<Observation>) -> Verification {
    let tally = Tally { property: Property::Barred, stated: 10 + observations.len(), proved: 10 };
    Verification { observations, tallies: vec![tally] }
}

fn last(text: &str) -> String {
    text.lines().last().unwrap().to_owned()
}

#[test]
fn a_budget_that_ran_out_is_never_a_proof() {
    let loaded = loaded(&base());
    let open = with(vec![observation(Code::NotProved, None, false)]);
    let report = report(&loaded, &open);
    assert_eq!(report.verdict(), Verdict::NotProved);
    let text = shown(&report, Detail::Normal);
    assert!(text.contains("Barred: 1 not proved; 10 of 11 statements proved\n"), "{text}");
    assert!(text.contains("not proved[not-proved]: something is so\n"), "{text}");
    assert_eq!(last(&text), "Not proved: 1 statement left open by the budget. 10 of 11 statements are proved.");
    let mut bytes = Vec::new();
    json::render(&mut bytes, &[report]).unwrap();
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!((&document["failed"], &document["results"][0]["verdict"]), (&true.into(), &"not-proved".into()));
    assert_eq!(document["results"][0]["observations"][0]["severity"], "not-proved");
}

#[test]
fn what_is_wrong_counts_more_than_what_is_open() {
    let loaded = loaded(&base());
    let codes = [Code::NotProved, Code::RuleNeverApplies, Code::RedundantTest, Code::RedundantTest];
    let mixed = with(codes.into_iter().map(|code| observation(code, None, false)).collect());
    let report = report(&loaded, &mixed);
    assert_eq!(report.verdict(), Verdict::Found);
    let text = shown(&report, Detail::Normal);
    let heading = "Barred: 1 finding; 1 not proved; 2 pieces of advice; 10 of 14 statements proved";
    assert!(text.contains(&format!("{heading}\n")), "{text}");
    assert!(text.contains("Advice: 2 redundant-test."), "{text}");
    assert!(text.ends_with("proved.\n") && !text.contains("\nProved: "), "{text}");
    let line = shown(&report, Detail::Quiet);
    assert_eq!(
        line,
        "plots@2026.11: Found: 1 finding and 1 statement left open by the budget. 10 of 14 statements are proved.\n"
    );
}

#[test]
fn a_witness_says_whether_it_is_smallest() {
    let loaded = loaded(&base());
    let unguarded = self::loaded(&read_fixture("unguarded-negation").files);
    let found = verify(&unguarded.ruleset, as_of());
    let facts = found.observations.first().and_then(|seen| seen.witness.clone()).unwrap();
    let text = |witness: Facts, smallest| {
        let one = with(vec![observation(Code::StopCannotBeLeft, Some(witness), smallest)]);
        shown(&report(&loaded, &one), Detail::Normal)
    };
    assert!(text(facts.clone(), true).contains("None with fewer answers does:\n"));
    assert!(text(facts, false).contains("One with fewer answers may show it too:\n"));
    let every = text(Facts::default(), true);
    assert!(every.contains("Every exchange shows it, even one without an answer:\n\nclearshare: 1\n"), "{every}");
}

/// A folder's name reaches a shell as one word, and a terminal without its control characters.
#[test]
fn the_command_can_be_copied_whatever_the_folder_is_called() {
    let loaded = loaded(&base());
    let one = with(vec![observation(Code::StopCannotBeLeft, Some(Facts::default()), true)]);
    for (folder, written) in [
        ("rules/plots", "--rules rules/plots "),
        ("my rules", "--rules 'my rules' "),
        ("it's; rm -rf", r"--rules 'it'\''s; rm -rf' "),
        ("a\u{1b}[31m", r"--rules 'a\x1b[31m' "),
        ("", "--rules '' "),
    ] {
        let text = shown(&VerifyReport { folder: Some(folder), ..report(&loaded, &one) }, Detail::Normal);
        assert!(text.contains(&format!("clearshare check --verbose {written}witness.yaml\n")), "{text}");
    }
    let text = shown(&report(&loaded, &one), Detail::Normal);
    assert!(text.contains("clearshare check --verbose witness.yaml\n"), "{text}");
}

/// The base with one text of its sources replaced, and one of its rules.
fn changed(edits: &[(&str, &str, &str)]) -> Loaded {
    let mut files: Files = base();
    for (path, old, new) in edits {
        let (_, bytes) = files.iter_mut().find(|(other, _)| other == path).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old}");
        *bytes = text.replace(old, new).into_bytes();
    }
    loaded(&files)
}

fn cited(loaded: &Loaded, as_of: clearshare::model::Date) -> Vec<Code> {
    let found = verify(&loaded.ruleset, as_of).observations;
    found.iter().filter(|seen| seen.property == Property::Cited).map(|seen| seen.finding.code()).collect()
}

#[test]
fn sources_are_judged_to_the_day() {
    let plain = changed(&[]);
    // Read on 20 November 2026, and to be read every six months; the law is as at 22 November.
    for (day, codes) in [
        ("2026-11-19", vec![Code::ReadInFuture; 4]),
        ("2026-11-20", vec![]),
        ("2027-05-20", vec![]),
        ("2027-05-21", vec![Code::StaleSource; 4]),
    ] {
        assert_eq!(cited(&plain, clearshare::model::date(day).unwrap()), codes, "{day}");
    }
    let in_force = |day: &str| {
        let from = format!("in-force: {day}");
        cited(&changed(&[("sources.yaml", "in-force: 1996-04-01", &from)]), as_of())
    };
    assert_eq!(in_force("2026-11-22"), []);
    // Two rules and an option rest on it.
    assert_eq!(in_force("2026-11-23"), [Code::SourceNotInForce; 3]);
    assert_eq!(in_force("not-appointed"), [Code::SourceNotInForce; 3]);
}

#[test]
fn what_is_upcoming_agrees_with_its_source() {
    let upcoming = |from: &str, stated: &str| {
        let rule = format!("when: {{ care: special }}\n    upcoming: {{ from: {from}, cites: [water-act] }}");
        let source = (
            "sources.yaml",
            "confidence: high }\n  - { id: good",
            format!("confidence: high{stated} }}\n  - {{ id: good"),
        );
        let option = ("options/gateways.yaml", "cites: [water-act]", "cites: [people-act]");
        let edits =
            [("rules/people.yaml", "when: { care: special }", rule.as_str()), (source.0, source.1, &source.2), option];
        cited(&changed(&edits), as_of())
    };
    assert_eq!(upcoming("2027-04-01", ", in-force: 2027-04-01"), []);
    assert_eq!(upcoming("not-appointed", ", in-force: not-appointed"), []);
    for (from, stated) in [
        ("2027-04-01", ""),
        ("2027-04-01", ", in-force: 2027-04-02"),
        ("2027-04-01", ", in-force: 2026-01-01"),
        ("2027-04-01", ", in-force: not-appointed"),
        ("not-appointed", ", in-force: 2027-04-01"),
        ("not-appointed", ""),
    ] {
        assert_eq!(upcoming(from, stated), [Code::SourceNotInForce], "{from} and {stated:?}");
    }
}

/// Only duties and prohibitions need sources that are sure and were read; one that was read is enough.
#[test]
fn sources_bear_what_rests_on_them() {
    let unread = |id: &str| format!("{id}\", read: {{ on: 2026-11-20, copy: not-read }}");
    let read = |id: &str| format!("{id}\", read: {{ on: 2026-11-20, copy: live }}");
    let all = |ids: &[&str]| {
        let edits: Vec<(String, String)> = ids.iter().map(|id| (read(id), unread(id))).collect();
        let edits: Vec<_> = edits.iter().map(|(old, new)| ("sources.yaml", old.as_str(), new.as_str())).collect();
        cited(&changed(&edits), as_of())
    };
    assert_eq!(all(&["practice"]), []);
    assert_eq!(all(&["plots"]), [Code::UnreadSource; 2]);
    assert_eq!(all(&["plots", "practice", "water"]), [Code::UnreadSource; 2]);
    let beside = changed(&[(
        "rules/powers.yaml",
        "when: { power.gateway: water-act }\n    because: It likes to know.\n    steps:\n      - { do: Write, who: team }\n    cites: [good-practice]",
        "when: { power.gateway: water-act }\n    because: It likes to know.\n    steps:\n      - { do: Write, who: team }\n    cites: [good-practice, plots-act]",
    )]);
    assert_eq!(cited(&beside, as_of()), []);
}

#[test]
fn the_report_looks_as_it_should() {
    let files = read_fixture("must-trips-must-not").files;
    for (name, columns, look) in [("80", "80", &[][..]), ("40", "40", &[]), ("plain", "80", &["--plain"])] {
        let clearshare = Clearshare::new("rules").ruleset("plots", &files).env("COLUMNS", columns);
        let output = clearshare.args(["verify", "plots", "--as-of", "2026-11-22"]).args(look).run();
        assert_snapshot(&format!("verify/must-trips-must-not-{name}.txt"), &output.stdout);
    }
}
