//! `clearshare ask`: an interview that asks only what matters, gives advice, and leaves a manifest.

mod asker;
mod begin;
pub(super) mod desk;
mod drafted;
mod finish;
mod keeping;
mod menu;
pub(super) mod seat;
mod terminal;
mod unattended;

use std::io::Write;

use clearshare::finding::{Code, Finding, Findings};
use clearshare::interview::{Ended, Session, hold};
use clearshare::manifest::read_answers;
use clearshare::model::{Date, Exchange};
use clearshare::report::Ink;
use clearshare::report::interview::{brought_along, note};
use clearshare::text::Sources;

use super::args::AskArgs;
use super::kept::{Keeper, Opened, Store, Target, Trouble};
use super::rulesets::{write_fault, write_faults};
use super::{Exit, interrupt, style, system};
use asker::Asker;
use begin::{Begun, Text, begin};
use desk::{Desk, Halt};
use keeping::Keeping;
use seat::Seat;
use unattended::Unattended;

/// Holds an interview.
pub(super) fn run(args: &AskArgs) -> anyhow::Result<Exit> {
    let as_of = args.as_of.unwrap_or_else(system::today);
    let err = style::err(&args.look);
    if args.answers.is_some() {
        return unattended(args, as_of, err);
    }
    let Some(Seat { mut desk, terminal }) = Seat::take(&args.look) else {
        let finding = Finding::new(Code::NoTerminal, "there is no terminal to ask in")
            .help("add `--plain` to be asked line by line, or `--answers FILE` to take the answers from a file");
        write_fault(&finding, &Sources::new(), err)?;
        return Ok(Exit::Fault);
    };
    match attended(args, as_of, err, &mut *desk) {
        Ok(exit) => exit,
        Err(Halt::Interrupted) => interrupt::end(),
        Err(Halt::Gone) => {
            drop(terminal);
            let finding = Finding::new(Code::InputEnded, "the input ended before the interview did");
            write_fault(
                &finding.help("nothing was answered yet: run `clearshare ask` to begin"),
                &Sources::new(),
                err,
            )?;
            Ok(Exit::Fault)
        }
        Err(Halt::GoneAfter(help)) => {
            drop(terminal);
            let finding = Finding::new(Code::InputEnded, "the input ended before the interview did");
            write_fault(&finding.help(help), &Sources::new(), err)?;
            Ok(Exit::Fault)
        }
        Err(Halt::Failed(error)) => Err(error.into()),
        Err(Halt::Refused) => Ok(Exit::Fault),
    }
}

/// Asks somebody. The inner result is what the program ends with.
fn attended(args: &AskArgs, as_of: Date, err: Ink, desk: &mut dyn Desk) -> Result<anyhow::Result<Exit>, Halt> {
    let store = Store::of_user();
    let (keeper, found) = loop {
        let target = match drafted::target(args, &store, desk)? {
            Ok(target) => target,
            Err(trouble) => return Ok(told(&trouble, err)),
        };
        match Keeper::open(&store, &target) {
            Ok(Opened { keeper, found, notices }) => {
                notices.iter().try_for_each(|notice| keeping::say(desk, notice))?;
                break (keeper, found);
            }
            // Nothing is lost by going on in memory, where nothing was asked for by name.
            Err(trouble @ Trouble::Unwritten(_)) if target == Target::NewDraft => {
                keeping::tell(desk, &trouble)?;
                keeping::say(desk, "Your answers are not kept on disk until you name a place for them.")?;
                break (Keeper::in_memory(&store), None);
            }
            // It was chosen from a list, which offers others.
            Err(trouble) if matches!(target, Target::Draft(_)) && args.resume.is_none() => {
                keeping::tell(desk, &trouble)?;
            }
            Err(trouble) => return Ok(told(&trouble, err)),
        }
    };
    let name = keeper.place().map_or_else(String::new, |place| place.to_string_lossy().into_owned());
    let text = found.as_deref().map(|bytes| Text { name: &name, bytes });
    let begun = match begin(args, as_of, text.as_ref(), err) {
        Ok(Ok(begun)) => begun,
        Ok(Err(_)) => return Ok(Ok(Exit::Fault)),
        Err(error) => return Ok(Err(error)),
    };
    let base = found.and_then(|bytes| String::from_utf8(bytes).ok());
    let keeping = Keeping::new(keeper, base, args.flow.clone());
    interrupt::last_words(finish::parting(&keeping));
    interview(args, as_of, &begun, keeping, desk, &store)
}

