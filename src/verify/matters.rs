//! Everything can matter.
//!
//! What people see are the *effects*: whether each rule applies and is met, the value of each derived fact that is shown,
//! whether each option that can be a candidate is open (upcoming or not) in a question that shows candidates and arises, and
//! whether each myth is answered; all of them inside the screen, but for the rules that end the questions, and the shown
//! facts that those read. Something *matters* when two combinations of answers differ in it alone, and in some effect.
//!
//! - Each question but those of `text` matters (`question-never-matters`).
//! - Each derived fact that is not shown matters: the effects differ for two of its values, with every test of it taken to
//!   see that value and all else as it is (`fact-never-matters`).
//! - Each option of a question that matters does so too, in some question that uses its list (`option-never-matters`). Of an
//!   `any-of` question it matters whether the option is chosen beside others that no test tells apart from it, none of
//!   which is; of any other, each option matters if the question does. Upcoming options, those marked `inert` and those that
//!   follow another question by `each` are not looked at.
//! - No option marked `inert` matters by itself: either no test of a question that uses its list names it, or a tag that it
//!   carries (in `some-without` a tag is not named for the options that lack it), or it does not matter as just said
//!   (`inert-option-matters`).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::dependents::Dependents;
use super::examiner::Examiner;
use super::ground::{Ground, inside};
use super::ledger::Ledger;
use super::tasks::{Task, divided};
use super::verification::Property;
use crate::compile::{Lowering, Need, Scope};
use crate::finding::{Code, Finding};
use crate::logic::{Dependence, FormulaId, FormulasBuilder, ValueSet, VarId};
use crate::model::{
    Choice, Condition, DerivedIx, Form, Item, Ix, Kind, ListIx, MythIx, OptionIx, QuestionIx, RuleIx, Subject,
};
use crate::ruleset::{Parts, Variables};
use crate::text::quoted;

/// The statements of this part.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let answers = Task::new(Property::Reachable, move |allowance| answers(ground, allowance)).weighing(64);
    let hidden = ground.parts().derived.iter().filter(|(_, fact)| !fact.shown).map(|(ix, _)| ix);
    let hidden: Arc<Vec<DerivedIx>> = Arc::new(hidden.collect());
    let dependents = Arc::new(Dependents::of(ground.parts()));
    let facts = divided(hidden.len()).map(|range| {
        let (hidden, dependents) = (Arc::clone(&hidden), Arc::clone(&dependents));
        Task::new(Property::Reachable, move |allowance| {
            facts(ground, &dependents, hidden.get(range).unwrap_or(&[]), allowance)
        })
    });
    std::iter::once(answers).chain(facts).collect()
}

/// Where effects are looked for.
struct Scene<'s> {
    inside: FormulaId,
    rules: &'s mut dyn FnMut(RuleIx) -> bool,
    needs: &'s mut dyn FnMut(Need) -> bool,
    myths: &'s mut dyn FnMut(MythIx) -> bool,
}

/// What people see, as far as it is looked for.
fn effects(ground: &Ground<'_>, lowering: &mut Lowering<'_>, scene: &mut Scene<'_>) -> Vec<FormulaId> {
    let parts = ground.parts();
    let mut effects = Vec::new();
    for (_, rule) in parts.rules.iter().filter(|(ix, _)| (scene.rules)(*ix)) {
        let formulas = lowering.rule(rule);
        let region = if rule.ends_questions { FormulaId::TRUE } else { scene.inside };
        effects.extend([Some(formulas.when), formulas.met].into_iter().flatten().map(|formula| (formula, region)));
    }
    for (ix, _) in parts.derived.iter().filter(|(ix, fact)| fact.shown && (scene.needs)(Need::Derived(*ix))) {
        let region = if ground.where_fact(ix) == FormulaId::TRUE { FormulaId::TRUE } else { scene.inside };
        effects.extend(lowering.derived(ix).into_iter().map(|value| (value, region)));
    }
    let shown = parts.questions.iter().filter(|(_, question)| question.candidates.is_some());
    for (ix, _) in shown.filter(|(ix, _)| (scene.needs)(Need::Question(*ix))) {
        let open = lowering.openings(ix).into_iter().zip(parts.choices(ix)).filter(|(_, choice)| choice.candidate);
        effects.extend(open.map(|(open, _)| (open, scene.inside)));
    }
    for (_, myth) in parts.myths.iter().filter(|(ix, _)| (scene.myths)(*ix)) {
        effects.push((lowering.condition(&myth.when), scene.inside));
    }
    let mut seen: Vec<FormulaId> =
        effects.into_iter().map(|(formula, region)| lowering.builder().and([formula, region])).collect();
    seen.sort_unstable();
    seen.dedup();
    seen
}

fn all_effects(ground: &Ground<'_>, lowering: &mut Lowering<'_>, inside: FormulaId) -> Vec<FormulaId> {
    let (rules, needs, myths) = (&mut |_| true, &mut |_| true, &mut |_| true);
    effects(ground, lowering, &mut Scene { inside, rules, needs, myths })
}

