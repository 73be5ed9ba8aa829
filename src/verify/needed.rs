//! Tests that change nothing: advice.
//!
//! One thing at a time is left out of a condition: a line of a mapping, `all`, `any`, `none` or `of` that has others (of a
//! `count`, while enough remain), or an item of a test's list that has others; the whole `when` of a rule under a theme's head;
//! the whole `only-if` of a question or an option. It is named if nothing changes for any combination of answers
//! (`redundant-test`):
//! - in a rule's `when`: when the rule applies, inside the screen unless the rule ends the questions. What stands at the
//!   head of a theme of several rules is named once, if that is so for each of them;
//! - in a `met-when`: when the rule applies and is met, inside;
//! - in a case of a derived fact: when the fact has each of its values, inside unless a rule that ends the questions reads it;
//! - in the `only-if` of a question: when it arises, inside unless it is a screening question; of an option that is not
//!   upcoming: whether it is open where a question that uses its list arises, inside unless one of these is a screening
//!   question;
//! - in a myth's `when`: when it is answered, inside.
//!
//! Each is judged alone: of two lines that say the same, either can be left out, not both.

use std::sync::Arc;

use super::edits::{Edit, edits, words};
use super::examiner::Examiner;
use super::ground::{Ground, Stated};
use super::lines::place_of;
use super::tasks::{Task, divided};
use super::verification::Property;
use crate::compile::Lowering;
use crate::finding::{Code, Finding};
use crate::logic::FormulaId;
use crate::model::{Condition, Derived, DerivedIx, ListIx, RuleIx, TestIx, ThemeIx};
use crate::proof::Proof;
use crate::ruleset::{Parts, Ruleset};
use crate::text::{Place, quoted};

/// Something that could be left out, and what would have to stay the same.
#[derive(Debug)]
struct Statement {
    place: Place,
    what: String,
    of: String,
    /// Before, after, and where they are compared.
    pairs: Vec<(FormulaId, FormulaId, FormulaId)>,
}

/// Ground on which options are told apart that only some test with an item left out tells apart.
pub(super) fn ground(ruleset: &Ruleset) -> Option<Ground<'_>> {
    let parts = ruleset.parts();
    let changed: Vec<Condition> =
        conditions(parts).into_iter().flat_map(|condition| edits(parts, condition)).map(|edit| edit.rest).collect();
    Ground::telling_apart(ruleset, &changed)
}

fn conditions(parts: &Parts) -> Vec<&Condition> {
    let mut all: Vec<&Condition> = Vec::new();
    for (_, rule) in parts.rules.iter() {
        all.push(&rule.when);
        all.extend(&rule.met_when);
    }
    all.extend(parts.questions.iter().filter_map(|(_, question)| question.only_if.as_ref()));
    all.extend(parts.lists.iter().flat_map(|(_, list)| &list.choices).filter_map(|choice| choice.only_if.as_ref()));
    all.extend(parts.derived.iter().flat_map(|(_, fact)| &fact.cases).filter_map(|case| case.when.as_ref()));
    all.extend(parts.myths.iter().map(|(_, myth)| &*myth.when));
    all
}

/// The statements of this property.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let Some(stated) = ground.stating(|lowering| statements(ground, lowering)) else { return Vec::new() };
    let stated = Arc::new(stated);
    let task = |range: std::ops::Range<usize>| {
        let stated: Arc<Stated<Vec<Statement>>> = Arc::clone(&stated);
        Task::new(Property::Needed, move |allowance| {
            let mut examiner = Examiner::new(ground, &stated, Property::Needed, allowance);
            for statement in stated.what.get(range).unwrap_or(&[]) {
                judge(&mut examiner, statement);
            }
            examiner.ledger
        })
    };
    divided(stated.what.len()).map(task).collect()
}

fn judge(examiner: &mut Examiner<'_>, statement: &Statement) {
    let mut open = false;
    for (before, after, region) in &statement.pairs {
        match examiner.prover.differ_where(*before, *after, &[(*region, true)]) {
            Proof::Sometimes => return examiner.ledger.holds(),
            Proof::Never => {}
            Proof::NotProved => open = true,
        }
    }
    let (what, of) = (&statement.what, &statement.of);
    if open {
        return examiner.ledger.open(statement.place, &format!("that {of} needs {what}"));
    }
    let finding = Finding::new(Code::RedundantTest, format!("{what} can be left out of {of}: nothing changes"))
        .at(statement.place)
        .help("leave it out, or keep it if it helps those who read the rule");
    examiner.ledger.fails(finding, None);
}

