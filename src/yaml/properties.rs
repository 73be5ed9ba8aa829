//! What holds for every input: no panic, places inside the file, bounded work, and agreement with another YAML reader.

use super::{Entry, Limits, Node, Scalar, Value, quote_scalar, read_tree};
use crate::finding::{Code, Finding, Findings, Place};
use crate::text::{FileId, Sources, Span};
use proptest::prelude::*;
use std::fmt::Write as _;

const MANIFEST: &str = "\
clearshare: 1                      # format version
ruleset: uk-border@2026.11
exchange: { title: Plant-health results, reference: DX-0042, contact: border-data@example.gov.uk }
from: { body: defra }
to:
  body: &to hmrc
data: { form: records, about: [sole-traders, companies] }
flows:
  - { id: results-back, from: { body: *to }, to: { body: defra } }
note: |
  Tŷ: one
    two
\"quoted\": 'it''s'
waivers:
- rule: handling.mutual-tls
  reason: \"Legacy gateway,\\n replaced in Q2\"
  expires: 2027-03-31
";

fn read(bytes: &[u8], limits: Limits) -> (Option<Node>, Vec<Finding>, Sources) {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let node = read_tree(bytes, "x.yaml", limits, &mut sources, &mut findings);
    (node, findings.into_sorted(), sources)
}

fn node_places(node: &Node, places: &mut Vec<Place>) {
    places.push(node.place);
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(items) => {
            for item in items {
                node_places(item, places);
            }
        }
        Value::Map(entries) => entries.iter().for_each(|Entry { key_place, value, .. }| {
            places.push(*key_place);
            node_places(value, places);
        }),
    }
}

/// Reading does not panic, gives a tree or a fault, and every place it gives is in the file and between characters.
fn holds(bytes: &[u8]) {
    let (node, findings, sources) = read(bytes, Limits::MANIFEST);
    assert!(node.is_some() || !findings.is_empty(), "neither tree nor fault");
    let mut places = Vec::new();
    if let Some(node) = &node {
        node_places(node, &mut places);
    }
    for finding in &findings {
        places.extend(finding.place());
        places.extend(finding.related_places().iter().map(|related| related.place));
        assert!(finding.place().is_some() || finding.code() == Code::TooManyFaults);
        assert!(!finding.message().ends_with('.') && !finding.message().chars().any(char::is_control));
    }
    for Place { file, span } in places {
        let text = sources.get(file).map(crate::text::Source::text).unwrap_or_default();
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is not in the file");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        holds(&bytes);
    }

    #[test]
    fn any_yaml_like_text_is_read_without_panic(text in "([-?:,\\[\\]{}#&*!|>'\"%@ \t\n]|[a-c<é~]|: |- |\n  |\r\n|---\n|\\*a|&a |!!x |\u{feff}|\u{1}|\u{85}|\u{ffff}|\r){0,60}") {
        holds(text.as_bytes());
    }

    #[test]
    fn a_damaged_manifest_is_read_without_panic(cuts in proptest::collection::vec((0..MANIFEST.len(), 0usize..6, "[-:,\\[\\]{}&*!|>'\" \t\na\u{7}é]{0,3}"), 1..6)) {
        let mut bytes = MANIFEST.as_bytes().to_vec();
        for (at, removed, added) in cuts {
            let at = at.min(bytes.len());
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, added.bytes());
        }
        holds(&bytes);
    }
}

/// A tree without places, to write out and compare.
#[derive(Clone, Debug, PartialEq)]
enum Plain {
    Text(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

fn plain() -> impl Strategy<Value = Plain> {
    let text = prop_oneof![
        "[a-z][a-z ]{0,8}",
        "[0-9.:_-]{0,8}",
        "(NO|yes|null|~|<<|2026\\.10)",
        "\\PC{0,8}",
        "[a-z\n\t #]{0,9}"
    ];
    text.prop_map(Plain::Text).prop_recursive(4, 40, 5, |inner| {
        let keys = proptest::collection::btree_map("[a-z0-9: #.~-]{0,6}", inner.clone(), 0..5);
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Plain::List),
            keys.prop_map(|entries| Plain::Map(entries.into_iter().collect())),
        ]
    })
}

fn write(tree: &Plain, depth: usize, flow: bool, out: &mut String) {
    let indent = "  ".repeat(depth);
    match tree {
        Plain::Text(text) => _ = write!(out, " {}", quote_scalar(text)),
        Plain::List(items) if flow || items.is_empty() => {
            out.push_str(" [");
            for item in items {
                write(item, depth, true, out);
                out.push(',');
            }
            out.push(']');
        }
        Plain::Map(entries) if flow || entries.is_empty() => {
            out.push_str(" {");
            for (key, value) in entries {
                _ = write!(out, "{}:", quote_scalar(key));
                write(value, depth, true, out);
                out.push(',');
            }
            out.push('}');
        }
        Plain::List(items) => {
            for item in items {
                _ = write!(out, "\n{indent}-");
                // Every third level is written in brackets, so that both styles are met inside one another.
                write(item, depth + 1, depth % 3 == 2, out);
            }
        }
        Plain::Map(entries) => {
            for (key, value) in entries {
                _ = write!(out, "\n{indent}{}:", quote_scalar(key));
                write(value, depth + 1, depth % 3 == 2, out);
            }
        }
    }
}

