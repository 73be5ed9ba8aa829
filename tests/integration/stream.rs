//! A stream's lines against `check` on the same exchanges, and its faults against those of a manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clearshare::bundled;
use clearshare::cases::{date_of, exchange_of};
use clearshare::check::{Checked, CheckedFlow, FailOn, check};
use clearshare::engine::{Advice, Evaluator};
use clearshare::finding::Findings;
use clearshare::manifest::{Flow, read_manifest, write_manifest};
use clearshare::model::{Date, Exchange, Status};
use clearshare::report::{ManifestReport, json};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;
use clearshare::stream::{Advisor, Came, Notices, Rulesets, Setup};
use clearshare::text::Sources;
use clearshare::yaml::{Limits, Node, Value as Tree, read_tree};
use serde_json::{Value, json};

use crate::faults::{as_of, well_worded};
use crate::schema::{assert_each_refused, assert_valid, documentation, each_member, schema};
use crate::support::{names_in, read, read_fixture_ruleset};

pub(crate) const HEAD: &str = "{\"clearshare\": 1, \"screen\": {\"material\": \"none\"}, ";

const NOTHING: &Notices<'static> = &|_, _, _| Vec::new();

pub(crate) fn setup(rulesets: Rulesets, as_of: Date, full: bool) -> Setup<'static> {
    Setup { rulesets, as_of, fail_on: FailOn::ActFirst, full, notices: NOTHING }
}

/// The line that answers a line.
pub(crate) fn answer(advisor: &mut Advisor<'_>, line: Option<&[u8]>) -> (Came, Value) {
    let mut out = Vec::new();
    let came = advisor.line(7, line, &mut out).expect("the program has no fault");
    assert_eq!(out.iter().position(|byte| *byte == b'\n'), Some(out.len() - 1), "one line");
    let answer: Value = serde_json::from_slice(&out).expect("a line is JSON");
    assert_eq!(answer["line"], 7);
    (came, answer)
}

