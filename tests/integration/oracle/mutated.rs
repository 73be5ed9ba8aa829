//! What `mutate` says of generated small rulesets, against what is so: each change is really made, the changed ruleset really
//! compiled, its cases really run, and every combination of answers tried.

use std::collections::BTreeSet;

use clearshare::cases::run_case;
use clearshare::engine::{Advice, Evaluator};
use clearshare::model::{
    Answer, AnswerValue, Case, CaseSet, Exactly, Exchange, Expect, ExpectedFact, ExpectedRule, Facts, Given, Ix, Kind,
    OptionIx, QuestionIx, Status, Written,
};
use clearshare::mutate::{
    ALLOWANCE, Judged, Mutant, Mutation, Only, Operator, Settings, Site, Verdict, applied, enumerate, mutate,
};
use clearshare::ruleset::Ruleset;
use clearshare::text::Place;

use super::Rng;
use super::bridge::Engine;
use super::generate::small;
use super::seeds::hold;
use super::tally::Tally;
use super::yaml::printed;

/// How many rulesets are tried.
const SEEDS: u64 = 60;

/// With more ways than this in which a change can show, not every one is compared for the fewest answers.
const WAYS: usize = 8;

fn tried(ruleset: &Ruleset, cases: &CaseSet, workers: usize) -> Mutation {
    within(ruleset, cases, workers, ALLOWANCE)
}

fn within(ruleset: &Ruleset, cases: &CaseSet, workers: usize, allowance: u64) -> Mutation {
    let as_of = ruleset.info().law_as_at;
    mutate(ruleset, cases, &Only::default(), &Settings { as_of, workers, allowance, progress: &|_, _| () })
}

/// With hardly any work allowed, a verdict is the same or open: never another.
fn starved(ruleset: &Ruleset, cases: &CaseSet, whole: &Mutation, tally: &mut Tally) -> Result<(), String> {
    let starved = within(ruleset, cases, 1, 1);
    for (whole, starved) in whole.judged.iter().zip(&starved.judged) {
        match (&whole.verdict, &starved.verdict) {
            (Verdict::Caught(one), Verdict::Caught(other)) if one == other => {}
            (Verdict::Equivalent, Verdict::Equivalent)
            | (Verdict::Survives(_), Verdict::Survives(_))
            | (Verdict::NotProved, Verdict::NotProved) => {}
            (Verdict::Equivalent | Verdict::Survives(_), Verdict::NotProved) => tally.add("starved", 1),
            (whole, starved) => return Err(format!("{whole:?} with work, {starved:?} without")),
        }
    }
    Ok(())
}

fn answered(value: AnswerValue) -> Answer {
    Answer { value, given: Given::Unstated }
}

/// Every answer that a question can have.
fn values(ruleset: &Ruleset, question: QuestionIx) -> Vec<AnswerValue> {
    let kind = ruleset.questions().get(question).unwrap().kind;
    let options: Vec<OptionIx> = (0..ruleset.choices(question).len()).map(OptionIx::new).collect();
    match kind {
        Kind::Text => vec![AnswerValue::Text("x".to_owned())],
        Kind::YesNo | Kind::OneOf => options.into_iter().map(AnswerValue::One).collect(),
        Kind::AnyOf => (0..1_usize << options.len())
            .map(|set| {
                let chosen = options.iter().copied().filter(|option| set & 1 << option.index() != 0).collect();
                AnswerValue::Any { chosen, more: false }
            })
            .collect(),
    }
}

/// Every combination of answers, by the number of the answer to each question.
fn worlds(values: &[Vec<AnswerValue>]) -> Vec<Vec<usize>> {
    values.iter().fold(vec![Vec::new()], |worlds, own| {
        worlds
            .iter()
            .flat_map(|world| (0..own.len()).map(|at| [&world[..], &[at]].concat()).collect::<Vec<_>>())
            .collect()
    })
}

/// What a ruleset shows of every combination of answers: a name for each thing that can be seen, and for each combination
/// whether it is.
struct Table {
    names: Vec<String>,
    rows: Vec<Vec<bool>>,
}

