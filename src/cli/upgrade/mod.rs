//! `clearshare upgrade`: what another version of its ruleset says of a manifest, and the new pin.

mod pin;

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use clearshare::check::{Checked, WaiverKind, check, choose, waiver_findings};
use clearshare::compare::{Comparison, TooLarge, compare};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::model::{Date, QuestionIx};
use clearshare::report::upgrade::text::Pinning;
use clearshare::report::upgrade::{FlowUpgrade, UpgradeReport, json, text};
use clearshare::report::{self, Ink};
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::{Sources, nearest, quoted, visible};
use clearshare::upgrade::{Advised, Difference, Moved};

use super::args::{LookArgs, RulesetArgs, date, reference};
use super::manifests::{BesideArgs, OneManifest};
use super::patient_writer::PatientWriter;
use super::place::{check_file, unwritten};
use super::rulesets::{Faulty, from_folder, named, write_fault};
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
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The date of the advice, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    beside: BesideArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// How an upgrade is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: clearshare-upgrade/1
    Json,
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

/// Writes what there is to say to standard output.
fn say(bytes: &[u8], exit: Exit) -> anyhow::Result<Exit> {
    let mut out = PatientWriter::new(std::io::stdout().lock());
    out.write_all(bytes)?;
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
        let before = self.opened.ruleset;
        if checked.is_screened() {
            return self.screened(before);
        }
        let is_same = before.digest() == self.after.digest();
        if is_same && self.args.format == Format::Text {
            let reference = before.reference();
            let who =
                self.opened.configured().map_or_else(|| "The manifest".to_owned(), |(_, at)| visible(&at).into_owned());
            let text = format!("{who} pins {reference} already: there is nothing to change.\n");
            return say(text.as_bytes(), Exit::Passed);
        }
        let mut evaluator = Evaluator::new(self.after);
        let mut moved = Vec::new();
        for flow in &checked.flows {
            let advised = Advised { ruleset: before, exchange: &flow.flow.exchange, advice: &flow.advice };
            moved.push((advised, Moved::new(advised, &mut evaluator, &self.confirmed, self.as_of)));
        }
        if moved.iter().any(|(_, moved)| moved.screened) {
            return self.screened(self.after);
        }
        let mut misfits = Findings::new();
        let there = check(&mut evaluator, &self.opened.manifest, self.as_of, &self.opened.sources, &mut misfits);
        let mut notices = self.notices.clone();
        notices.extend(there.iter().flat_map(|there| self.lost_waivers(there)));
        let comparison = match if is_same { Ok(Comparison::default()) } else { compare(before, self.after) } {
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
            confirmable: true,
            notices: &notices,
        };
        let wanted = self.args.write && !is_same;
        match self.args.format {
            Format::Text => self.in_text(&report, misfits, wanted),
            Format::Json => self.in_json(&report, misfits, wanted),
        }
    }

    /// Says what differs, and then writes the pin.
    fn in_text(&self, report: &UpgradeReport<'_>, misfits: Findings, wanted: bool) -> anyhow::Result<Exit> {
        let is_file = self.args.manifest.as_os_str() != "-" && self.opened.configured().is_none();
        let pinning = if is_file && !wanted { Pinning::Possible } else { Pinning::Out };
        let mut bytes = Vec::new();
        text::render(&mut bytes, report, pinning, style::out(&self.args.look))?;
        let exit = say(&bytes, differs(report))?;
        if !wanted {
            return Ok(exit);
        }
        let pinned = self.write(misfits, &report.unconfirmed())?;
        if pinned == Exit::Passed {
            let reference = self.after.reference();
            say(format!("The manifest now pins {reference}. Nothing else in it was changed.\n").as_bytes(), exit)?;
        }
        Ok(exit.max(pinned))
    }

    /// Writes the pin first: the document says whether that was done.
    fn in_json(&self, report: &UpgradeReport<'_>, misfits: Findings, wanted: bool) -> anyhow::Result<Exit> {
        let pinned = if wanted { Some(self.write(misfits, &report.unconfirmed())?) } else { None };
        let mut bytes = Vec::new();
        json::render(&mut bytes, report, pinned == Some(Exit::Passed))?;
        say(&bytes, differs(report).max(pinned.unwrap_or(Exit::Passed)))
    }

    /// What to do where the safety screen ends it under a ruleset.
    fn screened(&self, ruleset: &Ruleset) -> anyhow::Result<Exit> {
        match self.args.format {
            Format::Text => {
                say(report::text::screen(ruleset, self.as_of, style::out(&self.args.look)).as_bytes(), Exit::Failed)
            }
            Format::Json => {
                let mut bytes = Vec::new();
                json::screen(&mut bytes, ruleset, &self.args.manifest.to_string_lossy(), self.as_of)?;
                say(&bytes, Exit::Failed)
            }
        }
    }

    /// Waivers of rules that are not there any more.
    fn lost_waivers(&self, there: &Checked) -> Vec<String> {
        let found = waiver_findings(self.after, there, self.as_of);
        let lost = found.iter().filter(|waiver| waiver.kind == WaiverKind::Unknown);
        lost.map(|waiver| waiver.notice(&self.opened.sources)).collect()
    }
}

/// How the run ends by what differs.
fn differs(report: &UpgradeReport<'_>) -> Exit {
    if report.differs() { Exit::Failed } else { Exit::Passed }
}
