//! How much a finding matters, and where it is.

use crate::text::{Place, Sources};

/// How much a finding matters to whoever reads a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Gravity {
    /// It fails the check.
    Error,
    /// It holds the exchange up, and does not fail the check.
    Warning,
    /// It holds nothing up.
    Note,
}

/// A stretch of a file, counted from 1, its columns in characters. The end is just past the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) struct Region {
    pub(in crate::report) line: u32,
    pub(in crate::report) column: u32,
    /// None where it would tell how long an answer is that must not be shown.
    pub(in crate::report) end: Option<(u32, u32)>,
}

impl Region {
    /// The stretch at a place; only where it starts, if it is `hidden`.
    pub(in crate::report) fn of(place: Place, sources: &Sources, hidden: bool) -> Option<Self> {
        let source = sources.get(place.file)?;
        let (from, to) = (source.location(place.span.start), source.location(place.span.end));
        let end = (!hidden && !place.span.is_empty()).then_some((to.line, to.column));
        Some(Self { line: from.line, column: from.column, end })
    }
}
