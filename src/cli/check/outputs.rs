//! Where the reports of a check go: one to standard output, and others to files.

use std::io::{BufWriter, Read, Seek, SeekFrom, StdoutLock, Write};
use std::path::{Path, PathBuf};

use clearshare::check::Wanted;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::model::Date;
use clearshare::report::checking::{Json, Text};
use clearshare::report::csv::Csv;
use clearshare::report::github::Github;
use clearshare::report::gitlab::Gitlab;
use clearshare::report::junit::Junit;
use clearshare::report::markdown::Markdown;
use clearshare::report::sarif::Sarif;
use clearshare::report::{CheckReport, Detail, Drafter, Ink, ManifestReport};
use clearshare::text::{Sources, quoted};
use tempfile::SpooledTempFile;

use super::args::{CheckArgs, Format};
use super::settings::Run;
use crate::cli::patient_writer::PatientWriter;
use crate::cli::rulesets::write_faults;
use crate::cli::staged::{Staged, Unwritten, cannot};
use crate::cli::why::why;
use crate::cli::{place, style};

/// How much of a report is kept in memory before it goes to a file without a name.
const IN_MEMORY: usize = 16 * 1024 * 1024;

/// The reports of one check.
pub(super) struct Outputs {
    shown: (Box<dyn CheckReport>, BufWriter<PatientWriter<StdoutLock<'static>>>),
    files: Vec<FileReport>,
    /// Which findings some report shows the places of.
    wanted: Option<Wanted>,
    err: Ink,
}

/// A report that takes its place in a file when it is whole.
struct FileReport {
    report: Box<dyn CheckReport>,
    path: PathBuf,
    text: SpooledTempFile,
}

impl Outputs {
    /// Looks whether every file can be written to, and begins each report. The inner error was not written.
    pub(super) fn begin(args: &CheckArgs, run: &Run, as_of: Date) -> anyhow::Result<Result<Self, Unwritten>> {
        let detail = match (args.quiet, args.brief, args.verbose) {
            (true, _, _) => Detail::Quiet,
            (_, true, _) => Detail::Brief,
            (_, _, true) => Detail::Verbose,
            (false, false, false) => Detail::Normal,
        };
        let report = |format, ink, with_faults| -> Box<dyn CheckReport> {
            match format {
                Format::Text => Box::new(Text::new(detail, ink, with_faults)),
                Format::Json => Box::new(Json::new(as_of)),
                Format::Sarif => Box::new(Sarif::new(as_of)),
                Format::Junit => Box::new(Junit::new()),
                Format::Github => Box::new(Github::new()),
                Format::Gitlab => Box::new(Gitlab::new()),
                Format::Markdown => Box::new(Markdown::new()),
                Format::Csv => Box::new(Csv::new()),
            }
        };
        let out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
        let shown = (report(run.format, style::out(&args.look), false), out);
        let mut files: Vec<FileReport> = Vec::new();
        for (format, path) in &run.output_for {
            if let Err(unwritten) = place::check_file(path) {
                return Ok(Err(unwritten));
            }
            if files.iter().any(|other| other.path == *path) {
                return Ok(Err(twice(path).into()));
            }
            let text = SpooledTempFile::new(IN_MEMORY);
            files.push(FileReport {
                report: report(*format, style::in_file(&args.look), true),
                path: path.clone(),
                text,
            });
        }
        let wanted = |format: &Format| match format {
            Format::Json => None,
            Format::Text => (!args.quiet).then_some(Wanted::HoldingUp),
            Format::Sarif | Format::Junit | Format::Github | Format::Gitlab | Format::Markdown | Format::Csv => {
                Some(Wanted::All)
            }
        };
        let formats = run.output_for.iter().map(|(format, _)| format).chain([&run.format]);
        let wanted = formats.map(wanted).max().flatten();
        let mut outputs = Self { shown, files, wanted, err: style::err(&args.look) };
        outputs.each(|report, out| report.begin(out))?;
        Ok(Ok(outputs))
    }

    /// Which findings some report shows the places of.
    pub(super) const fn wanted(&self) -> Option<Wanted> {
        self.wanted
    }

    /// How each report drafts the advice on a manifest.
    pub(super) fn drafters(&self) -> Vec<Option<Drafter>> {
        let reports = std::iter::once(&self.shown.0).chain(self.files.iter().map(|file| &file.report));
        reports.map(|report| report.drafter()).collect()
    }

    /// Reports the advice on a manifest. `drafts` are what the drafters made of it.
    pub(super) fn advice(&mut self, manifest: &ManifestReport<'_>, drafts: &[Vec<u8>]) -> anyhow::Result<()> {
        let mut drafts = drafts.iter();
        self.each(|report, out| report.advice(out, manifest, drafts.next().map_or(&[][..], Vec::as_slice)))
    }

    /// Reports what is wrong with a manifest: in each report, and on standard error.
    pub(super) fn faults(&mut self, path: &str, findings: Findings, sources: &Sources) -> anyhow::Result<()> {
        let sorted = findings.clone().into_sorted();
        self.each(|report, out| report.faults(out, path, &sorted, sources))?;
        // So that what is said of one manifest stays before what is said of the next.
        self.shown.1.flush()?;
        write_faults(findings, sources, self.err)
    }

    /// Ends each report, and gives the files their places: all of them, or none.
    pub(super) fn end(mut self) -> anyhow::Result<Result<(), Unwritten>> {
        self.each(|report, out| report.end(out))?;
        self.shown.1.flush()?;
        if self.files.is_empty() {
            return Ok(Ok(()));
        }
        let mut staged = Staged::new();
        let mut elsewhere = Vec::new();
        for FileReport { path, mut text, .. } in self.files {
            let mut bytes = Vec::new();
            let read = text.seek(SeekFrom::Start(0)).and_then(|_| text.read_to_end(&mut bytes));
            if let Err(error) = read {
                return Ok(Err(cannot(&path, &why(&error)).into()));
            }
            // A pipe or a device is written to, and not replaced.
            if std::fs::metadata(&path).is_ok_and(|there| !there.is_file()) {
                elsewhere.push((path, bytes));
            } else if let Err(unwritten) = staged.add_over(&path, &bytes) {
                return Ok(Err(unwritten));
            }
        }
        for (path, bytes) in &elsewhere {
            if let Err(unwritten) = place::write_over(path, bytes) {
                return Ok(Err(unwritten));
            }
        }
        Ok(staged.replace().map_err(|stopped| stopped.fault.into()))
    }

    fn each(
        &mut self,
        mut write: impl FnMut(&mut dyn CheckReport, &mut dyn Write) -> std::io::Result<()>,
    ) -> anyhow::Result<()> {
        write(&mut *self.shown.0, &mut self.shown.1)?;
        self.files.iter_mut().try_for_each(|file| write(&mut *file.report, &mut file.text))?;
        Ok(())
    }
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on boxed")]
fn twice(path: &Path) -> Box<Finding> {
    let message = format!("two reports would go to {}", quoted(&path.to_string_lossy()));
    Box::new(Finding::new(Code::CannotWrite, message).help("give each `--output-for` a file of its own"))
}
