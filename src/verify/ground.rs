//! What every property stands on: the ruleset's conditions as formulas, to which each adds its own.

use crate::compile::{Classes, Frame, Layout, Lowering, Scope, derived_in_order, hints, questions_read};
use crate::logic::{FormulaId, Formulas, FormulasBuilder, Order, VarId};
use crate::model::{Arena, Condition, DerivedIx, Ix, Level, MythIx, QuestionIx, Rule, RuleIx, Subject};
use crate::ruleset::{Parts, RuleFormulas, Ruleset};

/// The conditions of a ruleset, lowered.
#[derive(Debug)]
pub(super) struct Ground<'r> {
    /// The ruleset.
    pub(super) ruleset: &'r Ruleset,
    /// The variables that its answers set.
    pub(super) layout: Layout,
    /// Whether no rule ends the questions.
    pub(super) inside: FormulaId,
    /// When each rule applies, and is met.
    pub(super) rules: Arena<RuleIx, RuleFormulas>,
    /// When each myth matters.
    pub(super) myths: Arena<MythIx, FormulaId>,
    /// What else was lowered.
    pub(super) scope: Scope,
    /// The derived facts that a rule which ends the questions reads.
    screened: Vec<DerivedIx>,
    builder: FormulasBuilder,
    hints: Vec<(VarId, VarId)>,
}

/// Formulas, with what a property stated beside those of the ruleset.
#[derive(Debug)]
pub(super) struct Stated<T> {
    /// The formulas.
    pub(super) formulas: Formulas,
    /// The order of variables in diagrams.
    pub(super) order: Order,
    /// What was stated.
    pub(super) what: T,
}

impl<'r> Ground<'r> {
    /// Lowers a ruleset; none where its tests tell too many options apart.
    pub(super) fn of(ruleset: &'r Ruleset) -> Option<Self> {
        Self::telling_apart(ruleset, &[])
    }

    /// The same, where options are told apart that other conditions tell apart.
    pub(super) fn telling_apart(ruleset: &'r Ruleset, others: &[Condition]) -> Option<Self> {
        let parts = ruleset.parts();
        let frame = Frame::of(parts);
        let mut classes = Classes::new(&[(parts, &frame)]);
        classes.read_all(parts, &frame);
        others.iter().for_each(|condition| classes.read(condition, parts, &frame));
        let mut builder = FormulasBuilder::new();
        let layout = Layout::of(&[(parts, &frame)], &classes, &mut builder)?.pop()?;
        let tests = ruleset.compiled().tests.len();
        let mut lowering = Lowering::new(parts, &layout, &mut builder, tests);
        let rules: Arena<RuleIx, RuleFormulas> = parts.rules.iter().map(|(_, rule)| lowering.rule(rule)).collect();
        let myths = parts.myths.iter().map(|(_, myth)| lowering.condition(&myth.when)).collect();
        let inside = inside(parts, &rules, lowering.builder());
        let scope = lowering.finish();
        let hints = hints(parts, &layout);
        let screened = screened(parts);
        Some(Self { ruleset, layout, inside, rules, myths, scope, screened, builder, hints })
    }

    /// Everything that the ruleset holds.
    pub(super) fn parts(&self) -> &'r Parts {
        self.ruleset.parts()
    }

    /// The formulas with what a property states beside them. None where they would be too many.
    pub(super) fn stating<T>(&self, state: impl FnOnce(&mut Lowering<'_>) -> T) -> Option<Stated<T>> {
        let mut builder = self.builder.clone();
        let mut lowering = Lowering::resume(self.parts(), &self.layout, &mut builder, self.scope.clone());
        let what = state(&mut lowering);
        self.finished(builder, what)
    }

    /// The same, stated with the builder alone.
    pub(super) fn building<T>(&self, state: impl FnOnce(&mut FormulasBuilder) -> T) -> Option<Stated<T>> {
        let mut builder = self.builder.clone();
        let what = state(&mut builder);
        self.finished(builder, what)
    }

    fn finished<T>(&self, builder: FormulasBuilder, what: T) -> Option<Stated<T>> {
        let formulas = builder.finish().ok()?;
        let order = Order::new(&formulas, &self.hints);
        Some(Stated { formulas, order, what })
    }

    /// Where a rule is considered: inside, unless it ends the questions.
    pub(super) fn where_rule(&self, rule: &Rule) -> FormulaId {
        if rule.ends_questions { FormulaId::TRUE } else { self.inside }
    }

    /// Where a question is considered: inside, unless it is a screening question.
    pub(super) fn where_question(&self, question: QuestionIx) -> FormulaId {
        if self.ruleset.is_screening(question) { FormulaId::TRUE } else { self.inside }
    }

    /// Where a derived fact is considered: inside, unless a rule that ends the questions reads it.
    pub(super) fn where_fact(&self, fact: DerivedIx) -> FormulaId {
        if self.screened.contains(&fact) { FormulaId::TRUE } else { self.inside }
    }

    /// When a question arises.
    pub(super) fn arises(&self, question: QuestionIx) -> FormulaId {
        self.scope.arises.get(question.index()).copied().flatten().unwrap_or(FormulaId::TRUE)
    }
}

/// The prohibitions in force.
pub(super) fn prohibitions(parts: &Parts) -> Vec<RuleIx> {
    let prohibitions = parts.rules.iter().filter(|(_, rule)| rule.level == Level::MustNot && rule.upcoming.is_none());
    prohibitions.map(|(ix, _)| ix).collect()
}

/// "No rule ends the questions."
pub(super) fn inside(parts: &Parts, rules: &Arena<RuleIx, RuleFormulas>, builder: &mut FormulasBuilder) -> FormulaId {
    let ending = parts.rules.iter().filter(|(_, rule)| rule.ends_questions && rule.upcoming.is_none());
    let whens: Vec<FormulaId> = ending.filter_map(|(ix, _)| rules.get(ix)).map(|formulas| formulas.when).collect();
    let any = builder.or(whens);
    builder.not(any)
}

/// The derived facts that rules which end the questions read, themselves or through others.
fn screened(parts: &Parts) -> Vec<DerivedIx> {
    let ending = || parts.rules.iter().filter(|(_, rule)| rule.ends_questions).map(|(_, rule)| rule);
    let mut read: Vec<DerivedIx> = ending().flat_map(|rule| facts_in(&rule.when)).collect();
    for rule in ending() {
        for question in questions_read(parts, &rule.when) {
            read.extend(parts.questions.at(question).only_if.iter().flat_map(facts_in));
            let choices = parts.choices(question).iter();
            read.extend(choices.filter_map(|choice| choice.only_if.as_ref()).flat_map(facts_in));
        }
    }
    // Each fact comes after those that it reads, so one pass from the last to the first follows every chain.
    for fact in derived_in_order(parts).into_iter().rev() {
        if read.contains(&fact) {
            let conditions = parts.derived.at(fact).cases.iter().filter_map(|case| case.when.as_ref());
            read.extend(conditions.flat_map(facts_in));
        }
    }
    read.sort_unstable();
    read.dedup();
    read
}

fn facts_in(condition: &Condition) -> Vec<DerivedIx> {
    let facts = condition.tests().into_iter().filter_map(|test| match &test.subject {
        Subject::Derived(fact, _) => Some(*fact),
        Subject::Question(..) => None,
    });
    facts.collect()
}
