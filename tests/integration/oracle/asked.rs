//! Interviews on generated rulesets, step by step: answers given, changed, undone and given again in any order. What is
//! asked, offered, dropped and brought back is what every completion says.

use clearshare::engine::{Evaluator, evaluate, is_final};
use clearshare::interview::{Effect, Next, Offer, Session};
use clearshare::model::Facts as TheirFacts;
use clearshare::model::{Answer as TheirAnswer, Given, QuestionIx};

use super::Rng;
use super::bridge::{Engine, date};
use super::checks::Subject;
use super::facts::{facts, where_answer, with};
use super::generate::middling;
use super::properties::assert_seen;
use super::ruleset::{Answer, Facts, Kind, Mask, Ruleset};
use super::seeds;
use super::tally::Tally;
use super::verdict::{Oracle, Outcome, Verdict};
use super::yaml::{printed, printed_facts};

type Checked<T = ()> = Result<T, String>;

/// Whether an answer counts, as the oracle sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    Counts,
    Moot,
    Closed,
}

/// What the oracle says of single answers beside some facts.
pub(super) struct Possible {
    arising: Mask,
    open: Vec<Mask>,
}

impl Possible {
    pub(super) fn of(oracle: &mut Oracle<'_>, facts: &Facts) -> Self {
        let (arising, open) = oracle.possible(facts);
        Self { arising, open }
    }

    pub(super) fn arises(&self, question: usize) -> bool {
        self.arising & 1 << question != 0
    }

    pub(super) fn open(&self, question: usize) -> Mask {
        self.open[question]
    }

    pub(super) fn point(&self, question: usize, answer: Answer) -> Point {
        match answer {
            _ if !self.arises(question) => Point::Moot,
            Answer::Known(set) | Answer::Partial(set) if set & !self.open[question] != 0 => Point::Closed,
            _ => Point::Counts,
        }
    }
}

/// Somebody who is interviewed, and what is known to both sides.
struct Walk<'w, 'a> {
    rs: &'a Ruleset,
    engine: &'w Engine,
    oracle: &'w mut Oracle<'a>,
    rng: &'w mut Rng,
    tally: &'w mut Tally,
    session: Session<'w>,
    facts: Facts,
    /// How many more questions there can be, as it was told, since an answer was changed last.
    at_most: usize,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// An interview that starts from nothing, or from what a manifest brought along.
    fn start(s: &'w mut Subject<'a>) -> Self {
        let mut facts = facts(s.rs, &mut s.rng);
        if s.rng.chance(75) {
            facts.answers.fill(Answer::Absent);
        }
        let Subject { rs, engine, oracle, rng, tally } = s;
        let mut session = Session::new(engine.ruleset(), engine.exchange(&facts), date(facts.as_of));
        session.set_moot_aside();
        facts.answers = engine.answers(&session.exchange().facts);
        Self { rs, engine, oracle, rng, tally, session, facts, at_most: usize::MAX }
    }

    fn wrong<T>(&self, what: &str) -> Checked<T> {
        let (seed, ruleset, facts) = (self.rs.seed, printed(self.rs), printed_facts(self.rs, &self.facts));
        Err(format!("seed {seed}: {what}\n{ruleset}--- facts\n{facts}"))
    }

    /// What is set aside, in our words.
    fn aside(&self) -> Vec<Answer> {
        let mut aside = TheirFacts::default();
        for q in 0..self.rs.questions.len() {
            let ix = self.engine.question(q);
            if let Some(value) = self.session.aside(ix) {
                aside.set(ix, TheirAnswer { value: value.clone(), given: Given::Unstated });
            }
        }
        self.engine.answers(&aside)
    }

