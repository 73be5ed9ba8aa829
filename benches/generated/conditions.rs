//! Conditions over things that a section speaks of.

use std::collections::BTreeSet;

use super::lists::{Asked, Kind};
use super::rng::Rng;

/// A derived fact that conditions can read.
#[derive(Clone)]
pub(super) struct Fact {
    pub(super) id: String,
    pub(super) values: Vec<String>,
    pub(super) reads: BTreeSet<String>,
}

/// What conditions may read, and what they did.
pub(super) struct Pool<'a> {
    pub(super) questions: &'a mut [Asked],
    pub(super) facts: &'a [Fact],
    pub(super) used_tags: &'a mut BTreeSet<String>,
    pub(super) used_facts: &'a mut BTreeSet<String>,
    pub(super) rng: &'a mut Rng,
}

/// A key and what it is tested for.
pub(super) type Line = (String, String);

/// A mapping in flow style.
pub(super) fn mapping(lines: &[Line]) -> String {
    let lines: Vec<String> = lines.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{ {} }}", lines.join(", "))
}

impl Pool<'_> {
    /// So many tests of things that wait for nothing in common, as far as there are any: a real rule does not test for what
    /// another of its lines excludes. `read` is what was read so far.
    pub(super) fn tests(&mut self, count: usize, read: &mut BTreeSet<String>) -> Vec<Line> {
        let mut lines = Vec::new();
        for _ in 0..count * 8 {
            if lines.len() == count {
                break;
            }
            let at = self.rng.below(self.questions.len() + self.facts.len());
            if let Some(fact) = at.checked_sub(self.questions.len()).and_then(|at| self.facts.get(at)) {
                if fact.reads.is_disjoint(read) && read.insert(fact.id.clone()) {
                    read.extend(fact.reads.iter().cloned());
                    self.used_facts.insert(fact.id.clone());
                    let value = self.rng.pick(&fact.values);
                    lines.push((fact.id.clone(), value));
                }
            } else if self.questions[at].reads.is_disjoint(read) {
                read.extend(self.questions[at].reads.iter().cloned());
                lines.push(self.test(at));
            }
        }
        lines
    }

    /// A test of one question.
    pub(super) fn test(&mut self, at: usize) -> Line {
        let rng = &mut *self.rng;
        let question = &mut self.questions[at];
        let tags = question.tags();
        let mut next = || {
            question.next += 1;
            question.choices[(question.next - 1) % question.choices.len()].id.clone()
        };
        let value = match (question.kind, rng.below(10)) {
            (Kind::YesNo, n) => if n < 7 { "yes" } else { "no" }.to_owned(),
            (_, 0..4) if !tags.is_empty() => {
                let tag = rng.pick(&tags);
                self.used_tags.insert(tag.clone());
                format!("tag:{tag}")
            }
            (Kind::AnyOf, 4) if question.choices.len() > 2 => format!("{{ all-of: [{}, {}] }}", next(), next()),
            (Kind::AnyOf, 5) if question.choices.len() > 2 => format!("{{ only: [{}, {}] }}", next(), next()),
            (Kind::AnyOf, 6) => "{ some: yes }".to_owned(),
            (_, 7 | 8) if question.choices.len() > 3 => format!("[{}, {}]", next(), next()),
            _ => next(),
        };
        (question.id.clone(), value)
    }

    /// A condition of so many tests. Most are plain; some have a choice, an exception or a count in them.
    pub(super) fn condition(&mut self, count: usize, read: &mut BTreeSet<String>) -> (Vec<Line>, Vec<String>) {
        let shape = self.rng.below(20);
        let nested = if count < 3 {
            0
        } else {
            match shape {
                0..4 => 2,
                4..8 => 1,
                8 | 9 => 3.min(count),
                _ => 0,
            }
        };
        let mut lines = self.tests(count - nested, read);
        let inner = self.tests(nested, read);
        let mut negated = Vec::new();
        if !inner.is_empty() {
            let items: Vec<String> = inner.iter().map(|line| mapping(std::slice::from_ref(line))).collect();
            let list = format!("[{}]", items.join(", "));
            match shape {
                0..4 => lines.push(("any".to_owned(), list)),
                4..8 => {
                    negated = inner.into_iter().map(|(key, _)| key).collect();
                    lines.push(("none".to_owned(), list));
                }
                _ => lines.push(("count".to_owned(), format!("{{ at-least: {}, of: {list} }}", 2.min(items.len())))),
            }
        }
        (lines, negated)
    }
}
