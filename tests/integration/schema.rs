//! A document against its schema, and the schema against the documentation.

use jsonschema::Validator;
use serde_json::Value;

use crate::support::read;

/// `NAME.schema.json`.
pub(crate) fn schema(name: &str) -> Value {
    serde_json::from_slice(&read(&root().join(format!("schemas/{name}.schema.json")))).expect("a schema is JSON")
}

/// docs/json.md.
pub(crate) fn documentation() -> String {
    String::from_utf8(read(&root().join("docs/json.md"))).expect("the documentation is UTF-8")
}

fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).expect("a schema is a schema")
}

/// A document has the shape of its schema.
#[track_caller]
pub(crate) fn assert_valid(schema: &Value, document: &Value) {
    let faults: Vec<String> =
        validator(schema).iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{}\n{document:#}", faults.join("\n"));
}

/// A document that is right but for one change must not pass: else [`assert_valid`] would prove nothing.
#[track_caller]
pub(crate) fn assert_each_refused(schema: &Value, right: &Value, changes: &[(&str, Value)]) {
    assert_valid(schema, right);
    let validator = validator(schema);
    for (pointer, value) in changes {
        let mut document = right.clone();
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
        parent[member] = value.clone();
        assert!(!validator.is_valid(&document), "{pointer} passes");
    }
}

/// The name of every member in a schema: named under `properties`, which may itself be the name of one.
pub(crate) fn each_member(schema: &Value, members: &mut Vec<String>) {
    match schema {
        Value::Object(parts) => {
            for (keyword, part) in parts {
                match (keyword.as_str(), part.as_object()) {
                    ("properties", Some(properties)) => {
                        members.extend(properties.keys().cloned());
                        properties.values().for_each(|schema| each_member(schema, members));
                    }
                    _ => each_member(part, members),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_member(item, members)),
        _ => {}
    }
}
