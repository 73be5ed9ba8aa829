//! The row for a record of processing activities (UK GDPR, Article 30), for a spreadsheet. What the record does not know is left
//! empty, and never guessed.

use super::View;
use super::facts::{Facts, lines};
use super::sheet::Sheet;
use crate::record::v1::Record;

const HEAD: [&str; 32] = [
    "reference",
    "activity",
    "flow",
    "personal_data",
    "controller",
    "joint_controller",
    "contact",
    "data_protection_officer_consulted",
    "purposes",
    "held_for",
    "categories_of_people",
    "number_of_people_a_year",
    "categories_of_data",
    "specially_protected_data",
    "source_of_the_data",
    "recipients",
    "countries_outside_the_uk",
    "transfer_safeguard",
    "retention",
    "security_measures",
    "classification",
    "lawful_basis",
    "special_category_condition",
    "offence_condition",
    "legal_power",
    "impact_assessment",
    "decision",
    "decided_by",
    "decided_on",
    "review_on",
    "record",
    "notice",
];

/// A row for each flow: each recipient is a recipient of its own.
#[must_use]
pub fn render(record: &Record) -> String {
    let mut sheet = Sheet::new(HEAD);
    let mut notice = Some(View::new(record).footer);
    for facts in Facts::of(record) {
        sheet.row(row(record, &facts, notice.take().unwrap_or_default()));
    }
    sheet.finish()
}

fn row(record: &Record, facts: &Facts<'_>, notice: String) -> [String; 32] {
    let all = |questions: &[&str]| lines(questions.iter().flat_map(|question| facts.words(question)));
    let of = |question: &str| all(&[question]);
    let value = |id: &str| facts.value(id).unwrap_or_default().to_owned();
    let joint = facts.chose("exchange.relationship", "joint-controllers");
    let decision = &record.decision;
    [
        record.exchange.reference.clone().unwrap_or_default(),
        record.exchange.title.clone().unwrap_or_default(),
        facts.flow.id.clone(),
        value("personal"),
        of("from.body"),
        if joint { of("to.body") } else { String::new() },
        record.exchange.contact.clone().unwrap_or_default(),
        officers(record),
        of("purpose.use"),
        of("purpose.held-for"),
        of("data.about"),
        of("data.scale"),
        all(&["data.form", "data.topic"]),
        of("data.contains"),
        of("data.origin"),
        of("to.body"),
        all(&["to.country", "abroad.access-from"]),
        all(&["abroad.mechanism", "abroad.part3-route"]),
        // Of the answers only whether a period is set, which is among the measures: how long is in the decision's words.
        decision.retention.clone().unwrap_or_default(),
        all(&["handling.route", "handling.controls", "hosting.kind"]),
        value("tier"),
        of("basis.sender"),
        of("basis.special"),
        of("basis.offence"),
        of("power.gateway"),
        value("dpia-needed"),
        decision.choice.word().to_owned(),
        format!("{}, {}", decision.decided_by.name, decision.decided_by.role),
        decision.decided_on.to_string(),
        decision.review_on.map(|day| day.to_string()).unwrap_or_default(),
        record.seal.clone(),
        notice,
    ]
}

/// The data protection officers who were consulted. Whose they are, the record does not say.
pub(super) fn officers(record: &Record) -> String {
    let officers = record.decision.consulted.iter().filter(|person| is_officer(&person.role));
    lines(officers.map(|person| format!("{}, {}", person.name, person.role)))
}

/// Whether a role is that of a data protection officer.
pub(super) fn is_officer(role: &str) -> bool {
    let role = role.to_lowercase();
    role.contains("data protection officer") || role.split(|c: char| !c.is_alphanumeric()).any(|word| word == "dpo")
}
