//! Why something comes out differently: what changed in it, what says so, and since when.

use super::{FlowUpgrade, UpgradeReport};
use crate::compare::{Change, Kind, SourceChange, SourceHow, WordChange};
use crate::model::{Citation, CopyRead, InForce, RuleIx, SourceIx, Status};
use crate::report::diff::sentences;
use crate::report::page::Page;
use crate::report::words::and;

/// How far in the lines of a reason stand.
const INDENT: usize = 4;

/// What changed in a thing that both versions have, and in what it rests on; but for its sources.
pub(super) fn changed(page: &mut Page, report: &UpgradeReport<'_>, change: &Change) {
    change.attributes.iter().for_each(|attribute| page.paragraph(INDENT, &sentences::attribute(attribute)));
    let (conditions, others): (Vec<_>, Vec<_>) = change.words.iter().partition(|word| sentences::is_condition(word));
    conditions.iter().for_each(|word| page.paragraph(INDENT, &condition("it", word)));
    let others: Vec<String> = others.iter().map(|word| part(word.part).to_owned()).collect();
    if !others.is_empty() {
        page.paragraph(INDENT, &format!("Worded differently: {}.", and(&others)));
    }
    causes(page, change, !conditions.is_empty());
    for (kind, id) in &change.causes {
        if let Some(cause) = report.change(*kind, id) {
            of_cause(page, report, cause);
        }
    }
}

/// A part of a rule or a fact, as people call it.
fn part(part: &str) -> &str {
    match part {
        "title" => "the title",
        "because" => "the reason",
        "steps" => "the steps",
        "otherwise" => "what is said where it does not apply",
        other => other,
    }
}

/// What decides when something holds, and how that changed.
fn condition(of: &str, word: &WordChange) -> String {
    let lead = match word.part {
        "met-when" => format!("When {of} is met"),
        "only-if" => format!("When {of} arises"),
        "cases" => format!("What {of} follows from"),
        _ => format!("When {of} applies"),
    };
    sentences::told(&lead, word, true)
}

/// What changed that it rests on, in a line: of the choices of a question their question alone.
fn causes(page: &mut Page, change: &Change, own: bool) {
    let mut causes: Vec<String> = Vec::new();
    for (kind, id) in &change.causes {
        let cause = match (kind, id.split_once(": ")) {
            (Kind::Option, Some((question, _))) => format!("the choices of {question}"),
            _ => id.clone(),
        };
        if !causes.contains(&cause) {
            causes.push(cause);
        }
    }
    match (causes.is_empty(), own) {
        (true, _) => {}
        (false, true) => page.paragraph(INDENT, &format!("What it depends on has changed too: {}.", and(&causes))),
        (false, false) => {
            page.paragraph(INDENT, &format!("What it depends on has changed: {}.", and(&causes)));
        }
    }
}

/// What changed in something that a rule or a fact rests on, and what says so.
fn of_cause(page: &mut Page, report: &UpgradeReport<'_>, cause: &Change) {
    for word in cause.words.iter().filter(|word| sentences::is_condition(word)) {
        page.paragraph(INDENT, &condition(&cause.id, word));
    }
    for change in &cause.sources {
        if let Some(source) = report.source(change) {
            cited(page, &format!("{} of {}", how(change), cause.id), source);
        }
    }
}

/// Says which answers to look at again a rule depends on.
pub(super) fn waiting(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, rule: (RuleIx, Status)) {
    let ids: Vec<String> = report.waits_for(flow, rule).into_iter().map(str::to_owned).collect();
    if !ids.is_empty() {
        page.paragraph(INDENT, &format!("It waits for your answer to {}.", and(&ids)));
    }
}

/// What says so, and since when: the sources that changed, or else all of them.
pub(super) fn sources(page: &mut Page, report: &UpgradeReport<'_>, cites: &[SourceIx], change: Option<&Change>) {
    let changes = change.map_or(&[][..], |change| change.sources.as_slice());
    for change in changes {
        if let Some(source) = report.source(change) {
            cited(page, &how(change), source);
        }
    }
    let is_there = |change: &SourceChange| change.how != SourceHow::Dropped;
    if !changes.iter().any(is_there) {
        cites.iter().filter_map(|ix| report.after.sources().get(*ix)).for_each(|source| cited(page, "Source", source));
    }
}

/// What said so.
pub(super) fn sources_before(page: &mut Page, report: &UpgradeReport<'_>, cites: &[SourceIx]) {
    cites.iter().filter_map(|ix| report.before.sources().get(*ix)).for_each(|source| cited(page, "Source", source));
}

/// What became of a source, as the words before it.
fn how(change: &SourceChange) -> String {
    let parts = match &change.how {
        SourceHow::Added => return "New source".to_owned(),
        SourceHow::Dropped => return "No longer a source".to_owned(),
        SourceHow::Changed(words) => words.iter().map(|word| match word.part {
            "url" => "web address".to_owned(),
            "in-force" => "day it is in force".to_owned(),
            "read" => "day it was read".to_owned(),
            part => part.to_owned(),
        }),
    };
    format!("Source with another {}", and(&parts.collect::<Vec<_>>()))
}

fn cited(page: &mut Page, label: &str, source: &Citation) {
    let provision = source.provision.as_ref().map(|provision| format!(", {provision}")).unwrap_or_default();
    page.paragraph(INDENT, &format!("{label}: {}{provision}. {}", source.title, dated(source)));
    page.address(INDENT, &source.url);
}

fn dated(source: &Citation) -> String {
    let in_force = match source.in_force {
        Some(InForce::From(day)) => format!("In force from {day}. "),
        Some(InForce::NotAppointed) => "Not in force, and no day is appointed. ".to_owned(),
        None => String::new(),
    };
    let read = match source.copy {
        CopyRead::Live => format!("Read on {}.", source.read_on),
        CopyRead::Archived => format!("Read on {}, in an archived copy.", source.read_on),
        CopyRead::NotRead => "Not read.".to_owned(),
    };
    in_force + &read
}
