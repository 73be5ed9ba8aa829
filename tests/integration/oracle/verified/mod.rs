//! Everything that `verify` says of generated small rulesets, against everything that is so: each combination of answers is
//! tried, and each set of answers that a witness could be.
//!
//! What each property means is said in the files of `src/verify/`; here it is said a second time, over tables.

mod barred;
mod consistent;
mod distinct;
mod guarded;
mod leavable;
mod matters;
mod needed;
mod reachable;
mod seen;
mod starved;
mod table;

use super::bridge::Engine;
use super::generate::small;
use super::ruleset::{Cond, Level, Line, Mask, Ruleset};
use super::seeds::hold;
use super::tally::Tally;
use super::yaml::printed;
use seen::{Seen, seen};
use table::{Set, Table};

/// Something that is so of a ruleset, and that `verify` must say.
#[derive(Debug, Clone)]
struct Claim {
    code: &'static str,
    /// The names in its message, sorted: any of these.
    names: Vec<Vec<String>>,
    /// The combinations of answers that show it; none where no exchange can.
    shown_by: Option<Set>,
    /// How many statements it says are wrong.
    weight: usize,
}

impl Claim {
    fn without_example(code: &'static str, names: &[&str]) -> Self {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort();
        Self { code, names: vec![names], shown_by: None, weight: 1 }
    }

    fn shown_by(set: Set, code: &'static str, names: &[&str]) -> Self {
        Self { shown_by: Some(set), ..Self::without_example(code, names) }
    }
}

/// The questions and derived facts that rules which end the questions read.
struct Screening {
    questions: Mask,
    derived: Mask,
}

/// The prohibitions in force.
fn prohibitions(rs: &Ruleset) -> Vec<usize> {
    let bans = |r: &usize| rs.rules[*r].level == Level::MustNot && rs.rules[*r].upcoming.is_none();
    (0..rs.rules.len()).filter(bans).collect()
}

fn mask(of: &[usize]) -> Mask {
    of.iter().fold(0, |mask, at| mask | 1 << at)
}

/// Every set of some of these.
fn subsets(of: &[usize]) -> Vec<Mask> {
    of.iter().fold(vec![0], |all, at| all.iter().flat_map(|set| [*set, set | 1 << at]).collect())
}

/// The ids of a set of rules, and others, sorted.
fn ids(rs: &Ruleset, set: Mask, others: &[&str]) -> Vec<String> {
    let rules = rs.rules.iter().enumerate().filter(|(r, _)| set & 1 << r != 0).map(|(_, rule)| rule.id.clone());
    let mut ids: Vec<String> = rules.chain(others.iter().map(|id| (*id).to_owned())).collect();
    ids.sort();
    ids
}

/// Every condition of a ruleset.
fn all_conditions(rs: &Ruleset) -> impl Iterator<Item = &Cond> {
    let of_rules = rs.rules.iter().flat_map(|r| r.when.iter().chain(&r.met_when));
    let of_derived = rs.derived.iter().flat_map(|d| d.cases.iter().filter_map(|(_, when)| when.as_ref()));
    let of_options = rs.lists.iter().flat_map(|l| &l.options).filter_map(|o| o.only_if.as_ref());
    let of_questions = rs.questions.iter().filter_map(|q| q.only_if.as_ref());
    let of_themes = rs.themes.iter().filter_map(|t| t.when.as_ref());
    of_rules.chain(of_derived).chain(of_options).chain(of_questions).chain(of_themes).chain(&rs.myths)
}

fn screening(rs: &Ruleset) -> Screening {
    let ending = || (0..rs.rules.len()).filter(|r| rs.rules[*r].ends_questions);
    let questions = ending().fold(0, |read, r| read | rs.reads_of_when(r));
    let whens = ending().flat_map(|r| rs.themes[rs.rules[r].theme].when.iter().chain(&rs.rules[r].when));
    let of_questions = (0..rs.questions.len()).filter(|q| questions & 1 << q != 0).flat_map(|q| {
        let list = &rs.lists[rs.questions[q].list];
        list.options.iter().filter_map(|o| o.only_if.as_ref()).chain(&rs.questions[q].only_if)
    });
    let mut derived = 0;
    let read = |cond: &Cond, derived: &mut Mask| {
        cond.visit(&mut |line| {
            if let Line::Derived(d, _) = line {
                *derived |= 1 << d;
            }
        });
    };
    whens.chain(of_questions).for_each(|cond| read(cond, &mut derived));
    // A derived fact reads only those before it.
    for d in (0..rs.derived.len()).rev() {
        if derived & 1 << d != 0 {
            rs.derived[d].cases.iter().filter_map(|(_, when)| when.as_ref()).for_each(|cond| read(cond, &mut derived));
        }
    }
    Screening { questions, derived }
}

