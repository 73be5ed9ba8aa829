//! The configuration that stands beside manifests: `.clearshare.yaml`.

use crate::check::FailOn;
use crate::finding::{Code, Finding, Findings};
use crate::manifest::{read_beside, read_format};
use crate::ruleset::Reference;
use crate::text::{Place, Sources, nearest, quoted};
use crate::yaml::{Entry, Fields, Limits, Node, shape};

/// The name of the file.
pub const CONFIG: &str = ".clearshare.yaml";

/// A setting, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// What it is set to.
    pub value: T,
    /// Where.
    pub place: Place,
}

/// What a configuration sets. Paths are as they are written: relative to the folder of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The ruleset for manifests that pin none.
    pub ruleset: Option<Setting<Reference>>,
    /// The mildest outcome that fails a check.
    pub fail_on: Option<Setting<FailOn>>,
    /// The format of what goes to standard output.
    pub format: Option<Setting<String>>,
    /// Formats, each with the file that it is also written to.
    pub output_for: Vec<Setting<(String, String)>>,
    /// What is checked where nothing is named.
    pub paths: Option<Setting<Vec<String>>>,
    /// Which files of a folder are manifests.
    pub include: Option<Setting<Vec<String>>>,
    /// The file of waivers that several manifests share.
    pub waivers: Option<Setting<String>>,
    /// The baseline.
    pub baseline: Option<Setting<String>>,
}

/// Reads a configuration. None where it has a fault: half of one is never used. `formats` are the names of those that there are.
pub fn read_config(
    bytes: &[u8],
    name: &str,
    formats: &[String],
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Config> {
    let mut own = Findings::new();
    let read = read_beside(bytes, name, Limits::MANIFEST, sources, &mut own, |root, findings| {
        config(root, formats, findings).unwrap_or_default()
    });
    let whole = own.is_empty();
    findings.append(own);
    read.filter(|_| whole)
}

fn config(root: &Node, formats: &[String], findings: &mut Findings) -> Option<Config> {
    let mut fields = Fields::new(root, "a configuration, such as `clearshare: 1`", findings)?;
    read_format(fields.optional("clearshare"), fields.place(), "configuration", findings);
    let config = Config {
        ruleset: set(fields.entry("ruleset"), findings, ruleset),
        fail_on: set(fields.entry("fail-on"), findings, fail_on),
        format: set(fields.entry("format"), findings, |node, findings| format(node, formats, findings)),
        output_for: fields.optional("output-for").map(|node| outputs(node, formats, findings)).unwrap_or_default(),
        paths: set(fields.entry("paths"), findings, |node, findings| texts(node, true, findings)),
        include: set(fields.entry("include"), findings, |node, findings| texts(node, false, findings)),
        waivers: set(fields.entry("waivers"), findings, path),
        baseline: set(fields.entry("baseline"), findings, path),
    };
    fields.finish(findings);
    Some(config)
}

fn set<T>(
    entry: Option<&Entry>,
    findings: &mut Findings,
    read: impl FnOnce(&Node, &mut Findings) -> Option<T>,
) -> Option<Setting<T>> {
    let entry = entry?;
    Some(Setting { value: read(&entry.value, findings)?, place: entry.key_place })
}

fn ruleset(node: &Node, findings: &mut Findings) -> Option<Reference> {
    let text = shape::text(node, "a ruleset and its version", findings)?;
    let reference: Option<Reference> = text.parse().ok().filter(|reference: &Reference| reference.version.is_some());
    if reference.is_none() {
        let message = format!("{} does not pin a ruleset", quoted(text));
        let help = "name the ruleset and its version, for example `ruleset: uk-border@2026.11`; `clearshare rules list` shows them";
        findings.push(Finding::new(Code::BadPin, message).at(node.place).help(help));
    }
    reference
}

fn fail_on(node: &Node, findings: &mut Findings) -> Option<FailOn> {
    let words: Vec<&str> = FailOn::WORDS.iter().map(|(word, _)| *word).collect();
    let word = one_of(node, "an outcome", &words, findings)?;
    FailOn::WORDS.iter().find(|(other, _)| *other == word).map(|(_, fail_on)| *fail_on)
}

fn format(node: &Node, formats: &[String], findings: &mut Findings) -> Option<String> {
    let words: Vec<&str> = formats.iter().map(String::as_str).collect();
    one_of(node, "a format", &words, findings)
}

fn outputs(node: &Node, formats: &[String], findings: &mut Findings) -> Vec<Setting<(String, String)>> {
    let what = "formats with a file for each, such as `json: advice.json`";
    let mut outputs = Vec::new();
    for entry in shape::entries(node, what, findings).unwrap_or(&[]) {
        let words: Vec<&str> = formats.iter().map(String::as_str).collect();
        let file = path(&entry.value, findings);
        if !words.contains(&entry.key.as_str()) {
            findings.push(unknown(&entry.key, "a format", &words, entry.key_place));
        } else if let Some(file) = file {
            if reaches_out(&file) || is_hidden(&file) {
                let message = format!("{} is not a place that a configuration may write to", quoted(&file));
                let help = "name a file in the folder of the configuration or below it, and not in a hidden folder; \
                            `--output-for` writes anywhere";
                findings.push(Finding::new(Code::OutsideFolder, message).at(entry.value.place).help(help));
            } else {
                outputs.push(Setting { value: (entry.key.clone(), file), place: entry.key_place });
            }
        }
    }
    outputs
}

fn texts(node: &Node, paths: bool, findings: &mut Findings) -> Option<Vec<String>> {
    let items = shape::one_or_more(node, if paths { "a list of paths" } else { "a list of patterns" }, findings)?;
    let mut texts = Vec::new();
    for item in items {
        let Some(text) = shape::text(item, if paths { "a path" } else { "a pattern" }, findings) else { continue };
        if paths && (reaches_out(text) || text == "-") {
            let message = format!("{} is not a place that a configuration may name", quoted(text));
            let help = "name files, folders or patterns in the folder of the configuration or below it";
            findings.push(Finding::new(Code::OutsideFolder, message).at(item.place).help(help));
            continue;
        }
        texts.push(text.to_owned());
    }
    Some(texts)
}

fn path(node: &Node, findings: &mut Findings) -> Option<String> {
    shape::text(node, "the path of a file", findings).map(str::to_owned)
}

fn one_of(node: &Node, what: &str, words: &[&str], findings: &mut Findings) -> Option<String> {
    let text = shape::text(node, what, findings)?;
    if words.contains(&text) {
        return Some(text.to_owned());
    }
    findings.push(unknown(text, what, words, node.place));
    None
}

fn unknown(text: &str, what: &str, words: &[&str], place: Place) -> Finding {
    let finding = Finding::new(Code::UnknownWord, format!("{} is not {what}", quoted(text))).at(place);
    match nearest(text, words.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("there are {}", words.join(", "))),
    }
}

