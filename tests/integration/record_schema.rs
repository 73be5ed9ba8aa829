//! The schema of records: every record has its shape, and what it refuses the reader refuses too, and the other way round.

use clearshare::finding::Findings;
use clearshare::record::{Integrity, read_record, seal, v1};
use clearshare::text::Sources;
use serde_json::{Map, Value, json};

use crate::records::{Advised, example_names};
use crate::schema::{assert_valid, each_member, schema, validator};
use crate::support::Clearshare;

/// Each example's record with something in each part that can be left out.
fn records() -> Vec<(String, v1::Record)> {
    let advised = example_names().into_iter().map(|name| Advised::example(&name));
    let advised = advised.filter(|advised| !advised.checked.is_screened());
    let mut records: Vec<(String, v1::Record)> =
        advised.map(|advised| (advised.name.clone(), advised.fitting().record)).collect();
    let (_, first) = records.first_mut().unwrap();
    first.notices.push("A newer ruleset is here.".to_owned());
    first.supersedes = Some(v1::Supersedes {
        record: first.seal.clone(),
        decided_on: first.decision.decided_on,
        why: "More is known.".to_owned(),
    });
    first.evidence[0].rule = Some(first.advice.flows[0].rules[0].id.clone());
    records.into_iter().map(|(name, record)| (name, seal(record).unwrap().record)).collect()
}

#[test]
fn every_record_has_the_shape_of_the_schema() {
    let schema = schema("record-1");
    assert!(jsonschema::meta::is_valid(&schema));
    for (_, record) in records() {
        assert_valid(&schema, &serde_json::to_value(&record).unwrap());
    }
}

/// What both formats hold is described once: the two say the same.
#[test]
fn the_advice_is_described_as_in_its_own_format() {
    let (record, advice) = (schema("record-1"), schema("advice-1"));
    let ours = record["$defs"].as_object().unwrap();
    let shared: Vec<&String> = ours.keys().filter(|name| advice["$defs"].get(name.as_str()).is_some()).collect();
    for name in &shared {
        if *name != "advice" {
            assert_eq!(ours[*name], advice["$defs"][name.as_str()], "{name}");
        }
    }
    assert!(shared.len() > 20, "only {} are shared", shared.len());
    for member in ["outcome", "highest", "sources"] {
        assert_eq!(
            ours["advice"]["properties"][member]["items"], advice["$defs"]["advice"]["properties"][member]["items"],
            "{member}"
        );
    }
}

#[test]
fn every_member_is_described_and_every_object_is_closed() {
    fn look(at: &str, schema: &Value, seen: &mut usize) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object)
            && schema.get("type").is_some()
        {
            assert_eq!(schema["additionalProperties"], false, "{at} is open");
            for (name, member) in properties {
                *seen += 1;
                let kept = member.get("const").is_some() || member.get("$ref").is_some();
                assert!(kept || member.get("description").is_some(), "{at}.{name} is not described");
            }
        }
        match schema {
            Value::Object(parts) => parts.iter().for_each(|(name, part)| look(&format!("{at}/{name}"), part, seen)),
            Value::Array(items) => items.iter().for_each(|item| look(at, item, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    look("", &schema("record-1"), &mut seen);
    assert!(seen > 150, "only {seen} members were seen");
}

/// Where a value stands in a document: the names and places that lead there.
type Path = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Member(String),
    Item(usize),
}

fn at<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Member(name) => &mut value[name.as_str()],
        Step::Item(at) => &mut value[*at],
    })
}

/// One path for each member of each kind of object: those of a second rule are as those of the first.
fn places(value: &Value) -> Vec<Path> {
    fn walk(value: &Value, path: &Path, kind: &str, seen: &mut Vec<String>, found: &mut Vec<Path>) {
        match value {
            Value::Object(members) => {
                let kind = match members.get("kind").and_then(Value::as_str) {
                    Some(of) => format!("{kind}:{of}"),
                    None => kind.to_owned(),
                };
                for (name, member) in members {
                    let below = format!("{kind}.{name}");
                    let path = [path.as_slice(), &[Step::Member(name.clone())]].concat();
                    // Reasons stand in reasons: these have the same shape.
                    let deeper = below.matches("because:").count() > 1;
                    if !seen.contains(&below) {
                        seen.push(below.clone());
                        found.push(path.clone());
                    }
                    if !deeper {
                        walk(member, &path, &below, seen, found);
                    }
                }
            }
            Value::Array(items) => {
                for (ix, item) in items.iter().enumerate() {
                    let path = [path.as_slice(), &[Step::Item(ix)]].concat();
                    let below = format!("{kind}[]");
                    if !seen.contains(&below) {
                        seen.push(below.clone());
                        found.push(path.clone());
                    }
                    walk(item, &path, &below, seen, found);
                }
            }
            _ => {}
        }
    }
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    walk(value, &Vec::new(), "", &mut seen, &mut found);
    found
}

