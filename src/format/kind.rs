//! What the parts of a ruleset's files are: the order of their keys, and whether they may stand on one line.

use crate::yaml::Node;

/// What a value of a ruleset's file is. A list has the kind of its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything whose keys stay in the order written: conditions, facts, expectations.
    Free,
    RulesetFile,
    Covers,
    Prose,
    QuestionsFile,
    Section,
    Question,
    OptionsFile,
    Choice,
    ChoiceCondition,
    Step,
    Upcoming,
    DerivedFile,
    Derived,
    DerivedCase,
    ThemeFile,
    Rule,
    MythsFile,
    Myth,
    TermsFile,
    Term,
    RolesFile,
    Role,
    SourcesFile,
    Source,
    Read,
    CasesFile,
    Profile,
    Case,
    Facts,
    Expect,
    Expectations,
    Expectation,
}

impl Kind {
    /// What a file holds, by its path below the version's folder.
    pub(super) fn of_file(path: &str) -> Self {
        match path {
            "ruleset.yaml" => Self::RulesetFile,
            "questions.yaml" => Self::QuestionsFile,
            "derived.yaml" => Self::DerivedFile,
            "myths.yaml" => Self::MythsFile,
            "glossary.yaml" => Self::TermsFile,
            "roles.yaml" => Self::RolesFile,
            "sources.yaml" => Self::SourcesFile,
            _ if path.strip_suffix(".yaml").is_none() => Self::Free,
            _ if path.starts_with("options/") => Self::OptionsFile,
            _ if path.starts_with("rules/") => Self::ThemeFile,
            _ if path.starts_with("cases/") => Self::CasesFile,
            _ => Self::Free,
        }
    }

    /// What a file holds, by the key that only files of its kind have.
    pub(super) fn of_tree(tree: &Node) -> Self {
        let kinds = [
            ("sections", Self::QuestionsFile),
            ("options", Self::OptionsFile),
            ("derived", Self::DerivedFile),
            ("rules", Self::ThemeFile),
            ("myths", Self::MythsFile),
            ("terms", Self::TermsFile),
            ("roles", Self::RolesFile),
            ("sources", Self::SourcesFile),
            ("cases", Self::CasesFile),
            ("profiles", Self::CasesFile),
            ("not-covered", Self::RulesetFile),
        ];
        kinds.into_iter().find(|(key, _)| tree.get(key).is_some()).map_or(Self::Free, |(_, kind)| kind)
    }

    /// The keys of a mapping of this kind, in their order, and what each holds. Others follow in the order written.
    const fn keys(self) -> &'static [(&'static str, Self)] {
        use Kind as K;
        const F: Kind = Kind::Free;
        match self {
            K::RulesetFile => RULESET,
            K::QuestionsFile => &[("sections", K::Section)],
            K::Section => &[("id", F), ("title", F), ("questions", K::Question)],
            K::Question => QUESTION,
            K::OptionsFile => &[("options", K::Choice)],
            K::Choice => CHOICE,
            K::ChoiceCondition => &[("must-hold", F), ("confirmed-by", F)],
            K::Step => &[("do", F), ("who", F), ("produces", F)],
            K::Upcoming => &[("from", F), ("cites", F)],
            K::Covers => &[("from", F), ("until", F)],
            K::DerivedFile => &[("derived", K::Derived)],
            K::Derived => DERIVED,
            K::DerivedCase => &[("is", F), ("says", F), ("when", F)],
            K::ThemeFile => &[("theme", F), ("when", F), ("rules", K::Rule)],
            K::Rule => RULE,
            K::MythsFile => &[("myths", K::Myth)],
            K::Myth => &[("id", F), ("belief", F), ("truth", F), ("when", F), ("cites", F)],
            K::TermsFile => &[("terms", K::Term)],
            K::Term => &[("id", F), ("term", F), ("meaning", F), ("cites", F)],
            K::RolesFile => &[("roles", K::Role)],
            K::Role => &[("id", F), ("title", F), ("does", F)],
            K::SourcesFile => &[("sources", K::Source)],
            K::Source => SOURCE,
            K::Read => &[("on", F), ("copy", F)],
            K::CasesFile => &[("profiles", K::Profile), ("cases", K::Case)],
            K::Profile => &[("id", F), ("facts", K::Facts)],
            K::Case => CASE,
            K::Expect => EXPECT,
            K::Expectation => &[("status", F), ("level", F), ("basis", F), ("due", F), ("refer", F)],
            K::Free | K::Prose | K::Facts | K::Expectations => &[],
        }
    }

    /// Where a key of a mapping of this kind stands among the others.
    pub(super) fn order(self, key: &str) -> usize {
        let keys = self.keys();
        keys.iter().position(|(known, _)| *known == key).unwrap_or(keys.len())
    }

    /// What stands under a key.
    pub(super) fn under(self, key: &str) -> Self {
        match self {
            Self::Expectations => Self::Expectation,
            _ => self.keys().iter().find(|(known, _)| *known == key).map_or(Self::Free, |(_, kind)| *kind),
        }
    }

    /// Whether a mapping of this kind stands on one line where it fits.
    pub(super) const fn map_on_one_line(self) -> bool {
        use Kind as K;
        matches!(
            self,
            K::Free
                | K::Covers
                | K::Choice
                | K::ChoiceCondition
                | K::Step
                | K::Upcoming
                | K::DerivedCase
                | K::Term
                | K::Read
                | K::Expectations
                | K::Expectation
        )
    }

    /// Whether a list of this kind stands on one line where it fits: conditions, tags and names do, lists of things that
    /// are read one after another do not.
    pub(super) const fn list_on_one_line(self) -> bool {
        matches!(self, Self::Free)
    }
}

