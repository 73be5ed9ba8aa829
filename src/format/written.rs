//! A file as it is written: the tree, with where each thing begins and what stands beside it.

use super::text::Text;
use crate::yaml::{Entry, Node, Scanned, Value};

/// What a whole file says.
#[derive(Debug, Default)]
pub(super) struct Document<'t> {
    /// Comments before anything else that belong to nothing.
    pub(super) head: Vec<Note<'t>>,
    /// The value.
    pub(super) root: Written<'t>,
    /// Comments after everything else.
    pub(super) tail: Vec<Note<'t>>,
}

/// A value.
#[derive(Debug, Default)]
pub(super) struct Written<'t> {
    pub(super) what: What<'t>,
    /// The byte at which it begins: of a block list its first dash, of a block text its `|` or `>`.
    pub(super) begin: usize,
    /// The byte after it.
    pub(super) end: usize,
    /// Whether it stands in brackets.
    pub(super) bracketed: bool,
    /// Comments and gaps after its last part, before what follows it.
    pub(super) after: Vec<Note<'t>>,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum What<'t> {
    Text(Text<'t>),
    List(Vec<Part<'t>>),
    Map(Vec<Part<'t>>),
}

impl Default for What<'_> {
    fn default() -> Self {
        Self::Text(Text::LeftOut)
    }
}

/// An item of a list or an entry of a mapping.
#[derive(Debug)]
pub(super) struct Part<'t> {
    /// The key, of an entry.
    pub(super) key: Option<Key>,
    /// The byte at which it begins: the dash, the key, or the item in brackets.
    pub(super) begin: usize,
    /// What stands on the lines above it.
    pub(super) before: Vec<Note<'t>>,
    /// The comment on its own line, or on its first.
    pub(super) beside: Option<&'t str>,
    /// Its value.
    pub(super) value: Written<'t>,
}

/// A key.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) text: String,
    /// Whether it was written without quotes.
    pub(super) plain: bool,
}

/// What stands between parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note<'t> {
    /// An empty line, or several.
    Gap,
    /// A comment on a line of its own.
    Comment(&'t str),
}

impl<'t> Written<'t> {
    /// Its parts, if it is a list or a mapping.
    pub(super) fn parts(&self) -> &[Part<'t>] {
        match &self.what {
            What::Text(_) => &[],
            What::List(parts) | What::Map(parts) => parts,
        }
    }

    /// Whether it is a mapping.
    pub(super) const fn is_map(&self) -> bool {
        matches!(self.what, What::Map(_))
    }

    /// Whether there is a comment anywhere inside it.
    pub(super) fn has_comments(&self) -> bool {
        let comment = |notes: &[Note<'_>]| notes.iter().any(|note| matches!(note, Note::Comment(_)));
        let inside = |part: &Part<'_>| part.beside.is_some() || comment(&part.before) || part.value.has_comments();
        comment(&self.after) || self.parts().iter().any(inside)
    }
}

/// The tree as it is written. `None` where the dashes do not match the lists: a mistake of this program.
pub(super) fn written<'t>(text: &'t str, tree: &Node, scanned: &Scanned<'t>) -> Option<Document<'t>> {
    let mut reader = Reader { text, scanned, dashes: 0 };
    let root = reader.value(tree)?;
    (reader.dashes == scanned.dashes.len()).then(|| Document { root, ..Document::default() })
}

struct Reader<'s, 't> {
    text: &'t str,
    scanned: &'s Scanned<'t>,
    /// How many dashes were taken.
    dashes: usize,
}

impl<'t> Reader<'_, 't> {
    fn value(&mut self, node: &Node) -> Option<Written<'t>> {
        let (begin, end) = (node.place.span.start as usize, node.place.span.end as usize);
        match &node.value {
            Value::Scalar(scalar) => {
                let head = self.scanned.heads.get(&begin).copied().filter(|_| !scalar.plain);
                let what = What::Text(Text::read(self.text, scalar, begin..end, head));
                Some(Written { what, begin: head.unwrap_or(begin), end, ..Written::default() })
            }
            Value::List(items) => {
                let first = items.first().map(|item| item.place.span.start as usize);
                let bracketed = self.opens(begin, '[', first);
                let parts: Option<Vec<Part<'t>>> = items.iter().map(|item| self.item(item, bracketed)).collect();
                let parts = parts?;
                let begin = parts.first().map_or(begin, |part| if bracketed { begin } else { part.begin });
                Some(Written { what: What::List(parts), begin, end, bracketed, ..Written::default() })
            }
            Value::Map(entries) => {
                let first = entries.first().map(|entry| entry.key_place.span.start as usize);
                let bracketed = self.opens(begin, '{', first);
                let parts: Option<Vec<Part<'t>>> = entries.iter().map(|entry| self.entry(entry)).collect();
                Some(Written { what: What::Map(parts?), begin, end, bracketed, ..Written::default() })
            }
        }
    }

    /// Whether a list or mapping is written in brackets: then its first part begins after it.
    fn opens(&self, begin: usize, bracket: char, first: Option<usize>) -> bool {
        let opens = self.text.get(begin..).is_some_and(|rest| rest.starts_with(bracket));
        opens && first != Some(begin)
    }

    fn item(&mut self, node: &Node, bracketed: bool) -> Option<Part<'t>> {
        let dash = if bracketed {
            None
        } else {
            let dash = self.scanned.dashes.get(self.dashes).copied()?;
            self.dashes += 1;
            Some(dash)
        };
        let value = self.value(node)?;
        Some(Part { key: None, begin: dash.unwrap_or(value.begin), before: Vec::new(), beside: None, value })
    }

    fn entry(&mut self, entry: &Entry) -> Option<Part<'t>> {
        let begin = entry.key_place.span.start as usize;
        let quoted = self.text.get(begin..).is_some_and(|rest| rest.starts_with(['"', '\'']));
        let key = Key { text: entry.key.clone(), plain: !quoted };
        Some(Part { key: Some(key), begin, before: Vec::new(), beside: None, value: self.value(&entry.value)? })
    }
}
