//! A manifest's tree, its format and the ruleset it pins.

use super::flows::{self, Flow};
use super::screen::Hidden;
use super::waivers::UncheckedWaiver;
use crate::finding::{Code, Finding, Findings};
use crate::model::Date;
use crate::ruleset::{Reference, Ruleset};
use crate::text::{FileId, Place, Source, Sources, quoted};
use crate::yaml::{Limits, Node, Value, read_tree, shape, with_each_key_once};

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
    /// Waivers that stand elsewhere, and hold for it too.
    pub(super) shared: Vec<UncheckedWaiver>,
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
    Some(UncheckedManifest { pin: pin?, file, root, hidden, shared: Vec::new() })
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
    Some(UncheckedManifest { pin: pin?, file, root, hidden, shared: Vec::new() })
}

/// The same of a tree in which each key of a mapping is written once, for whoever shows no fault: where there is one, they say
/// next to nothing. It is less work.
pub fn sound_manifest_of_tree(root: Node, findings: &mut Findings) -> Option<UncheckedManifest> {
    let file = root.place.file;
    let hidden = Hidden::everything(file);
    let mut own = Findings::new();
    let pin = head(&root, &mut own);
    findings.append_with(own, |finding| hidden.redact(finding));
    Some(UncheckedManifest { pin: pin?, file, root, hidden, shared: Vec::new() })
}

/// The pin of a manifest, if it is a mapping.
fn head(root: &Node, findings: &mut Findings) -> Option<Option<(Reference, Place)>> {
    let Value::Map(entries) = &root.value else {
        findings.push(shape::wrong(root, "a manifest, such as `clearshare: 1`"));
        return None;
    };
    let place = entries.first().map_or(root.place, |entry| entry.key_place);
    read_format(root.get("clearshare"), place, "manifest", findings);
    Some(root.get("ruleset").and_then(|node| reference(node, findings).map(|reference| (reference, node.place))))
}

/// Looks at the format's version. `start` is where the file begins; `what` is what it is called.
pub fn read_format(node: Option<&Node>, start: Place, what: &str, findings: &mut Findings) {
    let Some(node) = node else {
        findings.push(
            Finding::new(Code::MissingKey, "the key `clearshare` is missing")
                .at(start)
                .help(format!("start the {what} with `clearshare: 1`, the version of its format")),
        );
        return;
    };
    let Some(text) = shape::text(node, "the format's version", findings) else { return };
    if text != FORMAT {
        findings.push(
            Finding::new(Code::UnknownFormat, format!("format {} is not one that this clearshare reads", quoted(text)))
                .at(node.place)
                .help(format!("this clearshare reads {what}s of format 1; a newer one may need a newer clearshare")),
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
        let mut flows = flows::read(&self.root, &self.shared, ruleset, as_of, sources, &mut own);
        findings.append_with(own, |finding| self.hidden.redact(finding));
        for waiver in flows.iter_mut().flat_map(|flow| &mut flow.waivers) {
            if let Err(unknown) = &mut waiver.rule
                && self.hidden.touches(waiver.place)
            {
                unknown.written = None;
                unknown.near = None;
            }
        }
        flows
    }

    /// Lets waivers of a shared file hold for this manifest too. Their places are in a file of the same sources.
    pub fn share(&mut self, waivers: Vec<UncheckedWaiver>) {
        self.shared = waivers;
    }

    /// Hides from a finding the line where that would show an answer to a safety question.
    #[must_use]
    pub fn hide(&self, finding: Finding) -> Finding {
        self.hidden.hide(finding)
    }
}
