//! Values that nobody meant well, in every format: what comes out is still the format, and nothing of them acts.

use std::collections::BTreeSet;

use quick_xml::events::Event;
use serde_json::Value;

use crate::formats::{FORMATS, sample};

/// What breaks formats, and what they must not pass on as it is.
const HOSTILE: [&str; 16] = [
    "::error file=x,line=1::planted",
    "%0A::error::planted",
    "]]><planted/>",
    "<script>planted()</script>",
    "a | b | c",
    "`tick` ``` fence",
    "=cmd('planted')",
    "@team see #1 and www.a.example http://a.example",
    "[planted](javascript:alert) ![x](y)",
    "</details><details open>",
    "&amp; &#60; &lt;",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}desrever\u{2066}\u{200b}",
    "two\nlines\r\n::warning::planted\n# heading\n| x |",
    "##[error]planted {0} {{1}}",
    "quote \" ' comma, semicolon; tab\there",
];

fn in_yaml(text: &str) -> String {
    // JSON is YAML, but for characters that YAML does not allow unescaped.
    let json = serde_json::to_string(text).unwrap();
    json.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\U{:08x}", u32::from(c)) }).collect()
}

/// A manifest with a text wherever one can be given.
fn manifest(text: &str) -> String {
    let text = in_yaml(text);
    format!(
        "clearshare: 1
exchange: {{ title: {text}, reference: {text}, contact: {text} }}
screen: {{ material: none }}
from: {{ body: hmrc }}
to: {{ body: defra }}
data: {{ personal: yes, contains: [health, names], scale: many }}
power: {{ gateway: [trade-act] }}
handling: {{ controls: none }}
done: [{{ rule: handling.approval, on: 2026-11-02, by: {text}, evidence: {text} }}]
waivers: [{{ rule: handling.encrypt, reason: {text}, approved-by: {text}, role: security-adviser, expires: 2027-03-31 }}]
"
    )
}

/// A manifest with faults that quote a text.
fn faulty(text: &str) -> String {
    format!(
        "clearshare: 1\nfrom: {{ body: {} }}\nhandling: {{ {}: yes }}\n",
        in_yaml(text),
        in_yaml(&format!("k{text}"))
    )
}

/// Every report of some manifests, by format.
fn reports(files: &[(String, String)]) -> Vec<(&'static str, String)> {
    let targets: Vec<String> = FORMATS.iter().map(|(format, file)| format!("{format}={file}")).collect();
    let mut run = files.iter().fold(sample().args(["--include", "*"]), |run, (path, text)| run.file(path, text));
    for (path, _) in files {
        run = run.args([path]);
    }
    let run = targets.iter().fold(run, |run, target| run.args(["--output-for", target]));
    let (output, folder) = run.run_and_keep();
    assert!(output.status == 1 || output.status == 2, "{output:?}");
    let read =
        |(format, file): (&'static str, &str)| (format, std::fs::read_to_string(folder.path().join(file)).unwrap());
    FORMATS.into_iter().map(read).collect()
}

/// Every text of a JSON document.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        _ => {}
    }
}

/// Every attribute and text of an XML document, and the names of its elements.
fn xml(document: &str) -> (Vec<String>, BTreeSet<String>) {
    let mut reader = quick_xml::Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut values, mut names, mut depth) = (Vec::new(), BTreeSet::new(), 0);
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                names.insert(String::from_utf8(element.name().as_ref().to_vec()).unwrap());
                for attribute in element.attributes() {
                    let value = attribute.unwrap().value.into_owned();
                    let value = String::from_utf8(value).unwrap();
                    values.push(quick_xml::escape::unescape(&value).unwrap().into_owned());
                }
                depth += i32::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => values.push(text.decode().unwrap().into_owned()),
            Event::GeneralRef(_) | Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(depth, 0);
    (values, names)
}

/// The rows of a CSV file, as RFC 4180 reads them.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let mut inside = false;
    while let Some(character) = characters.next() {
        match (inside, character) {
            (true, '"') if characters.peek() == Some(&'"') => cell.push(characters.next().unwrap()),
            (_, '"') => inside = !inside,
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => {
                assert_eq!(characters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (_, other) => cell.push(other),
        }
    }
    assert!(!inside && cell.is_empty() && row.is_empty());
    rows
}

/// A workflow command as the runner reads it: what it is, its properties, its message.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let (head, message) = line.strip_prefix("::").unwrap_or_else(|| panic!("{line}")).split_once("::").unwrap();
    let (kind, properties) = head.split_once(' ').unwrap();
    let back = |text: &str| {
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    };
    let property = |text: &str| text.split_once('=').map(|(name, value)| (name.to_owned(), back(value))).unwrap();
    let message = message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    (kind.to_owned(), properties.split(',').map(property).collect(), message)
}

