//! What came out of the program, as a terminal shows it.

use std::num::NonZeroU16;

use vt100::{Parser, Screen};

/// Rows and columns.
pub(super) type Size = (u16, u16);

/// The rows of the tall terminal: more than any interview here writes.
const TALL: u16 = 4000;

/// What begins and ends a list that is drawn again: it hides the cursor.
const HIDES: &[u8] = b"\x1b[?25l";
const SHOWS: &[u8] = b"\x1b[?25h";

/// What the program wrote, on a screen of the person's size and on one so tall that nothing scrolls away.
pub(super) struct Paper {
    screen: Parser,
    tall: Parser,
    /// Every byte.
    pub(super) bytes: Vec<u8>,
    /// How often a list began, and the row of the tall screen where the last one did.
    pub(super) begun: usize,
    pub(super) top: u16,
    /// How often one ended.
    pub(super) ended: usize,
    /// The program wrote its last byte.
    pub(super) over: bool,
    /// Nobody will look at it any more.
    pub(super) closing: bool,
}

fn parser((rows, columns): Size) -> Parser {
    Parser::new(one(rows), one(columns), 0)
}

fn one(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

impl Paper {
    pub(super) fn new((rows, columns): Size) -> Self {
        let (screen, tall) = (parser((rows, columns)), parser((TALL, columns)));
        Self { screen, tall, bytes: Vec::new(), begun: 0, top: 0, ended: 0, over: false, closing: false }
    }

    /// Takes what the program wrote, byte by byte: what begins a list may stand in the middle, or be cut in two.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.bytes.push(*byte);
            self.screen.process(&[*byte]);
            self.tall.process(&[*byte]);
            if self.bytes.ends_with(HIDES) {
                self.begun += 1;
                self.top = self.tall.screen().cursor_position().0;
            } else if self.bytes.ends_with(SHOWS) {
                self.ended += 1;
            }
        }
        assert!(self.row() < TALL - 1, "the tall screen is too short");
    }

    /// The window has another size now.
    pub(super) fn resize(&mut self, (rows, columns): Size) {
        self.screen.set_size(one(rows), one(columns));
        self.tall.set_size(one(TALL), one(columns));
    }

    /// What a person sees.
    pub(super) fn screen(&self) -> Vec<String> {
        rows(self.screen.screen(), 0)
    }

    /// The screen itself, for its colours.
    pub(super) fn cells(&self) -> &Screen {
        self.screen.screen()
    }

    /// Everything from a row of the tall screen on.
    pub(super) fn since(&self, row: u16) -> Vec<String> {
        rows(self.tall.screen(), row)
    }

    /// The row of the tall screen where the cursor is.
    pub(super) fn row(&self) -> u16 {
        self.tall.screen().cursor_position().0
    }

    /// Whether the cursor can be seen.
    pub(super) fn has_cursor(&self) -> bool {
        !self.screen.screen().hide_cursor()
    }

    /// The line of the list that the next key is about.
    pub(super) fn selected(&self) -> Option<String> {
        let listing = self.begun > self.ended && !self.has_cursor();
        let rows = if listing { self.since(self.top) } else { return None };
        rows.iter().find_map(|row| row.strip_prefix("> ").or_else(|| row.strip_prefix("❯ ")).map(str::to_owned))
    }

    /// What is typed so far, where a line is asked for.
    pub(super) fn typed(&self) -> Option<String> {
        let row = self.since(self.row()).into_iter().next()?;
        row.strip_prefix('>').filter(|_| self.has_cursor()).map(|typed| typed.trim_start().to_owned())
    }

    /// What is left on the screen of what should have been cleared, or is gone that should be there: the screen shows the end of
    /// the tall one.
    pub(super) fn debris(&self) -> Option<String> {
        let (height, screen) = (self.cells().size().0.get(), self.screen());
        let from = self.row().saturating_sub(self.cells().cursor_position().0);
        let mut tall = self.since(from);
        tall.truncate(usize::from(height));
        (screen != tall).then(|| format!("screen:\n{}\nshould be:\n{}", screen.join("\n"), tall.join("\n")))
    }
}

/// Rows without the spaces and the empty rows at their end. Those of the tall screen are read no further than they are needed.
fn rows(screen: &Screen, from: u16) -> Vec<String> {
    let (height, width) = screen.size();
    let last = if height.get() == TALL { screen.cursor_position().0 + 40 } else { height.get() };
    let wanted = usize::from(last.saturating_sub(from));
    let rows = screen.rows(0, width.get()).skip(usize::from(from)).take(wanted);
    let mut rows: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
    let used = rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
    rows.truncate(used);
    rows
}

/// Rows as running text.
pub(super) fn running(rows: &[String]) -> String {
    rows.iter().flat_map(|row| row.split_whitespace()).collect::<Vec<_>>().join(" ")
}
