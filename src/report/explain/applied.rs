//! How a rule or a derived fact comes out for a manifest, and why.

use super::Subject;
use crate::check::CheckedFlow;
use crate::engine::Evaluator;
use crate::model::{DerivedIx, Ix, QuestionIx, RuleIx, Status};
use crate::report::decided::Decided;
use crate::report::page::Page;
use crate::report::{Ink, ManifestReport, Out, Tone, footer, text, why, words};
use crate::ruleset::Ruleset;

/// Writes how a rule or a derived fact comes out in each exchange of a manifest, and the tests that decided it. Where the safety
/// screen ended everything, only what to do is written. Nothing is written of what no manifest decides.
pub fn applied(
    out: Out<'_>,
    evaluator: &mut Evaluator<'_>,
    report: &ManifestReport<'_>,
    subject: Subject,
    ink: Ink,
) -> std::io::Result<()> {
    let ruleset = evaluator.ruleset();
    if report.checked.is_screened() {
        return out.write_all(text::screen(ruleset, report.as_of, ink).as_bytes());
    }
    let mut page = Page::new(ink);
    head(&mut page, ruleset, subject);
    page.toned(0, Tone::Quiet, report.path);
    let several = report.checked.flows.len() > 1;
    for (at, checked) in report.checked.flows.iter().enumerate() {
        if several {
            page.heading(&format!("Flow {}", checked.flow.exchange.id));
        } else {
            page.gap();
        }
        evaluator.reconsider(&checked.flow.exchange);
        match subject {
            Subject::Rule(ix) => rule(&mut page, evaluator, report, (at, checked), ix),
            Subject::Derived(ix) => derived(&mut page, evaluator, checked, ix),
            _ => {}
        }
    }
    page.gap();
    page.toned(0, Tone::Quiet, &footer(report.ruleset, report.as_of));
    out.write_all(page.finish().as_bytes())
}

fn head(page: &mut Page, ruleset: &Ruleset, subject: Subject) {
    let (id, title) = match subject {
        Subject::Rule(ix) => ruleset.rules().get(ix).map(|rule| (&rule.id, &*rule.title)).unzip(),
        Subject::Derived(ix) => ruleset.derived().get(ix).map(|fact| (&fact.id, &fact.title)).unzip(),
        _ => (None, None),
    };
    if let (Some(id), Some(title)) = (id, title) {
        page.toned(0, Tone::Quiet, &format!("{} {id}", subject.kind()));
        page.toned(0, Tone::Heading, title);
    }
}

fn rule(
    page: &mut Page,
    evaluator: &Evaluator<'_>,
    report: &ManifestReport<'_>,
    (at, checked): (usize, &CheckedFlow),
    ix: RuleIx,
) {
    let ruleset = evaluator.ruleset();
    let Some(rule) = ruleset.rules().get(ix) else { return };
    let status = checked.advice.status(ix);
    let (mark, tone, words) = match status {
        Status::Applies => ("○", Tone::Caution, "It applies, and is outstanding."),
        Status::Undetermined if checked.advice.applies.get(ix.index()) == Some(&Some(true)) => {
            ("?", Tone::Caution, "It applies. Whether it is met cannot be told yet.")
        }
        Status::Undetermined => ("?", Tone::Caution, "Whether it applies cannot be told yet."),
        Status::Met => ("✓", Tone::Good, "It applies, and your answers meet it."),
        Status::Done => ("✓", Tone::Good, "It applies, and is recorded as done."),
        Status::Waived => ("✓", Tone::Good, "It applies, and is waived."),
        Status::NotApplicable if rule.upcoming.is_some() => ("•", Tone::Quiet, "It is not in force yet."),
        Status::NotApplicable => ("✓", Tone::Good, "It does not apply."),
    };
    page.bullet(0, mark, tone, &format!("{words} ({})", status.word()));
    Decided::new(ruleset, report, at).show(page, ix, 2);
    let explainer = evaluator.explainer(&checked.flow.exchange, &checked.advice);
    let derivation = explainer.rule(ix, rule);
    page.heading("Why");
    for line in why::derivation(ruleset, &derivation, "") {
        page.step(line.depth, &line.text);
    }
    settling(page, ruleset, derivation.would_settle);
}

fn derived(page: &mut Page, evaluator: &Evaluator<'_>, checked: &CheckedFlow, ix: DerivedIx) {
    let ruleset = evaluator.ruleset();
    let Some(fact) = ruleset.derived().get(ix) else { return };
    let values = checked.advice.derived.get(ix.index()).map_or(&[][..], Vec::as_slice);
    let names: Vec<&str> =
        values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.as_str()).collect();
    match names.as_slice() {
        [only] => page.bullet(0, "•", Tone::Good, &format!("It is {only}.")),
        several => {
            let names: Vec<String> = several.iter().map(|name| (*name).to_owned()).collect();
            page.bullet(0, "?", Tone::Caution, &format!("Not settled yet. It can be {}.", words::or(&names)));
        }
    }
    page.heading("Why");
    let explainer = evaluator.explainer(&checked.flow.exchange, &checked.advice);
    for line in why::because(ruleset, &explainer.derived(ix), "") {
        page.step(line.depth, &line.text);
    }
    settling(page, ruleset, checked.advice.derived_hinges.get(ix.index()).map_or(&[], Vec::as_slice));
}

/// The questions whose answers would settle it.
fn settling(page: &mut Page, ruleset: &Ruleset, questions: &[QuestionIx]) {
    if questions.is_empty() {
        return;
    }
    page.heading("What would settle it");
    for question in questions.iter().filter_map(|ix| ruleset.questions().get(*ix)) {
        page.bullet(2, "?", Tone::Caution, &format!("{} ({})", question.prompt, question.id));
    }
}
