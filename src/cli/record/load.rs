//! Records that are read.

use std::path::Path;

use clearshare::finding::Findings;
use clearshare::record::{ReadRecord, read_record};
use clearshare::report::Ink;
use clearshare::text::{Place, Sources, Span};

use super::keep::ENDING;
use crate::cli::rulesets::{Faulty, write_fault, write_faults};
use crate::cli::system::{self, Input};

/// A record, and its text.
pub(in crate::cli) struct Loaded {
    pub(in crate::cli) read: ReadRecord,
    pub(in crate::cli) sources: Sources,
}

impl Loaded {
    /// Where the record begins.
    pub(in crate::cli) fn start(&self) -> Place {
        Place::new(self.read.file, Span::at(0))
    }
}

/// Whether what was read in place of a manifest is a record, or was one before something was lost of it.
pub(in crate::cli) fn is_record(path: &Path, bytes: &[u8]) -> bool {
    const FORMAT: &[u8] = b"\"clearshare-record/";
    let named = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING));
    named || (bytes.trim_ascii_start().starts_with(b"{") && bytes.windows(FORMAT.len()).any(|part| part == FORMAT))
}

/// Reads a record, also one that was altered. Faults were written.
pub(in crate::cli) fn load(path: &Path, err: Ink) -> anyhow::Result<Result<Loaded, Faulty>> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let read = match system::read(path, Input::Record) {
        Ok(bytes) => read_record(&bytes, &path.to_string_lossy(), &mut sources, &mut findings),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    };
    if let Some(read) = read {
        return Ok(Ok(Loaded { read, sources }));
    }
    write_faults(findings, &sources, err)?;
    Ok(Err(Faulty))
}

/// Reads a record that says what it said when it was sealed. Faults were written.
pub(in crate::cli) fn load_unaltered(path: &Path, err: Ink) -> anyhow::Result<Result<Loaded, Faulty>> {
    let loaded = match load(path, err)? {
        Ok(loaded) => loaded,
        Err(faulty) => return Ok(Err(faulty)),
    };
    let Some(finding) = loaded.read.altered() else { return Ok(Ok(loaded)) };
    write_fault(&finding, &loaded.sources, err)?;
    Ok(Err(Faulty))
}
