//! JUnit XML: a suite for each exchange of a manifest, and a case for each rule.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::pipeline::{self, Found, Gravity, Region, cut};
use super::{CheckReport, ManifestReport, Out, footer};
use crate::check::CheckedFlow;
use crate::engine::Evaluator;
use crate::finding::Finding;
use crate::model::{Given, Rule, RuleIx, Status};
use crate::ruleset::Ruleset;
use crate::text::{Sources, visible, visible_lines};

/// The longest line of an attribute, in characters: the rest stands in the body.
const LONGEST: usize = 400;

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

/// How a case came out.
enum Came {
    Passed,
    /// Skipped, with why.
    Skipped(String),
    /// Failed, with why in a line and in whole.
    Failed(String, String),
    /// The manifest could not be checked.
    Error {
        kind: String,
        message: String,
    },
}

/// One rule of one exchange.
struct Case {
    name: String,
    line: Option<u32>,
    came: Came,
}

impl CheckReport for Junit {
    fn begin(&mut self, out: Out<'_>) -> io::Result<()> {
        let mut xml = Writer::new(out);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        line(&mut xml, 0)?;
        start(&mut xml, "testsuites", &[("name", "clearshare")])
    }

    fn advice(&mut self, out: Out<'_>, evaluator: &mut Evaluator<'_>, report: &ManifestReport<'_>) -> io::Result<()> {
        let ruleset = evaluator.ruleset();
        let mut properties = vec![
            ("ruleset", ruleset.reference().to_string()),
            ("as-of", report.as_of.to_string()),
            ("about", footer(evaluator, report.as_of)),
        ];
        properties.extend(report.notices.iter().map(|notice| ("notice", notice.clone())));
        if report.checked.is_screened() {
            let text = pipeline::screened(ruleset);
            let came = Came::Failed("Get advice first.".to_owned(), text);
            let case = Case { name: pipeline::SCREEN.to_owned(), line: None, came };
            return suite(out, report.path, None, &properties, &[case]);
        }
        let found: Vec<Found<'_>> = pipeline::found(ruleset, report).collect();
        for checked in &report.checked.flows {
            let case = |(ix, rule)| case(ruleset, checked, ix, rule, &found);
            let cases: Vec<Case> = ruleset.rules().iter().map(case).collect();
            let mut properties = properties.clone();
            properties.push(("outcome", checked.advice.outcome.word().to_owned()));
            suite(out, report.path, pipeline::flow(report, checked), &properties, &cases)?;
        }
        Ok(())
    }

    fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        let case = |fault: &Finding| {
            let region = fault.place().and_then(|place| Region::of(place, sources, fault.hides_source()));
            let at = region.map(|at| format!(" at {}:{}", at.line, at.column)).unwrap_or_default();
            let (kind, message) = (format!("fault/{}", fault.code()), pipeline::fault_message(fault));
            Case { name: format!("{kind}{at}"), line: region.map(|at| at.line), came: Came::Error { kind, message } }
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

/// What is red is what fails the check, and nothing else: see docs/decisions/.
fn case(ruleset: &Ruleset, checked: &CheckedFlow, ix: RuleIx, rule: &Rule, all: &[Found<'_>]) -> Case {
    let name = format!("{}: {}", rule.id, rule.title);
    let found = all.iter().find(|found| found.finding.rule == ix && std::ptr::eq(found.checked, checked));
    if let Some(found) = found {
        let line = found.region().map(|region| region.line);
        let short = format!("{} {}", found.standing(), rule.because);
        let came = match found.gravity() {
            Gravity::Error => Came::Failed(short, body(found)),
            Gravity::Warning => Came::Skipped(format!("Outstanding, and does not fail this check. {short}")),
            Gravity::Note => Came::Skipped(format!("Outstanding, and holds nothing up. {short}")),
        };
        return Case { name, line, came };
    }
    let exchange = &checked.flow.exchange;
    let given = |given| if let Given::At(at) = given { Some(at.line) } else { None };
    match checked.advice.status(ix) {
        Status::Met => Case { name, line: None, came: Came::Passed },
        Status::Done => {
            let done = exchange.done.iter().rev().find(|done| done.rule == ix);
            Case { name, line: done.and_then(|done| given(done.given)), came: Came::Passed }
        }
        Status::Waived => {
            let waiver = exchange.waiver(ix);
            let why = waiver.map(|waiver| pipeline::waived(ruleset, waiver)).unwrap_or_default();
            // That of a shared waiver is a line of another file.
            let own = waiver.and_then(|waiver| pipeline::noted(checked, ix, waiver)).filter(|noted| !noted.shared);
            let line = waiver.filter(|_| own.is_some()).and_then(|waiver| given(waiver.given));
            Case { name, line, came: Came::Skipped(format!("Waived: {why}")) }
        }
        Status::NotApplicable => {
            let why = match (&rule.upcoming, &*rule.otherwise) {
                (Some(_), _) => "Not in force yet.".to_owned(),
                (None, Some(otherwise)) => format!("Does not apply: {otherwise}"),
                (None, None) => "Does not apply.".to_owned(),
            };
            Case { name, line: None, came: Came::Skipped(why) }
        }
        // Each has a finding, above. Never green without one.
        Status::Applies | Status::Undetermined => {
            Case { name, line: None, came: Came::Failed(rule.because.to_string(), rule.because.to_string()) }
        }
    }
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

fn suite(
    out: Out<'_>,
    path: &str,
    flow: Option<&str>,
    properties: &[(&str, String)],
    cases: &[Case],
) -> io::Result<()> {
    let mut xml = Writer::new(out);
    let path = pipeline::path(path);
    let name = flow.map_or_else(|| path.clone(), |flow| format!("{path} ({flow})"));
    let count = |of: fn(&Came) -> bool| cases.iter().filter(|case| of(&case.came)).count().to_string();
    line(&mut xml, 1)?;
    let counts = [
        ("name", name.as_str()),
        ("tests", &cases.len().to_string()),
        ("failures", &count(|came| matches!(came, Came::Failed(..)))),
        ("errors", &count(|came| matches!(came, Came::Error { .. }))),
        ("skipped", &count(|came| matches!(came, Came::Skipped(_)))),
    ];
    start(&mut xml, "testsuite", &counts)?;
    if !properties.is_empty() {
        line(&mut xml, 2)?;
        start(&mut xml, "properties", &[])?;
        for (name, value) in properties {
            line(&mut xml, 3)?;
            xml.write_event(Event::Empty(element("property", &[("name", name), ("value", value)])))?;
        }
        line(&mut xml, 2)?;
        xml.write_event(Event::End(BytesEnd::new("properties")))?;
    }
    cases.iter().try_for_each(|case| write(&mut xml, &name, &path, case))?;
    line(&mut xml, 1)?;
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

type Xml<'w> = Writer<Out<'w>>;

fn write(xml: &mut Xml<'_>, class: &str, path: &str, case: &Case) -> io::Result<()> {
    line(xml, 2)?;
    let at = case.line.map(|line| line.to_string());
    let mut attributes = vec![("classname", class), ("name", case.name.as_str()), ("file", path)];
    attributes.extend(at.as_deref().map(|line| ("line", line)));
    if matches!(case.came, Came::Passed) {
        return xml.write_event(Event::Empty(element("testcase", &attributes)));
    }
    start(xml, "testcase", &attributes)?;
    line(xml, 3)?;
    match &case.came {
        Came::Passed => {}
        Came::Skipped(why) => {
            xml.write_event(Event::Empty(element("skipped", &[("message", &cut(why, LONGEST))])))?;
        }
        Came::Failed(short, whole) => {
            start(xml, "failure", &[("message", &cut(short, LONGEST)), ("type", "outstanding")])?;
            text(xml, whole)?;
            xml.write_event(Event::End(BytesEnd::new("failure")))?;
        }
        Came::Error { kind, message } => {
            start(xml, "error", &[("message", &cut(message, LONGEST)), ("type", kind)])?;
            text(xml, message)?;
            xml.write_event(Event::End(BytesEnd::new("error")))?;
        }
    }
    line(xml, 2)?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

/// An element whose attributes hold nothing that XML forbids.
fn element<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, &*visible(value)));
    }
    element
}

fn start(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Start(element(name, attributes)))
}

fn text(xml: &mut Xml<'_>, text: &str) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::new(&visible_lines(text))))
}

/// A new line, as far in as the document is deep.
fn line(xml: &mut Xml<'_>, depth: usize) -> io::Result<()> {
    writeln!(xml.get_mut())?;
    write!(xml.get_mut(), "{}", "  ".repeat(depth))
}
