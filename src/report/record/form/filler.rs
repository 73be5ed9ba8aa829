//! What the facts of a record say to each field of the form.

use super::people::{officers, person};
use super::{Row, given, paragraphs, written};
use crate::record::v1::Record;
use crate::report::record::document::{Span, Text, plain};
use crate::report::record::facts::Facts;
use crate::report::record::{RETENTION, View};

/// The question about what there is already.
const IN_PLACE: &str = "evidence.in-place";

/// Fills fields from the answers of all flows.
pub(super) struct Filler<'a> {
    view: &'a View<'a>,
    facts: Vec<Facts<'a>>,
}

impl<'a> Filler<'a> {
    /// From a record.
    pub(super) fn new(record: &'a Record, view: &'a View<'a>) -> Self {
        Self { view, facts: Facts::of(record).collect() }
    }

    /// What was asked for, by whom, and what for.
    pub(super) fn request(&self) -> Vec<Row> {
        let request = self.view.request.as_ref();
        let mut wanted: Vec<Text> = request.and_then(|request| request.says).map(paragraphs).unwrap_or_default();
        let described = self.answers(
            &["data.form", "data.about", "data.topic", "data.contains", "data.scale", "data.origin"],
            Labels::Prompts,
        );
        wanted.extend(described);
        vec![
            self.field("Organisation that was asked to share", &["from.body"]),
            self.field("Organisation that asks for the data", &["to.body", "to.country"]),
            given("Person who asks, and their post", request.map(|request| person(&request.by))),
            given("Date of the request", request.map(|request| request.on.to_string())),
            written("Data that is asked for", wanted),
            self.field(
                "Who decides about the data once it is shared (joint or separate controllers)",
                &["exchange.relationship"],
            ),
            self.in_place(
                "Whether there will be a data sharing agreement",
                &["agreement", "joint-arrangement", "processor-terms"],
            ),
            self.field("Purpose", &["purpose.use", "purpose.held-for", "purpose.compatible"]),
            self.dates(),
        ]
    }

    /// The powers, bases and conditions.
    pub(super) fn lawful(&self) -> Vec<Row> {
        vec![
            self.field("Lawful basis", &["basis.sender"]),
            self.necessity(),
            self.several(
                "Further conditions for specially protected data or criminal offences",
                &["basis.special", "basis.offence"],
            ),
            self.law_enforcement(),
            self.field("Legal power", &["power.gateway", "power.conditions", "power.limits", "confidence.grounds"]),
        ]
    }

    /// What keeps people and their data safe.
    pub(super) fn protection(&self) -> Vec<Row> {
        vec![
            written("Whether an impact assessment was considered", self.concluded(&["dpia-needed"])),
            self.in_place("Impact assessment that was done, and what came of it", &["dpia", "dpia-high-risk-left"]),
            written("What the data protection officer thinks", officers(self.view)),
            self.retention(),
            written("Security", {
                let mut said = self.concluded(&["tier", "marking"]);
                said.extend(self.answers(&["handling.route", "handling.controls", "hosting.kind"], Labels::Prompts));
                said
            }),
            self.field(
                "Arrangements for people's information rights",
                &["people.expect", "people.exemption", "rights.contact", "people.objections", "decisions.safeguards"],
            ),
            self.field("Transfer outside the UK", &["abroad.access-from", "abroad.mechanism", "abroad.part3-route"]),
        ]
    }

    /// A field for a question, and for those that say more about it.
    fn field(&self, name: &str, questions: &[&str]) -> Row {
        let mut rest = questions.iter();
        let first: Vec<Text> = rest.next().map(|first| self.answers(&[first], Labels::None)).unwrap_or_default();
        let more = self.answers(rest.as_slice(), Labels::Prompts);
        self.asked(name, questions, first.into_iter().chain(more).collect())
    }

    /// A field whose questions are of one weight.
    fn several(&self, name: &str, questions: &[&str]) -> Row {
        self.asked(name, questions, self.answers(questions, Labels::Prompts))
    }

    /// What was said, or why nothing was.
    fn asked(&self, name: &str, questions: &[&str], said: Vec<Text>) -> Row {
        if !said.is_empty() {
            return (name.to_owned(), said);
        }
        let is_open =
            |facts: &Facts<'_>| facts.flow.open.iter().any(|open| questions.contains(&open.question.as_str()));
        let why = if self.facts.iter().any(is_open) {
            "Not answered when this was decided. Write it here:"
        } else {
            "Not answered: the advice did not depend on it. Write it here, if there is something to say:"
        };
        (name.to_owned(), vec![plain(why)])
    }

