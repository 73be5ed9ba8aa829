//! `clearshare upgrade`: what another version of its ruleset says of a manifest, and the new pin.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clearshare::check::{Checked, WaiverKind, check, choose, waiver_findings};
use clearshare::compare::{TooLarge, compare};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::repin;
use clearshare::model::{Date, QuestionIx};
use clearshare::report::upgrade::{FlowUpgrade, UpgradeReport, text};
use clearshare::report::{self, Ink};
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::{Sources, nearest, quoted, visible};
use clearshare::upgrade::{Advised, Difference, Moved};

use super::args::{LookArgs, RulesetArgs, date, reference};
use super::manifests::{BesideArgs, OneManifest};
use super::patient_writer::PatientWriter;
use super::place::{check_file, unwritten, write_over};
use super::rulesets::{Faulty, from_folder, named, write_fault, write_faults};
use super::{Exit, notices, style, system};

/// Say what a newer ruleset would change for a manifest, and why; with --write, pin it
///
/// The manifest is checked under the ruleset that it pins and under the newer one: the outcomes, rules and facts that differ, each with
/// what changed and what says so; answers to look at again, and new questions. Nothing is changed without --write.
///
/// Exit status: 0 when nothing differs; 1 when something does, or the safety check ends it; 2 when the manifest, a ruleset or the
/// command line has a fault, or the pin cannot be written; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(super) struct UpgradeArgs {
    /// The manifest; `-` reads standard input
    #[arg(value_name = "MANIFEST")]
    manifest: PathBuf,
    /// The version to change to [default: the newest of the ruleset that is pinned]
    #[arg(long, value_name = "RULESET", value_parser = reference, conflicts_with = "rules")]
    to: Option<Reference>,
    /// Change to the ruleset in this folder
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// The folder of the ruleset that is pinned, where it is not inside the program
    #[arg(long, value_name = "DIR")]
    pinned: Option<PathBuf>,
    /// The answer to this question still stands, although it has new choices; may be given more than once
    #[arg(long, value_name = "QUESTION")]
    confirm: Vec<String>,
    /// Write the new pin into the manifest; everything else stays as it is
    #[arg(long)]
    write: bool,
    /// The date of the advice, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    beside: BesideArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Says what would change, and writes the pin where that is asked for.
pub(super) fn run(args: &UpgradeArgs) -> anyhow::Result<Exit> {
    let as_of = args.as_of.unwrap_or_else(system::today);
    let err = style::err(&args.look);
    if args.write {
        if args.manifest.as_os_str() == "-" {
            let finding = Finding::new(Code::CannotWrite, "standard input cannot be written to");
            return fault(&finding.help("name the manifest's file"), err);
        }
        if args.manifest.exists()
            && let Err(why) = check_file(&args.manifest)
        {
            return unwritten(why, err);
        }
    }
    let pinned = RulesetArgs { ruleset: None, rules: args.pinned.clone() };
    let Ok(opened) = OneManifest::open(&args.manifest, &args.beside, &pinned, as_of, err)? else {
        return Ok(Exit::Fault);
    };
    if let Err(finding) = is_pinned(&opened) {
        return fault(&finding, err);
    }
    if let Some((pin, at)) = opened.configured().filter(|_| args.write) {
        let message = format!("there is no pin to change: {} names {pin} for this manifest", visible(&at));
        let help = "change it there, once you have looked at every manifest that it counts for. Nothing was changed";
        return fault(&Finding::new(Code::CannotUpgrade, message).help(help), err);
    }
    let Ok((after, notices)) = target(args, &opened, as_of, err)? else { return Ok(Exit::Fault) };
    let confirmed = match confirmed(&args.confirm, &after) {
        Ok(confirmed) => confirmed,
        Err(finding) => return fault(&finding, err),
    };
    let mut evaluator = Evaluator::new(opened.ruleset);
    let Ok(checked) = opened.checked(&mut evaluator, as_of, err)? else { return Ok(Exit::Fault) };
    Upgrade { args, as_of, opened: &opened, after: &after, confirmed, notices }.run(&checked)
}

fn fault(finding: &Finding, err: Ink) -> anyhow::Result<Exit> {
    write_fault(finding, &Sources::new(), err)?;
    Ok(Exit::Fault)
}

