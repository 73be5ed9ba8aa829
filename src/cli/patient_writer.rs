//! Standard output, where whoever reads it may stop early.

use std::io::{ErrorKind, Result, Write};

/// A writer that goes on without a reader: `clearshare check … | head` still ends with the status of the whole check.
pub(super) struct PatientWriter<W> {
    out: W,
    /// Whether nobody reads any more.
    closed: bool,
}

impl<W: Write> PatientWriter<W> {
    /// A writer to `out`.
    pub(super) fn new(out: W) -> Self {
        Self { out, closed: false }
    }

    fn unless_closed<T>(&mut self, otherwise: T, write: impl FnOnce(&mut W) -> Result<T>) -> Result<T> {
        if self.closed {
            return Ok(otherwise);
        }
        match write(&mut self.out) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for PatientWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.unless_closed(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> Result<()> {
        self.unless_closed((), Write::flush)
    }
}
