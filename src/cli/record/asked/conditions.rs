//! The conditions: one for each rule that is outstanding, and any others.

use clearshare::model::Date;
use clearshare::record::v1::SharingCondition;

use super::line::{Line, said};
use super::lists::Listed;
use super::needed::{How, Needed};
use super::{Asking, Step};
use crate::cli::ask::desk::Halt;

impl Asking<'_> {
    pub(super) fn conditions(&mut self) -> Result<Step, Halt> {
        let mut needed = self.needed(None);
        let how = match self.how(&needed)? {
            Ok(how) => how,
            Err(step) => return Ok(step),
        };
        if let How::Together | How::Apart = how {
            needed = self.needed(Some(how == How::Apart));
        }
        let mut conditions: Vec<SharingCondition> = match how {
            How::AsItStands => needed.iter().map(|one| self.begun(one)).collect(),
            _ => Vec::new(),
        };
        while let Some(one) = needed.get(conditions.len()) {
            match self.condition_for(one, (conditions.len() + 1, needed.len()))? {
                Ok(condition) => conditions.push(condition),
                Err(Step::Back) if conditions.pop().is_some() => {}
                Err(step) => return Ok(step),
            }
        }
        // Those that somebody named besides stay.
        let sees_to = |condition: &SharingCondition| {
            needed.iter().any(|one| condition.rule.as_ref() == Some(&one.rule.id) && self.is_of(condition, &one.flows))
        };
        let others = self.said.conditions.iter().filter(|condition| !sees_to(condition));
        conditions.extend(others.cloned());
        self.said.conditions = conditions;
        match self.past_days()? {
            Step::Next => self.others(needed.len()),
            step => Ok(step),
        }
    }

    /// Whether a condition is about one of these flows, or about a flow that there is not.
    fn is_of(&self, condition: &SharingCondition, flows: &[String]) -> bool {
        let is_here = |id: &String| self.on.advice.flows.iter().any(|flow| flow.id == *id);
        condition.flow.as_ref().is_none_or(|id| flows.contains(id) || !is_here(id))
    }

    fn condition_for(
        &mut self,
        one: &Needed,
        (at, all): (usize, usize),
    ) -> Result<Result<SharingCondition, Step>, Halt> {
        let rule = &one.rule;
        let title = format!("Condition {at} of {all}: {}", rule.title);
        let flow = self.flows_of(one).map(|flows| format!("This is about {flows}."));
        let head: Vec<&str> = [Some(rule.because.as_str()), flow.as_deref()].into_iter().flatten().collect();
        self.head(&title, &head)?;
        let now = self.begun(one);
        let mut made = now.clone();
        let step = self.condition(&mut made, &now)?;
        Ok(if step == Step::Next { Ok(made) } else { Err(step) })
    }

    /// Asks for a condition, which is something already.
    fn condition(&mut self, made: &mut SharingCondition, now: &SharingCondition) -> Result<Step, Halt> {
        let says = Some(now.says.as_str()).filter(|says| !says.is_empty());
        made.says = said!(self.text("What has to be so?", says)?);
        made.who = said!(self.text_or_not("Who sees to it?", now.who.as_deref())?);
        made.by = said!(self.by_when(now.by)?);
        Ok(Step::Next)
    }

    /// Asks by when a condition is to be seen to. A day that was said before and is past by now is no answer.
    fn by_when(&mut self, now: Option<Date>) -> Result<Line<Option<Date>>, Halt> {
        let past = now.filter(|day| self.is_past(*day));
        if let Some(day) = past {
            self.note(&format!("The day was {day}, which is before the day of the decision."))?;
        }
        loop {
            let line = self.day_or_not("By when? Write a day as 2026-11-22.", now.filter(|_| past.is_none()))?;
            // The day of the decision is asked later, and may be before today. What was past is not to be past again.
            let is_too_early = |day: Date| match (past, self.said.decided_on) {
                (None, None) => false,
                _ => self.is_past(day),
            };
            match line {
                Line::Said(Some(day)) if is_too_early(day) => {
                    self.note("That day is before the day of the decision.")?;
                }
                line => return Ok(line),
            }
        }
    }

    /// Whether a day is before that of the decision: today, unless another was said.
    pub(super) fn is_past(&self, day: Date) -> bool {
        day < self.said.decided_on.unwrap_or(self.on.today)
    }

    /// Asks again by when each condition is to be seen to whose day is past by now.
    fn past_days(&mut self) -> Result<Step, Halt> {
        for at in 0..self.said.conditions.len() {
            let past = |one: &&SharingCondition| one.by.is_some_and(|day| self.is_past(day));
            let Some(one) = self.said.conditions.get(at).filter(past).cloned() else { continue };
            self.head("By when is this to be so?", &[&one.says])?;
            let by = said!(self.by_when(one.by)?);
            if let Some(one) = self.said.conditions.get_mut(at) {
                one.by = by;
            }
        }
        Ok(Step::Next)
    }

    /// Conditions that are for no outstanding rule.
    fn others(&mut self, first: usize) -> Result<Step, Halt> {
        loop {
            let shown: Vec<String> = self.said.conditions.iter().skip(first).map(|one| one.says.clone()).collect();
            let none = if first > 0 { "No other conditions" } else { "No conditions" };
            match self.list("Are there other conditions?", &shown, none, "Add a condition")? {
                Listed::Done if self.said.conditions.is_empty() => {
                    self.note("There has to be a condition, or the decision is another.")?;
                }
                Listed::Done => return Ok(Step::Next),
                Listed::Clear => self.said.conditions.truncate(first),
                Listed::Step(step) => return Ok(step),
                Listed::Add => {
                    let now = SharingCondition { says: String::new(), rule: None, flow: None, who: None, by: None };
                    let mut made = now.clone();
                    match self.condition(&mut made, &now)? {
                        Step::Next => self.said.conditions.push(made),
                        Step::Back => {}
                        Step::Leave => return Ok(Step::Leave),
                    }
                }
            }
        }
    }
}
