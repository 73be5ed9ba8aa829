//! What was proved, for people.

use super::{Counts, Verdict, VerifyReport, meaning};
use crate::finding::{Finding, Severity};
use crate::report::page::Page;
use crate::report::rules::short;
use crate::report::words::capital;
use crate::report::{Detail, Ink, Out, Tone, snippet};
use crate::ruleset::State;
use crate::text::in_shell;
use crate::verify::{Observation, Property};

/// The narrowest page that has room for lines of files beside their numbers.
const ROOM: usize = 60;

/// How many findings of a property are gone into. More of them are often one slip, and nobody reads them all.
const MOST: usize = 20;

/// Writes what was proved property by property, with what was found and exchanges that show it, and the verdict last.
pub fn render(out: Out<'_>, report: &VerifyReport<'_>, detail: Detail, ink: Ink) -> std::io::Result<()> {
    if detail == Detail::Quiet {
        return writeln!(out, "{}: {}", report.ruleset.reference(), verdict(report));
    }
    let mut page = Page::new(ink);
    for property in Property::ALL {
        self::property(&mut page, report, property, detail)?;
    }
    page.gap();
    command(&mut page, report);
    provenance(&mut page, report);
    let (symbol, tone) = match report.verdict() {
        Verdict::Proved => ("✓", Tone::Good),
        Verdict::NotProved => ("?", Tone::Caution),
        Verdict::Found => ("✗", Tone::Bad),
    };
    headline(&mut page, symbol, tone, &verdict(report));
    out.write_all(page.finish().as_bytes())
}

fn headline(page: &mut Page, symbol: &'static str, tone: Tone, text: &str) {
    let symbol = page.ink().symbol(symbol);
    let gap = if symbol.is_empty() { "" } else { " " };
    page.toned(0, tone, &format!("{symbol}{gap}{text}"));
}

/// A property: how much of it is proved, what it says, and what was found.
fn property(page: &mut Page, report: &VerifyReport<'_>, property: Property, detail: Detail) -> std::io::Result<()> {
    let counts = report.counts(property);
    let (symbol, tone) = match counts {
        Counts { findings: 1.., .. } => ("✗", Tone::Bad),
        Counts { not_proved: 1.., .. } => ("?", Tone::Caution),
        Counts { stated: 0, .. } | Counts { advice: 1.., .. } => ("•", Tone::Heading),
        _ => ("✓", Tone::Good),
    };
    page.gap();
    headline(page, symbol, tone, &format!("{}: {}", capital(property.as_str()), outcome(counts)));
    let open = counts.findings + counts.not_proved > 0;
    page.toned(2, Tone::Quiet, &format!("{}{}", if open { "What is to hold: " } else { "" }, meaning(property)));
    let severity = |seen: &&Observation| seen.finding.code().severity();
    let found: Vec<&Observation> = report.of(property).filter(|seen| severity(seen) != Severity::Advice).collect();
    let shown = if detail == Detail::Verbose { found.len() } else { MOST };
    for seen in found.iter().take(shown) {
        page.gap();
        finding(page, report, &seen.finding)?;
        witness(page, report, seen);
    }
    let rest = found.get(shown..).unwrap_or_default();
    kinds(page, "And ", rest);
    let advice: Vec<&Observation> = report.of(property).filter(|seen| severity(seen) == Severity::Advice).collect();
    self::advice(page, report, &advice, detail);
    Ok(())
}

/// "1 finding; 46 of 47 statements proved".
fn outcome(counts: Counts) -> String {
    let mut parts = Vec::new();
    if counts.findings > 0 {
        parts.push(number(counts.findings, "finding", "findings"));
    }
    if counts.not_proved > 0 {
        parts.push(format!("{} not proved", counts.not_proved));
    }
    if counts.advice > 0 {
        parts.push(number(counts.advice, "piece of advice", "pieces of advice"));
    }
    parts.push(proved(counts));
    parts.join("; ")
}

fn proved(counts: Counts) -> String {
    let (stated, proved) = (counts.stated, counts.proved);
    match (stated, proved) {
        (0, _) => "nothing to prove".to_owned(),
        (1, 1) => "proved, 1 statement".to_owned(),
        _ if stated == proved => format!("proved, {stated} statements"),
        _ => format!("{proved} of {} proved", number(stated, "statement", "statements")),
    }
}

