//! How long it takes to decide what an interview asks next, as docs/performance.md tells it: `cargo bench --bench interview`.
//!
//! The states are those that interviews meet which are answered at random, from a fixed seed. In each, what is measured is
//! measured in turn, three times, and the fastest counts: a state is as slow as its work, not as whatever else runs. What is not
//! the next question and takes long is measured once.
//! `cargo bench --bench interview -- 1000` takes a thousand states instead of ten.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock and prints"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use clearshare::bundled;
use clearshare::cases::interviews;
use clearshare::engine::Evaluator;
use clearshare::interview::Session;
use clearshare::model::{Answer, AnswerValue, Date, Exchange, Given, Kind, OptionIx, QuestionIx};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;

const STATES: usize = 10_000;

/// Beside the next question, what takes as long as this is measured once.
const LONG: Duration = Duration::from_millis(20);

fn main() {
    let bundled = bundled::newest("uk-border").unwrap();
    let ruleset = bundled.load().unwrap();
    let as_of = ruleset.info().law_as_at;
    println!(
        "ruleset {}: {} questions, {} rules",
        ruleset.reference(),
        ruleset.questions().len(),
        ruleset.rules().len()
    );
    let wanted = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(STATES);
    let states = states(&ruleset, as_of, wanted);
    println!("{} states\n", states.len());
    let (mut plain, mut next, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let mut evaluator = Evaluator::new(&ruleset);
    for state in &states {
        let [mut a, mut b, mut c] = [Duration::MAX; 3];
        for round in 0..3 {
            if round == 0 || a < LONG {
                a = a.min(time(|| drop(black_box(evaluator.conclude(black_box(state), as_of)))));
            }
            b = b.min(time(|| {
                black_box(evaluator.next_question(black_box(state), as_of));
            }));
            if round == 0 || c < LONG {
                c = c.min(time(|| drop(black_box(evaluator.evaluate(black_box(state), as_of)))));
            }
        }
        plain.push(a);
        next.push(b);
        whole.push(c);
    }
    tell("the advice without what would settle it (plain)", &plain, &plain);
    tell("the next question / plain", &next, &plain);
    tell("the whole advice, with how many questions there can be at most / plain", &whole, &plain);
    let mut steps = Vec::new();
    for state in &states {
        let mut session = Session::new(&ruleset, state.clone(), as_of);
        steps.push(time(|| {
            black_box((session.what_next(), session.progress()));
        }));
    }
    tell("all that is shown with a question: what comes next, and progress / plain", &steps, &plain);
    published(&bundled.files());
}

/// The states of interviews with random answers.
fn states(ruleset: &Ruleset, as_of: Date, wanted: usize) -> Vec<Exchange> {
    let mut evaluator = Evaluator::new(ruleset);
    let (mut rng, mut states) = (Rng(1), Vec::new());
    while states.len() < wanted {
        let mut exchange = Exchange::default();
        while let Some(question) = evaluator.next_question(&exchange, as_of) {
            states.push(exchange.clone());
            evaluator.consider(&exchange.facts);
            let open = evaluator.offered(question);
            let value = rng.answer(ruleset, question, &open);
            exchange.facts.set(question, Answer { value, given: Given::Unstated });
        }
    }
    states.truncate(wanted);
    states
}

fn published(files: &[(String, Vec<u8>)]) {
    let loaded = read_ruleset(files).ok().unwrap();
    let held = interviews(&mut Evaluator::new(&loaded.ruleset), &loaded.cases);
    let mut asked: Vec<usize> = held.iter().map(|held| held.asked.len()).collect();
    asked.sort_unstable();
    let (median, most) = (asked[asked.len() / 2], asked[asked.len() - 1]);
    println!("{} published cases: median {median} questions, most {most}", asked.len());
}

fn tell(what: &str, ours: &[Duration], theirs: &[Duration]) {
    let mut ratios: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let mut times = ours.to_vec();
    times.sort_unstable();
    let ms = |at: usize| times[at].as_secs_f64() * 1e3;
    println!(
        "{what}: {:.2} times (median), at most {:.1} times; median {:.3} ms, 99 in 100 within {:.3} ms, slowest {:.3} ms",
        ratios[ratios.len() / 2],
        ratios[ratios.len() - 1],
        ms(times.len() / 2),
        ms(times.len() * 99 / 100),
        ms(times.len() - 1),
    );
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
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

    /// An answer out of the open options; one in ten is "I do not know". A screening answer is "no" more often than not, or no
    /// interview would be long.
    fn answer(&mut self, ruleset: &Ruleset, question: QuestionIx, open: &[OptionIx]) -> AnswerValue {
        let several = ruleset.questions().get(question).unwrap().kind == Kind::AnyOf;
        let screening = ruleset.is_screening(question);
        if open.is_empty() || !screening && self.below(10) == 0 {
            return AnswerValue::Unknown;
        }
        if !several {
            let last = screening && self.below(20) != 0;
            let at = if last { open.len() - 1 } else { self.below(open.len()) };
            return AnswerValue::One(open[at]);
        }
        let wanted = if screening && self.below(20) != 0 { 0 } else { self.below(4).min(open.len()) };
        let mut chosen: Vec<OptionIx> = (0..wanted).map(|_| open[self.below(open.len())]).collect();
        chosen.sort_unstable();
        chosen.dedup();
        let more = !chosen.is_empty() && !screening && self.below(8) == 0;
        AnswerValue::Any { chosen, more }
    }
}
