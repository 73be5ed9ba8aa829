//! Many manifests at once: what several threads say of them is what one would say of each, in their order.

use serde_json::Value;

use crate::support::{Clearshare, Output, base_files};

const MANY: usize = 60;

/// A manifest, by its number: of five sorts that come out otherwise, and take longer or shorter.
fn manifest(at: usize) -> String {
    let head = "clearshare: 1\nruleset: base@2026.11\n";
    match at % 5 {
        0 => {
            format!("{head}screen: {{ material: none }}\ndata: {{ personal: yes, about: [children, plot-holders] }}\n")
        }
        1 => format!("{head}from: {{ body: nobody-{at} }}\n"),
        2 => format!("{head}screen: {{ material: none }}\ndata: {{ personal: no }}\n"),
        3 => head.to_owned(),
        _ => format!("{head}data: [\n"),
    }
}

fn name(at: usize) -> String {
    format!("teams/{}/data-sharing-{at:02}.yaml", at / 10)
}

/// A check with all these files about. One folder lets pass what others do not; a file of waivers is shared.
fn check(args: &[&str]) -> Output {
    let run = Clearshare::new("check").ruleset("rules", &base_files()).args(["--rules", "rules"]);
    let run = run.args(["--as-of", "2026-11-22", "--plain"]).args(args);
    let run = run.file("teams/2/.clearshare.yaml", "clearshare: 1\nfail-on: stop\n");
    let waiver =
        "{ rule: people.ask, reason: They were asked, approved-by: A. Name, role: security-team, expires: 2027-01-31 }";
    let waivers = format!("clearshare: 1\nwaivers:\n  - {waiver}\n");
    let run =
        run.file("teams/3/.clearshare.yaml", "clearshare: 1\nwaivers: ours.yaml\n").file("teams/3/ours.yaml", &waivers);
    (0..MANY).fold(run, |run, at| run.file(&name(at), manifest(at))).run()
}

#[test]
fn each_is_advised_on_as_if_it_were_alone() {
    let together = check(&["--format", "json", "teams"]);
    let document: Value = serde_json::from_str(&together.stdout).unwrap();
    let results = document["results"].as_array().unwrap();
    let mut faults = String::new();
    for (at, result) in results.iter().enumerate() {
        let alone = check(&["--format", "json", &name(at)]);
        let document: Value = serde_json::from_str(&alone.stdout).unwrap();
        assert_eq!(*result, document["results"][0], "{}", name(at));
        assert_eq!(result["manifest"], Value::from(name(at)));
        faults.push_str(&alone.stderr);
    }
    assert_eq!(results.len(), MANY);
    assert!(faults.matches("error[").count() >= MANY / 5, "{faults}");
    assert_eq!(together.stderr, faults);
    assert_eq!(together.status, 2);
}

#[test]
fn every_run_writes_the_same() {
    for format in ["text", "sarif", "junit", "csv", "markdown"] {
        let run = || {
            let output =
                check(&["--format", format, "--write-baseline", "known.yaml", "teams/0", "teams/2", "teams/3"]);
            (output.stdout, output.stderr, output.status)
        };
        let first = run();
        assert_eq!(first, run(), "{format}");
    }
}
