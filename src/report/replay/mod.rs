//! `clearshare record replay`: whether records follow from their rulesets, and what would be otherwise under another version.

pub mod json;
pub mod text;

use crate::compare::Comparison;
use crate::engine::Advice;
use crate::finding::Finding;
use crate::model::{Date, Outcome};
use crate::record::{Mismatch, Refusal, v1};
use crate::report::upgrade::{FlowUpgrade, UpgradeReport};
use crate::ruleset::Ruleset;
use crate::text::Sources;
use crate::upgrade::Difference;

/// What came of evaluating the facts of a record again under the ruleset that advised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Everything that follows from the facts is what the record says, byte for byte.
    Proved,
    /// The record says something else than what follows from its facts.
    Differs(Mismatch),
    /// Facts of the record mean nothing under its ruleset.
    Misfits(Vec<String>),
    /// The safety screen ends the questions: there should be no record, and nothing of it is said.
    Screened,
}

/// What comes of the facts of a record under another version of its ruleset.
#[derive(Debug, Clone, PartialEq)]
pub enum There {
    /// The safety screen ends the questions.
    Screened,
    /// Advice.
    Advice(Impact),
}

/// What is otherwise under another version.
#[derive(Debug, Clone, PartialEq)]
pub struct Impact {
    /// The outcome over all flows under each version.
    pub outcomes: [Outcome; 2],
    /// Of each flow, what comes out differently, and the advice there.
    pub flows: Vec<(Difference, Advice)>,
    /// Facts that mean nothing there.
    pub misfits: Vec<Finding>,
    /// Why the decision could not be recorded on that advice; empty where it could.
    pub refused: Vec<Refusal>,
}

/// The two versions that a record's facts were evaluated under.
#[derive(Clone, Copy)]
pub struct Versions<'a> {
    /// The one that advised.
    pub before: &'a Ruleset,
    /// The other one.
    pub after: &'a Ruleset,
    /// How the two differ.
    pub comparison: &'a Comparison,
}

/// One record, evaluated again.
pub struct Replayed<'a> {
    /// Its path, as it was given.
    pub path: &'a str,
    /// The record.
    pub record: &'a v1::Record,
    /// Whether it follows from the ruleset that advised.
    pub verdict: Verdict,
    /// The path of a record of the same run that took its place.
    pub superseded_by: Option<&'a str>,
    /// What comes of it under another version, where that was asked for and the record is proved.
    pub there: Option<(Versions<'a>, There)>,
}

/// Every record of a run.
pub struct ReplayReport<'a> {
    /// The records, in the order given.
    pub records: &'a [Replayed<'a>],
    /// The day as at which another version advises.
    pub as_of: Date,
    /// Whether another version was asked for.
    pub against: bool,
}

impl Replayed<'_> {
    /// Whether it is proved, and nothing would be otherwise.
    #[must_use]
    pub fn is_as_it_was(&self, as_of: Date) -> bool {
        self.verdict == Verdict::Proved && !self.differs(as_of)
    }

    /// Whether something would be otherwise under the other version.
    #[must_use]
    pub fn differs(&self, as_of: Date) -> bool {
        match &self.there {
            None => false,
            Some((_, There::Screened)) => true,
            Some((versions, There::Advice(impact))) => {
                let refused = !impact.refused.is_empty();
                impact.with_report(self.path, *versions, as_of, |report| refused || report.differs())
            }
        }
    }

    /// Whether the safety screen ends it, so that nothing else may be said of it.
    fn is_screened(&self) -> bool {
        self.verdict == Verdict::Screened || matches!(self.there, Some((_, There::Screened)))
    }

    /// Whether another version of the program wrote it.
    fn written_by_another(&self) -> bool {
        self.record.tool.version != env!("CARGO_PKG_VERSION")
    }
}

impl Impact {
    /// What is otherwise, as it is told of manifests.
    fn with_report<T>(
        &self,
        path: &str,
        versions: Versions<'_>,
        as_of: Date,
        with: impl FnOnce(&UpgradeReport<'_>) -> T,
    ) -> T {
        let flows: Vec<FlowUpgrade<'_>> = self
            .flows
            .iter()
            .map(|(difference, advice)| FlowUpgrade { difference: difference.clone(), advice })
            .collect();
        with(&UpgradeReport {
            path,
            as_of,
            before: versions.before,
            after: versions.after,
            comparison: versions.comparison,
            flows: &flows,
            misfits: &self.misfits,
            sources: &Sources::new(),
            confirmable: false,
            notices: &[],
        })
    }
}

/// A decision in words.
#[must_use]
pub(super) const fn choice(choice: v1::Choice) -> &'static str {
    match choice {
        v1::Choice::Share => "to share",
        v1::Choice::ShareWithConditions => "to share with conditions",
        v1::Choice::DoNotShare => "not to share",
        v1::Choice::Defer => "to defer",
    }
}
