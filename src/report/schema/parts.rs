//! What several schemas are made of.

use serde_json::{Value, json};

/// Which JSON Schema they are.
pub(super) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// One part of an id, as a pattern.
pub(super) const PART: &str = "[a-z0-9]+(-[a-z0-9]+)*";

/// A text. What a reader of YAML takes for a number, or for yes or no, is a text too.
pub(super) fn text() -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
}

/// A text of some form.
pub(super) fn like(pattern: &str) -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": pattern })
}

/// Yes or no, as words and as what some readers of YAML make of them.
pub(super) fn yes_no() -> Value {
    json!({ "enum": ["yes", "no", "true", "false", true, false] })
}

/// A value, or a list of such values.
pub(super) fn one_or_more(one: &Value) -> Value {
    json!({ "anyOf": [one, list(one)] })
}

/// A list that is not empty.
pub(super) fn list(one: &Value) -> Value {
    json!({ "type": "array", "minItems": 1, "items": one })
}

/// A mapping with these keys and no others.
pub(super) fn mapping(required: &[&str], keys: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": keys })
}

/// A date.
pub(super) fn date() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
}

/// One of a few words, each explained.
pub(super) fn words<'w>(words: impl IntoIterator<Item = (&'w str, &'w str)>) -> Value {
    let words = words.into_iter().map(|(word, says)| json!({ "const": word, "description": says }));
    json!({ "anyOf": words.collect::<Vec<Value>>() })
}

/// The same, explained.
pub(super) fn described(mut schema: Value, description: &str) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), Value::String(description.to_owned()));
    }
    schema
}
