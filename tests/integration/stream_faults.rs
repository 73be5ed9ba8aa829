//! What is wrong with a line of a stream: the faults of a manifest, those of a text, and nothing of the safety screen in any.

use std::collections::BTreeSet;

use clearshare::stream::{Advisor, Came, LONGEST, Rulesets, Setup};
use serde_json::json;

use crate::faults::{as_of, said_of_manifest};
use crate::schema::{assert_valid, schema};
use crate::stream::{HEAD, answer, base, codes, is_yaml, line_of, setup};
use crate::support::{fixture, fixture_bytes, names_in};

/// The codes of fixtures that only YAML can have: their counterparts in JSON are below.
const OF_YAML: [&str; 13] = [
    "alias-budget",
    "complex-key",
    "control-character",
    "duplicate-key",
    "empty-file",
    "invalid-utf8",
    "merge-key",
    "second-document",
    "tab-indentation",
    "too-deep",
    "unknown-alias",
    "unsupported-tag",
    "yaml-syntax",
];

/// Every fixture of a manifest with a fault has that fault as a line too: the same code and number of faults, and never more of
/// what is hidden there.
#[test]
fn every_fault_of_a_manifest_is_one_of_a_line() {
    let setup = base();
    let mut advisor = Advisor::new(&setup);
    let mut of_yaml = BTreeSet::new();
    let mut tried = 0;
    for name in names_in(&fixture("manifest")).into_iter().filter(|name| is_yaml(name)) {
        let bytes = fixture_bytes(&format!("manifest/{name}"));
        let Some(line) = line_of(&bytes) else {
            of_yaml.insert(name.split('.').next().unwrap().to_owned());
            continue;
        };
        let (came, answer) = answer(&mut advisor, Some(line.as_bytes()));
        let said = said_of_manifest(&bytes, &name);
        let wanted: Vec<&str> = said.findings.iter().map(|finding| finding.code().as_str()).collect();
        assert_eq!(codes(&answer), wanted, "{name}: {answer:#}");
        assert_eq!(came == Came::Faulty, !wanted.is_empty(), "{name}");
        assert_valid(&schema("stream-1"), &answer);
        for (finding, fault) in said.findings.iter().zip(answer["faults"].as_array().into_iter().flatten()) {
            assert!(fault["column"].as_u64().is_some_and(|column| column >= 1), "{name}: {fault}");
            if !finding.hides_source() {
                assert_eq!(fault["message"], finding.message(), "{name}");
                assert_eq!(fault["help"].as_str(), finding.help_text(), "{name}");
            }
        }
        tried += 1;
    }
    assert!(tried > 50, "only {tried} fixtures");
    assert_eq!(of_yaml.iter().map(String::as_str).collect::<Vec<_>>(), OF_YAML);
}

#[track_caller]
fn faulty(line: &[u8], code: &str, column: u64) {
    let setup = base();
    let (came, answer) = answer(&mut Advisor::new(&setup), Some(line));
    assert_eq!((came, codes(&answer)), (Came::Faulty, vec![code]), "{answer:#}");
    assert_eq!(answer["faults"][0]["column"], column, "{answer:#}");
    assert_eq!(answer["failed"], true);
    assert_valid(&schema("stream-1"), &answer);
}

/// What is no JSON, or JSON of a kind that a manifest may not be, is a fault at its place.
#[test]
fn what_is_wrong_with_a_line_as_a_text_is_a_fault() {
    let after = |rest: &str| format!("{HEAD}{rest}").into_bytes();
    let width = HEAD.len() as u64;
    faulty(b"", "json-syntax", 1);
    faulty(b"   \r", "json-syntax", 5);
    faulty(b"clearshare: 1", "json-syntax", 1);
    faulty(b"{\"clearshare\": 1", "json-syntax", 17);
    faulty(b"{\"clearshare\": 1} {\"clearshare\": 1}", "json-syntax", 19);
    faulty("{\"clearshare\": 1, \"tŷ\": \"ŵ\", }".as_bytes(), "json-syntax", 30);
    faulty(b"[{\"clearshare\": 1}]", "wrong-type", 1);
    faulty(b"\"clearshare: 1\"", "wrong-type", 1);
    faulty(b"null", "null-value", 1);
    faulty(b"{}", "missing-key", 1);
    faulty(
        &after("\"from\": {\"body\": \"council\"}, \"from\": {\"body\": \"council\"}}"),
        "duplicate-key",
        width + 30,
    );
    faulty(&after("\"from\": {\"body\": \"council\", \"body\": \"council\"}}"), "duplicate-key", width + 29);
    faulty(&after("\"from\": {\"body\": \"council\", \"bod\\u0079\": \"council\"}}"), "duplicate-key", width + 29);
    faulty(&after(&format!("\"a\": {}", "[".repeat(40))), "too-deep", width + 6 + 31);
    faulty(&after("\"a\u{7f}\": 1}"), "control-character", width + 3);
    faulty(b"{\"clearshare\":\r 1}", "control-character", 15);
    faulty(b"{\"clearshare\": 1, \"a\": \"\xff\"}", "invalid-utf8", 25);
    faulty(b"\xff\xfe{\0", "invalid-utf8", 1);
    faulty(&after(&format!("\"a\": [{}1]}}", "1,".repeat(100_000))), "too-many-values", width + 6 + 2 * 99_991 + 1);
    let mut many: Vec<String> = (0..30).map(|at| format!("\"k{at}\": 1")).collect();
    many.push("\"k3\": 2".to_owned());
    let setup = base();
    let (_, said) = answer(&mut Advisor::new(&setup), Some(&after(&format!("{}}}", many.join(", ")))));
    assert_eq!(codes(&said).iter().filter(|code| **code == "duplicate-key").count(), 1, "{said:#}");
}

