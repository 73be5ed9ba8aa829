//! How many questions interviews ask, for people.

use crate::cases::Interview;
use crate::report::page::Page;
use crate::report::{Ink, Out, Tone};
use crate::ruleset::Ruleset;

/// How many of the longest are listed.
const LONGEST: usize = 10;

/// Writes the longest interviews, and then the median and the most.
pub fn render(out: Out<'_>, ruleset: &Ruleset, interviews: &[Interview<'_>], ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    let mut sorted: Vec<&Interview<'_>> = interviews.iter().collect();
    sorted.sort_by_key(|interview| std::cmp::Reverse(interview.asked.len()));
    if sorted.is_empty() {
        let text =
            format!("{} has no case that assumes a profile: there is no interview to hold.", ruleset.reference());
        page.toned(0, Tone::Bad, &text);
        return out.write_all(page.finish().as_bytes());
    }
    page.heading("The longest interviews");
    for interview in sorted.iter().take(LONGEST) {
        let text = format!("{}: {}: {}", counted(interview.asked.len()), interview.case.id, interview.case.title);
        page.bullet(2, "–", Tone::Quiet, &text);
    }
    summary(&mut page, ruleset, &sorted);
    out.write_all(page.finish().as_bytes())
}

fn summary(page: &mut Page, ruleset: &Ruleset, sorted: &[&Interview<'_>]) {
    let asked = |at: usize| sorted.get(at).map_or(0, |interview| interview.asked.len());
    let cases = if sorted.len() == 1 { "case" } else { "cases" };
    page.heading(&format!("Interviews on {} {cases} of {}", sorted.len(), ruleset.reference()));
    page.bullet(2, "•", Tone::Quiet, &format!("Median: {}", counted(asked(sorted.len() / 2))));
    page.bullet(2, "•", Tone::Quiet, &format!("Most: {}", counted(asked(0))));
    page.bullet(2, "•", Tone::Quiet, &format!("Fewest: {}", counted(asked(sorted.len() - 1))));
    let open = sorted.iter().filter(|interview| !interview.unanswered.is_empty()).count();
    if open > 0 {
        let are = if open == 1 { "1 case has" } else { &format!("{open} cases have") };
        page.paragraph(2, &format!("{are} no answer to some question: there it was \"I do not know\"."));
    }
}

fn counted(questions: usize) -> String {
    format!("{questions} {}", if questions == 1 { "question" } else { "questions" })
}