    /// The dates of the decision; the answers stand behind them.
    fn dates(&self) -> Row {
        let name = "Dates of the sharing, or how often";
        let questions = ["exchange.pattern", "class.until"];
        let Some(dates) = self.view.decision.dates else { return self.field(name, &questions) };
        let mut said = paragraphs(dates);
        said.extend(self.answers(&questions, Labels::Prompts));
        (name.to_owned(), said)
    }

    /// What was answered, and why in words.
    fn necessity(&self) -> Row {
        let said = self.answers(&["purpose.need", "purpose.serves-sender"], Labels::Prompts);
        let else_to_write = "The record does not say why in words. Write it here:";
        in_words("Why the sharing is necessary", self.view.decision.necessity, said, else_to_write)
    }

    /// Which of these exist already.
    fn in_place(&self, name: &str, options: &[&str]) -> Row {
        let said = self.each_flow(|facts| {
            let labels = options.iter().filter_map(|option| facts.label(IN_PLACE, option));
            let labels: Vec<String> = labels.map(|label| format!("In place: {label}")).collect();
            match (labels.is_empty(), facts.is_unknown(IN_PLACE), facts.answer(IN_PLACE).is_some()) {
                (false, _, _) | (true, false, false) => labels,
                (true, true, _) => vec!["Not known".to_owned()],
                (true, false, true) => vec!["Not in place when this was decided".to_owned()],
            }
        });
        written(name, said)
    }

    fn law_enforcement(&self) -> Row {
        let mut said = self.concluded(&["regime.sender", "regime.recipient"]);
        said.extend(self.answers(
            &["part3.necessity", "part3.release", "part3.processor-access", "exchange.joint-regime"],
            Labels::Prompts,
        ));
        written("Law enforcement data (Part 3 of the Data Protection Act 2018)", said)
    }

    /// Of the answers, only whether a period is set.
    fn retention(&self) -> Row {
        let said = self.each_flow(|facts| {
            let set = facts.label("handling.controls", "retention-set");
            set.map(|label| format!("In place: {label}")).into_iter().collect()
        });
        let else_to_write = "The record does not say how long the data is kept, nor how it is deleted. Write it here:";
        in_words(RETENTION, self.view.decision.retention, said, else_to_write)
    }

    /// What follows from the answers.
    fn concluded(&self, facts: &[&str]) -> Vec<Text> {
        self.each_flow(|flow| {
            let derived = facts.iter().filter_map(|id| flow.derived(id));
            derived
                .map(|fact| match (&fact.says, &fact.value, &fact.at_least) {
                    (Some(says), Some(_), _) => says.clone(),
                    (None, Some(value), _) => format!("{}: {value}", fact.title),
                    (_, None, Some(least)) => format!("{}: not settled; at least {least}", fact.title),
                    (_, None, None) => format!("{}: not settled", fact.title),
                })
                .collect()
        })
    }

    /// The answers to questions, with or without what was asked.
    fn answers(&self, questions: &[&str], labels: Labels) -> Vec<Text> {
        self.each_flow(|facts| {
            questions.iter().filter_map(|question| facts.said(question, labels == Labels::Prompts)).collect()
        })
    }

    /// What is to be said of each flow: once where it is the same of all, else with the flow's name.
    fn each_flow(&self, says: impl Fn(&Facts<'_>) -> Vec<String>) -> Vec<Text> {
        let all: Vec<(&str, Vec<String>)> =
            self.facts.iter().map(|facts| (facts.flow.id.as_str(), says(facts))).collect();
        match all.as_slice() {
            [] => Vec::new(),
            [(_, first), rest @ ..] if rest.iter().all(|(_, other)| other == first) => {
                first.iter().map(|line| plain(line.as_str())).collect()
            }
            several => {
                let of = |(flow, said): &(&str, Vec<String>)| {
                    let said = if said.is_empty() { vec!["the record does not say".to_owned()] } else { said.clone() };
                    said.into_iter()
                        .map(|line| vec![Span::Strong(format!("{flow}:")), Span::Plain(format!(" {line}"))])
                        .collect()
                };
                several.iter().flat_map(|one| -> Vec<Text> { of(one) }).collect()
            }
        }
    }
}

/// A field that answers begin to fill and the decision's words complete; without those, it is to be written in.
fn in_words(name: &str, words: Option<&str>, mut said: Vec<Text>, else_to_write: &str) -> Row {
    match words {
        Some(words) => said.extend(paragraphs(words)),
        None => said.push(plain(else_to_write)),
    }
    (name.to_owned(), said)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Labels {
    None,
    Prompts,
}
