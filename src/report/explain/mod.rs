//! What an id stands for: a rule, a question, an option, a derived fact, a myth, a source, a term, a role, a section, a
//! theme or a tag.

mod applied;
mod definitions;
mod find;
mod list;
mod option;
mod origin;
mod question;
mod rule;
mod sheet;
mod small;
mod uses;

pub use applied::applied;
pub use find::{Subject, find, nearest};
pub(super) use rule::{basis, level};

use super::{Ink, Out};
use crate::ruleset::Ruleset;
use sheet::Sheet;

/// Writes what each subject is.
pub fn render(out: Out<'_>, ruleset: &Ruleset, subjects: &[Subject], ink: Ink) -> std::io::Result<()> {
    let mut sheet = Sheet::new(ruleset, ink);
    for subject in subjects {
        match *subject {
            Subject::Rule(ix) => rule::write(&mut sheet, ix),
            Subject::Question(ix) => question::write(&mut sheet, ix),
            Subject::Option(list, ix) => option::write(&mut sheet, list, ix),
            Subject::Derived(ix) => small::derived(&mut sheet, ix),
            Subject::Myth(ix) => small::myth(&mut sheet, ix),
            Subject::Source(ix) => small::source(&mut sheet, ix),
            Subject::Term(ix) => small::term(&mut sheet, ix),
            Subject::Role(ix) => definitions::role(&mut sheet, ix),
            Subject::Section(ix) => definitions::section(&mut sheet, ix),
            Subject::Theme(ix) => definitions::theme(&mut sheet, ix),
            Subject::Tag(ix) => definitions::tag(&mut sheet, ix),
        }
    }
    out.write_all(sheet.finish().as_bytes())
}