    /// What comes next is what the oracle says: the first question that matters, or nothing, or nothing more at all.
    fn look(&mut self) -> Checked<(Option<usize>, Verdict)> {
        let (wanted, witnesses) = self.oracle.verdict(&self.facts);
        let seen = self.engine.read_advice(self.session.advice());
        if seen != wanted {
            return self.wrong("the advice is not that of the answers");
        }
        let next = self.session.what_next();
        let right = match next {
            Next::Screened => wanted.outcome == Outcome::Screened,
            Next::Nothing => wanted.outcome != Outcome::Screened && wanted.open.is_empty(),
            Next::Ask(q) => wanted.outcome != Outcome::Screened && wanted.open.first() == Some(&self.engine.ours(q)),
        };
        if !right {
            return self.wrong(&format!("{next:?} comes next, and {:?} matter", wanted.open));
        }
        let progress = self.session.progress();
        let answered = where_answer(self.rs, &self.facts, |a| a != Answer::Absent).len();
        let least = if next == Next::Screened { 0 } else { wanted.open.len() };
        if progress.answered != answered || progress.at_most < least || progress.at_most > self.at_most {
            return self.wrong(&format!("{progress:?} where there were at most {}", self.at_most));
        }
        self.at_most = progress.at_most;
        let Next::Ask(question) = next else { return Ok((None, wanted)) };
        let q = self.engine.ours(question);
        let possible = Possible::of(self.oracle, &self.facts);
        if witnesses.iter().all(|w| w.question != q) || !possible.arises(q) {
            return self.wrong(&format!("{} is asked, and is idle", self.rs.questions[q].id));
        }
        self.tally.add("questions asked", 1);
        Ok((Some(q), wanted))
    }

    /// The options offered are those that may be open.
    fn offered(&mut self, q: usize) -> Checked<Mask> {
        let possible = Possible::of(self.oracle, &self.facts);
        let offers = self.session.offers(self.engine.question(q));
        let (yes, no): (Vec<Offer>, Vec<Offer>) = offers.into_iter().partition(|offer| offer.open);
        let [yes, no] = [yes, no].map(|of| of.iter().map(|offer| offer.option).collect::<Vec<_>>());
        let (yes, no) = (self.engine.mask(q, &yes), self.engine.mask(q, &no));
        let right = if possible.arises(q) { possible.open(q) } else { 0 };
        if yes != right || yes | no != self.rs.offered(q) {
            return self.wrong(&format!("{} offers {yes:b}, and {right:b} may be open", self.rs.questions[q].id));
        }
        self.tally.add("closed options not offered", usize::from(no != 0));
        Ok(yes)
    }

    /// An answer to a question: known, unknown, in part, or none of these; now and then one that is closed.
    fn answer(&mut self, q: usize) -> Checked<Answer> {
        let offered = self.offered(q)?;
        let any = self.rng.chance(4);
        let values: Vec<Mask> = self.rs.values(q).into_iter().filter(|set| any || set & !offered == 0).collect();
        if self.rs.questions[q].kind == Kind::Text {
            return Ok(Answer::Words);
        }
        if values.is_empty() || self.rng.chance(12) {
            return Ok(Answer::Unknown);
        }
        let set = self.rng.pick(&values);
        let part = self.rs.questions[q].kind == Kind::AnyOf && set != 0 && self.rng.chance(15);
        Ok(if part { Answer::Partial(set) } else { Answer::Known(set) })
    }

    /// Gives an answer, and sees that exactly those answers are dropped that no longer count, and those come back that do.
    fn give(&mut self, q: usize, answer: Answer) -> Checked<Effect> {
        let (before, aside) = (self.facts.clone(), self.aside());
        let question = self.engine.question(q);
        let value = self.engine.value(q, answer).expect("an answer");
        let preview = self.session.preview(question, &value);
        if self.engine.answers(&self.session.exchange().facts) != before.answers || self.aside() != aside {
            return self.wrong("to look at an answer changed something");
        }
        let effect = self.session.answer(question, &value);
        if effect != preview {
            return self.wrong(&format!("{effect:?} is not what was told before, {preview:?}"));
        }
        self.facts.answers = self.engine.answers(&self.session.exchange().facts);
        let (set_aside, wanted) = self.expected(&before, &aside, q, answer);
        let id = &self.rs.questions[q].id;
        let what = format!("after {id}: {answer:?} the effect is {effect:?}, the answers {:?}", self.facts.answers);
        if effect != wanted || self.aside() != set_aside {
            let was = printed_facts(self.rs, &before);
            return self
                .wrong(&format!("{what}\nwanted {wanted:?} and aside {set_aside:?}; before:\n{was}\n{aside:?}"));
        }
        for (list, what) in [(&effect.moot, "moot"), (&effect.closed, "closed"), (&effect.unknown, "unknown")] {
            self.tally.add(&format!("answers dropped: {what}"), list.len());
        }
        self.tally.add("answers brought back", effect.restored.len());
        // An answer never makes it longer, but where it changes another or closes one.
        let asked_anew = before.answers[q] != Answer::Absent || !effect.closed.is_empty();
        self.at_most = if asked_anew { usize::MAX } else { self.at_most };
        Ok(effect)
    }

