//! Small random formulas and their truth in every completion, worked out in the plainest way; what
//! the property tests measure everything else against.

use proptest::prelude::*;

use super::{FormulaId, FormulasBuilder, VarId};

/// A formula as written, evaluated in the plainest way.
#[derive(Clone, Debug)]
pub(super) enum Plain {
    Const(bool),
    Lit(usize, Vec<u16>),
    Not(Box<Plain>),
    And(Vec<Plain>),
    Or(Vec<Plain>),
    AtLeast(u32, Vec<Plain>),
}

impl Plain {
    pub(super) fn holds(&self, values: &[u16]) -> bool {
        match self {
            Self::Const(value) => *value,
            Self::Lit(var, set) => set.contains(&values[var % values.len()]),
            Self::Not(part) => !part.holds(values),
            Self::And(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(values)),
            Self::AtLeast(least, parts) => parts.iter().filter(|part| part.holds(values)).count() >= *least as usize,
        }
    }

    pub(super) fn build(&self, builder: &mut FormulasBuilder, vars: &[VarId]) -> FormulaId {
        let mut all =
            |parts: &[Self]| -> Vec<FormulaId> { parts.iter().map(|part| part.build(builder, vars)).collect() };
        match self {
            Self::Const(value) => builder.constant(*value),
            Self::Lit(var, set) => builder.lit(vars[var % vars.len()], &set.iter().copied().collect()),
            Self::Not(part) => {
                let part = part.build(builder, vars);
                builder.not(part)
            }
            Self::And(parts) => {
                let parts = all(parts);
                builder.and(parts)
            }
            Self::Or(parts) => {
                let parts = all(parts);
                builder.or(parts)
            }
            Self::AtLeast(least, parts) => {
                let parts = all(parts);
                builder.at_least(*least, parts)
            }
        }
    }
}

/// Variables as their domain size and the values still possible, and some formulas over them.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) vars: Vec<(u16, Vec<u16>)>,
    pub(super) roots: Vec<Plain>,
    pub(super) order: Vec<u16>,
    pub(super) budget: u32,
}

pub(super) fn cases() -> impl Strategy<Value = Case> {
    let wide = prop::sample::subsequence(vec![0_u16, 1, 2, 3, 64, 69], 1..=4);
    let var = prop_oneof![
        9 => (2_u16..=4).prop_flat_map(|size| {
            let values = (0..size).collect::<Vec<_>>();
            (Just(size), prop::sample::subsequence(values, 1..=usize::from(size)))
        }),
        1 => (Just(70_u16), wide),
    ];
    let set = prop::collection::vec(prop_oneof![8 => 0_u16..4, 1 => 60_u16..75], 0..4);
    let leaf = prop_oneof![
        1 => any::<bool>().prop_map(Plain::Const),
        20 => (0_usize..6, set).prop_map(|(var, set)| Plain::Lit(var, set)),
    ];
    let formula = leaf.prop_recursive(5, 40, 5, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 0..5);
        prop_oneof![
            inner.clone().prop_map(|part| Plain::Not(Box::new(part))),
            parts().prop_map(Plain::And),
            parts().prop_map(Plain::Or),
            (0_u32..5, parts()).prop_map(|(least, parts)| Plain::AtLeast(least, parts)),
        ]
    });
    (
        prop::collection::vec(var, 1..=6),
        prop::collection::vec(formula, 1..4),
        prop::collection::vec(0_u16..6, 0..6),
        0_u32..30,
    )
        .prop_map(|(vars, mut roots, order, budget)| {
            // Formulas made of the others are more likely to hide what they amount to.
            let opposite = Plain::Not(Box::new(roots[0].clone()));
            roots.push(Plain::Or(vec![Plain::And(roots.clone()), opposite.clone()]));
            roots.push(Plain::AtLeast(2, [roots.clone(), vec![opposite]].concat()));
            Case { vars, roots, order, budget }
        })
}

/// All completions and, for each root, its truth in each of them.
pub(super) struct Truths {
    pub(super) completions: Vec<Vec<u16>>,
    pub(super) columns: Vec<Vec<bool>>,
}

impl Truths {
    pub(super) fn of(case: &Case) -> Self {
        let mut completions = vec![Vec::new()];
        for (_, values) in &case.vars {
            let longer = |start: &Vec<u16>| {
                let start = start.clone();
                values.iter().map(move |value| [start.as_slice(), &[*value]].concat())
            };
            completions = completions.iter().flat_map(longer).collect();
        }
        let column = |root: &Plain| completions.iter().map(|values| root.holds(values)).collect();
        let columns = case.roots.iter().map(column).collect();
        Self { completions, columns }
    }

    pub(super) fn support(&self, case: &Case, column: &[bool]) -> Vec<VarId> {
        let mut support = Vec::new();
        let mut stride = self.completions.len();
        for (var, (_, values)) in (0_u16..).zip(&case.vars) {
            stride /= values.len();
            let matters = (0..column.len()).any(|at| {
                let last = at / stride % values.len() + 1 == values.len();
                !last && column[at] != column[at + stride]
            });
            if matters {
                support.push(VarId(var));
            }
        }
        support
    }
}
