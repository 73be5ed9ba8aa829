//! `clearshare rules diff`: what it writes of one small pair of rulesets for each kind of change.
//!
//! `tests/fixtures/diff/KIND/a` and `/b` hold the files in which each version differs from the ruleset in
//! `tests/fixtures/ruleset/_base/`; a side that is not there is that ruleset itself.

use clearshare::compare::{Comparison, Kind, Verdict, Way, compare};
use clearshare::report::Ink;
use clearshare::report::diff::{DiffReport, Version, json, markdown, text};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;
use serde_json::{Value, json};

use crate::schema::{assert_each_refused, assert_valid};
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Files, base_files, files_in, fixture, names_in};

const WIDE: Ink = Ink { colour: false, plain: false, width: 80 };

/// The files of one side of a fixture.
fn side(kind: &str, side: &str) -> Files {
    let mut files = base_files();
    let folder = fixture(&format!("diff/{kind}/{side}"));
    if folder.is_dir() {
        for (path, bytes) in files_in(&folder) {
            files.retain(|(other, _)| *other != path);
            files.push((path, bytes));
        }
    }
    files.sort();
    files
}

fn ruleset(files: &Files) -> Ruleset {
    match read_ruleset(files) {
        Ok(loaded) => loaded.ruleset,
        Err(faults) => panic!("{:#?}", faults.findings),
    }
}

fn pair(kind: &str) -> (Ruleset, Ruleset) {
    (ruleset(&side(kind, "a")), ruleset(&side(kind, "b")))
}

enum As {
    Text(Ink),
    Verbose,
    Markdown,
    Json,
}

fn written((before, after): &(Ruleset, Ruleset), comparison: &Comparison, how: &As) -> String {
    let report = DiffReport {
        before: Version { ruleset: before, name: "a" },
        after: Version { ruleset: after, name: "b" },
        comparison,
        verbose: matches!(how, As::Verbose),
    };
    let mut out = Vec::new();
    match how {
        As::Text(ink) => text::render(&mut out, &report, false, *ink).unwrap(),
        As::Verbose => text::render(&mut out, &report, false, WIDE).unwrap(),
        As::Markdown => markdown::render(&mut out, &report).unwrap(),
        As::Json => json::render(&mut out, &report).unwrap(),
    }
    String::from_utf8(out).unwrap()
}

/// What each fixture is for: the thing that changed, what became of it, and the ways that are shown.
const EXPECTED: [(&str, Kind, &str, Verdict, &[Way]); 22] = [
    ("both-ways", Kind::Rule, "handling.count", Verdict::BothWays, &[Way::More, Way::Fewer]),
    ("changed", Kind::Rule, "people.advice", Verdict::Changed, &[]),
    ("derived", Kind::Derived, "needs-care", Verdict::Changed, &[Way::Other]),
    ("ended-rule", Kind::Rule, "handling.lock", Verdict::Ended, &[Way::Fewer]),
    ("hostile", Kind::Rule, "handling.count", Verdict::BothWays, &[Way::More, Way::Fewer]),
    ("looser.applies-less", Kind::Rule, "power.reaches", Verdict::Looser, &[Way::Fewer]),
    ("looser.due", Kind::Rule, "handling.encrypt", Verdict::Looser, &[]),
    ("looser.easier-to-meet", Kind::Rule, "handling.encrypt", Verdict::Looser, &[Way::Easier]),
    ("myth", Kind::Myth, "letters-are-safe", Verdict::Changed, &[Way::Fewer]),
    ("new-rule", Kind::Rule, "handling.lock", Verdict::New, &[Way::More]),
    ("option-new", Kind::Option, "from.body: parish", Verdict::New, &[]),
    ("option-opens-otherwise", Kind::Option, "power.gateway: water-act", Verdict::Changed, &[Way::More]),
    ("question-asked-otherwise", Kind::Question, "data.about", Verdict::Changed, &[Way::Fewer]),
    ("question-new", Kind::Question, "handling.carrier", Verdict::New, &[]),
    ("question-new", Kind::Rule, "handling.encrypt", Verdict::Looser, &[Way::Easier]),
    ("renamed", Kind::Rule, "handling.protect", Verdict::New, &[Way::More]),
    ("reworded", Kind::Rule, "handling.encrypt", Verdict::Reworded, &[]),
    ("small", Kind::Ruleset, "base", Verdict::Reworded, &[]),
    ("source", Kind::Source, "plots-act-s3", Verdict::Reworded, &[]),
    ("stricter.applies-more", Kind::Rule, "handling.count", Verdict::Stricter, &[Way::More]),
    ("stricter.harder-to-meet", Kind::Rule, "handling.encrypt", Verdict::Stricter, &[Way::Harder]),
    ("stricter.level", Kind::Rule, "people.children", Verdict::Stricter, &[]),
];