    /// What the oracle says of each answer beside the answers that there are now. Whether a question arises and an option is
    /// open reads earlier questions only, so no other answers would do.
    fn expected(&mut self, before: &Facts, aside: &[Answer], q: usize, answer: Answer) -> (Vec<Answer>, Effect) {
        let (was, now) = (Possible::of(self.oracle, before), Possible::of(self.oracle, &self.facts));
        let (mut effect, mut set_aside) = (Effect::default(), aside.to_vec());
        set_aside[q] = Answer::Absent;
        let mut wanted = before.answers.clone();
        wanted[q] = answer;
        for other in (0..wanted.len()).filter(|other| *other != q) {
            let ix = self.engine.question(other);
            let (is, away) = (before.answers[other], aside[other]);
            let counted = is != Answer::Absent && was.point(other, is) == Point::Counts;
            let list = match now.point(other, is) {
                Point::Counts if is == Answer::Absent && away != Answer::Absent => {
                    if now.point(other, away) == Point::Counts {
                        (wanted[other], set_aside[other]) = (away, Answer::Absent);
                        effect.restored.push(ix);
                    }
                    continue;
                }
                Point::Moot if is == Answer::Unknown => &mut effect.unknown,
                Point::Moot => &mut effect.moot,
                Point::Closed => &mut effect.closed,
                Point::Counts => continue,
            };
            if counted {
                list.push(ix);
                (wanted[other], set_aside[other]) = (Answer::Absent, is);
            }
        }
        let known = |answers: &[Answer]| answers.iter().map(|a| format!("{a:?}")).collect::<Vec<_>>().join(", ");
        assert_eq!(known(&wanted), known(&self.facts.answers), "{}", self.wrong::<()>("other answers").unwrap_err());
        (set_aside, effect)
    }

    /// Changes an answer; more often than not undoes it, which brings back all that it dropped, and nothing else.
    fn change(&mut self, q: usize) -> Checked {
        let old = self.facts.answers[q];
        let (before, aside) = (self.facts.clone(), self.aside());
        let possible = Possible::of(self.oracle, &before);
        let all_count = (0..before.answers.len())
            .all(|q| before.answers[q] == Answer::Absent || possible.point(q, before.answers[q]) == Point::Counts);
        let new = self.answer(q)?;
        let done = self.give(q, new)?;
        self.tally.add("answers changed", 1);
        if !self.rng.chance(60) {
            return Ok(());
        }
        let newer = self.reanswer(&done)?;
        let undone = self.give(q, old)?;
        if !all_count {
            return Ok(());
        }
        // What was answered anew in between stays as long as it counts.
        let mut wanted = before.answers.clone();
        if let Some((other, answer)) = newer {
            let back = Possible::of(self.oracle, &self.facts).point(other, answer) == Point::Counts;
            wanted[other] = if back { answer } else { Answer::Absent };
            let kept = self.facts.answers[other] == wanted[other];
            self.tally.add("newer answers kept", usize::from(back));
            return if kept { Ok(()) } else { self.wrong("a newer answer is not kept") };
        }
        let back = undone.restored.iter().copied().eq(sorted(done.dropped()));
        if wanted != self.facts.answers || aside != self.aside() || !back {
            return self.wrong(&format!(
                "{} was changed to {new:?} and back:\n{}",
                self.rs.questions[q].id,
                printed_facts(self.rs, &before)
            ));
        }
        self.tally.add("changes undone that had dropped something", usize::from(!undone.restored.is_empty()));
        Ok(())
    }

