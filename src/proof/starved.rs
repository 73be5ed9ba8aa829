//! A prover that runs out of its budget says so: it never takes what it could not settle for something that cannot be.

use super::{Proof, Prover};
use crate::logic::{FormulaId, Formulas, FormulasBuilder, Order, ValueSet, VarId};

const VARS: usize = 16;

/// An equation: whether an odd number of three variables holds.
type Equation = ([usize; 3], bool);

/// Random numbers from a seed (splitmix64).
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 29)
}

/// As many equations as leave few solutions or none: drawn completions hardly ever find one.
fn system(seed: u64) -> Vec<Equation> {
    let mut state = seed;
    let mut below = |most: usize| usize::try_from(next(&mut state) % most as u64).unwrap();
    (0..15).map(|_| ([below(VARS), below(VARS), below(VARS)], below(2) == 1)).collect()
}

fn odd(values: u32, of: [usize; 3]) -> bool {
    of.iter().filter(|at| values >> **at & 1 == 1).count() % 2 == 1
}

/// By trying every completion.
fn is_possible(system: &[Equation]) -> bool {
    (0..1_u32 << VARS).any(|values| system.iter().all(|(of, wanted)| odd(values, *of) == *wanted))
}

fn lowered(system: &[Equation]) -> (Formulas, Vec<(FormulaId, bool)>) {
    let mut builder = FormulasBuilder::new();
    let vars: Vec<VarId> = (0..VARS).map(|_| builder.var(2)).collect();
    let wanted = system.iter().map(|(of, wanted)| {
        let ways: Vec<FormulaId> = (0..8_u16)
            .filter(|truths| truths.count_ones() % 2 == 1)
            .map(|truths| {
                let lits: Vec<FormulaId> =
                    (0..3).map(|at| builder.lit(vars[of[at]], &ValueSet::single(truths >> at & 1))).collect();
                builder.and(lits)
            })
            .collect();
        (builder.or(ways), *wanted)
    });
    let wanted = wanted.collect();
    (builder.finish().unwrap(), wanted)
}

#[test]
fn what_the_budget_does_not_reach_is_never_claimed() {
    let (mut open, mut never, mut found) = (0, 0, 0);
    for seed in 0..60 {
        let system = system(seed);
        let possible = is_possible(&system);
        let (formulas, wanted) = lowered(&system);
        let order = Order::new(&formulas, &[]);
        for (nodes, allowance) in [(1, 1), (1, 100), (20, 2_000), (1, u64::MAX), (250_000, u64::MAX)] {
            let prover = || Prover::with_allowance(&formulas, &order, nodes, allowance);
            let at = format!("system {seed}, {nodes} nodes, allowance {allowance}");
            match prover().together(&wanted) {
                Proof::Never => assert!(!possible, "{at}: called impossible"),
                Proof::Sometimes => assert!(possible, "{at}: called possible"),
                Proof::NotProved => open += 1,
            }
            match prover().find(&wanted) {
                Ok(None) => {
                    assert!(!possible, "{at}: none found");
                    never += 1;
                }
                Ok(Some(choices)) => {
                    let own = prover().implied(&choices, &wanted);
                    assert!(possible && own != Proof::Never, "{at}: {choices:?} is no example");
                    found += 1;
                }
                Err(_) => open += 1,
            }
            assert_ne!(prover().implied(&[], &wanted), Proof::Sometimes, "{at}: called true of everything");
            let free = prover().excluded(&[], &wanted);
            assert!(!(free && possible), "{at}: called excluded");
        }
    }
    // Each end was met, so that none of the above passes for want of a chance to fail.
    assert!(open > 50 && never > 10 && found > 10, "{open} open, {never} never, {found} found");
}
