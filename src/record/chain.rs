//! Which of several records takes the place of which.

use std::collections::BTreeMap;

use super::trouble::{Trouble, TroubleCode};
use super::v1;
use crate::model::Date;
use crate::text::quoted;

/// A record among others.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Its path, as it was given.
    pub path: &'a str,
    /// Its seal.
    pub seal: &'a str,
    /// The day on which it was decided.
    pub decided_on: Date,
    /// What it takes the place of.
    pub supersedes: Option<&'a v1::Supersedes>,
}

impl<'a> Link<'a> {
    /// A record and its path.
    #[must_use]
    pub fn new(path: &'a str, record: &'a v1::Record) -> Self {
        Self {
            path,
            seal: &record.seal,
            decided_on: record.decision.decided_on,
            supersedes: record.supersedes.as_ref(),
        }
    }
}

/// What is wrong with the links of each record, or worth knowing. `whole`: whether no record of theirs is elsewhere.
#[must_use]
pub fn chain(links: &[Link<'_>], whole: bool) -> Vec<Vec<Trouble>> {
    let mut by_seal: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut after: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        by_seal.entry(link.seal).or_default().push(at);
        let before = link.supersedes.map(|before| before.record.as_str()).filter(|before| *before != link.seal);
        let others = before.map(|before| after.entry(before).or_default());
        // Two files with the same record are one successor.
        if let Some(others) = others
            && !others.iter().any(|other| links.get(*other).is_some_and(|other| other.seal == link.seal))
        {
            others.push(at);
        }
    }
    let round = round(links, &by_seal);
    let known = Known { links, by_seal, after, round, whole };
    (0..links.len()).filter_map(|at| known.troubles(at)).collect()
}

struct Known<'a> {
    links: &'a [Link<'a>],
    by_seal: BTreeMap<&'a str, Vec<usize>>,
    after: BTreeMap<&'a str, Vec<usize>>,
    /// Whether each stands in a circle.
    round: Vec<bool>,
    whole: bool,
}

impl Known<'_> {
    fn troubles(&self, at: usize) -> Option<Vec<Trouble>> {
        let link = self.links.get(at)?;
        let mut troubles = Vec::new();
        if let Some(before) = link.supersedes {
            self.before(at, link, before, &mut troubles);
        }
        if let Some(names) = self.names(self.after.get(link.seal), at) {
            let message = format!("its place is taken by {names}: this decision no longer stands");
            troubles.push(Trouble::new(TroubleCode::Superseded, message));
        }
        if let Some(names) = self.names(self.by_seal.get(link.seal), at) {
            troubles.push(Trouble::new(TroubleCode::SameRecord, format!("the same record is in {names}")));
        }
        Some(troubles)
    }

    fn before(&self, at: usize, link: &Link<'_>, before: &v1::Supersedes, troubles: &mut Vec<Trouble>) {
        const AGAIN: &str = "records that clearshare writes cannot be so: take the files from where they were kept";
        let seal = &before.record;
        if seal == link.seal {
            let trouble = Trouble::new(TroubleCode::OwnPredecessor, "it says that it takes the place of itself");
            troubles.push(trouble.help(AGAIN));
            return;
        }
        if self.round.get(at) == Some(&true) {
            let trouble = Trouble::new(TroubleCode::Circle, "it takes its own place by way of others");
            troubles.push(trouble.help(AGAIN));
        }
        if let Some(others) = self.after.get(seal.as_str())
            && others.len() > 1
        {
            let same = |other: &&usize| self.links.get(**other).is_none_or(|other| other.seal != link.seal);
            let others: Vec<usize> = others.iter().filter(same).copied().collect();
            let names = self.names(Some(&others), at).unwrap_or_default();
            let message = format!(
                "the place of the same record is taken by {names} too: it cannot be told which decision stands"
            );
            let help = "find out which was decided last, and amend that one with the other's reasons";
            troubles.push(Trouble::new(TroubleCode::TwoSuccessors, message).help(help));
        }
        let found = self.by_seal.get(seal.as_str()).and_then(|found| self.links.get(*found.first()?));
        match found {
            None if self.whole => troubles.push(
                Trouble::new(
                    TroubleCode::PredecessorMissing,
                    format!("the record before, {}, is not here", quoted_whole(seal)),
                )
                .help("put the record before into the folder, too: history is kept whole"),
            ),
            None => troubles.push(Trouble::new(
                TroubleCode::PredecessorNotGiven,
                format!("the record before, {}, was not looked at", quoted_whole(seal)),
            )),
            Some(found) if found.decided_on != before.decided_on => {
                let (says, is) = (before.decided_on, found.decided_on);
                let message = format!(
                    "it says that the record before was decided on {says}, but {} says {is}",
                    quoted(found.path)
                );
                troubles.push(Trouble::new(TroubleCode::PredecessorDiffers, message).help(AGAIN));
            }
            Some(_) => {}
        }
    }

    /// The paths of records, but for one.
    fn names(&self, of: Option<&Vec<usize>>, but: usize) -> Option<String> {
        let paths = of?.iter().filter(|at| **at != but).filter_map(|at| self.links.get(*at));
        let mut paths: Vec<String> = paths.map(|link| quoted(link.path)).collect();
        let rest = paths.len().saturating_sub(3);
        paths.truncate(3);
        let names = paths.join(" and ");
        match rest {
            0 if names.is_empty() => None,
            0 => Some(names),
            _ => Some(format!("{names} and {rest} more")),
        }
    }
}

/// A seal may be any text in a record that was altered.
fn quoted_whole(seal: &str) -> String {
    if super::canonical::is_seal(seal) { seal.to_owned() } else { quoted(seal) }
}

/// Which records stand in a circle of several.
fn round(links: &[Link<'_>], by_seal: &BTreeMap<&str, Vec<usize>>) -> Vec<bool> {
    let before = |at: usize| {
        let seal = links.get(at)?.supersedes?.record.as_str();
        by_seal.get(seal)?.first().copied().filter(|before| *before != at)
    };
    let mut round = vec![false; links.len()];
    // In which walk each was first met: none is walked over twice.
    let mut met: Vec<Option<usize>> = vec![None; links.len()];
    for start in 0..links.len() {
        let mut next = Some(start);
        while let Some(at) = next {
            let Some(seen) = met.get_mut(at) else { break };
            if let Some(walk) = *seen {
                if walk == start {
                    mark(at, &before, &mut round);
                }
                break;
            }
            *seen = Some(start);
            next = before(at);
        }
    }
    round
}

fn mark(start: usize, before: &impl Fn(usize) -> Option<usize>, round: &mut [bool]) {
    let mut next = Some(start);
    while let Some(at) = next {
        match round.get_mut(at) {
            Some(marked) if !*marked => *marked = true,
            _ => return,
        }
        next = before(at);
    }
}
