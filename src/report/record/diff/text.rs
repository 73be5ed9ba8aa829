//! For people in a terminal.

use super::RecordDiff;
use crate::record::{Change, Part, v1};
use crate::report::page::Page;
use crate::report::{Ink, Out, Tone};
use crate::text::counted;

/// Writes it: each thing that differs, under what it belongs to.
pub fn render(out: Out<'_>, diff: &RecordDiff<'_>, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    let [before, after] = diff.paths;
    page.toned(0, Tone::Heading, &format!("From {before} to {after}"));
    let [first, second] = diff.records;
    if follows(first, second) {
        page.paragraph(0, "The second record took the place of the first.");
    } else if follows(second, first) {
        page.bullet(
            0,
            "!",
            Tone::Caution,
            "The first record took the place of the second: they stand the other way round.",
        );
    }
    let mut part = None;
    for change in diff.changes {
        if part != Some(change.part) {
            page.heading(heading(change.part));
            part = Some(change.part);
        }
        self::change(&mut page, change);
    }
    page.gap();
    if diff.changes.is_empty() {
        page.toned(0, Tone::Good, "Both say the same.");
    } else {
        page.toned(0, Tone::Caution, &format!("{}.", counted(diff.changes.len(), "thing differs", "things differ")));
    }
    page.toned(0, Tone::Quiet, v1::NOTICE);
    page.toned(0, Tone::Quiet, &format!("Report wrong advice: {}.", second.ruleset.report_to));
    out.write_all(page.finish().as_bytes())
}

/// Whether a record names another as the one that it takes the place of.
fn follows(first: &v1::Record, second: &v1::Record) -> bool {
    second.supersedes.as_ref().is_some_and(|before| before.record == first.seal)
}

fn change(page: &mut Page, change: &Change) {
    let flow = change.flow.as_ref().map(|flow| format!("{flow}: ")).unwrap_or_default();
    let words = change.words.as_ref().map(|words| format!(": {words}")).unwrap_or_default();
    page.bullet(2, "•", Tone::Caution, &format!("{flow}{}{words}", change.what));
    if change.withheld {
        page.paragraph(4, "It is of the safety check: what was answered is not shown.");
        return;
    }
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            page.paragraph(4, &format!("Was: {before}"));
            page.paragraph(4, &format!("Is now: {after}"));
        }
        (None, Some(after)) => page.paragraph(4, &format!("Only in the second: {after}")),
        (Some(before), None) => page.paragraph(4, &format!("Only in the first: {before}")),
        (None, None) => {}
    }
}

const fn heading(part: Part) -> &'static str {
    match part {
        Part::Decision => "The decision",
        Part::Condition => "Conditions",
        Part::Consulted => "People consulted",
        Part::Request => "The request",
        Part::Exchange => "The exchange",
        Part::Ruleset => "The ruleset",
        Part::Outcome => "The outcome",
        Part::Answer => "Answers",
        Part::Done => "Steps taken",
        Part::Waiver => "Waivers",
        Part::Told => "What the team was told",
        Part::Rule => "Rules",
        Part::Conclusion => "Conclusions",
        Part::Candidate => "Options still open",
        Part::Evidence => "Evidence",
        Part::Supersedes => "The record before",
    }
}
