//! Advice for people, in a terminal.
//!
//! In this order: the outcome, what is settled, what stops it, what to do first and who does it, good practice, what is not
//! needed, beliefs that are answered, what is still unanswered, sources, and which ruleset says so.

mod actions;
mod brief;
mod facts;
mod notes;
mod open;

use super::decided::Decided;
use super::page::Page;
use super::{Detail, Ink, ManifestReport, Out, Tone, footer, words};
use crate::check::CheckedFlow;
use crate::engine::{Evaluator, Outcome};
use crate::model::{Rule, RuleIx, Status};
use crate::ruleset::Ruleset;
use notes::Notes;

/// The outcome in words, with its symbol and tone.
#[must_use]
pub fn outcome_words(outcome: Outcome) -> (&'static str, &'static str, Tone, &'static str) {
    match outcome {
        Outcome::Stop => ("✗", "STOP", Tone::Bad, "Do not share as proposed."),
        Outcome::Refer | Outcome::Screened => ("!", "REFER", Tone::Caution, "Get advice first."),
        Outcome::Incomplete => ("?", "INCOMPLETE", Tone::Caution, "Can't tell yet."),
        Outcome::ActFirst => ("○", "ACT FIRST", Tone::Caution, "You can share once these are done."),
        Outcome::Ready => ("✓", "READY", Tone::Good, "Nothing in this ruleset stops this."),
    }
}

/// The safety screen where there is no manifest: what to do, and nothing of the answers.
#[must_use]
pub fn screen(ruleset: &Ruleset, as_of: crate::model::Date, ink: Ink) -> String {
    let (mut page, mut notes) = (Page::new(ink), Notes::default());
    headline(&mut page, Outcome::Screened);
    safety_steps(&mut page, &mut notes, ruleset);
    notes.write(&mut page, ruleset);
    page.gap();
    page.toned(0, Tone::Quiet, &footer(ruleset, as_of));
    page.finish()
}

/// What is settled, and what is not, of advice that may still change.
#[must_use]
pub fn provisional_facts(ruleset: &Ruleset, advice: &crate::engine::Advice, ink: Ink) -> String {
    let mut page = Page::new(ink);
    facts::settled(&mut page, &mut Notes::unmarked(), ruleset, advice, false);
    page.finish()
}

/// Writes the advice on one manifest.
pub fn render(
    out: Out<'_>,
    evaluator: &mut Evaluator<'_>,
    report: &ManifestReport<'_>,
    detail: Detail,
    ink: Ink,
) -> std::io::Result<()> {
    if detail == Detail::Quiet {
        let (_, _, _, words) = outcome_words(report.checked.outcome());
        let word = report.checked.outcome().word();
        let since =
            report.since.map(|since| format!(" Known since the baseline: {}; new: {}.", since.known, since.new));
        let (path, since) = (crate::text::visible(report.path), since.unwrap_or_default());
        return writeln!(out, "{path}: {word}: {words}{since}");
    }
    let mut page = Page::new(ink);
    let mut notes = Notes::default();
    let ruleset = evaluator.ruleset();
    if report.checked.is_screened() {
        screened(&mut page, &mut notes, ruleset, report);
    } else {
        whole(&mut page, &mut notes, evaluator, report, detail);
    }
    notes.write(&mut page, ruleset);
    page.gap();
    if detail != Detail::Brief {
        // The first line is far away by now.
        headline(&mut page, report.checked.outcome());
    }
    for notice in report.notices {
        page.bullet(0, "!", Tone::Caution, notice);
    }
    page.toned(0, Tone::Quiet, &footer(ruleset, report.as_of));
    out.write_all(page.finish().as_bytes())
}

