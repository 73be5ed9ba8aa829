//! The results of cases, for people.

use super::TestReport;
use super::explained::{explained, shown};
use crate::cases::{CaseResult, Difference, Differs};
use crate::engine::Evaluator;
use crate::report::page::Page;
use crate::report::{Ink, Out, Tone};

/// Writes the cases that failed, each difference with its place and why, and then how many there were. Only the last where
/// `quiet` asks for it.
pub fn render(out: Out<'_>, report: &TestReport<'_>, quiet: bool, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    if !quiet {
        let mut evaluator = Evaluator::new(report.ruleset);
        for result in report.results.iter().filter(|result| !result.passed()) {
            failed(&mut page, &mut evaluator, report, result);
        }
    }
    page.gap();
    summary(&mut page, report);
    out.write_all(page.finish().as_bytes())
}

fn failed(page: &mut Page, evaluator: &mut Evaluator<'_>, report: &TestReport<'_>, result: &CaseResult<'_>) {
    page.gap();
    page.toned(0, Tone::Bad, &format!("Failed: {}: {}", result.case.id, result.case.title));
    if result.alone.is_some() {
        page.paragraph(2, which(result));
    }
    for (difference, lines) in explained(evaluator, report.sources, result) {
        page.bullet(2, "–", Tone::Bad, &difference.in_words(report.ruleset));
        page.address(4, &shown(difference.place, report.sources));
        for line in lines {
            page.step(line.depth, &line.text);
        }
    }
}

/// Which of the two runs of a case failed.
fn which(result: &CaseResult<'_>) -> &'static str {
    let is_alone = |difference: &&Difference| matches!(difference.differs, Differs::Alone { .. });
    let alone = result.differences.iter().filter(is_alone).count();
    match (result.differences.len() - alone, alone) {
        (_, 0) => "With what is assumed it fails; on what is given alone it is as expected.",
        (0, _) => "On what is given alone it fails; with what is assumed it is as expected.",
        _ => "It fails with what is assumed, and on what is given alone.",
    }
}

fn summary(page: &mut Page, report: &TestReport<'_>) {
    let (cases, failed) = (report.results.len(), report.failed());
    if cases == 0 {
        let text = format!("{} has no cases: nothing was tested.", report.ruleset.reference());
        page.toned(0, Tone::Bad, &text);
        return;
    }
    let noun = if cases == 1 { "case" } else { "cases" };
    let tone = if failed == 0 { Tone::Good } else { Tone::Bad };
    page.toned(0, tone, &format!("{cases} {noun}, {} passed, {failed} failed", cases - failed));
}