fn statements(ground: &Ground<'_>, lowering: &mut Lowering<'_>) -> Vec<Statement> {
    let mut statements = rules(ground, lowering);
    let parts = ground.parts();
    for (ix, fact) in parts.derived.iter() {
        cases(ground, lowering, ix, fact, &mut statements);
    }
    for (ix, question) in parts.questions.iter() {
        let Some(condition) = &*question.only_if else { continue };
        let of = format!("the `only-if` of question {}", quoted(&question.id));
        let (before, region) = (ground.arises(ix), ground.where_question(ix));
        optional(parts, lowering, condition, &of, (before, region), &mut statements);
    }
    for (list, _) in parts.lists.iter().filter(|(_, list)| list.each.is_none()) {
        options(ground, lowering, list, &mut statements);
    }
    for (ix, myth) in parts.myths.iter() {
        let of = format!("the `when` of myth {}", quoted(&myth.id));
        for edit in edits(parts, &myth.when) {
            let after = lowering.condition(&edit.rest);
            statements.push(statement(edit, &of, vec![(*ground.myths.at(ix), after, ground.inside)]));
        }
    }
    statements
}

fn statement(edit: Edit, of: &str, pairs: Vec<(FormulaId, FormulaId, FormulaId)>) -> Statement {
    Statement { place: edit.place, what: edit.what, of: of.to_owned(), pairs }
}

/// A condition that could be left out as a whole.
fn optional(
    parts: &Parts,
    lowering: &mut Lowering<'_>,
    condition: &Condition,
    of: &str,
    (before, region): (FormulaId, FormulaId),
    statements: &mut Vec<Statement>,
) {
    for edit in edits(parts, condition) {
        let after = lowering.condition(&edit.rest);
        statements.push(statement(edit, of, vec![(before, after, region)]));
    }
    if let Some(place) = place_of(condition) {
        let what =
            if matches!(condition, Condition::All(_)) { "everything".to_owned() } else { words(parts, condition) };
        let pairs = vec![(before, FormulaId::TRUE, region)];
        statements.push(Statement { place, what, of: of.to_owned(), pairs });
    }
}

fn options(ground: &Ground<'_>, lowering: &mut Lowering<'_>, list: ListIx, statements: &mut Vec<Statement>) {
    let parts = ground.parts();
    let users = || parts.questions.iter().filter(|(_, question)| question.list == Some(list)).map(|(ix, _)| ix);
    let regions: Vec<FormulaId> = users()
        .map(|user| {
            let region = [ground.arises(user), ground.where_question(user)];
            lowering.builder().and(region)
        })
        .collect();
    let region = lowering.builder().or(regions);
    for (at, choice) in parts.lists.at(list).choices.iter().enumerate() {
        let Some(condition) = choice.only_if.as_ref().filter(|_| choice.upcoming.is_none()) else { continue };
        let of = format!("the `only-if` of option {}", quoted(&choice.id));
        let before = lowering.opens(list, at);
        optional(parts, lowering, condition, &of, (before, region), statements);
    }
}

fn cases(
    ground: &Ground<'_>,
    lowering: &mut Lowering<'_>,
    ix: DerivedIx,
    fact: &Derived,
    statements: &mut Vec<Statement>,
) {
    let parts = ground.parts();
    let before = lowering.derived(ix);
    let region = ground.where_fact(ix);
    let whens: Vec<FormulaId> = fact
        .cases
        .iter()
        .map(|case| case.when.as_ref().map_or(FormulaId::TRUE, |condition| lowering.condition(condition)))
        .collect();
    for (at, case) in fact.cases.iter().enumerate() {
        let Some(condition) = &case.when else { continue };
        let value = fact.value(case.value).map_or_else(String::new, |value| quoted(&value.name));
        let of = format!("the condition that makes {} {value}", quoted(&fact.id));
        for edit in edits(parts, condition) {
            let mut changed = whens.clone();
            if let Some(slot) = changed.get_mut(at) {
                *slot = lowering.condition(&edit.rest);
            }
            let after = values(lowering, fact, &changed);
            let pairs = before.iter().zip(after).map(|(before, after)| (*before, after, region)).collect();
            statements.push(statement(edit, &of, pairs));
        }
    }
}

/// When a fact has each of its values, given when each of its cases holds.
fn values(lowering: &mut Lowering<'_>, fact: &Derived, whens: &[FormulaId]) -> Vec<FormulaId> {
    let builder = lowering.builder();
    let mut ways: Vec<Vec<FormulaId>> = vec![Vec::new(); fact.values.len()];
    let mut earlier: Vec<FormulaId> = Vec::new();
    for (case, when) in fact.cases.iter().zip(whens) {
        let first = builder.and(earlier.iter().copied().chain([*when]));
        if let Some(way) = ways.get_mut(usize::from(case.value.0)) {
            way.push(first);
        }
        earlier.push(builder.not(*when));
    }
    ways.into_iter().map(|way| builder.or(way)).collect()
}

