//! The questions as text, for a terminal or a plain message.

use super::words::{self, Answer, Answers};
use super::{Ask, Entry, Group, QuestionsReport};
use crate::model::Question;
use crate::report::page::Page;
use crate::report::{Ink, Out, Tone, footer};

/// Writes them.
pub fn render(out: Out<'_>, report: &QuestionsReport<'_>, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    head(&mut page, report);
    if report.sheet.screened {
        screened(&mut page, report);
    } else {
        body(&mut page, report);
    }
    page.gap();
    page.toned(0, Tone::Quiet, &footer(report.ruleset, report.as_of));
    out.write_all(page.finish().as_bytes())
}

fn head(page: &mut Page, report: &QuestionsReport<'_>) {
    let title = report.name().map_or_else(|| "Questions".to_owned(), |name| format!("Questions: {name}"));
    page.toned(0, Tone::Heading, &title);
    if let Some((path, _)) = report.manifest {
        page.toned(0, Tone::Quiet, path);
    }
}

/// What to do where the safety screen ends the questions, and nothing else.
fn screened(page: &mut Page, report: &QuestionsReport<'_>) {
    for rule in words::screens(report.ruleset).filter_map(|ix| report.ruleset.rules().get(ix)) {
        page.heading(&rule.title);
        page.paragraph(0, &rule.because);
        for step in &rule.steps {
            page.bullet(0, "–", Tone::Quiet, &words::step(report.ruleset, step));
        }
    }
}

fn body(page: &mut Page, report: &QuestionsReport<'_>) {
    if let Some(note) = words::over_budget(report) {
        page.bullet(0, "!", Tone::Caution, note);
    }
    if report.sheet.count() == 0 {
        page.paragraph(0, words::NOTHING_LEFT);
        return;
    }
    page.paragraph(0, &words::summary(report));
    page.paragraph(
        0,
        "Send each group to the person who would know. “I do not know” is an answer too: write `unknown`.",
    );
    for group in &report.sheet.groups {
        self::group(page, report, group);
    }
}

fn group(page: &mut Page, report: &QuestionsReport<'_>, group: &Group) {
    if group.ask.safety {
        page.heading(words::SAFETY);
        page.bullet(2, "!", Tone::Caution, words::NO_DETAILS);
    } else {
        page.heading(&format!("Ask {}", words::whom(report.ruleset, &group.ask)));
    }
    for (at, entry) in group.questions.iter().enumerate() {
        let Some(question) = report.ruleset.questions().get(entry.question) else { continue };
        if at > 0 {
            page.gap();
        }
        page.bullet(2, "?", Tone::Caution, &question.prompt);
        if group.ask.safety {
            safety_answers(page, report, &group.ask, entry, question);
        } else {
            about(page, question);
            answers(page, report, entry, question);
        }
        page.paragraph(4, &place(report, entry, question));
    }
}

fn about(page: &mut Page, question: &Question) {
    if let Some(help) = &*question.help {
        page.paragraph(4, help);
    }
    if let Some(why) = &*question.why {
        page.paragraph(4, &format!("Why we ask: {why}"));
    }
}

fn answers(page: &mut Page, report: &QuestionsReport<'_>, entry: &Entry, question: &Question) {
    match words::answers(report.ruleset, entry, question) {
        Answers::Many(count) => page.paragraph(4, &words::many_note(report, count, question)),
        Answers::Listed(answers) => {
            page.paragraph(4, &format!("{}:", words::how(question.kind)));
            for Answer { id, label, chosen } in answers {
                let so_far = if chosen { " (named already)" } else { "" };
                page.bullet(4, "–", Tone::Quiet, &format!("{id}: {label}{so_far}"));
            }
        }
    }
    let notes = [words::closed_note(report, entry, question), words::so_far(report.ruleset, entry)];
    notes.into_iter().flatten().for_each(|note| page.paragraph(4, &note));
}

/// The kinds of information, without what stands for them in a manifest: nobody is to write that down. The ruleset's help is
/// for those who are asked by the program, which keeps nothing; a message keeps what is written in it.
fn safety_answers(page: &mut Page, report: &QuestionsReport<'_>, ask: &Ask, entry: &Entry, question: &Question) {
    for choice in report.ruleset.choices(entry.question) {
        page.bullet(4, "–", Tone::Quiet, &choice.label);
    }
    page.paragraph(4, &words::otherwise(report.ruleset, ask));
    page.paragraph(4, &words::only_none(question));
}

fn place(report: &QuestionsReport<'_>, entry: &Entry, question: &Question) -> String {
    let flows = words::flows(report, entry).map(|flows| format!(" {flows}")).unwrap_or_default();
    format!("The answer goes to {}.{flows}", question.id)
}
