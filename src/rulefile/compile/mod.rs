//! Conditions → variables and formulas.
//!
//! Two passes: the first finds which options any test tells apart, the second builds the formulas over the variables that
//! remain. Everything a formula can mean is said in `lower`.

mod classes;
mod lower;

use std::collections::BTreeMap;

use crate::logic::{FormulaId, FormulasBuilder, Order, ValueSet, VarId};
use crate::model::{Arena, Choice, Condition, DerivedIx, Ix, Kind, ListIx, OptionIx, QuestionIx, Subject, Test};
use crate::ruleset::compiled::Screen;
use crate::ruleset::{Compiled, CompiledQuestion, Parts, RuleFormulas, Variables};

use classes::{Classes, told_apart};
use lower::{Options, Shape, free, gated};

/// The most variables that a ruleset may have.
const MOST_VARIABLES: usize = 60_000;

/// Compiles every condition of a ruleset that was validated; none where its tests tell too many options apart.
pub(super) fn compile(parts: &Parts, tests: usize) -> Option<Compiled> {
    let mut compiler = Compiler::new(parts, tests);
    if compiler.owners.len() > MOST_VARIABLES {
        return None;
    }
    compiler.prepare();
    let questions: Arena<QuestionIx, CompiledQuestion> = parts
        .questions
        .iter()
        .map(|(ix, question)| CompiledQuestion {
            arises: compiler.arises(ix),
            open: if question.candidates.is_some() { compiler.openings(ix) } else { Vec::new() },
            variables: compiler.variables.get(ix.index()).cloned().unwrap_or(Variables::None),
        })
        .collect();
    let derived = parts.derived.ids().map(|ix| compiler.derived(ix)).collect();
    let rules = parts
        .rules
        .iter()
        .map(|(_, rule)| {
            let when = compiler.condition(&rule.when);
            let met = rule.met_when.as_ref().map(|met| {
                let met = compiler.condition(met);
                compiler.builder.and([when, met])
            });
            RuleFormulas { when, met }
        })
        .collect();
    let myths = parts.myths.iter().map(|(_, myth)| compiler.condition(&myth.when)).collect();
    let screens = parts
        .rules
        .iter()
        .filter(|(_, rule)| rule.ends_questions)
        .map(|(ix, rule)| Screen { rule: ix, reads: questions_read(parts, &rule.when) })
        .collect();
    // So that every test has its formula: an explanation may name one that no rule reaches.
    for (_, list) in parts.lists.iter() {
        for condition in list.choices.iter().filter_map(|choice| choice.only_if.as_ref()) {
            compiler.condition(condition);
        }
    }
    let hints = compiler.hints();
    let never = compiler.builder.constant(false);
    let Compiler { builder, tests, owners, .. } = compiler;
    let formulas = builder.finish().ok()?;
    let order = Order::new(&formulas, &hints);
    let tests = tests.into_iter().map(|test| test.unwrap_or(never)).collect();
    Some(Compiled { formulas, order, questions, tests, rules, derived, myths, screens, owners })
}

/// Every question that a condition reads: itself, through derived facts, and through what makes those questions arise.
pub(super) fn questions_read(parts: &Parts, condition: &Condition) -> Vec<QuestionIx> {
    let mut questions = vec![false; parts.questions.len()];
    let mut derived = vec![false; parts.derived.len()];
    let mut todo: Vec<&Condition> = vec![condition];
    while let Some(condition) = todo.pop() {
        for test in condition.tests() {
            match &test.subject {
                Subject::Question(ix, _) => {
                    let Some(seen) = questions.get_mut(ix.index()) else { continue };
                    if !std::mem::replace(seen, true) {
                        let question = &parts.questions.at(*ix);
                        todo.extend(&question.only_if);
                        let list = question.list.and_then(|list| parts.lists.get(list));
                        todo.extend(list.iter().flat_map(|list| &list.choices).filter_map(|c| c.only_if.as_ref()));
                    }
                }
                Subject::Derived(ix, _) => {
                    let Some(seen) = derived.get_mut(ix.index()) else { continue };
                    if !std::mem::replace(seen, true) {
                        todo.extend(parts.derived.at(*ix).cases.iter().filter_map(|case| case.when.as_ref()));
                    }
                }
            }
        }
    }
    questions.iter().enumerate().filter(|(_, read)| **read).map(|(at, _)| QuestionIx::new(at)).collect()
}

