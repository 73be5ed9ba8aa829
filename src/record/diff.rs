//! Two records, compared by what they say: the order of lists that have none, where things stand in manifests, and which program wrote
//! them are of no matter.

use std::collections::BTreeMap;

use super::entry::{Entry, Part, entries};
use super::v1::Record;

/// Something that two records do not say alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it belongs to.
    pub part: Part,
    /// The flow that it is of, where the records have several.
    pub flow: Option<String>,
    /// What it is: an id or a name.
    pub what: String,
    /// The same in words, where there are any.
    pub words: Option<String>,
    /// What the first record says; none where it says nothing of it.
    pub before: Option<String>,
    /// What the second one says.
    pub after: Option<String>,
    /// Whether it is an answer to the safety screen, which is never told.
    pub withheld: bool,
}

/// What two records do not say alike, in the order of the first one.
#[must_use]
pub fn diff(before: &Record, after: &Record) -> Vec<Change> {
    let several = before.facts.len() > 1 || after.facts.len() > 1;
    let mut sides: BTreeMap<(Part, &str, &str), [Vec<&Entry>; 2]> = BTreeMap::new();
    let (first, second) = (entries(before), entries(after));
    let mut order = Vec::new();
    for (side, entries) in [&first, &second].into_iter().enumerate() {
        for entry in entries {
            let key = (entry.part, entry.flow.as_str(), entry.what.as_str());
            let both = sides.entry(key).or_insert_with(|| {
                order.push(key);
                [Vec::new(), Vec::new()]
            });
            if let Some(list) = both.get_mut(side) {
                list.push(entry);
            }
        }
    }
    order.sort_by_key(|(part, _, _)| *part);
    let changes = order.into_iter().filter_map(|key| sides.remove(&key)).flat_map(|[first, second]| {
        left(first, second).into_iter().filter_map(|pair| change(pair, several)).collect::<Vec<_>>()
    });
    changes.collect()
}

/// What is left of two lists without what both hold, paired.
fn left<'a>(mut first: Vec<&'a Entry>, second: Vec<&'a Entry>) -> Vec<[Option<&'a Entry>; 2]> {
    first.sort_by(|one, other| one.meaning.cmp(&other.meaning));
    let mut only_second = Vec::new();
    let mut rest = second;
    rest.sort_by(|one, other| one.meaning.cmp(&other.meaning));
    let mut only_first = Vec::new();
    let (mut at, mut to) = (first.into_iter().peekable(), rest.into_iter().peekable());
    loop {
        match (at.peek(), to.peek()) {
            (Some(one), Some(other)) if one.meaning == other.meaning => {
                at.next();
                to.next();
            }
            (Some(one), Some(other)) if one.meaning < other.meaning => only_first.extend(at.next()),
            (_, Some(_)) => only_second.extend(to.next()),
            (Some(_), None) => only_first.extend(at.next()),
            (None, None) => break,
        }
    }
    let pairs = only_first.len().max(only_second.len());
    (0..pairs).map(|ix| [only_first.get(ix).copied(), only_second.get(ix).copied()]).collect()
}

fn change([before, after]: [Option<&Entry>; 2], several: bool) -> Option<Change> {
    let entry = after.or(before)?;
    // A rule that the other ruleset does not have and that does not arise here says nothing.
    if (before.is_none() || after.is_none()) && entry.is_idle {
        return None;
    }
    let withheld = [before, after].into_iter().flatten().any(|entry| entry.withheld);
    let said = |entry: Option<&Entry>| entry.filter(|_| !withheld).map(|entry| entry.shown.clone());
    Some(Change {
        part: entry.part,
        flow: (several && !entry.flow.is_empty()).then(|| entry.flow.clone()),
        what: entry.what.clone(),
        words: entry.words.clone(),
        before: said(before),
        after: said(after),
        withheld,
    })
}
