//! A set of values of one variable.

use serde::{Deserialize, Serialize};

/// A set of values of one variable, each value a small number counted from zero.
///
/// Sets whose values are all below 64 are one machine word; larger ones are boxed. Each set has
/// exactly one representation, so equality and hashing compare sets by what they hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<u64>", into = "Vec<u64>")]
pub struct ValueSet(Words);

/// `Large` holds at least two words and its last word is not zero; anything else is `Small`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Words {
    Small(u64),
    Large(Box<[u64]>),
}

impl ValueSet {
    /// The set without values.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Words::Small(0))
    }

    /// The set of one value.
    #[must_use]
    pub fn single(value: u16) -> Self {
        match 1_u64.checked_shl(u32::from(value)) {
            Some(word) => Self(Words::Small(word)),
            None => [value].into_iter().collect(),
        }
    }

    /// The set of all values of a domain: `0..domain_size`.
    #[must_use]
    pub fn full(domain_size: u16) -> Self {
        if let Some(bits) = 1_u64.checked_shl(u32::from(domain_size)) {
            return Self(Words::Small(bits.wrapping_sub(1)));
        }
        let mut words = vec![u64::MAX; usize::from(domain_size / 64)];
        words.push((1_u64 << (domain_size % 64)).wrapping_sub(1));
        Self::from(words)
    }

    /// The set as words of 64 values, lowest values first.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        match &self.0 {
            Words::Small(word) => std::slice::from_ref(word),
            Words::Large(words) => words,
        }
    }

    /// The whole set as one word, when all its values are below 64.
    #[must_use]
    pub fn small(&self) -> Option<u64> {
        match self.0 {
            Words::Small(word) => Some(word),
            Words::Large(_) => None,
        }
    }

    /// Whether the value is in the set.
    #[must_use]
    pub fn contains(&self, value: u16) -> bool {
        let word = self.words().get(usize::from(value / 64));
        word.is_some_and(|word| word >> (value % 64) & 1 == 1)
    }

    /// Whether the set has no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Words::Small(0))
    }

    /// How many values the set has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words().iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The value, if the set has exactly one.
    #[must_use]
    pub fn only(&self) -> Option<u16> {
        if let Words::Small(word) = self.0 {
            return word.is_power_of_two().then(|| u16::try_from(word.trailing_zeros()).ok())?;
        }
        let mut values = self.iter();
        let first = values.next()?;
        values.next().is_none().then_some(first)
    }

    /// The values, in rising order.
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        (0..=u16::MAX).step_by(64).zip(self.words()).flat_map(|(base, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = u16::try_from(rest.trailing_zeros()).ok().filter(|&bit| bit < 64)?;
                rest &= rest - 1;
                Some(base + bit)
            })
        })
    }

    /// Whether the two sets share a value.
    #[must_use]
    pub fn intersects(&self, other: &Self) -> bool {
        self.words().iter().zip(other.words()).any(|(a, b)| a & b != 0)
    }

    /// Whether every value of this set is in the other.
    #[must_use]
    pub fn is_subset_of(&self, other: &Self) -> bool {
        let others = other.words().iter().chain(std::iter::repeat(&0));
        self.words().iter().zip(others).all(|(a, b)| a & !b == 0)
    }

    /// The values in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    /// The values in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    /// The values in this set that are not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    fn zip(&self, other: &Self, join: impl Fn(u64, u64) -> u64) -> Self {
        if let (Words::Small(a), Words::Small(b)) = (&self.0, &other.0) {
            return Self(Words::Small(join(*a, *b)));
        }
        let (a, b) = (self.words(), other.words());
        let word = |words: &[u64], at: usize| words.get(at).copied().unwrap_or(0);
        let joined = (0..a.len().max(b.len())).map(|at| join(word(a, at), word(b, at)));
        Self::from(joined.collect::<Vec<_>>())
    }
}

impl FromIterator<u16> for ValueSet {
    fn from_iter<I: IntoIterator<Item = u16>>(values: I) -> Self {
        let mut words = vec![0_u64];
        for value in values {
            let at = usize::from(value / 64);
            if words.len() <= at {
                words.resize(at + 1, 0);
            }
            if let Some(word) = words.get_mut(at) {
                *word |= 1 << (value % 64);
            }
        }
        Self::from(words)
    }
}

impl From<Vec<u64>> for ValueSet {
    fn from(mut words: Vec<u64>) -> Self {
        // Values are `u16`, so words beyond these could hold nothing that has a name.
        words.truncate(1024);
        while words.last() == Some(&0) {
            words.pop();
        }
        match *words.as_slice() {
            [] => Self::empty(),
            [word] => Self(Words::Small(word)),
            _ => Self(Words::Large(words.into_boxed_slice())),
        }
    }
}

impl From<ValueSet> for Vec<u64> {
    fn from(set: ValueSet) -> Self {
        set.words().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_plain_set_on_both_sides_of_a_word() {
        use std::collections::BTreeSet;
        let samples: [&[u16]; 6] = [&[], &[0], &[3, 63], &[63, 64], &[1, 200, 399], &[64, 65, 128, 65_535]];
        for a in samples {
            for b in samples {
                let (x, y): (ValueSet, ValueSet) = (a.iter().copied().collect(), b.iter().copied().collect());
                let (p, q): (BTreeSet<u16>, BTreeSet<u16>) = (a.iter().copied().collect(), b.iter().copied().collect());
                let plain = |set: &ValueSet| set.iter().collect::<BTreeSet<_>>();
                assert_eq!(plain(&x.union(&y)), &p | &q);
                assert_eq!(plain(&x.intersection(&y)), &p & &q);
                assert_eq!(plain(&x.difference(&y)), &p - &q);
                assert_eq!(x.is_subset_of(&y), p.is_subset(&q));
                assert_eq!(x.intersects(&y), !p.is_disjoint(&q));
                assert_eq!(x == y, p == q);
                assert_eq!(x.len(), p.len());
                assert_eq!(x.is_empty(), p.is_empty());
                assert_eq!(x.only(), if p.len() == 1 { p.first().copied() } else { None });
                let packed = serde_json::to_string(&x).unwrap();
                assert_eq!(serde_json::from_str::<ValueSet>(&packed).unwrap(), x);
            }
        }
    }

    #[test]
    fn full_sets_have_the_whole_domain() {
        for size in [0, 1, 63, 64, 65, 127, 128, 400] {
            let full = ValueSet::full(size);
            assert!(full.iter().eq(0..size));
            assert_eq!(full, (0..size).collect());
        }
    }
}
