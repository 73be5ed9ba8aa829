//! No change of effect missed, none invented, and every witness smallest and really different.

use std::collections::{BTreeMap, BTreeSet};

use clearshare::compare::{Change, Comparison, Kind, Reach, Shift, Verdict, Way, compare, compare_within};
use clearshare::engine::evaluate;
use clearshare::model::{AnswerValue, Exchange, Facts};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset as Theirs;

use super::pairs::pair;
use super::worlds::{Domain, Slot, States, Thing, all, count, slots, states};
use crate::oracle::ruleset::Ruleset;
use crate::oracle::yaml;

/// How many pairs are compared, and the most exchanges of one.
const PAIRS: usize = 160;
const MOST: usize = 1_500;

/// What was seen over all pairs: so that the tests are known to have tried each thing.
#[derive(Debug, Default)]
struct Seen(BTreeMap<String, usize>);

impl Seen {
    fn add(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }
}

#[test]
fn every_change_of_effect_is_found_and_shown() {
    let mut seen = Seen::default();
    let (mut seed, mut done) = (1, 0);
    while done < PAIRS {
        let (a, b) = pair(seed);
        seed += 1;
        let fits = [Domain::Both, Domain::Of(0), Domain::Of(1)].iter().all(|d| count(&slots([&a, &b], *d)) <= MOST);
        if let (true, Some(theirs_a), Some(theirs_b)) = (fits, read(&a), read(&b)) {
            let printed = format!("seed {}\n=== A\n{}=== B\n{}", seed - 1, yaml::printed(&a), yaml::printed(&b));
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                check([&a, &b], [&theirs_a, &theirs_b], &mut seen);
            }));
            assert!(result.is_ok(), "{printed}");
            done += 1;
        }
    }
    for wanted in [
        "rule More",
        "rule Fewer",
        "rule Harder",
        "rule Easier",
        "question More",
        "question Fewer",
        "option More",
        "option Fewer",
        "derived Other",
        "myth More",
        "myth Fewer",
        "rule OnlyAfter",
        "rule OnlyBefore",
        "same",
        "reworded",
        "asked by one alone",
        "of another kind",
        "starved",
    ] {
        assert!(seen.0.get(wanted).is_some_and(|times| *times > 1), "{wanted} was not tried: {seen:#?}");
    }
}

fn read(rs: &Ruleset) -> Option<Theirs> {
    let files: Vec<(String, Vec<u8>)> =
        yaml::files(rs).into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    Some(read_ruleset(&files).ok()?.ruleset)
}

/// The states of both versions over a domain.
struct Table {
    slots: Vec<Slot>,
    rows: Vec<(Vec<usize>, [States; 2])>,
}

impl Table {
    fn new(versions: [&Ruleset; 2], domain: Domain) -> Self {
        let slots = slots(versions, domain);
        let rows = all(&slots)
            .into_iter()
            .map(|exchange| {
                let of = |side: usize| states(versions[side], side, &slots, &exchange);
                let both = [of(0), of(1)];
                (exchange, both)
            })
            .collect();
        Self { slots, rows }
    }

    /// Every pair of different states that a thing has in some exchange.
    fn differences(&self, thing: &Thing) -> BTreeSet<(String, String)> {
        let pairs = self.rows.iter().filter_map(|(_, [a, b])| Some((a.get(thing)?.clone(), b.get(thing)?.clone())));
        pairs.filter(|(a, b)| a != b).collect()
    }
}

/// With hardly any work allowed, each change is told as it is or as not proved: none is missed, and none is made milder.
fn starved(whole: &Comparison, theirs: [&Theirs; 2], seen: &mut Seen) {
    let starved = compare_within(theirs[0], theirs[1], 1).expect("small rulesets can be compared");
    for change in whole.changes.iter().filter(|change| change.effect) {
        let same = |other: &&Change| other.kind == change.kind && other.id == change.id;
        let other = starved.changes.iter().find(same).unwrap_or_else(|| panic!("{} is missed", change.id));
        assert!(other.effect, "{} is {:?} with work, {:?} without", change.id, change.verdict, other.verdict);
        if other.verdict == Verdict::NotProved || !other.unproved.is_empty() {
            seen.add("starved");
        }
    }
}

