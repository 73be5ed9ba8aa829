//! docs/proofs.md says what proofs find, with examples that are really found.

use clearshare::finding::{Code, Severity};

use crate::docs::{assert_sections_help, sections};
use crate::support::{files_in, fixture};

const PROOFS: &str = include_str!("../../docs/proofs.md");

#[test]
fn each_code_of_a_proof_has_its_heading_and_each_heading_its_code() {
    let headings: Vec<&str> = sections(PROOFS).map(|(heading, _)| heading).collect();
    let proofs = Code::ALL.iter().filter(|code| code.severity() != Severity::Fault);
    let codes: Vec<&str> = proofs.map(|code| code.as_str()).collect();
    assert_eq!(headings, codes, "a heading for each code, in the same order");
}

#[test]
fn each_says_what_is_wrong_with_an_example_and_what_to_do() {
    assert_sections_help(PROOFS);
}

/// Each line of an example stands in the fixture of its code: `tests/integration/verify.rs` shows that it is found there.
#[test]
fn examples_stand_in_the_fixtures() {
    let mut tried = 0;
    for (heading, text) in sections(PROOFS) {
        let Some(example) = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()) else { continue };
        let files = files_in(&fixture(&format!("verify/{heading}")));
        let written: Vec<String> = files
            .iter()
            .flat_map(|(_, bytes)| String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        for line in example.lines() {
            let line = line.split(" #").next().unwrap_or_default().trim();
            assert!(written.iter().any(|other| other.contains(line)), "{heading}: {line:?} stands in no file of it");
        }
        tried += 1;
    }
    assert!(tried >= 20, "only {tried} examples were tried");
}
