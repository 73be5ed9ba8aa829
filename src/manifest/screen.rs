//! What a manifest answers to the safety screen is never echoed: not in a snippet, not in a message.

use crate::finding::{Code, Finding};
use crate::rulefile::SCREEN;
use crate::text::{FileId, Place, Span, nearest};
use crate::yaml::{Entry, Node, Value};

/// The parts of a manifest that may hold an answer to a safety question.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    file: FileId,
    parts: Parts,
}

#[derive(Debug, Clone)]
enum Parts {
    /// All of it.
    Everything,
    /// Whole lines. They are found in the text, so that they are known also where the text is not YAML or its ruleset is not
    /// known. Every ruleset keeps its safety questions under one section for this.
    Lines(Lines),
    /// Stretches of a text that all stands on one line, told by its tree.
    Stretches(Vec<Span>),
}

#[derive(Debug, Clone)]
struct Lines {
    starts: Vec<usize>,
    /// For each line, whether it is hidden.
    hidden: Vec<bool>,
}

impl Hidden {
    /// The lines of a text that belong to its safety section, or to one that looks like a slip of it.
    pub(super) fn find(file: FileId, text: &str) -> Self {
        let mut scan = Scan::default();
        let lines = text.split('\n').map(|line| scan.line(line)).collect();
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, parts: Parts::Lines(Lines { starts, hidden: lines }) }
    }

    /// Adds what only the tree shows: keys written in an unusual way.
    pub(super) fn add(&mut self, node: &Node) {
        each_screen(node, &mut |entry| {
            self.cover(entry.key_place);
            self.cover(entry.value.place);
        });
    }

    /// Everything: for whoever is not going to show any fault.
    pub(super) fn everything(file: FileId) -> Self {
        Self { file, parts: Parts::Everything }
    }

    /// What a tree, read from a text that stands on one line, has under its safety section, or under one that looks like a slip
    /// of it. In the tree, a key that is written twice stands twice.
    pub(super) fn of_tree(file: FileId, root: &Node) -> Self {
        let mut stretches = Vec::new();
        each_screen(root, &mut |entry| {
            stretches.push(entry.value.place.span);
            // The name of the section says nothing. More of a path may.
            if entry.key != SCREEN {
                stretches.push(entry.key_place.span);
            }
        });
        Self { file, parts: Parts::Stretches(stretches) }
    }

    /// The finding, without its source where that would show one of these lines.
    pub(super) fn hide(&self, finding: Finding) -> Finding {
        let related = finding.related_places().iter().map(|related| related.place);
        if finding.place().into_iter().chain(related).any(|place| self.touches(place)) {
            finding.hide_source()
        } else {
            finding
        }
    }

    /// As [`Self::hide`], and without the finding's own words, which may quote such a line. A finding that hides its source
    /// already is worded with that in mind.
    pub(super) fn redact(&self, finding: Finding) -> Finding {
        if finding.hides_source() {
            return finding;
        }
        let finding = self.hide(finding);
        if !finding.hides_source() {
            return finding;
        }
        let redacted = Finding::new(finding.code(), in_general(finding.code()))
            .help("the line is not shown: it may hold an answer to a safety question")
            .hide_source();
        match finding.place() {
            Some(place) => redacted.at(place),
            None => redacted,
        }
    }

    /// Whether a place is in one of these parts.
    pub(super) fn touches(&self, place: Place) -> bool {
        let touched = match &self.parts {
            Parts::Everything => true,
            Parts::Lines(lines) => lines.hidden.get(lines.covered(place)).is_some_and(|hidden| hidden.contains(&true)),
            Parts::Stretches(stretches) => stretches.iter().any(|hidden| touch(*hidden, place.span)),
        };
        touched && place.file == self.file
    }

    fn cover(&mut self, place: Place) {
        if let Parts::Lines(lines) = &mut self.parts {
            let range = lines.covered(place);
            lines.hidden.get_mut(range).unwrap_or_default().fill(true);
        }
    }
}

impl Lines {
    fn covered(&self, place: Place) -> std::ops::Range<usize> {
        let line = |offset: u32| self.starts.partition_point(|start| *start <= offset as usize);
        line(place.span.start).saturating_sub(1)..line(place.span.end)
    }
}

/// Whether two stretches have a byte in common, or one without width stands in the other.
fn touch(hidden: Span, other: Span) -> bool {
    let end = other.end.max(other.start.saturating_add(1));
    other.start < hidden.end && hidden.start < end
}

/// Calls `f` with each entry of the safety section's name, or of one near to it.
fn each_screen(node: &Node, f: &mut impl FnMut(&Entry)) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| each_screen(item, f)),
        Value::Map(entries) => {
            for entry in entries {
                if is_screen(&entry.key) {
                    f(entry);
                }
                each_screen(&entry.value, f);
            }
        }
    }
}

