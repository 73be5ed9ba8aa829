//! `clearshare questions`: each format as it was looked at, and read again by something else.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::schema::{assert_each_refused, assert_valid, documentation, each_member, schema};
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Output, fixture, read};

const DAY: &str = "2026-11-22";
const FORMATS: [&str; 4] = ["text", "markdown", "csv", "json"];

/// Questions of the sample ruleset that this manifest leaves open.
fn sample(answers: &str, args: &[&str]) -> Output {
    at("80", answers, args)
}

fn at(columns: &str, answers: &str, args: &[&str]) -> Output {
    let manifest = format!("clearshare: 1\nruleset: sample@2026.11\n{answers}");
    Clearshare::new("questions")
        .file("m.yaml", manifest)
        .env("COLUMNS", columns)
        .args(["--as-of", DAY, "--from", "m.yaml", "--rules", &fixture("report-ruleset").to_string_lossy()])
        .args(args)
        .run()
}

fn json_of(output: &Output) -> Value {
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let document = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", output.stdout));
    assert_valid(&schema("questions-1"), &document);
    document
}

/// Each question of a document with its group.
fn questions(document: &Value) -> Vec<(&Value, &Value)> {
    let groups = document["groups"].as_array().expect("there are groups").iter();
    groups.flat_map(|group| group["questions"].as_array().unwrap().iter().map(move |q| (group, q))).collect()
}

fn ids(document: &Value) -> Vec<&str> {
    questions(document).iter().map(|(_, question)| question["question"].as_str().unwrap()).collect()
}

fn example(name: &str) -> Vec<u8> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name))
}

fn from_example(name: &str, columns: &str, args: &[&str]) -> Output {
    Clearshare::new("questions")
        .file(name, example(name))
        .env("COLUMNS", columns)
        .args(["--as-of", DAY, "--from", name])
        .args(args)
        .run()
}

/// Several exchanges, with what is absent, unknown, answered in part and closed.
const MIXED: &str = "exchange: { title: Plants, reference: DX-1 }
screen: { material: none }
from: { body: hmrc }
to: { body: defra }
data: { personal: yes, contains: [names, unknown] }
power: { gateway: unknown }
handling: { controls: none }
flows:
  - { id: back, from: { body: defra }, to: { body: police }, data: { personal: unknown } }
";

#[test]
fn whole_outputs_are_as_they_were_looked_at() {
    for (args, snapshot) in [
        (&[][..], "questions/mixed.txt"),
        (&["--plain"], "questions/mixed-plain.txt"),
        (&["--format", "markdown"], "questions/mixed.md"),
        (&["--format", "csv"], "questions/mixed.csv"),
        (&["--format", "json"], "questions/mixed.json"),
    ] {
        let output = sample(MIXED, args);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{args:?}");
        // In a file, line ends are those of the system: what matters is that there are none but these.
        let text = output.stdout.replace("\r\n", "\n");
        let text = text.lines().filter(|line| !line.contains("\"digest\"") && !line.contains("\"version\""));
        assert_snapshot(snapshot, &(text.collect::<Vec<_>>().join("\n") + "\n"));
    }
    let output = at("40", MIXED, &["--plain"]);
    assert_snapshot("questions/mixed-40-plain.txt", &output.stdout);
}

#[test]
fn the_questions_are_those_that_the_advice_leaves_open() {
    for name in ["lorry-hold-messages-idea.yaml", "travel-and-freight-to-border-agencies.yaml"] {
        let run = |verb: &str| {
            let run = Clearshare::new(verb).file("m.yaml", example(name)).args(["--as-of", DAY, "--format", "json"]);
            let run = if verb == "questions" { run.args(["--from", "m.yaml"]) } else { run.args(["m.yaml"]) };
            serde_json::from_str::<Value>(&run.run().stdout).unwrap()
        };
        let (advice, document) = (run("check"), run("questions"));
        assert_valid(&schema("questions-1"), &document);
        let mut wanted = BTreeSet::new();
        for flow in advice["results"][0]["flows"].as_array().unwrap() {
            for (list, state) in [("open", "absent"), ("unknown", "unknown")] {
                for question in flow[list].as_array().unwrap() {
                    let text = |value: &Value| value.as_str().unwrap().to_owned();
                    wanted.insert((text(&flow["id"]), text(&question["question"]), state));
                }
            }
        }
        let mut found = BTreeSet::new();
        for (_, question) in questions(&document) {
            for flow in question["flows"].as_array().unwrap() {
                let state = if question["state"] == "absent" { "absent" } else { "unknown" };
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                assert!(found.insert((text(flow), text(&question["question"]), state)), "{question} is there twice");
            }
        }
        assert_eq!(found, wanted, "{name}");
    }
}

