//! Which wrong rules the cases would not notice.

pub mod drafts;
pub mod json;
pub mod text;
mod words;

use crate::model::{CaseSet, Ix};
use crate::mutate::{Judged, Mutation, Verdict};
use crate::ruleset::Ruleset;
use crate::text::Sources;

/// What came of the changes, to be rendered.
pub struct MutationReport<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// Its files, named as people know them.
    pub sources: &'a Sources,
    /// Its cases.
    pub cases: &'a CaseSet,
    /// What came of each change.
    pub mutation: &'a Mutation,
    /// The least share of the changes that matter that the cases have to notice, in per cent.
    pub least: u8,
}

/// How many changes came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub changes: usize,
    /// Noticed by a case.
    pub caught: usize,
    /// Proved to change nothing.
    pub equivalent: usize,
    /// Noticed by no case.
    pub survive: usize,
    /// Neither was proved.
    pub not_proved: usize,
}

impl Counts {
    /// Counts some changes.
    #[must_use]
    pub fn of<'j>(judged: impl IntoIterator<Item = &'j Judged>) -> Self {
        let mut counts = Self::default();
        for judged in judged {
            counts.changes += 1;
            match judged.verdict {
                Verdict::Caught(_) => counts.caught += 1,
                Verdict::Equivalent => counts.equivalent += 1,
                Verdict::Survives(_) => counts.survive += 1,
                Verdict::NotProved => counts.not_proved += 1,
            }
        }
        counts
    }

    /// How many of the changes that matter were noticed, in whole per cent, rounded down. What was not proved counts as not
    /// noticed. 100 where no change matters.
    #[must_use]
    pub fn percent(&self) -> usize {
        (100 * self.caught).checked_div(self.caught + self.survive + self.not_proved).unwrap_or(100)
    }
}

impl<'a> MutationReport<'a> {
    /// How many changes came to what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.mutation.judged)
    }

    /// Whether the cases notice enough of the changes that are not proved to change nothing, and every case passes. Where nothing
    /// could be changed, nothing was shown.
    #[must_use]
    pub fn passed(&self) -> bool {
        let counts = self.counts();
        counts.changes > 0 && counts.percent() >= usize::from(self.least) && self.mutation.failing.is_empty()
    }

    /// The changes by file, in the order of the files.
    fn by_file(&self) -> Vec<(&'a str, Vec<&'a Judged>)> {
        let (sources, mutation) = (self.sources, self.mutation);
        let mut files: Vec<(usize, Vec<&Judged>)> = Vec::new();
        for judged in &mutation.judged {
            let file = usize::from(judged.mutant.place.file.0);
            match files.iter_mut().find(|(other, _)| *other == file) {
                Some((_, group)) => group.push(judged),
                None => files.push((file, vec![judged])),
            }
        }
        files.sort_by_key(|(file, _)| *file);
        let name = |judged: &[&'a Judged]| {
            let file = judged.first().map(|judged| judged.mutant.place.file);
            file.and_then(|file| sources.get(file)).map_or("", |source| source.name())
        };
        files.into_iter().map(|(_, judged)| (name(&judged), judged)).collect()
    }
}

/// The id of a thing of an arena, or nothing.
fn id<I: Ix, T>(list: &crate::model::Arena<I, T>, ix: I, name: impl Fn(&T) -> &str) -> String {
    list.get(ix).map_or_else(String::new, |item| name(item).to_owned())
}
