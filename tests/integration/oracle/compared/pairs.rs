//! Pairs of rulesets: one generated, and one made of it by a few changes.

use crate::oracle::Rng;
use crate::oracle::conditions::Scope;
use crate::oracle::generate;
use crate::oracle::ruleset::{Cond, Kind, Level, Line, Ruleset};

/// Two versions, older first. Either may have what the other lacks. The second may not be a valid ruleset.
pub(super) fn pair(seed: u64) -> (Ruleset, Ruleset) {
    let one = generate::ruleset(seed);
    let mut other = one.clone();
    let mut rng = Rng(seed ^ 0xd1ff);
    for _ in 0..=rng.below(3) {
        change(&mut other, &mut rng);
    }
    generate::tidy(&mut other);
    if rng.chance(50) { (one, other) } else { (other, one) }
}

fn condition(rs: &Ruleset, rng: &mut Rng, before: usize) -> Cond {
    let facts = (0..before).filter(|q| rs.questions[*q].kind != Kind::Text).collect();
    Scope { rs, questions: facts, derived: Vec::new() }.condition(rng, 10, 90)
}

/// Says the same in other words.
fn reworded(cond: Cond, rng: &mut Rng) -> Cond {
    match rng.below(4) {
        0 => Cond(vec![Line::Not(Cond(vec![Line::Not(cond)]))]),
        1 => Cond(vec![Line::None(vec![Cond(vec![Line::Not(cond)])])]),
        2 => Cond(cond.0.into_iter().rev().collect()),
        _ => Cond(vec![Line::Count(1, vec![cond.clone(), cond])]),
    }
}

fn change(rs: &mut Ruleset, rng: &mut Rng) {
    let all = rs.questions.len();
    let r = rng.below(rs.rules.len());
    let screens = rs.rules[r].ends_questions;
    match rng.below(16) {
        0..=2 if !screens => rs.rules[r].when = Some(condition(rs, rng, all)),
        3 if !screens => rs.rules[r].when = rs.rules[r].when.take().map(|when| reworded(when, rng)),
        4 if rs.rules[r].met_when.is_some() => {
            rs.rules[r].met_when = if rng.chance(30) { None } else { Some(condition(rs, rng, all)) };
        }
        5 if rs.rules[r].level == Level::Should && !rs.rules[r].refer => rs.rules[r].level = Level::Must,
        6 if rs.rules.len() > 1 => {
            rs.rules.remove(r);
        }
        7 => {
            let mut rule = rs.rules[r].clone();
            rule.id = format!("{}-again", rule.id);
            rs.rules.push(rule);
        }
        8 | 9 => add_option(rs, rng),
        10 => add_question(rs, rng),
        11 | 12 => {
            let q = rng.below(all);
            let early: Vec<usize> = (0..q).filter(|e| rs.questions[*e].kind != Kind::Text).collect();
            if !early.is_empty() && !rs.questions[q].id.starts_with("screen.") {
                rs.questions[q].only_if = rng.chance(70).then(|| condition(rs, rng, q));
            }
        }
        13 if !rs.derived.is_empty() => {
            let d = rng.below(rs.derived.len());
            let cases = &mut rs.derived[d].cases;
            if cases.len() > 2 {
                let (first, second) = (cases[0].0, cases[1].0);
                (cases[0].0, cases[1].0) = (second, first);
            }
        }
        15 => {
            // Of another kind, which takes the same tests: another question of the same name.
            let q = rng.below(all);
            let followed = rs.questions.iter().any(|other| other.each == Some(q));
            if rs.questions[q].kind == Kind::OneOf
                && rs.lists[rs.questions[q].list].options.iter().all(|o| o.id != "none")
                && !followed
            {
                rs.questions[q].kind = Kind::AnyOf;
            }
        }
        14 if !rs.myths.is_empty() => {
            let m = rng.below(rs.myths.len());
            rs.myths[m] = condition(rs, rng, all);
        }
        _ => close_option(rs, rng),
    }
}

/// One more option at the end of a list, with the tags of another.
fn add_option(rs: &mut Ruleset, rng: &mut Rng) {
    if rs.lists.len() < 2 {
        return;
    }
    let list = 1 + rng.below(rs.lists.len() - 1);
    let mut option = rng.pick(&rs.lists[list].options);
    option.id = format!("{}-new", option.id);
    if option.conditions && rng.chance(50) {
        option.conditions = false;
    }
    rs.lists[list].options.push(option);
}

/// One more question, and a rule that rests on it.
fn add_question(rs: &mut Ruleset, rng: &mut Rng) {
    let mut question = rs.questions[rng.below(rs.questions.len())].clone();
    if question.each.is_some()
        || question.kind == Kind::Text
        || rs.lists[question.list].file.is_none() && question.list != 0
    {
        return;
    }
    question.id = String::from("later.asked");
    question.section = rs.questions.last().map_or(0, |q| q.section);
    question.only_if = None;
    rs.questions.push(question);
    let q = rs.questions.len() - 1;
    let test = Scope { rs, questions: vec![q], derived: vec![] }.test(rng, q);
    let rules: Vec<usize> = (0..rs.rules.len()).filter(|r| !rs.rules[*r].ends_questions).collect();
    if let Some(r) = rules.first() {
        let mut lines = rs.rules[*r].when.clone().map_or_else(Vec::new, |when| vec![Line::All(vec![when])]);
        lines.push(if rng.chance(50) {
            Line::Question(q, test)
        } else {
            Line::Not(Cond(vec![Line::Question(q, test)]))
        });
        rs.rules[*r].when = Some(Cond(lines));
    }
}

/// Another condition for an option to be open.
fn close_option(rs: &mut Ruleset, rng: &mut Rng) {
    let fit: Vec<usize> =
        (1..rs.lists.len()).filter(|l| rs.lists[*l].options.iter().any(|o| o.only_if.is_some())).collect();
    if fit.is_empty() {
        return;
    }
    let list = rng.pick(&fit);
    let first = rs.questions.iter().position(|q| q.list == list).unwrap_or(0);
    let early: Vec<usize> = (0..first).filter(|e| rs.questions[*e].kind != Kind::Text).collect();
    if early.is_empty() {
        return;
    }
    let option = rng.below(rs.lists[list].options.len());
    let only_if = condition(rs, rng, first);
    rs.lists[list].options[option].only_if = rng.chance(80).then_some(only_if);
}
