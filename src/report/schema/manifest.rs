//! A JSON Schema of the manifests for one ruleset, so that an editor can complete answers, explain them and mark what is wrong.

use serde_json::{Map, Value, json};

use super::parts::{DIALECT, described, yes_no};
use crate::model::{Kind, Question, QuestionIx};
use crate::ruleset::Ruleset;

/// A schema (JSON Schema 2020-12) of the manifests for a ruleset. The prompts, help and options are its documentation. It takes every
/// manifest that `check` takes, whichever version of YAML an editor reads; what depends on other answers is left to `check`.
#[must_use]
pub fn manifest(ruleset: &Ruleset) -> Value {
    let reference = ruleset.reference().to_string();
    let shared = shared(ruleset);
    // What stands at the top and in flows is defined once.
    let pointers: Map<String, Value> =
        shared.keys().map(|key| (key.clone(), json!({ "$ref": format!("#/$defs/{key}") }))).collect();
    let mut definitions = definitions(ruleset);
    definitions.extend(shared);
    let mut top = pointers.clone();
    top.insert(
        "clearshare".to_owned(),
        json!({
            "description": "The version of the manifest's format.",
            "enum": [1, "1"],
        }),
    );
    top.insert(
        "ruleset".to_owned(),
        json!({
            "description": "The ruleset that the answers are for, and its version. This schema is for this one.",
            "const": reference,
        }),
    );
    top.insert("flows-only".to_owned(), described(yes_no(), "The answers at the top are only what the flows share."));
    let mut flow = pointers;
    flow.insert(
        "id".to_owned(),
        json!({
            "description": "A name of its own: lower-case letters, digits and single hyphens.",
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        }),
    );
    let ids: Vec<&str> = ruleset.questions().iter().map(|(_, question)| question.id.as_str()).collect();
    flow.insert(
        "without".to_owned(),
        described(one_or_more(&json!({ "enum": ids })), "The answers above that do not hold for this flow."),
    );
    top.insert(
        "flows".to_owned(),
        json!({
            "description": "Further exchanges, each of which overrides part of the answers above.",
            "type": "array",
            "minItems": 1,
            "items": { "type": "object", "additionalProperties": false, "required": ["id"], "properties": flow },
        }),
    );
    json!({
        "$schema": DIALECT,
        "$id": format!("urn:clearshare:schema:manifest:{reference}"),
        "title": format!("A clearshare manifest for {reference}"),
        "description": "What a team says of an exchange of data. `clearshare check` says what follows from it.",
        "type": "object",
        "additionalProperties": false,
        "required": ["clearshare"],
        "properties": top,
        "$defs": definitions,
    })
}

/// What may stand at the top and in a flow: answers, and what is recorded beside them.
fn shared(ruleset: &Ruleset) -> Map<String, Value> {
    let mut properties = sections(ruleset);
    let text = || json!({ "type": ["string", "number", "boolean"] });
    let date = || json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" });
    let roles: Vec<Value> =
        ruleset.roles().iter().map(|(_, role)| json!({ "const": role.id, "description": role.title })).collect();
    let rules = |may: &dyn Fn(&crate::model::Rule) -> bool| -> Value {
        let rules = ruleset.rules().iter().filter(|(_, rule)| may(rule));
        let rules: Vec<Value> = rules.map(|(_, rule)| json!({ "const": rule.id, "description": rule.title })).collect();
        if rules.is_empty() { json!(false) } else { json!({ "anyOf": rules }) }
    };
    properties.insert(
        "done".to_owned(),
        json!({
            "description": "Steps taken that no answer covers, with evidence.",
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["rule", "on", "by", "evidence"],
                "properties": {
                    "rule": described(rules(&crate::model::Rule::settled_by_done), "The rule that it settles."),
                    "on": described(date(), "The day on which it was done."),
                    "by": described(text(), "Who did it."),
                    "evidence": described(text(), "Where that can be seen."),
                },
            },
        }),
    );
    properties.insert(
        "waivers".to_owned(),
        json!({
            "description": "Decisions not to act on a rule.",
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["rule", "reason", "approved-by", "expires"],
                "properties": {
                    "rule": described(rules(&crate::model::Rule::waivable), "The rule that is waived."),
                    "reason": described(text(), "Why."),
                    "approved-by": described(text(), "The person who decided."),
                    "role": { "description": "The role in which that person may decide it.", "anyOf": roles },
                    "expires": described(date(), "The last day on which it holds."),
                },
            },
        }),
    );
    let myths: Vec<Value> =
        ruleset.myths().iter().map(|(_, myth)| json!({ "const": myth.id, "description": myth.belief })).collect();
    let told = if myths.is_empty() { json!(false) } else { json!({ "anyOf": myths }) };
    properties.insert("told".to_owned(), json!({
        "description": "What you were told that seems to stop it. `none` says that you were told nothing of the kind.",
        "anyOf": [{ "const": "none" }, one_or_more(&told)],
    }));
    properties
}

