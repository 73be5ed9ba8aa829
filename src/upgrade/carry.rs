//! Answers and records brought along from one ruleset to another, by their ids.

use crate::model::{Answer, AnswerValue, Basis, Done, Exchange, Facts, Ix, OptionIx, QuestionIx, Rule, RuleIx, Waiver};
use crate::ruleset::Ruleset;

/// Answers under another ruleset.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Carried {
    /// Those that mean the same there.
    pub facts: Facts,
    /// The questions whose answers are not carried: the question is gone, or one of the options chosen is.
    pub gone: Vec<String>,
    /// The answers that may be other ones now: their questions have options that could not be chosen then.
    pub again: Vec<Again>,
}

/// An answer to a question that has more options now.
#[derive(Debug, Clone, PartialEq)]
pub struct Again {
    /// The question, in the ruleset that the answers are carried to.
    pub question: QuestionIx,
    /// The options that it did not have.
    pub new: Vec<OptionIx>,
    /// The answer as it was given, in the options of that ruleset.
    given: Answer,
}

/// Carries answers from one ruleset to another by the ids of questions and options. Where a question has options that it did
/// not have then, nobody can know whether they would have been chosen: its answer is kept apart.
#[must_use]
pub fn carry(from: &Ruleset, facts: &Facts, to: &Ruleset) -> Carried {
    let mut carried = Carried::default();
    for (ix, answer) in facts.iter() {
        let Some(question) = from.questions().get(ix) else { continue };
        let there = to.question_named(&question.id);
        let Some((there, value)) = there.and_then(|there| Some((there, value(from, ix, &answer.value, to, there)?)))
        else {
            carried.gone.push(question.id.clone());
            continue;
        };
        let given = Answer { value, given: answer.given };
        let new = new_options(from, ix, to, there);
        if new.is_empty() {
            carried.facts.set(there, given);
        } else {
            carried.again.push(Again { question: there, new, given });
        }
    }
    carried
}

impl Carried {
    /// The answers, those to questions with new options among them. An option that is new is not known to hold or not: of an
    /// answer with several options those that were named hold, and any other answer is as if it had not been given. An answer
    /// that is confirmed stands as it is.
    #[must_use]
    pub(super) fn cautious(&self, to: &Ruleset, confirmed: &[QuestionIx]) -> Facts {
        let mut facts = self.facts.clone();
        for again in &self.again {
            if let Some(value) = again.value(to, confirmed) {
                facts.set(again.question, Answer { value, given: again.given.given });
            }
        }
        facts
    }
}

impl Carried {
    /// The answers as they were given, those to questions with new options among them.
    pub(super) fn as_given(&self) -> Facts {
        let mut facts = self.facts.clone();
        self.again.iter().for_each(|again| facts.set(again.question, again.given.clone()));
        facts
    }
}

impl Again {
    /// Whether the answer says nothing of the new options as it stands.
    #[must_use]
    pub fn leaves_open(&self) -> bool {
        self.given.value.is_unknown()
    }

    fn value(&self, to: &Ruleset, confirmed: &[QuestionIx]) -> Option<AnswerValue> {
        let given = &self.given.value;
        if confirmed.contains(&self.question) || self.leaves_open() {
            return Some(given.clone());
        }
        match given {
            // An unknown answer to the safety screen would be taken for one that ends the questions.
            AnswerValue::Any { chosen, .. } if !chosen.is_empty() && !to.is_screening(self.question) => {
                Some(AnswerValue::Any { chosen: chosen.clone(), more: true })
            }
            _ => None,
        }
    }
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

/// The options of a question that it does not have in the other ruleset.
fn new_options(from: &Ruleset, at: QuestionIx, to: &Ruleset, there: QuestionIx) -> Vec<OptionIx> {
    let choices = to.choices(there).iter().enumerate();
    choices.filter(|(_, choice)| from.option_named(at, &choice.id).is_none()).map(|(ix, _)| OptionIx::new(ix)).collect()
}

/// What is recorded as done and as waived, for the rules that are settled that way in the other ruleset too.
pub(super) fn records(from: &Ruleset, exchange: &Exchange, to: &Ruleset) -> (Vec<Done>, Vec<Waiver>) {
    let there = |rule: RuleIx| -> Option<(RuleIx, &Rule)> {
        let ix = to.rule_named(&from.rules().get(rule)?.id)?;
        Some((ix, to.rules().get(ix)?))
    };
    let done = exchange.done.iter().filter_map(|done| {
        let (rule, _) = there(done.rule).filter(|(_, rule)| rule.settled_by_done())?;
        Some(Done { rule, ..done.clone() })
    });
    let waivers = exchange.waivers.iter().filter_map(|waiver| {
        let (rule, at) = there(waiver.rule).filter(|(_, rule)| rule.waivable())?;
        let id = waiver.role.and_then(|role| from.roles().get(role)).map(|role| &role.id);
        let role = id.and_then(|id| to.roles().find(|role| role.id == *id));
        let may = at.basis != Basis::Policy || role.is_some_and(|role| at.waivable_by.contains(&role));
        may.then(|| Waiver { rule, role, ..waiver.clone() })
    });
    (done.collect(), waivers.collect())
}
