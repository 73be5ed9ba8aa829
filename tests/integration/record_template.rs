//! Records as HTML, and through an organisation's own template: nothing of a record is ever markup, and a template cannot do more
//! than it may.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clearshare::finding::{Code, Finding};
use clearshare::record::v1::Record;
use clearshare::report::record::template::{Kind, MAX_TEMPLATE, from_template};
use clearshare::report::record::{View, html};
use clearshare::text::Sources;
use serde::Deserialize as _;
use serde_json::Value;

use super::records::{Advised, example_names};
use super::support::Clearshare;

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}&lt;\u{1b}[31m\u{202e}\u{0}\n# x\n- [y](z)";

/// A record with few rules, so that each of its texts can be tried.
fn small() -> Record {
    let mut record = Advised::example("travel-and-freight-to-border-agencies.yaml").fitting().record;
    record.exchange.reference = Some("DX-1".into());
    record.supersedes = Some(clearshare::record::v1::Supersedes {
        record: record.seal.clone(),
        decided_on: record.decision.decided_on,
        why: "New facts".into(),
    });
    record.notices.push("A notice".into());
    for flow in &mut record.advice.flows {
        let mut seen = Vec::new();
        flow.rules.retain(|rule| {
            let kept = seen.iter().filter(|status| **status == rule.status).count() < 2;
            seen.push(rule.status);
            kept
        });
    }
    record.advice.sources.truncate(4);
    record
}

/// The record with every text that may be any text changed: the leaves of its JSON, wherever it is then still a record. Leaves of the
/// same kind are told apart from others by the first of them.
fn with_texts(record: &Record, text: &str) -> (Record, usize) {
    let mut value = serde_json::to_value(record).unwrap();
    let mut kinds = BTreeMap::new();
    let mut changed = 0;
    for path in leaves(&value) {
        // What it names inside the record must still be found.
        let names = ["id", "rule", "flow", "format", "question"];
        let kind: Vec<&str> = path.split('/').filter(|part| part.parse::<usize>().is_err()).collect();
        if kind.last().is_some_and(|name| names.contains(name)) || kind == ["", "advice", "flows", "rules", "sources"] {
            continue;
        }
        let kind = kind.join("/");
        let before = std::mem::replace(value.pointer_mut(&path).unwrap(), Value::String(text.to_owned()));
        if *kinds.entry(kind).or_insert_with(|| Record::deserialize(&value).is_ok()) {
            changed += 1;
        } else {
            *value.pointer_mut(&path).unwrap() = before;
        }
    }
    (Record::deserialize(&value).unwrap(), changed)
}

/// The paths of every text, but of those deep in derivations only the first.
fn leaves(value: &Value) -> Vec<String> {
    fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::String(_) => found.push(path.to_owned()),
            Value::Array(items) => {
                let most = if path.ends_with("because") || path.ends_with("when") { 1 } else { usize::MAX };
                for (at, item) in items.iter().enumerate().take(most) {
                    walk(item, &format!("{path}/{at}"), found);
                }
            }
            Value::Object(members) => {
                for (key, item) in members {
                    walk(item, &format!("{path}/{key}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", &mut found);
    found
}

/// The elements of a page, each with the names of its attributes; a reader of HTML that knows nothing of ours.
fn skeleton(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let (mut tag, mut quote, mut end) = (String::new(), None, after.len());
        for (at, character) in after.char_indices() {
            match (quote, character) {
                (None, '"' | '\'') => quote = Some(character),
                (Some(open), _) if open == character => quote = None,
                (Some(_), _) => {}
                (None, '>') => {
                    end = at;
                    break;
                }
                (None, _) => tag.push(character),
            }
        }
        rest = after.get(end..).unwrap_or_default();
        // How many lines of text a picture has depends on how long the text is.
        if !matches!(tag.split(' ').next(), Some("text" | "/text")) {
            tags.push(tag.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    tags
}

#[track_caller]
fn same(some: &[String], others: &[String]) {
    let differs = some.iter().zip(others).position(|(one, other)| one != other);
    assert_eq!(differs, None, "{:?}", differs.map(|at| (&some[at], &others[at])));
    assert_eq!(some.len(), others.len());
}

/// A text whose bytes would act or hide.
fn is_clean(text: &str) -> bool {
    !text
        .chars()
        .any(|c| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')))
}

fn example_template(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/templates").join(name)).unwrap()
}

fn written(record: &Record, template: &[u8], kind: Kind) -> Result<String, (Box<Finding>, Sources)> {
    let mut sources = Sources::new();
    from_template(&View::new(record), template, "x.html", kind, &mut sources).map_err(|fault| (fault, sources))
}

#[test]
fn no_text_of_a_record_is_markup_in_the_page() {
    let record = small();
    let (hostile, changed) = with_texts(&record, HOSTILE);
    let (harmless, as_many) = with_texts(&record, "Some words");
    assert!(changed == as_many && changed > 300, "{changed} texts were changed, and {as_many}");
    let pages = [&hostile, &harmless].map(|record| html(&View::new(record)).unwrap());
    let [hostile, harmless] = pages.each_ref().map(|page| skeleton(page));
    same(&hostile, &harmless);
    assert!(hostile.len() > 500 && hostile.contains(&"/details".to_owned()));
    assert!(pages[0].contains("&lt;script&gt;alert(1)") && is_clean(&pages[0]));
    assert!(pages[0].contains("{{ 7*7 }}") && !pages[0].contains(">49"), "a text is never a template");
}

#[test]
fn no_text_of_a_record_is_markup_in_an_organisations_own_template() {
    let record = small();
    let (hostile, _) = with_texts(&record, HOSTILE);
    let (harmless, _) = with_texts(&record, "Some words");
    let template = example_template("decision-note.html");
    let [hostile_page, harmless_page] =
        [&hostile, &harmless].map(|record| written(record, &template, Kind::Html).unwrap());
    same(&skeleton(&hostile_page), &skeleton(&harmless_page));
    // Whatever a template does with a text, it is made safe.
    for tricky in [
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{% set x %}{{ title }}{% endset %}{{ x }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(title) }}",
        "{{ title|e }}{{ title|escape|upper }}",
        "{{ [title, title]|join('<br>') }}",
        "{{ '%s'|format(title) }}{{ title|replace('a', 'b') }}{{ title ~ '<b>' }}",
        "{{ [title] }}{{ {'<b>': title} }}",
        "{% autoescape false %}{% set x %}{{ title }}{% endset %}{{ x }}{% endautoescape %}",
        "{% filter upper %}{{ title }}{% endfilter %}",
        "{{ '<b>' }}",
    ] {
        let page = written(&hostile, tricky.as_bytes(), Kind::Html)
            .unwrap_or_else(|(fault, _)| panic!("{tricky}: {}", fault.message()));
        let tags = skeleton(&page);
        assert!(tags.iter().all(|tag| tag == "br"), "{tricky}: {tags:?}");
        assert!(is_clean(&page), "{tricky}");
    }
    let text = written(&hostile, b"{{ title }}", Kind::Text).unwrap();
    assert!(text.starts_with("\"'><script>") && is_clean(&text));
    let markdown = written(&hostile, &example_template("decision-note.md"), Kind::Markdown).unwrap();
    assert!(
        !markdown.contains("<script")
            && !markdown.contains("](z)")
            && !markdown.contains("\n# x")
            && is_clean(&markdown)
    );
}

#[test]
fn what_is_wrong_with_a_template_is_said_with_its_place() {
    let record = small();
    let fault = |template: &[u8]| {
        let (fault, sources) = written(&record, template, Kind::Html).unwrap_err();
        let place = fault.place().map(|place| {
            let location = sources.get(place.file).unwrap().location(place.span.start);
            (location.line, location.column)
        });
        (fault.code(), place, fault.message().to_owned())
    };
    let mut wrong = Vec::new();
    let mut bad = |template: &str, line: u32, column: u32, says: &str| {
        let (code, place, message) = fault(template.as_bytes());
        let expected = (Code::BadTemplate, Some((line, column)));
        if (code, place) != expected || !message.contains(says) {
            wrong.push(format!("{template}: {code:?} {place:?} {message}"));
        }
    };
    bad("<h1>\n  {{ titel }}</h1>", 2, 6, "there is no `titel` here");
    bad("{{ flows[0].fron.label }}", 1, 12, "there is no `fron.label` here");
    bad("{% for x in flow %}{% endfor %}", 1, 13, "there is no `flow` here");
    bad("{{ title|safe }}", 1, 10, "filter safe is unknown");
    bad("\n{% include '/etc/passwd' %}", 2, 4, "unknown statement include");
    bad("{% extends 'x' %}", 1, 4, "unknown statement extends");
    bad("{{ title", 1, 4, "unexpected end of input");
    bad("{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}", 1, 1, "more work");
    bad("{% set x = 'x' * 4000000000 %}", 1, 12, "more work");
    bad("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, 19, "recursion");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(fault(b"\xff").0, Code::InvalidUtf8);
    assert_eq!(fault(&vec![b'x'; MAX_TEMPLATE + 1]).0, Code::FileTooLarge);
}

#[test]
fn a_templates_kind_is_told_by_its_name() {
    for (name, kind) in [
        ("a/b.html", Some(Kind::Html)),
        ("B.HTM", Some(Kind::Html)),
        ("note.md", Some(Kind::Markdown)),
        ("note.html.txt", Some(Kind::Text)),
        ("note", None),
        ("note.docx", None),
    ] {
        assert_eq!(Kind::of(name), kind, "{name}");
    }
}

#[test]
fn each_example_gives_a_page_that_says_the_decision_the_advice_and_its_sources() {
    for name in example_names() {
        let sealed = Advised::example(&name).fitting();
        let view = View::new(&sealed.record);
        let page = html(&view).unwrap();
        assert_eq!(page, html(&View::new(&sealed.record)).unwrap(), "the same record, the same bytes");
        let count = |text: &str| page.matches(text).count();
        assert_eq!((count("<h1>"), count("<main "), count("lang=\"en-GB\"")), (1, 1, 1), "{name}");
        assert_eq!(count("<svg "), view.flows.len(), "{name}");
        assert_eq!(count("not legal advice"), 1, "{name}: it stands there once");
        assert!(page.contains(view.decision.says) && page.contains(view.seal), "{name}");
        for rule in view.flows.iter().flat_map(|flow| &flow.rules) {
            assert!(page.contains(&escaped(rule.title)), "{name}: {}", rule.title);
        }
        for source in &view.sources {
            assert_eq!(count(&format!("id=\"source-{}\"", source.number)), 1, "{name}");
        }
        for forbidden in ["<script", " style=", " src=", "@import", "url(", "http-equiv=\"refresh\""] {
            assert_eq!(count(forbidden), 0, "{name}: {forbidden}");
        }
        assert_eq!(skeleton(&page).iter().filter(|tag| tag.starts_with("div")).count(), count("</div>"), "{name}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[test]
fn the_examples_of_templates_read_as_they_should() {
    let record = Advised::example("plant-health-inspections.yaml").fitting().record;
    let note = written(&record, &example_template("decision-note.md"), Kind::Markdown).unwrap();
    assert!(note.starts_with("# Plant health inspection results to customs risking\n"), "{note}");
    assert!(
        note.contains("decided on 22 November 2026: **Share the data, but only under the conditions named here.**")
    );
    assert!(note.contains("## Department for Environment, Food and Rural Affairs to HM Revenue and Customs"));
    assert!(
        note.contains("\n- Complete a data protection impact assessment \\(Must, by law\\): ")
            || note.contains("\n- Complete a data protection impact assessment (Must, by law): "),
        "{note}"
    );
    let page = written(&record, &example_template("decision-note.html"), Kind::Html).unwrap();
    assert!(page.contains("<svg ") && page.contains("<h2>Department for Environment"));
}

#[test]
fn the_documentation_names_all_that_a_template_can_use() {
    let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/record.md")).unwrap();
    let (_, section) = docs.split_once("### What a template can name").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let documented: BTreeSet<&str> = section.split('`').skip(1).step_by(2).collect();
    let mut used = BTreeSet::new();
    for name in ["travel-and-freight-to-border-agencies.yaml", "lorry-hold-messages-idea.yaml"] {
        let record = Advised::example(name).fitting().record;
        keys(&serde_json::to_value(View::new(&record)).unwrap(), &mut used);
    }
    keys(&serde_json::to_value(View::new(&small())).unwrap(), &mut used);
    assert!(used.len() > 90, "only {} names were looked up", used.len());
    let missing: Vec<_> = used.iter().filter(|name| !documented.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "docs/record.md does not name {missing:?}");
}

/// The names of every member.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        Value::Object(members) => {
            for (key, item) in members {
                found.insert(key.clone());
                keys(item, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_command_writes_the_page_and_what_a_template_makes() {
    let sealed = Advised::example("plant-health-inspections.yaml").fitting();
    let run = |args: &[&str], template: &str| {
        let run = Clearshare::new("record").file("x.record.json", &sealed.bytes).file("my.html", template);
        run.args(["export", "x.record.json"]).args(args).run()
    };
    let page = run(&["--format", "html"], "");
    assert_eq!((page.status, page.stderr.as_str()), (0, ""));
    assert_eq!(page.stdout, html(&View::new(&sealed.record)).unwrap());
    let note = run(&["--template", "my.html"], "<p>{{ reference }}</p>\n");
    assert_eq!((note.status, note.stdout.as_str(), note.stderr.as_str()), (0, "<p>DX-0042</p>\n", ""));
    for (args, template, says) in [
        (
            ["--template", "my.html"],
            "<p>\n{{ titel }}",
            &["bad-template", "my.html:2:4", "there is no `titel` here"][..],
        ),
        (["--template", "my.pdf"], "", &["bad-template", "`my.pdf`", ".html, .md or .txt"]),
        (["--template", "none.html"], "", &["file-not-found", "none.html"]),
    ] {
        let output = run(&args, template);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{}", output.stderr);
        says.iter().for_each(|says| assert!(output.stderr.contains(says), "{says} is not in {}", output.stderr));
    }
    let both = run(&["--template", "my.html", "--format", "html"], "");
    let neither = run(&[], "");
    assert_eq!((both.status, neither.status), (2, 2));
}
