//! The conditions: one for each rule that is outstanding, and any others.

use clearshare::record::outstanding;
use clearshare::record::v1::{Rule, SharingCondition};

use super::line::said;
use super::lists::Listed;
use super::{Asking, Step};
use crate::cli::ask::desk::{Action, Entry, Halt, Pick, Picked};

/// A rule that needs a condition.
struct Needed {
    rule: Rule,
    /// The flow, where it is about one alone.
    flow: Option<String>,
}

impl Asking<'_> {
    pub(super) fn conditions(&mut self) -> Result<Step, Halt> {
        let needed = self.needed();
        let mut conditions = match self.as_they_stand(&needed)? {
            Ok(true) => needed.iter().map(|one| self.begun(one)).collect(),
            Ok(false) => Vec::new(),
            Err(step) => return Ok(step),
        };
        while let Some(one) = needed.get(conditions.len()) {
            match self.condition_for(one, (conditions.len() + 1, needed.len()))? {
                Ok(condition) => conditions.push(condition),
                Err(Step::Back) if conditions.pop().is_some() => {}
                Err(step) => return Ok(step),
            }
        }
        // Those that somebody named besides stay.
        let sees_to =
            |condition: &SharingCondition| needed.iter().any(|one| condition.rule.as_ref() == Some(&one.rule.id));
        conditions.extend(self.said.conditions.drain(..).filter(|condition| !sees_to(condition)));
        self.said.conditions = conditions;
        self.others(needed.len())
    }

    /// The rules that are outstanding, each once, unless what was said before tells its flows apart.
    fn needed(&self) -> Vec<Needed> {
        let flows = self.on.advice.flows.len();
        let mut needed: Vec<Needed> = Vec::new();
        for (flow, rule) in outstanding(self.on.advice) {
            let told_apart =
                |condition: &SharingCondition| condition.rule.as_ref() == Some(&rule.id) && condition.flow.is_some();
            let apart = self.said.conditions.iter().any(told_apart);
            match needed.iter_mut().find(|one| one.rule.id == rule.id && !apart) {
                // It is outstanding for several.
                Some(one) => one.flow = None,
                None => needed.push(Needed { rule: rule.clone(), flow: (flows > 1).then(|| flow.id.clone()) }),
            }
        }
        needed
    }

    fn condition_for(
        &mut self,
        one: &Needed,
        (at, all): (usize, usize),
    ) -> Result<Result<SharingCondition, Step>, Halt> {
        let rule = &one.rule;
        let title = format!("Condition {at} of {all}: {}", rule.title);
        let flow = one.flow.as_ref().map(|flow| format!("This is about the flow {flow}."));
        let head: Vec<&str> = [Some(rule.because.as_str()), flow.as_deref()].into_iter().flatten().collect();
        self.head(&title, &head)?;
        let now = self.begun(one);
        let mut made = now.clone();
        let step = self.condition(&mut made, &now)?;
        Ok(if step == Step::Next { Ok(made) } else { Err(step) })
    }

    /// A condition as it stands before anybody is asked for it: as it was, or as the rule says.
    fn begun(&self, one: &Needed) -> SharingCondition {
        let rule = &one.rule;
        let before = |condition: &&SharingCondition| {
            condition.rule.as_ref() == Some(&rule.id) && (condition.flow == one.flow || condition.flow.is_none())
        };
        let before = self.said.conditions.iter().find(before);
        SharingCondition {
            says: before.map_or_else(|| rule.title.clone(), |before| before.says.clone()),
            rule: Some(rule.id.clone()),
            flow: one.flow.clone(),
            who: match before {
                Some(before) => before.who.clone(),
                None => rule.steps.first().map(|step| step.who.title.clone()),
            },
            by: before.and_then(|before| before.by),
        }
    }

    /// Asks, of several, whether each is to be a condition as it stands.
    fn as_they_stand(&mut self, needed: &[Needed]) -> Result<Result<bool, Step>, Halt> {
        if needed.len() < 2 {
            return Ok(Ok(false));
        }
        let title = format!("{} rules are outstanding, and each needs a condition", needed.len());
        let titles: Vec<&str> = needed.iter().map(|one| one.rule.title.as_str()).collect();
        self.head_over(&title, &titles)?;
        let entry = |label: &str, id: &str| Entry { label: label.to_owned(), help: None, id: id.to_owned() };
        let entries = vec![
            entry("Word each condition, and say who sees to it by when", "each"),
            entry("Make each of them a condition as it stands", "all"),
        ];
        Ok(match self.pick(&Pick::one(&title, entries, vec![Action::Back, Action::Leave]))? {
            Picked::One(at) => Ok(at == 1),
            Picked::Act(Action::Leave) => Err(Step::Leave),
            _ => Err(Step::Back),
        })
    }

    /// Asks for a condition, which is something already.
    fn condition(&mut self, made: &mut SharingCondition, now: &SharingCondition) -> Result<Step, Halt> {
        let says = Some(now.says.as_str()).filter(|says| !says.is_empty());
        made.says = said!(self.text("What has to be so?", says)?);
        made.who = said!(self.text_or_not("Who sees to it?", now.who.as_deref())?);
        made.by = loop {
            let day = said!(self.day_or_not("By when? Write a day as 2026-11-22.", now.by)?);
            if day.is_none_or(|day| day >= self.said.decided_on.unwrap_or(day)) {
                break day;
            }
            self.note("That day is before the day of the decision.")?;
        };
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
