//! Which answers to the safety screen may be written: those on which no rule that ends the questions can come to rest.
//!
//! This is told from the words of the rules, not from their status, so that no order of answers lets one through: an answer
//! that could ever help such a rule to apply is left out, beside whatever other answers.

use crate::model::{AnswerValue, Choice, Condition, Facts, Form, Item, OptionIx, QuestionIx, Subject};
use crate::ruleset::Ruleset;

/// Whether an answer may be written. An answer to a question that is no part of the screen always may.
pub(super) fn may_write(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> bool {
    !ruleset.is_screening(question) || (!value.is_unknown() && !helps_one(ruleset, question, value))
}

/// The facts that may be written.
pub(super) fn writable(ruleset: &Ruleset, facts: &Facts) -> Facts {
    let mut writable = Facts::default();
    for (question, answer) in facts.iter().filter(|(question, answer)| may_write(ruleset, *question, &answer.value)) {
        writable.set(question, answer.clone());
    }
    writable
}

/// Whether the answer could help a rule that ends the questions to apply.
fn helps_one(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> bool {
    ruleset.rules().iter().filter(|(_, rule)| rule.ends_questions).any(|(_, rule)| {
        let looked_at = Looked { ruleset, question, value };
        looked_at.helps(&rule.when, true)
    })
}

/// An answer beside the conditions that read it.
struct Looked<'r> {
    ruleset: &'r Ruleset,
    question: QuestionIx,
    value: &'r AnswerValue,
}

impl Looked<'_> {
    /// Whether the answer makes a part of the condition `wanted`, and so helps the whole towards holding.
    fn helps(&self, condition: &Condition, wanted: bool) -> bool {
        match condition {
            Condition::All(of) | Condition::Any(of) | Condition::Count { of, .. } => {
                of.iter().any(|part| self.helps(part, wanted))
            }
            Condition::None(of) => of.iter().any(|part| self.helps(part, !wanted)),
            Condition::Not(part) => self.helps(part, !wanted),
            Condition::Test(test) => match &test.subject {
                Subject::Question(question, form) if *question == self.question => {
                    if wanted {
                        self.may_pass(form)
                    } else {
                        !self.must_pass(form)
                    }
                }
                Subject::Question(..) => false,
                // What a derived fact makes of the answer is not looked into: then nothing may be written.
                Subject::Derived(..) => true,
            },
        }
    }

    fn chosen(&self) -> Vec<(OptionIx, &Choice)> {
        let options = match self.value {
            AnswerValue::One(option) => std::slice::from_ref(option),
            AnswerValue::Any { chosen, .. } => chosen,
            AnswerValue::Unknown | AnswerValue::Text(_) => &[],
        };
        options.iter().filter_map(|option| Some((*option, self.ruleset.choice(self.question, *option)?))).collect()
    }

    fn is(item: Item, chosen: &[(OptionIx, &Choice)]) -> bool {
        match item {
            Item::Option(option) => chosen.iter().any(|(chosen, _)| *chosen == option),
            Item::Tag(tag) => chosen.iter().any(|(_, choice)| choice.tags.contains(&tag)),
            Item::Nothing => chosen.is_empty(),
        }
    }

    /// Whether the test can hold, whatever is open.
    fn may_pass(&self, form: &Form) -> bool {
        let chosen = self.chosen();
        match form {
            Form::AnyOf(items) | Form::AllOf(items) | Form::Only(items) => {
                items.iter().any(|item| Self::is(*item, &chosen))
            }
            Form::Some | Form::SomeWithout(_) => !chosen.is_empty(),
            Form::Closed => {
                let asked = self.ruleset.questions().get(self.question);
                let conditional = |choice: &Choice| choice.only_if.is_some() || choice.upcoming.is_some();
                !chosen.is_empty() && asked.is_none_or(|asked| asked.only_if.is_some())
                    || chosen.iter().any(|(_, choice)| conditional(choice))
            }
        }
    }

    /// Whether the test holds for certain: only the plainest case is known.
    fn must_pass(&self, form: &Form) -> bool {
        let asked = self.ruleset.questions().get(self.question);
        if asked.is_none_or(|asked| asked.only_if.is_some()) {
            return false;
        }
        let mut open = self.chosen();
        open.retain(|(_, choice)| choice.only_if.is_none() && choice.upcoming.is_none());
        match form {
            Form::AnyOf(items) => items.iter().any(|item| match item {
                Item::Nothing => self.chosen().is_empty(),
                item => Self::is(*item, &open),
            }),
            Form::Some => !open.is_empty(),
            Form::AllOf(_) | Form::Only(_) | Form::SomeWithout(_) | Form::Closed => false,
        }
    }
}
