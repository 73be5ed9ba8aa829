//! `clearshare-test/1`: the results of cases for programs, frozen. See docs/json.md and schemas/test-1.schema.json.

use std::io;

use serde::Serialize;

use super::TestReport;
use super::explained::explained;
use crate::cases::{CaseResult, Difference, Differs};
use crate::engine::Evaluator;
use crate::model::{DerivedIx, Due, OptionIx, QuestionIx, RoleIx, RuleIx, ValueIx};
use crate::report::Out;
use crate::report::json::layout;
use crate::ruleset::{Ruleset, State};
use crate::text::{Place, Sources};

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-test/1";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    tool: Tool,
    ruleset: Tested<'a>,
    failed: bool,
    summary: Summary,
    cases: Vec<Case<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Tested<'a> {
    id: &'a str,
    version: String,
    status: &'static str,
    digest: &'a str,
}

#[derive(Serialize)]
struct Summary {
    cases: usize,
    passed: usize,
    failed: usize,
}

#[derive(Serialize)]
struct Case<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(flatten)]
    at: Option<At<'a>>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome_alone: Option<&'static str>,
    passed: bool,
    differences: Vec<Differing<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

#[derive(Default, Serialize)]
struct Differing<'a> {
    kind: &'static str,
    message: String,
    #[serde(flatten)]
    at: Option<At<'a>>,
    #[serde(flatten)]
    about: About<'a>,
    why: Vec<String>,
}

/// What differs, and the words that were compared.
#[derive(Default, Serialize)]
#[serde(default)]
struct About<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    derived: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    myth: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
}

/// Writes the results.
pub fn render(out: Out<'_>, report: &TestReport<'_>) -> io::Result<()> {
    let mut evaluator = Evaluator::new(report.ruleset);
    let (cases, failed) = (report.results.len(), report.failed());
    let info = report.ruleset.info();
    let document = Document {
        format: FORMAT,
        tool: Tool { name: "clearshare", version: env!("CARGO_PKG_VERSION") },
        ruleset: Tested {
            id: &info.id,
            version: info.version.to_string(),
            status: match info.state {
                State::Draft => "draft",
                State::Published => "published",
            },
            digest: report.ruleset.digest(),
        },
        failed: !report.passed(),
        summary: Summary { cases, passed: cases - failed, failed },
        cases: report.results.iter().map(|result| case(&mut evaluator, report, result)).collect(),
    };
    let mut bytes = Vec::new();
    layout::write(&document, 0, &mut bytes)?;
    bytes.push(b'\n');
    out.write_all(&bytes)
}

fn case<'a>(evaluator: &mut Evaluator<'_>, report: &TestReport<'a>, result: &'a CaseResult<'a>) -> Case<'a> {
    let explained = if result.passed() { Vec::new() } else { explained(evaluator, report.sources, result) };
    let differences = explained.into_iter().map(|(difference, lines)| Differing {
        kind: kind(&difference.differs),
        message: difference.in_words(report.ruleset),
        at: at(difference.place, report.sources),
        about: about(report.ruleset, difference),
        why: lines.into_iter().map(|line| format!("{:1$}{2}", "", 2 * line.depth, line.text)).collect(),
    });
    Case {
        id: &result.case.id,
        title: &result.case.title,
        at: at(result.case.place, report.sources),
        outcome: result.outcome.word(),
        outcome_alone: result.alone.as_ref().map(|alone| alone.outcome.word()),
        passed: result.passed(),
        differences: differences.collect(),
    }
}

fn at(place: Place, sources: &Sources) -> Option<At<'_>> {
    let source = sources.get(place.file)?;
    let at = source.location(place.span.start);
    Some(At { file: source.name(), line: at.line, column: at.column })
}

fn kind(differs: &Differs) -> &'static str {
    match differs {
        Differs::Moot(_) => "moot",
        Differs::Arises(_) => "arises",
        Differs::Outcome { .. } => "outcome",
        Differs::Alone { .. } => "outcome-alone",
        Differs::Status { .. } => "status",
        Differs::UnnamedRule { .. } => "unnamed-rule",
        Differs::Level { .. } => "level",
        Differs::Basis { .. } => "basis",
        Differs::Due { .. } => "due",
        Differs::Refer { .. } => "refer",
        Differs::Derived { .. } => "derived",
        Differs::UnnamedDerived { .. } => "unnamed-derived",
        Differs::Candidate { .. } => "candidate",
        Differs::NotCandidate { .. } => "not-candidate",
        Differs::UnnamedCandidate { .. } => "unnamed-candidate",
        Differs::Myth(_) => "myth",
        Differs::UnnamedMyth(_) => "unnamed-myth",
    }
}

