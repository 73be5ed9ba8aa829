//! The keys of a mapping, each asked for by name.

use super::node::{Entry, Node};
use super::shape::entries;
use crate::finding::{Code, Finding, Findings, Place};
use crate::text::{nearest, quoted};

/// How many known keys are listed when none is near to the unknown one.
const LISTED: usize = 12;

/// The keys of a mapping, each asked for by name, so that those nobody asked for can be reported.
#[must_use = "call finish, or unknown keys are silently accepted"]
#[derive(Debug)]
pub struct Fields<'a> {
    place: Place,
    entries: &'a [Entry],
    asked: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    /// Read a node as a mapping. `what` says what is expected, with an example: ``a mapping, such as `body: hmrc` ``.
    pub fn new(node: &'a Node, what: &str, findings: &mut Findings) -> Option<Self> {
        let entries = entries(node, what, findings)?;
        // Missing keys are reported at the first key: the whole mapping may be hundreds of lines.
        let place = entries.first().map_or(node.place, |entry| entry.key_place);
        Some(Self { place, entries, asked: Vec::new() })
    }

    /// Where the mapping begins.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The value of a key that must be there.
    pub fn required(&mut self, key: &'a str, findings: &mut Findings) -> Option<&'a Node> {
        let found = self.optional(key);
        if found.is_none() {
            let message = format!("the key {} is missing", quoted(key));
            findings.push(Finding::new(Code::MissingKey, message).at(self.place));
        }
        found
    }

    /// The value of a key that may be there. A key that is there without a value is not the same as one that is not:
    /// whoever reads the value reports that.
    pub fn optional(&mut self, key: &'a str) -> Option<&'a Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// As [`Self::optional`], with the key's place.
    pub fn entry(&mut self, key: &'a str) -> Option<&'a Entry> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Report every key that nobody asked for.
    pub fn finish(self, findings: &mut Findings) {
        for entry in self.entries {
            if !self.asked.contains(&entry.key.as_str()) {
                findings.push(unknown_key(entry, &self.asked));
            }
        }
    }
}

/// The fault of a key that is not known, with the nearest known one.
#[must_use]
pub fn unknown_key(entry: &Entry, known: &[&str]) -> Finding {
    let message = format!("the key {} is not known here", quoted(&entry.key));
    let finding = Finding::new(Code::UnknownKey, message).at(entry.key_place);
    if let Some(near) = nearest(&entry.key, known.iter().copied()) {
        return finding.help(format!("did you mean {}?", quoted(near)));
    }
    let listed: Vec<String> = known.iter().take(LISTED).map(|key| quoted(key)).collect();
    match (listed.is_empty(), known.len() > LISTED) {
        (true, _) => finding,
        (_, false) => finding.help(format!("known keys: {}", listed.join(", "))),
        (_, true) => finding.help(format!("known keys: {}, …", listed.join(", "))),
    }
}
