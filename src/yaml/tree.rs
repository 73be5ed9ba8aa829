//! From the parser's events to a tree.
//!
//! Built with a stack of its own, not by recursion, so that depth costs memory that is counted and not stack.

use super::keys::{Key, read_key, without_duplicates};
use super::limits::Limits;
use super::node::{Entry, Node, Scalar, Value};
use super::weight::{Weight, weigh};
use crate::finding::{Code, Finding, Findings, Place, quoted};
use crate::text::{FileId, Span};
use granit_parser::{Event, ScalarStyle, StructureStyle, Tag};
use std::collections::BTreeMap;

/// Builds one tree.
pub(super) struct Builder<'f> {
    file: FileId,
    text: &'f str,
    limits: Limits,
    findings: &'f mut Findings,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, Anchor>,
    nodes: usize,
    copied: usize,
    incomplete: bool,
    tabs_allowed: Vec<Span>,
}

/// A list or mapping whose end has not been reached.
struct Open {
    value: OpenValue,
    span: Span,
    anchor: usize,
    flow: bool,
}

enum OpenValue {
    List(Vec<Node>),
    Map(Vec<Entry>, Key),
}

struct Anchor {
    node: Node,
    weight: Weight,
}

/// Reading cannot go on.
pub(super) struct Stop;

impl<'f> Builder<'f> {
    pub(super) fn new(file: FileId, text: &'f str, limits: Limits, findings: &'f mut Findings) -> Self {
        Self {
            file,
            text,
            limits,
            findings,
            open: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            nodes: 0,
            copied: 0,
            incomplete: false,
            tabs_allowed: Vec::new(),
        }
    }

