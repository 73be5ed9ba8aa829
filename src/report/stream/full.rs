//! The whole advice on one line: the document that `check --format json` writes.

use std::io;

use super::add_head;
use crate::engine::Evaluator;
use crate::report::{ManifestReport, json};

/// Adds the line of the whole advice on one line. `buffer` is memory that is used again.
pub fn full(
    line: u64,
    evaluator: &mut Evaluator<'_>,
    report: &ManifestReport<'_>,
    buffer: &mut Vec<u8>,
    to: &mut Vec<u8>,
) -> io::Result<()> {
    buffer.clear();
    let mut writer = json::Writer::begin(buffer, report.as_of)?;
    writer.advice(buffer, evaluator, report)?;
    writer.end(buffer)?;
    add_head(line, report.as_of, to);
    let (screened, failed) = (report.checked.is_screened(), report.failed);
    let outcome = report.checked.outcome().word();
    super::add(format_args!(",\"screened\":{screened},\"outcome\":\"{outcome}\",\"failed\":{failed},\"advice\":"), to);
    // Without the line ends of its layout, and the spaces after them. A text has no line end in it: there it is an escape.
    for part in buffer.split(|byte| *byte == b'\n') {
        to.extend_from_slice(part.trim_ascii_start());
    }
    to.extend_from_slice(b"}\n");
    Ok(())
}
