//! One exchange under two versions of a ruleset: what comes out differently.
//!
//! The answers are carried by the ids of questions and options. An option that the first version lacked is not known under
//! the second one until somebody confirms the answer, so nothing is taken for a "no" that nobody was asked.

mod carry;

pub use carry::{Again, Carried, carry};

use crate::engine::{Advice, Evaluator};
use crate::model::{Date, DerivedIx, Exchange, Outcome, QuestionIx, Rule, RuleIx, Status, ValueIx};
use crate::ruleset::Ruleset;

/// An exchange with the advice on it, under the ruleset that its answers are for.
#[derive(Clone, Copy)]
pub struct Advised<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// The exchange.
    pub exchange: &'a Exchange,
    /// The advice.
    pub advice: &'a Advice,
}

/// The same exchange under another ruleset.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The exchange there.
    pub exchange: Exchange,
    /// The advice there.
    pub advice: Advice,
    /// What came of the answers.
    pub carried: Carried,
    /// Whether the safety screen ends everything there, on the answers as they were given or on what is known of them.
    pub screened: bool,
}

impl Moved {
    /// Moves an exchange to the ruleset of an evaluator. The answers to the questions that are `confirmed` stand there
    /// although they have new options.
    #[must_use]
    pub fn new(before: Advised<'_>, after: &mut Evaluator<'_>, confirmed: &[QuestionIx], as_of: Date) -> Self {
        let to = after.ruleset();
        let carried = carry(before.ruleset, &before.exchange.facts, to);
        let (done, waivers) = carry::records(before.ruleset, before.exchange, to);
        let facts = carried.cautious(to, confirmed);
        let exchange = Exchange { id: before.exchange.id.clone(), facts, done, waivers, ..Exchange::default() };
        let advice = after.evaluate(&exchange, as_of);
        let as_given = Exchange { facts: carried.as_given(), ..Exchange::default() };
        let screened = advice.outcome == Outcome::Screened || after.is_screened(&as_given, as_of);
        Self { exchange, advice, carried, screened }
    }
}

/// What comes out differently of one exchange.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The exchange's id.
    pub id: String,
    /// The outcome under each.
    pub outcomes: [Outcome; 2],
    /// The rules, in the order of the second ruleset; last those that it does not have.
    pub rules: Vec<RuleShift>,
    /// The facts that are shown, in the same order.
    pub facts: Vec<FactShift>,
    /// The answers that may be other ones now, and that nobody confirmed.
    pub again: Vec<Again>,
    /// The questions whose answers mean nothing there.
    pub gone: Vec<String>,
    /// The questions that are to be answered now and were not before.
    pub opens: Vec<QuestionIx>,
}

/// A rule that comes out differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleShift {
    /// The rule and its status in the first ruleset, if it is there.
    pub before: Option<(RuleIx, Status)>,
    /// The same in the second one.
    pub after: Option<(RuleIx, Status)>,
}

/// A derived fact that comes out differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactShift {
    /// The fact, and the values that it can have, in the first ruleset, if it is there and shown.
    pub before: Option<(DerivedIx, Vec<ValueIx>)>,
    /// The same in the second one.
    pub after: Option<(DerivedIx, Vec<ValueIx>)>,
}

impl Difference {
    /// What comes out differently of an exchange that was moved.
    #[must_use]
    pub fn new(before: Advised<'_>, after: &Ruleset, moved: &Moved, confirmed: &[QuestionIx]) -> Self {
        let after = Advised { ruleset: after, exchange: &moved.exchange, advice: &moved.advice };
        let again = moved.carried.again.iter();
        let again: Vec<Again> =
            again.filter(|again| !confirmed.contains(&again.question) && !again.leaves_open()).cloned().collect();
        let opens = after.advice.open.iter().filter(|question| !was_open(before, after.ruleset, **question));
        let opens = opens.filter(|question| again.iter().all(|again| again.question != **question));
        Self {
            id: before.exchange.id.clone(),
            outcomes: [before.advice.outcome, after.advice.outcome],
            rules: rules(before, after),
            facts: facts(before, after),
            opens: opens.copied().collect(),
            gone: moved.carried.gone.clone(),
            again,
        }
    }

    /// Whether nothing comes out differently.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let [before, after] = self.outcomes;
        before == after
            && self.rules.is_empty()
            && self.facts.is_empty()
            && self.again.is_empty()
            && self.gone.is_empty()
            && self.opens.is_empty()
    }
}

fn was_open(before: Advised<'_>, after: &Ruleset, question: QuestionIx) -> bool {
    let id = after.questions().get(question).map(|question| &question.id);
    let same = id.and_then(|id| before.ruleset.question_named(id));
    same.is_some_and(|same| before.advice.open.contains(&same))
}

/// Whether a status asks for something, or may.
fn is_outstanding(status: Status) -> bool {
    matches!(status, Status::Applies | Status::Undetermined)
}

fn rules(before: Advised<'_>, after: Advised<'_>) -> Vec<RuleShift> {
    let standing = |side: Advised<'_>, ix: RuleIx| (ix, side.advice.status(ix));
    let mut shifts = Vec::new();
    for (ix, rule) in after.ruleset.rules().iter() {
        let now = standing(after, ix);
        let old = before.ruleset.rule_named(&rule.id).map(|old| standing(before, old));
        let differs = match old {
            None => is_outstanding(now.1),
            Some((_, status)) if status != now.1 => true,
            Some((at, _)) => {
                let old = before.ruleset.rules().get(at);
                is_outstanding(now.1) && old.is_some_and(|old| binds_otherwise(old, rule))
            }
        };
        if differs {
            shifts.push(RuleShift { before: old, after: Some(now) });
        }
    }
    for (ix, rule) in before.ruleset.rules().iter() {
        let old = standing(before, ix);
        if after.ruleset.rule_named(&rule.id).is_none() && is_outstanding(old.1) {
            shifts.push(RuleShift { before: Some(old), after: None });
        }
    }
    shifts
}

/// Whether two versions of a rule ask for something else by what they are.
fn binds_otherwise(old: &Rule, new: &Rule) -> bool {
    (old.level, old.basis, old.due, old.refer.is_some()) != (new.level, new.basis, new.due, new.refer.is_some())
}

fn facts(before: Advised<'_>, after: Advised<'_>) -> Vec<FactShift> {
    let shown = |side: Advised<'_>, id: &str| {
        let found = side.ruleset.derived().iter().find(|(_, fact)| fact.shown && fact.id == id);
        found.map(|(ix, _)| (ix, side.advice.derived.get(usize::from(ix.0)).cloned().unwrap_or_default()))
    };
    let ids = |side: Advised<'_>| -> Vec<String> {
        side.ruleset.derived().iter().filter(|(_, fact)| fact.shown).map(|(_, fact)| fact.id.clone()).collect()
    };
    let mut all = ids(after);
    let before_alone: Vec<String> = ids(before).into_iter().filter(|id| !all.contains(id)).collect();
    all.extend(before_alone);
    let shifts = all.iter().map(|id| FactShift { before: shown(before, id), after: shown(after, id) });
    let differs = |shift: &FactShift| {
        let names = |ruleset: &Ruleset, at: &Option<(DerivedIx, Vec<ValueIx>)>| -> Option<Vec<String>> {
            let (ix, values) = at.as_ref()?;
            let fact = ruleset.derived().get(*ix)?;
            let mut names: Vec<String> =
                values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.clone()).collect();
            names.sort_unstable();
            Some(names)
        };
        names(before.ruleset, &shift.before) != names(after.ruleset, &shift.after)
    };
    shifts.filter(differs).collect()
}
