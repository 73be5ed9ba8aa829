//! JUnit XML: a suite for each exchange of a manifest, and a case for each rule.

mod xml;

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, Event};

use super::pipeline::{self, Found, Gravity, Region};
use super::snippet::location;
use super::{CheckReport, Drafter, ManifestReport, Out, footer};
use crate::check::CheckedFlow;
use crate::finding::Finding;
use crate::model::{Rule, RuleIx, Status};
use crate::ruleset::Ruleset;
use crate::text::Sources;
use xml::{Came, Case, line, start, suite};

/// One document, written suite by suite.
#[derive(Debug, Default)]
pub struct Junit;

impl Junit {
    /// A document with no suites yet.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

impl CheckReport for Junit {
    fn begin(&mut self, out: Out<'_>) -> io::Result<()> {
        let mut xml = Writer::new(out);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        line(&mut xml, 0)?;
        start(&mut xml, "testsuites", &[("name", "clearshare")])
    }

    fn drafter(&self) -> Option<Drafter> {
        Some(Box::new(|_evaluator, report| {
            let mut draft = Vec::new();
            suites(&mut draft, report)?;
            Ok(draft)
        }))
    }

    fn advice(&mut self, out: Out<'_>, _report: &ManifestReport<'_>, draft: &[u8]) -> io::Result<()> {
        out.write_all(draft)
    }

    fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        let case = |fault: &Finding| {
            let region = fault.place().and_then(|place| Region::of(place, sources, fault.hides_source()));
            let at = region.map(|at| format!(" at {}:{}", at.line, at.column)).unwrap_or_default();
            let (kind, message) = (format!("fault/{}", fault.code()), pipeline::fault_message(fault));
            Case { name: format!("{kind}{at}"), came: Came::Error { kind, message } }
        };
        let cases: Vec<Case> = findings.iter().map(case).collect();
        suite(out, path, None, &[], &cases)
    }

    fn end(&mut self, out: Out<'_>) -> io::Result<()> {
        let mut xml = Writer::new(out);
        line(&mut xml, 0)?;
        xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
        line(&mut xml, 0)
    }
}

/// The suites of one manifest.
fn suites(out: Out<'_>, report: &ManifestReport<'_>) -> io::Result<()> {
    let ruleset = report.ruleset;
    let mut properties = vec![
        ("ruleset", ruleset.reference().to_string()),
        ("as-of", report.as_of.to_string()),
        ("about", footer(report.ruleset, report.as_of)),
    ];
    properties.extend(report.notices.iter().map(|notice| ("notice", notice.clone())));
    if report.checked.is_screened() {
        let text = pipeline::screened(ruleset);
        let came = Came::Failed("Get advice first.".to_owned(), text);
        let case = Case { name: pipeline::SCREEN.to_owned(), came };
        return suite(out, report.path, None, &properties, &[case]);
    }
    let found: Vec<Found<'_>> = pipeline::found(ruleset, report).collect();
    for checked in &report.checked.flows {
        let case = |(ix, rule)| case(ruleset, report, checked, ix, rule, &found);
        let cases: Vec<Case> = ruleset.rules().iter().map(case).collect();
        let mut properties = properties.clone();
        properties.push(("outcome", checked.advice.outcome.word().to_owned()));
        suite(out, report.path, pipeline::flow(report, checked), &properties, &cases)?;
    }
    Ok(())
}

/// What is red is what fails the check, and nothing else: see docs/decisions/.
fn case(
    ruleset: &Ruleset,
    report: &ManifestReport<'_>,
    checked: &CheckedFlow,
    ix: RuleIx,
    rule: &Rule,
    all: &[Found<'_>],
) -> Case {
    let found = all.iter().find(|found| found.finding.rule == ix && std::ptr::eq(found.checked, checked));
    let came = match (found, checked.advice.status(ix)) {
        (Some(found), _) => {
            let short = format!("{} {}", found.standing(), rule.because);
            match found.gravity() {
                Gravity::Error => Came::Failed(short, body(found)),
                Gravity::Warning => {
                    Came::Skipped(format!("Outstanding, and does not fail this check. {short}"), body(found))
                }
                Gravity::Note => Came::Skipped(format!("Outstanding, and holds nothing up. {short}"), body(found)),
            }
        }
        (None, Status::Met | Status::Done) => Came::Passed,
        (None, Status::Waived) => waived(ruleset, report, checked, ix),
        (None, Status::NotApplicable) => {
            let why = match (&rule.upcoming, &*rule.otherwise) {
                (Some(_), _) => "Not in force yet.".to_owned(),
                (None, Some(otherwise)) => format!("Does not apply: {otherwise}"),
                (None, None) => "Does not apply.".to_owned(),
            };
            Came::Skipped(why, String::new())
        }
        // Each has a finding, above. Never green without one.
        (None, Status::Applies | Status::Undetermined) => {
            Came::Failed(rule.because.to_string(), rule.because.to_string())
        }
    };
    Case { name: format!("{}: {}", rule.id, rule.title), came }
}

/// Why a rule is waived, and where that is written.
fn waived(ruleset: &Ruleset, report: &ManifestReport<'_>, checked: &CheckedFlow, ix: RuleIx) -> Came {
    let waiver = checked.flow.exchange.waiver(ix);
    let why = waiver.map(|waiver| pipeline::waived(ruleset, waiver)).unwrap_or_default();
    let noted = waiver.and_then(|waiver| pipeline::noted(checked, ix, waiver));
    let at = noted.and_then(|noted| location(noted.place, report.sources)).unwrap_or_default();
    Came::Skipped(format!("Waived: {why}"), at)
}

/// What a person reads who opens a red case.
fn body(found: &Found<'_>) -> String {
    let at = found.region().map(|at| format!("{}:{}:{}\n", found.report.path, at.line, at.column)).unwrap_or_default();
    let mut text = format!("{at}{}\n", found.message());
    for step in pipeline::steps(found.ruleset, found.rule) {
        text.push_str(&format!("- {step}\n"));
    }
    for (title, url) in pipeline::sources(found.ruleset, &found.rule.cites) {
        text.push_str(&format!("Source: {title}: {url}\n"));
    }
    text
}
