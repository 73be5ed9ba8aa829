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

use serde::Serialize;

use super::{ManifestReport, Out};
use crate::engine::Evaluator;
use crate::finding::Finding;
use crate::model::Date;
use crate::text::Sources;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-advice/1";

/// What every reader of the document has to know.
const NOTICE: &str = "Decision support, not legal advice. The decision stays a person's.";

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
        if report.checked.is_screened() {
            return self.result(out, &advice::screened(evaluator.ruleset(), report));
        }
        let ruleset = evaluator.ruleset();
        let mut cited = things::Cited::new(ruleset);
        let flows = advice::flows(evaluator, report.checked, &mut cited);
        self.result(out, &advice::advice(ruleset, report, flows, &cited))
    }

    /// Writes what is wrong with a manifest that has no advice.
    pub fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        self.result(out, &faults::faults(path, findings, sources))
    }

    /// Writes the end of the document.
    pub fn end(self, out: Out<'_>) -> io::Result<()> {
        out.write_all(if self.first { b"]\n}\n" } else { b"\n  ]\n}\n" })
    }

    fn result(&mut self, out: Out<'_>, result: &impl Serialize) -> io::Result<()> {
        self.buffer.clear();
        self.buffer.extend_from_slice(if self.first { b"\n    " } else { b",\n    " });
        layout::write(result, 2, &mut self.buffer)?;
        self.first = false;
        out.write_all(&self.buffer)
    }
}
