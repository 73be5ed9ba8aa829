//! What coverage says of each test, against every completion of the answers, one by one and in the plainest way.

use std::collections::BTreeMap;

use clearshare::cases::coverage::{About, Way, coverage};
use clearshare::model::{
    Answer, AnswerValue, Case, CaseSet, Condition, DerivedIx, Expect, Facts, Form, Given, Item, Ix, Kind, OptionIx,
    QuestionIx, Subject, TestIx,
};
use clearshare::ruleset::Ruleset;
use clearshare::text::Place;

use crate::cases::{load, small};
use crate::support::base_files;

/// One completion of the facts, evaluated in the plainest way.
struct World<'r> {
    ruleset: &'r Ruleset,
    chosen: Vec<Vec<OptionIx>>,
}

impl World<'_> {
    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(of) => of.iter().all(|c| self.holds(c)),
            Condition::Any(of) => of.iter().any(|c| self.holds(c)),
            Condition::None(of) => !of.iter().any(|c| self.holds(c)),
            Condition::Not(inner) => !self.holds(inner),
            Condition::Count { at_least, of } => of.iter().filter(|c| self.holds(c)).count() >= usize::from(*at_least),
            Condition::Test(test) => self.test(&test.subject),
        }
    }

    fn test(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Derived(ix, values) => {
                let fact = &self.ruleset.derived().get(*ix).unwrap();
                values.contains(&fact.cases[self.the_one(*ix)].value)
            }
            Subject::Question(question, form) => self.arises(*question) && self.form(*question, form),
        }
    }

    fn form(&self, question: QuestionIx, form: &Form) -> bool {
        let chosen = &self.chosen[question.index()];
        let open: Vec<OptionIx> = chosen.iter().copied().filter(|option| self.open(question, *option)).collect();
        let tags = |option: OptionIx| &self.ruleset.choice(question, option).unwrap().tags;
        let passes = |item: &Item, option: OptionIx| match item {
            Item::Option(wanted) => *wanted == option,
            Item::Tag(tag) => tags(option).contains(tag),
            Item::Nothing => false,
        };
        let some = |item: &Item| {
            open.iter().any(|option| passes(item, *option)) || (*item == Item::Nothing && chosen.is_empty())
        };
        match form {
            Form::AnyOf(items) => items.iter().any(some),
            Form::AllOf(items) => items.iter().all(some),
            Form::Only(items) => {
                let listed = |option: &OptionIx| items.iter().any(|item| passes(item, *option));
                open.iter().any(listed) && chosen.iter().all(listed)
            }
            Form::Some => !open.is_empty(),
            Form::SomeWithout(tag) => open.iter().any(|option| !tags(*option).contains(tag)),
            Form::Closed => !chosen.is_empty() && open.is_empty(),
        }
    }

    fn arises(&self, question: QuestionIx) -> bool {
        self.ruleset.questions().get(question).unwrap().only_if.as_ref().is_none_or(|c| self.holds(c))
    }

    fn open(&self, question: QuestionIx, option: OptionIx) -> bool {
        let choice = self.ruleset.choice(question, option).unwrap();
        choice.upcoming.is_none() && choice.only_if.as_ref().is_none_or(|c| self.holds(c))
    }

    fn the_one(&self, ix: DerivedIx) -> usize {
        let cases = &self.ruleset.derived().get(ix).unwrap().cases;
        cases.iter().position(|case| case.when.as_ref().is_none_or(|c| self.holds(c))).unwrap()
    }
}

/// Every way to choose options of a question that agrees with its answer.
fn choices(ruleset: &Ruleset, facts: &Facts, question: QuestionIx) -> Vec<Vec<OptionIx>> {
    let count = ruleset.choices(question).len();
    let all = (0..count).map(OptionIx::new);
    let several = ruleset.takes_several(question);
    let subsets = || {
        (0..1_usize << count)
            .map(|bits| (0..count).filter(|at| bits >> at & 1 == 1).map(OptionIx::new).collect::<Vec<_>>())
    };
    match facts.get(question).map(|answer| &answer.value) {
        _ if ruleset.questions().get(question).unwrap().kind == Kind::Text => vec![Vec::new()],
        Some(AnswerValue::One(option)) => vec![vec![*option]],
        Some(AnswerValue::Any { chosen, more: false }) => vec![chosen.clone()],
        Some(AnswerValue::Any { chosen, more: true }) => {
            subsets().filter(|subset| chosen.iter().all(|option| subset.contains(option))).collect()
        }
        _ if several => subsets().collect(),
        _ => all.map(|option| vec![option]).collect(),
    }
}

fn worlds<'r>(ruleset: &'r Ruleset, facts: &Facts) -> Vec<World<'r>> {
    let mut worlds: Vec<Vec<Vec<OptionIx>>> = vec![Vec::new()];
    for question in ruleset.questions().ids() {
        let choices = choices(ruleset, facts, question);
        let more = |world: Vec<Vec<OptionIx>>| {
            choices
                .iter()
                .map(move |choice| world.iter().cloned().chain([choice.clone()]).collect())
                .collect::<Vec<_>>()
        };
        worlds = worlds.into_iter().flat_map(more).collect();
    }
    worlds.into_iter().map(|chosen| World { ruleset, chosen }).collect()
}

