//! Many truth values side by side.

use std::ops::{BitAnd, BitOr, BitXor, Not};

/// Words in a [`Lanes`].
pub(super) const WORDS: usize = 8;

/// The truth of one formula in 512 completions, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lanes(pub(super) [u64; WORDS]);

impl Lanes {
    /// False in every lane.
    pub(super) const NONE: Self = Self([0; WORDS]);
    /// True in every lane.
    pub(super) const ALL: Self = Self([u64::MAX; WORDS]);

    /// Whether no two lanes differ.
    pub(super) fn is_constant(self) -> bool {
        self == Self::NONE || self == Self::ALL
    }

    /// The lanes in which at least `least` of the given truths hold.
    pub(super) fn at_least(least: usize, truths: impl Iterator<Item = Self>) -> Self {
        // One binary counter for each lane, stored digit by digit across all lanes.
        let mut digits: Vec<Self> = Vec::new();
        for truth in truths {
            let mut carry = truth;
            for digit in &mut digits {
                (*digit, carry) = (*digit ^ carry, *digit & carry);
            }
            if carry != Self::NONE {
                digits.push(carry);
            }
        }
        // Compares the counters with `least`, from the lowest digit up.
        let mut reached = Self::ALL;
        let width = (usize::BITS - least.leading_zeros()) as usize;
        for place in 0..digits.len().max(width) {
            let digit = digits.get(place).copied().unwrap_or(Self::NONE);
            reached = if least >> place & 1 == 1 { digit & reached } else { digit | reached };
        }
        reached
    }
}

impl BitAnd for Lanes {
    type Output = Self;

    fn bitand(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a &= b);
        self
    }
}

impl BitOr for Lanes {
    type Output = Self;

    fn bitor(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
        self
    }
}

impl BitXor for Lanes {
    type Output = Self;

    fn bitxor(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a ^= b);
        self
    }
}

impl Not for Lanes {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0.map(|word| !word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_like_counting() {
        // Lane `i` of truth `j` holds when bit `j` of `i` is set, so lane `i` counts `i`'s bits.
        let truth = |j: u32| {
            let mut words = [0; WORDS];
            for lane in 0..512_usize {
                words[lane / 64] |= u64::from(lane >> j & 1 == 1) << (lane % 64);
            }
            Lanes(words)
        };
        for least in 0..=11_u32 {
            let got = Lanes::at_least(least as usize, (0..9).map(truth));
            for lane in 0..512_usize {
                let holds = got.0[lane / 64] >> (lane % 64) & 1 == 1;
                assert_eq!(holds, lane.count_ones() >= least, "lane {lane}, at least {least}");
            }
        }
    }
}
