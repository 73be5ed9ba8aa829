//! What comes out differently, for people in a terminal.

use super::{FlowUpgrade, UpgradeReport, rules, why};
use crate::compare::Kind;
use crate::model::{Outcome, ValueIx};
use crate::report::page::Page;
use crate::report::snippet::location;
use crate::report::text::outcome_words;
use crate::report::words::or;
use crate::report::{Ink, Out, Tone, footer};
use crate::ruleset::Ruleset;
use crate::upgrade::{FactShift, RuleShift};

/// Writes it: for each exchange the outcomes, and what comes out differently and why; last what it comes to.
pub fn render(out: Out<'_>, report: &UpgradeReport<'_>, pinning: Pinning, ink: Ink) -> std::io::Result<()> {
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
    if pinning == Pinning::Possible {
        next(&mut page, report);
    }
    for notice in report.notices {
        page.bullet(0, "!", Tone::Caution, notice);
    }
    page.toned(0, Tone::Quiet, &footer(report.after, report.as_of));
    out.write_all(page.finish().as_bytes())
}

/// Whether the pin can be written, and has not been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pinning {
    /// It can be, when that is asked for.
    Possible,
    /// It was asked for, or the manifest is no file, or its pin stands elsewhere.
    Out,
}

/// How to pin the other version.
fn next(page: &mut Page, report: &UpgradeReport<'_>) {
    let after = report.after.reference();
    let open = report.unconfirmed();
    let says = match (report.misfits.is_empty(), open.is_empty()) {
        (false, _) => format!("{after} can be pinned once nothing is left that has no meaning there."),
        (true, false) => {
            format!("If your answers stand, add `--write --confirm {}` to pin {after}.", open.join(" --confirm "))
        }
        (true, true) => format!("Add `--write` to pin {after}."),
    };
    page.paragraph(0, &format!("Nothing was changed. {says}"));
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
    again(page, report, flow);
    if !difference.opens.is_empty() {
        page.heading("Questions to answer now");
        for question in difference.opens.iter().filter_map(|ix| report.after.questions().get(*ix)) {
            page.bullet(2, "?", Tone::Caution, &format!("{}: {}", question.id, question.prompt));
        }
    }
    let (waiting, told): (Vec<RuleShift>, Vec<RuleShift>) =
        difference.rules.iter().partition(|shift| report.only_waits(flow, **shift));
    if !told.is_empty() {
        page.heading("Rules that come out differently");
        told.iter().for_each(|shift| rules::told(page, report, flow, *shift));
    }
    if !difference.facts.is_empty() {
        page.heading("Facts that come out differently");
        difference.facts.iter().for_each(|shift| fact(page, report, shift));
    }
    recorded(page, report, flow);
    if !waiting.is_empty() {
        page.heading("Rules that wait for your answers");
        page.paragraph(
            0,
            "They ask for the same as before. Whether they apply, or are met, depends on answers to look at again.",
        );
        waiting.iter().for_each(|shift| rules::waits(page, report, flow, *shift));
    }
}

/// What is recorded for rules that ask for something else now.
fn recorded(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>) {
    let recorded = report.recorded(flow);
    if recorded.is_empty() {
        return;
    }
    page.heading("Records to look at again");
    for (_, rule) in recorded {
        page.bullet(2, "?", Tone::Caution, &rules::named(rule));
        page.paragraph(4, "It changed. Look whether what is recorded as done, or waived, still covers it.");
        if let Some(change) = report.change(Kind::Rule, &rule.id) {
            why::changed(page, report, change);
        }
    }
}

fn outcome(page: &mut Page, intro: &str, outcome: Outcome) {
    let (symbol, word, tone, words) = outcome_words(outcome);
    let symbol = page.ink().symbol(symbol);
    let gap = if symbol.is_empty() { "" } else { " " };
    page.toned(2, tone, &format!("{intro} {symbol}{gap}{word}: {words}"));
}

fn fact(page: &mut Page, report: &UpgradeReport<'_>, shift: &FactShift) {
    let value = |ruleset: &Ruleset, at: Option<&(crate::model::DerivedIx, Vec<ValueIx>)>| {
        let (ix, values) = at?;
        let fact = ruleset.derived().get(*ix)?;
        let names: Vec<String> =
            values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.clone()).collect();
        let says = if names.len() > 1 { format!("not settled ({})", or(&names)) } else { or(&names) };
        Some((fact.clone(), says))
    };
    let before = value(report.before, shift.before.as_ref());
    let after = value(report.after, shift.after.as_ref());
    let Some((fact, _)) = after.as_ref().or(before.as_ref()) else { return };
    let says = match (&before, &after) {
        (Some((_, before)), Some((_, after))) => format!("It was {before}. Now it is {after}."),
        (None, Some((_, after))) => format!("It is new. It is {after}."),
        (Some((_, before)), None) => format!("It is no longer shown. It was {before}."),
        (None, None) => return,
    };
    page.gap();
    page.bullet(2, "•", Tone::Caution, &format!("{}: {}", fact.id, fact.title));
    page.paragraph(4, &says);
    let change = report.change(Kind::Derived, &fact.id).filter(|_| before.is_some());
    if let Some(change) = change {
        why::changed(page, report, change);
    }
    if after.is_some() {
        why::sources(page, report, &fact.cites, change);
    } else {
        why::sources_before(page, report, &fact.cites);
    }
}

/// The answers that may be other ones now.
fn again(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>) {
    if flow.difference.again.is_empty() {
        return;
    }
    page.heading("Answers to look at again");
    let until = if report.confirmable { ", so until you confirm your answer, what is new" } else { ": what is new" };
    let intro = "These questions have new choices. Nobody could choose them when you answered";
    page.paragraph(0, &format!("{intro}{until} counts as not known."));
    for again in &flow.difference.again {
        let Some(question) = report.after.questions().get(again.question) else { continue };
        let settles = flow.matters(again.question);
        let note = if settles { "" } else { " (nothing here depends on it)" };
        page.gap();
        page.bullet(2, "?", Tone::Caution, &format!("{}: {}{note}", question.id, question.prompt));
        for choice in again.new.iter().filter_map(|option| report.after.choice(again.question, *option)) {
            page.bullet(4, "•", Tone::Quiet, &format!("{}: {}", choice.id, choice.label));
        }
        if report.confirmable {
            page.paragraph(4, &format!("If your answer stands, add `--confirm {}`.", question.id));
        }
    }
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