/// That the ruleset used is the one that the manifest pins: that in a folder may be another.
fn is_pinned(opened: &OneManifest) -> Result<(), Box<Finding>> {
    let reference = opened.ruleset.reference();
    let pin = opened.manifest.pin.as_ref().map(|(pin, _)| pin).or_else(|| Some(opened.configured()?.0));
    match pin {
        Some(pin) if *pin == reference => Ok(()),
        Some(pin) => {
            let message = format!("the manifest is for {pin}, and the folder holds {reference}");
            Err(Box::new(
                Finding::new(Code::OtherRuleset, message).help("name the folder of the ruleset that is pinned"),
            ))
        }
        None => {
            let finding = Finding::new(Code::NotPinned, "this manifest does not say which ruleset it is for");
            Err(Box::new(finding.help(format!("add `ruleset: {reference}`"))))
        }
    }
}

/// The ruleset to change to, and what there is to know of it. Faults were written.
fn target(
    args: &UpgradeArgs,
    opened: &OneManifest,
    as_of: Date,
    err: Ink,
) -> anyhow::Result<Result<(Ruleset, Vec<String>), Faulty>> {
    let pinned = opened.ruleset.reference();
    let (ruleset, mut notices) = if let Some(folder) = &args.rules {
        match from_folder(folder, err)? {
            Ok(ruleset) => (ruleset, Vec::new()),
            Err(faulty) => return Ok(Err(faulty)),
        }
    } else {
        let latest = Reference { id: "latest".to_owned(), version: None };
        match choose(&named(args.to.as_ref().unwrap_or(&latest), Some(&pinned)), as_of, None) {
            Ok(bundled) => (bundled.load()?, notices::of_bundled(bundled)),
            Err(finding) => {
                write_fault(&finding, &Sources::new(), err)?;
                return Ok(Err(Faulty));
            }
        }
    };
    if ruleset.info().id != pinned.id {
        let message = format!("{} is another ruleset than {pinned}, not a version of it", ruleset.reference());
        let finding = Finding::new(Code::OtherRuleset, message);
        write_fault(&finding.help(format!("name a version of `{}`", pinned.id)), &Sources::new(), err)?;
        return Ok(Err(Faulty));
    }
    notices.extend(notices::uncovered(&ruleset, as_of));
    Ok(Ok((ruleset, notices)))
}

/// The questions whose answers stand.
fn confirmed(ids: &[String], ruleset: &Ruleset) -> Result<Vec<QuestionIx>, Box<Finding>> {
    let question = |id: &String| {
        ruleset.question_named(id).ok_or_else(|| {
            let message = format!("{} has no question {}", ruleset.reference(), quoted(id));
            let finding = Finding::new(Code::UnknownName, message);
            Box::new(match nearest(id, ruleset.questions().iter().map(|(_, question)| question.id.as_str())) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("`clearshare questions` lists them"),
            })
        })
    };
    ids.iter().map(question).collect()
}

/// Says what is to be said in a few words.
fn say(text: &str, exit: Exit) -> anyhow::Result<Exit> {
    let mut out = PatientWriter::new(std::io::stdout().lock());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(exit)
}

/// A manifest that is on its way to another ruleset.
struct Upgrade<'a> {
    args: &'a UpgradeArgs,
    as_of: Date,
    opened: &'a OneManifest,
    after: &'a Ruleset,
    confirmed: Vec<QuestionIx>,
    notices: Vec<String>,
}

