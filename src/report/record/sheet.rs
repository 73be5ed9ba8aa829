//! A table for a spreadsheet.

use crate::report::escape::csv;

/// Rows under a head, in CSV (RFC 4180).
pub(super) struct Sheet<const COLUMNS: usize> {
    text: String,
}

impl<const COLUMNS: usize> Sheet<COLUMNS> {
    /// A table with no rows yet.
    pub(super) fn new(head: [&str; COLUMNS]) -> Self {
        Self { text: format!("{}\r\n", head.join(",")) }
    }

    /// One more row. Every cell is text, never a formula.
    pub(super) fn row(&mut self, cells: [String; COLUMNS]) {
        let cells = cells.map(|cell| csv(&cell));
        self.text.push_str(&cells.join(","));
        self.text.push_str("\r\n");
    }

    /// The finished table.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
