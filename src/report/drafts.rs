//! The drafts of interviews there are, for people.

use super::page::Page;
use super::{Ink, Out, Tone};
use crate::text::{counted, quoted};

/// One draft of a list.
pub struct DraftReport {
    /// Its name; none, if its file has none that a draft may have.
    pub name: Option<String>,
    /// The name of its file.
    pub file: String,
    /// When it was last changed, in words.
    pub changed: Option<String>,
    /// Other users of the machine may read it.
    pub seen_by_others: bool,
    /// What is in it.
    pub holds: Holds,
}

/// What is in a draft.
pub enum Holds {
    /// Answers, for a ruleset.
    Answers {
        /// How many; of several flows, in the one that has most.
        count: usize,
        /// The ruleset and its version.
        ruleset: String,
        /// What it is about, where that may be said.
        about: Option<String>,
    },
    /// Something that can be gone on with, but was not counted: why, in whole sentences.
    Uncounted(String),
    /// Nothing that can be gone on with as it is.
    Faults {
        /// How many.
        count: usize,
        /// What shows them.
        command: String,
    },
    /// Nothing that can be gone on with: why, in whole sentences.
    Unusable(String),
}

/// Writes the list.
pub fn list(out: Out<'_>, drafts: &[DraftReport], folder: &str, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    if drafts.is_empty() {
        page.paragraph(0, "There are no drafts.");
    }
    for draft in drafts {
        page.gap();
        one(&mut page, draft);
    }
    if !drafts.is_empty() {
        page.gap();
        page.toned(0, Tone::Quiet, "`clearshare drafts remove NAME` deletes one. They are in the folder");
        page.address(2, folder);
    }
    out.write_all(page.finish().as_bytes())
}

fn one(page: &mut Page, draft: &DraftReport) {
    page.toned(0, Tone::Heading, draft.name.as_ref().unwrap_or(&quoted(&draft.file)));
    if let Some(changed) = &draft.changed {
        page.paragraph(2, &format!("Last changed {changed}"));
    }
    let Some(name) = &draft.name else {
        let text = "This is not a draft: clearshare gives no file such a name. It is left as it is.";
        return page.bullet(2, "!", Tone::Caution, text);
    };
    match &draft.holds {
        Holds::Answers { count, ruleset, about } => {
            if let Some(about) = about {
                page.paragraph(2, about);
            }
            page.paragraph(2, &format!("{} for {ruleset}", counted(*count, "answer", "answers")));
        }
        Holds::Uncounted(why) => page.paragraph(2, why),
        Holds::Faults { count, command } => {
            let faults = counted(*count, "fault", "faults");
            page.bullet(2, "!", Tone::Caution, &format!("It was damaged or edited, and has {faults}. To see more:"));
            page.address(4, command);
        }
        Holds::Unusable(why) => page.bullet(2, "!", Tone::Caution, why),
    }
    if draft.seen_by_others {
        page.bullet(2, "!", Tone::Caution, "Other users of this machine may read it.");
    }
    if matches!(draft.holds, Holds::Answers { .. } | Holds::Uncounted(_)) {
        page.paragraph(2, "To go on:");
        page.address(4, &format!("clearshare ask --resume {name}"));
    }
}
