//! A code quality report of GitLab: one list of entries, each with a place and a fingerprint.

use std::collections::BTreeSet;
use std::io;

use serde::Serialize;

use super::pipeline::{self, Gravity, Region, SaidOnce};
use super::{CheckReport, ManifestReport, Out, json};
use crate::finding::Finding;
use crate::model::Outcome;
use crate::text::{Sources, digest, visible};

/// How many hexadecimal digits a fingerprint has.
const DIGITS: usize = 32;

/// A list, written entry by entry.
#[derive(Debug, Default)]
pub struct Gitlab {
    /// The fingerprints so far: GitLab drops an entry with one that it has seen.
    seen: BTreeSet<String>,
    waivers: SaidOnce,
}

#[derive(Serialize)]
struct Entry<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// What an entry says, and what it is known by within its manifest.
struct Said<'a> {
    name: &'a str,
    description: String,
    severity: &'static str,
    region: Option<Region>,
    known_by: String,
}

impl Gitlab {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn write(&mut self, out: Out<'_>, path: &str, said: &Said<'_>) -> io::Result<()> {
        out.write_all(if self.seen.is_empty() { b"\n  " } else { b",\n  " })?;
        let path = pipeline::path(path);
        let fingerprint = self.fingerprint(&path, &said.known_by);
        let entry = Entry {
            description: &visible(&said.description),
            check_name: said.name,
            fingerprint: &fingerprint,
            severity: said.severity,
            location: Location { path: &path, lines: Lines { begin: said.region.map_or(1, |region| region.line) } },
        };
        let mut bytes = Vec::new();
        json::write_at(&entry, 1, &mut bytes)?;
        out.write_all(&bytes)?;
        self.seen.insert(fingerprint);
        Ok(())
    }

    /// Of the manifest and what the entry is known by there; of one that comes again, also how often it came.
    fn fingerprint(&self, path: &str, known_by: &str) -> String {
        for again in 0_usize.. {
            let again = if again == 0 { String::new() } else { again.to_string() };
            let parts = [("again", again.as_bytes()), ("entry", known_by.as_bytes()), ("manifest", path.as_bytes())];
            let mut whole = digest(parts);
            whole.truncate(DIGITS);
            if !self.seen.contains(&whole) {
                return whole;
            }
        }
        String::new()
    }
}

impl CheckReport for Gitlab {
    fn begin(&mut self, out: Out<'_>) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn advice(&mut self, out: Out<'_>, report: &ManifestReport<'_>, _draft: &[u8]) -> io::Result<()> {
        let ruleset = report.ruleset;
        if report.checked.is_screened() {
            let said = Said {
                name: pipeline::SCREEN,
                description: pipeline::screened(ruleset).replace('\n', " "),
                severity: "blocker",
                region: None,
                known_by: pipeline::SCREEN.to_owned(),
            };
            return self.write(out, report.path, &said);
        }
        for found in pipeline::found(ruleset, report) {
            let severity = match (found.gravity(), found.finding.alone) {
                (Gravity::Error, Outcome::Stop) => "blocker",
                (Gravity::Error, _) => "critical",
                (Gravity::Warning, _) => "minor",
                (Gravity::Note, _) => "info",
            };
            let known_by = found.fingerprint();
            let (name, description, region) = (found.rule.id.as_str(), found.message(), found.region());
            self.write(out, report.path, &Said { name, description, severity, region, known_by })?;
        }
        for of in self.waivers.of_waivers(report) {
            let (name, known_by) = (of.finding.kind.word(), of.finding.fingerprint.clone());
            let said = Said { name, severity: "info", region: of.region, known_by, description: of.finding.message() };
            self.write(out, of.path, &said)?;
        }
        for notice in pipeline::notices(report) {
            let (description, known_by) = (notice.to_owned(), notice.to_owned());
            let said = Said { name: "notice", severity: "info", region: None, known_by, description };
            self.write(out, report.path, &said)?;
        }
        Ok(())
    }

    fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        for fault in findings {
            let region = fault.place().and_then(|place| Region::of(place, sources, fault.hides_source()));
            let description = pipeline::fault_message(fault);
            let name = format!("fault/{}", fault.code());
            let known_by = format!("{name}\n{description}");
            self.write(out, path, &Said { name: &name, severity: "blocker", description, region, known_by })?;
        }
        Ok(())
    }

    fn end(&mut self, out: Out<'_>) -> io::Result<()> {
        out.write_all(if self.seen.is_empty() { b"]\n" } else { b"\n]\n" })
    }
}