fn whole(
    page: &mut Page,
    notes: &mut Notes,
    evaluator: &mut Evaluator<'_>,
    report: &ManifestReport<'_>,
    detail: Detail,
) {
    let ruleset = evaluator.ruleset();
    headline(page, report.checked.outcome());
    let flows = &report.checked.flows;
    let named = |id: &str| ruleset.question_named(id).and_then(|ix| flows.first().and_then(|flow| flow.flow.text(ix)));
    match (named("exchange.title"), named("exchange.reference")) {
        (Some(title), Some(reference)) => page.paragraph(0, &format!("{title} ({reference})")),
        (Some(title), None) => page.paragraph(0, title),
        _ => {}
    }
    page.toned(0, Tone::Quiet, report.path);
    if let [only] = flows.as_slice() {
        flow(page, notes, evaluator, only, &Decided::new(ruleset, report, 0), report, detail);
        return;
    }
    facts::highest(page, ruleset, report.checked);
    for (at, checked) in flows.iter().enumerate() {
        let (_, word, _, words) = outcome_words(checked.advice.outcome);
        page.gap();
        page.heading(&format!("Flow {}: {word}. {words}", checked.flow.exchange.id));
        flow(page, notes, evaluator, checked, &Decided::new(ruleset, report, at), report, detail);
    }
}

/// The safety screen: what to do, and nothing else. Not even the title of the exchange is shown.
fn screened(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, report: &ManifestReport<'_>) {
    headline(page, Outcome::Screened);
    page.toned(0, Tone::Quiet, report.path);
    safety_steps(page, notes, ruleset);
}

fn safety_steps(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset) {
    for screen in &ruleset.compiled().screens {
        let Some(rule) = ruleset.rules().get(screen.rule) else { continue };
        page.heading(&format!("{}{}", rule.title, notes.cite(&rule.cites)));
        page.paragraph(0, &rule.because);
        for step in &rule.steps {
            actions::step(page, ruleset, step, 0);
        }
    }
}

fn headline(page: &mut Page, outcome: Outcome) {
    let (symbol, word, tone, words) = outcome_words(outcome);
    let symbol = page.ink().symbol(symbol);
    let gap = if symbol.is_empty() { "" } else { " " };
    page.toned(0, tone, &format!("{symbol}{gap}{word}: {words}"));
}

fn flow(
    page: &mut Page,
    notes: &mut Notes,
    evaluator: &mut Evaluator<'_>,
    checked: &CheckedFlow,
    decided: &Decided<'_>,
    report: &ManifestReport<'_>,
    detail: Detail,
) {
    let ruleset = evaluator.ruleset();
    if detail == Detail::Brief {
        brief::flow(page, ruleset, checked, decided);
        over_budget(page, checked);
        return;
    }
    let verbose = detail == Detail::Verbose;
    facts::settled(page, notes, ruleset, &checked.advice, verbose);
    facts::candidates(page, notes, ruleset, &checked.advice);
    actions::stops(page, notes, ruleset, &checked.advice, decided);
    actions::referrals(page, notes, ruleset, &checked.advice, decided);
    actions::first(page, notes, ruleset, &checked.advice, decided);
    actions::later(page, notes, ruleset, &checked.advice);
    actions::good_practice(page, notes, ruleset, &checked.advice);
    actions::not_needed(page, ruleset, &checked.advice);
    actions::settled(page, ruleset, checked, verbose);
    facts::myths(page, notes, ruleset, &checked.advice);
    open::unanswered(page, ruleset, &checked.advice);
    open::undetermined(page, notes, ruleset, &checked.advice, verbose);
    open::upcoming(page, notes, ruleset, &checked.advice);
    over_budget(page, checked);
    if verbose {
        evaluator.reconsider(&checked.flow.exchange);
        open::derivations(page, evaluator, checked, report.path);
    }
}

/// That something may be called open that is not, where that is so.
fn over_budget(page: &mut Page, checked: &CheckedFlow) {
    const WORDS: &str =
        "This ruleset is too tangled to settle everything here: something may be called open that is not.";
    if checked.advice.over_budget {
        page.gap();
        page.bullet(0, "!", Tone::Caution, WORDS);
    }
}

/// The rules of a status, in the order of the ruleset.
fn with_status<'r>(
    ruleset: &'r Ruleset,
    advice: &crate::engine::Advice,
    status: Status,
) -> impl Iterator<Item = (RuleIx, &'r Rule)> {
    let statuses = advice.statuses.clone();
    ruleset.rules().iter().filter(move |(ix, _)| statuses.get(usize::from(ix.0)) == Some(&status))
}

/// "the sender's data protection officer: do this → product".
pub(super) fn step_words(ruleset: &Ruleset, step: &crate::model::Step) -> String {
    let product = step.produces.as_ref().map(|p| format!(" (gives: {p})")).unwrap_or_default();
    format!("{}: {}{product}", words::capital(&words::who(ruleset, step.who)), step.action)
}