fn check(versions: [&Ruleset; 2], theirs: [&Theirs; 2], seen: &mut Seen) {
    let comparison = compare(theirs[0], theirs[1]).expect("small rulesets can be compared");
    starved(&comparison, theirs, seen);
    let tables = [Domain::Both, Domain::Of(1), Domain::Of(0)].map(|domain| Table::new(versions, domain));
    let (_, [first_a, first_b]) = tables[0].rows.first().expect("there is an exchange");
    let of_two = |thing: &&Thing| is_two(thing, versions) && thing.0 == "question";
    first_a.keys().filter(of_two).for_each(|_| seen.add("of another kind"));
    let things: Vec<Thing> = first_a.keys().filter(|thing| first_b.contains_key(*thing)).cloned().collect();
    for thing in things.into_iter().filter(|thing| !is_two(thing, versions)) {
        let change = comparison.changes.iter().find(|change| is(change, &thing, versions));
        if let Some(change) = change {
            assert!(change.unproved.is_empty(), "{thing:?} is not proved");
        }
        let shifts = change.map_or(&[][..], |change| change.shifts.as_slice());
        let reaches = [Reach::Both, Reach::OnlyAfter, Reach::OnlyBefore];
        let found = tables.iter().zip(reaches).find(|(table, _)| !table.differences(&thing).is_empty());
        let Some((table, reach)) = found else {
            assert!(shifts.is_empty(), "{thing:?} is said to change: {shifts:#?}");
            seen.add(if change.is_some() { "reworded" } else { "same" });
            continue;
        };
        let differences = table.differences(&thing);
        assert!(shifts.iter().all(|shift| shift.reach == reach), "{thing:?}: {reach:?} expected: {shifts:#?}");
        let expected: BTreeSet<Way> = differences.iter().map(|(a, b)| way(thing.0, a, b)).collect();
        let told: BTreeSet<Way> = shifts.iter().map(|shift| shift.way).collect();
        assert_eq!(told, expected, "{thing:?}: {differences:?}");
        assert!(change.is_some_and(|change| change.effect || change.kind == Kind::Derived), "{thing:?} has an effect");
        for shift in shifts {
            if reach == Reach::Both {
                seen.add(format!("{} {:?}", thing.0, shift.way));
                shown(&thing, shift, &differences, tables.each_ref(), theirs, seen);
            } else {
                seen.add(format!("{} {reach:?}", thing.0));
                one_sided(&thing, shift, reach, theirs);
            }
        }
    }
    alone(&comparison.changes, &tables[0], versions);
}

/// Whether a thing is a question of another kind in each version, or an option of one: two things of one name.
fn is_two(thing: &Thing, versions: [&Ruleset; 2]) -> bool {
    let id = thing.1.split_once(": ").map_or(thing.1.as_str(), |(question, _)| question);
    let kind = |rs: &Ruleset| rs.questions.iter().find(|q| q.id == id).map(|q| q.kind);
    matches!(thing.0, "question" | "option") && kind(versions[0]) != kind(versions[1])
}

/// Whether a change is of a thing. The options of a list that several questions share are told of once.
fn is(change: &Change, thing: &Thing, versions: [&Ruleset; 2]) -> bool {
    let kind = match change.kind {
        Kind::Rule => "rule",
        Kind::Question => "question",
        Kind::Option => "option",
        Kind::Derived => "derived",
        Kind::Myth => "myth",
        _ => return false,
    };
    if kind != thing.0 {
        return false;
    }
    if kind != "option" || change.id == thing.1 {
        return change.id == thing.1;
    }
    let (told, option) = change.id.split_once(": ").unwrap();
    let (asked, other) = thing.1.split_once(": ").unwrap();
    let list = |rs: &Ruleset, id: &str| rs.questions.iter().find(|q| q.id == id).map(|q| q.list);
    option == other && versions.iter().all(|rs| list(rs, told).is_some() && list(rs, told) == list(rs, asked))
}

fn way(kind: &str, before: &str, after: &str) -> Way {
    match (kind, before, after) {
        ("derived", ..) => Way::Other,
        ("rule", "met", "applies") => Way::Harder,
        ("rule", "applies", "met") => Way::Easier,
        (_, "not-applicable" | "does not arise" | "closed" | "not answered", _) => Way::More,
        _ => Way::Fewer,
    }
}

