//! JSON Schemas (2020-12) of what people write in YAML, so that an editor can complete it, explain it and mark what is wrong. Each takes
//! everything that our reader takes, whichever version of YAML an editor reads.

mod condition;
mod config;
mod manifest;
mod parts;
mod questions;
mod rules;
mod ruleset;

pub use config::config;
pub use manifest::manifest;
pub use ruleset::ruleset;

use serde_json::Value;

/// The schema (JSON Schema 2020-12) of decision records.
pub const RECORD: &str = include_str!("../../../schemas/record-1.schema.json");

/// A schema as text, laid out for people to read.
#[must_use]
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
