//! `clearshare-test/1`: the results of cases for programs, frozen. See docs/json.md and schemas/test-1.schema.json.

use std::io;

use serde::{Serialize, Serializer};

use super::TestReport;
use super::explained::explained;
use crate::cases::{CaseResult, Difference, Differs};
use crate::engine::Evaluator;
use crate::model::{DerivedIx, Due, QuestionIx, RoleIx, RuleIx, ValueIx};
use crate::report::Out;
use crate::report::json::parts::{Place, Subject, write};
use crate::ruleset::Ruleset;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-test/1";

#[derive(Serialize)]
struct Members<'a> {
    ruleset: Subject<'a>,
    failed: bool,
    summary: Summary,
    cases: Vec<Case<'a>>,
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
    at: Option<Place<'a>>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome_alone: Option<&'static str>,
    passed: bool,
    differences: Vec<Differing<'a>>,
}

#[derive(Serialize)]
struct Differing<'a> {
    kind: &'static str,
    message: String,
    #[serde(flatten)]
    at: Option<Place<'a>>,
    #[serde(flatten)]
    about: About<'a>,
    why: Vec<String>,
}

/// What differs, and the words that were compared: the members that there are, in order.
#[derive(Default)]
struct About<'a>(Vec<(&'static str, &'a str)>);

impl<'a> About<'a> {
    fn and(mut self, member: &'static str, id: Option<&'a str>) -> Self {
        self.0.extend(id.map(|id| (member, id)));
        self
    }

    fn compared(self, expected: &'a str, found: &'a str) -> Self {
        self.and("expected", Some(expected)).and("found", Some(found))
    }
}

impl Serialize for About<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().copied())
    }
}

/// Writes the results.
pub fn render(out: Out<'_>, report: &TestReport<'_>) -> io::Result<()> {
    let mut evaluator = Evaluator::new(report.ruleset);
    let (cases, failed) = (report.results.len(), report.failed());
    let members = Members {
        ruleset: Subject::of(report.ruleset),
        failed: !report.passed(),
        summary: Summary { cases, passed: cases - failed, failed },
        cases: report.results.iter().map(|result| case(&mut evaluator, report, result)).collect(),
    };
    write(out, FORMAT, &members)
}

fn case<'a>(evaluator: &mut Evaluator<'_>, report: &TestReport<'a>, result: &'a CaseResult<'a>) -> Case<'a> {
    let explained = if result.passed() { Vec::new() } else { explained(evaluator, report.sources, result) };
    let differences = explained.into_iter().map(|(difference, lines)| Differing {
        kind: kind(&difference.differs),
        message: difference.in_words(report.ruleset),
        at: Place::start(difference.place, report.sources),
        about: about(report.ruleset, difference),
        why: lines.into_iter().map(|line| format!("{:1$}{2}", "", 2 * line.depth, line.text)).collect(),
    });
    Case {
        id: &result.case.id,
        title: &result.case.title,
        at: Place::start(result.case.place, report.sources),
        outcome: result.outcome.word(),
        outcome_alone: result.alone.as_ref().map(|alone| alone.outcome.word()),
        passed: result.passed(),
        differences: differences.collect(),
    }
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
    let about = About::default();
    let of_rule = |ix: &RuleIx| About::default().and("rule", rule(ruleset, *ix));
    let of_fact = |ix: &DerivedIx| About::default().and("derived", fact(ruleset, *ix));
    match &difference.differs {
        Differs::Moot(question) | Differs::Arises(question) => {
            about.and("question", self::question(ruleset, *question))
        }
        Differs::Outcome { expected, found } | Differs::Alone { expected, found } => {
            about.compared(expected.word(), found.word())
        }
        Differs::Status { rule, expected, found } => of_rule(rule).compared(expected.word(), found.word()),
        Differs::UnnamedRule { rule, found } => of_rule(rule).and("found", Some(found.word())),
        Differs::Level { rule, expected, found } => of_rule(rule).compared(expected.word(), found.word()),
        Differs::Basis { rule, expected, found } => of_rule(rule).compared(expected.word(), found.word()),
        Differs::Due { rule, expected, found } => of_rule(rule).compared(due(*expected), due(*found)),
        Differs::Refer { rule, expected, found } => {
            let expected = role(ruleset, *expected).unwrap_or_default();
            let found = found.and_then(|found| role(ruleset, found));
            of_rule(rule).and("expected", Some(expected)).and("found", found)
        }
        Differs::Derived { fact, expected, found } => {
            of_fact(fact).compared(value(ruleset, *fact, expected.as_slice()), value(ruleset, *fact, found))
        }
        Differs::UnnamedDerived { fact, found } => of_fact(fact).and("found", Some(value(ruleset, *fact, found))),
        Differs::Candidate { question, option }
        | Differs::NotCandidate { question, option }
        | Differs::UnnamedCandidate { question, option } => {
            let option = ruleset.choice(*question, *option).map(|choice| choice.id.as_str());
            about.and("question", self::question(ruleset, *question)).and("option", option)
        }
        Differs::Myth(myth) | Differs::UnnamedMyth(myth) => {
            about.and("myth", ruleset.myths().get(*myth).map(|myth| myth.id.as_str()))
        }
    }
}

fn rule(ruleset: &Ruleset, rule: RuleIx) -> Option<&str> {
    ruleset.rules().get(rule).map(|rule| rule.id.as_str())
}

fn fact(ruleset: &Ruleset, fact: DerivedIx) -> Option<&str> {
    ruleset.derived().get(fact).map(|fact| fact.id.as_str())
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
