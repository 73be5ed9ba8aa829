//! What differs between the advice of a ruleset and that of a change to it.

use crate::engine::Advice;
use crate::model::{
    Basis, DerivedIx, Due, Level, MythIx, OptionIx, Outcome, QuestionIx, RoleIx, RuleIx, Status, ValueIx,
};
use crate::ruleset::Parts;

/// One thing that differs. `was` is of the ruleset as it is, `becomes` of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A rule has another status.
    Status {
        /// The rule.
        rule: RuleIx,
        /// Its status.
        was: Status,
        /// Its status under the change.
        becomes: Status,
    },
    /// A rule that applies, or may, has another level.
    Level {
        /// The rule.
        rule: RuleIx,
        /// Its level.
        was: Level,
        /// Its level under the change.
        becomes: Level,
    },
    /// A rule that applies, or may, has another basis.
    Basis {
        /// The rule.
        rule: RuleIx,
        /// Its basis.
        was: Basis,
        /// Its basis under the change.
        becomes: Basis,
    },
    /// A rule that applies, or may, is due at another time.
    Due {
        /// The rule.
        rule: RuleIx,
        /// When it is due.
        was: Due,
        /// When it is due under the change.
        becomes: Due,
    },
    /// A rule that applies, or may, no longer refers to anybody.
    NoReferral {
        /// The rule.
        rule: RuleIx,
        /// The role.
        was: RoleIx,
    },
    /// A rule that no answer met can be recorded as done.
    Recordable(RuleIx),
    /// The outcome is another.
    Outcome {
        /// The outcome.
        was: Outcome,
        /// The outcome under the change.
        becomes: Outcome,
    },
    /// A derived fact has another value, or may have others.
    Derived {
        /// The fact.
        fact: DerivedIx,
        /// The values that it can have.
        was: Vec<ValueIx>,
        /// The values that it can have under the change.
        becomes: Vec<ValueIx>,
    },
    /// An option becomes a candidate, or is one no longer.
    Candidate {
        /// The question.
        question: QuestionIx,
        /// The option.
        option: OptionIx,
        /// Whether it is one under the change.
        becomes: bool,
    },
    /// A myth is answered, or no longer.
    Myth {
        /// The myth.
        myth: MythIx,
        /// Whether it is answered under the change.
        becomes: bool,
    },
    /// A question arises, or no longer.
    Arises {
        /// The question.
        question: QuestionIx,
        /// Whether it arises under the change.
        becomes: bool,
    },
}

/// What differs between two pieces of advice on the same facts. The parts of each say what its rules are.
pub(super) fn effects(was: (&Parts, &Advice), becomes: (&Parts, &Advice)) -> Vec<Effect> {
    let ((was_parts, was), (parts, becomes)) = (was, becomes);
    let mut effects = Vec::new();
    if was.outcome != becomes.outcome {
        effects.push(Effect::Outcome { was: was.outcome, becomes: becomes.outcome });
    }
    for (rule, written) in was_parts.rules.iter() {
        let (before, after) = (was.status(rule), becomes.status(rule));
        if before != after {
            effects.push(Effect::Status { rule, was: before, becomes: after });
        }
        let Some(now) = parts.rules.get(rule).filter(|_| before != Status::NotApplicable) else { continue };
        if written.level != now.level {
            effects.push(Effect::Level { rule, was: written.level, becomes: now.level });
        }
        if written.basis != now.basis {
            effects.push(Effect::Basis { rule, was: written.basis, becomes: now.basis });
        }
        if written.due != now.due {
            effects.push(Effect::Due { rule, was: written.due, becomes: now.due });
        }
        if let (Some(was), None) = (written.refer, now.refer) {
            effects.push(Effect::NoReferral { rule, was });
        }
        if before == after && written.met_when.is_some() && now.met_when.is_none() {
            effects.push(Effect::Recordable(rule));
        }
    }
    for (fact, _) in was_parts.derived.iter().filter(|(_, fact)| fact.shown) {
        let of = |advice: &Advice| advice.derived.get(usize::from(fact.0)).cloned().unwrap_or_default();
        if of(was) != of(becomes) {
            effects.push(Effect::Derived { fact, was: of(was), becomes: of(becomes) });
        }
    }
    let (before, after) = (candidates(was), candidates(becomes));
    let lost = before.iter().filter(|one| !after.contains(one)).map(|one| (one, false));
    let won = after.iter().filter(|one| !before.contains(one)).map(|one| (one, true));
    effects.extend(lost.chain(won).map(|((question, option), becomes)| Effect::Candidate {
        question: *question,
        option: *option,
        becomes,
    }));
    let lost = was.myths.iter().filter(|myth| !becomes.myths.contains(myth)).map(|myth| (*myth, false));
    let won = becomes.myths.iter().filter(|myth| !was.myths.contains(myth)).map(|myth| (*myth, true));
    effects.extend(lost.chain(won).map(|(myth, becomes)| Effect::Myth { myth, becomes }));
    effects
}

fn candidates(advice: &Advice) -> Vec<(QuestionIx, OptionIx)> {
    let groups = advice.candidates.iter();
    groups.flat_map(|group| group.options.iter().map(|candidate| (group.question, candidate.option))).collect()
}
