//! Where in a manifest an answer belongs that it does not give.

use super::{MAIN, UncheckedManifest};
use crate::text::Place;
use crate::yaml::{Node, Value};

impl UncheckedManifest {
    /// Where the answer to a question belongs: the key of the innermost section of its path that is there, in the flow where the
    /// flow has one, else above it. Where there is none, the start of the flow, or of the manifest.
    #[must_use]
    pub fn belongs(&self, flow: &str, question: &str) -> Place {
        let own = self.flow(flow);
        own.and_then(|node| section(node, question))
            .or_else(|| section(&self.root, question))
            .or_else(|| own.map(start))
            .unwrap_or_else(|| start(&self.root))
    }

    /// Whether the text at a place may show an answer to a safety question.
    #[must_use]
    pub fn hides(&self, place: Place) -> bool {
        self.hidden.touches(place)
    }

    fn flow(&self, id: &str) -> Option<&Node> {
        let Value::List(flows) = &self.root.get("flows").filter(|_| id != MAIN)?.value else { return None };
        flows.iter().find(|flow| {
            flow.get("id").is_some_and(|node| matches!(&node.value, Value::Scalar(scalar) if scalar.text == id))
        })
    }
}

/// The key of the innermost section of a question's path.
fn section(mut node: &Node, question: &str) -> Option<Place> {
    let mut found = None;
    for part in question.split('.') {
        let Value::Map(entries) = &node.value else { break };
        let Some(entry) = entries.iter().find(|entry| entry.key == part) else { break };
        found = Some(entry.key_place);
        node = &entry.value;
    }
    found
}

/// The first key of a mapping.
fn start(node: &Node) -> Place {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.place.start(), |entry| entry.key_place),
        _ => node.place.start(),
    }
}
