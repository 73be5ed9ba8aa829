//! Derivations in the shape of v1.

use super::v1::{Asked, Followed, Reason as Written, State, Test as WrittenTest};
use super::{records, things};
use crate::engine::{Cause, Reason};
use crate::model::{AnswerValue, DerivedIx, Form, Item, OptionIx, QuestionIx, Subject, TagIx, ValueIx};
use crate::ruleset::Ruleset;

/// Reasons, with what they rest on.
pub(super) fn reasons<'a>(ruleset: &'a Ruleset, reasons: &[Reason<'_>]) -> Vec<Written<'a>> {
    reasons.iter().map(|reason| self::reason(ruleset, reason)).collect()
}

fn reason<'a>(ruleset: &'a Ruleset, reason: &Reason<'_>) -> Written<'a> {
    match reason {
        Reason::Whatever { truth, questions } => {
            Written::Whatever { whatever: things::ids(ruleset, questions), truth: *truth }
        }
        Reason::Test { test, truth, cause, because } => match &test.subject {
            Subject::Question(ix, form) => asked(ruleset, *ix, form, *truth, cause, because),
            Subject::Derived(ix, wanted) => {
                let possible: &[ValueIx] = if let Cause::Derived(possible) = cause { possible } else { &[] };
                Written::Derived(Followed {
                    fact: ruleset.derived().get(*ix).map_or("", |fact| fact.id.as_str()),
                    test: WrittenTest { values: values(ruleset, *ix, wanted), ..WrittenTest::of("is") },
                    truth: *truth,
                    values: values(ruleset, *ix, possible),
                    because: reasons(ruleset, because),
                })
            }
        },
    }
}

fn asked<'a>(
    ruleset: &'a Ruleset,
    ix: QuestionIx,
    form: &Form,
    truth: Option<bool>,
    cause: &Cause<'_>,
    because: &[Reason<'_>],
) -> Written<'a> {
    let mut written = Asked {
        fact: ruleset.questions().get(ix).map_or("", |question| question.id.as_str()),
        test: test(ruleset, ix, form),
        truth,
        state: State::Absent,
        answers: Vec::new(),
        given: None,
        closed: Vec::new(),
        because: Vec::new(),
    };
    if ruleset.is_screening(ix) {
        // Whether such a test holds would tell what was answered, and so would why.
        written.state = State::Withheld;
        written.truth = None;
        return Written::Question(written);
    }
    written.because = reasons(ruleset, because);
    match cause {
        Cause::Answered { value, given, closed } => {
            written.state = State::Answered;
            written.answers = answers(ruleset, ix, value);
            written.given = records::given(*given);
            written.closed = options(ruleset, ix, closed);
        }
        Cause::DoesNotArise => written.state = State::DoesNotArise,
        Cause::Absent | Cause::Derived(_) => {}
    }
    Written::Question(written)
}

/// An answer as a manifest writes it.
fn answers<'a>(ruleset: &'a Ruleset, question: QuestionIx, value: &AnswerValue) -> Vec<&'a str> {
    match value {
        AnswerValue::Unknown => vec!["unknown"],
        AnswerValue::One(option) => options(ruleset, question, &[*option]),
        AnswerValue::Any { chosen, more: false } if chosen.is_empty() => vec!["none"],
        AnswerValue::Any { chosen, more } => {
            let mut answers = options(ruleset, question, chosen);
            answers.extend(more.then_some("unknown"));
            answers
        }
        // Never in a condition, so never in a derivation.
        AnswerValue::Text(_) => Vec::new(),
    }
}

fn test<'a>(ruleset: &'a Ruleset, question: QuestionIx, form: &Form) -> WrittenTest<'a> {
    match form {
        Form::AnyOf(items) => listed("any-of", ruleset, question, items),
        Form::AllOf(items) => listed("all-of", ruleset, question, items),
        Form::Only(items) => listed("only", ruleset, question, items),
        Form::Some => WrittenTest::of("some"),
        Form::SomeWithout(ix) => {
            WrittenTest { tags: tag(ruleset, *ix).into_iter().collect(), ..WrittenTest::of("some-without") }
        }
        Form::Closed => WrittenTest::of("closed"),
    }
}

fn listed<'a>(form: &'static str, ruleset: &'a Ruleset, question: QuestionIx, items: &[Item]) -> WrittenTest<'a> {
    let mut written = WrittenTest::of(form);
    for item in items {
        match item {
            Item::Option(option) => written.options.extend(options(ruleset, question, &[*option])),
            Item::Tag(ix) => written.tags.extend(tag(ruleset, *ix)),
            Item::Nothing => written.none = true,
        }
    }
    written
}

fn tag(ruleset: &Ruleset, ix: TagIx) -> Option<&str> {
    ruleset.tags().get(ix).map(String::as_str)
}

fn options<'a>(ruleset: &'a Ruleset, question: QuestionIx, options: &[OptionIx]) -> Vec<&'a str> {
    options.iter().filter_map(|option| ruleset.choice(question, *option)).map(|choice| choice.id.as_str()).collect()
}

fn values<'a>(ruleset: &'a Ruleset, ix: DerivedIx, values: &[ValueIx]) -> Vec<&'a str> {
    let Some(fact) = ruleset.derived().get(ix) else { return Vec::new() };
    values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.as_str()).collect()
}