/// What people see of advice on a combination of answers, each with its name.
fn seen(ruleset: &Ruleset, advice: &Advice) -> Vec<(String, bool)> {
    let mut seen = Vec::new();
    for (ix, rule) in ruleset.rules().iter().filter(|(_, rule)| rule.upcoming.is_none()) {
        seen.push((format!("when {}", rule.id), advice.applies[ix.index()] == Some(true)));
        seen.push((format!("met {}", rule.id), advice.status(ix) == Status::Met));
    }
    for (ix, fact) in ruleset.derived().iter().filter(|(_, fact)| fact.shown) {
        for (at, value) in fact.values.iter().enumerate() {
            let is = advice.value(ix).is_some_and(|value| usize::from(value.0) == at);
            seen.push((format!("value {} {}", fact.id, value.name), is));
        }
    }
    for (ix, question) in ruleset.questions().iter() {
        for at in 0..ruleset.choices(ix).len() {
            let is_candidate = advice.candidates.iter().any(|group| {
                group.question == ix && group.options.iter().any(|candidate| candidate.option.index() == at)
            });
            seen.push((format!("candidate {} {at}", question.id), is_candidate));
        }
        seen.push((format!("arises {}", question.id), !advice.moot.contains(&ix)));
    }
    for (ix, myth) in ruleset.myths().iter() {
        seen.push((format!("myth {}", myth.id), advice.myths.contains(&ix)));
    }
    seen
}

impl Table {
    fn of(ruleset: &Ruleset, exchanges: &[Exchange]) -> Self {
        let mut evaluator = Evaluator::new(ruleset);
        let mut names = Vec::new();
        let mut rows = Vec::new();
        for exchange in exchanges {
            let advice = evaluator.conclude(exchange, ruleset.info().law_as_at);
            let all = seen(ruleset, &advice);
            names = all.iter().map(|(name, _)| name.clone()).collect();
            rows.push(all.into_iter().map(|(_, is)| is).collect());
        }
        Self { names, rows }
    }

    /// The combinations on which something is so here and not there, for each thing that can be seen.
    fn beyond(&self, other: &Self) -> Vec<(String, Vec<bool>)> {
        let sets = (0..self.names.len()).map(|at| {
            let set = self.rows.iter().zip(&other.rows).map(|(row, other)| row[at] && !other[at]).collect();
            (self.names[at].clone(), set)
        });
        sets.filter(|(_, set): &(String, Vec<bool>)| set.contains(&true)).collect()
    }
}

/// Some cases that pass: facts at random, and some of what the ruleset says of them.
fn cases(ruleset: &Ruleset, rng: &mut Rng, count: usize) -> CaseSet {
    let mut evaluator = Evaluator::new(ruleset);
    let mut set = CaseSet::default();
    for at in 0..count {
        let mut given = Facts::default();
        for question in ruleset.questions().ids() {
            if rng.chance(75) {
                given.set(question, answered(rng.pick(&values(ruleset, question))));
            }
        }
        for question in evaluator.moot(&given) {
            given.remove(question);
        }
        let exchange = Exchange { facts: given.clone(), ..Exchange::default() };
        let advice = evaluator.conclude(&exchange, ruleset.info().law_as_at);
        set.cases.push(case(ruleset, rng, at, given, &advice));
    }
    set
}

fn case(ruleset: &Ruleset, rng: &mut Rng, at: usize, given: Facts, advice: &Advice) -> Case {
    let place = Place::default();
    let exact = rng.chance(30);
    let written = |status| Written { value: status, place };
    let mut rules = Vec::new();
    for (ix, rule) in ruleset.rules().iter() {
        if exact || rng.chance(40) {
            let level = rng.chance(30).then_some(Written { value: rule.level, place });
            let status = written(advice.status(ix));
            rules.push(ExpectedRule { rule: ix, status, level, basis: None, due: None, refer: None });
        }
    }
    let mut derived = Vec::new();
    for fact in ruleset.derived().ids() {
        if rng.chance(30) {
            derived.push(ExpectedFact { fact, value: Written { value: advice.value(fact), place } });
        }
    }
    let outcome = rng.chance(50).then_some(Written { value: advice.outcome, place });
    let exactly = Exactly { rules: exact.then_some(place), ..Exactly::default() };
    let expect = Expect { outcome, rules, derived, exactly, place, ..Expect::default() };
    Case {
        id: format!("case-{at}"),
        title: String::new(),
        source: None,
        as_of: None,
        given,
        given_at: Vec::new(),
        assumed: None,
        alone: None,
        done: Vec::new(),
        waived: Vec::new(),
        expect,
        place,
    }
}

/// Everything about one ruleset that the checks need.
struct Subject<'a> {
    ruleset: &'a Ruleset,
    cases: &'a CaseSet,
    values: Vec<Vec<AnswerValue>>,
    worlds: Vec<Vec<usize>>,
    exchanges: Vec<Exchange>,
    table: Table,
}

