//! A question as a choice, and a choice as an answer.

use clearshare::interview::Session;
use clearshare::model::{AnswerValue, Choice, Ix, Kind, OptionIx, QuestionIx};

use super::desk::{Action, Entry, How, Pick, Picked};

/// A question as it is put to somebody.
pub(super) struct Menu {
    /// The choice.
    pub(super) pick: Pick,
    /// The option of each entry.
    options: Vec<OptionIx>,
    kind: Kind,
}

impl Menu {
    /// The options that may be chosen, or those that do not fit here.
    pub(super) fn of(session: &mut Session<'_>, question: QuestionIx, fitting: bool) -> Self {
        let ruleset = session.ruleset();
        let kind = ruleset.questions().get(question).map_or(Kind::Text, |question| question.kind);
        let offers = session.offers(question);
        let closed = offers.iter().any(|offer| !offer.open);
        let now = session.answer_to(question);
        // What ends the questions was not kept, and is not shown again.
        let now = now.filter(|_| !ruleset.is_screening(question));
        let (chosen, more) = chosen(now);
        // What was chosen stays to be seen, also where it does not fit.
        let shown = offers.iter().filter(|offer| offer.open == fitting || (fitting && chosen.contains(&offer.option)));
        let options: Vec<OptionIx> = shown.map(|offer| offer.option).collect();
        // What follows from choices made before is asked about their conditions: they were described then.
        let list = ruleset.questions().get(question).and_then(|question| question.list);
        let follows = list.and_then(|list| ruleset.parts().lists.get(list)).is_some_and(|list| list.each.is_some());
        let entry = |option: &OptionIx| {
            let choice = ruleset.choice(question, *option);
            Entry {
                label: choice.map_or_else(String::new, |choice| clearshare::text::visible(&choice.label).into_owned()),
                help: choice
                    .and_then(|choice| conditions(choice).filter(|_| follows).or_else(|| (*choice.help).clone())),
                id: choice.map_or_else(String::new, |choice| choice.id.clone()),
            }
        };
        let entries = options.iter().map(entry).collect();
        let at = |option: &OptionIx| options.iter().position(|other| other == option);
        let now = chosen.iter().filter_map(at).collect();
        let mut actions = vec![Action::Unknown, Action::Why];
        if closed && fitting {
            actions.push(Action::Others);
        }
        actions.extend([Action::Back, Action::SoFar, Action::Stop]);
        let how = if kind == Kind::AnyOf { How::Several } else { How::One };
        let title = ruleset.questions().get(question).map_or_else(String::new, |question| question.prompt.to_string());
        Self {
            pick: Pick { title, how, entries, now, unsure: how == How::Several, more, foremost: 0, actions },
            options,
            kind,
        }
    }

    /// The answer that a choice is; none where it is something else to do.
    pub(super) fn answer(&self, picked: &Picked) -> Option<AnswerValue> {
        let option = |at: &usize| self.options.get(*at).copied();
        match (picked, self.kind) {
            (Picked::Act(Action::Unknown), _) => Some(AnswerValue::Unknown),
            (Picked::Act(_), _) => None,
            (Picked::One(at), Kind::AnyOf) => Some(AnswerValue::Any { chosen: vec![option(at)?], more: false }),
            (Picked::One(at), _) => Some(AnswerValue::One(option(at)?)),
            (Picked::Several { chosen, more }, _) => {
                let mut chosen: Vec<OptionIx> = chosen.iter().filter_map(option).collect();
                chosen.sort_unstable_by_key(|option| option.index());
                Some(AnswerValue::Any { chosen, more: *more })
            }
        }
    }
}

/// What must hold for a choice to be relied on.
fn conditions(choice: &Choice) -> Option<String> {
    let must_hold: Vec<&str> =
        choice.conditions.iter().map(|condition| condition.must_hold.trim_end_matches('.')).collect();
    (!must_hold.is_empty()).then(|| format!("It needs: {}.", must_hold.join("; ")))
}

fn chosen(now: Option<&AnswerValue>) -> (Vec<OptionIx>, bool) {
    match now {
        Some(AnswerValue::One(option)) => (vec![*option], false),
        Some(AnswerValue::Any { chosen, more }) => (chosen.clone(), *more),
        _ => (Vec::new(), false),
    }
}
