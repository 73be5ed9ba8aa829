//! A schema of `.clearshare.yaml`.

use serde_json::{Map, Value, json};

use super::parts::{DIALECT, PART, described, mapping, one_or_more, text, words};
use crate::check::FailOn;

/// A path that leads out of the folder that it starts in, on any system.
const REACHES_OUT: &str = r"^[/\\~]|^.:|(^|[/\\])\.\.([/\\]|$)";

/// A path that leads to a hidden file or folder.
const HIDDEN: &str = r"(^|[/\\])\.[^/\\]";

/// A schema (JSON Schema 2020-12) of a configuration. `formats` are the names of those that there are, each with what it is for.
#[must_use]
pub fn config(formats: &[(String, String)]) -> Value {
    let named = || words(formats.iter().map(|(name, says)| (name.as_str(), says.as_str())));
    let out = || json!({ "not": { "type": "string", "pattern": format!("{REACHES_OUT}|{HIDDEN}") } });
    let written = |says: &str| json!({ "allOf": [text(), out()], "description": says });
    let outputs: Map<String, Value> = formats.iter().map(|(name, says)| (name.clone(), written(says))).collect();
    let checked =
        json!({ "allOf": [text(), { "not": { "type": "string", "pattern": format!("{REACHES_OUT}|^-$") } }] });
    let fails = FailOn::WORDS.iter().map(|(word, fail_on)| (*word, says(*fail_on)));
    let keys = json!({
        "clearshare": { "description": "The version of the configuration's format.", "enum": [1, "1"] },
        "ruleset": described(
            json!({ "type": "string", "pattern": format!(r"^{PART}@[2-9][0-9]{{3}}\.(0[1-9]|1[0-2])$") }),
            "The ruleset and its version for manifests that pin none: a manifest's own pin counts first.",
        ),
        "fail-on": described(words(fails), "The mildest outcome that fails a check."),
        "format": described(named(), "The format on standard output."),
        "output-for": described(
            mapping(&[], &Value::Object(outputs)),
            "Formats that are also written to files, in the folder of the configuration or below it.",
        ),
        "paths": described(
            one_or_more(&checked),
            "What is checked where the command line names nothing: files, folders and patterns, in the folder of the configuration or \
             below it.",
        ),
        "include": described(one_or_more(&text()), "Which files of a folder are manifests, as patterns."),
        "waivers": described(text(), "A file of waivers that several manifests share."),
        "baseline": described(text(), "A baseline: only what is new since it was written fails."),
    });
    let mut schema = mapping(&["clearshare"], &keys);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), json!(DIALECT));
        schema.insert("$id".to_owned(), json!("urn:clearshare:schema:config"));
        schema.insert("title".to_owned(), json!("A clearshare configuration"));
        let says = "What is set for the manifests beside it and below. `clearshare config show` prints each setting.";
        schema.insert("description".to_owned(), json!(says));
    }
    schema
}

/// What a mildest outcome that fails means.
fn says(fail_on: FailOn) -> &'static str {
    match fail_on {
        FailOn::Stop => "Only \"do not share as proposed\", and the safety check.",
        FailOn::Refer => "Also \"get advice first\".",
        FailOn::Incomplete => "Also \"can't tell yet\".",
        FailOn::ActFirst => "Everything but \"nothing in this ruleset stops this\".",
    }
}
