//! `clearshare drafts`: what interviews keep in the user's state folder.

use std::io::{BufWriter, Write};

use clap::Subcommand;
use clearshare::engine::Evaluator;
use clearshare::finding::{Findings, Severity};
use clearshare::manifest::read_manifest;
use clearshare::model::{AnswerValue, Date, Exchange};
use clearshare::report::drafts::{DraftReport, Holds};
use clearshare::report::{Ink, drafts};
use clearshare::ruleset::Ruleset;
use clearshare::text::{Sources, in_shell, quoted, visible};

use super::args::{DraftsArgs, LookArgs};
use super::kept::{Draft, Store, Trouble};
use super::rulesets::{Unpacked, write_fault};
use super::{Exit, style, system};

/// How much of a title is shown.
const LONGEST_TITLE: usize = 80;

#[derive(Debug, Subcommand)]
pub(super) enum DraftsCommand {
    List(ListArgs),
    Remove(RemoveArgs),
}

/// List the drafts, with how to go on with each
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    look: LookArgs,
}

/// Delete drafts
///
/// What is not a draft of yours, or is open in an interview, is left as it is; then the exit status is 2.
#[derive(Debug, clap::Args)]
pub(super) struct RemoveArgs {
    /// The drafts to delete, as `clearshare drafts list` names them
    #[arg(value_name = "NAME", required_unless_present = "all")]
    names: Vec<String>,
    /// Delete every draft
    #[arg(long, conflicts_with = "names")]
    all: bool,
}

/// Runs one of them.
pub(super) fn run(args: &DraftsArgs) -> anyhow::Result<Exit> {
    match &args.command {
        DraftsCommand::List(args) => list(args),
        DraftsCommand::Remove(args) => remove(args),
    }
}

fn list(args: &ListArgs) -> anyhow::Result<Exit> {
    let store = Store::of_user();
    let found = match store.drafts() {
        Ok(found) => found,
        Err(trouble) => return fault(&trouble, style::err(&args.look)),
    };
    let mut rulesets = Unpacked::default();
    let reports: anyhow::Result<Vec<DraftReport>> = found.iter().map(|draft| report(draft, &mut rulesets)).collect();
    let folder = found.first().and_then(|draft| draft.path.parent()).unwrap_or(std::path::Path::new(""));
    let mut out = BufWriter::new(std::io::stdout().lock());
    drafts::list(&mut out, &reports?, &folder.to_string_lossy(), style::out(&args.look))?;
    out.flush()?;
    Ok(Exit::Passed)
}

fn report(draft: &Draft, rulesets: &mut Unpacked) -> anyhow::Result<DraftReport> {
    let holds = match draft.read() {
        Ok(bytes) => holds(draft, &bytes, rulesets)?,
        Err(trouble) => {
            let words = trouble.finding().map(|finding| finding.message().to_owned());
            Holds::Unusable(format!("{}.", words.unwrap_or_default()))
        }
    };
    Ok(DraftReport {
        name: draft.name.clone(),
        file: draft.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        changed: draft.changed.map(|time| time.strftime("%Y-%m-%d %H:%M UTC").to_string()),
        seen_by_others: draft.seen_by_others,
        holds,
    })
}

