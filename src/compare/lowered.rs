//! The states of everything in one version, as formulas.

use crate::compile::{Layout, Lowering};
use crate::logic::{FormulaId, FormulasBuilder, ValueSet, VarId};
use crate::model::{DerivedIx, Ix, ListIx, MythIx, QuestionIx, RuleIx};
use crate::ruleset::Parts;

/// The states that a thing can have: exactly one of the formulas is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct States {
    /// When it has each.
    pub(super) plain: Vec<FormulaId>,
    /// The same, and also wherever the version cannot express the exchange. What is to hold "whatever the other answers
    /// are" is to hold for the answers that the version offers.
    pub(super) guarded: Vec<FormulaId>,
}

impl States {
    fn new(plain: Vec<FormulaId>, beyond: FormulaId, builder: &mut FormulasBuilder) -> Self {
        let guarded = plain.iter().map(|state| builder.or([beyond, *state])).collect();
        Self { plain, guarded }
    }

    /// Of a thing that a version does not have: always the first state.
    pub(super) fn absent(like: &Self) -> Self {
        let state = |at: usize| if at == 0 { FormulaId::TRUE } else { FormulaId::FALSE };
        let states: Vec<FormulaId> = (0..like.plain.len()).map(state).collect();
        Self { plain: states.clone(), guarded: states }
    }
}

/// The states of everything in one version. A thing that is or is not so has two: first that it is not.
#[derive(Debug)]
pub(super) struct Lowered {
    rules: Vec<States>,
    arises: Vec<States>,
    opens: Vec<Vec<States>>,
    derived: Vec<States>,
    myths: Vec<States>,
}

impl Lowered {
    /// Lowers a version. `expressible` names the values of variables that are all it can express.
    pub(super) fn new(
        parts: &Parts,
        layout: &Layout,
        builder: &mut FormulasBuilder,
        expressible: &[(VarId, ValueSet)],
    ) -> Self {
        let within: Vec<FormulaId> = expressible.iter().map(|(var, values)| builder.lit(*var, values)).collect();
        let within = builder.and(within);
        let beyond = builder.not(within);
        let mut lowering = Lowering::new(parts, layout, builder, 0);
        let arises: Vec<FormulaId> = parts.questions.ids().map(|ix| lowering.arises(ix)).collect();
        let opens: Vec<Vec<FormulaId>> = parts
            .lists
            .iter()
            .map(|(ix, list)| (0..list.choices.len()).map(|at| lowering.opens(ix, at)).collect())
            .collect();
        let derived: Vec<Vec<FormulaId>> = parts.derived.ids().map(|ix| lowering.derived(ix)).collect();
        let rules: Vec<Vec<FormulaId>> = parts
            .rules
            .iter()
            .map(|(_, rule)| {
                let formulas = lowering.rule(rule);
                let builder = lowering.builder();
                if rule.upcoming.is_some() {
                    return vec![FormulaId::TRUE, FormulaId::FALSE, FormulaId::FALSE];
                }
                let met = formulas.met.unwrap_or(FormulaId::FALSE);
                let unmet = builder.not(met);
                vec![builder.not(formulas.when), met, builder.and([formulas.when, unmet])]
            })
            .collect();
        let myths: Vec<FormulaId> = parts.myths.iter().map(|(_, myth)| lowering.condition(&myth.when)).collect();
        let yes_no = |when: FormulaId, builder: &mut FormulasBuilder| {
            let plain = vec![builder.not(when), when];
            States::new(plain, beyond, builder)
        };
        Self {
            rules: rules.into_iter().map(|states| States::new(states, beyond, builder)).collect(),
            arises: arises.into_iter().map(|when| yes_no(when, builder)).collect(),
            opens: opens.into_iter().map(|list| list.into_iter().map(|when| yes_no(when, builder)).collect()).collect(),
            derived: derived.into_iter().map(|values| States::new(values, beyond, builder)).collect(),
            myths: myths.into_iter().map(|when| yes_no(when, builder)).collect(),
        }
    }

    pub(super) fn rule(&self, ix: RuleIx) -> Option<&States> {
        self.rules.get(ix.index())
    }

    pub(super) fn arises(&self, ix: QuestionIx) -> Option<&States> {
        self.arises.get(ix.index())
    }

    pub(super) fn opens(&self, list: ListIx, at: usize) -> Option<&States> {
        self.opens.get(list.index())?.get(at)
    }

    pub(super) fn derived(&self, ix: DerivedIx) -> Option<&States> {
        self.derived.get(ix.index())
    }

    pub(super) fn myth(&self, ix: MythIx) -> Option<&States> {
        self.myths.get(ix.index())
    }
}
