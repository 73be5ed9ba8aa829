//! `clearshare upgrade`: what another version of its ruleset says of a manifest, and the new pin. And what `check` says of a
//! ruleset that is old.

use clearshare::bundled;
use clearshare::manifest::{Unamendable, repin};

use serde_json::{Value, json};

use crate::schema::{assert_each_refused, documentation, each_member, schema};
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Files, Output, base_files, has};

/// A manifest for the small ruleset, in somebody's own way of writing.
const MANIFEST: &str = "# Plot numbers
clearshare: 1
ruleset: \"base@2026.11\"   # looked at in spring
handling: { encrypted: yes }   # since 2020
from: { body: council }

to: { body: 'water-board' }
screen: { material: none }
data:
  size: many
  about:   # who it is about
  - plot-holders
  - children
  personal: yes
power: { gateway: water-act }
";

/// The small ruleset, one version on, with changes: a file, what stands there, and what is put in its place.
pub(crate) fn next(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = base_files();
    // They name rules.
    files.retain(|(path, _)| !path.starts_with("cases/"));
    let version = ("ruleset.yaml", "version: \"2026.11\"", "version: \"2026.12\"");
    for (path, old, new) in changes.iter().chain([&version]) {
        let (_, bytes) = files.iter_mut().find(|(name, _)| name == path).expect("there is such a file");
        let text = String::from_utf8(bytes.clone()).expect("it is UTF-8");
        assert_eq!(text.matches(old).count(), 1, "{old}");
        *bytes = text.replace(old, new).into_bytes();
    }
    files
}

/// One run on a manifest, and what the file holds then.
fn upgraded(manifest: &str, changes: &[(&str, &str, &str)], args: &[&str]) -> (Output, String) {
    let run = Clearshare::new("upgrade").file("m.yaml", manifest).ruleset("old", &base_files());
    let run = run.ruleset("new", &next(changes)).args(["m.yaml", "--pinned", "old", "--rules", "new"]);
    let (output, folder) = run.args(["--as-of", "2026-12-01"]).args(args).run_and_keep();
    let text = std::fs::read_to_string(folder.path().join("m.yaml")).expect("the manifest is there");
    (output, text)
}

const LABEL: (&str, &str, &str) = ("rules/powers.yaml", "because: Counting finds mistakes.", "because: It helps.");

