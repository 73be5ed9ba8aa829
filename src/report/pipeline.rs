//! What the formats for pipelines say alike of a finding: how much it matters, where it is, and in which words.

use crate::check::{CheckedFlow, RuleFinding, Spot, SpotRole};
use crate::manifest::NotedWaiver;
use crate::model::{Due, Ix, Outcome, Rule, RuleIx, SourceIx, Status, Waiver};
use crate::ruleset::Ruleset;
use crate::text::{Place, Sources, visible};

use super::{ManifestReport, text, why, words};

/// What the result of the safety screen is called where each result has the id of a rule.
pub(super) const SCREEN: &str = "safety-screen";

/// The longest answer that a message repeats.
const LONGEST_ANSWER: usize = 80;

/// How much a finding matters to whoever reads a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gravity {
    /// It fails the check.
    Error,
    /// It holds the exchange up, and does not fail the check.
    Warning,
    /// It holds nothing up.
    Note,
}

/// A stretch of a file, counted from 1, its columns in characters. The end is just past the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) line: u32,
    pub(super) column: u32,
    /// None where it would tell how long an answer is that must not be shown.
    pub(super) end: Option<(u32, u32)>,
}

impl Region {
    /// The stretch at a place; only where it starts, if it is `hidden`.
    pub(super) fn of(place: Place, sources: &Sources, hidden: bool) -> Option<Self> {
        let source = sources.get(place.file)?;
        let (from, to) = (source.location(place.span.start), source.location(place.span.end));
        let end = (!hidden && !place.span.is_empty()).then_some((to.line, to.column));
        Some(Self { line: from.line, column: from.column, end })
    }
}

/// One finding of a report, with what words need.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) report: &'a ManifestReport<'a>,
    pub(super) checked: &'a CheckedFlow,
    pub(super) finding: &'a RuleFinding,
    pub(super) rule: &'a Rule,
}

/// Every finding of a report, by exchange and in the order of the rules.
pub(super) fn found<'a>(
    ruleset: &'a Ruleset,
    report: &'a ManifestReport<'_>,
) -> impl Iterator<Item = Found<'a>> + use<'a> {
    let flows = report.checked.flows.iter().zip(report.findings);
    flows.flat_map(move |(checked, findings)| {
        findings.iter().filter_map(move |finding| {
            let rule = ruleset.rules().get(finding.rule)?;
            Some(Found { ruleset, report, checked, finding, rule })
        })
    })
}

impl Found<'_> {
    pub(super) fn gravity(&self) -> Gravity {
        match self.finding.alone {
            alone if self.report.fail_on.fails(alone) && !self.finding.known => Gravity::Error,
            Outcome::Ready => Gravity::Note,
            _ => Gravity::Warning,
        }
    }

    /// The exchange, where there are several.
    pub(super) fn flow(&self) -> Option<&str> {
        flow(self.report, self.checked)
    }

    pub(super) fn region(&self) -> Option<Region> {
        Region::of(self.finding.main.place, self.report.sources, self.finding.main.hidden)
    }

    /// The question that the main place is about.
    pub(super) fn question(&self) -> &str {
        let question = self.finding.main.question.and_then(|ix| self.ruleset.questions().get(ix));
        question.map_or("", |question| question.id.as_str())
    }

    /// The remedy, how strongly it binds, and for which exchange.
    pub(super) fn headline(&self) -> String {
        let Rule { title, level, basis, .. } = self.rule;
        let due = if self.rule.due == Due::After { ", due after sharing" } else { "" };
        let flow = self.flow().map(|flow| format!(", flow {flow}")).unwrap_or_default();
        format!("{title} ({}, {}{due}{flow})", level.word(), basis.word())
    }

    /// What is known of the rule, and what decided that.
    pub(super) fn standing(&self) -> String {
        let decided = self.spot(&self.finding.main);
        let ix = self.finding.rule.index();
        let known = if self.finding.known { " It is known from the baseline." } else { "" };
        let standing = match (self.finding.status, self.checked.advice.applies.get(ix)) {
            (Status::Undetermined, Some(Some(true))) => {
                format!("It applies, and is not known to be met: {}.", self.missing().unwrap_or(decided))
            }
            (Status::Undetermined, _) => format!("It can't be told yet whether it applies: {decided}."),
            _ => format!("It applies, and is outstanding: {decided}."),
        };
        format!("{standing}{known}")
    }

    /// The answers on which it depends.
    fn missing(&self) -> Option<String> {
        let spots = std::iter::once(&self.finding.main).chain(&self.finding.others);
        let missing = spots.filter(|spot| spot.role == SpotRole::Missing).filter_map(|spot| spot.question);
        let questions = missing.filter_map(|ix| self.ruleset.questions().get(ix));
        let ids: Vec<String> = questions.map(|question| format!("`{}`", question.id)).collect();
        (!ids.is_empty()).then(|| format!("it depends on {}", ids.join(", ")))
    }

    /// All in a paragraph.
    pub(super) fn message(&self) -> String {
        let ask = self.rule.refer.and_then(|role| self.ruleset.roles().get(role));
        let ask = ask.map(|role| format!(" Ask the {}.", role.title)).unwrap_or_default();
        format!("{}. {} {}{ask}", self.headline(), self.standing(), self.rule.because)
    }

    /// What a place has to do with the rule. What was answered to a safety question is not repeated.
    pub(super) fn spot(&self, spot: &Spot) -> String {
        let named = spot.question.and_then(|ix| Some((ix, self.ruleset.questions().get(ix)?)));
        let Some((ix, question)) = named else { return "no single answer decides it".to_owned() };
        let id = &question.id;
        let given = self.checked.flow.exchange.facts.get(ix);
        let shown = given.filter(|_| !spot.hidden && !self.ruleset.is_screening(ix));
        let answer = shown.map_or_else(String::new, |given| {
            format!(" `{}`", cut(&why::answer(self.ruleset, ix, &given.value), LONGEST_ANSWER))
        });
        match spot.role {
            SpotRole::Unmet => format!("`{id}` is answered{answer}, which does not meet it"),
            SpotRole::Decides => format!("`{id}` is answered{answer}"),
            SpotRole::Missing if given.is_some() => format!("`{id}` is not known"),
            SpotRole::Missing => format!("`{id}` is not answered"),
        }
    }
}

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

/// Where the waiver of a rule stands that counts for an exchange, and whether it is shared with other manifests.
pub(super) fn noted<'a>(checked: &'a CheckedFlow, rule: RuleIx, waiver: &Waiver) -> Option<&'a NotedWaiver> {
    let same = |noted: &&NotedWaiver| {
        matches!(&noted.rule, Ok(other) if *other == rule) && noted.expires == Some(waiver.expires)
    };
    checked.flow.waivers.iter().find(same)
}

/// Why a rule is waived, who decided that, and until when.
pub(super) fn waived(ruleset: &Ruleset, waiver: &Waiver) -> String {
    let role = waiver.role.and_then(|role| ruleset.roles().get(role));
    let role = role.map(|role| format!(" ({})", role.title)).unwrap_or_default();
    format!(
        "{}. Approved by {}{role}, until {}.",
        waiver.reason.trim_end_matches('.'),
        waiver.approved_by,
        waiver.expires
    )
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
