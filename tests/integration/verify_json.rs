//! The JSON of `clearshare rules verify`, against its schema.

use clearshare::report::verify::json::render;
use clearshare::verify::verify;
use serde_json::{Value, json};

use crate::faults::as_of;
use crate::schema::{assert_each_refused, documentation, each_member};
use crate::support::Files;
use crate::verify::{base, loaded, names, read_fixture, report};

fn schema() -> Value {
    crate::schema::schema("verification-1")
}

fn document(files: &[Files]) -> Value {
    let loaded: Vec<_> = files.iter().map(loaded).collect();
    let verifications: Vec<_> = loaded.iter().map(|loaded| verify(&loaded.ruleset, as_of())).collect();
    let reports: Vec<_> = loaded.iter().zip(&verifications).map(|(loaded, found)| report(loaded, found)).collect();
    let mut bytes = Vec::new();
    render(&mut bytes, &reports).unwrap();
    serde_json::from_slice(&bytes).expect("what is written is JSON")
}

#[track_caller]
fn assert_valid(document: &Value) {
    crate::schema::assert_valid(&schema(), document);
}

#[test]
fn the_schema_is_a_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn what_is_written_has_the_shape_of_the_schema() {
    assert_valid(&document(&[]));
    let files: Vec<Files> = names().iter().map(|name| read_fixture(name).files).chain([base()]).collect();
    let document = document(&files);
    assert_valid(&document);
    let results = document["results"].as_array().unwrap();
    assert_eq!(results.len(), files.len());
    assert_eq!(results.last().unwrap()["verdict"], "proved");
    assert_eq!(results.last().unwrap()["observations"], json!([]));
    assert_eq!(document["failed"], true);
    for result in results {
        let sum = |member: &str| -> u64 {
            let of = |tally: &Value| tally[member].as_u64().unwrap();
            result["properties"].as_array().unwrap().iter().map(of).sum()
        };
        for member in ["stated", "proved", "findings", "not_proved", "advice"] {
            assert_eq!(result["summary"][member], sum(member), "{member}");
        }
        let failed = sum("findings") + sum("not_proved") > 0;
        assert_eq!(result["verdict"] != "proved", failed);
    }
}

/// The facts of a witness and its manifest say the same, and the place is that of the text.
#[test]
fn a_witness_is_written_twice_alike() {
    let document = document(&[read_fixture("unguarded-negation").files]);
    let seen = &document["results"][0]["observations"][0];
    assert_eq!(seen["witness"]["smallest"], true);
    assert_eq!(
        seen["witness"]["facts"],
        json!([
            { "question": "data.personal", "answers": ["no"] },
            { "question": "handling.encrypted", "answers": ["no"] },
        ])
    );
    let manifest = "clearshare: 1\nruleset: plots@2026.11\ndata:\n  personal: no\nhandling:\n  encrypted: no\n";
    assert_eq!(seen["witness"]["manifest"], manifest);
    assert_eq!(seen["file"], "rules/people.yaml");
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let right = document(&[read_fixture("unguarded-negation").files, read_fixture("weak-source").files]);
    let wrong = [
        ("/format", json!("clearshare-verification/2")),
        ("/extra", json!(1)),
        ("/failed", json!("no")),
        ("/results/0/verdict", json!("passed")),
        ("/results/0/as_of", json!("today")),
        ("/results/0/ruleset/digest", json!("abc")),
        ("/results/0/summary/proved", json!(-1)),
        ("/results/0/properties/0/property", json!("sound")),
        ("/results/0/observations/0/severity", json!("fault")),
        ("/results/0/observations/0/line", json!(0)),
        ("/results/0/observations/0/witness/facts/0/answers", json!([])),
        ("/results/1/observations/0/related/0/place", json!(1)),
    ];
    assert_each_refused(&schema(), &right, &wrong);
}

/// docs/json.md speaks of every member, and every property is in the schema.
#[test]
fn the_documentation_speaks_of_every_member() {
    let docs = documentation();
    let mut members = Vec::new();
    each_member(&schema(), &mut members);
    assert!(members.len() > 30, "only {} members were found", members.len());
    for member in members {
        assert!(docs.contains(&format!("`{member}`")), "docs/json.md does not speak of `{member}`");
    }
    let words = schema()["$defs"]["property"]["enum"].clone();
    let properties = clearshare::verify::Property::ALL.map(clearshare::verify::Property::as_str);
    assert_eq!(words, json!(properties));
}