fn about<'a>(ruleset: &'a Ruleset, difference: &Difference) -> About<'a> {
    match &difference.differs {
        Differs::Moot(question) | Differs::Arises(question) => {
            About { question: self::question(ruleset, *question), ..About::default() }
        }
        Differs::Outcome { expected, found } | Differs::Alone { expected, found } => {
            compared(About::default(), expected.word(), Some(found.word()))
        }
        Differs::Status { rule, expected, found } => {
            compared(of_rule(ruleset, *rule), expected.word(), Some(found.word()))
        }
        Differs::UnnamedRule { rule, found } => About { found: Some(found.word()), ..of_rule(ruleset, *rule) },
        Differs::Level { rule, expected, found } => {
            compared(of_rule(ruleset, *rule), expected.word(), Some(found.word()))
        }
        Differs::Basis { rule, expected, found } => {
            compared(of_rule(ruleset, *rule), expected.word(), Some(found.word()))
        }
        Differs::Due { rule, expected, found } => compared(of_rule(ruleset, *rule), due(*expected), Some(due(*found))),
        Differs::Refer { rule, expected, found } => {
            let expected = role(ruleset, *expected).unwrap_or_default();
            compared(of_rule(ruleset, *rule), expected, found.and_then(|found| role(ruleset, found)))
        }
        Differs::Derived { fact, expected, found } => {
            let expected = value(ruleset, *fact, expected.as_slice());
            compared(of_fact(ruleset, *fact), expected, Some(value(ruleset, *fact, found)))
        }
        Differs::UnnamedDerived { fact, found } => {
            About { found: Some(value(ruleset, *fact, found)), ..of_fact(ruleset, *fact) }
        }
        Differs::Candidate { question, option }
        | Differs::NotCandidate { question, option }
        | Differs::UnnamedCandidate { question, option } => of_option(ruleset, *question, *option),
        Differs::Myth(myth) | Differs::UnnamedMyth(myth) => {
            About { myth: ruleset.myths().get(*myth).map(|myth| myth.id.as_str()), ..About::default() }
        }
    }
}

fn compared<'a>(mut about: About<'a>, expected: &'a str, found: Option<&'a str>) -> About<'a> {
    about.expected = Some(expected);
    about.found = found;
    about
}

fn of_rule(ruleset: &Ruleset, rule: RuleIx) -> About<'_> {
    About { rule: ruleset.rules().get(rule).map(|rule| rule.id.as_str()), ..About::default() }
}

fn of_fact(ruleset: &Ruleset, fact: DerivedIx) -> About<'_> {
    About { derived: ruleset.derived().get(fact).map(|fact| fact.id.as_str()), ..About::default() }
}

fn of_option(ruleset: &Ruleset, question: QuestionIx, option: OptionIx) -> About<'_> {
    About {
        question: self::question(ruleset, question),
        option: ruleset.choice(question, option).map(|choice| choice.id.as_str()),
        ..About::default()
    }
}

fn question(ruleset: &Ruleset, question: QuestionIx) -> Option<&str> {
    ruleset.questions().get(question).map(|question| question.id.as_str())
}

fn role(ruleset: &Ruleset, role: RoleIx) -> Option<&str> {
    ruleset.roles().get(role).map(|role| role.id.as_str())
}

/// The one value, as a case names it.
fn value<'a>(ruleset: &'a Ruleset, fact: DerivedIx, values: &[ValueIx]) -> &'a str {
    let [value] = values else { return "undetermined" };
    let fact = ruleset.derived().get(fact);
    fact.and_then(|fact| fact.value(*value)).map_or("undetermined", |value| value.name.as_str())
}

fn due(due: Due) -> &'static str {
    match due {
        Due::Before => "before",
        Due::After => "after",
    }
}
