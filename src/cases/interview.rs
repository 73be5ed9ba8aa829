//! How many questions an interview asks of somebody whose exchange is that of a case.

use super::{date_of, exchange_of};
use crate::engine::Evaluator;
use crate::model::{Answer, AnswerValue, Case, CaseSet, Exchange, Facts, Given, QuestionIx};

/// An interview on the exchange of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Interview<'c> {
    /// The case.
    pub case: &'c Case,
    /// The questions asked, in their order.
    pub asked: Vec<QuestionIx>,
    /// Those of them to which the case has no answer, so that "I do not know" was the answer.
    pub unanswered: Vec<QuestionIx>,
}

/// Holds the interview of a case: the first question that may still matter is asked and answered from the facts given and
/// assumed, until none is left. What the case records as done or waived is left out: nobody has done anything yet.
#[must_use]
pub fn interview<'c>(evaluator: &mut Evaluator<'_>, set: &CaseSet, case: &'c Case) -> Interview<'c> {
    let as_of = date_of(evaluator.ruleset(), case);
    let known = exchange_of(evaluator, set, case).facts;
    let mut so_far = Exchange { id: case.id.clone(), facts: Facts::default(), ..Exchange::default() };
    let (mut asked, mut unanswered) = (Vec::new(), Vec::new());
    // Each question is asked once, since what is answered is no longer open.
    while let Some(question) = evaluator.next_question(&so_far, as_of) {
        let answer = known.get(question).cloned().unwrap_or_else(|| {
            unanswered.push(question);
            Answer { value: AnswerValue::Unknown, given: Given::Unstated }
        });
        so_far.facts.set(question, answer);
        asked.push(question);
    }
    Interview { case, asked, unanswered }
}

/// Holds the interview of every case that assumes a profile: the others say too little to answer most questions. Where some
/// of these stand under `cases/published/`, of those only: they are stories that happened, and the others are made for a rule.
#[must_use]
pub fn interviews<'c>(evaluator: &mut Evaluator<'_>, set: &'c CaseSet) -> Vec<Interview<'c>> {
    let files = evaluator.ruleset().files();
    let published = |case: &Case| {
        let file = files.get(usize::from(case.place.file.0));
        file.is_some_and(|file| file.starts_with("cases/published/"))
    };
    let whole: Vec<&Case> = set.cases.iter().filter(|case| case.assumed.is_some()).collect();
    let any = whole.iter().any(|case| published(case));
    whole.into_iter().filter(|case| !any || published(case)).map(|case| interview(evaluator, set, case)).collect()
}
