//! `clearshare explain`: what an id stands for, and how a rule comes out for a manifest.

use std::io::{BufWriter, Write};
use std::path::Path;

use clearshare::check::{FailOn, Wanted, rule_findings};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding};
use clearshare::model::Date;
use clearshare::report::explain::{self, Subject};
use clearshare::report::{Ink, ManifestReport};
use clearshare::ruleset::Ruleset;
use clearshare::text::{Sources, quoted};

use super::args::ExplainArgs;
use super::manifests::OneManifest;
use super::patient_writer::PatientWriter;
use super::rulesets::{asked, write_fault};
use super::{Exit, notices, style, system};

/// Explains every thing of that id; with a manifest, how the rule or the derived fact comes out there.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let as_of = args.as_of.unwrap_or_else(system::today);
    if let Some(path) = &args.manifest {
        return with_manifest(args, path, as_of);
    }
    let err = style::err(&args.look);
    let Ok(ruleset) = asked(&args.ruleset, as_of, err)? else { return Ok(Exit::Fault) };
    let subjects = explain::find(&ruleset, &args.id);
    if subjects.is_empty() {
        return nothing(&ruleset, &args.id, err);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    explain::render(&mut out, &ruleset, &subjects, style::out(&args.look))?;
    out.flush()?;
    Ok(Exit::Passed)
}

/// Nothing has this id.
fn nothing(ruleset: &Ruleset, id: &str, err: Ink) -> anyhow::Result<Exit> {
    let message = format!("nothing in {} is called {}", ruleset.reference(), quoted(id));
    let help = match explain::nearest(ruleset, id) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`clearshare rules show` lists the rules; ids of questions are the paths in a manifest".to_owned(),
    };
    write_fault(&Finding::new(Code::UnknownName, message).help(help), &Sources::new(), err)?;
    Ok(Exit::Fault)
}

fn with_manifest(args: &ExplainArgs, path: &Path, as_of: Date) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let Ok(opened) = OneManifest::open(path, &args.beside, &args.ruleset, as_of, err)? else {
        return Ok(Exit::Fault);
    };
    let ruleset = opened.ruleset;
    let found = explain::find(ruleset, &args.id);
    let decided = found.iter().find(|subject| matches!(subject, Subject::Rule(_) | Subject::Derived(_)));
    let Some(subject) = decided.copied() else {
        if found.is_empty() {
            return nothing(ruleset, &args.id, err);
        }
        let message = format!("{} is no rule and no derived fact, so no manifest decides it", quoted(&args.id));
        let finding = Finding::new(Code::UnknownName, message).help("leave `--manifest` out to have it explained");
        write_fault(&finding, &Sources::new(), err)?;
        return Ok(Exit::Fault);
    };
    let mut evaluator = Evaluator::new(ruleset);
    let Ok(checked) = opened.checked(&mut evaluator, as_of, err)? else { return Ok(Exit::Fault) };
    let findings: Vec<_> =
        checked.flows.iter().map(|flow| rule_findings(&mut evaluator, &opened.manifest, flow, Wanted::All)).collect();
    let (fail_on, failed) = (FailOn::ActFirst, FailOn::ActFirst.fails(checked.outcome()));
    let notices = opened.bundled.map(notices::of_bundled).unwrap_or_default();
    let report = ManifestReport {
        path: &path.to_string_lossy(),
        ruleset,
        as_of,
        checked: &checked,
        notices: &notices,
        waivers: &[],
        since: None,
        findings: &findings,
        sources: &opened.sources,
        fail_on,
        failed,
    };
    let mut out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
    explain::applied(&mut out, &mut evaluator, &report, subject, style::out(&args.look))?;
    out.flush()?;
    Ok(Exit::Passed)
}
