//! A ruleset that was validated: it cannot be built except by the validator, or by unpacking what the validator packed.

pub mod compiled;
pub mod info;
pub mod reference;

use serde::{Deserialize, Serialize};

pub use compiled::{Compiled, CompiledQuestion, RuleFormulas, Variables};
pub use info::{Covers, Info, State};
pub use reference::{Reference, ReferenceError, Version};

use crate::model::{
    Arena, Choice, ChoiceList, Citation, Derived, DerivedIx, Kind, Later, ListIx, Myth, MythIx, OptionIx, Question,
    QuestionIx, Role, RoleIx, Rule, RuleIx, Section, SectionIx, SourceIx, TagIx, Term, TermIx, Theme, ThemeIx,
};

/// Everything a ruleset holds. Only `rulefile` fills it in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Parts {
    /// What the ruleset is.
    pub info: Info,
    /// The files that [`crate::text::Place`]s point into, by [`crate::text::FileId`].
    pub files: Vec<String>,
    /// Sections of questions, in asking order.
    pub sections: Arena<SectionIx, Section>,
    /// Questions, in asking order.
    pub questions: Arena<QuestionIx, Question>,
    /// Lists of options.
    pub lists: Arena<ListIx, ChoiceList>,
    /// Tags of options.
    pub tags: Arena<TagIx, String>,
    /// Derived facts.
    pub derived: Arena<DerivedIx, Derived>,
    /// Themes of rules.
    pub themes: Arena<ThemeIx, Theme>,
    /// Rules, by theme and in the order written.
    pub rules: Arena<RuleIx, Rule>,
    /// Myths.
    pub myths: Arena<MythIx, Myth>,
    /// Glossary terms.
    pub terms: Later<Arena<TermIx, Term>>,
    /// Roles.
    pub roles: Arena<RoleIx, Role>,
    /// Sources.
    pub sources: Arena<SourceIx, Later<Citation>>,
}

impl Parts {
    /// The options of a question; none for a `text` question.
    #[must_use]
    pub fn choices(&self, question: QuestionIx) -> &[Choice] {
        let list = self.questions.get(question).and_then(|question| question.list);
        list.and_then(|list| self.lists.get(list)).map_or(&[], |list| &list.choices)
    }
}

/// One version of the questions, the rules and what says so, ready to evaluate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Ruleset {
    parts: Parts,
    compiled: Compiled,
    digest: String,
}

macro_rules! readers {
    ($($(#[$doc:meta])* $name:ident: $ty:ty),* $(,)?) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> &$ty { &self.parts.$name }
    )*};
}

impl Ruleset {
    pub(crate) fn new(parts: Parts, compiled: Compiled, digest: String) -> Self {
        Self { parts, compiled, digest }
    }

    readers! {
        /// What the ruleset is.
        info: Info,
        /// The files that places point into.
        files: Vec<String>,
        /// Sections of questions, in asking order.
        sections: Arena<SectionIx, Section>,
        /// Questions, in asking order.
        questions: Arena<QuestionIx, Question>,
        /// Lists of options.
        lists: Arena<ListIx, ChoiceList>,
        /// Tags of options.
        tags: Arena<TagIx, String>,
        /// Derived facts.
        derived: Arena<DerivedIx, Derived>,
        /// Themes of rules.
        themes: Arena<ThemeIx, Theme>,
        /// Rules, by theme and in the order written.
        rules: Arena<RuleIx, Rule>,
        /// Myths.
        myths: Arena<MythIx, Myth>,
        /// Glossary terms.
        terms: Arena<TermIx, Term>,
        /// Roles.
        roles: Arena<RoleIx, Role>,
        /// Sources.
        sources: Arena<SourceIx, Later<Citation>>,
    }

    /// Everything it holds, for those who compare or change it.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The same, to try a change. The formulas are still those of before.
    pub(crate) fn parts_mut(&mut self) -> &mut Parts {
        &mut self.parts
    }

    /// The conditions as formulas.
    #[must_use]
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// SHA-256 over the ruleset's files but those under `cases/`, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// `id@version`.
    #[must_use]
    pub fn reference(&self) -> Reference {
        Reference { id: self.parts.info.id.clone(), version: Some(self.parts.info.version) }
    }

    /// A question by its id.
    #[must_use]
    pub fn question_named(&self, id: &str) -> Option<QuestionIx> {
        self.parts.questions.find(|q| q.id == id)
    }

    /// A rule by its id.
    #[must_use]
    pub fn rule_named(&self, id: &str) -> Option<RuleIx> {
        self.parts.rules.find(|r| r.id == id)
    }

    /// The options of a question; none for a `text` question.
    #[must_use]
    pub fn choices(&self, question: QuestionIx) -> &[Choice] {
        self.parts.choices(question)
    }

    /// One option of a question.
    #[must_use]
    pub fn choice(&self, question: QuestionIx, option: OptionIx) -> Option<&Choice> {
        self.choices(question).get(usize::from(option.0))
    }

    /// An option of a question by its id.
    #[must_use]
    pub fn option_named(&self, question: QuestionIx, id: &str) -> Option<OptionIx> {
        let at = self.choices(question).iter().position(|c| c.id == id)?;
        u16::try_from(at).ok().map(OptionIx)
    }

    /// Whether the answer to a question is part of the safety screen: never written, echoed or recorded.
    #[must_use]
    pub fn is_screening(&self, question: QuestionIx) -> bool {
        self.compiled.screens.iter().any(|screen| screen.reads.contains(&question))
    }

    /// Whether a question takes several options.
    #[must_use]
    pub fn takes_several(&self, question: QuestionIx) -> bool {
        self.parts.questions.get(question).is_some_and(|q| q.kind == Kind::AnyOf)
    }
}
