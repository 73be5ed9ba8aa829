//! What one case tries.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{screening_tests, tests};
use super::{About, Item, Way};
use crate::engine::{Advice, Evaluator};
use crate::model::{
    AnswerValue, Date, Derived, DerivedIx, Exchange, OptionIx, Outcome, QuestionIx, Status, Test, TestIx, ValueIx,
};
use crate::ruleset::Ruleset;

/// What is known of a ruleset before any case is tried.
pub(super) struct Known<'r> {
    tests: BTreeMap<TestIx, &'r Test>,
    screening: BTreeSet<TestIx>,
}

impl<'r> Known<'r> {
    /// What is known of a ruleset.
    pub(super) fn of(ruleset: &'r Ruleset) -> Self {
        let tests = tests(ruleset).into_iter().map(|(test, _)| (test.ix, test)).collect();
        Self { tests, screening: screening_tests(ruleset) }
    }
}

/// Notes at each item how a case makes it come out.
pub(super) fn observe<'r>(
    evaluator: &mut Evaluator<'r>,
    known: &Known<'r>,
    exchange: &Exchange,
    as_of: Date,
    case: usize,
    items: &mut [Item],
) {
    let ruleset = evaluator.ruleset();
    let advice = evaluator.conclude(exchange, as_of);
    // Where the safety screen ends everything nothing else is shown, so nothing else is tried.
    let screened = advice.outcome == Outcome::Screened;
    let mut observer = Observer { ruleset, evaluator, exchange, advice: &advice, known };
    for item in items {
        if screened && !is_screening(ruleset, &item.about, &known.screening) {
            continue;
        }
        for way in observer.ways(&item.about) {
            item.points.iter_mut().filter(|point| point.way == way).for_each(|point| point.cases.push(case));
        }
    }
}

fn is_screening(ruleset: &Ruleset, about: &About, tests: &BTreeSet<TestIx>) -> bool {
    match about {
        About::Rule(ix) => ruleset.rules().get(*ix).is_some_and(|rule| rule.ends_questions),
        About::Test(ix, _) => tests.contains(ix),
        About::Option(question, _) => ruleset.is_screening(*question),
        About::Derived(..) | About::Myth(_) => false,
    }
}

struct Observer<'a, 'e, 'r> {
    ruleset: &'r Ruleset,
    evaluator: &'e mut Evaluator<'r>,
    exchange: &'a Exchange,
    advice: &'a Advice,
    known: &'a Known<'r>,
}

impl Observer<'_, '_, '_> {
    fn ways(&mut self, about: &About) -> Vec<Way> {
        match about {
            About::Rule(ix) => vec![of_status(self.advice.status(*ix))],
            About::Test(ix, _) => {
                let holds = self.known.tests.get(ix).and_then(|test| self.evaluator.test_holds(test));
                vec![truth(holds, Way::True, Way::False)]
            }
            About::Option(question, option) => self.option(*question, *option),
            About::Derived(ix, at) => self.the_one(*ix, *at).then_some(Way::TheOne).into_iter().collect(),
            About::Myth(ix) => {
                let when = self.ruleset.myths().get(*ix).map(|myth| &myth.when);
                let holds = if self.advice.myths.contains(ix) {
                    Some(true)
                } else {
                    when.and_then(|when| self.evaluator.condition_holds(when))
                };
                vec![truth(holds, Way::Answered, Way::NotAnswered)]
            }
        }
    }

    fn option(&mut self, question: QuestionIx, option: OptionIx) -> Vec<Way> {
        let mut ways = Vec::new();
        if self.is_chosen(question, option) {
            let open = self.is_open(question, option);
            ways.extend(open.map(|open| if open { Way::Chosen } else { Way::ChosenClosed }));
        }
        let group = self.advice.candidates.iter().find(|group| group.question == question);
        let candidate = group.is_some_and(|group| group.options.iter().any(|candidate| candidate.option == option));
        ways.push(if candidate { Way::Candidate } else { Way::NotCandidate });
        ways
    }

    /// Whether an answer that counts names the option.
    fn is_chosen(&self, question: QuestionIx, option: OptionIx) -> bool {
        match self.exchange.facts.get(question).map(|answer| &answer.value) {
            Some(AnswerValue::One(chosen)) => *chosen == option,
            Some(AnswerValue::Any { chosen, .. }) => chosen.contains(&option),
            _ => false,
        }
    }

    /// Whether an option of a question that arises is open; `None` where that cannot be told.
    fn is_open(&mut self, question: QuestionIx, option: OptionIx) -> Option<bool> {
        let asked = self.ruleset.questions().get(question)?;
        if let Some(condition) = &*asked.only_if
            && !self.evaluator.condition_holds(condition)?
        {
            return None;
        }
        let choice = self.ruleset.choice(question, option)?;
        if choice.upcoming.is_some() {
            return Some(false);
        }
        match &*choice.only_if {
            Some(condition) => self.evaluator.condition_holds(condition),
            None => Some(true),
        }
    }

    /// Whether this case of a derived fact is known to give its value: it holds and none before it does, or no other can
    /// have given the value that is known.
    fn the_one(&mut self, ix: DerivedIx, at: usize) -> bool {
        let Some(fact) = self.ruleset.derived().get(ix) else { return false };
        let Some(value) = self.advice.value(ix) else { return false };
        let holds: Vec<Option<bool>> = fact
            .cases
            .iter()
            .map(|case| case.when.as_ref().map_or(Some(true), |when| self.evaluator.condition_holds(when)))
            .collect();
        let first = holds.iter().position(|holds| *holds != Some(false));
        let sure = first.filter(|first| holds.get(*first) == Some(&Some(true)));
        sure.or_else(|| only_left(fact, &holds, value)) == Some(at)
    }
}

