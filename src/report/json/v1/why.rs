//! Derivations.

use serde::Serialize;

use super::Given;

/// One thing that decided.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(in crate::report::json) enum Reason<'a> {
    /// A test of a question's answer.
    Question(Asked<'a>),
    /// A test of a derived fact.
    Derived(Followed<'a>),
    /// It comes out the same whatever these questions' answers are.
    Whatever {
        /// The questions.
        whatever: Vec<&'a str>,
        /// How it comes out.
        truth: bool,
    },
}

/// A test of a question's answer.
#[derive(Serialize)]
pub(in crate::report::json) struct Asked<'a> {
    pub(in crate::report::json) fact: &'a str,
    pub(in crate::report::json) test: Test<'a>,
    /// `null` where it cannot be told yet, or is withheld.
    pub(in crate::report::json) truth: Option<bool>,
    pub(in crate::report::json) state: State,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::json) answers: Vec<&'a str>,
    pub(in crate::report::json) given: Option<Given>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::json) closed: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::json) because: Vec<Reason<'a>>,
}

/// What is known of a question.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::report::json) enum State {
    /// It was answered; the answer may be `unknown`.
    Answered,
    /// It has no answer.
    Absent,
    /// It does not arise.
    DoesNotArise,
    /// It belongs to the safety screen: nothing of its answer is written.
    Withheld,
}

/// A test of a derived fact.
#[derive(Serialize)]
pub(in crate::report::json) struct Followed<'a> {
    pub(in crate::report::json) fact: &'a str,
    pub(in crate::report::json) test: Test<'a>,
    /// `null` where it cannot be told yet.
    pub(in crate::report::json) truth: Option<bool>,
    /// The values it can still have: one, where it is determined.
    pub(in crate::report::json) values: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::json) because: Vec<Reason<'a>>,
}

/// What a test looks for.
#[derive(Serialize)]
pub(in crate::report::json) struct Test<'a> {
    pub(in crate::report::json) form: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::json) options: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::json) tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::report::json) none: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::json) values: Vec<&'a str>,
}

impl Test<'_> {
    /// A test of this form, which looks for nothing yet.
    pub(in crate::report::json) fn of(form: &'static str) -> Self {
        Self { form, options: Vec::new(), tags: Vec::new(), none: false, values: Vec::new() }
    }
}
