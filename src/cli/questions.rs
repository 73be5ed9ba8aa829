//! `clearshare questions`: what is still open, by who would know.

use std::io::Write;

use clearshare::engine::Evaluator;
use clearshare::report::questions::{QuestionsReport, Sheet, csv, json, markdown, text};
use clearshare::text::visible;

use super::args::{QuestionsArgs, QuestionsFormat};
use super::manifests::OneManifest;
use super::notices::{of_bundled, uncovered};
use super::patient_writer::PatientWriter;
use super::rulesets::asked;
use super::{Exit, style, system};

/// Prints the questions of a ruleset, or those that a manifest leaves open.
pub(super) fn run(args: &QuestionsArgs) -> anyhow::Result<Exit> {
    let as_of = args.as_of.unwrap_or_else(system::today);
    let inside = args.ruleset.rules.is_none();
    let Some(path) = &args.from else {
        let Ok(ruleset) = asked(&args.ruleset, as_of, style::err(&args.look))? else { return Ok(Exit::Fault) };
        let sheet = Sheet::blank(&mut Evaluator::new(&ruleset), as_of);
        return write(args, &QuestionsReport { ruleset: &ruleset, inside, as_of, manifest: None, sheet: &sheet });
    };
    let err = style::err(&args.look);
    let Ok(opened) = OneManifest::open(path, &args.beside, &args.ruleset, as_of, err)? else {
        return Ok(Exit::Fault);
    };
    let ruleset = opened.ruleset;
    if let Some(bundled) = opened.bundled {
        for notice in of_bundled(bundled).into_iter().chain(uncovered(ruleset, as_of)) {
            writeln!(std::io::stderr().lock(), "warning: {}", visible(&notice))?;
        }
    }
    let mut evaluator = Evaluator::new(ruleset);
    let Ok(checked) = opened.checked(&mut evaluator, as_of, err)? else { return Ok(Exit::Fault) };
    let sheet = Sheet::of(&mut evaluator, &checked);
    let first = checked.flows.first().map(|flow| &flow.flow);
    let name = path.to_string_lossy();
    write(args, &QuestionsReport { ruleset, inside, as_of, manifest: Some((&name, first)), sheet: &sheet })
}

fn write(args: &QuestionsArgs, report: &QuestionsReport<'_>) -> anyhow::Result<Exit> {
    let mut bytes = Vec::new();
    match args.format {
        QuestionsFormat::Text => text::render(&mut bytes, report, style::out(&args.look))?,
        QuestionsFormat::Markdown => markdown::render(&mut bytes, report)?,
        QuestionsFormat::Csv => csv::render(&mut bytes, report)?,
        QuestionsFormat::Json => json::render(&mut bytes, report)?,
    }
    let mut out = PatientWriter::new(std::io::stdout().lock());
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(Exit::Passed)
}