/// What a tree says, as JSON: a plain value is a number, `true`, `false` or `null` where it is written as one.
fn as_json(node: &Node) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    match &node.value {
        Tree::Scalar(_) if node.is_null() => "null".to_owned(),
        Tree::Scalar(scalar) if scalar.plain && serde_json::from_str::<Value>(&scalar.text).is_ok() => {
            scalar.text.clone()
        }
        Tree::Scalar(scalar) => quoted(&scalar.text),
        Tree::List(items) => format!("[{}]", items.iter().map(as_json).collect::<Vec<_>>().join(", ")),
        Tree::Map(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", quoted(&entry.key), as_json(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A manifest as a line; none where its YAML has a fault.
pub(crate) fn line_of(yaml: &[u8]) -> Option<String> {
    let mut findings = Findings::new();
    let root = read_tree(yaml, "x", Limits::MANIFEST, &mut Sources::new(), &mut findings);
    root.filter(|_| findings.is_empty()).map(|root| as_json(&root))
}

pub(crate) fn is_yaml(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "yaml")
}

/// What `check` has of a manifest.
fn checked(evaluator: &mut Evaluator<'_>, bytes: &[u8], as_of: Date) -> Option<(Checked, Sources)> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(bytes, "-", &mut sources, &mut findings)?;
    let checked = check(evaluator, &manifest, as_of, &sources, &mut findings)?;
    findings.is_empty().then_some((checked, sources))
}

/// The document that `check --format json -` writes.
fn document(evaluator: &mut Evaluator<'_>, checked: &Checked, as_of: Date) -> Value {
    let mut out = Vec::new();
    let mut writer = json::Writer::begin(&mut out, as_of).unwrap();
    let report = ManifestReport {
        path: "-",
        ruleset: evaluator.ruleset(),
        as_of,
        checked,
        notices: &[],
        waivers: &[],
        since: None,
        findings: &[],
        sources: &Sources::new(),
        fail_on: FailOn::ActFirst,
        failed: FailOn::ActFirst.fails(checked.outcome()),
    };
    writer.advice(&mut out, evaluator, &report).unwrap();
    writer.end(&mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// What a compact line should say of some advice.
fn compact(ruleset: &Ruleset, id: &str, advice: &Advice) -> Value {
    let with = |wanted: Status| -> Vec<&str> {
        let rules = ruleset.rules().iter().filter(|(ix, _)| advice.status(*ix) == wanted);
        rules.map(|(_, rule)| rule.id.as_str()).collect()
    };
    let (mut derived, mut possible) = (serde_json::Map::new(), serde_json::Map::new());
    for (ix, fact) in ruleset.derived().iter().filter(|(_, fact)| fact.shown) {
        let names: Vec<&str> =
            advice.derived[usize::from(ix.0)].iter().map(|value| fact.value(*value).unwrap().name.as_str()).collect();
        derived.insert(fact.id.clone(), if let [only] = names.as_slice() { json!(only) } else { Value::Null });
        if names.len() != 1 {
            possible.insert(fact.id.clone(), json!(names));
        }
    }
    json!({
        "id": id,
        "outcome": advice.outcome.word(),
        "over_budget": advice.over_budget,
        "derived": derived,
        "possible": possible,
        "rules": {
            "applies": with(Status::Applies),
            "undetermined": with(Status::Undetermined),
            "met": with(Status::Met),
            "done": with(Status::Done),
            "waived": with(Status::Waived),
        },
        "not_applicable": with(Status::NotApplicable).len(),
    })
}

/// A compact line against what `check` has of the same manifest.
#[track_caller]
fn assert_compact(answer: &Value, came: Came, ruleset: &Ruleset, checked: &Checked, as_of: Date) {
    let failed = FailOn::ActFirst.fails(checked.outcome());
    assert_eq!(came, if failed { Came::Failed } else { Came::Passed });
    let head = json!({
        "format": "clearshare-stream/1",
        "line": 7,
        "as_of": as_of.to_string(),
        "ruleset": ruleset.reference().to_string(),
        "screened": checked.is_screened(),
        "outcome": checked.outcome().word(),
        "failed": failed,
    });
    let mut wanted = head;
    if !checked.is_screened() {
        let flows = checked.flows.iter().map(|flow| compact(ruleset, &flow.flow.exchange.id, &flow.advice));
        wanted["flows"] = flows.collect();
        // The whole advice may reach a limit on candidates and myths, which a line does not have.
        for (at, flow) in checked.flows.iter().enumerate().filter(|(_, flow)| flow.advice.over_budget) {
            assert!(flow.advice.statuses.contains(&Status::Undetermined));
            wanted["flows"][at]["over_budget"] = answer["flows"][at]["over_budget"].clone();
        }
        let reference = ruleset.question_named("exchange.reference").and_then(|ix| checked.flows[0].flow.text(ix));
        if let Some(reference) = reference {
            wanted["reference"] = json!(reference);
        }
    }
    assert_eq!(*answer, wanted);
}

/// Every example, with its flows, its records and its screen: in short and whole.
#[test]
fn every_example_is_answered_as_check_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut outcomes = BTreeSet::new();
    for name in names_in(&folder).into_iter().filter(|name| is_yaml(name)) {
        let line = line_of(&read(&folder.join(&name))).expect("an example has no fault");
        let short = setup(Rulesets::pinned(), as_of(), false);
        let whole = setup(Rulesets::pinned(), as_of(), true);
        let pin = line.split("uk-border@").nth(1).and_then(|rest| rest.get(..7)).expect("an example pins its ruleset");
        let version = pin.parse().expect("a version");
        let ruleset = bundled::exact("uk-border", version).unwrap().load().unwrap();
        let mut evaluator = Evaluator::new(&ruleset);
        let (checked, _) = checked(&mut evaluator, line.as_bytes(), as_of()).expect("a line is YAML too");
        outcomes.insert(checked.outcome());
        let (came, answer_in_short) = answer(&mut Advisor::new(&short), Some(line.as_bytes()));
        assert_compact(&answer_in_short, came, &ruleset, &checked, as_of());
        assert_valid(&schema("stream-1"), &answer_in_short);
        let (_, answer_in_full) = answer(&mut Advisor::new(&whole), Some(line.as_bytes()));
        assert_valid(&schema("stream-1"), &answer_in_full);
        assert_eq!(answer_in_full["advice"], document(&mut evaluator, &checked, as_of()), "{name}");
        assert_eq!(answer_in_full["outcome"], checked.outcome().word());
    }
    assert!(outcomes.len() > 4, "{outcomes:?}");
}

/// The cases of a ruleset as lines, without what is answered in vain: a manifest may not have that.
fn lines_of_cases(evaluator: &mut Evaluator<'_>, files: &[(String, Vec<u8>)]) -> Vec<(Exchange, Date, String)> {
    let set = read_ruleset(files).expect("an embedded ruleset has no fault").cases;
    let line = |case| {
        let mut exchange = exchange_of(evaluator, &set, case);
        for moot in evaluator.moot(&exchange.facts) {
            exchange.facts.remove(moot);
        }
        let ruleset = evaluator.ruleset();
        let mut yaml = write_manifest(ruleset, &exchange.facts, &[]);
        let id = |rule| ruleset.rules().at(rule).id.clone();
        let date = date_of(ruleset, case);
        let done: Vec<String> = exchange
            .done
            .iter()
            .map(|done| format!("{{rule: {}, on: {}, by: a, evidence: b}}", id(done.rule), done.on))
            .collect();
        if !done.is_empty() {
            yaml.push_str(&format!("done: [{}]\n", done.join(", ")));
        }
        exchange.waivers.clear();
        (exchange, date, line_of(yaml.as_bytes()).expect("a written manifest has no fault"))
    };
    set.cases.iter().map(line).collect()
}

/// What `check` has of a manifest, but for what would settle it.
fn concluded(evaluator: &mut Evaluator<'_>, bytes: &[u8], as_of: Date) -> Checked {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(bytes, "-", &mut sources, &mut findings).expect("a line is YAML too");
    let flows = manifest.flows(evaluator.ruleset(), as_of, &sources, &mut findings);
    assert!(findings.is_empty(), "{:?}", findings.into_sorted());
    let conclude = |flow: Flow| CheckedFlow { advice: evaluator.conclude(&flow.exchange, as_of), flow };
    Checked { flows: flows.into_iter().map(conclude).collect() }
}

/// Every case of every embedded ruleset, in short; and some of them whole.
#[test]
fn every_case_is_answered_as_check_does() {
    let (mut cases, mut whole) = (0, 0);
    for bundled in bundled::all() {
        let ruleset = bundled.load().unwrap();
        let mut evaluator = Evaluator::new(&ruleset);
        let mut by_date: BTreeMap<Date, Vec<(Exchange, String)>> = BTreeMap::new();
        for (exchange, date, line) in lines_of_cases(&mut evaluator, &bundled.files()) {
            by_date.entry(date).or_default().push((exchange, line));
        }
        for (date, lines) in by_date {
            let in_short = setup(Rulesets::pinned(), date, false);
            let in_full = setup(Rulesets::pinned(), date, true);
            let (mut short, mut full) = (Advisor::new(&in_short), Advisor::new(&in_full));
            for (exchange, line) in lines {
                cases += 1;
                let checked = concluded(&mut evaluator, line.as_bytes(), date);
                assert_eq!(
                    checked.flows[0].flow.exchange.facts.iter().count(),
                    exchange.facts.iter().count(),
                    "{line}"
                );
                let (came, answered) = answer(&mut short, Some(line.as_bytes()));
                assert_compact(&answered, came, &ruleset, &checked, date);
                if cases % 40 == 1 {
                    whole += 1;
                    let (checked, _) = self::checked(&mut evaluator, line.as_bytes(), date).expect("it has no fault");
                    let (_, answered) = answer(&mut full, Some(line.as_bytes()));
                    assert_eq!(answered["advice"], document(&mut evaluator, &checked, date));
                }
            }
        }
    }
    assert!(cases > 1000 && whole > 50, "only {cases} cases, {whole} of them whole");
}

/// One advisor on many lines, one after the other, says what a new one says of each.
#[test]
fn nothing_is_left_over_from_one_line_to_the_next() {
    let bundled = bundled::newest("uk-border").unwrap();
    let ruleset = bundled.load().unwrap();
    let mut evaluator = Evaluator::new(&ruleset);
    let lines = lines_of_cases(&mut evaluator, &bundled.files());
    let setup = setup(Rulesets::pinned(), ruleset.info().law_as_at, false);
    let mut same = Advisor::new(&setup);
    for (_, _, line) in lines.iter().step_by(29) {
        let broken = line.replacen(':', ";", 3);
        for text in [line.as_str(), &broken, "{}", line] {
            let fresh = answer(&mut Advisor::new(&setup), Some(text.as_bytes()));
            assert_eq!(answer(&mut same, Some(text.as_bytes())), fresh);
        }
    }
}

/// An advisor under the base ruleset of the fixtures.
pub(crate) fn base() -> Setup<'static> {
    setup(Rulesets::one(read_fixture_ruleset().clone(), None), as_of(), false)
}

pub(crate) fn codes(answer: &Value) -> Vec<&str> {
    answer["faults"].as_array().into_iter().flatten().map(|fault| fault["code"].as_str().unwrap()).collect()
}

/// Where the screen ends everything, the line says only so, also where another flow is harmless.
#[test]
fn a_screened_line_says_only_so() {
    let secret = read_fixture_ruleset()
        .question_named("screen.material")
        .and_then(|ix| read_fixture_ruleset().choices(ix).first().map(|choice| choice.id.clone()))
        .expect("the base ruleset has a screen");
    let setup = base();
    let mut advisor = Advisor::new(&setup);
    let only = json!({
        "format": "clearshare-stream/1", "line": 7, "as_of": "2026-11-22", "ruleset": "base@2026.11",
        "screened": true, "outcome": "refer", "failed": true,
    });
    for line in [
        format!(
            "{{\"clearshare\": 1, \"exchange\": {{\"title\": \"Plots\"}}, \"screen\": {{\"material\": [\"{secret}\"]}}}}"
        ),
        "{\"clearshare\": 1, \"screen\": {\"material\": \"unknown\"}, \"power\": {\"conditions-met\": \"plots-act\"}}"
            .to_owned(),
        format!(
            "{{\"clearshare\": 1, \"screen\": {{\"material\": \"none\"}}, \"flows\": [{{\"id\": \"a\", \"screen\": {{\"material\": [\"{secret}\"]}}}}]}}"
        ),
    ] {
        let (came, answer) = answer(&mut advisor, Some(line.as_bytes()));
        assert_eq!((came, &answer), (Came::Failed, &only), "{line}");
        assert_valid(&schema("stream-1"), &answer);
    }
}

/// Text from a line reaches no terminal as it is, and says the same.
#[test]
fn what_acts_or_hides_is_an_escape() {
    let setup = setup(Rulesets::pinned(), as_of(), false);
    let line = "{\"clearshare\": 1, \"ruleset\": \"uk-border@2026.11\", \"exchange\": {\"reference\": \"\\u001b[2J\u{202e}\\nx\u{e0041}\"}}";
    let mut out = Vec::new();
    Advisor::new(&setup).line(1, Some(line.as_bytes()), &mut out).unwrap();
    assert!(out.iter().all(|byte| (b' '..0x7f).contains(byte) || *byte == b'\n'));
    let answer: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(answer["reference"], "\u{1b}[2J\u{202e}\nx\u{e0041}");
}

#[test]
fn faults_of_a_stream_are_worded_as_faults_are() {
    let setup = setup(Rulesets::pinned(), as_of(), false);
    let mut advisor = Advisor::new(&setup);
    for line in [
        &b""[..],
        b"{",
        b"{a",
        b"{\"a\"",
        b"[1 2]",
        b"\"\\q",
        b"1.",
        b"{}x",
        b"tru",
        b"\xff",
        b"{\x01}",
        b"{\"clearshare\": 1}",
    ] {
        let (_, said) = answer(&mut advisor, Some(line));
        for fault in said["faults"].as_array().unwrap() {
            let mut finding = clearshare::finding::Finding::new(
                clearshare::finding::Code::from_name(fault["code"].as_str().unwrap()).unwrap(),
                fault["message"].as_str().unwrap(),
            );
            if let Some(help) = fault["help"].as_str() {
                finding = finding.help(help);
            }
            assert_eq!(well_worded(&finding), Ok(()));
        }
    }
}

#[test]
fn the_schema_refuses_what_is_wrong_and_the_documentation_knows_every_member() {
    let setup = setup(Rulesets::pinned(), as_of(), false);
    let mut advisor = Advisor::new(&setup);
    let line = b"{\"clearshare\": 1, \"ruleset\": \"uk-border@2026.11\", \"exchange\": {\"reference\": \"X\"}}";
    let (_, right) = answer(&mut advisor, Some(line));
    let flow = "/flows/0";
    assert_each_refused(
        &schema("stream-1"),
        &right,
        &[
            ("/format", json!("clearshare-stream/2")),
            ("/line", json!(0)),
            ("/outcome", json!("approved")),
            ("/screened", json!(true)),
            ("/flows", json!([])),
            ("/faults", json!([{"code": "x", "message": "y"}])),
            ("/advice", json!({})),
            ("/extra", json!(1)),
            (&format!("{flow}/rules/applies"), json!("all")),
            (&format!("{flow}/rules/unmet"), json!([])),
            (&format!("{flow}/derived/tier"), json!(["official"])),
            (&format!("{flow}/possible/tier"), json!(["official"])),
            (&format!("{flow}/not_applicable"), json!(null)),
        ],
    );
    let (_, faulty) = answer(&mut advisor, Some(b"{}"));
    let wrong = [
        ("/failed", json!(false)),
        ("/outcome", json!("ready")),
        ("/faults", json!([])),
        ("/faults/0/column", json!(0)),
    ];
    assert_each_refused(&schema("stream-1"), &faulty, &wrong);
    let text = documentation();
    let (_, text) = text.split_once("`clearshare-stream/1`").expect("docs/json.md has a part on it");
    let (text, _) = text.split_once("\n# ").expect("another part follows");
    let mut members = Vec::new();
    each_member(&schema("stream-1"), &mut members);
    assert!(members.len() > 20);
    for member in members {
        let told = [format!("`{member}`"), format!("\"{member}\"")].iter().any(|word| text.contains(word));
        assert!(told, "docs/json.md does not speak of `{member}`");
    }
}
