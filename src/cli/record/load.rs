//! Records that are read.

use std::path::Path;

use clearshare::finding::Findings;
use clearshare::record::{ReadRecord, read_record};
use clearshare::report::Ink;
use clearshare::text::Sources;

use crate::cli::rulesets::{Faulty, write_fault, write_faults};
use crate::cli::system::{self, Input};

/// A record, and its text.
pub(super) struct Loaded {
    pub(super) read: ReadRecord,
    pub(super) sources: Sources,
}

/// Reads a record, also one that was altered. Faults were written.
pub(super) fn load(path: &Path, err: Ink) -> anyhow::Result<Result<Loaded, Faulty>> {
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
pub(super) fn load_unaltered(path: &Path, err: Ink) -> anyhow::Result<Result<Loaded, Faulty>> {
    let loaded = match load(path, err)? {
        Ok(loaded) => loaded,
        Err(faulty) => return Ok(Err(faulty)),
    };
    let Some(finding) = loaded.read.altered() else { return Ok(Ok(loaded)) };
    write_fault(&finding, &loaded.sources, err)?;
    Ok(Err(Faulty))
}
