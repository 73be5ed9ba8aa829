//! The independent proof of `compare`: generated pairs of small rulesets, every exchange tried, by the definition in
//! `src/compare/mod.rs`.
//!
//! - `pairs.rs`: a generated ruleset, and one made of it by a few changes; `worlds.rs`: every exchange of two versions, and the
//!   state of everything in it; `proof.rs`: the tests.

mod pairs;
mod proof;
mod worlds;