/// The derived facts, each after those that it reads. They have no circle.
pub(super) fn derived_in_order(parts: &Parts) -> Vec<DerivedIx> {
    let mut order = Vec::new();
    let mut seen = vec![false; parts.derived.len()];
    for start in parts.derived.ids() {
        // An explicit stack: a chain of facts may be longer than the call stack is deep.
        let mut stack = vec![(start, false)];
        while let Some((ix, read)) = stack.pop() {
            if read {
                order.push(ix);
                continue;
            }
            if seen.get_mut(ix.index()).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            stack.push((ix, true));
            let conditions = parts.derived.get(ix).into_iter().flat_map(|fact| &fact.cases);
            let tests = conditions.filter_map(|case| case.when.as_ref()).flat_map(Condition::tests);
            stack.extend(tests.filter_map(|test| match &test.subject {
                Subject::Derived(read, _) => Some((*read, false)),
                Subject::Question(..) => None,
            }));
        }
    }
    order
}

struct Compiler<'p> {
    parts: &'p Parts,
    builder: FormulasBuilder,
    variables: Vec<Variables>,
    owners: Vec<QuestionIx>,
    arises: Vec<Option<FormulaId>>,
    /// By list and option, when the option is open.
    openings: Vec<Vec<Option<FormulaId>>>,
    derived: Vec<Option<Vec<FormulaId>>>,
    tests: Vec<Option<FormulaId>>,
}

impl<'p> Compiler<'p> {
    fn new(parts: &'p Parts, tests: usize) -> Self {
        let mut compiler = Self {
            parts,
            builder: FormulasBuilder::default(),
            variables: Vec::new(),
            owners: Vec::new(),
            arises: vec![None; parts.questions.len()],
            openings: parts.lists.iter().map(|(_, list)| vec![None; list.choices.len()]).collect(),
            derived: vec![None; parts.derived.len()],
            tests: vec![None; tests],
        };
        let classes = compiler.classes();
        for (ix, question) in parts.questions.iter() {
            let of = classes.of(ix);
            let variables = if told_apart(question.kind, &of) {
                compiler.new_variables(ix, question.kind, &of)
            } else {
                Variables::None
            };
            compiler.variables.push(variables);
        }
        compiler
    }

    /// Compiles what questions and options wait for, and the derived facts, each after what it reads: compiled on demand, a
    /// long chain would need a deep call stack.
    fn prepare(&mut self) {
        let mut latest: Vec<usize> = vec![0; self.parts.derived.len()];
        let mut derived: Vec<(usize, DerivedIx)> = Vec::new();
        for ix in derived_in_order(self.parts) {
            let conditions = self.parts.derived.at(ix).cases.iter().filter_map(|case| case.when.as_ref());
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
        for (question, asked) in self.parts.questions.iter() {
            while let Some((_, ix)) = derived.next_if(|(after, _)| *after <= question.index()) {
                self.derived(ix);
            }
            self.arises(question);
            if let Some(list) = asked.list {
                (0..self.parts.lists.at(list).choices.len()).for_each(|at| {
                    self.opens(list, at);
                });
            }
        }
        derived.for_each(|(_, ix)| {
            self.derived(ix);
        });
    }

    /// First pass: what every condition of the ruleset tells apart.
    fn classes(&self) -> Classes {
        let parts = self.parts;
        let mut classes = Classes::new(&parts.questions, &parts.lists);
        let mut read = |condition: &Condition| classes.read(condition, &parts.questions, &parts.lists);
        for (_, question) in parts.questions.iter() {
            question.only_if.iter().for_each(&mut read);
        }
        for (_, list) in parts.lists.iter() {
            list.choices.iter().filter_map(|choice| choice.only_if.as_ref()).for_each(&mut read);
        }
        for (_, derived) in parts.derived.iter() {
            derived.cases.iter().filter_map(|case| case.when.as_ref()).for_each(&mut read);
        }
        for (_, rule) in parts.rules.iter() {
            read(&rule.when);
            rule.met_when.iter().for_each(&mut read);
        }
        parts.myths.iter().for_each(|(_, myth)| read(&myth.when));
        classes
    }

    fn new_variables(&mut self, question: QuestionIx, kind: Kind, classes: &[u32]) -> Variables {
        let narrow = |class: u32| u16::try_from(class).unwrap_or(u16::MAX);
        let domain = classes.iter().max().map_or(1, |most| most + 1);
        if kind == Kind::AnyOf {
            let vars = (0..domain).map(|_| self.new_variable(question, 2)).collect();
            return Variables::Any { vars, class: classes.iter().map(|class| Some(narrow(*class))).collect() };
        }
        let var = self.new_variable(question, narrow(domain));
        Variables::One { var, class: classes.iter().map(|class| narrow(*class)).collect() }
    }

    fn new_variable(&mut self, question: QuestionIx, domain: u16) -> VarId {
        self.owners.push(question);
        self.builder.var(domain)
    }

    fn choices(&self, question: QuestionIx) -> &'p [Choice] {
        self.parts.questions.at(question).list.map_or(&[], |list| &self.parts.lists.at(list).choices)
    }

