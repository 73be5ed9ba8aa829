//! `clearshare-advice/1`: advice for programs, frozen. See docs/json.md and schemas/advice-1.schema.json.
//!
//! One document holds the results of any number of manifests. Each is written as soon as it is known, so memory does not
//! grow with their number.

mod advice;
mod faults;
mod layout;
mod options;
pub(super) mod parts;
mod reasons;
mod recorded;
mod records;
mod things;
mod v1;

pub(super) use advice::instructions;
pub(super) use faults::fault;
pub(super) use layout::write as write_at;
pub use recorded::{named, recorded};
pub(super) use things::Cited;
pub(super) use v1::{Fault, Instruction, Source};

use std::io;

use super::{ManifestReport, Out};
use crate::engine::Evaluator;
use crate::finding::Finding;
use crate::model::Date;
use crate::text::Sources;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-advice/1";

/// What every reader of the document has to know.
const NOTICE: &str = "Decision support, not legal advice. The decision stays a person's.";

/// How deep a result stands in the document.
const RESULT: usize = 2;

/// Writes one document, result by result.
#[derive(Debug)]
pub struct Writer {
    /// The bytes of one result: kept, so that its memory is used again.
    buffer: Vec<u8>,
    first: bool,
}

impl Writer {
    /// Writes the head of the document.
    pub fn begin(out: Out<'_>, as_of: Date) -> io::Result<Self> {
        let head = v1::Head { format: FORMAT, tool: parts::Tool::THIS, as_of, notice: NOTICE };
        let mut writer = Self { buffer: Vec::new(), first: true };
        layout::write(&head, 0, &mut writer.buffer)?;
        // The head is an object of its own: its closing line makes room for the results.
        writer.buffer.truncate(writer.buffer.len().saturating_sub("\n}".len()));
        out.write_all(&writer.buffer)?;
        out.write_all(b",\n  \"results\": [")?;
        Ok(writer)
    }

    /// Writes the advice on one manifest. Where the safety screen ended everything, only what to do is written.
    pub fn advice(
        &mut self,
        out: Out<'_>,
        evaluator: &mut Evaluator<'_>,
        report: &ManifestReport<'_>,
    ) -> io::Result<()> {
        self.part(out)?;
        add_advice(evaluator, report, &mut self.buffer)?;
        out.write_all(&self.buffer)
    }

    /// Writes the advice on one manifest, which was drafted before.
    pub fn drafted(&mut self, out: Out<'_>, draft: &[u8]) -> io::Result<()> {
        self.part(out)?;
        out.write_all(draft)
    }

    /// Writes what is wrong with a manifest that has no advice.
    pub fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        self.part(out)?;
        layout::write(&faults::faults(path, findings, sources), RESULT, &mut self.buffer)?;
        out.write_all(&self.buffer)
    }

    /// Writes the end of the document.
    pub fn end(self, out: Out<'_>) -> io::Result<()> {
        out.write_all(if self.first { b"]\n}\n" } else { b"\n  ]\n}\n" })
    }

    /// Writes what parts a result from the one before it.
    fn part(&mut self, out: Out<'_>) -> io::Result<()> {
        self.buffer.clear();
        out.write_all(if std::mem::take(&mut self.first) { b"\n    " } else { b",\n    " })
    }
}

/// The advice on one manifest, as it stands in the document.
pub(super) fn draft(evaluator: &mut Evaluator<'_>, report: &ManifestReport<'_>) -> io::Result<Vec<u8>> {
    let mut draft = Vec::new();
    add_advice(evaluator, report, &mut draft)?;
    Ok(draft)
}

fn add_advice(evaluator: &mut Evaluator<'_>, report: &ManifestReport<'_>, to: &mut Vec<u8>) -> io::Result<()> {
    if report.checked.is_screened() {
        return layout::write(&advice::screened(report.ruleset, report), RESULT, to);
    }
    let mut cited = things::Cited::new(report.ruleset);
    let flows = advice::flows(evaluator, report.checked, &mut cited);
    layout::write(&advice::advice(report.ruleset, report, flows, &cited), RESULT, to)
}
