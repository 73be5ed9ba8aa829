//! What an interview begins with: a ruleset, what is known already, and where answers go.

use std::path::Path;

use clearshare::bundled;
use clearshare::check::{Checked, check, choose};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::{MAIN, UncheckedManifest, read_manifest};
use clearshare::model::{Date, Exchange};
use clearshare::record::exchange;
use clearshare::record::v1::{Known, Record};
use clearshare::report::Ink;
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::{Sources, quoted};
use clearshare::upgrade::carry;

use crate::cli::args::AskArgs;
use crate::cli::record::load::{is_record, load_unaltered};
use crate::cli::record::rulebook::Rulebook;
use crate::cli::rulesets::{Faulty, asked, from_folder, write_fault, write_faults};
use crate::cli::system;

/// What an interview begins with.
pub(super) struct Begun {
    /// The ruleset.
    pub(super) ruleset: Ruleset,
    /// What is known.
    pub(super) exchange: Exchange,
    /// What to say first.
    pub(super) notices: Vec<String>,
}

/// What was found at the place where the answers go.
pub(super) struct Text<'t> {
    pub(super) name: &'t str,
    pub(super) bytes: &'t [u8],
}

/// Begins with what was found, with what another manifest says, or with nothing. Faults were written.
pub(super) fn begin(
    args: &AskArgs,
    as_of: Date,
    found: Option<&Text<'_>>,
    err: Ink,
) -> anyhow::Result<Result<Begun, Faulty>> {
    match (found, &args.from) {
        (Some(found), None) => with(args, as_of, found, false, err),
        (None, Some(path)) => match system::read(path, system::Input::Manifest) {
            Ok(bytes) if is_record(path, &bytes) => with_record(args, as_of, path, err),
            Ok(bytes) => with(args, as_of, &Text { name: &path.to_string_lossy(), bytes: &bytes }, true, err),
            Err(finding) => fault(&finding, err),
        },
        (Some(found), Some(_)) => {
            let message = format!("{} is there already, and `--from` begins a new manifest", quoted(found.name));
            fault(&Finding::new(Code::FileExists, message).help("name another `--output`, or leave `--from` out"), err)
        }
        (None, None) => Ok(match asked(&args.ruleset, as_of, err)? {
            Ok(ruleset) => Ok(Begun { ruleset, exchange: of(MAIN), notices: Vec::new() }),
            Err(faulty) => Err(faulty),
        }),
    }
}

fn of(id: &str) -> Exchange {
    Exchange { id: id.to_owned(), ..Exchange::default() }
}

fn fault<T>(finding: &Finding, err: Ink) -> anyhow::Result<Result<T, Faulty>> {
    fault_in(finding, &Sources::new(), err)
}

fn fault_in<T>(finding: &Finding, sources: &Sources, err: Ink) -> anyhow::Result<Result<T, Faulty>> {
    write_fault(finding, sources, err)?;
    Ok(Err(Faulty))
}

/// Begins with the answers of a manifest: under its own ruleset, or, where it is only to begin with, under the one asked for or
/// the newest.
fn with(args: &AskArgs, as_of: Date, text: &Text<'_>, anew: bool, err: Ink) -> anyhow::Result<Result<Begun, Faulty>> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let Some(manifest) = read_manifest(text.bytes, text.name, &mut sources, &mut findings) else {
        write_faults(findings, &sources, err)?;
        return Ok(Err(Faulty));
    };
    let own = match pinned(args, &manifest, as_of, err)? {
        Ok(own) => own,
        Err(faulty) => return Ok(Err(faulty)),
    };
    let other = if anew || args.ruleset.ruleset.is_some() || args.ruleset.rules.is_some() {
        match asked(&args.ruleset, as_of, err)? {
            Ok(other) => Some(other).filter(|other| other.digest() != own.digest()),
            Err(faulty) => return Ok(Err(faulty)),
        }
    } else {
        None
    };
    if let Some(other) = other.as_ref().filter(|_| !anew) {
        let message = format!("{} is for {}, not for {}", quoted(text.name), own.reference(), other.reference());
        let help = "leave `--ruleset` out, or begin a new manifest with `--from` and another `--output`";
        return fault(&Finding::new(Code::OtherRuleset, message).help(help), err);
    }
    let mut evaluator = Evaluator::new(&own);
    let checked = check(&mut evaluator, &manifest, as_of, &sources, &mut findings).filter(|_| findings.is_empty());
    let Some(checked) = checked else {
        write_faults(findings, &sources, err)?;
        return Ok(Err(Faulty));
    };
    let exchange = match flow(&checked, args.flow.as_deref().unwrap_or(MAIN), text.name) {
        Ok(exchange) => exchange,
        Err(finding) => return fault(&finding, err),
    };
    let mut begun = match other {
        None => Begun { notices: newer(&own).into_iter().collect(), ruleset: own, exchange },
        Some(other) => carried(&own, &exchange, other),
    };
    if anew {
        begun.begin_anew();
    }
    Ok(Ok(begun))
}

