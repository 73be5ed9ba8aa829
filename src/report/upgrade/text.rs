//! What comes out differently, for people in a terminal.

use super::{FlowUpgrade, UpgradeReport, why};
use crate::compare::Kind;
use crate::model::{Level, Outcome, QuestionIx, Rule, Status, ValueIx};
use crate::report::page::Page;
use crate::report::snippet::location;
use crate::report::text::outcome_words;
use crate::report::words::or;
use crate::report::{Ink, Out, Tone, footer_of};
use crate::ruleset::Ruleset;
use crate::upgrade::{FactShift, RuleShift};

/// Writes it: for each exchange the outcomes, and what comes out differently and why; last what it comes to.
pub fn render(out: Out<'_>, report: &UpgradeReport<'_>, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    page.toned(0, Tone::Heading, &format!("From {} to {}", report.before.reference(), report.after.reference()));
    page.toned(0, Tone::Quiet, report.path);
    for flow in report.flows {
        if report.flows.len() > 1 {
            page.heading(&format!("Flow {}", flow.difference.id));
        }
        self::flow(&mut page, report, flow);
    }
    misfits(&mut page, report);
    page.gap();
    if report.differs() {
        page.toned(0, Tone::Caution, "Something comes out differently, or is to be looked at.");
    } else {
        page.toned(0, Tone::Good, "Nothing comes out differently for these answers.");
    }
    for notice in report.notices {
        page.bullet(0, "!", Tone::Caution, notice);
    }
    page.toned(0, Tone::Quiet, &footer_of(report.after, report.as_of));
    out.write_all(page.finish().as_bytes())
}

fn flow(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>) {
    let difference = &flow.difference;
    page.heading("Outcome");
    let [before, after] = difference.outcomes;
    if before == after {
        outcome(page, "As it was:", after);
    } else {
        outcome(page, "It was:", before);
        outcome(page, "It is now:", after);
    }
    let (waiting, told): (Vec<RuleShift>, Vec<RuleShift>) =
        difference.rules.iter().partition(|shift| why::only_waits(report, flow, **shift));
    if !told.is_empty() {
        page.heading("Rules that come out differently");
        told.iter().for_each(|shift| rule(page, report, flow, *shift));
    }
    if !difference.facts.is_empty() {
        page.heading("Facts that come out differently");
        difference.facts.iter().for_each(|shift| fact(page, report, shift));
    }
    let recorded = report.recorded(flow);
    if !recorded.is_empty() {
        page.heading("Records to look at again");
        for (_, rule) in recorded {
            page.bullet(2, "?", Tone::Caution, &format!("{}: {}", rule.id, rule.title));
            page.paragraph(4, "It changed. Look whether what is recorded as done, or waived, still covers it.");
            why::changed(page, report, Kind::Rule, &rule.id);
        }
    }
    again(page, report, flow);
    if !waiting.is_empty() {
        page.heading("Rules that cannot be told until then");
        page.paragraph(
            0,
            "They ask for what they asked for. Whether they apply, or are met, depends on answers to look at again.",
        );
        waiting.iter().for_each(|shift| waits(page, report, flow, *shift));
    }
    if !difference.opens.is_empty() {
        page.heading("Questions to answer now");
        for question in difference.opens.iter().filter_map(|ix| report.after.questions().get(*ix)) {
            page.bullet(2, "?", Tone::Caution, &format!("{}: {}", question.id, question.prompt));
        }
    }
}

fn outcome(page: &mut Page, intro: &str, outcome: Outcome) {
    let (symbol, word, tone, words) = outcome_words(outcome);
    let symbol = page.ink().symbol(symbol);
    let gap = if symbol.is_empty() { "" } else { " " };
    page.toned(2, tone, &format!("{intro} {symbol}{gap}{word}: {words}"));
}

fn rule(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, shift: RuleShift) {
    let of = |ruleset: &'_ Ruleset, at: Option<(crate::model::RuleIx, Status)>| {
        at.and_then(|(ix, _)| ruleset.rules().get(ix).cloned())
    };
    let (old, new) = (of(report.before, shift.before), of(report.after, shift.after));
    let Some(rule) = new.as_ref().or(old.as_ref()) else { return };
    let (mark, tone) = mark(rule, shift.after.map(|(_, status)| status));
    page.gap();
    page.bullet(2, mark, tone, &format!("{} ({}, {}): {}", rule.id, rule.level.word(), rule.basis.word(), rule.title));
    page.paragraph(4, &says(shift));
    if matches!((shift.before, shift.after), (None, Some((_, Status::Applies)))) {
        page.paragraph(4, &rule.because);
    }
    let changed = why::changed(page, report, Kind::Rule, &rule.id);
    if let Some(after) = shift.after {
        if !changed {
            page.paragraph(4, "The rule itself is the same.");
        }
        why::waiting(page, report, flow, after);
        why::sources(page, report.after, &rule.cites);
        return;
    }
    if let Some(pair) = report.comparison.renamed.iter().find(|pair| pair.before == rule.id) {
        page.paragraph(4, &format!("It may go on as {}: that has the same level and the same effect.", pair.after));
    }
    why::sources(page, report.before, &rule.cites);
}

