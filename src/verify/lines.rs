//! The lines of a condition.

use crate::model::Condition;
use crate::text::Place;

/// The lines of which every one must hold, those of nested conjunctions and of a theme's head among them.
pub(super) fn lines(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(of) => of.iter().flat_map(lines).collect(),
        other => vec![other],
    }
}

/// Where a condition begins: the place of its first test, since only tests know theirs.
pub(super) fn place_of(condition: &Condition) -> Option<Place> {
    condition.tests().first().map(|test| test.place)
}