fn number(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// What was found, with the line where the page has room for it.
fn finding(page: &mut Page, report: &VerifyReport<'_>, finding: &Finding) -> std::io::Result<()> {
    let ink = page.ink();
    if !ink.plain && ink.width >= ROOM {
        let mut bytes = Vec::new();
        snippet::render(&mut bytes, finding, report.sources, ink)?;
        page.laid_out(&String::from_utf8_lossy(&bytes));
        return Ok(());
    }
    let tone = if finding.code().severity() == Severity::Finding { Tone::Bad } else { Tone::Caution };
    page.toned(0, tone, &format!("{}: {}", snippet::label(finding), finding.message()));
    places(page, report, finding, 2);
    if let Some(help) = finding.help_text() {
        page.paragraph(2, &format!("help: {help}"));
    }
    page.gap();
    Ok(())
}

fn places(page: &mut Page, report: &VerifyReport<'_>, finding: &Finding, indent: usize) {
    let at = |place| snippet::location(place, report.sources);
    if let Some(at) = finding.place().and_then(at) {
        page.address(indent, &at);
    }
    for related in finding.related_places() {
        let Some(at) = at(related.place) else { continue };
        page.paragraph(indent, &format!("{}:", related.label));
        page.address(indent, &at);
    }
}

/// An exchange that shows what was found, as lines that `check` can run when they are copied into a file.
fn witness(page: &mut Page, report: &VerifyReport<'_>, seen: &Observation) {
    let Some(manifest) = report.manifest(seen, &[]) else { return };
    page.gap();
    let words = match &seen.witness {
        Some(facts) if facts.iter().next().is_none() => "Every exchange shows it, even one without an answer:",
        _ if seen.smallest => "An exchange that shows it. None with fewer answers does:",
        _ => "An exchange that shows it. One with fewer answers may show it too:",
    };
    page.paragraph(0, words);
    page.gap();
    page.verbatim(&manifest);
    page.gap();
}

/// Advice takes less room than a finding: all of it where it is asked for, else how much there is of each kind.
fn advice(page: &mut Page, report: &VerifyReport<'_>, advice: &[&Observation], detail: Detail) {
    if advice.is_empty() {
        return;
    }
    if detail != Detail::Verbose {
        kinds(page, "Advice: ", advice);
        return;
    }
    for seen in advice {
        page.bullet(2, "–", Tone::Quiet, &format!("{}: {}", snippet::label(&seen.finding), seen.finding.message()));
        places(page, report, &seen.finding, 4);
        if let Some(help) = seen.finding.help_text() {
            page.paragraph(4, &format!("help: {help}"));
        }
    }
}

/// How many there are of each kind, and how to see them.
fn kinds(page: &mut Page, lead: &str, of: &[&Observation]) {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for seen in of {
        let code = seen.finding.code().as_str();
        match kinds.iter_mut().find(|(kind, _)| *kind == code) {
            Some((_, count)) => *count += 1,
            None => kinds.push((code, 1)),
        }
    }
    if !kinds.is_empty() {
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        page.paragraph(2, &format!("{lead}{}. `--verbose` shows all.", kinds.join(", ")));
    }
}

/// How to run the exchanges that were shown.
fn command(page: &mut Page, report: &VerifyReport<'_>) {
    let shown = |seen: &Observation| seen.witness.is_some() && seen.finding.code().severity() != Severity::Advice;
    if !report.verification.observations.iter().any(shown) {
        return;
    }
    page.paragraph(0, "To see what an exchange above comes to, save its lines as witness.yaml and run:");
    let rules = report.folder.map(|folder| format!("--rules {} ", in_shell(folder))).unwrap_or_default();
    page.address(2, &format!("clearshare check --verbose {rules}witness.yaml"));
    page.gap();
}

/// Which ruleset it was, and on what day.
fn provenance(page: &mut Page, report: &VerifyReport<'_>) {
    let state = match report.ruleset.info().state {
        State::Draft => " (draft)",
        State::Published => "",
    };
    let reference = report.ruleset.reference();
    let digest = short(report.ruleset.digest());
    page.toned(0, Tone::Quiet, &format!("{reference}{state}, as at {}. Digest {digest}", report.as_of));
}

/// The verdict in a sentence.
fn verdict(report: &VerifyReport<'_>) -> String {
    let counts = report.all_counts();
    let statements = number(counts.stated, "statement", "statements");
    if report.verdict() == Verdict::Proved {
        let proved = number(counts.proved, "statement", "statements");
        let advice = match counts.advice {
            0 => String::new(),
            advice => format!(" There {}.", is(advice, "piece of advice", "pieces of advice")),
        };
        return format!("Proved: {proved}, over every combination of answers.{advice}");
    }
    let mut open = Vec::new();
    if counts.findings > 0 {
        open.push(number(counts.findings, "finding", "findings"));
    }
    if counts.not_proved > 0 {
        open.push(format!("{} left open by the budget", number(counts.not_proved, "statement", "statements")));
    }
    let what = if counts.findings > 0 { "Found" } else { "Not proved" };
    format!("{what}: {}. {} of {statements} are proved.", open.join(" and "), counts.proved)
}

fn is(count: usize, one: &str, several: &str) -> String {
    format!("{} {}", if count == 1 { "is" } else { "are" }, number(count, one, several))
}
