//! A report of a check: the advice on any number of manifests, one after the other.

use std::io;

use super::{Detail, Ink, ManifestReport, Out, json, snippet, text};
use crate::engine::Evaluator;
use crate::finding::Finding;
use crate::model::Date;
use crate::text::Sources;

/// Writes what a report says of one manifest and owes to no other. Any thread can do that.
pub type Drafter = Box<dyn Fn(&mut Evaluator<'_>, &ManifestReport<'_>) -> io::Result<Vec<u8>> + Send + Sync>;

/// A format in which a check is reported. Each result is written, or kept to be written at the end, as soon as it is known.
pub trait CheckReport {
    /// How the advice on a manifest is drafted; none where what is said of it depends on what was said of others.
    fn drafter(&self) -> Option<Drafter> {
        None
    }

    /// Writes what comes before the results.
    fn begin(&mut self, _out: Out<'_>) -> io::Result<()> {
        Ok(())
    }

    /// The advice on a manifest. `draft` is what the drafter made of it; empty where there is none.
    fn advice(&mut self, out: Out<'_>, report: &ManifestReport<'_>, draft: &[u8]) -> io::Result<()>;

    /// What is wrong with a manifest that has no advice. `path` is that of the manifest.
    fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()>;

    /// Writes what comes after the results.
    fn end(&mut self, _out: Out<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// For people.
#[derive(Debug)]
pub struct Text {
    detail: Detail,
    ink: Ink,
    /// Whether faults belong in it. They do where it is read without standard error beside it.
    with_faults: bool,
    first: bool,
}

impl Text {
    /// A text. With `with_faults` it also shows what is wrong with manifests that have no advice.
    #[must_use]
    pub const fn new(detail: Detail, ink: Ink, with_faults: bool) -> Self {
        Self { detail, ink, with_faults, first: true }
    }

    /// An empty line between two results.
    fn apart(&mut self, out: Out<'_>) -> io::Result<()> {
        if !std::mem::take(&mut self.first) && self.detail != Detail::Quiet {
            writeln!(out)?;
        }
        Ok(())
    }
}

impl CheckReport for Text {
    fn drafter(&self) -> Option<Drafter> {
        let (detail, ink) = (self.detail, self.ink);
        Some(Box::new(move |evaluator, report| {
            let mut draft = Vec::new();
            text::render(&mut draft, evaluator, report, detail, ink)?;
            Ok(draft)
        }))
    }

    fn advice(&mut self, out: Out<'_>, _report: &ManifestReport<'_>, draft: &[u8]) -> io::Result<()> {
        self.apart(out)?;
        out.write_all(draft)
    }

    fn faults(&mut self, out: Out<'_>, _path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        if !self.with_faults {
            return Ok(());
        }
        self.apart(out)?;
        findings.iter().try_for_each(|finding| snippet::render(out, finding, sources, self.ink))
    }
}

/// `clearshare-advice/1`.
#[derive(Debug)]
pub struct Json {
    as_of: Date,
    writer: Option<json::Writer>,
}

impl Json {
    /// One document.
    #[must_use]
    pub const fn new(as_of: Date) -> Self {
        Self { as_of, writer: None }
    }
}

impl CheckReport for Json {
    fn begin(&mut self, out: Out<'_>) -> io::Result<()> {
        self.writer = Some(json::Writer::begin(out, self.as_of)?);
        Ok(())
    }

    fn drafter(&self) -> Option<Drafter> {
        Some(Box::new(json::draft))
    }

    fn advice(&mut self, out: Out<'_>, _report: &ManifestReport<'_>, draft: &[u8]) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), |writer| writer.drafted(out, draft))
    }

    fn faults(&mut self, out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), |writer| writer.faults(out, path, findings, sources))
    }

    fn end(&mut self, out: Out<'_>) -> io::Result<()> {
        self.writer.take().map_or(Ok(()), |writer| writer.end(out))
    }
}
