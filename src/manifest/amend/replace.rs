//! Another answer where there is one, and what a flow leaves out.

use super::change::Target;
use super::document::{Found, Step, find};
use super::edits::Edits;
use super::insert::WITHOUT;
use super::list::texts;
use super::{Goal, Unamendable};
use crate::manifest::compose::TOLD;
use crate::manifest::told::NOTHING;
use crate::manifest::value;
use crate::model::QuestionIx;
use crate::yaml::Value;

impl Edits<'_, '_> {
    /// Writes another answer in the place of one.
    pub(super) fn replace(
        &mut self,
        target: &Target<'_>,
        goal: &Goal<'_>,
        question: QuestionIx,
    ) -> Result<(), Unamendable> {
        let Found::Here(steps) = find(target.map, goal.id(question)) else {
            return Err(Unamendable::Unsure);
        };
        let (Some(step), Some(wanted)) = (steps.last(), goal.value(question)) else { return Err(Unamendable::Unsure) };
        let parts = goal.ruleset.parts();
        let items = value::items(parts, question, wanted);
        if items.is_empty() || !self.list(*step, &items) {
            self.put_value(*step, &value::one_line(parts, question, wanted))?;
        }
        self.note(*step, goal, question);
        Ok(())
    }

    /// Writes what the team was told.
    pub(super) fn told(&mut self, target: &Target<'_>, goal: &Goal<'_>) -> Result<(), Unamendable> {
        let nothing = goal.told == [NOTHING];
        let one_line = if nothing { NOTHING.to_owned() } else { format!("[{}]", goal.told.join(", ")) };
        match key(target, "told") {
            Some(step) if goal.told.is_empty() => self.take_entry(step, &[TOLD.to_owned()]),
            Some(step) if !nothing && self.list(step, &goal.told) => {}
            Some(step) => self.put_value(step, &one_line)?,
            // Nobody can say in a flow that it is not known whether the list above it holds.
            None if goal.told.is_empty() => return Err(Unamendable::Unsure),
            None => {
                let text = format!("told: {one_line}");
                let rank = |key: &str| if matches!(key, "done" | "waivers") { usize::MAX } else { 0 };
                let blank = !target.is_flow && self.sections_stand_apart(goal.ruleset);
                let lines = |column: usize| {
                    let lead = " ".repeat(column);
                    let told = [format!("{lead}# {TOLD}"), format!("{lead}{text}")];
                    blank.then(String::new).into_iter().chain(told).collect()
                };
                self.insert_entry(target.map, WITHOUT, &rank, lines, &text);
            }
        }
        Ok(())
    }

    /// Takes a question out of what the flow leaves out.
    pub(super) fn include(&mut self, target: &Target<'_>, id: &str) -> Result<(), Unamendable> {
        let step = without(target).ok_or(Unamendable::Unsure)?;
        let left: Vec<String> =
            texts(&step.entry.value).into_iter().flatten().filter(|text| *text != id).map(str::to_owned).collect();
        if left.is_empty() {
            self.take_entry(step, &[]);
        } else if !self.list(step, &left) {
            return Err(Unamendable::Unsure);
        }
        Ok(())
    }

    /// Names a question among those that the flow leaves out.
    pub(super) fn leave_out(&mut self, target: &Target<'_>, id: &str) -> Result<(), Unamendable> {
        let Some(step) = without(target) else {
            let text = format!("without: {id}");
            // The rank of nothing else is looked at: what a flow has is told by its key.
            let rank = |key: &str| if matches!(key, "done" | "waivers" | "told") { usize::MAX } else { 0 };
            self.insert_entry(
                target.map,
                WITHOUT,
                &rank,
                |column| vec![format!("{}{text}", " ".repeat(column))],
                &text,
            );
            return Ok(());
        };
        let mut listed: Vec<String> = texts(&step.entry.value).into_iter().flatten().map(str::to_owned).collect();
        listed.push(id.to_owned());
        if let Value::List(_) = step.entry.value.value {
            if self.list(step, &listed) { Ok(()) } else { Err(Unamendable::Unsure) }
        } else {
            self.put_value(step, &format!("[{}]", listed.join(", ")))
        }
    }
}

fn without<'d>(target: &Target<'d>) -> Option<Step<'d>> {
    key(target, "without")
}

fn key<'d>(target: &Target<'d>, key: &str) -> Option<Step<'d>> {
    match find(target.map, key) {
        Found::Here(steps) => steps.last().copied(),
        Found::Missing(..) | Found::Blocked(_) => None,
    }
}
