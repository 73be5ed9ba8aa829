//! Two records, compared by what they say.

use clearshare::record::{diff, seal, v1};
use serde_json::{Value, json};

use crate::records::Advised;
use crate::schema::{assert_each_refused, assert_valid, documentation, each_member, schema};
use crate::support::{Clearshare, Output, has};

const READY: &str = "official-sensitive-public-cloud.yaml";

fn run(first: &v1::Record, second: &v1::Record, args: &[&str]) -> Output {
    let run = Clearshare::new("record")
        .file("a.record.json", seal(first.clone()).unwrap().bytes)
        .file("b.record.json", seal(second.clone()).unwrap().bytes);
    run.args(["diff", "a.record.json", "b.record.json"]).args(args).run()
}

/// What only says where, when or by which program something was written, and the order of what has none.
#[test]
fn what_does_not_count_does_not_differ() {
    let mut first = Advised::example(READY).fitting().record;
    let evidence = |title: &str| v1::Evidence { title: title.into(), link: "x".into(), sha256: None, rule: None };
    first.evidence.extend([evidence("B"), evidence("A"), evidence("A")]);
    let mut second = first.clone();
    second.evidence.reverse();
    second.decision.consulted.reverse();
    second.advice.flows[0].rules.reverse();
    second.facts[0].answers.iter_mut().for_each(|answer| {
        answer.answers.reverse();
        answer.given = None;
    });
    second.tool.version = "9.9.9".to_owned();
    second.manifest.name = "other.yaml".to_owned();
    let output = run(&first, &second, &[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{output:?}");
    has(&output.stdout, &["Both say the same.", "Decision support, not legal advice."]);
    // One of two that are alike is not both.
    second.evidence.remove(0);
    assert_eq!(diff(&first, &second).len(), 1);
}

#[test]
fn each_thing_that_differs_is_told_on_both_sides() {
    let first = Advised::example(READY).fitting().record;
    let mut second = first.clone();
    second.decision.reasons = "Other\u{1b}[31m reasons.".to_owned();
    second.decision.review_on = None;
    second.decision.consulted[0].view = v1::View::Agrees;
    second.evidence[0].sha256 = None;
    second.advice.flows[0].rules[0].status = v1::Status::Waived;
    second.advice.outcome = v1::Outcome::Stop;
    let answer = second.facts[0].answers.iter_mut().find(|it| !it.screening && it.answers[0].label.is_some()).unwrap();
    let question = answer.question.clone();
    answer.answers = vec![v1::AnswerWord { value: "unknown".to_owned(), label: None }];
    second.supersedes =
        Some(v1::Supersedes { record: first.seal.clone(), decided_on: first.as_of, why: "More is known.".to_owned() });
    let output = run(&first, &second, &["--plain"]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""), "{output:?}");
    has(
        &output.stdout,
        &[
            "The second record took the place of the first.",
            "The decision",
            "reasons Was: The inspections find more",
            "Only in the first: 2027-11-22",
            "Ben Example, Data protection officer Was: disagrees;",
            "Is now: agrees;",
            "Outcome",
            "Is now: stop",
            &question,
            "Is now: unknown",
            "Is now: waived (",
            "Impact assessment Was: docs/dpia.pdf; SHA-256",
            "The record before",
        ]
        .map(|word| if word == "Outcome" { "The outcome" } else { word }),
    );
    assert!(!output.stdout.contains('\u{1b}'), "{}", output.stdout);
    has(&run(&second, &first, &[]).stdout, &["they stand the other way round"]);
    let narrow = Clearshare::new("record")
        .file("a", seal(first.clone()).unwrap().bytes)
        .file("b", seal(second.clone()).unwrap().bytes)
        .args(["diff", "a", "b"])
        .env("COLUMNS", "40")
        .run();
    assert!(
        narrow
            .stdout
            .lines()
            .all(|line| line.chars().count() <= 40 || line.contains("sha256:") || line.contains("://"))
    );
    let document: Value = serde_json::from_str(&run(&first, &second, &["--format", "json"]).stdout).unwrap();
    let schema = schema("record-diff-1");
    assert_valid(&schema, &document);
    let wrong = [
        ("/format", json!("x")),
        ("/extra", json!(1)),
        ("/changes/0/extra", json!(1)),
        ("/changes/0/part", json!("other")),
        ("/changes/0/withheld", json!("no")),
        ("/before/seal", json!("x")),
    ];
    assert_each_refused(&schema, &document, &wrong);
    let (mut members, text) = (Vec::new(), documentation());
    each_member(&schema, &mut members);
    for member in members {
        assert!(text.contains(&format!("`{member}`")), "docs/json.md does not speak of `{member}`");
    }
}

#[test]
fn answers_to_the_safety_screen_are_never_told() {
    let first = Advised::example(READY).fitting().record;
    let mut second = first.clone();
    for answer in second.facts[0].answers.iter_mut().filter(|answer| answer.screening) {
        answer.answers = vec![v1::AnswerWord { value: "code-word".to_owned(), label: Some("A code word".to_owned()) }];
    }
    assert!(diff(&first, &second).iter().any(|change| change.withheld));
    for args in [&[][..], &["--format", "json"]] {
        let output = run(&first, &second, args);
        assert_eq!(output.status, 1);
        assert!(!output.stdout.contains("code-word") && !output.stdout.contains("code word"), "{}", output.stdout);
    }
}

#[test]
fn an_altered_record_is_not_compared() {
    let record = Advised::example(READY).fitting();
    let text = String::from_utf8(record.bytes.clone()).unwrap().replace("find more where", "find less where");
    let run = Clearshare::new("record").file("a.record.json", &record.bytes).file("b.record.json", text);
    let output = run.args(["diff", "a.record.json", "b.record.json"]).run();
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{output:?}");
    has(&output.stderr, &["error[altered-record]", "b.record.json:1:1"]);
}
