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
    second.decision.necessity = None;
    second.decision.retention = Some("A year.".to_owned());
    second.decision.dates = Some("Once.".to_owned());
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
            "necessity Only in the first: Nothing else tells them",
            "retention Was: Two years, then deleted by the retention job. Is now: A year.",
            "dates Was: From 2026-12-01, each night. Is now: Once.",
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

/// Each single value of what was known and decided, changed in turn, is told; but for what is of no matter.
#[test]
fn nothing_that_was_known_or_decided_differs_unseen() {
    let mut first = Advised::example("border-force-case-request.yaml").fitting().record;
    first.evidence[0].rule = Some(first.advice.flows[0].rules[0].id.clone());
    first.supersedes =
        Some(v1::Supersedes { record: first.seal.clone(), decided_on: first.as_of, why: "More is known.".to_owned() });
    let value = serde_json::to_value(&first).unwrap();
    let mut unseen = std::collections::BTreeSet::new();
    let mut seen = 0;
    for part in ["as_of", "decision", "evidence", "exchange", "facts", "request", "ruleset", "supersedes"] {
        for place in leaves(&value[part], &format!("/{part}")) {
            let Some(second) = otherwise(&value, &place) else { panic!("nothing else can stand at {place}") };
            if diff(&first, &second).is_empty() {
                let plain = place.split('/').filter(|name| name.parse::<usize>().is_err());
                unseen.insert(plain.collect::<Vec<_>>().join("/"));
            } else {
                seen += 1;
            }
        }
    }
    assert_eq!(
        Vec::from_iter(unseen),
        [
            "/facts/answers/answers/label",
            "/facts/answers/given/column",
            "/facts/answers/given/line",
            "/facts/answers/prompt",
            "/facts/answers/screening",
            "/facts/answers/section",
            "/ruleset/report_to",
            "/ruleset/status",
            "/supersedes/decided_on",
        ],
        "words of the ruleset, and where something was written"
    );
    assert!(seen > 60, "{seen}");
}

/// The places of all values that hold no others.
fn leaves(value: &Value, place: &str) -> Vec<String> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| leaves(value, &format!("{place}/{name}"))).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(at, item)| leaves(item, &format!("{place}/{at}"))).collect()
        }
        _ => vec![place.to_owned()],
    }
}

/// The record with something else at one place.
fn otherwise(value: &Value, place: &str) -> Option<v1::Record> {
    let others = match value.pointer(place).unwrap() {
        Value::Bool(is) => vec![json!(!is)],
        Value::Number(number) => vec![json!(number.as_u64().unwrap() + 1)],
        Value::String(text) => ["defer", "no-view", "draft", "2026-11-21"]
            .map(|word| json!(word))
            .into_iter()
            .chain([json!(format!("{text}!"))])
            .collect(),
        _ => Vec::new(),
    };
    others.into_iter().find_map(|other| {
        let mut changed = value.clone();
        *changed.pointer_mut(place).unwrap() = other;
        serde_json::from_value(changed).ok()
    })
}

#[test]
fn it_matters_where_one_text_ends_and_the_next_begins() {
    let first = Advised::example("border-force-case-request.yaml").fitting().record;
    let differ = |one: fn(&mut v1::Record), other: fn(&mut v1::Record)| {
        let (mut before, mut after) = (first.clone(), first.clone());
        one(&mut before);
        other(&mut after);
        assert_eq!(diff(&before, &after).len(), 1);
    };
    let condition = |says: &str, who: Option<&str>| v1::SharingCondition {
        says: says.to_owned(),
        rule: Some("x".to_owned()),
        flow: None,
        who: who.map(str::to_owned),
        by: None,
    };
    let with = |condition: v1::SharingCondition| {
        let mut record = first.clone();
        record.decision.conditions = vec![condition];
        record
    };
    assert_eq!(diff(&with(condition("Do it; by Ada", None)), &with(condition("Do it", Some("Ada")))).len(), 1);
    differ(
        |record| record.decision.decided_by = v1::Person { name: "A, B".into(), role: "C".into() },
        |record| record.decision.decided_by = v1::Person { name: "A".into(), role: "B, C".into() },
    );
    differ(
        |record| {
            record.decision.consulted[0].says = Some("No; answered: yes".into());
            record.decision.consulted[0].answer = None;
        },
        |record| {
            record.decision.consulted[0].says = Some("No".into());
            record.decision.consulted[0].answer = Some("yes".into());
        },
    );
}
