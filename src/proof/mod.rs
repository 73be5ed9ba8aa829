//! What proofs over rulesets share: whether formulas can hold together, and a smallest set of facts that shows it.
//!
//! `verify` proves properties of one ruleset, `cases` shows which wrong rulesets its cases would not notice, and `compare`
//! compares two. Each lowers conditions with [`crate::compile`], and asks here.

mod facts;
mod fast;
mod prover;
mod sat;
mod smallest;
#[cfg(test)]
mod starved;

pub use facts::facts_of;
pub use fast::held_fast;
pub use prover::{Proof, Prover};
pub use smallest::{Smallest, by_question, fewest_answers, smallest_facts, smallest_within};

/// Formulas that are to have the truth beside them, all at once.
pub type Wanted<'w> = &'w [(crate::logic::FormulaId, bool)];