/// The interview itself, and what comes after it.
fn interview(
    args: &AskArgs,
    as_of: Date,
    begun: &Begun,
    mut keeping: Keeping,
    desk: &mut dyn Desk,
    store: &Store,
) -> Result<anyhow::Result<Exit>, Halt> {
    begun.notices.iter().try_for_each(|notice| keeping::say(desk, notice))?;
    let mut session = session(begun, begun.exchange.clone(), as_of, args.quick);
    let moot = session.set_moot_aside();
    if !moot.is_empty() {
        let text = brought_along(&session, &moot, desk.ink());
        desk.say(&text)?;
    }
    let ended = hold(&mut session, &mut Asker::new(desk, &mut keeping));
    let ended = ended.and_then(|ended| match ended {
        Ended::Finished => finish::finished(&mut session, &mut keeping, desk, store),
        Ended::Stopped => finish::stopped(&keeping, desk).map(Ok),
        Ended::Screened => finish::screened(&mut session, &mut keeping, desk),
    });
    match ended {
        Err(Halt::Gone) if keeping.has_text() => Err(Halt::GoneAfter(finish::how_to_go_on(&keeping))),
        ended => ended,
    }
}

fn session(begun: &Begun, exchange: Exchange, as_of: Date, quick: bool) -> Session<'_> {
    let session = Session::new(&begun.ruleset, exchange, as_of);
    if quick { session.quick() } else { session }
}

/// Says what stops everything.
fn told(trouble: &Trouble, err: Ink) -> anyhow::Result<Exit> {
    let Some(finding) = trouble.finding() else { interrupt::end() };
    write_fault(finding, &Sources::new(), err)?;
    Ok(Exit::Fault)
}

/// Takes every answer from a file.
fn unattended(args: &AskArgs, as_of: Date, err: Ink) -> anyhow::Result<Exit> {
    let (Some(path), Some(output)) = (&args.answers, &args.output) else { return Ok(Exit::Fault) };
    let store = Store::of_user();
    let opened = match Keeper::open(&store, &Target::Manifest(output.clone())) {
        Ok(opened) => opened,
        Err(trouble) => return told(&trouble, err),
    };
    let name = output.to_string_lossy();
    let text = opened.found.as_deref().map(|bytes| Text { name: &name, bytes });
    let Ok(begun) = begin(args, as_of, text.as_ref(), err)? else { return Ok(Exit::Fault) };
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let answers = match system::read(path, system::Input::Manifest) {
        Ok(bytes) => read_answers(&bytes, &path.to_string_lossy(), &begun.ruleset, as_of, &mut sources, &mut findings),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    };
    let Some(answers) = answers.filter(|_| findings.is_empty()) else {
        write_faults(findings, &sources, err)?;
        return Ok(Exit::Fault);
    };
    // Also where the manifest has answered the safety questions otherwise, so that they are not asked.
    let mut alone = Session::new(&begun.ruleset, answers.clone(), as_of);
    if alone.is_screened() {
        let text = finish::screen_advice(&mut alone, style::out(&args.look));
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(Exit::Failed);
    }
    if let Some(finding) = unattended::at_odds(&begun, &answers, &path.to_string_lossy(), &name) {
        write_fault(&finding, &sources, err)?;
        return Ok(Exit::Fault);
    }
    let base = opened.found.and_then(|bytes| String::from_utf8(bytes).ok());
    let mut keeping = Keeping::new(opened.keeper, base, args.flow.clone());
    let mut session = session(&begun, begun.exchange.clone(), as_of, args.quick);
    let moot = session.set_moot_aside();
    let mut said = begun.notices.clone();
    let mut host = Unattended::new(answers, path.to_string_lossy().into_owned(), &mut keeping);
    let ended = hold(&mut session, &mut host);
    let (fault, idle) = (host.fault.take(), host.idle());
    match ended {
        Ok(Ended::Finished) => {}
        Ok(Ended::Screened) => {
            let text = finish::screen_advice(&mut session, style::out(&args.look));
            std::io::stdout().lock().write_all(text.as_bytes())?;
            return Ok(Exit::Failed);
        }
        Ok(Ended::Stopped) | Err(Halt::Interrupted) => return Err(interrupt::Interrupted.into()),
        Err(_) => {
            if let Some(finding) = fault {
                write_fault(&finding, &Sources::new(), err)?;
            }
            return Ok(Exit::Fault);
        }
    }
    said.extend(session.is_cut_short().then(|| asker::CUT_SHORT.to_owned()));
    said.extend(finish::not_asked(&begun.ruleset, &moot, "do not arise with the others"));
    said.extend(finish::not_asked(&begun.ruleset, &idle, "were not needed"));
    let ink = style::out(&args.look);
    let (exit, advice) = finish::advice(&mut session, &keeping, ink)?;
    let mut out = std::io::stdout().lock();
    out.write_all(advice.as_bytes())?;
    for notice in said {
        out.write_all(note(&notice, ink).as_bytes())?;
    }
    out.write_all(note(&format!("Saved in {name}."), ink).as_bytes())?;
    Ok(exit)
}
