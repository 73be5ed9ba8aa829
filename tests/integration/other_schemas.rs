//! The schemas of configurations and of rulesets take what our readers take, and refuse what is wrong by itself.

use clearshare::bundled;
use clearshare::config::read_config;
use clearshare::finding::Findings;
use clearshare::report::schema::ruleset;
use clearshare::rulefile::read_ruleset;
use clearshare::text::Sources;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::support::{Clearshare, Files, base_files, files_in, fixture, names_in};

fn as_json(text: &str) -> Option<Value> {
    serde_json::to_value(yaml_serde::from_str::<yaml_serde::Value>(text).ok()?).ok()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::meta::validate(schema).expect("it is a schema");
    jsonschema::draft202012::new(schema).expect("it can be used")
}

/// What the program writes.
fn written(which: &str) -> Value {
    let output = Clearshare::new("schema").args([which]).run();
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    serde_json::from_str(&output.stdout).expect("it is JSON")
}

#[test]
fn a_configuration_is_taken_by_both_or_by_neither() {
    let schema = written("config");
    let validator = validator(&schema);
    let formats: Vec<String> =
        schema["properties"]["output-for"]["properties"].as_object().unwrap().keys().cloned().collect();
    assert!(formats.contains(&"sarif".to_owned()) && formats.len() == 8, "{formats:?}");
    let [mut taken, mut refused] = [0, 0];
    let mut both = |text: &str| {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let read = read_config(text.as_bytes(), ".clearshare.yaml", &formats, &mut sources, &mut findings).is_some();
        let valid = validator.is_valid(&as_json(text).unwrap_or_else(|| panic!("{text}")));
        assert_eq!(read, valid, "{text:?} (reader, schema)");
        *if read { &mut taken } else { &mut refused } += 1;
    };
    for head in
        ["clearshare: 1", "clearshare: '1'", "clearshare: 2", "clearshare: one", "clearshare: [1]", "format: text"]
    {
        both(&format!("{head}\n"));
    }
    // Apart from one another by a bar.
    let words = "text|a.yaml|~|''|' '|[]|{}|[a]|[a,'']|{a: b}|[[a]]|5|yes|true";
    let of = [
        (
            "ruleset",
            "uk-border@2026.11|a.b@2000.01|uk-border|a@2026.13|UK@2026.11|a@1999.12|a@26.11|'@2026.11'|a--b@2026.11",
        ),
        ("fail-on", "stop|refer|incomplete|act-first|Stop|never"),
        ("format", "json|sarif|markdown|jsn"),
        (
            "output-for",
            "{json: a.json}|{json: a/b.json, csv: c.csv}|{jsn: a}|{json: ../a}|{json: /a}|{json: .git/a}|{json: a/.b}",
        ),
        (
            "output-for",
            "{json: ./a}|{json: 'C:\\x'}|{json: a..b}|{json: ''}|{json: ~}|{json: 5}|{json: [a]}|{json: a/..}|{json: ~/a}",
        ),
        ("paths", "a/b|[a,b/*.yaml]|../b|'-'|.hidden|/x|'~/x'|a/..|'a\\..\\b'|[a,../b]|a-b|'c:'|[a,~]"),
        ("include", "'*.yaml'|[a,b]|[a,5]"),
        ("waivers", "../w.yaml|/w.yaml"),
        ("baseline", "../b.yaml"),
        ("fail-om", "stop"),
    ];
    for (key, values) in of {
        for value in values.split('|').chain(words.split('|')) {
            both(&format!("clearshare: 1\n{key}: {value}\n"));
        }
    }
    assert!(taken >= 50 && refused >= 80, "{taken} {refused}");
}

/// The files of each ruleset that stands somewhere here.
fn good() -> Vec<Files> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<Files> = bundled::all().iter().map(bundled::Bundled::files).collect();
    all.push(files_in(&root.join("examples/rulesets/nl-dpia/2026.11")));
    all.push(base_files());
    all
}

#[test]
fn each_file_of_a_ruleset_is_taken() {
    let validator = validator(&written("ruleset"));
    let mut taken = 0;
    for (path, bytes) in good().into_iter().flatten() {
        let value = as_json(&String::from_utf8(bytes).unwrap()).unwrap();
        let found: Vec<String> =
            validator.iter_errors(&value).take(3).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(found.is_empty(), "{path}: {}", found.join("\n"));
        taken += 1;
    }
    assert!(taken > 100, "{taken}");
    assert_eq!(written("ruleset"), ruleset());
}

/// Faults that a file has by itself, whatever the others hold. Some of one kind depend on names; these are not listed.
const BY_ITSELF: [&str; 15] = [
    "bad-date",
    "bad-number",
    "bad-url",
    "bad-version",
    "empty-condition",
    "empty-list",
    "empty-text",
    "missing-key",
    "null-value",
    "reserved-name",
    "unknown-format",
    "unknown-key",
    "unknown-word",
    "wrong-for-level",
    "wrong-type",
];