    /// Answers one of the questions that a change dropped since their options are closed, now and then.
    fn reanswer(&mut self, done: &Effect) -> Checked<Option<(usize, Answer)>> {
        let Some(closed) = done.closed.first().copied().filter(|_| self.rng.chance(50)) else { return Ok(None) };
        let other = self.engine.ours(closed);
        let answer = self.answer(other)?;
        self.give(other, answer)?;
        Ok(Some((other, answer)))
    }

    /// At the end nothing that was not asked could change anything; and the advice is that of the answers, however they came.
    fn end(&mut self, verdict: &Verdict) -> Checked {
        // The safety screen ends the questions whatever matters.
        let screened = verdict.outcome == Outcome::Screened;
        for q in where_answer(self.rs, &self.facts, |a| a == Answer::Absent && !screened) {
            let values = self.rs.values(q);
            let more = with(&self.facts, q, Answer::Known(self.rng.pick(&values)));
            let (after, _) = self.oracle.verdict(&more);
            let shown = |v: &Verdict| -> Vec<Mask> {
                (0..self.rs.derived.len()).filter(|d| self.rs.derived[*d].shown).map(|d| v.derived[d]).collect()
            };
            if (after.outcome, &after.statuses, shown(&after)) != (verdict.outcome, &verdict.statuses, shown(verdict)) {
                return self.wrong(&format!("{} was not asked, and matters", self.rs.questions[q].id));
            }
            self.tally.add("questions not asked", 1);
        }
        let (exchange, as_of) = (self.session.exchange().clone(), date(self.facts.as_of));
        let scratch = evaluate(self.engine.ruleset(), &exchange, as_of);
        if scratch != *self.session.advice() {
            return self.wrong("the advice is not that of the same answers from scratch");
        }
        // The same answers in any order, none of which drops another.
        let mut known: Vec<QuestionIx> = exchange.facts.iter().map(|(ix, _)| ix).collect();
        let mut empty = exchange.clone();
        empty.facts = TheirFacts::default();
        let mut again = Session::new(self.engine.ruleset(), empty, as_of);
        while !known.is_empty() {
            let ix = known.swap_remove(self.rng.below(known.len()));
            again.answer(ix, &exchange.facts.get(ix).unwrap().value);
        }
        let possible = Possible::of(self.oracle, &self.facts);
        let all_count = (0..self.rs.questions.len()).all(|q| match self.facts.answers[q] {
            Answer::Absent => true,
            answer => possible.point(q, answer) == Point::Counts,
        });
        if all_count && (again.exchange().facts.iter().ne(exchange.facts.iter()) || scratch != *again.advice()) {
            return self.wrong("the same answers in another order give something else");
        }
        self.tally.add("interviews that ended", 1);
        Ok(())
    }
}

fn sorted(of: impl Iterator<Item = QuestionIx>) -> impl Iterator<Item = QuestionIx> {
    let mut of: Vec<QuestionIx> = of.collect();
    of.sort_unstable();
    of.into_iter()
}

/// An interview with detours, to its end.
fn walk(s: &mut Subject<'_>) -> Checked {
    let mut walk = Walk::start(s);
    let mut detours = walk.rng.below(5);
    loop {
        let (next, verdict) = walk.look()?;
        let answered: Vec<usize> =
            (0..walk.rs.questions.len()).filter(|q| walk.facts.answers[*q] != Answer::Absent).collect();
        let detour = detours > 0 && !answered.is_empty() && (next.is_none() || walk.rng.chance(35));
        if detour {
            detours -= 1;
            let q = walk.rng.pick(&answered);
            walk.change(q)?;
        } else if let Some(q) = next {
            let answer = walk.answer(q)?;
            walk.give(q, answer)?;
        } else {
            walk.tally.add("interviews screened", usize::from(verdict.outcome == Outcome::Screened));
            return walk.end(&verdict);
        }
    }
}

