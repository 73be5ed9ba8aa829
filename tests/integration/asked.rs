//! Interviews on the real rulesets: every published case, and walks with detours. The generated rulesets have theirs in
//! `oracle/asked.rs` and `oracle/held.rs`, where every completion is looked at.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clearshare::bundled;
use clearshare::cases::{date_of, exchange_of};
use clearshare::check::{Checked, CheckedFlow, FailOn, check};
use clearshare::engine::{Advice, Evaluator, Outcome, evaluate};
use clearshare::finding::Findings;
use clearshare::interview::{Effect, Ended, Host, Next, Reply, Review, Session, hold};
use clearshare::manifest::{Flow, Interviewed, MAIN, compose, read_manifest, write_manifest};
use clearshare::model::{
    Answer, AnswerValue, Case, CaseSet, Date, Exchange, Facts, Given, Kind, MythIx, OptionIx, QuestionIx, Status,
    ValueIx,
};
use clearshare::report::{ManifestReport, json};
use clearshare::rulefile::{Loaded, read_ruleset};
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

use crate::support::Clearshare;

/// How many questions the interviews of each ruleset ask: in the median, and at most.
const TYPICAL: [(usize, usize); 2] = [(25, 35), (25, 34)];

/// The manifest, as its advice names it.
const FILE: &str = "exchange.yaml";

/// Does this to each number below `count`, on every core.
fn each(count: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        break;
                    }
                    work(at);
                }
            });
        }
    });
}

/// Every ruleset that the program holds, with its published cases.
fn rulesets() -> Vec<Loaded> {
    let loaded = bundled::all().iter().map(|bundled| {
        let mut files = bundled.files();
        // The profiles that they assume may stand in any file of cases.
        let has_profiles = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().any(|line| line == "profiles:");
        let published = |path: &str| path.starts_with("cases/published/");
        files.retain(|(path, bytes)| !path.starts_with("cases/") || published(path) || has_profiles(bytes));
        let mut loaded = read_ruleset(&files).map_err(|faults| faults.findings).expect("it has no fault");
        let paths = loaded.ruleset.files();
        loaded.cases.cases.retain(|case| published(&paths[usize::from(case.place.file.0)]));
        loaded
    });
    loaded.collect()
}

/// Somebody who knows the exchange of a case.
struct Knows<'c> {
    facts: &'c Facts,
    asked: Vec<QuestionIx>,
    kept: usize,
    /// Whether something was asked or answered since it was kept last.
    unkept: bool,
}

impl Host for Knows<'_> {
    type Error = String;

    fn ask(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Reply, String> {
        if self.unkept {
            return Err(format!("{question:?} is asked before the answer to {:?} was kept", self.asked.last()));
        }
        let told = session.progress();
        if told.answered != session.exchange().facts.iter().count() {
            return Err(format!("{told:?}"));
        }
        let is_text = session.ruleset().questions().get(question).unwrap().kind == Kind::Text;
        let answer = self.facts.get(question).map(|answer| answer.value.clone());
        if is_text {
            return Ok(Reply::Skip);
        }
        self.asked.push(question);
        self.unkept = true;
        Ok(Reply::Answer(answer.unwrap_or(AnswerValue::Unknown)))
    }

    fn may_drop(&mut self, _: &Session<'_>, effect: &Effect) -> Result<bool, String> {
        Err(format!("an interview without detours drops {effect:?}"))
    }

    fn restored(&mut self, _: &Session<'_>, effect: &Effect) -> Result<(), String> {
        Err(format!("an interview without detours brings back {effect:?}"))
    }

    fn told(&mut self, _: &mut Session<'_>) -> Result<Option<Vec<MythIx>>, String> {
        Ok(Some(Vec::new()))
    }

    fn review(&mut self, _: &mut Session<'_>) -> Result<Review, String> {
        Ok(Review::Finish)
    }

    fn keep(&mut self, session: &Session<'_>) -> Result<(), String> {
        self.unkept = false;
        self.kept += 1;
        let known = session.exchange().facts.iter().count();
        if known == self.asked.len() { Ok(()) } else { Err(format!("{known} answers are kept")) }
    }
}