/// The sections of the questions, as they nest.
fn sections(ruleset: &Ruleset) -> Map<String, Value> {
    let mut top = Map::new();
    for (ix, question) in ruleset.questions().iter() {
        let parts: Vec<&str> = question.id.split('.').collect();
        put(&mut top, &parts, self::question(ruleset, ix, question));
    }
    top
}

fn put(into: &mut Map<String, Value>, path: &[&str], schema: Value) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        into.insert((*first).to_owned(), schema);
        return;
    }
    let section = into.entry((*first).to_owned()).or_insert_with(
        || json!({ "type": "object", "minProperties": 1, "additionalProperties": false, "properties": {} }),
    );
    if let Some(properties) = section.get_mut("properties").and_then(Value::as_object_mut) {
        put(properties, rest, schema);
    }
}

fn question(ruleset: &Ruleset, ix: QuestionIx, question: &Question) -> Value {
    let one = || choices(question);
    let schema = match question.kind {
        Kind::Text => json!({ "type": ["string", "number", "boolean"] }),
        Kind::YesNo => json!({ "anyOf": [yes_no(), unknown()] }),
        Kind::OneOf => json!({ "anyOf": [one(), unknown()] }),
        Kind::AnyOf => {
            let none = json!({ "const": "none", "description": "None of these." });
            one_or_more(&json!({ "anyOf": [one(), none, unknown()] }))
        }
    };
    let mut about = vec![question.prompt.to_string()];
    about.extend((*question.help).clone());
    about.extend(question.why.as_ref().map(|why| format!("Why: {why}")));
    about.extend(question.who.map(|who| format!("Who would know: {}.", crate::report::words::who(ruleset, who))));
    if ruleset.is_screening(ix) {
        about.push("Write no details of such material anywhere.".to_owned());
    }
    described(schema, &about.join("\n\n"))
}

/// The choices of a question: of a list that is shared, or its own.
fn choices(question: &Question) -> Value {
    let at = question.list.map_or(0, |list| list.0);
    json!({ "$ref": format!("#/$defs/choices-{at}") })
}

fn definitions(ruleset: &Ruleset) -> Map<String, Value> {
    let used = |at: usize| {
        let mut questions = ruleset.questions().iter().map(|(_, question)| question);
        questions
            .any(|question| question.kind != Kind::YesNo && question.list.is_some_and(|list| usize::from(list.0) == at))
    };
    let lists = ruleset.parts().lists.iter().filter(|(ix, _)| used(usize::from(ix.0)));
    let define = |(ix, list): (crate::model::ListIx, &crate::model::ChoiceList)| {
        let choices = list.choices.iter().map(|choice| {
            let help = choice.help.as_ref().map(|help| format!("\n\n{help}")).unwrap_or_default();
            json!({ "const": choice.id, "description": format!("{}{help}", choice.label) })
        });
        (format!("choices-{}", ix.0), json!({ "anyOf": choices.collect::<Vec<Value>>() }))
    };
    lists.map(define).collect()
}

fn unknown() -> Value {
    json!({ "const": "unknown", "description": "You do not know." })
}

/// A value, or a list of such values, each once.
fn one_or_more(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "minItems": 1, "uniqueItems": true, "items": one }] })
}
