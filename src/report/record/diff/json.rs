//! `clearshare-record-diff/1`: two records compared, for programs, frozen. See docs/json.md and schemas/record-diff-1.schema.json.

use std::io;

use serde::Serialize;

use super::RecordDiff;
use crate::record::Change;
use crate::report::Out;
use crate::report::json::parts::write;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-record-diff/1";

#[derive(Serialize)]
struct Members<'a> {
    before: Side<'a>,
    after: Side<'a>,
    differs: bool,
    changes: Vec<Changed<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    record: &'a str,
    seal: &'a str,
}

#[derive(Serialize)]
struct Changed<'a> {
    part: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<&'a str>,
    what: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    withheld: bool,
}

/// Writes it.
pub fn render(out: Out<'_>, diff: &RecordDiff<'_>) -> io::Result<()> {
    let [first, second] = diff.records;
    let [before, after] = diff.paths;
    let members = Members {
        before: Side { record: before, seal: &first.seal },
        after: Side { record: after, seal: &second.seal },
        differs: !diff.changes.is_empty(),
        changes: diff.changes.iter().map(changed).collect(),
    };
    write(out, FORMAT, &members)
}

fn changed(change: &Change) -> Changed<'_> {
    Changed {
        part: change.part.word(),
        flow: change.flow.as_deref(),
        what: &change.what,
        words: change.words.as_deref(),
        before: change.before.as_deref(),
        after: change.after.as_deref(),
        withheld: change.withheld,
    }
}
