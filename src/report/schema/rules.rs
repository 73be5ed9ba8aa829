//! The schemas of `rules/*.yaml` and `cases/*.yaml`.

use serde_json::{Value, json};

use super::condition::{cites, defined, defined_as, steps};
use super::parts::{described, list, mapping, one_or_more, text, words};
use super::questions::names;
use crate::model::{Basis, Level, Outcome, Status};

/// The levels of a rule, and what each means.
fn levels() -> Value {
    words([
        (Level::MustNot.word(), "A prohibition."),
        (Level::Must.word(), "A duty."),
        (Level::Should.word(), "What is to be done, unless there is a good reason."),
        (Level::Could.word(), "What helps."),
    ])
}

fn bases() -> Value {
    words([
        (Basis::Law.word(), "It is law: nobody can waive it."),
        (Basis::Policy.word(), "It is policy: only who is named can waive it."),
        (Basis::Guidance.word(), "It is guidance: anybody may waive it, with a reason."),
    ])
}

fn dues() -> Value {
    words([("before", "Before sharing."), ("after", "After sharing has begun.")])
}

/// `rules/*.yaml`.
pub(super) fn file() -> Value {
    let mut file = mapping(
        &["theme", "rules"],
        &json!({
            "theme": described(text(), "What people see over its rules."),
            "when": defined_as("condition", "What must hold for every rule of this file, besides its own `when`."),
            "rules": list(&defined("rule")),
        }),
    );
    if let Some(file) = file.as_object_mut() {
        let own = json!({ "properties": { "rules": { "items": { "required": ["when"] } } } });
        file.insert("anyOf".to_owned(), json!([{ "required": ["when"] }, own]));
    }
    file
}

/// A rule.
pub(super) fn rule() -> Value {
    let mut rule = mapping(
        &["id", "title", "level", "basis", "because", "steps", "cites"],
        &json!({
            "id": defined_as("id", "What manifests, waivers and cases name it by."),
            "title": described(text(), "What is to be done, or not, in words."),
            "level": described(levels(), "How strongly it binds."),
            "basis": described(bases(), "What stands behind it."),
            "when": defined_as("condition", "When it applies."),
            "met-when": defined_as("condition", "When the answers meet it."),
            "because": described(text(), "Why, for the people who read the advice."),
            "otherwise": described(text(), "What is said where it does not apply."),
            "steps": steps(),
            "cites": cites(),
            "due": described(dues(), "When it is due."),
            "waivable-by": described(one_or_more(&defined("id")), "The roles that can waive it."),
            "refer": defined_as("id", "The role whose advice is to be had first."),
            "ends-questions": defined_as("yes-no", "Whether nothing else is asked or shown where it applies."),
            "upcoming": defined_as("upcoming", "That it is not in force yet."),
            "final": defined_as("yes-no", "Whether no change to the exchange lifts it."),
            "even-unasked": described(
                one_or_more(&defined("id")),
                "Questions that it reads although they may not arise, on purpose.",
            ),
        }),
    );
    let none = |keys: &[&str]| -> Value {
        let keys: serde_json::Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), json!(false))).collect();
        json!({ "properties": keys })
    };
    let is = |key: &str, words: &[&str]| json!({ "required": [key], "properties": { key: { "enum": words } } });
    let rules = json!([
        { "if": is("level", &["must-not"]), "then": none(&["met-when", "due", "waivable-by", "refer"]), },
        { "if": is("level", &["could"]), "then": none(&["refer"]) },
        { "if": is("level", &["must", "should", "could"]), "then": none(&["final"]) },
        { "if": { "required": ["refer"] }, "then": none(&["met-when", "due"]) },
        { "if": is("basis", &["law", "guidance"]), "then": none(&["waivable-by"]) },
        {
            "if": { "required": ["ends-questions"], "properties": { "ends-questions": { "enum": ["yes", "true", true] } } },
            "then": { "required": ["refer"] },
        },
    ]);
    if let Some(rule) = rule.as_object_mut() {
        rule.insert("allOf".to_owned(), rules);
    }
    rule
}

