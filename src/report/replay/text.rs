//! For people in a terminal.

use super::{Impact, ReplayReport, Replayed, There, Verdict, Versions, choice};
use crate::model::Outcome;
use crate::record::Mismatch;
use crate::report::page::Page;
use crate::report::text::{outcome_words, screen};
use crate::report::upgrade::text as upgrade;
use crate::report::{Ink, Out, Tone};
use crate::text::counted;

/// Writes it: one record in full; of several a line for each, and all of it where `verbose`.
pub fn render(out: Out<'_>, report: &ReplayReport<'_>, verbose: bool, ink: Ink) -> std::io::Result<()> {
    let many = report.records.len() > 1;
    let mut page = Page::new(ink);
    for replayed in report.records {
        if many && !verbose {
            line(&mut page, replayed, report);
        } else {
            page.heading(replayed.path);
            proof(&mut page, replayed);
            if let Some((versions, there)) = &replayed.there {
                out.write_all(std::mem::replace(&mut page, Page::new(ink)).finish().as_bytes())?;
                out.write_all(b"\n")?;
                in_full(out, replayed, *versions, there, report, ink)?;
            }
        }
    }
    page.gap();
    if many {
        total(&mut page, report);
    }
    page.toned(0, Tone::Quiet, "Decision support, not legal advice. The decisions were people's.");
    if let Some(first) = report.records.first() {
        page.toned(0, Tone::Quiet, &format!("Report wrong advice: {}.", first.record.ruleset.report_to));
    }
    out.write_all(page.finish().as_bytes())
}

/// What is said of the ruleset and the decision of a record.
fn about(replayed: &Replayed<'_>) -> String {
    let record = replayed.record;
    format!(
        "Decided {} on {}; advice of {}@{} as at {}.",
        choice(record.decision.choice),
        record.decision.decided_on,
        record.ruleset.id,
        record.ruleset.version,
        record.as_of
    )
}

fn proof(page: &mut Page, replayed: &Replayed<'_>) {
    if !replayed.is_screened() {
        page.paragraph(0, &about(replayed));
    }
    if let Some(after) = replayed.superseded_by {
        page.bullet(0, "!", Tone::Caution, &format!("Another record took its place: {after}."));
    }
    let (mark, tone, says) = verdict(&replayed.verdict);
    page.bullet(0, mark, tone, says);
    match &replayed.verdict {
        Verdict::Differs(mismatch) => differs(page, mismatch),
        Verdict::Misfits(misfits) => misfits.iter().for_each(|misfit| page.bullet(2, "✗", Tone::Bad, misfit)),
        Verdict::Proved | Verdict::Screened => {}
    }
    if replayed.written_by_another() {
        let (then, now) = (&replayed.record.tool.version, env!("CARGO_PKG_VERSION"));
        page.paragraph(2, &format!("clearshare {then} wrote it, and clearshare {now} evaluated it again."));
        if replayed.verdict != Verdict::Proved {
            page.paragraph(2, &format!("Look whether clearshare {then} says the same before you blame anybody."));
        }
    }
}

fn verdict(verdict: &Verdict) -> (&'static str, Tone, &'static str) {
    match verdict {
        Verdict::Proved => {
            ("✓", Tone::Good, "Proved: the same facts give the same advice under the same rules, byte for byte.")
        }
        Verdict::Differs(_) => {
            ("✗", Tone::Bad, "Not proved: the record does not say what its facts give under its rules.")
        }
        Verdict::Misfits(_) => ("✗", Tone::Bad, "Not proved: the record has facts that mean nothing under its rules."),
        Verdict::Screened => {
            ("✗", Tone::Bad, "Not proved: the safety check ends the questions. There should be no record of it.")
        }
    }
}

fn differs(page: &mut Page, mismatch: &Mismatch) {
    page.paragraph(2, &format!("The first thing that differs is {}.", mismatch.place));
    let said = |text: &Option<String>| text.as_ref().map_or_else(|| "something else".to_owned(), |text| quote(text));
    page.paragraph(2, &format!("The record says: {}.", said(&mismatch.first)));
    page.paragraph(2, &format!("Its facts give: {}.", said(&mismatch.second)));
}

/// A text in quotation marks, and not all of it where it is long.
fn quote(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("“{short}{more}”")
}

