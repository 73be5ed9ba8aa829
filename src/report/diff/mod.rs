//! How two versions of a ruleset differ.

mod elided;
pub mod json;
pub mod markdown;
pub(super) mod sentences;
pub mod text;
mod told;

use crate::compare::Comparison;
use crate::ruleset::Ruleset;

/// One of the two versions.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// How it was named: `uk-border@2026.11`, or a folder.
    pub name: &'a str,
}

/// A comparison, to be rendered.
pub struct DiffReport<'a> {
    /// The older version.
    pub before: Version<'a>,
    /// The newer version.
    pub after: Version<'a>,
    /// How they differ.
    pub comparison: &'a Comparison,
    /// Whether to say what was only worded differently in full.
    pub verbose: bool,
}
