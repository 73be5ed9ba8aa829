//! Changes of a text: what is put in place of what.

use super::document::{Document, Found, Step, end, find, start};
use super::{Goal, Unamendable};
use crate::manifest::comment;
use crate::model::QuestionIx;
use crate::yaml::{Comment, Scanned, Value};

/// The edits of one change.
#[derive(Default)]
pub(super) struct Patch {
    edits: Vec<(usize, usize, String)>,
    /// Comments of our own that went with an answer.
    pub(super) dropped: Vec<String>,
}

/// The edits of one change while they are made.
pub(super) struct Edits<'d, 't> {
    pub(super) document: &'d Document<'t>,
    pub(super) scanned: &'d Scanned<'t>,
    patch: Patch,
}

impl Patch {
    /// The text with the edits made; none where two of them are at odds.
    pub(super) fn applied(mut self, text: &str) -> Option<String> {
        self.edits.sort_by_key(|(start, end, _)| (*start, *end));
        let (mut applied, mut at) = (String::with_capacity(text.len() + 200), 0);
        for (start, end, new) in &self.edits {
            applied.push_str(text.get(at..*start)?);
            applied.push_str(new);
            at = *end;
        }
        applied.push_str(text.get(at..)?);
        Some(applied)
    }
}

impl<'d, 't> Edits<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>, scanned: &'d Scanned<'t>) -> Self {
        Self { document, scanned, patch: Patch::default() }
    }

    pub(super) fn finish(self) -> Patch {
        self.patch
    }

    /// Puts a text in the place of what stands between two bytes.
    pub(super) fn put(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.patch.edits.push((start, end, text.into()));
    }

    /// Puts lines at the start of a line, or at the end of the text.
    pub(super) fn put_lines(&mut self, at: usize, lines: &[String]) {
        let line_end = self.document.line_end_text();
        let text = self.document.text;
        if at == text.len() && !text.ends_with('\n') {
            let text: Vec<&str> = lines.iter().flat_map(|line| [line_end, line]).collect();
            self.put(at, at, text.concat());
        } else {
            let text: Vec<&str> = lines.iter().flat_map(|line| [line, line_end]).collect();
            self.put(at, at, text.concat());
        }
    }

    /// The comments that begin between two bytes.
    fn comments_in(&self, start: usize, end: usize) -> Vec<&'d Comment<'t>> {
        self.scanned.comments.iter().filter(|comment| (start..end).contains(&comment.start)).collect()
    }

    /// Puts a text in the place of what stands between two bytes, all inside one entry or list. Comments that stand there go to
    /// lines of their own above.
    pub(super) fn put_keeping_comments(&mut self, start: usize, end: usize, text: impl Into<String>, above: usize) {
        let kept = self.comment_lines(start, end, self.document.indentation(above));
        self.put_lines(self.document.line_start(above), &kept);
        self.put(start, end, text);
    }

    /// The comments that begin between two bytes, as lines in a column.
    pub(super) fn comment_lines(&self, start: usize, end: usize, column: usize) -> Vec<String> {
        let indent = " ".repeat(column);
        self.comments_in(start, end).iter().map(|comment| format!("{indent}{}", comment.text)).collect()
    }

    /// Whether something in brackets has a line for itself, but for the comma after it and a comment.
    pub(super) fn has_a_line(&self, start: usize, end: usize) -> bool {
        let rest = self.document.slice(end, self.document.line_end(end)).trim_start();
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim();
        self.document.begins_line(start) && (rest.is_empty() || rest.starts_with('#'))
    }

    /// Puts parts into brackets after one that has a line for itself: each on a line of its own, as far to the right.
    pub(super) fn put_part_lines(&mut self, start: usize, end: usize, parts: &[&str]) {
        let document = self.document;
        let (indent, below) = (" ".repeat(document.column(start)), document.line_end(end));
        let has_comma = document.slice(end, below).trim_start().starts_with(',');
        if !has_comma && !parts.is_empty() {
            self.put(end, end, ",");
        }
        let comma = |at: usize| if has_comma || at + 1 < parts.len() { "," } else { "" };
        let lines: Vec<String> =
            parts.iter().enumerate().map(|(at, part)| format!("{indent}{part}{}", comma(at))).collect();
        self.put_lines(below, &lines);
    }

    /// Takes a part out that has a line for itself in brackets.
    pub(super) fn take_part_line(&mut self, start: usize, end: usize) {
        let (from, to) = (self.document.line_start(start), self.document.line_end(end));
        let kept = self.comment_lines(from, to, self.document.column(start));
        self.take_lines(from, to, &kept);
    }

    /// Takes whole lines out, from the start of a line to the end of one, and leaves these in their place. Where that makes
    /// two empty lines, or one at the end, one goes.
    pub(super) fn take_lines(&mut self, from: usize, to: usize, kept: &[String]) {
        let document = self.document;
        let (mut from, text, line_end) = (from, document.text, document.line_end_text());
        let above = document.line_above(from).filter(|above| document.is_blank(*above));
        if let Some(above) = above.filter(|_| kept.is_empty() && (to == text.len() || document.is_blank(to))) {
            from = above;
        }
        let mut new = kept.join(line_end);
        if to < text.len() || text.ends_with('\n') {
            new.extend((!kept.is_empty()).then_some(line_end));
        } else if kept.is_empty() {
            // The line end before goes instead of the one that is not there.
            let before = document.slice(0, from);
            let before = before.strip_suffix('\n').unwrap_or(before);
            from = before.strip_suffix('\r').unwrap_or(before).len();
        }
        self.put(from, to, new);
    }

    /// The start of the lines of our own comment directly above a key: of the longest whose words are one of these texts.
    pub(super) fn own_comment(&self, key: usize, texts: &[String]) -> Option<usize> {
        let document = self.document;
        let wanted: Vec<Vec<&str>> = texts.iter().map(|text| text.split_whitespace().collect()).collect();
        let longest = wanted.iter().map(Vec::len).max().unwrap_or(0);
        let (mut line, mut words, mut found) = (document.line_start(key), Vec::new(), None);
        while let Some(above) = document.line_above(line) {
            let comment = self.comment_at(above + document.column(key));
            let Some(comment) = comment.filter(|_| words.len() < longest) else { break };
            let mut here: Vec<&str> = comment.text.trim_start_matches('#').split_whitespace().collect();
            here.append(&mut words);
            (words, line) = (here, above);
            if wanted.contains(&words) {
                found = Some(line);
            }
        }
        found
    }

    /// The comment on a line of its own that begins at a byte.
    fn comment_at(&self, at: usize) -> Option<&'d Comment<'t>> {
        let comments = &self.scanned.comments;
        let found = comments.binary_search_by_key(&at, |comment| comment.start).ok()?;
        comments.get(found).filter(|comment| comment.own_line)
    }

    /// Marks the comments between two bytes as our own, which may go.
    pub(super) fn drop_comments(&mut self, start: usize, end: usize) {
        let own = self.comments_in(start, end);
        self.patch.dropped.extend(own.iter().map(|comment| comment.text.to_owned()));
    }

    /// Puts the note on what is not known above an answer, or takes it away.
    pub(super) fn note(&mut self, step: Step<'_>, goal: &Goal<'_>, question: QuestionIx) {
        let (document, key) = (self.document, start(step.entry));
        if document.is_bracketed(step.map) || !document.begins_line(key) {
            return;
        }
        let value = goal.value(question).filter(|value| value.is_unknown());
        let wanted = value.map(|value| comment::note(goal.ruleset, question, value));
        let line = document.line_start(key);
        let there = self.own_comment(key, &comment::notes(goal.ruleset, question));
        let as_wanted = wanted.clone().is_some_and(|note| self.own_comment(key, &[note]) == there && there.is_some());
        if as_wanted {
            return;
        }
        if let Some(from) = there {
            self.drop_comments(from, line);
            self.put(from, line, "");
        }
        if let Some(note) = wanted {
            self.put_lines(line, &comment::wrapped(document.column(key), &note));
        }
    }

    /// The comment lines, beyond a byte, that are indented further than a column: they belong to what stands above them.
    pub(super) fn past_inner_comments(&self, at: usize, column: usize) -> usize {
        let document = self.document;
        let (mut line, mut past) = (at, at);
        while line < document.text.len() {
            let next = document.line_end(line);
            let inner = |comment: &Comment<'_>| document.column(comment.start) > column;
            if self.comment_at(line + document.indentation(line)).is_some_and(inner) {
                past = next;
            } else if !document.is_blank(line) {
                break;
            }
            line = next;
        }
        past
    }

    /// Names the ruleset.
    pub(super) fn pin(&mut self, goal: &Goal<'_>) -> Result<(), Unamendable> {
        let (root, reference) = (&self.document.root, goal.ruleset.reference().to_string());
        if let Found::Here(steps) = find(root, "ruleset") {
            return steps.last().map_or(Err(Unamendable::Unsure), |step| self.put_value(*step, &reference));
        }
        self.insert_entry(
            root,
            1,
            &super::insert::root_rank(goal.ruleset),
            |column| vec![format!("{}ruleset: {reference}", " ".repeat(column))],
            &format!("ruleset: {reference}"),
        );
        Ok(())
    }

    /// Puts another value in the place of one.
    pub(super) fn put_value(&mut self, step: Step<'_>, new: &str) -> Result<(), Unamendable> {
        let (document, entry) = (self.document, step.entry);
        if matches!(entry.value.value, Value::Map(_)) {
            return Err(document.shape(entry.value.place));
        }
        let place = entry.value.place.span;
        let (key_end, value_end) = (entry.key_place.span.end as usize, end(entry));
        let head = self.scanned.heads.get(&(place.start as usize)).copied();
        let begins = head.unwrap_or(place.start as usize);
        if !place.is_empty() && document.line_start(begins) == document.line_start(key_end) {
            self.put_keeping_comments(begins, value_end, new, start(entry));
            return Ok(());
        }
        let colon = document.slice(key_end, document.text.len()).find(':').ok_or(Unamendable::Unsure)?;
        self.put_keeping_comments(key_end + colon + 1, value_end, format!(" {new}"), start(entry));
        Ok(())
    }
}
