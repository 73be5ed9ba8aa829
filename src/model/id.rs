//! Ids as people write them, and the small numbers that stand for them inside one ruleset.

use serde::{Deserialize, Serialize};

/// A number that stands for one thing of a ruleset. Only that ruleset's validator makes them.
pub trait Ix: Copy {
    /// The position in its arena.
    fn index(self) -> usize;
    /// The id for a position. Positions beyond 65,535 saturate; the validator refuses rulesets that large.
    fn new(index: usize) -> Self;
}

macro_rules! ix {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u16);
        impl Ix for $name {
            fn index(self) -> usize { usize::from(self.0) }
            fn new(index: usize) -> Self { Self(u16::try_from(index).unwrap_or(u16::MAX)) }
        }
    )*};
}

ix! {
    /// A section of questions.
    SectionIx,
    /// A question.
    QuestionIx,
    /// A list of options.
    ListIx,
    /// An option within its list.
    OptionIx,
    /// A tag of options.
    TagIx,
    /// A derived fact.
    DerivedIx,
    /// A theme: one file of rules.
    ThemeIx,
    /// A rule.
    RuleIx,
    /// A myth.
    MythIx,
    /// A glossary term.
    TermIx,
    /// A role.
    RoleIx,
    /// A source.
    SourceIx,
}

/// The first parts that a question's id cannot have: a manifest uses them itself.
pub(crate) const RESERVED: [&str; 7] = ["clearshare", "ruleset", "flows", "flows-only", "done", "waivers", "told"];

/// The words that a derived fact cannot be called: conditions use them themselves.
pub(crate) const CONDITION_WORDS: [&str; 5] = ["none", "all", "any", "not", "count"];

/// The most things of one kind that a ruleset may hold.
pub const MOST: usize = 60_000;

/// Whether `text` is an id: parts of lower-case letters and digits joined by single hyphens, joined by dots.
#[must_use]
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 100 && text.split('.').all(is_part)
}

fn is_part(part: &str) -> bool {
    part.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids_are_lower_case_parts() {
        for good in ["a", "data.form", "dpa-2018-s29-31", "uk-gdpr.art-4", "6-1-e"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", ".", "a.", ".a", "A", "a--b", "-a", "a-", "a_b", "a b", "é", "a..b"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
