//! Where two values that should be the same differ.

use serde_json::{Map, Value};

use super::canonical::canonical;
use super::v1::Record;

/// The first place in which two values differ, in the order of the canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The members that lead there; a thing in a list is named by its id where it has one.
    pub place: String,
    /// What stands there in the first value: none where nothing does, or where it is no single word or text.
    pub first: Option<String>,
    /// The same in the second value.
    pub second: Option<String>,
}

/// The members that say which thing of a list something is.
const IDS: [&str; 4] = ["id", "question", "fact", "rule"];

/// Where two records first differ, byte for byte in canonical form; none where they do not.
pub fn first_mismatch(first: &Record, second: &Record) -> Result<Option<Mismatch>, serde_json::Error> {
    if canonical(first)? == canonical(second)? {
        return Ok(None);
    }
    let found = mismatch(&serde_json::to_value(first)?, &serde_json::to_value(second)?);
    // What is canonical says everything: two values that are equal have the same bytes.
    Ok(found.or(Some(Mismatch { place: String::new(), first: None, second: None })))
}

/// Where two values first differ; none where they do not.
pub(super) fn mismatch(first: &Value, second: &Value) -> Option<Mismatch> {
    below(String::new(), Some(first), Some(second))
}

fn below(place: String, first: Option<&Value>, second: Option<&Value>) -> Option<Mismatch> {
    match (first, second) {
        _ if first == second => None,
        (Some(Value::Object(first)), Some(Value::Object(second))) => members(&place, first, second),
        (Some(Value::Array(first)), Some(Value::Array(second))) => items(&place, first, second),
        _ => Some(Mismatch { place, first: first.and_then(word), second: second.and_then(word) }),
    }
}

fn members(place: &str, first: &Map<String, Value>, second: &Map<String, Value>) -> Option<Mismatch> {
    let mut names: Vec<&String> = first.keys().chain(second.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().find_map(|name| {
        let dot = if place.is_empty() { "" } else { "." };
        below(format!("{place}{dot}{name}"), first.get(name), second.get(name))
    })
}

fn items(place: &str, first: &[Value], second: &[Value]) -> Option<Mismatch> {
    (0..first.len().max(second.len())).find_map(|at| {
        let (one, other) = (first.get(at), second.get(at));
        let named = one.or(other).and_then(|item| IDS.iter().find_map(|id| item.get(id)?.as_str()));
        let named = named.map_or_else(|| (at + 1).to_string(), str::to_owned);
        below(format!("{place}[{named}]"), one, other)
    })
}

/// What a value says in a few words, where it does.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Null => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::mismatch;
    use serde_json::{Value, json};

    #[track_caller]
    fn case(first: &Value, second: &Value, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let found = mismatch(first, second);
        let found = found.as_ref().map(|found| (found.place.as_str(), found.first.as_deref(), found.second.as_deref()));
        assert_eq!(found, expected);
    }

    #[test]
    fn the_first_place_is_named_by_members_and_ids() {
        case(&json!({ "a": [1] }), &json!({ "a": [1] }), None);
        case(&json!({ "b": 1, "a": "x" }), &json!({ "b": 2, "a": "y" }), Some(("a", Some("x"), Some("y"))));
        let rules = |status| json!({ "rules": [{ "id": "a.b" }, { "id": "c.d", "status": status }] });
        case(&rules("met"), &rules("done"), Some(("rules[c.d].status", Some("met"), Some("done"))));
        case(&json!({ "a": [[], true] }), &json!({ "a": [[], null] }), Some(("a[2]", Some("true"), Some("null"))));
        case(&json!({ "a": [1] }), &json!({ "a": [1, 2] }), Some(("a[2]", None, Some("2"))));
        case(&json!({ "a": {} }), &json!({}), Some(("a", None, None)));
    }
}
