//! What is said where a record was written.

use crate::record::v1::{Choice, Record};
use crate::report::page::Page;
use crate::report::{Ink, Tone};
use crate::text::in_shell;

/// A choice, in words.
const fn choice_words(choice: Choice) -> &'static str {
    match choice {
        Choice::Share => "Share",
        Choice::ShareWithConditions => "Share with conditions",
        Choice::DoNotShare => "Do not share",
        Choice::Defer => "Decide later",
    }
}

/// That a record was written, what it says in a few lines, and what to do next.
#[must_use]
pub fn made(record: &Record, path: &str, ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.paragraph(0, &format!("The decision is recorded in {path}."));
    page.gap();
    let decision = &record.decision;
    page.paragraph(2, &format!("Decision: {}", choice_words(decision.choice)));
    let by = &decision.decided_by;
    page.paragraph(2, &format!("Decided by: {}, {}, on {}", by.name, by.role, decision.decided_on));
    if let Some(day) = decision.review_on {
        page.paragraph(2, &format!("Look at it again by: {day}"));
    }
    if let Some(before) = &record.supersedes {
        page.paragraph(2, &format!("Takes the place of: {}", before.record));
    }
    page.paragraph(2, &format!("Seal: {}", record.seal));
    page.gap();
    page.paragraph(0, "Keep the file as it is: any change to it will be seen. You can read it with:");
    page.paragraph(2, &format!("clearshare record show {}", in_shell(path)));
    for notice in &record.notices {
        page.bullet(0, "!", Tone::Caution, notice);
    }
    page.finish()
}
