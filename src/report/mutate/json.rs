//! `clearshare-mutation/1`: what came of each change to the rules, for programs, frozen. See docs/json.md and
//! schemas/mutation-1.schema.json.

use std::io;

use serde::Serialize;

use super::{Counts, MutationReport, words};
use crate::model::{AnswerValue, Facts, OptionIx, QuestionIx};
use crate::mutate::{Judged, Shown, Verdict};
use crate::report::Out;
use crate::report::json::layout;
use crate::ruleset::{Ruleset, State};
use crate::text::{Place, Sources};

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-mutation/1";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    tool: Tool,
    ruleset: Changed<'a>,
    failed: bool,
    summary: Summary,
    failing_cases: Vec<&'a str>,
    changes: Vec<Made<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Changed<'a> {
    id: &'a str,
    version: String,
    status: &'static str,
    digest: &'a str,
}

#[derive(Serialize)]
struct Summary {
    changes: usize,
    caught: usize,
    equivalent: usize,
    survive: usize,
    not_proved: usize,
}

#[derive(Serialize)]
struct Made<'a> {
    operator: &'static str,
    place: String,
    change: &'a str,
    #[serde(flatten)]
    at: Option<At<'a>>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caught_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Witness<'a> {
    smallest: bool,
    facts: Vec<Fact<'a>>,
    differences: Vec<String>,
}

#[derive(Serialize)]
struct Fact<'a> {
    question: &'a str,
    answers: Vec<&'a str>,
}

/// Writes what came of the changes.
pub fn render(out: Out<'_>, report: &MutationReport<'_>) -> io::Result<()> {
    let info = report.ruleset.info();
    let Counts { changes, caught, equivalent, survive, not_proved } = report.counts();
    let case = |at: &usize| report.cases.cases.get(*at).map(|case| case.id.as_str());
    let document = Document {
        format: FORMAT,
        tool: Tool { name: "clearshare", version: env!("CARGO_PKG_VERSION") },
        ruleset: Changed {
            id: &info.id,
            version: info.version.to_string(),
            status: match info.state {
                State::Draft => "draft",
                State::Published => "published",
            },
            digest: report.ruleset.digest(),
        },
        failed: !report.passed(),
        summary: Summary { changes, caught, equivalent, survive, not_proved },
        failing_cases: report.mutation.failing.iter().filter_map(case).collect(),
        changes: report.mutation.judged.iter().map(|judged| change(report, judged)).collect(),
    };
    let mut bytes = Vec::new();
    layout::write(&document, 0, &mut bytes)?;
    bytes.push(b'\n');
    out.write_all(&bytes)
}

fn change<'a>(report: &MutationReport<'a>, judged: &'a Judged) -> Made<'a> {
    let (verdict, caught_by, witness) = match &judged.verdict {
        Verdict::Caught(at) => ("caught", report.cases.cases.get(*at).map(|case| case.id.as_str()), None),
        Verdict::Equivalent => ("equivalent", None, None),
        Verdict::Survives(shown) => ("survives", None, witness(report.ruleset, shown)),
        Verdict::NotProved => ("not-proved", None, None),
    };
    Made {
        operator: judged.mutant.operator.word(),
        place: words::site(report.ruleset, judged.mutant.site),
        change: &judged.mutant.words,
        at: at(judged.mutant.place, report.sources),
        verdict,
        caught_by,
        witness,
    }
}

fn at(place: Place, sources: &Sources) -> Option<At<'_>> {
    let source = sources.get(place.file)?;
    let at = source.location(place.span.start);
    Some(At { file: source.name(), line: at.line, column: at.column })
}

fn witness<'a>(ruleset: &'a Ruleset, shown: &'a Shown) -> Option<Witness<'a>> {
    let facts = shown.facts.as_ref()?;
    let differences = shown.effects.iter().map(|effect| words::effect(ruleset, effect)).collect();
    Some(Witness { smallest: shown.smallest, facts: structured(ruleset, facts), differences })
}

fn structured<'a>(ruleset: &'a Ruleset, facts: &'a Facts) -> Vec<Fact<'a>> {
    let fact = |(question, answer): (QuestionIx, &'a crate::model::Answer)| {
        let id = ruleset.questions().get(question)?.id.as_str();
        Some(Fact { question: id, answers: answers(ruleset, question, &answer.value) })
    };
    facts.iter().filter_map(fact).collect()
}

/// As a manifest writes them.
fn answers<'a>(ruleset: &'a Ruleset, question: QuestionIx, value: &'a AnswerValue) -> Vec<&'a str> {
    let name = |option: &OptionIx| ruleset.choice(question, *option).map(|choice| choice.id.as_str());
    match value {
        AnswerValue::Unknown => vec!["unknown"],
        AnswerValue::Text(text) => vec![text],
        AnswerValue::One(option) => name(option).into_iter().collect(),
        AnswerValue::Any { chosen, more: false } if chosen.is_empty() => vec!["none"],
        AnswerValue::Any { chosen, more } => chosen.iter().filter_map(name).chain(more.then_some("unknown")).collect(),
    }
}
