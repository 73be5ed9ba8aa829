//! The layout of text for people: headings, bullets and wrapped paragraphs.

use unicode_width::UnicodeWidthStr;

use super::wrap::wrap;
use super::{Ink, Tone};
use crate::text::{visible, visible_lines};

/// Text being laid out.
pub(super) struct Page {
    ink: Ink,
    text: String,
}

impl Page {
    /// An empty page.
    pub(super) fn new(ink: Ink) -> Self {
        Self { ink, text: String::new() }
    }

    /// How it is written.
    pub(super) fn ink(&self) -> Ink {
        self.ink
    }

    /// The finished text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// An empty line, unless the page is empty or one stands there.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading, after an empty line.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.block(0, "", text, Some(Tone::Heading));
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, indent: usize, text: &str) {
        self.block(indent, "", text, None);
    }

    /// A line of a derivation, below a bullet: what rests on what is seen from how far in it stands, on a narrow page too.
    pub(super) fn step(&mut self, depth: usize, text: &str) {
        // Where most lines are broken, what goes on stands between two depths, so that it is not taken for a line of its own.
        let hang = usize::from(self.is_narrow());
        // At least 26 columns are left for words, where there are so many.
        let deepest = (self.ink.width.saturating_sub(30) / 2).min(6);
        let indent = 4 + 2 * depth.min(deepest);
        for (at, line) in wrap(&visible(text), self.ink.width.saturating_sub(indent + hang), 0).iter().enumerate() {
            self.indent(if at == 0 { indent } else { indent + hang });
            self.line(line, None);
        }
    }

    /// Whether the page has no room to spare.
    fn is_narrow(&self) -> bool {
        self.ink.width < 50
    }

    /// A paragraph in a tone.
    pub(super) fn toned(&mut self, indent: usize, tone: Tone, text: &str) {
        self.block(indent, "", text, Some(tone));
    }

    /// A paragraph with a mark before it; its further lines stand under its first word.
    pub(super) fn bullet(&mut self, indent: usize, mark: &str, tone: Tone, text: &str) {
        let mark = if self.ink.plain { in_words(mark) } else { mark };
        let painted = self.ink.paint(tone, mark);
        self.marked(indent, mark, &painted, text, None);
    }

    /// A web address: never broken, so that it can be copied and followed.
    pub(super) fn address(&mut self, indent: usize, url: &str) {
        let indent = if self.is_narrow() { 0 } else { indent };
        self.indent(indent);
        self.line(&visible(url), Some(Tone::Quiet));
    }

    /// A line of a file that was made safe to show, with its number, and a mark under a part of it, given in bytes.
    pub(super) fn excerpt(&mut self, indent: usize, line: usize, text: &str, marked: std::ops::Range<usize>) {
        let indent = if self.is_narrow() { indent.min(2) } else { indent };
        let cells = |part: Option<&str>| part.map_or(0, UnicodeWidthStr::width);
        let before = cells(text.get(..marked.start));
        // A mark has a width, also under nothing.
        let under = "^".repeat(cells(text.get(marked)).max(1));
        let (number, bar) = (line.to_string(), self.ink.paint(Tone::Quiet, "|"));
        let gutter = number.len();
        let number = self.ink.paint(Tone::Quiet, &number);
        let under = self.ink.paint(Tone::Caution, &under);
        self.text.push_str(&format!("{:indent$}{number} {bar} {text}\n", ""));
        self.text.push_str(&format!("{:indent$}{:gutter$} {bar} {:before$}{under}\n", "", "", ""));
    }

    /// Lines that are never broken, so that they can be copied whole.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.text.push_str(&visible_lines(text));
    }

    /// What was laid out elsewhere, and made safe to show there.
    pub(super) fn laid_out(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn indent(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    fn block(&mut self, indent: usize, mark: &str, text: &str, tone: Option<Tone>) {
        self.marked(indent, mark, mark, text, tone);
    }

    /// Every text on a page passes here, and is made safe to show here.
    fn marked(&mut self, indent: usize, mark: &str, painted: &str, text: &str, tone: Option<Tone>) {
        // A narrow page has no room to spare for depth.
        let indent = if self.is_narrow() { indent.min(2) } else { indent };
        let hang = indent + if mark.is_empty() { 0 } else { mark.chars().count() + 1 };
        let text = visible(text);
        let lines = wrap(&text, self.ink.width.saturating_sub(hang), 0);
        for (at, line) in lines.iter().enumerate() {
            if at == 0 && !mark.is_empty() {
                self.indent(indent);
                self.text.push_str(painted);
                self.text.push(' ');
            } else {
                self.indent(hang);
            }
            self.line(line, tone);
        }
    }

    /// The rest of a line. Without colour, as it is in pipelines, a tone changes nothing, and takes no time.
    fn line(&mut self, text: &str, tone: Option<Tone>) {
        match tone {
            Some(tone) if self.ink.colour => self.text.push_str(&self.ink.paint(tone, text)),
            _ => self.text.push_str(text),
        }
        self.text.push('\n');
    }
}

/// A mark in words, for those who hear the page or read it through a pipe.
fn in_words(mark: &str) -> &str {
    match mark {
        "✗" => "Stop:",
        "○" => "To do:",
        "✓" => "Fine:",
        "?" => "Open:",
        "!" => "Note:",
        "•" | "–" => "-",
        other => other,
    }
}
