//! Where the nodes of decision diagrams live.

/// The diagram that is always false.
pub(super) const FALSE: u32 = 0;
/// The diagram that is always true.
pub(super) const TRUE: u32 = 1;
/// The level of the two constants, below that of every variable.
pub(super) const CONSTANT_LEVEL: u32 = u32::MAX;

/// A table that has grown beyond this is given back when the store is emptied, so that one hard
/// question does not make emptying slow for all that follow.
const KEPT_SLOTS: usize = 4096;

/// Nodes, each stored once. A node's number is larger than the numbers of its children.
#[derive(Clone, Debug)]
pub(super) struct NodeStore {
    nodes: Vec<Node>,
    children: Vec<u32>,
    /// Open addressing; zero, which is a constant and never listed, marks a free slot.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    level: u32,
    start: u32,
    arity: u32,
}

impl Default for NodeStore {
    fn default() -> Self {
        let mut store = Self { nodes: Vec::new(), children: Vec::new(), slots: Vec::new() };
        store.clear();
        store
    }
}

impl NodeStore {
    /// Forgets all nodes but the two constants.
    pub(super) fn clear(&mut self) {
        let constant = Node { level: CONSTANT_LEVEL, start: 0, arity: 0 };
        self.nodes.clear();
        self.nodes.resize(2, constant);
        self.children.clear();
        self.slots.truncate(KEPT_SLOTS);
        self.slots.fill(0);
        self.slots.resize(KEPT_SLOTS, 0);
    }

    /// How many nodes there are, the two constants included.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node's level, if there is such a node.
    pub(super) fn level(&self, node: u32) -> Option<u32> {
        self.nodes.get(node as usize).map(|node| node.level)
    }

    /// The node's children, one for each value its variable may have; none for a constant.
    pub(super) fn children(&self, node: u32) -> &[u32] {
        let found = self.nodes.get(node as usize).and_then(|node| {
            let start = node.start as usize;
            self.children.get(start..start + node.arity as usize)
        });
        found.unwrap_or(&[])
    }

    /// One child of a node.
    #[inline]
    pub(super) fn child(&self, node: u32, at: u32) -> Option<u32> {
        let node = self.nodes.get(node as usize)?;
        self.children.get((node.start + at) as usize).copied()
    }

    /// The node with this level and these children, made if there is none yet. A node whose
    /// children are all the same decides nothing and is not made. `None` when there would be
    /// more than `limit` nodes.
    pub(super) fn intern(&mut self, level: u32, children: &[u32], limit: usize) -> Option<u32> {
        let (first, others) = children.split_first()?;
        if others.iter().all(|child| child == first) {
            return Some(*first);
        }
        let mask = self.slots.len() - 1;
        let mut at = hash(level, children) & mask;
        loop {
            let slot = *self.slots.get(at)?;
            if slot == 0 {
                break;
            }
            if self.level(slot) == Some(level) && self.children(slot) == children {
                return Some(slot);
            }
            at = (at + 1) & mask;
        }
        if self.nodes.len() >= limit {
            return None;
        }
        let id = u32::try_from(self.nodes.len()).ok()?;
        let start = u32::try_from(self.children.len()).ok()?;
        let arity = u32::try_from(children.len()).ok()?;
        start.checked_add(arity)?;
        self.nodes.push(Node { level, start, arity });
        self.children.extend_from_slice(children);
        *self.slots.get_mut(at)? = id;
        if self.nodes.len() * 2 > self.slots.len() {
            self.rebuild(self.slots.len() * 2);
        }
        Some(id)
    }

    /// Forgets the nodes made since there were `len` of them.
    pub(super) fn truncate(&mut self, len: usize) {
        let Some(first) = self.nodes.get(len.max(2)) else {
            return;
        };
        self.children.truncate(first.start as usize);
        self.nodes.truncate(len.max(2));
        self.rebuild(self.slots.len());
    }

    fn rebuild(&mut self, size: usize) {
        let mut slots = vec![0_u32; size];
        let mask = size - 1;
        for (id, node) in (0_u32..).zip(&self.nodes).skip(2) {
            let mut at = hash(node.level, self.children(id)) & mask;
            while slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = id;
            }
        }
        self.slots = slots;
    }
}

fn hash(level: u32, children: &[u32]) -> usize {
    let mixed = children.iter().fold(u64::from(level), |hash, child| {
        (hash.rotate_left(23) ^ u64::from(*child)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    // The high bits are the well mixed ones, and 32 of them are enough for any table.
    (mixed >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_each_node_once_and_forgets_on_request() {
        let mut store = NodeStore::default();
        assert_eq!(store.intern(3, &[TRUE, TRUE, TRUE], 100), Some(TRUE));
        let node = store.intern(3, &[TRUE, FALSE, TRUE], 10_000).unwrap();
        assert_eq!(store.intern(3, &[TRUE, FALSE, TRUE], 10_000), Some(node));
        assert_ne!(store.intern(2, &[TRUE, FALSE, TRUE], 10_000), Some(node));
        let before = store.len();
        let many: Vec<_> = (0..5000).map(|level| store.intern(level, &[node, FALSE], 10_000).unwrap()).collect();
        let again: Vec<_> = (0..5000).map(|level| store.intern(level, &[node, FALSE], 10_000).unwrap()).collect();
        assert_eq!(many, again);
        assert_eq!(store.intern(9, &[FALSE, node], store.len()), None);
        store.truncate(before);
        assert_eq!(store.len(), before);
        assert_eq!(store.intern(3, &[TRUE, FALSE, TRUE], 10_000), Some(node));
        assert_eq!(store.intern(77, &[node, FALSE], 10_000), Some(many[0]));
    }
}
