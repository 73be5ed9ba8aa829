//! Myths, and the words of the glossary.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::id::SourceIx;
use super::later::Later;
use crate::text::Place;

/// A belief that stops good ideas, and the truth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Myth {
    /// Its id.
    pub id: String,
    /// What people say.
    pub belief: Later<String>,
    /// What is so.
    pub truth: Later<String>,
    /// When it matters.
    pub when: Later<Condition>,
    /// What says so.
    pub cites: Vec<SourceIx>,
    /// Where it is written.
    pub place: Place,
}

/// A term of the glossary.
#[allow(clippy::struct_field_names, reason = "the term of a term is its words")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// The term.
    pub term: String,
    /// What it means.
    pub meaning: String,
    /// What says so.
    pub cites: Vec<SourceIx>,
    /// Where it is written.
    pub place: Place,
}