/// The one case that can have given a value, if there is only one.
fn only_left(fact: &Derived, holds: &[Option<bool>], value: ValueIx) -> Option<usize> {
    // What stands after a case that holds is never reached.
    let reached = holds.iter().position(|holds| *holds == Some(true)).map_or(holds.len(), |at| at + 1);
    let cases = fact.cases.iter().zip(holds).take(reached).enumerate();
    let mut left = cases.filter(|(_, (case, holds))| case.value == value && **holds != Some(false)).map(|(at, _)| at);
    let only = left.next();
    only.filter(|_| left.next().is_none())
}

fn of_status(status: Status) -> Way {
    match status {
        Status::Applies => Way::Applies,
        Status::Undetermined => Way::Undetermined,
        Status::Met => Way::Met,
        Status::Done => Way::Done,
        Status::Waived => Way::Waived,
        Status::NotApplicable => Way::NotApplicable,
    }
}

fn truth(holds: Option<bool>, yes: Way, no: Way) -> Way {
    match holds {
        Some(true) => yes,
        Some(false) => no,
        None => Way::Undetermined,
    }
}

#[cfg(test)]
mod tests {
    use super::only_left;
    use crate::model::{Derived, DerivedCase, ValueIx};
    use crate::text::Place;

    /// A fact whose cases give these values.
    fn fact(values: &[u16]) -> Derived {
        let case = |value: &u16| DerivedCase { value: ValueIx(*value), when: None, place: Place::default() };
        Derived {
            id: "fact".to_owned(),
            title: "A fact".to_owned(),
            shown: false,
            values: Vec::new(),
            scale: false,
            cases: values.iter().map(case).collect::<Vec<_>>().into(),
            cites: Vec::new(),
            place: Place::default(),
        }
    }

    #[track_caller]
    fn case(values: &[u16], holds: &[Option<bool>], value: u16, expected: Option<usize>) {
        assert_eq!(only_left(&fact(values), holds, ValueIx(value)), expected);
    }

    #[test]
    fn a_value_that_is_known_tells_its_case_where_only_one_can_give_it() {
        let (yes, no, open) = (Some(true), Some(false), None);
        case(&[0, 1, 2], &[open, open, yes], 1, Some(1));
        case(&[0, 1, 1], &[open, open, yes], 1, None);
        case(&[0, 1, 1], &[open, no, yes], 1, Some(2));
        case(&[1, 0, 1], &[open, yes, yes], 1, Some(0));
    }
}
