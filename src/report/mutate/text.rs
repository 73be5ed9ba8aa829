//! Which changes the cases do not notice, for people.

use super::{Counts, MutationReport, words};
use crate::manifest::write_facts;
use crate::model::Facts;
use crate::mutate::{Judged, Shown, Site, Verdict};
use crate::report::page::Page;
use crate::report::snippet::location;
use crate::report::{Ink, Out, Tone};
use crate::text::counted as number;

/// How many differences of one change are shown.
const MOST: usize = 6;

/// Writes each change that no case notices, with facts that show it and what differs on them, and then how many changes came
/// to what. Only the last where `quiet` asks for it.
pub fn render(out: Out<'_>, report: &MutationReport<'_>, quiet: bool, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    let files = report.by_file();
    if !quiet {
        for (name, judged) in &files {
            file(&mut page, report, name, judged);
        }
    }
    page.gap();
    if !quiet && files.len() > 1 {
        for (name, judged) in &files {
            page.paragraph(0, &format!("{name}: {}", counted(Counts::of(judged.iter().copied()))));
        }
        page.gap();
    }
    summary(&mut page, report);
    out.write_all(page.finish().as_bytes())
}

fn file(page: &mut Page, report: &MutationReport<'_>, name: &str, judged: &[&Judged]) {
    let open = |judged: &&&Judged| matches!(judged.verdict, Verdict::Survives(_) | Verdict::NotProved);
    let open: Vec<&Judged> = judged.iter().filter(open).copied().collect();
    if open.is_empty() {
        return;
    }
    page.heading(&format!("{name}: {}", counted(Counts::of(judged.iter().copied()))));
    let mut last: Option<(Site, Option<&Facts>)> = None;
    for judged in open {
        if last.is_none_or(|(site, _)| site != judged.mutant.site) {
            page.gap();
            page.toned(2, Tone::Heading, &words::site(report.ruleset, judged.mutant.site));
            last = Some((judged.mutant.site, None));
        }
        let facts = change(page, report, judged, last.and_then(|(_, facts)| facts));
        last = Some((judged.mutant.site, facts));
    }
}

/// Writes one change; facts that are those of the change before are not repeated.
fn change<'j>(
    page: &mut Page,
    report: &MutationReport<'_>,
    judged: &'j Judged,
    last: Option<&Facts>,
) -> Option<&'j Facts> {
    let (mark, tone) = match judged.verdict {
        Verdict::NotProved => ("?", Tone::Caution),
        _ => ("–", Tone::Bad),
    };
    page.bullet(4, mark, tone, &judged.mutant.words);
    if let Some(at) = location(judged.mutant.place, report.sources) {
        page.address(6, &at);
    }
    let Verdict::Survives(shown) = &judged.verdict else {
        page.paragraph(6, "Not proved: the budget ran out before it was known whether this makes a difference.");
        return None;
    };
    effects(page, report, shown);
    match &shown.facts {
        Some(facts) if last == Some(facts) => page.paragraph(6, "on the same facts"),
        Some(facts) => {
            let text = write_facts(report.ruleset.parts(), facts, if page.ink().width < 50 { 2 } else { 8 });
            if text.is_empty() {
                page.paragraph(6, "on any facts, and on none");
            } else {
                page.paragraph(6, if shown.smallest { "on these facts:" } else { "on these facts (fewer may do):" });
                page.verbatim(&text);
            }
        }
        None => page.paragraph(6, "It makes a difference, but no small set of facts that shows it was found."),
    }
    shown.facts.as_ref()
}

fn effects(page: &mut Page, report: &MutationReport<'_>, shown: &Shown) {
    for effect in shown.effects.iter().take(MOST) {
        page.paragraph(6, &words::effect(report.ruleset, effect));
    }
    if shown.effects.len() > MOST {
        let more = number(shown.effects.len() - MOST, "more difference", "more differences");
        page.paragraph(6, &format!("and {more}"));
    }
}

fn counted(counts: Counts) -> String {
    let changes = if counts.changes == 1 { "change" } else { "changes" };
    let Counts { changes: all, caught, equivalent, survive, not_proved } = counts;
    let mut parts = vec![format!("{all} {changes}")];
    let mut add = |count: usize, one: &str, many: &str| {
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    };
    add(caught, "caught", "caught");
    add(equivalent, "proved to change nothing", "proved to change nothing");
    add(survive, "survives", "survive");
    add(not_proved, "not proved", "not proved");
    parts.join(", ")
}

fn summary(page: &mut Page, report: &MutationReport<'_>) {
    let counts = report.counts();
    let failing = report.mutation.failing.len();
    if failing > 0 {
        let text = match failing {
            1 => "1 case fails on the ruleset as it is, and was left out: run `clearshare rules test`.".to_owned(),
            many => {
                format!("{many} cases fail on the ruleset as it is, and were left out: run `clearshare rules test`.")
            }
        };
        page.toned(0, Tone::Bad, &text);
    }
    if counts.changes == 0 {
        let text = "There is nothing to change in what was asked for, so nothing was tried: only conditions, what a rule asks \
                    for, and the order of cases are changed.";
        page.toned(0, Tone::Bad, text);
        return;
    }
    let tone = if report.passed() { Tone::Good } else { Tone::Bad };
    let cases = report.cases.cases.len() - failing;
    let noun = if cases == 1 { "case" } else { "cases" };
    page.toned(0, tone, &format!("{}, by {cases} {noun}", counted(counts)));
    if report.least < 100 {
        let share =
            format!("{}% of the changes that matter are caught. {}% are asked for.", counts.percent(), report.least);
        page.toned(0, tone, &share);
    }
}
