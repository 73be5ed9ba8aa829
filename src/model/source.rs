//! What says so.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::Place;

/// How surely a source is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// The passage was read.
    High,
    /// Located, second-hand or in part.
    Medium,
    /// General knowledge. Never alone under a `must` or `must-not`.
    Low,
}

/// What copy of a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CopyRead {
    /// The live page.
    Live,
    /// An archived copy.
    Archived,
    /// None.
    NotRead,
}

/// When a source is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InForce {
    /// From this day.
    From(Date),
    /// No day is appointed.
    NotAppointed,
}

/// An instrument and provision, where to read it, what copy was read and when, and how surely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// The instrument or publication.
    pub title: String,
    /// The provision or section.
    pub provision: Option<String>,
    /// Where to read it.
    pub url: String,
    /// The day it was read.
    pub read_on: Date,
    /// What copy was read.
    pub copy: CopyRead,
    /// How surely it is known.
    pub confidence: Confidence,
    /// When it is in force, where that was established.
    pub in_force: Option<InForce>,
    /// Where it is written.
    pub place: Place,
}
