//! What is outstanding or undetermined in an exchange, each with the place in the manifest to look at.

use super::CheckedFlow;
use super::fingerprint::fingerprint;
use crate::engine::{Cause, Derivation, Evaluator, Outcome, Reason, asks_for};
use crate::manifest::UncheckedManifest;
use crate::model::{AnswerValue, Ix, QuestionIx, RuleIx, Status, Subject};
use crate::ruleset::Ruleset;
use crate::text::Place;

/// A rule that is outstanding or undetermined in one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFinding {
    /// The rule.
    pub rule: RuleIx,
    /// Its status: `applies` or `undetermined`.
    pub status: Status,
    /// The outcome that it would give by itself: `ready` where it holds nothing up.
    pub alone: Outcome,
    /// Where to look first.
    pub main: Spot,
    /// The other answers that decided it, and those that are missing, in the order of the manifest.
    pub others: Vec<Spot>,
    /// Whether the baseline of the check knows it: it holds nothing up that was not held up before.
    pub known: bool,
}

impl RuleFinding {
    /// What it is known by from run to run: the same as long as the rule, its flow, its status and the answers that decided it
    /// are, wherever they stand in the manifest.
    #[must_use]
    pub fn fingerprint(&self, ruleset: &Ruleset, checked: &CheckedFlow) -> String {
        let id = ruleset.rules().get(self.rule).map_or("", |rule| rule.id.as_str());
        fingerprint(ruleset, checked, id, self.status, std::iter::once(&self.main).chain(&self.others))
    }
}

/// A place in a manifest, and what it has to do with a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// The question that is answered there, or that is not answered; none where no single question decided.
    pub question: Option<QuestionIx>,
    /// What it has to do with the rule.
    pub role: SpotRole,
    /// Whether the text there may show an answer to a safety question: it must not be shown.
    pub hidden: bool,
}

/// What a place has to do with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpotRole {
    /// The answer there does not meet the rule.
    Unmet,
    /// The answer there is one of those that make the rule apply, or leave it open.
    Decides,
    /// An answer is missing that belongs there, or it is `unknown`.
    Missing,
}

/// Which findings are wanted. To find the places of one takes as long as to decide some rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// Those that hold something up: each that would give an outcome other than `ready` by itself.
    HoldingUp,
    /// All of them.
    All,
}

/// What is outstanding or undetermined in one exchange, in the order of the rules. Nothing where the safety screen ended
/// everything.
pub fn rule_findings(
    evaluator: &mut Evaluator<'_>,
    manifest: &UncheckedManifest,
    checked: &CheckedFlow,
    wanted: Wanted,
) -> Vec<RuleFinding> {
    let (ruleset, advice) = (evaluator.ruleset(), &checked.advice);
    if advice.outcome == Outcome::Screened {
        return Vec::new();
    }
    evaluator.reconsider(&checked.flow.exchange);
    let explainer = evaluator.explainer(&checked.flow.exchange, advice);
    let mut found = Vec::new();
    for (ix, rule) in ruleset.rules().iter() {
        let status = advice.status(ix);
        if !matches!(status, Status::Applies | Status::Undetermined) {
            continue;
        }
        let applies = advice.applies.get(ix.index()).copied().flatten();
        let alone = [Outcome::Stop, Outcome::Refer, Outcome::Incomplete, Outcome::ActFirst];
        let alone = alone.into_iter().find(|outcome| asks_for(*outcome, rule, status, applies));
        if alone.is_none() && wanted == Wanted::HoldingUp {
            continue;
        }
        let derivation = explainer.rule(ix, rule);
        let mut spots = spots(ruleset, manifest, checked, &derivation);
        let main = spots.remove(0);
        spots.sort_by_key(|spot| spot.place);
        found.push(RuleFinding {
            rule: ix,
            status,
            alone: alone.unwrap_or(Outcome::Ready),
            known: false,
            main,
            others: spots,
        });
    }
    found
}

/// The places that a derivation rests on, the one to look at first before the others. There is at least one.
fn spots(
    ruleset: &Ruleset,
    manifest: &UncheckedManifest,
    checked: &CheckedFlow,
    derivation: &Derivation<'_>,
) -> Vec<Spot> {
    let mut named: Vec<(SpotRole, QuestionIx)> = Vec::new();
    let mut add = |role, question| {
        if named.iter().all(|(_, other)| *other != question) {
            named.push((role, question));
        }
    };
    let facts = &checked.flow.exchange.facts;
    let is_given =
        |question: &QuestionIx| facts.get(*question).is_some_and(|answer| answer.value != AnswerValue::Unknown);
    answered(&derivation.met, &mut |question| add(SpotRole::Unmet, question));
    answered(&derivation.when, &mut |question| add(SpotRole::Decides, question));
    // An answer that is `unknown`, wholly or in the part that matters, is missing.
    let missing = derivation.would_settle;
    let mut named: Vec<_> = named.into_iter().filter(|(_, ix)| is_given(ix) && !missing.contains(ix)).collect();
    let undecided = derivation.when.iter().any(|reason| matches!(reason, Reason::Test { truth: None, .. }));
    named.extend(missing.iter().map(|question| (SpotRole::Missing, *question)));
    let first = |(role, question): &(SpotRole, QuestionIx)| {
        let readers = ruleset.compiled().readers.get(*question).copied().unwrap_or_default();
        match role {
            // What the fewest rules read says most about this one; of those, what is asked last.
            SpotRole::Unmet | SpotRole::Decides => (undecided, *role, readers, usize::MAX - question.index()),
            // What is asked next.
            SpotRole::Missing => (!undecided, *role, 0, question.index()),
        }
    };
    named.sort_by_key(first);
    let spot = |(role, question): (SpotRole, QuestionIx)| {
        let id = ruleset.questions().get(question).map_or("", |question| question.id.as_str());
        let given = checked.flow.places.iter().find(|(other, _, _)| *other == question).map(|(_, place, _)| *place);
        let place = given.unwrap_or_else(|| manifest.belongs(&checked.flow.exchange.id, id));
        Spot { place, question: Some(question), role, hidden: manifest.hides(place) }
    };
    let mut spots: Vec<Spot> = named.into_iter().map(spot).collect();
    if spots.is_empty() {
        let place = manifest.belongs(&checked.flow.exchange.id, "");
        spots.push(Spot { place, question: None, role: SpotRole::Missing, hidden: manifest.hides(place) });
    }
    spots
}

/// The questions whose answers stand behind reasons.
fn answered(reasons: &[Reason<'_>], found: &mut impl FnMut(QuestionIx)) {
    for reason in reasons {
        let Reason::Test { test, cause, because, .. } = reason else { continue };
        if let (Subject::Question(question, _), Cause::Answered { .. }) = (&test.subject, cause) {
            found(*question);
        }
        answered(because, found);
    }
}