/// A witness of a change for exchanges that both can express.
fn shown(
    thing: &Thing,
    shift: &Shift,
    differences: &BTreeSet<(String, String)>,
    tables: [&Table; 3],
    theirs: [&Theirs; 2],
    seen: &mut Seen,
) {
    let witness = shift.witness.as_ref().expect("small rulesets have witnesses");
    assert!(witness.smallest, "{thing:?}");
    let (from, to) = (shift.before.clone().unwrap(), shift.after.clone().unwrap());
    assert!(differences.contains(&(from.clone(), to.clone())), "{thing:?}: {from} to {to} in {differences:?}");
    // What is shown of a rule is that it applies or applied, where that can be.
    if thing.0 == "rule" && (from == "met" && to == "not-applicable" || from == "not-applicable" && to == "met") {
        let better = |a: &str, b: &str| differences.contains(&(a.to_owned(), b.to_owned()));
        assert!(!better("not-applicable", "applies") || to != "met", "{thing:?}");
        assert!(!better("applies", "not-applicable") || from != "met", "{thing:?}");
    }
    let facts = [witness.before.as_ref().unwrap(), witness.after.as_ref().unwrap()];
    if !witness.only_after.is_empty() || !witness.only_before.is_empty() {
        seen.add("asked by one alone");
    }
    let outcomes = [witness.outcome_before, witness.outcome_after];
    for (side, state) in [&from, &to].into_iter().enumerate() {
        if thing.0 != "option" {
            assert_eq!(engine_says(theirs[side], facts[side], thing).as_ref(), Some(state), "{thing:?} in {side}");
        }
        let advice = evaluate(theirs[side], &exchange(facts[side]), theirs[side].info().law_as_at);
        assert_eq!(Some(advice.outcome), outcomes[side]);
        assert!(advice.moot.is_empty(), "{thing:?}: an answer does not arise");
    }
    let answered: BTreeSet<String> = (0..2).flat_map(|side| questions(theirs[side], facts[side])).collect();
    let least = if thing.0 == "derived" {
        differences.iter().filter_map(|(a, b)| least(thing, a, b, tables)).min()
    } else {
        least(thing, &from, &to, tables)
    };
    assert_eq!(Some(answered.len()), least, "{thing:?} {from} to {to}: {answered:?}");
}

/// The fewest questions whose answers, which both know, determine the one state in the one version and the other in the
/// other, whatever else each version offers.
fn least(thing: &Thing, from: &str, to: &str, [both, after, before]: [&Table; 3]) -> Option<usize> {
    let (common, own) = (&both.slots, [before, after]);
    let mut chosen: Vec<u32> = (0..1_u32 << common.len()).collect();
    chosen.sort_by_key(|set| set.count_ones());
    let found = chosen.into_iter().find(|set| {
        let named: Vec<usize> = (0..common.len()).filter(|at| set & 1 << at != 0).collect();
        // The slots of every domain are the same, in the same order; only their answers differ.
        let allowed = |at: usize, answer: &Vec<String>| common[at].answers.contains(answer);
        let of = |side: usize, state: &str| -> BTreeMap<Vec<&Vec<String>>, bool> {
            let table = own[side];
            let mut forced = BTreeMap::new();
            for (exchange, states) in &table.rows {
                let key: Vec<&Vec<String>> = named.iter().map(|at| &table.slots[*at].answers[exchange[*at]]).collect();
                if named.iter().zip(&key).all(|(at, answer)| allowed(*at, answer)) {
                    *forced.entry(key).or_insert(true) &= states[side].get(thing).map(String::as_str) == Some(state);
                }
            }
            forced
        };
        let (before, after) = (of(0, from), of(1, to));
        before.iter().any(|(key, forced)| *forced && after.get(key) == Some(&true))
    });
    found.map(|set| usize::try_from(set.count_ones()).unwrap())
}

/// A witness of a change for answers that one version lacks: the other says what it is said to say.
fn one_sided(thing: &Thing, shift: &Shift, reach: Reach, theirs: [&Theirs; 2]) {
    let witness = shift.witness.as_ref().expect("small rulesets have witnesses");
    let (side, facts, state) = match reach {
        Reach::OnlyAfter => (1, &witness.after, &shift.after),
        _ => (0, &witness.before, &shift.before),
    };
    let facts = facts.as_ref().expect("the version can express it");
    if thing.0 != "option" {
        assert_eq!(engine_says(theirs[side], facts, thing), *state, "{thing:?}");
    }
    assert!(if side == 1 { witness.before.is_none() } else { witness.after.is_none() });
}

