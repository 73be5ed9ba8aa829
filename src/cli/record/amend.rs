//! `clearshare record amend`: a new record, which takes the place of another.

use std::path::{Path, PathBuf};

use clap::Args;
use clearshare::check::{Checked, CheckedFlow};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding};
use clearshare::manifest::Flow;
use clearshare::record::exchange;
use clearshare::record::v1::Record;
use clearshare::report::Ink;
use clearshare::text::{Place, Sources, Span};

use super::advice_args::{AdviceArgs, Days};
use super::evidence::seen_from;
use super::keep::{Ground, Target, next_in_row};
use super::load::{Loaded, load_unaltered};
use super::new::screened;
use super::rulebook::{Advised, Rulebook};
use super::said::DecisionArgs;
use super::take::Taking;
use crate::cli::place::unwritten;
use crate::cli::rulesets::write_fault;
use crate::cli::staged::folder_of;
use crate::cli::{Exit, style};

/// Record a decision anew, in place of one that was recorded before
///
/// The new record names the seal of the old one, which stays as it is. The old decision is where it begins: only what is other has
/// to be said. With a manifest, the facts are those of the manifest; without one, those of the old record, and the advice is given
/// again by the same ruleset.
///
/// Exit status: 0 when the record is written; 1 when the safety check ends the questions, so that nothing is written; 2 when an
/// input has a fault, or the advice does not allow the decision; 3 when clearshare itself fails; 130 when interrupted, with nothing
/// written.
#[derive(Debug, Args)]
pub(in crate::cli) struct AmendArgs {
    /// The record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// The manifest, where the facts are others by now; `-` reads standard input
    #[arg(value_name = "MANIFEST")]
    manifest: Option<PathBuf>,
    /// Why there is a new record
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    #[command(flatten)]
    decision: DecisionArgs,
    /// The new file to write, or a folder for it [default: beside the record, with the next number]; `-` writes to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    advice: AdviceArgs,
}

const OR_A_MANIFEST: &str =
    "name the manifest, with the ruleset that it pins now, to have its facts and the advice on them";

/// Records a decision anew.
pub(super) fn run(args: &AmendArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.advice.look);
    let Ok(loaded) = load_unaltered(&args.record, err)? else { return Ok(Exit::Fault) };
    let amending = Amending { args, old: &loaded.read.record, days: args.advice.days(), err };
    match &args.manifest {
        Some(path) => args.advice.on_manifest(path, amending.days, |evaluator, ground| {
            amending.decide(evaluator, ground, path.as_os_str() == "-")
        }),
        None if args.advice.ruleset.ruleset.is_some() => {
            let message =
                "`--ruleset` stands without a manifest: the facts of a record are evaluated by its own ruleset";
            write_fault(&Finding::new(Code::OtherRuleset, message).help(OR_A_MANIFEST), &Sources::new(), err)?;
            Ok(Exit::Fault)
        }
        None => amending.again(&loaded),
    }
}

/// An amendment that is going on.
struct Amending<'a> {
    args: &'a AmendArgs,
    old: &'a Record,
    days: Days,
    err: Ink,
}

impl Amending<'_> {
    /// With the facts of the old record, under the ruleset that advised then.
    fn again(&self, loaded: &Loaded) -> anyhow::Result<Exit> {
        let start = Place::new(loaded.read.file, Span::at(0));
        let Ok(mut book) = Rulebook::open(self.args.advice.ruleset.rules.as_slice(), self.err)? else {
            return Ok(Exit::Fault);
        };
        let Advised { ruleset, bundled } = match book.of_record(self.old, Some(OR_A_MANIFEST))? {
            Ok(advised) => advised,
            Err(finding) => {
                write_fault(&finding.at(start), &loaded.sources, self.err)?;
                return Ok(Exit::Fault);
            }
        };
        let mut evaluator = Evaluator::new(ruleset);
        let mut flows = Vec::new();
        for known in &self.old.facts {
            match exchange(ruleset, known) {
                Ok(exchange) => {
                    let advice = evaluator.evaluate(&exchange, self.days.as_of);
                    let flow = Flow { exchange, places: Vec::new(), waivers: Vec::new() };
                    flows.push(CheckedFlow { flow, advice });
                }
                Err(misfits) => {
                    let message =
                        format!("the facts of the record are not those of its ruleset: {}", misfits.join("; "));
                    let finding = Finding::new(Code::OtherRuleset, message).at(start).help(OR_A_MANIFEST);
                    write_fault(&finding, &loaded.sources, self.err)?;
                    return Ok(Exit::Fault);
                }
            }
        }
        let checked = Checked { flows };
        if checked.is_screened() {
            let out = style::out(&self.args.advice.look);
            return screened(&mut evaluator, &self.args.record, &checked, self.days.as_of, out);
        }
        let ground = Ground {
            ruleset,
            bundled,
            checked: &checked,
            sources: &loaded.sources,
            manifest: self.old.manifest.clone(),
            as_of: self.days.as_of,
            today: self.days.today,
        };
        self.decide(&mut evaluator, &ground, self.args.record.as_os_str() == "-")
    }

    /// The file of the new record. What stands behind the name of a first record is no number in a row: it may be a reference.
    fn next(&self, old: &Path) -> PathBuf {
        next_in_row(old, self.old.supersedes.is_some())
    }

    fn decide(&self, evaluator: &mut Evaluator<'_>, ground: &Ground<'_>, input_is_taken: bool) -> anyhow::Result<Exit> {
        let args = self.args;
        let target = match &args.output {
            Some(folder) if folder.is_dir() => {
                let name = args.record.file_name().unwrap_or(args.record.as_os_str());
                Target { path: self.next(&folder.join(name)) }
            }
            Some(file) => Target { path: file.clone() },
            None => Target { path: self.next(&args.record) },
        };
        if let Err(why) = target.check(args.advice.ruleset.rules.as_deref()) {
            return unwritten(why, self.err);
        }
        let evidence = seen_from(&self.old.evidence, &args.record, folder_of(&target.path));
        let old = Record { evidence, ..self.old.clone() };
        let taking = Taking {
            ground,
            args: &args.decision,
            old: Some((&old, args.why.clone())),
            target: &target,
            look: &args.advice.look,
            input_is_taken,
        };
        taking.run(evaluator)
    }
}
