//! What the formats for pipelines say alike of a finding: how much it matters, where it is, and in which words.

mod found;
mod region;
mod waivers;

pub(super) use found::{Found, found};
pub(super) use region::{Gravity, Region};
pub(super) use waivers::{OfWaiver, SaidOnce, noted, notices, waived};

use super::{ManifestReport, text, words};
use crate::check::CheckedFlow;
use crate::model::{Rule, SourceIx};
use crate::ruleset::Ruleset;
use crate::text::visible;

/// What the result of the safety screen is called where each result has the id of a rule.
pub(super) const SCREEN: &str = "safety-screen";

/// The exchange, where there are several.
pub(super) fn flow<'a>(report: &ManifestReport<'_>, checked: &'a CheckedFlow) -> Option<&'a str> {
    (report.checked.flows.len() > 1).then_some(checked.flow.exchange.id.as_str())
}

/// What to do, and who does it.
pub(super) fn steps(ruleset: &Ruleset, rule: &Rule) -> Vec<String> {
    rule.steps.iter().map(|step| text::step_words(ruleset, step)).collect()
}

/// Who takes the steps, each once.
pub(super) fn who(ruleset: &Ruleset, rule: &Rule) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for who in rule.steps.iter().map(|step| words::capital(&words::who(ruleset, step.who))) {
        if !all.contains(&who) {
            all.push(who);
        }
    }
    all
}

/// Sources: what each is, and its address.
pub(super) fn sources<'a>(ruleset: &'a Ruleset, cites: &[SourceIx]) -> Vec<(String, &'a str)> {
    let source = |ix: &SourceIx| {
        let source = ruleset.sources().get(*ix)?;
        let provision = source.provision.as_ref().map(|provision| format!(", {provision}")).unwrap_or_default();
        Some((format!("{}{provision}", source.title), source.url.as_str()))
    };
    cites.iter().filter_map(source).collect()
}

/// The rules of the safety screen: all of them, for which one applies would tell what was answered.
pub(super) fn screens(ruleset: &Ruleset) -> Vec<&Rule> {
    ruleset.compiled().screens.iter().filter_map(|screen| ruleset.rules().get(screen.rule)).collect()
}

/// What to do where the safety screen ends everything, a paragraph for each of its rules.
pub(super) fn screened(ruleset: &Ruleset) -> String {
    let rule = |rule: &&Rule| {
        let mut text = format!("{}. {}", rule.title, rule.because);
        steps(ruleset, rule).iter().for_each(|step| text.push_str(&format!(" {step}.")));
        text
    };
    let rules: Vec<String> = screens(ruleset).iter().map(rule).collect();
    format!("Get advice first. {}", rules.join("\n"))
}

/// A manifest's path as pipelines want it: with `/`, and without what says nothing.
pub(super) fn path(path: &str) -> String {
    let path = if std::path::MAIN_SEPARATOR == '\\' { path.replace('\\', "/") } else { path.to_owned() };
    let root = if path.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    format!("{root}{}", parts.join("/"))
}

/// What is wrong, and what to do about it.
pub(super) fn fault_message(fault: &crate::finding::Finding) -> String {
    let help = fault.help_text().map(|help| format!(". {}", words::capital(help))).unwrap_or_default();
    format!("{}{help}", words::capital(fault.message()))
}

/// At most so many characters, made visible.
pub(super) fn cut(text: &str, most: usize) -> String {
    // What is shown is never shorter than what was given.
    let few: String = text.chars().take(most + 1).collect();
    let shown = visible(&few);
    if shown.chars().count() <= most {
        return shown.into_owned();
    }
    let mut short: String = shown.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::{cut, path};

    #[test]
    fn a_path_says_no_more_than_it_must() {
        for (given, said) in
            [("a.yaml", "a.yaml"), ("./a/./b.yaml", "a/b.yaml"), ("/a//b", "/a/b"), ("../a", "../a"), ("-", "-")]
        {
            assert_eq!(path(given), said);
        }
    }

    #[test]
    fn what_is_long_is_cut_and_what_is_cut_says_so() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("\u{1b}b", 3), "\\x…");
    }
}
