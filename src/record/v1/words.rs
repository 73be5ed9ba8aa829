//! The closed lists of words of a record.

/// An enum whose values are words: each is written, read and shown as its word.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$of])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value with this word.
            #[must_use]
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}

use serde::{Deserialize, Serialize};

words! {
    /// What was decided.
    Choice {
        /// The data may be shared as described.
        Share "share",
        /// The data may be shared once, and as long as, the named conditions are kept.
        ShareWithConditions "share-with-conditions",
        /// The data is not shared.
        DoNotShare "do-not-share",
        /// Nothing is decided yet.
        Defer "defer",
    }
}

impl Choice {
    /// Whether the data is shared, be it under conditions.
    #[must_use]
    pub const fn shares(self) -> bool {
        matches!(self, Self::Share | Self::ShareWithConditions)
    }
}

words! {
    /// What somebody who was consulted thinks of the exchange.
    View {
        /// They agree.
        Agrees "agrees",
        /// They agree if something is done.
        AgreesWithConditions "agrees-with-conditions",
        /// They disagree.
        Disagrees "disagrees",
        /// They gave facts or advice, and no view.
        NoView "no-view",
    }
}

words! {
    /// The outcome of the advice. There is no record where the safety screen ended the questions.
    Outcome {
        /// Nothing in the ruleset stops the exchange.
        Ready "ready",
        /// It can be shared once the steps are done.
        ActFirst "act-first",
        /// It cannot be told yet.
        Incomplete "incomplete",
        /// A specialist's advice is needed first.
        Refer "refer",
        /// It must not be shared as proposed.
        Stop "stop",
    }
}

words! {
    /// How strongly a rule binds.
    Level {
        /// It forbids.
        MustNot "must-not",
        /// It is a duty.
        Must "must",
        /// It is expected.
        Should "should",
        /// It helps.
        Could "could",
    }
}

words! {
    /// What stands behind a rule.
    Basis {
        /// The law.
        Law "law",
        /// Government policy.
        Policy "policy",
        /// Guidance.
        Guidance "guidance",
    }
}

words! {
    /// When a rule has to be met.
    Due {
        /// Before sharing.
        Before "before",
        /// After sharing.
        After "after",
    }
}

words! {
    /// A rule's status.
    Status {
        /// It is outstanding.
        Applies "applies",
        /// It cannot be told yet.
        Undetermined "undetermined",
        /// The answers meet it.
        Met "met",
        /// It was done.
        Done "done",
        /// Somebody decided not to act on it.
        Waived "waived",
        /// It does not arise.
        NotApplicable "not-applicable",
    }
}

words! {
    /// Whose person a role is.
    Party {
        /// Nobody's in particular.
        Any "any",
        /// The sender's.
        From "from",
        /// The recipient's.
        To "to",
    }
}

words! {
    /// What copy of a source was read.
    CopyRead {
        /// The live page.
        Live "live",
        /// An archived copy.
        Archived "archived",
        /// None.
        NotRead "not-read",
    }
}

words! {
    /// How surely a source is known to say what a rule rests on.
    Confidence {
        /// High.
        High "high",
        /// Medium.
        Medium "medium",
        /// Low.
        Low "low",
    }
}

words! {
    /// How the condition of a belief comes out.
    Holds {
        /// It holds: the belief matters for this exchange.
        Holds "holds",
        /// It does not hold.
        DoesNotHold "does-not-hold",
        /// It is not known.
        Undetermined "undetermined",
    }
}

words! {
    /// Whether a ruleset can still change.
    RulesetStatus {
        /// It can.
        Draft "draft",
        /// It never changes.
        Published "published",
    }
}

words! {
    /// What kind of answer a question has.
    QuestionKind {
        /// Yes or no.
        YesNo "yes-no",
        /// One option.
        OneOf "one-of",
        /// Any options.
        AnyOf "any-of",
        /// A text.
        Text "text",
    }
}

words! {
    /// Who can change an answer.
    Changeable {
        /// Nobody: it is a fact of the world.
        Fixed "fixed",
        /// The team: it is a choice of the design.
        Design "design",
        /// The team, by getting it.
        Evidence "evidence",
    }
}

words! {
    /// What is known of a question.
    State {
        /// It was answered; the answer may be `unknown`.
        Answered "answered",
        /// It has no answer.
        Absent "absent",
        /// It does not arise.
        DoesNotArise "does-not-arise",
        /// It belongs to the safety screen: nothing of its answer is written.
        Withheld "withheld",
    }
}
