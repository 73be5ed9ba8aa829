//! Random facts for a ruleset: known, unknown, partly unknown and absent answers, steps recorded, waivers, a date.

use super::Rng;
use super::brute::World;
use super::generate::FROM;
use super::ruleset::{Answer, Day, Facts, Kind, Mask, Ruleset};

const BEFORE: Day = (2026, 6, 1);
const AFTER: Day = (2028, 2, 29);

/// Random facts that can be completed in at most 4,096 ways, most of them in far fewer.
pub(super) fn facts(rs: &Ruleset, rng: &mut Rng) -> Facts {
    let world: Vec<Mask> = (0..rs.questions.len()).map(|q| rng.pick(&rs.values(q))).collect();
    let absent = rng.pick(&[0, 0, 10, 20, 40, 60, 100]);
    let unknown = rng.pick(&[0, 0, 0, 10, 25, 50]);
    // Half of the facts answer no question that does not arise, as a manifest without faults would.
    let clean = rng.chance(50);
    let truth = World::new(rs, &world);
    let mut answers = Vec::new();
    for (q, set) in world.iter().enumerate() {
        answers.push(if rs.questions[q].kind == Kind::Text {
            rng.pick(&[Answer::Absent, Answer::Words])
        } else if rng.chance(absent) || clean && !truth.arises(q) {
            Answer::Absent
        } else if rng.chance(unknown) {
            if *set != 0 && rs.questions[q].kind == Kind::AnyOf && rng.chance(50) {
                Answer::Partial(*set)
            } else {
                Answer::Unknown
            }
        } else {
            Answer::Known(*set)
        });
    }
    let done = rng.pick(&[0, 0, 30, 90]);
    let waived = rng.pick(&[0, 0, 30, 60]);
    let as_of = rng.pick(&[BEFORE, BEFORE, FROM, AFTER, (2027, 3, 31)]);
    let mut facts = Facts {
        answers,
        done: rs.rules.iter().map(|_| rng.chance(done)).collect(),
        waivers: rs.rules.iter().map(|_| rng.chance(waived).then(|| waived_until(rng, as_of))).collect(),
        as_of,
    };
    let most = rng.pick(&[64, 256, 256, 256, 1024, 1024, 1024, 4096]);
    while rs.completions(&facts) > most {
        let q = rng.below(world.len());
        if rs.questions[q].kind != Kind::Text {
            facts.answers[q] = Answer::Known(world[q]);
        }
    }
    facts
}

/// A waiver's last day: long past, yesterday, today or far ahead.
fn waived_until(rng: &mut Rng, as_of: Day) -> Day {
    let yesterday = match as_of {
        (2026, 6, 1) => (2026, 5, 31),
        (2027, 3, 31) => (2027, 3, 30),
        (2027, 4, 1) => (2027, 3, 31),
        _ => (2028, 2, 28),
    };
    rng.pick(&[(2025, 12, 31), yesterday, as_of, as_of, (2031, 1, 1), (2031, 1, 1)])
}

/// The questions, but those of text, whose answer satisfies `wanted`.
pub(super) fn where_answer(rs: &Ruleset, facts: &Facts, wanted: impl Fn(Answer) -> bool) -> Vec<usize> {
    (0..rs.questions.len()).filter(|q| rs.questions[*q].kind != Kind::Text && wanted(facts.answers[*q])).collect()
}

/// The facts with one answer replaced.
pub(super) fn with(facts: &Facts, question: usize, answer: Answer) -> Facts {
    let mut changed = facts.clone();
    changed.answers[question] = answer;
    changed
}

/// The facts with every question answered, but those of text.
pub(super) fn full(rs: &Ruleset, facts: &Facts, world: &[Mask]) -> Facts {
    let mut all = facts.clone();
    for q in where_answer(rs, facts, |_| true) {
        all.answers[q] = Answer::Known(world[q]);
    }
    all
}
