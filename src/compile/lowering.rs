//! Conditions of one variant → formulas.

use super::layout::Layout;
use super::lower::{Options, Shape, free, gated};
use super::reads::derived_in_order;
use crate::logic::{FormulaId, FormulasBuilder, ValueSet, VarId};
use crate::model::{Choice, Condition, DerivedIx, Ix, ListIx, QuestionIx, Rule, Subject, Test};
use crate::ruleset::{Parts, RuleFormulas, Variables};

/// What was lowered so far of one variant.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// When each question arises, by [`QuestionIx`].
    pub arises: Vec<Option<FormulaId>>,
    /// When each option is open, given that its question arises, by [`ListIx`] and option.
    pub openings: Vec<Vec<Option<FormulaId>>>,
    /// When each derived fact has each of its values, by [`DerivedIx`].
    pub derived: Vec<Option<Vec<FormulaId>>>,
    /// When each case of a derived fact is the one, by [`DerivedIx`].
    pub cases: Vec<Vec<FormulaId>>,
    /// Each test, by [`crate::model::TestIx`].
    pub tests: Vec<Option<FormulaId>>,
}

impl Scope {
    /// A scope in which nothing was lowered. `tests` is how many tests the variant numbers.
    #[must_use]
    pub fn empty(parts: &Parts, tests: usize) -> Self {
        Self {
            arises: vec![None; parts.questions.len()],
            openings: parts.lists.iter().map(|(_, list)| vec![None; list.choices.len()]).collect(),
            derived: vec![None; parts.derived.len()],
            cases: vec![Vec::new(); parts.derived.len()],
            tests: vec![None; tests],
        }
    }

    /// Forgets what was lowered of one of these, so that it is lowered anew.
    pub fn forget(&mut self, parts: &Parts, need: Need) {
        self.take_from(parts, need, &Self::default());
    }

    /// Takes over what another scope of the same variant holds of one of these.
    pub fn take_from(&mut self, parts: &Parts, need: Need, other: &Self) {
        match need {
            Need::Derived(ix) => {
                put(&mut self.derived, &other.derived, ix.index());
                put(&mut self.cases, &other.cases, ix.index());
            }
            Need::Question(ix) => {
                put(&mut self.arises, &other.arises, ix.index());
                let Some(list) = parts.questions.at(ix).list else { return };
                let Some(openings) = self.openings.get_mut(list.index()) else { return };
                let others = other.openings.get(list.index());
                for (at, slot) in openings.iter_mut().enumerate() {
                    *slot = others.and_then(|others| others.get(at)).copied().flatten();
                }
            }
        }
    }
}

fn put<T: Clone + Default>(to: &mut [T], from: &[T], at: usize) {
    if let Some(slot) = to.get_mut(at) {
        *slot = from.get(at).cloned().unwrap_or_default();
    }
}

/// What conditions read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A question: when it arises, and when its options are open.
    Question(QuestionIx),
    /// A derived fact.
    Derived(DerivedIx),
}

/// Every question and derived fact, each after what it reads.
#[must_use]
pub fn needs_in_order(parts: &Parts) -> Vec<Need> {
    let mut latest: Vec<usize> = vec![0; parts.derived.len()];
    let mut derived: Vec<(usize, DerivedIx)> = Vec::new();
    for ix in derived_in_order(parts) {
        let conditions = parts.derived.at(ix).cases.iter().filter_map(|case| case.when.as_ref());
        let after = conditions.flat_map(Condition::tests).map(|test| match &test.subject {
            Subject::Question(question, _) => question.index() + 1,
            Subject::Derived(read, _) => latest.get(read.index()).copied().unwrap_or_default(),
        });
        let after = after.max().unwrap_or_default();
        if let Some(slot) = latest.get_mut(ix.index()) {
            *slot = after;
        }
        derived.push((after, ix));
    }
    // Stable: a fact that reads another stays after it.
    derived.sort_by_key(|(after, _)| *after);
    let mut derived = derived.into_iter().peekable();
    let mut needs = Vec::new();
    for question in parts.questions.ids() {
        while let Some((_, ix)) = derived.next_if(|(after, _)| *after <= question.index()) {
            needs.push(Need::Derived(ix));
        }
        needs.push(Need::Question(question));
    }
    needs.extend(derived.map(|(_, ix)| Need::Derived(ix)));
    needs
}

/// Lowers the conditions of one variant.
#[derive(Debug)]
pub struct Lowering<'a> {
    parts: &'a Parts,
    layout: &'a Layout,
    builder: &'a mut FormulasBuilder,
    scope: Scope,
}

impl<'a> Lowering<'a> {
    /// Lowers what questions and options wait for, and the derived facts. `tests` is how many tests the variant numbers.
    pub fn new(parts: &'a Parts, layout: &'a Layout, builder: &'a mut FormulasBuilder, tests: usize) -> Self {
        Self::around(parts, layout, builder, Scope::empty(parts, tests))
    }

