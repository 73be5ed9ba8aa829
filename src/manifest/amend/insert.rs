//! An answer, or a section, where there was none.

use super::change::Target;
use super::document::{Found, end, entries, find, start};
use super::edits::Edits;
use super::{Goal, Unamendable};
use crate::manifest::compose::{Composer, STEP};
use crate::manifest::section::part;
use crate::manifest::value;
use crate::model::{Ix, QuestionIx};
use crate::rulefile::RESERVED;
use crate::ruleset::Ruleset;
use crate::yaml::{Entry, Node};

/// Where keys stand that come after all answers.
const LAST: usize = usize::MAX;
/// Where the key `without` stands: after the answers of its flow.
pub(super) const WITHOUT: usize = LAST - 1;

/// The place of a section, or of an answer, in the ruleset's order: that of the first question with this path.
fn rank(ruleset: &Ruleset, path: &str) -> usize {
    let below = |id: &str| id.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    ruleset.questions().find(|question| below(&question.id)).map_or(LAST, |question| question.index() + 2)
}

/// The place of each key of a manifest.
pub(super) fn root_rank(ruleset: &Ruleset) -> impl Fn(&str) -> usize + '_ {
    |key| match key {
        "clearshare" => 0,
        "ruleset" => 1,
        _ if RESERVED.contains(&key) => LAST,
        _ => rank(ruleset, key),
    }
}

/// The place of each key of a flow.
pub(super) fn flow_rank(ruleset: &Ruleset) -> impl Fn(&str) -> usize + '_ {
    |key| match key {
        "id" => 0,
        "without" => WITHOUT,
        "done" | "waivers" | "told" => LAST,
        _ => rank(ruleset, key),
    }
}

impl Edits<'_, '_> {
    /// Writes an answer where there is none.
    pub(super) fn insert(
        &mut self,
        target: &Target<'_>,
        goal: &Goal<'_>,
        question: QuestionIx,
    ) -> Result<(), Unamendable> {
        let id = goal.id(question);
        let (map, depth) = match find(target.map, id) {
            Found::Missing(map, depth) => (map, depth),
            Found::Blocked(place) => return Err(self.document.shape(place)),
            Found::Here(_) => return Err(Unamendable::Unsure),
        };
        let prefix: Vec<&str> = id.split('.').take(depth).flat_map(|part| [part, "."]).collect();
        let prefix = prefix.concat();
        let name = part(id, depth);
        let composer = Composer { ruleset: goal.ruleset, facts: &goal.facts, step: self.step() };
        let written = goal.value(question).map(|value| value::one_line(goal.ruleset.parts(), question, value));
        let inline = in_braces(id, depth, &written.unwrap_or_default());
        let blank = depth == 0 && !target.is_flow && self.sections_stand_apart(goal.ruleset);
        let lines = |column| {
            let blank = blank.then(String::new);
            blank.into_iter().chain(composer.group(name, &[question], depth, column)).collect()
        };
        let mine = rank(goal.ruleset, &format!("{prefix}{name}"));
        if depth > 0 {
            let rank = |key: &str| rank(goal.ruleset, &format!("{prefix}{key}"));
            self.insert_entry(map, mine, &rank, lines, &inline);
        } else if target.is_flow {
            self.insert_entry(map, mine, &flow_rank(goal.ruleset), lines, &inline);
        } else {
            self.insert_entry(map, mine, &root_rank(goal.ruleset), lines, &inline);
        }
        Ok(())
    }

    /// Puts an entry into a mapping, after the nearest one that comes before it: as lines, or in braces.
    pub(super) fn insert_entry(
        &mut self,
        map: &Node,
        mine: usize,
        rank: &dyn Fn(&str) -> usize,
        lines: impl Fn(usize) -> Vec<String>,
        inline: &str,
    ) {
        let document = self.document;
        let mut before = entries(map).iter().filter(|entry| rank(&entry.key) < mine).collect::<Vec<_>>();
        before.sort_by_key(|entry| rank(&entry.key));
        let (before, first) = (before.last().copied(), entries(map).first());
        if document.is_bracketed(map) {
            match (before, first) {
                (Some(before), _) if self.has_a_line(start(before), end(before)) => {
                    self.put_part_lines(start(before), end(before), &[inline]);
                }
                (Some(before), _) => self.put(end(before), end(before), format!(", {inline}")),
                (None, Some(first)) => self.put(start(first), start(first), format!("{inline}, ")),
                (None, None) => {
                    let place = map.place.span;
                    self.put_keeping_comments(
                        place.start as usize,
                        place.end as usize,
                        format!("{{ {inline} }}"),
                        place.start as usize,
                    );
                }
            }
            return;
        }
        let Some(first) = first else { return };
        let column = document.column(start(first));
        // The first key of an item stands beside its dash: nothing comes before it.
        let before = before.or_else(|| (!document.begins_line(start(first))).then_some(first));
        let at = before.map_or_else(
            || self.above_comments(start(first)),
            |before| self.past_inner_comments(document.line_end(end(before)), column),
        );
        self.put_lines(at, &lines(column));
    }

    /// The start of the comment lines directly above a key, or of its own line.
    fn above_comments(&self, key: usize) -> usize {
        let document = self.document;
        let mut line = document.line_start(key);
        while let Some(above) = document.line_above(line) {
            let at = above + document.indentation(above);
            if !self.scanned.comments.iter().any(|comment| comment.own_line && comment.start == at) {
                break;
            }
            line = above;
        }
        line
    }

    /// How far the answers of a section are indented in this manifest.
    fn step(&self) -> usize {
        let document = self.document;
        let step = |entry: &Entry| {
            let first = entries(&entry.value).first().filter(|_| !document.is_bracketed(&entry.value))?;
            document.column(start(first)).checked_sub(document.column(start(entry))).filter(|step| *step > 0)
        };
        entries(&document.root).iter().find_map(step).unwrap_or(STEP)
    }

    /// Whether most sections of this manifest have an empty line above them.
    pub(super) fn sections_stand_apart(&self, ruleset: &Ruleset) -> bool {
        let rank = root_rank(ruleset);
        let sections = entries(&self.document.root).iter().filter(|entry| (2..WITHOUT).contains(&rank(&entry.key)));
        let apart = |entry: &Entry| {
            let above = self.document.line_above(self.above_comments(start(entry)));
            above.is_some_and(|above| self.document.is_blank(above))
        };
        let (mut all, mut with) = (0_usize, 0_usize);
        for section in sections {
            all += 1;
            with += usize::from(apart(section));
        }
        with * 2 >= all
    }
}

/// An answer as it stands in braces: the parts of its path from `depth` on, one inside the other.
fn in_braces(id: &str, depth: usize, value: &str) -> String {
    let parts: Vec<&str> = id.split('.').skip(depth).collect();
    let mut written = value.to_owned();
    for (at, part) in parts.iter().enumerate().rev() {
        written = format!("{part}: {written}");
        if at > 0 {
            written = format!("{{ {written} }}");
        }
    }
    written
}
