//! What an answer does to the others.

use crate::engine::Evaluator;
use crate::model::{Answer, AnswerValue, Facts, OptionIx, QuestionIx};

/// What an answer does to the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Answers whose questions no longer arise.
    pub moot: Vec<QuestionIx>,
    /// Answers that chose an option which is closed now: these are asked again where they still matter.
    pub closed: Vec<QuestionIx>,
    /// Questions answered "I do not know" that no longer arise: there is nothing to lose.
    pub unknown: Vec<QuestionIx>,
    /// Answers that had been set aside and have a point again.
    pub restored: Vec<QuestionIx>,
}

impl Effect {
    /// The answers that are set aside.
    pub fn dropped(&self) -> impl Iterator<Item = QuestionIx> + '_ {
        self.moot.iter().chain(&self.closed).chain(&self.unknown).copied()
    }

    /// Whether nothing is set aside that somebody knew.
    #[must_use]
    pub fn loses_nothing(&self) -> bool {
        self.moot.is_empty() && self.closed.is_empty()
    }
}

/// The answers with one more, and what it does to the others.
///
/// Whether a question arises and an option is open reads earlier questions only, and what does not arise or is closed counts
/// for nothing: so one pass in the order of the questions is enough.
pub(super) fn of(
    evaluator: &mut Evaluator<'_>,
    facts: &Facts,
    aside: &Facts,
    question: QuestionIx,
    answer: Answer,
) -> (Facts, Effect) {
    let (moot_before, closed_before) = (evaluator.moot(facts), closed(evaluator, facts));
    let mut after = facts.clone();
    after.set(question, answer);
    let restored = restore(evaluator, &mut after, aside, question);
    let newly = |before: &[QuestionIx], ix: QuestionIx| ix != question && !before.contains(&ix);
    let moot = evaluator.moot(&after).into_iter().filter(|ix| newly(&moot_before, *ix));
    let is_unknown = |ix: &QuestionIx| facts.get(*ix).is_some_and(|answer| answer.value == AnswerValue::Unknown);
    let (unknown, moot): (Vec<_>, Vec<_>) = moot.partition(is_unknown);
    unknown.iter().chain(&moot).for_each(|ix| drop(after.remove(*ix)));
    let closed: Vec<_> = closed(evaluator, &after).into_iter().filter(|ix| newly(&closed_before, *ix)).collect();
    closed.iter().for_each(|ix| drop(after.remove(*ix)));
    (after, Effect { moot, closed, unknown, restored })
}

/// Puts back what was set aside where it arises and all that it chose is open.
fn restore(evaluator: &mut Evaluator<'_>, after: &mut Facts, aside: &Facts, but: QuestionIx) -> Vec<QuestionIx> {
    let mut restored = Vec::new();
    for (question, answer) in aside.iter() {
        if question == but || after.get(question).is_some() {
            continue;
        }
        let mut tried = after.clone();
        tried.set(question, answer.clone());
        if !evaluator.moot(&tried).contains(&question) && !chose_closed(evaluator, &tried, question) {
            *after = tried;
            restored.push(question);
        }
    }
    restored
}

/// The answers that chose an option which is closed.
fn closed(evaluator: &mut Evaluator<'_>, facts: &Facts) -> Vec<QuestionIx> {
    facts.iter().map(|(ix, _)| ix).filter(|ix| chose_closed(evaluator, facts, *ix)).collect()
}

fn chose_closed(evaluator: &mut Evaluator<'_>, facts: &Facts, question: QuestionIx) -> bool {
    let chosen: &[OptionIx] = match facts.get(question).map(|answer| &answer.value) {
        Some(AnswerValue::One(option)) => std::slice::from_ref(option),
        Some(AnswerValue::Any { chosen, .. }) => chosen,
        _ => return false,
    };
    if chosen.is_empty() {
        return false;
    }
    let open = evaluator.open_options(facts, question);
    chosen.iter().any(|option| open.get(usize::from(option.0)) == Some(&false))
}
