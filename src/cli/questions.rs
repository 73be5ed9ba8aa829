//! `clearshare questions`: what is still open, by who would know.

use std::io::Write;
use std::path::Path;

use clearshare::check::{Checked, check};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::manifest::{UncheckedManifest, read_manifest};
use clearshare::model::Date;
use clearshare::report::questions::{QuestionsReport, Sheet, csv, json, markdown, text};
use clearshare::ruleset::Ruleset;
use clearshare::text::{Sources, visible};

use super::args::{QuestionsArgs, QuestionsFormat};
use super::notices::{of_bundled, uncovered};
use super::patient_writer::PatientWriter;
use super::rulesets::{Faulty, Unpacked, asked, from_folder, write_faults};
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
    let name = path.to_string_lossy();
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = match system::read(path, system::Input::Manifest) {
        Ok(bytes) => read_manifest(&bytes, &name, &mut sources, &mut findings),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    };
    let Some(manifest) = manifest else { return faults(args, findings, &sources) };
    if let Some(folder) = &args.ruleset.rules {
        return match from_folder(folder, style::err(&args.look))? {
            Ok(ruleset) => with_ruleset(args, &ruleset, &manifest, path, as_of, &sources, findings),
            Err(Faulty) => Ok(Exit::Fault),
        };
    }
    with_bundled(args, &manifest, path, as_of, &sources, findings)
}

/// With a ruleset inside the program: the one asked for, or else the one pinned.
fn with_bundled(
    args: &QuestionsArgs,
    manifest: &UncheckedManifest,
    path: &Path,
    as_of: Date,
    sources: &Sources,
    mut findings: Findings,
) -> anyhow::Result<Exit> {
    let found = Unpacked::default().of_manifest(&args.ruleset, manifest, as_of, &mut findings)?;
    let Some((bundled, ruleset)) = found else { return faults(args, findings, sources) };
    for notice in of_bundled(bundled).into_iter().chain(uncovered(ruleset, as_of)) {
        writeln!(std::io::stderr().lock(), "warning: {}", visible(&notice))?;
    }
    with_ruleset(args, ruleset, manifest, path, as_of, sources, findings)
}

fn with_ruleset(
    args: &QuestionsArgs,
    ruleset: &Ruleset,
    manifest: &UncheckedManifest,
    path: &Path,
    as_of: Date,
    sources: &Sources,
    mut findings: Findings,
) -> anyhow::Result<Exit> {
    let mut evaluator = Evaluator::new(ruleset);
    let checked: Option<Checked> = check(&mut evaluator, manifest, as_of, sources, &mut findings);
    let Some(checked) = checked.filter(|_| findings.is_empty()) else { return faults(args, findings, sources) };
    let sheet = Sheet::of(&mut evaluator, &checked);
    let first = checked.flows.first().map(|flow| &flow.flow);
    let (name, inside) = (path.to_string_lossy(), args.ruleset.rules.is_none());
    write(args, &QuestionsReport { ruleset, inside, as_of, manifest: Some((&name, first)), sheet: &sheet })
}

fn faults(args: &QuestionsArgs, findings: Findings, sources: &Sources) -> anyhow::Result<Exit> {
    write_faults(findings, sources, style::err(&args.look))?;
    Ok(Exit::Fault)
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
