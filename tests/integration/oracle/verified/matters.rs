//! What makes no difference to anything that people see.

use super::super::brute::World;
use super::super::ruleset::{Item, Kind, Line, Mask, Ruleset, Test, YES_NO};
use super::table::Table;
use super::{Claim, Screening};

/// Whatever nothing that people see depends on; and what is said to be so and is not.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let rs = t.rs;
    let eyes = Eyes { rs, screening: super::screening(rs) };
    let seen: Vec<Vec<Mask>> = t.worlds.iter().map(|world| eyes.see(&World::new(rs, world))).collect();
    let mut found = Vec::new();
    let mut idle = |code, names: &[&str]| found.push(Claim::without_example(code, names));
    let asked: Vec<usize> = (0..rs.questions.len()).filter(|q| rs.questions[*q].kind != Kind::Text).collect();
    let (matter, never): (Vec<usize>, Vec<usize>) = asked.into_iter().partition(|q| differs(t, &seen, *q, |_, _| true));
    never.iter().for_each(|q| idle("question-never-matters", &[&rs.questions[*q].id]));
    for (d, fact) in rs.derived.iter().enumerate().filter(|(_, fact)| !fact.shown) {
        let differ = t.worlds.iter().any(|world| {
            let mut supposed = (0..fact.values.len()).map(|value| {
                let supposed = World::new(rs, world);
                supposed.suppose(d, value);
                eyes.see(&supposed)
            });
            let first = supposed.next();
            supposed.any(|other| Some(other) != first)
        });
        if !differ {
            idle("fact-never-matters", &[&fact.id]);
        }
    }
    for (l, list) in rs.lists.iter().enumerate().skip(YES_NO + 1) {
        let users = matter.iter().copied().filter(|q| rs.questions[*q].list == l && rs.questions[*q].each.is_none());
        let users: Vec<usize> = users.collect();
        for (o, option) in list.options.iter().enumerate() {
            let bit = 1 << o;
            let matters = users.iter().any(|q| {
                rs.questions[*q].kind == Kind::OneOf || differs(t, &seen, *q, |one, other| one | bit == other | bit)
            });
            if option.inert && matters && named(rs, l, o) {
                idle("inert-option-matters", &[&option.id, "inert"]);
            } else if !option.inert && !matters && !users.is_empty() && option.upcoming.is_none() {
                idle("option-never-matters", &[&option.id]);
            }
        }
    }
    found
}

/// Whether two combinations that differ in one question's answer alone look different; answers that are `alike` only.
fn differs(t: &Table<'_>, seen: &[Vec<Mask>], question: usize, alike: impl Fn(Mask, Mask) -> bool) -> bool {
    // The later a question stands, the nearer the numbers of combinations that differ in it alone.
    let stride: usize = t.values[question + 1..].iter().map(Vec::len).product();
    let count = t.values[question].len();
    (0..t.worlds.len()).any(|at| {
        let own = (at / stride) % count;
        (own + 1..count).any(|other| {
            let there = at + (other - own) * stride;
            alike(t.worlds[at][question], t.worlds[there][question]) && seen[at] != seen[there]
        })
    })
}

struct Eyes<'a> {
    rs: &'a Ruleset,
    screening: Screening,
}

impl Eyes<'_> {
    /// Everything that people see, in a fixed order.
    fn see(&self, world: &World<'_>) -> Vec<Mask> {
        let rs = self.rs;
        let ends = |r: &usize| rs.rules[*r].ends_questions;
        let inside = !(0..rs.rules.len()).any(|r| ends(&r) && rs.rules[r].upcoming.is_none() && world.when(r));
        let mut seen = Vec::new();
        for r in 0..rs.rules.len() {
            let applies = (inside || ends(&r)) && world.when(r);
            seen.push(Mask::from(applies) | Mask::from(applies && world.met(r)) << 1);
        }
        for (d, _) in rs.derived.iter().enumerate().filter(|(_, fact)| fact.shown) {
            let is_seen = inside || self.screening.derived & 1 << d != 0;
            seen.push(if is_seen { 1 << world.value(d) } else { 0 });
        }
        for (q, question) in rs.questions.iter().enumerate().filter(|(_, question)| question.candidates) {
            let options = rs.lists[question.list].options.iter().enumerate();
            let candidates = options.filter(|(_, o)| o.candidate).fold(0, |mask, (i, _)| mask | 1 << i);
            let shown = inside && world.arises(q);
            seen.push(if shown { (world.open(q) | world.waiting(q)) & candidates } else { 0 });
        }
        seen.extend(rs.myths.iter().map(|myth| Mask::from(inside && world.holds(myth))));
        seen
    }
}

/// Whether a test names an option, or a tag that it carries.
fn named(rs: &Ruleset, list: usize, option: usize) -> bool {
    let mut named = false;
    let own: Vec<usize> =
        (0..rs.questions.len()).filter(|q| rs.questions[*q].list == list && rs.questions[*q].each.is_none()).collect();
    super::all_conditions(rs).for_each(|cond| {
        cond.visit(&mut |line| {
            let Line::Question(q, Test::AnyOf(items) | Test::AllOf(items) | Test::Only(items)) = line else { return };
            named |= own.contains(q)
                && items.iter().any(|item| match item {
                    Item::Option(at) => *at == option,
                    Item::Tag(tag) => rs.tagged(list, *tag) & 1 << option != 0,
                    Item::Nothing => false,
                });
        });
    });
    named
}