/// What people are told of an exchange.
type Told<'a> = (Outcome, &'a [Status], Vec<&'a [ValueIx]>);

fn told<'a>(ruleset: &Ruleset, advice: &'a Advice) -> Told<'a> {
    let shown = ruleset.derived().iter().zip(&advice.derived).filter(|((_, fact), _)| fact.shown);
    (advice.outcome, &advice.statuses, shown.map(|(_, values)| values.as_slice()).collect())
}

/// Holds the interview of an exchange; how it ended, what was asked, and what is known then. What people are told at its end is
/// what they are told of all that there is to know, and nothing that was not asked could change it.
fn interviewed(ruleset: &Ruleset, known: &Exchange, as_of: Date) -> Result<(Ended, Vec<QuestionIx>, Exchange), String> {
    let mut session = Session::new(ruleset, Exchange { facts: Facts::default(), ..known.clone() }, as_of);
    let mut who = Knows { facts: &known.facts, asked: Vec::new(), kept: 0, unkept: false };
    let ended = hold(&mut session, &mut who)?;
    let whole = evaluate(ruleset, known, as_of);
    let answered = session.exchange().clone();
    if whole.outcome == Outcome::Screened {
        // The last answer is kept nowhere.
        assert_eq!((ended, who.kept + 1), (Ended::Screened, who.asked.len()));
        return Ok((ended, who.asked, answered));
    }
    // What the team was told is kept too.
    assert_eq!((ended, who.kept), (Ended::Finished, who.asked.len() + 1));
    let scratch = evaluate(ruleset, &answered, as_of);
    assert_eq!(session.advice(), &scratch);
    assert_eq!(told(ruleset, &scratch), told(ruleset, &whole));
    assert!(scratch.open.is_empty() && scratch.moot.is_empty());
    nothing_else_matters(ruleset, &answered, &scratch, as_of);
    Ok((ended, who.asked, answered))
}

/// Answers what was not asked, at random, and sees that nothing changes that people are told.
fn nothing_else_matters(ruleset: &Ruleset, answered: &Exchange, advice: &Advice, as_of: Date) {
    let mut evaluator = Evaluator::new(ruleset);
    let mut rng = Rng(answered.facts.iter().count() as u64);
    for _ in 0..8 {
        let mut session = Session::new(ruleset, answered.clone(), as_of);
        for question in ruleset.questions().ids() {
            let is_text = ruleset.questions().get(question).unwrap().kind == Kind::Text;
            if !is_text && session.answer_to(question).is_none() && !session.offers(question).iter().all(|o| !o.open) {
                let value = rng.answer(&mut session, question);
                session.answer(question, &value);
            }
        }
        let more = session.exchange();
        assert!(answered.facts.iter().all(|(ix, answer)| more.facts.get(ix) == Some(answer)), "an answer was dropped");
        assert_eq!(told(ruleset, &evaluator.conclude(more, as_of)), told(ruleset, advice));
    }
}

/// The advice as JSON on a manifest, read as `check` reads it. Beside an interview it says neither in which line an answer was
/// given nor whether `check` fails, since an interview has no lines and does not fail.
fn json_of_manifest(ruleset: &Ruleset, text: &str, as_of: Date, failed: Option<bool>) -> String {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(text.as_bytes(), FILE, &mut sources, &mut findings).unwrap();
    let checked = check(&mut Evaluator::new(ruleset), &manifest, as_of, &sources, &mut findings);
    assert!(findings.is_empty(), "{:?} in {text}", findings.into_sorted());
    let checked = checked.unwrap();
    assert_eq!(checked.flows.len(), 1);
    let flow = &checked.flows[0];
    match failed {
        Some(failed) => as_json(ruleset, &flow.flow.exchange, flow.advice.clone(), as_of, failed),
        None => as_json(ruleset, &without_places(&flow.flow.exchange), flow.advice.clone(), as_of, false),
    }
}

