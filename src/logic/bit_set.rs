//! A reusable set of small numbers that can be walked in order.

/// A set of numbers below a fixed size, kept as bits.
#[derive(Clone, Debug, Default)]
pub(super) struct BitSet {
    words: Vec<u64>,
}

impl BitSet {
    /// Empties the set and makes room for the numbers below `size`.
    pub(super) fn reset(&mut self, size: usize) {
        self.words.clear();
        self.words.resize(size.div_ceil(64), 0);
    }

    /// Puts a number in; a number beyond the size is ignored.
    pub(super) fn insert(&mut self, number: usize) {
        if let Some(word) = self.words.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether the number is in the set.
    pub(super) fn contains(&self, number: usize) -> bool {
        self.words.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// The smallest number in the set that is at least `from`.
    pub(super) fn first_from(&self, from: usize) -> Option<usize> {
        let mut at = from / 64;
        let mut word = self.words.get(at)? & (u64::MAX << (from % 64));
        while word == 0 {
            at += 1;
            word = *self.words.get(at)?;
        }
        Some(at * 64 + word.trailing_zeros() as usize)
    }

    /// The largest number in the set that is below `limit`.
    pub(super) fn last_below(&self, limit: usize) -> Option<usize> {
        let size = self.words.len() * 64;
        let last = limit.min(size).checked_sub(1)?;
        let mut at = last / 64;
        let mut word = self.words.get(at)? & (u64::MAX >> (63 - last % 64));
        while word == 0 {
            at = at.checked_sub(1)?;
            word = *self.words.get(at)?;
        }
        Some(at * 64 + 63 - word.leading_zeros() as usize)
    }

    /// The numbers in the set, in rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let mut from = 0;
        std::iter::from_fn(move || {
            let next = self.first_from(from)?;
            from = next + 1;
            Some(next)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_both_ways() {
        let mut set = BitSet::default();
        set.reset(300);
        for number in [0, 1, 63, 64, 190, 299] {
            set.insert(number);
        }
        set.insert(10_000);
        assert!(set.iter().eq([0, 1, 63, 64, 190, 299]));
        let mut down = Vec::new();
        let mut limit = usize::MAX;
        while let Some(number) = set.last_below(limit) {
            down.push(number);
            limit = number;
        }
        assert_eq!(down, [299, 190, 64, 63, 1, 0]);
        assert!(set.contains(190) && !set.contains(191) && !set.contains(10_000));
        set.reset(300);
        assert_eq!(set.first_from(0), None);
    }
}
