//! A list whose positions have a type of their own, so that a rule's number is never used for a question.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::id::Ix;

/// A list of `T`, addressed by `I`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent, bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct Arena<I, T> {
    items: Vec<T>,
    #[serde(skip)]
    ids: PhantomData<I>,
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        Self { items: Vec::new(), ids: PhantomData }
    }
}

impl<I: Ix, T> Arena<I, T> {
    /// Adds an item and returns its id.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::new(self.items.len() - 1)
    }

    /// The item, if the id is of this arena.
    #[must_use]
    pub fn get(&self, ix: I) -> Option<&T> {
        self.items.get(ix.index())
    }

    /// The item of an id that came out of this ruleset.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "the one place in the core that could panic: ids come only from the validator of the same ruleset, and \
                  going on with another item would be wrong advice, which is worse than stopping"
    )]
    pub fn at(&self, ix: I) -> &T {
        &self.items[ix.index()]
    }

    /// The item to change, if the id is of this arena.
    pub fn get_mut(&mut self, ix: I) -> Option<&mut T> {
        self.items.get_mut(ix.index())
    }

    /// The first item that satisfies `wanted`.
    pub fn find(&self, wanted: impl Fn(&T) -> bool) -> Option<I> {
        self.items.iter().position(wanted).map(I::new)
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items with their ids, in order.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(i, item)| (I::new(i), item))
    }

    /// The ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.items.len()).map(I::new)
    }
}

impl<I, T> FromIterator<T> for Arena<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(iter: It) -> Self {
        Self { items: iter.into_iter().collect(), ids: PhantomData }
    }
}
