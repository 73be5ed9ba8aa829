//! CSV (RFC 4180), for a spreadsheet: a row for each finding and each fault.

use std::io;

use super::escape::csv;
use super::pipeline::{self, Found, Gravity, OfWaiver, Region, SaidOnce};
use super::{CheckReport, ManifestReport, Out};
use crate::finding::Finding;
use crate::text::Sources;

const HEAD: [&str; 17] = [
    "manifest",
    "flow",
    "rule",
    "level",
    "basis",
    "status",
    "outcome",
    "severity",
    "line",
    "column",
    "question",
    "title",
    "message",
    "steps",
    "who",
    "sources",
    "fingerprint",
];

/// Rows, written as they are known.
#[derive(Debug, Default)]
pub struct Csv {
    waivers: SaidOnce,
}

/// One row. What is left out is empty.
#[derive(Default)]
struct Row {
    flow: String,
    rule: String,
    level: &'static str,
    basis: &'static str,
    status: &'static str,
    outcome: &'static str,
    severity: &'static str,
    region: Option<Region>,
    question: String,
    title: String,
    message: String,
    steps: String,
    who: String,
    sources: String,
    fingerprint: String,
}

impl Csv {
    /// A table with no rows yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { waivers: SaidOnce::new() }
    }
}

impl CheckReport for Csv {
    fn begin(&mut self, out: Out<'_>) -> io::Result<()> {
        write!(out, "{}\r\n", HEAD.join(","))
    }

    fn advice(&mut self, out: Out<'_>, report: &ManifestReport<'_>, _draft: &[u8]) -> io::Result<()> {
        let ruleset = report.ruleset;
        if report.checked.is_screened() {
            let rule = pipeline::SCREEN.to_owned();
            let (outcome, message) = (report.checked.outcome().word(), pipeline::screened(ruleset));
            let row = Row { rule, outcome, severity: "error", message, ..Row::default() };
            return write(out, report.path, &row);
        }
        pipeline::found(ruleset, report).try_for_each(|found| write(out, report.path, &row(&found)))?;
        for of in self.waivers.of_waivers(report) {
            write(out, of.path, &row_of_waiver(&of))?;
        }
        for notice in pipeline::notices(report) {
            let (rule, message) = ("notice".to_owned(), notice.to_owned());
            let row = Row { rule, severity: "note", message, ..Row::default() };
            write(out, report.path, &row)?;
        }
        Ok(())
    }

    fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        for fault in findings {
            let row = Row {
                rule: format!("fault/{}", fault.code()),
                status: "fault",
                severity: "error",
                region: fault.place().and_then(|place| Region::of(place, sources, fault.hides_source())),
                message: pipeline::fault_message(fault),
                ..Row::default()
            };
            write(out, path, &row)?;
        }
        Ok(())
    }
}

fn row(found: &Found<'_>) -> Row {
    let (ruleset, rule, finding) = (found.ruleset, found.rule, found.finding);
    let sources = pipeline::sources(ruleset, &rule.cites);
    let sources: Vec<String> = sources.iter().map(|(title, url)| format!("{title}: {url}")).collect();
    Row {
        flow: found.checked.flow.exchange.id.clone(),
        rule: rule.id.clone(),
        level: rule.level.word(),
        basis: rule.basis.word(),
        status: finding.status.word(),
        outcome: finding.alone.word(),
        severity: match found.gravity() {
            Gravity::Error => "error",
            Gravity::Warning => "warning",
            Gravity::Note => "note",
        },
        region: found.region(),
        question: found.question().to_owned(),
        title: rule.title.to_string(),
        message: format!("{} {}", found.standing(), rule.because),
        steps: pipeline::steps(ruleset, rule).join("\n"),
        who: pipeline::who(ruleset, rule).join("\n"),
        sources: sources.join("\n"),
        fingerprint: found.fingerprint(),
    }
}

fn row_of_waiver(of: &OfWaiver<'_>) -> Row {
    Row {
        rule: of.finding.kind.word().to_owned(),
        severity: "note",
        region: of.region,
        message: of.finding.message(),
        fingerprint: of.finding.fingerprint.clone(),
        ..Row::default()
    }
}

fn write(out: Out<'_>, path: &str, row: &Row) -> io::Result<()> {
    let number = |number: fn(Region) -> u32| row.region.map(|region| number(region).to_string()).unwrap_or_default();
    let cells = [
        path,
        &row.flow,
        &row.rule,
        row.level,
        row.basis,
        row.status,
        row.outcome,
        row.severity,
        &number(|region| region.line),
        &number(|region| region.column),
        &row.question,
        &row.title,
        &row.message,
        &row.steps,
        &row.who,
        &row.sources,
        &row.fingerprint,
    ];
    write!(out, "{}\r\n", cells.map(csv).join(","))
}