const RULESET: &[(&str, Kind)] = &[
    ("format", Kind::Free),
    ("id", Kind::Free),
    ("version", Kind::Free),
    ("status", Kind::Free),
    ("title", Kind::Free),
    ("law-as-at", Kind::Free),
    ("covers", Kind::Covers),
    ("supersedes", Kind::Free),
    ("jurisdiction", Kind::Free),
    ("keeper", Kind::Free),
    ("report-to", Kind::Free),
    ("review-every-months", Kind::Free),
    ("changes", Kind::Free),
    ("not-covered", Kind::Prose),
];

const QUESTION: &[(&str, Kind)] = &[
    ("id", Kind::Free),
    ("type", Kind::Free),
    ("changeable", Kind::Free),
    ("only-if", Kind::Free),
    ("prompt", Kind::Free),
    ("help", Kind::Free),
    ("why", Kind::Free),
    ("who", Kind::Free),
    ("candidates", Kind::Free),
    ("options", Kind::Choice),
    ("cites", Kind::Free),
];

const CHOICE: &[(&str, Kind)] = &[
    ("id", Kind::Free),
    // `{ each: power.gateway }` in place of a list.
    ("each", Kind::Free),
    ("label", Kind::Free),
    ("help", Kind::Free),
    ("tags", Kind::Free),
    ("candidate", Kind::Free),
    ("inert", Kind::Free),
    ("only-if", Kind::Free),
    ("conditions", Kind::ChoiceCondition),
    ("steps", Kind::Step),
    ("cites", Kind::Free),
    ("upcoming", Kind::Upcoming),
];

const DERIVED: &[(&str, Kind)] = &[
    ("id", Kind::Free),
    ("title", Kind::Free),
    ("when", Kind::Free),
    ("shown", Kind::Free),
    ("says", Kind::Free),
    ("scale", Kind::Free),
    ("cases", Kind::DerivedCase),
    ("cites", Kind::Free),
];

const RULE: &[(&str, Kind)] = &[
    ("id", Kind::Free),
    ("title", Kind::Free),
    ("level", Kind::Free),
    ("basis", Kind::Free),
    ("due", Kind::Free),
    ("when", Kind::Free),
    ("even-unasked", Kind::Free),
    ("met-when", Kind::Free),
    ("because", Kind::Free),
    ("otherwise", Kind::Free),
    ("waivable-by", Kind::Free),
    ("refer", Kind::Free),
    ("ends-questions", Kind::Free),
    ("final", Kind::Free),
    ("steps", Kind::Step),
    ("cites", Kind::Free),
    ("upcoming", Kind::Upcoming),
];

const SOURCE: &[(&str, Kind)] = &[
    ("id", Kind::Free),
    ("title", Kind::Free),
    ("provision", Kind::Free),
    ("url", Kind::Free),
    ("read", Kind::Read),
    ("confidence", Kind::Free),
    ("in-force", Kind::Free),
];

const CASE: &[(&str, Kind)] = &[
    ("id", Kind::Free),
    ("title", Kind::Free),
    ("source", Kind::Free),
    ("note", Kind::Free),
    ("as-of", Kind::Free),
    ("given", Kind::Facts),
    ("assumed", Kind::Free),
    ("given-alone", Kind::Free),
    ("done", Kind::Free),
    ("waived", Kind::Free),
    ("expect", Kind::Expect),
];

const EXPECT: &[(&str, Kind)] = &[
    ("exactly", Kind::Free),
    ("outcome", Kind::Free),
    ("rules", Kind::Expectations),
    ("derived", Kind::Free),
    ("candidates", Kind::Free),
    ("not-candidates", Kind::Free),
    ("myths", Kind::Free),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_come_first_and_others_last() {
        assert!(Kind::Rule.order("id") < Kind::Rule.order("when"));
        assert!(Kind::Rule.order("upcoming") < Kind::Rule.order("no-such-key"));
        assert_eq!(Kind::Rule.order("x"), Kind::Rule.order("y"));
        assert_eq!(Kind::Free.order("x"), 0);
    }

    #[test]
    fn files_are_known_by_their_path() {
        assert_eq!(Kind::of_file("rules/dpia.yaml").under("rules").under("steps"), Kind::Step);
        assert_eq!(Kind::of_file("cases/a/b.yaml").under("cases").under("expect").under("rules"), Kind::Expectations);
        assert_eq!(Kind::Expectations.under("any.rule"), Kind::Expectation);
        assert_eq!(Kind::of_file("notes.yaml"), Kind::Free);
    }
}