/// What a draft holds. Of its faults only the number is said: `check` shows them, and hides what must not be seen.
fn holds(draft: &Draft, bytes: &[u8], rulesets: &mut Unpacked) -> anyhow::Result<Holds> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Holds::Unusable("It is empty: nothing was answered.".to_owned()));
    }
    let path = draft.path.to_string_lossy();
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(bytes, &path, &mut sources, &mut findings);
    let Some(manifest) = manifest.filter(|_| findings.is_empty()) else { return Ok(faulty(&path, findings)) };
    let Some((pin, place)) = &manifest.pin else {
        return Ok(Holds::Uncounted("It does not say which ruleset its answers are for.".to_owned()));
    };
    let today = system::today();
    let at = rulesets.get(pin, today, Some(*place))?.ok();
    let Some((_, ruleset)) = at else {
        let text = format!("Its answers are for {pin}, which is not inside this clearshare, and were not counted.");
        return Ok(Holds::Uncounted(text));
    };
    let flows = manifest.flows(ruleset, today, &sources, &mut findings);
    if !findings.is_empty() {
        return Ok(faulty(&path, findings));
    }
    let count = flows.iter().map(|flow| flow.exchange.facts.iter().count()).max().unwrap_or_default();
    let about = flows.first().and_then(|flow| about(ruleset, &flow.exchange, today));
    Ok(Holds::Answers { count, ruleset: pin.to_string(), about })
}

/// What the draft is about, in a few words; none where that is not known, or may not be said.
pub(super) fn about_draft(draft: &Draft, rulesets: &mut Unpacked) -> Option<String> {
    match holds(draft, &draft.read().ok()?, rulesets).ok()? {
        Holds::Answers { about, .. } => about,
        _ => None,
    }
}

/// The title of an exchange, or else who shares with whom. Nothing is said of one that a safety question stops.
fn about(ruleset: &Ruleset, exchange: &Exchange, today: Date) -> Option<String> {
    if Evaluator::new(ruleset).is_screened(exchange, today) {
        return None;
    }
    let answer = |id: &str| {
        let question = ruleset.question_named(id).filter(|question| !ruleset.is_screening(*question))?;
        match &exchange.facts.get(question)?.value {
            AnswerValue::Text(text) => Some(text.chars().take(LONGEST_TITLE).collect::<String>()),
            AnswerValue::One(option) => Some(ruleset.choice(question, *option)?.label.clone()),
            _ => None,
        }
    };
    let words = answer("exchange.title").or_else(|| match (answer("from.body"), answer("to.body")) {
        (Some(from), Some(to)) => Some(format!("From {from} to {to}")),
        (Some(from), None) => Some(format!("From {from}")),
        (None, Some(to)) => Some(format!("To {to}")),
        (None, None) => None,
    });
    words.map(|words| visible(&words).into_owned())
}

fn faulty(path: &str, findings: Findings) -> Holds {
    let count = findings.into_sorted().iter().filter(|finding| finding.code().severity() == Severity::Fault).count();
    Holds::Faults { count, command: format!("clearshare check {}", in_shell(path)) }
}

fn remove(args: &RemoveArgs) -> anyhow::Result<Exit> {
    let ink = Ink { colour: false, plain: true, width: 80 };
    let store = Store::of_user();
    let mut names = args.names.clone();
    let mut out = std::io::stdout().lock();
    if args.all {
        let found = match store.drafts() {
            Ok(found) => found,
            Err(trouble) => return fault(&trouble, ink),
        };
        if found.is_empty() {
            writeln!(out, "There are no drafts.")?;
        }
        for other in found.iter().filter(|draft| draft.name.is_none()) {
            writeln!(out, "Left {}: it is not a draft.", quoted(&other.path.to_string_lossy()))?;
        }
        names = found.into_iter().filter_map(|draft| draft.name).collect();
    }
    let mut exit = Exit::Passed;
    let mut done: Vec<String> = Vec::new();
    for name in names {
        if done.contains(&name) {
            continue;
        }
        match store.remove(&name) {
            Ok(()) => writeln!(out, "Removed the draft {}.", visible(&name))?,
            Err(trouble) => exit = exit.max(fault(&trouble, ink)?),
        }
        done.push(name);
    }
    Ok(exit)
}

fn fault(trouble: &Trouble, ink: Ink) -> anyhow::Result<Exit> {
    match trouble.finding() {
        Some(finding) => {
            write_fault(finding, &Sources::new(), ink)?;
            Ok(Exit::Fault)
        }
        None => Ok(Exit::Interrupted),
    }
}
