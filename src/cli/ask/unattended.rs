//! Nobody is asked: the answers come from a file.

use clearshare::finding::{Code, Finding};
use clearshare::interview::{Effect, Host, Reply, Review, Session};
use clearshare::model::{Exchange, Given, Kind, MythIx, QuestionIx};
use clearshare::text::quoted;

use super::begin::Begun;
use super::desk::Halt;
use super::keeping::Keeping;

/// An answer of the file that is not the one that the manifest gives already. Its question is not asked, so which of the two is
/// right would go unsaid.
pub(super) fn at_odds(begun: &Begun, answers: &Exchange, file: &str, manifest: &str) -> Option<Finding> {
    let mut given = answers.facts.iter();
    let (question, answer) =
        given.find(|(ix, answer)| begun.exchange.facts.get(*ix).is_some_and(|before| before.value != answer.value))?;
    let id = &begun.ruleset.questions().get(question)?.id;
    let place = match answer.given {
        Given::At(at) => format!(" at {}:{}", at.line, at.column),
        Given::Unstated => String::new(),
    };
    let message = format!("{}{place} answers `{id}` otherwise than {} does", quoted(file), quoted(manifest));
    Some(Finding::new(Code::AnswersDiffer, message).help("correct the one that is wrong, in its file"))
}

/// Answers from a file.
pub(super) struct Unattended<'k> {
    answers: Exchange,
    /// The file, as people know it.
    name: String,
    keeping: &'k mut Keeping,
    asked: Vec<QuestionIx>,
    /// What stops the interview.
    pub(super) fault: Option<Finding>,
}

impl<'k> Unattended<'k> {
    /// The answers of a file.
    pub(super) fn new(answers: Exchange, name: String, keeping: &'k mut Keeping) -> Self {
        Self { answers, name, keeping, asked: Vec::new(), fault: None }
    }

    /// The questions answered in the file that were never asked.
    pub(super) fn idle(&self) -> Vec<QuestionIx> {
        self.answers.facts.iter().map(|(ix, _)| ix).filter(|ix| !self.asked.contains(ix)).collect()
    }
}

impl Host for Unattended<'_> {
    type Error = Halt;

    fn ask(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Reply, Halt> {
        self.asked.push(question);
        if let Some(answer) = self.answers.facts.get(question) {
            return Ok(Reply::Answer(answer.value.clone()));
        }
        let Some(asked) = session.ruleset().questions().get(question) else { return Ok(Reply::Stop) };
        if asked.kind == Kind::Text {
            return Ok(Reply::Skip);
        }
        let id = &asked.id;
        let file = quoted(&self.name);
        let finding = Finding::new(Code::NoAnswer, format!("{file} has no answer to `{id}`"))
            .help(format!("add `{id}:` to it ({}); `unknown` is an answer", asked.prompt));
        self.fault = Some(finding);
        Err(Halt::Refused)
    }

    fn may_drop(&mut self, _session: &Session<'_>, _effect: &Effect) -> Result<bool, Halt> {
        Ok(true)
    }

    fn restored(&mut self, _session: &Session<'_>, _effect: &Effect) -> Result<(), Halt> {
        Ok(())
    }

    fn told(&mut self, session: &mut Session<'_>) -> Result<Option<Vec<MythIx>>, Halt> {
        if self.answers.told.is_empty() && !self.answers.told_nothing {
            session.leave_told_open();
        }
        Ok(Some(self.answers.told.clone()))
    }

    fn review(&mut self, _session: &mut Session<'_>) -> Result<Review, Halt> {
        Ok(Review::Finish)
    }

    fn keep(&mut self, session: &Session<'_>) -> Result<(), Halt> {
        self.keeping.keep_unasked(session).map_err(|finding| {
            self.fault = finding.map(|finding| *finding);
            if self.fault.is_some() { Halt::Refused } else { Halt::Interrupted }
        })
    }
}
