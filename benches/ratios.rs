//! The ratios of docs/performance.md, each against something measured in the same run: `cargo bench`.
//!
//! Each figure is the median of many rounds, in which ours and the other are measured in turn.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock, starts programs and prints"
)]

use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clearshare::bundled;
use clearshare::check::{Checked, check};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::manifest::read_manifest;
use clearshare::model::{Answer, AnswerValue, Date, Exchange, Given, Kind};
use clearshare::report::{ManifestReport, json};
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

const EXAMPLE: &str = "border-force-case-request.yaml";

fn main() {
    let as_of: Date = "2026-11-22".parse().unwrap();
    let yaml = std::fs::read(example()).unwrap();
    let ruleset = bundled::newest("uk-border").unwrap().load().unwrap();
    println!(
        "ruleset {}: {} questions, {} rules",
        ruleset.reference(),
        ruleset.questions().len(),
        ruleset.rules().len()
    );
    println!("manifest {EXAMPLE}: {} lines, {} bytes\n", String::from_utf8_lossy(&yaml).lines().count(), yaml.len());
    evaluation(&ruleset, &yaml, as_of);
    reading(&yaml);
    start();
    first_question();
    thousand();
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(EXAMPLE)
}

fn evaluation(ruleset: &Ruleset, yaml: &[u8], as_of: Date) {
    let as_json = serde_json::to_vec(&yaml_serde::from_slice::<yaml_serde::Value>(yaml).unwrap()).unwrap();
    let parse = || drop(black_box(serde_json::from_slice::<serde_json::Value>(black_box(&as_json)).unwrap()));
    let full = checked(ruleset, yaml, as_of);
    let exchange = full.flows[0].flow.exchange.clone();
    let mut evaluator = Evaluator::new(ruleset);
    compare("evaluate, all answered / serde_json parse of the same", Some(10.0), 400, parse, || {
        black_box(evaluator.evaluate(black_box(&exchange), as_of));
    });
    let mut evaluator = Evaluator::new(ruleset);
    compare("evaluate, with the whole advice and every derivation built / the same", Some(40.0), 200, parse, || {
        let checked = Checked {
            flows: vec![clearshare::check::CheckedFlow {
                flow: full.flows[0].flow.clone(),
                advice: evaluator.evaluate(black_box(&exchange), as_of),
            }],
        };
        for (ix, rule) in ruleset.rules().iter() {
            black_box(evaluator.explainer(&exchange, &checked.flows[0].advice).rule(ix, rule));
        }
        black_box(&checked);
    });
    let mut evaluator = Evaluator::new(ruleset);
    compare("the same, written as JSON / the same", None, 200, parse, || {
        let mut out = Vec::with_capacity(1 << 18);
        let mut writer = json::Writer::begin(&mut out, as_of).unwrap();
        let report = ManifestReport {
            path: EXAMPLE,
            ruleset,
            as_of,
            checked: &full,
            notices: &[],
            waivers: &[],
            since: None,
            findings: &[],
            sources: &Sources::new(),
            fail_on: clearshare::check::FailOn::Stop,
            failed: false,
        };
        writer.advice(&mut out, &mut evaluator, &report).unwrap();
        writer.end(&mut out).unwrap();
        black_box(out);
    });
    let halves = half_answered(ruleset, &exchange);
    let mut evaluator = Evaluator::new(ruleset);
    let mut at = 0;
    compare("evaluate, half the answers missing (exact, with what to ask next) / the same", None, 400, parse, || {
        at = (at + 1) % halves.len();
        black_box(evaluator.evaluate(black_box(&halves[at]), as_of));
    });
}

/// Exchanges with half of the answers of this one, chosen from a fixed seed.
fn half_answered(ruleset: &Ruleset, exchange: &Exchange) -> Vec<Exchange> {
    let mut seed = 1_u64;
    let mut coin = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 63 == 1
    };
    (0..100)
        .map(|_| {
            let mut half = exchange.clone();
            for (ix, question) in ruleset.questions().iter() {
                if question.kind == Kind::Text || coin() {
                    half.facts.remove(ix);
                } else if half.facts.get(ix).is_none() && coin() {
                    half.facts.set(ix, Answer { value: AnswerValue::Unknown, given: Given::Unstated });
                }
            }
            half
        })
        .collect()
}

fn checked(ruleset: &Ruleset, yaml: &[u8], as_of: Date) -> Checked {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(yaml, EXAMPLE, &mut sources, &mut findings).unwrap();
    check(&mut Evaluator::new(ruleset), &manifest, as_of, &sources, &mut findings).unwrap()
}

fn reading(yaml: &[u8]) {
    let theirs = || drop(black_box(yaml_serde::from_slice::<yaml_serde::Value>(black_box(yaml)).unwrap()));
    compare("read a manifest with positions / yaml_serde without", Some(4.0), 400, theirs, || {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        black_box(read_manifest(black_box(yaml), EXAMPLE, &mut sources, &mut findings));
    });
}

