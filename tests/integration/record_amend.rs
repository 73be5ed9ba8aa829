//! `clearshare record amend`: a new record in place of another.

use std::path::Path;

use clearshare::record::v1::{Choice, Record, SharingCondition};

use crate::records::{Advised, conditions, decided, read};
use crate::support::{Clearshare, Output, names_in};

const READY: &str = "official-sensitive-public-cloud.yaml";
const ACT_FIRST: &str = "border-force-case-request.yaml";

fn example(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

/// A run with a record of an example.
fn amend(name: &str, args: &[&str]) -> Clearshare {
    let run = Clearshare::new("record").args(["amend", "x.record.json"]).args(args).args(["--as-of", "2026-11-23"]);
    run.file("x.record.json", Advised::example(name).fitting().bytes)
}

fn written(folder: &tempfile::TempDir, name: &str) -> Record {
    read(&std::fs::read(folder.path().join(name)).unwrap()).record
}

fn fails(output: &Output, code: &str, words: &[&str]) {
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{}", output.stderr);
    assert!(output.stderr.contains(&format!("error[{code}]")), "{code}: {}", output.stderr);
    for word in words {
        assert!(output.stderr.contains(word), "{word}: {}", output.stderr);
    }
}

#[test]
fn a_new_record_names_the_old_one_and_begins_with_its_decision() {
    let old = Advised::example(READY).fitting().record;
    let args = [
        "--why",
        "The review was due.",
        "--review-on",
        "2028-11-22",
        "--consulted",
        "Legal adviser, Cy Example: disagrees",
    ];
    let (output, folder) = amend(READY, &args).args(["--choice", "do-not-share"]).run_and_keep();
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    let new = written(&folder, "x-2.record.json");
    let before = new.supersedes.as_ref().unwrap();
    assert_eq!(
        (before.record.as_str(), before.decided_on, before.why.as_str()),
        (old.seal.as_str(), old.decision.decided_on, "The review was due.")
    );
    assert_eq!(new.decision.choice, Choice::DoNotShare);
    assert_eq!((&new.decision.reasons, &new.decision.decided_by), (&old.decision.reasons, &old.decision.decided_by));
    assert_eq!(
        (&new.request, &new.evidence, &new.facts, &new.manifest),
        (&old.request, &old.evidence, &old.facts, &old.manifest)
    );
    assert_eq!(new.as_of.to_string(), "2026-11-23");
    assert_eq!(new.decision.decided_on, new.recorded_on, "a new decision is of today unless it is said");
    let views: Vec<&str> = new.decision.consulted.iter().map(|one| one.view.word()).collect();
    assert_eq!(views, ["disagrees", "disagrees"], "who was asked again takes the place of what they said before");
    assert!(output.stdout.contains(&old.seal), "{}", output.stdout);
    assert_eq!(names_in(folder.path()), ["x-2.record.json", "x.record.json"]);
    assert_eq!(written(&folder, "x.record.json"), old, "the old one stays as it is");
}

/// Paths in a record count from its folder: one that is written elsewhere names the same files.
#[test]
fn evidence_is_found_from_the_folder_of_the_new_record() {
    let run = || Clearshare::new("record").file("cases/docs/dpia.pdf", "the file");
    let more = "clearshare: 1\nevidence:\n  - { title: Advice, link: CASE-42 }\n  - title: Gone\n    link: docs/gone.pdf\n    \
                sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n";
    let args = ["new", "cases/y.yaml", "--as-of", "2026-11-22", "--choice", "share", "--reasons", "It helps."];
    let who = ["--decided-by", "Ada Example", "--role", "Asset owner", "--evidence", "DPIA=cases/docs/dpia.pdf"];
    let new = run().args(args).args(who).args(["--decision", "more.yaml"]).file("more.yaml", more);
    let (output, folder) = new.file("cases/y.yaml", example(READY)).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let old = std::fs::read(folder.path().join("cases/y.record.json")).unwrap();
    let amend = ["amend", "cases/y.record.json", "-o", "decisions", "--as-of", "2026-11-23", "--why", "It was due."];
    let run = run().file("cases/y.record.json", old).file("decisions/ours.txt", "").args(amend);
    let (output, folder) = run.args(["--review-on", "2028-11-22"]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let record = written(&folder, "decisions/y-2.record.json");
    let links: Vec<&str> = record.evidence.iter().map(|one| one.link.as_str()).collect();
    assert_eq!(links, ["CASE-42", "docs/gone.pdf", "../cases/docs/dpia.pdf"]);
}

#[test]
fn with_a_manifest_the_facts_and_the_advice_are_new() {
    let run =
        amend(READY, &["y.yaml", "--why", "It is another exchange by now.", "--choice", "defer", "-o", "new.json"]);
    let (output, folder) = run.file("y.yaml", example(ACT_FIRST)).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let (new, other) = (written(&folder, "new.json"), Advised::example(ACT_FIRST));
    assert_eq!((new.manifest.name.as_str(), new.advice.outcome), ("y.yaml", other.advice().outcome));
    assert_eq!(new.facts.len(), other.checked.flows.len());
}

#[test]
fn conditions_are_taken_over_where_there_are_any_and_those_of_a_file_are_all() {
    let old = Advised::example(ACT_FIRST).fitting().record;
    let (output, folder) = amend(ACT_FIRST, &["--why", "x", "--reasons", "Others."]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(written(&folder, "x-2.record.json").decision.conditions, old.decision.conditions);
    let (output, folder) = amend(ACT_FIRST, &["--why", "x", "--choice", "do-not-share"]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(written(&folder, "x-2.record.json").decision.conditions, []);
    // One condition is left out by the file.
    let kept = conditions(&Advised::example(ACT_FIRST).advice()).pop().unwrap();
    let file =
        format!("clearshare: 1\nwhy: x\nconditions: {{ says: Kept, rule: {} }}\nconsulted: none\n", kept.rule.unwrap());
    let output = amend(ACT_FIRST, &["--decision", "d.yaml"]).file("d.yaml", &file).run();
    fails(&output, "decision-refused", &["no condition sees to it"]);
    assert_eq!(output.stderr.matches("no condition sees to it").count(), old.decision.conditions.len() - 1);
}

#[test]
fn words_for_the_form_are_taken_over_as_long_as_the_data_is_shared() {
    let old = Advised::example(READY).fitting().record.decision;
    let terms = |of: &clearshare::record::v1::Decision| [&of.necessity, &of.retention, &of.dates].map(Clone::clone);
    let case = |args: &[&str]| {
        let (output, folder) = amend(READY, args).args(["--why", "x"]).run_and_keep();
        assert_eq!(output.status, 0, "{}", output.stderr);
        terms(&written(&folder, "x-2.record.json").decision)
    };
    let [necessity, _, dates] = terms(&old);
    assert!(terms(&old).iter().all(Option::is_some));
    assert_eq!(case(&["--reasons", "Others."]), terms(&old));
    assert_eq!(case(&["--retention", "A year"]), [necessity, Some("A year".to_owned()), dates]);
    assert_eq!(case(&["--choice", "defer"]), [None, None, None]);
    assert_eq!(case(&["--choice", "defer", "--dates", "Once"]), [None, None, Some("Once".to_owned())]);
}

/// A record of long ago: its review and the day of a condition are past by now.
fn of_long_ago() -> Vec<u8> {
    let day = |text: &str| text.parse().unwrap();
    let mut old = decided(Choice::ShareWithConditions);
    old.decision.decided_on = day("2020-01-01");
    old.decision.review_on = Some(day("2021-01-01"));
    old.decision.consulted.clear();
    old.request = None;
    let condition = |rule: Option<&str>, says: &str, by: &str| SharingCondition {
        says: says.to_owned(),
        rule: rule.map(str::to_owned),
        flow: rule.map(|_| "main".to_owned()),
        who: None,
        by: Some(day(by)),
    };
    old.decision.conditions = vec![
        condition(Some("handling.mutual-tls"), "Both ends have certificates", "2020-06-01"),
        condition(None, "Only until spring", "2020-07-01"),
    ];
    Advised::example(READY).record(old).unwrap().bytes
}

#[test]
fn days_that_are_past_are_named_and_can_be_said_anew() {
    let run = |args: &[&str]| amend(READY, args).file("x.record.json", of_long_ago()).args(["--why", "x"]);
    let refused = run(&["--reasons", "Others."]).run();
    let review = ["the day of the review is 2021-01-01", "`--review-on DATE`", "`review-on:`"];
    let named = ["for `handling.mutual-tls@main` is 2020-06-01", "--condition 'handling.mutual-tls@main, DATE: TEXT'"];
    let own = ["the day of the condition `Only until spring` is 2020-07-01", "`by:` beside it in the file"];
    fails(&refused, "backward-dates", &[review.as_slice(), &named, &own].concat());
    assert_eq!(refused.stderr.matches("error[").count(), 3, "{}", refused.stderr);
    // By options, as far as they go.
    let options = ["--review-on", "2099-01-01", "--condition", "handling.mutual-tls@main, 2099-02-01: Both ends"];
    let refused = run(&options).run();
    fails(&refused, "backward-dates", &own);
    assert_eq!(refused.stderr.matches("error[").count(), 1, "{}", refused.stderr);
    let (output, folder) =
        run(&options).file("d.yaml", "clearshare: 1\nconditions: none\n").args(["--decision", "d.yaml"]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let new = written(&folder, "x-2.record.json").decision;
    assert_eq!((new.conditions.len(), new.review_on.unwrap().to_string().as_str()), (1, "2099-01-01"));
    // In a file, where a past day has its place.
    let file = |by: &str| {
        format!("clearshare: 1\nwhy: x\nreview-on: 2099-01-01\nconditions:\n  - {{ says: Until spring, by: {by} }}\n")
    };
    let run = |by: &str| run(&["--decision", "d.yaml"]).file("d.yaml", file(by)).run();
    assert_eq!(run("2099-01-01").status, 0);
    fails(&run("2020-07-01"), "backward-dates", &["d.yaml:5:31"]);
}

/// What is past is asked again, and nothing else besides.
#[test]
fn days_that_are_past_are_asked_again() {
    let lines = [
        "It is due.",
        "share-with-conditions",
        // The two days.
        "2020-06-02",
        "2099-02-01",
        "",
        "1",
        // Reasons, who, and the days of the decision and the review.
        "",
        "",
        "",
        "",
        "2099-01-01",
        // Nobody is consulted or asks, the evidence and the words for the form stay.
        "1",
        "1",
        "1",
        "1",
        "1",
    ];
    let run = amend(READY, &["--plain"]).file("x.record.json", of_long_ago());
    let (output, folder) = run.input(lines.iter().flat_map(|line| [line, "\n"]).collect::<String>()).run_and_keep();
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    let said = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["The day was 2020-06-01", "The day was 2020-07-01", "The day of the review was 2021-01-01"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let new = written(&folder, "x-2.record.json").decision;
    let by: Vec<_> = new.conditions.iter().map(|one| one.by.map(|day| day.to_string())).collect();
    assert_eq!(by, [Some("2099-02-01".to_owned()), None]);
    assert_eq!(new.review_on.unwrap().to_string(), "2099-01-01");
    assert!(!said.contains("This cannot be recorded"), "{said}");
}

#[test]
fn what_is_missing_or_does_not_fit_is_a_fault() {
    fails(&amend(READY, &["--choice", "defer"]).run(), "decision-refused", &["`--why` is missing"]);
    let file = |text: &str| amend(READY, &["--decision", "d.yaml"]).file("d.yaml", text).run();
    fails(&file("clearshare: 1\nchoice: defer\n"), "missing-key", &["d.yaml:1:1", "`why`"]);
    fails(&amend(READY, &["--why", "x"]).run(), "no-terminal", &["--decision FILE"]);
    let args = ["--why", "x", "--choice", "defer"];
    fails(
        &amend(READY, &args).args(["--ruleset", "uk-border@2025.05"]).run(),
        "other-ruleset",
        &["without a manifest"],
    );
    // `why` is for a record that takes the place of another.
    let new = Clearshare::new("record").args(["new", "x.yaml", "--decision", "d.yaml"]).file("x.yaml", example(READY));
    let output = new
        .file("d.yaml", "clearshare: 1\nchoice: defer\nreasons: x\ndecided-by: { name: x, role: y }\nwhy: x\n")
        .run();
    fails(&output, "unknown-key", &["d.yaml:5:1"]);
    let mut altered = Advised::example(READY).fitting().bytes;
    let at = altered.windows(11).position(|part| part == b"Ada Example").unwrap();
    altered[at] = b'O';
    fails(&amend(READY, &args).file("x.record.json", altered).run(), "altered-record", &["x.record.json:1:1"]);
    fails(&amend(READY, &args).args(["-o", "x.record.json"]).run(), "file-exists", &[]);
}

#[test]
fn a_ruleset_that_is_not_here_or_is_another_is_told() {
    let args = ["--why", "x", "--choice", "defer"];
    let mut record = Advised::example(READY).record(decided(Choice::Defer)).unwrap().record;
    record.ruleset.version = "2024.01".to_owned();
    let gone = clearshare::record::seal(record.clone()).unwrap().bytes;
    fails(
        &amend(READY, &args).file("x.record.json", gone).run(),
        "ruleset-missing",
        &["x.record.json:1:1", "uk-border@2024.01", "--rules DIR", "name the manifest"],
    );
    record.ruleset.version = "2025.05".to_owned();
    let other = clearshare::record::seal(record).unwrap().bytes;
    fails(
        &amend(READY, &args).file("x.record.json", other).run(),
        "ruleset-missing",
        &["uk-border@2025.05 in this clearshare has"],
    );
}

#[test]
fn records_stand_in_a_row() {
    let run =
        amend(READY, &["--why", "x", "--choice", "defer"]).file("x-2.record.json", "").file("x-3.record.json", "");
    let (output, folder) = run.run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(written(&folder, "x-4.record.json").decision.choice, Choice::Defer);
}

/// A reference at the end of a name is no number in a row: the new record of DX-42 is not called as one of DX-43 would be.
#[test]
fn a_number_that_is_part_of_the_name_stays() {
    for (name, next, after) in [
        ("dx-42.record.json", "dx-42-2.record.json", "dx-42-3.record.json"),
        ("dx-0042.record.json", "dx-0042-2.record.json", "dx-0042-3.record.json"),
    ] {
        let amend = |record: &str, bytes: Vec<u8>| {
            let args = ["amend", record, "--why", "x", "--choice", "defer", "--as-of", "2026-11-23"];
            let (output, folder) = Clearshare::new("record").args(args).file(record, bytes).run_and_keep();
            assert_eq!(output.status, 0, "{}", output.stderr);
            folder
        };
        let folder = amend(name, Advised::example(READY).fitting().bytes);
        assert_eq!(names_in(folder.path()), [next, name]);
        let folder = amend(next, std::fs::read(folder.path().join(next)).unwrap());
        assert_eq!(names_in(folder.path()), [next, after]);
    }
}

/// The day of the old decision is not that of its record, and one name in two roles is two views.
#[test]
fn the_old_decision_has_its_own_day_and_each_role_its_view() {
    let mut old = Advised::example(READY).fitting().record;
    old.decision.decided_on = "2026-11-20".parse().unwrap();
    old.request = None;
    let run = Clearshare::new("record").file("x.record.json", clearshare::record::seal(old).unwrap().bytes);
    let run = run.args(["amend", "x.record.json", "--as-of", "2026-11-23", "--why", "x", "--choice", "defer"]);
    let (output, folder) = run.args(["--consulted", "Head of risk, Cy Example: disagrees"]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let new = written(&folder, "x-2.record.json");
    assert_eq!(new.supersedes.unwrap().decided_on.to_string(), "2026-11-20");
    assert_eq!(new.decision.consulted.len(), 3);
}
