//! Waivers: read as they are written, in a manifest or in a file that several manifests share, and then held against a ruleset.

use super::recorded::{given, rule_known_once, waivable};
use crate::finding::{Code, Finding, Findings};
use crate::model::{Date, Given, RuleIx, Waiver, months_after};
use crate::rulefile::read_date;
use crate::ruleset::Ruleset;
use crate::text::{Place, Sources};
use crate::yaml::{Fields, Node, shape};

/// How far ahead of the date of the advice a waiver may end: a decision not to act is taken afresh at least once a year.
const MOST_MONTHS: u16 = 12;

/// A waiver that is not held against a ruleset yet. What of it has a fault is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncheckedWaiver {
    pub(super) rule: Option<(String, Place)>,
    pub(super) reason: Option<String>,
    pub(super) approved_by: Option<String>,
    pub(super) role: Option<(String, Place)>,
    /// Whether the role has a fault already.
    pub(super) role_is_faulty: bool,
    pub(super) expires: Option<Date>,
    /// Where it is written.
    pub place: Place,
    /// In a shared file, the patterns of the paths of the manifests that it is for; none where it is for all.
    pub manifests: Vec<(String, Place)>,
}

/// Where a waiver of an exchange stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedWaiver {
    /// The rule, or the name of one that the ruleset does not have.
    pub rule: Result<RuleIx, UnknownRule>,
    /// The last day on which it counts, where it can be read.
    pub expires: Option<Date>,
    /// Where it is written.
    pub place: Place,
    /// Whether it stands in a file that several manifests share.
    pub shared: bool,
}

/// The name of a rule that the ruleset does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// As it is written; none where that may show an answer to a safety question.
    pub written: Option<String>,
    /// The rule that has a name like it.
    pub near: Option<String>,
}

impl UncheckedWaiver {
    /// The rule that it names.
    #[must_use]
    pub fn rule(&self) -> Option<&str> {
        self.rule.as_ref().map(|(rule, _)| rule.as_str())
    }

    /// The last day on which it counts.
    #[must_use]
    pub const fn expires(&self) -> Option<Date> {
        self.expires
    }
}

/// Reads the items of a `waivers` list. Those of a shared file may say which manifests they are for.
pub(super) fn read(node: &Node, as_of: Date, shared: bool, findings: &mut Findings) -> Vec<UncheckedWaiver> {
    let items = shape::list(node, "a list of waivers", findings).unwrap_or(&[]);
    items.iter().filter_map(|item| waiver(item, as_of, shared, findings)).collect()
}

fn waiver(item: &Node, as_of: Date, shared: bool, findings: &mut Findings) -> Option<UncheckedWaiver> {
    let mut fields = Fields::new(item, "a waiver, such as `rule: handling.mutual-tls`", findings)?;
    let rule = fields.required("rule", findings).and_then(|node| placed(node, "the id of a rule", findings));
    let reason = fields.required("reason", findings).and_then(|node| placed(node, "a text", findings));
    let approved_by = fields.required("approved-by", findings).and_then(|node| placed(node, "a text", findings));
    let role_node = fields.optional("role");
    let role = role_node.and_then(|node| placed(node, "a role", findings));
    let expires = fields.required("expires", findings).and_then(|node| end(node, as_of, findings));
    let patterns = if shared { fields.optional("for") } else { None };
    let patterns = patterns.and_then(|node| shape::one_or_more(node, "patterns of paths of manifests", findings));
    let manifests = patterns.unwrap_or(&[]).iter().filter_map(|node| placed(node, "a pattern", findings)).collect();
    fields.finish(findings);
    Some(UncheckedWaiver {
        rule,
        reason: reason.map(|(reason, _)| reason),
        approved_by: approved_by.map(|(name, _)| name),
        role_is_faulty: role_node.is_some() && role.is_none(),
        role,
        expires,
        place: item.place,
        manifests,
    })
}

fn placed(node: &Node, what: &str, findings: &mut Findings) -> Option<(String, Place)> {
    shape::text(node, what, findings).map(|text| (text.to_owned(), node.place))
}

fn end(node: &Node, as_of: Date, findings: &mut Findings) -> Option<Date> {
    let expires = read_date(node, findings)?;
    let latest = months_after(as_of, MOST_MONTHS);
    if expires > latest {
        let message = format!(
            "{expires} is more than {MOST_MONTHS} months after {as_of}, the date of this advice: no waiver counts so long"
        );
        let help = format!("let it end on {latest} at the latest, and decide afresh then; `--as-of` sets the date");
        findings.push(Finding::new(Code::WaiverTooLong, message).at(node.place).help(help));
        return None;
    }
    Some(expires)
}

/// Holds the waivers of one list against a ruleset: those that count, and where each stands.
pub(super) fn resolve(
    unchecked: &[UncheckedWaiver],
    ruleset: &Ruleset,
    shared: bool,
    sources: &Sources,
    findings: &mut Findings,
) -> (Vec<Waiver>, Vec<NotedWaiver>) {
    let (mut read, mut noted) = (Vec::new(), Vec::new());
    let mut seen: Vec<(RuleIx, Place)> = Vec::new();
    for waiver in unchecked {
        let Some((text, at)) = &waiver.rule else { continue };
        let note = |rule| NotedWaiver { rule, expires: waiver.expires, place: waiver.place, shared };
        let Some(rule) = ruleset.rule_named(text) else {
            let near = findings.suggest(text, ruleset.rules().iter().map(|(_, rule)| rule.id.as_str()));
            let unknown = UnknownRule { written: Some(text.clone()), near: near.map(str::to_owned) };
            noted.push(note(Err(unknown)));
            continue;
        };
        if !rule_known_once(rule, text, *at, &mut seen, findings) || waiver.role_is_faulty {
            continue;
        }
        let Some(role) = waivable(ruleset, rule, *at, waiver.role.as_ref(), findings) else { continue };
        noted.push(note(Ok(rule)));
        if let (Some(reason), Some(approved_by), Some(expires)) =
            (waiver.reason.clone(), waiver.approved_by.clone(), waiver.expires)
        {
            // Where a waiver stands is told of the manifest alone: what a line means elsewhere, a place without a file cannot say.
            let given = if shared { Given::Unstated } else { given(waiver.place, sources) };
            read.push(Waiver { rule, reason, approved_by, role, expires, given });
        }
    }
    (read, noted)
}
