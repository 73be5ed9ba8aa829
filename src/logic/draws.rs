//! Completions drawn from a fixed seed.

use super::lanes::{Lanes, WORDS};
use super::{Possible, ValueSet, VarId};

/// For each variable asked about so far, the lanes in which it has each of its possible values.
///
/// A variable's draw depends only on the variable and its possible values, never on what was
/// asked before, so that the same state of knowledge always meets the same completions.
#[derive(Clone, Debug, Default)]
pub(super) struct Draws {
    /// Where a variable's lanes start, plus one; zero when not drawn yet.
    starts: Vec<u32>,
    lanes: Vec<Lanes>,
}

impl Draws {
    /// Forgets all draws.
    pub(super) fn reset(&mut self, vars: usize) {
        self.starts.clear();
        self.starts.resize(vars, 0);
        self.lanes.clear();
    }

    /// The lanes in which the variable's value is in the set; `None` without such a variable.
    pub(super) fn literal(&mut self, possible: &Possible, var: VarId, set: &ValueSet) -> Option<Lanes> {
        let values = possible.get(var)?;
        let start = self.start(var, values)?;
        let lanes = self.lanes.get(start..)?;
        let inside = values.iter().zip(lanes).filter(|(value, _)| set.contains(*value));
        Some(inside.fold(Lanes::NONE, |any, (_, lanes)| any | *lanes))
    }

    fn start(&mut self, var: VarId, values: &ValueSet) -> Option<usize> {
        let slot = self.starts.get_mut(var.index())?;
        if let Some(start) = slot.checked_sub(1) {
            return Some(start as usize);
        }
        let start = self.lanes.len();
        *slot = u32::try_from(start + 1).ok()?;
        self.lanes.resize(start + values.len(), Lanes::NONE);
        let mut random = Random::new(var);
        match self.lanes.get_mut(start..)? {
            [only] => *only = Lanes::ALL,
            [first, second] => {
                *second = random.sparse_and_dense();
                *first = !*second;
            }
            many => random.split(Lanes::ALL, many),
        }
        Some(start)
    }
}

/// The `SplitMix64` generator: tiny, and good enough to find witnesses.
pub(super) struct Random(u64);

impl Random {
    fn new(var: VarId) -> Self {
        Self((u64::from(var.0) + 1).wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    /// One that goes on from a seed.
    pub(super) fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    /// A number below this one, if there is any.
    pub(super) fn below(&mut self, count: usize) -> Option<usize> {
        usize::try_from(self.next().checked_rem(u64::try_from(count).ok()?)?).ok()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A word each of whose bits is set with probability one in `2^halvings`.
    fn rare(&mut self, halvings: u32) -> u64 {
        (0..halvings).fold(u64::MAX, |all, _| all & self.next())
    }

    /// Lanes for the second of two values. Few options of a list tend to be selected, and some
    /// conditions need nearly all of them, so an even draw alone would miss what matters; the
    /// last word leans a different way for each variable.
    fn sparse_and_dense(&mut self) -> Lanes {
        let [rarely, often] = [self.rare(3), !self.rare(3)];
        let leaning = if self.next().is_multiple_of(2) { rarely } else { often };
        let mut words =
            [self.next(), self.next(), self.rare(2), self.rare(4), self.rare(6), !self.rare(2), !self.rare(4), leaning];
        // Two lanes that draws so lopsided may miss: everything first, everything second.
        let [_, _, _, _, sparsest, _, densest, _] = &mut words;
        *sparsest &= !1;
        *densest |= 1;
        Lanes(words)
    }

    /// Deals the lanes out over the values about evenly, halving the values again and again.
    fn split(&mut self, within: Lanes, values: &mut [Lanes]) {
        match values {
            [] => {}
            [only] => *only = within,
            _ => {
                let mut coin = [0; WORDS];
                coin.fill_with(|| self.next());
                let (low, high) = values.split_at_mut(values.len() / 2);
                self.split(within & Lanes(coin), low);
                self.split(within & !Lanes(coin), high);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FormulasBuilder, Possible};
    use super::*;

    #[test]
    fn every_lane_has_exactly_one_possible_value() {
        let mut builder = FormulasBuilder::new();
        let vars = [1, 2, 3, 7, 90].map(|size| builder.var(size));
        let formulas = builder.finish().unwrap();
        let mut possible = Possible::all(&formulas);
        assert!(possible.restrict(vars[3], &[1, 4, 6].into_iter().collect()));
        let mut draws = Draws::default();
        draws.reset(formulas.var_count());
        for var in vars.into_iter().chain(vars) {
            let mut seen = Lanes::NONE;
            for value in possible.get(var).unwrap().iter() {
                let lanes = draws.literal(&possible, var, &ValueSet::single(value)).unwrap();
                assert_eq!(lanes & seen, Lanes::NONE);
                seen = seen | lanes;
            }
            assert_eq!(seen, Lanes::ALL);
        }
        assert_eq!(draws.literal(&possible, VarId(9), &ValueSet::single(0)), None);
    }
}
