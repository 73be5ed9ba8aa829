//! A record, read from its file.

use std::path::Path;

use clearshare::finding::Findings;
use clearshare::record::{ReadRecord, read_record};
use clearshare::report::Ink;
use clearshare::text::Sources;

use crate::cli::rulesets::{Faulty, write_fault, write_faults};
use crate::cli::system::{self, Input};

/// Reads a record that is to be used; `-` is standard input. One that was altered is not used. What is wrong with it was written.
pub(super) fn open(path: &Path, ink: Ink) -> anyhow::Result<Result<ReadRecord, Faulty>> {
    let bytes = match system::read(path, Input::Record) {
        Ok(bytes) => bytes,
        Err(finding) => {
            write_fault(&finding, &Sources::new(), ink)?;
            return Ok(Err(Faulty));
        }
    };
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let read = read_record(&bytes, &path.to_string_lossy(), &mut sources, &mut findings);
    let altered = read.as_ref().and_then(ReadRecord::altered);
    findings.extend(altered.map(|finding| *finding));
    if let (Some(read), true) = (read, findings.is_empty()) {
        return Ok(Ok(read));
    }
    write_faults(findings, &sources, ink)?;
    Ok(Err(Faulty))
}
