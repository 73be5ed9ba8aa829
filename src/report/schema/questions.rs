//! The schemas of `questions.yaml`, `options/*.yaml` and `derived.yaml`.

use serde_json::{Value, json};

use super::condition::{cites, defined, defined_as, steps};
use super::parts::{PART, described, like, list, mapping, one_or_more, text, words};

/// The words that a question's id cannot begin with: a manifest uses them itself.
fn reserved() -> String {
    crate::model::RESERVED.join("|")
}

/// `questions.yaml`.
pub(super) fn file() -> Value {
    let section = mapping(
        &["id", "title", "questions"],
        &json!({
            "id": defined("id"),
            "title": described(text(), "What people see over its questions."),
            "questions": list(&defined("question")),
        }),
    );
    mapping(&["sections"], &json!({ "sections": described(list(&section), "The questions, in asking order.") }))
}

/// A question.
pub(super) fn question() -> Value {
    let id = like(&format!(r"^(?!({})\.){PART}(\.{PART})+$", reserved()));
    let kinds = [
        ("yes-no", "Yes or no."),
        ("one-of", "One of its options."),
        ("any-of", "Any of its options, or none of them."),
        ("text", "A text, for people: no rule reads it."),
    ];
    let changeable = [
        ("fixed", "A fact of the world."),
        ("design", "A choice of the design."),
        ("evidence", "What a team can get."),
    ];
    let each = mapping(
        &["each"],
        &json!({ "each": defined_as("id", "An earlier question: its options that were chosen and have conditions.") }),
    );
    let options = json!({
        "description": "A list of its own, the name of a file in `options/`, or `{ each: … }`.",
        "anyOf": [text(), list(&defined("option")), each],
    });
    let mut question = mapping(
        &["id", "type", "prompt"],
        &json!({
            "id": described(id, "The path of its answer in a manifest."),
            "type": described(words(kinds), "What an answer is."),
            "prompt": described(text(), "The question as people read it."),
            "help": described(text(), "What helps to answer it."),
            "why": described(text(), "Why it is asked."),
            "who": defined("who"),
            "changeable": described(words(changeable), "Whether the answer can be changed."),
            "only-if": defined_as("condition", "When it arises."),
            "options": options,
            "candidates": described(text(), "The heading under which its open options are shown in the advice."),
            "cites": cites(),
        }),
    );
    let of = |kinds: &[&str]| json!({ "required": ["type"], "properties": { "type": { "enum": kinds } } });
    let rules = json!([
        { "if": of(&["yes-no", "one-of", "any-of"]), "then": { "required": ["why", "who"] } },
        { "if": of(&["one-of", "any-of"]), "then": { "required": ["options"] } },
        { "if": of(&["yes-no", "text"]), "then": { "properties": { "options": false } } },
        // The options of another question are for those who may choose several.
        { "if": of(&["one-of"]), "then": { "properties": { "options": { "not": { "type": "object" } } } } },
    ]);
    if let Some(question) = question.as_object_mut() {
        question.insert("allOf".to_owned(), rules);
    }
    question
}

/// `options/*.yaml`.
pub(super) fn options() -> Value {
    mapping(&["options"], &json!({ "options": list(&defined("option")) }))
}

/// An option.
pub(super) fn option() -> Value {
    let tag = json!({ "allOf": [defined("id"), { "not": { "const": "has-conditions" } }] });
    let id = json!({ "allOf": [defined("id"), { "not": { "const": "unknown" } }] });
    let condition = mapping(
        &["must-hold", "confirmed-by"],
        &json!({ "must-hold": described(text(), "What must hold."), "confirmed-by": defined("who") }),
    );
    mapping(
        &["id", "label"],
        &json!({
            "id": described(id, "What a manifest says."),
            "label": described(text(), "What people see."),
            "help": described(text(), "What helps to choose it."),
            "tags": described(list(&tag), "What conditions can name it by, with `tag:`."),
            "candidate": defined_as("yes-no", "Whether it is shown among the open options."),
            "inert": defined_as("yes-no", "Whether no rule tells it from others."),
            "only-if": defined_as("condition", "When it is open."),
            "conditions": described(list(&condition), "What must hold for those who rely on it."),
            "steps": steps(),
            "cites": cites(),
            "upcoming": defined_as("upcoming", "That it is not in force yet."),
        }),
    )
}

/// `derived.yaml`.
pub(super) fn derived_file() -> Value {
    mapping(&["derived"], &json!({ "derived": { "type": "array", "items": defined("derived") } }))
}

/// A derived fact: one that is yes or no, or one with cases.
pub(super) fn derived() -> Value {
    let value = json!({ "allOf": [defined("id"), { "not": { "const": "undetermined" } }] });
    let case = mapping(
        &["is"],
        &json!({
            "is": described(value, "The value."),
            "when": defined_as("condition", "When it holds. The first case that holds counts; the last has none."),
            "says": described(text(), "The conclusion in a sentence, at the first case of a value."),
        }),
    );
    let says = mapping(&["yes", "no"], &json!({ "yes": text(), "no": text() }));
    let id = json!({ "allOf": [defined("id"), { "not": { "enum": crate::model::CONDITION_WORDS } }] });
    let mut derived = mapping(
        &["id", "title"],
        &json!({
            "id": described(id, "What conditions test it by."),
            "title": described(text(), "What people see."),
            "shown": defined_as("yes-no", "Whether people see it."),
            "when": defined_as("condition", "When it is yes; otherwise it is no."),
            "says": described(says, "What is said where it is yes, and where it is no."),
            "scale": described(list(&text()), "Its values, lowest first, where they have an order."),
            "cases": described(list(&case), "Its values, and when each holds."),
            "cites": cites(),
        }),
    );
    let shown = json!({ "required": ["shown"], "properties": { "shown": { "enum": ["yes", "true", true] } } });
    let rules = json!([
        {
            "if": { "required": ["when"] },
            "then": { "properties": { "cases": false, "scale": false } },
            "else": { "required": ["cases"], "properties": { "says": false } },
        },
        { "if": shown, "then": { "required": ["cites"] } },
        { "if": { "allOf": [shown, { "required": ["when"] }] }, "then": { "required": ["says"] } },
    ]);
    if let Some(derived) = derived.as_object_mut() {
        derived.insert("allOf".to_owned(), rules);
    }
    derived
}

/// The names of several things, or of one.
pub(super) fn names() -> Value {
    one_or_more(&text())
}
