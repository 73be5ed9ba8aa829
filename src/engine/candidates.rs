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
        for option in (0..compiled.open.len()).map(OptionIx::new) {
            match candidate(decider, view, facts, question, option) {
                Some((_, true)) => upcoming.push((question, option)),
                Some((candidate, false)) => options.push(candidate),
                None => {}
            }
        }
        if !options.is_empty() {
            groups.push(Candidates { question, options });
        }
    }
    (groups, upcoming)
}

/// An option, where it shows as a candidate and is not known to be closed, and whether it is yet to come into force.
pub(super) fn candidate(
    decider: &mut Decider<'_>,
    view: View<'_>,
    facts: &Facts,
    question: QuestionIx,
    option: OptionIx,
) -> Option<(Candidate, bool)> {
    let choice = view.parts.choices(question).get(option.index()).filter(|choice| choice.candidate)?;
    let open = *view.questions.get(question)?.open.get(option.index())?;
    let certain = match decider.verdict(open) {
        Verdict::Never => return None,
        verdict => verdict == Verdict::Always,
    };
    Some((Candidate { option, certain, chosen: is_chosen(facts, question, option) }, choice.upcoming.is_some()))
}

fn is_chosen(facts: &Facts, question: QuestionIx, option: OptionIx) -> bool {
    match facts.get(question).map(|answer| &answer.value) {
        Some(AnswerValue::One(chosen)) => *chosen == option,
        Some(AnswerValue::Any { chosen, .. }) => chosen.contains(&option),
        _ => false,
    }
}
