//! The sources of a record, numbered in the record's own order.

use std::collections::BTreeSet;

use serde::Serialize;

use super::flow::FlowView;
use super::group::Group;
use super::words::{day, web_address};
use crate::model::Date;
use crate::record::v1::{Confidence, CopyRead, Source};

/// What says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView<'a> {
    /// Its number, from 1: what `sources` of a rule, a conclusion, a candidate or a belief names.
    pub number: usize,
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Which part of it.
    pub provision: Option<&'a str>,
    /// Where it stands.
    pub url: &'a str,
    /// The same, where it may be made a link.
    pub link: Option<&'a str>,
    /// When it was read.
    pub read_on: Date,
    /// What copy was read, when, and how surely it is known: "Read on 2 May 2026, high confidence".
    pub standing: String,
    /// Since when it is in force: a date, or `not-appointed`.
    pub in_force: Option<&'a str>,
    /// Only rules that do not arise cite it.
    pub aside: bool,
}

/// The number of each source, by its id.
pub(super) struct Numbers<'a>(Vec<&'a str>);

impl<'a> Numbers<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Self {
        Self(sources.iter().map(|source| source.id.as_str()).collect())
    }

    /// The numbers of sources. One that the record does not list has none.
    pub(super) fn of(&self, ids: &[String]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.0.iter().position(|known| known == id)).map(|at| at + 1).collect()
    }
}

pub(super) fn sources<'a>(sources: &'a [Source], flows: &[FlowView<'_>]) -> Vec<SourceView<'a>> {
    let cited: BTreeSet<usize> = flows.iter().flat_map(cited).copied().collect();
    sources.iter().enumerate().map(|(at, source)| view(at + 1, source, !cited.contains(&(at + 1)))).collect()
}

/// What everything in a flow cites, but the rules that do not arise.
fn cited<'a>(flow: &'a FlowView<'_>) -> impl Iterator<Item = &'a usize> {
    let rules = flow.rules.iter().filter(|rule| rule.group != Group::NotApplicable).map(|rule| &rule.sources);
    let options = flow.candidates.iter().flat_map(|candidates| &candidates.options).map(|option| &option.sources);
    let conclusions = flow.conclusions.iter().map(|conclusion| &conclusion.sources);
    let upcoming = flow.upcoming.iter().map(|upcoming| &upcoming.sources);
    let myths = flow.myths.iter().map(|myth| &myth.sources);
    rules.chain(options).chain(conclusions).chain(upcoming).chain(myths).flatten()
}

fn view(number: usize, source: &Source, aside: bool) -> SourceView<'_> {
    SourceView {
        number,
        id: &source.id,
        title: &source.title,
        provision: source.provision.as_deref(),
        url: &source.url,
        link: web_address(&source.url),
        read_on: source.read_on,
        standing: standing(source),
        in_force: source.in_force.as_deref(),
        aside,
    }
}

fn standing(source: &Source) -> String {
    let read = match source.copy {
        CopyRead::Live => format!("Read on {}", day(source.read_on)),
        CopyRead::Archived => format!("Read in an archived copy on {}", day(source.read_on)),
        CopyRead::NotRead => "Not read".to_owned(),
    };
    let confidence = match source.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    format!("{read}, {confidence} confidence")
}
