//! `clearshare-questions/1`: open questions for programs, frozen. See docs/json.md and schemas/questions-1.schema.json.

use std::io;

use serde::Serialize;

use super::{Ask, Entry, Group, QuestionsReport, State, words};
use crate::model::{Changeable, Date, Kind, Party, Rule, Step, Who};
use crate::report::Out;
use crate::report::json::parts::{Subject, write};
use crate::ruleset::Ruleset;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-questions/1";

#[derive(Serialize)]
struct Members<'a> {
    as_of: Date,
    ruleset: Subject<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<&'a str>,
    screened: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Screened { instructions: Vec<Instruction<'a>> },
    Open { over_budget: bool, groups: Vec<Grouped<'a>> },
}

#[derive(Serialize)]
struct Instruction<'a> {
    title: &'a str,
    because: &'a str,
    steps: Vec<Stepped<'a>>,
}

#[derive(Serialize)]
struct Stepped<'a> {
    #[serde(rename = "do")]
    action: &'a str,
    who: Whose<'a>,
}

#[derive(Serialize)]
struct Grouped<'a> {
    safety: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    ask: Option<Whose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Body<'a>>,
    questions: Vec<Asked<'a>>,
}

#[derive(Serialize)]
struct Whose<'a> {
    party: &'static str,
    role: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Body<'a> {
    id: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct Asked<'a> {
    question: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    changeable: &'static str,
    state: &'static str,
    flows: Vec<&'a str>,
    prompt: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    options: Vec<Offered<'a>>,
    closed: usize,
}

#[derive(Serialize)]
struct Offered<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    chosen: bool,
}

/// Writes them.
pub fn render(out: Out<'_>, report: &QuestionsReport<'_>) -> io::Result<()> {
    let (ruleset, sheet) = (report.ruleset, report.sheet);
    let content = if sheet.screened {
        let rules = words::screens(ruleset).filter_map(|ix| ruleset.rules().get(ix));
        Content::Screened { instructions: rules.map(|rule| instruction(ruleset, rule)).collect() }
    } else {
        let groups = sheet.groups.iter().map(|group| grouped(ruleset, group)).collect();
        Content::Open { over_budget: sheet.over_budget, groups }
    };
    let members = Members {
        as_of: report.as_of,
        ruleset: Subject::of(ruleset),
        manifest: report.manifest.map(|(path, _)| path),
        screened: sheet.screened,
        title: report.text("exchange.title"),
        reference: report.text("exchange.reference"),
        content,
    };
    write(out, FORMAT, &members)
}

fn instruction<'a>(ruleset: &'a Ruleset, rule: &'a Rule) -> Instruction<'a> {
    let step = |step: &'a Step| Stepped { action: &step.action, who: whose(ruleset, step.who) };
    Instruction { title: &rule.title, because: &rule.because, steps: rule.steps.iter().map(step).collect() }
}

fn grouped<'a>(ruleset: &'a Ruleset, group: &'a Group) -> Grouped<'a> {
    let Ask { safety, who, .. } = group.ask;
    Grouped {
        safety,
        ask: who.map(|who| whose(ruleset, who)),
        body: words::body(ruleset, &group.ask).map(|body| Body { id: &body.id, label: &body.label }),
        questions: group.questions.iter().filter_map(|entry| asked(ruleset, entry)).collect(),
    }
}

fn asked<'a>(ruleset: &'a Ruleset, entry: &'a Entry) -> Option<Asked<'a>> {
    let question = ruleset.questions().get(entry.question)?;
    let chosen = |option| matches!(&entry.state, State::InPart(chosen) if chosen.contains(option));
    let options = entry.options.iter().filter_map(|option| Some((option, ruleset.choice(entry.question, *option)?)));
    let offered = options.map(|(option, choice)| Offered {
        id: &choice.id,
        label: &choice.label,
        help: choice.help.as_deref(),
        chosen: chosen(option),
    });
    Some(Asked {
        question: &question.id,
        kind: kind(question.kind),
        changeable: match question.changeable {
            Changeable::Fixed => "fixed",
            Changeable::Design => "design",
            Changeable::Evidence => "evidence",
        },
        state: match entry.state {
            State::Absent => "absent",
            State::Unknown => "unknown",
            State::InPart(_) => "in-part",
        },
        flows: entry.flows.iter().map(String::as_str).collect(),
        prompt: &question.prompt,
        help: question.help.as_deref(),
        why: question.why.as_deref(),
        options: offered.collect(),
        closed: words::closed(ruleset, entry),
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo => "yes-no",
        Kind::OneOf => "one-of",
        Kind::AnyOf => "any-of",
        Kind::Text => "text",
    }
}

fn whose(ruleset: &Ruleset, who: Who) -> Whose<'_> {
    let (role, title) = ruleset.roles().get(who.role).map_or(("", ""), |role| (role.id.as_str(), role.title.as_str()));
    let party = match who.party {
        Party::Any => "any",
        Party::From => "from",
        Party::To => "to",
    };
    Whose { party, role, title }
}
