//! The keys of a mapping: which are refused, and which are written twice.

use super::node::{Entry, Node, Value};
use crate::finding::{Code, Finding, Findings, Place, quoted};

/// What a mapping has of its next entry.
pub(super) enum Key {
    Awaited,
    Read(String, Place),
    /// The key was refused, so its value is left out.
    Refused,
}

/// Take a node as the key of the next entry.
pub(super) fn read_key(node: Node, findings: &mut Findings) -> Key {
    match node.value {
        Value::Scalar(scalar) if scalar.plain && scalar.text == "<<" => {
            let finding = Finding::new(Code::MergeKey, "the merge key `<<` is not supported")
                .at(node.place)
                .help("write the keys out, or put quotes round `\"<<\"` if it is a name");
            findings.push(finding);
            Key::Refused
        }
        // YAML allows it, most other readers do not, and it is always a slip.
        Value::Scalar(scalar) if scalar.plain && scalar.text.is_empty() => {
            let finding = Finding::new(Code::YamlSyntax, "there is no key before this `:`");
            findings.push(finding.at(node.place));
            Key::Refused
        }
        Value::Scalar(scalar) => Key::Read(scalar.text, node.place),
        Value::List(_) | Value::Map(_) => {
            let finding = Finding::new(Code::ComplexKey, format!("a key must be a single value, not {}", node.kind()))
                .at(node.place)
                .help("put quotes round a text that begins with `[` or `{`");
            findings.push(finding);
            Key::Refused
        }
    }
}

/// A tree in which each key of a mapping is written once: every further one is a fault, as where YAML is read.
///
/// Recursion is safe where the tree's depth is bounded.
#[must_use]
pub fn with_each_key_once(node: Node, findings: &mut Findings) -> Node {
    let value = match node.value {
        Value::Scalar(scalar) => Value::Scalar(scalar),
        Value::List(items) => Value::List(items.into_iter().map(|item| with_each_key_once(item, findings)).collect()),
        Value::Map(entries) => {
            let entries = entries.into_iter().map(|entry| {
                let value = with_each_key_once(entry.value, findings);
                Entry { value, ..entry }
            });
            Value::Map(without_duplicates(entries.collect(), findings))
        }
    };
    Node { value, place: node.place }
}

/// The first of each key; every further one is a fault.
pub(super) fn without_duplicates(mut entries: Vec<Entry>, findings: &mut Findings) -> Vec<Entry> {
    let mut by_key: Vec<(&str, Place)> = entries.iter().map(|entry| (entry.key.as_str(), entry.key_place)).collect();
    // The place breaks ties, so the first written stays first.
    by_key.sort_unstable();
    let mut later = Vec::new();
    for same in by_key.chunk_by(|left, right| left.0 == right.0) {
        let Some(((key, first), rest)) = same.split_first() else {
            continue;
        };
        for (_, place) in rest {
            let finding =
                Finding::new(Code::DuplicateKey, format!("the key {} is written more than once", quoted(key)))
                    .at(*place)
                    .related(*first, "first written here");
            findings.push(finding);
            later.push(*place);
        }
    }
    if !later.is_empty() {
        later.sort_unstable();
        entries.retain(|entry| later.binary_search(&entry.key_place).is_err());
    }
    entries
}
