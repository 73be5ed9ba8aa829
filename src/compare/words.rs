//! Texts of two versions side by side.

use super::change::{Attribute, Direction, WordChange};

/// The texts in which two versions of a thing differ.
#[derive(Debug, Default)]
pub(super) struct Words(pub(super) Vec<WordChange>);

impl Words {
    /// Compares a text that both have.
    pub(super) fn text(&mut self, part: &'static str, before: &str, after: &str) {
        self.optional(part, Some(before.to_owned()), Some(after.to_owned()));
    }

    /// Compares a text that either may have.
    pub(super) fn optional(&mut self, part: &'static str, before: Option<String>, after: Option<String>) {
        if before != after {
            self.0.push(WordChange { part, before, after });
        }
    }
}

/// An attribute as words, where it changed.
pub(super) fn attribute(
    name: &'static str,
    before: impl Into<String>,
    after: impl Into<String>,
    direction: Direction,
) -> Option<Attribute> {
    let (before, after) = (before.into(), after.into());
    (before != after).then_some(Attribute { name, before, after, direction })
}

/// Stricter where a number of what binds grows.
pub(super) fn by<T: Ord>(before: &T, after: &T) -> Direction {
    match before.cmp(after) {
        std::cmp::Ordering::Less => Direction::Stricter,
        std::cmp::Ordering::Greater => Direction::Looser,
        std::cmp::Ordering::Equal => Direction::Neither,
    }
}
