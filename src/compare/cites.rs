//! The sources under two versions of a thing.

use super::change::{SourceChange, SourceHow, WordChange};
use super::wording;
use super::words::Words;
use crate::model::{Citation, Confidence, SourceIx};
use crate::ruleset::Parts;

/// The sources that a thing cites and that were added, dropped or themselves changed.
pub(super) fn compare(before: (&Parts, &[SourceIx]), after: (&Parts, &[SourceIx])) -> Vec<SourceChange> {
    let (old, new) = (cited(before), cited(after));
    let mut changes = Vec::new();
    for source in &new {
        match old.iter().find(|other| other.id == source.id) {
            None => changes.push(SourceChange { id: source.id.clone(), how: SourceHow::Added }),
            Some(was) => {
                let words = words(was, source);
                if !words.is_empty() {
                    changes.push(SourceChange { id: source.id.clone(), how: SourceHow::Changed(words) });
                }
            }
        }
    }
    let gone = old.iter().filter(|source| !new.iter().any(|other| other.id == source.id));
    changes.extend(gone.map(|source| SourceChange { id: source.id.clone(), how: SourceHow::Dropped }));
    changes
}

fn cited<'p>((parts, cites): (&'p Parts, &[SourceIx])) -> Vec<&'p Citation> {
    cites.iter().filter_map(|ix| Some(&**parts.sources.get(*ix)?)).collect()
}

/// What a source says otherwise.
pub(super) fn words(before: &Citation, after: &Citation) -> Vec<WordChange> {
    let mut words = Words::default();
    words.text("title", &before.title, &after.title);
    words.optional("provision", before.provision.clone(), after.provision.clone());
    words.text("url", &before.url, &after.url);
    words.optional("in-force", wording::in_force(before), wording::in_force(after));
    words.text("read", &wording::read(before), &wording::read(after));
    words.text("confidence", confidence(before), confidence(after));
    words.0
}

fn confidence(source: &Citation) -> &'static str {
    match source.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}
