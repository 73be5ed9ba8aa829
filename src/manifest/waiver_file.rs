//! A file of waivers that several manifests share.

use super::beside::read_beside;
use super::read::read_format;
use super::waivers::{self, UncheckedWaiver};
use crate::finding::Findings;
use crate::model::Date;
use crate::text::Sources;
use crate::yaml::{Fields, Limits};

/// Reads a file of waivers: `clearshare: 1`, and a list under `waivers` as a manifest has it, each item with a `for` of its own
/// where it is not for every manifest.
pub fn read_waivers(
    bytes: &[u8],
    name: &str,
    as_of: Date,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Vec<UncheckedWaiver> {
    let read = read_beside(bytes, name, Limits::MANIFEST, sources, findings, |root, findings| {
        let Some(mut fields) = Fields::new(root, "a waiver file, such as `clearshare: 1`", findings) else {
            return Vec::new();
        };
        read_format(fields.optional("clearshare"), fields.place(), "waiver file", findings);
        let list = fields.required("waivers", findings);
        fields.finish(findings);
        list.map(|node| waivers::read(node, as_of, true, findings)).unwrap_or_default()
    });
    read.unwrap_or_default()
}