#[test]
fn only_a_rule_of_the_same_effect_is_taken_for_another_name() {
    let renamed = |files: &Files| -> Vec<(String, String)> {
        let (before, after) = (ruleset(&side("renamed", "a")), ruleset(files));
        let comparison = compare(&before, &after).unwrap();
        comparison.renamed.iter().map(|pair| (pair.before.clone(), pair.after.clone())).collect()
    };
    let after = side("renamed", "b");
    assert_eq!(renamed(&after), [("handling.encrypt".to_owned(), "handling.protect".to_owned())]);
    let mut other = after.clone();
    for (_, bytes) in &mut other {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replace("when: { data.size: many, not:", "when: { data.size: few, not:").into_bytes();
    }
    assert_ne!(other, after);
    assert_eq!(renamed(&other), []);
}

#[test]
fn each_kind_of_change_is_told_as_what_it_is() {
    let fixtures = names_in(&fixture("diff"));
    for name in &fixtures {
        assert!(EXPECTED.iter().any(|(kind, ..)| kind == name), "nothing is expected of {name}");
    }
    for (name, kind, id, verdict, ways) in EXPECTED {
        let (before, after) = pair(name);
        let comparison = compare(&before, &after).unwrap();
        let change = comparison.of(kind).find(|change| change.id == id).unwrap_or_else(|| panic!("{name}: no {id}"));
        assert_eq!(change.verdict, verdict, "{name}: {id}");
        assert_eq!(change.shifts.iter().map(|shift| shift.way).collect::<Vec<_>>(), ways, "{name}: {id}");
        let in_effect = !matches!(name, "reworded" | "small" | "source");
        assert_eq!(comparison.changes_effect(), in_effect, "{name}");
    }
}

#[test]
fn each_kind_of_change_is_written() {
    for name in names_in(&fixture("diff")) {
        let pair = pair(&name);
        let comparison = compare(&pair.0, &pair.1).unwrap();
        assert_snapshot(&format!("diff/{name}.txt"), &written(&pair, &comparison, &As::Text(WIDE)));
    }
}

#[test]
fn every_format_and_look_is_written() {
    let pair = pair("question-new");
    let comparison = compare(&pair.0, &pair.1).unwrap();
    let looks = [
        ("look-40.txt", As::Text(Ink { width: 40, ..WIDE })),
        ("look-plain.txt", As::Text(Ink { plain: true, ..WIDE })),
        ("look-colour.txt", As::Text(Ink { colour: true, ..WIDE })),
        ("look-verbose.txt", As::Verbose),
        ("format.md", As::Markdown),
        ("format.json", As::Json),
    ];
    for (name, how) in looks {
        assert_snapshot(&format!("diff/{name}"), &written(&pair, &comparison, &how));
    }
}

#[test]
fn a_narrow_page_is_no_wider_and_plain_has_no_symbols() {
    for name in names_in(&fixture("diff")) {
        let pair = pair(&name);
        let comparison = compare(&pair.0, &pair.1).unwrap();
        let narrow = written(&pair, &comparison, &As::Text(Ink { width: 40, ..WIDE }));
        for line in narrow.lines() {
            assert!(line.chars().count() <= 40, "{name}: {line:?}");
        }
        let plain = written(&pair, &comparison, &As::Text(Ink { plain: true, ..WIDE }));
        assert!(!plain.contains(['✗', '○', '•', '\u{1b}']), "{name}");
    }
}

#[test]
fn nothing_in_a_ruleset_is_markup_or_acts_on_a_terminal() {
    let pair = pair("hostile");
    let comparison = compare(&pair.0, &pair.1).unwrap();
    let page = written(&pair, &comparison, &As::Markdown);
    assert_snapshot("diff/hostile.md", &page);
    for found in ["<img", "</details>", "](", "@team", " #1", "`code`", "| <", "https://"] {
        assert!(!page.contains(found), "{found} in {page}");
    }
    for how in [As::Markdown, As::Json, As::Verbose] {
        let page = written(&pair, &comparison, &how);
        assert!(!page.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{page}");
    }
}

fn schema() -> Value {
    crate::schema::schema("diff-1")
}

#[test]
fn the_json_has_the_shape_of_its_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
    let mut last = Value::Null;
    for name in names_in(&fixture("diff")) {
        let pair = pair(&name);
        let comparison = compare(&pair.0, &pair.1).unwrap();
        let document: Value = serde_json::from_str(&written(&pair, &comparison, &As::Json)).unwrap();
        assert_valid(&schema(), &document);
        if name == "both-ways" {
            last = document;
        }
    }
    let wrong = [
        ("/format", json!("clearshare-diff/2")),
        ("/extra", json!(1)),
        ("/changes/0/kind", json!("law")),
        ("/changes/0/verdict", json!("same")),
        ("/changes/0/extra", json!(1)),
        ("/changes/0/shifts/0/way", json!("sideways")),
        ("/changes/0/shifts/0/witness/before/manifest", json!(1)),
        ("/before/status", json!("final")),
    ];
    assert_each_refused(&schema(), &last, &wrong);
}

