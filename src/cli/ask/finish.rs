//! The end of an interview: the advice, where the answers are, and what to do next.

use std::path::Path;

use clearshare::check::{FailOn, Wanted, check, rule_findings, waiver_findings};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::interview::Session;
use clearshare::manifest::read_manifest;
use clearshare::model::QuestionIx;
use clearshare::report::interview::heading;
use clearshare::report::{Detail, Ink, ManifestReport, text};
use clearshare::ruleset::Ruleset;
use clearshare::text::{Sources, in_shell, visible};

use super::desk::{Desk, Halt, Typed};
use super::keeping::{self, Keeping};
use crate::cli::kept::{Store, Trouble};
use crate::cli::{Exit, notices};

/// The file that a manifest is written to unless somebody wants another.
const USUAL: &str = "data-sharing.yaml";

/// Everything is answered: writes the manifest where it is wanted, and shows the advice.
pub(super) fn finished(
    session: &mut Session<'_>,
    keeping: &mut Keeping,
    desk: &mut dyn Desk,
    store: &Store,
) -> Result<anyhow::Result<Exit>, Halt> {
    put(session, keeping, desk, store)?;
    let advice = match advice(session, keeping, desk.ink()) {
        Ok((_, advice)) => advice,
        Err(error) => return Ok(Err(error)),
    };
    // Apart from what was said before, and from one another.
    desk.say(&format!("\n{advice}"))?;
    let next = next_commands(keeping);
    let next: Vec<&str> = next.iter().map(String::as_str).collect();
    let text = heading("Your answers are saved", &next, desk.ink());
    desk.say(&format!("\n{text}"))?;
    Ok(Ok(Exit::Passed))
}

/// Asks for a file where the answers are in a draft, or nowhere.
fn put(session: &Session<'_>, keeping: &mut Keeping, desk: &mut dyn Desk, store: &Store) -> Result<(), Halt> {
    let draft = keeping.keeper().draft().map(str::to_owned);
    if keeping.keeper().place().is_some() && draft.is_none() {
        return Ok(());
    }
    let text = heading("Where should your answers be kept?", &[], desk.ink());
    desk.say(&format!("\n{text}"))?;
    loop {
        let usual = format!("Write the manifest to {USUAL}");
        let leave = if draft.is_some() { "Leave it as a draft" } else { "Keep nothing" };
        let choice = keeping::choose(desk, &[&usual, "Write it to another file", leave])?;
        let path = match choice {
            0 => USUAL.to_owned(),
            1 => match desk.line("Type the name of a new file, and press Enter.", None, &[])? {
                Typed::Text(path) => path,
                Typed::Nothing | Typed::Act(_) => continue,
            },
            _ => return Ok(()),
        };
        match keeping.move_to(path.into(), session) {
            Ok(notices) => {
                notices.iter().try_for_each(|notice| keeping::say(desk, notice))?;
                // All of it is in the manifest now.
                if let Some(Err(trouble)) = draft.as_deref().map(|draft| store.remove(draft)) {
                    keeping::tell(desk, &trouble)?;
                }
                return Ok(());
            }
            Err(Trouble::Interrupted) => return Err(Halt::Interrupted),
            Err(trouble) => keeping::tell(desk, &trouble)?,
        }
    }
}

/// The advice on the manifest, read as `check` reads it.
pub(super) fn advice(session: &mut Session<'_>, keeping: &Keeping, ink: Ink) -> anyhow::Result<(Exit, String)> {
    let text = keeping.text(session).map_err(anyhow::Error::msg)?;
    let path = keeping.keeper().place().unwrap_or(Path::new("your answers")).to_string_lossy().into_owned();
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let (ruleset, as_of) = (session.ruleset(), session.as_of());
    let manifest = read_manifest(text.as_bytes(), &path, &mut sources, &mut findings);
    let mut evaluator = Evaluator::new(ruleset);
    let checked =
        manifest.as_ref().and_then(|manifest| check(&mut evaluator, manifest, as_of, &sources, &mut findings));
    let (Some(manifest), Some(checked)) = (&manifest, checked.filter(|_| findings.is_empty())) else {
        let said: Vec<String> = findings.into_sorted().iter().map(|finding| finding.message().to_owned()).collect();
        anyhow::bail!("the manifest that was written cannot be read again: {}", said.join("; "));
    };
    let waivers = waiver_findings(ruleset, &checked, as_of);
    let notices = notices::all(&[], ruleset, &checked, &waivers, &sources, as_of);
    let found = |flow| rule_findings(&mut evaluator, manifest, flow, Wanted::HoldingUp);
    let found: Vec<_> = checked.flows.iter().map(found).collect();
    let (fail_on, failed) = (FailOn::ActFirst, FailOn::ActFirst.fails(checked.outcome()));
    let report = ManifestReport {
        path: &path,
        ruleset,
        as_of,
        checked: &checked,
        notices: &notices,
        waivers: &waivers,
        since: None,
        findings: &found,
        sources: &sources,
        fail_on,
        failed,
    };
    let mut out = Vec::new();
    text::render(&mut out, &mut evaluator, &report, Detail::Normal, ink)?;
    Ok((Exit::Passed, String::from_utf8_lossy(&out).into_owned()))
}

