//! Proof by example: completions that disagree.

use super::bit_set::BitSet;
use super::cone::Cone;
use super::draws::Draws;
use super::lanes::Lanes;
use super::residual::{Gate, Residual};
use super::{FormulaId, ValueSet, VarId};

/// How many literals of a many-valued variable are tried when looking for proof that it matters.
const FLIPPED_LITERALS: usize = 8;

/// Evaluates 512 completions of what is unknown at once, drawn from a fixed seed.
///
/// Whatever this proves is backed by completions that show it. That it proves nothing means
/// nothing. Only open formulas that the roots asked about are made of are ever evaluated, and
/// each only once for a state of knowledge.
#[derive(Clone, Debug, Default)]
pub struct Witnesses {
    draws: Draws,
    lanes: Vec<Lanes>,
    done: BitSet,
    cone: Cone,
    flip: Flip,
}

/// The lanes that change when one variable gets another value.
#[derive(Clone, Debug, Default)]
struct Flip {
    lanes: Vec<Lanes>,
    changed: BitSet,
    pending: BitSet,
    roots: BitSet,
}

impl Witnesses {
    /// A sampler that has drawn nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts anew for another state of knowledge; every later call must be about the same one.
    pub fn begin(&mut self, residual: Residual<'_>) {
        let count = residual.formulas().len();
        self.draws.reset(residual.formulas().var_count());
        self.done.reset(count);
        // Stale lanes are never read, since nothing counts as done.
        self.lanes.resize(count, Lanes::NONE);
    }

    /// The truth of an open formula in the drawn completions.
    fn sample(&mut self, residual: Residual<'_>, root: FormulaId) -> Option<Lanes> {
        if residual.is_open(root) && !self.done.contains(root.index()) {
            self.evaluate(residual, &[root])?;
        }
        self.done.contains(root.index()).then(|| self.lanes.get(root.index()).copied())?
    }

    fn evaluate(&mut self, residual: Residual<'_>, roots: &[FormulaId]) -> Option<()> {
        let Self { draws, lanes, done, cone, .. } = self;
        cone.collect(residual, roots, |formula| done.contains(formula.index()));
        for formula in cone.iter() {
            let gate = residual.gate(formula)?;
            let value = if let Gate::Lit(var, set) = gate {
                draws.literal(residual.possible(), var, set)?
            } else {
                combine(gate, |part| lanes.get(part.index()).copied())?
            };
            *lanes.get_mut(formula.index())? = value;
            done.insert(formula.index());
        }
        Some(())
    }

    /// Whether some drawn completion makes the formula true; `false` proves nothing.
    pub fn shows_true(&mut self, residual: Residual<'_>, root: FormulaId) -> bool {
        self.sample(residual, root).is_some_and(|lanes| lanes != Lanes::NONE)
    }

    /// Whether some drawn completion gives each formula the truth beside it; `false` proves nothing.
    pub fn shows_all(&mut self, residual: Residual<'_>, wanted: &[(FormulaId, bool)]) -> bool {
        self.lanes_of(residual, wanted) != Lanes::NONE
    }

    /// The lanes in which each formula has the truth beside it.
    fn lanes_of(&mut self, residual: Residual<'_>, wanted: &[(FormulaId, bool)]) -> Lanes {
        let mut left = Lanes::ALL;
        for (root, wanted) in wanted {
            let lanes = match residual.truth(*root).known() {
                Some(true) => Lanes::ALL,
                Some(false) => Lanes::NONE,
                None => match self.sample(residual, *root) {
                    Some(lanes) => lanes,
                    None => return Lanes::NONE,
                },
            };
            left = left & if *wanted { lanes } else { !lanes };
        }
        left
    }

    /// A drawn completion that gives each formula the truth beside it: the values of the variables that the formulas are
    /// written with and that are not known. `None` proves nothing.
    pub fn example(&mut self, residual: Residual<'_>, wanted: &[(FormulaId, bool)]) -> Option<Vec<(VarId, u16)>> {
        let lanes = self.lanes_of(residual, wanted);
        let (word, bits) = lanes.0.iter().enumerate().find(|(_, bits)| **bits != 0)?;
        let bit = bits.trailing_zeros();
        let roots: Vec<FormulaId> = wanted.iter().map(|(root, _)| *root).collect();
        self.cone.collect(residual, &roots, |_| false);
        let mut values = Vec::new();
        for var in self.cone.vars(residual) {
            let possible = residual.possible();
            let here = possible.get(var)?.iter().find(|value| {
                let lanes = self.draws.literal(possible, var, &ValueSet::single(*value));
                lanes.is_some_and(|lanes| lanes.0.get(word).is_some_and(|word| word >> bit & 1 == 1))
            });
            values.push((var, here?));
        }
        Some(values)
    }

    /// Whether the drawn completions disagree about the formula; `false` proves nothing.
    pub fn shows_both(&mut self, residual: Residual<'_>, root: FormulaId) -> bool {
        self.sample(residual, root).is_some_and(|lanes| !lanes.is_constant())
    }

    /// Whether two completions that differ only in variables of the group disagree about some
    /// root; `false` proves nothing.
    pub fn relevant_by_witness(&mut self, residual: Residual<'_>, group: &[VarId], roots: &[FormulaId]) -> bool {
        // When a change of several variables matters, so does one of the single changes that it
        // is made of; so variables are changed one at a time.
        self.relevant_vars(residual, group, roots).next().is_some()
    }

