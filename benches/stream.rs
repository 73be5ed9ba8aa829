//! The figures of `check --stream` in docs/performance.md: `cargo bench --bench stream`.
//!
//! The lines are the exchanges of the newest embedded ruleset's own cases: complete ones, on which every rule's status is known,
//! and the others. Ours and the other are measured in turn, and the median is taken. `cargo bench --bench stream -- 100000` has the
//! program answer so many lines instead of a million.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark reads the clock, starts programs and prints"
)]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use clearshare::bundled;
use clearshare::cases::exchange_of;
use clearshare::check::FailOn;
use clearshare::engine::{Brief, Evaluator};
use clearshare::manifest::write_manifest;
use clearshare::model::{Date, Exchange, Status};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;
use clearshare::stream::{Advisor, Came, Rulesets, Setup};

fn main() {
    let bundled = bundled::newest("uk-border").unwrap();
    let ruleset = bundled.load().unwrap();
    let as_of = ruleset.info().law_as_at;
    println!("ruleset {}: {} rules", ruleset.reference(), ruleset.rules().len());
    let exchanges = exchanges(&ruleset, &bundled.files());
    let (complete, incomplete) = sorted(&ruleset, &exchanges, as_of);
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    for (what, lines) in [("complete", &complete), ("incomplete", &incomplete)] {
        let answers: usize = lines.iter().map(|line| line.exchange.facts.iter().count()).sum();
        let bytes: usize = lines.iter().map(|line| line.text.len()).sum();
        println!(
            "\n{} {what} lines: {:.1} answers and {} bytes each",
            lines.len(),
            answers as f64 / lines.len() as f64,
            bytes / lines.len()
        );
        ratio(&ruleset, lines, as_of);
    }
    whole(&complete, as_of, numbers.first().copied().unwrap_or(1_000_000));
}

/// An exchange, and the line that states it.
struct Line {
    exchange: Exchange,
    text: String,
}

fn exchanges(ruleset: &Ruleset, files: &[(String, Vec<u8>)]) -> Vec<Exchange> {
    let cases = read_ruleset(files).unwrap().cases;
    let mut evaluator = Evaluator::new(ruleset);
    cases.cases.iter().map(|case| exchange_of(&mut evaluator, &cases, case)).collect()
}

/// The lines of exchanges on which every rule's status is known, and of the others.
fn sorted(ruleset: &Ruleset, exchanges: &[Exchange], as_of: Date) -> (Vec<Line>, Vec<Line>) {
    let (mut evaluator, mut brief) = (Evaluator::new(ruleset), Brief::default());
    let (mut complete, mut incomplete) = (Vec::new(), Vec::new());
    for exchange in exchanges {
        let mut exchange = exchange.clone();
        for moot in evaluator.moot(&exchange.facts) {
            exchange.facts.remove(moot);
        }
        evaluator.brief(&exchange, as_of, &mut brief);
        let line = Line { text: line(ruleset, &exchange), exchange };
        if brief.statuses().contains(&Status::Undetermined) { &mut incomplete } else { &mut complete }.push(line);
    }
    (complete, incomplete)
}

fn line(ruleset: &Ruleset, exchange: &Exchange) -> String {
    let yaml = write_manifest(ruleset, &exchange.facts, &[]);
    serde_json::to_string(&yaml_serde::from_str::<yaml_serde::Value>(&yaml).unwrap()).unwrap()
}

/// One thread of the library against `serde_json`, on the same lines.
fn ratio(ruleset: &Ruleset, lines: &[Line], as_of: Date) {
    let notices: &clearshare::stream::Notices<'_> = &|_, _, _| Vec::new();
    let setup = Setup { rulesets: Rulesets::pinned(), as_of, fail_on: FailOn::Stop, full: false, notices };
    let (mut advisor, mut evaluator, mut brief) = (Advisor::new(&setup), Evaluator::new(ruleset), Brief::default());
    let (mut theirs, mut ours, mut plain, mut out) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..7 {
        theirs.push(time(|| {
            for line in lines {
                black_box(serde_json::from_str::<serde_json::Value>(black_box(&line.text)).unwrap());
            }
        }));
        ours.push(time(|| {
            for line in lines {
                out.clear();
                let came = advisor.line(1, Some(black_box(line.text.as_bytes())), &mut out).unwrap();
                assert_ne!(came, Came::Faulty, "{}\n{}", line.text, String::from_utf8_lossy(&out));
            }
        }));
        plain.push(time(|| {
            for line in lines {
                evaluator.brief(black_box(&line.exchange), as_of, &mut brief);
            }
        }));
    }
    let each = |times: &mut Vec<Duration>| middle(times).as_secs_f64() * 1e6 / lines.len() as f64;
    let (theirs, ours, plain) = (each(&mut theirs), each(&mut ours), each(&mut plain));
    println!(
        "a line in, a line out / serde_json into its value: {:.1} times as long: {ours:.1} µs / {theirs:.1} µs",
        ours / theirs
    );
    println!("of that, evaluation: {plain:.1} µs");
}

/// The program on many lines, with one thread and with two: time, processor time and peak memory, as the kernel tells them.
///
/// Each line has a reference of its own, so that no two are alike.
fn whole(lines: &[Line], as_of: Date, count: usize) {
    let path = std::env::temp_dir().join(format!("clearshare-stream-{}.ndjson", std::process::id()));
    let mut file = BufWriter::new(File::create(&path).unwrap());
    for (number, line) in (0..count).zip(lines.iter().cycle()) {
        let rest = line.text.strip_prefix("{\"clearshare\":1,").unwrap();
        let reference = format!("\"exchange\":{{\"reference\":\"DX-{number}\"");
        let referred = match rest.split_once("\"exchange\":{") {
            Some((before, after)) => format!("{before}{reference},{after}"),
            None => format!("{reference}}},{rest}"),
        };
        writeln!(file, "{{\"clearshare\":1,{referred}").unwrap();
    }
    drop(file);
    println!("\nthe program on {count} complete lines, each different");
    let script = "import resource,subprocess,sys,time\n\
                  start=time.time()\n\
                  code=subprocess.run(sys.argv[2:], stdin=open(sys.argv[1]), stdout=subprocess.DEVNULL).returncode\n\
                  used=resource.getrusage(resource.RUSAGE_CHILDREN)\n\
                  print(code, time.time()-start, used.ru_utime+used.ru_stime, used.ru_maxrss)";
    let mut times = Vec::new();
    for threads in ["1", "2"] {
        let run = Command::new("python3")
            .args(["-c", script])
            .arg(&path)
            .arg(env!("CARGO_BIN_EXE_clearshare"))
            .args(["check", "--stream", "--fail-on", "stop", "--as-of", &as_of.to_string(), "--threads", threads])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        let figures: Vec<f64> = said.split_whitespace().map(|word| word.parse().unwrap()).collect();
        let [code, passed, used, memory] = figures[..] else {
            panic!("{said}{}", String::from_utf8_lossy(&run.stderr))
        };
        assert!(code < 2.0, "a line has a fault: {}", String::from_utf8_lossy(&run.stderr));
        println!(
            "{threads} threads: {passed:.1} s, of processor time {used:.1} s; {:.0} lines a second; at most {:.1} MiB",
            count as f64 / passed,
            memory / 1024.0
        );
        times.push((passed, used));
    }
    std::fs::remove_file(&path).unwrap();
    println!(
        "two threads are {:.2} times as fast as one, for {:.2} times the processor time",
        times[0].0 / times[1].0,
        times[1].1 / times[0].1
    );
}

fn middle(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