/// Whether a path leads out of the folder that it starts in, on any system.
fn reaches_out(path: &str) -> bool {
    let has_drive = path.chars().nth(1) == Some(':');
    path.starts_with(['/', '\\', '~']) || has_drive || path.split(['/', '\\']).any(|part| part == "..")
}

/// Whether a path leads to a hidden file or folder, such as `.git`.
fn is_hidden(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| part.starts_with('.') && part != ".")
}

#[cfg(test)]
mod tests {
    use super::{Config, read_config};
    use crate::finding::Findings;
    use crate::text::Sources;

    fn read(text: &str) -> Result<Config, Vec<String>> {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let formats = ["text".to_owned(), "json".to_owned()];
        let read = read_config(text.as_bytes(), ".clearshare.yaml", &formats, &mut sources, &mut findings);
        let said = |finding: &crate::finding::Finding| {
            let at = sources.get(finding.place().unwrap().file).unwrap().location(finding.place().unwrap().span.start);
            let help = finding.help_text().filter(|help| help.starts_with("did")).unwrap_or_default();
            format!("{}:{} {} {help}", at.line, at.column, finding.code()).trim_end().to_owned()
        };
        read.ok_or_else(|| findings.into_sorted().iter().map(said).collect())
    }

    #[test]
    fn everything_can_be_set() {
        let text = "clearshare: 1\nruleset: uk-border@2026.11\nfail-on: refer\nformat: text\noutput-for: { json: out/a.json }\n\
                    paths: [teams, shared/*.yaml]\ninclude: share.yaml\nwaivers: waivers.yaml\nbaseline: baseline.yaml\n";
        let config = read(text).unwrap();
        assert_eq!(config.ruleset.unwrap().value.to_string(), "uk-border@2026.11");
        assert_eq!(config.fail_on.unwrap().value, crate::check::FailOn::Refer);
        assert_eq!(config.format.unwrap().value, "text");
        assert_eq!(config.output_for.first().unwrap().value, ("json".to_owned(), "out/a.json".to_owned()));
        assert_eq!(config.paths.unwrap().value, ["teams", "shared/*.yaml"]);
        assert_eq!(config.include.unwrap().value, ["share.yaml"]);
        assert_eq!(config.waivers.unwrap().value, "waivers.yaml");
        assert_eq!(config.baseline.unwrap().value, "baseline.yaml");
        assert_eq!(read("clearshare: 1\n"), Ok(Config::default()));
    }

    #[test]
    fn each_fault_is_told_with_its_place() {
        let case = |line: &str, expected: &[&str]| {
            assert_eq!(read(&format!("clearshare: 1\n{line}\n")).unwrap_err(), expected, "{line}");
        };
        case("fail-om: stop", &["2:1 unknown-key did you mean `fail-on`?"]);
        case("fail-on: stopp", &["2:10 unknown-word did you mean `stop`?"]);
        case("fail-on: [stop]", &["2:10 wrong-type"]);
        case("fail-on:", &["2:9 null-value"]);
        case("fail-on: stop\nfail-on: refer", &["3:1 duplicate-key"]);
        case("format: jsn", &["2:9 unknown-word did you mean `json`?"]);
        case("ruleset: uk-border", &["2:10 bad-pin"]);
        case("paths: []", &["2:8 empty-list"]);
        case("paths: [a, ../b]", &["2:12 outside-folder"]);
        case("paths: ['-']", &["2:9 outside-folder"]);
        case("output-for: [json]", &["2:13 wrong-type"]);
        case("output-for: { jsn: a }", &["2:15 unknown-word did you mean `json`?"]);
        assert_eq!(read("fail-on: stop\n").unwrap_err(), ["1:1 missing-key"]);
        assert_eq!(read("clearshare: 2\n").unwrap_err(), ["1:13 unknown-format"]);
    }

    #[test]
    fn nothing_is_written_outside_the_folder_or_into_what_is_hidden() {
        let outside =
            ["/etc/x", "../x", "a/../../x", "~/x", "C:\\x", "a\\..\\x", "\\\\host\\x", ".git/hooks/x", "a/.x"];
        for path in outside {
            let found = read(&format!("clearshare: 1\noutput-for: {{ json: '{path}' }}\n")).unwrap_err();
            assert_eq!(found, ["2:21 outside-folder"], "{path}");
        }
        for path in ["x", "./x", "a/b.c/x..y"] {
            assert!(read(&format!("clearshare: 1\noutput-for: {{ json: '{path}' }}\n")).is_ok(), "{path}");
        }
    }
}
