//! The clauses that say what formulas and values are.

use batsat::{Lit, SolverInterface};

use super::Satisfier;
use crate::logic::{ValueSet, VarId};

/// Up to so many values, every two of them exclude each other by a clause of their own.
const FEW_VALUES: usize = 8;

/// A value and its literal.
type Valued = (u16, Lit);

impl Satisfier<'_> {
    /// True where all are.
    pub(super) fn conjunction(&mut self, parts: &[Lit]) -> Lit {
        if parts.contains(&!self.yes) {
            return !self.yes;
        }
        let parts: Vec<Lit> = parts.iter().copied().filter(|part| *part != self.yes).collect();
        match parts.as_slice() {
            [] => return self.yes,
            [only] => return *only,
            _ => {}
        }
        let all = self.fresh();
        for part in &parts {
            self.solver.add_clause_reuse(&mut vec![!all, *part]);
        }
        let mut clause: Vec<Lit> = parts.iter().map(|part| !*part).collect();
        clause.push(all);
        self.solver.add_clause_reuse(&mut clause);
        all
    }

    /// True where at least so many are: row by row, "at least `n` of the parts so far".
    pub(super) fn at_least(&mut self, least: usize, parts: &[Lit]) -> Lit {
        let mut reached = vec![!self.yes; least + 1];
        if let Some(none) = reached.first_mut() {
            *none = self.yes;
        }
        for part in parts {
            let before = reached.clone();
            for (pair, now) in before.windows(2).zip(reached.iter_mut().skip(1)) {
                let [fewer, same] = *pair else { continue };
                let gained = self.conjunction(&[fewer, *part]);
                *now = !self.conjunction(&[!same, !gained]);
            }
        }
        reached.last().copied().unwrap_or(self.yes)
    }

    /// True where the variable has a value of the set.
    pub(super) fn among(&mut self, var: VarId, set: &ValueSet) -> Lit {
        let lits = self.lits(var);
        let inside = |value: &u16| set.contains(*value);
        let (held, others): (Vec<Valued>, Vec<Valued>) = (0_u16..).zip(lits).partition(|(value, _)| inside(value));
        match (held.as_slice(), others.as_slice()) {
            ([], _) => return !self.yes,
            (_, []) => return self.yes,
            ([(_, only)], _) => return *only,
            (_, [(_, other)]) => return !*other,
            _ => {}
        }
        let among = self.fresh();
        let mut clause: Vec<Lit> = held.iter().map(|(_, lit)| *lit).collect();
        clause.push(!among);
        self.solver.add_clause_reuse(&mut clause);
        for (_, lit) in held {
            self.solver.add_clause_reuse(&mut vec![!lit, among]);
        }
        for (_, lit) in others {
            self.solver.add_clause_reuse(&mut vec![!lit, !among]);
        }
        among
    }

    /// True where the variable has the value.
    pub(super) fn value(&mut self, var: VarId, value: u16) -> Lit {
        let no = !self.yes;
        self.lits(var).get(usize::from(value)).copied().unwrap_or(no)
    }

    /// The literals of a variable's values, of which exactly one is true.
    pub(super) fn lits(&mut self, var: VarId) -> Vec<Lit> {
        if let Some(known) = self.values.get(var.index()).filter(|known| !known.is_empty()) {
            return known.clone();
        }
        let lits: Vec<Lit> = match self.formulas.domain(var).unwrap_or(0) {
            0 => Vec::new(),
            1 => vec![self.yes],
            2 => {
                let second = self.fresh();
                vec![!second, second]
            }
            domain => {
                let lits: Vec<Lit> = (0..domain).map(|_| self.fresh()).collect();
                self.exactly_one(&lits);
                lits
            }
        };
        let possible = self.possible.get(var);
        let excluded = (0_u16..).zip(&lits).filter(|(value, _)| possible.is_some_and(|set| !set.contains(*value)));
        for (_, lit) in excluded {
            self.solver.add_clause_reuse(&mut vec![!*lit]);
        }
        if let Some(slot) = self.values.get_mut(var.index()) {
            slot.clone_from(&lits);
        }
        lits
    }

    fn exactly_one(&mut self, lits: &[Lit]) {
        self.solver.add_clause_reuse(&mut lits.to_vec());
        if lits.len() <= FEW_VALUES {
            for (at, one) in lits.iter().enumerate() {
                for other in lits.iter().skip(at + 1) {
                    self.solver.add_clause_reuse(&mut vec![!*one, !*other]);
                }
            }
            return;
        }
        // A ladder: each rung is true once one of the values up to it is.
        let mut below: Option<Lit> = None;
        for lit in lits {
            let rung = self.fresh();
            self.solver.add_clause_reuse(&mut vec![!*lit, rung]);
            if let Some(below) = below {
                self.solver.add_clause_reuse(&mut vec![!below, rung]);
                self.solver.add_clause_reuse(&mut vec![!below, !*lit]);
            }
            below = Some(rung);
        }
    }

    fn fresh(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }
}
