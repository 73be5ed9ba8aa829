//! What every format says of a question, in words.

use super::{Ask, Entry, QuestionsReport, State};
use crate::model::{Choice, Kind, Question, RuleIx, Step};
use crate::report::words;
use crate::ruleset::Ruleset;
use crate::text::counted;

/// The longest list of options written out.
const LISTED: usize = 16;

/// Above the safety screen's questions.
pub(super) const SAFETY: &str = "First of all: the safety check";

/// What to do with them.
pub(super) const NO_DETAILS: &str =
    "Do not describe the information to anybody here, and do not send or write down which of these it is.";

/// Where there is nothing to ask.
pub(super) const NOTHING_LEFT: &str = "No questions are left: nothing that is still unanswered can change the advice. That does not say that you may share.";

/// That a limit of work was reached. Where there is no manifest, nothing more than "may arise" is said of a question anyway.
pub(super) fn over_budget(report: &QuestionsReport<'_>) -> Option<&'static str> {
    (report.sheet.over_budget && report.manifest.is_some())
        .then_some("This ruleset is too tangled to settle everything here: a question may be called open that is not.")
}

/// What to do where the safety question cannot be answered with `none`.
pub(super) fn otherwise(ruleset: &Ruleset, ask: &Ask) -> String {
    format!("If it is one of these, or you are not sure, go no further: speak to {} first.", whom(ruleset, ask))
}

/// Whom to ask: "the sender's legal adviser (HM Revenue and Customs)".
pub(super) fn whom(ruleset: &Ruleset, ask: &Ask) -> String {
    let role = ask.who.map_or_else(|| "whoever knows the exchange best".to_owned(), |who| words::who(ruleset, who));
    match body(ruleset, ask) {
        Some(body) => format!("{role} ({})", body.label),
        None => role,
    }
}

/// The body whose person is to be asked.
pub(super) fn body<'r>(ruleset: &'r Ruleset, ask: &Ask) -> Option<&'r Choice> {
    ask.body.and_then(|(question, option)| ruleset.choice(question, option))
}

/// How many questions there are, and of what they are.
pub(super) fn summary(report: &QuestionsReport<'_>) -> String {
    let count = counted(report.sheet.count(), "question", "questions");
    match (report.manifest, report.sheet.count()) {
        (None, 1) => format!("{count} may arise."),
        (None, _) => format!("{count} may arise. Answers leave out many of them."),
        (Some(_), 1) => format!("{count} is still open."),
        (Some(_), _) => format!("{count} are still open."),
    }
}

/// How a question is answered.
pub(super) fn how(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo => "Yes or no",
        Kind::OneOf => "One of these",
        Kind::AnyOf => "Any of these, or none",
        Kind::Text => "In your words",
    }
}

/// One answer that can be given.
pub(super) struct Answer<'r> {
    /// What is written in a manifest.
    pub(super) id: &'r str,
    /// In words.
    pub(super) label: &'r str,
    /// Whether it was given already.
    pub(super) chosen: bool,
}

/// The answers that can still be given.
pub(super) enum Answers<'r> {
    /// Each of them, with `none` and `unknown`.
    Listed(Vec<Answer<'r>>),
    /// Too many to write out.
    Many(usize),
}

/// The answers that can still be given to a question.
pub(super) fn answers<'r>(ruleset: &'r Ruleset, entry: &Entry, question: &Question) -> Answers<'r> {
    if entry.options.len() > LISTED {
        return Answers::Many(entry.options.len());
    }
    let choices = entry.options.iter().filter_map(|option| Some((*option, ruleset.choice(entry.question, *option)?)));
    let chosen = |option| matches!(&entry.state, State::InPart(chosen) if chosen.contains(&option));
    let mut answers: Vec<Answer<'r>> = choices
        .map(|(option, choice)| Answer { id: &choice.id, label: &choice.label, chosen: chosen(option) })
        .collect();
    let answer = |id, label| Answer { id, label, chosen: false };
    // Where some are known to hold, "none" is no answer any more.
    if question.kind == Kind::AnyOf && !matches!(&entry.state, State::InPart(chosen) if !chosen.is_empty()) {
        answers.push(answer("none", "None of these"));
    }
    answers.push(answer("unknown", "I do not know"));
    Answers::Listed(answers)
}

/// How many options are known to be closed for this exchange: they are not shown, and not hidden either.
pub(super) fn closed(ruleset: &Ruleset, entry: &Entry) -> usize {
    ruleset.choices(entry.question).len().saturating_sub(entry.options.len())
}

/// A note on the options that are not listed.
pub(super) fn closed_note(report: &QuestionsReport<'_>, entry: &Entry, question: &Question) -> Option<String> {
    let closed = closed(report.ruleset, entry);
    let verb = if closed == 1 { "does" } else { "do" };
    (closed > 0).then(|| {
        let explain = explain(report, question);
        format!("{} {verb} not fit the answers so far: `{explain}` lists them too.", counted(closed, "other", "others"))
    })
}

/// Where many options are listed.
pub(super) fn many_note(report: &QuestionsReport<'_>, count: usize, question: &Question) -> String {
    let explain = explain(report, question);
    match question.kind {
        Kind::AnyOf => format!("Any of {count}, or none: write their names. `{explain}` lists them."),
        _ => format!("One of {count}: write its name. `{explain}` lists them."),
    }
}

/// The command that lists all options, for the ruleset that asks.
fn explain(report: &QuestionsReport<'_>, question: &Question) -> String {
    let which =
        if report.inside { format!("--ruleset {}", report.ruleset.reference()) } else { "--rules DIR".to_owned() };
    format!("clearshare explain {} {which}", question.id)
}

/// What was answered so far, where that was something.
pub(super) fn so_far(ruleset: &Ruleset, entry: &Entry) -> Option<String> {
    match &entry.state {
        State::Absent => None,
        State::Unknown => Some("So far it is not known.".to_owned()),
        State::InPart(chosen) => {
            let ids = words::options(ruleset, entry.question, chosen);
            Some(match ids.as_slice() {
                [] => "So far it is not known.".to_owned(),
                ids => format!("So far: {}. What else holds is not known: if nothing does, say so.", ids.join(", ")),
            })
        }
    }
}

/// For which exchanges a question is open, where there are several.
pub(super) fn flows(report: &QuestionsReport<'_>, entry: &Entry) -> Option<String> {
    let ids = entry.flows.join(", ");
    let noun = if entry.flows.len() == 1 { "flow" } else { "flows" };
    (report.sheet.flows > 1).then(|| format!("For the {noun} {ids}."))
}

/// The rules of the safety screen: what to do where it ends the questions. Each is named, whichever applies.
pub(super) fn screens(ruleset: &Ruleset) -> impl Iterator<Item = RuleIx> + '_ {
    ruleset.compiled().screens.iter().map(|screen| screen.rule)
}

/// A step, with who takes it.
pub(super) fn step(ruleset: &Ruleset, step: &Step) -> String {
    format!("{}: {}", words::capital(&words::who(ruleset, step.who)), step.action)
}

/// The one answer to a safety question that is ever written down.
pub(super) fn only_none(question: &Question) -> String {
    format!("Only if it is none of these, write `none` under {} in the manifest.", question.id)
}
