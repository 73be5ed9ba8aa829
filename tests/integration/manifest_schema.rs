//! The schema of manifests takes what `check` takes, and refuses what no ruleset means.

use clearshare::bundled;
use clearshare::cases::exchange_of;
use clearshare::engine::Evaluator;
use clearshare::manifest::{Interviewed, compose};
use clearshare::report::schema::manifest;
use clearshare::rulefile::read_ruleset;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::{Clearshare, fixture, names_in, read};

/// What a reader of YAML 1.2 makes of a text.
fn as_json(text: &str) -> Value {
    serde_json::to_value(yaml_serde::from_str::<yaml_serde::Value>(text).expect("it is YAML")).expect("it is JSON too")
}

fn validator(reference: &str) -> Validator {
    let bundled = bundled::all().iter().find(|bundled| bundled.reference().to_string() == reference).unwrap();
    validator_of(&manifest(&bundled.load().unwrap()))
}

fn validator_of(schema: &Value) -> Validator {
    jsonschema::draft202012::meta::validate(schema).expect("it is a schema");
    jsonschema::draft202012::new(schema).expect("it can be used")
}

#[track_caller]
fn takes(validator: &Validator, text: &str, name: &str) {
    let found: Vec<String> =
        validator.iter_errors(&as_json(text)).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(found.is_empty(), "{name}: {}", found.join("\n"));
}

#[test]
fn each_example_and_the_start_is_taken() {
    let validator = validator("uk-border@2026.11");
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut taken = 0;
    for name in names_in(&examples).iter().filter(|name| name.contains(".yaml")) {
        let text = String::from_utf8(read(&examples.join(name))).unwrap();
        takes(&validator, &text, name);
        taken += 1;
    }
    assert!(taken >= 10);
    takes(&validator, &Clearshare::new("init").args(["-"]).run().stdout, "init");
}

#[test]
fn what_interviews_write_is_taken() {
    for bundled in bundled::all() {
        let loaded = read_ruleset(&bundled.files()).map_err(|faults| faults.findings).expect("it has no fault");
        let validator = validator_of(&manifest(&loaded.ruleset));
        let mut evaluator = Evaluator::new(&loaded.ruleset);
        for case in loaded.cases.cases.iter().step_by(7) {
            let facts = exchange_of(&mut evaluator, &loaded.cases, case).facts;
            let text = compose(&loaded.ruleset, &Interviewed { facts, ..Interviewed::default() });
            takes(&validator, &text, &case.id);
        }
    }
}

/// The fixtures of faults that a schema can see: what is wrong by itself, and not by what else is answered.
#[test]
fn what_is_a_fault_by_itself_is_refused() {
    let output = Clearshare::new("schema").ruleset("rules", &crate::support::base_files());
    let output = output.args(["manifest", "--rules", "rules"]).run();
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let validator = validator_of(&serde_json::from_str(&output.stdout).unwrap());
    let (mut refused, mut taken) = (Vec::new(), Vec::new());
    for name in names_in(&fixture("manifest")) {
        let Ok(text) = String::from_utf8(read(&fixture("manifest").join(&name))) else { continue };
        let Ok(value) = yaml_serde::from_str::<yaml_serde::Value>(&text) else { continue };
        let Ok(value) = serde_json::to_value(value) else { continue };
        let code = name.split(['.', '_']).next().unwrap_or_default().to_owned();
        if validator.is_valid(&value) { taken.push(code) } else { refused.push(code) }
    }
    for code in ["unknown-key", "unknown-option", "unknown-format", "several-answers", "missing-key"] {
        assert!(refused.iter().any(|other| other.starts_with(code)), "{code} is not refused: {refused:?}");
        assert!(
            !taken.iter().any(|other| other.starts_with(code) && code != "missing-key"),
            "{code} is taken: {taken:?}"
        );
    }
}

#[test]
fn an_editor_is_told_what_each_answer_means() {
    let bundled = bundled::all().last().unwrap();
    let schema = manifest(&bundled.load().unwrap());
    assert_eq!(schema["properties"]["data"]["$ref"], "#/$defs/data");
    let form = &schema["$defs"]["data"]["properties"]["form"];
    assert!(form["description"].as_str().unwrap().contains("Who would know: "), "{form}");
    let of = |reference: &Value| {
        let name = reference["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        schema["$defs"][&name]["anyOf"].as_array().unwrap().clone()
    };
    let bodies = of(&schema["$defs"]["from"]["properties"]["body"]["anyOf"][0]);
    assert!(bodies.iter().any(|body| body["const"] == "hmrc" && !body["description"].as_str().unwrap().is_empty()));
    let validator = validator_of(&schema);
    let head = json!({ "clearshare": 1, "ruleset": bundled.reference().to_string() });
    let with = |key: &str, value: Value| {
        let mut manifest = head.clone();
        manifest[key] = value;
        validator.is_valid(&manifest)
    };
    assert!(with("from", json!({ "body": "hmrc" })) && !with("from", json!({ "body": "hmcr" })));
    assert!(with("told", json!("none")) && !with("told", json!(["nothing-of-the-kind"])));
    assert!(with("flows", json!([{ "id": "back", "from": { "body": "dft" } }])));
    assert!(!with("flows", json!([{ "from": { "body": "dft" } }])) && !with("flows", json!([{ "id": "Back" }])));
    let waived = |rule: &str| {
        with("waivers", json!([{ "rule": rule, "reason": "x", "approved-by": "y", "expires": "2027-03-31" }]))
    };
    assert!(waived("handling.mutual-tls") && !waived("transfer.safeguard"));
}