fn assert_nothing_acts(format: &str, report: &str) {
    let acts = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\r')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
    };
    assert!(!report.contains(acts), "{format}: {:?}", report.lines().find(|line| line.contains(acts)));
    match format {
        "sarif" | "gitlab" => {
            let value: Value = serde_json::from_str(report).unwrap();
            assert_eq!(value.is_array(), format == "gitlab");
        }
        "junit" => {
            let (_, names) = xml(report);
            let known =
                ["testsuites", "testsuite", "properties", "property", "testcase", "skipped", "failure", "error"];
            assert!(names.iter().all(|name| known.contains(&name.as_str())), "{names:?}");
        }
        "github" => {
            for line in report.lines() {
                let (kind, properties, _) = command(line);
                assert!(["error", "warning", "notice"].contains(&kind.as_str()), "{line}");
                let names: Vec<&str> = properties.iter().map(|(name, _)| name.as_str()).collect();
                assert!(
                    names.iter().all(|name| ["file", "line", "endLine", "col", "endColumn", "title"].contains(name)),
                    "{line}"
                );
            }
        }
        "csv" => {
            let rows = csv(report);
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
            let formula = |cell: &String| cell.trim_start().starts_with(['=', '+', '-', '@']);
            assert!(!rows.iter().flatten().any(formula));
        }
        "markdown" => {
            for line in report.lines() {
                let ours = line.replace("<details><summary>", "").replace("</summary>", "").replace("</details>", "");
                // An address stands in angle brackets, and nothing else does.
                let mut parts = ours.split("](<");
                let first = parts.next().unwrap().to_owned();
                let ours = parts.fold(first, |all, part| {
                    let (address, rest) = part.split_once(">)").unwrap_or_else(|| panic!("{line}"));
                    assert!(address.starts_with("https://www.example.gov.uk/"), "{line}");
                    all + rest
                });
                assert!(!ours.contains('<') && !ours.contains(['@', '\u{1b}']), "{line}");
                assert!(!ours.contains("http:") && !ours.contains("www.") && !ours.contains("```"), "{line}");
            }
        }
        _ => panic!("{format} is not looked at"),
    }
}

#[test]
fn no_value_breaks_a_format_or_is_more_than_text() {
    let long = "x".repeat(10_000);
    for hostile in HOSTILE.into_iter().chain([long.as_str()]) {
        let files = [("ok.yaml".to_owned(), manifest(hostile)), ("bad.yaml".to_owned(), faulty(hostile))];
        for (format, report) in reports(&files) {
            assert_nothing_acts(format, &report);
            let mut found = Vec::new();
            match format {
                "sarif" => texts(&serde_json::from_str(&report).unwrap(), &mut found),
                "junit" => found = xml(&report).0,
                _ => continue,
            }
            // The reason of the waiver comes back: as it was, or with what acts made visible.
            let reason = hostile.trim_end_matches('.');
            let shown =
                if format == "sarif" { reason.to_owned() } else { clearshare::text::visible(reason).into_owned() };
            let short: String = shown.chars().take(200).collect();
            let of_waiver = |text: &&String| text.contains(". Approved by ") || text.starts_with("Waived: ");
            let mut waivers = found.iter().filter(of_waiver).peekable();
            assert!(waivers.peek().is_some() && waivers.all(|text| text.contains(&short)), "{format}: {hostile:?}");
        }
    }
}

/// Both of two manifests that say the same are reported: no fingerprint of GitLab comes twice.
#[test]
fn what_two_manifests_say_alike_stays_two_things() {
    let files = ["a.yaml", "b.yaml"].map(|name| (name.to_owned(), manifest("plain")));
    let (_, report) = reports(&files).swap_remove(3);
    let entries: Value = serde_json::from_str(&report).unwrap();
    let prints: Vec<&str> = entries.as_array().unwrap().iter().map(|e| e["fingerprint"].as_str().unwrap()).collect();
    let unique: BTreeSet<&&str> = prints.iter().collect();
    assert_eq!(unique.len(), prints.len());
    assert!(prints.len() >= 2);
}

/// A path is text too.
#[cfg(unix)]
#[test]
fn no_path_breaks_a_format() {
    for hostile in HOSTILE.map(|text| text.replace('/', "_")) {
        let path = format!("x {hostile}.yaml");
        for (format, report) in
            reports(&[(path.clone(), manifest("plain")), ("bad ".to_owned() + &path, faulty("plain"))])
        {
            assert_nothing_acts(format, &report);
            if format == "sarif" {
                let log: Value = serde_json::from_str(&report).unwrap();
                let results = log["runs"].as_array().unwrap().iter().flat_map(|run| run["results"].as_array().unwrap());
                for result in results {
                    let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
                    assert!(path.ends_with(back(uri).trim_start_matches("bad ")), "{uri}");
                }
            }
            if format == "github" {
                let (_, properties, _) = command(report.lines().find(|line| line.contains(" file=")).unwrap());
                let file = &properties.iter().find(|(name, _)| name == "file").unwrap().1;
                assert!(file.ends_with(&*clearshare::text::visible(&path)), "{file}");
            }
        }
    }
}

/// A percent-encoded path, read back.
#[cfg(unix)]
fn back(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A name that is no text at all.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_breaks_no_format() {
    use std::os::unix::ffi::OsStrExt;
    for (format, _) in FORMATS {
        let run = sample().args(["--format", format, "."]);
        let name = std::ffi::OsStr::from_bytes(b"data-sharing-\xff\xfe\x1b.yaml");
        std::fs::write(run.folder().join(name), manifest("plain")).unwrap();
        let output = run.run();
        assert_eq!(output.status, 1, "{format}: {}", output.stderr);
        assert_nothing_acts(format, &output.stdout);
    }
}
