//! What is said once of a record, whatever its flows are.

use std::collections::BTreeSet;

use super::{fields, items, row, rows};
use crate::report::Detail;
use crate::report::record::document::{Document, Item, Span, lines, plain, strong};
use crate::report::record::view::{ConditionView, ConsultedView, EvidenceView, Group, RuleView, SourceView};
use crate::report::record::{DATES, NECESSITY, RETENTION, View};
use crate::text::counted;

/// What was decided, by whom, when and why.
pub(super) fn decision(document: &mut Document, view: &View<'_>) {
    let decision = &view.decision;
    document.paragraph(vec![strong(decision.says)]);
    let mut said = Vec::new();
    said.extend(view.reference.map(|reference| row("Reference", reference)));
    said.push(row("Decided by", format!("{}, {}", decision.decided_by.name, decision.decided_by.role)));
    said.push(row("Decided on", decision.decided_on.to_string()));
    let review = decision.review_on.map_or_else(|| "No day is set".to_owned(), |day| day.to_string());
    said.push(row("To be looked at again on", review));
    for (name, words) in [(NECESSITY, decision.necessity), (RETENTION, decision.retention), (DATES, decision.dates)] {
        said.extend(words.map(|words| rows(name, words)));
    }
    if let Some(request) = &view.request {
        let by = format!("{}, {}, on {}", request.by.name, request.by.role, request.on);
        said.push(row("Asked for by", by));
        said.extend(request.says.map(|says| rows("What was asked for", says)));
    }
    said.extend(view.contact.map(|contact| row("Contact", contact)));
    if let Some(old) = &view.supersedes {
        said.push(rows("Takes the place of", &format!("{}, decided on {}: {}", old.record, old.decided_on, old.why)));
    }
    document.fields(fields("The decision", said));
    document.heading(2, "Why");
    document.paragraphs(decision.reasons);
}

/// What has to be so for the data to be shared.
pub(super) fn conditions(document: &mut Document, view: &View<'_>) {
    if view.decision.conditions.is_empty() {
        return;
    }
    document.heading(2, "Conditions");
    let several = view.flows.len() > 1;
    document.list(view.decision.conditions.iter().map(|one| condition(one, several)).collect());
}

fn condition(one: &ConditionView<'_>, several: bool) -> Item {
    let mut said = lines(one.says);
    let mut item = Item::of(vec![strong(said.next().unwrap_or_default())]);
    item.below.extend(said.map(|line| Item::of(plain(line))));
    let rule = one.rule.map(|rule| match one.rule_title {
        Some(title) => format!("Rule: {title} ({rule})"),
        None => format!("Rule: {rule}"),
    });
    let about = [
        one.who.map(|who| format!("Seen to by: {who}")),
        one.by.map(|day| format!("By: {day}")),
        one.flow.filter(|_| several).map(|flow| format!("Flow: {flow}")),
        rule,
    ];
    item.below.extend(about.into_iter().flatten().map(|line| Item::of(plain(line))));
    item
}

/// Those whose view was asked, and where they disagree.
pub(super) fn consulted(document: &mut Document, view: &View<'_>) {
    document.heading(2, "Who was asked");
    if view.decision.consulted.is_empty() {
        document.paragraph(plain("Nobody was asked for their view."));
        return;
    }
    if view.decision.disagreements > 0 {
        let number = counted(view.decision.disagreements, "person disagrees", "people disagree");
        document.paragraph(vec![strong(format!("{number} with the exchange."))]);
    }
    document.list(view.decision.consulted.iter().map(person).collect());
}

fn person(one: &ConsultedView<'_>) -> Item {
    let on = one.on.map(|day| format!(", {day}")).unwrap_or_default();
    let mut item =
        Item::of(vec![strong(format!("{}, {}", one.name, one.role)), Span::Plain(format!("{on}: {}.", one.view_says))]);
    item.below.extend(one.says.into_iter().flat_map(|says| items("They said: ", says)));
    item.below.extend(one.answer.into_iter().flat_map(|answer| items("Why it was decided otherwise: ", answer)));
    item
}

