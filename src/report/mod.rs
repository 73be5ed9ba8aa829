//! Data → bytes, one format a file. Nobody below knows that any of this exists.

pub mod cases;
pub mod checking;
pub mod coverage;
pub mod csv;
mod decided;
pub mod diff;
pub mod drafts;
mod escape;
pub mod explain;
pub mod github;
pub mod gitlab;
pub mod ink;
pub mod interview;
pub mod interviews;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod mutate;
mod page;
mod pipeline;
pub mod questions;
pub mod record;
pub mod replay;
pub mod rules;
pub mod sarif;
pub mod schema;
pub mod settings;
pub mod snippet;
pub mod stream;
pub mod text;
pub mod upgrade;
pub mod verify;
mod why;
mod words;
mod wrap;

pub use checking::{CheckReport, Drafter};
pub use ink::{Ink, Tone};

use std::io;

use crate::check::{Checked, FailOn, RuleFinding, Since, WaiverFinding};
use crate::model::Date;
use crate::ruleset::Ruleset;
use crate::text::Sources;

/// How much a text report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The outcome alone, in one line.
    Quiet,
    /// Also what holds the exchange up, and where.
    Brief,
    /// What to know and to do.
    Normal,
    /// Also why each rule has its status.
    Verbose,
}

/// The advice on one manifest, to be rendered.
pub struct ManifestReport<'a> {
    /// The manifest's path, as it was given.
    pub path: &'a str,
    /// The ruleset that advises.
    pub ruleset: &'a Ruleset,
    /// The date of the advice.
    pub as_of: Date,
    /// The advice.
    pub checked: &'a Checked,
    /// What every reader has to know: a newer ruleset, one that was withdrawn, a waiver that has expired. What is to be said of
    /// waivers is among them, each with its place.
    pub notices: &'a [String],
    /// The waivers that somebody has to look at, for formats that show each at its place.
    pub waivers: &'a [WaiverFinding],
    /// What is new since the baseline of the check, where it has one. What is to be said of it is among the notices; each finding
    /// that the baseline knows says so.
    pub since: Option<&'a Since>,
    /// What is outstanding or undetermined in each of its exchanges, in their order, with the place to look at. Empty where no
    /// place is wanted, and only what holds something up where no more is.
    pub findings: &'a [Vec<RuleFinding>],
    /// The text that the places are in.
    pub sources: &'a Sources,
    /// The mildest outcome that fails the check.
    pub fail_on: FailOn,
    /// Whether the manifest fails the check: with a baseline, only where something is new.
    pub failed: bool,
}

/// The one line that every output ends with.
#[must_use]
pub fn footer(ruleset: &Ruleset, as_of: Date) -> String {
    use crate::ruleset::State;
    let info = ruleset.info();
    let state = match info.state {
        State::Draft => " (draft)",
        State::Published => "",
    };
    format!(
        "Advice from {}{state}, as at {as_of}: decision support, not legal advice. Report wrong advice: {}.",
        ruleset.reference(),
        info.report_to
    )
}

/// A place to write a report to.
pub type Out<'w> = &'w mut dyn io::Write;
