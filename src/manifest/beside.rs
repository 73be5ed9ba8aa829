//! Files beside a manifest, which are no manifests themselves.

use super::screen::Hidden;
use crate::finding::Findings;
use crate::text::{FileId, Source, Sources};
use crate::yaml::{Limits, Node, read_tree};

/// Reads a file that is no manifest. Somebody may name one all the same: so its faults, too, never show what stands in a safety
/// section.
pub fn read_beside<T>(
    bytes: &[u8],
    name: &str,
    limits: Limits,
    sources: &mut Sources,
    findings: &mut Findings,
    read: impl FnOnce(&Node, &mut Findings) -> T,
) -> Option<T> {
    let file = FileId(u16::try_from(sources.iter().count()).unwrap_or(u16::MAX));
    let mut own = Findings::new();
    let root = read_tree(bytes, name, limits, sources, &mut own);
    let mut hidden = Hidden::find(file, sources.get(file).map_or("", Source::text));
    if let Some(root) = &root {
        hidden.add(root);
    }
    let read = root.map(|root| read(&root, &mut own));
    findings.append_with(own, |finding| hidden.redact(finding));
    read
}
