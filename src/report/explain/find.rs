//! Which things of a ruleset have an id.

use crate::model::{
    DerivedIx, Ix, ListIx, MythIx, OptionIx, QuestionIx, RoleIx, RuleIx, SectionIx, SourceIx, TagIx, TermIx, ThemeIx,
};
use crate::ruleset::Ruleset;
use crate::text;

/// Something of a ruleset that can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A rule.
    Rule(RuleIx),
    /// A question.
    Question(QuestionIx),
    /// An option of a list.
    Option(ListIx, OptionIx),
    /// A derived fact.
    Derived(DerivedIx),
    /// A myth.
    Myth(MythIx),
    /// A source.
    Source(SourceIx),
    /// A term of the glossary.
    Term(TermIx),
    /// A role.
    Role(RoleIx),
    /// A section of questions.
    Section(SectionIx),
    /// A theme of rules.
    Theme(ThemeIx),
    /// A tag of options.
    Tag(TagIx),
}

impl Subject {
    /// What it is, in a word: what may stand before an id, as in `rule:transfer.safeguard`.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Rule(_) => "rule",
            Self::Question(_) => "question",
            Self::Option(..) => "option",
            Self::Derived(_) => "derived",
            Self::Myth(_) => "myth",
            Self::Source(_) => "source",
            Self::Term(_) => "term",
            Self::Role(_) => "role",
            Self::Section(_) => "section",
            Self::Theme(_) => "theme",
            Self::Tag(_) => "tag",
        }
    }
}

/// Everything that has this id, which may stand after a kind and a colon. A term is also found by its own words.
#[must_use]
pub fn find(ruleset: &Ruleset, wanted: &str) -> Vec<Subject> {
    let (kind, id) = split(wanted);
    let mut found = Vec::new();
    each(ruleset, &mut |subject, name| {
        let of_kind = kind.as_ref().is_none_or(|kind| kind == subject.kind());
        let term = |ix| ruleset.terms().get(ix).is_some_and(|term| term.term.to_lowercase() == id);
        if of_kind && (name == id || matches!(subject, Subject::Term(ix) if term(ix))) {
            found.push(subject);
        }
    });
    found
}

/// The id nearest to one that nothing has, with its kind where one was asked for.
#[must_use]
pub fn nearest(ruleset: &Ruleset, wanted: &str) -> Option<String> {
    let (kind, id) = split(wanted);
    let mut names = Vec::new();
    each(ruleset, &mut |subject, name| {
        if kind.as_ref().is_none_or(|kind| kind == subject.kind()) {
            names.push(name);
        }
    });
    let near = text::nearest(&id, names.iter().copied()).or_else(|| has_parts(&id, &names))?;
    Some(kind.map_or_else(|| near.to_owned(), |kind| format!("{kind}:{near}")))
}

/// The shortest name that has every part of the one wanted: parts are how people remember a long id.
fn has_parts<'r>(wanted: &str, names: &[&'r str]) -> Option<&'r str> {
    let parts = |name: &'r str| name.split(['.', '-']);
    let mut wanted = wanted.split(['.', '-']).filter(|part| !part.is_empty()).peekable();
    wanted.peek()?;
    let wanted: Vec<&str> = wanted.collect();
    let fits = |name: &&&'r str| wanted.iter().all(|part| parts(name).any(|own| own == *part));
    names.iter().filter(fits).min_by_key(|name| (name.len(), **name)).copied()
}

/// The kind, where one is named, and the id.
fn split(wanted: &str) -> (Option<String>, String) {
    let wanted = wanted.trim().to_lowercase();
    match wanted.split_once(':') {
        Some((kind, id)) => (Some(kind.trim().to_owned()), id.trim().to_owned()),
        None => (None, wanted),
    }
}

/// Every thing that has an id. Options that follow another question's are that question's.
fn each<'r>(ruleset: &'r Ruleset, f: &mut impl FnMut(Subject, &'r str)) {
    ruleset.rules().iter().for_each(|(ix, rule)| f(Subject::Rule(ix), &rule.id));
    ruleset.questions().iter().for_each(|(ix, question)| f(Subject::Question(ix), &question.id));
    let lists = ruleset.lists().iter().filter(|(_, list)| list.each.is_none() && !is_yes_no(&list.name));
    for (at, list) in lists {
        list.choices.iter().enumerate().for_each(|(ix, choice)| f(Subject::Option(at, OptionIx::new(ix)), &choice.id));
    }
    ruleset.derived().iter().for_each(|(ix, fact)| f(Subject::Derived(ix), &fact.id));
    ruleset.myths().iter().for_each(|(ix, myth)| f(Subject::Myth(ix), &myth.id));
    ruleset.sources().iter().for_each(|(ix, source)| f(Subject::Source(ix), &source.id));
    ruleset.terms().iter().for_each(|(ix, term)| f(Subject::Term(ix), &term.id));
    ruleset.roles().iter().for_each(|(ix, role)| f(Subject::Role(ix), &role.id));
    ruleset.sections().iter().for_each(|(ix, section)| f(Subject::Section(ix), &section.id));
    ruleset.themes().iter().for_each(|(ix, theme)| f(Subject::Theme(ix), &theme.id));
    ruleset.tags().iter().for_each(|(ix, tag)| f(Subject::Tag(ix), tag));
}

/// The one list that every `yes-no` question shares: there is nothing to say of its options.
fn is_yes_no(name: &str) -> bool {
    name == "yes-no"
}
