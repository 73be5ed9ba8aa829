//! The rules that need a condition, and how conditions are to be made of them.

use std::collections::BTreeSet;

use clearshare::record::outstanding;
use clearshare::record::v1::{Rule, SharingCondition};

use super::{Asking, Step};
use crate::cli::ask::desk::{Action, Entry, Halt, Pick, Picked};

/// A rule that needs a condition.
pub(super) struct Needed {
    pub(super) rule: Rule,
    /// The flow that the condition names, where it is about one alone.
    pub(super) flow: Option<String>,
    /// The flows for which the rule is outstanding.
    pub(super) flows: Vec<String>,
}

/// How conditions are to be made of rules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Each is worded.
    Worded,
    /// Each is what its rule says, or what was said before.
    AsItStands,
    /// Each is worded, once for all flows.
    Together,
    /// Each is worded, for each flow by itself.
    Apart,
}

impl Asking<'_> {
    /// The rules that are outstanding: each once, or for each flow apart. Where nothing is asked for, as it was said before.
    pub(super) fn needed(&self, apart: Option<bool>) -> Vec<Needed> {
        let several = self.on.advice.flows.len() > 1;
        let mut needed: Vec<Needed> = Vec::new();
        for (flow, rule) in outstanding(self.on.advice) {
            let told_apart =
                |condition: &SharingCondition| condition.rule.as_ref() == Some(&rule.id) && condition.flow.is_some();
            let apart = apart.unwrap_or_else(|| self.said.conditions.iter().any(told_apart));
            if let Some(one) = needed.iter_mut().find(|one| one.rule.id == rule.id && !apart) {
                // It is outstanding for several.
                one.flow = None;
                one.flows.push(flow.id.clone());
            } else {
                let flow = flow.id.clone();
                needed.push(Needed { rule: rule.clone(), flow: several.then(|| flow.clone()), flows: vec![flow] });
            }
        }
        needed
    }

    /// The flows for which a rule is outstanding, where the manifest has several.
    pub(super) fn flows_of(&self, one: &Needed) -> Option<String> {
        let are = if one.flows.len() == 1 { "the flow" } else { "the flows" };
        (self.on.advice.flows.len() > 1).then(|| format!("{are} {}", one.flows.join(", ")))
    }

    /// A condition as it stands before anybody is asked for it: as it was, or as the rule says.
    pub(super) fn begun(&self, one: &Needed) -> SharingCondition {
        let rule = &one.rule;
        let about = |fits: &dyn Fn(&SharingCondition) -> bool| {
            let mut about = self.said.conditions.iter().filter(|before| before.rule.as_ref() == Some(&rule.id));
            about.find(|before| fits(before))
        };
        let before = about(&|before| before.flow == one.flow)
            .or_else(|| about(&|before| before.flow.is_none() || one.flow.is_none()));
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

    /// Asks, of several, how conditions are to be made of them.
    pub(super) fn how(&mut self, needed: &[Needed]) -> Result<Result<How, Step>, Halt> {
        let is_apart = |one: &Needed| needed.iter().filter(|other| other.rule.id == one.rule.id).count() > 1;
        let (apart, together) = (needed.iter().any(is_apart), needed.iter().any(|one| one.flows.len() > 1));
        if needed.len() < 2 && !together {
            return Ok(Ok(How::Worded));
        }
        let rules = needed.iter().map(|one| one.rule.id.as_str()).collect::<BTreeSet<_>>().len();
        let title = match rules {
            1 => "A rule is outstanding, and it needs a condition".to_owned(),
            rules => format!("{rules} rules are outstanding, and each needs a condition"),
        };
        let line = |one: &Needed| match self.flows_of(one) {
            Some(flows) => format!("{} ({flows})", one.rule.title),
            None => one.rule.title.clone(),
        };
        let titles: Vec<String> = needed.iter().map(line).collect();
        self.head_over(&title, &titles.iter().map(String::as_str).collect::<Vec<_>>())?;
        let all = [
            (true, How::Worded, "each", "Word each condition, and say who sees to it by when"),
            (true, How::AsItStands, "all", "Make each of them a condition as it stands"),
            (together, How::Apart, "apart", "Word a condition for each flow by itself"),
            (apart, How::Together, "together", "Word each condition once for all its flows"),
        ];
        let offered: Vec<_> = all.into_iter().filter(|(offered, ..)| *offered).collect();
        let entry = |id: &str, label: &str| Entry { label: label.to_owned(), help: None, id: id.to_owned() };
        let entries = offered.iter().map(|(_, _, id, label)| entry(id, label)).collect();
        Ok(match self.pick(&Pick::one(&title, entries, vec![Action::Back, Action::Leave]))? {
            Picked::One(at) => Ok(offered.get(at).map_or(How::Worded, |(_, how, ..)| *how)),
            Picked::Act(Action::Leave) => Err(Step::Leave),
            _ => Err(Step::Back),
        })
    }
}
