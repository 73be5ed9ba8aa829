//! Options in the shape of v1: those still open, and those that are not in force yet.

use super::things::{Cited, steps, who};
use super::v1;
use crate::engine;
use crate::model::{OptionIx, QuestionIx};
use crate::ruleset::Ruleset;

/// The options still open, by question. What was chosen for the safety screen is never written.
pub(super) fn candidates<'a>(
    ruleset: &'a Ruleset,
    groups: &[engine::Candidates],
    cited: &mut Cited<'a>,
) -> Vec<v1::Candidates<'a>> {
    let mut written = Vec::new();
    for group in groups.iter().filter(|group| !ruleset.is_screening(group.question)) {
        let Some(question) = ruleset.questions().get(group.question) else { continue };
        let mut options = Vec::with_capacity(group.options.len());
        for candidate in &group.options {
            let Some(choice) = ruleset.choice(group.question, candidate.option) else { continue };
            let condition = |condition: &'a crate::model::ChoiceCondition| v1::Condition {
                must_hold: &condition.must_hold,
                confirmed_by: who(ruleset, condition.confirmed_by),
            };
            options.push(v1::Candidate {
                id: &choice.id,
                label: &choice.label,
                certain: candidate.certain,
                chosen: candidate.chosen,
                conditions: choice.conditions.iter().map(condition).collect(),
                steps: steps(ruleset, &choice.steps),
                sources: cited.cite(&choice.cites),
            });
        }
        let heading = question.candidates.as_deref().unwrap_or_default();
        written.push(v1::Candidates { question: &question.id, heading, options });
    }
    written
}

/// The options that would be open if they were in force.
pub(super) fn upcoming<'a>(
    ruleset: &'a Ruleset,
    options: &[(QuestionIx, OptionIx)],
    cited: &mut Cited<'a>,
) -> Vec<v1::UpcomingOption<'a>> {
    let mut written = Vec::with_capacity(options.len());
    for (question, option) in options {
        let (Some(asked), Some(choice)) = (ruleset.questions().get(*question), ruleset.choice(*question, *option))
        else {
            continue;
        };
        let Some(upcoming) = &choice.upcoming else { continue };
        let sources = cited.cite(&upcoming.cites);
        written.push(v1::UpcomingOption {
            question: &asked.id,
            id: &choice.id,
            label: &choice.label,
            from: upcoming.from,
            sources,
        });
    }
    written
}
