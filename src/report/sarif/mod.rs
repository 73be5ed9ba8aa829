//! SARIF 2.1.0 (OASIS), for code scanning: a run for each ruleset used, and one for what could not be checked.

mod place;
mod result;
mod rules;

use std::io;

use serde_json::{Value, json};

use super::escape::sarif;
use super::pipeline::{self, SaidOnce};
use super::{CheckReport, ManifestReport, Out, footer, json as layout};
use crate::finding::{Code, Finding};
use crate::model::Date;
use crate::ruleset::{Ruleset, Version};
use crate::text::Sources;

/// The schema, by the address that OASIS gives it.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log, kept until the end: its runs hold their results together.
#[derive(Debug)]
pub struct Sarif {
    as_of: Date,
    runs: Vec<Run>,
    /// Which kinds of fault there were.
    codes: Vec<Code>,
    faults: Vec<Value>,
}

/// What was found under one ruleset.
#[derive(Debug)]
struct Run {
    id: String,
    version: Version,
    /// The program and its rules.
    driver: Value,
    properties: Value,
    notices: Vec<Value>,
    results: Vec<Value>,
    waivers: SaidOnce,
}

impl Sarif {
    /// An empty log.
    #[must_use]
    pub const fn new(as_of: Date) -> Self {
        Self { as_of, runs: Vec::new(), codes: Vec::new(), faults: Vec::new() }
    }

    /// The run of a ruleset.
    fn run(&mut self, ruleset: &Ruleset, notice: &str) -> Option<&mut Run> {
        let info = ruleset.info();
        let known = |run: &Run| run.id == info.id && run.version == info.version;
        let at = self.runs.iter().position(known).unwrap_or_else(|| {
            self.runs.push(Run {
                id: info.id.clone(),
                version: info.version,
                driver: rules::driver(&rules::of_ruleset(ruleset), notice),
                properties: json!({
                    "ruleset": ruleset.reference().to_string(),
                    "rulesetStatus": info.state.word(),
                    "rulesetDigest": ruleset.digest(),
                    "asOf": self.as_of.to_string(),
                    "notice": notice,
                }),
                notices: Vec::new(),
                results: Vec::new(),
                waivers: SaidOnce::new(),
            });
            self.runs.len() - 1
        });
        self.runs.get_mut(at)
    }

    /// The whole log. The newest version of a ruleset keeps the ruleset's category, so that alerts outlive a new pin.
    fn log(&mut self) -> Value {
        self.runs.sort_by(|left, right| (&left.id, right.version).cmp(&(&right.id, left.version)));
        let mut runs = Vec::new();
        let mut before: Option<String> = None;
        for mut run in std::mem::take(&mut self.runs) {
            state_each(&mut run.results);
            let older = before.as_ref() == Some(&run.id);
            let version = if older { format!("@{}", run.version) } else { String::new() };
            let category = format!("clearshare/{}{version}/", run.id);
            runs.push(one_run(&category, &run.driver, &run.notices, &run.results, true, &run.properties));
            before = Some(run.id);
        }
        self.codes.sort_unstable();
        let notice = "Decision support, not legal advice. What is in this run could not be checked.";
        let driver = rules::driver(&self.codes.iter().map(|code| rules::of_fault(*code)).collect::<Vec<_>>(), notice);
        let properties = json!({ "asOf": self.as_of.to_string(), "notice": notice });
        runs.push(one_run("clearshare/", &driver, &[], &self.faults, self.faults.is_empty(), &properties));
        json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": runs })
    }
}

/// Where one result says what a baseline knows of it, each of the run does: one without would be read as one that was not compared.
/// The safety screen has none of its own, since nothing else is said of what it ends; no baseline knows it.
fn state_each(results: &mut [Value]) {
    const STATE: &str = "baselineState";
    if results.iter().any(|result| result.get(STATE).is_some()) {
        for result in results.iter_mut().filter(|result| result.get(STATE).is_none()) {
            *result = with(result.take(), STATE, json!("new"));
        }
    }
}

fn one_run(
    category: &str,
    driver: &Value,
    notices: &[Value],
    results: &[Value],
    successful: bool,
    properties: &Value,
) -> Value {
    let base = "The folder that clearshare was run in: the top of the repository.";
    json!({
        "tool": { "driver": driver },
        "automationDetails": { "id": category },
        "invocations": [{ "executionSuccessful": successful, "toolExecutionNotifications": notices }],
        "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": base } } },
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": properties,
    })
}

impl CheckReport for Sarif {
    fn advice(&mut self, _out: Out<'_>, report: &ManifestReport<'_>, _draft: &[u8]) -> io::Result<()> {
        let (ruleset, notice) = (report.ruleset, footer(report.ruleset, report.as_of));
        let Some(run) = self.run(ruleset, &notice) else { return Ok(()) };
        if report.checked.is_screened() {
            run.results.push(result::screened(ruleset, report));
        } else {
            run.results.extend(pipeline::found(ruleset, report).map(|found| result::of_rule(&found)));
            run.results.extend(result::waived(ruleset, report));
            let of_waivers = run.waivers.of_waivers(report);
            run.results.extend(of_waivers.iter().map(|of| result::of_waiver(ruleset, report, of)));
        }
        run.notices.extend(pipeline::notices(report).into_iter().map(|notice| {
            let locations = [place::whole_file(report.path)];
            json!({ "level": "warning", "message": { "text": sarif(notice) }, "locations": locations })
        }));
        Ok(())
    }

    fn faults(&mut self, _out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        for finding in findings {
            if !self.codes.contains(&finding.code()) {
                self.codes.push(finding.code());
            }
            self.faults.push(result::of_fault(path, finding, sources));
        }
        Ok(())
    }

    fn end(&mut self, out: Out<'_>) -> io::Result<()> {
        // What was found does not tell where its rule stands: rules of faults are put in order only now.
        let log = self.log();
        let mut bytes = Vec::new();
        layout::write_at(&log, 0, &mut bytes)?;
        bytes.push(b'\n');
        out.write_all(&bytes)
    }
}

/// An object with one more member.
fn with(mut object: Value, name: &str, value: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.insert(name.to_owned(), value);
    }
    object
}
