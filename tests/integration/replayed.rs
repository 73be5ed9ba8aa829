//! Records evaluated again: each is proved, each change is seen, and what another version says is told.

use clearshare::bundled;
use clearshare::engine::Evaluator;
use clearshare::record::{seal, v1};
use clearshare::replay::replay;
use clearshare::report::replay::Verdict;
use serde_json::{Value, json};

use crate::records::{Advised, decided, example_names};
use crate::schema::{assert_each_refused, assert_valid, documentation, each_member, schema};
use crate::support::{Clearshare, Output, files_in, has};

const MOU: &str = "hmrc-to-department-on-mou.yaml";
const READY: &str = "official-sensitive-public-cloud.yaml";

/// A record that was changed and sealed again, as its file holds it.
fn changed(record: &v1::Record, change: impl FnOnce(&mut v1::Record)) -> Vec<u8> {
    let mut record = record.clone();
    change(&mut record);
    seal(record).unwrap().bytes
}

/// An example's record for an older version of its ruleset.
fn older(name: &str) -> v1::Record {
    let text = std::fs::read_to_string(format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let text = text.replace("uk-border@2026.11", "uk-border@2025.05");
    Advised::manifest(name, text.as_bytes()).record(decided(v1::Choice::Defer)).unwrap().record
}

fn run(bytes: impl AsRef<[u8]>, args: &[&str]) -> Output {
    Clearshare::new("record").file("x.record.json", bytes).args(["replay", "x.record.json"]).args(args).run()
}

#[test]
fn every_example_is_proved() {
    for name in example_names() {
        let advised = Advised::example(&name);
        if !advised.checked.is_screened() {
            let verdict = replay(&advised.fitting().record, &mut Evaluator::new(&advised.ruleset)).unwrap();
            assert_eq!(verdict, Verdict::Proved, "{name}");
        }
    }
}

#[test]
fn whatever_does_not_follow_is_named() {
    let advised = Advised::example(READY);
    let record = advised.fitting().record;
    let mut evaluator = Evaluator::new(&advised.ruleset);
    let mut place = |change: fn(&mut v1::Record)| {
        let mut record = record.clone();
        change(&mut record);
        match replay(&record, &mut evaluator).unwrap() {
            Verdict::Differs(mismatch) => mismatch.place,
            Verdict::Misfits(misfits) => misfits.join("; "),
            other => panic!("{other:?}"),
        }
    };
    let rule = record.advice.flows[0].rules[0].id.clone();
    assert_eq!(
        place(|record| record.advice.flows[0].rules[0].title.push('!')),
        format!("advice.flows[main].rules[{rule}].title")
    );
    assert_eq!(place(|record| record.advice.outcome = v1::Outcome::Stop), "advice.outcome");
    assert_eq!(place(|record| record.ruleset.report_to.push('x')), "ruleset.report_to");
    assert_eq!(place(|record| record.exchange.title = Some("Other".to_owned())), "exchange.title");
    assert_eq!(place(|record| record.advice.flows.clear()), "advice.flows[main]");
    let question = record.facts[0].answers[1].question.clone();
    assert_eq!(
        place(|record| record.facts[0].answers[1].prompt.push('?')),
        format!("facts[main].answers[{question}].prompt")
    );
    let label = record.facts[0].answers.iter().position(|answer| answer.answers[0].label.is_some()).unwrap();
    assert!(label < 5, "the change below has to hit a label");
    let unlabelled = place(|record| {
        record.facts[0].answers.iter_mut().for_each(|answer| answer.answers[0].label = None);
    });
    has(&unlabelled, &["facts[main].answers[", "].label"]);
    assert_eq!(
        place(|record| record.facts[0].answers[1].question = "no.such".to_owned()),
        "there is no question `no.such`"
    );
    let misfit = place(|record| {
        let answers = record.facts[0].answers.iter_mut();
        answers
            .filter(|answer| answer.answers[0].label.is_some())
            .for_each(|answer| answer.answers[0].value = "no-such".into());
    });
    has(&misfit, &["has no option `no-such`"]);
}

#[test]
fn a_record_is_proved_or_the_first_difference_is_told() {
    let record = Advised::example(READY).fitting().record;
    let output = run(seal(record.clone()).unwrap().bytes, &[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{output:?}");
    has(
        &output.stdout,
        &[
            "x.record.json",
            "Decided to share on 2026-11-22; advice of uk-border@2026.11 as at 2026-11-22.",
            "✓ Proved: the same facts give the same advice under the same rules, byte for byte.",
            "Decision support, not legal advice.",
            "Report wrong advice: ",
        ],
    );
    let wrong = changed(&record, |record| {
        record.tool.version = "0.0.9\u{1b}[31m".to_owned();
        record.advice.flows[0].rules[0].title = "Do nothing\u{1b}[31m".to_owned();
    });
    let output = run(&wrong, &["--plain"]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""), "{output:?}");
    has(
        &output.stdout,
        &["Not proved", "The first thing that differs is advice.flows[main].rules[", "“Do nothing", "clearshare 0.0.9"],
    );
    assert!(!output.stdout.contains('\u{1b}'), "{}", output.stdout);
    let narrow = Clearshare::new("record").file("x", &wrong).args(["replay", "x"]).env("COLUMNS", "40").run();
    assert!(narrow.stdout.lines().all(|line| line.chars().count() <= 40 || line.contains("://")), "{}", narrow.stdout);
}

#[test]
fn an_altered_record_is_a_fault() {
    let bytes = Advised::example(READY).fitting().bytes;
    let text = String::from_utf8(bytes).unwrap().replace("find more where", "find less where");
    let output = run(&text, &[]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{output:?}");
    has(&output.stderr, &["error[altered-record]", "x.record.json:1:1"]);
    let document: Value = serde_json::from_str(&run(&text, &["--format", "json"]).stdout).unwrap();
    assert_valid(&schema("replay-1"), &document);
    assert_eq!(document["results"][0]["faults"][0]["code"], "altered-record");
}

#[test]
fn the_ruleset_that_advised_is_needed_and_no_other() {
    let record = Advised::example(READY).fitting().record;
    let other = changed(&record, |record| record.ruleset.digest = "0".repeat(64));
    let output = run(&other, &[]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{output:?}");
    has(
        &output.stderr,
        &[
            "error[ruleset-missing]",
            "`x.record.json`: the ruleset that advised is not here: uk-border@2026.11",
            "--rules DIR",
        ],
    );
    let gone = changed(&record, |record| record.ruleset.version = "2019.01".to_owned());
    has(&run(&gone, &[]).stderr, &["error[ruleset-missing]", "uk-border@2019.01"]);
    let none = changed(&record, |record| record.ruleset.version = "now".to_owned());
    has(&run(&none, &[]).stderr, &["error[bad-record]", "which is no ruleset"]);
    // From a folder it counts as from inside; a folder of the same name with another text does not.
    let (path, from) = (bundled::exact("uk-border", "2026.11".parse().unwrap()).unwrap(), "rules");
    let run = |bytes: &[u8], files: &crate::support::Files| {
        let run = Clearshare::new("record").file("x.record.json", bytes).ruleset(from, files);
        run.args(["replay", "x.record.json", "--rules", "rules"]).run()
    };
    let files = path.files();
    assert_eq!(run(&seal(record.clone()).unwrap().bytes, &files).status, 0);
    let output = run(&other, &files);
    assert_eq!(output.status, 2);
    has(&output.stderr, &["uk-border@2026.11 in the folder has", "in this clearshare has"]);
}

#[test]
fn what_the_safety_screen_ends_is_never_told() {
    let record = Advised::example(READY).fitting().record;
    let screened = changed(&record, |record| {
        for answer in &mut record.facts[0].answers {
            if answer.screening {
                answer.answers = vec![v1::AnswerWord { value: "unknown".to_owned(), label: None }];
            }
        }
    });
    for args in [&[][..], &["--against", "latest"], &["--format", "json"]] {
        let output = run(&screened, args);
        assert_eq!(output.status, 1, "{output:?}");
        for told in ["unknown", "screen.", "2026-11-22", "share on", record.exchange.title.as_deref().unwrap()] {
            assert!(!output.stdout.contains(told), "{told}: {}", output.stdout);
        }
    }
    let document: Value = serde_json::from_str(&run(&screened, &["--format", "json"]).stdout).unwrap();
    assert_valid(&schema("replay-1"), &document);
    assert_eq!(document["results"][0]["verdict"], "screened");
}

#[test]
fn another_version_says_what_would_be_otherwise_and_why() {
    let bytes = seal(older(MOU)).unwrap().bytes;
    let output = run(&bytes, &["--against", "latest", "--as-of", "2026-11-22"]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""), "{output:?}");
    has(
        &output.stdout,
        &[
            "✓ Proved",
            "From uk-border@2025.05 to uk-border@2026.11",
            "It was: ✗ STOP",
            "It is now: ? INCOMPLETE",
            "Answers to look at again",
            "basis.sender",
            "The decision to defer could be recorded on that advice too.",
            "standards.register (must, policy)",
            "In force from 2026-04-16.",
        ],
    );
    assert!(!output.stdout.contains("--confirm") && !output.stdout.contains("--write"), "{}", output.stdout);
    let same = run(&bytes, &["--against", "uk-border@2025.05", "--as-of", "2026-11-22"]);
    assert_eq!(same.status, 0, "{same:?}");
    has(&same.stdout, &["Nothing comes out differently for these answers."]);
    let other = run(&bytes, &["--against", "nl-dpia@2026.11"]);
    assert_eq!(other.status, 2, "{other:?}");
    has(&other.stderr, &["error[unknown-ruleset]", "nl-dpia"]);
}

/// A decision that was right on its day need not be on the advice of another one.
#[test]
fn a_decision_that_the_other_advice_does_not_allow_is_told() {
    let record = Advised::example(READY).fitting().record;
    let bytes = seal(record).unwrap().bytes;
    let output = run(&bytes, &["--against", "uk-border@2025.05", "--as-of", "2026-11-22"]);
    assert_eq!(output.status, 1, "{output:?}");
    has(&output.stdout, &["The decision to share could not be recorded on that advice:"]);
}

#[test]
fn of_several_records_each_has_a_line() {
    let first = older(MOU);
    let mut second = Advised::example(READY).fitting().record;
    second.supersedes = Some(v1::Supersedes {
        record: first.seal.clone(),
        decided_on: first.decision.decided_on,
        why: "More is known.".to_owned(),
    });
    let second = seal(second).unwrap();
    let run = |args: &[&str]| {
        let run = Clearshare::new("record")
            .file("kept/b/first.record.json", seal(first.clone()).unwrap().bytes)
            .file("kept/second.record.json", &second.bytes)
            .file("kept/other.json", "{}");
        run.args(["replay", "--all", "kept", "--as-of", "2026-11-22", "--against", "latest"]).args(args).run()
    };
    let output = run(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""), "{output:?}");
    has(
        &output.stdout,
        &[
            "! kept/b/first.record.json: Decided to defer on 2026-11-22; advice of uk-border@2025.05 as at 2026-11-22. The outcome \
             was STOP, and is now INCOMPLETE.",
            "Another record took its place: kept/second.record.json.",
            "✓ kept/second.record.json: nothing comes out differently.",
            "2 records: all follow from their rules.",
            "1 record reads differently.",
        ],
    );
    has(
        &run(&["-v"]).stdout,
        &["standards.register (must, policy)", "Nothing comes out differently for these answers."],
    );
    let document: Value = serde_json::from_str(&run(&["--format", "json"]).stdout).unwrap();
    assert_valid(&schema("replay-1"), &document);
    let results = document["results"].as_array().unwrap();
    assert_eq!((&results[0]["failed"], &results[1]["failed"]), (&json!(true), &json!(false)));
    assert_eq!(results[0]["there"]["outcome"], json!({ "before": "stop", "after": "incomplete" }));
    assert_eq!(results[0]["superseded_by"], "kept/second.record.json");
    let empty = Clearshare::new("record").file("kept/x.json", "{}").args(["replay", "--all", "kept"]).run();
    assert_eq!(empty.status, 2);
    has(&empty.stderr, &["error[nothing-to-check]", "there is no record in `kept`"]);
}

#[test]
fn the_schema_refuses_what_is_wrong_and_the_documentation_tells_all() {
    let bytes = seal(older(MOU)).unwrap().bytes;
    let right: Value = serde_json::from_str(
        &run(&bytes, &["--against", "latest", "--format", "json", "--as-of", "2026-11-22"]).stdout,
    )
    .unwrap();
    let wrong = [
        ("/format", json!("clearshare-replay/2")),
        ("/extra", json!(1)),
        ("/results/0/extra", json!(1)),
        ("/results/0/verdict", json!("passed")),
        ("/results/0/verdict", json!("differs")),
        ("/results/0/verdict", json!("screened")),
        ("/results/0/misfits", json!(["x"])),
        ("/results/0/there/screened", json!(true)),
        ("/results/0/there/outcome/after", json!("approved")),
        ("/results/0/there/flows/0/extra", json!(1)),
    ];
    assert_each_refused(&schema("replay-1"), &right, &wrong);
    let (mut members, text) = (Vec::new(), documentation());
    each_member(&schema("replay-1"), &mut members);
    for member in members {
        assert!(text.contains(&format!("`{member}`")), "docs/json.md does not speak of `{member}`");
    }
    // What both formats hold is described once.
    let (ours, theirs) = (schema("replay-1"), schema("upgrade-1"));
    for (name, definition) in theirs["$defs"].as_object().unwrap() {
        assert_eq!(ours["$defs"][name], *definition, "{name}");
    }
}

/// A folder of rulesets can stand in for the program's own, years later.
#[test]
fn a_version_in_a_folder_can_be_the_other_one() {
    let files = files_in(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/uk-border/2026.11"));
    let files: crate::support::Files = files
        .into_iter()
        .map(|(name, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let text = if name == "ruleset.yaml" { text.replace("\"2026.11\"", "\"2099.01\"") } else { text };
            (name, text.into_bytes())
        })
        .collect();
    let bytes = Advised::example(READY).fitting().bytes;
    let run = Clearshare::new("record").file("x.record.json", bytes).ruleset("new", &files);
    let output = run
        .args(["replay", "x.record.json", "--rules", "new", "--against", "uk-border@2099.01", "--as-of", "2026-11-22"])
        .run();
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{output:?}");
    has(&output.stdout, &["From uk-border@2026.11 to uk-border@2099.01", "Nothing comes out differently"]);
}