/// The interview goes on later.
pub(super) fn stopped(keeping: &Keeping, desk: &mut dyn Desk) -> Result<Exit, Halt> {
    if !keeping.is_on_disk() {
        keeping::say(desk, "Nothing was kept.")?;
        return Ok(Exit::Passed);
    }
    let again = format!("To go on: {}", again(keeping));
    let text = heading("Your answers are saved", &[&again], desk.ink());
    desk.say(&format!("\n{text}"))?;
    Ok(Exit::Passed)
}

/// The safety screen ended the questions: nothing of that answer is kept, and what was kept before is offered for deletion.
pub(super) fn screened(
    session: &mut Session<'_>,
    keeping: &mut Keeping,
    desk: &mut dyn Desk,
) -> Result<anyhow::Result<Exit>, Halt> {
    let text = screen_advice(session, desk.ink());
    desk.say(&text)?;
    let screening: Vec<QuestionIx> =
        session.ruleset().questions().ids().filter(|ix| session.ruleset().is_screening(*ix)).collect();
    screening.into_iter().for_each(|question| session.forget(question));
    if keeping.is_on_disk() {
        // What the file says of the screen is no longer so: it is to be asked again.
        keeping.keep(session, desk)?;
        let place = keeping.keeper().place().map(|place| place.to_string_lossy().into_owned()).unwrap_or_default();
        keeping::say(desk, &format!("Your other answers are still in {place}."))?;
        if desk.confirm("Delete them?")?
            && let Err(trouble) = keeping.keeper_mut().discard()
        {
            keeping::tell(desk, &trouble)?;
        }
    }
    Ok(Ok(Exit::Failed))
}

/// What to do where the safety screen ends the questions. Nothing of the answers is in it.
pub(super) fn screen_advice(session: &mut Session<'_>, ink: Ink) -> String {
    text::screen(session.ruleset(), session.as_of(), ink)
}

/// Answers that were not used.
pub(super) fn not_asked(ruleset: &Ruleset, questions: &[QuestionIx], why: &str) -> Option<String> {
    let ids: Vec<&str> =
        questions.iter().filter_map(|ix| ruleset.questions().get(*ix)).map(|question| question.id.as_str()).collect();
    (!ids.is_empty()).then(|| format!("These answers {why}, and are left out: {}.", ids.join(", ")))
}

/// How to go on.
pub(super) fn again(keeping: &Keeping) -> String {
    match (keeping.keeper().draft(), keeping.keeper().place()) {
        (Some(draft), _) => format!("clearshare ask --resume {}", in_shell(draft)),
        (None, Some(place)) => format!("clearshare ask --output {}", in_shell(&place.to_string_lossy())),
        (None, None) => "clearshare ask".to_owned(),
    }
}

/// How to go on after the input ended.
pub(super) fn how_to_go_on(keeping: &Keeping) -> String {
    if keeping.is_on_disk() {
        format!("every answer that was given is kept: run `{}` to go on", again(keeping))
    } else {
        "the answers were kept nowhere: run `clearshare ask` to begin again".to_owned()
    }
}

/// What is said when the program is asked to end.
pub(super) fn parting(keeping: &Keeping) -> String {
    let again = again(keeping);
    let words = match (keeping.is_on_disk(), keeping.has_text()) {
        // On a line of its own, so that no terminal breaks it in the middle of a name.
        (true, _) => {
            return format!("\nStopped. Nothing that you answered is lost. To go on:\n  {}\n", visible(&again));
        }
        (false, true) => "Your answers were kept nowhere.".to_owned(),
        (false, false) => "Nothing was answered yet. To begin again: clearshare ask".to_owned(),
    };
    format!("\nStopped. {}\n", visible(&words))
}

/// What to do next, a line each.
fn next_commands(keeping: &Keeping) -> Vec<String> {
    let Some(place) = keeping.keeper().place() else { return vec!["Nothing was kept.".to_owned()] };
    let place = place.to_string_lossy();
    let mut lines = vec![format!("They are in {place}.")];
    if keeping.keeper().draft().is_some() {
        lines.push(format!("To go on or to write the manifest: {}", again(keeping)));
    } else {
        let file = in_shell(&place);
        lines.push(format!("Check it again, here or in CI: clearshare check {file}"));
        lines.push(format!("Change an answer: clearshare ask --output {file}"));
        lines.push(format!("Ask a colleague what is still open: clearshare questions --from {file}"));
    }
    lines
}
