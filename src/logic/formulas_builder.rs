//! Makes an arena of formulas.

use std::collections::BTreeMap;

use super::build_error::BuildError;
use super::formulas::{Formulas, Node};
use super::interner::{Interner, Key};
use super::links::LazyLinks;
use super::program::Program;
use super::{FormulaId, ValueSet, VarId};

/// Makes a [`Formulas`] arena: equal formulas get the same number, and what is plainly constant
/// or plainly repeated is simplified on the way.
///
/// Mistakes (a variable that does not exist, too many formulas) are remembered and reported once,
/// by [`finish`](Self::finish), so that callers need not check every step.
#[derive(Clone, Debug)]
pub struct FormulasBuilder {
    pub(super) formulas: Formulas,
    interner: Interner,
    error: Option<BuildError>,
}

impl Default for FormulasBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl FormulasBuilder {
    /// A builder without variables, holding only the two constants.
    #[must_use]
    pub fn new() -> Self {
        let formulas = Formulas {
            domains: Vec::new(),
            nodes: vec![Node::False, Node::True],
            parts: Vec::new(),
            sets: Vec::new(),
            links: LazyLinks::default(),
            program: Program::default(),
        };
        Self { formulas, interner: Interner::default(), error: None }
    }

    /// How many formulas there are so far.
    #[must_use]
    pub fn size(&self) -> usize {
        self.formulas.len()
    }

    /// A new variable with the values `0..domain_size`.
    pub fn var(&mut self, domain_size: u16) -> VarId {
        if domain_size == 0 {
            self.error.get_or_insert(BuildError::EmptyDomain);
        }
        match u16::try_from(self.formulas.domains.len()) {
            Ok(at) if at < u16::MAX => {
                self.formulas.domains.push(domain_size);
                VarId(at)
            }
            _ => {
                self.error.get_or_insert(BuildError::TooManyVariables);
                VarId(u16::MAX)
            }
        }
    }

    /// A constant.
    #[must_use]
    pub fn constant(&self, value: bool) -> FormulaId {
        if value { FormulaId::TRUE } else { FormulaId::FALSE }
    }

    /// "The variable has a value in the set"; values outside the domain are dropped.
    pub fn lit(&mut self, var: VarId, set: &ValueSet) -> FormulaId {
        let Some(domain) = self.formulas.domain(var) else {
            self.error.get_or_insert(BuildError::UnknownVariable);
            return FormulaId::FALSE;
        };
        let full = ValueSet::full(domain);
        let set = full.intersection(set);
        if set.is_empty() || set == full {
            return self.constant(!set.is_empty());
        }
        self.intern(Key::Lit(var, set))
    }

    /// The opposite of a formula.
    pub fn not(&mut self, part: FormulaId) -> FormulaId {
        match self.formulas.nodes.get(part.index()).copied() {
            Some(Node::False) => FormulaId::TRUE,
            Some(Node::True) => FormulaId::FALSE,
            Some(Node::Not(inner)) => inner,
            Some(Node::Lit { var, set }) => {
                let domain = self.formulas.domain(var).unwrap_or(0);
                let set = self.formulas.sets.get(set as usize);
                let others = ValueSet::full(domain).difference(set.unwrap_or(&ValueSet::empty()));
                self.lit(var, &others)
            }
            Some(_) => self.intern(Key::Not(part)),
            None => {
                self.error.get_or_insert(BuildError::UnknownFormula);
                FormulaId::FALSE
            }
        }
    }

    /// True when all parts are true; true without parts.
    pub fn and(&mut self, parts: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        self.join(parts, true)
    }

    /// True when some part is true; false without parts.
    pub fn or(&mut self, parts: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        self.join(parts, false)
    }

    /// True when at least `least` parts are true. A part listed twice counts twice.
    pub fn at_least(&mut self, least: u32, parts: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        let mut least = least;
        let mut open: Vec<FormulaId> = Vec::new();
        for part in parts {
            match part {
                FormulaId::TRUE => least = least.saturating_sub(1),
                FormulaId::FALSE => {}
                _ if part.index() < self.formulas.len() => open.push(part),
                _ => {
                    self.error.get_or_insert(BuildError::UnknownFormula);
                }
            }
        }
        let count = open.len();
        if least == 0 {
            FormulaId::TRUE
        } else if least as usize > count {
            FormulaId::FALSE
        } else if least == 1 {
            self.or(open)
        } else if least as usize == count {
            self.and(open)
        } else {
            open.sort_unstable();
            self.intern(Key::AtLeast(least, open.into_boxed_slice()))
        }
    }

