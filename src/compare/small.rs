//! What is compared by its words alone: sources, terms, roles, and what a ruleset says of itself.

use super::change::{Change, Comparison, Kind, Verdict, WordChange};
use super::words::Words;
use super::{cites, wording};
use crate::model::{Arena, Ix};
use crate::ruleset::{Info, Parts};

/// Adds the changes of the small files. None of them changes advice by itself.
pub(super) fn compare(a: &Parts, b: &Parts, comparison: &mut Comparison) {
    let changes = &mut comparison.changes;
    let by =
        |kind| move |id: &str, title: &str, verdict| Change { effect: false, ..Change::new(kind, id, title, verdict) };
    listed(
        (&a.sources, &b.sources),
        |source| (&source.id, &source.title),
        |a, b| cites::words(a, b),
        by(Kind::Source),
        changes,
    );
    listed(
        (&a.terms, &b.terms),
        |term| (&term.id, &term.term),
        |old, new| {
            let mut words = Words::default();
            words.text("term", &old.term, &new.term);
            words.text("meaning", &old.meaning, &new.meaning);
            words.optional("cites", wording::sources(a, &old.cites), wording::sources(b, &new.cites));
            words.0
        },
        by(Kind::Term),
        changes,
    );
    listed(
        (&a.roles, &b.roles),
        |role| (&role.id, &role.title),
        |old, new| {
            let mut words = Words::default();
            words.text("title", &old.title, &new.title);
            words.text("does", &old.does, &new.does);
            words.0
        },
        by(Kind::Role),
        changes,
    );
    let words = info(a, b);
    if !words.is_empty() {
        let id = &b.info.id;
        changes.push(Change { words, ..by(Kind::Ruleset)(id, &b.info.title, Verdict::Reworded) });
    }
}

fn listed<I: Ix, T>(
    (before, after): (&Arena<I, T>, &Arena<I, T>),
    named: impl Fn(&T) -> (&String, &String),
    words: impl Fn(&T, &T) -> Vec<WordChange>,
    change: impl Fn(&str, &str, Verdict) -> Change,
    changes: &mut Vec<Change>,
) {
    for (_, new) in after.iter() {
        let (id, title) = named(new);
        let old = before.find(|old| named(old).0 == id).and_then(|ix| before.get(ix));
        let Some(old) = old else {
            changes.push(change(id, title, Verdict::New));
            continue;
        };
        let words = words(old, new);
        if !words.is_empty() {
            changes.push(Change { words, ..change(id, title, Verdict::Reworded) });
        }
    }
    for (_, old) in before.iter() {
        let (id, title) = named(old);
        if after.find(|new| named(new).0 == id).is_none() {
            changes.push(change(id, title, Verdict::Ended));
        }
    }
}

fn info(a: &Parts, b: &Parts) -> Vec<WordChange> {
    let (old, new) = (&a.info, &b.info);
    let mut words = Words::default();
    words.text("id", &old.id, &new.id);
    words.text("version", &old.version.to_string(), &new.version.to_string());
    words.text("status", old.state.word(), new.state.word());
    words.text("title", &old.title, &new.title);
    words.text("law-as-at", &old.law_as_at.to_string(), &new.law_as_at.to_string());
    words.text("covers", &covers(old), &covers(new));
    let version = |info: &Info| info.supersedes.map(|version| version.to_string());
    words.optional("supersedes", version(old), version(new));
    words.text("jurisdiction", &old.jurisdiction, &new.jurisdiction);
    words.text("keeper", &old.keeper, &new.keeper);
    words.text("report-to", &old.report_to, &new.report_to);
    words.text("review-every-months", &old.review_every_months.to_string(), &new.review_every_months.to_string());
    words.text("changes", &old.changes, &new.changes);
    let not_covered = |info: &Info| (!info.not_covered.is_empty()).then(|| info.not_covered.join(" "));
    words.optional("not-covered", not_covered(old), not_covered(new));
    let (before, after) = order(a, b);
    words.optional("asking order", before, after);
    words.0
}

/// The questions that both ask, in the order of each, where the order is another.
fn order(a: &Parts, b: &Parts) -> (Option<String>, Option<String>) {
    let asked = |of: &Parts, other: &Parts| {
        let ids = of.questions.iter().map(|(_, question)| question.id.clone());
        let ids: Vec<String> = ids.filter(|id| other.questions.find(|question| question.id == *id).is_some()).collect();
        Some(ids.join(", "))
    };
    (asked(a, b), asked(b, a))
}

fn covers(info: &Info) -> String {
    match info.covers.until {
        Some(until) => format!("{} to {until}", info.covers.from),
        None => format!("from {}", info.covers.from),
    }
}
