//! Bars are lifted only by what reaches.
//!
//! Prohibitions are the rules of level `must-not` that are not upcoming.
//! - **By no closed option** (`lifted-by-closed-option`). Take a prohibition, a question, and an option of it that has an
//!   `only-if` or is upcoming. There is no combination of answers inside the screen in which the question arises, the option is
//!   chosen and closed, no prohibition applies, and the prohibition would apply with the option taken out of the answer: of an
//!   `any-of` answer, where no other option that every test treats alike is chosen, the option no longer is; of a `one-of`
//!   answer nothing is chosen, and every test of the question fails. Named once for each prohibition and question, with an
//!   example for the first such option in the order of the list, and the others beside it.
//! - **By no answer that does not arise** (`lifted-by-moot-answer`). Take a prohibition and a question. Where the question does
//!   not arise, whether the prohibition applies does not depend on its answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::examiner::Examiner;
use super::ground::{Ground, prohibitions};
use super::tasks::{Task, divided};
use super::verification::Property;
use crate::compile::{Lowering, Scope};
use crate::finding::{Code, Finding};
use crate::logic::{FormulaId, ValueSet, VarId};
use crate::model::{AnswerValue, Choice, Ix, Kind, OptionIx, QuestionIx, RuleIx};
use crate::proof::{Proof, Wanted};
use crate::ruleset::Variables;
use crate::text::quoted;

/// So many formulas are made for this property at most.
const MOST_FORMULAS: usize = 2_000_000;

/// An option that is chosen though it is closed, and a prohibition that applies without it.
#[derive(Debug, Clone, Copy)]
struct Lift {
    option: OptionIx,
    /// The prohibition, with the option taken out of the answer.
    without: FormulaId,
    chosen: FormulaId,
    opens: FormulaId,
}

/// A prohibition and a question that its condition reads.
#[derive(Debug)]
struct Pair {
    ban: RuleIx,
    question: QuestionIx,
    lifts: Vec<Lift>,
    /// The prohibition with some one answer to the question, which matters only where the question does not arise. None where
    /// there were too many formulas already.
    settled: Option<FormulaId>,
}

/// The statements of this property.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let bans = prohibitions(ground.parts());
    let Some(stated) = ground.stating(|lowering| pairs(ground, &bans, lowering)) else { return Vec::new() };
    let (stated, bans) = (Arc::new(stated), Arc::new(bans));
    let task = |range: std::ops::Range<usize>| {
        let (stated, bans) = (Arc::clone(&stated), Arc::clone(&bans));
        Task::new(Property::Barred, move |allowance| {
            let mut examiner = Examiner::new(ground, &stated, Property::Barred, allowance);
            let none: Vec<(FormulaId, bool)> = bans.iter().map(|ban| (ground.rules.at(*ban).when, false)).collect();
            for pair in stated.what.get(range).unwrap_or(&[]) {
                closed(&mut examiner, pair, &none);
                moot(&mut examiner, pair);
            }
            examiner.ledger
        })
    };
    divided(stated.what.len()).map(task).collect()
}

fn pairs(ground: &Ground<'_>, bans: &[RuleIx], lowering: &mut Lowering<'_>) -> Vec<Pair> {
    let parts = ground.parts();
    let mut pairs = Vec::new();
    let written: Vec<BTreeSet<VarId>> =
        bans.iter().map(|ban| lowering.builder().written_with(ground.rules.at(*ban).when)).collect();
    for (question, asked) in parts.questions.iter() {
        let without = if asked.kind == Kind::OneOf && gated(ground, question).next().is_some() {
            never_asked(ground, question, bans, lowering)
        } else {
            Vec::new()
        };
        let vars = vars(ground, question);
        let reads = |at: usize| written.get(at).is_some_and(|written| vars.iter().any(|var| written.contains(var)));
        for (at, ban) in bans.iter().enumerate().filter(|(at, _)| reads(*at)) {
            let when = ground.rules.at(*ban).when;
            // What a question that always arises is answered decides nothing where it does not arise.
            let always = ground.arises(question) == FormulaId::TRUE;
            let first: Vec<(VarId, u16)> = vars.iter().map(|var| (*var, 0)).collect();
            let room = lowering.builder().size() < MOST_FORMULAS;
            let settled = match (always, room) {
                (true, _) => Some(when),
                (false, true) => Some(lowering.builder().given(when, &first)),
                (false, false) => None,
            };
            let lifts = gated(ground, question)
                .filter_map(|(option, _)| lift(ground, question, option, when, without.get(at).copied(), lowering));
            let lifts = lifts.collect();
            pairs.push(Pair { ban: *ban, question, lifts, settled });
        }
    }
    pairs
}

/// The options of a question that can be closed.
fn gated<'g>(ground: &'g Ground<'_>, question: QuestionIx) -> impl Iterator<Item = (OptionIx, &'g Choice)> {
    let choices = ground.parts().choices(question).iter().enumerate();
    let gated = choices.filter(|(_, choice)| choice.only_if.is_some() || choice.upcoming.is_some());
    gated.map(|(at, choice)| (OptionIx::new(at), choice))
}

fn vars(ground: &Ground<'_>, question: QuestionIx) -> Vec<VarId> {
    match ground.layout.variables(question) {
        Variables::None => Vec::new(),
        Variables::One { var, .. } => vec![*var],
        Variables::Any { vars, .. } => vars.clone(),
    }
}