impl<'a> Subject<'a> {
    fn of(ruleset: &'a Ruleset, cases: &'a CaseSet) -> Self {
        let values: Vec<Vec<AnswerValue>> = ruleset.questions().ids().map(|ix| self::values(ruleset, ix)).collect();
        let worlds = worlds(&values);
        let exchange = |world: &Vec<usize>| {
            let mut facts = Facts::default();
            for (question, at) in world.iter().enumerate() {
                facts.set(QuestionIx::new(question), answered(values[question][*at].clone()));
            }
            Exchange { facts, ..Exchange::default() }
        };
        let exchanges: Vec<Exchange> = worlds.iter().map(exchange).collect();
        let table = Table::of(ruleset, &exchanges);
        Self { ruleset, cases, values, worlds, exchanges, table }
    }

    /// What is so of a change: whether the verdict on it is right.
    fn check(&self, judged: &Judged, tally: &mut Tally) -> Result<(), String> {
        let changed = applied(self.ruleset, &judged.mutant).ok_or("it cannot be compiled")?;
        let mut evaluator = Evaluator::new(&changed);
        let mut cases = self.cases.cases.iter();
        let first = cases.position(|case| !run_case(&mut evaluator, self.cases, case).passed());
        let found = match judged.verdict {
            Verdict::Caught(at) => Some(at),
            _ => None,
        };
        if first != found {
            return Err(format!("caught by {found:?}, and really by {first:?}"));
        }
        let table = Table::of(&changed, &self.exchanges);
        let mut ways = [self.table.beyond(&table), table.beyond(&self.table)].concat();
        let shown = ways.iter().any(|(name, _)| !name.starts_with("arises "));
        if shown {
            ways.retain(|(name, _)| !name.starts_with("arises "));
        }
        if ways.is_empty() {
            ways.extend(self.itself(&judged.mutant));
        }
        match &judged.verdict {
            Verdict::Caught(_) => tally.add("caught", 1),
            Verdict::Equivalent if changed.compiled().screens != self.ruleset.compiled().screens => {
                return Err("called equivalent, but the safety screen reads other questions".to_owned());
            }
            Verdict::Equivalent if ways.is_empty() => tally.add("equivalent", 1),
            Verdict::Equivalent => return Err(format!("called equivalent, but for {}", ways[0].0)),
            Verdict::Survives(_) if ways.is_empty() => return Err("survives, but changes nothing".to_owned()),
            Verdict::Survives(shown) => {
                tally.add("survives", 1);
                if shown.effects.is_empty() {
                    return Err("survives, but nothing is said to differ".to_owned());
                }
                let facts = shown.facts.as_ref().ok_or("no facts were found")?;
                self.witness(facts, &changed, &ways, shown.smallest, tally)?;
            }
            // What the safety screen reads is no formula.
            Verdict::NotProved if !self.ruleset.compiled().screens.is_empty() => tally.add("not proved", 1),
            Verdict::NotProved => return Err("not proved".to_owned()),
        }
        Ok(())
    }

    /// Where a change to what a rule is can be seen: where it applies.
    fn itself(&self, mutant: &Mutant) -> Option<(String, Vec<bool>)> {
        let rule = match (mutant.site, mutant.operator) {
            (Site::Rule(ix), _) | (Site::Met(ix), Operator::MetDropped) => self.ruleset.rules().get(ix)?,
            _ => return None,
        };
        let at = self.table.names.iter().position(|name| *name == format!("when {}", rule.id))?;
        let set: Vec<bool> = self.table.rows.iter().map(|row| row[at]).collect();
        set.contains(&true).then_some((rule.id.clone(), set))
    }

    /// A witness shows the change, and no fewer answers do.
    fn witness(
        &self,
        facts: &Facts,
        changed: &Ruleset,
        ways: &[(String, Vec<bool>)],
        smallest: bool,
        tally: &mut Tally,
    ) -> Result<(), String> {
        let exchange = Exchange { facts: facts.clone(), ..Exchange::default() };
        let as_of = self.ruleset.info().law_as_at;
        let advice = Evaluator::new(self.ruleset).conclude(&exchange, as_of);
        let other = Evaluator::new(changed).conclude(&exchange, as_of);
        let same_words = self.ruleset.parts().rules == changed.parts().rules;
        let is = |advice: &Advice| (advice.statuses.clone(), advice.derived.clone(), advice.candidates.clone());
        let forced = ways.iter().find(|(_, set)| self.forces(facts, set));
        if same_words
            && is(&advice) == is(&other)
            && advice.myths == other.myths
            && !forced.is_some_and(|(name, _)| name.starts_with("arises "))
        {
            return Err(format!("the facts do not show it: {facts:?}"));
        }
        let count = facts.iter().count();
        let fewest = ways.iter().filter_map(|(_, set)| self.fewest(set)).min().ok_or("no answers force it")?;
        match forced {
            // Without answers that do not arise yet, facts can show a difference that they do not force.
            None if count < self.ruleset.questions().len() && count <= fewest => tally.add("usable", 1),
            None => return Err(format!("the facts do not force it: {facts:?}")),
            Some(_) if ways.len() > WAYS || !smallest => tally.add("many ways", 1),
            Some(_) if count == fewest => tally.add("smallest", 1),
            Some(_) => return Err(format!("{count} answers, but {fewest} are enough: {facts:?}")),
        }
        Ok(())
    }

