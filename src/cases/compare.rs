//! The advice on a case against what the case expects.

use super::{Difference, Differs};
use crate::engine::Advice;
use crate::model::{
    AnswerValue, Case, DerivedIx, Exchange, Expect, ExpectedOptions, ExpectedRule, OptionIx, Outcome, QuestionIx,
    Status, ValueIx, Written,
};
use crate::ruleset::Ruleset;
use crate::text::Place;

/// Every difference between the advice on a case's exchange and what the case expects, in a fixed order. The advice need
/// not say which questions are open.
#[must_use]
pub fn differences(ruleset: &Ruleset, case: &Case, exchange: &Exchange, advice: &Advice) -> Vec<Difference> {
    let mut comparison = Comparison { ruleset, expect: &case.expect, advice, found: Vec::new() };
    comparison.moot(case, exchange);
    comparison.outcome();
    comparison.rules();
    comparison.derived();
    comparison.candidates();
    comparison.myths();
    comparison.found
}

struct Comparison<'a> {
    ruleset: &'a Ruleset,
    expect: &'a Expect,
    advice: &'a Advice,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn add(&mut self, place: Place, differs: Differs) {
        self.found.push(Difference { place, differs });
    }

    /// Where the safety screen ends everything, nothing but the referral is shown.
    fn is_screened(&self) -> bool {
        self.advice.outcome == Outcome::Screened
    }

    fn moot(&mut self, case: &Case, exchange: &Exchange) {
        let advice = self.advice;
        if self.is_screened() {
            return;
        }
        for question in &advice.moot {
            let known = exchange.facts.get(*question).is_some_and(|a| !matches!(a.value, AnswerValue::Unknown));
            if known && !self.expect.moot.iter().any(|expected| expected.value == *question) {
                let given = case.given_at.iter().find(|(at, _)| at == question);
                self.add(given.map_or(case.place, |(_, place)| *place), Differs::Moot(*question));
            }
        }
        for expected in &self.expect.moot {
            if !advice.moot.contains(&expected.value) {
                self.found.push(Difference { place: expected.place, differs: Differs::Arises(expected.value) });
            }
        }
    }

    fn outcome(&mut self) {
        let found = self.advice.outcome;
        if let Some(expected) = self.expect.outcome.filter(|expected| expected.value.word() != found.word()) {
            self.add(expected.place, Differs::Outcome { expected: expected.value, found });
        }
    }

    fn rules(&mut self) {
        let expect = self.expect;
        for expected in &expect.rules {
            self.rule(expected);
        }
        let Some(place) = expect.exactly.rules else { return };
        for (ix, rule) in self.ruleset.rules().iter() {
            let found = self.advice.status(ix);
            let shown = rule.ends_questions || !self.is_screened();
            let named = || expect.rules.iter().any(|expected| expected.rule == ix);
            if found != Status::NotApplicable && shown && !named() {
                self.add(place, Differs::UnnamedRule { rule: ix, found });
            }
        }
    }

    fn rule(&mut self, expected: &ExpectedRule) {
        let ix = expected.rule;
        let found = self.advice.status(ix);
        if found != expected.status.value {
            self.add(expected.status.place, Differs::Status { rule: ix, expected: expected.status.value, found });
        }
        let Some(rule) = self.ruleset.rules().get(ix) else { return };
        if let Some(level) = expected.level.filter(|level| level.value != rule.level) {
            self.add(level.place, Differs::Level { rule: ix, expected: level.value, found: rule.level });
        }
        if let Some(basis) = expected.basis.filter(|basis| basis.value != rule.basis) {
            self.add(basis.place, Differs::Basis { rule: ix, expected: basis.value, found: rule.basis });
        }
        if let Some(due) = expected.due.filter(|due| due.value != rule.due) {
            self.add(due.place, Differs::Due { rule: ix, expected: due.value, found: rule.due });
        }
        if let Some(refer) = expected.refer.filter(|refer| Some(refer.value) != rule.refer) {
            self.add(refer.place, Differs::Refer { rule: ix, expected: refer.value, found: rule.refer });
        }
    }

    fn derived(&mut self) {
        let expect = self.expect;
        for expected in &expect.derived {
            if self.advice.value(expected.fact) != expected.value.value {
                let found = self.values(expected.fact);
                let (fact, value) = (expected.fact, expected.value.value);
                self.add(expected.value.place, Differs::Derived { fact, expected: value, found });
            }
        }
        let Some(place) = expect.exactly.derived.filter(|_| !self.is_screened()) else { return };
        for (ix, _) in self.ruleset.derived().iter().filter(|(_, fact)| fact.shown) {
            if !expect.derived.iter().any(|expected| expected.fact == ix) {
                let found = self.values(ix);
                self.add(place, Differs::UnnamedDerived { fact: ix, found });
            }
        }
    }

    fn values(&self, fact: DerivedIx) -> Vec<ValueIx> {
        self.advice.derived.get(usize::from(fact.0)).cloned().unwrap_or_default()
    }

    fn candidates(&mut self) {
        let expect = self.expect;
        for (group, option) in written(&expect.candidates) {
            if !self.is_candidate(group.question, option.value) {
                self.add(option.place, Differs::Candidate { question: group.question, option: option.value });
            }
        }
        for (group, option) in written(&expect.not_candidates) {
            if self.is_candidate(group.question, option.value) {
                self.add(option.place, Differs::NotCandidate { question: group.question, option: option.value });
            }
        }
        let Some(place) = expect.exactly.candidates.filter(|_| !self.is_screened()) else { return };
        let advice = self.advice;
        for group in &advice.candidates {
            for option in group.options.iter().map(|candidate| candidate.option) {
                let question = group.question;
                // What is expected not to be one is a difference already.
                if !names(&expect.candidates, question, option) && !names(&expect.not_candidates, question, option) {
                    self.add(place, Differs::UnnamedCandidate { question, option });
                }
            }
        }
    }

    fn is_candidate(&self, question: QuestionIx, option: OptionIx) -> bool {
        let group = self.advice.candidates.iter().find(|group| group.question == question);
        group.is_some_and(|group| group.options.iter().any(|candidate| candidate.option == option))
    }

    fn myths(&mut self) {
        let (expect, advice) = (self.expect, self.advice);
        for myth in expect.myths.iter().filter(|myth| !advice.myths.contains(&myth.value)) {
            self.add(myth.place, Differs::Myth(myth.value));
        }
        let Some(place) = expect.exactly.myths.filter(|_| !self.is_screened()) else { return };
        let named = |myth| expect.myths.iter().any(|named| named.value == myth);
        for myth in advice.myths.iter().filter(|myth| !named(**myth)) {
            self.add(place, Differs::UnnamedMyth(*myth));
        }
    }
}

/// Every option of some groups, each with its group.
fn written(groups: &[ExpectedOptions]) -> impl Iterator<Item = (&ExpectedOptions, &Written<OptionIx>)> {
    groups.iter().flat_map(|group| group.options.iter().map(move |option| (group, option)))
}

fn names(groups: &[ExpectedOptions], question: QuestionIx, option: OptionIx) -> bool {
    written(groups).any(|(group, written)| group.question == question && written.value == option)
}
