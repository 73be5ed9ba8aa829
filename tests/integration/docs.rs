//! The documentation says what the program does.

use clearshare::bundled;
use clearshare::check::check;
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Findings, Severity};
use clearshare::manifest::read_manifest;
use clearshare::text::Sources;

use crate::faults::as_of;

const FAULTS: &str = include_str!("../../docs/faults.md");

/// The sections of a page: a heading, and what stands under it.
pub(crate) fn sections(page: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = page.split("\n## ").skip(1);
    parts.map(|part| part.split_once('\n').expect("a section is not empty"))
}

/// The codes of faults; those of proofs are in docs/proofs.md.
fn faults() -> impl Iterator<Item = &'static Code> {
    Code::ALL.iter().filter(|code| code.severity() == Severity::Fault)
}

#[test]
fn each_fault_code_has_its_heading_and_each_heading_its_code() {
    let headings: Vec<&str> = sections(FAULTS).map(|(heading, _)| heading).collect();
    let codes: Vec<&str> = faults().map(|code| code.as_str()).collect();
    let lacking: Vec<&&str> = codes.iter().filter(|code| !headings.contains(code)).collect();
    let foreign: Vec<&&str> = headings.iter().filter(|heading| !codes.contains(heading)).collect();
    assert!(lacking.is_empty() && foreign.is_empty(), "no heading for {lacking:?}; no code for {foreign:?}");
    assert_eq!(headings, codes, "in the same order");
}

/// Each section of a page says what is wrong, with one example, and what to do.
pub(crate) fn assert_sections_help(page: &str) {
    for (heading, text) in sections(page) {
        let parts: Vec<&str> = text.split("```").map(str::trim).collect();
        let [wrong, example, todo] = parts.as_slice() else { panic!("{heading} has not one example") };
        assert!(wrong.ends_with('.') && todo.ends_with('.'), "{heading}");
        assert!(example.lines().count() >= 2, "{heading} has an empty example");
    }
}

#[test]
fn each_fault_says_what_is_wrong_with_an_example_and_what_to_do() {
    assert_sections_help(FAULTS);
}

/// An example that is a manifest has the fault that it stands for, under the newest ruleset inside the program.
#[test]
fn examples_of_faults_have_them() {
    let newest = bundled::all().last().expect("there is a ruleset");
    let ruleset = newest.load().expect("what was packed can be unpacked");
    let mut tried = 0;
    for (heading, text) in sections(FAULTS) {
        let Some((_, rest)) = text.split_once("```yaml manifest\n") else { continue };
        let (example, _) = rest.split_once("```").expect("the example ends");
        let whole = example.starts_with("clearshare:") || example.starts_with('#');
        let head = if whole { String::new() } else { format!("clearshare: 1\nruleset: {}\n", newest.reference()) };
        let manifest = format!("{head}{example}");
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        if let Some(manifest) = read_manifest(manifest.as_bytes(), "x.yaml", &mut sources, &mut findings) {
            check(&mut Evaluator::new(&ruleset), &manifest, as_of(), &sources, &mut findings);
        }
        let codes: Vec<&str> = findings.into_sorted().iter().map(|finding| finding.code().as_str()).collect();
        assert!(codes.contains(&heading), "the example of {heading} gives {codes:?}");
        tried += 1;
    }
    assert!(tried > 30, "only {tried} examples are manifests");
}
