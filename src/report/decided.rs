//! The answer that decided a rule, as it stands in the manifest, or the one that is missing.

use std::cell::RefCell;

use super::page::Page;
use super::snippet::{Window, location};
use super::{ManifestReport, Tone};
use crate::check::{RuleFinding, Spot, SpotRole};
use crate::model::{Facts, RuleIx, Status};
use crate::ruleset::Ruleset;
use crate::text::Place;

/// The findings of one exchange, with the text that they are in.
pub(super) struct Decided<'a> {
    ruleset: &'a Ruleset,
    report: &'a ManifestReport<'a>,
    findings: &'a [RuleFinding],
    facts: Option<&'a Facts>,
    /// The places that were shown already: each is shown once.
    shown: RefCell<Vec<Place>>,
}

impl<'a> Decided<'a> {
    /// The findings of the exchange at this position in the report. None, where no places are wanted.
    pub(super) fn new(ruleset: &'a Ruleset, report: &'a ManifestReport<'a>, flow: usize) -> Self {
        let findings = report.findings.get(flow).map_or(&[][..], Vec::as_slice);
        let facts = report.checked.flows.get(flow).map(|flow| &flow.flow.exchange.facts);
        Self { ruleset, report, findings, facts, shown: RefCell::default() }
    }

    /// Shows what decided a rule.
    pub(super) fn show(&self, page: &mut Page, rule: RuleIx, indent: usize) {
        let Some(finding) = self.findings.iter().find(|finding| finding.rule == rule) else { return };
        match finding.status {
            Status::Undetermined => {
                // Why it applies, where that is so: the line that brought it.
                if finding.main.role == SpotRole::Decides {
                    self.spot(page, &finding.main, indent);
                }
                self.missing(page, finding, indent);
            }
            _ => self.spot(page, &finding.main, indent),
        }
    }

    /// The answers without which a rule that applies is not known to be met.
    fn missing(&self, page: &mut Page, finding: &RuleFinding, indent: usize) {
        let spots = std::iter::once(&finding.main).chain(&finding.others);
        let missing = spots.filter(|spot| spot.role == SpotRole::Missing).filter_map(|spot| spot.question);
        let ids: Vec<String> =
            missing.filter_map(|ix| self.ruleset.questions().get(ix)).map(|question| question.id.clone()).collect();
        if !ids.is_empty() {
            page.toned(indent, Tone::Quiet, &format!("It depends on {}.", ids.join(", ")));
        }
    }

    fn spot(&self, page: &mut Page, spot: &Spot, indent: usize) {
        let Some(question) = spot.question.and_then(|ix| self.ruleset.questions().get(ix)) else { return };
        let Some(at) = location(spot.place, self.report.sources) else { return };
        let line = at.rsplit(':').nth(1).unwrap_or_default();
        let id = &question.id;
        // Be it `unknown`.
        let given = spot.question.is_some_and(|ix| self.facts.is_some_and(|facts| facts.get(ix).is_some()));
        let words = match spot.role {
            SpotRole::Decides => format!("Because of {id}, line {line}:"),
            SpotRole::Unmet => format!("Not met by {id}, line {line}:"),
            SpotRole::Missing if given => format!("{id} is not known, line {line}:"),
            SpotRole::Missing => format!("{id} is not answered."),
        };
        let can_be_shown = !page.ink().plain && !spot.hidden && (spot.role != SpotRole::Missing || given);
        let show = can_be_shown && !self.shown.borrow().contains(&spot.place);
        page.toned(indent, Tone::Quiet, &if show { words } else { words.replace(':', ".") });
        if show {
            self.shown.borrow_mut().push(spot.place);
            // Beside the indent there are a number, a bar, and a sign at either end that there is more.
            let room = page.ink().width.saturating_sub(indent + line.len() + 5);
            if let Some(window) = Window::around(spot.place, self.report.sources, room.max(1)) {
                page.excerpt(indent, window.line, &window.text, window.marked);
            }
        }
    }
}
