//! Holding an interview: one question after another, whoever asks and wherever the answers are kept.

use super::effect::Effect;
use super::session::{Next, Session};
use crate::model::{AnswerValue, Kind, MythIx, QuestionIx};

/// What somebody does at a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Answers it; "I do not know" is an answer.
    Answer(AnswerValue),
    /// Leaves it without an answer: only a text can be left so.
    Skip,
    /// Goes back to the question before.
    Back,
    /// Saves and stops.
    Stop,
}

/// What somebody does with all answers before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// Changes the answer to a question.
    Change(QuestionIx),
    /// Changes what they have been told.
    ChangeTold,
    /// Is done.
    Finish,
    /// Saves and stops.
    Stop,
}

/// How an interview ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nothing is left to ask, and the answers were gone over.
    Finished,
    /// It can go on later.
    Stopped,
    /// The safety screen ended the questions. Nothing of that answer was kept.
    Screened,
}

/// Whoever asks, and keeps the answers. Why a question is asked and what is known so far are shown by it alone: they change
/// nothing.
pub trait Host {
    /// Why the interview cannot go on.
    type Error;

    /// Asks a question.
    fn ask(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Reply, Self::Error>;

    /// Asks whether an answer may make others pointless.
    fn may_drop(&mut self, session: &Session<'_>, effect: &Effect) -> Result<bool, Self::Error>;

    /// Says which answers came back.
    fn restored(&mut self, session: &Session<'_>, effect: &Effect) -> Result<(), Self::Error>;

    /// Asks what the team has been told; none where they would rather stop.
    fn told(&mut self, session: &mut Session<'_>) -> Result<Option<Vec<MythIx>>, Self::Error>;

    /// Goes over all answers.
    fn review(&mut self, session: &mut Session<'_>) -> Result<Review, Self::Error>;

    /// Keeps what is known, before anything else is asked.
    fn keep(&mut self, session: &Session<'_>) -> Result<(), Self::Error>;
}

/// Holds an interview until it is finished or stopped.
///
/// # Errors
/// What stops the host.
pub fn hold<H: Host>(session: &mut Session<'_>, host: &mut H) -> Result<Ended, H::Error> {
    let (mut wanted, mut skipped, mut told) = (None, Vec::new(), session.is_told_open());
    loop {
        let question = match (wanted.take(), session.what_next()) {
            (_, Next::Screened) => return Ok(Ended::Screened),
            (Some(question), _) | (None, Next::Ask(question)) => question,
            (None, Next::Nothing) => {
                if let Some(text) = next_text(session, &skipped) {
                    text
                } else if std::mem::take(&mut told) {
                    let Some(heard) = host.told(session)? else { return Ok(Ended::Stopped) };
                    session.set_told(heard);
                    host.keep(session)?;
                    continue;
                } else {
                    match host.review(session)? {
                        Review::Finish => return Ok(Ended::Finished),
                        Review::Stop => return Ok(Ended::Stopped),
                        Review::ChangeTold => told = true,
                        Review::Change(question) => wanted = Some(question),
                    }
                    continue;
                }
            }
        };
        match host.ask(session, question)? {
            Reply::Stop => return Ok(Ended::Stopped),
            Reply::Skip => {
                skipped.push(question);
                // A text that was there is taken out.
                if session.answer_to(question).is_some() {
                    session.forget(question);
                    host.keep(session)?;
                }
            }
            // From the first question there is no way back: it is asked again.
            Reply::Back => wanted = Some(before(session, question).unwrap_or(question)),
            Reply::Answer(value) => {
                if !give(session, host, question, &value)? {
                    wanted = Some(question);
                }
            }
        }
    }
}

/// Gives an answer and keeps it, unless it would drop others that are wanted.
fn give<H: Host>(
    session: &mut Session<'_>,
    host: &mut H,
    question: QuestionIx,
    value: &AnswerValue,
) -> Result<bool, H::Error> {
    let effect = session.preview(question, value);
    if !effect.loses_nothing() && !host.may_drop(session, &effect)? {
        return Ok(false);
    }
    let effect = session.answer(question, value);
    // An answer that ends the questions is kept nowhere.
    if session.is_screened() {
        return Ok(true);
    }
    host.keep(session)?;
    if !effect.restored.is_empty() {
        host.restored(session, &effect)?;
    }
    Ok(true)
}

/// The question before this one. Texts come last.
fn before(session: &mut Session<'_>, question: QuestionIx) -> Option<QuestionIx> {
    let is_text = session.ruleset().questions().get(question).is_some_and(|question| question.kind == Kind::Text);
    if !is_text {
        return session.before(Some(question));
    }
    session.texts().into_iter().rfind(|text| *text < question).or_else(|| session.before(None))
}

/// The first text that is not given yet and that nobody left out.
fn next_text(session: &mut Session<'_>, skipped: &[QuestionIx]) -> Option<QuestionIx> {
    let texts = session.texts();
    texts.into_iter().find(|text| session.answer_to(*text).is_none() && !skipped.contains(text))
}