    /// The finished arena. All numbers handed out stay valid in it.
    ///
    /// # Errors
    /// The first mistake made while building, if there was one.
    pub fn finish(self) -> Result<Formulas, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        Ok(self.formulas.linked())
    }

    /// `all` makes a conjunction, otherwise a disjunction.
    fn join(&mut self, parts: impl IntoIterator<Item = FormulaId>, all: bool) -> FormulaId {
        let neutral = self.constant(all);
        let decisive = self.constant(!all);
        // Literals on the same variable are one literal, which lets three-valued logic see, for
        // instance, that two alternatives together cover everything.
        let mut merged: BTreeMap<VarId, ValueSet> = BTreeMap::new();
        let mut rest: Vec<FormulaId> = Vec::new();
        for part in parts {
            match self.formulas.nodes.get(part.index()) {
                Some(Node::Lit { var, set }) => {
                    let Some(set) = self.formulas.sets.get(*set as usize) else {
                        continue;
                    };
                    let join = |had: &ValueSet| {
                        if all { had.intersection(set) } else { had.union(set) }
                    };
                    let joined = merged.get(var).map_or_else(|| set.clone(), join);
                    merged.insert(*var, joined);
                }
                Some(_) => rest.push(part),
                None => {
                    self.error.get_or_insert(BuildError::UnknownFormula);
                }
            }
        }
        rest.extend(merged.into_iter().map(|(var, set)| self.lit(var, &set)).collect::<Vec<_>>());
        rest.retain(|part| *part != neutral);
        rest.sort_unstable();
        rest.dedup();
        let has_opposites = rest.iter().any(|part| {
            let node = self.formulas.nodes.get(part.index());
            matches!(node, Some(Node::Not(inner)) if rest.binary_search(inner).is_ok())
        });
        if has_opposites || rest.contains(&decisive) {
            return decisive;
        }
        match *rest.as_slice() {
            [] => neutral,
            [only] => only,
            _ if all => self.intern(Key::And(rest.into_boxed_slice())),
            _ => self.intern(Key::Or(rest.into_boxed_slice())),
        }
    }

    fn intern(&mut self, key: Key) -> FormulaId {
        let id = self.interner.intern(&mut self.formulas, key);
        id.unwrap_or_else(|| {
            self.error.get_or_insert(BuildError::TooManyFormulas);
            FormulaId::FALSE
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_the_same_in_one_way() {
        let mut builder = FormulasBuilder::new();
        let (yes_no, pick) = (builder.var(2), builder.var(3));
        let [zero, one] = [0, 1].map(|value| builder.lit(pick, &ValueSet::single(value)));
        let yes = builder.lit(yes_no, &[1, 7].into_iter().collect());
        assert_eq!(builder.lit(pick, &ValueSet::full(9)), FormulaId::TRUE);
        assert_eq!(builder.lit(pick, &ValueSet::single(3)), FormulaId::FALSE);
        assert_eq!(builder.and([zero, one]), FormulaId::FALSE);
        let not_two = builder.or([one, zero]);
        assert_eq!(builder.lit(pick, &[0, 1].into_iter().collect()), not_two);
        let two = builder.not(not_two);
        assert_eq!(builder.lit(pick, &ValueSet::single(2)), two);
        assert_eq!(builder.or([two, zero, one]), FormulaId::TRUE);
        let both = builder.and([yes, two, FormulaId::TRUE, yes]);
        assert_eq!(builder.and([two, yes]), both);
        let neither = builder.not(both);
        assert_eq!(builder.not(neither), both);
        assert_eq!(builder.or([both, neither]), FormulaId::TRUE);
        assert_eq!((builder.and([]), builder.or([])), (FormulaId::TRUE, FormulaId::FALSE));
        assert_eq!(builder.at_least(0, []), FormulaId::TRUE);
        assert_eq!(builder.at_least(3, [yes, two]), FormulaId::FALSE);
        assert_eq!(builder.at_least(2, [yes, two]), both);
        assert_eq!(builder.at_least(2, [yes, FormulaId::TRUE, FormulaId::FALSE]), yes);
        let counted = builder.at_least(2, [yes, yes, two]);
        assert_eq!(builder.at_least(3, [two, yes, FormulaId::TRUE, yes]), counted);
        assert!(builder.finish().is_ok());
    }
}
