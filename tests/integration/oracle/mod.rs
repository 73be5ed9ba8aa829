//! The independent proof of the engine: random rulesets and facts, and a brute-force oracle that shares no code with it.
//!
//! - `ruleset.rs`: the oracle's own picture of a ruleset and of facts; `brute.rs`: one completion, in the plainest way;
//!   `verdict.rs`: every completion; `kleene.rs`: what three-valued logic alone would settle, to count what it would not.
//! - `generate.rs`, `conditions.rs`, `facts.rs`: valid random rulesets and facts from a seed; `yaml.rs`: their files.
//! - `bridge.rs`: the one file that knows the engine; `checks.rs`: one property each; `shrink.rs`: smaller failures;
//!   `seeds.rs`: a check over many; `tally.rs`: what was seen; `properties.rs`: the tests.
//! - `asked.rs`: interviews with detours, step by step; `held.rs`: interviews with somebody who does all that can be done.
//! - `recorded.rs`: decisions on generated exchanges: what may be recorded, and that it follows again.
//! - `amended/`: the manifests that an interview writes, over the same rulesets.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test: what is missing is a failure"
)]

mod amended;
mod asked;
mod bridge;
mod brute;
mod checks;
mod compared;
mod conditions;
mod declarations;
mod facts;
mod generate;
mod held;
mod kleene;
mod mutated;
mod properties;
mod recorded;
mod ruleset;
mod seeds;
mod shrink;
mod tally;
mod verdict;
mod verified;
mod yaml;

/// Random numbers from a seed: the same everywhere and always (splitmix64).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is not zero.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or(0)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// Some of these, in their order: at least one, at most `most`.
    fn some<T: Clone>(&mut self, of: &[T], most: usize) -> Vec<T> {
        let mut left = 1 + self.below(most.min(of.len()));
        let mut chosen = Vec::new();
        for (i, item) in of.iter().enumerate() {
            if self.below(of.len() - i) < left {
                chosen.push(item.clone());
                left -= 1;
            }
        }
        chosen
    }
}
