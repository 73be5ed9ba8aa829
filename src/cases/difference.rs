//! How the advice on a case differs from what the case expects.

use crate::model::{
    Basis, DerivedIx, Due, Level, MythIx, OptionIx, Outcome, QuestionIx, RoleIx, RuleIx, Status, ValueIx,
};
use crate::ruleset::Ruleset;
use crate::text::Place;

/// One difference between the advice and what a case expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where the case says what it expects.
    pub place: Place,
    /// What differs.
    pub differs: Differs,
}

/// What differs. Where nothing was named, `exactly` asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Differs {
    /// An answer is given to a question that does not arise.
    Moot(QuestionIx),
    /// A question that is expected not to arise does, or has no answer that could show it.
    Arises(QuestionIx),
    /// The outcome is another.
    Outcome {
        /// What the case expects.
        expected: Outcome,
        /// What came out.
        found: Outcome,
    },
    /// The outcome on what is given alone is another, and not left open where it may be.
    Alone {
        /// What the case expects of the whole.
        expected: Outcome,
        /// What came out.
        found: Outcome,
    },
    /// A rule has another status.
    Status {
        /// The rule.
        rule: RuleIx,
        /// What the case expects.
        expected: Status,
        /// What came out.
        found: Status,
    },
    /// A rule that the case does not name is not `not-applicable`.
    UnnamedRule {
        /// The rule.
        rule: RuleIx,
        /// Its status.
        found: Status,
    },
    /// A rule has another level.
    Level {
        /// The rule.
        rule: RuleIx,
        /// What the case expects.
        expected: Level,
        /// What the ruleset says.
        found: Level,
    },
    /// Something else stands behind a rule.
    Basis {
        /// The rule.
        rule: RuleIx,
        /// What the case expects.
        expected: Basis,
        /// What the ruleset says.
        found: Basis,
    },
    /// A rule is due at another time.
    Due {
        /// The rule.
        rule: RuleIx,
        /// What the case expects.
        expected: Due,
        /// What the ruleset says.
        found: Due,
    },
    /// A rule refers to another role, or to none.
    Refer {
        /// The rule.
        rule: RuleIx,
        /// What the case expects.
        expected: RoleIx,
        /// What the ruleset says.
        found: Option<RoleIx>,
    },
    /// A derived fact has another value.
    Derived {
        /// The fact.
        fact: DerivedIx,
        /// What the case expects; `None` is undetermined.
        expected: Option<ValueIx>,
        /// The values that it can have; one where it is determined.
        found: Vec<ValueIx>,
    },
    /// A shown derived fact is not named.
    UnnamedDerived {
        /// The fact.
        fact: DerivedIx,
        /// The values that it can have; one where it is determined.
        found: Vec<ValueIx>,
    },
    /// An option is no candidate, but should be.
    Candidate {
        /// The question.
        question: QuestionIx,
        /// The option.
        option: OptionIx,
    },
    /// An option is a candidate, but should not be.
    NotCandidate {
        /// The question.
        question: QuestionIx,
        /// The option.
        option: OptionIx,
    },
    /// An option that the case does not name is a candidate.
    UnnamedCandidate {
        /// The question.
        question: QuestionIx,
        /// The option.
        option: OptionIx,
    },
    /// A myth is not answered, but should be.
    Myth(MythIx),
    /// A myth that the case does not name is answered.
    UnnamedMyth(MythIx),
}

