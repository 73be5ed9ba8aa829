//! What reads what.

use crate::model::{
    Condition, Derived, DerivedIx, Form, Item, ListIx, OptionIx, QuestionIx, Rule, RuleIx, Subject, TagIx, Test,
};
use crate::ruleset::Ruleset;

/// What hangs on a fact.
pub(super) struct Reads {
    /// The rules that test it.
    pub(super) rules: Vec<RuleIx>,
    /// The derived facts that follow from it, straight or through others.
    pub(super) derived: Vec<DerivedIx>,
    /// The rules that test one of those facts, and not the fact itself.
    pub(super) rules_by_facts: Vec<RuleIx>,
}

impl Reads {
    /// What hangs on a question.
    pub(super) fn of_question(ruleset: &Ruleset, ix: QuestionIx) -> Self {
        Self::of(ruleset, &|test| matches!(test.subject, Subject::Question(other, _) if other == ix))
    }

    /// What hangs on a derived fact.
    pub(super) fn of_derived(ruleset: &Ruleset, ix: DerivedIx) -> Self {
        Self::of(ruleset, &|test| matches!(test.subject, Subject::Derived(other, _) if other == ix))
    }

    fn of(ruleset: &Ruleset, tests_it: &dyn Fn(&Test) -> bool) -> Self {
        let mut derived: Vec<DerivedIx> = Vec::new();
        // Facts follow from facts in any order of writing: look until nothing more is found.
        loop {
            let found = derived.len();
            for (ix, fact) in ruleset.derived().iter() {
                if !derived.contains(&ix) && in_derived(fact, &|test| tests_it(test) || tests_one_of(&derived, test)) {
                    derived.push(ix);
                }
            }
            if derived.len() == found {
                break;
            }
        }
        derived.sort_unstable();
        let rules = rules_with(ruleset, tests_it);
        let mut rules_by_facts = rules_with(ruleset, &|test| tests_one_of(&derived, test));
        rules_by_facts.retain(|rule| !rules.contains(rule));
        Self { rules, derived, rules_by_facts }
    }
}

fn tests_one_of(facts: &[DerivedIx], test: &Test) -> bool {
    matches!(test.subject, Subject::Derived(ix, _) if facts.contains(&ix))
}

/// The rules that name an option of a list. A tag that it carries is not its name.
pub(super) fn rules_naming(ruleset: &Ruleset, list: ListIx, option: OptionIx) -> Vec<RuleIx> {
    rules_with(ruleset, &|test| {
        let Subject::Question(ix, form) = &test.subject else { return false };
        let of_list = ruleset.questions().get(*ix).is_some_and(|question| question.list == Some(list));
        of_list && items(form).contains(&Item::Option(option))
    })
}

/// The rules that test a tag.
pub(super) fn rules_testing_tag(ruleset: &Ruleset, tag: TagIx) -> Vec<RuleIx> {
    rules_with(ruleset, &|test| tests_tag(test, tag))
}

/// The derived facts that test a tag.
pub(super) fn derived_testing_tag(ruleset: &Ruleset, tag: TagIx) -> Vec<DerivedIx> {
    let facts = ruleset.derived().iter().filter(|(_, fact)| in_derived(fact, &|test| tests_tag(test, tag)));
    facts.map(|(ix, _)| ix).collect()
}

fn tests_tag(test: &Test, tag: TagIx) -> bool {
    match &test.subject {
        Subject::Question(_, Form::SomeWithout(other)) => *other == tag,
        Subject::Question(_, form) => items(form).contains(&Item::Tag(tag)),
        Subject::Derived(..) => false,
    }
}

fn items(form: &Form) -> &[Item] {
    match form {
        Form::AnyOf(items) | Form::AllOf(items) | Form::Only(items) => items,
        Form::Some | Form::SomeWithout(_) | Form::Closed => &[],
    }
}

fn rules_with(ruleset: &Ruleset, wanted: &dyn Fn(&Test) -> bool) -> Vec<RuleIx> {
    let has = |rule: &Rule| has(&rule.when, wanted) || rule.met_when.as_ref().is_some_and(|met| has(met, wanted));
    ruleset.rules().iter().filter(|(_, rule)| has(rule)).map(|(ix, _)| ix).collect()
}

fn in_derived(fact: &Derived, wanted: &dyn Fn(&Test) -> bool) -> bool {
    fact.cases.iter().filter_map(|case| case.when.as_ref()).any(|condition| has(condition, wanted))
}

fn has(condition: &Condition, wanted: &dyn Fn(&Test) -> bool) -> bool {
    condition.tests().into_iter().any(wanted)
}

/// "id: what it is".
pub(super) fn name(id: &str, title: &str) -> String {
    format!("{id}: {title}")
}

/// Rules by name.
pub(super) fn rules(ruleset: &Ruleset, rules: &[RuleIx]) -> Vec<String> {
    rules.iter().filter_map(|ix| ruleset.rules().get(*ix)).map(|rule| name(&rule.id, &rule.title)).collect()
}

/// Derived facts by name.
pub(super) fn derived(ruleset: &Ruleset, facts: &[DerivedIx]) -> Vec<String> {
    facts.iter().filter_map(|ix| ruleset.derived().get(*ix)).map(|fact| name(&fact.id, &fact.title)).collect()
}
