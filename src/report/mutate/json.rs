//! `clearshare-mutation/1`: what came of each change to the rules, for programs, frozen. See docs/json.md and
//! schemas/mutation-1.schema.json.

use std::io;

use serde::Serialize;

use super::{Counts, MutationReport, words};
use crate::mutate::{Judged, Shown, Verdict};
use crate::report::Out;
use crate::report::json::parts::{self, Fact, Place, Subject, write};
use crate::ruleset::Ruleset;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-mutation/1";

#[derive(Serialize)]
struct Members<'a> {
    ruleset: Subject<'a>,
    failed: bool,
    summary: Summary,
    failing_cases: Vec<&'a str>,
    changes: Vec<Made<'a>>,
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
    at: Option<Place<'a>>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caught_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness<'a>>,
}

#[derive(Serialize)]
struct Witness<'a> {
    smallest: bool,
    facts: Vec<Fact<'a>>,
    differences: Vec<String>,
}

/// Writes what came of the changes.
pub fn render(out: Out<'_>, report: &MutationReport<'_>) -> io::Result<()> {
    let Counts { changes, caught, equivalent, survive, not_proved } = report.counts();
    let case = |at: &usize| report.cases.cases.get(*at).map(|case| case.id.as_str());
    let members = Members {
        ruleset: Subject::of(report.ruleset),
        failed: !report.passed(),
        summary: Summary { changes, caught, equivalent, survive, not_proved },
        failing_cases: report.mutation.failing.iter().filter_map(case).collect(),
        changes: report.mutation.judged.iter().map(|judged| change(report, judged)).collect(),
    };
    write(out, FORMAT, &members)
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
        at: Place::start(judged.mutant.place, report.sources),
        verdict,
        caught_by,
        witness,
    }
}

fn witness<'a>(ruleset: &'a Ruleset, shown: &'a Shown) -> Option<Witness<'a>> {
    let facts = shown.facts.as_ref()?;
    let differences = shown.effects.iter().map(|effect| words::effect(ruleset, effect)).collect();
    Some(Witness { smallest: shown.smallest, facts: parts::facts(ruleset, facts), differences })
}
