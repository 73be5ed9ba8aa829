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

/// Whether an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    /// Its question may arise, and nothing that it chose is closed.
    Counts,
    /// Its question does not arise.
    Moot,
    /// It chose an option that is closed.
    Closed,
}

/// The answers with one more, and what it does to the others.
///
/// Whether a question arises and an option is open reads earlier questions only. So one pass in the order of the questions is
/// enough, and each answer is looked at when those before it are what they will be. An answer that counted for nothing before
/// stays where it is: a manifest brought it along, and [`super::Session::moot`] tells of it.
pub(super) fn of(
    evaluator: &mut Evaluator<'_>,
    facts: &Facts,
    aside: &Facts,
    question: QuestionIx,
    answer: Answer,
) -> (Facts, Effect) {
    evaluator.consider(facts);
    let counted: Vec<QuestionIx> = facts
        .iter()
        .filter(|(ix, answer)| point(evaluator, *ix, &answer.value) == Point::Counts)
        .map(|(ix, _)| ix)
        .collect();
    let (mut after, mut effect) = (facts.clone(), Effect::default());
    after.set(question, answer);
    evaluator.consider(&after);
    for ix in evaluator.ruleset().questions().ids().filter(|ix| *ix != question) {
        let to = match (facts.get(ix), aside.get(ix)) {
            (Some(answer), _) => match point(evaluator, ix, &answer.value) {
                Point::Moot if answer.value == AnswerValue::Unknown => &mut effect.unknown,
                Point::Moot => &mut effect.moot,
                Point::Closed => &mut effect.closed,
                Point::Counts => continue,
            },
            (None, Some(answer)) if point(evaluator, ix, &answer.value) == Point::Counts => {
                after.set(ix, answer.clone());
                evaluator.consider(&after);
                effect.restored.push(ix);
                continue;
            }
            (None, _) => continue,
        };
        if counted.contains(&ix) {
            to.push(ix);
            after.remove(ix);
            evaluator.consider(&after);
        }
    }
    (after, effect)
}

/// Whether an answer counts beside the answers considered last.
fn point(evaluator: &mut Evaluator<'_>, question: QuestionIx, value: &AnswerValue) -> Point {
    if !evaluator.may_arise(question) {
        return Point::Moot;
    }
    let chosen: &[OptionIx] = match value {
        AnswerValue::One(option) => std::slice::from_ref(option),
        AnswerValue::Any { chosen, .. } => chosen,
        AnswerValue::Unknown | AnswerValue::Text(_) => &[],
    };
    let closed = chosen.iter().any(|option| !evaluator.may_be_open(question, *option));
    if closed { Point::Closed } else { Point::Counts }
}
