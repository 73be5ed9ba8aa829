//! `clearshare-verification/1`: what was proved, for programs, frozen. See docs/json.md and
//! schemas/verification-1.schema.json.

use std::io;

use serde::Serialize;

use super::{Counts, Verdict, VerifyReport, meaning};
use crate::finding::{Finding, Related};
use crate::model::{AnswerValue, Date, Facts, OptionIx, QuestionIx};
use crate::report::Out;
use crate::report::json::layout;
use crate::ruleset::{Ruleset, State};
use crate::text::{Place, Sources};
use crate::verify::{Observation, Property};

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-verification/1";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    tool: Tool,
    failed: bool,
    results: Vec<Proved<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Proved<'a> {
    ruleset: Verified<'a>,
    as_of: Date,
    verdict: &'static str,
    summary: Summary,
    properties: Vec<PropertyTally>,
    observations: Vec<Observed<'a>>,
}

#[derive(Serialize)]
struct Verified<'a> {
    id: &'a str,
    version: String,
    status: &'static str,
    digest: &'a str,
}

#[derive(Serialize)]
struct Summary {
    stated: usize,
    proved: usize,
    findings: usize,
    not_proved: usize,
    advice: usize,
}

#[derive(Serialize)]
struct PropertyTally {
    property: &'static str,
    meaning: &'static str,
    #[serde(flatten)]
    counts: Summary,
}

#[derive(Serialize)]
struct Observed<'a> {
    property: &'static str,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    at: Option<At<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    related: Vec<Beside<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Beside<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: Option<At<'a>>,
}

#[derive(Serialize)]
struct Witness<'a> {
    smallest: bool,
    facts: Vec<Fact<'a>>,
    manifest: String,
}

#[derive(Serialize)]
struct Fact<'a> {
    question: &'a str,
    answers: Vec<&'a str>,
}

/// Writes one document about any number of rulesets.
pub fn render(out: Out<'_>, reports: &[VerifyReport<'_>]) -> io::Result<()> {
    let document = Document {
        format: FORMAT,
        tool: Tool { name: "clearshare", version: env!("CARGO_PKG_VERSION") },
        failed: reports.iter().any(|report| report.verdict() != Verdict::Proved),
        results: reports.iter().map(proved).collect(),
    };
    let mut bytes = Vec::new();
    layout::write(&document, 0, &mut bytes)?;
    bytes.push(b'\n');
    out.write_all(&bytes)
}

fn proved<'a>(report: &'a VerifyReport<'_>) -> Proved<'a> {
    let info = report.ruleset.info();
    let tally = |property: &Property| PropertyTally {
        property: property.as_str(),
        meaning: meaning(*property),
        counts: summary(report.counts(*property)),
    };
    Proved {
        ruleset: Verified {
            id: &info.id,
            version: info.version.to_string(),
            status: match info.state {
                State::Draft => "draft",
                State::Published => "published",
            },
            digest: report.ruleset.digest(),
        },
        as_of: report.as_of,
        verdict: report.verdict().word(),
        summary: summary(report.all_counts()),
        properties: Property::ALL.iter().map(tally).collect(),
        observations: report.verification.observations.iter().map(|seen| observed(report, seen)).collect(),
    }
}

const fn summary(counts: Counts) -> Summary {
    let Counts { stated, proved, findings, not_proved, advice } = counts;
    Summary { stated, proved, findings, not_proved, advice }
}

fn observed<'a>(report: &'a VerifyReport<'_>, seen: &'a Observation) -> Observed<'a> {
    let finding: &Finding = &seen.finding;
    let beside = |related: &'a Related| Beside { message: &related.label, at: at(related.place, report.sources) };
    Observed {
        property: seen.property.as_str(),
        code: finding.code().as_str(),
        severity: finding.code().severity().as_str(),
        message: finding.message(),
        at: finding.place().and_then(|place| at(place, report.sources)),
        help: finding.help_text(),
        related: finding.related_places().iter().map(beside).collect(),
        witness: witness(report, seen),
    }
}

fn at(place: Place, sources: &Sources) -> Option<At<'_>> {
    let source = sources.get(place.file)?;
    let (from, to) = (source.location(place.span.start), source.location(place.span.end));
    Some(At { file: source.name(), line: from.line, column: from.column, end_line: to.line, end_column: to.column })
}

fn witness<'a>(report: &'a VerifyReport<'_>, seen: &'a Observation) -> Option<Witness<'a>> {
    let (facts, manifest) = (seen.witness.as_ref()?, report.manifest(seen, &[])?);
    Some(Witness { smallest: seen.smallest, facts: structured(report.ruleset, facts), manifest })
}

fn structured<'a>(ruleset: &'a Ruleset, facts: &'a Facts) -> Vec<Fact<'a>> {
    let fact = |(question, answer): (QuestionIx, &'a crate::model::Answer)| {
        let id = ruleset.questions().get(question)?.id.as_str();
        Some(Fact { question: id, answers: answers(ruleset, question, &answer.value) })
    };
    facts.iter().filter_map(fact).collect()
}

/// As a manifest writes them.
fn answers<'a>(ruleset: &'a Ruleset, question: QuestionIx, value: &'a AnswerValue) -> Vec<&'a str> {
    let name = |option: &OptionIx| ruleset.choice(question, *option).map(|choice| choice.id.as_str());
    match value {
        AnswerValue::Unknown => vec!["unknown"],
        AnswerValue::Text(text) => vec![text],
        AnswerValue::One(option) => name(option).into_iter().collect(),
        AnswerValue::Any { chosen, more: false } if chosen.is_empty() => vec!["none"],
        AnswerValue::Any { chosen, more } => chosen.iter().filter_map(name).chain(more.then_some("unknown")).collect(),
    }
}
