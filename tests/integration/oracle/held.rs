//! Interviews on generated rulesets, held with somebody who does all that can be done: answers, leaves texts out, goes back,
//! refuses to drop answers, goes over them and changes some, stops. What is asked, told and kept, and when, is written down
//! and gone over.

use clearshare::interview::{Effect, Ended, Host, Reply, Review, Session, hold};
use clearshare::model::{MythIx, QuestionIx};

use super::Rng;
use super::asked::{Point, Possible};
use super::bridge::{Engine, date};
use super::checks::Subject;
use super::facts::{facts, where_answer};
use super::generate::middling;
use super::properties::assert_seen;
use super::ruleset::{Answer, Facts, Kind, Mask, Ruleset};
use super::seeds;
use super::tally::Tally;
use super::verdict::{Oracle, Outcome};
use super::yaml::{printed, printed_facts};

/// What happened, with all that was known when it did.
#[derive(Debug, Clone, PartialEq)]
enum Event {
    Asked(usize, Reply),
    MayDrop(Effect, bool),
    Restored(Effect),
    Told,
    Review(Review),
    Kept,
}

struct Somebody<'w, 'a> {
    rs: &'a Ruleset,
    engine: &'w Engine,
    oracle: &'w mut Oracle<'a>,
    rng: &'w mut Rng,
    /// The questions whose answers may still be changed at the review, and the steps back that may still be taken.
    patience: usize,
    as_they_were: Facts,
    events: Vec<(Event, Vec<Answer>)>,
}

impl Somebody<'_, '_> {
    fn write_down(&mut self, event: Event, session: &Session<'_>) {
        let known = self.engine.answers(&session.exchange().facts);
        self.events.push((event, known));
    }

    fn patient(&mut self, percent: usize) -> bool {
        let does = self.patience > 0 && self.rng.chance(percent);
        self.patience -= usize::from(does);
        does
    }

    fn facts(&self, answers: &[Answer]) -> Facts {
        Facts { answers: answers.to_vec(), ..self.as_they_were.clone() }
    }

    fn reply(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Reply {
        let q = self.engine.ours(question);
        if self.patient(20) {
            return Reply::Back;
        }
        if self.rng.chance(1) {
            return Reply::Stop;
        }
        if self.rs.questions[q].kind == Kind::Text {
            return if self.rng.chance(40) { Reply::Skip } else { Reply::Answer(self.value(q, Answer::Words)) };
        }
        let open: Vec<_> = session.offers(question).iter().filter(|o| o.open).map(|o| o.option).collect();
        let open = self.engine.mask(q, &open);
        let values: Vec<Mask> = self.rs.values(q).into_iter().filter(|set| set & !open == 0).collect();
        let unsure = self.rng.chance(8) || values.is_empty();
        let answer = if unsure { Answer::Unknown } else { Answer::Known(self.rng.pick(&values)) };
        Reply::Answer(self.value(q, answer))
    }

    fn value(&self, q: usize, answer: Answer) -> clearshare::model::AnswerValue {
        self.engine.value(q, answer).expect("an answer")
    }
}

impl Host for Somebody<'_, '_> {
    type Error = ();

    fn ask(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Reply, ()> {
        let reply = self.reply(session, question);
        self.write_down(Event::Asked(self.engine.ours(question), reply.clone()), session);
        Ok(reply)
    }

    fn may_drop(&mut self, session: &Session<'_>, effect: &Effect) -> Result<bool, ()> {
        let may = !self.patient(50);
        self.write_down(Event::MayDrop(effect.clone(), may), session);
        Ok(may)
    }

    fn restored(&mut self, session: &Session<'_>, effect: &Effect) -> Result<(), ()> {
        self.write_down(Event::Restored(effect.clone()), session);
        Ok(())
    }

    fn told(&mut self, session: &mut Session<'_>) -> Result<Option<Vec<MythIx>>, ()> {
        self.write_down(Event::Told, session);
        Ok(Some(Vec::new()))
    }

    fn review(&mut self, session: &mut Session<'_>) -> Result<Review, ()> {
        let answered: Vec<QuestionIx> = session.exchange().facts.iter().map(|(ix, _)| ix).collect();
        let review = match self.patient(70) {
            true if self.rng.chance(15) => Review::ChangeTold,
            true if !answered.is_empty() => Review::Change(self.rng.pick(&answered)),
            _ => Review::Finish,
        };
        self.write_down(Event::Review(review), session);
        Ok(review)
    }

    fn keep(&mut self, session: &Session<'_>) -> Result<(), ()> {
        self.write_down(Event::Kept, session);
        Ok(())
    }
}

/// One interview, held and gone over.
fn held(s: &mut Subject<'_>) -> Result<(), String> {
    let mut given = facts(s.rs, &mut s.rng);
    given.answers.fill(Answer::Absent);
    let Subject { rs, engine, oracle, rng, tally } = s;
    let mut exchange = engine.exchange(&given);
    exchange.told.clear();
    let mut session = Session::new(engine.ruleset(), exchange, date(given.as_of));
    let quick = rng.chance(25);
    if quick {
        session = session.quick();
    }
    let patience = rng.below(8);
    let mut who = Somebody { rs, engine, oracle, rng, patience, as_they_were: given, events: Vec::new() };
    let ended = hold(&mut session, &mut who).expect("nothing stops them");
    who.write_down(Event::Kept, &session);
    let mut over = Over { who, tally };
    over.go(ended, quick).map_err(|what| {
        let (seed, events) = (over.who.rs.seed, &over.who.events);
        let last = over.who.facts(&events[events.len() - 1].1);
        let told: Vec<String> = events.iter().map(|(event, _)| format!("{event:?}")).collect();
        let told = told.join("\n");
        format!("seed {seed}: {what}; {ended:?}\n{}{}\n{told}", printed(over.who.rs), printed_facts(over.who.rs, &last))
    })
}

/// Goes over what happened.
struct Over<'t, 'w, 'a> {
    who: Somebody<'w, 'a>,
    tally: &'t mut Tally,
}

type Right = Result<(), String>;

fn right(is: bool, what: &str) -> Right {
    if is { Ok(()) } else { Err(what.to_owned()) }
}

impl Over<'_, '_, '_> {
    fn go(&mut self, ended: Ended, quick: bool) -> Right {
        let events = self.who.events.clone();
        for at in 0..events.len() - 1 {
            self.step(&events[at..], at + 2 == events.len(), ended)?;
        }
        self.told(&events, ended)?;
        self.end(&events, ended, quick)
    }

