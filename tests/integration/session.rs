//! An interview on a small ruleset, a step at a time: what is forgotten, set aside, told and gone back to.

use clearshare::engine::{Outcome, evaluate};
use clearshare::interview::{Effect, Ended, Hangs, Host, Next, Reply, Review, Session, hold};
use clearshare::model::{Answer, AnswerValue, Exchange, Facts, Given, Kind, MythIx, QuestionIx};
use clearshare::ruleset::Ruleset;

use crate::cases::{load, small};
use crate::support::Files;

struct Small(Ruleset);

impl Small {
    fn new() -> Self {
        Self(load(&small()).ruleset)
    }

    /// With more questions, as YAML in a section of their own, and a file of rules.
    fn and(questions: &str, rules: &str) -> Self {
        let mut files: Files = small();
        let (_, asked) = files.iter_mut().find(|(path, _)| path == "questions.yaml").unwrap();
        asked.extend(format!("  - id: more\n    title: More\n    questions:\n{questions}").into_bytes());
        files.push(("rules/more.yaml".to_owned(), rules.as_bytes().to_vec()));
        Self(load(&files).ruleset)
    }

    fn question(&self, id: &str) -> QuestionIx {
        self.0.question_named(id).unwrap()
    }

    /// `unknown`, `none`, an option of a question that takes one, or the one option of a question that takes several.
    fn value(&self, question: QuestionIx, text: &str) -> AnswerValue {
        let option = || self.0.option_named(question, text).unwrap();
        match text {
            "unknown" => AnswerValue::Unknown,
            "none" => AnswerValue::Any { chosen: Vec::new(), more: false },
            _ if self.0.takes_several(question) => AnswerValue::Any { chosen: vec![option()], more: false },
            _ => AnswerValue::One(option()),
        }
    }

    fn exchange(&self, answers: &[(&str, &str)]) -> Exchange {
        let mut facts = Facts::default();
        for (id, text) in answers {
            let question = self.question(id);
            facts.set(question, Answer { value: self.value(question, text), given: Given::Unstated });
        }
        Exchange { facts, ..Exchange::default() }
    }

    /// An interview that goes on from these answers.
    fn session(&self, answers: &[(&str, &str)]) -> Session<'_> {
        Session::new(&self.0, self.exchange(answers), self.0.info().law_as_at)
    }

    fn answer(&self, session: &mut Session<'_>, id: &str, text: &str) {
        let question = self.question(id);
        session.answer(question, &self.value(question, text));
    }

    /// The advice is that of the answers there are now, not of those before.
    #[track_caller]
    fn is_of_now(&self, session: &mut Session<'_>) {
        let wanted = evaluate(&self.0, session.exchange(), session.as_of());
        assert_eq!(session.advice(), &wanted);
    }
}

const TOLD: MythIx = MythIx(0);

#[test]
fn what_is_forgotten_counts_no_more() {
    let small = Small::new();
    let screen = small.question("screen.material");
    for answer in ["unknown", "sealed"] {
        let mut session = small.session(&[("from.body", "hmrc")]);
        small.answer(&mut session, "screen.material", answer);
        assert_eq!((session.advice().outcome, session.what_next()), (Outcome::Screened, Next::Screened));
        assert_eq!((session.progress().answered, session.progress().at_most), (2, 0));
        session.forget(screen);
        assert_eq!((session.answer_to(screen), session.aside(screen)), (None, None));
        small.is_of_now(&mut session);
        assert_eq!(session.what_next(), Next::Ask(screen));
    }
    // Nor does it come back when it would have a point again.
    let about = small.question("data.about");
    for forgets in [false, true] {
        let mut session = small.session(&[("data.personal", "yes"), ("data.about", "children")]);
        small.answer(&mut session, "data.personal", "no");
        assert!(session.aside(about).is_some() && session.answer_to(about).is_none());
        if forgets {
            session.forget(about);
        }
        small.answer(&mut session, "data.personal", "yes");
        assert_eq!((session.answer_to(about).is_some(), session.aside(about)), (!forgets, None));
    }
}

#[test]
fn what_was_told_is_answered_at_once() {
    let small = Small::new();
    let mut session = small.session(&[("data.personal", "yes")]);
    assert!(session.advice().told.is_empty());
    session.set_told(vec![TOLD]);
    assert_eq!(session.advice().told.len(), 1);
    small.is_of_now(&mut session);
}

/// A manifest that somebody edited can answer what does not arise.
#[test]
fn answers_that_do_not_arise_are_not_gone_back_to_and_can_come_back() {
    let small = Small::new();
    let [personal, about, power] = ["data.personal", "data.about", "power.gateway"].map(|id| small.question(id));
    let brought = [("data.personal", "no"), ("data.about", "adults")];
    let mut session = small.session(&brought);
    assert_eq!(session.before(Some(power)), Some(personal));
    assert_eq!(session.before(Some(personal)), None);
    assert_eq!((session.advice().moot.clone(), session.moot()), (vec![about], vec![about]));
    assert_eq!(session.set_moot_aside(), [about]);
    small.is_of_now(&mut session);
    assert_eq!((session.moot(), session.answer_to(about)), (vec![], None));
    small.answer(&mut session, "data.personal", "yes");
    assert_eq!(session.answer_to(about), Some(&small.value(about, "adults")));
    assert_eq!(session.before(Some(power)), Some(about));
}