fn rules(ground: &Ground<'_>, lowering: &mut Lowering<'_>) -> Vec<Statement> {
    let parts = ground.parts();
    let mut statements = Vec::new();
    for theme in parts.themes.ids() {
        let rules: Vec<RuleIx> = parts.rules.iter().filter(|(_, rule)| rule.theme == theme).map(|(ix, _)| ix).collect();
        let head = head_of(parts, &rules);
        if let Some(head) = head {
            heads(ground, lowering, theme, &rules, head, &mut statements);
        }
        for ix in rules {
            own(ground, lowering, ix, head, &mut statements);
        }
    }
    statements
}

/// The condition at the head of a theme of several rules: what two of them share, being written once.
fn head_of<'p>(parts: &'p Parts, rules: &[RuleIx]) -> Option<&'p Condition> {
    let numbers = |condition: &Condition| -> Vec<TestIx> { condition.tests().iter().map(|test| test.ix).collect() };
    let [first, second, ..] = rules else { return None };
    let (first, second) = (&*parts.rules.at(*first).when, &*parts.rules.at(*second).when);
    let (of_first, of_second) = (numbers(first), numbers(second));
    let shared = |condition: &Condition, of: &[TestIx]| numbers(condition).iter().all(|number| of.contains(number));
    if !of_first.iter().any(|number| of_second.contains(number)) {
        return None;
    }
    // A rule without a `when` of its own has the head for it, and shares all of it.
    match (first, second) {
        _ if shared(first, &of_second) => Some(first),
        _ if shared(second, &of_first) => Some(second),
        (Condition::All(of), _) => of.first(),
        _ => None,
    }
}

/// What a rule adds to the head of its theme.
fn own_part<'c>(when: &'c Condition, head: Option<&Condition>) -> Option<&'c Condition> {
    match (when, head) {
        (when, None) => Some(when),
        (when, Some(head)) if when == head => None,
        (Condition::All(of), Some(_)) => of.get(1),
        (_, Some(_)) => None,
    }
}

fn heads(
    ground: &Ground<'_>,
    lowering: &mut Lowering<'_>,
    theme: ThemeIx,
    rules: &[RuleIx],
    head: &Condition,
    statements: &mut Vec<Statement>,
) {
    let parts = ground.parts();
    let of = format!("the `when` at the head of {}", quoted(&parts.themes.at(theme).title));
    let mut changes: Vec<(Place, String, Option<Condition>)> =
        edits(parts, head).into_iter().map(|edit| (edit.place, edit.what, Some(edit.rest))).collect();
    let all_have_own = rules.iter().all(|ix| own_part(&parts.rules.at(*ix).when, Some(head)).is_some());
    if let (true, Some(place)) = (all_have_own, place_of(head)) {
        changes.push((place, words(parts, head), None));
    }
    for (place, what, rest) in changes {
        let mut pairs = Vec::new();
        for ix in rules {
            let rule = parts.rules.at(*ix);
            let own = own_part(&rule.when, Some(head));
            let joined = rest.iter().chain(own).cloned().collect();
            let after = lowering.condition(&Condition::All(joined));
            pairs.push((ground.rules.at(*ix).when, after, ground.where_rule(rule)));
        }
        statements.push(Statement { place, what, of: of.clone(), pairs });
    }
}

fn own(
    ground: &Ground<'_>,
    lowering: &mut Lowering<'_>,
    ix: RuleIx,
    head: Option<&Condition>,
    statements: &mut Vec<Statement>,
) {
    let parts = ground.parts();
    let rule = parts.rules.at(ix);
    let (formulas, region) = (*ground.rules.at(ix), ground.where_rule(rule));
    let of = format!("the `when` of rule {}", quoted(&rule.id));
    let own = own_part(&rule.when, head);
    for edit in own.into_iter().flat_map(|own| edits(parts, own)) {
        let joined = head.into_iter().chain([&edit.rest]).cloned().collect();
        let after = lowering.condition(&Condition::All(joined));
        statements.push(statement(edit, &of, vec![(formulas.when, after, region)]));
    }
    if let (Some(head), Some(own)) = (head, own)
        && let Some(place) = place_of(own)
    {
        let after = lowering.condition(head);
        let pairs = vec![(formulas.when, after, region)];
        statements.push(Statement { place, what: "everything".to_owned(), of: of.clone(), pairs });
    }
    let of = format!("the `met-when` of rule {}", quoted(&rule.id));
    if let (Some(condition), Some(met)) = (&*rule.met_when, formulas.met) {
        for edit in edits(parts, condition) {
            let after = lowering.condition(&edit.rest);
            let after = lowering.builder().and([formulas.when, after]);
            statements.push(statement(edit, &of, vec![(met, after, region)]));
        }
    }
}
