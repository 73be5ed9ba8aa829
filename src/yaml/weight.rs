//! What a copy of a node would cost.

use super::node::{Node, Value};

/// How much an alias repeats.
#[derive(Clone, Copy, Default)]
pub(super) struct Weight {
    pub(super) nodes: usize,
    pub(super) bytes: usize,
    pub(super) height: usize,
}

/// The weight of a node.
///
/// Recursion is safe here: no tree is deeper than the limit.
pub(super) fn weigh(node: &Node) -> Weight {
    let own = |bytes| Weight { nodes: 1, bytes, height: 0 };
    let inside = |nodes: Vec<(usize, Weight)>| {
        nodes.into_iter().fold(Weight { height: 1, ..own(0) }, |sum, (key, part)| Weight {
            nodes: sum.nodes + part.nodes,
            bytes: sum.bytes + part.bytes + key,
            height: sum.height.max(part.height + 1),
        })
    };
    match &node.value {
        Value::Scalar(scalar) => own(scalar.text.len()),
        Value::List(items) => inside(items.iter().map(|item| (0, weigh(item))).collect()),
        Value::Map(entries) => inside(entries.iter().map(|entry| (entry.key.len(), weigh(&entry.value))).collect()),
    }
}
