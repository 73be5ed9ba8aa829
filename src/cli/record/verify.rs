//! `clearshare record verify`: whether records are unaltered, in order, and signed by whom.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clearshare::finding::{Finding, Findings};
use clearshare::model::Date;
use clearshare::record::v1::Supersedes;
use clearshare::record::{Integrity, Link, Trust, chain, read_record, verify};
use clearshare::report::record::verify::{Found, Judged, Looked, Verdict, VerifyReport, json, text};
use clearshare::report::{Detail, Ink};
use clearshare::text::Sources;

use super::beside::{Folders, records_in};
use super::compare::compare;
use super::format::Format;
use super::trust::TrustArgs;
use crate::cli::args::{LookArgs, date};
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::rulesets::write_fault;
use crate::cli::system::{self, Input};
use crate::cli::{Exit, style};

/// Prove that records are unaltered, and who signed them
///
/// Signatures stand beside a record, as RECORD.NAME.sig. Several records, or a folder of them, are also looked at for which takes the
/// place of which. Exit status: 0 when nothing is wrong; 1 when a record was altered, or something else of it is not proved; 2 when a
/// file is no record, or the command line has a fault; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct VerifyArgs {
    /// Records, and folders of them (`*.record.json`, at any depth); `-` reads standard input
    #[arg(value_name = "RECORD|DIR", required = true)]
    records: Vec<PathBuf>,
    #[command(flatten)]
    trust: TrustArgs,
    /// Compare files of the evidence in this folder with what the records say of them
    #[arg(long, value_name = "DIR")]
    evidence_root: Option<PathBuf>,
    /// The day as at which records are looked at, instead of today: one of a later day is wrong [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// How to write what was found; as JSON it is clearshare-record-verification/1
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
    /// As text, write one line for each record
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Also write the seals
    #[arg(short, long)]
    verbose: bool,
    #[command(flatten)]
    look: LookArgs,
}

/// Looks at them.
pub(super) fn run(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    if let Err(why) = args.output.check([]) {
        return unwritten(why, err);
    }
    let Ok(trust) = args.trust.read(err)? else { return Ok(Exit::Fault) };
    let paths = match paths(&args.records) {
        Ok(paths) => paths,
        Err(finding) => {
            write_fault(&finding, &Sources::new(), err)?;
            return Ok(Exit::Fault);
        }
    };
    let today = args.as_of.unwrap_or_else(system::today);
    let mut folders = Folders::default();
    let mut looked: Vec<Looked> = paths.iter().map(|path| look(args, path, &trust, today, &mut folders)).collect();
    link(&mut looked, args.records.iter().all(|path| path.is_dir()));
    let report = VerifyReport { as_of: today, looked: &looked };
    if let Err(why) = args.output.write(&written(args, &report)?)? {
        return unwritten(why, err);
    }
    faults(&looked, err)?;
    Ok(match (report.count(Verdict::Fault), report.count(Verdict::NotProved)) {
        (1.., _) => Exit::Fault,
        (0, 1..) => Exit::Failed,
        (0, 0) => Exit::Passed,
    })
}

fn paths(named: &[PathBuf]) -> Result<Vec<PathBuf>, Box<Finding>> {
    let (mut paths, mut seen) = (Vec::new(), BTreeSet::new());
    for path in named {
        paths.extend(if path.is_dir() { records_in(path)? } else { vec![path.clone()] });
    }
    paths.retain(|path: &PathBuf| seen.insert(path.clone()));
    Ok(paths)
}

fn look(args: &VerifyArgs, path: &Path, trust: &Trust, today: Date, folders: &mut Folders) -> Looked {
    let name = path.to_string_lossy().into_owned();
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let read = system::read(path, Input::Record);
    let signatures = read.and_then(|bytes| Ok((bytes, folders.signatures(path)?)));
    let (bytes, signatures) = match signatures {
        Ok(both) => both,
        Err(finding) => return Looked { path: name, found: Found::Faulty { findings: vec![*finding], sources } },
    };
    let Some(read) = read_record(&bytes, &name, &mut sources, &mut findings) else {
        return Looked { path: name, found: Found::Faulty { findings: findings.into_sorted(), sources } };
    };
    let mut verified = verify(&read, &signatures, trust, today);
    if let Some(root) = &args.evidence_root
        && read.integrity != Integrity::Altered
    {
        compare(path, root, &read.record.evidence, &mut verified);
    }
    Looked { path: name, found: Found::Record(Box::new(Judged::new(&read, verified))) }
}

/// Which takes the place of which.
fn link(looked: &mut [Looked], whole: bool) {
    fn of<'a>(path: &'a str, judged: &'a Judged) -> Link<'a> {
        let supersedes: Option<&Supersedes> = judged.supersedes.as_ref();
        Link { path, seal: &judged.seal, decided_on: judged.decided_on, supersedes }
    }
    let mut troubles = {
        let links = looked.iter().filter_map(|looked| match &looked.found {
            Found::Record(judged) => Some(of(&looked.path, judged)),
            Found::Faulty { .. } => None,
        });
        chain(&links.collect::<Vec<_>>(), whole).into_iter()
    };
    for looked in looked.iter_mut().filter(|looked| matches!(looked.found, Found::Record(_))) {
        looked.extend(troubles.next().unwrap_or_default());
    }
}

fn written(args: &VerifyArgs, report: &VerifyReport<'_>) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    let detail = match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (false, true) => Detail::Verbose,
        (false, false) => Detail::Normal,
    };
    match args.format {
        Format::Json => json::render(&mut out, report)?,
        Format::Text => text::render(&mut out, report, detail, args.output.ink(&args.look))?,
    }
    Ok(out)
}

/// What is wrong with files that are no records, on standard error as well: it is what is wrong with the input.
fn faults(looked: &[Looked], ink: Ink) -> anyhow::Result<()> {
    for looked in looked {
        if let Found::Faulty { findings, sources } = &looked.found {
            findings.iter().try_for_each(|finding| write_fault(finding, sources, ink))?;
        }
    }
    Ok(())
}