/// A derived fact that may have any of its values, and the effects in which that can be felt.
struct Free {
    fact: DerivedIx,
    value: VarId,
    effects: Vec<FormulaId>,
}

fn facts(ground: &Ground<'_>, dependents: &Dependents, hidden: &[DerivedIx], allowance: u64) -> Ledger {
    let stated = ground.building(|builder| {
        let mut scope = ground.scope.clone();
        hidden.iter().map(|fact| free(ground, dependents, *fact, builder, &mut scope)).collect::<Vec<Free>>()
    });
    let Some(stated) = stated else { return Ledger::new(Property::Reachable) };
    let mut examiner = Examiner::new(ground, &stated, Property::Reachable, allowance);
    for Free { fact, value, effects } in &stated.what {
        let fact = ground.parts().derived.at(*fact);
        let (id, place) = (quoted(&fact.id), fact.place);
        let found = examiner.prover.dependence(&[*value], effects);
        match (found.certain.is_empty(), found.open.is_empty()) {
            (false, _) => examiner.ledger.holds(),
            (true, false) => examiner.ledger.open(place, &format!("that {id} can matter")),
            (true, true) => {
                let message = format!("nothing that people see depends on {id}");
                let help = "let a rule or a shown fact test it so that it makes a difference, or take it out";
                let finding = Finding::new(Code::FactNeverMatters, message).at(place).help(help);
                examiner.ledger.fails(finding, None);
            }
        }
    }
    examiner.ledger
}

/// Lowers what depends on a fact anew around a free value, and puts the scope back as it was.
fn free(
    ground: &Ground<'_>,
    dependents: &Dependents,
    fact: DerivedIx,
    builder: &mut FormulasBuilder,
    scope: &mut Scope,
) -> Free {
    let parts = ground.parts();
    let domain = u16::try_from(parts.derived.at(fact).values.len()).unwrap_or(u16::MAX);
    let value = builder.var(domain);
    let felt = dependents.of_fact(fact);
    let mut own = std::mem::take(scope);
    own.forget(parts, Need::Derived(fact));
    felt.needs.iter().for_each(|need| own.forget(parts, *need));
    let values = (0..domain).map(|at| builder.lit(value, &ValueSet::single(at))).collect();
    if let Some(slot) = own.derived.get_mut(fact.index()) {
        *slot = Some(values);
    }
    let mut lowering = Lowering::resume(parts, &ground.layout, builder, own);
    felt.needs.iter().for_each(|need| lowering.lower(*need));
    let needs: BTreeSet<Need> = felt.needs.iter().copied().collect();
    let ends = felt.rules.iter().any(|ix| parts.rules.at(*ix).ends_questions);
    let effects = if ends {
        let rules = parts.rules.iter().map(|(_, rule)| lowering.rule(rule)).collect();
        let inside = inside(parts, &rules, lowering.builder());
        all_effects(ground, &mut lowering, inside)
    } else {
        let rules = &mut |ix| felt.rules.contains(&ix);
        let (needs, myths) = (&mut |need| needs.contains(&need), &mut |ix| felt.myths.contains(&ix));
        effects(ground, &mut lowering, &mut Scene { inside: ground.inside, rules, needs, myths })
    };
    *scope = lowering.finish();
    for need in felt.needs.iter().chain([&Need::Derived(fact)]) {
        scope.take_from(parts, *need, &ground.scope);
    }
    Free { fact, value, effects }
}

/// Whether something matters; none where the budget ran out.
type Matters = Option<bool>;

fn answers(ground: &Ground<'_>, allowance: u64) -> Ledger {
    let parts = ground.parts();
    let mut ledger = Ledger::new(Property::Reachable);
    let Some(stated) = ground.stating(|lowering| all_effects(ground, lowering, ground.inside)) else { return ledger };
    let mut examiner = Examiner::new(ground, &stated, Property::Reachable, allowance);
    let vars: Vec<VarId> = stated.formulas.vars().collect();
    let found = examiner.prover.dependence(&vars, &stated.what);
    let mut answers = Answers { ground, found: &found, ledger: &mut ledger };
    let asked: Vec<QuestionIx> =
        parts.questions.iter().filter(|(_, question)| question.kind != Kind::Text).map(|(ix, _)| ix).collect();
    let matter: Vec<QuestionIx> = asked.into_iter().filter(|ix| answers.question(*ix)).collect();
    let named = Arc::new(Named::of(parts));
    for (list, choices) in parts.lists.iter().filter(|(_, list)| list.each.is_none()) {
        let users = |ix: &QuestionIx| parts.questions.at(*ix).list == Some(list);
        let users: Vec<QuestionIx> = matter.iter().copied().filter(users).collect();
        for (at, choice) in choices.choices.iter().enumerate() {
            answers.option(&users, OptionIx::new(at), choice, named.has(list, at));
        }
    }
    ledger
}

struct Answers<'a> {
    ground: &'a Ground<'a>,
    found: &'a Dependence,
    ledger: &'a mut Ledger,
}

