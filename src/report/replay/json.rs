//! `clearshare-replay/1`: records evaluated again, for programs, frozen. See docs/json.md and schemas/replay-1.schema.json.

use std::io;

use serde::Serialize;

use super::{Impact, ReplayReport, Replayed, There, Verdict, Versions};
use crate::finding::Finding;
use crate::model::Date;
use crate::record::{Mismatch, v1};
use crate::report::Out;
use crate::report::json::parts::{Subject, write};
use crate::report::json::{Fault, Instruction, fault, instructions};
use crate::report::upgrade::json::told;
use crate::text::Sources;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-replay/1";

/// A record that could not be read or evaluated, and why.
pub struct Faulty<'a> {
    /// Its path, as it was given.
    pub path: &'a str,
    /// What is wrong with it.
    pub findings: &'a [Finding],
    /// The text that the faults are in.
    pub sources: &'a Sources,
}

#[derive(Serialize)]
struct Members {
    notice: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
    results: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct Wrong<'a> {
    record: &'a str,
    failed: bool,
    faults: Vec<Fault<'a>>,
}

#[derive(Serialize)]
struct Written<'a> {
    record: &'a str,
    failed: bool,
    verdict: &'static str,
    #[serde(flatten)]
    about: Option<About<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mismatch: Option<Differing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    misfits: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    there: Option<serde_json::Value>,
}

/// What a record is about. Of one that the safety screen ends nothing is said.
#[derive(Serialize)]
struct About<'a> {
    seal: &'a str,
    written_by: &'a str,
    exchange: &'a v1::Named,
    ruleset: &'a v1::Ruleset,
    as_of: Date,
    choice: v1::Choice,
    decided_on: Date,
}

#[derive(Serialize)]
struct Differing<'a> {
    place: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<&'a str>,
}

#[derive(Serialize)]
struct Stopped<'a> {
    screened: bool,
    ruleset: Subject<'a>,
    instructions: Vec<Instruction<'a>>,
}

#[derive(Serialize)]
struct Compared<'a, T> {
    screened: bool,
    before: Subject<'a>,
    after: Subject<'a>,
    differs: bool,
    outcome: Outcomes,
    refused: Vec<Fault<'a>>,
    #[serde(flatten)]
    told: T,
}

#[derive(Serialize)]
struct Outcomes {
    before: &'static str,
    after: &'static str,
}

/// Writes it.
pub fn render(out: Out<'_>, report: &ReplayReport<'_>, faulty: &[Faulty<'_>]) -> io::Result<()> {
    let mut results = Vec::new();
    for replayed in report.records {
        results.push(serde_json::to_value(written(replayed, report)?)?);
    }
    for wrong in faulty {
        let faults = wrong.findings.iter().map(|finding| fault(finding, wrong.sources)).collect();
        results.push(serde_json::to_value(Wrong { record: wrong.path, failed: true, faults })?);
    }
    let as_of = report.against.then_some(report.as_of);
    write(out, FORMAT, &Members { notice: v1::NOTICE, as_of, results })
}

fn written<'a>(replayed: &'a Replayed<'a>, report: &ReplayReport<'_>) -> io::Result<Written<'a>> {
    let there = match &replayed.there {
        Some((versions, there)) => Some(self::there(replayed, *versions, there, report)?),
        None => None,
    };
    Ok(Written {
        record: replayed.path,
        failed: !replayed.is_as_it_was(report.as_of),
        verdict: match &replayed.verdict {
            Verdict::Proved => "proved",
            Verdict::Differs(_) => "differs",
            Verdict::Misfits(_) => "misfits",
            Verdict::Screened => "screened",
        },
        about: (!replayed.is_screened()).then(|| about(replayed.record)),
        superseded_by: replayed.superseded_by,
        mismatch: match &replayed.verdict {
            Verdict::Differs(mismatch) => Some(place(mismatch)),
            _ => None,
        },
        misfits: match &replayed.verdict {
            Verdict::Misfits(misfits) => Some(misfits),
            _ => None,
        },
        there,
    })
}

fn about(record: &v1::Record) -> About<'_> {
    About {
        seal: &record.seal,
        written_by: &record.tool.version,
        exchange: &record.exchange,
        ruleset: &record.ruleset,
        as_of: record.as_of,
        choice: record.decision.choice,
        decided_on: record.decision.decided_on,
    }
}

fn place(mismatch: &Mismatch) -> Differing<'_> {
    Differing { place: &mismatch.place, recorded: mismatch.first.as_deref(), follows: mismatch.second.as_deref() }
}

fn there(
    replayed: &Replayed<'_>,
    versions: Versions<'_>,
    there: &There,
    report: &ReplayReport<'_>,
) -> io::Result<serde_json::Value> {
    let impact: &Impact = match there {
        There::Screened => {
            let (ruleset, instructions) = (Subject::of(versions.after), instructions(versions.after));
            return Ok(serde_json::to_value(Stopped { screened: true, ruleset, instructions })?);
        }
        There::Advice(impact) => impact,
    };
    let [before, after] = impact.outcomes;
    let refused: Vec<Finding> = impact.refused.iter().map(crate::record::Refusal::finding).collect();
    let sources = Sources::new();
    impact.with_report(replayed.path, versions, report.as_of, |upgrade| {
        let compared = Compared {
            screened: false,
            before: Subject::of(versions.before),
            after: Subject::of(versions.after),
            differs: replayed.differs(report.as_of),
            outcome: Outcomes { before: before.word(), after: after.word() },
            refused: refused.iter().map(|finding| fault(finding, &sources)).collect(),
            told: told(upgrade),
        };
        Ok(serde_json::to_value(compared)?)
    })
}
