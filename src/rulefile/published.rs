//! `rules/published.yaml`: the digests of published versions, and which are withdrawn.

use super::read_date;
use crate::finding::{Code, Finding, Findings};
use crate::model::Date;
use crate::ruleset::Reference;
use crate::text::{Sources, quoted};
use crate::yaml::{Fields, Limits, Node, Value, read_tree, shape};

/// One published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The ruleset.
    pub reference: Reference,
    /// SHA-256 of its files, in hexadecimal.
    pub digest: String,
    /// Since when it should not be used, why, and what to use instead.
    pub withdrawn: Option<(Date, String, String)>,
}

/// Reads the list.
pub fn read_published(bytes: &[u8], sources: &mut Sources, findings: &mut Findings) -> Vec<Published> {
    let Some(root) = read_tree(bytes, "published.yaml", Limits::RULESET_FILE, sources, findings) else {
        return Vec::new();
    };
    let Some(mut fields) = Fields::new(&root, "`published: [ … ]`", findings) else { return Vec::new() };
    let list = fields.required("published", findings);
    fields.finish(findings);
    // The list may be empty: nothing is published yet.
    let items = if let Some(Value::List(items)) = list.map(|node| &node.value) {
        items.as_slice()
    } else {
        list.into_iter().for_each(|node| findings.push(shape::wrong(node, "a list of published versions")));
        &[]
    };
    items.iter().filter_map(|item| read(item, findings)).collect()
}

fn read(node: &Node, findings: &mut Findings) -> Option<Published> {
    let mut fields = Fields::new(node, "a published version, such as `ruleset: uk-border@2026.11`", findings)?;
    let reference = fields.required("ruleset", findings).and_then(|node| reference(node, findings));
    let digest = fields.required("digest", findings).and_then(|node| digest(node, findings));
    let withdrawn = fields.optional("withdrawn").map(|node| withdrawn(node, findings));
    fields.finish(findings);
    let withdrawn = match withdrawn {
        Some(withdrawn) => Some(withdrawn?),
        None => None,
    };
    Some(Published { reference: reference?, digest: digest?, withdrawn })
}

fn reference(node: &Node, findings: &mut Findings) -> Option<Reference> {
    let text = shape::text(node, "a ruleset and its version", findings)?;
    let reference: Option<Reference> = text.parse().ok().filter(|reference: &Reference| reference.version.is_some());
    if reference.is_none() {
        findings.push(
            Finding::new(Code::BadVersion, format!("{} is not a ruleset and its version", quoted(text)))
                .at(node.place)
                .help("write for example uk-border@2026.11"),
        );
    }
    reference
}

fn digest(node: &Node, findings: &mut Findings) -> Option<String> {
    let text = shape::text(node, "a digest", findings)?;
    let good = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if !good {
        findings.push(
            Finding::new(Code::BadDigest, format!("{} is not a SHA-256 digest", quoted(text)))
                .at(node.place)
                .help("write 64 hexadecimal digits in lower case"),
        );
        return None;
    }
    Some(text.to_owned())
}

fn withdrawn(node: &Node, findings: &mut Findings) -> Option<(Date, String, String)> {
    let mut fields = Fields::new(node, "a withdrawal, such as `on: 2027-02-01`", findings)?;
    let on = fields.required("on", findings).and_then(|node| read_date(node, findings));
    let why = fields.required("why", findings).and_then(|node| shape::text(node, "a text", findings));
    let instead = fields.required("use", findings).and_then(|node| shape::text(node, "a ruleset", findings));
    fields.finish(findings);
    Some((on?, why?.to_owned(), instead?.to_owned()))
}
