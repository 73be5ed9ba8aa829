//! Comments and empty lines, each put to what it belongs to.
//!
//! A comment on a line of its own belongs to what follows it, unless it is indented as what stands before it and nothing
//! there follows: then it ends that list or mapping. A comment beside something belongs to it.

use super::written::{Document, Note, Part, What, Written};
use crate::yaml::Comment;

/// Puts each comment, and each empty line that separates parts, into the document.
pub(super) fn attach<'t>(document: &mut Document<'t>, text: &'t str, comments: &[Comment<'t>]) {
    let mut attacher = Attacher { text, comments, next: 0 };
    let begin = document.root.begin;
    if document.root.parts().is_empty() {
        attacher.notes_until(begin, &mut document.head);
    }
    attacher.inside(&mut document.root, text.len(), None);
    if document.root.parts().is_empty() {
        document.head.append(&mut document.root.after);
    }
    attacher.notes_until(usize::MAX, &mut document.tail);
}

struct Attacher<'c, 't> {
    text: &'t str,
    comments: &'c [Comment<'t>],
    /// The first comment that has not been put anywhere.
    next: usize,
}

impl<'c, 't> Attacher<'c, 't> {
    /// The next comment, if it begins before `limit`.
    fn before(&self, limit: usize) -> Option<&'c Comment<'t>> {
        self.comments.get(self.next).filter(|comment| comment.start < limit)
    }

    fn notes_until(&mut self, limit: usize, notes: &mut Vec<Note<'t>>) {
        while let Some(comment) = self.before(limit) {
            self.note(comment, notes);
        }
    }

    fn note(&mut self, comment: &Comment<'t>, notes: &mut Vec<Note<'t>>) {
        if comment.own_line {
            self.gap(comment.start, notes);
        }
        notes.push(Note::Comment(comment.text));
        self.next += 1;
    }

    /// Notes an empty line above the line on which something begins, if it is the first thing on that line. Looks at no more
    /// than that: a file may be one long line.
    fn gap(&self, begin: usize, notes: &mut Vec<Note<'t>>) {
        let before = self.text.get(..begin).unwrap_or_default().trim_end_matches([' ', '\t']);
        let Some(above) = before.strip_suffix('\n') else { return };
        let above = above.trim_end_matches([' ', '\t', '\r']);
        if above.is_empty() || above.ends_with('\n') {
            notes.push(Note::Gap);
        }
    }

    fn column(&self, begin: usize) -> usize {
        let before = self.text.get(..begin).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().chars().count()
    }

    /// Puts comments into a list or mapping. What follows it begins at `limit`; what holds it stands at `outer`.
    fn inside(&mut self, value: &mut Written<'t>, limit: usize, outer: Option<usize>) {
        let limit = if value.bracketed { value.end } else { limit };
        let bracketed = value.bracketed;
        let (What::List(parts) | What::Map(parts)) = &mut value.what else { return };
        let begins: Vec<usize> = parts.iter().map(|part| part.begin).skip(1).chain([limit]).collect();
        let column = parts.first().map_or(0, |part| self.column(part.begin));
        for (at, (part, next)) in parts.iter_mut().zip(begins).enumerate() {
            self.part(part, at == 0, next, column);
        }
        // A list may stand as far to the left as the key that holds it: then what stands there belongs to the mapping.
        let least = match outer {
            None => 0,
            Some(outer) if outer == column => column + 1,
            Some(_) => column,
        };
        while let Some(comment) = self.before(limit) {
            let ends_it = bracketed || (comment.own_line && comment.column >= least);
            if !ends_it {
                break;
            }
            self.note(comment, &mut value.after);
        }
    }

    fn part(&mut self, part: &mut Part<'t>, first: bool, next: usize, column: usize) {
        self.notes_until(part.begin, &mut part.before);
        self.gap(part.begin, &mut part.before);
        if first && part.before.first() == Some(&Note::Gap) {
            part.before.remove(0);
        }
        self.between(part);
        if part.value.bracketed || !part.value.parts().is_empty() {
            self.inside(&mut part.value, next, Some(column));
        }
        if part.value.parts().is_empty() {
            // An empty list has no line on which they could stand.
            part.before.append(&mut part.value.after);
        }
        while let Some(comment) = self.before(next) {
            let gap = self.text.get(part.value.end.min(comment.start)..comment.start).unwrap_or_default();
            if comment.own_line || gap.contains('\n') {
                break;
            }
            self.next += 1;
            if part.value.has_comments() {
                part.value.after.push(Note::Comment(comment.text));
            } else {
                set_beside(part, comment.text);
            }
        }
    }

    /// Comments between a key, or a dash, and the value.
    fn between(&mut self, part: &mut Part<'t>) {
        let block = !part.value.bracketed && !part.value.parts().is_empty();
        let is_text = part.value.parts().is_empty() && !part.value.bracketed;
        // The head of a block text may have a comment too.
        let limit = if is_text { part.value.end } else { part.value.begin };
        while let Some(comment) = self.before(limit) {
            if comment.own_line && block {
                break;
            }
            let beside = !comment.own_line && (part.key.is_some() || is_text);
            if beside {
                self.next += 1;
                set_beside(part, comment.text);
            } else {
                part.before.extend(part.beside.take().map(Note::Comment));
                self.note(comment, &mut part.before);
            }
        }
    }
}

/// Puts a comment beside a part; one that stands there already goes above it.
fn set_beside<'t>(part: &mut Part<'t>, comment: &'t str) {
    if let Some(old) = part.beside.replace(comment) {
        part.before.push(Note::Comment(old));
    }
}
