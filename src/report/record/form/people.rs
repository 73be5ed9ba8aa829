//! Who decided, who was asked, and who signs.

use super::{Row, given, paragraphs, written};
use crate::report::record::article_30::is_officer;
use crate::report::record::document::{Span, Table, Text, plain, strong};
use crate::report::record::view::{ConditionView, ConsultedView, EvidenceView, PersonView, View};

/// What was decided, by whom and why.
pub(super) fn decision(view: &View<'_>) -> Vec<Row> {
    let decision = &view.decision;
    let others = decision.consulted.iter().filter(|one| !is_officer(one.role)).flat_map(self::view);
    let mut rows = vec![
        written("What the rules said", vec![plain(format!("{}: {}", view.outcome.heading, view.outcome.says))]),
        written("Decision", vec![vec![strong(decision.says)]]),
        written("Reasons for sharing or not sharing", paragraphs(decision.reasons)),
    ];
    for (name, said) in [
        (
            "Conditions",
            decision.conditions.iter().map(|one| plain(condition(one, view.flows.len() > 1))).collect::<Vec<Text>>(),
        ),
        ("Others who were asked", others.collect()),
        ("Evidence that is kept", view.evidence.iter().map(evidence).collect()),
    ] {
        if !said.is_empty() {
            rows.push(written(name, said));
        }
    }
    rows.push(given("Decision taken by (name and post)", Some(person(&decision.decided_by))));
    rows.push(given("Date of the decision", Some(decision.decided_on.to_string())));
    rows.push(given("Day on which it is looked at again", decision.review_on.map(|day| day.to_string())));
    rows
}

/// What the data protection officers said.
pub(super) fn officers(view: &View<'_>) -> Vec<Text> {
    view.decision.consulted.iter().filter(|one| is_officer(one.role)).flat_map(self::view).collect()
}

/// Who is to sign: who decided first, then those who were asked, then the roles that should have been.
pub(super) fn signatures(view: &View<'_>) -> Table {
    let mut signers = vec![view.decision.decided_by];
    for one in &view.decision.consulted {
        signers.push(PersonView { name: one.name, role: one.role });
    }
    for role in ["Information asset owner", "Data protection officer"] {
        let known = signers.iter().any(|signer| signer.role.to_lowercase().contains(&role.to_lowercase()));
        if !known {
            signers.push(PersonView { name: "", role });
        }
    }
    let row =
        |signer: &PersonView<'_>| vec![signer.role.to_owned(), signer.name.to_owned(), String::new(), String::new()];
    Table {
        caption: "To be signed by hand".to_owned(),
        head: vec!["Role", "Name", "Signature", "Date"],
        rows: signers.iter().map(row).collect(),
    }
}

/// A name and a post.
pub(super) fn person(person: &PersonView<'_>) -> String {
    format!("{}, {}", person.name, person.role)
}

/// What somebody who was asked thinks, what they said, and what they were answered.
fn view(one: &ConsultedView<'_>) -> Vec<Text> {
    let on = one.on.map(|day| format!(", {day}")).unwrap_or_default();
    let mut said =
        vec![vec![strong(format!("{}.", one.view_says)), Span::Plain(format!(" {}, {}{on}", one.name, one.role))]];
    said.extend(one.says.into_iter().flat_map(|says| paragraphs(&format!("They said: {says}"))));
    said.extend(
        one.answer.into_iter().flat_map(|answer| paragraphs(&format!("Why it was decided otherwise: {answer}"))),
    );
    said
}

/// A condition, who sees to it, and by when.
fn condition(one: &ConditionView<'_>, several: bool) -> String {
    let about = [
        one.flow.filter(|_| several).map(|flow| format!("flow {flow}")),
        // A condition as it stands says what its rule is called.
        match (one.rule, one.rule_title.filter(|title| !one.says.starts_with(title))) {
            (Some(rule), Some(title)) => Some(format!("for the rule “{title}”, {rule}")),
            (rule, _) => rule.map(|rule| format!("rule {rule}")),
        },
        one.who.map(|who| format!("seen to by {who}")),
        one.by.map(|day| format!("by {day}")),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    if about.is_empty() { one.says.to_owned() } else { format!("{} ({})", one.says, about.join("; ")) }
}

/// Something that is kept, where it is, and how to know it again.
fn evidence(one: &EvidenceView<'_>) -> Text {
    let mut text = plain(format!("{}: ", one.title));
    text.push(match one.link {
        Some(address) => Span::Link { text: one.place.to_owned(), address: address.to_owned() },
        None => Span::Plain(one.place.to_owned()),
    });
    text.extend(one.sha256.map(|digest| Span::Plain(format!(" (SHA-256 {digest})"))));
    text
}
