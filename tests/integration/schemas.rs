//! The JSON that clearshare writes, against its schema.

use std::path::{Path, PathBuf};

use clearshare::bundled;
use clearshare::check::{FailOn, check};
use clearshare::engine::{Evaluator, Outcome};
use clearshare::finding::Findings;
use clearshare::manifest::read_manifest;
use clearshare::model::Date;
use clearshare::report::ManifestReport;
use clearshare::report::json::Writer;
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;
use serde_json::{Value, json};

use crate::sample;
use crate::schema::{assert_each_refused, documentation, each_member, validator};

const HEAD: &str = "clearshare: 1\nruleset: sample@2026.11\n";
const ORDINARY: &str = "exchange: { title: Plants, reference: DX-1, contact: plants@example.gov.uk }
screen: { material: none }
from: { body: hmrc }
to: { body: defra }
data: { personal: yes, contains: [health, names, unknown], scale: unknown }
power: { gateway: [trade-act, future-act], conditions: trade-act }
handling: { controls: none }
flows:
  - { id: back, without: power.conditions, from: { body: defra }, to: { body: police } }
  - { id: figures, without: data.contains, data: { personal: no, scale: many } }
done: [{ rule: handling.approval, on: 2026-11-02, by: Head of Data, evidence: docs/approval.md }]
waivers: [{ rule: handling.encrypt, reason: Legacy, approved-by: A. Name, role: security-adviser, expires: 2027-03-31 }]
";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    crate::schema::schema("advice-1")
}

fn as_of() -> Date {
    jiff::civil::date(2026, 11, 22)
}

/// One document with the results of these manifests.
fn written(ruleset: &Ruleset, manifests: &[(&str, &[u8])]) -> Vec<u8> {
    let mut evaluator = Evaluator::new(ruleset);
    let mut out = Vec::new();
    let mut writer = Writer::begin(&mut out, as_of()).unwrap();
    for (path, bytes) in manifests {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let manifest = read_manifest(bytes, path, &mut sources, &mut findings);
        let checked = manifest.and_then(|manifest| check(&mut evaluator, &manifest, as_of(), &sources, &mut findings));
        match checked {
            Some(checked) if findings.is_empty() => {
                let failed = FailOn::Stop.fails(checked.outcome());
                let notices = ["A newer ruleset is here.".to_owned()];
                let report = ManifestReport {
                    path,
                    ruleset,
                    as_of: as_of(),
                    checked: &checked,
                    notices: &notices,
                    waivers: &[],
                    since: None,
                    findings: &[],
                    sources: &sources,
                    fail_on: FailOn::Stop,
                    failed,
                };
                writer.advice(&mut out, &mut evaluator, &report).unwrap();
            }
            _ => writer.faults(&mut out, path, &findings.into_sorted(), &sources).unwrap(),
        }
    }
    writer.end(&mut out).unwrap();
    out
}

/// One document about manifests of the sample ruleset, without the head that they share.
fn document(manifests: &[&str]) -> Value {
    let texts: Vec<String> = manifests.iter().map(|text| format!("{HEAD}{text}")).collect();
    let named: Vec<(&str, &[u8])> = texts.iter().map(|text| ("share.yaml", text.as_bytes())).collect();
    serde_json::from_slice(&written(&sample::ruleset(), &named)).expect("what is written is JSON")
}

#[track_caller]
fn assert_valid(document: &Value) {
    crate::schema::assert_valid(&schema(), document);
}

fn result(document: &Value) -> &Value {
    &document["results"][0]
}

#[test]
fn the_schema_is_a_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn advice_has_the_shape_of_the_schema() {
    let document = document(&[ORDINARY, "screen: { material: none }\n", "from: { body: unknown }\n"]);
    assert_valid(&document);
    assert_eq!(document["results"].as_array().unwrap().len(), 3);
    let advice = result(&document);
    assert_eq!(advice["screened"], false);
    assert_eq!(
        advice["exchange"],
        json!({ "title": "Plants", "reference": "DX-1", "contact": "plants@example.gov.uk" })
    );
    assert_eq!(advice["flows"].as_array().unwrap().len(), 3);
    assert_eq!(advice["notices"], json!(["A newer ruleset is here."]));
}