impl Answers<'_> {
    /// Whether a question matters, or may.
    fn question(&mut self, ix: QuestionIx) -> bool {
        let question = self.ground.parts().questions.at(ix);
        let (id, place) = (quoted(&question.id), question.place);
        let vars: &[VarId] = match self.ground.layout.variables(ix) {
            Variables::None => &[],
            Variables::One { var, .. } => std::slice::from_ref(var),
            Variables::Any { vars, .. } => vars,
        };
        let matters = self.some(vars.iter().copied());
        match matters {
            Some(true) => self.ledger.holds(),
            None => self.ledger.open(place, &format!("that question {id} can matter")),
            Some(false) => {
                let message = format!("nothing that people see depends on question {id}");
                let help = "let a rule or a shown fact test it so that it makes a difference, or take it out";
                self.ledger.fails(Finding::new(Code::QuestionNeverMatters, message).at(place).help(help), None);
            }
        }
        matters != Some(false)
    }

    /// An option of the questions that use its list and matter.
    fn option(&mut self, users: &[QuestionIx], option: OptionIx, choice: &Choice, named: bool) {
        let kinds = users.iter().map(|ix| self.ground.parts().questions.at(*ix).kind);
        if users.is_empty() || kinds.into_iter().any(|kind| kind == Kind::YesNo) {
            return;
        }
        let vars: Vec<VarId> = users.iter().filter_map(|ix| self.ground.layout.class_var(*ix, option)).collect();
        let matters = self.some(vars.into_iter());
        let (id, place) = (quoted(&choice.id), choice.place);
        match (choice.inert, matters) {
            (true, None) if named => self.ledger.open(place, &format!("that option {id} is inert")),
            (true, Some(true)) if named => {
                let message = format!("option {id} is marked `inert`, but a test names it and something depends on it");
                let help = "take `inert` out, or take the option out of the tests that name it or its tags";
                self.ledger.fails(Finding::new(Code::InertOptionMatters, message).at(place).help(help), None);
            }
            (false, Some(false)) if choice.upcoming.is_none() => {
                let message = format!("nothing that people see depends on whether option {id} is chosen");
                let help =
                    "let a test tell it apart, mark it `inert: yes` if it is there for completeness, or take it out";
                self.ledger.fails(Finding::new(Code::OptionNeverMatters, message).at(place).help(help), None);
            }
            (false, None) if choice.upcoming.is_none() => {
                self.ledger.open(place, &format!("that option {id} can matter"));
            }
            _ => self.ledger.holds(),
        }
    }

    fn some(&self, vars: impl Iterator<Item = VarId>) -> Matters {
        let mut matters = Some(false);
        for var in vars {
            if self.found.certain.binary_search(&var).is_ok() {
                return Some(true);
            }
            if self.found.open.binary_search(&var).is_ok() {
                matters = None;
            }
        }
        matters
    }
}

/// Which options some test names, by list.
struct Named(Vec<Vec<bool>>);

impl Named {
    fn of(parts: &Parts) -> Self {
        let mut named = Self(parts.lists.iter().map(|(_, list)| vec![false; list.choices.len()]).collect());
        for condition in conditions(parts) {
            for test in condition.tests() {
                let Subject::Question(question, form) = &test.subject else { continue };
                let (Form::AnyOf(items) | Form::AllOf(items) | Form::Only(items)) = form else { continue };
                if let Some(list) = parts.questions.at(*question).list {
                    named.note(parts, list, items);
                }
            }
        }
        named
    }

    fn note(&mut self, parts: &Parts, list: ListIx, items: &[Item]) {
        let Some(slots) = self.0.get_mut(list.index()) else { return };
        for ((at, choice), slot) in parts.lists.at(list).choices.iter().enumerate().zip(slots) {
            *slot |= items.iter().any(|item| match item {
                Item::Option(option) => option.index() == at,
                Item::Tag(tag) => choice.tags.contains(tag),
                Item::Nothing => false,
            });
        }
    }

    fn has(&self, list: ListIx, at: usize) -> bool {
        self.0.get(list.index()).and_then(|list| list.get(at)).copied().unwrap_or(false)
    }
}

/// Every condition of a ruleset.
fn conditions(parts: &Parts) -> Vec<&Condition> {
    let rules = parts.rules.ids().map(|ix: RuleIx| parts.rules.at(ix));
    let mut all: Vec<&Condition> = rules.flat_map(|rule| std::iter::once(&*rule.when).chain(&rule.met_when)).collect();
    all.extend(parts.questions.iter().filter_map(|(_, question)| question.only_if.as_ref()));
    let lists = parts.lists.iter().filter(|(_, list)| list.each.is_none());
    all.extend(lists.flat_map(|(_, list)| &list.choices).filter_map(|choice| choice.only_if.as_ref()));
    all.extend(parts.derived.iter().flat_map(|(_, fact)| &fact.cases).filter_map(|case| case.when.as_ref()));
    all.extend(parts.myths.iter().map(|(_, myth)| &*myth.when));
    all
}
