//! What is to be said of waivers: those that no longer count, soon will not, or never did.

use super::Checked;
use crate::manifest::{NotedWaiver, UnknownRule};
use crate::model::{Date, RuleIx, Status};
use crate::ruleset::Ruleset;
use crate::text::digest::digest;
use crate::text::{Place, Sources, quoted};

/// So many days before its end, a waiver is said to end soon.
const SOON: i64 = 30;

/// How many hexadecimal digits a fingerprint has.
const DIGITS: usize = 32;

/// What is to be said of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaiverKind {
    /// Its last day is over: its rule stands as if it had never been waived.
    Expired,
    /// It ends within 30 days.
    EndsSoon,
    /// Its rule does not apply, or is met or done.
    Unused,
    /// The ruleset has no such rule.
    Unknown,
}

/// A waiver that somebody has to look at. By itself it never fails a check: where its rule is outstanding, that rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverFinding {
    /// What is to be said of it.
    pub kind: WaiverKind,
    /// The rule, where the ruleset has it.
    pub rule: Option<RuleIx>,
    /// Where the waiver stands: in the manifest, or in the file that it shares with others.
    pub place: Place,
    /// Whether the text there must not be shown.
    pub hidden: bool,
    /// What it is known by from run to run, wherever it stands.
    pub fingerprint: String,
    /// The rule in words; then what is said of its waiver.
    named: String,
    said: String,
}

impl WaiverKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Expired, Self::EndsSoon, Self::Unused, Self::Unknown];

    /// What it means, in a sentence.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Expired => "A waiver has expired: it no longer counts.",
            Self::EndsSoon => "A waiver ends within 30 days.",
            Self::Unused => "A waiver is not needed: its rule does not apply, or is met already.",
            Self::Unknown => "A waiver names a rule that the ruleset does not have: it waives nothing.",
        }
    }

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Expired => "waiver-expired",
            Self::EndsSoon => "waiver-ends-soon",
            Self::Unused => "waiver-unused",
            Self::Unknown => "waiver-unknown",
        }
    }
}

impl WaiverFinding {
    /// What is to be said, in sentences, without where the waiver stands.
    #[must_use]
    pub fn message(&self) -> String {
        format!("The waiver of {} {}", self.named, self.said)
    }

    /// The same with its place.
    #[must_use]
    pub fn notice(&self, sources: &Sources) -> String {
        let Some(source) = sources.get(self.place.file) else { return self.message() };
        let at = source.location(self.place.span.start);
        format!("The waiver of {} ({}:{}:{}) {}", self.named, source.name(), at.line, at.column, self.said)
    }
}

/// What is to be said of the waivers of a manifest, each once, in the order in which they stand. Nothing where the safety screen
/// ended everything.
///
/// A waiver that several manifests share is named only where its rule would be outstanding without it: others may need it.
#[must_use]
pub fn waiver_findings(ruleset: &Ruleset, checked: &Checked, as_of: Date) -> Vec<WaiverFinding> {
    if checked.is_screened() {
        return Vec::new();
    }
    let mut seen: Vec<&NotedWaiver> = Vec::new();
    let mut found = Vec::new();
    for waiver in checked.flows.iter().flat_map(|flow| &flow.flow.waivers) {
        if seen.contains(&waiver) {
            continue;
        }
        seen.push(waiver);
        found.extend(match &waiver.rule {
            Ok(rule) => of_known(ruleset, checked, waiver, *rule, as_of),
            Err(unknown) => Some(of_unknown(ruleset, waiver, unknown)),
        });
    }
    found.sort_by_key(|finding| finding.place);
    found
}

/// Where the waivers stand that some exchange of a manifest needs: without them their rules would be outstanding, or may be.
pub fn needed_waivers(checked: &Checked) -> impl Iterator<Item = Place> {
    checked.flows.iter().flat_map(|checked| {
        let needed = |waiver: &&NotedWaiver| {
            let status = waiver.rule.as_ref().map(|rule| checked.advice.status(*rule));
            status.is_ok_and(is_needed)
        };
        checked.flow.waivers.iter().filter(needed).map(|waiver| waiver.place)
    })
}

const fn is_needed(status: Status) -> bool {
    matches!(status, Status::Applies | Status::Undetermined | Status::Waived)
}

fn of_known(
    ruleset: &Ruleset,
    checked: &Checked,
    waiver: &NotedWaiver,
    rule: RuleIx,
    as_of: Date,
) -> Option<WaiverFinding> {
    let expires = waiver.expires?;
    let held = || checked.flows.iter().filter(|flow| flow.flow.waivers.contains(waiver));
    let needed = held().any(|flow| is_needed(flow.advice.status(rule)));
    if waiver.shared && !needed {
        return None;
    }
    let days = days(as_of, expires);
    // Of several waivers of one rule, the one that holds longest counts.
    let goes_on = held().all(|flow| {
        let mut others = flow.flow.exchange.waivers.iter().filter(|other| other.rule == rule);
        others.any(|other| other.expires > expires)
    });
    let (kind, said) = if days < 0 {
        let then = if needed && !goes_on { "do what the rule asks, or decide afresh" } else { "take it out" };
        (WaiverKind::Expired, format!("expired on {expires}: it no longer counts. To mend this, {then}."))
    } else if !needed {
        (WaiverKind::Unused, "is not needed: the rule does not apply, or is met already. Take it out.".to_owned())
    } else if days <= SOON && !goes_on {
        let when = match days {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            days => format!("in {days} days"),
        };
        let said = format!("ends on {expires}, {when}: do what the rule asks by then, or decide afresh.");
        (WaiverKind::EndsSoon, said)
    } else {
        return None;
    };
    let id = ruleset.rules().get(rule).map_or("", |rule| rule.id.as_str());
    let fingerprint = fingerprint(ruleset, kind, id, &expires.to_string());
    let named = id.to_owned();
    Some(WaiverFinding { kind, rule: Some(rule), place: waiver.place, hidden: false, fingerprint, named, said })
}

fn of_unknown(ruleset: &Ruleset, waiver: &NotedWaiver, unknown: &UnknownRule) -> WaiverFinding {
    let reference = ruleset.reference();
    let near = unknown.near.as_ref().map(|near| format!(" Did you mean {}?", quoted(near))).unwrap_or_default();
    let written = unknown.written.as_deref();
    WaiverFinding {
        kind: WaiverKind::Unknown,
        rule: None,
        place: waiver.place,
        hidden: written.is_none(),
        fingerprint: fingerprint(ruleset, WaiverKind::Unknown, written.unwrap_or_default(), ""),
        named: written.map_or_else(|| "a rule".to_owned(), quoted),
        said: format!("waives nothing: {reference} has no such rule.{near}"),
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

fn fingerprint(ruleset: &Ruleset, kind: WaiverKind, rule: &str, more: &str) -> String {
    let parts = ["clearshare waiver 1", &ruleset.info().id, kind.word(), rule, more];
    let mut whole = digest([("waiver", parts.join("\n").as_bytes())]);
    whole.truncate(DIGITS);
    whole
}
