//! Coverage for people, in a terminal: how much is tried, and everything that is not.

use super::{CoverageReport, names};
use crate::cases::coverage::{Item, Kind};
use crate::report::page::Page;
use crate::report::snippet::location;
use crate::report::{Ink, Out, Tone};

/// Writes what no case tries, each with its place, then a summary by kind, and how much is tried together. Only the last where
/// `quiet` asks for it.
pub fn text(out: Out<'_>, report: &CoverageReport<'_>, quiet: bool, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    if !quiet {
        for kind in Kind::ALL {
            missing(&mut page, report, kind);
        }
        summary(&mut page, report);
    }
    together(&mut page, report);
    out.write_all(page.finish().as_bytes())
}

fn missing(page: &mut Page, report: &CoverageReport<'_>, kind: Kind) {
    let of_kind = report.coverage.items.iter().filter(|item| item.about.kind() == kind);
    let missing: Vec<&Item> = of_kind.filter(|item| item.missing().next().is_some()).collect();
    if missing.is_empty() {
        return;
    }
    page.heading(&format!("{} that the cases do not try in full ({})", names::kind(kind), missing.len()));
    for item in missing {
        let at = location(item.place, report.sources).unwrap_or_default();
        let text = format!("{at}: {} {}", names::item(report, item), names::missing(item));
        page.bullet(2, "–", Tone::Caution, &text);
    }
}

/// Last, so that it is what stays in sight.
fn summary(page: &mut Page, report: &CoverageReport<'_>) {
    let coverage = report.coverage;
    let cases = if coverage.cases == 1 { "case tries" } else { "cases try" };
    page.heading(&format!("What {} {cases} of {}", coverage.cases, report.ruleset.reference()));
    for kind in Kind::ALL {
        let text = format!("{}: {}: {}", names::kind(kind), names::count(coverage.of(kind)), names::wanted(kind));
        page.bullet(2, "•", tone(coverage.of(kind).percent()), &text);
    }
}

fn together(page: &mut Page, report: &CoverageReport<'_>) {
    let coverage = report.coverage;
    let total = coverage.total();
    page.toned(0, tone(total.percent()), &format!("Together: {}", names::count(total)));
    if coverage.cases == 0 {
        page.bullet(0, "!", Tone::Bad, "There are no cases: nothing is tried.");
    }
    if coverage.failing > 0 {
        let (count, fail) = (coverage.failing, if coverage.failing == 1 { "case fails" } else { "cases fail" });
        page.bullet(0, "!", Tone::Bad, &format!("{count} {fail}: `clearshare rules test` says why."));
    }
}

fn tone(percent: usize) -> Tone {
    if percent == 100 { Tone::Good } else { Tone::Caution }
}
