//! Between the oracle and the engine: the one file here that uses the program. It goes by ids, never by positions.

use clearshare::engine::{Advice, Evaluator, Outcome as TheirOutcome, evaluate};
use clearshare::finding::Finding;
use clearshare::model::{
    Answer as TheirAnswer, AnswerValue, Date, DerivedIx, Done, Exchange, Given, Ix, MythIx, OptionIx, QuestionIx,
    RoleIx, RuleIx, Status as TheirStatus, ValueIx, Waiver,
};
use clearshare::rulefile::{Loaded, read_ruleset};

use super::ruleset::{Answer, Basis, Day, Facts, Kind, Mask, Ruleset};
use super::verdict::{Candidate, Outcome, Status, Verdict};
use super::yaml;

/// A ruleset as the program read it, with the program's number for each thing of ours.
pub(super) struct Engine {
    loaded: Loaded,
    kinds: Vec<Kind>,
    waived_by: Vec<Option<RoleIx>>,
    questions: Vec<QuestionIx>,
    /// By question, by position in our list.
    options: Vec<Vec<Option<OptionIx>>>,
    derived: Vec<DerivedIx>,
    values: Vec<Vec<ValueIx>>,
    rules: Vec<RuleIx>,
    myths: Vec<MythIx>,
}

/// What the engine says, in our numbers, and as it said it.
#[derive(Debug, PartialEq)]
pub(super) struct Seen {
    pub(super) verdict: Verdict,
    pub(super) over_budget: bool,
    advice: Advice,
}

impl Engine {
    /// Reads the files of a generated ruleset. It is valid: any fault is a failure.
    pub(super) fn read(rs: &Ruleset) -> Result<Self, String> {
        let files: Vec<(String, Vec<u8>)> =
            yaml::files(rs).into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        let loaded = read_ruleset(&files).map_err(|faults| {
            let messages: Vec<&str> = faults.findings.iter().map(Finding::message).collect();
            format!("a valid ruleset has faults: {}", messages.join("; "))
        })?;
        let theirs = &loaded.ruleset;
        let questions: Vec<QuestionIx> =
            rs.questions.iter().map(|q| theirs.questions().find(|t| t.id == q.id).expect("a question")).collect();
        let options = rs.questions.iter().zip(&questions).map(|(q, ix)| {
            let choices = theirs
                .questions()
                .get(*ix)
                .unwrap()
                .list
                .map_or(&[][..], |list| &theirs.lists().get(list).unwrap().choices);
            let place = |id: &str| choices.iter().position(|c| c.id == id).map(OptionIx::new);
            rs.lists[q.list].options.iter().map(|option| place(&option.id)).collect()
        });
        let options = options.collect();
        let derived: Vec<DerivedIx> =
            rs.derived.iter().map(|d| theirs.derived().find(|t| t.id == d.id).expect("a derived fact")).collect();
        let values = rs.derived.iter().zip(&derived).map(|(d, ix)| {
            let of = &theirs.derived().get(*ix).unwrap().values;
            let place = |name: &String| of.iter().position(|v| v.name == *name).expect("a value");
            d.values.iter().map(|name| ValueIx(u16::try_from(place(name)).expect("few values"))).collect()
        });
        let values = values.collect();
        let rules: Vec<RuleIx> =
            rs.rules.iter().map(|r| theirs.rules().find(|t| t.id == r.id).expect("a rule")).collect();
        let myth = |m: usize| theirs.myths().find(|t| t.id == format!("myth-{m}")).expect("a myth");
        let myths = (0..rs.myths.len()).map(myth).collect();
        let role = |ix: &RuleIx| theirs.rules().get(*ix).unwrap().waivable_by.first().copied();
        let waived_by =
            rules.iter().zip(&rs.rules).map(|(ix, r)| (r.basis == Basis::Policy).then(|| role(ix)).flatten());
        let (waived_by, kinds) = (waived_by.collect(), rs.questions.iter().map(|q| q.kind).collect());
        Ok(Self { loaded, kinds, waived_by, questions, options, derived, values, rules, myths })
    }

    /// The ruleset as the program read it.
    pub(super) fn ruleset(&self) -> &clearshare::ruleset::Ruleset {
        &self.loaded.ruleset
    }

    /// The day on which the law was read.
    pub(super) fn law_as_at(&self) -> Date {
        self.loaded.ruleset.info().law_as_at
    }

    pub(super) fn question_count(&self) -> usize {
        self.questions.len()
    }

    /// The program's number of a question.
    pub(super) fn question(&self, question: usize) -> QuestionIx {
        self.questions[question]
    }

