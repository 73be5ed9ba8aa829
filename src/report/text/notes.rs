//! Sources as footnotes, numbered as they are first cited.

use crate::model::{Citation, Confidence, CopyRead, SourceIx};
use crate::report::page::Page;
use crate::report::{Tone, words};
use crate::ruleset::Ruleset;

/// The sources cited so far.
#[derive(Default)]
pub(super) struct Notes {
    cited: Vec<SourceIx>,
    /// Whether nothing is marked: the page is short and lists no sources.
    unmarked: bool,
}

impl Notes {
    /// For a page that lists no sources.
    pub(super) fn unmarked() -> Self {
        Self { cited: Vec::new(), unmarked: true }
    }

    /// The marks of sources: " [1] [4]".
    pub(super) fn cite(&mut self, sources: &[SourceIx]) -> String {
        let mut marks = String::new();
        if self.unmarked {
            return marks;
        }
        for source in sources {
            let at = self.cited.iter().position(|other| other == source).unwrap_or_else(|| {
                self.cited.push(*source);
                self.cited.len() - 1
            });
            marks.push_str(&format!(" [{}]", at + 1));
        }
        marks
    }

    /// Writes the sources. What is true of most of them is said once.
    pub(super) fn write(&self, page: &mut Page, ruleset: &Ruleset) {
        let sources: Vec<&Citation> = self.cited.iter().filter_map(|ix| Some(&**ruleset.sources().get(*ix)?)).collect();
        let Some(usual) = most_common(&sources) else { return };
        page.heading("Sources");
        page.paragraph(0, &format!("{} unless a source says otherwise.", words::capital(&standing(usual))));
        for (at, source) in sources.iter().enumerate() {
            let mut text = source.title.clone();
            if let Some(provision) = source.provision.as_deref() {
                text.extend([", ", provision]);
            }
            if !same(source, usual) {
                text.extend([" (", &standing(source), ")"]);
            }
            page.bullet(0, &format!("[{}]", at + 1), Tone::Quiet, &text);
            page.address(4, &source.url);
        }
    }
}

/// What was read of a source, when, and how surely it is known.
fn standing(source: &Citation) -> String {
    let read = match source.copy {
        CopyRead::Live => format!("read on {}", source.read_on),
        CopyRead::Archived => format!("read in an archived copy on {}", source.read_on),
        CopyRead::NotRead => "not read".to_owned(),
    };
    let confidence = match source.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    format!("{read}, {confidence} confidence")
}

fn same(a: &Citation, b: &Citation) -> bool {
    (a.copy, a.read_on, a.confidence) == (b.copy, b.read_on, b.confidence)
}

fn most_common<'s>(sources: &[&'s Citation]) -> Option<&'s Citation> {
    let mut kinds: Vec<(&Citation, usize)> = Vec::new();
    for source in sources {
        match kinds.iter_mut().find(|(other, _)| same(source, other)) {
            Some((_, count)) => *count += 1,
            None => kinds.push((source, 1)),
        }
    }
    // Of equals the first, so that the text is the same on every run.
    kinds.into_iter().rev().max_by_key(|(_, count)| *count).map(|(source, _)| source)
}