/// Compares what is said of one ruleset with what is so.
fn compare(seed: u64) -> Result<Tally, String> {
    let rs = small(seed);
    let wrong = |what: String| format!("seed {seed}: {what}\n{}", printed(&rs));
    let engine = Engine::read(&rs).map_err(&wrong)?;
    let table = Table::of(&rs);
    let (said, tallies) = seen(&engine);
    let mut tally = Tally::default();
    let reached = [reachable::claims(&table), matters::claims(&table)].concat();
    let properties = [
        ("reachable", reached),
        ("consistent", consistent::claims(&table)),
        ("guarded", guarded::claims(&table)),
        ("barred", barred::claims(&table)),
        ("leavable", leavable::claims(&table)),
        ("distinct", distinct::claims(&table)),
        ("needed", [needed::claims(&table), needed::alike(&table)].concat()),
    ];
    for (property, claims) in properties {
        let said: Vec<&Seen> = said.iter().filter(|seen| seen.property == property).collect();
        agree(&table, &said, &claims).map_err(&wrong)?;
        let (_, stated, proved) = tallies.iter().find(|(of, ..)| *of == property).expect("a tally for each property");
        let wrong_statements: usize = claims.iter().map(|claim| claim.weight).sum();
        if stated - proved != wrong_statements {
            return Err(wrong(format!("{property}: {stated} stated, {proved} proved, {wrong_statements} wrong")));
        }
        tally.add(&format!("{property} proved"), *proved);
        claims.iter().for_each(|claim| tally.add(claim.code, 1));
    }
    Ok(tally)
}

/// Every claim is seen once, nothing else is seen, and each witness shows what it is a witness of and is smallest.
fn agree(table: &Table<'_>, said: &[&Seen], claims: &[Claim]) -> Result<(), String> {
    let mut left: Vec<&Claim> = claims.iter().collect();
    for seen in said {
        let Some(at) = left.iter().position(|claim| claim.code == seen.code && claim.names.contains(&seen.names))
        else {
            return Err(format!("a false alarm: {seen:#?}"));
        };
        let claim = left.remove(at);
        match (&claim.shown_by, &seen.witness) {
            (None, None) => {}
            (Some(set), Some(witness)) => check_witness(table, seen, set, witness)?,
            (wanted, _) => return Err(format!("a witness is wanted: {}: {seen:#?}", wanted.is_some())),
        }
    }
    match left.first() {
        None => Ok(()),
        Some(claim) => Err(format!("proved though it is not so: {} of {:?}", claim.code, claim.names)),
    }
}

fn check_witness(table: &Table<'_>, seen: &Seen, set: &Set, witness: &[Option<Mask>]) -> Result<(), String> {
    if !table.forced(witness, set) {
        return Err(format!("the witness does not show it: {seen:#?}"));
    }
    let answered = witness.iter().flatten().count();
    let fewest = table.fewest(set).expect("the witness shows it, so something does");
    if !seen.smallest || answered != usize::try_from(fewest).expect("few questions") {
        return Err(format!("{fewest} answers would show it: {seen:#?}"));
    }
    Ok(())
}

#[test]
fn verify_says_what_is_so_of_generated_rulesets() {
    let tally = hold(0..4_000, compare);
    let rare: Vec<_> =
        SEEN.iter().map(|(what, least)| (*what, tally.get(what), *least)).filter(|(_, n, least)| n < least).collect();
    assert!(rare.is_empty(), "seen too seldom: {rare:?}\nin {:#?}", tally.0);
}

/// How often each property was rightly said to be proved, and each thing was found, at the least.
const SEEN: [(&str, usize); 28] = [
    ("reachable proved", 50_000),
    ("consistent proved", 1_000),
    ("guarded proved", 10_000),
    ("barred proved", 10_000),
    ("leavable proved", 3_000),
    ("distinct proved", 10_000),
    ("needed proved", 50_000),
    ("rule-never-applies", 1_000),
    ("rule-never-met", 1_000),
    ("rule-never-outstanding", 1_000),
    ("case-never-holds", 500),
    ("question-never-arises", 40),
    ("option-never-open", 300),
    ("myth-never-answered", 50),
    ("question-never-matters", 400),
    ("fact-never-matters", 20),
    ("option-never-matters", 200),
    ("inert-option-matters", 1_000),
    ("must-trips-must-not", 1_000),
    ("unguarded-negation", 1_000),
    ("idle-acknowledgement", 1_000),
    ("lifted-by-closed-option", 100),
    ("stop-cannot-be-left", 500),
    ("final-can-be-left", 500),
    ("rule-equals", 500),
    ("rule-implies", 500),
    ("redundant-test", 50_000),
    ("options-alike", 40),
];