    /// The same around what a scope holds already, whatever the conditions of the variant say about it.
    pub fn around(parts: &'a Parts, layout: &'a Layout, builder: &'a mut FormulasBuilder, scope: Scope) -> Self {
        let mut lowering = Self { parts, layout, builder, scope };
        lowering.prepare();
        lowering
    }

    /// Goes on where another stopped: the same parts, layout and builder.
    pub fn resume(parts: &'a Parts, layout: &'a Layout, builder: &'a mut FormulasBuilder, scope: Scope) -> Self {
        Self { parts, layout, builder, scope }
    }

    /// What was lowered.
    #[must_use]
    pub fn finish(self) -> Scope {
        self.scope
    }

    /// The builder, to join formulas.
    pub fn builder(&mut self) -> &mut FormulasBuilder {
        self.builder
    }

    /// When a rule applies, and when it applies and is met.
    pub fn rule(&mut self, rule: &Rule) -> RuleFormulas {
        let when = self.condition(&rule.when);
        let met = rule.met_when.as_ref().map(|met| {
            let met = self.condition(met);
            self.builder.and([when, met])
        });
        RuleFormulas { when, met }
    }

    /// Lowers what questions and options wait for, and the derived facts, each after what it reads: lowered on demand, a
    /// long chain would need a deep call stack.
    fn prepare(&mut self) {
        for need in needs_in_order(self.parts) {
            self.lower(need);
        }
    }

    /// Lowers one of these, unless it was lowered before.
    pub fn lower(&mut self, need: Need) {
        match need {
            Need::Derived(ix) => {
                self.derived(ix);
            }
            Need::Question(question) => {
                self.arises(question);
                if let Some(list) = self.parts.questions.at(question).list {
                    (0..self.parts.lists.at(list).choices.len()).for_each(|at| {
                        self.opens(list, at);
                    });
                }
            }
        }
    }

