//! The options still open: legal powers, lawful bases, transfer mechanisms.

use super::{Candidate, Candidates, View};
use crate::logic::{Decider, Verdict};
use crate::model::{AnswerValue, Facts, Ix, OptionIx, QuestionIx};

/// For each question that shows candidates and may arise, its open options: none is left out but what is known to be closed.
/// Beside them, the options that would be open if they were in force.
pub(super) fn candidates(
    decider: &mut Decider<'_>,
    view: View<'_>,
    facts: &Facts,
) -> (Vec<Candidates>, Vec<(QuestionIx, OptionIx)>) {
    let (mut groups, mut upcoming) = (Vec::new(), Vec::new());
    for (question, compiled) in view.questions.iter() {
        let mut options = Vec::new();
        for (at, open) in compiled.open.iter().enumerate() {
            let option = OptionIx::new(at);
            let Some(choice) = view.parts.choices(question).get(at).filter(|choice| choice.candidate) else { continue };
            let certain = match decider.verdict(*open) {
                Verdict::Never => continue,
                verdict => verdict == Verdict::Always,
            };
            if choice.upcoming.is_some() {
                upcoming.push((question, option));
                continue;
            }
            options.push(Candidate { option, certain, chosen: is_chosen(facts, question, option) });
        }
        if !options.is_empty() {
            groups.push(Candidates { question, options });
        }
    }
    (groups, upcoming)
}

fn is_chosen(facts: &Facts, question: QuestionIx, option: OptionIx) -> bool {
    match facts.get(question).map(|answer| &answer.value) {
        Some(AnswerValue::One(chosen)) => *chosen == option,
        Some(AnswerValue::Any { chosen, .. }) => chosen.contains(&option),
        _ => false,
    }
}
