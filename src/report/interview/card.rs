//! One question, as it is asked.

use std::borrow::Cow;

use super::answers::answer_in_words;
use crate::interview::Progress;
use crate::model::{AnswerValue, Kind, Question, QuestionIx};
use crate::report::page::Page;
use crate::report::wrap::wrap;
use crate::report::{Ink, Tone, words};
use crate::ruleset::Ruleset;
use crate::text::visible;

/// A question with its help. Its section is named where it begins, and always for those who hear it.
#[must_use]
pub fn card(
    ruleset: &Ruleset,
    question: QuestionIx,
    progress: Progress,
    begins: bool,
    now: Option<&AnswerValue>,
    ink: Ink,
) -> String {
    let mut page = Page::new(ink);
    let Some(asked) = ruleset.questions().get(question) else { return String::new() };
    let section = ruleset.sections().get(asked.section).map_or("", |section| section.title.as_str());
    if ink.plain {
        page.paragraph(0, &format!("Section: {section}."));
    } else if begins {
        page.heading(section);
        page.gap();
    }
    page.toned(0, Tone::Quiet, &place(asked, progress, now.is_some()));
    page.toned(0, Tone::Heading, &asked.prompt);
    if let Some(help) = &*asked.help {
        page.paragraph(if ink.plain { 0 } else { 2 }, help);
    }
    if let Some(now) = now {
        page.toned(0, Tone::Quiet, &format!("Your answer so far: {}.", answer_in_words(ruleset, question, now)));
    }
    page.finish()
}

/// How far this is, and how much there can be.
fn place(question: &Question, progress: Progress, again: bool) -> String {
    if question.kind == Kind::Text {
        return "For people to read. No advice depends on it.".to_owned();
    }
    if again {
        return match progress.at_most {
            0 => "A question that you answered. Nothing else is left to ask.".to_owned(),
            more => format!("A question that you answered. At most {more} more after it."),
        };
    }
    let more = match progress.at_most.saturating_sub(1) {
        0 => "This is the last.".to_owned(),
        more => format!("At most {more} more after it."),
    };
    format!("Question {}. {more}", progress.answered + 1)
}

/// A heading with a text below it.
#[must_use]
pub fn heading(title: &str, paragraphs: &[&str], ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.heading(title);
    paragraphs.iter().for_each(|text| page.paragraph(0, text));
    page.finish()
}

/// A heading with a list below it.
#[must_use]
pub fn heading_over(title: &str, entries: &[&str], ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.heading(title);
    entries.iter().for_each(|text| page.bullet(0, "•", Tone::Quiet, text));
    page.finish()
}

/// What is to be typed.
#[must_use]
pub fn to_type(prompt: &str, ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.paragraph(0, prompt);
    page.finish()
}

/// What was said, so that it stands on the page when the line or the choices are gone.
#[must_use]
pub fn answered(words: &str, ink: Ink) -> String {
    let mut page = Page::new(ink);
    answer(&mut page, words);
    page.finish()
}

fn answer(page: &mut Page, words: &str) {
    let mark = if page.ink().plain { "Your answer:" } else { "→" };
    page.bullet(0, mark, Tone::Good, words);
}

/// A text in lines of no more than so many columns.
#[must_use]
pub fn lines(text: &str, width: usize) -> Vec<String> {
    wrap(&visible(text), width, 0).into_iter().map(Cow::into_owned).collect()
}

/// Something to know, or to take care about.
#[must_use]
pub fn note(text: &str, ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.bullet(0, "!", Tone::Caution, text);
    page.finish()
}

/// The answer that was given, so that it stands on the page when the choices are gone. Of a safety question only that it was
/// answered.
#[must_use]
pub fn sent(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue, ink: Ink) -> String {
    let mut page = Page::new(ink);
    let words = answer_in_words(ruleset, question, value);
    let who = ruleset.questions().get(question).and_then(|question| question.who);
    answer(&mut page, &words);
    if let (AnswerValue::Unknown, Some(who), false) = (value, who, ruleset.is_screening(question)) {
        let would = words::capital(&words::who(ruleset, who));
        page.paragraph(2, &format!("{would} would know. It stays open until you find out."));
    }
    page.finish()
}

/// Numbered choices: number, label, help, and whether it is chosen so far.
#[must_use]
pub fn choices(entries: &[(usize, &str, Option<&str>, bool)], ink: Ink) -> String {
    let mut page = Page::new(ink);
    for (number, label, help, chosen) in entries {
        let chosen = if *chosen { " (chosen)" } else { "" };
        page.bullet(if ink.plain { 0 } else { 2 }, &format!("{number}."), Tone::Quiet, &format!("{label}{chosen}"));
        if let Some(help) = help {
            page.paragraph(if ink.plain { 0 } else { 5 }, help);
        }
    }
    page.finish()
}

/// How to answer, and what else can be done.
#[must_use]
pub fn how_to_answer(ways: &str, actions: &[(char, &str)], ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.paragraph(0, &format!("To answer, {ways}"));
    if !actions.is_empty() {
        page.laid_out(&letters_alone(actions, ink));
    }
    page.finish()
}

/// What else can be done, each by its letter.
#[must_use]
pub fn letters_alone(actions: &[(char, &str)], ink: Ink) -> String {
    let mut page = Page::new(ink);
    let actions: Vec<String> = actions.iter().map(|(key, words)| format!("{key}: {words}")).collect();
    page.paragraph(0, &format!("Or a letter. {}.", actions.join("; ")));
    page.finish()
}