    /// Whether every combination that fits the facts is in the set.
    fn forces(&self, facts: &Facts, set: &[bool]) -> bool {
        let fits = |world: &[usize]| {
            facts
                .iter()
                .all(|(question, answer)| self.values[question.index()][world[question.index()]] == answer.value)
        };
        self.worlds.iter().zip(set).all(|(world, member)| *member || !fits(world))
    }

    /// The fewest answers that force a set.
    fn fewest(&self, set: &[bool]) -> Option<usize> {
        let questions = self.values.len();
        let mut subsets: Vec<usize> = (0..1 << questions).collect();
        subsets.sort_by_key(|subset| subset.count_ones());
        let forces = |subset: &usize| {
            let part = |world: &Vec<usize>| -> Vec<usize> {
                (0..questions).filter(|q| subset & 1 << q != 0).map(|q| world[q]).collect()
            };
            let outside: BTreeSet<Vec<usize>> =
                self.worlds.iter().zip(set).filter(|(_, member)| !**member).map(|(world, _)| part(world)).collect();
            self.worlds.iter().any(|world| !outside.contains(&part(world)))
        };
        subsets.into_iter().find(forces).map(|subset| subset.count_ones() as usize)
    }
}

fn compare(seed: u64) -> Result<Tally, String> {
    let rs = small(seed);
    let wrong = |what: String| format!("seed {seed}: {what}\n{}", printed(&rs));
    let engine = Engine::read(&rs).map_err(&wrong)?;
    let ruleset = engine.ruleset();
    let mut rng = Rng(seed ^ 0x0bad_cafe);
    let count = rng.below(8);
    let cases = cases(ruleset, &mut rng, count);
    let mutation = tried(ruleset, &cases, 1);
    if !mutation.failing.is_empty() {
        return Err(wrong("a case fails".to_owned()));
    }
    let subject = Subject::of(ruleset, &cases);
    let mut tally = Tally::default();
    starved(ruleset, &cases, &mutation, &mut tally).map_err(&wrong)?;
    for judged in &mutation.judged {
        tally.add(judged.mutant.operator.word(), 1);
        subject.check(judged, &mut tally).map_err(|what| wrong(format!("{:?}\n{what}", judged.mutant)))?;
    }
    Ok(tally)
}

#[test]
fn every_verdict_on_a_change_is_what_really_making_it_and_trying_everything_shows() {
    let total = hold(0..SEEDS, compare);
    for (what, least) in [
        ("caught", 2_000),
        ("equivalent", 1_000),
        ("survives", 1_000),
        ("smallest", 500),
        ("starved", 100),
        ("not proved", 1),
    ] {
        assert!(total.get(what) >= least, "{what}: {total:#?}");
    }
    for operator in [
        "test-dropped",
        "test-negated",
        "item-dropped",
        "item-swapped",
        "joined-otherwise",
        "count-changed",
        "level-changed",
        "basis-changed",
        "due-changed",
        "refer-dropped",
        "met-when-dropped",
        "only-if-dropped",
        "cases-swapped",
    ] {
        assert!(total.get(operator) >= 10, "{operator}: {total:#?}");
    }
    assert!(total.get("not proved") * 100 < total.get("caught"), "{total:#?}");
}

#[test]
fn what_comes_out_does_not_depend_on_how_many_work_on_it() {
    let engines = (0..100).map(|seed| Engine::read(&super::generate::ruleset(seed)).unwrap());
    let engine = engines.max_by_key(|engine| enumerate(engine.ruleset().parts()).len()).unwrap();
    let cases = cases(engine.ruleset(), &mut Rng(3), 12);
    let alone = tried(engine.ruleset(), &cases, 1);
    assert!(alone.judged.len() > 300, "{} are lowered together", alone.judged.len());
    assert_eq!(alone, tried(engine.ruleset(), &cases, 3));
}