fn without_places(exchange: &Exchange) -> Exchange {
    let mut facts = Facts::default();
    for (question, answer) in exchange.facts.iter() {
        facts.set(question, Answer { value: answer.value.clone(), given: Given::Unstated });
    }
    Exchange { facts, ..exchange.clone() }
}

/// The manifest that is written at the end of an interview, and the advice as JSON of the interview.
fn written(ruleset: &Ruleset, answered: &Exchange, as_of: Date) -> (String, String) {
    // What is done and waived is nothing that an interview asks.
    let answered = Exchange { id: MAIN.to_owned(), facts: answered.facts.clone(), ..Exchange::default() };
    let interviewed = Interviewed { facts: answered.facts.clone(), told: Vec::new(), told_nothing: false };
    let advice = evaluate(ruleset, &answered, as_of);
    (compose(ruleset, &interviewed), as_json(ruleset, &answered, advice, as_of, false))
}

/// Holds the interview of a case; how it ended, and how many questions it asked.
fn held(ruleset: &Ruleset, cases: &CaseSet, case: &Case) -> (Ended, usize) {
    let as_of = date_of(ruleset, case);
    let known = exchange_of(&mut Evaluator::new(ruleset), cases, case);
    // With what a case records as done or waived, other questions may matter.
    if !known.done.is_empty() || !known.waivers.is_empty() {
        interviewed(ruleset, &known, as_of).unwrap();
    }
    // Somebody who begins has done nothing yet.
    let begins = Exchange { id: MAIN.to_owned(), facts: known.facts, ..Exchange::default() };
    let (ended, asked, answered) = interviewed(ruleset, &begins, as_of).unwrap();
    if ended == Ended::Finished {
        let (manifest, json) = written(ruleset, &answered, as_of);
        assert!(json.len() > 10_000);
        assert!(json == json_of_manifest(ruleset, &manifest, as_of, None), "{manifest}");
    }
    (ended, asked.len())
}

#[test]
fn each_published_case_as_an_interview_gives_the_advice_of_the_case() {
    let rulesets = rulesets();
    assert_eq!(rulesets.len(), TYPICAL.len());
    for (Loaded { ruleset, cases, .. }, (median, most)) in rulesets.iter().zip(TYPICAL) {
        assert!(cases.cases.len() >= 50, "{} published cases", cases.cases.len());
        let (asked, screened) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
        each(cases.cases.len(), |at| {
            let case = &cases.cases[at];
            let held = std::panic::catch_unwind(|| held(ruleset, cases, case));
            let (ended, count) = held.unwrap_or_else(|_| panic!("in the case {}", case.id));
            asked.lock().unwrap().push(count);
            screened.fetch_add(usize::from(ended == Ended::Screened), Ordering::Relaxed);
        });
        let mut asked = asked.into_inner().unwrap();
        asked.sort_unstable();
        // As docs/performance.md tells.
        let found = (asked[asked.len() / 2], asked[asked.len() - 1]);
        assert_eq!(found, (median, most), "{}, of {} cases", ruleset.reference(), asked.len());
        assert!(screened.into_inner() > 0, "no case is screened");
    }
}

