//! A named text with a line index, and places inside it.

use serde::{Deserialize, Serialize};

/// Which of the files in a [`Sources`] a place belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u16);

/// A stretch of a text, counted in bytes from its start; `end` is just past the last byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// Just past the last byte; the same as `start` for a place with no width.
    pub end: u32,
}

impl Span {
    /// A span from byte counts. Counts past four thousand million stop there, and a backward span becomes an empty one.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// The place just before one byte, with no width.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The span from the start of this one to the end of another.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end.max(self.start) }
    }

    /// Whether the span has no width.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// A stretch of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes of it.
    pub span: Span,
}

impl Place {
    /// A stretch of a file.
    #[must_use]
    pub const fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }

    /// The start of this place, with no width: where something is missing.
    #[must_use]
    pub const fn start(self) -> Self {
        let start = self.span.start;
        Self { file: self.file, span: Span { start, end: start } }
    }
}

/// A line and a column as people count them: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (not bytes, not screen cells), from 1.
    pub column: u32,
}

/// A text with the name of the file it came from.
///
/// The name is kept as it was given: it is as untrusted as the text, so show it through [`crate::text::visible`].
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// A source with its line index.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(newlines.map(|(offset, _)| u32::try_from(offset + 1).unwrap_or(u32::MAX)))
            .collect();
        Self { name: name.into(), text, line_starts }
    }

    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are. A text that ends with a line end has an empty last line after it.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.line_starts.len()).unwrap_or(u32::MAX)
    }

    /// The line and column of a byte. A place past the end, or inside a character, is moved back to the nearest
    /// place that exists.
    #[must_use]
    pub fn location(&self, offset: u32) -> Location {
        let mut offset = self.text.len().min(offset as usize);
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.line_starts.get(line - 1).map_or(0, |start| *start as usize);
        let before = self.text.get(start..offset).unwrap_or_default();
        Location {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
        }
    }

    /// The text of a line, counted from 1, without its line end; `None` if there is no such line.
    #[must_use]
    pub fn line_text(&self, line: u32) -> Option<&str> {
        let index = line.checked_sub(1)? as usize;
        let start = *self.line_starts.get(index)? as usize;
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| *next as usize);
        let with_end = self.text.get(start..end)?;
        let line = with_end.strip_suffix('\n').unwrap_or(with_end);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    /// The text of a span; empty if the span does not belong to this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// All the texts of one run, so that a place is a small number and not a copy of a name.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// No sources yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Add a source and learn its id. After 65,536 sources nothing more is kept and the last id is given again:
    /// no input reaches this, and it is better than a panic.
    pub fn add(&mut self, source: Source) -> FileId {
        if let Ok(next) = u16::try_from(self.all.len()) {
            self.all.push(source);
            FileId(next)
        } else {
            FileId(u16::MAX)
        }
    }

    /// The source with this id.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.all.get(usize::from(file.0))
    }

    /// Every source with its id, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..=u16::MAX).map(FileId).zip(&self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(text: &str, offset: u32, line: u32, column: u32) {
        assert_eq!(Source::new("x", text).location(offset), Location { line, column }, "{text:?} at {offset}");
    }

    #[test]
    fn locations_count_from_one_and_in_characters() {
        case("", 0, 1, 1);
        case("ab\ncd", 4, 2, 2);
        case("tŷ: gŵyl\nb", 5, 1, 5);
        case("tŷ: gŵyl\nb", 11, 2, 1);
        case("a\r\nb\r\n", 3, 2, 1);
        case("a", 99, 1, 2);
        case("é", 1, 1, 1);
    }

    #[test]
    fn lines_come_without_their_ends() {
        let source = Source::new("x", "one\r\ntwo\n\nlast");
        let lines: Vec<_> = (0..7).map(|line| source.line_text(line)).collect();
        assert_eq!(lines, [None, Some("one"), Some("two"), Some(""), Some("last"), None, None]);
        assert_eq!(source.line_count(), 4);
        assert_eq!(source.slice(Span::new(5, 8)), "two");
        assert_eq!(source.slice(Span::new(5, 800)), "");
    }

    #[test]
    fn sources_give_back_what_was_added() {
        let mut sources = Sources::new();
        let first = sources.add(Source::new("a", "1"));
        let second = sources.add(Source::new("b", "2"));
        assert!(first < second);
        assert_eq!(sources.get(second).map(Source::name), Some("b"));
        assert!(sources.get(FileId(9)).is_none());
        assert_eq!(sources.iter().count(), 2);
    }

    proptest! {
        #[test]
        fn every_offset_has_a_location_inside_its_line(text in "(\\PC|\n|\r){0,80}", offset in 0u32..400) {
            let source = Source::new("x", text);
            let location = source.location(offset);
            let line = source.line_text(location.line);
            prop_assert!(line.is_some());
            // A place on the line end itself is one or two columns past the text of the line.
            prop_assert!(location.column as usize <= line.unwrap_or_default().chars().count() + 2);
        }
    }
}
