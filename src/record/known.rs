//! What was known of an exchange: as the engine has it, and as a record keeps it. Each can be made of the other.

use super::v1;
use crate::model::{Answer, AnswerValue, Done, Exchange, Facts, Given, Ix, Kind, OptionIx, QuestionIx, RuleIx, Waiver};
use crate::ruleset::Ruleset;
use crate::text::{Location, quoted};

/// What a record keeps of an exchange.
#[must_use]
pub fn known(ruleset: &Ruleset, exchange: &Exchange) -> v1::Known {
    let rule = |ix: RuleIx| ruleset.rules().get(ix).map(|rule| rule.id.clone()).unwrap_or_default();
    let done = |done: &Done| v1::DoneStep {
        rule: rule(done.rule),
        on: done.on,
        by: done.by.clone(),
        evidence: done.evidence.clone(),
        given: given(done.given),
    };
    let waiver = |waiver: &Waiver| v1::WaivedRule {
        rule: rule(waiver.rule),
        reason: waiver.reason.clone(),
        approved_by: waiver.approved_by.clone(),
        role: waiver.role.and_then(|ix| ruleset.roles().get(ix)).map(|role| role.id.clone()),
        expires: waiver.expires,
        given: given(waiver.given),
    };
    let told = exchange.told.iter().filter_map(|ix| ruleset.myths().get(*ix)).map(|myth| myth.id.clone());
    v1::Known {
        id: exchange.id.clone(),
        answers: exchange.facts.iter().filter_map(|(ix, answer)| self::answer(ruleset, ix, answer)).collect(),
        done: exchange.done.iter().map(done).collect(),
        waivers: exchange.waivers.iter().map(waiver).collect(),
        told: told.collect(),
        told_nothing: exchange.told_nothing,
    }
}

fn given(given: Given) -> Option<v1::Given> {
    match given {
        Given::At(at) => Some(v1::Given { line: at.line, column: at.column }),
        Given::Unstated => None,
    }
}

fn answer(ruleset: &Ruleset, ix: QuestionIx, answer: &Answer) -> Option<v1::Answer> {
    let question = ruleset.questions().get(ix)?;
    Some(v1::Answer {
        question: question.id.clone(),
        section: ruleset.sections().get(question.section).map(|section| section.title.clone()).unwrap_or_default(),
        prompt: question.prompt.to_string(),
        answers: words(ruleset, ix, &answer.value),
        screening: ruleset.is_screening(ix),
        given: given(answer.given),
    })
}

fn words(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> Vec<v1::AnswerWord> {
    let word = |value: &str| v1::AnswerWord { value: value.to_owned(), label: None };
    let option = |option: &OptionIx| {
        let choice = ruleset.choice(question, *option)?;
        Some(v1::AnswerWord { value: choice.id.clone(), label: Some(choice.label.clone()) })
    };
    match value {
        AnswerValue::Unknown => vec![word(UNKNOWN)],
        AnswerValue::Text(text) => vec![word(text)],
        AnswerValue::One(one) => option(one).into_iter().collect(),
        AnswerValue::Any { chosen, more: false } if chosen.is_empty() => vec![word(NONE)],
        AnswerValue::Any { chosen, more } => {
            chosen.iter().filter_map(option).chain(more.then(|| word(UNKNOWN))).collect()
        }
    }
}

const UNKNOWN: &str = "unknown";
const NONE: &str = "none";

/// The exchange that a record tells of, to be evaluated again; or what of it has no meaning under this ruleset, in words.
pub fn exchange(ruleset: &Ruleset, known: &v1::Known) -> Result<Exchange, Vec<String>> {
    let mut misfits = Vec::new();
    let mut facts = Facts::default();
    for answer in &known.answers {
        match value(ruleset, answer) {
            Ok((ix, value)) => facts.set(ix, Answer { value, given: given_at(answer.given) }),
            Err(misfit) => misfits.push(misfit),
        }
    }
    let mut rule = |id: &str| {
        let found = ruleset.rule_named(id);
        if found.is_none() {
            misfits.push(format!("there is no rule {}", quoted(id)));
        }
        found
    };
    let mut done = Vec::new();
    for step in &known.done {
        let Some(rule) = rule(&step.rule) else { continue };
        let (by, evidence) = (step.by.clone(), step.evidence.clone());
        done.push(Done { rule, on: step.on, by, evidence, given: given_at(step.given) });
    }
    let mut waivers = Vec::new();
    for waived in &known.waivers {
        let Some(rule) = rule(&waived.rule) else { continue };
        let named = |id: &String| ruleset.roles().iter().find(|(_, role)| role.id == *id).map(|(ix, _)| ix);
        waivers.push(Waiver {
            rule,
            reason: waived.reason.clone(),
            approved_by: waived.approved_by.clone(),
            role: waived.role.as_ref().and_then(named),
            expires: waived.expires,
            given: given_at(waived.given),
        });
    }
    let myth = |id: &String| ruleset.myths().iter().find(|(_, myth)| myth.id == *id).map(|(ix, _)| ix);
    let told = known.told.iter().filter_map(myth).collect();
    if misfits.is_empty() {
        Ok(Exchange { id: known.id.clone(), facts, done, waivers, told, told_nothing: known.told_nothing })
    } else {
        Err(misfits)
    }
}

fn given_at(given: Option<v1::Given>) -> Given {
    given.map_or(Given::Unstated, |given| Given::At(Location { line: given.line, column: given.column }))
}

fn value(ruleset: &Ruleset, answer: &v1::Answer) -> Result<(QuestionIx, AnswerValue), String> {
    let id = &answer.question;
    let ix = ruleset.question_named(id).ok_or_else(|| format!("there is no question {}", quoted(id)))?;
    let kind = ruleset.questions().get(ix).map(|question| question.kind);
    let option = |value: &str| {
        let found = ruleset.option_named(ix, value);
        found.ok_or_else(|| format!("{} has no option {}", quoted(id), quoted(value)))
    };
    let values: Vec<&str> = answer.answers.iter().map(|word| word.value.as_str()).collect();
    let value = match (kind, values.as_slice()) {
        (Some(Kind::Text), [text]) => AnswerValue::Text((*text).to_owned()),
        (_, [UNKNOWN]) => AnswerValue::Unknown,
        (Some(Kind::AnyOf), [NONE]) if ruleset.option_named(ix, NONE).is_none() => {
            AnswerValue::Any { chosen: Vec::new(), more: false }
        }
        (Some(Kind::AnyOf), [_, ..]) => {
            let more = values.contains(&UNKNOWN);
            let named = values.iter().filter(|value| **value != UNKNOWN);
            let mut chosen = named.map(|value| option(value)).collect::<Result<Vec<_>, _>>()?;
            chosen.sort_unstable_by_key(|option| option.index());
            AnswerValue::Any { chosen, more }
        }
        (Some(Kind::YesNo | Kind::OneOf), [one]) => AnswerValue::One(option(one)?),
        _ => return Err(format!("{} has another kind of answer", quoted(id))),
    };
    Ok((ix, value))
}