#[test]
fn where_nothing_differs_it_says_so_and_changes_the_pin_alone() {
    let (output, text) = upgraded(MANIFEST, &[LABEL], &[]);
    assert_eq!((output.status, text.as_str()), (0, MANIFEST), "{output:?}");
    has(&output.stdout, &["From base@2026.11 to base@2026.12", "Nothing comes out differently for these answers."]);
    let (output, text) = upgraded(MANIFEST, &[LABEL], &["--write"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert_eq!(text, MANIFEST.replace("\"base@2026.11\"", "base@2026.12"));
    has(&output.stdout, &["The manifest now pins base@2026.12."]);
}

#[test]
fn a_rule_that_binds_otherwise_says_what_changed_and_what_says_so() {
    let level = ("rules/people.yaml", "level: should\n    basis: policy", "level: must\n    basis: policy");
    let (output, text) = upgraded(MANIFEST, &[level], &["--write"]);
    assert_eq!(output.status, 1, "{output:?}");
    has(
        &output.stdout,
        &[
            "people.children (must, policy): Leave children out As before, it is outstanding. How far it binds has changed.",
            "Level: was should, is now must (stricter).",
            "Source: ",
            "Read on 20",
        ],
    );
    assert_eq!(text, MANIFEST.replace("\"base@2026.11\"", "base@2026.12"));
}

#[test]
fn a_status_that_differs_says_which_condition_changed() {
    let met = ("rules/powers.yaml", "met-when: { handling.encrypted: yes }", "met-when: { handling.encrypted: no }");
    let (output, _) = upgraded(MANIFEST, &[met], &[]);
    assert_eq!(output.status, 1);
    has(
        &output.stdout,
        &[
            "handling.encrypt (must, policy): Encrypt it It was met. Now it is outstanding.",
            "When it is met: was \"{ handling.encrypted: yes }\", is now \"{ handling.encrypted: no }\".",
        ],
    );
}

#[test]
fn new_and_ended_rules_are_told_where_they_are_outstanding() {
    let renamed = ("rules/powers.yaml", "- id: handling.count\n", "- id: handling.tally\n");
    let (output, _) = upgraded(MANIFEST, &[renamed], &[]);
    has(
        &output.stdout,
        &[
            "handling.tally (could, guidance)",
            "It is new, and it is outstanding.",
            "It is no longer a rule. It was outstanding.",
        ],
    );
    has(&output.stdout, &["It may go on as handling.tally"]);
    let few = MANIFEST.replace("size: many", "size: few");
    let (output, _) = upgraded(&few, &[renamed], &[]);
    assert_eq!(output.status, 0, "{}", output.stdout);
}

/// A new choice is never taken for one that was not chosen.
#[test]
fn new_choices_are_not_known_until_the_answer_is_confirmed() {
    let more = (
        "questions.yaml",
        "- { id: neighbours,",
        "- { id: elders, label: Elders, tags: [vulnerable] }\n          - { id: neighbours,",
    );
    let few = MANIFEST.replace("  - children\n", "").replace("size: many", "size: few");
    let (output, text) = upgraded(&few, &[more], &["--write"]);
    assert_eq!((output.status, text.as_str()), (2, few.as_str()), "{output:?}");
    has(&output.stdout, &["Answers to look at again", "data.about: Who is it about?", "elders: Elders"]);
    has(&output.stdout, &["people.advice (should, guidance)", "It did not apply. It depends on data.about."]);
    has(&output.stdout, &["It is now: ? INCOMPLETE"]);
    has(&output.stderr, &["error[cannot-upgrade]", "--confirm data.about", "Nothing was changed"]);
    let (output, text) = upgraded(&few, &[more], &["--write", "--confirm", "data.about"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert_eq!(text, few.replace("\"base@2026.11\"", "base@2026.12"));
    let (output, _) = upgraded(&few, &[more], &["--confirm", "data.abuot"]);
    assert_eq!(output.status, 2);
    has(&output.stderr, &["did you mean `data.about`?"]);
    // What says of itself that more is not known stays so, and needs no confirmation.
    let open = few.replace("  - plot-holders\n", "  - plot-holders\n  - unknown\n");
    let (output, text) = upgraded(&open, &[more], &["--write"]);
    assert_eq!((output.status, text), (0, open.replace("\"base@2026.11\"", "base@2026.12")), "{output:?}");
}

#[test]
fn what_has_no_meaning_there_is_never_dropped() {
    let gone = ("questions.yaml", "          - { id: neighbours, label: Neighbours, cites: [people-act] }\n", "");
    let manifest = MANIFEST.replace("  - children\n", "  - neighbours\n");
    let (output, text) = upgraded(&manifest, &[gone], &["--write"]);
    assert_eq!((output.status, text.as_str()), (2, manifest.as_str()), "{output:?}");
    has(&output.stdout, &["What has no meaning there", "m.yaml:13:5: "]);
    has(&output.stderr, &["error[unknown-option]", "m.yaml:13:5", "error[cannot-upgrade]", "Nothing was changed"]);
    let moot = ("questions.yaml", "only-if: { data.personal: yes }", "only-if: { data.personal: no }");
    let (output, text) = upgraded(MANIFEST, &[moot], &["--write"]);
    assert_eq!((output.status, text.as_str()), (2, MANIFEST), "{output:?}");
    has(&output.stderr, &["error[answer-does-not-arise]", "error[cannot-upgrade]"]);
}

#[test]
fn what_is_recorded_for_a_rule_that_changed_is_to_be_looked_at() {
    let done = "done:\n  - { rule: people.advice, on: 2026-11-20, by: A. Name, evidence: note.md }\n";
    let manifest = format!("{MANIFEST}{done}");
    let steps = ("rules/people.yaml", "- { do: Ask, who: team }", "- { do: Ask in writing, who: team }");
    let (output, _) = upgraded(&manifest, &[steps], &[]);
    assert_eq!(output.status, 1, "{output:?}");
    has(&output.stdout, &["Records to look at again", "people.advice", "Worded differently: the steps."]);
    let (output, _) = upgraded(&manifest, &[LABEL], &[]);
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn of_the_safety_screen_it_says_only_what_to_do() {
    let sealed = MANIFEST.replace("material: none", "material: sealed");
    let (output, text) = upgraded(&sealed, &[LABEL], &["--write"]);
    assert_eq!((output.status, text.as_str(), output.stderr.as_str()), (1, sealed.as_str(), ""));
    has(&output.stdout, &["Speak to the security team"]);
    assert!(!output.stdout.contains("ealed") && !output.stdout.contains("Plot"), "{}", output.stdout);
    // A new choice there is not known: nothing is written, and nothing else is said of the answer.
    let more = ("questions.yaml", "- { id: sealed,", "- { id: secret, label: Secret }\n          - { id: sealed,");
    let (output, text) = upgraded(MANIFEST, &[more], &["--write"]);
    assert_eq!((output.status, text.as_str()), (2, MANIFEST));
    has(&output.stdout, &["screen.material: Is any of it one of these? • secret: Secret", "--confirm screen.material"]);
    // What ends the questions there and did not here ends them.
    let screen = ("rules/before.yaml", "when: { screen.material: { some: yes } }", "when: { screen.material: none }");
    let (output, text) = upgraded(MANIFEST, &[screen], &["--write"]);
    assert_eq!((output.status, text.as_str()), (1, MANIFEST));
    assert!(output.stdout.contains("REFER") && !output.stdout.contains("Outcome"), "{}", output.stdout);
    // So it is where there is a new choice besides: the answer as it was given ends them.
    let (both, text) = upgraded(MANIFEST, &[more, screen], &["--write"]);
    assert_eq!((both.stdout, text.as_str()), (output.stdout, MANIFEST));
}

#[test]
fn other_rulesets_and_other_inputs_are_refused() {
    let other = ("ruleset.yaml", "id: base", "id: other");
    let (output, _) = upgraded(MANIFEST, &[other], &[]);
    assert_eq!(output.status, 2);
    has(&output.stderr, &["error[other-ruleset]: other@2026.12 is another ruleset than base@2026.11"]);
    let (output, _) = upgraded(&MANIFEST.replace("ruleset: \"base@2026.11\"", ""), &[LABEL], &[]);
    assert_eq!(output.status, 2);
    has(&output.stderr, &["error[not-pinned]"]);
    let stdin = Clearshare::new("upgrade").args(["-", "--write"]).input(MANIFEST).run();
    assert_eq!(stdin.status, 2);
    has(&stdin.stderr, &["error[cannot-write]"]);
    let aliased = MANIFEST.replace("- children", "- &c children");
    let (output, text) = upgraded(&aliased, &[LABEL], &["--write"]);
    assert_eq!((output.status, text), (2, aliased), "{output:?}");
    has(&output.stderr, &["error[cannot-upgrade]", "an anchor"]);
}

/// The manifest of an example, for the version before the newest.
fn example() -> String {
    let text = include_str!("../../examples/hmrc-to-department-on-mou.yaml");
    text.replace("uk-border@2026.11", "uk-border@2025.05")
}

#[test]
fn an_older_manifest_is_taken_to_the_newest_ruleset_inside() {
    let text = example();
    let run = |args: &[&str]| {
        let run = Clearshare::new("upgrade").file("m.yaml", &text).args(["m.yaml", "--as-of", "2026-11-22"]);
        let (output, folder) = run.args(args).run_and_keep();
        (output, std::fs::read_to_string(folder.path().join("m.yaml")).unwrap())
    };
    let (output, kept) = run(&["--plain", "--write"]);
    assert_eq!((output.status, kept), (2, text.clone()));
    has(&output.stdout, &["From uk-border@2025.05 to uk-border@2026.11", "It was: STOP", "It is now: INCOMPLETE"]);
    has(&output.stderr, &["--confirm basis.sender --confirm power.gateway"]);
    let (output, kept) = run(&["--write", "--confirm", "power.gateway", "--confirm", "basis.sender", "--to", "latest"]);
    assert_eq!(output.status, 1, "{output:?}");
    assert_eq!(kept, text.replace("uk-border@2025.05", "uk-border@2026.11"));
    has(
        &output.stdout,
        &[
            "As it was: ✗ STOP",
            "standards.register (must, policy)",
            "Level: was should, is now must (stricter).",
            "In force from 2026-04-16.",
        ],
    );
    assert!(!output.stdout.contains("Answers to look at again"), "{}", output.stdout);
    let newest = include_str!("../../examples/hmrc-to-department-on-mou.yaml");
    let output = Clearshare::new("upgrade").args(["-", "--as-of", "2026-11-22"]).input(newest).run();
    assert_eq!(output.status, 0, "{output:?}");
    has(&output.stdout, &["The manifest pins uk-border@2026.11 already: there is nothing to change."]);
}

#[test]
fn only_the_pin_is_changed() {
    let ruleset = bundled::newest("uk-border").unwrap().load().unwrap();
    for (pin, new) in [("uk-border@2025.05", "uk-border@2026.11"), ("'uk-border@2025.05'", "uk-border@2026.11")] {
        let text =
            format!("\u{feff}# top\r\nfrom: {{ body: hmrc }}   # us\r\nruleset:   {pin} # pin\r\nclearshare: 1\r\n");
        assert_eq!(repin(&text, &ruleset), Ok(text.replace(pin, new)));
    }
    let pinned = "clearshare: 1\nruleset: uk-border@2026.11\n";
    assert_eq!(repin(pinned, &ruleset).as_deref(), Ok(pinned));
    let faulty = "clearshare: 1\nruleset: uk-border@2025.05\nfrom: { body: nobody }\n";
    assert!(matches!(repin(faulty, &ruleset), Err(Unamendable::Faulty(..))));
    assert!(matches!(repin("- 1\n", &ruleset), Err(Unamendable::Shape(_))));
}

fn checked(as_of: &str, args: &[&str]) -> Output {
    Clearshare::new("check").args(["-", "--as-of", as_of]).args(args).input(example()).run()
}

#[test]
fn check_names_what_says_what_would_change_and_takes_the_latest() {
    let old = checked("2026-11-22", &[]);
    has(
        &old.stdout,
        &["A newer ruleset is here: uk-border@2026.11.", "`clearshare upgrade FILE` says what would change."],
    );
    let new = checked("2026-11-22", &["--ruleset", "latest"]);
    has(&new.stdout, &["Advice from uk-border@2026.11, as at 2026-11-22"]);
    assert!(!new.stdout.contains("A newer ruleset"), "{}", new.stdout);
    let other = example().replace("uk-border@2025.05", "nowhere@2025.05");
    let other = Clearshare::new("check").args(["-", "--ruleset", "latest"]).input(other).run();
    assert_eq!(other.status, 2);
    has(&other.stderr, &["there is no ruleset `nowhere` in this clearshare"]);
}

#[test]
fn every_format_says_that_a_ruleset_is_past_its_review() {
    let due = "uk-border@2026.11 was due to be reviewed by 2027-05-22";
    for format in ["text", "json"] {
        let args = ["--ruleset", "latest", "--format", format];
        let (on_the_day, after) = (checked("2027-05-22", &args), checked("2027-05-23", &args));
        assert!(!on_the_day.stdout.contains("due to be reviewed"), "{}", on_the_day.stdout);
        has(&after.stdout, &[due, "was read on 2026-11-22: look for a newer version."]);
    }
}

/// A version with a bit of everything: a rule that binds otherwise, one under a new name, a new choice, another source, and an
/// option that is gone.
const EVERYTHING: [(&str, &str, &str); 5] = [
    ("rules/people.yaml", "level: should\n    basis: policy", "level: must\n    basis: policy"),
    ("rules/powers.yaml", "- id: handling.count\n", "- id: handling.tally\n"),
    ("rules/powers.yaml", "met-when: { handling.encrypted: yes }", "met-when: { handling.encrypted: no }"),
    (
        "questions.yaml",
        "          - { id: neighbours, label: Neighbours, cites: [people-act] }\n",
        "          - { id: elders, label: Elders, tags: [vulnerable] }\n",
    ),
    ("sources.yaml", "https://policy.example/security", "https://policy.example/security/2"),
];

#[test]
fn whole_pages_are_as_they_were_looked_at() {
    for (name, columns, args) in [
        ("upgrade/wide.txt", "100", &[][..]),
        ("upgrade/narrow.txt", "40", &[]),
        ("upgrade/plain.txt", "40", &["--plain"]),
        ("upgrade/confirmed.txt", "60", &["--confirm", "data.about"]),
    ] {
        let run = Clearshare::new("upgrade").file("m.yaml", MANIFEST).ruleset("old", &base_files());
        let run = run.ruleset("new", &next(&EVERYTHING)).args(["m.yaml", "--pinned", "old", "--rules", "new"]);
        let output = run.env("COLUMNS", columns).args(["--as-of", "2026-12-01"]).args(args).run();
        assert_eq!((output.status, output.stderr.as_str()), (1, ""), "{name}");
        let columns: usize = columns.parse().unwrap();
        for line in output.stdout.lines().filter(|line| !line.contains("https://")) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= columns, "{name}: {line}");
        }
        assert!(!output.stdout.contains('\x1b'), "{name}");
        assert_snapshot(name, &output.stdout);
    }
}

/// How to go on is said where that is possible, and fits what is left to do.
#[test]
fn what_comes_next_is_said_where_it_can_be_done() {
    let more =
        ("questions.yaml", "- { id: neighbours,", "- { id: elders, label: Elders }\n          - { id: neighbours,");
    let gone = ("questions.yaml", "          - { id: neighbours, label: Neighbours, cites: [people-act] }\n", "");
    let (open, _) = upgraded(MANIFEST, &[more], &[]);
    has(&open.stdout, &["If your answers stand, add `--write --confirm data.about` to pin base@2026.12."]);
    let (ready, _) = upgraded(MANIFEST, &[LABEL], &[]);
    has(&ready.stdout, &["Nothing was changed. Add `--write` to pin base@2026.12."]);
    let (misfit, _) = upgraded(&MANIFEST.replace("- children", "- neighbours"), &[gone], &[]);
    has(&misfit.stdout, &["base@2026.12 can be pinned once nothing is left that has no meaning there."]);
    let (written, _) = upgraded(MANIFEST, &[LABEL], &["--write"]);
    assert!(!written.stdout.contains("Nothing was changed"), "{}", written.stdout);
}

fn document(manifest: &str, changes: &[(&str, &str, &str)], args: &[&str]) -> (Output, Value, String) {
    let (output, text) = upgraded(manifest, changes, &[args, &["--format", "json"]].concat());
    let document = serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    crate::schema::assert_valid(&schema("upgrade-1"), &document);
    (output, document, text)
}

#[test]
fn programs_are_told_what_people_are_told() {
    let (output, document, _) = document(MANIFEST, &EVERYTHING, &[]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""));
    assert_eq!((&document["differs"], &document["written"]), (&json!(true), &json!(false)));
    assert_eq!((&document["before"]["version"], &document["after"]["version"]), (&json!("2026.11"), &json!("2026.12")));
    let flow = &document["flows"][0];
    let rule =
        |id: &str| flow["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == id).unwrap_or(&Value::Null);
    assert_eq!(rule("people.children")["before"]["level"], "should");
    assert_eq!(rule("people.children")["after"]["level"], "must");
    assert_eq!(rule("handling.count")["becomes"], "handling.tally");
    assert!(rule("handling.count").get("after").is_none() && rule("handling.tally").get("before").is_none());
    assert_eq!(flow["again"][0]["new"], json!([{ "id": "elders", "label": "Elders" }]));
    // Everything that is told of the page's rules is among the changes, and what is cited is there to be read.
    let (page, _) = upgraded(MANIFEST, &EVERYTHING, &[]);
    let words = page.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for rule in flow["rules"].as_array().unwrap() {
        assert!(words.contains(&format!("{} (", rule["rule"].as_str().unwrap())), "{rule}");
        for side in ["before", "after"] {
            let cited = rule[side]["sources"].as_array().into_iter().flatten();
            let known = document["sources"][side].as_array().unwrap();
            cited.for_each(|id| assert!(known.iter().any(|source| source["id"] == *id), "{id}"));
        }
    }
    let changed: Vec<&Value> = document["changes"].as_array().unwrap().iter().map(|change| &change["id"]).collect();
    assert!(
        changed.contains(&&json!("people.children")) && changed.contains(&&json!("handling.encrypt")),
        "{changed:?}"
    );
    assert!(!changed.contains(&&json!("ruleset")), "{changed:?}");
}

#[test]
fn the_document_says_whether_the_pin_was_written() {
    let (output, written, text) = document(MANIFEST, &[LABEL], &["--write"]);
    assert_eq!((output.status, &written["written"], &written["differs"]), (0, &json!(true), &json!(false)));
    assert_eq!(text, MANIFEST.replace("\"base@2026.11\"", "base@2026.12"));
    let more =
        ("questions.yaml", "- { id: neighbours,", "- { id: elders, label: Elders }\n          - { id: neighbours,");
    let (output, refused, text) = document(MANIFEST, &[more], &["--write"]);
    assert_eq!((output.status, &refused["written"], text.as_str()), (2, &json!(false), MANIFEST));
    has(&output.stderr, &["error[cannot-upgrade]"]);
    // What it pins already is compared with itself.
    let run = Clearshare::new("upgrade").file("m.yaml", MANIFEST).ruleset("old", &base_files());
    let args = ["m.yaml", "--pinned", "old", "--rules", "old", "--format", "json", "--write"];
    let same = run.args(args).args(["--as-of", "2026-12-01"]).run();
    let same_document: Value = serde_json::from_str(&same.stdout).unwrap();
    crate::schema::assert_valid(&schema("upgrade-1"), &same_document);
    assert_eq!((same.status, &same_document["written"], &same_document["differs"]), (0, &json!(false), &json!(false)));
}

#[test]
fn programs_are_told_nothing_of_the_safety_screen_but_what_to_do() {
    let (output, document, _) =
        document(&MANIFEST.replace("material: none", "material: sealed"), &EVERYTHING, &["--write"]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""));
    let members: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["as_of", "format", "instructions", "manifest", "ruleset", "screened", "tool"]);
    assert!(!output.stdout.contains("ealed") && !output.stdout.contains("lot number"), "{}", output.stdout);
}

#[test]
fn the_schema_refuses_what_is_wrong_and_the_documentation_knows_every_member() {
    let (_, right, _) = document(MANIFEST, &EVERYTHING, &[]);
    let wrong = [
        ("/format", json!("clearshare-upgrade/2")),
        ("/extra", json!(1)),
        ("/screened", json!(true)),
        ("/flows", json!([])),
        ("/flows/0/outcome/before", json!("fine")),
        ("/flows/0/rules/0/title", json!(1)),
        ("/flows/0/rules/0/after/status", json!("passed")),
        ("/flows/0/again/0/new", json!([])),
        ("/changes/0/kind", json!("thing")),
        ("/changes/0/effect", json!(true)),
        ("/sources/after/0/copy", json!("photo")),
        ("/before/digest", json!("short")),
    ];
    assert_each_refused(&schema("upgrade-1"), &right, &wrong);
    let (mut members, text) = (Vec::new(), documentation());
    each_member(&schema("upgrade-1"), &mut members);
    assert!(members.len() > 40, "{}", members.len());
    for member in members {
        assert!(text.contains(&format!("`{member}`")), "docs/json.md does not speak of `{member}`");
    }
}

/// What is recorded counts under another version only as far as that version lets it.
#[test]
fn a_record_that_settles_nothing_there_is_not_carried() {
    let unmet = MANIFEST.replace("encrypted: yes", "encrypted: no");
    let waived = format!(
        "{unmet}waivers: [{{ rule: handling.encrypt, reason: Later, approved-by: A. Name, role: security-team, expires: 2027-03-31 }}]\n"
    );
    let (same, _) = upgraded(&waived, &[LABEL], &[]);
    has(&same.stdout, &["Nothing comes out differently"]);
    let role = ("rules/powers.yaml", "waivable-by: security-team", "waivable-by: data-protection-officer");
    let (other, _) = upgraded(&waived, &[role], &[]);
    assert!(!other.stdout.contains("Nothing comes out differently"), "{other:?}");
    has(&other.stdout, &["Encrypt it It was waived. Now it is outstanding."]);

    let done = format!("{MANIFEST}done: [{{ rule: people.children, on: 2026-11-02, by: A. Name, evidence: x.md }}]\n");
    let (same, _) = upgraded(&done, &[LABEL], &[]);
    has(&same.stdout, &["Nothing comes out differently"]);
    let by_fact = (
        "rules/people.yaml",
        "    waivable-by: [security-team]\n",
        "    waivable-by: [security-team]\n    met-when: { handling.encrypted: no }\n",
    );
    let (other, _) = upgraded(&done, &[by_fact], &[]);
    assert!(!other.stdout.contains("Nothing comes out differently"), "{other:?}");
    has(&other.stdout, &["people.children"]);
}

/// When something is due is part of how it binds.
#[test]
fn a_rule_that_is_due_at_another_time_is_told() {
    let due = ("rules/powers.yaml", "basis: policy\n", "basis: policy\n    due: after\n");
    let (output, _) = upgraded(&MANIFEST.replace("encrypted: yes", "encrypted: no"), &[due], &[]);
    has(&output.stdout, &["handling.encrypt (must, policy", "How far it binds has changed."]);
}

/// A question that was open before is no news.
#[test]
fn what_was_open_before_is_not_told_as_new() {
    let open = MANIFEST.replace("handling: { encrypted: yes }   # since 2020\n", "");
    assert_ne!(open, MANIFEST);
    let (output, _) = upgraded(&open, &[LABEL], &[]);
    has(&output.stdout, &["Nothing comes out differently for these answers."]);
}

/// What only one version shows is told, and so is an answer that has no place there, where nothing else comes of it.
#[test]
fn what_one_version_does_not_have_is_told() {
    let hidden = ("derived.yaml", "    shown: yes\n    scale: [", "    scale: [");
    let (output, _) = upgraded(MANIFEST, &[hidden], &[]);
    assert!(!output.stdout.contains("Nothing comes out differently"), "{output:?}");
    has(&output.stdout, &["Level of care It is no longer shown. It was "]);
    let kind = ("questions.yaml", "- id: data.size\n        type: one-of", "- id: data.size\n        type: any-of");
    let (output, _) = upgraded(MANIFEST, &[kind], &[]);
    assert!(!output.stdout.contains("Nothing comes out differently"), "{output:?}");
    has(&output.stdout, &["data.size"]);
}