/// Each prohibition as if a question never arose: then every test of it fails.
fn never_asked(
    ground: &Ground<'_>,
    question: QuestionIx,
    bans: &[RuleIx],
    lowering: &mut Lowering<'_>,
) -> Vec<FormulaId> {
    let parts = ground.parts();
    let mut scope = Scope::empty(parts, ground.scope.tests.len());
    if let Some(slot) = scope.arises.get_mut(question.index()) {
        *slot = Some(FormulaId::FALSE);
    }
    let mut as_if = Lowering::around(parts, &ground.layout, lowering.builder(), scope);
    bans.iter().map(|ban| as_if.condition(&parts.rules.at(*ban).when)).collect()
}

/// None where the prohibition is the same with the option and without.
fn lift(
    ground: &Ground<'_>,
    question: QuestionIx,
    option: OptionIx,
    when: FormulaId,
    never_asked: Option<FormulaId>,
    lowering: &mut Lowering<'_>,
) -> Option<Lift> {
    let list = ground.parts().questions.at(question).list?;
    let var = ground.layout.class_var(question, option)?;
    let several = matches!(ground.layout.variables(question), Variables::Any { .. });
    let value = if several { 1 } else { ground.layout.variables(question).class_of(option)? };
    let without = if several { lowering.builder().given(when, &[(var, 0)]) } else { never_asked? };
    let chosen = lowering.builder().lit(var, &ValueSet::single(value));
    let opens = lowering.opens(list, option.index());
    (without != when).then_some(Lift { option, without, chosen, opens })
}

fn closed(examiner: &mut Examiner<'_>, pair: &Pair, none: Wanted<'_>) {
    let ground = examiner.ground;
    let parts = ground.parts();
    let rule = parts.rules.at(pair.ban);
    let choices = parts.choices(pair.question);
    let id = |lift: &Lift| choices.get(lift.option.index()).map_or_else(String::new, |choice| quoted(&choice.id));
    let asked = quoted(&parts.questions.at(pair.question).id);
    let mut found: Vec<&Lift> = Vec::new();
    for lift in &pair.lifts {
        let all: Vec<(FormulaId, bool)> = wanted(ground, pair, lift).into_iter().chain(none.iter().copied()).collect();
        match examiner.prover.together(&all) {
            Proof::Never => examiner.ledger.holds(),
            Proof::Sometimes => found.push(lift),
            Proof::NotProved => {
                let statement = format!("that {} does not lift {} where it is closed", id(lift), quoted(&rule.id));
                examiner.ledger.open(rule.place, &statement);
            }
        }
    }
    let Some((first, others)) = found.split_first() else { return };
    let more = match others.len() {
        0 => String::new(),
        1 => " (and another option)".to_owned(),
        more => format!(" (and {more} other options)"),
    };
    let message =
        format!("naming {} of {asked}{more} where it is closed lifts the prohibition {}", id(first), quoted(&rule.id));
    let finding = Finding::new(Code::LiftedByClosedOption, message).at(rule.place);
    let places = found.iter().filter_map(|lift| choices.get(lift.option.index())).map(|choice| choice.place);
    let finding = places
        .take(5)
        .fold(finding, |finding, place| finding.related(place, "this option lifts it while it is closed"));
    let finding = finding
        .help(format!("test `closed: yes` of {asked} beside `none`, or test what is open rather than what is chosen"));
    let whole: Vec<(FormulaId, bool)> = wanted(ground, pair, first).into_iter().chain(none.iter().copied()).collect();
    let mut example = examiner.smallest(&whole);
    if let Some(example) = &mut example {
        name(&mut example.facts, pair.question, first.option, ground);
    }
    examiner.ledger.fails(finding, example);
    (0..others.len()).for_each(|_| examiner.ledger.fails_too());
}

/// What an example must show, but for the prohibitions that do not apply.
fn wanted(ground: &Ground<'_>, pair: &Pair, lift: &Lift) -> Vec<(FormulaId, bool)> {
    vec![
        (lift.without, true),
        (lift.chosen, true),
        (lift.opens, false),
        (ground.arises(pair.question), true),
        (ground.inside, true),
        (ground.rules.at(pair.ban).when, false),
    ]
}

/// Names the option itself, where another of its class was put.
fn name(facts: &mut crate::model::Facts, question: QuestionIx, option: OptionIx, ground: &Ground<'_>) {
    let variables = ground.layout.variables(question);
    let class = variables.class_of(option);
    let Some(mut answer) = facts.get(question).cloned() else { return };
    match &mut answer.value {
        AnswerValue::One(one) => *one = option,
        AnswerValue::Any { chosen, .. } => {
            chosen.retain(|other| variables.class_of(*other) != class);
            chosen.push(option);
            chosen.sort_unstable();
        }
        AnswerValue::Unknown | AnswerValue::Text(_) => {}
    }
    facts.set(question, answer);
}

fn moot(examiner: &mut Examiner<'_>, pair: &Pair) {
    let ground = examiner.ground;
    let rule = ground.parts().rules.at(pair.ban);
    let asked = quoted(&ground.parts().questions.at(pair.question).id);
    let when = ground.rules.at(pair.ban).when;
    let unasked = (ground.arises(pair.question), false);
    let differ = pair.settled.map(|settled| examiner.prover.differ_where(when, settled, &[unasked]));
    match differ.unwrap_or(Proof::NotProved) {
        Proof::Never => examiner.ledger.holds(),
        Proof::NotProved => {
            let statement = format!("that {} does not depend on {asked} where it does not arise", quoted(&rule.id));
            examiner.ledger.open(rule.place, &statement);
        }
        Proof::Sometimes => {
            let message =
                format!("an answer to {asked}, which does not arise, decides whether {} applies", quoted(&rule.id));
            let finding = Finding::new(Code::LiftedByMootAnswer, message).at(rule.place);
            let finding = finding.help("report this: every test is to fail where its question does not arise");
            examiner.ledger.fails(finding, None);
        }
    }
}