/// What a code means, worded as a message.
fn in_general(code: Code) -> String {
    let mut letters = code.description().trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn is_screen(key: &str) -> bool {
    let first = key.split('.').next().unwrap_or_default();
    !is_far(first) && nearest(first, [SCREEN]).is_some()
}

/// Whether a word is surely no slip of the name: each of its letters that the name does not have costs an edit, and no more than
/// a third of them may be wrong, and three at most. Every key of a manifest is looked at, and nearly all are so.
fn is_far(word: &str) -> bool {
    let is_shared = |letter: &u8| SCREEN.as_bytes().contains(&letter.to_ascii_lowercase());
    let edits = word.len().div_ceil(3).min(3);
    word.is_ascii() && word.bytes().filter(is_shared).count() + edits < word.len().max(SCREEN.len())
}

/// A line-by-line reading that needs no valid YAML. Where it is not sure, the section goes on.
#[derive(Default)]
struct Scan {
    /// How many brackets are open.
    depth: usize,
    section: Option<Section>,
}

/// A section that has begun.
#[derive(Clone, Copy)]
struct Section {
    /// Where its key stands in the line: what is indented more belongs to it.
    column: usize,
    /// How many brackets were open before it.
    depth: usize,
    /// Whether it stood in brackets, and the comma or bracket that ends it has not come.
    unended: bool,
    /// Whether nothing has been written in it yet.
    bare: bool,
}

impl Scan {
    /// Whether a line is, or may be, of the section.
    fn line(&mut self, line: &str) -> bool {
        let content = line.trim_start_matches([' ', '\t', '-']);
        let dashed = line.trim_start().starts_with('-');
        let indentation = line.len() - line.trim_start().len();
        let blank = content.trim().is_empty() || content.starts_with('#');
        self.section = self.section.filter(|section| {
            let below = indentation > section.column || (dashed && indentation == section.column);
            let open = if section.depth == 0 { self.depth > 0 } else { section.unended };
            // Only another key ends a section: anything else is a slip inside it.
            blank || below || open || section.bare || !begins_with_key(content)
        });
        if let Some(section) = &mut self.section {
            section.bare &= blank;
        }
        let mut inside = self.section.is_some();
        let mut word = None;
        for (at, character) in line.char_indices() {
            match character {
                ':' => {
                    if let Some(column) = word.and_then(|start| key_at(line, start, at)) {
                        self.begin(column, line.get(at + 1..).is_none_or(|rest| rest.trim().is_empty()));
                        inside = true;
                    }
                    word = None;
                }
                ',' | '{' | '}' | '[' | ']' => {
                    self.bracket(character);
                    word = None;
                }
                ' ' | '\t' | '"' | '\'' => {}
                // A word goes on over the spaces before its colon; after them a new one may begin.
                _ => {
                    let before = line.get(..at).and_then(|before| before.chars().next_back());
                    if word.is_none() || before.is_some_and(|c| matches!(c, ' ' | '\t' | '"' | '\'')) {
                        word = Some(at);
                    }
                }
            }
        }
        inside
    }

    fn bracket(&mut self, character: char) {
        match character {
            '{' | '[' => self.depth += 1,
            '}' | ']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let depth = self.depth;
        if let Some(section) = &mut self.section {
            section.unended &= depth > section.depth || (depth == section.depth && character != ',');
        }
    }

    fn begin(&mut self, column: usize, bare: bool) {
        let new = Section { column, depth: self.depth, unended: self.depth > 0, bare };
        // Of two, what ends later counts.
        self.section = Some(self.section.map_or(new, |old| Section {
            column: old.column.min(new.column),
            depth: old.depth.min(new.depth),
            unended: old.unended || new.unended,
            bare: new.bare,
        }));
    }
}

/// Whether a line, without its indentation and dashes, begins with a key.
fn begins_with_key(content: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let content = content.strip_prefix(['"', '\'']).unwrap_or(content);
    let rest = content.trim_start_matches(word);
    let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    rest.len() < content.len() && rest.trim_start_matches(' ').starts_with(':')
}

/// The column of the key that ends before a colon, if it is that of the section.
fn key_at(line: &str, start: usize, colon: usize) -> Option<usize> {
    let key = line.get(start..colon)?.trim_end_matches([' ', '\t', '"', '\'']);
    is_screen(key).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(text: &str, hidden: &[usize]) {
        let found = Hidden::find(FileId(0), text);
        let Parts::Lines(found) = found.parts else { panic!("lines are looked for") };
        let lines: Vec<usize> =
            found.hidden.iter().enumerate().filter_map(|(at, hidden)| hidden.then_some(at + 1)).collect();
        assert_eq!(lines, hidden, "{text:?}");
    }

    #[test]
    fn the_section_is_found_however_it_is_written() {
        case("a: 1\nscreen: { material: none }\nb: 2", &[2]);
        case("a: 1\nscreen:\n  material:\n\n    - x\nb: 2", &[2, 3, 4, 5]);
        case("screen:\n- x\n- y\nb: 2", &[1, 2, 3]);
        case("{ a: 1, screen: { material:\n x },\n b: 2 }", &[1, 2]);
        case("{ a: 1,\n  \"screen\" :\n x\n , b: 2 }", &[2, 3, 4]);
        case("flows:\n  - id: a\n    screen: x\n    data: y\n", &[3]);
        case("flows:\n  - screen:\n      - x\n    data: y\n", &[2, 3]);
        case("screen.material: x\nb: 2", &[1]);
        case("screen:\nmaterial: x\nb: 2", &[1, 2]);
        case("screen:\n  material:\n'  - x\nb: 2", &[1, 2, 3]);
        case("exchange: { title: a screen: x }", &[1]);
    }

    #[test]
    fn slips_of_its_name_are_the_section_too() {
        case("sceren:\n  material: x\nb: 2", &[1, 2]);
        case("Screen: x\nb: 2", &[1]);
        case("title: x\nhandling: { encrypted: no }", &[]);
    }

    proptest! {
        /// To pass over a word quickly never overlooks a slip.
        #[test]
        fn every_slip_of_the_name_is_found(word in "[screnSCRENaxz]{0,10}") {
            prop_assert_eq!(is_screen(&word), nearest(&word, [SCREEN]).is_some());
        }
    }

    #[test]
    fn what_cannot_be_read_stays_hidden() {
        case("screen: { material: [x\ny\nb: 2", &[1, 2, 3]);
        case("a: [1\nscreen:\n  x\n", &[2, 3, 4]);
    }
}