/// Rules that one version has alone are told of as such, with an exchange to which they apply if there is one.
fn alone(changes: &[Change], table: &Table, versions: [&Ruleset; 2]) {
    for (side, other) in [(0, 1), (1, 0)] {
        for rule in &versions[side].rules {
            if versions[other].rules.iter().any(|r| r.id == rule.id) {
                continue;
            }
            let change = changes.iter().find(|c| c.kind == Kind::Rule && c.id == rule.id).expect("it is told of");
            let thing = ("rule", rule.id.clone());
            let applies = table.rows.iter().any(|(_, states)| states[side][&thing] != "not-applicable");
            assert_eq!(applies, change.shifts.iter().any(|shift| shift.reach == Reach::Both), "{}", rule.id);
        }
    }
}

fn exchange(facts: &Facts) -> Exchange {
    Exchange { id: "main".to_owned(), facts: facts.clone(), ..Exchange::default() }
}

/// The ids of the questions answered; of one that has another kind in the other version, with its kind.
fn questions(ruleset: &Theirs, facts: &Facts) -> Vec<String> {
    let id = |(ix, _): (_, &clearshare::model::Answer)| {
        let question = ruleset.questions().get(ix).unwrap();
        format!("{} {:?}", question.id, question.kind)
    };
    facts.iter().map(id).collect()
}

/// What the engine determines of a thing on these facts.
fn engine_says(ruleset: &Theirs, facts: &Facts, thing: &Thing) -> Option<String> {
    for (_, answer) in facts.iter() {
        assert!(matches!(answer.value, AnswerValue::One(_) | AnswerValue::Any { more: false, .. }));
    }
    let advice = evaluate(ruleset, &exchange(facts), ruleset.info().law_as_at);
    match thing.0 {
        "rule" => Some(advice.status(ruleset.rule_named(&thing.1)?).word().to_owned()),
        "derived" => {
            let fact = ruleset.derived().find(|fact| fact.id == thing.1)?;
            let value = advice.value(fact)?;
            Some(ruleset.derived().get(fact)?.value(value)?.name.clone())
        }
        "myth" => {
            let myth = ruleset.myths().find(|myth| myth.id == thing.1)?;
            Some(if advice.myths.contains(&myth) { "answered" } else { "not answered" }.to_owned())
        }
        // It says nothing of options by themselves: the count of the least facts stands for it.
        _ => arises(ruleset, facts, &thing.1),
    }
}

fn arises(ruleset: &Theirs, facts: &Facts, id: &str) -> Option<String> {
    use clearshare::logic::{Decider, Verdict};
    let question = ruleset.question_named(id)?;
    let formula = ruleset.compiled().questions.get(question)?.arises;
    let mut decider = Decider::new(&ruleset.compiled().formulas, &ruleset.compiled().order);
    decider.consider(&known(ruleset, facts));
    match decider.verdict(formula) {
        Verdict::Always => Some("arises".to_owned()),
        Verdict::Never => Some("does not arise".to_owned()),
        _ => None,
    }
}

fn known(ruleset: &Theirs, facts: &Facts) -> clearshare::logic::Possible {
    use clearshare::ruleset::Variables;
    let compiled = ruleset.compiled();
    let mut possible = clearshare::logic::Possible::all(&compiled.formulas);
    for (question, answer) in facts.iter() {
        let variables = &compiled.questions.get(question).unwrap().variables;
        match (variables, &answer.value) {
            (Variables::One { var, .. }, AnswerValue::One(option)) => {
                assert!(possible.set(*var, variables.class_of(*option).unwrap()));
            }
            (Variables::Any { vars, .. }, AnswerValue::Any { chosen, .. }) => {
                for (class, var) in vars.iter().enumerate() {
                    let held = chosen.iter().any(|o| variables.class_of(*o).map(usize::from) == Some(class));
                    assert!(possible.set(*var, u16::from(held)));
                }
            }
            _ => {}
        }
    }
    possible
}
