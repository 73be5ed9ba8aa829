//! What every reader of some advice has to know besides.

use clearshare::bundled::{self, Bundled};
use clearshare::check::{Checked, WaiverFinding};
use clearshare::model::Date;
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

use super::rulesets::withdrawal;

/// Everything to know of some advice.
pub(super) fn all(
    of_ruleset: &[String],
    ruleset: &Ruleset,
    checked: &Checked,
    waivers: &[WaiverFinding],
    sources: &Sources,
    as_of: Date,
) -> Vec<String> {
    let mut notices = of_ruleset.to_vec();
    notices.extend(uncovered(ruleset, as_of));
    notices.extend(unreviewed(ruleset, as_of));
    notices.extend(waivers.iter().map(|waiver| waiver.notice(sources)));
    notices.extend(shared_only(checked));
    notices
}

/// What every reader has to know of the ruleset used.
pub(super) fn of_bundled(used: &Bundled) -> Vec<String> {
    let mut notices: Vec<String> = withdrawal(used).into_iter().collect();
    if let Some(newer) = bundled::newest(used.id).filter(|newest| newest.version > used.version) {
        notices.push(format!(
            "A newer ruleset is here: {}. It is used only when you ask for it: `clearshare upgrade FILE` says what would \
             change.",
            newer.reference()
        ));
    }
    notices
}

/// That the ruleset is not meant for the date of the advice. A version that is named is used all the same.
pub(super) fn uncovered(ruleset: &Ruleset, as_of: Date) -> Option<String> {
    let covers = ruleset.info().covers;
    let until = covers.until.map(|until| format!(" until {until}")).unwrap_or_default();
    let reference = ruleset.reference();
    (!covers.includes(as_of))
        .then(|| format!("{reference} is for dates from {}{until}, and this advice is as at {as_of}.", covers.from))
}

/// That the ruleset should have been read again against the law by now.
fn unreviewed(ruleset: &Ruleset, as_of: Date) -> Option<String> {
    let (info, reference) = (ruleset.info(), ruleset.reference());
    let due = info.review_due().filter(|due| *due < as_of)?;
    Some(format!(
        "{reference} was due to be reviewed by {due}, and this advice is as at {as_of}. The law may have changed since it was \
         read on {}: look for a newer version.",
        info.law_as_at
    ))
}

/// A hint, where the manifest's own exchange looks like what its flows share.
fn shared_only(checked: &Checked) -> Option<String> {
    let [main, flows @ ..] = checked.flows.as_slice() else { return None };
    let given_by_all = |question| flows.iter().all(|flow| flow.flow.exchange.facts.get(question).is_some());
    let shared = !flows.is_empty() && main.advice.open.iter().any(|question| given_by_all(*question));
    (shared && !checked.is_screened()).then(|| {
        "The answers at the top are checked as an exchange of their own, `main`. If they are only what the flows share, \
         add `flows-only: yes`."
            .to_owned()
    })
}
