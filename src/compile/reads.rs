//! What conditions and derived facts read.

use std::collections::BTreeSet;

use crate::model::{Arena, Condition, DerivedIx, Ix, QuestionIx, Subject};
use crate::ruleset::Parts;

/// Every question that a condition reads: itself, through derived facts, and through what makes those questions arise.
#[must_use]
pub fn questions_read(parts: &Parts, condition: &Condition) -> Vec<QuestionIx> {
    let mut questions = vec![false; parts.questions.len()];
    let mut derived = vec![false; parts.derived.len()];
    let mut todo: Vec<&Condition> = vec![condition];
    while let Some(condition) = todo.pop() {
        for test in condition.tests() {
            match &test.subject {
                Subject::Question(ix, _) => {
                    let Some(seen) = questions.get_mut(ix.index()) else { continue };
                    if !std::mem::replace(seen, true) {
                        let question = &parts.questions.at(*ix);
                        todo.extend(&question.only_if);
                        let list = question.list.and_then(|list| parts.lists.get(list));
                        todo.extend(list.iter().flat_map(|list| &list.choices).filter_map(|c| c.only_if.as_ref()));
                    }
                }
                Subject::Derived(ix, _) => {
                    let Some(seen) = derived.get_mut(ix.index()) else { continue };
                    if !std::mem::replace(seen, true) {
                        todo.extend(parts.derived.at(*ix).cases.iter().filter_map(|case| case.when.as_ref()));
                    }
                }
            }
        }
    }
    questions.iter().enumerate().filter(|(_, read)| **read).map(|(at, _)| QuestionIx::new(at)).collect()
}

/// The derived facts, each after those that it reads. They have no circle.
#[must_use]
pub fn derived_in_order(parts: &Parts) -> Vec<DerivedIx> {
    let mut order = Vec::new();
    let mut seen = vec![false; parts.derived.len()];
    for start in parts.derived.ids() {
        // An explicit stack: a chain of facts may be longer than the call stack is deep.
        let mut stack = vec![(start, false)];
        while let Some((ix, read)) = stack.pop() {
            if read {
                order.push(ix);
                continue;
            }
            if seen.get_mut(ix.index()).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            stack.push((ix, true));
            let conditions = parts.derived.get(ix).into_iter().flat_map(|fact| &fact.cases);
            let tests = conditions.filter_map(|case| case.when.as_ref()).flat_map(Condition::tests);
            stack.extend(tests.filter_map(|test| match &test.subject {
                Subject::Derived(read, _) => Some((*read, false)),
                Subject::Question(..) => None,
            }));
        }
    }
    order
}

/// For each question, how many rules read it, themselves or through derived facts.
#[must_use]
pub fn readers(parts: &Parts) -> Arena<QuestionIx, u32> {
    let mut readers: Vec<u32> = vec![0; parts.questions.len()];
    for (_, rule) in parts.rules.iter() {
        let mut read = BTreeSet::new();
        let mut seen: BTreeSet<DerivedIx> = BTreeSet::new();
        let mut todo: Vec<&Condition> = std::iter::once(&*rule.when).chain(&rule.met_when).collect();
        while let Some(condition) = todo.pop() {
            for test in condition.tests() {
                match &test.subject {
                    Subject::Question(question, _) => {
                        read.insert(*question);
                    }
                    Subject::Derived(ix, _) if seen.insert(*ix) => {
                        let cases = parts.derived.get(*ix).map_or(&[][..], |fact| &fact.cases);
                        todo.extend(cases.iter().filter_map(|case| case.when.as_ref()));
                    }
                    Subject::Derived(..) => {}
                }
            }
        }
        for question in read {
            if let Some(count) = readers.get_mut(question.index()) {
                *count += 1;
            }
        }
    }
    readers.into_iter().collect()
}
