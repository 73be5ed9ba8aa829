//! Findings collected from all the readers of a run.

use super::{Code, Finding};
use crate::text::nearest;

/// How many findings are shown before the rest are only counted.
const SHOWN: usize = 200;
/// How many are held before the list is cut: a hostile file can have a fault for every few bytes.
const HELD: usize = 8 * SHOWN;

/// Collects findings in any order and gives them back in a fixed one.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    held: Vec<Finding>,
    dropped: usize,
}

impl Findings {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Add one.
    pub fn push(&mut self, finding: Finding) {
        self.held.push(finding);
        if self.held.len() >= HELD {
            // Only those that would not be shown anyway are dropped, so the result does not depend on when this happens.
            self.cut();
        }
    }

    /// Adds all of another collection, each finding changed by `change`. What that one only counted is counted here too.
    pub fn append_with(&mut self, other: Self, mut change: impl FnMut(Finding) -> Finding) {
        self.dropped += other.dropped;
        for finding in other.held {
            self.push(change(finding));
        }
    }

    /// Adds all of another collection.
    pub fn append(&mut self, other: Self) {
        self.append_with(other, |finding| finding);
    }

    /// Whether so many were found that further ones are hardly shown.
    #[must_use]
    pub const fn is_flooded(&self) -> bool {
        self.len() >= SHOWN
    }

    /// "Did you mean": as [`nearest()`], and none in a flood, where comparing each word with thousands would take minutes.
    #[must_use]
    pub fn suggest<'a>(&self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        if self.is_flooded() { None } else { nearest(word, candidates) }
    }

    /// Whether nothing was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// How many were found.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.held.len() + self.dropped
    }

    /// All findings by file, place and code; those about no place first. After the first 200, one more says how many
    /// are not shown.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.cut();
        if self.dropped > 0 {
            let message = match self.dropped {
                1 => "there is 1 more fault".to_owned(),
                more => format!("there are {more} more faults"),
            };
            let help = "mend those shown first; many of the rest may go with them";
            self.held.push(Finding::new(Code::TooManyFaults, message).help(help));
        }
        self.held
    }

    fn cut(&mut self) {
        self.held.sort_by(|left, right| key(left).cmp(&key(right)));
        self.dropped += self.held.len().saturating_sub(SHOWN);
        self.held.truncate(SHOWN);
    }
}

fn key(finding: &Finding) -> impl Ord {
    (finding.place(), finding.code(), finding.message())
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        for finding in findings {
            self.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::text::{FileId, Span};

    fn at(file: u16, start: usize) -> Finding {
        Finding::new(Code::YamlSyntax, "x").at(Place::new(FileId(file), Span::at(start)))
    }

    #[test]
    fn findings_come_by_file_and_place() {
        let mut findings = Findings::new();
        assert!(findings.is_empty());
        findings.extend([at(1, 0), at(0, 9), at(0, 2), Finding::new(Code::EmptyFile, "whole run")]);
        assert_eq!(findings.len(), 4);
        let places: Vec<_> = findings.into_sorted().iter().map(Finding::place).collect();
        assert_eq!(places, [None, at(0, 2).place(), at(0, 9).place(), at(1, 0).place()]);
    }

    #[test]
    fn a_flood_is_cut_the_same_way_in_any_order() {
        let forward: Findings = fill((0..5000).collect());
        let backward: Findings = fill((0..5000).rev().collect());
        assert_eq!(forward.len(), 5000);
        let (forward, backward) = (forward.into_sorted(), backward.into_sorted());
        assert_eq!(forward, backward);
        assert_eq!(forward.len(), SHOWN + 1);
        let last = forward.last().map(Finding::message);
        assert_eq!(last, Some("there are 4800 more faults"));
    }

    #[test]
    fn a_flood_inside_a_flood_is_counted_once() {
        let mut findings = fill((0..3000).collect());
        findings.append(fill((3000..5000).collect()));
        assert_eq!(findings.len(), 5000);
        let sorted = findings.into_sorted();
        assert_eq!(sorted.iter().filter(|finding| finding.code() == Code::TooManyFaults).count(), 1);
        assert_eq!(sorted.last().map(Finding::message), Some("there are 4800 more faults"));
    }

    fn fill(starts: Vec<usize>) -> Findings {
        let mut findings = Findings::new();
        findings.extend(starts.into_iter().map(|start| at(0, start)));
        findings
    }
}
