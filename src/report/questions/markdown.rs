//! The questions as Markdown: a message to paste into a ticket or an email, with boxes to tick.

use super::words::{self, Answer, Answers};
use super::{Entry, Group, QuestionsReport};
use crate::model::Question;
use crate::report::escape::{markdown, markdown_line};
use crate::report::{Out, footer};

/// Writes them. The path of the manifest is nobody else's business, and is left out.
pub fn render(out: Out<'_>, report: &QuestionsReport<'_>) -> std::io::Result<()> {
    let title = report.name().map_or_else(|| "Questions".to_owned(), |name| format!("Questions: {name}"));
    let mut text = format!("# {}\n\n", markdown(&title));
    if report.sheet.screened {
        screened(&mut text, report);
    } else {
        body(&mut text, report);
    }
    paragraph(&mut text, &footer(report.ruleset, report.as_of));
    let text = text.trim_end();
    writeln!(out, "{text}")
}

/// What to do where the safety screen ends the questions, and nothing else.
fn screened(text: &mut String, report: &QuestionsReport<'_>) {
    for rule in words::screens(report.ruleset).filter_map(|ix| report.ruleset.rules().get(ix)) {
        text.push_str(&format!("## {}\n\n", markdown(&rule.title)));
        paragraph(text, &rule.because);
        list(text, rule.steps.iter().map(|step| words::step(report.ruleset, step)));
    }
}

fn body(text: &mut String, report: &QuestionsReport<'_>) {
    if let Some(note) = words::over_budget(report) {
        paragraph(text, note);
    }
    if report.sheet.count() == 0 {
        paragraph(text, words::NOTHING_LEFT);
        return;
    }
    paragraph(text, &words::summary(report));
    paragraph(
        text,
        "Answer what you can, and send it back. “I do not know” is an answer too. Describe the exchange, and send none of the data.",
    );
    let mut number = 0;
    for group in &report.sheet.groups {
        self::group(text, report, group, &mut number);
    }
}

fn group(text: &mut String, report: &QuestionsReport<'_>, group: &Group, number: &mut usize) {
    let whom = words::whom(report.ruleset, &group.ask);
    if group.ask.safety {
        text.push_str(&format!("## {}\n\n**{}**\n\n", words::SAFETY, words::NO_DETAILS));
    } else {
        text.push_str(&format!("## For {}\n\n", markdown(&whom)));
    }
    for entry in &group.questions {
        let Some(question) = report.ruleset.questions().get(entry.question) else { continue };
        *number += 1;
        text.push_str(&format!("### {number}. {}\n\n", markdown(&question.prompt)));
        if group.ask.safety {
            // No boxes: nobody is to tick one and send it.
            list(text, report.ruleset.choices(entry.question).iter().map(|choice| choice.label.clone()));
            paragraph(text, &words::otherwise(report.ruleset, &group.ask));
            paragraph(text, &words::only_none(question));
        } else {
            question.help.iter().for_each(|help| paragraph(text, help));
            question.why.iter().for_each(|why| paragraph(text, &format!("Why we ask: {why}")));
            answers(text, report, entry, question);
        }
        place(text, report, entry, question);
    }
}

fn answers(text: &mut String, report: &QuestionsReport<'_>, entry: &Entry, question: &Question) {
    match words::answers(report.ruleset, entry, question) {
        Answers::Many(count) => paragraph(text, &words::many_note(report, count, question)),
        Answers::Listed(answers) => {
            text.push_str(&format!("{}:\n\n", words::how(question.kind)));
            for Answer { id, label, chosen } in answers {
                let mark = if chosen { 'x' } else { ' ' };
                text.push_str(&format!("- [{mark}] {} ({})\n", markdown(label), markdown(id)));
            }
            text.push('\n');
        }
    }
    let notes = [words::closed_note(report, entry, question), words::so_far(report.ruleset, entry)];
    notes.into_iter().flatten().for_each(|note| paragraph(text, &note));
}

fn place(text: &mut String, report: &QuestionsReport<'_>, entry: &Entry, question: &Question) {
    let flows = words::flows(report, entry).map(|flows| format!(" {flows}")).unwrap_or_default();
    paragraph(text, &format!("The answer goes to {}.{flows}", question.id));
}

fn paragraph(text: &mut String, words: &str) {
    text.push_str(&markdown_line(words));
    text.push_str("\n\n");
}

fn list(text: &mut String, items: impl Iterator<Item = String>) {
    items.for_each(|item| text.push_str(&format!("- {}\n", markdown_line(&item))));
    text.push('\n');
}
