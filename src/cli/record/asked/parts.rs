//! What is decided, why, by whom and when.

use std::collections::BTreeSet;

use clearshare::record::v1::{Choice, Person, Request};
use clearshare::record::{Refusal, barred, outstanding};
use clearshare::report::record::choice_words;
use clearshare::report::text::outcome_words;
use clearshare::text::counted;

use super::line::said;
use super::{Asking, Step};
use crate::cli::ask::desk::{Action, Entry, Halt, Pick, Picked};

impl Asking<'_> {
    pub(super) fn why(&mut self) -> Result<Step, Halt> {
        self.head("Why is there a new record?", &["What is other than it was, or what was wrong."])?;
        let now = self.said.why.clone();
        self.said.why = Some(said!(self.text("Type it and press Enter.", now.as_deref())?));
        Ok(Step::Next)
    }

    pub(super) fn choice(&mut self) -> Result<Step, Halt> {
        const TITLE: &str = "What is decided?";
        let (_, word, _, words) = outcome_words(self.on.outcome);
        let mut said = vec![format!("The advice is {word}: {words}")];
        let (offered, barred): (Vec<Choice>, Vec<Choice>) =
            Choice::ALL.iter().partition(|choice| self.barred(**choice).is_none());
        said.extend(barred.iter().filter_map(|choice| {
            let why = self.barred(*choice)?;
            Some(format!("\"{}\" is not offered: {why}", choice_words(*choice)))
        }));
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        self.head(TITLE, &said)?;
        let entry = |choice: &Choice| Entry {
            label: choice_words(*choice).to_owned(),
            help: Some(help(*choice).to_owned()),
            id: choice.word().to_owned(),
        };
        let entries = offered.iter().map(entry).collect();
        let now = offered.iter().position(|choice| Some(*choice) == self.said.choice).into_iter().collect();
        let pick = Pick { now, ..Pick::one(TITLE, entries, vec![Action::Back, Action::Leave]) };
        Ok(match self.pick(&pick)? {
            Picked::Act(Action::Leave) => Step::Leave,
            Picked::One(at) => {
                self.said.choice = offered.get(at).copied();
                if self.said.choice != Some(Choice::ShareWithConditions) {
                    self.said.conditions.clear();
                }
                Step::Next
            }
            _ => Step::Back,
        })
    }

    /// Why a choice is not offered.
    fn barred(&self, choice: Choice) -> Option<String> {
        match barred(self.on.advice, choice) {
            Some(Refusal::Stop { rules }) => {
                let titles: Vec<&str> = rules.iter().map(|(_, title)| title.as_str()).collect();
                let is = if titles.len() == 1 { "this rule forbids it" } else { "these rules forbid it" };
                Some(format!("{is}: {}.", titles.join("; ")))
            }
            Some(Refusal::Incomplete { open }) => {
                let open = counted(open, "question still matters", "questions still matter");
                Some(format!("it cannot be told yet what applies. {open}."))
            }
            Some(_) => Some("the advice does not allow it.".to_owned()),
            None => {
                let left = outstanding(self.on.advice).map(|(_, rule)| &rule.id).collect::<BTreeSet<_>>().len();
                let is = counted(left, "rule is outstanding", "rules are outstanding");
                (choice == Choice::Share && left > 0).then(|| format!("{is}, and each needs a condition."))
            }
        }
    }

    pub(super) fn reasons(&mut self) -> Result<Step, Halt> {
        let help = "Say it so that somebody who knows nothing of it understands it next year.";
        self.head("Why is it decided so?", &[help])?;
        let now = self.said.reasons.clone();
        self.said.reasons = Some(said!(self.text("Type it and press Enter.", now.as_deref())?));
        Ok(Step::Next)
    }

    pub(super) fn who(&mut self) -> Result<Step, Halt> {
        self.head("Who decided?", &[])?;
        let person = Person {
            name: self.said.decided_by.clone().unwrap_or_default(),
            role: self.said.role.clone().unwrap_or_default(),
        };
        let person = said!(self.person(Some(person), "Information asset owner")?);
        (self.said.decided_by, self.said.role) = (Some(person.name), Some(person.role));
        Ok(Step::Next)
    }

    pub(super) fn days(&mut self) -> Result<Step, Halt> {
        let today = self.on.today;
        self.head("When was it decided?", &["Write days as 2026-11-22."])?;
        let decided_on = loop {
            let now = self.said.decided_on.unwrap_or(today);
            let day = said!(self.day("The day of the decision.", now)?);
            if day <= today {
                break day;
            }
            self.note("That day is still to come: record the decision when it is taken.")?;
        };
        self.said.decided_on = Some(decided_on);
        if let Some(day) = self.said.review_on.filter(|day| *day < decided_on) {
            self.note(&format!("The day of the review was {day}, which is before the day of the decision."))?;
        }
        self.said.review_on = loop {
            let now = self.said.review_on.filter(|day| *day >= decided_on);
            let day = said!(self.day_or_not("The day by which it has to be looked at again.", now)?);
            if day.is_none_or(|day| day >= decided_on) {
                break day;
            }
            self.note("That day is before the day of the decision.")?;
        };
        Ok(Step::Next)
    }

    pub(super) fn request(&mut self) -> Result<Step, Halt> {
        const TITLE: &str = "Did somebody ask for the data?";
        self.head(TITLE, &[])?;
        let entry = |label: &str, id: &str| Entry { label: label.to_owned(), help: None, id: id.to_owned() };
        let now = vec![usize::from(self.said.request.is_some())];
        let pick = Pick::one(TITLE, vec![entry("No", "no"), entry("Yes", "yes")], vec![Action::Back, Action::Leave]);
        match self.pick(&Pick { now, ..pick })? {
            Picked::One(0) => {
                self.said.request = None;
                return Ok(Step::Next);
            }
            Picked::One(_) => {}
            Picked::Act(Action::Leave) => return Ok(Step::Leave),
            _ => return Ok(Step::Back),
        }
        let before = self.said.request.clone();
        let by = said!(self.person(before.as_ref().map(|request| request.by.clone()), "Head of risk")?);
        let today = self.on.today;
        let on = said!(self.day("The day of the request.", before.as_ref().map_or(today, |request| request.on))?);
        let now = before.and_then(|request| request.says);
        let says = said!(self.text_or_not("What did they ask for?", now.as_deref())?);
        self.said.request = Some(Request { by, on, says });
        Ok(Step::Next)
    }
}

/// What a choice means.
const fn help(choice: Choice) -> &'static str {
    match choice {
        Choice::Share => "The data may be shared as described.",
        Choice::ShareWithConditions => "The data may be shared as long as the conditions are kept.",
        Choice::DoNotShare => "The data is not shared.",
        Choice::Defer => "Nothing is decided yet.",
    }
}