/// The program, from a file of answers to `check`: the manifest is that of the interview, and the advice that of the manifest.
#[test]
fn the_program_writes_the_manifest_of_the_interview() {
    let all = rulesets();
    let Loaded { ruleset, cases, .. } = all.last().unwrap();
    let mut held = Vec::new();
    for case in cases.cases.iter().filter(|case| case.as_of.is_none()) {
        let as_of = date_of(ruleset, case);
        let known = exchange_of(&mut Evaluator::new(ruleset), cases, case);
        let begins = Exchange { id: MAIN.to_owned(), facts: known.facts, ..Exchange::default() };
        if evaluate(ruleset, &begins, as_of).moot.is_empty() {
            let (ended, asked, answered) = interviewed(ruleset, &begins, as_of).unwrap();
            held.extend((ended == Ended::Finished).then_some((asked.len(), case, begins, answered)));
        }
    }
    held.sort_by_key(|(asked, ..)| *asked);
    for (_, case, begins, answered) in [&held[0], &held[held.len() / 2], &held[held.len() - 1]] {
        let as_of = date_of(ruleset, case);
        let mut answers = answered.facts.clone();
        begins.facts.iter().for_each(|(ix, answer)| answers.set(ix, answer.clone()));
        let answers = write_manifest(ruleset, &answers, &[]);
        let on = as_of.to_string();
        let run = Clearshare::new("ask").file("answers.yaml", &answers);
        let run = run.args(["--answers", "answers.yaml", "--output", FILE, "--as-of", &on]);
        let (output, folder) = run.run_and_keep();
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}: {}", case.id, output.stdout);
        let manifest = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        let (wanted, json) = written(ruleset, answered, as_of);
        assert_eq!(manifest, wanted, "{}", case.id);
        assert!(json == json_of_manifest(ruleset, &manifest, as_of, None), "{}", case.id);
        let output =
            Clearshare::new("check").file(FILE, &manifest).args(["--format", "json", "--as-of", &on, FILE]).run();
        assert_eq!(output.stderr, "", "{}", case.id);
        let checked = json_of_manifest(ruleset, &manifest, as_of, Some(output.status == 1));
        assert!(output.stdout == checked, "{}: {}", case.id, output.stdout);
    }
}

/// Random numbers from a seed (splitmix64).
struct Rng(u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// An answer out of the open options. Most say that nothing ends the questions.
    fn answer(&mut self, session: &mut Session<'_>, question: QuestionIx) -> AnswerValue {
        let ruleset = session.ruleset();
        let open: Vec<OptionIx> =
            session.offers(question).iter().filter(|offer| offer.open).map(|offer| offer.option).collect();
        let kind = ruleset.questions().get(question).unwrap().kind;
        if kind == Kind::AnyOf && ruleset.is_screening(question) && !self.chance(2) {
            return AnswerValue::Any { chosen: Vec::new(), more: false };
        }
        if open.is_empty() || self.chance(8) {
            return AnswerValue::Unknown;
        }
        if kind != Kind::AnyOf {
            return AnswerValue::One(open[self.below(open.len())]);
        }
        let wanted = self.below(4);
        let mut chosen: Vec<OptionIx> = (0..wanted).map(|_| open[self.below(open.len())]).collect();
        chosen.sort_unstable();
        chosen.dedup();
        let more = !chosen.is_empty() && self.chance(10);
        AnswerValue::Any { chosen, more }
    }
}

/// Gives an answer and sees that it does what was told before.
fn give(session: &mut Session<'_>, question: QuestionIx, value: &AnswerValue) -> Effect {
    let before = session.exchange().facts.clone();
    let preview = session.preview(question, value);
    assert!(same(&session.exchange().facts, &before));
    let effect = session.answer(question, value);
    assert_eq!(effect, preview);
    let after = &session.exchange().facts;
    let dropped: Vec<QuestionIx> = effect.dropped().collect();
    for ix in session.ruleset().questions().ids().filter(|ix| *ix != question) {
        match (before.get(ix), after.get(ix)) {
            (Some(_), None) => assert!(dropped.contains(&ix)),
            (None, Some(_)) => assert!(effect.restored.contains(&ix)),
            (was, is) => assert!(was == is && !dropped.contains(&ix) && !effect.restored.contains(&ix)),
        }
    }
    effect
}

fn same(one: &Facts, other: &Facts) -> bool {
    one.iter().eq(other.iter())
}