/// The same document with as few things in its lists as still show every kind of member: what is looked at thousands of times is small.
fn slim(value: &Value, kind: &str, seen: &mut Vec<String>) -> Value {
    fn kinds(value: &Value, kind: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let below = format!("{kind}.{name}");
                    // Reasons stand in reasons: these have the same shape.
                    if below.matches("because").count() < 2 {
                        kinds(member, &below, found);
                    }
                    let of = member.as_str().filter(|_| name == "kind").unwrap_or_default();
                    found.push(below + of);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| kinds(item, &format!("{kind}[]"), found)),
            _ => {}
        }
    }
    match value {
        Value::Object(members) => {
            let each = members.iter().map(|(name, member)| {
                let below = format!("{kind}.{name}");
                let of = member.as_str().filter(|_| name == "kind").unwrap_or_default();
                seen.push(format!("{below}{of}"));
                (name.clone(), slim(member, &below, seen))
            });
            each.collect()
        }
        Value::Array(items) => {
            let below = format!("{kind}[]");
            let mut kept = Vec::new();
            for item in items {
                let mut of = Vec::new();
                kinds(item, &below, &mut of);
                if kept.is_empty() || of.iter().any(|kind| !seen.contains(kind)) {
                    kept.push(slim(item, &below, seen));
                }
            }
            Value::Array(kept)
        }
        other => other.clone(),
    }
}

/// Whether the reader takes a document: its seal is made again first, so that only its shape is wrong.
fn reads(document: &Value) -> bool {
    let mut document = document.clone();
    document["seal"] = json!(format!("sha256:{}", "0".repeat(64)));
    for _ in 0..2 {
        let bytes = serde_json::to_vec(&document).unwrap();
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        match read_record(&bytes, "x", &mut sources, &mut findings) {
            Some(read) if read.integrity == Integrity::Altered => document["seal"] = json!(read.seal_now),
            Some(_) => return true,
            None => {
                // What is altered says what its seal would have to be.
                let findings = findings.into_sorted();
                let message = findings.first().unwrap().message().to_owned();
                let Some((_, now)) = message.split_once("but what it says has ") else { return false };
                document["seal"] = json!(now);
            }
        }
    }
    panic!("sealing did not help");
}

/// A value of each other kind.
fn others(value: &Value) -> Vec<Value> {
    let all = [json!(null), json!(true), json!(7), json!("x"), json!([]), json!({})];
    let kind = std::mem::discriminant(value);
    let mut others: Vec<Value> = all.into_iter().filter(|other| std::mem::discriminant(other) != kind).collect();
    // An object as the list of its values, and a word as the name of a member: serde takes both for the same.
    match value {
        Value::Object(members) => others.push(members.values().cloned().collect()),
        Value::String(text) => others.push(Value::Object(Map::from_iter([(text.clone(), Value::Null)]))),
        _ => {}
    }
    others
}

/// The ways in which what stands at a place can have the wrong shape, as documents.
fn misshapen(document: &Value, path: &Path, each: &mut impl FnMut(&str, &Value)) {
    let mut changed = document.clone();
    let (last, parent) = path.split_last().unwrap();
    if let Step::Member(name) = last {
        at(&mut changed, parent).as_object_mut().unwrap().remove(name);
        each("taken out", &changed);
    }
    let here = at(&mut document.clone(), path).clone();
    for other in others(&here) {
        changed = document.clone();
        *at(&mut changed, path) = other.clone();
        each(&format!("now {other}"), &changed);
    }
    if here.is_object() {
        changed = document.clone();
        at(&mut changed, path)["extra"] = json!("x");
        each("one more member", &changed);
    }
}

#[test]
fn the_schema_and_the_reader_refuse_the_same() {
    let whole = schema("record-1");
    let validator = validator(&whole);
    let mut disagree = Vec::new();
    let (mut tried, mut known, mut seen) = (0, Vec::new(), Vec::new());
    for (name, record) in records() {
        let document = slim(&serde_json::to_value(&record).unwrap(), "", &mut seen);
        assert!(validator.is_valid(&document) && reads(&document), "{name}");
        for path in places(&document) {
            // Once for each kind of place, whichever example has it first.
            let kind: String =
                path.iter().map(|step| if let Step::Member(name) = step { name } else { "[]" }).collect();
            if known.contains(&kind) || matches!(path.as_slice(), [Step::Member(name)] if name == "seal") {
                continue;
            }
            known.push(kind);
            misshapen(&document, &path, &mut |how, changed| {
                tried += 1;
                let (by_schema, by_reader) = (validator.is_valid(changed), reads(changed));
                if by_schema != by_reader {
                    disagree.push(format!("{path:?} {how}: schema {by_schema}, reader {by_reader}"));
                }
            });
        }
    }
    assert!(tried > 1500, "only {tried} were tried");
    assert!(disagree.is_empty(), "{} of {tried}\n{}", disagree.len(), disagree.join("\n"));
    let (mut members, text) = (Vec::new(), known.join(" "));
    each_member(&whole["properties"], &mut members);
    for member in members {
        assert!(text.contains(&member), "no record has `{member}`");
    }
}

#[test]
fn it_is_written_by_its_command() {
    let output = Clearshare::new("schema").args(["record"]).run();
    assert_eq!(output.status, 0, "{output:?}");
    assert_eq!(serde_json::from_str::<Value>(&output.stdout).unwrap(), schema("record-1"));
}