    /// Those of the variables for which two completions that differ only there disagree about
    /// some root; a variable left out may still matter.
    pub(super) fn relevant_vars(
        &mut self,
        residual: Residual<'_>,
        vars: &[VarId],
        roots: &[FormulaId],
    ) -> impl Iterator<Item = VarId> {
        let ready = self.evaluate(residual, roots).is_some();
        self.cone.collect(residual, roots, |_| false);
        self.flip.aim(residual, roots);
        vars.iter().copied().filter(move |var| ready && self.flip_changes(residual, *var).unwrap_or(false))
    }

    fn flip_changes(&mut self, residual: Residual<'_>, var: VarId) -> Option<bool> {
        let Self { lanes: base, cone, flip, .. } = self;
        let values = residual.possible().get(var)?;
        let literals = residual.formulas().literals(var);
        let mut tried = 0;
        for literal in literals.iter().filter(|literal| cone.contains(**literal)) {
            let Some(Gate::Lit(_, set)) = residual.gate(*literal) else {
                continue;
            };
            // In every lane the variable crosses from one side of this literal to the other.
            let inside = values.intersection(set).iter().next()?;
            let outside = values.difference(set).iter().next()?;
            let was_inside = *base.get(literal.index())?;
            let moved = |set: &ValueSet| {
                let in_now = if set.contains(inside) { !was_inside } else { Lanes::NONE };
                let out_now = if set.contains(outside) { was_inside } else { Lanes::NONE };
                in_now | out_now
            };
            if flip.reaches(residual, base, cone, literals, moved)? {
                return Some(true);
            }
            tried += 1;
            // A variable with two values has said all it can after one literal.
            if tried == FLIPPED_LITERALS || values.len() == 2 {
                break;
            }
        }
        Some(false)
    }
}

impl Flip {
    /// Names the roots whose change counts.
    fn aim(&mut self, residual: Residual<'_>, roots: &[FormulaId]) {
        let count = residual.formulas().len();
        self.lanes.resize(count, Lanes::NONE);
        self.roots.reset(count);
        for root in roots {
            self.roots.insert(root.index());
        }
    }

    /// Whether giving the variable the moved value changes some root in some lane.
    fn reaches(
        &mut self,
        residual: Residual<'_>,
        base: &[Lanes],
        cone: &Cone,
        literals: &[FormulaId],
        moved: impl Fn(&ValueSet) -> Lanes,
    ) -> Option<bool> {
        let Self { lanes, changed, pending, roots } = self;
        changed.reset(base.len());
        pending.reset(base.len());
        for literal in literals.iter().filter(|literal| cone.contains(**literal)) {
            pending.insert(literal.index());
        }
        // Parts come before the formulas that have them, so one walk upwards carries every
        // change as far as it goes.
        let mut from = 0;
        while let Some(at) = pending.first_from(from) {
            from = at + 1;
            let formula = FormulaId::at(at);
            let now = match residual.gate(formula)? {
                Gate::Lit(_, set) => moved(set),
                gate => combine(gate, |part| {
                    let place = part.index();
                    let source = if changed.contains(place) { &*lanes } else { base };
                    source.get(place).copied()
                })?,
            };
            if now == *base.get(at)? {
                continue;
            }
            if roots.contains(at) {
                return Some(true);
            }
            *lanes.get_mut(at)? = now;
            changed.insert(at);
            for parent in residual.formulas().parents(formula) {
                if cone.contains(*parent) {
                    pending.insert(parent.index());
                }
            }
        }
        Some(false)
    }
}

/// The lanes of a formula that is not a literal, from those of its parts. `None` when a part's
/// lanes are missing: then nothing is proved.
fn combine(gate: Gate<'_>, lanes: impl Fn(FormulaId) -> Option<Lanes>) -> Option<Lanes> {
    match gate {
        Gate::Lit(..) => None,
        Gate::Not(part) => Some(!lanes(part)?),
        Gate::And(mut parts) => parts.try_fold(Lanes::ALL, |all, part| Some(all & lanes(part)?)),
        Gate::Or(mut parts) => parts.try_fold(Lanes::NONE, |any, part| Some(any | lanes(part)?)),
        Gate::AtLeast(least, parts) => {
            let mut missing = false;
            let truths = parts.map_while(|part| {
                let found = lanes(part);
                missing |= found.is_none();
                found
            });
            let reached = Lanes::at_least(least, truths);
            (!missing).then_some(reached)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FormulasBuilder, KleeneValues, Possible};
    use super::*;

    #[test]
    fn finds_what_disagrees_and_claims_no_more() {
        let mut builder = FormulasBuilder::new();
        let vars: Vec<_> = (0..12).map(|_| builder.var(2)).collect();
        let lits: Vec<_> = vars.iter().map(|var| builder.lit(*var, &ValueSet::single(1))).collect();
        let all = builder.and(lits.iter().copied());
        let none_of = builder.or(lits.iter().copied());
        let two = builder.at_least(2, lits.iter().copied());
        let other = builder.not(lits[0]);
        let (left, right) = (builder.or([lits[0], two]), builder.or([other, two]));
        let covered = builder.or([left, right]);
        let formulas = builder.finish().unwrap();
        let possible = Possible::all(&formulas);
        let mut values = KleeneValues::default();
        let residual = Residual::new(&formulas, &possible, &mut values);
        let mut witnesses = Witnesses::new();
        witnesses.begin(residual);
        for root in [all, none_of, two, left] {
            assert!(witnesses.shows_both(residual, root));
        }
        assert!(residual.is_open(covered));
        assert!(witnesses.shows_true(residual, covered));
        assert!(!witnesses.shows_both(residual, covered));
        for var in &vars {
            assert!(witnesses.relevant_by_witness(residual, &[*var], &[all]));
            assert!(!witnesses.relevant_by_witness(residual, &[*var], &[covered]));
        }
        assert!(!witnesses.relevant_by_witness(residual, &vars[1..], &[lits[0]]));
    }
}
