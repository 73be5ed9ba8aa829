//! One exchange: who sends what to whom, and the advice on it.

use super::rule::rule;
use super::{Reasons, cited, fields, row};
use crate::report::Detail;
use crate::report::record::View;
use crate::report::record::document::{Document, Item, Span, Text, plain, strong};
use crate::report::record::view::{AnswerView, CandidateView, Endpoint, FlowView, Line, MythView, QuestionView};
use crate::report::words::capital;

/// One exchange. Where there are several, each stands under a heading of its own.
pub(super) fn flow(document: &mut Document, view: &View<'_>, flow: &FlowView<'_>, detail: Detail, reasons: Reasons) {
    let several = view.flows.len() > 1;
    if several {
        document.heading(2, format!("Flow {}: {}. {}", flow.id, flow.outcome.heading, flow.outcome.says));
    }
    exchange(document, flow);
    if flow.over_budget {
        document.paragraph(plain(
            "The ruleset was too tangled to settle everything here: something may be called open that is not.",
        ));
    }
    conclusions(document, flow, detail);
    for group in &flow.groups {
        let rules = flow.rules.iter().filter(|rule| rule.group == group.word);
        if group.detail && detail != Detail::Verbose {
            continue;
        }
        document.heading(3, group.heading);
        let why = detail == Detail::Verbose && (reasons == Reasons::OfAll || !group.detail);
        document.list(rules.map(|one| rule(one, group.detail, why)).collect());
    }
    candidates(document, flow);
    beliefs(document, flow);
    questions(document, flow);
    if detail == Detail::Verbose {
        upcoming(document, flow);
        answers(document, flow);
    } else {
        let left_out: Vec<String> = flow.groups.iter().filter(|group| group.detail).map(counted).collect();
        if !left_out.is_empty() {
            document.paragraph(plain(format!("Not shown here: {}.", left_out.join("; "))));
        }
    }
}

fn counted(group: &crate::report::record::view::GroupView) -> String {
    format!("{} ({})", group.heading.to_lowercase(), group.count)
}

fn exchange(document: &mut Document, flow: &FlowView<'_>) {
    let end = |end: &Endpoint<'_>| {
        let country = end.country.map(|country| format!(", {country}")).unwrap_or_default();
        format!("{}{country}", end.label)
    };
    let mut said = Vec::new();
    said.extend(flow.from.as_ref().map(|from| row("Sent by", end(from))));
    said.extend(flow.to.as_ref().map(|to| row("Received by", end(to))));
    for (name, words) in [
        ("What is sent", &flow.sends),
        ("What for", &flow.purpose),
        ("How it travels", &flow.travels),
        ("Where it is kept", &flow.held),
        ("Legal powers named", &flow.powers),
    ] {
        if !words.is_empty() {
            said.push(row(name, words.join("; ")));
        }
    }
    document.fields(fields("The exchange", said));
}

fn conclusions(document: &mut Document, flow: &FlowView<'_>, detail: Detail) {
    if flow.conclusions.is_empty() {
        return;
    }
    document.heading(3, "What follows from the answers");
    let item = |one: &crate::report::record::view::ConclusionView<'_>| {
        let mut item = Item::of(vec![
            strong(format!("{}:", one.title)),
            Span::Plain(format!(" {}{}", one.says, cited(&one.sources))),
        ]);
        if detail == Detail::Verbose {
            item.below = derivation(&one.derivation);
        }
        item
    };
    document.list(flow.conclusions.iter().map(item).collect());
}

/// Why something is so. Depth is told by nesting.
pub(super) fn derivation(lines: &[Line]) -> Vec<Item> {
    let mut rest = lines;
    let mut items = Vec::new();
    while let [first, after @ ..] = rest {
        let below = after.iter().take_while(|line| line.depth > first.depth).count();
        let (inner, next) = after.split_at_checked(below).unwrap_or((after, &[]));
        items.push(Item { text: plain(first.text.as_str()), below: derivation(inner) });
        rest = next;
    }
    items
}

fn candidates(document: &mut Document, flow: &FlowView<'_>) {
    for group in &flow.candidates {
        document.heading(3, group.heading);
        document.list(group.options.iter().map(candidate).collect());
    }
}

fn candidate(one: &CandidateView<'_>) -> Item {
    let mut item = Item::of(vec![
        strong(format!("{}.", one.label)),
        Span::Plain(format!(" {}.{}", one.standing, cited(&one.sources))),
    ]);
    // What it takes to rely on an option that nobody chose is in the ruleset.
    if one.chosen {
        let needs = one
            .conditions
            .iter()
            .map(|need| format!("Must hold: {} Confirmed by {}.", sentence(need.must_hold), need.confirmed_by));
        let steps = one.steps.iter().map(super::rule::step);
        item.below = needs.chain(steps).map(|line| Item::of(plain(line))).collect();
    }
    item
}

/// A text as a sentence: with a full stop, and only one.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn beliefs(document: &mut Document, flow: &FlowView<'_>) {
    if flow.myths.is_empty() {
        return;
    }
    document.heading(3, "What people believe, and what is so");
    let item = |one: &MythView<'_>| {
        let told = if one.told { " The team was told this." } else { "" };
        let mut item = Item::of(vec![strong(format!("“{}”", one.belief)), Span::Plain(told.to_owned())]);
        item.below.extend(one.before.map(|before| Item::of(plain(before))));
        item.below.push(Item::of(plain(format!("{}{}", one.truth, cited(&one.sources)))));
        item
    };
    document.list(flow.myths.iter().map(item).collect());
}

fn questions(document: &mut Document, flow: &FlowView<'_>) {
    for (heading, questions) in
        [("Still unanswered", &flow.open), ("Answered “not known”, and it matters", &flow.unknown)]
    {
        if questions.is_empty() {
            continue;
        }
        document.heading(3, heading);
        document.list(questions.iter().map(question).collect());
    }
}

fn question(one: &QuestionView<'_>) -> Item {
    let who = one.who.as_ref().map(|who| format!(" {} would know.", capital(who))).unwrap_or_default();
    let mut item = Item::of(plain(format!("{} ({}){who}", one.prompt, one.question)));
    item.below.extend(one.why.map(|why| Item::of(plain(why))));
    item
}

fn upcoming(document: &mut Document, flow: &FlowView<'_>) {
    if flow.upcoming.is_empty() {
        return;
    }
    document.heading(3, "Enacted, but not in force");
    let item = |one: &crate::report::record::view::UpcomingView<'_>| {
        Item::of(plain(format!("{} ({}). {}{}", one.label, one.question, one.says, cited(&one.sources))))
    };
    document.list(flow.upcoming.iter().map(item).collect());
}

fn answers(document: &mut Document, flow: &FlowView<'_>) {
    if flow.sections.is_empty() {
        return;
    }
    document.heading(3, "What was answered");
    for section in &flow.sections {
        document.heading(4, section.title);
        let row = |one: &AnswerView<'_>| -> (String, Vec<Text>) {
            let line = one.line.map(|line| format!(" (line {line})")).unwrap_or_default();
            (one.prompt.to_owned(), vec![plain(format!("{}{line}", one.answers.join("; ")))])
        };
        document.fields(fields(section.title, section.answers.iter().map(row).collect()));
    }
}
