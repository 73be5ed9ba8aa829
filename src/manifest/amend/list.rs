//! Items put into a list, and taken out of one, each where it stands.

use super::document::Step;
use super::edits::Edits;
use crate::yaml::{Node, Value};

/// What a list is to have, in the words of its items.
pub(super) fn texts(node: &Node) -> Vec<Option<&str>> {
    match &node.value {
        Value::List(items) => items.iter().map(|item| item.as_scalar().map(|scalar| scalar.text.as_str())).collect(),
        _ => vec![node.as_scalar().map(|scalar| scalar.text.as_str())],
    }
}

impl Edits<'_, '_> {
    /// Gives a list these items: what stands there already stays where it is, what is new comes after it, before `unknown`.
    /// False where nothing of a list in brackets would stay, or it is no list.
    pub(super) fn list(&mut self, step: Step<'_>, wanted: &[String]) -> bool {
        let Value::List(items) = &step.entry.value.value else { return false };
        let mut stays: Vec<&str> = Vec::new();
        let mut keeps: Vec<bool> = Vec::new();
        for text in texts(&step.entry.value) {
            let keep = text.filter(|text| wanted.iter().any(|wanted| wanted == text) && !stays.contains(text));
            stays.extend(keep);
            keeps.push(keep.is_some());
        }
        let new: Vec<&str> = wanted.iter().map(String::as_str).filter(|text| !stays.contains(text)).collect();
        let bracketed = self.document.is_bracketed(&step.entry.value);
        if items.is_empty() || (bracketed && stays.is_empty()) {
            return false;
        }
        // The last item that stays and is not `unknown`, and the first that stays.
        let named = |(_, item): &(usize, &Node)| item.as_scalar().is_some_and(|scalar| scalar.text != "unknown");
        let kept = || items.iter().enumerate().filter(|(at, _)| keeps.get(*at) == Some(&true));
        let last = kept().rfind(named).map(|(at, _)| at);
        let first = kept().next().map(|(at, _)| at);
        if bracketed {
            self.add_in_brackets(items, last, first, &new);
            self.take_from_brackets(step, items, &keeps);
        } else {
            self.add_lines(items, last, first, &new);
            self.take_item_lines(items, &keeps);
        }
        true
    }

    fn add_in_brackets(&mut self, items: &[Node], last: Option<usize>, first: Option<usize>, new: &[&str]) {
        if let Some(last) = last.and_then(|at| items.get(at)) {
            let (start, at) = (last.place.span.start as usize, last.place.span.end as usize);
            if self.has_a_line(start, at) {
                self.put_part_lines(start, at, new);
                return;
            }
            let text: Vec<&str> = new.iter().flat_map(|item| [", ", item]).collect();
            self.put(at, at, text.concat());
        } else if let Some(first) = first.and_then(|at| items.get(at)) {
            let text: Vec<&str> = new.iter().flat_map(|item| [*item, ", "]).collect();
            let at = first.place.span.start as usize;
            self.put(at, at, text.concat());
        }
    }

    fn take_from_brackets(&mut self, step: Step<'_>, items: &[Node], keeps: &[bool]) {
        let above = step.entry.key_place.span.start as usize;
        let mut one_stays = false;
        for (at, (item, keep)) in items.iter().zip(keeps).enumerate() {
            let (start, end) = (item.place.span.start as usize, item.place.span.end as usize);
            if *keep {
                one_stays = true;
            } else if self.has_a_line(start, end) {
                self.take_part_line(start, end);
            } else if one_stays {
                let before =
                    at.checked_sub(1).and_then(|at| items.get(at)).map_or(start, |item| item.place.span.end as usize);
                self.put_keeping_comments(before, end, "", above);
            } else {
                let after = items.get(at + 1).map_or(end, |item| item.place.span.start as usize);
                self.put_keeping_comments(start, after, "", above);
            }
        }
    }

    fn add_lines(&mut self, items: &[Node], last: Option<usize>, first: Option<usize>, new: &[&str]) {
        let document = self.document;
        let before = if last.is_none() { first.and_then(|at| items.get(at)) } else { None };
        let beside = before.or_else(|| last.map_or_else(|| items.last(), |at| items.get(at)));
        let Some(dash) = beside.and_then(|item| self.dash(item)) else { return };
        let indent = " ".repeat(document.column(dash));
        let lines: Vec<String> = new.iter().map(|item| format!("{indent}- {item}")).collect();
        let at = match (before, beside) {
            (Some(_), _) => document.line_start(dash),
            (None, Some(item)) => document.line_end(item.place.span.end as usize),
            (None, None) => return,
        };
        if !lines.is_empty() {
            self.put_lines(at, &lines);
        }
    }

    fn take_item_lines(&mut self, items: &[Node], keeps: &[bool]) {
        let document = self.document;
        for (item, _) in items.iter().zip(keeps).filter(|(_, keep)| !**keep) {
            let Some(dash) = self.dash(item) else { continue };
            let from = document.line_start(dash);
            let to = document.line_end(item.place.span.end as usize);
            let kept = self.comment_lines(from, to, document.column(dash));
            self.take_lines(from, to, &kept);
        }
    }

    /// The dash of an item.
    fn dash(&self, item: &Node) -> Option<usize> {
        let before = self.scanned.dashes.partition_point(|dash| *dash < item.place.span.start as usize);
        before.checked_sub(1).and_then(|at| self.scanned.dashes.get(at)).copied()
    }
}
