//! What is known so far, and what follows from it.

use super::effect::{self, Effect};
use super::standing::Hangs;
use crate::engine::{Advice, Evaluator, Outcome, is_final};
use crate::model::{Answer, AnswerValue, Date, Exchange, Facts, Given, Ix as _, Kind, MythIx, OptionIx, QuestionIx};
use crate::ruleset::Ruleset;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// This question: something still hangs on it.
    Ask(QuestionIx),
    /// Nothing: no answer could change anything, or, where only the outcome is wanted, not the outcome.
    Nothing,
    /// Nothing more at all: the safety screen ends the questions.
    Screened,
}

/// How far an interview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many questions are answered.
    pub answered: usize,
    /// How many more there can be, whatever is answered: it may turn out that some of them do not matter. Answering never makes it larger; changing an answer can, and so can
    /// an answer that closes what another one chose.
    pub at_most: usize,
}

/// An option that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The option.
    pub option: OptionIx,
    /// Whether it may be chosen: it is not known to be closed.
    pub open: bool,
}

/// An interview that is going on.
pub struct Session<'r> {
    evaluator: Evaluator<'r>,
    exchange: Exchange,
    as_of: Date,
    /// Answers that a change made pointless. They come back when it is undone.
    aside: Facts,
    /// Whether the outcome is all that is wanted.
    quick: bool,
    /// Whether what the team was told stays open where nothing is named.
    told_left_open: bool,
    /// The advice on what is known, until an answer changes.
    advice: Option<Advice>,
    /// The same without what would settle it.
    so_far: Option<Advice>,
}

impl<'r> Session<'r> {
    /// An interview that goes on from what is known; from nothing, where the exchange has no answers.
    #[must_use]
    pub fn new(ruleset: &'r Ruleset, exchange: Exchange, as_of: Date) -> Self {
        let evaluator = Evaluator::new(ruleset);
        Self {
            evaluator,
            exchange,
            as_of,
            aside: Facts::default(),
            quick: false,
            told_left_open: false,
            advice: None,
            so_far: None,
        }
    }

    /// The same, over as soon as the outcome can no longer change.
    #[must_use]
    pub fn quick(self) -> Self {
        Self { quick: true, ..self }
    }