/// The manifests of a witness are what `check` runs, and it says of the rule what the comparison says.
#[test]
fn witnesses_can_be_checked_against_either_version() {
    let mut checked = 0;
    for name in names_in(&fixture("diff")) {
        let pair = pair(&name);
        let comparison = compare(&pair.0, &pair.1).unwrap();
        let document: Value = serde_json::from_str(&written(&pair, &comparison, &As::Json)).unwrap();
        for change in document["changes"].as_array().unwrap().iter().filter(|change| change["kind"] == "rule") {
            for shift in change["shifts"].as_array().unwrap() {
                for version in ["before", "after"] {
                    let said = &shift["witness"][version];
                    let Some(manifest) = said["manifest"].as_str() else { continue };
                    let folder = if version == "before" { "a" } else { "b" };
                    let output = Clearshare::new("check")
                        .ruleset("rules", &side(&name, folder))
                        .file("share.yaml", manifest)
                        .args(["share.yaml", "--rules", "rules", "--as-of", "2026-11-22", "--format", "json"])
                        .run();
                    assert_ne!(output.status, 2, "{name}: {}{}", output.stdout, output.stderr);
                    let advice: Value = serde_json::from_str(&output.stdout).unwrap();
                    let result = &advice["results"][0];
                    assert_eq!(result["outcome"], said["outcome"], "{name}: {manifest}");
                    let rules = result["flows"][0]["rules"].as_array().unwrap();
                    let rule = rules.iter().find(|rule| rule["id"] == change["id"]);
                    assert_eq!(rule.map(|rule| &rule["status"]), said.get("state"), "{name}: {manifest}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 15, "only {checked} were checked");
}

/// What the first version offers is all that counts for it: a body that only the second knows needs no answer there.
#[test]
fn a_witness_names_nothing_for_the_sake_of_options_that_a_version_lacks() {
    let with = |when: &str, body: &str| {
        let mut files = base_files();
        for (path, bytes) in &mut files {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let text = match path.as_str() {
                "rules/powers.yaml" => text.replace(
                    "when: { data.size: many }\n    because: Counting",
                    &format!("when: {when}\n    because: Counting"),
                ),
                "options/bodies.yaml" => text + body,
                _ => text,
            };
            *bytes = text.into_bytes();
        }
        ruleset(&files)
    };
    let before = with("{ from.body: [council, water-board, society], data.size: many }", "");
    let after = with("{ data.size: few }", "  - { id: parish, label: The parish }\n");
    let comparison = compare(&before, &after).unwrap();
    let change = comparison.of(Kind::Rule).find(|change| change.id == "handling.count").unwrap();
    let fewer = change.shifts.iter().find(|shift| shift.way == Way::Fewer).unwrap();
    let facts = fewer.witness.as_ref().unwrap().before.as_ref().unwrap();
    let answered: Vec<&str> = facts.iter().map(|(ix, _)| before.questions().get(ix).unwrap().id.as_str()).collect();
    assert_eq!(answered, ["data.size"]);
}

#[test]
fn the_exit_status_says_whether_anything_changes_in_effect() {
    let run = |kind: &str, more: &[&str]| {
        let run = Clearshare::new("rules").ruleset("a", &side(kind, "a")).ruleset("b", &side(kind, "b"));
        run.args(["diff", "./a", "./b"]).args(more).run()
    };
    assert_eq!(run("reworded", &[]).status, 0);
    assert_eq!(run("stricter.level", &[]).status, 1);
    let same = Clearshare::new("rules").ruleset("a", &base_files()).args(["diff", "./a", "./a"]).run();
    assert_eq!(same.status, 0, "{}", same.stderr);
    assert!(same.stdout.contains("Nothing changes in effect"), "{}", same.stdout);
    let missing = run("reworded", &["--output", "no/such/folder/x.md"]);
    assert_eq!((missing.status, missing.stdout.as_str()), (2, ""));
    let gone = Clearshare::new("rules").ruleset("a", &base_files()).args(["diff", "./a", "./b"]).run();
    assert_eq!(gone.status, 2);
    // It supersedes a version that is not inside the program.
    let alone = Clearshare::new("rules").ruleset("a", &base_files()).args(["diff", "./a"]).run();
    assert_eq!((alone.status, alone.stdout.as_str()), (2, ""));
    assert!(alone.stderr.contains("`base`"), "{}", alone.stderr);
}
