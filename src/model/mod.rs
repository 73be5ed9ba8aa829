//! The words of the design as types: data only, no input or output, no YAML.

pub mod answer;
pub mod arena;
pub mod case;
pub mod condition;
pub mod date;
pub mod derived;
pub mod exchange;
pub mod id;
pub mod later;
pub mod myth;
pub mod outcome;
pub mod question;
pub mod rule;
pub mod source;
pub mod step;

pub use answer::{Answer, AnswerValue, Facts, Given};
pub use arena::Arena;
pub use case::{Case, CaseSet, Exactly, Expect, ExpectedFact, ExpectedOptions, ExpectedRule, Profile, Written};
pub use condition::{Condition, Form, Item, Subject, Test, TestIx};
pub use date::{date, months_after};
pub use derived::{Derived, DerivedCase, DerivedValue, ValueIx};
pub use exchange::{Done, Exchange, Waiver};
pub(crate) use id::{CONDITION_WORDS, RESERVED};
pub use id::{
    DerivedIx, Ix, ListIx, MythIx, OptionIx, QuestionIx, RoleIx, RuleIx, SectionIx, SourceIx, TagIx, TermIx, ThemeIx,
    is_id,
};
pub use jiff::civil::Date;
pub use later::Later;
pub use myth::{Myth, Term};
pub use outcome::Outcome;
pub use question::{Changeable, Choice, ChoiceCondition, ChoiceList, Kind, Question, Section, Upcoming};
pub use rule::{Basis, Due, Level, Rule, Status, Theme};
pub use source::{Confidence, CopyRead, InForce, Source as Citation};
pub use step::{Party, Role, Step, Who};