fn start() {
    let bare = program("examples/bare-clap");
    let ours = program("clearshare");
    if !bare.exists() {
        println!("(build the bare program for the next two: cargo build --release --example bare-clap)");
        return;
    }
    compare(
        "whole process, one manifest / a bare clap program",
        Some(3.0),
        200,
        || run(&bare, &["check", &path()]),
        || {
            run(&ours, &["check", "--as-of", "2026-11-22", &path()]);
        },
    );
}

/// From the start of an interview until its first question waits for an answer.
fn first_question() {
    let bare = program("examples/bare-clap");
    let ours = program("clearshare");
    if !bare.exists() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Each interview begins anew: nothing is written before the first answer.
    let manifest = folder.path().join("new.yaml");
    let manifest = manifest.to_string_lossy();
    let (mut their_times, mut our_times) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        their_times.push(time(&mut || run(&bare, &["ask", &manifest])));
        our_times.push(until_asked(&ours, &["ask", "--plain", "--as-of", "2026-11-22", "--output", &manifest]));
    }
    tell("start to first question / a bare clap program", Some(3.0), &mut our_times, &mut their_times);
}

/// How long a program takes until it waits for the first answer. Its input stays open until then.
fn until_asked(program: &Path, args: &[&str]) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(program);
    let mut child =
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let (mut shown, mut part) = (Vec::new(), [0; 4096]);
    while !shown.ends_with(b"\n> ") {
        let read = stdout.read(&mut part).unwrap();
        assert!(read > 0, "no question is asked: {}", String::from_utf8_lossy(&shown));
        shown.extend_from_slice(&part[..read]);
    }
    let taken = start.elapsed();
    assert!(String::from_utf8_lossy(&shown).contains("Question 1"), "{}", String::from_utf8_lossy(&shown));
    child.kill().unwrap();
    child.wait().unwrap();
    taken
}

fn thousand() {
    let ours = program("clearshare");
    // Files of their own: one that is named again is checked once.
    let folder = tempfile::tempdir().unwrap();
    let manifests: Vec<String> = (0..1000)
        .map(|at| {
            let copy = folder.path().join(format!("data-sharing-{at}.yaml"));
            std::fs::copy(example(), &copy).unwrap();
            copy.to_string_lossy().into_owned()
        })
        .collect();
    let together = median(3, || {
        let mut args = vec!["check", "--as-of", "2026-11-22"];
        args.extend(manifests.iter().map(String::as_str));
        run(&ours, &args);
    });
    let apart = median(3, || {
        for manifest in manifests.iter().take(200) {
            run(&ours, &["check", "--as-of", "2026-11-22", manifest]);
        }
    }) * 5;
    let ratio = apart.as_secs_f64() / together.as_secs_f64();
    println!(
        "1,000 manifests one process each / one invocation: {ratio:.1} times (at least 5 wanted): {apart:.0?} / {together:.0?}"
    );
    peak_memory(&ours, &manifests);
}

/// The peak resident memory of one run over all manifests, as the kernel tells it.
fn peak_memory(ours: &Path, manifests: &[String]) {
    let script = "import resource,subprocess,sys\n\
                  subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n\
                  print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let output = Command::new("python3")
        .args(["-c", script])
        .arg(ours)
        .args(["check", "--as-of", "2026-11-22"])
        .args(manifests)
        .output()
        .unwrap();
    let kib: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
    println!("peak memory of that invocation: {:.1} MiB (at most 40 wanted)", kib / 1024.0);
}

fn path() -> String {
    example().to_string_lossy().into_owned()
}

/// A program beside this benchmark in the release folder.
fn program(name: &str) -> PathBuf {
    if name == "clearshare" {
        return PathBuf::from(env!("CARGO_BIN_EXE_clearshare"));
    }
    PathBuf::from(env!("CARGO_BIN_EXE_clearshare")).parent().unwrap().join(name)
}

fn run(program: &Path, args: &[&str]) {
    let status = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.is_ok(), "{} does not start", program.display());
}

/// Prints how many times as long ours takes as theirs: medians of rounds in which both are measured in turn.
fn compare(what: &str, most: Option<f64>, rounds: usize, mut theirs: impl FnMut(), mut ours: impl FnMut()) {
    let (mut their_times, mut our_times) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        their_times.push(time(&mut theirs));
        our_times.push(time(&mut ours));
    }
    tell(what, most, &mut our_times, &mut their_times);
}

fn tell(what: &str, most: Option<f64>, ours: &mut [Duration], theirs: &mut [Duration]) {
    let (theirs, ours) = (middle(theirs), middle(ours));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let wanted = most.map(|most| format!(" (at most {most} wanted)")).unwrap_or_default();
    println!("{what}: {ratio:.1} times{wanted}: {ours:.1?} / {theirs:.1?}");
}

fn median(rounds: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds).map(|_| time(&mut work)).collect();
    middle(&mut times)
}

fn middle(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn time(work: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
