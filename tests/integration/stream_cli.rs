//! `clearshare check --stream` as a program.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{Clearshare, Output, base_files};

/// A line under the base ruleset of the fixtures: with advice, screened, or with one of three faults, by its number.
fn line(number: usize) -> String {
    let head = format!("{{\"clearshare\": 1, \"exchange\": {{\"title\": \"Exchange {number}\"}}");
    match number % 5 {
        0 => format!("{head}, \"screen\": {{\"material\": \"unknown\"}}}}\n"),
        1 => format!("{head}, \"from\": {{\"body\": \"nobody\"}}}}\n"),
        2 => format!("{head}, \n"),
        3 => format!("{head}, \"clearshare\": 1}}\n"),
        _ => format!("{head}, \"screen\": {{\"material\": \"none\"}}}}\n"),
    }
}

/// A stream under the base ruleset.
fn stream_of_base(input: &str, args: &[&str]) -> Output {
    let run = Clearshare::new("check").ruleset("rules", &base_files());
    run.args(["--stream", "--as-of", "2026-11-22", "--rules", "rules"]).args(args).input(input).run()
}

fn stream(input: impl Into<Vec<u8>>, args: &[&str]) -> Output {
    Clearshare::new("check").args(["--stream", "--as-of", "2026-11-22"]).args(args).input(input).run()
}

fn answers(output: &Output) -> Vec<Value> {
    output.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

const READY: &str = "{\"clearshare\": 1, \"ruleset\": \"uk-border@2026.11\", \"screen\": {\"material\": \"none\"}, \"data\": {\"form\": \"technical\"}}\n";

#[test]
fn many_threads_answer_in_order_and_with_the_same_bytes() {
    let input: String = (1..=3000).map(line).collect();
    let one = stream_of_base(&input, &["--threads", "1"]);
    assert_eq!(one.status, 2);
    let all = answers(&one);
    assert_eq!(all.len(), 3000);
    assert!(all.iter().zip(1..).all(|(answer, number)| answer["line"] == number));
    for (number, answer) in (1..).zip(&all) {
        assert_eq!(answer.get("faults").is_none(), matches!(number % 5, 0 | 4), "{answer}");
        assert_eq!(answer["screened"] == true, number % 5 == 0, "{answer}");
    }
    assert_eq!(one.stderr, "1800 lines have a fault and no advice: the first is line 1\n");
    for threads in ["2", "3", "16"] {
        assert_eq!(stream_of_base(&input, &["--threads", threads]), one, "{threads} threads");
    }
    assert_eq!(stream_of_base(&input, &[]), one);
}

#[test]
fn whole_advice_comes_in_order_too() {
    let input = [READY, "{}\n", READY, READY, "\n", READY, READY].concat();
    let output = stream(input, &["--full", "--threads", "3"]);
    let all = answers(&output);
    assert_eq!(output.status, 2, "{}", output.stderr);
    assert!(all.iter().zip(1..).all(|(answer, number)| answer["line"] == number));
    let whole: Vec<bool> = all.iter().map(|answer| answer["advice"]["format"] == "clearshare-advice/1").collect();
    assert_eq!(whole, [true, false, true, true, false, true, true]);
    let checked = Clearshare::new("check").args(["--as-of", "2026-11-22", "--format", "json", "-"]).input(READY).run();
    assert_eq!(all[0]["advice"], serde_json::from_str::<Value>(&checked.stdout).unwrap());
}

#[test]
fn the_exit_status_is_that_of_the_worst_line() {
    let incomplete = READY;
    let screened = READY.replace("none", "unknown");
    for (input, args, status) in [
        (incomplete.to_owned(), &["--fail-on", "stop"][..], 0),
        (incomplete.to_owned(), &[], 1),
        (screened.clone(), &["--fail-on", "stop"], 1),
        (format!("{incomplete}{screened}"), &["--fail-on", "stop"], 1),
        (format!("{screened}{{}}\n"), &["--fail-on", "stop"], 2),
        (format!("\n{incomplete}"), &["--fail-on", "stop"], 2),
        // The last line needs no end.
        (incomplete.trim_end().to_owned(), &["--fail-on", "stop"], 0),
        (String::new(), &[], 2),
    ] {
        let output = stream(input.as_str(), args);
        assert_eq!(output.status, status, "{input} {output:?}");
        assert_eq!(output.stdout.lines().count(), input.lines().count());
    }
    assert!(stream("", &[]).stderr.contains("error[empty-file]: standard input is empty"));
}

#[test]
fn a_ruleset_named_for_all_lines_needs_no_pin() {
    let run = Clearshare::new("check").ruleset("rules", &base_files());
    let input = "{\"clearshare\": 1, \"screen\": {\"material\": \"none\"}}\n";
    let output = run.args(["--stream", "--as-of", "2026-11-22", "--rules", "rules"]).input(input).run();
    assert_eq!(answers(&output)[0]["ruleset"], "base@2026.11");
    let output = stream(input, &["--ruleset", "uk-border@2026.11"]);
    assert_eq!(answers(&output)[0]["ruleset"], "uk-border@2026.11");
    let output = stream(input, &["--ruleset", "uk-borders"]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("error[unknown-ruleset]"), "{}", output.stderr);
    assert_eq!(stream(input, &["--rules", "nowhere"]).status, 2);
}

#[test]
fn json_syntax() {
    let output = stream("{\"clearshare\": 1,\n", &[]);
    let answer = &answers(&output)[0];
    assert_eq!((output.status, &answer["faults"][0]["code"]), (2, &Value::from("json-syntax")));
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let long = format!("{{\"clearshare\": 1, \"x\": \"{}\"}}\n", "x".repeat(5 << 20));
    let output = stream(format!("{READY}{long}{READY}"), &["--fail-on", "stop"]);
    let all = answers(&output);
    assert_eq!((output.status, all.len()), (2, 3));
    assert_eq!(all[1]["faults"][0]["code"], "file-too-large");
    assert_eq!(all[2]["flows"], all[0]["flows"]);
}

#[test]
fn what_does_not_go_with_a_stream_is_refused() {
    for args in [
        &["--stream", "x.yaml"][..],
        &["--stream", "--format", "json"],
        &["--stream", "-q"],
        &["--full", "x.yaml"],
        &["--stream", "--threads", "0"],
    ] {
        let output = Clearshare::new("check").args(args).input("").run();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
    }
}

fn started(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clearshare"));
    command.args(["check", "--stream", "--as-of", "2026-11-22", "--fail-on", "stop"]).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

/// A program that writes a line and waits for its answer gets it.
#[test]
fn each_line_is_answered_before_the_next_is_written() {
    let mut child = started(&[]);
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for number in 1..=3 {
        to.write_all(READY.as_bytes()).unwrap();
        let mut answer = String::new();
        from.read_line(&mut answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["line"], number);
    }
    drop(to);
    assert!(child.wait().unwrap().success());
}

/// A reader who has seen enough is no error, even of a stream that never ends.
#[test]
fn a_closed_pipe_ends_it() {
    let mut child = started(&["--threads", "2"]);
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    let writer = std::thread::spawn(move || while to.write_all(READY.as_bytes()).is_ok() {});
    let mut first = String::new();
    from.read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"format\":\"clearshare-stream/1\",\"line\":1,"));
    drop(from);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    writer.join().unwrap();
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!(words, "");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it() {
    let mut child = started(&[]);
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    to.write_all(READY.as_bytes()).unwrap();
    let mut first = String::new();
    from.read_line(&mut first).unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}
