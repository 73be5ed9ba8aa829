//! How text may look: colour or none, symbols or plain words, and how wide.

/// What a stretch of text is about. Colour is never the only thing that tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Heading,
    /// Something that stops, or a fault.
    Bad,
    /// Something to do, or to find out.
    Caution,
    /// Something settled well.
    Good,
    /// Something less important.
    Quiet,
}

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether to write for a screen reader or a pipe: words in place of symbols, no layout by columns.
    pub plain: bool,
    /// The width in columns.
    pub width: usize,
}

impl Ink {
    /// Text in its tone.
    #[must_use]
    pub fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Heading => "1",
            Tone::Bad => "1;31",
            Tone::Caution => "1;33",
            Tone::Good => "32",
            Tone::Quiet => "2",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// A symbol, or nothing where words must do.
    #[must_use]
    pub fn symbol(self, symbol: &'static str) -> &'static str {
        if self.plain { "" } else { symbol }
    }
}