/// Begins with the answers of a record, under the ruleset asked for or the newest.
fn with_record(args: &AskArgs, as_of: Date, path: &Path, err: Ink) -> anyhow::Result<Result<Begun, Faulty>> {
    const ELSE: &str = "begin with the manifest, or without `--from`";
    let loaded = match load_unaltered(path, err)? {
        Ok(loaded) => loaded,
        Err(faulty) => return Ok(Err(faulty)),
    };
    let other = match asked(&args.ruleset, as_of, err)? {
        Ok(other) => other,
        Err(faulty) => return Ok(Err(faulty)),
    };
    let record = &loaded.read.record;
    let known = match known(record, args.flow.as_deref().unwrap_or(MAIN), &path.to_string_lossy()) {
        Ok(known) => known,
        Err(finding) => return fault(&finding, err),
    };
    let not_its_own = |misfits: Vec<String>| {
        let message = format!("the facts of the record are not those of its ruleset: {}", misfits.join("; "));
        Finding::new(Code::OtherRuleset, message).at(loaded.start()).help(ELSE)
    };
    let mut begun = if record.ruleset.digest == other.digest() {
        match exchange(&other, known) {
            Ok(exchange) => Begun { ruleset: other, exchange, notices: Vec::new() },
            Err(misfits) => return fault_in(&not_its_own(misfits), &loaded.sources, err),
        }
    } else {
        let own = match Rulebook::default().of_record(record, Some(ELSE))? {
            Ok(own) => own.ruleset,
            Err(finding) => return fault_in(&finding.at(loaded.start()), &loaded.sources, err),
        };
        match exchange(own, known) {
            Ok(exchange) => carried(own, &exchange, other),
            Err(misfits) => return fault_in(&not_its_own(misfits), &loaded.sources, err),
        }
    };
    begun.begin_anew();
    Ok(Ok(begun))
}

/// What a record tells of a flow.
fn known<'r>(record: &'r Record, id: &str, name: &str) -> Result<&'r Known, Box<Finding>> {
    record.facts.iter().find(|known| known.id == id).ok_or_else(|| {
        let ids: Vec<&str> = record.facts.iter().map(|known| known.id.as_str()).collect();
        no_flow(name, id, &ids)
    })
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on boxed")]
fn no_flow(name: &str, id: &str, ids: &[&str]) -> Box<Finding> {
    let message = format!("{} has no flow {}", quoted(name), quoted(id));
    Box::new(Finding::new(Code::UnknownFlow, message).help(format!("name one with `--flow`: {}", ids.join(", "))))
}

impl Begun {
    /// What was done, waived and told was so of another exchange.
    fn begin_anew(&mut self) {
        let exchange = &mut self.exchange;
        if !exchange.done.is_empty() || !exchange.waivers.is_empty() {
            let notice = "Steps recorded as done, and waivers, are not taken over: they are about the other exchange.";
            self.notices.push(notice.to_owned());
        }
        let facts = std::mem::take(&mut exchange.facts);
        *exchange = Exchange { id: MAIN.to_owned(), facts, ..Exchange::default() };
    }
}

/// The exchange of a flow. What it has of its own and of the manifest above it is one here.
fn flow(checked: &Checked, id: &str, name: &str) -> Result<Exchange, Box<Finding>> {
    let found = checked.flows.iter().find(|flow| flow.flow.exchange.id == id);
    found.map(|flow| flow.flow.exchange.clone()).ok_or_else(|| {
        let ids: Vec<&str> = checked.flows.iter().map(|flow| flow.flow.exchange.id.as_str()).collect();
        no_flow(name, id, &ids)
    })
}

/// The ruleset that a manifest pins; where it pins none, the one asked for or the newest.
fn pinned(
    args: &AskArgs,
    manifest: &UncheckedManifest,
    as_of: Date,
    err: Ink,
) -> anyhow::Result<Result<Ruleset, Faulty>> {
    let folder = |folder: &Path| from_folder(folder, err);
    let Some((reference, place)) = &manifest.pin else { return asked(&args.ruleset, as_of, err) };
    if let Some(rules) = &args.ruleset.rules {
        // A ruleset in a folder may be the one that is pinned.
        let ruleset = folder(rules)?;
        return match ruleset {
            Ok(ruleset) if ruleset.reference() != *reference => bundled_or(reference, *place, as_of, ruleset),
            other => Ok(other),
        };
    }
    match choose(reference, as_of, Some(*place)) {
        Ok(bundled) => Ok(Ok(bundled.load()?)),
        Err(finding) => fault(&finding, err),
    }
}

/// The ruleset inside the program, if it is there, or else another: its faults then say what does not fit.
fn bundled_or(
    reference: &Reference,
    place: clearshare::text::Place,
    as_of: Date,
    other: Ruleset,
) -> anyhow::Result<Result<Ruleset, Faulty>> {
    Ok(Ok(match choose(reference, as_of, Some(place)) {
        Ok(bundled) => bundled.load()?,
        Err(_) => other,
    }))
}

fn carried(own: &Ruleset, exchange: &Exchange, other: Ruleset) -> Begun {
    let carried = carry(own, &exchange.facts, &other);
    let mut notices =
        vec![format!("The answers are for {}; the questions are now those of {}.", own.reference(), other.reference())];
    if !carried.gone.is_empty() {
        notices.push(format!("Not taken over, since it says nothing there: {}.", carried.gone.join(", ")));
    }
    let again = carried.again.iter().filter_map(|again| other.questions().get(again.question));
    let again: Vec<&str> = again.map(|question| question.id.as_str()).collect();
    if !again.is_empty() {
        notices.push(format!("Asked again, since there are new choices: {}.", again.join(", ")));
    }
    let exchange = Exchange { facts: carried.facts, ..of(MAIN) };
    Begun { ruleset: other, exchange, notices }
}

/// That there is a newer ruleset, which is used only on request.
fn newer(ruleset: &Ruleset) -> Option<String> {
    let newest = bundled::newest(&ruleset.info().id).filter(|newest| newest.version > ruleset.info().version)?;
    Some(format!("A newer ruleset is here: {0}. To change to it, use `--ruleset {0}`.", newest.reference()))
}
