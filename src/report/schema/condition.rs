//! The parts of rulesets that stand in several files: conditions, steps, sources cited.

use serde_json::{Value, json};

use super::parts::{PART, described, like, list, mapping, one_or_more, text, yes_no};

/// A part that is defined once.
pub(super) fn defined(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// The same, with what it is here.
pub(super) fn defined_as(name: &str, says: &str) -> Value {
    described(defined(name), says)
}

/// A list of the sources cited.
pub(super) fn cites() -> Value {
    described(list(&defined("id")), "The ids of the sources that say so: see `sources.yaml`.")
}

/// What to do, in steps.
pub(super) fn steps() -> Value {
    described(list(&defined("step")), "What to do, each with who does it.")
}

/// The definitions.
pub(super) fn definitions() -> Value {
    let yes = json!({ "enum": ["yes", "true", true] });
    let conditions = list(&defined("condition"));
    let items = one_or_more(&text());
    json!({
        "id": like(&format!(r"^{PART}(\.{PART})*$")),
        "who": described(
            like(&format!(r"^((from|to)\.)?{PART}(\.{PART})*$")),
            "A role of `roles.yaml`: `team` is nobody's in particular, `from.team` the sender's, `to.team` the recipient's.",
        ),
        "date": super::parts::date(),
        "appointed": { "anyOf": [defined("date"), { "const": "not-appointed", "description": "No day is appointed." }] },
        "yes-no": yes_no(),
        "step": mapping(&["do", "who"], &json!({
            "do": described(text(), "What to do."),
            "who": defined("who"),
            "produces": described(text(), "What it produces."),
        })),
        "upcoming": mapping(&["from", "cites"], &json!({
            "from": described(defined("appointed"), "The day on which it comes into force."),
            "cites": cites(),
        })),
        "condition": {
            "description": "Every line must hold. A line tests a question or a derived fact, or joins conditions.",
            "type": "object",
            "minProperties": 1,
            "propertyNames": defined("id"),
            "properties": {
                "all": described(conditions.clone(), "All of these hold."),
                "any": described(conditions.clone(), "At least one of these holds."),
                "none": described(conditions.clone(), "None of these holds."),
                "not": defined_as("condition", "This does not hold."),
                "count": described(
                    mapping(&["at-least", "of"], &json!({
                        "at-least": { "anyOf": [{ "type": "integer", "minimum": 1 }, { "type": "string", "pattern": "^\\+?0*[1-9][0-9]*$" }] },
                        "of": conditions,
                    })),
                    "At least so many of these hold.",
                ),
            },
            "additionalProperties": defined("test"),
        },
        "test": {
            "description": "What a fact must be: a value, one of several, `tag:…` for any option with that tag, or a test in braces.",
            "anyOf": [
                items,
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": false,
                    "properties": {
                        "all-of": described(one_or_more(&text()), "All of these are chosen."),
                        "only": described(one_or_more(&text()), "Nothing but these is chosen."),
                        "some": described(yes.clone(), "Something is chosen that is open."),
                        "closed": described(yes, "Something is chosen, and all of it is closed."),
                        "some-without": described(like("^tag:"), "Something is chosen that is open and has not this tag."),
                    },
                },
            ],
        },
    })
}