fn ours(node: &Node) -> Plain {
    match &node.value {
        Value::Scalar(Scalar { text, .. }) => Plain::Text(text.clone()),
        Value::List(items) => Plain::List(items.iter().map(ours).collect()),
        Value::Map(entries) => {
            Plain::Map(entries.iter().map(|entry| (entry.key.clone(), ours(&entry.value))).collect())
        }
    }
}

fn theirs(value: &yaml_serde::Value) -> Option<Plain> {
    Some(match value {
        yaml_serde::Value::String(text) => Plain::Text(text.clone()),
        yaml_serde::Value::Sequence(items) => Plain::List(items.iter().map(theirs).collect::<Option<_>>()?),
        yaml_serde::Value::Mapping(map) => Plain::Map(
            map.iter().map(|(key, value)| Some((key.as_str()?.to_owned(), theirs(value)?))).collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}

proptest! {
    #[test]
    fn both_readers_agree(tree in plain(), flow in any::<bool>()) {
        let mut yaml = String::from("---");
        write(&tree, 0, flow, &mut yaml);
        yaml.push('\n');
        let (node, findings, _) = read(yaml.as_bytes(), Limits::MANIFEST);
        prop_assert!(findings.is_empty(), "{yaml}\n{findings:?}");
        prop_assert_eq!(node.as_ref().map(ours), Some(tree.clone()), "{}", yaml);
        let other: Option<yaml_serde::Value> = yaml_serde::from_str(&yaml).ok();
        prop_assert_eq!(other.as_ref().and_then(theirs), Some(tree), "{}", yaml);
    }
}

#[track_caller]
fn hostile(yaml: &str, limits: Limits, expected: Code) {
    let (node, findings, _) = read(yaml.as_bytes(), limits);
    assert!(node.is_none());
    assert!(findings.iter().any(|finding| finding.code() == expected), "{findings:?}");
}

#[test]
fn hostile_files_are_refused() {
    let limits = Limits::RULESET_FILE;
    hostile(&"{a: ".repeat(1 << 18), limits, Code::TooDeep);
    hostile(&"[".repeat(10_000), limits, Code::TooDeep);
    hostile(&"- ".repeat(10_000), limits, Code::TooDeep);
    hostile(&"? ".repeat(10_000), limits, Code::TooDeep);
    let blocks: String = (0..1000).fold(String::new(), |mut text, depth| {
        _ = writeln!(text, "{}a:", " ".repeat(depth));
        text
    });
    hostile(&blocks, limits, Code::TooDeep);
    let mut bomb = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        _ = writeln!(bomb, "a{level}: &a{level} [{}]", [alias.as_str(); 9].join(", "));
    }
    hostile(&bomb, limits, Code::AliasBudget);
    let text = "x".repeat(50_000);
    hostile(&format!("a: &a {text}\nb: [{}]\n", "*a, ".repeat(10_000)), limits, Code::AliasBudget);
    let mut tower = String::from("a0: &a0 [x]\n");
    for level in 1..1000 {
        _ = writeln!(tower, "a{level}: &a{level} [*a{}]", level - 1);
    }
    hostile(&tower, limits, Code::TooDeep);
    hostile(&"[\n\ta,".repeat(50), limits, Code::TabIndentation);
    hostile(&"\u{1}\n".repeat(100_000), limits, Code::ControlCharacter);
}

// Work that grew with the square of the input would not end here while anybody waits.
#[test]
fn many_of_anything_is_read() {
    let lines = |line: &dyn Fn(usize) -> String| (0..60_000).map(line).collect::<String>();
    for yaml in [
        lines(&|number| format!("k{number}: v\n")),
        lines(&|number| format!("- {number}\n")),
        format!("[{}]", "a,\n\t".repeat(30_000)),
        format!("a: '{}'", "x\n\ty\n".repeat(30_000)),
        format!("a: |\n{}", "  x\n  \ty\n".repeat(30_000)),
        format!("a: {}", "x ".repeat(100_000)),
        "#\n".repeat(200_000) + "a: 1\n",
        "\n".repeat(200_000) + "a: 1\n",
        lines(&|_| "k: v\n".to_owned()),
    ] {
        drop(read(yaml.as_bytes(), Limits::RULESET_FILE));
    }
}

#[test]
fn a_manifest_keeps_its_places() {
    let (node, findings, sources) = read(MANIFEST.as_bytes(), Limits::MANIFEST);
    assert_eq!(findings, []);
    let body = node.as_ref().and_then(|node| node.get("to")).and_then(|to| to.get("body"));
    let place = body.map_or(Span::at(0), |body| body.place.span);
    let source = sources.get(FileId(0));
    assert_eq!(source.map(|source| source.slice(place)), Some("hmrc"));
    assert_eq!(source.map(|source| source.location(place.start).line), Some(6));
}
