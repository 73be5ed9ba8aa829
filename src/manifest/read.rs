//! A manifest's tree, its format and the ruleset it pins.

use super::flows::{self, Flow};
use super::screen::Hidden;
use crate::finding::{Code, Finding, Findings};
use crate::model::Date;
use crate::ruleset::{Reference, Ruleset};
use crate::text::{FileId, Place, Source, Sources, quoted};
use crate::yaml::{Entry, Limits, Node, Value, read_tree, shape, with_each_key_once};

/// The format that this reader reads.
const FORMAT: &str = "1";

/// A manifest whose answers are not read yet.
#[derive(Debug, Clone)]
pub struct UncheckedManifest {
    /// The ruleset that it pins, and where.
    pub pin: Option<(Reference, Place)>,
    /// The file.
    pub file: FileId,
    pub(super) root: Node,
    pub(super) hidden: Hidden,
}

/// Reads a manifest's tree, format and pin. `name` is its path as people know it.
///
/// The faults found, here and later, never show what the manifest answers to a safety question.
pub fn read_manifest(
    bytes: &[u8],
    name: &str,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<UncheckedManifest> {
    let before = sources.iter().count();
    let mut own = Findings::new();
    let root = read_tree(bytes, name, Limits::MANIFEST, sources, &mut own);
    let file = FileId(u16::try_from(before).unwrap_or(u16::MAX));
    let mut hidden = Hidden::find(file, sources.get(file).map_or("", Source::text));
    findings.append_with(own, |finding| hidden.redact(finding));
    let root = root?;
    hidden.add(&root);
    let mut own = Findings::new();
    let pin = head(&root, &mut own);
    findings.append_with(own, |finding| hidden.redact(finding));
    Some(UncheckedManifest { pin: pin?, file, root, hidden })
}

/// Takes the tree of a text that stands on one line for a manifest. In the tree, a key that is written twice stands twice.
///
/// The faults found, here and later, never show what the manifest answers to a safety question.
pub fn manifest_of_tree(root: Node, findings: &mut Findings) -> Option<UncheckedManifest> {
    let file = root.place.file;
    let hidden = Hidden::of_tree(file, &root);
    let mut own = Findings::new();
    let root = with_each_key_once(root, &mut own);
    let pin = head(&root, &mut own);
    findings.append_with(own, |finding| hidden.redact(finding));
    Some(UncheckedManifest { pin: pin?, file, root, hidden })
}

/// The same of a tree in which each key of a mapping is written once, for whoever shows no fault: where there is one, they say
/// next to nothing. It is less work.
pub fn sound_manifest_of_tree(root: Node, findings: &mut Findings) -> Option<UncheckedManifest> {
    let file = root.place.file;
    let hidden = Hidden::everything(file);
    let mut own = Findings::new();
    let pin = head(&root, &mut own);
    findings.append_with(own, |finding| hidden.redact(finding));
    Some(UncheckedManifest { pin: pin?, file, root, hidden })
}

/// The pin of a manifest, if it is a mapping.
fn head(root: &Node, findings: &mut Findings) -> Option<Option<(Reference, Place)>> {
    let Value::Map(entries) = &root.value else {
        findings.push(shape::wrong(root, "a manifest, such as `clearshare: 1`"));
        return None;
    };
    format(entries, root, findings);
    Some(root.get("ruleset").and_then(|node| reference(node, findings).map(|reference| (reference, node.place))))
}

fn format(entries: &[Entry], root: &Node, findings: &mut Findings) {
    let Some(node) = root.get("clearshare") else {
        let place = entries.first().map_or(root.place, |entry| entry.key_place);
        findings.push(
            Finding::new(Code::MissingKey, "the key `clearshare` is missing")
                .at(place)
                .help("start the manifest with `clearshare: 1`, the version of its format"),
        );
        return;
    };
    let Some(text) = shape::text(node, "the format's version", findings) else { return };
    if text != FORMAT {
        findings.push(
            Finding::new(Code::UnknownFormat, format!("format {} is not one that this clearshare reads", quoted(text)))
                .at(node.place)
                .help("this clearshare reads manifests of format 1; a newer one may need a newer clearshare"),
        );
    }
}

fn reference(node: &Node, findings: &mut Findings) -> Option<Reference> {
    let text = shape::text(node, "a ruleset and its version", findings)?;
    let reference: Option<Reference> = text.parse().ok().filter(|reference: &Reference| reference.version.is_some());
    if reference.is_none() {
        findings.push(
            Finding::new(Code::BadPin, format!("{} does not pin a ruleset", quoted(text)))
                .at(node.place)
                .help("name the ruleset and its version, for example `ruleset: uk-border@2026.11`; `clearshare rules list` shows them"),
        );
    }
    reference
}

impl UncheckedManifest {
    /// Where the manifest begins.
    #[must_use]
    pub fn start(&self) -> Place {
        self.root.place.start()
    }

    /// Whether it says which ruleset it is for, even where that cannot be read.
    #[must_use]
    pub fn has_pin(&self) -> bool {
        self.root.get("ruleset").is_some()
    }

    /// Reads every exchange of the manifest: its own and those under `flows`.
    pub fn flows(&self, ruleset: &Ruleset, as_of: Date, sources: &Sources, findings: &mut Findings) -> Vec<Flow> {
        let mut own = Findings::new();
        let flows = flows::read(&self.root, ruleset, as_of, sources, &mut own);
        findings.append_with(own, |finding| self.hidden.redact(finding));
        flows
    }

    /// Hides from a finding the line where that would show an answer to a safety question.
    #[must_use]
    pub fn hide(&self, finding: Finding) -> Finding {
        self.hidden.hide(finding)
    }
}