impl Upgrade<'_> {
    fn run(&self, checked: &Checked) -> anyhow::Result<Exit> {
        let (before, look) = (self.opened.ruleset, style::out(&self.args.look));
        if checked.is_screened() {
            return say(&report::text::screen(before, self.as_of, look), Exit::Failed);
        }
        if before.digest() == self.after.digest() {
            let reference = before.reference();
            let who =
                self.opened.configured().map_or_else(|| "The manifest".to_owned(), |(_, at)| visible(&at).into_owned());
            return say(&format!("{who} pins {reference} already: there is nothing to change.\n"), Exit::Passed);
        }
        let mut evaluator = Evaluator::new(self.after);
        let mut moved = Vec::new();
        for flow in &checked.flows {
            let advised = Advised { ruleset: before, exchange: &flow.flow.exchange, advice: &flow.advice };
            moved.push((advised, Moved::new(advised, &mut evaluator, &self.confirmed, self.as_of)));
        }
        if moved.iter().any(|(_, moved)| moved.screened) {
            return say(&report::text::screen(self.after, self.as_of, look), Exit::Failed);
        }
        let mut misfits = Findings::new();
        let there = check(&mut evaluator, &self.opened.manifest, self.as_of, &self.opened.sources, &mut misfits);
        let mut notices = self.notices.clone();
        notices.extend(there.iter().flat_map(|there| self.lost_waivers(there)));
        let comparison = match compare(before, self.after) {
            Ok(comparison) => comparison,
            Err(TooLarge) => anyhow::bail!("the two rulesets together tell too many options apart to be compared"),
        };
        let flow =
            |(advised, moved): &(Advised<'_>, Moved)| Difference::new(*advised, self.after, moved, &self.confirmed);
        let flows: Vec<FlowUpgrade<'_>> =
            moved.iter().map(|pair| FlowUpgrade { difference: flow(pair), advice: &pair.1.advice }).collect();
        let found = misfits.clone().into_sorted();
        let report = UpgradeReport {
            path: &self.args.manifest.to_string_lossy(),
            as_of: self.as_of,
            before,
            after: self.after,
            comparison: &comparison,
            flows: &flows,
            misfits: &found,
            sources: &self.opened.sources,
            notices: &notices,
        };
        let mut out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
        text::render(&mut out, &report, look)?;
        out.flush()?;
        drop(out);
        let exit = if report.differs() { Exit::Failed } else { Exit::Passed };
        if self.args.write { Ok(exit.max(self.write(misfits, &flows)?)) } else { Ok(exit) }
    }

    /// Waivers of rules that are not there any more.
    fn lost_waivers(&self, there: &Checked) -> Vec<String> {
        let found = waiver_findings(self.after, there, self.as_of);
        let lost = found.iter().filter(|waiver| waiver.kind == WaiverKind::Unknown);
        lost.map(|waiver| waiver.notice(&self.opened.sources)).collect()
    }

    /// Writes the pin, where everything that the manifest says has a meaning there and nothing is left to confirm.
    fn write(&self, misfits: Findings, flows: &[FlowUpgrade<'_>]) -> anyhow::Result<Exit> {
        let err = style::err(&self.args.look);
        let path = self.args.manifest.as_path();
        if !misfits.is_empty() {
            write_faults(misfits, &self.opened.sources, err)?;
            let help = "take out what these faults name, or change it to what both versions know, and try again; or write \
                        the new pin yourself and mend both together. Nothing was changed";
            return fault(&self.cannot("it says what has no meaning there").help(help), err);
        }
        let open = self.unconfirmed(flows);
        if !open.is_empty() {
            let flags: Vec<String> = open.iter().map(|id| format!("--confirm {id}")).collect();
            let help = format!(
                "if these answers stand: `{}`; if not, write the new pin and the new answers yourself. Nothing was changed",
                flags.join(" ")
            );
            let why = format!("there are new choices, and nobody looked at them, for {}", open.join(", "));
            return fault(&self.cannot(&why).help(help), err);
        }
        let text = match std::str::from_utf8(&self.opened.bytes).map(|source| repin(source, self.after)) {
            Ok(Ok(text)) => text,
            Ok(Err(why)) => return fault(&self.cannot(&why.to_string()).help(BY_HAND), err),
            Err(_) => return fault(&self.cannot("it is not UTF-8 text").help(BY_HAND), err),
        };
        if !self.is_as_it_was(path) {
            let message = format!("{} was changed since it was read", quoted(&path.to_string_lossy()));
            let finding = Finding::new(Code::ChangedMeanwhile, message).help("nothing was written: try again");
            return fault(&finding, err);
        }
        if let Err(why) = write_over(path, text.as_bytes()) {
            return unwritten(why, err);
        }
        let reference = self.after.reference();
        say(&format!("The manifest now pins {reference}. Nothing else in it was changed.\n"), Exit::Passed)
    }

    fn is_as_it_was(&self, path: &Path) -> bool {
        system::read(path, system::Input::Manifest).is_ok_and(|bytes| bytes == self.opened.bytes)
    }

    /// The questions whose answers nobody confirmed.
    fn unconfirmed(&self, flows: &[FlowUpgrade<'_>]) -> Vec<String> {
        let again = flows.iter().flat_map(|flow| &flow.difference.again);
        let questions = again.filter_map(|again| self.after.questions().get(again.question));
        let mut ids: Vec<String> = questions.map(|question| question.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn cannot(&self, why: &str) -> Finding {
        let (path, reference) = (self.args.manifest.to_string_lossy(), self.after.reference());
        Finding::new(Code::CannotUpgrade, format!("{} is not changed to {reference}: {why}", quoted(&path)))
    }
}

/// What to do where the pin cannot be written.
const BY_HAND: &str = "change the line `ruleset:` yourself. Nothing was changed";
