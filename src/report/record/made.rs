//! What is said where a record was written.

use super::view::words;
use crate::record::v1::{Choice, Record, View};
use crate::report::page::Page;
use crate::report::{Ink, Tone};
use crate::text::in_shell;

/// A choice, in a few words.
#[must_use]
pub const fn choice_words(choice: Choice) -> &'static str {
    match choice {
        Choice::Share => "Share",
        Choice::ShareWithConditions => "Share with conditions",
        Choice::DoNotShare => "Do not share",
        Choice::Defer => "Decide later",
    }
}

/// What somebody who was consulted thinks, in a few words.
#[must_use]
pub const fn view_words(view: View) -> &'static str {
    words::view(view)
}

/// A decision as a whole, for whoever is asked whether it is right.
#[must_use]
pub fn summary(record: &Record, ink: Ink) -> String {
    let mut page = Page::new(ink);
    let decision = &record.decision;
    page.heading("What will be recorded");
    let standing = words::Standing::of(record.advice.outcome);
    let said = |page: &mut Page, what: &str, text: &str| page.bullet(0, &format!("{what}:"), Tone::Heading, text);
    if let Some(title) = &record.exchange.title {
        said(&mut page, "Exchange", title);
    }
    let (reference, as_of) = (format!("{}@{}", record.ruleset.id, record.ruleset.version), record.as_of);
    said(&mut page, "Advice", &format!("{}, from {reference}, as at {as_of}", standing.heading));
    said(&mut page, "Decision", choice_words(decision.choice));
    for condition in &decision.conditions {
        let by = condition.by.map(|day| format!(", by {day}")).unwrap_or_default();
        let who = condition.who.as_ref().map(|who| format!(" ({who}{by})")).unwrap_or(by);
        said(&mut page, "Condition", &format!("{}{who}", condition.says));
    }
    said(&mut page, "Reasons", &decision.reasons);
    for (name, words) in [
        (words::NECESSITY, &decision.necessity),
        (words::RETENTION, &decision.retention),
        (words::DATES, &decision.dates),
    ] {
        if let Some(words) = words {
            said(&mut page, name, words);
        }
    }
    let by = &decision.decided_by;
    said(&mut page, "Decided by", &format!("{}, {}, on {}", by.name, by.role, decision.decided_on));
    let review = decision.review_on.map_or_else(|| "not said".to_owned(), |day| day.to_string());
    said(&mut page, "To be looked at again by", &review);
    for one in &decision.consulted {
        said(&mut page, "Consulted", &format!("{}, {}: {}", one.name, one.role, words::view(one.view)));
    }
    if let Some(request) = &record.request {
        said(&mut page, "Asked for by", &format!("{}, {}, on {}", request.by.name, request.by.role, request.on));
    }
    for evidence in &record.evidence {
        let kept = if evidence.sha256.is_some() { ", with its SHA-256" } else { "" };
        said(&mut page, "Evidence", &format!("{}: {}{kept}", evidence.title, evidence.link));
    }
    if let Some(before) = &record.supersedes {
        said(&mut page, "In place of", &format!("the decision of {}: {}", before.decided_on, before.why));
    }
    page.finish()
}

/// That a record was written, what it says in a few lines, and what to do next.
#[must_use]
pub fn made(record: &Record, path: &str, ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.paragraph(0, &format!("The decision is recorded in {path}."));
    page.gap();
    let decision = &record.decision;
    page.paragraph(2, &format!("Decision: {}", choice_words(decision.choice)));
    let by = &decision.decided_by;
    page.paragraph(2, &format!("Decided by: {}, {}, on {}", by.name, by.role, decision.decided_on));
    if let Some(day) = decision.review_on {
        page.paragraph(2, &format!("Look at it again by: {day}"));
    }
    if let Some(before) = &record.supersedes {
        page.paragraph(2, &format!("Takes the place of: {}", before.record));
    }
    page.paragraph(2, &format!("Seal: {}", record.seal));
    page.gap();
    page.paragraph(0, "Keep the file as it is: any change to it will be seen. You can read it with:");
    page.paragraph(2, &format!("clearshare record show {}", in_shell(path)));
    for notice in &record.notices {
        page.bullet(0, "!", Tone::Caution, notice);
    }
    page.finish()
}
