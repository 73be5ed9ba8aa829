//! Waivers in the words that the formats for pipelines share, and where they stand.

use std::collections::BTreeSet;

use super::Region;
use crate::check::{CheckedFlow, WaiverFinding};
use crate::manifest::NotedWaiver;
use crate::model::{RuleIx, Waiver};
use crate::report::ManifestReport;
use crate::ruleset::Ruleset;

/// What is to be said of a waiver, and where it stands: that may be a file which several manifests share.
pub(in crate::report) struct OfWaiver<'a> {
    pub(in crate::report) finding: &'a WaiverFinding,
    /// The path of the file.
    pub(in crate::report) path: &'a str,
    pub(in crate::report) region: Option<Region>,
}

/// What was said of waivers so far: a shared one is named once, and not for each manifest again.
#[derive(Debug, Default)]
pub(in crate::report) struct SaidOnce {
    said: BTreeSet<(String, Option<Region>, String)>,
}

impl SaidOnce {
    /// Nothing yet.
    pub(in crate::report) const fn new() -> Self {
        Self { said: BTreeSet::new() }
    }

    /// What is to be said of the waivers of a manifest, and was not said yet.
    pub(in crate::report) fn of_waivers<'a>(&mut self, report: &ManifestReport<'a>) -> Vec<OfWaiver<'a>> {
        let sources = report.sources;
        let all = report.waivers.iter().map(|finding| OfWaiver {
            finding,
            path: sources.get(finding.place.file).map_or(report.path, |source| source.name()),
            region: Region::of(finding.place, sources, finding.hidden),
        });
        let mut is_new = |of: &OfWaiver<'_>| self.said.insert((of.path.to_owned(), of.region, of.finding.message()));
        all.filter(|of| is_new(of)).collect()
    }
}

/// What every reader has to know, but for what is said of waivers: that is shown where they stand.
pub(in crate::report) fn notices<'a>(report: &ManifestReport<'a>) -> Vec<&'a str> {
    let of_waivers: Vec<String> = report.waivers.iter().map(|finding| finding.notice(report.sources)).collect();
    report.notices.iter().filter(|notice| !of_waivers.contains(notice)).map(String::as_str).collect()
}

/// Where the waiver of a rule stands that counts for an exchange, and whether it is shared with other manifests.
pub(in crate::report) fn noted<'a>(checked: &'a CheckedFlow, rule: RuleIx, waiver: &Waiver) -> Option<&'a NotedWaiver> {
    let same = |noted: &&NotedWaiver| {
        matches!(&noted.rule, Ok(other) if *other == rule) && noted.expires == Some(waiver.expires)
    };
    checked.flow.waivers.iter().find(same)
}

/// Why a rule is waived, who decided that, and until when.
pub(in crate::report) fn waived(ruleset: &Ruleset, waiver: &Waiver) -> String {
    let role = waiver.role.and_then(|role| ruleset.roles().get(role));
    let role = role.map(|role| format!(" ({})", role.title)).unwrap_or_default();
    format!(
        "{}. Approved by {}{role}, until {}.",
        waiver.reason.trim_end_matches('.'),
        waiver.approved_by,
        waiver.expires
    )
}
