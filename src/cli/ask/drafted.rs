//! Where answers go: a manifest, a new draft, or one that is there.

use super::desk::{Desk, Halt};
use super::keeping;
use crate::cli::args::AskArgs;
use crate::cli::drafts::about_draft;
use crate::cli::kept::{Draft, Store, Target, Trouble};
use crate::cli::rulesets::Unpacked;

/// How many drafts are offered.
const OFFERED: usize = 8;

/// Where the answers of this interview go.
pub(super) fn target(args: &AskArgs, store: &Store, desk: &mut dyn Desk) -> Result<Result<Target, Trouble>, Halt> {
    if let Some(path) = &args.output {
        return Ok(Ok(Target::Manifest(path.clone())));
    }
    match &args.resume {
        Some(Some(name)) => return Ok(Ok(Target::Draft(name.clone()))),
        Some(None) => return Ok(newest(store)),
        None if args.from.is_some() => return Ok(Ok(Target::NewDraft)),
        None => {}
    }
    let drafts = named(store).unwrap_or_default();
    if drafts.is_empty() {
        return Ok(Ok(Target::NewDraft));
    }
    keeping::say(desk, "You have begun before. Nothing of it is lost.")?;
    let mut rulesets = Unpacked::default();
    let mut entries = vec!["Start a new interview".to_owned()];
    entries.extend(drafts.iter().rev().take(OFFERED).map(|(name, draft)| words(name, draft, &mut rulesets)));
    let chosen = keeping::choose(desk, &entries.iter().map(String::as_str).collect::<Vec<_>>())?;
    let draft = chosen.checked_sub(1).and_then(|at| drafts.iter().rev().nth(at));
    Ok(Ok(draft.map_or(Target::NewDraft, |(name, _)| Target::Draft(name.clone()))))
}

/// The draft that was changed last.
fn newest(store: &Store) -> Result<Target, Trouble> {
    let drafts = named(store)?;
    let newest = drafts.into_iter().max_by_key(|(_, draft)| draft.changed);
    newest.map(|(name, _)| Target::Draft(name)).ok_or_else(Trouble::no_drafts)
}

fn named(store: &Store) -> Result<Vec<(String, Draft)>, Trouble> {
    let drafts = store.drafts()?.into_iter();
    Ok(drafts.filter_map(|draft| Some((draft.name.clone()?, draft))).collect())
}

/// A draft's name tells nobody what is in it.
fn words(name: &str, draft: &Draft, rulesets: &mut Unpacked) -> String {
    let changed = draft.changed.map(|changed| changed.to_zoned(jiff::tz::TimeZone::system()));
    let changed =
        changed.map(|at| format!(", last changed on {}", at.strftime("%Y-%m-%d at %H:%M"))).unwrap_or_default();
    let about = about_draft(draft, rulesets).map(|about| format!(": {about}")).unwrap_or_default();
    format!("Go on with {name}{about}{changed}")
}