    /// When a question arises. It reads earlier questions only, so this ends.
    fn arises(&mut self, question: QuestionIx) -> FormulaId {
        if let Some(Some(known)) = self.arises.get(question.index()) {
            return *known;
        }
        let formula = match &self.parts.questions.at(question).only_if {
            Some(condition) => self.condition(condition),
            None => self.builder.constant(true),
        };
        if let Some(slot) = self.arises.get_mut(question.index()) {
            *slot = Some(formula);
        }
        formula
    }

    /// For each option, when the question arises and the option's condition holds, upcoming or not.
    fn openings(&mut self, question: QuestionIx) -> Vec<FormulaId> {
        let arises = self.arises(question);
        let Some(list) = self.parts.questions.at(question).list else { return Vec::new() };
        let parts = self.parts;
        parts
            .lists
            .at(list)
            .choices
            .iter()
            .map(|choice| {
                let holds = match &choice.only_if {
                    Some(condition) => self.condition(condition),
                    None => self.builder.constant(true),
                };
                self.builder.and([arises, holds])
            })
            .collect()
    }

    /// When an option is open, given that its question arises.
    fn opens(&mut self, list: ListIx, at: usize) -> FormulaId {
        let slot = |openings: &[Vec<Option<FormulaId>>]| openings.get(list.index())?.get(at).copied().flatten();
        if let Some(known) = slot(&self.openings) {
            return known;
        }
        let formula = match self.parts.lists.at(list).choices.get(at) {
            Some(choice) if choice.upcoming.is_none() => match &choice.only_if {
                Some(condition) => self.condition(condition),
                None => self.builder.constant(true),
            },
            _ => self.builder.constant(false),
        };
        if let Some(slot) = self.openings.get_mut(list.index()).and_then(|list| list.get_mut(at)) {
            *slot = Some(formula);
        }
        formula
    }

    /// For each value of a derived fact, when it has it. Derived facts have no circle, so this ends.
    fn derived(&mut self, ix: DerivedIx) -> Vec<FormulaId> {
        if let Some(Some(known)) = self.derived.get(ix.index()) {
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
            if let Some(way) = ways.get_mut(usize::from(case.value.0)) {
                way.push(first);
            }
            earlier.push(here);
        }
        let values: Vec<FormulaId> = ways.into_iter().map(|way| self.builder.or(way)).collect();
        if let Some(slot) = self.derived.get_mut(ix.index()) {
            *slot = Some(values.clone());
        }
        values
    }

    fn condition(&mut self, condition: &Condition) -> FormulaId {
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
        if let Some(slot) = usize::try_from(test.ix.0).ok().and_then(|at| self.tests.get_mut(at)) {
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
        match self.variables.get(question.index()) {
            Some(Variables::One { var, class }) => {
                let values = sorted(positions.filter_map(|at| class.get(at).copied()).collect());
                self.builder.lit(*var, &values.into_iter().collect())
            }
            Some(Variables::Any { vars, class }) => {
                let classes = sorted(positions.filter_map(|at| class.get(at).copied().flatten()).collect());
                let vars: Vec<VarId> =
                    classes.into_iter().filter_map(|class| vars.get(usize::from(class)).copied()).collect();
                let ways: Vec<FormulaId> =
                    vars.into_iter().map(|var| self.builder.lit(var, &ValueSet::single(1))).collect();
                self.builder.or(ways)
            }
            // One class in all: whatever is chosen is in the set.
            Some(Variables::None) | None => self.builder.constant(true),
        }
    }

    /// "Conditions met" stands beside the option that it is about: a disjunction of pairs needs that to stay small.
    fn hints(&self) -> Vec<(VarId, VarId)> {
        let mut hints = Vec::new();
        for (ix, question) in self.parts.questions.iter() {
            let Some(list) = question.list.and_then(|list| self.parts.lists.get(list)) else { continue };
            let Some(leader) = list.each else { continue };
            let led: BTreeMap<&str, usize> =
                self.choices(leader).iter().enumerate().map(|(at, choice)| (choice.id.as_str(), at)).collect();
            for (at, choice) in list.choices.iter().enumerate() {
                let led = led.get(choice.id.as_str()).copied();
                let pair = (self.class_var(ix, at), led.and_then(|at| self.class_var(leader, at)));
                if let (Some(follower), Some(leader)) = pair {
                    hints.push((follower, leader));
                }
            }
        }
        hints.sort_unstable();
        hints.dedup_by_key(|(follower, _)| *follower);
        hints
    }

    fn class_var(&self, question: QuestionIx, at: usize) -> Option<VarId> {
        let variables = self.variables.get(question.index())?;
        let class = variables.class_of(OptionIx::new(at))?;
        match variables {
            Variables::Any { vars, .. } => vars.get(usize::from(class)).copied(),
            Variables::One { var, .. } => Some(*var),
            Variables::None => None,
        }
    }
}