#[test]
fn what_hangs_on_a_question_is_told_before_and_after_its_answer() {
    let small = Small::new();
    let all = [("screen.material", "none"), ("data.personal", "yes"), ("data.about", "children")];
    let body = small.question("from.body");
    let mut session = small.session(&all);
    let before = session.hanging_on(body);
    assert!(!before.rules.is_empty());
    small.answer(&mut session, "from.body", "police");
    assert_eq!(session.hanging_on(body), before);
    // On a question that does not arise hangs nothing.
    let mut session = small.session(&[("data.personal", "no")]);
    assert_eq!(session.hanging_on(small.question("data.about")), Hangs::default());
}

/// Somebody who says that they do not know, leaves texts out, and notes what they are asked.
#[derive(Default)]
struct Unsure {
    told: usize,
    changes: usize,
    asked: Vec<QuestionIx>,
    /// Where they go back, once.
    back: Option<QuestionIx>,
}

impl Host for Unsure {
    type Error = ();

    fn ask(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Reply, ()> {
        self.asked.push(question);
        if self.back == Some(question) {
            self.back = None;
            return Ok(Reply::Back);
        }
        if session.ruleset().questions().get(question).unwrap().kind == Kind::Text {
            return Ok(Reply::Skip);
        }
        let none = AnswerValue::Any { chosen: Vec::new(), more: false };
        let screens = session.ruleset().is_screening(question);
        Ok(Reply::Answer(if screens { none } else { AnswerValue::Unknown }))
    }

    fn may_drop(&mut self, _: &Session<'_>, _: &Effect) -> Result<bool, ()> {
        Err(())
    }

    fn restored(&mut self, _: &Session<'_>, _: &Effect) -> Result<(), ()> {
        Err(())
    }

    fn told(&mut self, _: &mut Session<'_>) -> Result<Option<Vec<MythIx>>, ()> {
        self.told += 1;
        Ok(Some(vec![TOLD]))
    }

    fn review(&mut self, _: &mut Session<'_>) -> Result<Review, ()> {
        self.changes = self.changes.saturating_sub(1);
        Ok(if self.changes > 0 { Review::ChangeTold } else { Review::Finish })
    }

    fn keep(&mut self, _: &Session<'_>) -> Result<(), ()> {
        Ok(())
    }
}

/// A manifest that somebody goes on with says it already. It can still be changed.
#[test]
fn what_was_told_is_asked_once() {
    let small = Small::new();
    for (before, changes, asked) in [(vec![], 0, 1), (vec![TOLD], 0, 0), (vec![], 3, 3), (vec![TOLD], 3, 2)] {
        let exchange = Exchange { told: before.clone(), ..Exchange::default() };
        let mut session = Session::new(&small.0, exchange, small.0.info().law_as_at);
        let mut who = Unsure { changes, ..Unsure::default() };
        assert_eq!(hold(&mut session, &mut who), Ok(Ended::Finished));
        assert_eq!((who.told, session.exchange().told.len()), (asked, 1), "{before:?}, {changes} changes");
    }
}

/// A file with a prohibition.
fn rule(when: &str) -> String {
    format!(
        "theme: More\nrules:\n  - id: more.rule\n    title: Leave it\n    level: must-not\n    basis: law\n    \
         when: {{ {when} }}\n    because: It is so.\n    steps: [{{ do: Look again, who: team }}]\n    cites: [people-act]\n"
    )
}

/// One of eight answers to each of forty questions, by turns the first and the last: no completion that is drawn comes near to it.
#[test]
fn what_matters_in_one_completion_of_very_many_is_asked() {
    let ids: Vec<String> = (10..50).map(|at| format!("far.q{at}")).collect();
    let options: Vec<String> = "abcdefgh".chars().map(|id| format!("{{ id: {id}, label: {id} }}")).collect();
    let question = |id: &String| {
        let options = options.join(", ");
        format!("      - {{ id: {id}, type: one-of, prompt: Which?, why: It may., who: team, options: [{options}] }}\n")
    };
    let passes = |at: usize| ["a", "h"][at % 2];
    let all: Vec<String> = ids.iter().enumerate().map(|(at, id)| format!("{id}: {}", passes(at))).collect();
    let rules = rule(&all.join(", "));
    let small = Small::and(&ids.iter().map(question).collect::<String>(), &rules);
    let first =
        [("screen.material", "none"), ("from.body", "hmrc"), ("data.personal", "no"), ("power.gateway", "act-c")];
    let mut session = small.session(&first);
    for (at, id) in ids.iter().enumerate() {
        assert_eq!(session.what_next(), Next::Ask(small.question(id)));
        assert_eq!(session.advice().open.first(), Some(&small.question(id)));
        // Another answer, and nothing is left to ask.
        small.answer(&mut session, id, passes(at + 1));
        assert_eq!(session.what_next(), Next::Nothing);
        small.answer(&mut session, id, passes(at));
    }
    assert_eq!((session.what_next(), session.advice().outcome), (Next::Nothing, Outcome::Stop));
}

#[test]
fn from_a_text_one_goes_back_to_the_text_before() {
    let text = |id: &str| format!("      - {{ id: more.{id}, type: text, prompt: What? }}\n");
    let small = Small::and(&(text("title") + &text("contact")), &rule("data.personal: yes"));
    let [title, contact, last] = ["more.title", "more.contact", "power.gateway"].map(|id| small.question(id));
    for (back, asked) in [(contact, [title, contact, title, contact]), (title, [title, last, title, contact])] {
        let mut session = small.session(&[]);
        let mut who = Unsure { back: Some(back), ..Unsure::default() };
        assert_eq!(hold(&mut session, &mut who), Ok(Ended::Finished));
        assert_eq!(who.asked[who.asked.len() - 4..], asked);
    }
}