#[test]
fn every_form_of_test_and_kind_of_reason_is_written() {
    let unmet = "data: { personal: yes, contains: health, scale: many }\nhandling: { controls: none }\n";
    let document = document(&[ORDINARY, "from: { body: hmrc }\n", unmet]);
    assert_valid(&document);
    let text = document.to_string();
    for member in [
        r#""form":"any-of""#,
        r#""form":"all-of""#,
        r#""form":"only""#,
        r#""form":"some""#,
        r#""form":"some-without""#,
        r#""form":"closed""#,
        r#""form":"is""#,
        r#""kind":"question""#,
        r#""kind":"derived""#,
        r#""state":"answered""#,
        r#""state":"absent""#,
        r#""state":"does-not-arise""#,
        r#""state":"withheld""#,
        r#""closed":["#,
        r#""at_least":""#,
        r#""in_force":"not-appointed""#,
        r#""upcoming":{"#,
        r#""otherwise":""#,
        r#""waiver":{"#,
        r#""done":{"#,
        r#""truth":null"#,
        r#""must_hold":""#,
        r#""answers":["health","names","unknown"]"#,
        r#""answers":["none"]"#,
        r#""answers":["unknown"]"#,
    ] {
        assert!(text.contains(member), "no {member}\n{document:#}");
    }
}

#[test]
fn the_same_advice_is_written_byte_for_byte() {
    let (sample, text) = (sample::ruleset(), format!("{HEAD}{ORDINARY}"));
    let once = written(&sample, &[("share.yaml", text.as_bytes())]);
    assert_eq!(once, written(&sample, &[("share.yaml", text.as_bytes())]));
    let empty = String::from_utf8(written(&sample, &[])).unwrap();
    assert_valid(&serde_json::from_str(&empty).unwrap());
    assert!(empty.ends_with("  \"results\": []\n}\n"), "{empty}");
}

#[test]
fn a_screened_exchange_says_what_to_do_and_nothing_else() {
    for answer in ["code-word", "[secret, code-word]", "unknown", "[code-word, unknown]"] {
        let document = document(&[&ORDINARY.replace("material: none", &format!("material: {answer}"))]);
        assert_valid(&document);
        let screened = result(&document);
        let members: Vec<&str> = screened.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, ["failed", "instructions", "manifest", "outcome", "ruleset", "screened"]);
        assert_eq!(screened["outcome"], "refer");
        assert_eq!(screened["failed"], true);
        let text = document.to_string();
        for told in ["code-word", "secret", "Plants", "DX-1", "health", "hmrc", "unknown", "screen.", "back"] {
            assert!(!text.contains(told), "{told} in {text}");
        }
    }
}

#[test]
fn one_screened_flow_screens_the_manifest() {
    let flow = "  - { id: back, screen: { material: code-word }, from: { body: defra }, to: { body: police } }\n";
    let manifest = ORDINARY
        .replace("  - { id: back, without: power.conditions, from: { body: defra }, to: { body: police } }\n", flow);
    let document = document(&[&manifest]);
    assert_valid(&document);
    assert_eq!(result(&document)["screened"], true);
    assert!(!document.to_string().contains("Plants"));
}

#[test]
fn nothing_of_the_screening_answer_is_written_where_it_passed() {
    let document = document(&[ORDINARY]);
    let mut seen = 0;
    each_reason(&document, &mut |reason| {
        if reason["fact"] == "screen.material" {
            seen += 1;
            assert_eq!(reason["state"], "withheld");
            assert_eq!(reason["truth"], Value::Null);
            assert!(reason.get("answers").is_none() && reason.get("because").is_none());
        }
    });
    assert!(seen > 0);
}

fn each_reason(value: &Value, f: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(members) => {
            if members.contains_key("fact") {
                f(value);
            }
            members.values().for_each(|member| each_reason(member, f));
        }
        Value::Array(items) => items.iter().for_each(|item| each_reason(item, f)),
        _ => {}
    }
}

