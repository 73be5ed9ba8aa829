//! What stands between the values of a file: comments, the dashes of lists, the heads of block texts.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Place, quoted};
use crate::text::Span;
use crate::yaml::{Node, Value};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    /// The byte at which it begins.
    pub(super) start: usize,
    /// How far it is indented, in characters.
    pub(super) column: usize,
    /// What is written, from `#` on, without spaces at the end.
    pub(super) text: &'t str,
    /// Whether nothing but spaces stands before it on its line.
    pub(super) own_line: bool,
}

/// What the tree does not tell.
#[derive(Debug, Default)]
pub(super) struct Scanned<'t> {
    /// The comments, in order.
    pub(super) comments: Vec<Comment<'t>>,
    /// The dashes of block lists, in order.
    pub(super) dashes: Vec<usize>,
    /// For each block text, by the byte at which its place begins, the byte of its `|` or `>`.
    pub(super) heads: BTreeMap<usize, usize>,
}

/// Looks through the text between the values of a tree. Anchors, aliases and directives are faults here: they could not be
/// laid out without a change of what is written where.
pub(super) fn scan<'t>(text: &'t str, tree: &Node) -> Result<Scanned<'t>, Box<Finding>> {
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
fn values(text: &str, node: &Node, places: &mut Vec<Place>) -> Result<(), Box<Finding>> {
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

#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
fn refused(what: &str, written: &str, place: Place) -> Box<Finding> {
    let word = written.split([' ', '\n', '\r', ',', ']', '}']).next().unwrap_or_default();
    let finding = Finding::new(Code::NotLaidOut, format!("{what} {} is not laid out", quoted(word)));
    Box::new(finding.at(place).help("write the value out where it is used"))
}

struct Scanner<'t> {
    text: &'t str,
    place: Place,
    found: Scanned<'t>,
    /// The head of a block text whose place has not come yet.
    head: Option<usize>,
}

impl Scanner<'_> {
    fn gap(&mut self, start: usize, end: usize) -> Result<(), Box<Finding>> {
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

    #[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
    fn refuse(&self, what: &str, at: usize, rest: &str) -> Box<Finding> {
        let end = at + rest.find([' ', '\n', '\r']).unwrap_or(rest.len());
        let place = Place::new(self.place.file, Span::new(at, end));
        refused(what, self.text.get(at..end).unwrap_or_default(), place)
    }
}
