//! `clearshare record replay`: whether records follow from their rulesets, and what would be otherwise under another version.

use std::path::PathBuf;

use clearshare::compare::{Comparison, TooLarge, compare};
use clearshare::engine::Evaluator;
use clearshare::finding::Finding;
use clearshare::model::Date;
use clearshare::replay::{against, replay};
use clearshare::report::replay::json::Faulty;
use clearshare::report::replay::{ReplayReport, Replayed, There, Verdict, Versions, json, text};
use clearshare::ruleset::{Reference, Ruleset};

use super::format::Format;
use super::many::{Opened, Unopened, open_all};
use super::rulebook::Rulebook;
use crate::cli::args::{LookArgs, date, reference};
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::rulesets::write_fault;
use crate::cli::{Exit, style, system};

/// Evaluate records again: prove that they follow from their rules, or say what another version would say today
///
/// The facts of a record are evaluated under the ruleset that advised, as at the day of the advice, and the advice is compared byte for byte. With
/// --against, the same facts are also evaluated under another version of the ruleset, as at today: outcomes, rules and facts that would be
/// otherwise, why, and whether the decision could still be recorded. The records are never changed.
///
/// Exit status: 0 when every record is proved, and with --against nothing would be otherwise; 1 when one is not, or something would be; 2
/// when a record was altered, a ruleset is missing, or there is another fault; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ReplayArgs {
    /// The records; `-` reads one from standard input
    #[arg(value_name = "RECORD", required_unless_present = "all")]
    records: Vec<PathBuf>,
    /// Also every record in this folder and the folders in it
    #[arg(long, value_name = "FOLDER")]
    all: Option<PathBuf>,
    /// Also say what this version would say today; `latest` is the newest inside the program
    #[arg(long, value_name = "RULESET", value_parser = reference)]
    against: Option<Reference>,
    /// A folder of the ruleset that advised, or of the version of --against, where it is not inside the program; may be given more than once
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// The date for --against, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date, requires = "against")]
    as_of: Option<Date>,
    /// How to write it; as JSON it is clearshare-replay/1
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Of several records, write everything about each and not only a line
    #[arg(short, long)]
    verbose: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Evaluates them.
pub(super) fn run(args: &ReplayArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    if let Err(why) = args.output.check(args.rules.iter().map(|folder| Some(folder.as_path()))) {
        return unwritten(why, err);
    }
    let Ok(book) = Rulebook::open(&args.rules, err)? else { return Ok(Exit::Fault) };
    let (opened, mut wrong) = match open_all(&args.records, args.all.as_deref()) {
        Ok(all) => all,
        Err(finding) => {
            write_fault(&finding, &clearshare::text::Sources::new(), err)?;
            return Ok(Exit::Fault);
        }
    };
    let as_of = args.as_of.unwrap_or_else(system::today);
    let mut run = Run { args, as_of, book, compared: Vec::new() };
    let mut records = Vec::new();
    for one in &opened {
        match run.replayed(one)? {
            Ok((verdict, there)) => {
                let superseded_by = superseded_by(one, &opened);
                records.push(Replayed { path: &one.path, record: &one.read.record, verdict, superseded_by, there });
            }
            Err(finding) => wrong.push(Unopened::new(&one.path, *finding)),
        }
    }
    run.write(&records, &wrong)
}

/// The path of a record that took the place of another.
fn superseded_by<'a>(one: &Opened, all: &'a [Opened]) -> Option<&'a str> {
    let seal = &one.read.record.seal;
    let next = all.iter().find(|other| other.read.record.supersedes.as_ref().is_some_and(|it| it.record == *seal));
    next.map(|next| next.path.as_str())
}

/// What came of one record; or why it cannot be evaluated.
type Outcome = Result<(Verdict, Option<(Versions<'static>, There)>), Box<Finding>>;

struct Run<'a> {
    args: &'a ReplayArgs,
    as_of: Date,
    book: Rulebook,
    /// The comparisons made so far: each once, however many records need it. They stay until the program ends.
    compared: Vec<Versions<'static>>,
}

impl Run<'_> {
    fn replayed(&mut self, one: &Opened) -> anyhow::Result<Outcome> {
        let record = &one.read.record;
        let before = match self.book.of_record(record, None)? {
            Ok(advised) => advised.ruleset,
            Err(finding) => return Ok(Err(finding)),
        };
        let mut evaluator = Evaluator::new(before);
        let verdict = replay(record, &mut evaluator)?;
        let Some(wanted) = self.args.against.as_ref().filter(|_| verdict == Verdict::Proved) else {
            return Ok(Ok((verdict, None)));
        };
        let after = match self.book.version(wanted, before, self.as_of)? {
            Ok(ruleset) => ruleset,
            Err(finding) => return Ok(Err(finding)),
        };
        let versions = self.versions(before, after)?;
        let there = against(record, &mut evaluator, &mut Evaluator::new(after), self.as_of)?;
        Ok(Ok((verdict, Some((versions, there)))))
    }

    fn versions(&mut self, before: &'static Ruleset, after: &'static Ruleset) -> anyhow::Result<Versions<'static>> {
        let same = |one: &Versions<'_>| std::ptr::eq(one.before, before) && std::ptr::eq(one.after, after);
        if let Some(found) = self.compared.iter().find(|one| same(one)) {
            return Ok(*found);
        }
        let comparison = if before.digest() == after.digest() {
            Comparison::default()
        } else {
            match compare(before, after) {
                Ok(comparison) => comparison,
                Err(TooLarge) => {
                    anyhow::bail!("the two rulesets together tell too many options apart to be compared")
                }
            }
        };
        let versions = Versions { before, after, comparison: Box::leak(Box::new(comparison)) };
        self.compared.push(versions);
        Ok(versions)
    }

    fn write(&self, records: &[Replayed<'_>], wrong: &[Unopened]) -> anyhow::Result<Exit> {
        let err = style::err(&self.args.look);
        let report = ReplayReport { records, as_of: self.as_of, against: self.args.against.is_some() };
        let mut bytes = Vec::new();
        match self.args.format {
            Format::Text if records.is_empty() => {}
            Format::Text => {
                text::render(&mut bytes, &report, self.args.verbose, self.args.output.ink(&self.args.look))?;
            }
            Format::Json => {
                let faulty: Vec<Faulty<'_>> = wrong.iter().map(Unopened::as_faulty).collect();
                json::render(&mut bytes, &report, &faulty)?;
            }
        }
        if self.args.format == Format::Text {
            wrong.iter().try_for_each(|unopened| unopened.write(err))?;
        }
        if let Err(why) = self.args.output.write(&bytes)? {
            return unwritten(why, err);
        }
        let failed = records.iter().any(|replayed| !replayed.is_as_it_was(self.as_of));
        Ok(match (wrong.is_empty(), failed) {
            (false, _) => Exit::Fault,
            (true, true) => Exit::Failed,
            (true, false) => Exit::Passed,
        })
    }
}