    /// Our set of options for the program's.
    pub(super) fn mask(&self, question: usize, chosen: &[OptionIx]) -> Mask {
        chosen.iter().fold(0, |mask, option| mask | 1 << self.option(self.questions[question], *option).1)
    }

    /// Our number of a question of the program.
    pub(super) fn ours(&self, question: QuestionIx) -> usize {
        self.questions.iter().position(|q| *q == question).expect("a question")
    }

    /// Our answers for those of an exchange.
    pub(super) fn answers(&self, facts: &clearshare::model::Facts) -> Vec<Answer> {
        let read = |q: usize| match facts.get(self.questions[q]).map(|answer| &answer.value) {
            None => Answer::Absent,
            Some(AnswerValue::Unknown) => Answer::Unknown,
            Some(AnswerValue::Text(_)) => Answer::Words,
            Some(AnswerValue::One(option)) => Answer::Known(self.mask(q, &[*option])),
            Some(AnswerValue::Any { chosen, more: false }) => Answer::Known(self.mask(q, chosen)),
            Some(AnswerValue::Any { chosen, more: true }) => Answer::Partial(self.mask(q, chosen)),
        };
        (0..self.questions.len()).map(read).collect()
    }

    /// What the program says of advice that it gave.
    pub(super) fn read_advice(&self, advice: &Advice) -> Verdict {
        self.seen(advice.clone()).verdict
    }

    /// The engine's advice on these facts. What it would ask next is the first of what is open, found in another way.
    pub(super) fn advise(&self, facts: &Facts) -> Seen {
        let (exchange, as_of) = (self.exchange(facts), date(facts.as_of));
        let advice = evaluate(&self.loaded.ruleset, &exchange, as_of);
        let next = Evaluator::new(&self.loaded.ruleset).next_question(&exchange, as_of);
        let first = advice.open.first().copied().filter(|_| advice.outcome != clearshare::engine::Outcome::Screened);
        assert!(advice.over_budget || next == first, "{next:?} is asked next, and {:?} are open", advice.open);
        self.seen(advice)
    }

    /// The engine's advice on each of these facts in turn, from one evaluator that keeps its memory between them.
    pub(super) fn advise_in_turn(&self, all: &[Facts]) -> Vec<Seen> {
        let mut evaluator = Evaluator::new(&self.loaded.ruleset);
        all.iter().map(|facts| self.seen(evaluator.evaluate(&self.exchange(facts), date(facts.as_of)))).collect()
    }

    /// The advice of a team that was told everything, and of one that was told only these myths, but for what was told.
    /// What is asked next comes with each.
    pub(super) fn advise_told(&self, facts: &Facts, only: Mask) -> [(Advice, Option<QuestionIx>); 2] {
        let everything = self.exchange(facts);
        let mut some = everything.clone();
        some.told = self.myths.iter().enumerate().filter(|(m, _)| only & 1 << m != 0).map(|(_, myth)| *myth).collect();
        [everything, some].map(|exchange| {
            let mut evaluator = Evaluator::new(&self.loaded.ruleset);
            let mut advice = evaluator.evaluate(&exchange, date(facts.as_of));
            assert_eq!(advice.told.iter().map(|told| told.myth).collect::<Vec<_>>(), exchange.told);
            advice.told.clear();
            (advice, evaluator.next_question(&exchange, date(facts.as_of)))
        })
    }

    fn seen(&self, advice: Advice) -> Seen {
        let questions = |theirs: &[QuestionIx]| -> Vec<usize> {
            theirs.iter().map(|ix| self.questions.iter().position(|q| q == ix).expect("a question")).collect()
        };
        let set = |theirs: &[QuestionIx]| questions(theirs).into_iter().fold(0, |mask, q| mask | 1 << q);
        let values = |d: usize| -> Mask {
            let theirs = &advice.derived[self.derived[d].index()];
            self.values[d].iter().enumerate().filter(|(_, v)| theirs.contains(v)).fold(0, |mask, (i, _)| mask | 1 << i)
        };
        let myth = |m: &usize| advice.myths.contains(&self.myths[*m]);
        let told = |myth: &MythIx| advice.told.iter().find(|told| told.myth == *myth).expect("it was told").matters;
        let verdict = Verdict {
            outcome: outcome(advice.outcome),
            statuses: self.rules.iter().map(|r| status(advice.status(*r))).collect(),
            applies: self.rules.iter().map(|r| advice.applies[r.index()]).collect(),
            derived: (0..self.derived.len()).map(values).collect(),
            candidates: self.candidates(&advice),
            upcoming: advice.upcoming.iter().map(|(q, option)| self.option(*q, *option)).collect(),
            myths: (0..self.myths.len()).filter(myth).collect(),
            matters: self.myths.iter().map(told).collect(),
            open: questions(&advice.open),
            unknown: questions(&advice.unknown),
            moot: questions(&advice.moot),
            hinges: self.rules.iter().map(|r| set(&advice.hinges[r.index()])).collect(),
            derived_hinges: self.derived.iter().map(|d| set(&advice.derived_hinges[d.index()])).collect(),
        };
        Seen { verdict, over_budget: advice.over_budget, advice }
    }