    /// What follows on something, and what was known before and after it.
    fn step(&mut self, events: &[(Event, Vec<Answer>)], last: bool, ended: Ended) -> Right {
        let [(event, known), (next, after), ..] = events else { return Ok(()) };
        match event {
            Event::Asked(_, Reply::Stop) => return right(last && ended == Ended::Stopped, "stop does not stop"),
            Event::Asked(q, Reply::Back) => return self.back(*q, known, next, after),
            Event::Asked(q, Reply::Skip) => {
                // A text that was there is taken out, and that is kept; nothing else changes.
                let mut wanted = known.clone();
                let had = std::mem::replace(&mut wanted[*q], Answer::Absent) != Answer::Absent;
                return right(
                    wanted == *after && (!had || *next == Event::Kept),
                    "to leave a text out changes something else",
                );
            }
            Event::Asked(q, Reply::Answer(value)) => return self.answered(*q, value, events, last, ended),
            Event::MayDrop(effect, false) => {
                self.tally.add("drops refused", 1);
                let is = !effect.loses_nothing() && known == after;
                return right(is && matches!(next, Event::Asked(..)), "a refused answer changes something");
            }
            Event::MayDrop(effect, true) => {
                right(!effect.loses_nothing(), "asks to drop nothing")?;
                self.tally.add("drops allowed", 1);
            }
            Event::Review(Review::Change(question)) => {
                self.tally.add("answers changed at the review", 1);
                let q = self.who.engine.ours(*question);
                return right(matches!(next, Event::Asked(asked, _) if *asked == q), "what is to change is not asked");
            }
            Event::Review(Review::ChangeTold) => return right(*next == Event::Told, "what was told is not asked"),
            Event::Told => return right(*next == Event::Kept && known == after, "what was told is not kept"),
            Event::Restored(effect) => right(!effect.restored.is_empty(), "tells of nothing that came back")?,
            Event::Kept => {
                let (verdict, _) = self.who.oracle.verdict(&self.who.facts(known));
                right(verdict.outcome != Outcome::Screened, "an answer that ends the questions was kept")?;
                self.tally.add("times kept", 1);
            }
            Event::Review(_) => {}
        }
        Ok(())
    }

    /// An answer is kept before anything else is asked, unless it ends the questions.
    fn answered(
        &mut self,
        q: usize,
        value: &clearshare::model::AnswerValue,
        events: &[(Event, Vec<Answer>)],
        last: bool,
        ended: Ended,
    ) -> Right {
        let known = &events[0].1;
        let mut events = &events[1..];
        match &events[0].0 {
            Event::MayDrop(_, false) => {
                let again = matches!(&events[1].0, Event::Asked(asked, _) if *asked == q);
                return right(again, "an answer that was taken back is not asked again");
            }
            Event::MayDrop(_, true) => events = &events[1..],
            _ => {}
        }
        let (event, after) = &events[0];
        let dropped = (0..known.len()).any(|other| {
            other != q
                && known[other] != Answer::Absent
                && known[other] != Answer::Unknown
                && after[other] == Answer::Absent
        });
        let asked = events.len() < self.who.events.len() && matches!(self.before(events), Event::MayDrop(_, true));
        right(!dropped || asked, "answers were dropped and nobody was asked")?;
        let (verdict, _) = self.who.oracle.verdict(&self.who.facts(after));
        if verdict.outcome == Outcome::Screened {
            self.tally.add("answers that ended the questions", 1);
            return right(events.len() == 1 && ended == Ended::Screened, "the safety screen did not end it");
        }
        right(!last && *event == Event::Kept, "an answer was not kept before anything else")?;
        let given = self.who.engine.value(q, after[q]);
        right(given.as_ref() == Some(value), "what was answered is not what is known")?;
        let came_back =
            (0..known.len()).any(|other| other != q && known[other] == Answer::Absent && after[other] != known[other]);
        let told = matches!(events[1].0, Event::Restored(_));
        right(told == came_back, "what came back was not told")
    }

