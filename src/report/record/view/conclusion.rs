//! The conclusions that people see.

use serde::Serialize;

use super::derivation::{Line, of_fact};
use super::source::Numbers;
use crate::record::v1::Derived;
use crate::report::words::or;

/// A conclusion that people see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConclusionView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// What it is: a sentence, or the value; where it is not determined, what it can be.
    pub says: String,
    /// Whether it is determined.
    pub settled: bool,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
    /// Why it has its value.
    pub derivation: Vec<Line>,
}

pub(super) fn conclusion<'a>(derived: &'a Derived, numbers: &Numbers<'_>) -> Option<ConclusionView<'a>> {
    let says = match (&derived.value, &derived.says, &derived.at_least) {
        (Some(_), Some(says), _) => says.clone(),
        // Without words it is for the rules alone, as in the advice itself.
        (Some(_), None, _) => return None,
        (None, _, Some(least)) => format!("Not settled yet: at least {least}."),
        (None, _, None) => format!("Not settled yet: {}.", or(&derived.possible)),
    };
    derived.shown.then(|| ConclusionView {
        id: &derived.id,
        title: &derived.title,
        says,
        settled: derived.value.is_some(),
        sources: numbers.of(&derived.sources),
        derivation: derived.derivation.as_ref().map(of_fact).unwrap_or_default(),
    })
}
