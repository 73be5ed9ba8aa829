//! Which variables the answers to a variant's questions set.

use super::classes::{Classes, Frame, told_apart};
use crate::logic::{FormulasBuilder, VarId};
use crate::model::{Ix, Kind, OptionIx, QuestionIx};
use crate::ruleset::{Parts, Variables};

/// The most variables that the variants of a ruleset may have together.
const MOST_VARIABLES: usize = 60_000;

/// The variables of one variant's questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    variables: Vec<Variables>,
    /// By [`VarId`]: the question whose answer sets it. A variable of another variant's question has none.
    owners: Vec<Option<QuestionIx>>,
    all_owned: Vec<QuestionIx>,
}

impl Layout {
    /// The layouts of several variants over the same new variables; none where there would be too many.
    #[must_use]
    pub fn of(variants: &[(&Parts, &Frame)], classes: &Classes, builder: &mut FormulasBuilder) -> Option<Vec<Self>> {
        let mut shared: Vec<Option<Shared>> = Vec::new();
        let mut count = 0;
        for (parts, frame) in variants {
            for (ix, question) in parts.questions.iter() {
                let slot = frame.slot(ix);
                if shared.len() <= slot {
                    shared.resize_with(slot + 1, || None);
                }
                let Some(place) = shared.get_mut(slot) else { continue };
                if place.is_none() {
                    let of = classes.of(slot);
                    count += if question.kind == Kind::AnyOf { of.len() } else { 1 };
                    if count > MOST_VARIABLES {
                        return None;
                    }
                    *place = Some(Shared::new(question.kind, of, builder));
                }
            }
        }
        let total = shared.iter().flatten().map(|shared| shared.vars.len()).sum();
        Some(variants.iter().map(|(parts, frame)| Self::seen_by(parts, frame, &shared, total)).collect())
    }

    fn seen_by(parts: &Parts, frame: &Frame, shared: &[Option<Shared>], total: usize) -> Self {
        let mut owners = vec![None; total];
        let variables = parts.questions.ids().map(|ix| {
            let Some(shared) = shared.get(frame.slot(ix)).and_then(Option::as_ref) else { return Variables::None };
            for var in &shared.vars {
                if let Some(owner) = owners.get_mut(var.index()) {
                    *owner = Some(ix);
                }
            }
            shared.seen(frame, ix)
        });
        let variables = variables.collect();
        let all_owned = owners.iter().copied().flatten().collect();
        Self { variables, owners, all_owned }
    }

    /// The variables of a question.
    #[must_use]
    pub fn variables(&self, question: QuestionIx) -> &Variables {
        self.variables.get(question.index()).unwrap_or(&Variables::None)
    }

    /// The question whose answer sets each variable, by [`VarId`]. Whole only where there is one variant.
    #[must_use]
    pub fn owners(&self) -> &[QuestionIx] {
        &self.all_owned
    }

    /// The question of this variant whose answer sets a variable.
    #[must_use]
    pub fn owner(&self, var: VarId) -> Option<QuestionIx> {
        self.owners.get(var.index()).copied().flatten()
    }

    /// The variable on which an option's choice depends.
    #[must_use]
    pub fn class_var(&self, question: QuestionIx, option: OptionIx) -> Option<VarId> {
        let variables = self.variables(question);
        let class = variables.class_of(option)?;
        match variables {
            Variables::Any { vars, .. } => vars.get(usize::from(class)).copied(),
            Variables::One { var, .. } => Some(*var),
            Variables::None => None,
        }
    }
}

/// The variables of a question that several variants may share.
struct Shared {
    kind: Kind,
    classes: Vec<u32>,
    vars: Vec<VarId>,
}

impl Shared {
    fn new(kind: Kind, classes: Vec<u32>, builder: &mut FormulasBuilder) -> Self {
        let domain = classes.iter().max().map_or(1, |most| most + 1);
        let vars = match kind {
            _ if !told_apart(kind, &classes) => Vec::new(),
            Kind::AnyOf => (0..domain).map(|_| builder.var(2)).collect(),
            _ => vec![builder.var(narrow(domain))],
        };
        Self { kind, classes, vars }
    }

    /// How a question of one variant sees them: its own options only.
    fn seen(&self, frame: &Frame, ix: QuestionIx) -> Variables {
        let class = frame.positions(ix).iter().map(|at| self.classes.get(*at).map_or(0, |class| narrow(*class)));
        match (self.kind, self.vars.as_slice()) {
            (_, []) => Variables::None,
            (Kind::AnyOf, vars) => Variables::Any { vars: vars.to_vec(), class: class.map(Some).collect() },
            (_, [var, ..]) => Variables::One { var: *var, class: class.collect() },
        }
    }
}

fn narrow(class: u32) -> u16 {
    u16::try_from(class).unwrap_or(u16::MAX)
}
