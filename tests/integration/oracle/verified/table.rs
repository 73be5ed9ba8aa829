//! Every combination of answers, and what the ruleset says of each.

use super::super::brute::World;
use super::super::ruleset::{Kind, Mask, Ruleset};

/// A set of combinations of answers: whether each is in it, by its number.
pub(super) type Set = Vec<bool>;

/// What a ruleset says of one combination of answers.
pub(super) struct Row {
    /// The questions that arise.
    pub(super) arises: Mask,
    /// By question: the options that are open, chosen or not.
    pub(super) open: Vec<Mask>,
    /// The rules whose `when` holds.
    pub(super) when: Mask,
    /// The rules whose `met-when` holds.
    pub(super) met: Mask,
    /// By derived fact: the case that is the one.
    pub(super) cases: Vec<usize>,
    /// By derived fact: its value.
    pub(super) values: Vec<usize>,
    /// The myths that matter.
    pub(super) myths: Mask,
    /// Whether no rule ends the questions.
    pub(super) inside: bool,
}

/// Every combination of answers to every question, whether it arises or not.
pub(super) struct Table<'a> {
    pub(super) rs: &'a Ruleset,
    /// By question: the answers it can have.
    pub(super) values: Vec<Vec<Mask>>,
    pub(super) worlds: Vec<Vec<Mask>>,
    pub(super) rows: Vec<Row>,
}

impl<'a> Table<'a> {
    pub(super) fn of(rs: &'a Ruleset) -> Self {
        let values: Vec<Vec<Mask>> = (0..rs.questions.len()).map(|q| rs.values(q)).collect();
        let mut worlds: Vec<Vec<Mask>> = vec![Vec::new()];
        for own in &values {
            let longer = |world: &Vec<Mask>| own.iter().map(|v| [&world[..], &[*v]].concat()).collect::<Vec<_>>();
            worlds = worlds.iter().flat_map(longer).collect();
        }
        let rows = worlds.iter().map(|chosen| row(rs, chosen)).collect();
        Self { rs, values, worlds, rows }
    }

    /// The combinations for which something holds.
    pub(super) fn set(&self, holds: impl Fn(&Row, &[Mask]) -> bool) -> Set {
        self.rows.iter().zip(&self.worlds).map(|(row, world)| holds(row, world)).collect()
    }

    /// Whether something holds for some combination.
    pub(super) fn some(&self, holds: impl Fn(&Row, &[Mask]) -> bool) -> bool {
        self.rows.iter().zip(&self.worlds).any(|(row, world)| holds(row, world))
    }

    /// Whether these answers put the exchange into the set whatever the other answers are.
    pub(super) fn forced(&self, answers: &[Option<Mask>], set: &Set) -> bool {
        let fits = |world: &[Mask]| answers.iter().zip(world).all(|(answer, value)| answer.is_none_or(|a| a == *value));
        self.worlds.iter().zip(set).all(|(world, member)| *member || !fits(world))
    }

    /// The fewest questions whose answers put an exchange into the set, whatever the other answers are.
    pub(super) fn fewest(&self, set: &Set) -> Option<u32> {
        let asked: Mask =
            (0..self.values.len()).filter(|q| self.rs.questions[*q].kind != Kind::Text).fold(0, |m, q| m | 1 << q);
        let mut subsets: Vec<Mask> = (0..=asked).filter(|subset| subset & !asked == 0).collect();
        subsets.sort_by_key(|subset| subset.count_ones());
        subsets.into_iter().find(|subset| self.some_answers_force(*subset, set)).map(Mask::count_ones)
    }

    /// Whether some answers to just these questions put the exchange into the set.
    fn some_answers_force(&self, questions: Mask, set: &Set) -> bool {
        // The number of the answers to these questions alone, and whether all of its combinations are in the set.
        let mut all = std::collections::BTreeMap::new();
        for (world, member) in self.worlds.iter().zip(set) {
            let part: Vec<Mask> = (0..world.len()).filter(|q| questions & 1 << q != 0).map(|q| world[q]).collect();
            *all.entry(part).or_insert(true) &= *member;
        }
        all.values().any(|forced| *forced)
    }
}

fn row(rs: &Ruleset, chosen: &[Mask]) -> Row {
    let world = World::new(rs, chosen);
    let set = |count: usize, f: &dyn Fn(usize) -> bool| (0..count).filter(|i| f(*i)).fold(0, |m, i| m | 1 << i);
    let ends = |r: usize| rs.rules[r].ends_questions && rs.rules[r].upcoming.is_none();
    let the_case = |d: usize| {
        let mut cases = rs.derived[d].cases.iter();
        cases.position(|(_, when)| when.as_ref().is_none_or(|c| world.holds(c))).expect("a last case")
    };
    Row {
        arises: set(rs.questions.len(), &|q| world.arises(q)),
        open: (0..rs.questions.len()).map(|q| world.open(q)).collect(),
        when: set(rs.rules.len(), &|r| world.when(r)),
        met: set(rs.rules.len(), &|r| world.met(r)),
        cases: (0..rs.derived.len()).map(the_case).collect(),
        values: (0..rs.derived.len()).map(|d| world.value(d)).collect(),
        myths: set(rs.myths.len(), &|m| world.holds(&rs.myths[m])),
        inside: !(0..rs.rules.len()).any(|r| ends(r) && world.when(r)),
    }
}