    fn candidates(&self, advice: &Advice) -> Vec<Candidate> {
        let mut found = Vec::new();
        for group in &advice.candidates {
            for theirs in &group.options {
                let (question, option) = self.option(group.question, theirs.option);
                found.push(Candidate { question, option, certain: theirs.certain, chosen: theirs.chosen });
            }
        }
        found
    }

    fn option(&self, question: QuestionIx, option: OptionIx) -> (usize, usize) {
        let q = self.questions.iter().position(|q| *q == question).expect("a question");
        (q, self.options[q].iter().position(|o| *o == Some(option)).expect("an option"))
    }

    /// An answer in the program's words; none where there is none.
    pub(super) fn value(&self, question: usize, answer: Answer) -> Option<AnswerValue> {
        let any = self.kinds[question] == Kind::AnyOf;
        match answer {
            Answer::Absent => None,
            Answer::Unknown => Some(AnswerValue::Unknown),
            Answer::Words => Some(AnswerValue::Text("words".to_owned())),
            Answer::Known(set) if any => Some(AnswerValue::Any { chosen: self.chosen(question, set), more: false }),
            Answer::Known(set) => Some(AnswerValue::One(self.chosen(question, set)[0])),
            Answer::Partial(set) => Some(AnswerValue::Any { chosen: self.chosen(question, set), more: true }),
        }
    }

    /// An exchange with these facts.
    pub(super) fn exchange(&self, facts: &Facts) -> Exchange {
        let mut exchange = Exchange { id: "main".to_owned(), ..Exchange::default() };
        for (q, answer) in facts.answers.iter().enumerate() {
            let Some(value) = self.value(q, *answer) else { continue };
            exchange.facts.set(self.questions[q], TheirAnswer { value, given: Given::Unstated });
        }
        let recorded = |r: &usize| facts.done[*r];
        exchange.done = (0..self.rules.len()).filter(recorded).map(|r| self.done(r, facts.as_of)).collect();
        let waiver = |(r, until): (usize, &Option<Day>)| until.map(|until| self.waiver(r, until));
        exchange.waivers = facts.waivers.iter().enumerate().filter_map(waiver).collect();
        // The team was told everything: whether each myth matters is compared too.
        exchange.told.clone_from(&self.myths);
        exchange
    }

    fn chosen(&self, question: usize, set: Mask) -> Vec<OptionIx> {
        let options = self.options[question].iter().enumerate();
        let mut chosen: Vec<OptionIx> =
            options.filter(|(i, _)| set & 1 << i != 0).map(|(_, ix)| ix.expect("an option that is offered")).collect();
        chosen.sort_unstable();
        chosen
    }

    fn done(&self, rule: usize, on: Day) -> Done {
        let (by, evidence) = ("Somebody".to_owned(), "a note".to_owned());
        Done { rule: self.rules[rule], on: date(on), by, evidence, given: Given::Unstated }
    }

    fn waiver(&self, rule: usize, until: Day) -> Waiver {
        let (reason, approved_by) = ("A reason".to_owned(), "Somebody".to_owned());
        let (rule, role) = (self.rules[rule], self.waived_by[rule]);
        Waiver { rule, reason, approved_by, role, expires: date(until), given: Given::Unstated }
    }
}

pub(super) fn date((year, month, day): Day) -> Date {
    Date::new(year, month, day).expect("a date")
}

fn status(theirs: TheirStatus) -> Status {
    match theirs {
        TheirStatus::Applies => Status::Applies,
        TheirStatus::Undetermined => Status::Undetermined,
        TheirStatus::Met => Status::Met,
        TheirStatus::Done => Status::Done,
        TheirStatus::Waived => Status::Waived,
        TheirStatus::NotApplicable => Status::NotApplicable,
    }
}

fn outcome(theirs: TheirOutcome) -> Outcome {
    match theirs {
        TheirOutcome::Ready => Outcome::Ready,
        TheirOutcome::ActFirst => Outcome::ActFirst,
        TheirOutcome::Incomplete => Outcome::Incomplete,
        TheirOutcome::Refer => Outcome::Refer,
        TheirOutcome::Stop => Outcome::Stop,
        TheirOutcome::Screened => Outcome::Screened,
    }
}