#[test]
fn what_is_a_fault_by_itself_is_refused() {
    let validator = validator(&ruleset());
    let [mut refused, mut taken] = [Vec::new(), Vec::new()];
    for name in names_in(&fixture("ruleset")).into_iter().filter(|name| name != "_base") {
        for (path, bytes) in files_in(&fixture("ruleset").join(&name)) {
            if std::path::Path::new(&path).extension().is_none_or(|ending| ending != "yaml") {
                continue;
            }
            let Some(value) = String::from_utf8(bytes).ok().and_then(|text| as_json(&text)) else { continue };
            if validator.is_valid(&value) { &mut taken } else { &mut refused }.push(format!("{name}/{path}"));
        }
    }
    let code = |name: &String| name.split(['.', '/']).next().unwrap().to_owned();
    // What only a calendar, or other places, can tell; and a number, of which no pattern tells whether it is a version.
    let elsewhere = [
        "bad-date.no-such-day",
        "bad-version/",
        "missing-key.says",
        "reserved-name.none",
        "unknown-key.facts",
        "wrong-type.derived",
    ];
    for name in taken.iter().filter(|name| BY_ITSELF.contains(&code(name).as_str())) {
        assert!(elsewhere.iter().any(|other| name.starts_with(other)), "{name} is taken");
    }
    // Some faults are told by a name, or by how a text is written, and are refused all the same.
    let also = [
        "alias-budget",
        "bad-id",
        "count-out-of-range.zero",
        "empty-file",
        "given-alone",
        "merge-key",
        "too-deep",
        "unexpected-file",
        "unknown-fact.word",
        "unsupported-tag",
        "complex-key",
        "unknown-alias",
        "wrong-each.kind",
        "wrong-test",
    ];
    for name in &refused {
        let is_known = BY_ITSELF.contains(&code(name).as_str()) || also.iter().any(|other| name.starts_with(other));
        assert!(is_known, "{name} is refused");
    }
    assert!(refused.len() > 25 && taken.len() > 40, "{} {}", refused.len(), taken.len());
}

/// Each way in which one place of a file can be wrong.
fn changed(value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let without: Map<String, Value> = members
                    .iter()
                    .filter(|(other, _)| *other != key)
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                all.push(Value::Object(without));
                for other in changed(member) {
                    let mut with = members.clone();
                    with.insert(key.clone(), other);
                    all.push(Value::Object(with));
                }
            }
            let mut with = members.clone();
            with.insert("zzz".to_owned(), json!("x"));
            all.push(Value::Object(with));
        }
        Value::Array(items) => {
            all.push(json!([]));
            all.extend(items.first().cloned());
            // Things of one list have one shape: what is first, and what is last.
            for at in [0, items.len().saturating_sub(1)] {
                for other in items.get(at).map(changed).unwrap_or_default() {
                    let mut with = items.clone();
                    with[at] = other;
                    all.push(Value::Array(with));
                }
            }
        }
        _ => all.extend([json!(null), json!(""), json!("Not An Id"), json!(["x"]), json!({ "x": "y" })]),
    }
    all
}

/// Every file of a small ruleset with one thing wrong in it, read by both.
#[test]
fn no_file_is_refused_that_our_reader_takes() {
    let validator = validator(&ruleset());
    let base = base_files();
    let [mut tried, mut refused] = [0, 0];
    let mut missed = Vec::new();
    for (at, (path, bytes)) in base.iter().enumerate() {
        let value = as_json(std::str::from_utf8(bytes).unwrap()).unwrap();
        for other in changed(&value) {
            let mut files = base.clone();
            files[at].1 = serde_json::to_vec(&other).unwrap();
            let valid = validator.is_valid(&other);
            let faults = match read_ruleset(&files) {
                Ok(_) => Vec::new(),
                Err(faults) => faults.findings.iter().map(|finding| finding.code().as_str()).collect(),
            };
            tried += 1;
            refused += usize::from(!valid);
            assert!(valid || !faults.is_empty(), "{path}: our reader takes {other:#}");
            // Of answers, and of what is said where a value comes first, a schema of all rulesets knows nothing.
            let elsewhere = match path.as_str() {
                "cases/cases.yaml" => &["unknown-key", "wrong-type"][..],
                "derived.yaml" => &["missing-key"],
                _ => &[],
            };
            if valid && faults.iter().any(|code| BY_ITSELF.contains(code) && !elsewhere.contains(code)) {
                missed.push(format!("{path}: {faults:?}"));
            }
        }
    }
    assert!(tried > 1000 && refused > tried / 2, "{tried} {refused}");
    assert!(missed.is_empty(), "{} of {tried}:\n{}", missed.len(), missed.join("\n"));
}
