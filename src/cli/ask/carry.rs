//! Answers brought along from a manifest that is for another version of the ruleset.

use clearshare::model::{Answer, AnswerValue, Exchange, Facts, Ix, OptionIx, QuestionIx};
use clearshare::ruleset::Ruleset;

/// Answers under another ruleset.
pub(super) struct Carried {
    /// Those that mean the same there.
    pub(super) exchange: Exchange,
    /// The questions whose answers are not carried: the question is gone, or one of the options chosen is.
    pub(super) gone: Vec<String>,
    /// The questions that are asked again: they have options now that could not be chosen then.
    pub(super) again: Vec<String>,
}

/// Carries answers from one ruleset to another by the ids of questions and options. Where a question has options that it did
/// not have then, nobody can know whether they would have been chosen: it is asked again.
pub(super) fn carry(from: &Ruleset, exchange: &Exchange, to: &Ruleset) -> Carried {
    let mut carried = Carried { exchange: Exchange::default(), gone: Vec::new(), again: Vec::new() };
    let mut facts = Facts::default();
    for (ix, answer) in exchange.facts.iter() {
        let Some(question) = from.questions().get(ix) else { continue };
        let there = to.question_named(&question.id);
        match there.and_then(|there| Some((there, value(from, ix, &answer.value, to, there)?))) {
            None => carried.gone.push(question.id.clone()),
            Some((there, _)) if has_more(from, ix, to, there) => carried.again.push(question.id.clone()),
            Some((there, value)) => facts.set(there, Answer { value, given: answer.given }),
        }
    }
    carried.exchange.facts = facts;
    carried
}

/// The answer in the options of another ruleset; none where one of them is not there.
fn value(from: &Ruleset, at: QuestionIx, value: &AnswerValue, to: &Ruleset, there: QuestionIx) -> Option<AnswerValue> {
    let of_kind = from.questions().get(at)?.kind == to.questions().get(there)?.kind;
    let option = |option: &OptionIx| to.option_named(there, &from.choice(at, *option)?.id);
    of_kind.then_some(())?;
    Some(match value {
        AnswerValue::Unknown => AnswerValue::Unknown,
        AnswerValue::Text(text) => AnswerValue::Text(text.clone()),
        AnswerValue::One(chosen) => AnswerValue::One(option(chosen)?),
        AnswerValue::Any { chosen, more } => {
            let mut chosen: Vec<OptionIx> = chosen.iter().map(option).collect::<Option<_>>()?;
            chosen.sort_unstable_by_key(|option| option.index());
            AnswerValue::Any { chosen, more: *more }
        }
    })
}

/// Whether a question has options that it does not have in the other ruleset.
fn has_more(from: &Ruleset, at: QuestionIx, to: &Ruleset, there: QuestionIx) -> bool {
    to.choices(there).iter().any(|choice| from.option_named(at, &choice.id).is_none())
}