/// The highest over all flows of what has an order.
pub(super) fn highest(document: &mut Document, view: &View<'_>) {
    let said =
        view.highest.iter().map(|one| row(&format!("{}, the highest of all flows", one.title), one.value.as_str()));
    document.fields(fields("Over all flows", said.collect()));
}

/// What is kept to show that what is said is so.
pub(super) fn evidence(document: &mut Document, view: &View<'_>) {
    if view.evidence.is_empty() {
        return;
    }
    document.heading(2, "Evidence");
    document.list(view.evidence.iter().map(kept).collect());
}

fn kept(one: &EvidenceView<'_>) -> Item {
    let place = match one.link {
        Some(address) => Span::Link { text: one.place.to_owned(), address: address.to_owned() },
        None => Span::Plain(one.place.to_owned()),
    };
    let mut item = Item::of(vec![strong(one.title), Span::Plain(": ".to_owned()), place]);
    let rule = one.rule.map(|rule| match one.rule_title {
        Some(title) => format!("Rule: {title} ({rule})"),
        None => format!("Rule: {rule}"),
    });
    let digest = one.sha256.map(|digest| format!("SHA-256: {digest}"));
    item.below.extend(rule.into_iter().chain(digest).map(|line| Item::of(plain(line))));
    item
}

/// Each source that is cited by what the document shows, under its number.
pub(super) fn sources(document: &mut Document, view: &View<'_>, detail: Detail) {
    let mut cited: BTreeSet<usize> = BTreeSet::new();
    for flow in &view.flows {
        let settled: Vec<Group> = flow.groups.iter().filter(|group| group.detail).map(|group| group.word).collect();
        let shown = |rule: &&RuleView<'_>| detail == Detail::Verbose || !settled.contains(&rule.group);
        cited.extend(flow.rules.iter().filter(shown).flat_map(|rule| &rule.sources));
        cited.extend(flow.conclusions.iter().flat_map(|one| &one.sources));
        cited.extend(flow.candidates.iter().flat_map(|group| &group.options).flat_map(|one| &one.sources));
        cited.extend(flow.myths.iter().flat_map(|one| &one.sources));
    }
    let shown: Vec<Item> = view
        .sources
        .iter()
        .filter(|source| detail == Detail::Verbose || cited.contains(&source.number))
        .map(source)
        .collect();
    if !shown.is_empty() {
        document.heading(2, "Sources");
        document.list(shown);
    }
}

fn source(one: &SourceView<'_>) -> Item {
    let provision = one.provision.map(|provision| format!(", {provision}")).unwrap_or_default();
    let name = format!("{}{provision}", one.title);
    let name = match one.link {
        Some(address) => Span::Link { text: name, address: address.to_owned() },
        None => Span::Plain(format!("{name}, {}", one.url)),
    };
    let in_force = match one.in_force {
        Some("not-appointed") => ". No date is appointed for it to come into force".to_owned(),
        Some(day) => format!(". In force since {day}"),
        None => String::new(),
    };
    let standing = format!(" ({}{in_force})", one.standing);
    Item::of(vec![Span::Plain(format!("[{}] ", one.number)), name, Span::Plain(standing)])
}

/// What it takes to find, check and evaluate the record again.
pub(super) fn origin(document: &mut Document, view: &View<'_>) {
    document.heading(2, "About this record");
    let ruleset = format!("{} ({})", view.ruleset.name, view.ruleset.status);
    document.fields(fields(
        "About this record",
        vec![
            row("Seal", view.seal),
            row("Ruleset", ruleset),
            row("Ruleset's digest", view.ruleset.digest),
            row("Date of the advice", view.as_of.to_string()),
            row("Manifest", view.manifest.name),
            row("Manifest's SHA-256", view.manifest.sha256),
            row("Written on", view.recorded_on.to_string()),
            row("Written by", view.tool.as_str()),
            row("Format", view.format),
        ],
    ));
}
