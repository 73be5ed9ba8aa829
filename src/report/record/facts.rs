//! What was known, in words.

use std::collections::BTreeSet;

use crate::record::v1::{Answer, AnswerWord, Derived, Flow, Known, Party, Reason, Record, Rule, Source, Step, Who};

const UNKNOWN: &str = "unknown";
const NONE: &str = "none";

/// What was known of an exchange, with the advice on it.
pub(super) struct Facts<'a> {
    pub(super) flow: &'a Flow,
    known: Option<&'a Known>,
    /// Answers that were given and are closed: questions and options.
    closed: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Facts<'a> {
    /// Of each exchange of a record.
    pub(super) fn of(record: &'a Record) -> impl Iterator<Item = Self> {
        record.advice.flows.iter().map(|flow| Self::new(record, flow))
    }

    /// Of one exchange of a record.
    pub(super) fn new(record: &'a Record, flow: &'a Flow) -> Self {
        let mut closed = BTreeSet::new();
        let rules = flow.rules.iter().flat_map(|rule| [&rule.derivation.when, &rule.derivation.met]);
        let derived = flow.derived.iter().filter_map(|fact| fact.derivation.as_ref()).map(|why| &why.when);
        rules.chain(derived).for_each(|reasons| collect_closed(reasons, &mut closed));
        Self { flow, known: record.facts.iter().find(|known| known.id == flow.id), closed }
    }

    /// The answer to a question, be it `unknown`.
    pub(super) fn answer(&self, question: &str) -> Option<&'a Answer> {
        self.known?.answers.iter().find(|answer| answer.question == question)
    }

    /// Whether somebody said that the answer, or a part of it, is not known.
    pub(super) fn is_unknown(&self, question: &str) -> bool {
        self.answer(question).is_some_and(|answer| answer.answers.iter().any(is_unknown))
    }

    /// Whether an option was chosen.
    pub(super) fn chose(&self, question: &str, option: &str) -> bool {
        self.answer(question).is_some_and(|answer| answer.answers.iter().any(|word| word.value == option))
    }

    /// What is known of a question, in words: nothing where it has no answer, or `unknown`. What was named and does not reach this
    /// exchange, or may not, says so, and so does an answer of which a part is not known.
    pub(super) fn words(&self, question: &str) -> Vec<String> {
        let words = self.answer(question).map(|answer| answer.answers.as_slice()).unwrap_or_default();
        if words.iter().all(is_unknown) { Vec::new() } else { self.all_words(question) }
    }

    /// The same, and "Not known" where that was the answer.
    pub(super) fn all_words(&self, question: &str) -> Vec<String> {
        let words = self.answer(question).map(|answer| answer.answers.as_slice()).unwrap_or_default();
        let in_words = |one: &AnswerWord| {
            if is_unknown(one) && words.len() > 1 {
                return "The rest is not known".to_owned();
            }
            format!("{}{}", word(one), self.standing(question, one))
        };
        words.iter().map(in_words).collect()
    }

    fn standing(&self, question: &str, word: &AnswerWord) -> &'static str {
        if self.closed.contains(&(question, word.value.as_str())) {
            return " (named, but it does not apply here)";
        }
        let mut groups = self.flow.candidates.iter().filter(|group| group.question == question);
        let unsure = groups.any(|group| group.options.iter().any(|option| option.id == word.value && !option.certain));
        if unsure { " (not settled: it may not apply here)" } else { "" }
    }

    /// An option in words, where it was chosen.
    pub(super) fn label(&self, question: &str, option: &str) -> Option<String> {
        self.answer(question)?.answers.iter().find(|word| word.value == option).map(|one| word(one).to_owned())
    }

    /// All that was answered, in words, be it "not known"; with what was asked, where it is wanted.
    pub(super) fn said(&self, question: &str, prompt: bool) -> Option<String> {
        let answer = self.answer(question)?;
        let words = self.all_words(question).join("; ");
        Some(if prompt { format!("{} {words}", answer.prompt) } else { words })
    }

    /// The value of a derived fact, where it is determined.
    pub(super) fn value(&self, id: &str) -> Option<&'a str> {
        self.derived(id)?.value.as_deref()
    }

    /// A derived fact.
    pub(super) fn derived(&self, id: &str) -> Option<&'a Derived> {
        self.flow.derived.iter().find(|derived| derived.id == id)
    }
}

fn collect_closed<'a>(reasons: &'a [Reason], into: &mut BTreeSet<(&'a str, &'a str)>) {
    for reason in reasons {
        match reason {
            Reason::Question { fact, closed, because, .. } => {
                into.extend(closed.iter().map(|option| (fact.as_str(), option.as_str())));
                collect_closed(because, into);
            }
            Reason::Derived { because, .. } => collect_closed(because, into),
            Reason::Whatever { .. } => {}
        }
    }
}

fn is_unknown(word: &AnswerWord) -> bool {
    word.label.is_none() && word.value == UNKNOWN
}

/// An answer in words.
pub(super) fn word(word: &AnswerWord) -> &str {
    match (&word.label, word.value.as_str()) {
        (Some(label), _) => label,
        (None, UNKNOWN) => "Not known",
        (None, NONE) => "None of these",
        (None, value) => value,
    }
}

/// "The sender's data protection officer".
pub(super) fn who(who: &Who) -> String {
    match who.party {
        Party::Any => format!("The {}", who.title),
        Party::From => format!("The sender's {}", who.title),
        Party::To => format!("The recipient's {}", who.title),
    }
}

/// "The team: do this (gives: this)".
pub(super) fn step(step: &Step) -> String {
    let produces = step.produces.as_ref().map(|what| format!(" (gives: {what})")).unwrap_or_default();
    format!("{}: {}{produces}", who(&step.who), step.action)
}

/// The sources of these ids, as the record names them.
pub(super) fn sources<'a>(record: &'a Record, ids: &'a [String]) -> impl Iterator<Item = &'a Source> {
    ids.iter().filter_map(|id| record.advice.sources.iter().find(|source| source.id == *id))
}

/// A source: "title, provision".
pub(super) fn source(source: &Source) -> String {
    match &source.provision {
        Some(provision) => format!("{}, {provision}", source.title),
        None => source.title.clone(),
    }
}

/// What a rule rests on, a line for each source, with its address.
pub(super) fn source_lines(record: &Record, rule: &Rule) -> String {
    lines(sources(record, &rule.sources).map(|cited| format!("{}: {}", source(cited), cited.url)))
}

/// Each on a line of its own.
pub(super) fn lines(of: impl IntoIterator<Item = String>) -> String {
    of.into_iter().collect::<Vec<_>>().join("\n")
}