    /// The ruleset.
    #[must_use]
    pub fn ruleset(&self) -> &'r Ruleset {
        self.evaluator.ruleset()
    }

    /// The date of the advice.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// What is known.
    #[must_use]
    pub fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// The answer to a question, if there is one.
    #[must_use]
    pub fn answer_to(&self, question: QuestionIx) -> Option<&AnswerValue> {
        self.exchange.facts.get(question).map(|answer| &answer.value)
    }

    /// What the question answered last time was, where a change made that answer pointless.
    #[must_use]
    pub fn aside(&self, question: QuestionIx) -> Option<&AnswerValue> {
        self.aside.get(question).map(|answer| &answer.value)
    }

    /// What comes next.
    pub fn what_next(&mut self) -> Next {
        if self.is_screened() {
            return Next::Screened;
        }
        if self.quick && is_final(self.ruleset(), self.so_far()) {
            return Next::Nothing;
        }
        self.evaluator.next_question(&self.exchange, self.as_of).map_or(Next::Nothing, Next::Ask)
    }

    /// Whether the questions end only because the outcome can no longer change: more could be asked.
    pub fn is_cut_short(&mut self) -> bool {
        self.quick
            && self.what_next() == Next::Nothing
            && self.evaluator.next_question(&self.exchange, self.as_of).is_some()
    }

    /// The advice on what is known so far.
    pub fn advice(&mut self) -> &Advice {
        let (evaluator, exchange, as_of) = (&mut self.evaluator, &self.exchange, self.as_of);
        self.advice.get_or_insert_with(|| evaluator.evaluate(exchange, as_of))
    }

    /// The same without what would settle it, for somebody who waits: see [`Evaluator::conclude_soon`].
    pub fn so_far(&mut self) -> &Advice {
        let (evaluator, exchange, as_of) = (&mut self.evaluator, &self.exchange, self.as_of);
        self.so_far.get_or_insert_with(|| evaluator.conclude_soon(exchange, as_of))
    }

    /// Whether the safety screen ends the questions.
    pub fn is_screened(&mut self) -> bool {
        match self.advice.as_ref().or(self.so_far.as_ref()) {
            Some(advice) => advice.outcome == Outcome::Screened,
            None => self.evaluator.is_screened(&self.exchange, self.as_of),
        }
    }

    /// How far the interview is.
    pub fn progress(&mut self) -> Progress {
        let ruleset = self.ruleset();
        let answered = self.exchange.facts.iter().filter(|(ix, _)| !is_text(ruleset, *ix)).count();
        Progress { answered, at_most: self.evaluator.questions_at_most(&self.exchange, self.as_of) }
    }

    /// What hangs on a question: the rules and shown facts that its answer can still settle. None where it cannot.
    pub fn hanging_on(&mut self, question: QuestionIx) -> Hangs {
        // Of a question that is answered: what would hang on it if it were not.
        let mut without = self.exchange.clone();
        without.facts.remove(question);
        let (rules, derived) = self.evaluator.hanging_on(&without, self.as_of, question);
        Hangs { rules, derived }
    }

    /// The options of a question, in their order.
    pub fn offers(&mut self, question: QuestionIx) -> Vec<Offer> {
        self.evaluator.consider(&self.exchange.facts);
        let options = (0..self.ruleset().choices(question).len()).map(OptionIx::new);
        options.map(|option| Offer { option, open: self.evaluator.may_be_open(question, option) }).collect()
    }

    /// The question that was answered before this one, in the order in which they are asked; the last one for `None`. Only
    /// questions that arise are gone back to.
    pub fn before(&mut self, question: Option<QuestionIx>) -> Option<QuestionIx> {
        let ruleset = self.ruleset();
        let moot = self.evaluator.moot(&self.exchange.facts);
        let answered = self.exchange.facts.iter().map(|(ix, _)| ix);
        let back = answered.filter(|ix| question.is_none_or(|question| *ix < question));
        back.filter(|ix| !moot.contains(ix) && !is_text(ruleset, *ix)).last()
    }

    /// The texts that may be asked for, given or not: their questions may arise.
    pub fn texts(&mut self) -> Vec<QuestionIx> {
        let ruleset = self.ruleset();
        self.evaluator.consider(&self.exchange.facts);
        ruleset.questions().ids().filter(|ix| is_text(ruleset, *ix) && self.evaluator.may_arise(*ix)).collect()
    }

    /// What an answer would do to the others, without giving it.
    pub fn preview(&mut self, question: QuestionIx, value: &AnswerValue) -> Effect {
        self.after(question, value).1
    }

    /// Gives or replaces an answer. What it makes pointless is set aside, and what was set aside and has a point again comes
    /// back.
    pub fn answer(&mut self, question: QuestionIx, value: &AnswerValue) -> Effect {
        let (facts, effect) = self.after(question, value);
        for dropped in effect.dropped() {
            if let Some(answer) = self.exchange.facts.get(dropped) {
                self.aside.set(dropped, answer.clone());
            }
        }
        self.exchange.facts = facts;
        // A new answer is newer than one that was set aside.
        for known in effect.restored.iter().chain([&question]) {
            self.aside.remove(*known);
        }
        self.changed();
        effect
    }

    /// Takes back the answer to a safety question, so that nothing of it is kept.
    pub fn forget(&mut self, question: QuestionIx) {
        self.exchange.facts.remove(question);
        self.aside.remove(question);
        self.changed();
    }

    /// Whether nobody has said yet what the team has been told.
    #[must_use]
    pub fn is_told_open(&self) -> bool {
        self.exchange.told.is_empty() && !self.exchange.told_nothing
    }

    /// Sets what the team has been told: nothing of the kind, where it is empty.
    pub fn set_told(&mut self, told: Vec<MythIx>) {
        self.exchange.told_nothing = told.is_empty() && !self.told_left_open;
        self.exchange.told = told;
        self.changed();
    }

    /// From now on, to have been told nothing is no answer: nobody is there to be asked.
    pub fn leave_told_open(&mut self) {
        self.told_left_open = true;
    }

    /// What was answered and does not arise: a manifest or another ruleset brought it along.
    pub fn moot(&mut self) -> Vec<QuestionIx> {
        self.evaluator.moot(&self.exchange.facts)
    }

    /// Sets answers aside that do not arise.
    pub fn set_moot_aside(&mut self) -> Vec<QuestionIx> {
        let moot = self.moot();
        for question in &moot {
            if let Some(answer) = self.exchange.facts.remove(*question) {
                self.aside.set(*question, answer);
            }
        }
        self.changed();
        moot
    }

    /// The evaluator and the exchange, to show advice on it.
    pub fn evaluator(&mut self) -> (&mut Evaluator<'r>, &Exchange) {
        (&mut self.evaluator, &self.exchange)
    }

    /// What was advised is no longer so.
    fn changed(&mut self) {
        self.advice = None;
        self.so_far = None;
    }

    fn after(&mut self, question: QuestionIx, value: &AnswerValue) -> (Facts, Effect) {
        let answer = Answer { value: value.clone(), given: Given::Unstated };
        effect::of(&mut self.evaluator, &self.exchange.facts, &self.aside, question, answer)
    }
}

fn is_text(ruleset: &Ruleset, question: QuestionIx) -> bool {
    ruleset.questions().get(question).is_some_and(|question| question.kind == Kind::Text)
}
