//! Which questions are open, whom to ask each, and what can still be answered.

use crate::check::{Checked, CheckedFlow};
use crate::engine::{Evaluator, Outcome};
use crate::manifest::{Flow, MAIN};
use crate::model::{AnswerValue, Date, Exchange, OptionIx, Party, QuestionIx, Who};
use crate::ruleset::Ruleset;

/// The questions still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The safety screen ends the questions: there are none, and nothing of the exchange is shown.
    pub screened: bool,
    /// A limit of work was reached: a question may be called open that is not.
    pub over_budget: bool,
    /// How many exchanges were looked at.
    pub flows: usize,
    /// The questions, by who would know. The safety screen's own come first.
    pub groups: Vec<Group>,
}

/// The questions for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Whom to ask.
    pub ask: Ask,
    /// The questions, in asking order.
    pub questions: Vec<Entry>,
}

/// Whom to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Whether these are questions of the safety screen, which nobody answers in writing.
    pub safety: bool,
    /// The role; none where the ruleset names nobody.
    pub who: Option<Who>,
    /// The body whose person it is, where the exchange says: the question that it answers, and the option.
    pub body: Option<(QuestionIx, OptionIx)>,
}

/// One question, for one exchange or several alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The question.
    pub question: QuestionIx,
    /// The exchanges for which it is open.
    pub flows: Vec<String>,
    /// What is answered so far.
    pub state: State,
    /// The options that are open or may yet be.
    pub options: Vec<OptionIx>,
}

/// What is answered so far to a question that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Absent,
    /// `unknown`.
    Unknown,
    /// These options hold, and the rest is not known.
    InPart(Vec<OptionIx>),
}

impl Sheet {
    /// Every question that may arise and matter, where nothing is answered yet.
    #[must_use]
    pub fn blank(evaluator: &mut Evaluator<'_>, as_of: Date) -> Self {
        let exchange = Exchange { id: MAIN.to_owned(), ..Exchange::default() };
        let advice = evaluator.evaluate(&exchange, as_of);
        let flow = Flow { exchange, places: Vec::new(), waivers: Vec::new() };
        Self::of(evaluator, &Checked { flows: vec![CheckedFlow { flow, advice }] })
    }

    /// The questions open for the exchanges of a manifest.
    #[must_use]
    pub fn of(evaluator: &mut Evaluator<'_>, checked: &Checked) -> Self {
        let mut sheet = Self {
            screened: checked.is_screened(),
            over_budget: false,
            flows: checked.flows.len(),
            groups: Vec::new(),
        };
        if sheet.screened {
            return sheet;
        }
        for flow in &checked.flows {
            sheet.over_budget |= flow.advice.over_budget;
            evaluator.reconsider(&flow.flow.exchange);
            for question in open(flow) {
                sheet.add(evaluator, &flow.flow.exchange, question);
            }
        }
        // Stable: within them, in asking order.
        sheet.groups.sort_by_key(|group| (!group.ask.safety, group.first()));
        sheet
    }

    /// How many questions there are to ask.
    #[must_use]
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.questions.len()).sum()
    }

    fn add(&mut self, evaluator: &mut Evaluator<'_>, exchange: &Exchange, question: QuestionIx) {
        let ask = ask(evaluator.ruleset(), exchange, question);
        let state = state(exchange, question);
        let options = evaluator.offered(question);
        let at = self.groups.iter().position(|group| group.ask == ask).unwrap_or_else(|| {
            self.groups.push(Group { ask, questions: Vec::new() });
            self.groups.len() - 1
        });
        let Some(group) = self.groups.get_mut(at) else { return };
        let alike = |entry: &&mut Entry| entry.question == question && entry.state == state;
        if let Some(entry) = group.questions.iter_mut().find(alike) {
            entry.flows.push(exchange.id.clone());
            entry.options.extend(options);
            entry.options.sort_unstable();
            entry.options.dedup();
            return;
        }
        group.questions.push(Entry { question, flows: vec![exchange.id.clone()], state, options });
        group.questions.sort_by_key(|entry| entry.question);
    }
}

impl Group {
    fn first(&self) -> Option<QuestionIx> {
        self.questions.first().map(|entry| entry.question)
    }
}

/// What is absent and matters, and what was answered `unknown` and matters.
fn open(flow: &CheckedFlow) -> impl Iterator<Item = QuestionIx> + '_ {
    debug_assert!(flow.advice.outcome != Outcome::Screened, "nothing is asked then");
    flow.advice.open.iter().chain(&flow.advice.unknown).copied()
}

fn ask(ruleset: &Ruleset, exchange: &Exchange, question: QuestionIx) -> Ask {
    let who = ruleset.questions().get(question).and_then(|question| question.who);
    let body = match who.map(|who| who.party) {
        Some(Party::From) => body(ruleset, exchange, "from.body"),
        Some(Party::To) => body(ruleset, exchange, "to.body"),
        Some(Party::Any) | None => None,
    };
    Ask { safety: ruleset.is_screening(question), who, body }
}

/// The body that an exchange names.
fn body(ruleset: &Ruleset, exchange: &Exchange, id: &str) -> Option<(QuestionIx, OptionIx)> {
    let question = ruleset.question_named(id)?;
    match exchange.facts.get(question)?.value {
        AnswerValue::One(option) => Some((question, option)),
        _ => None,
    }
}

fn state(exchange: &Exchange, question: QuestionIx) -> State {
    match exchange.facts.get(question).map(|answer| &answer.value) {
        None => State::Absent,
        Some(AnswerValue::Any { chosen, .. }) => State::InPart(chosen.clone()),
        Some(_) => State::Unknown,
    }
}
