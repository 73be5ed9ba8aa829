//! How long it takes to work on a large ruleset, and how that grows: `cargo bench --bench rules`.
//!
//! Each figure is the least of some runs, each in a process of its own, so that its peak memory is its own too. The ratio is to the
//! time it takes to read and compile the same ruleset from its YAML, in the same process. `cargo bench --bench rules -- verify 1 2`
//! measures one thing at some sizes only.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark reads the clock, starts programs and prints"
)]

mod generated;

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use clearshare::cases::run;
use clearshare::compare::compare;
use clearshare::finding::Code;
use clearshare::mutate::{ALLOWANCE, Only, Settings, Verdict, mutate};
use clearshare::rulefile::{Loaded, read_ruleset};
use clearshare::verify::{Property, Verification, verify};

use generated::{Files, Hardness, hard, hardness, large, with_cases};

/// What is measured, the runs of which the least is told, and the seconds that the first size may take.
const ALL: [(&str, usize, Option<f64>); 5] = [
    ("read", 5, None),
    ("verify", 3, Some(30.0)),
    ("diff", 3, Some(10.0)),
    ("test", 5, Some(1.0)),
    ("mutate", 1, Some(60.0)),
];
const SIZES: [usize; 4] = [1, 2, 4, 8];
/// How many cases a ruleset has, whatever its size.
const CASES: usize = 1_000;
/// How many rules the second version changes.
const CHANGED: usize = 10;
/// How many questions and rules the hard ruleset has.
const HARD: (usize, usize) = (500, 2_000);
/// The word with which this program starts itself.
const ONE: &str = "--one";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [first, what, size] = args.as_slice()
        && first == ONE
    {
        return one(what, size.parse().unwrap());
    }
    let wanted = |what: &str| args.iter().all(|arg| arg.parse::<usize>().is_ok()) || args.iter().any(|arg| arg == what);
    let sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    for (what, runs, budget) in ALL.into_iter().filter(|(what, ..)| wanted(what)) {
        for size in &sizes {
            let budget =
                budget.filter(|_| *size == 1).map_or_else(String::new, |most| format!(" (under {most} s wanted)"));
            println!("{what}, size {size}: {}{budget}", least(what, *size, runs));
        }
    }
    if wanted("hard") {
        println!("verify the hard ruleset: {}", least("hard", 1, 1));
    }
}