/// A quick interview: where it is over, no completion has another outcome.
fn quick(s: &mut Subject<'_>) -> Checked {
    let mut walk = Walk::start(s);
    let engine = walk.engine;
    walk.session = Session::new(engine.ruleset(), engine.exchange(&walk.facts), date(walk.facts.as_of)).quick();
    loop {
        let (wanted, _) = walk.oracle.verdict(&walk.facts);
        let ends = is_final(engine.ruleset(), walk.session.advice());
        let next = walk.session.what_next();
        if wanted.outcome == Outcome::Screened {
            return if next == Next::Screened { Ok(()) } else { walk.wrong("not screened") };
        }
        if ends != (next == Next::Nothing) && (ends || !wanted.open.is_empty()) {
            return walk.wrong(&format!("{next:?} comes next in a quick interview, and final is {ends}"));
        }
        if ends {
            let outcomes = walk.oracle.outcomes(&walk.facts);
            if let Some(other) = outcomes.iter().find(|outcome| **outcome != wanted.outcome) {
                return walk.wrong(&format!("{:?} is final, and can be {other:?}", wanted.outcome));
            }
            walk.tally.add(&format!("{:?} is final", wanted.outcome), 1);
            walk.tally.add("questions spared", wanted.open.len());
        }
        let Next::Ask(question) = next else { return Ok(()) };
        let q = engine.ours(question);
        let answer = walk.answer(q)?;
        walk.session.answer(question, &engine.value(q, answer).unwrap());
        walk.facts.answers = engine.answers(&walk.session.exchange().facts);
    }
}

fn hold(seeds: std::ops::Range<u64>, times: usize, check: fn(&mut Subject<'_>) -> Checked) -> Tally {
    seeds::hold(seeds, |seed| {
        let rs = middling(seed);
        let mut subject = Subject::new(&rs)?;
        (0..times).try_for_each(|_| check(&mut subject))?;
        Ok(subject.tally)
    })
}

#[test]
fn interviews_ask_what_matters_and_forget_what_does_not() {
    let tally = hold(80_000..80_500, 3, walk);
    let often = ["questions asked", "questions not asked", "interviews that ended", "answers changed"];
    assert_seen(&tally, 1_000, &often);
    let seldom = [
        "answers dropped: moot",
        "answers dropped: closed",
        "answers dropped: unknown",
        "answers brought back",
        "changes undone that had dropped something",
        "closed options not offered",
        "interviews screened",
    ];
    assert_seen(&tally, 15, &seldom);
    assert_seen(&tally, 4, &["newer answers kept"]);
}

#[test]
fn a_quick_interview_ends_where_nothing_changes_the_outcome() {
    let tally = hold(81_000..81_300, 3, quick);
    let outcomes = ["Stop", "Refer", "ActFirst", "Ready"].map(|outcome| format!("{outcome} is final"));
    assert_seen(&tally, 10, &outcomes);
    assert_seen(&tally, 100, &["questions spared"]);
}

/// A session that was asked many things gives the advice of one that was asked nothing.
#[test]
fn looking_changes_nothing() {
    let rs = middling(82_000);
    let mut s = Subject::new(&rs).unwrap();
    let facts = facts(s.rs, &mut s.rng);
    let exchange = s.engine.exchange(&facts);
    let mut session = Session::new(s.engine.ruleset(), exchange.clone(), date(facts.as_of));
    for q in 0..s.rs.questions.len() {
        let ix = s.engine.question(q);
        let looked = (session.what_next(), session.progress(), session.before(Some(ix)), session.texts());
        let again = (session.what_next(), session.progress(), session.before(Some(ix)), session.texts());
        assert_eq!(looked, again);
        assert_eq!((session.offers(ix), session.hanging_on(ix)), (session.offers(ix), session.hanging_on(ix)));
    }
    let advice = Evaluator::new(s.engine.ruleset()).evaluate(&exchange, date(facts.as_of));
    assert_eq!(session.advice(), &advice);
    assert_eq!(session.exchange(), &exchange);
}
