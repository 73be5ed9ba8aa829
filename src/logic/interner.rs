//! Gives equal formulas and equal sets one number each.

use std::collections::BTreeMap;

use super::formulas::{Formulas, Node, Span};
use super::{FormulaId, ValueSet, VarId};

/// What tells one formula from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Lit(VarId, ValueSet),
    Not(FormulaId),
    And(Box<[FormulaId]>),
    Or(Box<[FormulaId]>),
    AtLeast(u32, Box<[FormulaId]>),
}

/// The formulas and sets that an arena in the making has so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    known: BTreeMap<Key, FormulaId>,
    sets: BTreeMap<ValueSet, u32>,
}

impl Interner {
    /// The number of a formula, which is added if it is not there yet; `None` when it can no
    /// longer be numbered.
    pub(super) fn intern(&mut self, formulas: &mut Formulas, key: Key) -> Option<FormulaId> {
        if let Some(id) = self.known.get(&key) {
            return Some(*id);
        }
        let id = FormulaId::at(formulas.nodes.len());
        if id.0 == u32::MAX {
            return None;
        }
        let node = match &key {
            Key::Lit(var, set) => Node::Lit { var: *var, set: self.set(formulas, set)? },
            Key::Not(part) => Node::Not(*part),
            Key::And(parts) => Node::And(add_parts(formulas, parts)?),
            Key::Or(parts) => Node::Or(add_parts(formulas, parts)?),
            Key::AtLeast(least, parts) => Node::AtLeast { least: *least, span: add_parts(formulas, parts)? },
        };
        formulas.nodes.push(node);
        self.known.insert(key, id);
        Some(id)
    }

    fn set(&mut self, formulas: &mut Formulas, set: &ValueSet) -> Option<u32> {
        if let Some(at) = self.sets.get(set) {
            return Some(*at);
        }
        let at = u32::try_from(formulas.sets.len()).ok()?;
        formulas.sets.push(set.clone());
        self.sets.insert(set.clone(), at);
        Some(at)
    }
}

/// Puts parts at the end of the flat list.
fn add_parts(formulas: &mut Formulas, parts: &[FormulaId]) -> Option<Span> {
    let start = u32::try_from(formulas.parts.len()).ok()?;
    let len = u32::try_from(parts.len()).ok()?;
    start.checked_add(len)?;
    formulas.parts.extend_from_slice(parts);
    Some(Span { start, len })
}
