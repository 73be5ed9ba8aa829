//! The rulesets there are, and what is in one.

use super::explain::{basis, level};
use super::page::Page;
use super::{Ink, Out, Tone};
use crate::bundled::{self, Bundled};
use crate::model::{Ix, Level, Rule, Theme, ThemeIx};
use crate::ruleset::{Covers, Ruleset};

/// How much of a digest is enough to tell versions apart by eye.
const DIGEST_SHOWN: usize = 12;

/// Writes the rulesets inside the program, the newest of each first.
pub fn list(out: Out<'_>, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    if bundled::all().is_empty() {
        page.paragraph(0, "There is no ruleset inside this clearshare.");
    }
    for id in ids() {
        for bundled in bundled::all().iter().rev().filter(|bundled| bundled.id == id) {
            entry(&mut page, bundled);
        }
    }
    out.write_all(page.finish().as_bytes())
}

/// The ids of rulesets, each once, in order.
fn ids() -> Vec<&'static str> {
    let mut ids: Vec<&str> = bundled::all().iter().map(|bundled| bundled.id).collect();
    ids.dedup();
    ids
}

fn entry(page: &mut Page, bundled: &Bundled) {
    page.gap();
    page.toned(0, Tone::Heading, &format!("{} ({})", bundled.reference(), bundled.state.word()));
    page.paragraph(2, bundled.title);
    page.paragraph(2, &covers(bundled.covers));
    match bundled.load() {
        Ok(ruleset) => page.toned(2, Tone::Quiet, &format!("Digest {}", short(ruleset.digest()))),
        Err(_) => page.toned(2, Tone::Bad, "It cannot be read."),
    }
    if let Some(withdrawn) = bundled.withdrawn {
        let text = format!("Withdrawn on {}: {} Use {} instead.", withdrawn.on, withdrawn.why, withdrawn.instead);
        page.toned(2, Tone::Bad, &text);
    }
}

/// Writes what a ruleset says of itself, its rules by theme, and the beliefs that it answers.
pub fn show(out: Out<'_>, ruleset: &Ruleset, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    head(&mut page, ruleset);
    for (ix, theme) in ruleset.themes().iter() {
        self::theme(&mut page, ruleset, ix, theme);
    }
    beliefs(&mut page, ruleset);
    page.gap();
    page.toned(
        0,
        Tone::Quiet,
        "`clearshare explain ID` says more of a rule, a question or anything else that has an id.",
    );
    out.write_all(page.finish().as_bytes())
}

fn head(page: &mut Page, ruleset: &Ruleset) {
    let info = ruleset.info();
    page.toned(0, Tone::Heading, &format!("{} ({})", ruleset.reference(), info.state.word()));
    page.paragraph(0, &info.title);
    page.gap();
    page.paragraph(0, &format!("Law as at: {}", info.law_as_at));
    page.paragraph(0, &covers(info.covers));
    page.paragraph(0, &format!("Jurisdiction: {}", info.jurisdiction));
    page.paragraph(0, &format!("Kept by: {}", info.keeper));
    page.paragraph(0, &format!("Sources read again every {} months", info.review_every_months));
    if let Some(before) = info.supersedes {
        page.paragraph(0, &format!("Supersedes: {before}"));
    }
    page.paragraph(0, &format!("Report wrong advice: {}", info.report_to));
    page.paragraph(0, &format!("Digest: {}", ruleset.digest()));
    page.heading("What changed");
    page.paragraph(2, &info.changes);
    page.heading("What it does not cover");
    for text in &info.not_covered {
        page.bullet(2, "-", Tone::Quiet, text);
    }
    page.heading("What is in it");
    page.paragraph(2, &counts(ruleset));
}

fn counts(ruleset: &Ruleset) -> String {
    let own = ruleset.lists().iter().filter(|(_, list)| list.each.is_none());
    let options: usize = own.map(|(_, list)| list.choices.len()).sum();
    let counted = [
        count(ruleset.rules().len(), "rule"),
        count(ruleset.questions().len(), "question"),
        count(options, "option"),
        count(ruleset.derived().len(), "derived fact"),
        count(ruleset.myths().len(), "myth"),
        count(ruleset.terms().len(), "term"),
        count(ruleset.roles().len(), "role"),
        count(ruleset.sources().len(), "source"),
    ];
    counted.join(", ")
}

fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

fn theme(page: &mut Page, ruleset: &Ruleset, ix: ThemeIx, theme: &Theme) {
    let rules = ruleset.rules().iter().filter(|(_, rule)| rule.theme.index() == ix.index());
    page.heading(&theme.title);
    for (_, rule) in rules {
        page.bullet(
            2,
            "-",
            tone(rule),
            &format!("{} ({}, {}): {}", rule.id, level(rule.level), basis(rule.basis), rule.title),
        );
    }
}

/// Their ids are what a manifest names under `told`.
fn beliefs(page: &mut Page, ruleset: &Ruleset) {
    if ruleset.myths().is_empty() {
        return;
    }
    page.heading("Beliefs that it answers");
    for (_, myth) in ruleset.myths().iter() {
        page.bullet(2, "-", Tone::Quiet, &format!("{}: “{}”", myth.id, myth.belief.trim_end_matches('.')));
    }
}

fn tone(rule: &Rule) -> Tone {
    match rule.level {
        Level::MustNot => Tone::Bad,
        Level::Must => Tone::Caution,
        Level::Should | Level::Could => Tone::Quiet,
    }
}

fn covers(covers: Covers) -> String {
    match covers.until {
        Some(until) => format!("Covers dates from {} to {until}", covers.from),
        None => format!("Covers dates from {}", covers.from),
    }
}

/// The beginning of a digest: enough to tell versions apart by eye.
pub(super) fn short(digest: &str) -> &str {
    digest.get(..DIGEST_SHOWN).unwrap_or(digest)
}
