//! What a record says, in words and in reading order: the one view that every export is made from.
//!
//! Its texts are as the record has them: each export makes them safe for where they go. `docs/record.md` documents the same view for
//! templates, by the names that it has here.

mod answer;
mod candidate;
mod conclusion;
mod decision;
mod derivation;
mod flow;
mod group;
mod myth;
mod rule;
mod source;
pub(super) mod words;

pub use answer::{AnswerView, QuestionView, SectionView};
pub use candidate::{CandidateView, CandidatesView, NeedView, UpcomingView};
pub use conclusion::ConclusionView;
pub use decision::{ConditionView, ConsultedView, DecisionView, EvidenceView, PersonView, RequestView, SupersedesView};
pub use derivation::Line;
pub use flow::{Endpoint, FlowView};
pub use group::{Group, GroupView};
pub use myth::MythView;
pub use rule::{DoneView, RuleView, StepView, WaiverView};
pub use source::SourceView;
pub use words::{DATES, NECESSITY, RETENTION, Standing, day, web_address};

use serde::Serialize;

use crate::model::Date;
use crate::record::v1::{Record, RulesetStatus};
use source::Numbers;

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct View<'a> {
    /// What the exchange is called; where nobody named it, who sends to whom.
    pub title: String,
    /// The team's reference.
    pub reference: Option<&'a str>,
    /// Whom to ask about it.
    pub contact: Option<&'a str>,
    /// The outcome of the advice, over all flows.
    pub outcome: Standing,
    /// The decision.
    pub decision: DecisionView<'a>,
    /// Who asked for the data, where somebody did.
    pub request: Option<RequestView<'a>>,
    /// Of conclusions whose values have an order, the highest over all flows: only where there are several.
    pub highest: Vec<Highest<'a>>,
    /// The groups that have rules in any flow, with their counts over all flows.
    pub groups: Vec<GroupView>,
    /// Each exchange, in the manifest's order.
    pub flows: Vec<FlowView<'a>>,
    /// What shows that what is said is so.
    pub evidence: Vec<EvidenceView<'a>>,
    /// The record that this one takes the place of.
    pub supersedes: Option<SupersedesView<'a>>,
    /// What was said beside the advice.
    pub notices: Vec<&'a str>,
    /// Every source that is cited, each with its number.
    pub sources: Vec<SourceView<'a>>,
    /// The ruleset that advised.
    pub ruleset: RulesetView<'a>,
    /// The manifest that the facts were read from.
    pub manifest: ManifestView<'a>,
    /// The program that wrote the record: `clearshare 0.1.0`.
    pub tool: String,
    /// The format of the record: `clearshare-record/1`.
    pub format: &'a str,
    /// The day on which it was written.
    pub recorded_on: Date,
    /// The date of the advice.
    pub as_of: Date,
    /// The record's seal.
    pub seal: &'a str,
    /// What every reader has to know.
    pub notice: &'a str,
    /// The one line that every export ends with: which ruleset advised, that it is decision support, and where wrong advice can be
    /// reported.
    pub footer: String,
}

/// The highest value over all flows of a conclusion whose values have an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Highest<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The value; where it is not determined, what it is at least.
    pub value: String,
}

/// The ruleset that advised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulesetView<'a> {
    /// `uk-border@2026.11`.
    pub name: String,
    /// Whether it could still change: `draft` or `published`.
    pub status: &'static str,
    /// The SHA-256 over its files.
    pub digest: &'a str,
    /// Where wrong advice can be reported.
    pub report_to: &'a str,
}

/// The manifest that the facts were read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ManifestView<'a> {
    /// Its file name.
    pub name: &'a str,
    /// The SHA-256 of its bytes.
    pub sha256: &'a str,
}

impl<'a> View<'a> {
    /// What a record says.
    #[must_use]
    pub fn new(record: &'a Record) -> Self {
        let numbers = Numbers::new(&record.advice.sources);
        let flows: Vec<FlowView<'a>> =
            record.advice.flows.iter().map(|flow| flow::flow(record, flow, &numbers)).collect();
        let several = flows.len() > 1;
        let sources = source::sources(&record.advice.sources, &flows);
        Self {
            title: title(record, &flows),
            reference: record.exchange.reference.as_deref(),
            contact: record.exchange.contact.as_deref(),
            outcome: Standing::of(record.advice.outcome),
            decision: decision::decision(record),
            request: record.request.as_ref().map(decision::request),
            highest: if several { highest(record) } else { Vec::new() },
            groups: group::over_all(&record.advice.flows),
            flows,
            evidence: record.evidence.iter().map(|evidence| decision::evidence(record, evidence)).collect(),
            supersedes: record.supersedes.as_ref().map(decision::supersedes),
            notices: record.notices.iter().map(String::as_str).collect(),
            sources,
            ruleset: RulesetView {
                name: format!("{}@{}", record.ruleset.id, record.ruleset.version),
                status: record.ruleset.status.word(),
                digest: &record.ruleset.digest,
                report_to: &record.ruleset.report_to,
            },
            manifest: ManifestView { name: &record.manifest.name, sha256: &record.manifest.sha256 },
            tool: format!("{} {}", record.tool.name, record.tool.version),
            format: &record.format,
            recorded_on: record.recorded_on,
            as_of: record.as_of,
            seal: &record.seal,
            notice: &record.notice,
            footer: footer(record),
        }
    }
}

/// What stands above a record: its title, or who sends to whom.
fn title(record: &Record, flows: &[FlowView<'_>]) -> String {
    let given = record.exchange.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    if let Some(title) = given {
        return title.to_owned();
    }
    let ends = flows.first().and_then(|flow| Some((flow.from.as_ref()?, flow.to.as_ref()?)));
    match ends {
        Some((from, to)) => format!("Data from {} to {}", from.label, to.label),
        None => "A data sharing decision".to_owned(),
    }
}

fn highest(record: &Record) -> Vec<Highest<'_>> {
    let value = |highest: &crate::record::v1::Highest| match (&highest.value, highest.possible.first()) {
        (Some(value), _) => value.clone(),
        (None, Some(least)) => format!("not known yet, at least {least}"),
        (None, None) => "not known yet".to_owned(),
    };
    record.advice.highest.iter().map(|highest| Highest { title: &highest.title, value: value(highest) }).collect()
}

fn footer(record: &Record) -> String {
    let draft = match record.ruleset.status {
        RulesetStatus::Draft => " (draft)",
        RulesetStatus::Published => "",
    };
    format!(
        "Advice from {}@{}{draft}, as at {}: decision support, not legal advice. Report wrong advice: {}.",
        record.ruleset.id,
        record.ruleset.version,
        record.as_of,
        record.ruleset.report_to.trim_end_matches('.')
    )
}
