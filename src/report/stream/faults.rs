//! A line that has no advice.

use std::io;

use super::{add, add_head, add_text};
use crate::finding::Finding;
use crate::model::Date;
use crate::text::Source;

/// What is wrong with one line.
#[derive(Debug, Clone, Copy)]
pub struct Wrong<'a> {
    /// The number of the line.
    pub line: u64,
    /// The date of the advice that it does not get.
    pub as_of: Date,
    /// Its text, as far as it was read.
    pub source: &'a Source,
    /// Its faults, in order.
    pub findings: &'a [Finding],
}

/// Adds the line of a line with faults. Nothing of its text is shown but what the faults name.
pub fn faults(wrong: &Wrong<'_>, to: &mut Vec<u8>) -> io::Result<()> {
    add_head(wrong.line, wrong.as_of, to);
    // A reader that looks at `failed` alone must not take a line that was not read for one that passed.
    to.extend_from_slice(b",\"failed\":true,\"faults\":[");
    for (at, finding) in wrong.findings.iter().enumerate() {
        if at > 0 {
            to.push(b',');
        }
        add(format_args!("{{\"code\":\"{}\",\"message\":", finding.code()), to);
        add_text(finding.message(), to)?;
        if let Some(place) = finding.place() {
            add(format_args!(",\"column\":{}", wrong.source.location(place.span.start).column), to);
        }
        if let Some(help) = finding.help_text() {
            to.extend_from_slice(b",\"help\":");
            add_text(help, to)?;
        }
        to.push(b'}');
    }
    to.extend_from_slice(b"]}\n");
    Ok(())
}