fn in_full(
    out: Out<'_>,
    replayed: &Replayed<'_>,
    versions: Versions<'_>,
    there: &There,
    report: &ReplayReport<'_>,
    ink: Ink,
) -> std::io::Result<()> {
    let impact = match there {
        There::Screened => return out.write_all(screen(versions.after, report.as_of, ink).as_bytes()),
        There::Advice(impact) => impact,
    };
    let mut page = Page::new(ink);
    decision(&mut page, replayed, impact);
    impact.with_report(replayed.path, versions, report.as_of, |report| {
        upgrade::render(out, report, upgrade::Pinning::Out, ink)
    })?;
    out.write_all(format!("\n{}\n", page.finish()).as_bytes())
}

/// Whether the decision could be taken on the other advice.
fn decision(page: &mut Page, replayed: &Replayed<'_>, impact: &Impact) {
    let choice = choice(replayed.record.decision.choice);
    page.heading("The decision");
    if impact.refused.is_empty() {
        page.bullet(0, "✓", Tone::Good, &format!("The decision {choice} could be recorded on that advice too."));
        return;
    }
    page.bullet(0, "!", Tone::Caution, &format!("The decision {choice} could not be recorded on that advice:"));
    for refusal in &impact.refused {
        page.bullet(2, "•", Tone::Caution, refusal.finding().message());
    }
}

fn line(page: &mut Page, replayed: &Replayed<'_>, report: &ReplayReport<'_>) {
    let by = replayed.superseded_by.map(|by| format!(" Another record took its place: {by}.")).unwrap_or_default();
    let (mark, tone, says) = match (&replayed.verdict, &replayed.there) {
        (Verdict::Proved, None) => ("✓", Tone::Good, "proved.".to_owned()),
        (Verdict::Proved, Some((_, There::Screened))) => {
            ("!", Tone::Caution, "the safety check now ends the questions.".to_owned())
        }
        (Verdict::Proved, Some((_, There::Advice(impact)))) => {
            if replayed.differs(report.as_of) {
                ("!", Tone::Caution, format!("{} {}", about(replayed), changes(impact)))
            } else {
                ("✓", Tone::Good, "nothing comes out differently.".to_owned())
            }
        }
        (verdict, _) => ("✗", Tone::Bad, self::verdict(verdict).2.to_owned()),
    };
    page.bullet(0, mark, tone, &format!("{}: {says}{by}", replayed.path));
}

/// What is otherwise, in a sentence or two.
fn changes(impact: &Impact) -> String {
    let [before, after] = impact.outcomes;
    let word = |outcome: Outcome| outcome_words(outcome).1;
    let outcome = if before == after {
        format!("The outcome is still {}.", word(after))
    } else {
        format!("The outcome was {}, and is now {}.", word(before), word(after))
    };
    let count = |of: fn(&crate::upgrade::Difference) -> usize| -> usize {
        impact.flows.iter().map(|(difference, _)| of(difference)).sum()
    };
    let rules = match count(|difference| difference.rules.len()) {
        0 => String::new(),
        rules => format!(" {} differently.", counted(rules, "rule comes out", "rules come out")),
    };
    let refused = if impact.refused.is_empty() { "" } else { " The decision could not be recorded on that advice." };
    format!("{outcome}{rules}{refused}")
}

fn total(page: &mut Page, report: &ReplayReport<'_>) {
    let records = counted(report.records.len(), "record", "records");
    let failed = report.records.iter().filter(|replayed| replayed.verdict != Verdict::Proved).count();
    let (tone, proved) = match failed {
        0 => (Tone::Good, format!("{records}: all follow from their rules.")),
        failed => (Tone::Bad, format!("{records}: {} not follow from their rules.", counted(failed, "does", "do"))),
    };
    page.toned(0, tone, &proved);
    if report.against {
        let otherwise = report.records.iter().filter(|replayed| replayed.differs(report.as_of)).count();
        let (tone, says) = match otherwise {
            0 => (Tone::Good, "Nothing comes out differently for any of them.".to_owned()),
            otherwise => {
                (Tone::Caution, format!("{} differently.", counted(otherwise, "record reads", "records read")))
            }
        };
        page.toned(0, tone, &says);
    }
}