/// Numbers that look random and are always the same.
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// An exchange that the screen lets pass, with some answers known, some in part and some not.
fn drawn(ruleset: &Ruleset, draws: &mut Draws) -> Facts {
    let mut facts = Facts::default();
    for (question, asked) in ruleset.questions().iter() {
        let count = ruleset.choices(question).len();
        let value = match asked.kind {
            Kind::Text => continue,
            Kind::AnyOf if asked.id == "screen.material" => AnswerValue::Any { chosen: Vec::new(), more: false },
            _ if draws.below(3) == 0 => continue,
            _ if draws.below(8) == 0 => AnswerValue::Unknown,
            Kind::AnyOf => {
                let chosen = (0..count).filter(|_| draws.below(2) == 0).map(OptionIx::new).collect::<Vec<_>>();
                AnswerValue::Any { more: !chosen.is_empty() && draws.below(4) == 0, chosen }
            }
            Kind::YesNo | Kind::OneOf => AnswerValue::One(OptionIx::new(draws.below(count))),
        };
        facts.set(question, Answer { value, given: Given::Unstated });
    }
    facts
}

fn case(facts: Facts) -> Case {
    Case {
        id: "drawn".to_owned(),
        title: "Drawn".to_owned(),
        source: None,
        as_of: None,
        given: facts,
        given_at: Vec::new(),
        assumed: None,
        alone: None,
        done: Vec::new(),
        waived: Vec::new(),
        expect: Expect::default(),
        place: Place::default(),
    }
}

/// Whether all of some truths are one, and which.
fn agreed(mut truths: impl Iterator<Item = bool>) -> Option<bool> {
    let first = truths.next().unwrap();
    truths.all(|truth| truth == first).then_some(first)
}

#[test]
fn every_test_comes_out_as_in_every_completion() {
    let (mut draws, mut undetermined, mut beyond_kleene) = (Draws(7), 0, 0);
    for files in [base_files(), small()] {
        let loaded = load(&files);
        let ruleset = &loaded.ruleset;
        let tests = all_tests(ruleset);
        assert!(tests.len() > 10);
        for _ in 0..40 {
            let facts = drawn(ruleset, &mut draws);
            let worlds = worlds(ruleset, &facts);
            let set = CaseSet { profiles: Vec::new(), cases: vec![case(facts)] };
            let covered = coverage(ruleset, &set);
            let made = |about: &About, way| {
                let item = covered.items.iter().find(|item| item.about == *about).unwrap();
                item.points.iter().any(|point| point.way == way && !point.cases.is_empty())
            };
            let mut seen = 0;
            for item in &covered.items {
                match &item.about {
                    About::Test(ix, _) => {
                        seen += 1;
                        let truth = agreed(worlds.iter().map(|world| world.test(&tests[ix])));
                        let way = truth.map_or(Way::Undetermined, |truth| if truth { Way::True } else { Way::False });
                        let ways: Vec<Way> =
                            item.points.iter().filter(|p| !p.cases.is_empty()).map(|p| p.way).collect();
                        assert_eq!(ways, [way], "{:?}", tests[ix]);
                        undetermined += usize::from(truth.is_none());
                        beyond_kleene += usize::from(truth.is_some() && worlds.len() > 1);
                    }
                    About::Derived(ix, at) if made(&item.about, Way::TheOne) => {
                        assert!(worlds.iter().all(|world| world.the_one(*ix) == *at));
                    }
                    About::Option(question, option) if made(&item.about, Way::Chosen) => {
                        let open = |world: &World<'_>| world.arises(*question) && world.open(*question, *option);
                        assert!(
                            worlds.iter().all(|world| world.chosen[question.index()].contains(option) && open(world))
                        );
                    }
                    About::Option(question, option) if made(&item.about, Way::ChosenClosed) => {
                        assert!(worlds.iter().all(|world| world.arises(*question) && !world.open(*question, *option)));
                    }
                    _ => {}
                }
            }
            assert_eq!(seen, tests.len(), "every test is an item, once");
            if let [world] = worlds.as_slice() {
                for (ix, _) in ruleset.derived().iter() {
                    assert!(made(&About::Derived(ix, world.the_one(ix)), Way::TheOne));
                }
            }
        }
    }
    assert!(undetermined > 100 && beyond_kleene > 100, "{undetermined} and {beyond_kleene}: too few of a kind");
}

/// Every test that somebody wrote, found without the help of the library.
fn all_tests(ruleset: &Ruleset) -> BTreeMap<TestIx, Subject> {
    let mut conditions: Vec<&Condition> = Vec::new();
    for (_, rule) in ruleset.rules().iter() {
        conditions.push(&rule.when);
        conditions.extend(&rule.met_when);
    }
    conditions.extend(ruleset.questions().iter().filter_map(|(_, question)| question.only_if.as_ref()));
    for (_, list) in ruleset.lists().iter().filter(|(_, list)| list.each.is_none()) {
        conditions.extend(list.choices.iter().filter_map(|choice| choice.only_if.as_ref()));
    }
    conditions.extend(ruleset.derived().iter().flat_map(|(_, fact)| &fact.cases).filter_map(|case| case.when.as_ref()));
    conditions.extend(ruleset.myths().iter().map(|(_, myth)| &*myth.when));
    conditions.into_iter().flat_map(Condition::tests).map(|test| (test.ix, test.subject.clone())).collect()
}
