//! What a changed answer does to the others.

use super::answers::answer_in_words;
use crate::interview::{Effect, Session};
use crate::model::QuestionIx;
use crate::report::page::Page;
use crate::report::{Ink, Tone};
use crate::text::counted;

/// The answers that a changed one would set aside, before it is changed.
#[must_use]
pub fn set_aside(session: &Session<'_>, effect: &Effect, ink: Ink) -> String {
    let mut page = Page::new(ink);
    if !effect.moot.is_empty() {
        page.gap();
        let answers = counted(effect.moot.len(), "other answer has", "other answers have");
        page.bullet(0, "!", Tone::Caution, &format!("With this answer, {answers} no point any more:"));
        list(&mut page, session, &effect.moot);
    }
    if !effect.closed.is_empty() {
        page.gap();
        let answers = counted(effect.closed.len(), "other answer does", "other answers do");
        page.bullet(0, "!", Tone::Caution, &format!("With this answer, {answers} not fit any more:"));
        list(&mut page, session, &effect.closed);
    }
    page.paragraph(0, "What is set aside comes back if you change this answer back.");
    page.finish()
}

/// The answers that came back.
#[must_use]
pub fn restored(session: &Session<'_>, effect: &Effect, ink: Ink) -> String {
    let mut page = Page::new(ink);
    let answers = counted(effect.restored.len(), "answer that you gave before is", "answers that you gave before are");
    page.bullet(0, "!", Tone::Good, &format!("{answers} back:"));
    list(&mut page, session, &effect.restored);
    page.finish()
}

/// Answers that a manifest, or another ruleset, brought along and that have no point.
#[must_use]
pub fn brought_along(session: &Session<'_>, moot: &[QuestionIx], ink: Ink) -> String {
    let mut page = Page::new(ink);
    let answers = counted(moot.len(), "answer does not arise", "answers do not arise");
    page.bullet(0, "!", Tone::Caution, &format!("{answers} with the others, so left out:"));
    for ix in moot {
        if let Some(question) = session.ruleset().questions().get(*ix) {
            page.bullet(2, "•", Tone::Quiet, &format!("{} ({})", question.prompt, question.id));
        }
    }
    page.finish()
}

fn list(page: &mut Page, session: &Session<'_>, questions: &[QuestionIx]) {
    for ix in questions {
        let Some(question) = session.ruleset().questions().get(*ix) else { continue };
        page.bullet(2, "•", Tone::Quiet, &question.prompt);
        let value = session.answer_to(*ix).or_else(|| session.aside(*ix));
        if let Some(value) = value {
            page.paragraph(4, &answer_in_words(session.ruleset(), *ix, value));
        }
    }
}