/// A rule that only waits for answers.
fn waits(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, shift: RuleShift) {
    let (Some((_, before)), Some(after)) = (shift.before, shift.after) else { return };
    let Some(rule) = report.after.rules().get(after.0) else { return };
    page.bullet(
        2,
        "?",
        Tone::Caution,
        &format!("{} ({}, {}): {}", rule.id, rule.level.word(), rule.basis.word(), rule.title),
    );
    let on = why::waits_for(report, flow, after).join(", ");
    page.paragraph(4, &format!("It was {}. It depends on {on}.", in_words(before)));
}

/// What became of a rule.
fn says(shift: RuleShift) -> String {
    match (shift.before, shift.after) {
        (Some((_, before)), Some((_, after))) if before == after => {
            format!("It is still {}, and binds otherwise.", in_words(after))
        }
        (Some((_, before)), Some((_, after))) => {
            format!("It was {}, and is now {}.", in_words(before), in_words(after))
        }
        (None, Some((_, after))) => format!("It is new, and {}.", in_words(after)),
        (Some((_, before)), None) => format!("It ended. It was {}.", in_words(before)),
        (None, None) => String::new(),
    }
}

/// A status as the end of a sentence.
fn in_words(status: Status) -> &'static str {
    match status {
        Status::Applies => "outstanding",
        Status::Undetermined => "not known to apply or not, or to be met",
        Status::Met => "met",
        Status::Done => "recorded as done",
        Status::Waived => "waived",
        Status::NotApplicable => "not applicable",
    }
}

fn mark(rule: &Rule, status: Option<Status>) -> (&'static str, Tone) {
    match status {
        Some(Status::Applies) if rule.level == Level::MustNot => ("✗", Tone::Bad),
        Some(Status::Applies) => ("○", Tone::Caution),
        Some(Status::Undetermined) => ("?", Tone::Caution),
        Some(Status::Met | Status::Done | Status::Waived) => ("✓", Tone::Good),
        Some(Status::NotApplicable) | None => ("–", Tone::Quiet),
    }
}

fn fact(page: &mut Page, report: &UpgradeReport<'_>, shift: &FactShift) {
    let value = |ruleset: &Ruleset, at: Option<&(crate::model::DerivedIx, Vec<ValueIx>)>| {
        let (ix, values) = at?;
        let fact = ruleset.derived().get(*ix)?;
        let names: Vec<String> =
            values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.clone()).collect();
        let settled = if names.len() > 1 { "not settled: " } else { "" };
        Some((fact.clone(), format!("{settled}{}", or(&names))))
    };
    let before = value(report.before, shift.before.as_ref());
    let after = value(report.after, shift.after.as_ref());
    let Some((fact, _)) = after.as_ref().or(before.as_ref()) else { return };
    let says = match (&before, &after) {
        (Some((_, before)), Some((_, after))) => format!("It was {before}, and is now {after}."),
        (None, Some((_, after))) => format!("It is new: {after}."),
        (Some((_, before)), None) => format!("It is no longer shown. It was {before}."),
        (None, None) => return,
    };
    page.gap();
    page.bullet(2, "•", Tone::Caution, &format!("{}: {}", fact.id, fact.title));
    page.paragraph(4, &says);
    why::changed(page, report, Kind::Derived, &fact.id);
    why::sources(page, if after.is_some() { report.after } else { report.before }, &fact.cites);
}

/// The answers that may be other ones now.
fn again(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>) {
    if flow.difference.again.is_empty() {
        return;
    }
    page.heading("Answers to look at again");
    let intro = "These questions have new choices, which nobody could name then. Until you confirm the answer, what is new counts \
                 as not known.";
    page.paragraph(0, intro);
    for again in &flow.difference.again {
        let Some(question) = report.after.questions().get(again.question) else { continue };
        let settles = matters(flow, again.question);
        let note = if settles { "" } else { " (nothing here depends on it)" };
        page.gap();
        page.bullet(2, "?", Tone::Caution, &format!("{}: {}{note}", question.id, question.prompt));
        for choice in again.new.iter().filter_map(|option| report.after.choice(again.question, *option)) {
            page.bullet(4, "•", Tone::Quiet, &format!("{}: {}", choice.id, choice.label));
        }
        page.paragraph(4, &format!("If your answer stands: `--confirm {}`.", question.id));
    }
}

/// Whether something still depends on a question.
fn matters(flow: &FlowUpgrade<'_>, question: QuestionIx) -> bool {
    flow.advice.open.contains(&question) || flow.advice.unknown.contains(&question)
}

/// What the manifest says that means nothing there.
fn misfits(page: &mut Page, report: &UpgradeReport<'_>) {
    if report.misfits.is_empty() {
        return;
    }
    page.heading("What has no meaning there");
    for finding in report.misfits {
        let at = finding.place().and_then(|place| location(place, report.sources));
        let at = at.map(|at| format!("{at}: ")).unwrap_or_default();
        page.bullet(2, "✗", Tone::Bad, &format!("{at}{}", finding.message()));
        if let Some(help) = finding.help_text() {
            page.paragraph(4, help);
        }
    }
}
