//! The rules of a ruleset, and the kinds of fault, as SARIF describes them.

use serde_json::{Value, json};

use super::with;
use crate::check::WaiverKind;
use crate::finding::Code;
use crate::model::{Due, Level, Rule};
use crate::report::escape::{markdown, markdown_link, sarif};
use crate::report::{pipeline, words};
use crate::ruleset::Ruleset;

/// This program, with its rules.
pub(super) fn driver(rules: &[Value], notice: &str) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let about = "Says which data-sharing rules apply to a proposed exchange across UK government";
    let driver = json!({
        "name": "clearshare",
        "version": version,
        "semanticVersion": version,
        "shortDescription": { "text": format!("{about}.") },
        "fullDescription": { "text": format!("{about}, which do not, and what to do next. {notice}") },
        "rules": rules,
    });
    match env!("CARGO_PKG_REPOSITORY") {
        "" => driver,
        repository => with(driver, "informationUri", json!(repository)),
    }
}

/// Every rule in the order of the ruleset, the safety screen after them, and what may be said of waivers.
pub(super) fn of_ruleset(ruleset: &Ruleset) -> Vec<Value> {
    let rules = ruleset.rules().iter().map(|(_, rule)| one(ruleset, rule));
    let waivers = WaiverKind::ALL.into_iter().map(of_waiver);
    rules.chain(std::iter::once(screen(ruleset))).chain(waivers).collect()
}

/// Where a kind of what is said of waivers stands among the rules.
pub(super) fn index_of_waiver(ruleset: &Ruleset, kind: WaiverKind) -> usize {
    ruleset.rules().len() + 1 + WaiverKind::ALL.iter().take_while(|other| **other != kind).count()
}

fn of_waiver(kind: WaiverKind) -> Value {
    let help = format!("{} By itself it fails nothing. See docs/waivers.md.", kind.description());
    json!({
        "id": kind.word(),
        "shortDescription": { "text": kind.description() },
        "fullDescription": { "text": help },
        "help": { "text": help },
        "defaultConfiguration": { "level": "note" },
        "properties": { "tags": ["waiver"] },
    })
}

fn one(ruleset: &Ruleset, rule: &Rule) -> Value {
    let theme = ruleset.themes().get(rule.theme).map_or("", |theme| theme.id.as_str());
    let weighty =
        rule.refer.is_some() || rule.level == Level::MustNot || (rule.level == Level::Must && rule.due == Due::Before);
    let value = json!({
        "id": rule.id,
        "shortDescription": { "text": sarif(&rule.title) },
        "fullDescription": { "text": sarif(&rule.because) },
        "help": { "text": sarif(&help(ruleset, rule)), "markdown": help_markdown(ruleset, rule) },
        "defaultConfiguration": { "level": if weighty { "error" } else { "note" } },
        "properties": {
            "level": rule.level.word(),
            "basis": rule.basis.word(),
            "tags": [rule.level.word(), rule.basis.word(), theme],
        },
    });
    let source = rule.cites.iter().find_map(|ix| ruleset.sources().get(*ix));
    match source.map(|source| source.url.as_str()).filter(|url| is_address(url)) {
        Some(url) => with(value, "helpUri", json!(url)),
        None => value,
    }
}

/// Whether a URL of a ruleset can stand where only an address may.
fn is_address(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte))
}

fn help(ruleset: &Ruleset, rule: &Rule) -> String {
    let mut lines = vec![rule.because.to_string()];
    lines.extend(pipeline::steps(ruleset, rule).iter().map(|step| format!("- {step}")));
    lines.extend(pipeline::sources(ruleset, &rule.cites).iter().map(|(title, url)| format!("Source: {title}: {url}")));
    lines.push(format!("See it with: clearshare explain {}", rule.id));
    lines.join("\n")
}

fn help_markdown(ruleset: &Ruleset, rule: &Rule) -> String {
    let mut text = format!("**{}**\n\n{}\n", markdown(&rule.title), markdown(&rule.because));
    let steps = pipeline::steps(ruleset, rule);
    if !steps.is_empty() {
        text.push_str("\n**What to do**\n\n");
        steps.iter().for_each(|step| text.push_str(&format!("- {}\n", markdown(step))));
    }
    let sources = pipeline::sources(ruleset, &rule.cites);
    if !sources.is_empty() {
        text.push_str("\n**Sources**\n\n");
        sources.iter().for_each(|(title, url)| text.push_str(&format!("- {}\n", markdown_link(title, url))));
    }
    text
}

fn screen(ruleset: &Ruleset) -> Value {
    let text = pipeline::screened(ruleset);
    json!({
        "id": pipeline::SCREEN,
        "shortDescription": { "text": "The safety screen" },
        "fullDescription": { "text": sarif(&text) },
        "help": { "text": sarif(&text) },
        "defaultConfiguration": { "level": "error" },
        "properties": { "tags": [pipeline::SCREEN] },
    })
}

/// A kind of fault.
pub(super) fn of_fault(code: Code) -> Value {
    let help = format!(
        "{} The manifest could not be checked. Mend it, and check again: docs/faults.md says more of `{code}`.",
        code.description()
    );
    json!({
        "id": fault_id(code),
        "shortDescription": { "text": words::capital(code.description()) },
        "fullDescription": { "text": help },
        "help": { "text": help },
        "defaultConfiguration": { "level": "error" },
        "properties": { "tags": ["fault"] },
    })
}

/// The id of a kind of fault among rules.
pub(super) fn fault_id(code: Code) -> String {
    format!("fault/{code}")
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn only_an_address_is_a_help_uri() {
        for good in ["https://www.legislation.gov.uk/ukpga/2018/12/section/29", "http://x.example/a?b=c&d#e"] {
            assert!(is_address(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "ftp://x", "https://a b", "https://x/\"", "https://x/<b>", "https://x/ŵ", "", "x"]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
