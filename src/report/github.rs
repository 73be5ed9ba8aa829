//! Annotations of a GitHub workflow: commands on standard output, the most important first.

use std::io;

use super::escape::{workflow_message, workflow_property};
use super::pipeline::{self, Found, Gravity, Region, SaidOnce};
use super::{CheckReport, ManifestReport, Out, footer};
use crate::finding::Finding;
use crate::text::Sources;

/// How many annotations of each kind GitHub shows for a step; the rest are only in its log.
const SHOWN: usize = 10;

/// Workflow commands, kept until the end to be put in order.
#[derive(Debug, Default)]
pub struct Github {
    /// By how much each matters; 0 comes first.
    commands: Vec<(Gravity, u8, String)>,
    footers: Vec<String>,
    waivers: SaidOnce,
}

impl Github {
    /// No annotations yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn add(&mut self, gravity: Gravity, rank: u8, path: &str, region: Option<Region>, title: &str, message: &str) {
        let mut properties = format!("file={}", workflow_property(&pipeline::path(path)));
        let at = region.unwrap_or(Region { line: 1, column: 1, end: None });
        properties.push_str(&format!(",line={}", at.line));
        match at.end {
            // GitHub takes columns only where all is on one line.
            Some((line, column)) if line == at.line => {
                // Its end is the last column, not the one after it.
                let last = column.saturating_sub(1).max(at.column);
                properties.push_str(&format!(",endLine={line},col={},endColumn={last}", at.column));
            }
            Some((line, column)) => {
                let last = if column == 1 { line.saturating_sub(1) } else { line };
                properties.push_str(&format!(",endLine={last}"));
            }
            None => {}
        }
        let (kind, title, message) = (kind(gravity), workflow_property(title), workflow_message(message));
        self.commands.push((gravity, rank, format!("::{kind} {properties},title={title}::{message}")));
    }

    fn found(&mut self, found: &Found<'_>) {
        let rule = &found.rule.id;
        let mut message = found.message();
        for step in pipeline::steps(found.ruleset, found.rule) {
            message.push_str(&format!("\n- {step}"));
        }
        // The worse its outcome, the earlier.
        let rank = u8::MAX - found.finding.alone as u8;
        self.add(found.gravity(), rank, found.report.path, found.region(), rule, &message);
    }
}

impl CheckReport for Github {
    fn advice(&mut self, _out: Out<'_>, report: &ManifestReport<'_>, _draft: &[u8]) -> io::Result<()> {
        let ruleset = report.ruleset;
        let footer = footer(report.ruleset, report.as_of);
        if !self.footers.contains(&footer) {
            self.footers.push(footer);
        }
        if report.checked.is_screened() {
            let message = pipeline::screened(ruleset);
            self.add(Gravity::Error, 0, report.path, None, pipeline::SCREEN, &message);
        } else {
            pipeline::found(ruleset, report).for_each(|found| self.found(&found));
        }
        for of in self.waivers.of_waivers(report) {
            let (title, message) = (of.finding.kind.word(), of.finding.message());
            self.add(Gravity::Note, 0, of.path, of.region, title, &message);
        }
        for notice in pipeline::notices(report) {
            self.add(Gravity::Note, 0, report.path, None, "clearshare", notice);
        }
        Ok(())
    }

    fn faults(&mut self, _out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        for fault in findings {
            let region = fault.place().and_then(|place| Region::of(place, sources, fault.hides_source()));
            let title = fault.code().as_str();
            self.add(Gravity::Error, 1, path, region, title, &pipeline::fault_message(fault));
        }
        Ok(())
    }

    fn end(&mut self, out: Out<'_>) -> io::Result<()> {
        // Stable: manifests stay in their order.
        self.commands.sort_by_key(|(gravity, rank, _)| (*gravity, *rank));
        for gravity in [Gravity::Error, Gravity::Warning, Gravity::Note] {
            let count = self.commands.iter().filter(|(other, _, _)| *other == gravity).count();
            if gravity == Gravity::Note {
                self.footers.iter().try_for_each(|footer| notice(out, footer))?;
            } else if count > SHOWN {
                let kind = kind(gravity);
                notice(
                    out,
                    &format!(
                        "There are {count} of the kind {kind}: GitHub shows {SHOWN} of them beside the code, and all in the log."
                    ),
                )?;
            }
        }
        self.commands.iter().try_for_each(|(_, _, command)| writeln!(out, "{command}"))
    }
}

fn notice(out: Out<'_>, message: &str) -> io::Result<()> {
    writeln!(out, "::notice title=clearshare::{}", workflow_message(message))
}

const fn kind(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Error => "error",
        Gravity::Warning => "warning",
        Gravity::Note => "notice",
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckReport, Github, Gravity, Region};

    fn written(github: &mut Github) -> String {
        let mut out = Vec::new();
        github.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_place_ends_with_the_last_line_and_column_that_belong_to_it() {
        let case = |line, column, end, expected: &str| {
            let mut github = Github::new();
            github.add(Gravity::Error, 0, "m.yaml", Some(Region { line, column, end }), "t", "m");
            assert_eq!(written(&mut github), format!("::error file=m.yaml,{expected},title=t::m\n"));
        };
        case(3, 5, Some((3, 9)), "line=3,endLine=3,col=5,endColumn=8");
        case(3, 5, Some((3, 6)), "line=3,endLine=3,col=5,endColumn=5");
        // Columns are for one line only.
        case(3, 5, Some((5, 4)), "line=3,endLine=5");
        // What ends before the first character of a line has nothing of it.
        case(3, 5, Some((5, 1)), "line=3,endLine=4");
        case(3, 5, None, "line=3");
    }

    #[test]
    fn what_github_leaves_out_is_counted() {
        let said = |count| {
            let mut github = Github::new();
            (0..count).for_each(|at| github.add(Gravity::Warning, 0, "m.yaml", None, "t", &at.to_string()));
            written(&mut github)
        };
        assert!(!said(10).contains("GitHub shows"), "{}", said(10));
        assert!(said(11).starts_with("::notice title=clearshare::There are 11 of the kind warning"), "{}", said(11));
    }
}
