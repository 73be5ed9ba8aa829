//! What stands between the values of a file: comments, the dashes of lists, the heads of block texts.

use std::collections::BTreeMap;

use super::node::{Node, Value};
use crate::text::{Place, Span};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment<'t> {
    /// The byte at which it begins.
    pub start: usize,
    /// How far it is indented, in characters.
    pub column: usize,
    /// What is written, from `#` on, without spaces at the end.
    pub text: &'t str,
    /// Whether nothing but spaces stands before it on its line.
    pub own_line: bool,
}

/// What the tree does not tell.
#[derive(Debug, Default)]
pub struct Scanned<'t> {
    /// The comments, in order.
    pub comments: Vec<Comment<'t>>,
    /// The dashes of block lists, in order.
    pub dashes: Vec<usize>,
    /// For each block text, by the byte at which its place begins, the byte of its `|` or `>`.
    pub heads: BTreeMap<usize, usize>,
}

/// Something that stands for, or changes, what is written elsewhere: who writes a file anew cannot keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// What it is: "an anchor", "an alias", "a directive".
    pub what: &'static str,
    /// Its first word.
    pub place: Place,
}

/// Looks through the text between the values of a tree.
///
/// # Errors
/// Anchors, aliases and directives are refused.
pub fn scan<'t>(text: &'t str, tree: &Node) -> Result<Scanned<'t>, Refused> {
    let mut places = Vec::new();
    values(text, tree, &mut places)?;
    places.sort_by_key(|place| (place.span.start, place.span.end));
    let mut scanner = Scanner { text, place: tree.place, found: Scanned::default(), head: None };
    let mut at = 0;
    for place in places {
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        scanner.gap(at, start)?;
        if let Some(head) = scanner.head.take() {
            scanner.found.heads.insert(start, head);
        }
        at = at.max(end);
    }
    scanner.gap(at, text.len())?;
    Ok(scanner.found)
}

/// The places of every key and single value.
fn values(text: &str, node: &Node, places: &mut Vec<Place>) -> Result<(), Refused> {
    let written = |place: Place| text.get(place.span.start as usize..place.span.end as usize).unwrap_or_default();
    let is_alias = |place: Place, plain: bool| plain && written(place).starts_with('*');
    match &node.value {
        Value::Scalar(scalar) if is_alias(node.place, scalar.plain) => {
            Err(refused("an alias", written(node.place), node.place))
        }
        Value::Scalar(_) => {
            places.push(node.place);
            Ok(())
        }
        // What an alias repeats stands elsewhere; what is written here may begin with a block text that begins with `*`.
        _ if is_alias(node.place, true) && !begins_with_child(node) => {
            Err(refused("an alias", written(node.place), node.place))
        }
        Value::List(items) => items.iter().try_for_each(|item| values(text, item, places)),
        Value::Map(entries) => entries.iter().try_for_each(|entry| {
            if is_alias(entry.key_place, true) {
                return Err(refused("an alias", written(entry.key_place), entry.key_place));
            }
            places.push(entry.key_place);
            values(text, &entry.value, places)
        }),
    }
}

fn begins_with_child(node: &Node) -> bool {
    let child = match &node.value {
        Value::Scalar(_) => None,
        Value::List(items) => items.first().map(|item| item.place),
        Value::Map(entries) => entries.first().map(|entry| entry.key_place),
    };
    child.is_some_and(|child| child.span.start == node.place.span.start)
}

fn refused(what: &'static str, written: &str, place: Place) -> Refused {
    let word = written.split([' ', '\n', '\r', ',', ']', '}']).next().unwrap_or_default();
    let start = place.span.start as usize;
    Refused { what, place: Place::new(place.file, Span::new(start, start + word.len())) }
}

struct Scanner<'t> {
    text: &'t str,
    place: Place,
    found: Scanned<'t>,
    /// The head of a block text whose place has not come yet.
    head: Option<usize>,
}

impl Scanner<'_> {
    fn gap(&mut self, start: usize, end: usize) -> Result<(), Refused> {
        let mut at = start;
        while at < end {
            let rest = self.text.get(at..end).unwrap_or_default();
            let Some(character) = rest.chars().next() else { break };
            let begins_line = self.text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
            at += match character {
                '#' => self.comment(at),
                '-' | '.' if begins_line && (rest.starts_with("---") || rest.starts_with("...")) => 3,
                '-' => {
                    self.found.dashes.push(at);
                    1
                }
                '|' | '>' => {
                    self.head = Some(at);
                    1 + rest
                        .chars()
                        .skip(1)
                        .take_while(|next| next.is_ascii_digit() || matches!(next, '+' | '-'))
                        .count()
                }
                '&' => return Err(self.refuse("an anchor", at, rest)),
                '%' if begins_line => return Err(self.refuse("a directive", at, rest)),
                other => other.len_utf8(),
            };
        }
        Ok(())
    }

    /// Takes in a comment, and gives its length.
    fn comment(&mut self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let whole = rest.split('\n').next().unwrap_or_default();
        let line = self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let before = self.text.get(line..at).unwrap_or_default();
        let (column, own_line) = (before.chars().count(), before.trim().is_empty());
        self.found.comments.push(Comment { start: at, column, text: whole.trim_end(), own_line });
        whole.len()
    }

    fn refuse(&self, what: &'static str, at: usize, rest: &str) -> Refused {
        let end = at + rest.find([' ', '\n', '\r']).unwrap_or(rest.len());
        refused(what, self.text.get(at..end).unwrap_or_default(), Place::new(self.place.file, Span::new(at, end)))
    }
}