#[test]
fn a_line_that_is_too_long_is_a_fault() {
    let setup = base();
    let (came, said) = answer(&mut Advisor::new(&setup), None);
    assert_eq!((came, codes(&said)), (Came::Faulty, vec!["file-too-large"]));
    assert_eq!(LONGEST, 1 << 20);
}

/// A line without a pin has a ruleset only where one is named for all.
#[test]
fn a_line_needs_a_ruleset() {
    let setup = setup(Rulesets::pinned(), as_of(), false);
    let mut advisor = Advisor::new(&setup);
    for (line, code) in [
        ("{\"clearshare\": 1}", "not-pinned"),
        ("{\"clearshare\": 1, \"ruleset\": \"uk-border\"}", "bad-pin"),
        ("{\"clearshare\": 1, \"ruleset\": 2026.11}", "bad-pin"),
        ("{\"clearshare\": 1, \"ruleset\": \"uk-border@2020.01\"}", "unknown-ruleset"),
        ("{\"clearshare\": 1, \"ruleset\": \"uk-borders@2026.11\"}", "unknown-ruleset"),
    ] {
        assert_eq!(codes(&answer(&mut advisor, Some(line.as_bytes())).1), [code], "{line}");
    }
    let (came, answer) = answer(&mut advisor, Some(b"{\"clearshare\": 1, \"ruleset\": \"uk-border@2026.11\"}"));
    assert_eq!((came, &answer["outcome"]), (Came::Failed, &json!("incomplete")), "what is not answered is no `no`");
}

/// What is answered to the safety screen stands in no answer, whatever is wrong beside it, however it is misspelt.
#[test]
fn no_screening_answer_is_echoed() {
    const SECRET: &str = "zz-codeword-zz";
    let lines = [
        "\"screen\": {\"material\": \"zz-codeword-zz\"}",
        "\"screen\": {\"material\": [\"zz-codeword-zz\", \"none\"]}",
        "\"screen\": \"zz-codeword-zz\"",
        "\"screen\": {\"zz-codeword-zz\": \"x\"}",
        "\"screen\": {\"zz-codeword-zz\": \"x\", \"zz-codeword-zz\": \"x\"}",
        "\"screen\": {\"material\": {\"zz-codeword-zz\": 1}}",
        "\"sceren\": {\"material\": \"zz-codeword-zz\"}",
        "\"sceren\": {\"zz-codeword-zz\": 1, \"zz-codeword-zz\": 2}",
        "\"screen.zz-codeword-zz\": 1",
        "\"screen.material\": \"zz-codeword-zz\"",
        "\"material\": \"zz-codeword-zz\"",
        "\"screen\": {\"material\": \"none\"}, \"screen\": {\"material\": \"zz-codeword-zz\"}",
        "\"screen\": {\"material\": \"none\"}, \"screen\": {\"zz-codeword-zz\": 1, \"zz-codeword-zz\": 2}",
        "\"screen\": {\"material\": \"zz-codeword-zz\", \"x\": \"\\q\"}",
        "\"screen\": {\"material\": \"zz-codeword-zz\" zz-codeword-zz}",
        "\"screen\": {\"material\": \"zz-codeword-zz",
        "\"screen\": {\"material\": zz-codeword-zz}",
        "\"screen\": {\"material\": \"zz-codeword-zz\u{7f}\"}",
        "\"flows\": [{\"id\": \"a\", \"screen\": {\"material\": \"zz-codeword-zz\"}}]",
        "\"flows\": [{\"id\": \"a\", \"screen\": {\"zz-codeword-zz\": 1, \"zz-codeword-zz\": 2}}]",
    ];
    for full in [false, true] {
        let setup = Setup { full, ..base() };
        let mut advisor = Advisor::new(&setup);
        for beside in [
            "\"from\": {\"body\": \"council\"}",
            "\"from\": {\"bodi\": \"x\"}",
            "\"from\": {\"body\": \"y\"}",
            "\"told\": []",
        ] {
            for line in lines {
                let text = format!("{{\"clearshare\": 1, {beside}, {line}, {beside}x}}");
                let sound = format!("{{\"clearshare\": 1, {beside}, {line}}}");
                for text in [text, sound] {
                    let mut out = Vec::new();
                    advisor.line(1, Some(text.as_bytes()), &mut out).unwrap();
                    let out = String::from_utf8(out).unwrap();
                    assert!(!out.contains(SECRET) && out.contains("faults"), "{text}\n{out}");
                }
            }
        }
    }
    // A fault elsewhere is still told in its own words, though the whole line stands beside the screen.
    let setup = base();
    let line = "{\"clearshare\": 1, \"screen\": {\"material\": \"none\"}, \"from\": {\"body\": \"councl\"}}";
    let (_, answer) = answer(&mut Advisor::new(&setup), Some(line.as_bytes()));
    assert_eq!(answer["faults"][0]["message"], "`councl` is not an answer to `from.body`");
    assert_eq!(answer["faults"][0]["column"], 68);
}