#[test]
fn each_is_asked_of_who_would_know_and_says_so_far_what_is_known() {
    let document = json_of(&sample(MIXED, &["--format", "json"]));
    let of = |id: &str| {
        let found = questions(&document).into_iter().filter(|(_, question)| question["question"] == id);
        found
            .map(|(group, question)| {
                (group["body"]["id"].clone(), question["flows"].clone(), question["state"].clone())
            })
            .collect::<Vec<_>>()
    };
    // One question, of two bodies' people.
    assert_eq!(
        of("power.gateway"),
        [(json!("hmrc"), json!(["main"]), json!("unknown")), (json!("defra"), json!(["back"]), json!("unknown"))]
    );
    assert_eq!(of("data.scale"), [(Value::Null, json!(["main", "back"]), json!("absent"))]);
    for (body, flow) in [("hmrc", "main"), ("defra", "back")] {
        let contains = of("data.contains");
        assert!(contains.contains(&(json!(body), json!([flow]), json!("in-part"))), "{contains:?}");
    }
    let chosen = |id: &str, of: &str| {
        let (_, question) = questions(&document).into_iter().find(|(_, question)| question["question"] == of).unwrap();
        question["options"].as_array().unwrap().iter().find(|option| option["id"] == id).map(|o| o["chosen"].clone())
    };
    assert_eq!(chosen("names", "data.contains"), Some(json!(true)));
    assert_eq!(chosen("health", "data.contains"), Some(json!(false)));
    assert_eq!(chosen("future-act", "power.gateway"), None, "what is not in force is not offered");
}

#[test]
fn closed_options_are_counted_and_not_offered() {
    let answers = "screen: { material: none }\nfrom: { body: police }\nto: { body: defra }\n";
    let document = json_of(&sample(answers, &["--format", "json"]));
    let (_, power) =
        questions(&document).into_iter().find(|(_, q)| q["question"] == "power.gateway").expect("it is open");
    assert_eq!((power["options"].as_array().unwrap().len(), &power["closed"]), (0, &json!(3)));
    let text = sample(answers, &[]).stdout;
    assert!(text.contains("3 others do not fit the answers so far"), "{text}");
}

#[test]
fn without_a_manifest_every_question_is_listed() {
    for args in [&["--ruleset", "uk-border@2026.11"][..], &["--rules", &fixture("report-ruleset").to_string_lossy()]] {
        let run = Clearshare::new("questions").args(args).args(["--as-of", DAY, "--format", "json"]).run();
        let document = json_of(&run);
        assert_eq!(document.get("manifest"), None);
        let found: BTreeSet<&str> = ids(&document).into_iter().collect();
        assert_eq!(found.len(), ids(&document).len());
        assert!(found.contains("from.body") && found.contains("power.gateway"), "{found:?}");
        let (group, question) = questions(&document)[0];
        assert_eq!((group["safety"].clone(), question["question"].clone()), (json!(true), json!("screen.material")));
    }
}

#[test]
fn the_safety_question_comes_first_and_nobody_is_to_answer_it_in_writing() {
    let answers = "exchange: { title: Plants }\nfrom: { body: hmrc }\n";
    let document = json_of(&sample(answers, &["--format", "json"]));
    assert_eq!((ids(&document)[0], &document["groups"][0]["safety"]), ("screen.material", &json!(true)));
    for format in ["text", "markdown", "csv"] {
        let output = sample(answers, &["--format", format]).stdout;
        let flat = output.split_whitespace().collect::<Vec<_>>().join(" ");
        let question = flat.find("Is any of the information one of these?").expect("it is asked");
        let other = flat.find("Who receives the data?").expect("so are others");
        assert!(question < other, "{flat}");
        assert!(flat.contains("do not send or write down which of these it is"), "{flat}");
        assert!(flat.contains("Only if it is none of these, write"), "{flat}");
        // Nothing to tick or to copy.
        assert!(!flat.contains("code-word") && !flat.contains("[ ] Protected"), "{flat}");
    }
}

#[test]
fn where_the_screen_ends_the_questions_nothing_else_is_shown() {
    for material in ["code-word", "[secret, code-word]", "unknown"] {
        for format in FORMATS {
            let answers = MIXED.replace("material: none", &format!("material: {material}"));
            let output = sample(&answers, &["--format", format]);
            assert_eq!((output.status, output.stderr.as_str()), (0, ""));
            for word in ["code-word", "Plants", "DX-1", "hmrc", "HMRC", "back", "Why we ask", "screen.material"] {
                assert!(!output.stdout.contains(word), "{format} shows {word}: {}", output.stdout);
            }
            if format == "json" {
                assert_eq!(json_of(&output)["screened"], true);
            } else {
                assert!(output.stdout.contains("security adviser"), "{format}: {}", output.stdout);
            }
        }
    }
}

