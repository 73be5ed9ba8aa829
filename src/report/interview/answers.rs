//! Answers in words, and all of them to go over.

use crate::model::{AnswerValue, Facts, Kind, MythIx, QuestionIx};
use crate::report::page::Page;
use crate::report::{Ink, Tone};
use crate::ruleset::Ruleset;
use crate::text::counted;

/// An answer in the words of its options. What was answered to a safety question is never shown.
#[must_use]
pub fn answer_in_words(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> String {
    if ruleset.is_screening(question) {
        return "given, and not shown".to_owned();
    }
    let label =
        |option: &crate::model::OptionIx| ruleset.choice(question, *option).map_or("", |choice| choice.label.as_str());
    match value {
        AnswerValue::Unknown => "I don't know".to_owned(),
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::One(option) => label(option).to_owned(),
        AnswerValue::Any { chosen, more } => {
            let mut labels: Vec<&str> = chosen.iter().map(label).collect();
            match (labels.is_empty(), more) {
                (true, false) => "none of these".to_owned(),
                (true, true) => "I don't know".to_owned(),
                (false, more) => {
                    if *more {
                        labels.push("and perhaps more");
                    }
                    labels.join("; ")
                }
            }
        }
    }
}

/// All answers by section, to go over.
#[must_use]
pub fn review(ruleset: &Ruleset, facts: &Facts, told: &[MythIx], ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.heading("Your answers");
    let mut section = None;
    let mut unknown = 0;
    for (ix, answer) in facts.iter() {
        let Some(question) = ruleset.questions().get(ix) else { continue };
        if section != Some(question.section) {
            section = Some(question.section);
            let title = ruleset.sections().get(question.section).map_or("", |section| section.title.as_str());
            page.gap();
            page.toned(0, Tone::Heading, title);
        }
        let open = answer.value.is_unknown() && question.kind != Kind::Text && !ruleset.is_screening(ix);
        unknown += usize::from(open);
        let (mark, tone) = if open { ("?", Tone::Caution) } else { ("•", Tone::Quiet) };
        page.bullet(2, mark, tone, &question.prompt);
        page.paragraph(4, &answer_in_words(ruleset, ix, &answer.value));
    }
    if !told.is_empty() {
        page.gap();
        page.toned(0, Tone::Heading, "What you have been told");
        for myth in told.iter().filter_map(|ix| ruleset.myths().get(*ix)) {
            page.bullet(2, "•", Tone::Quiet, &myth.belief);
        }
    }
    if unknown > 0 {
        page.gap();
        let still = counted(unknown, "answer is", "answers are");
        page.bullet(0, "?", Tone::Caution, &format!("{still} not known yet: the advice says what depends on that."));
    }
    page.finish()
}