#[test]
fn faults_have_the_shape_of_the_schema() {
    let duplicate = "data: { personal: yes, personal: no }\n";
    let document = document(&[
        "from: { bodi: hmrc }\nto: { body: hmcr }\n",
        duplicate,
        "screen: { material: sekret }\n",
        "a: [\n",
    ]);
    assert_valid(&document);
    let faults = &result(&document)["faults"];
    assert_eq!(faults[0]["code"], "unknown-key");
    assert_eq!(faults[0]["file"], "share.yaml");
    assert_eq!((&faults[0]["line"], &faults[0]["column"]), (&json!(3), &json!(9)));
    assert_eq!((&faults[0]["end_line"], &faults[0]["end_column"]), (&json!(3), &json!(13)));
    assert_eq!(result(&document)["failed"], true);
    let screening = &document["results"][2]["faults"][0];
    assert!(screening.get("line").is_some() && screening.get("end_column").is_none(), "{screening}");
    assert!(!screening.to_string().contains("sekret"), "{screening}");
}

#[test]
fn every_example_has_advice_of_the_shape_of_the_schema() {
    let examples = root().join("examples");
    if bundled::all().is_empty() {
        return;
    }
    let mut checked = 0;
    for entry in std::fs::read_dir(&examples).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            assert_valid(&example(&path));
            checked += 1;
        }
    }
    assert!(checked > 0, "there are no examples");
}

fn example(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap();
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(&bytes, "example", &mut sources, &mut findings).expect("an example can be read");
    let (pin, _) = manifest.pin.expect("an example pins its ruleset");
    let bundled = bundled::exact(&pin.id, pin.version.unwrap()).expect("the ruleset is inside the program");
    let name = path.file_name().unwrap().to_string_lossy();
    serde_json::from_slice(&written(&bundled.load().unwrap(), &[(&name, &bytes)])).unwrap()
}

/// The example in the documentation is a rule of the shape of the schema.
#[test]
fn the_documentation_shows_what_is_written() {
    let text = documentation();
    let (_, after) = text.split_once("```json\n").expect("there is an example");
    let (example, _) = after.split_once("```").unwrap();
    let mut rule: Value = serde_json::from_str(example).unwrap();
    let whole = schema();
    let schema = json!({ "$schema": whole["$schema"], "$ref": "#/$defs/rule", "$defs": whole["$defs"] });
    let validator = validator(&schema);
    assert!(validator.is_valid(&rule));
    rule["status"] = json!("passed");
    assert!(!validator.is_valid(&rule));
    let mut members = Vec::new();
    each_member(&whole, &mut members);
    assert!(members.len() > 80, "only {} members were found", members.len());
    for member in members {
        let told = [format!("`{member}`"), format!("\"{member}\"")].iter().any(|word| text.contains(word));
        assert!(told, "docs/json.md does not speak of `{member}`");
    }
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let right = document(&[ORDINARY, "screen: { material: code-word }\n", "from: { bodi: hmrc }\n"]);
    let wrong = [
        ("/format", json!("clearshare-advice/2")),
        ("/as_of", json!("22 November 2026")),
        ("/extra", json!(1)),
        ("/results/0/extra", json!(1)),
        ("/results/0/outcome", json!("approved")),
        ("/results/0/screened", json!(true)),
        ("/results/0/ruleset/status", json!("final")),
        ("/results/0/flows/0/extra", json!(1)),
        ("/results/0/flows/0/rules/0/level", json!("shall")),
        ("/results/0/flows/0/rules/0/status", json!("passed")),
        ("/results/0/flows/0/rules/1/derivation/when/0/kind", json!("guess")),
        ("/results/0/flows/0/rules/1/derivation/when/0/extra", json!(1)),
        ("/results/0/flows/0/candidates/0/options/0/conditions/0/confirmed_by/party", json!("both")),
        ("/results/0/sources/0/confidence", json!("certain")),
        ("/results/1/exchange", json!({ "title": "Plants" })),
        ("/results/1/flows", json!([])),
        ("/results/2/outcome", json!("ready")),
    ];
    assert_each_refused(&schema(), &right, &wrong);
}

/// No word of an outcome is missing from the schema.
#[test]
fn every_outcome_has_its_word_in_the_schema() {
    let schema = schema();
    let words = schema["$defs"]["advice"]["properties"]["outcome"]["enum"].as_array().unwrap();
    for outcome in [Outcome::Ready, Outcome::ActFirst, Outcome::Incomplete, Outcome::Refer, Outcome::Stop] {
        assert!(words.contains(&json!(outcome.word())));
    }
}