/// The line of the run that took least.
fn least(what: &str, size: usize, runs: usize) -> String {
    let run = |_| {
        let program = std::env::current_exe().unwrap();
        let output = Command::new(program).args([ONE, what, &size.to_string()]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let line = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        let (nanoseconds, line) = line.split_once(' ').unwrap();
        (nanoseconds.parse::<u128>().unwrap(), line.to_owned())
    };
    (0..runs).map(run).min().unwrap().1
}

/// Measures one thing in this process: its nanoseconds, and what is told of it.
fn one(what: &str, size: usize) {
    let files = match what {
        "hard" => hard(HARD.0, HARD.1),
        "test" | "mutate" => with_cases(&large(size, 0), CASES),
        _ => large(size, 0),
    };
    let changed = if what == "diff" { read(&large(size, CHANGED)).0 } else { read(&large(1, 0)).0 };
    let before = peak();
    let (loaded, reading) = read(&files);
    let as_of = loaded.ruleset.info().law_as_at;
    let (start, used) = (Instant::now(), processor_time());
    let told = match what {
        "read" => format!("{} questions, {} rules", loaded.ruleset.questions().len(), loaded.ruleset.rules().len()),
        "diff" => {
            let comparison = black_box(compare(&loaded.ruleset, &changed.ruleset).unwrap());
            format!("{} changes", comparison.changes.len())
        }
        "test" => {
            format!("{} pass", run(&loaded.ruleset, &loaded.cases).iter().filter(|result| result.passed()).count())
        }
        "mutate" => mutants(&loaded),
        _ => {
            let verification = black_box(verify(&loaded.ruleset, as_of));
            let stated: usize = verification.tallies.iter().map(|tally| tally.stated).sum();
            let told = verification.observations.len();
            let wrong = if what == "hard" { falsely_proved(&verification) } else { 0 };
            assert_eq!(wrong, 0, "rules that never apply are said to be proved to");
            format!("{stated} statements, {told} observations, not proved: {}", open(&verification))
        }
    };
    let took = if what == "read" { reading } else { start.elapsed() };
    let ratio = took.as_secs_f64() / reading.as_secs_f64();
    let memory = match (before, peak()) {
        (Some(before), Some(after)) => format!(", peak memory {after:.0} MiB ({before:.0} before)"),
        _ => String::new(),
    };
    let busy = match (used, processor_time()) {
        (Some(before), Some(after)) if what != "read" => format!(" ({:.2} s of processor time)", after - before),
        _ => String::new(),
    };
    println!("{} {took:.2?}{busy}, {ratio:.1} times reading it; {told}{memory}", took.as_nanos());
}

/// How many observations say that something was not proved, by property.
fn open(verification: &Verification) -> String {
    let count = |property: Property| {
        let of = verification.observations.iter().filter(|o| o.property == property);
        of.filter(|o| o.finding.code() == Code::NotProved).count()
    };
    let open = Property::ALL.map(|property| (property, count(property))).into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = open.map(|(property, count)| format!("{count} {}", property.as_str())).collect();
    if told.is_empty() { "none".to_owned() } else { told.join(", ") }
}

/// How many rules of the hard ruleset that never apply are said to be proved to: nothing is said of them.
fn falsely_proved(verification: &Verification) -> usize {
    let codes = [Code::RuleNeverApplies, Code::NotProved];
    let of = verification
        .observations
        .iter()
        .filter(|o| o.property == Property::Reachable && codes.contains(&o.finding.code()));
    let named: Vec<&str> =
        of.flat_map(|o| o.finding.message().split('`').filter(|name| name.starts_with("rule-"))).collect();
    let never = (0..HARD.1).filter(|number| hardness(*number) == Hardness::Never);
    never.filter(|number| !named.contains(&format!("rule-{number}").as_str())).count()
}

fn mutants(loaded: &Loaded) -> String {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let settings =
        Settings { as_of: loaded.ruleset.info().law_as_at, workers, allowance: ALLOWANCE, progress: &|_, _| {} };
    let mutation = black_box(mutate(&loaded.ruleset, &loaded.cases, &Only::default(), &settings));
    let count = |wanted: fn(&Verdict) -> bool| mutation.judged.iter().filter(|judged| wanted(&judged.verdict)).count();
    format!(
        "{} changes, {} caught, {} equivalent, {} survive, {} not proved",
        mutation.judged.len(),
        count(|verdict| matches!(verdict, Verdict::Caught(_))),
        count(|verdict| matches!(verdict, Verdict::Equivalent)),
        count(|verdict| matches!(verdict, Verdict::Survives(_))),
        count(|verdict| matches!(verdict, Verdict::NotProved)),
    )
}

/// Reads a ruleset, and how long that took: the least of three.
fn read(files: &Files) -> (Loaded, Duration) {
    let read = || {
        let start = Instant::now();
        let loaded = read_ruleset(files).unwrap_or_else(|faults| panic!("{:#?}", faults.findings));
        (loaded, start.elapsed())
    };
    let times = [(); 2].map(|()| read().1);
    let (loaded, third) = read();
    let least = times.into_iter().fold(third, Duration::min);
    (loaded, least)
}

/// The seconds that all threads of this process were at work, where the kernel tells it: in hundredths.
fn processor_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<f64> = fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
    Some(ticks.iter().sum::<f64>() / 100.0)
}

/// The most memory this process ever had, in MiB, where the kernel tells it.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()? / 1024.0)
}
