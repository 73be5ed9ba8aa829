//! Facts for new cases: each set shows as many of the surviving changes of one file as go together.

use super::{Effect, Judged, Mutation, Verdict};
use crate::engine::Evaluator;
use crate::model::{Facts, QuestionIx};
use crate::ruleset::Ruleset;
use crate::text::FileId;

/// The most answers of one draft: a person has to judge what follows from all of them.
const MOST_ANSWERS: usize = 14;

/// The most changes that one draft is meant to catch.
const MOST_CHANGES: usize = 12;

/// Facts of a case that would catch some changes, once the advice that it should expect is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<'m> {
    /// The file in which the changes stand.
    pub file: FileId,
    /// The facts.
    pub facts: Facts,
    /// The questions answered that do not arise: a case says so of each.
    pub moot: Vec<QuestionIx>,
    /// The changes, each with what differs on the facts.
    pub catches: Vec<(&'m Judged, &'m Effect)>,
}

/// Drafts for the changes that survive, by file, and how many changes no case could show.
#[must_use]
pub fn drafts<'m>(ruleset: &Ruleset, mutation: &'m Mutation) -> (Vec<Draft<'m>>, usize) {
    let mut evaluator = Evaluator::new(ruleset);
    let mut without = 0;
    let mut shown: Vec<(&Judged, &Facts, &Effect)> = Vec::new();
    for judged in &mutation.judged {
        let Verdict::Survives(survives) = &judged.verdict else { continue };
        match (&survives.facts, survives.effects.first()) {
            (Some(facts), Some(effect)) => shown.push((judged, facts, effect)),
            _ => without += 1,
        }
    }
    // Those with most facts first: the others then often fit into theirs.
    shown.sort_by_key(|(judged, facts, _)| (judged.mutant.place.file, std::cmp::Reverse(facts.iter().count())));
    let mut drafts: Vec<Draft<'m>> = Vec::new();
    for (judged, facts, effect) in shown {
        let moot = evaluator.moot(facts);
        if let Some((draft, union)) = home(&mut drafts, judged, facts, &moot, &mut evaluator) {
            draft.facts = union;
            draft.catches.push((judged, effect));
        } else {
            let file = judged.mutant.place.file;
            drafts.push(Draft { file, facts: facts.clone(), moot, catches: vec![(judged, effect)] });
        }
    }
    for draft in &mut drafts {
        draft.catches.sort_by_key(|(judged, _)| judged.mutant.place);
    }
    (drafts, without)
}

/// The draft of the same file that shares most answers with these facts and contradicts none, with the answers of both. What
/// some facts show, more facts show too.
fn home<'d, 'm>(
    drafts: &'d mut [Draft<'m>],
    judged: &Judged,
    facts: &Facts,
    moot: &[QuestionIx],
    evaluator: &mut Evaluator<'_>,
) -> Option<(&'d mut Draft<'m>, Facts)> {
    let mut best: Option<(usize, usize, Facts)> = None;
    for (at, draft) in drafts.iter().enumerate() {
        if draft.file != judged.mutant.place.file || draft.catches.len() >= MOST_CHANGES {
            continue;
        }
        let Some((shared, union)) = union(&draft.facts, facts) else { continue };
        // Facts that have little to do with each other make no story that a person could judge.
        let goes_together = 2 * shared >= facts.iter().count();
        let is_better = goes_together && best.as_ref().is_none_or(|(_, most, _)| shared > *most);
        // No question stops arising because of the answers of the other.
        let is_same = draft.moot == moot && (!is_better || evaluator.moot(&union) == moot);
        if is_better && is_same && union.iter().count() <= MOST_ANSWERS {
            best = Some((at, shared, union));
        }
    }
    let (at, _, union) = best?;
    drafts.get_mut(at).map(|draft| (draft, union))
}

/// The answers of both, and how many they share; none where they contradict each other.
fn union(one: &Facts, other: &Facts) -> Option<(usize, Facts)> {
    let (mut shared, mut union) = (0, one.clone());
    for (question, answer) in other.iter() {
        match one.get(question) {
            Some(same) if same.value == answer.value => shared += 1,
            Some(_) => return None,
            None => union.set(question, answer.clone()),
        }
    }
    Some((shared, union))
}
