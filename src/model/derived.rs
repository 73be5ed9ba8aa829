//! Facts that follow from other facts.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::id::SourceIx;
use super::later::Later;
use crate::text::Place;

/// A value of a derived fact, by its position in [`Derived::values`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ValueIx(pub u16);

/// A derived fact: the first of its cases that holds gives its one value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Derived {
    /// Its id.
    pub id: String,
    /// What it is, in words.
    pub title: String,
    /// Whether it is a conclusion that people see.
    pub shown: bool,
    /// Its values; lowest first where `scale` is set.
    pub values: Vec<DerivedValue>,
    /// Whether the values have an order.
    pub scale: bool,
    /// Its cases in order; the last has no condition.
    pub cases: Later<Vec<DerivedCase>>,
    /// What says so.
    pub cites: Vec<SourceIx>,
    /// Where it is written.
    pub place: Place,
}

/// One value of a derived fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedValue {
    /// Its name.
    pub name: String,
    /// The conclusion as a sentence, where it is shown.
    pub says: Option<String>,
}

/// One case of a derived fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DerivedCase {
    /// The value it gives.
    pub value: ValueIx,
    /// When; the last case has none.
    pub when: Option<Condition>,
    /// Where it is written.
    pub place: Place,
}

impl Derived {
    /// A value by its number.
    #[must_use]
    pub fn value(&self, ix: ValueIx) -> Option<&DerivedValue> {
        self.values.get(usize::from(ix.0))
    }
}