#[test]
fn where_nothing_is_left_it_says_so() {
    let name = "official-sensitive-public-cloud.yaml";
    for format in ["text", "markdown", "csv"] {
        let output = from_example(name, "100", &["--format", format]);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""));
        let flat = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("No questions are left"), "{flat}");
        assert!(flat.contains("That does not say that you may share."), "{flat}");
    }
    let document = json_of(&from_example(name, "100", &["--format", "json"]));
    assert_eq!(document["groups"], json!([]));
}

#[test]
fn a_fault_is_written_to_standard_error_alone() {
    for format in FORMATS {
        for (answers, code) in [("from: { boddy: hmrc }\n", "unknown-key"), ("screen: [\n", "yaml-syntax")] {
            let output = sample(answers, &["--format", format]);
            assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{format}");
            assert!(output.stderr.contains(&format!("error[{code}]")), "{}", output.stderr);
        }
    }
    let run = |args: &[&str]| Clearshare::new("questions").file("m.yaml", "clearshare: 1\n").args(args).run();
    assert!(run(&["--from", "m.yaml"]).stderr.contains("error[not-pinned]"));
    for args in [&["--from", "n.yaml"][..], &["--from", "m.yaml"], &["--ruleset", "uk-boarder"], &["--format", "xml"]] {
        assert_eq!(run(args).status, 2, "{args:?}");
    }
    let piped = Clearshare::new("questions").input(example("plant-health-inspections.yaml"));
    assert_eq!(piped.args(["--from", "-", "--as-of", DAY]).run().status, 0);
}

#[test]
fn nothing_is_wider_than_the_page() {
    for name in ["lorry-hold-messages-idea.yaml", "travel-and-freight-to-border-agencies.yaml"] {
        for columns in [20, 40, 80] {
            for extra in [&[][..], &["--plain"]] {
                for line in from_example(name, &columns.to_string(), extra).stdout.lines() {
                    assert!(line.width() <= columns, "{} columns in {columns}: {line:?}", line.width());
                }
            }
        }
    }
    assert!(
        !from_example("lorry-hold-messages-idea.yaml", "80", &["--color", "always", "--plain"]).stdout.contains('\x1b')
    );
    assert!(from_example("lorry-hold-messages-idea.yaml", "80", &["--color", "always"]).stdout.contains('\x1b'));
}

/// Another reader of CSV, character by character, after RFC 4180: rows of cells.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut inside, mut rest) = (false, text.chars().peekable());
    while let Some(character) = rest.next() {
        match (inside, character) {
            (true, '"') if rest.peek() == Some(&'"') => cell.push(rest.next().unwrap()),
            (true, '"') => {
                inside = false;
                assert!(matches!(rest.peek(), Some(',' | '\r')), "something stands after a quoted cell");
            }
            (false, '"') => {
                assert!(cell.is_empty(), "a quote stands within a cell that is not quoted");
                inside = true;
            }
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => {
                assert_eq!(rest.next(), Some('\n'), "a line ends with CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (false, '\n') => panic!("a bare line feed ends a row"),
            (_, other) => cell.push(other),
        }
    }
    assert!(!inside && row.is_empty() && cell.is_empty(), "the last row ends");
    rows
}

/// A ruleset and a manifest whose every text would like to be something else.
fn hostile(text: &str) -> (crate::support::Files, String) {
    let quoted = serde_json::to_string(text).unwrap();
    let mut files = crate::support::files_in(&fixture("report-ruleset"));
    let (_, questions) = files.iter_mut().find(|(path, _)| path == "questions.yaml").unwrap();
    let yaml = String::from_utf8(questions.clone()).unwrap();
    let yaml = yaml
        .replace("prompt: How many records?", &format!("prompt: {quoted}\n        help: {quoted}"))
        .replace("why: More records need more care.", &format!("why: {quoted}"))
        .replace("label: Many }", &format!("label: {quoted} }}"));
    assert!(yaml.matches(&quoted).count() == 4, "each was put in");
    *questions = yaml.into_bytes();
    let manifest = format!(
        "clearshare: 1\nruleset: sample@2026.11\nscreen: {{ material: none }}\n\
         exchange: {{ title: {quoted}, reference: {quoted} }}\nfrom: {{ body: hmrc }}\n"
    );
    (files, manifest)
}

const HOSTILE: [&str; 12] = [
    "`code` | pipe | <script>alert(1)</script>",
    "=HYPERLINK(\"http://a.example\",\"x\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "a\",=1+1,\"b",
    "[x](javascript:alert(1)) ![y](http://a.example/p.png) @team #12",
    "# heading\n\n- [x] done\n---",
    "1. one\r\n***bold*** <!-- hidden -->",
    "\u{1b}[2J\u{202e}evil &lt;b&gt; \\*",
];

fn rendered(text: &str, format: &str) -> String {
    let (files, manifest) = hostile(text);
    let run = Clearshare::new("questions").ruleset("mine", &files).file("m.yaml", manifest);
    let output = run.args(["--as-of", DAY, "--from", "m.yaml", "--rules", "mine", "--format", format]).run();
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{text:?}");
    output.stdout
}

#[test]
fn csv_is_read_back_and_holds_no_formula() {
    for text in HOSTILE {
        let rows = read_csv(&rendered(text, "csv"));
        assert!(rows.len() > 5 && rows.iter().all(|row| row.len() == 10), "{text:?}: {rows:#?}");
        for cell in rows.iter().flatten() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?} is a formula");
            assert!(!cell.chars().any(|c| c.is_control() && c != '\n'), "{cell:?} acts");
        }
        let row = rows.iter().find(|row| row[3] == "data.scale").expect("it is asked");
        let shown = clearshare::text::visible_lines(text).into_owned();
        for cell in &row[4..=6] {
            assert_eq!(cell.trim_start_matches('\''), shown, "nothing is lost");
        }
        assert!(row[8].contains(&shown), "{row:?}");
    }
    let (document, rows) =
        (json_of(&sample(MIXED, &["--format", "json"])), read_csv(&sample(MIXED, &["--format", "csv"]).stdout));
    assert_eq!(rows[1..].iter().map(|row| row[3].as_str()).collect::<Vec<_>>(), ids(&document), "the same questions");
}