    /// The tree, unless a part of it could not be known; and, in order and apart from one another, the places of texts
    /// of several lines and of bracketed collections, where a tab at the start of a line is not indentation.
    pub(super) fn finish(mut self) -> (Option<Node>, Vec<Span>) {
        self.tabs_allowed.sort_unstable();
        let mut apart: Vec<Span> = Vec::new();
        for span in self.tabs_allowed {
            match apart.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => apart.push(span),
            }
        }
        (self.root.filter(|_| !self.incomplete), apart)
    }

    /// Take in one event that belongs to the document.
    pub(super) fn event(&mut self, event: Event<'_>, at: granit_parser::Span) -> Result<(), Stop> {
        let span = at.byte_range().map_or(Span::at(0), |range| Span::new(range.start, range.end));
        self.refuse_tag(event.tag(), at);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                // The parser gives `~` for a value that was left out.
                let left_out = plain && span.is_empty();
                let span = if left_out { self.after_colon(span) } else { self.without_line_ends(span) };
                if at.start.line() != at.end.line() {
                    // A block text's span begins after the indentation of its first line.
                    let indentation = if plain { 0 } else { at.start.col() + 1 };
                    self.tabs_allowed
                        .push(Span::new((span.start as usize).saturating_sub(indentation), span.end as usize));
                }
                let text = if left_out { String::new() } else { text.into_owned() };
                let value = Value::Scalar(Scalar { text, plain });
                self.complete(Node { value, place: self.place(span) }, anchor)
            }
            Event::SequenceStart(style, anchor, _) => self.open(OpenValue::List(Vec::new()), style, anchor, span),
            Event::MappingStart(style, anchor, _) => {
                self.open(OpenValue::Map(Vec::new(), Key::Awaited), style, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                let finding =
                    Finding::new(Code::UnknownAlias, format!("there is no anchor {} before this", quoted(&name)))
                        .at(self.place(span))
                        .help("put quotes round a text that begins with `*`");
                self.findings.push(finding);
                self.unknown(span)
            }
            _ => Ok(()),
        }
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// The parser puts a value that was left out between the key and its colon.
    fn after_colon(&self, span: Span) -> Span {
        let start = span.start as usize;
        let rest = self.text.get(start..).unwrap_or_default();
        Span::at(start + usize::from(rest.starts_with(':')))
    }

    /// A block text's span runs over the empty lines after it.
    fn without_line_ends(&self, span: Span) -> Span {
        let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let trimmed = text.trim_end_matches(['\n', '\r', ' ', '\t']).len();
        Span::new(span.start as usize, span.start as usize + trimmed)
    }

    fn refuse_tag(&mut self, tag: Option<&Tag>, at: granit_parser::Span) {
        if let Some(tag) = tag {
            let range = at.tag_span().and_then(|span| span.byte_range());
            let span = range.map_or(Span::at(0), |range| Span::new(range.start, range.end));
            let finding =
                Finding::new(Code::UnsupportedTag, format!("the tag {} is not supported", quoted(&tag.original())))
                    .at(self.place(span))
                    .help("take the tag out; every value is read as the text that is written");
            self.findings.push(finding);
        }
    }

    fn open(&mut self, value: OpenValue, style: StructureStyle, anchor: usize, span: Span) -> Result<(), Stop> {
        if self.open.len() >= self.limits.max_depth {
            return self.too_deep(span);
        }
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { value, span, anchor, flow });
        Ok(())
    }

    fn too_deep(&mut self, span: Span) -> Result<(), Stop> {
        self.findings.push(too_deep(self.place(span), self.limits));
        Err(Stop)
    }

    fn close(&mut self, end: Span) -> Result<(), Stop> {
        let Some(mut open) = self.open.pop() else {
            return Ok(());
        };
        if open.flow {
            // A block's end is only known at the next token, which may be far below: there the last child's end counts.
            open.span.end = open.span.end.max(end.end);
            self.tabs_allowed.push(open.span);
        }
        let value = match open.value {
            OpenValue::List(items) => Value::List(items),
            OpenValue::Map(entries, _) => Value::Map(without_duplicates(entries, self.findings)),
        };
        let place = self.place(open.span);
        self.complete(Node { value, place }, open.anchor)
    }

    /// A node is whole: remember it if it has an anchor, and hang it where it belongs.
    fn complete(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        self.count(1, node.place.span)?;
        if anchor != 0 {
            let weight = weigh(&node);
            self.charge(weight, node.place.span)?;
            self.anchors.insert(anchor, Anchor { node: node.clone(), weight });
        }
        self.attach(node);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        let Some(Anchor { weight, .. }) = self.anchors.get(&anchor) else {
            let finding =
                Finding::new(Code::AliasBudget, "this alias stands inside the value it names").at(self.place(span));
            self.findings.push(finding);
            return self.unknown(span);
        };
        let weight = *weight;
        if self.open.len() + weight.height > self.limits.max_depth {
            return self.too_deep(span);
        }
        self.charge(weight, span)?;
        self.count(weight.nodes, span)?;
        if let Some(mut node) = self.anchors.get(&anchor).map(|anchor| anchor.node.clone()) {
            node.place = self.place(span);
            self.attach(node);
        }
        Ok(())
    }

    /// Something stands here that is not known. Reading goes on, to find other faults, but there will be no tree: a
    /// stand-in would only cause more faults, about itself.
    fn unknown(&mut self, span: Span) -> Result<(), Stop> {
        self.incomplete = true;
        let value = Value::Scalar(Scalar { text: String::new(), plain: true });
        self.complete(Node { value, place: self.place(span) }, 0)
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Stop> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes <= self.limits.max_nodes {
            return Ok(());
        }
        let message = format!("there are more than {} values", self.limits.max_nodes);
        self.findings.push(Finding::new(Code::TooManyValues, message).at(self.place(span)));
        Err(Stop)
    }

    fn charge(&mut self, weight: Weight, span: Span) -> Result<(), Stop> {
        self.copied = self.copied.saturating_add(weight.nodes).saturating_add(weight.bytes);
        if self.copied <= self.limits.max_alias_expansion {
            return Ok(());
        }
        let finding = Finding::new(Code::AliasBudget, "anchors and aliases would copy too much")
            .at(self.place(span))
            .help("write the values out");
        self.findings.push(finding);
        Err(Stop)
    }

    fn attach(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.span.end = open.span.end.max(node.place.span.end);
        match &mut open.value {
            OpenValue::List(items) => items.push(node),
            OpenValue::Map(entries, key) => match std::mem::replace(key, Key::Awaited) {
                Key::Awaited => *key = read_key(node, self.findings),
                Key::Refused => {}
                Key::Read(text, key_place) => entries.push(Entry { key: text, key_place, value: node }),
            },
        }
    }
}

