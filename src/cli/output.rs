//! Where a report goes: standard output, or a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use clearshare::report::Ink;

use super::args::LookArgs;
use super::patient_writer::PatientWriter;
use super::staged::Unwritten;
use super::{place, style};

/// Where a report goes.
#[derive(Debug, clap::Args)]
pub(super) struct OutputArgs {
    /// Write to this file instead of standard output; one that is there is replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    /// The file; `-` is standard output.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// Looks, before the work, whether it can be written to, and that it is no file of a ruleset that is read.
    pub(super) fn check<'f>(&self, rulesets: impl IntoIterator<Item = Option<&'f Path>>) -> Result<(), Unwritten> {
        let Some(path) = self.file() else { return Ok(()) };
        rulesets.into_iter().flatten().try_for_each(|ruleset| place::outside(path, ruleset))?;
        place::check_file(path)
    }

    /// The same, and that it is not the file that is read.
    pub(super) fn check_beside(&self, read: &Path) -> Result<(), Unwritten> {
        self.file().map_or(Ok(()), |path| place::not_over(path, read))?;
        self.check([])
    }

    /// How a report looks there. A file is no terminal.
    pub(super) fn ink(&self, look: &LookArgs) -> Ink {
        if self.file().is_some() { style::in_file(look) } else { style::out(look) }
    }

    /// Writes the report.
    pub(super) fn write(&self, bytes: &[u8]) -> anyhow::Result<Result<(), Unwritten>> {
        if let Some(path) = self.file() {
            return Ok(place::write_over(path, bytes));
        }
        let mut out = PatientWriter::new(std::io::stdout().lock());
        out.write_all(bytes)?;
        out.flush()?;
        Ok(Ok(()))
    }
}
