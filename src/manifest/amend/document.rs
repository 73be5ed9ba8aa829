//! A manifest's text beside its tree: lines, columns, and what stands on them.

use super::Unamendable;
use crate::finding::Findings;
use crate::text::{Place, Source, Sources};
use crate::yaml::{Entry, Limits, Node, Scanned, Value, read_tree, scan};

/// A manifest that was read.
pub(super) struct Document<'t> {
    pub(super) text: &'t str,
    pub(super) root: Node,
}

/// An entry on the way to an answer, and the mapping that holds it.
#[derive(Clone, Copy)]
pub(super) struct Step<'d> {
    pub(super) map: &'d Node,
    pub(super) entry: &'d Entry,
}

/// Where a question's answer stands, or would.
pub(super) enum Found<'d> {
    /// The sections down to it, and the entry itself.
    Here(Vec<Step<'d>>),
    /// The innermost section there is, and how many parts of the path lead to it.
    Missing(&'d Node, usize),
    /// What stands where a section should.
    Blocked(Place),
}

/// Where an entry of a mapping begins and ends.
pub(super) fn start(entry: &Entry) -> usize {
    entry.key_place.span.start as usize
}

/// Just past an entry of a mapping.
pub(super) fn end(entry: &Entry) -> usize {
    entry.value.place.span.end.max(entry.key_place.span.end) as usize
}

/// The entries of a mapping; none of anything else.
pub(super) fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

impl<'t> Document<'t> {
    pub(super) fn read(text: &'t str) -> Result<Self, Unamendable> {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let root = read_tree(text.as_bytes(), "", Limits::MANIFEST, &mut sources, &mut findings);
        match root.filter(|_| findings.is_empty()) {
            Some(root) => Ok(Self { text, root }),
            None => Err(Unamendable::Unreadable),
        }
    }

    /// What stands between the values.
    pub(super) fn scan(&self) -> Result<Scanned<'t>, Unamendable> {
        scan(self.text, &self.root).map_err(|refused| Unamendable::Repeats(location(self.text, refused.place)))
    }

    pub(super) fn shape(&self, place: Place) -> Unamendable {
        Unamendable::Shape(location(self.text, place))
    }

    /// The line end of this text.
    pub(super) fn line_end_text(&self) -> &'static str {
        let first = self.text.find('\n').and_then(|at| self.text.get(..at));
        if first.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The first byte of the line of a byte.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |end| end + 1)
    }

    /// Just past the line of a byte, its line end included.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.slice(at, self.text.len()).find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// How many bytes stand before a byte on its line.
    pub(super) fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    /// The spaces at the start of the line of a byte.
    pub(super) fn indentation(&self, at: usize) -> usize {
        let line = self.slice(self.line_start(at), self.line_end(at));
        line.len() - line.trim_start_matches(' ').len()
    }

    /// Whether only spaces stand before a byte on its line.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.indentation(at) == self.column(at)
    }

    /// Whether the line that begins at a byte is there and empty.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        line < self.text.len() && self.slice(line, self.line_end(line)).trim().is_empty()
    }

    /// The start of the line above the one that begins at a byte.
    pub(super) fn line_above(&self, line: usize) -> Option<usize> {
        line.checked_sub(1).map(|end| self.line_start(end))
    }

    /// Whether a list or mapping is written in brackets.
    pub(super) fn is_bracketed(&self, node: &Node) -> bool {
        let open = match &node.value {
            Value::Scalar(_) => return false,
            Value::List(_) => '[',
            Value::Map(_) => '{',
        };
        self.slice(node.place.span.start as usize, self.text.len()).starts_with(open)
    }
}

/// Looks for the entry at a path below a mapping.
pub(super) fn find<'d>(map: &'d Node, path: &str) -> Found<'d> {
    let (mut map, mut steps) = (map, Vec::new());
    for (depth, part) in path.split('.').enumerate() {
        let Value::Map(entries) = &map.value else { return Found::Blocked(map.place) };
        let Some(entry) = entries.iter().find(|entry| entry.key == part) else { return Found::Missing(map, depth) };
        steps.push(Step { map, entry });
        map = &entry.value;
    }
    Found::Here(steps)
}

/// A place of a text as people count it.
pub(super) fn location(text: &str, place: Place) -> crate::text::Location {
    Source::new("", text).location(place.span.start)
}
