//! Two versions of a ruleset, compared by what they mean.
//!
//! # What is compared
//!
//! Things of the two versions are the same thing when they have the same id: rules, questions (of the same kind; a
//! question that takes one option also needs an option in common), the options of a question, derived facts and their
//! values, myths.
//!
//! An **exchange both can express** gives every question of either version one full answer. To a question that both ask,
//! the answer is made of options that both offer; to a question that one version asks alone, it is any answer that
//! version offers, and the other version takes no notice of it. An exchange that **only one can express** gives every
//! question that both ask an answer made of that version's options; the other version reads it as if the options it does
//! not offer had not been named.
//!
//! Each thing has one **state** for an exchange: a rule is `not-applicable`, `met` or `applies` (nothing recorded as done
//! or waived; a rule that is enacted but not in force never applies), a question arises or not, an option is open or
//! closed (given that its question arises), a derived fact has one of its values, a myth is answered or not.
//!
//! - A thing **changes in effect** when some exchange that both can express gives it another state. A rule does so in up
//!   to four [`Way`]s. If there is none, but some exchange that only one can express gives it another state, it changes
//!   **only for answers that one version lacks** ([`Reach`]).
//! - It is **worded differently** when neither is so, which is proved, and something of its text is other.
//! - Where the budget of a proof runs out, it is **not proved** to be the same: never called unchanged.
//!
//! A rule can also change in what it is (level, basis, due, referral, who may waive it): see [`Attribute`].
//!
//! # Witnesses
//!
//! A change of effect has a [`Witness`]: the fewest answered questions, each with an answer that both versions know (or
//! that the one version that asks it knows), on which the first version determines the one state and the second
//! determines the other, whatever the other answers are that each of them offers. For a change that rests on answers
//! which one version lacks, the answers are those of the version that can express the exchange, and the other takes no
//! part.

mod attributes;
mod causes;
mod change;
mod cites;
mod ground;
mod judge;
mod lowered;
mod rules;
mod small;
mod things;
mod wording;
mod words;

pub use change::{
    Attribute, Change, Comparison, Direction, Kind, OneSided, Reach, Renamed, Shift, SourceChange, SourceHow, Verdict,
    Way, Witness, WordChange,
};

use crate::compile::{Classes, Frame, Layout, hints};
use crate::logic::{FormulasBuilder, Order};
use crate::ruleset::Ruleset;

/// How much work the proofs over each domain may take, in steps on diagrams: seconds, that no ordinary ruleset comes near.
const ALLOWANCE: u64 = 400_000_000;

/// The two rulesets together tell more options apart than can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Compares two versions of a ruleset, the older one first.
///
/// # Errors
/// Where they tell too many options apart to be compared.
pub fn compare(before: &Ruleset, after: &Ruleset) -> Result<Comparison, TooLarge> {
    compare_within(before, after, ALLOWANCE)
}

/// The same with another allowance of work, in steps on diagrams, for the proofs over each domain. What it does not reach is
/// said not to be proved the same.
///
/// # Errors
/// Where they tell too many options apart to be compared.
pub fn compare_within(before: &Ruleset, after: &Ruleset, allowance: u64) -> Result<Comparison, TooLarge> {
    let (a, b) = (before.parts(), after.parts());
    let (frame_a, frame_b) = Frame::of_two(a, b);
    let variants = [(a, &frame_a), (b, &frame_b)];
    let mut classes = Classes::new(&variants);
    classes.read_all(a, &frame_a);
    classes.read_all(b, &frame_b);
    let mut builder = FormulasBuilder::new();
    let mut layouts = Layout::of(&variants, &classes, &mut builder).ok_or(TooLarge)?;
    let (Some(layout_b), Some(layout_a)) = (layouts.pop(), layouts.pop()) else { return Err(TooLarge) };
    let ground = ground::Ground::new([a, b], [&frame_a, &frame_b], [&layout_a, &layout_b]);
    let of_a = lowered::Lowered::new(a, &layout_a, &mut builder, &ground.expressible(ground::Side::Before));
    let of_b = lowered::Lowered::new(b, &layout_b, &mut builder, &ground.expressible(ground::Side::After));
    let pairs = [hints(a, &layout_a), hints(b, &layout_b)].concat();
    let formulas = builder.finish().map_err(|_| TooLarge)?;
    let order = Order::new(&formulas, &pairs);
    let plain = Order::new(&formulas, &[]);
    let mut judge = judge::Judge::new(ground, [before, after], &formulas, [&order, &plain], allowance);
    let mut comparison = Comparison::default();
    things::compare(&mut judge, &of_a, &of_b, &mut comparison);
    rules::compare(&mut judge, &of_a, &of_b, &mut comparison);
    small::compare(a, b, &mut comparison);
    Ok(comparison)
}