/// `cases/*.yaml`.
pub(super) fn cases() -> Value {
    let profile = mapping(&["id", "facts"], &json!({ "id": defined("id"), "facts": defined("facts") }));
    mapping(
        &[],
        &json!({
            "profiles": described(list(&profile), "Answers that several cases assume."),
            "cases": list(&defined("case")),
        }),
    )
}

/// Answers, as they nest in a manifest.
pub(super) fn facts() -> Value {
    let one = text();
    json!({
        "description": "Answers, as a manifest has them.",
        "type": "object",
        "additionalProperties": { "anyOf": [one, list(&one), defined("facts")] },
    })
}

/// A case.
pub(super) fn case() -> Value {
    let mut case = mapping(
        &["id", "title", "given", "expect"],
        &json!({
            "id": defined("id"),
            "title": described(text(), "What it is a case of."),
            "source": defined_as("url", "Where it is told."),
            "note": described(text(), "What else there is to know."),
            "as-of": defined_as("date", "The date of the advice."),
            "given": defined_as("facts", "What the case says."),
            "assumed": described(text(), "The profile whose answers it assumes besides."),
            "given-alone": defined_as("yes-no", "Whether the outcome is to hold on what is given alone, too."),
            "done": described(names(), "The rules that are recorded as done."),
            "waived": described(names(), "The rules that are waived."),
            "expect": expect(),
        }),
    );
    let alone =
        json!({ "required": ["given-alone"], "properties": { "given-alone": { "enum": ["yes", "true", true] } } });
    if let Some(case) = case.as_object_mut() {
        let then = json!({ "required": ["assumed"], "properties": { "expect": { "required": ["outcome"] } } });
        case.insert("if".to_owned(), alone);
        case.insert("then".to_owned(), then);
    }
    case
}

fn expect() -> Value {
    let outcomes = [Outcome::Stop, Outcome::Refer, Outcome::Incomplete, Outcome::ActFirst, Outcome::Ready];
    let statuses =
        [Status::Applies, Status::Met, Status::Done, Status::Waived, Status::NotApplicable, Status::Undetermined];
    let status = json!({ "enum": statuses.map(Status::word) });
    let of_rule = mapping(
        &["status"],
        &json!({ "status": status, "level": levels(), "basis": bases(), "due": dues(), "refer": defined("id") }),
    );
    let by = |value: Value| json!({ "type": "object", "additionalProperties": value });
    let part = json!({ "enum": ["rules", "derived", "candidates", "myths"] });
    let mut expect = mapping(
        &[],
        &json!({
            "exactly": {
                "description": "Of what nothing may come out that is not named: `yes` for all of these.",
                "anyOf": [defined("yes-no"), part, list(&part)],
            },
            "outcome": { "description": "The outcome.", "enum": outcomes.map(Outcome::word) },
            "rules": described(by(json!({ "anyOf": [status, of_rule] })), "The status of rules."),
            "derived": described(by(names()), "The values of derived facts; `undetermined` where it is not known."),
            "candidates": described(by(names()), "Options that are offered, by question."),
            "not-candidates": described(by(names()), "Options that are not offered, by question."),
            "myths": described(names(), "Myths that are answered."),
            "does-not-arise": described(names(), "Questions that do not arise."),
        }),
    );
    let every = json!({
        "required": ["exactly"],
        "properties": { "exactly": { "anyOf": [
            { "enum": ["yes", "true", true, "rules"] },
            { "type": "array", "contains": { "const": "rules" } },
        ] } },
    });
    if let Some(expect) = expect.as_object_mut() {
        expect.insert("if".to_owned(), every);
        let named = json!({ "required": ["rules"], "properties": { "rules": { "minProperties": 1 } } });
        expect.insert("else".to_owned(), named);
    }
    expect
}
