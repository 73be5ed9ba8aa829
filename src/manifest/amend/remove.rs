//! An answer taken out, with the comment above it that is our own and no other.

use super::change::Target;
use super::document::{Found, Step, end, entries, find, start};
use super::edits::Edits;
use super::{Goal, Unamendable};
use crate::manifest::comment;
use crate::model::QuestionIx;
use crate::ruleset::Ruleset;

impl Edits<'_, '_> {
    /// Takes an answer out, and each section that has nothing left.
    pub(super) fn remove(
        &mut self,
        target: &Target<'_>,
        goal: &Goal<'_>,
        question: QuestionIx,
    ) -> Result<(), Unamendable> {
        let Found::Here(steps) = find(target.map, goal.id(question)) else {
            return Err(Unamendable::Unsure);
        };
        let own = own_texts(goal.ruleset, question);
        let kept = steps.iter().rposition(|step| entries(step.map).len() > 1).unwrap_or(0);
        let (Some(answer), Some(taken)) = (steps.last(), steps.get(kept)) else { return Err(Unamendable::Unsure) };
        if kept + 1 == steps.len() {
            self.take_entry(*taken, &own);
        } else {
            self.take_section(*taken, *answer, &own);
        }
        Ok(())
    }

    /// Whether an entry stands on lines of its own.
    fn is_on_lines(&self, step: Step<'_>) -> bool {
        !self.document.is_bracketed(step.map) && self.document.begins_line(start(step.entry))
    }

    /// Takes an entry out of its mapping, with the comment above it where its words are one of these.
    pub(super) fn take_entry(&mut self, step: Step<'_>, own: &[String]) {
        let (document, key) = (self.document, start(step.entry));
        if !self.is_on_lines(step) {
            self.take_from_braces(step);
            return;
        }
        let (line, past) = (document.line_start(key), document.line_end(end(step.entry)));
        let from = self.own_comment(key, own).unwrap_or(line);
        self.drop_comments(from, line);
        let kept = self.comment_lines(line, past, document.column(key));
        self.take_lines(from, past, &kept);
    }

    /// Takes a section out in which this answer alone is left, with the comment above the answer where it is our own.
    fn take_section(&mut self, section: Step<'_>, answer: Step<'_>, own: &[String]) {
        let (document, key) = (self.document, start(section.entry));
        if !self.is_on_lines(section) {
            self.take_from_braces(section);
            return;
        }
        let (line, past, column) =
            (document.line_start(key), document.line_end(end(section.entry)), document.column(key));
        let ours = if self.is_on_lines(answer) { self.own_comment(start(answer.entry), own) } else { None };
        let (from, to) = ours.map_or((past, past), |from| (from, document.line_start(start(answer.entry))));
        self.drop_comments(from, to);
        let mut kept = self.comment_lines(line, from, column);
        kept.extend(self.comment_lines(to, past, column));
        self.take_lines(line, past, &kept);
    }

    /// Takes an entry out of braces, or out of the line of a dash.
    fn take_from_braces(&mut self, step: Step<'_>) {
        let (document, all) = (self.document, entries(step.map));
        let at = all.iter().position(|entry| entry.key_place == step.entry.key_place).unwrap_or(0);
        let before = at.checked_sub(1).and_then(|at| all.get(at)).filter(|_| document.is_bracketed(step.map));
        let (key, past) = (start(step.entry), end(step.entry));
        if document.is_bracketed(step.map) && self.has_a_line(key, past) {
            self.take_part_line(key, past);
            return;
        }
        let next = all.get(at + 1).map_or(past, start);
        match before {
            Some(before) => self.put_keeping_comments(end(before), past, "", end(before)),
            None => self.put_keeping_comments(key, next, "", key),
        }
    }
}

/// What we write above an answer: its question, with each note or without.
fn own_texts(ruleset: &Ruleset, question: QuestionIx) -> Vec<String> {
    let notes = comment::notes(ruleset, question);
    let prompt = comment::prompt(ruleset, question).unwrap_or_default();
    let both = notes.iter().map(|note| format!("{prompt} {note}"));
    both.chain(notes.iter().cloned()).chain([prompt.clone()]).collect()
}
