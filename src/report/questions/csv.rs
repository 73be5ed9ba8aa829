//! The questions as CSV (RFC 4180), for a spreadsheet: one question a row, and a column for the answer.

use super::words::{self, Answers};
use super::{Entry, Group, QuestionsReport, State};
use crate::model::{Kind, Question};
use crate::report::Out;
use crate::report::escape::csv;

const HEAD: [&str; 10] = ["ask", "flows", "state", "id", "question", "help", "why", "type", "options", "answer"];

/// Writes them.
pub fn render(out: Out<'_>, report: &QuestionsReport<'_>) -> std::io::Result<()> {
    let mut rows = vec![HEAD.map(str::to_owned)];
    if report.sheet.screened {
        rows.extend(screened(report));
    } else {
        rows.extend(words::over_budget(report).map(|note| row("over-budget", note)));
        if report.sheet.count() == 0 {
            rows.push(row("none-left", words::NOTHING_LEFT));
        }
        rows.extend(report.sheet.groups.iter().flat_map(|group| self::group(report, group)));
    }
    rows.iter().try_for_each(|cells| write!(out, "{}\r\n", cells.each_ref().map(|cell| csv(cell)).join(",")))
}

/// A row that says something, and asks nothing.
fn row(state: &str, words: &str) -> [String; 10] {
    let mut row: [String; 10] = Default::default();
    let [_, _, of, _, question, ..] = &mut row;
    state.clone_into(of);
    words.clone_into(question);
    row
}

/// What to do where the safety screen ends the questions, and nothing else.
fn screened<'r>(report: &'r QuestionsReport<'_>) -> impl Iterator<Item = [String; 10]> + 'r {
    let rules = words::screens(report.ruleset).filter_map(|ix| report.ruleset.rules().get(ix));
    rules.map(|rule| {
        let steps = rule.steps.iter().map(|step| words::step(report.ruleset, step));
        let mut row = row("screened", &rule.title);
        let [_, _, _, _, _, help, ..] = &mut row;
        *help = std::iter::once(rule.because.to_string()).chain(steps).collect::<Vec<_>>().join("\n");
        row
    })
}

fn group<'r>(report: &'r QuestionsReport<'_>, group: &'r Group) -> impl Iterator<Item = [String; 10]> + 'r {
    group.questions.iter().filter_map(move |entry| {
        let question = report.ruleset.questions().get(entry.question)?;
        // The ruleset's help is for those who are asked by the program, which keeps nothing of a safety question.
        let told = |text: Option<&str>| text.filter(|_| !group.ask.safety).unwrap_or_default().to_owned();
        let (options, answer) = if group.ask.safety {
            (safety_options(report, entry), safety_answer(report, group, question))
        } else {
            (options(report, entry, question), String::new())
        };
        Some([
            words::whom(report.ruleset, &group.ask),
            entry.flows.join(" "),
            state(report, entry),
            question.id.clone(),
            question.prompt.to_string(),
            told(question.help.as_deref()),
            told(question.why.as_deref()),
            kind(question.kind).to_owned(),
            options,
            answer,
        ])
    })
}

fn state(report: &QuestionsReport<'_>, entry: &Entry) -> String {
    match &entry.state {
        State::Absent => "absent".to_owned(),
        State::Unknown => "unknown".to_owned(),
        State::InPart(_) => words::so_far(report.ruleset, entry).unwrap_or_default(),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo => "yes-no",
        Kind::OneOf => "one-of",
        Kind::AnyOf => "any-of",
        Kind::Text => "text",
    }
}

/// One option a line.
fn options(report: &QuestionsReport<'_>, entry: &Entry, question: &Question) -> String {
    match words::answers(report.ruleset, entry, question) {
        Answers::Many(count) => words::many_note(report, count, question),
        Answers::Listed(answers) => {
            let lines = answers.iter().map(|answer| format!("{}: {}", answer.id, answer.label));
            let lines: Vec<String> = lines.chain(words::closed_note(report, entry, question)).collect();
            lines.join("\n")
        }
    }
}

fn safety_options(report: &QuestionsReport<'_>, entry: &Entry) -> String {
    let labels: Vec<&str> = report.ruleset.choices(entry.question).iter().map(|choice| choice.label.as_str()).collect();
    labels.join("\n")
}

/// In place of an answer: nobody is to fill in which it is.
fn safety_answer(report: &QuestionsReport<'_>, group: &Group, question: &Question) -> String {
    let otherwise = words::otherwise(report.ruleset, &group.ask);
    format!("{} {otherwise} {}", words::NO_DETAILS, words::only_none(question))
}
