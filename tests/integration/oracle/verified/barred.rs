//! Prohibitions that something lifts though it does not reach.

use super::super::brute::World;
use super::super::ruleset::{Kind, Mask, Ruleset};
use super::Claim;
use super::table::{Set, Table};

/// Each prohibition and question of which a closed option lifts it, or a moot answer decides it.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let (rs, bans, mut found) = (t.rs, super::prohibitions(t.rs), Vec::new());
    let all = super::mask(&bans);
    for ban in bans {
        let id = &rs.rules[ban].id;
        for (q, question) in rs.questions.iter().enumerate() {
            let options = rs.lists[question.list].options.iter().enumerate();
            let closable = options.filter(|(o, option)| {
                rs.offered(q) & 1 << o != 0
                    && (question.each.is_some() || option.only_if.is_some() || option.upcoming.is_some())
            });
            let lifting: Vec<(&str, Set)> = closable
                .map(|(o, option)| {
                    let lifts = t.set(|row, world| {
                        let closed = row.arises & 1 << q != 0 && world[q] & !row.open[q] & 1 << o != 0;
                        row.inside && closed && row.when & all == 0 && without(rs, world, q, o, ban)
                    });
                    (option.id.as_str(), lifts)
                })
                .filter(|(_, set)| set.contains(&true))
                .collect();
            let weight = lifting.len();
            if let Some((option, set)) = lifting.into_iter().next() {
                let names = [option, &question.id, id];
                found.push(Claim { weight, ..Claim::shown_by(set, "lifted-by-closed-option", &names) });
            }
            if moot(t, q, ban) {
                found.push(Claim::without_example("lifted-by-moot-answer", &[&question.id, id]));
            }
        }
    }
    found
}

/// Whether the prohibition applies with an option taken out of the answer.
fn without(rs: &Ruleset, world: &[Mask], question: usize, option: usize, ban: usize) -> bool {
    let mut less = world.to_vec();
    less[question] &= !(1 << option);
    let less = World::new(rs, &less);
    if rs.questions[question].kind == Kind::OneOf {
        // Nothing is chosen, and every test fails.
        less.suppose_unasked(question);
    }
    less.when(ban)
}

/// Whether the answer to a question decides about the prohibition where the question does not arise.
fn moot(t: &Table<'_>, question: usize, ban: usize) -> bool {
    let mut first = std::collections::BTreeMap::new();
    t.rows.iter().zip(&t.worlds).filter(|(row, _)| row.arises & 1 << question == 0).any(|(row, world)| {
        let mut others = world.clone();
        others[question] = 0;
        let applies = row.when & 1 << ban != 0;
        *first.entry(others).or_insert(applies) != applies
    })
}
