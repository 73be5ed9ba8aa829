//! `clearshare-verification/1`: what was proved, for programs, frozen. See docs/json.md and
//! schemas/verification-1.schema.json.

use std::io;

use serde::Serialize;

use super::{Counts, Verdict, VerifyReport, meaning};
use crate::finding::{Finding, Related};
use crate::model::Date;
use crate::report::Out;
use crate::report::json::parts::{self, Fact, Place, Subject, write};
use crate::verify::{Observation, Property};

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-verification/1";

#[derive(Serialize)]
struct Members<'a> {
    failed: bool,
    results: Vec<Proved<'a>>,
}

#[derive(Serialize)]
struct Proved<'a> {
    ruleset: Subject<'a>,
    as_of: Date,
    verdict: &'static str,
    summary: Summary,
    properties: Vec<PropertyTally>,
    observations: Vec<Observed<'a>>,
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
    at: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    related: Vec<Beside<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness<'a>>,
}

#[derive(Serialize)]
struct Beside<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: Option<Place<'a>>,
}

#[derive(Serialize)]
struct Witness<'a> {
    smallest: bool,
    facts: Vec<Fact<'a>>,
    manifest: String,
}

/// Writes one document about any number of rulesets.
pub fn render(out: Out<'_>, reports: &[VerifyReport<'_>]) -> io::Result<()> {
    let members = Members {
        failed: reports.iter().any(|report| report.verdict() != Verdict::Proved),
        results: reports.iter().map(proved).collect(),
    };
    write(out, FORMAT, &members)
}

fn proved<'a>(report: &'a VerifyReport<'_>) -> Proved<'a> {
    let tally = |property: &Property| PropertyTally {
        property: property.as_str(),
        meaning: meaning(*property),
        counts: summary(report.counts(*property)),
    };
    Proved {
        ruleset: Subject::of(report.ruleset),
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
    let beside =
        |related: &'a Related| Beside { message: &related.label, at: Place::whole(related.place, report.sources) };
    Observed {
        property: seen.property.as_str(),
        code: finding.code().as_str(),
        severity: finding.code().severity().as_str(),
        message: finding.message(),
        at: finding.place().and_then(|place| Place::whole(place, report.sources)),
        help: finding.help_text(),
        related: finding.related_places().iter().map(beside).collect(),
        witness: witness(report, seen),
    }
}

fn witness<'a>(report: &'a VerifyReport<'_>, seen: &'a Observation) -> Option<Witness<'a>> {
    let (facts, manifest) = (seen.witness.as_ref()?, report.manifest(seen, &[])?);
    Some(Witness { smallest: seen.smallest, facts: parts::facts(report.ruleset, facts), manifest })
}
