//! A schema of the files of a ruleset.

use serde_json::{Map, Value, json};

use super::condition::{cites, defined, defined_as, definitions};
use super::parts::{DIALECT, PART, described, like, list, mapping, text, words};
use super::{questions, rules};

/// The files of a ruleset: by which key each kind is known, what it is called, and its definition.
const FILES: [(&str, &str, &str); 10] = [
    ("format", "ruleset.yaml", "head-file"),
    ("sections", "questions.yaml", "questions-file"),
    ("options", "options/*.yaml", "options-file"),
    ("derived", "derived.yaml", "derived-file"),
    ("theme", "rules/*.yaml", "rules-file"),
    ("roles", "roles.yaml", "roles-file"),
    ("sources", "sources.yaml", "sources-file"),
    ("myths", "myths.yaml", "myths-file"),
    ("terms", "glossary.yaml", "glossary-file"),
    ("cases", "cases/*.yaml", "cases-file"),
];

/// A schema (JSON Schema 2020-12) of every file of a ruleset, whichever it is. What depends on other files is left to
/// `clearshare rules verify`.
#[must_use]
pub fn ruleset() -> Value {
    let mut keys: Map<String, Value> = FILES
        .iter()
        .map(|(key, file, _)| ((*key).to_owned(), json!({ "description": format!("The file is `{file}`.") })))
        .collect();
    keys.insert("profiles".to_owned(), json!({ "description": "The file is one of `cases/*.yaml`." }));
    let mut by_key: Vec<Value> = FILES
        .iter()
        .map(|(key, _, definition)| json!({ "if": { "required": [key] }, "then": defined(definition) }))
        .collect();
    by_key.push(json!({ "if": { "required": ["profiles"] }, "then": defined("cases-file") }));
    let any: Vec<Value> =
        FILES.iter().map(|(key, ..)| *key).chain(["profiles"]).map(|key| json!({ "required": [key] })).collect();
    json!({
        "$schema": DIALECT,
        "$id": "urn:clearshare:schema:ruleset",
        "title": "A file of a clearshare ruleset",
        "description": "docs/rulesets.md says what each file holds. `clearshare rules verify` reads a ruleset as a whole.",
        "type": "object",
        "properties": keys,
        "anyOf": any,
        "allOf": by_key,
        "$defs": all(),
    })
}

fn all() -> Map<String, Value> {
    let mut all = Map::new();
    if let Value::Object(shared) = definitions() {
        all.extend(shared);
    }
    all.insert("url".to_owned(), like(r#"^https?://(?=.*\.)[^\s<>"`]+$"#));
    all.insert("question".to_owned(), questions::question());
    all.insert("option".to_owned(), questions::option());
    all.insert("derived".to_owned(), questions::derived());
    all.insert("rule".to_owned(), rules::rule());
    all.insert("facts".to_owned(), rules::facts());
    all.insert("case".to_owned(), rules::case());
    all.insert("head-file".to_owned(), head());
    all.insert("questions-file".to_owned(), questions::file());
    all.insert("options-file".to_owned(), questions::options());
    all.insert("derived-file".to_owned(), questions::derived_file());
    all.insert("rules-file".to_owned(), rules::file());
    all.insert("cases-file".to_owned(), rules::cases());
    all.extend(small());
    all
}

fn version() -> Value {
    let quoted = json!({ "type": "string", "pattern": r"^[2-9][0-9]{3}\.(0[1-9]|1[0-2])$" });
    json!({
        "description": "A year and a month, in quotes: a reader of YAML takes 2026.10 for the number 2026.1.",
        "anyOf": [quoted, { "type": "number", "minimum": 2000, "exclusiveMaximum": 10_000 }],
    })
}

/// `ruleset.yaml`.
fn head() -> Value {
    let states = [("draft", "Not published yet."), ("published", "Published: it never changes.")];
    let covers = mapping(
        &["from"],
        &json!({ "from": defined_as("date", "The first day."), "until": defined_as("date", "The last day.") }),
    );
    let months = json!({
        "description": "How often the sources are read again, in months.",
        "anyOf": [
            { "type": "integer", "minimum": 1, "maximum": 60 },
            { "type": "string", "pattern": r"^\+?0*([1-9]|[1-5][0-9]|60)$" },
        ],
    });
    mapping(
        &[
            "format",
            "id",
            "version",
            "status",
            "title",
            "law-as-at",
            "covers",
            "jurisdiction",
            "keeper",
            "report-to",
            "review-every-months",
            "changes",
            "not-covered",
        ],
        &json!({
            "format": { "description": "The version of the format of rulesets.", "enum": [1, "1"] },
            "id": defined_as("id", "What the ruleset is called."),
            "version": version(),
            "status": words(states),
            "title": described(text(), "What people see."),
            "law-as-at": defined_as("date", "The day on which the law was read."),
            "covers": described(covers, "The dates that it is for."),
            "supersedes": version(),
            "jurisdiction": described(text(), "Where it holds."),
            "keeper": described(text(), "Who keeps it."),
            "report-to": described(text(), "Where wrong advice can be reported."),
            "review-every-months": months,
            "changes": described(text(), "What changed since the version before."),
            "not-covered": described(list(&text()), "What it says nothing about."),
        }),
    )
}

/// The small files, and what stands in them.
fn small() -> Map<String, Value> {
    let copies =
        [("live", "The page itself."), ("archived", "A copy in an archive."), ("not-read", "It was not read.")];
    let sureness = [
        ("high", "The passage was read."),
        ("medium", "Located, second-hand or in part."),
        ("low", "General knowledge."),
    ];
    let read = mapping(
        &["on", "copy"],
        &json!({ "on": defined_as("date", "The day."), "copy": described(words(copies), "Which copy.") }),
    );
    let role = mapping(
        &["id", "title", "does"],
        &json!({
            "id": like(&format!("^{PART}$")),
            "title": described(text(), "What people see, after \"the sender's\"."),
            "does": described(text(), "What that role does."),
        }),
    );
    let source = mapping(
        &["id", "title", "url", "read", "confidence"],
        &json!({
            "id": defined("id"),
            "title": described(text(), "The instrument or publication."),
            "provision": described(text(), "The provision or section."),
            "url": defined_as("url", "Where to read it."),
            "read": described(read, "When it was read, and which copy."),
            "confidence": described(words(sureness), "How surely it is known."),
            "in-force": defined_as("appointed", "Since when it is in force."),
        }),
    );
    let myth = mapping(
        &["id", "belief", "truth", "when", "cites"],
        &json!({
            "id": defined("id"),
            "belief": described(text(), "What people were told."),
            "truth": described(text(), "What is so."),
            "when": defined_as("condition", "When it matters."),
            "cites": cites(),
        }),
    );
    let term = mapping(
        &["id", "term", "meaning"],
        &json!({ "id": defined("id"), "term": text(), "meaning": text(), "cites": cites() }),
    );
    // Such a file may have nothing to say yet.
    let file = |key: &str, item: Value| mapping(&[key], &json!({ key: { "type": "array", "items": item } }));
    let files = [
        ("roles-file", file("roles", role)),
        ("sources-file", file("sources", source)),
        ("myths-file", file("myths", myth)),
        ("glossary-file", file("terms", term)),
    ];
    files.into_iter().map(|(name, file)| (name.to_owned(), file)).collect()
}
