//! Makes a failing pair of ruleset and facts smaller, as long as it still fails, so that a person can read it.

use super::facts::with;
use super::generate::tidy;
use super::ruleset::{Answer, Cond, Facts, Kind, Line, Ruleset, YES_NO};

/// The most pairs that are tried.
const MOST_TRIES: usize = 3_000;

/// The smallest pair found for which `fails` still says what is wrong.
pub(super) fn shrink(
    rs: &Ruleset,
    facts: &Facts,
    fails: impl Fn(&Ruleset, &Facts) -> Option<String>,
) -> Option<String> {
    let mut best = fails(rs, facts)?;
    let (mut rs, mut facts, mut tries) = (rs.clone(), facts.clone(), 0);
    'smaller: while tries < MOST_TRIES {
        for (rs_less, facts_less) in smaller(&rs, &facts) {
            tries += 1;
            if let Some(message) = fails(&rs_less, &facts_less) {
                (rs, facts, best) = (rs_less, facts_less, message);
                continue 'smaller;
            }
        }
        break;
    }
    Some(best)
}

/// Everything that is one step smaller.
fn smaller(rs: &Ruleset, facts: &Facts) -> Vec<(Ruleset, Facts)> {
    let mut all = Vec::new();
    for r in 0..rs.rules.len() {
        let (mut less, mut facts_less) = (rs.clone(), facts.clone());
        less.rules.remove(r);
        facts_less.done.remove(r);
        facts_less.waivers.remove(r);
        all.push((less, facts_less));
    }
    let mut change = |f: &dyn Fn(&mut Ruleset)| {
        let mut less = rs.clone();
        f(&mut less);
        all.push((less, facts.clone()));
    };
    for d in 0..rs.derived.len() {
        change(&|less| less.derived[d].shown = false);
    }
    (0..rs.myths.len()).for_each(|m| change(&|less| drop(less.myths.remove(m))));
    (0..rs.themes.len()).for_each(|t| change(&|less| less.themes[t].when = None));
    for r in 0..rs.rules.len() {
        change(&|less| less.rules[r].met_when = None);
        change(&|less| less.rules[r].upcoming = None);
    }
    for q in 0..rs.questions.len() {
        change(&|less| less.questions[q].only_if = None);
        change(&|less| less.questions[q].candidates = false);
    }
    for (l, list) in rs.lists.iter().enumerate() {
        for o in 0..list.options.len() {
            change(&|less| less.lists[l].options[o].only_if = None);
            change(&|less| less.lists[l].options[o].upcoming = None);
            change(&|less| less.lists[l].options[o].conditions = false);
        }
    }
    let mut copy = rs.clone();
    let conds: Vec<Cond> = conditions(&mut copy).into_iter().map(|c| c.clone()).collect();
    for (at, cond) in conds.iter().enumerate() {
        for simpler in simpler(cond) {
            change(&|less| *conditions(less)[at] = simpler.clone());
        }
    }
    all.retain_mut(|(less, facts_less)| {
        forget_unused(less, facts_less);
        size(less) < size(rs) && !less.rules.is_empty()
    });
    for q in 0..facts.answers.len() {
        if facts.answers[q] != Answer::Absent {
            all.push((rs.clone(), with(facts, q, Answer::Absent)));
        }
    }
    for r in 0..rs.rules.len() {
        let mut less = facts.clone();
        (less.done[r], less.waivers[r]) = (false, None);
        if less != *facts {
            all.push((rs.clone(), less));
        }
    }
    all
}

/// A question that nothing tests any more becomes one of text, which nothing needs to test.
fn forget_unused(rs: &mut Ruleset, facts: &mut Facts) {
    for q in 0..rs.questions.len() {
        let mut copy = rs.clone();
        copy.myths.clear();
        let mut used = rs.questions.iter().any(|other| other.each == Some(q));
        for cond in conditions(&mut copy) {
            cond.visit(&mut |line| used |= matches!(line, Line::Question(of, _) if *of == q));
        }
        if !used && rs.questions[q].kind != Kind::Text {
            let question = &mut rs.questions[q];
            (question.kind, question.each, question.candidates) = (Kind::Text, None, false);
            question.only_if = None;
            facts.answers[q] = Answer::Absent;
            let list = std::mem::replace(&mut question.list, YES_NO);
            if rs.questions.iter().all(|other| other.list != list) && list != YES_NO {
                rs.lists[list].file = None;
                rs.lists[list].options.clear();
            }
        }
    }
    tidy(rs);
}

fn size(rs: &Ruleset) -> usize {
    format!("{rs:?}").len()
}

/// Every condition of a ruleset, in a fixed order.
fn conditions(rs: &mut Ruleset) -> Vec<&mut Cond> {
    let of_rules = rs.rules.iter_mut().flat_map(|r| r.when.iter_mut().chain(&mut r.met_when));
    let of_derived = rs.derived.iter_mut().flat_map(|d| &mut d.cases).filter_map(|(_, when)| when.as_mut());
    let of_options = rs.lists.iter_mut().flat_map(|l| &mut l.options).filter_map(|o| o.only_if.as_mut());
    let of_questions = rs.questions.iter_mut().filter_map(|q| q.only_if.as_mut());
    let of_themes = rs.themes.iter_mut().filter_map(|t| t.when.as_mut());
    of_rules.chain(of_derived).chain(of_options).chain(of_questions).chain(of_themes).chain(&mut rs.myths).collect()
}

/// The conditions that are one step simpler.
fn simpler(cond: &Cond) -> Vec<Cond> {
    let mut all = Vec::new();
    for (at, line) in cond.0.iter().enumerate() {
        let mut replace = |new: Option<Line>| {
            let mut less = cond.clone();
            match new {
                Some(line) => less.0[at] = line,
                None => drop(less.0.remove(at)),
            }
            if !less.0.is_empty() {
                all.push(less);
            }
        };
        replace(None);
        let (of, rebuild): (&[Cond], &dyn Fn(Vec<Cond>) -> Line) = match line {
            Line::Question(..) | Line::Derived(..) => continue,
            Line::All(of) => (of, &Line::All),
            Line::Any(of) => (of, &Line::Any),
            Line::None(of) => (of, &Line::None),
            Line::Count(least, of) => (of, &|of: Vec<Cond>| Line::Count((*least).min(of.len()), of)),
            Line::Not(c) => (std::slice::from_ref(c), &|mut of: Vec<Cond>| Line::Not(of.remove(0))),
        };
        for (i, inner) in of.iter().enumerate() {
            if of.len() > 1 {
                let rest = of.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, c)| c.clone()).collect();
                replace(Some(rebuild(rest)));
            }
            for less in simpler(inner) {
                let mut new = of.to_vec();
                new[i] = less;
                replace(Some(rebuild(new)));
            }
        }
        all.extend(of.iter().cloned());
    }
    all
}