/// The fault of too much nesting.
pub(super) fn too_deep(place: Place, limits: Limits) -> Finding {
    let message = format!("more than {} lists and mappings stand inside one another", limits.max_depth);
    Finding::new(Code::TooDeep, message).at(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Source, Sources};
    use crate::yaml::read_tree;

    /// Every key and value with the text its place covers.
    fn places(node: &Node, source: &Source, seen: &mut Vec<(String, String)>) {
        let covered = |place: Place| source.slice(place.span).to_owned();
        match &node.value {
            Value::Scalar(scalar) => seen.push((scalar.text.clone(), covered(node.place))),
            Value::List(items) => {
                seen.push(("list".to_owned(), covered(node.place)));
                for item in items {
                    places(item, source, seen);
                }
            }
            Value::Map(entries) => {
                seen.push(("map".to_owned(), covered(node.place)));
                for entry in entries {
                    seen.push((entry.key.clone(), covered(entry.key_place)));
                    places(&entry.value, source, seen);
                }
            }
        }
    }

    #[track_caller]
    fn case(yaml: &str, expected: &[(&str, &str)]) {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let node = read_tree(yaml.as_bytes(), "x", Limits::MANIFEST, &mut sources, &mut findings);
        assert_eq!(findings.into_sorted(), [], "{yaml:?}");
        let mut seen = Vec::new();
        if let (Some(node), Some(source)) = (node, sources.get(FileId(0))) {
            places(&node, source, &mut seen);
        }
        let seen: Vec<_> = seen.iter().map(|(text, covered)| (text.as_str(), covered.as_str())).collect();
        assert_eq!(seen, expected, "{yaml:?}");
    }

    #[test]
    fn texts_are_as_written_and_places_exact() {
        case(
            "{a: NO, b: 2026.10, c: 1_000, d: 12:30, e: ~, f: , \"g\": 'h'}",
            &[
                ("map", "{a: NO, b: 2026.10, c: 1_000, d: 12:30, e: ~, f: , \"g\": 'h'}"),
                ("a", "a"),
                ("NO", "NO"),
                ("b", "b"),
                ("2026.10", "2026.10"),
                ("c", "c"),
                ("1_000", "1_000"),
                ("d", "d"),
                ("12:30", "12:30"),
                ("e", "e"),
                ("~", "~"),
                ("f", "f"),
                ("", ""),
                ("g", "\"g\""),
                ("h", "'h'"),
            ],
        );
        case(
            "ŵ:\r\n- x  # c\r\n- y:\r\n\r\n# end\r\n",
            &[
                ("map", "ŵ:\r\n- x  # c\r\n- y:"),
                ("ŵ", "ŵ"),
                ("list", "x  # c\r\n- y:"),
                ("x", "x"),
                ("map", "y:"),
                ("y", "y"),
                ("", ""),
            ],
        );
        case(
            "a: |\n  one\n  two\n\n\nb: >-\n  x\n  y\n",
            &[
                ("map", "a: |\n  one\n  two\n\n\nb: >-\n  x\n  y"),
                ("a", "a"),
                ("one\ntwo\n", "one\n  two"),
                ("b", "b"),
                ("x y", "x\n  y"),
            ],
        );
    }

    #[test]
    fn an_alias_has_its_own_place_and_what_it_names_keeps_its_own() {
        case(
            "a: &x [1]\nb: *x\n",
            &[
                ("map", "a: &x [1]\nb: *x"),
                ("a", "a"),
                ("list", "[1]"),
                ("1", "1"),
                ("b", "b"),
                ("list", "*x"),
                ("1", "1"),
            ],
        );
        case(
            "a: &k key\n*k : 1\n",
            &[("map", "a: &k key\n*k : 1"), ("a", "a"), ("key", "key"), ("key", "*k"), ("1", "1")],
        );
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let limits = Limits { max_bytes: 1000, max_depth: 3, max_nodes: 8, max_alias_expansion: 10 };
        let codes = |yaml: &str| {
            let mut findings = Findings::new();
            let node = read_tree(yaml.as_bytes(), "x", limits, &mut Sources::new(), &mut findings);
            let codes: Vec<_> = findings.into_sorted().iter().map(Finding::code).collect();
            assert_eq!(node.is_none(), !codes.is_empty());
            codes
        };
        assert_eq!(codes("[[[1]]]"), []);
        assert_eq!(codes("[[[[1]]]]"), [Code::TooDeep]);
        assert_eq!(codes("- - - - 1"), [Code::TooDeep]);
        assert_eq!(codes("[1, 2, 3, 4, 5, 6, 7]"), []);
        assert_eq!(codes("[1, 2, 3, 4, 5, 6, 7, 8]"), [Code::TooManyValues]);
        assert_eq!(codes("[&a x, *a, *a]"), []);
        assert_eq!(codes("[&a xxx, *a, *a]"), [Code::AliasBudget]);
        assert_eq!(codes("[&a [[x]], *a]"), []);
        assert_eq!(codes("[&a [[x]], [*a]]"), [Code::TooDeep]);
    }
}