impl Difference {
    /// The difference as a clause: "the status of `power.named` is met, and the case expects applies".
    #[must_use]
    pub fn in_words(&self, ruleset: &Ruleset) -> String {
        match &self.differs {
            Differs::Moot(question) => format!("`{}` is given, but does not arise", asked(ruleset, *question)),
            Differs::Arises(question) => {
                format!(
                    "`{}` arises or is not answered, and the case expects that it does not arise",
                    asked(ruleset, *question)
                )
            }
            Differs::Outcome { expected, found } => {
                format!("the outcome is {}, and the case expects {}", found.word(), expected.word())
            }
            Differs::Alone { expected, found } => {
                let open = if must_be_given(*expected) { "" } else { " or incomplete" };
                let (found, expected) = (found.word(), expected.word());
                format!("on what is given alone the outcome is {found}, and the case expects {expected}{open}")
            }
            Differs::Status { rule, expected, found } => {
                format!(
                    "the status of `{}` is {}, and the case expects {}",
                    named(ruleset, *rule),
                    found.word(),
                    expected.word()
                )
            }
            Differs::UnnamedRule { rule, found } => {
                format!("the status of `{}` is {}, and the case does not name it", named(ruleset, *rule), found.word())
            }
            Differs::Level { rule, expected, found } => {
                format!(
                    "the level of `{}` is {}, and the case expects {}",
                    named(ruleset, *rule),
                    found.word(),
                    expected.word()
                )
            }
            Differs::Basis { rule, expected, found } => {
                format!(
                    "the basis of `{}` is {}, and the case expects {}",
                    named(ruleset, *rule),
                    found.word(),
                    expected.word()
                )
            }
            Differs::Due { rule, expected, found } => {
                let rule = named(ruleset, *rule);
                format!("`{rule}` is due {} sharing, and the case expects {} it", due(*found), due(*expected))
            }
            Differs::Refer { rule, expected, found } => refer(ruleset, *rule, *expected, *found),
            Differs::Derived { fact, expected, found } => {
                let expected =
                    expected.map_or_else(|| "undetermined".to_owned(), |value| values(ruleset, *fact, &[value]));
                format!(
                    "`{}` is {}, and the case expects {expected}",
                    fact_id(ruleset, *fact),
                    values(ruleset, *fact, found)
                )
            }
            Differs::UnnamedDerived { fact, found } => {
                let (id, values) = (fact_id(ruleset, *fact), values(ruleset, *fact, found));
                format!("`{id}` is {values}, and the case does not name it")
            }
            Differs::Candidate { question, option } => {
                format!("{} is no candidate", choice(ruleset, *question, *option))
            }
            Differs::NotCandidate { question, option } => {
                format!("{} is a candidate", choice(ruleset, *question, *option))
            }
            Differs::UnnamedCandidate { question, option } => {
                format!("{} is a candidate, and the case does not name it", choice(ruleset, *question, *option))
            }
            Differs::Myth(myth) => format!("the myth `{}` is not answered", myth_id(ruleset, *myth)),
            Differs::UnnamedMyth(myth) => {
                format!("the myth `{}` is answered, and the case does not name it", myth_id(ruleset, *myth))
            }
        }
    }
}

/// Whether an outcome must follow from what is given: what stops an exchange or refers it is no matter of assumptions.
pub(super) fn must_be_given(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Stop | Outcome::Refer | Outcome::Screened)
}

fn named(ruleset: &Ruleset, rule: RuleIx) -> &str {
    ruleset.rules().get(rule).map_or("", |rule| rule.id.as_str())
}

fn asked(ruleset: &Ruleset, question: QuestionIx) -> &str {
    ruleset.questions().get(question).map_or("", |question| question.id.as_str())
}

fn fact_id(ruleset: &Ruleset, fact: DerivedIx) -> &str {
    ruleset.derived().get(fact).map_or("", |fact| fact.id.as_str())
}

fn myth_id(ruleset: &Ruleset, myth: MythIx) -> &str {
    ruleset.myths().get(myth).map_or("", |myth| myth.id.as_str())
}

/// "`trade-act-s13` of `power.gateway`": two questions may have options of one id.
fn choice(ruleset: &Ruleset, question: QuestionIx, option: OptionIx) -> String {
    let id = ruleset.choice(question, option).map_or("", |choice| choice.id.as_str());
    format!("`{id}` of `{}`", asked(ruleset, question))
}

fn due(due: Due) -> &'static str {
    match due {
        Due::Before => "before",
        Due::After => "after",
    }
}

fn refer(ruleset: &Ruleset, rule: RuleIx, expected: RoleIx, found: Option<RoleIx>) -> String {
    let role = |role: RoleIx| ruleset.roles().get(role).map_or("", |role| role.id.as_str());
    let (rule, expected) = (named(ruleset, rule), role(expected));
    match found.map(role) {
        Some(found) => format!("`{rule}` refers to {found}, and the case expects {expected}"),
        None => format!("`{rule}` refers to nobody, and the case expects {expected}"),
    }
}

/// The one value, or "undetermined" with those that it can be.
fn values(ruleset: &Ruleset, fact: DerivedIx, values: &[ValueIx]) -> String {
    let fact = ruleset.derived().get(fact);
    let names: Vec<&str> = values.iter().filter_map(|value| Some(fact?.value(*value)?.name.as_str())).collect();
    match names.as_slice() {
        [name] => (*name).to_owned(),
        [first @ .., last] => format!("undetermined ({} or {last})", first.join(", ")),
        [] => "undetermined".to_owned(),
    }
}
