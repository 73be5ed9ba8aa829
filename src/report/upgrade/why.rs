//! Why something comes out differently: what changed in it, what says so, and since when.

use super::{FlowUpgrade, UpgradeReport};
use crate::compare::{Change, Kind};
use crate::model::{Citation, CopyRead, InForce, QuestionIx, RuleIx, SourceIx, Status};
use crate::report::diff::sentences;
use crate::report::page::Page;
use crate::ruleset::Ruleset;
use crate::upgrade::RuleShift;

/// How far in the lines of a reason stand.
const INDENT: usize = 4;

/// What changed in a thing that both versions have, and in what it rests on. Says whether anything did.
pub(super) fn changed(page: &mut Page, report: &UpgradeReport<'_>, kind: Kind, id: &str) -> bool {
    let Some(change) = report.change(kind, id) else { return false };
    own(page, report, change);
    if let Some(causes) = sentences::causes(change) {
        page.paragraph(INDENT, &causes);
    }
    for (kind, id) in &change.causes {
        if let Some(cause) = report.change(*kind, id) {
            of_cause(page, report, cause);
        }
    }
    true
}

fn own(page: &mut Page, report: &UpgradeReport<'_>, change: &Change) {
    change.attributes.iter().for_each(|attribute| page.paragraph(INDENT, &sentences::attribute(attribute)));
    let (conditions, others): (Vec<_>, Vec<_>) = change.words.iter().partition(|word| sentences::is_condition(word));
    conditions.iter().for_each(|word| page.paragraph(INDENT, &sentences::word(word, true)));
    let others: Vec<&str> = others.iter().map(|word| word.part).collect();
    if !others.is_empty() {
        page.paragraph(INDENT, &format!("Worded differently: {}.", others.join(", ")));
    }
    for source in &change.sources {
        page.paragraph(INDENT, &sentences::source(source, report.before, report.after));
    }
}

/// What changed in something that a rule or a fact rests on, and what says so.
fn of_cause(page: &mut Page, report: &UpgradeReport<'_>, cause: &Change) {
    for word in cause.words.iter().filter(|word| sentences::is_condition(word)) {
        page.paragraph(INDENT, &format!("Of {}: {}", cause.id, sentences::word(word, true)));
    }
    for change in &cause.sources {
        page.paragraph(INDENT, &format!("Of {}: {}", cause.id, sentences::source(change, report.before, report.after)));
        let added = report.after.sources().find(|source| source.id == change.id);
        if let Some(source) = added.and_then(|ix| report.after.sources().get(ix)) {
            page.paragraph(INDENT, &dated(source));
        }
    }
}

/// The answers to look at again that a rule which is undetermined depends on.
pub(super) fn waits_for(report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, rule: (RuleIx, Status)) -> Vec<String> {
    let hinges = flow.advice.hinges.get(usize::from(rule.0.0)).map_or(&[][..], Vec::as_slice);
    let difference = &flow.difference;
    let is_again = |ix: &QuestionIx| difference.again.iter().any(|again| again.question == *ix);
    let questions = hinges.iter().filter_map(|ix| Some((ix, report.after.questions().get(*ix)?)));
    let waits = questions.filter(|(ix, question)| is_again(ix) || difference.gone.contains(&question.id));
    waits.map(|(_, question)| question.id.clone()).collect()
}

/// Whether a rule comes out differently only because answers are to be looked at again: it asks for what it asked for.
pub(super) fn only_waits(report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, shift: RuleShift) -> bool {
    let (Some(_), Some(after)) = (shift.before, shift.after) else { return false };
    let id = report.after.rules().get(after.0).map_or("", |rule| rule.id.as_str());
    let own = report.change(Kind::Rule, id).is_some_and(|change| {
        !change.attributes.is_empty() || change.words.iter().any(sentences::is_condition) || !change.causes.is_empty()
    });
    after.1 == Status::Undetermined && !own && !waits_for(report, flow, after).is_empty()
}

/// Says which answers to look at again a rule depends on.
pub(super) fn waiting(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, rule: (RuleIx, Status)) {
    let ids = waits_for(report, flow, rule);
    if !ids.is_empty() {
        page.paragraph(INDENT, &format!("It depends on {}, to be looked at again.", ids.join(", ")));
    }
}

/// What says so, and since when.
pub(super) fn sources(page: &mut Page, ruleset: &Ruleset, cites: &[SourceIx]) {
    for source in cites.iter().filter_map(|ix| ruleset.sources().get(*ix)) {
        let provision = source.provision.as_ref().map(|provision| format!(", {provision}")).unwrap_or_default();
        page.paragraph(INDENT, &format!("Source: {}{provision}. {}", source.title, dated(source)));
        page.address(INDENT, &source.url);
    }
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
