//! The closed list of codes: of faults, and of what proofs find.

use std::fmt;

/// How much something matters to whoever keeps the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to think about; nothing is wrong.
    Advice,
    /// The budget ran out before something was proved.
    NotProved,
    /// Something is wrong with what a ruleset says, and proved to be.
    Finding,
    /// The input cannot be used as it is.
    Fault,
}

impl Severity {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::NotProved => "not-proved",
            Self::Finding => "finding",
            Self::Fault => "fault",
        }
    }
}

/// One line for each code: the variant, the name that is never changed once released, and what it means.
macro_rules! codes {
    ($($severity:ident { $($variant:ident $name:literal $description:literal;)+ })+) => {
        /// Which kind of fault or finding. The names are part of the output formats and never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $description] $variant,)+)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$($(Self::$variant,)+)+];

            /// The name: lower case, words joined with `-`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $($(Self::$variant => $description,)+)+ }
            }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $($(Self::$variant)|+ => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
Fault {
    FileTooLarge "file-too-large" "The file is bigger than a file of its kind may be.";
    InvalidUtf8 "invalid-utf8" "The file is not UTF-8 text.";
    ControlCharacter "control-character" "The file has a control character that YAML does not allow.";
    TabIndentation "tab-indentation" "A line is indented with a tab; YAML allows only spaces.";
    YamlSyntax "yaml-syntax" "The file is not YAML.";
    JsonSyntax "json-syntax" "A line of a stream is not JSON.";
    BadRecord "bad-record" "A file is not a record that clearshare wrote.";
    TruncatedRecord "truncated-record" "A record ends too early.";
    NewerRecord "newer-record" "A record is of a format newer than this program.";
    AlteredRecord "altered-record" "A record was altered after it was sealed.";
    BadTemplate "bad-template" "A template for records cannot be used.";
    RulesetMissing "ruleset-missing" "The ruleset that advised a record is not here, or another one is under its name.";
    BadSigners "bad-signers" "A line of a file of allowed signers, or of revoked keys, cannot be read.";
    BadKey "bad-key" "A file holds no key that can sign.";
    WrongPassphrase "wrong-passphrase" "A key is locked, and the passphrase is missing or wrong.";
    CannotSign "cannot-sign" "OpenSSH did not sign a record.";
    DecisionRefused "decision-refused" "The advice does not allow the decision, or the decision does not say enough.";
    DuplicateKey "duplicate-key" "The same key is written twice in one mapping.";
    SecondDocument "second-document" "The file has a second YAML document; only one is read.";
    TooDeep "too-deep" "Values are nested more deeply than any real file needs.";
    TooManyValues "too-many-values" "The file has more values than a file of its kind may have.";
    AliasBudget "alias-budget" "Aliases would copy too much, or one contains itself.";
    UnknownAlias "unknown-alias" "An alias names an anchor that was not written before it.";
    EmptyFile "empty-file" "The file is empty, or has only comments.";
    ComplexKey "complex-key" "A key is a list or a mapping.";
    UnsupportedTag "unsupported-tag" "A value has a YAML tag; values are read as they are written.";
    MergeKey "merge-key" "The merge key `<<` is not supported.";
    WrongType "wrong-type" "A value is not of the kind that is expected there.";
    NullValue "null-value" "A key has no value.";
    MissingKey "missing-key" "A key that must be there is not.";
    UnknownKey "unknown-key" "A key is not known there.";
    EmptyList "empty-list" "A list has nothing in it.";
    EmptyText "empty-text" "A text is empty or only spaces.";
    MissingFile "missing-file" "A ruleset lacks a file that every ruleset has.";
    UnexpectedFile "unexpected-file" "A file has no place in a ruleset.";
    UnknownFormat "unknown-format" "The format version is not one that this program reads.";
    BadId "bad-id" "An id is not written as ids are.";
    BadVersion "bad-version" "A version is not a year and a month.";
    BadDate "bad-date" "A date is not one.";
    BackwardDates "backward-dates" "A last day is before the first.";
    BadNumber "bad-number" "A number is out of its range.";
    BadUrl "bad-url" "A web address is not one.";
    BadDigest "bad-digest" "A digest is not one.";
    UnknownWord "unknown-word" "A key takes one of a few words, and this is none of them.";
    DuplicateId "duplicate-id" "Two things of a ruleset have the same id.";
    NameClash "name-clash" "Two ids cannot be told apart where they are used.";
    ReservedName "reserved-name" "An id or a tag is a word with a meaning of its own.";
    TooManyItems "too-many-items" "A ruleset has more of something than anybody could answer for.";
    UnknownFact "unknown-fact" "A condition tests a question or derived fact that is not defined.";
    UnknownOption "unknown-option" "A value is not an option of its question, or not a value of its fact.";
    UnknownTag "unknown-tag" "A test names a tag that none of the options carries.";
    UnknownList "unknown-list" "A question names a list of options that is not there.";
    UnknownRole "unknown-role" "A role is named that is not defined.";
    UnknownSource "unknown-source" "A source is cited that is not defined.";
    UnknownRule "unknown-rule" "A rule is named that the ruleset does not have.";
    UnknownMyth "unknown-myth" "A manifest says that a belief was told which the ruleset does not have.";
    UnknownName "unknown-name" "Something is named that is not defined.";
    UnusedName "unused-name" "Something is defined that nothing uses.";
    EmptyCondition "empty-condition" "A condition has no line.";
    CountOutOfRange "count-out-of-range" "A count asks for none, or for more lines than it has.";
    TextInCondition "text-in-condition" "A condition tests a text question.";
    WrongTest "wrong-test" "A question cannot be tested in this way.";
    WrongEach "wrong-each" "The options of a question cannot follow those of the other.";
    NoLastCase "no-last-case" "A derived fact has no case that holds when no other does.";
    UnreachableCase "unreachable-case" "A case stands after one that always holds.";
    SaysTwice "says-twice" "What a value says is written more than once.";
    BadScale "bad-scale" "A scale does not name each value once.";
    DerivedCircle "derived-circle" "Derived facts rest on each other in a circle.";
    ReadsLaterQuestion "reads-later-question" "A question or option waits for a question that is not asked before it.";
    WrongForLevel "wrong-for-level" "A rule has a key that its level, basis or referral does not allow.";
    OutsideScreen "outside-screen" "A rule that ends the questions reads one that is not under `screen`.";
    LowConfidence "low-confidence" "A must or must-not rests on sources of low confidence alone.";
    AlreadyInForce "already-in-force" "Something is marked as upcoming that was in force when the law was read.";
    NoCandidates "no-candidates" "A case expects candidates of a question that shows none.";
    GivenAlone "given-alone" "A case is to hold on what is given alone, but assumes nothing or expects no outcome.";
    SeveralAnswers "several-answers" "A question that takes one answer has a list.";
    NoneWithOthers "none-with-others" "The answer `none` stands beside others.";
    DuplicateAnswer "duplicate-answer" "The same option is named twice in one answer.";
    FileNotFound "file-not-found" "There is no such file.";
    NothingToCheck "nothing-to-check" "A folder or a pattern leads to no manifest.";
    BadPattern "bad-pattern" "A pattern for names of files cannot be read.";
    NotAFile "not-a-file" "The path is a folder, or something else that is not a file.";
    FileUnreadable "file-unreadable" "The file is there but cannot be read.";
    FileExists "file-exists" "A file would be written over.";
    CannotWrite "cannot-write" "A file cannot be written.";
    InUse "in-use" "A file is open in another interview.";
    ChangedMeanwhile "changed-meanwhile" "A file was changed by somebody else since it was read or saved.";
    NotLaidOut "not-laid-out" "A file has an anchor, an alias or a directive, which `rules fmt` does not lay out.";
    NoTerminal "no-terminal" "There is no terminal to ask in.";
    InputEnded "input-ended" "The input ended before the interview did.";
    NoAnswer "no-answer" "A file of answers has none to a question that is asked.";
    AnswersDiffer "answers-differ" "A file of answers and the manifest answer a question differently.";
    UnknownFlow "unknown-flow" "A manifest has no flow of that name.";
    OtherRuleset "other-ruleset" "A manifest is for another ruleset than the one asked for.";
    CannotUpgrade "cannot-upgrade" "A manifest cannot be changed to another version of its ruleset as it stands.";
    OutsideFolder "outside-folder" "A configuration or a link leads to a place that it may not reach.";
    KnownTwice "known-twice" "The same finding stands twice in a baseline.";
    BadPin "bad-pin" "A manifest does not pin a ruleset and its version.";
    NotPinned "not-pinned" "A manifest does not say which ruleset it is for.";
    UnknownRuleset "unknown-ruleset" "There is no such ruleset, or no such version of it.";
    DateNotCovered "date-not-covered" "No version of the ruleset covers the date.";
    AnswerDoesNotArise "answer-does-not-arise" "A question is answered that does not arise for this exchange.";
    DuplicateFlow "duplicate-flow" "Two flows of a manifest have the same id.";
    NothingToLeaveOut "nothing-to-leave-out" "A flow leaves out an answer that the manifest does not give.";
    RecordedTwice "recorded-twice" "The same rule is recorded twice as done, or as waived.";
    ToldTwice "told-twice" "The same belief is listed twice as told.";
    DoneNotAllowed "done-not-allowed" "A rule is recorded as done that is not settled that way.";
    DoneInFuture "done-in-future" "A step is recorded as done on a day after that of the advice.";
    WaiverNotAllowed "waiver-not-allowed" "A rule is waived that nobody may waive.";
    WaiverRole "waiver-role" "A waiver is not by a role that may waive the rule.";
    WaiverTooLong "waiver-too-long" "A waiver ends more than 12 months after the date of the advice.";
    TooManyFaults "too-many-faults" "There are more faults than are shown.";
}
Finding {
    RuleNeverApplies "rule-never-applies" "No combination of answers makes a rule apply.";
    RuleNeverMet "rule-never-met" "A rule says when it is met, but is never met where it applies.";
    RuleNeverOutstanding "rule-never-outstanding" "A rule is met wherever it applies, so it never asks for anything.";
    CaseNeverHolds "case-never-holds" "A case of a derived fact is never the one: earlier cases cover it.";
    QuestionNeverArises "question-never-arises" "No combination of answers makes a question arise.";
    OptionNeverOpen "option-never-open" "No combination of answers opens an option.";
    QuestionNeverMatters "question-never-matters" "No rule and no shown fact depends on a question.";
    FactNeverMatters "fact-never-matters" "No rule and no shown fact depends on a derived fact.";
    OptionNeverMatters "option-never-matters" "Nothing depends on whether an option is chosen, and it is not marked `inert`.";
    InertOptionMatters "inert-option-matters" "An option is marked `inert`, but something depends on it.";
    MythNeverAnswered "myth-never-answered" "No combination of answers makes a myth matter.";
    MustTripsMustNot "must-trips-must-not" "A duty can only be met by tripping a prohibition.";
    UnguardedNegation "unguarded-negation" "A rule can hold although a question that it tests negatively does not arise.";
    IdleAcknowledgement "idle-acknowledgement" "A rule acknowledges something under `even-unasked` that cannot happen.";
    LiftedByClosedOption "lifted-by-closed-option" "Naming an option that is closed turns a stop into something milder.";
    LiftedByMootAnswer "lifted-by-moot-answer" "An answer to a question that does not arise lifts a prohibition.";
    StopCannotBeLeft "stop-cannot-be-left" "Nothing that a team can change ends a prohibition, and it is not declared `final`.";
    FinalCanBeLeft "final-can-be-left" "A prohibition is declared `final`, but what a team can change always ends it.";
    StaleSource "stale-source" "A source was read longer ago than the ruleset's review period.";
    ReadInFuture "read-in-future" "A source was read on a day after that of the proof.";
    WeakSource "weak-source" "A must or must-not cites a source of low confidence.";
    SourceNotInForce "source-not-in-force" "A rule or option is in force, but no source that it cites is; or it comes into force on a day that none names.";
}
NotProved {
    NotProved "not-proved" "The budget ran out before something was proved.";
}
Advice {
    UnreadSource "unread-source" "A must or must-not rests on sources that nobody read.";
    RuleEquals "rule-equals" "Two rules apply in exactly the same circumstances.";
    RuleImplies "rule-implies" "A rule applies only where another applies too.";
    RedundantTest "redundant-test" "A test can be left out without changing anything.";
    OptionsAlike "options-alike" "No test tells some options of a question apart.";
}
}

impl Code {
    /// The code with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            let word = |part: &str| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            };
            assert!(name.split('-').all(word), "{name}");
        }
    }

    #[test]
    fn names_lead_back_to_codes_and_descriptions_are_sentences() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.as_str()), Some(*code));
            assert!(code.description().ends_with('.'), "{code}");
        }
        assert_eq!(Code::from_name("no-such-code"), None);
    }
}
