//! People who were consulted, and evidence: any number of each.

use std::path::Path;

use clearshare::record::v1::{Consulted, Person, View};
use clearshare::record::{EvidenceAt, UncheckedEvidence};
use clearshare::report::record::view_words;
use clearshare::text::quoted;

use super::line::{Line, said};
use super::{Asking, Step};
use crate::cli::ask::desk::{Action, Entry, Halt, Pick, Picked};

/// What is to be done with a list.
pub(super) enum Listed {
    /// It is whole.
    Done,
    /// Something is to be added.
    Add,
    /// All that can be taken out is to be.
    Clear,
    /// Something else.
    Step(Step),
}

fn entry(label: &str, id: &str) -> Entry {
    Entry { label: label.to_owned(), help: None, id: id.to_owned() }
}

impl Asking<'_> {
    /// Shows a list, and asks what is to be done with it.
    pub(super) fn list(&mut self, title: &str, shown: &[String], none: &str, add: &str) -> Result<Listed, Halt> {
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        self.head_over(title, &shown)?;
        let mut entries = vec![entry(if shown.is_empty() { none } else { "That is all" }, "done"), entry(add, "add")];
        entries.extend((!shown.is_empty()).then(|| entry("Take them all out", "clear")));
        Ok(match self.pick(&Pick::one(title, entries, vec![Action::Back, Action::Leave]))? {
            Picked::One(0) => Listed::Done,
            Picked::One(1) => Listed::Add,
            Picked::One(_) => Listed::Clear,
            Picked::Act(Action::Leave) => Listed::Step(Step::Leave),
            _ => Listed::Step(Step::Back),
        })
    }

    pub(super) fn consulted(&mut self) -> Result<Step, Halt> {
        loop {
            let line = |one: &Consulted| format!("{}, {}: {}", one.name, one.role, view_words(one.view));
            let shown: Vec<String> = self.said.consulted.iter().map(line).collect();
            match self.list("Whose view was asked?", &shown, "Nobody's", "Add a person")? {
                Listed::Done => {
                    if let Some(step) = self.answers_lack()? {
                        return Ok(step);
                    }
                }
                Listed::Clear => self.said.consulted.clear(),
                Listed::Step(step) => return Ok(step),
                Listed::Add => match self.one_consulted()? {
                    Line::Said(one) => self.said.consulted.push(one),
                    Line::Step(Step::Leave) => return Ok(Step::Leave),
                    Line::Step(_) => {}
                },
            }
        }
    }

    /// Asks for the answer to each who disagrees, where the data is shared all the same; none where somebody goes back to the list.
    pub(super) fn answers_lack(&mut self) -> Result<Option<Step>, Halt> {
        let shares = self.shares();
        for at in 0..self.said.consulted.len() {
            let lacks = |one: &&Consulted| shares && one.view == View::Disagrees && one.answer.is_none();
            let Some(name) = self.said.consulted.get(at).filter(lacks).map(|one| one.name.clone()) else { continue };
            self.head(&format!("{name} disagrees. Why is the data shared all the same?"), &[])?;
            match self.text("Type it and press Enter.", None)? {
                Line::Said(answer) => {
                    if let Some(one) = self.said.consulted.get_mut(at) {
                        one.answer = Some(answer);
                    }
                }
                Line::Step(Step::Leave) => return Ok(Some(Step::Leave)),
                Line::Step(_) => return Ok(None),
            }
        }
        Ok(Some(Step::Next))
    }

    fn one_consulted(&mut self) -> Result<Line<Consulted>, Halt> {
        const TITLE: &str = "What do they think of it?";
        let person = match self.person(None, "Data protection officer")? {
            Line::Said(person) => person,
            Line::Step(step) => return Ok(Line::Step(step)),
        };
        self.head(TITLE, &[])?;
        let entries = View::ALL.iter().map(|view| entry(view_words(*view), view.word())).collect();
        let view = match self.pick(&Pick::one(TITLE, entries, vec![Action::Back, Action::Leave]))? {
            Picked::One(at) => View::ALL.get(at).copied().unwrap_or(View::NoView),
            Picked::Act(Action::Leave) => return Ok(Line::Step(Step::Leave)),
            _ => return Ok(Line::Step(Step::Back)),
        };
        let on = loop {
            match self.day_or_not("On which day? Write it as 2026-11-22.", None)? {
                Line::Said(Some(day)) if day > self.on.today => self.note("That day is still to come.")?,
                Line::Said(on) => break on,
                Line::Step(step) => return Ok(Line::Step(step)),
            }
        };
        let says = match self.text_or_not("What did they say?", None)? {
            Line::Said(says) => says,
            Line::Step(step) => return Ok(Line::Step(step)),
        };
        Ok(Line::Said(Consulted { role: person.role, name: person.name, on, view, says, answer: None }))
    }

    /// A person, with their role.
    pub(super) fn person(&mut self, now: Option<Person>, role: &str) -> Result<Line<Person>, Halt> {
        let (name_now, role_now) = now.map(|now| (now.name, now.role)).unzip();
        let there = |text: Option<String>| text.filter(|text| !text.is_empty());
        let name = match self.text("Their name.", there(name_now).as_deref())? {
            Line::Said(name) => name,
            Line::Step(step) => return Ok(Line::Step(step)),
        };
        let prompt = format!("Their role or post, such as {role}.");
        Ok(match self.text(&prompt, there(role_now).as_deref())? {
            Line::Said(role) => Line::Said(Person { name, role }),
            Line::Step(step) => Line::Step(step),
        })
    }

    pub(super) fn evidence(&mut self) -> Result<Step, Halt> {
        loop {
            let line = |one: &UncheckedEvidence| match &one.at {
                EvidenceAt::Link(at) | EvidenceAt::File(at) => format!("{}: {at}", one.title),
            };
            let shown: Vec<String> = self.said.evidence.iter().map(line).collect();
            let title = "What shows that this is so?";
            match self.list(title, &shown, "Nothing that I want to name", "Add a file, a web address or a reference")? {
                Listed::Done => return Ok(Step::Next),
                Listed::Clear => self.said.evidence.clear(),
                Listed::Step(step) => return Ok(step),
                Listed::Add => {
                    if self.one_piece()? == Step::Leave {
                        return Ok(Step::Leave);
                    }
                }
            }
        }
    }

    fn one_piece(&mut self) -> Result<Step, Halt> {
        let title = said!(self.text("What is it, such as Impact assessment?", None)?);
        let text = said!(self.text("Where is it? Type the path of a file, a web address or a reference.", None)?);
        let at = if Path::new(&text).is_file() {
            EvidenceAt::File(text)
        } else {
            if !text.contains("://") {
                self.note(&format!("There is no file {} here, so it is kept as a reference.", quoted(&text)))?;
            }
            EvidenceAt::Link(text)
        };
        self.said.evidence.push(UncheckedEvidence { title, at, sha256: None, rule: None, place: None });
        Ok(Step::Next)
    }
}
