//! What a rule is, apart from when it applies.

use super::change::{Attribute, Direction};
use super::wording;
use super::words::{attribute, by};
use crate::model::{Basis, Due, Level, Rule};
use crate::ruleset::Parts;

/// The changes in what a rule is.
pub(super) fn compare((before, old): (&Parts, &Rule), (after, new): (&Parts, &Rule)) -> Vec<Attribute> {
    let refer = |parts: &Parts, rule: &Rule| rule.refer.map(|role| wording::role(parts, role));
    let (old_refer, new_refer) = (refer(before, old), refer(after, new));
    let no_one = || "nobody".to_owned();
    let (old_waive, new_waive) = (waivable(before, old), waivable(after, new));
    [
        attribute("level", old.level.word(), new.level.word(), by(&rank(old.level), &rank(new.level))),
        attribute("basis", old.basis.word(), new.basis.word(), by(&weight(old.basis), &weight(new.basis))),
        attribute("due", due(old.due), due(new.due), by(&(old.due == Due::Before), &(new.due == Due::Before))),
        attribute(
            "refer",
            old_refer.clone().unwrap_or_else(no_one),
            new_refer.clone().unwrap_or_else(no_one),
            by(&old_refer.is_some(), &new_refer.is_some()),
        ),
        attribute("waivable-by", names(&old_waive), names(&new_waive), fewer(&old_waive, &new_waive)),
        attribute("settled-by", settled(old), settled(new), Direction::Neither),
        attribute(
            "ends-questions",
            yes(old.ends_questions),
            yes(new.ends_questions),
            by(&old.ends_questions, &new.ends_questions),
        ),
        attribute("final", yes(old.is_final), yes(new.is_final), Direction::Neither),
        attribute(
            "upcoming",
            wording::upcoming(old.upcoming.as_ref()),
            wording::upcoming(new.upcoming.as_ref()),
            Direction::Neither,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn rank(level: Level) -> u8 {
    match level {
        Level::Could => 0,
        Level::Should => 1,
        Level::Must => 2,
        Level::MustNot => 3,
    }
}

fn weight(basis: Basis) -> u8 {
    match basis {
        Basis::Guidance => 0,
        Basis::Policy => 1,
        Basis::Law => 2,
    }
}

fn due(due: Due) -> &'static str {
    match due {
        Due::Before => "before",
        Due::After => "after",
    }
}

fn yes(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// What settles a rule that applies.
fn settled(rule: &Rule) -> &'static str {
    if rule.settled_by_done() {
        "recording it as done"
    } else if rule.met_when.is_some() {
        "answers"
    } else {
        "nothing"
    }
}

/// Who may waive it: nobody, anybody, or the roles named.
enum Waivers {
    Roles(Vec<String>),
    Anybody,
}

fn waivable(parts: &Parts, rule: &Rule) -> Waivers {
    if rule.waivable() && rule.waivable_by.is_empty() {
        return Waivers::Anybody;
    }
    let roles = if rule.waivable() { rule.waivable_by.as_slice() } else { &[] };
    let mut roles: Vec<String> = roles.iter().map(|role| wording::role(parts, *role)).collect();
    roles.sort_unstable();
    Waivers::Roles(roles)
}

fn names(waivers: &Waivers) -> String {
    match waivers {
        Waivers::Anybody => "anybody".to_owned(),
        Waivers::Roles(roles) if roles.is_empty() => "nobody".to_owned(),
        Waivers::Roles(roles) => roles.join(", "),
    }
}

/// Fewer who may waive is stricter.
fn fewer(before: &Waivers, after: &Waivers) -> Direction {
    match (before, after) {
        (Waivers::Anybody, Waivers::Anybody) => Direction::Neither,
        (Waivers::Anybody, Waivers::Roles(_)) => Direction::Stricter,
        (Waivers::Roles(_), Waivers::Anybody) => Direction::Looser,
        (Waivers::Roles(old), Waivers::Roles(new)) => {
            let inside = |some: &[String], all: &[String]| some.iter().all(|role| all.contains(role));
            match (inside(old, new), inside(new, old)) {
                (true, false) => Direction::Looser,
                (false, true) => Direction::Stricter,
                _ => Direction::Neither,
            }
        }
    }
}