fn as_json(ruleset: &Ruleset, exchange: &Exchange, advice: Advice, as_of: Date, failed: bool) -> String {
    let flow = Flow { exchange: exchange.clone(), places: Vec::new(), waivers: Vec::new() };
    let checked = Checked { flows: vec![CheckedFlow { flow, advice }] };
    let mut out = Vec::new();
    let mut writer = json::Writer::begin(&mut out, as_of).unwrap();
    let report = ManifestReport {
        path: FILE,
        ruleset,
        as_of,
        checked: &checked,
        notices: &[],
        waivers: &[],
        since: None,
        findings: &[],
        sources: &Sources::new(),
        fail_on: FailOn::Stop,
        failed,
    };
    writer.advice(&mut out, &mut Evaluator::new(ruleset), &report).unwrap();
    writer.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// An interview with detours; how many answers were dropped and brought back on the way.
fn walk(ruleset: &Ruleset, seed: u64) -> (usize, usize) {
    let as_of = ruleset.info().law_as_at;
    let mut rng = Rng(seed);
    let empty = Exchange { id: "main".to_owned(), ..Exchange::default() };
    let mut session = Session::new(ruleset, empty.clone(), as_of);
    let (mut at_most, mut detours, mut dropped, mut restored) = (usize::MAX, rng.below(4), 0, 0);
    loop {
        let next = session.what_next();
        if next == Next::Screened {
            return (dropped, restored);
        }
        let progress = session.progress();
        assert!(progress.at_most <= at_most, "seed {seed}: {progress:?} where there were at most {at_most}");
        assert!(next == Next::Nothing || progress.at_most > 0, "seed {seed}");
        at_most = progress.at_most;
        let answered: Vec<QuestionIx> = session.exchange().facts.iter().map(|(ix, _)| ix).collect();
        let effect = if detours > 0 && answered.len() > 4 && (next == Next::Nothing || rng.chance(12)) {
            detours -= 1;
            // Not the safety screen: that ends it.
            let question = answered[1 + rng.below(answered.len() - 1)];
            let old = session.answer_to(question).unwrap().clone();
            let before = session.exchange().facts.clone();
            let new = rng.answer(&mut session, question);
            let done = give(&mut session, question, &new);
            let undone = give(&mut session, question, &old);
            let mut all: Vec<QuestionIx> = done.dropped().collect();
            all.sort_unstable();
            assert!(same(&session.exchange().facts, &before), "seed {seed}: {done:?}, {undone:?}");
            assert_eq!(undone.restored, all, "seed {seed}");
            dropped += all.len();
            restored += undone.restored.len();
            at_most = usize::MAX;
            if rng.chance(70) { give(&mut session, question, &new) } else { undone }
        } else if let Next::Ask(question) = next {
            at_most -= 1;
            let value = rng.answer(&mut session, question);
            give(&mut session, question, &value)
        } else {
            break;
        };
        restored += effect.restored.len();
        if !effect.closed.is_empty() {
            at_most = usize::MAX;
        }
    }
    // The same answers, one after another and backwards: the same advice, byte for byte.
    let exchange = session.exchange().clone();
    let mut again = Session::new(ruleset, empty, as_of);
    let known: Vec<QuestionIx> = exchange.facts.iter().map(|(ix, _)| ix).collect();
    known.iter().rev().for_each(|ix| drop(again.answer(*ix, &exchange.facts.get(*ix).unwrap().value)));
    assert!(same(&again.exchange().facts, &exchange.facts), "seed {seed}");
    let scratch = evaluate(ruleset, &exchange, as_of);
    assert_eq!(session.advice(), &scratch, "seed {seed}");
    let json = as_json(ruleset, &exchange, scratch, as_of, false);
    let advice = again.advice().clone();
    assert!(json == as_json(ruleset, again.exchange(), advice, as_of, false), "seed {seed}");
    assert!(json.len() > 1_000);
    (dropped, restored)
}

#[test]
fn detours_change_nothing_but_what_they_say() {
    let rulesets: Vec<Ruleset> = bundled::all().iter().map(|bundled| bundled.load().unwrap()).collect();
    let (dropped, restored) = (AtomicUsize::new(0), AtomicUsize::new(0));
    each(300, |at| {
        let (d, r) = walk(&rulesets[at % rulesets.len()], at as u64);
        dropped.fetch_add(d, Ordering::Relaxed);
        restored.fetch_add(r, Ordering::Relaxed);
    });
    let (dropped, restored) = (dropped.into_inner(), restored.into_inner());
    assert!(dropped > 100 && restored > 100, "{dropped} answers dropped, {restored} brought back");
}