    fn choices(&self, question: QuestionIx) -> &'a [Choice] {
        self.parts.choices(question)
    }

    /// When a question arises. It reads earlier questions only, so this ends.
    pub fn arises(&mut self, question: QuestionIx) -> FormulaId {
        if let Some(Some(known)) = self.scope.arises.get(question.index()) {
            return *known;
        }
        let formula = match &*self.parts.questions.at(question).only_if {
            Some(condition) => self.condition(condition),
            None => self.builder.constant(true),
        };
        if let Some(slot) = self.scope.arises.get_mut(question.index()) {
            *slot = Some(formula);
        }
        formula
    }

    /// For each option, when the question arises and the option's condition holds, upcoming or not.
    pub fn openings(&mut self, question: QuestionIx) -> Vec<FormulaId> {
        let arises = self.arises(question);
        let Some(list) = self.parts.questions.at(question).list else { return Vec::new() };
        let parts = self.parts;
        parts
            .lists
            .at(list)
            .choices
            .iter()
            .map(|choice| {
                let holds = match &*choice.only_if {
                    Some(condition) => self.condition(condition),
                    None => self.builder.constant(true),
                };
                self.builder.and([arises, holds])
            })
            .collect()
    }

    /// When an option is open, given that its question arises.
    pub fn opens(&mut self, list: ListIx, at: usize) -> FormulaId {
        let slot = |openings: &[Vec<Option<FormulaId>>]| openings.get(list.index())?.get(at).copied().flatten();
        if let Some(known) = slot(&self.scope.openings) {
            return known;
        }
        let formula = match self.parts.lists.at(list).choices.get(at) {
            Some(choice) if choice.upcoming.is_none() => match &*choice.only_if {
                Some(condition) => self.condition(condition),
                None => self.builder.constant(true),
            },
            _ => self.builder.constant(false),
        };
        if let Some(slot) = self.scope.openings.get_mut(list.index()).and_then(|list| list.get_mut(at)) {
            *slot = Some(formula);
        }
        formula
    }

    /// For each value of a derived fact, when it has it. Derived facts have no circle, so this ends.
    pub fn derived(&mut self, ix: DerivedIx) -> Vec<FormulaId> {
        if let Some(Some(known)) = self.scope.derived.get(ix.index()) {
            return known.clone();
        }
        let fact = &self.parts.derived.at(ix);
        let mut ways: Vec<Vec<FormulaId>> = vec![Vec::new(); fact.values.len()];
        let mut earlier: Vec<FormulaId> = Vec::new();
        for case in &fact.cases {
            let here = match &case.when {
                Some(condition) => self.condition(condition),
                None => self.builder.constant(true),
            };
            let mut holds: Vec<FormulaId> = earlier.iter().map(|formula| self.builder.not(*formula)).collect();
            holds.push(here);
            let first = self.builder.and(holds);
            if let Some(cases) = self.scope.cases.get_mut(ix.index()) {
                cases.push(first);
            }
            if let Some(way) = ways.get_mut(usize::from(case.value.0)) {
                way.push(first);
            }
            earlier.push(here);
        }
        let values: Vec<FormulaId> = ways.into_iter().map(|way| self.builder.or(way)).collect();
        if let Some(slot) = self.scope.derived.get_mut(ix.index()) {
            *slot = Some(values.clone());
        }
        values
    }

    /// When a condition holds.
    pub fn condition(&mut self, condition: &Condition) -> FormulaId {
        match condition {
            Condition::All(of) => {
                let of = self.conditions(of);
                self.builder.and(of)
            }
            Condition::Any(of) => {
                let of = self.conditions(of);
                self.builder.or(of)
            }
            Condition::None(of) => {
                let of = self.conditions(of);
                let any = self.builder.or(of);
                self.builder.not(any)
            }
            Condition::Not(inner) => {
                let inner = self.condition(inner);
                self.builder.not(inner)
            }
            Condition::Count { at_least, of } => {
                let of = self.conditions(of);
                self.builder.at_least(u32::from(*at_least), of)
            }
            Condition::Test(test) => self.test(test),
        }
    }

    fn conditions(&mut self, of: &[Condition]) -> Vec<FormulaId> {
        of.iter().map(|condition| self.condition(condition)).collect()
    }

    fn test(&mut self, test: &Test) -> FormulaId {
        let formula = match &test.subject {
            Subject::Derived(ix, values) => {
                let indicators = self.derived(*ix);
                let wanted: Vec<FormulaId> =
                    values.iter().filter_map(|value| indicators.get(usize::from(value.0)).copied()).collect();
                self.builder.or(wanted)
            }
            Subject::Question(question, form) => {
                let arises = self.arises(*question);
                let shape = Shape::of(form, self.choices(*question));
                let passes = self.shape(*question, &shape);
                self.builder.and([arises, passes])
            }
        };
        if let Some(slot) = usize::try_from(test.ix.0).ok().and_then(|at| self.scope.tests.get_mut(at)) {
            *slot = Some(formula);
        }
        formula
    }

    fn shape(&mut self, question: QuestionIx, shape: &Shape) -> FormulaId {
        match shape {
            Shape::Chosen(set) => self.chosen(question, set),
            Shape::Open(set) => {
                let choices = self.choices(question);
                let mut ways = vec![self.chosen(question, &free(set, choices))];
                let list = self.parts.questions.at(question).list;
                for (at, list) in gated(set, choices).into_iter().zip(list.into_iter().cycle()) {
                    let chosen = self.chosen_of(question, std::iter::once(at));
                    let open = self.opens(list, at);
                    ways.push(self.builder.and([chosen, open]));
                }
                self.builder.or(ways)
            }
            Shape::Not(inner) => {
                let inner = self.shape(question, inner);
                self.builder.not(inner)
            }
            Shape::And(of) => {
                let of: Vec<FormulaId> = of.iter().map(|shape| self.shape(question, shape)).collect();
                self.builder.and(of)
            }
            Shape::Or(of) => {
                let of: Vec<FormulaId> = of.iter().map(|shape| self.shape(question, shape)).collect();
                self.builder.or(of)
            }
        }
    }

    /// Some option of the set is chosen. The set is a union of classes: the first pass saw to it.
    fn chosen(&mut self, question: QuestionIx, set: &Options) -> FormulaId {
        if set.is_empty() {
            return self.builder.constant(false);
        }
        self.chosen_of(question, set.positions())
    }

    fn chosen_of(&mut self, question: QuestionIx, positions: impl Iterator<Item = usize>) -> FormulaId {
        let sorted = |mut classes: Vec<u16>| -> Vec<u16> {
            classes.sort_unstable();
            classes.dedup();
            classes
        };
        match self.layout.variables(question) {
            Variables::One { var, class } => {
                let values = sorted(positions.filter_map(|at| class.get(at).copied()).collect());
                self.builder.lit(*var, &values.into_iter().collect())
            }
            Variables::Any { vars, class } => {
                let classes = sorted(positions.filter_map(|at| class.get(at).copied().flatten()).collect());
                let vars: Vec<VarId> =
                    classes.into_iter().filter_map(|class| vars.get(usize::from(class)).copied()).collect();
                let ways: Vec<FormulaId> =
                    vars.into_iter().map(|var| self.builder.lit(var, &ValueSet::single(1))).collect();
                self.builder.or(ways)
            }
            // One class in all: whatever is chosen is in the set.
            Variables::None => self.builder.constant(true),
        }
    }
}