    /// What happened before these.
    fn before(&self, events: &[(Event, Vec<Answer>)]) -> &Event {
        &self.who.events[self.who.events.len() - events.len() - 1].0
    }

    /// Back leads to the question before that was answered and arises, or to the text before; from the first to itself.
    fn back(&mut self, q: usize, known: &[Answer], next: &Event, after: &[Answer]) -> Right {
        let possible = Possible::of(self.who.oracle, &self.who.facts(known));
        let is_text = |q: usize| self.who.rs.questions[q].kind == Kind::Text;
        let fits = |other: &usize| possible.arises(*other) && known[*other] != Answer::Absent && !is_text(*other);
        let text = (0..q).rfind(|other| is_text(*other) && possible.arises(*other));
        let wanted = if is_text(q) { text.or_else(|| (0..known.len()).rfind(fits)) } else { (0..q).rfind(fits) };
        self.tally.add(if wanted.is_some() { "steps back" } else { "steps back from the first" }, 1);
        self.tally.add("steps back to a text", usize::from(is_text(q) && text.is_some()));
        let asked = matches!(next, Event::Asked(asked, _) if *asked == wanted.unwrap_or(q));
        right(asked && known == after, &format!("back from {q} leads to {next:?}, not {wanted:?}"))
    }

    /// What the team was told is asked once, after all texts, and before the review.
    fn told(&mut self, events: &[(Event, Vec<Answer>)], ended: Ended) -> Right {
        let told = events.iter().filter(|(event, _)| *event == Event::Told).count();
        let wanted = 1 + events.iter().filter(|(event, _)| *event == Event::Review(Review::ChangeTold)).count();
        let first = events.iter().position(|(event, _)| *event == Event::Told);
        let review = events.iter().position(|(event, _)| matches!(event, Event::Review(_)));
        right(told <= wanted && (ended != Ended::Finished || told == wanted), "told is not asked once")?;
        right(review.is_none() || first < review && first.is_some(), "the review comes before what was told")?;
        let Some(first) = first else { return Ok(()) };
        let possible = Possible::of(self.who.oracle, &self.who.facts(&events[first].1));
        for q in 0..self.who.rs.questions.len() {
            let asked = events[..first].iter().any(|(event, _)| matches!(event, Event::Asked(asked, _) if *asked == q));
            if self.who.rs.questions[q].kind == Kind::Text && !asked && possible.arises(q) {
                return Err(format!("text {q} was not asked"));
            }
        }
        Ok(())
    }

    /// It ends when nothing matters any more; and no answer is left that does not count.
    fn end(&mut self, events: &[(Event, Vec<Answer>)], ended: Ended, quick: bool) -> Right {
        let facts = self.who.facts(&events[events.len() - 1].1);
        let (verdict, _) = self.who.oracle.verdict(&facts);
        let possible = Possible::of(self.who.oracle, &facts);
        for q in where_answer(self.who.rs, &facts, |a| a != Answer::Absent) {
            right(possible.point(q, facts.answers[q]) == Point::Counts, &format!("{q} is left and does not count"))?;
        }
        let texts = events.iter().enumerate().filter_map(|(at, (event, known))| match event {
            Event::Asked(q, _) if self.who.rs.questions[*q].kind == Kind::Text => Some((at, *q, known)),
            _ => None,
        });
        for (at, q, known) in texts {
            let facts = self.who.facts(known);
            let wanted = at > 0 && matches!(events[at - 1].0, Event::Review(_) | Event::Asked(_, Reply::Back));
            let open = !quick && !self.who.oracle.verdict(&facts).0.open.is_empty();
            let arises = Possible::of(self.who.oracle, &facts).arises(q);
            right(arises && (wanted || !open), "a text comes before the questions, or does not arise")?;
            self.tally.add("texts asked", 1);
        }
        match ended {
            Ended::Screened => right(verdict.outcome == Outcome::Screened, "screened by nothing"),
            Ended::Stopped => Ok(()),
            Ended::Finished => {
                self.tally.add("interviews finished", 1);
                right(quick || verdict.open.is_empty(), "finished, and something matters")
            }
        }
    }
}

#[test]
fn whoever_is_asked_nothing_is_lost_and_nothing_of_the_screen_is_kept() {
    let tally = seeds::hold(83_000..83_400, |seed| {
        let rs = middling(seed);
        let mut subject = Subject::new(&rs)?;
        (0..3).try_for_each(|_| held(&mut subject))?;
        Ok(subject.tally)
    });
    assert_seen(&tally, 300, &["interviews finished", "times kept", "steps back", "answers changed at the review"]);
    assert_seen(&tally, 4, &["drops refused", "drops allowed", "answers that ended the questions", "texts asked"]);
    assert_seen(&tally, 5, &["steps back from the first"]);
}