/// What of a line of Markdown is not escaped: what could be markup.
fn bare(line: &str) -> String {
    let mut bare = String::new();
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        if character == '\\' {
            rest.next();
        } else {
            bare.push(character);
        }
    }
    bare
}

#[test]
fn nothing_of_a_text_is_markdown() {
    // The lines that are the program's own are those of a harmless text, but for that text.
    let harmless = rendered("harmless", "markdown");
    for text in HOSTILE {
        let found = rendered(text, "markdown");
        assert_eq!(found.lines().count(), harmless.lines().count(), "{text:?} begins a line of its own:\n{found}");
        for (line, own) in found.lines().zip(harmless.lines()) {
            let line = bare(line);
            if !own.contains("harmless") {
                continue;
            }
            let (before, _) = own.split_once("harmless").unwrap();
            let inner = line.strip_prefix(&bare(before)).unwrap_or_else(|| panic!("{text:?}: {line:?} is not {own:?}"));
            for markup in ['`', '*', '_', '<', '>', '[', ']', '|', '~', '!', '@', '$'] {
                assert!(!inner.contains(markup), "{text:?} leaves {markup} in {line:?}");
            }
            assert!(!inner.contains("://") && !inner.contains("javascript:"), "{line:?} is a link");
            let start = if before.is_empty() { inner } else { "" };
            assert!(
                !start.starts_with(['#', '-', '+', '=', ' ']) && !start.starts_with("1."),
                "{line:?} begins something"
            );
        }
        assert!(!found.chars().any(|c| c.is_control() && c != '\n'), "{found:?}");
    }
}

#[test]
fn the_schema_refuses_what_is_wrong_and_the_documentation_knows_every_member() {
    let right = json_of(&sample(MIXED, &["--format", "json"]));
    assert_each_refused(
        &schema("questions-1"),
        &right,
        &[
            ("/format", json!("clearshare-questions/2")),
            ("/extra", json!(1)),
            ("/screened", json!(true)),
            ("/groups", json!([{ "safety": false, "questions": [] }])),
            ("/groups/0/extra", json!(1)),
            ("/groups/0/ask/party", json!("both")),
            ("/groups/0/questions/0/state", json!("answered")),
            ("/groups/0/questions/0/flows", json!([])),
            ("/groups/0/questions/0/options/0/chosen", json!("yes")),
            ("/as_of", json!("22 November")),
        ],
    );
    let stopped = json_of(&sample("screen: { material: secret }\n", &["--format", "json"]));
    let wrong = [("/groups", json!([])), ("/title", json!("Plants")), ("/instructions", json!([]))];
    assert_each_refused(&schema("questions-1"), &stopped, &wrong);
    let text = documentation();
    let (_, text) = text.split_once("`clearshare-questions/1`").expect("docs/json.md has a part on it");
    let mut members = Vec::new();
    each_member(&schema("questions-1"), &mut members);
    assert!(members.len() > 30);
    for member in members {
        let told = [format!("`{member}`"), format!("\"{member}\"")].iter().any(|word| text.contains(word));
        assert!(told, "docs/json.md does not speak of `{member}`");
    }
}
