//! Random conditions that are neither nearly always true nor nearly always false.

use super::Rng;
use super::brute::World;
use super::ruleset::{Cond, HAS_CONDITIONS, Item, Kind, Line, Mask, Ruleset, Test};

/// What a condition may read.
pub(super) struct Scope<'a> {
    pub(super) rs: &'a Ruleset,
    pub(super) questions: Vec<usize>,
    pub(super) derived: Vec<usize>,
}

impl Scope<'_> {
    /// Whether there is anything to read.
    pub(super) fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// A condition that holds in between `low` and `high` per cent of all worlds, if one is found soon. Now and then a
    /// condition that is always true, or never, and does not look it.
    pub(super) fn condition(&self, rng: &mut Rng, low: usize, high: usize) -> Cond {
        if rng.chance(5) {
            return self.constant(rng);
        }
        let mut best = self.any(rng, 0);
        for _ in 0..12 {
            let held = self.per_cent(rng, &best);
            if (low..=high).contains(&held) {
                break;
            }
            best = self.any(rng, 0);
        }
        best
    }

    /// In how many of a hundred random worlds it holds.
    fn per_cent(&self, rng: &mut Rng, cond: &Cond) -> usize {
        let values: Vec<Vec<Mask>> = (0..self.rs.questions.len()).map(|q| self.rs.values(q)).collect();
        let held = (0..50).filter(|_| {
            let chosen: Vec<Mask> = values.iter().map(|v| rng.pick(v)).collect();
            World::new(self.rs, &chosen).holds(cond)
        });
        held.count() * 2
    }

    /// `x or not x`, `x and not x`, and "one of all there is".
    fn constant(&self, rng: &mut Rng) -> Cond {
        let x = self.any(rng, 1);
        let not_x = Cond(vec![Line::Not(x.clone())]);
        let none_of_x = Cond(vec![Line::None(vec![x.clone()])]);
        Cond(vec![match rng.below(4) {
            0 => Line::Any(vec![x, not_x]),
            1 => Line::Any(vec![none_of_x, x]),
            2 => Line::All(vec![x, not_x]),
            _ => Line::Count(1, vec![x, none_of_x]),
        }])
    }

    /// A condition of one to three lines. A key stands once in a mapping.
    fn any(&self, rng: &mut Rng, depth: usize) -> Cond {
        let wanted = [1, 1, 1, 2, 2, 3][rng.below(if depth == 0 { 6 } else { 4 })];
        let mut lines: Vec<Line> = Vec::new();
        for _ in 0..wanted {
            let line = self.line(rng, depth);
            if lines.iter().all(|other| key(other) != key(&line)) {
                lines.push(line);
            }
        }
        Cond(lines)
    }

    fn line(&self, rng: &mut Rng, depth: usize) -> Line {
        if depth >= 3 || rng.chance(60 + 12 * depth) {
            return if !self.derived.is_empty() && rng.chance(25) {
                let d = rng.pick(&self.derived);
                let values: Vec<usize> = (0..self.rs.derived[d].values.len()).collect();
                let most = (values.len() - 1).max(1);
                Line::Derived(d, rng.some(&values, most))
            } else {
                let q = rng.pick(&self.questions);
                Line::Question(q, self.test(rng, q))
            };
        }
        let mut several = |least: usize| {
            let count = least + rng.below(3);
            (0..count).map(|_| self.any(rng, depth + 1)).collect::<Vec<_>>()
        };
        match several(1) {
            of if of.len() == 1 && rng.chance(50) => Line::Not(of.into_iter().next().unwrap_or(Cond(Vec::new()))),
            of => match rng.below(5) {
                0 => Line::All(of),
                1 | 2 => Line::Any(of),
                3 => Line::None(of),
                _ => Line::Count(1 + rng.below(of.len()), of),
            },
        }
    }

    /// A test of one question.
    pub(super) fn test(&self, rng: &mut Rng, question: usize) -> Test {
        let q = &self.rs.questions[question];
        let offered = self.rs.offered(question);
        let options: Vec<usize> = (0..32).filter(|i| offered & 1 << i != 0).collect();
        if q.kind == Kind::YesNo {
            let both = rng.chance(4);
            return Test::AnyOf(if both {
                vec![Item::Option(0), Item::Option(1)]
            } else {
                vec![Item::Option(rng.below(2))]
            });
        }
        let tags: Vec<usize> = (0..self.rs.tags.len()).filter(|t| self.rs.tagged(q.list, *t) & offered != 0).collect();
        let tags: Vec<usize> = tags.into_iter().filter(|t| *t != HAS_CONDITIONS || q.each.is_none()).collect();
        let items = |rng: &mut Rng, nothing: bool| {
            let mut all: Vec<Item> = options.iter().map(|i| Item::Option(*i)).collect();
            all.extend(tags.iter().map(|t| Item::Tag(*t)));
            if nothing && rng.chance(35) {
                all.insert(0, Item::Nothing);
            }
            rng.some(&all, 2)
        };
        match (q.kind, rng.below(14)) {
            (_, 0) => Test::Some,
            (_, 1 | 2) => Test::Closed,
            (_, 3 | 4) if !tags.is_empty() => Test::SomeWithout(rng.pick(&tags)),
            (Kind::AnyOf, 5..=6) => Test::AllOf(items(rng, false)),
            (Kind::AnyOf, 7..=8) => Test::Only(items(rng, false)),
            (Kind::AnyOf, 9) => Test::AnyOf(vec![Item::Nothing]),
            (Kind::AnyOf, _) => Test::AnyOf(items(rng, true)),
            _ => Test::AnyOf(items(rng, false)),
        }
    }
}

/// The key of a line in its mapping.
fn key(line: &Line) -> (usize, usize) {
    match line {
        Line::Question(q, _) => (0, *q),
        Line::Derived(d, _) => (1, *d),
        Line::All(_) => (2, 0),
        Line::Any(_) => (2, 1),
        Line::None(_) => (2, 2),
        Line::Not(_) => (2, 3),
        Line::Count(..) => (2, 4),
    }
}
