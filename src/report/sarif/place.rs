//! Places in SARIF.

use serde_json::{Value, json};

use super::with;
use crate::report::escape::uri;
use crate::report::pipeline::{self, Region};
use crate::text::{self, Location, Sources};

/// The longest text of a place that is repeated, in bytes.
const LONGEST: usize = 1000;

/// A place in a manifest, with its text where that may be shown.
pub(super) fn location(path: &str, place: text::Place, sources: &Sources, hidden: bool) -> Value {
    let Some(region) = Region::of(place, sources, hidden) else { return whole_file(path) };
    let mut value = json!({ "startLine": region.line, "startColumn": region.column });
    if let Some((line, column)) = region.end {
        value = with(with(value, "endLine", json!(line)), "endColumn", json!(column));
        let shown = sources.get(place.file).map_or("", |source| source.slice(place.span));
        if !shown.is_empty() && shown.len() <= LONGEST {
            value = with(value, "snippet", json!({ "text": shown }));
        }
    }
    json!({ "physicalLocation": { "artifactLocation": artifact(path), "region": value } })
}

/// A place of which only the start is known.
pub(super) fn at(path: &str, at: Location) -> Value {
    let region = json!({ "startLine": at.line, "startColumn": at.column });
    json!({ "physicalLocation": { "artifactLocation": artifact(path), "region": region } })
}

/// The first line, for what is about the whole file: some viewers show nothing that has no line.
pub(super) fn whole_file(path: &str) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(path), "region": { "startLine": 1 } } })
}

fn artifact(path: &str) -> Value {
    let uri = uri(&pipeline::path(path));
    if uri.starts_with("file:") { json!({ "uri": uri }) } else { json!({ "uri": uri, "uriBaseId": "%SRCROOT%" }) }
}
