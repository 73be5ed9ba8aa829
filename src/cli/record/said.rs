//! What the command line says of a decision.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use clearshare::finding::{Code, Finding, Findings};
use clearshare::model::Date;
use clearshare::record::v1::{Choice, Consulted, SharingCondition, View};
use clearshare::record::{DecisionFile, EvidenceAt, UncheckedDecision, UncheckedEvidence, read_decision};
use clearshare::text::{Sources, quoted};

use crate::cli::args::date;
use crate::cli::staged::folder_of;
use crate::cli::system::{self, Input};

/// What was decided, by options or by a file of them.
#[derive(Debug, Args)]
pub(super) struct DecisionArgs {
    /// Take the decision from this file; what other options say goes before it
    #[arg(short, long, value_name = "FILE")]
    pub(super) decision: Option<PathBuf>,
    /// What was decided
    #[arg(long, value_enum)]
    choice: Option<ChoiceArg>,
    /// Why it was decided so
    #[arg(long, value_name = "TEXT")]
    reasons: Option<String>,
    /// Who decided
    #[arg(long, value_name = "NAME")]
    decided_by: Option<String>,
    /// In what role it was decided [example: Information asset owner]
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// When it was decided [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    decided_on: Option<Date>,
    /// When the decision has to be looked at again
    #[arg(long, value_name = "DATE", value_parser = date)]
    review_on: Option<Date>,
    /// What has to be so for the data to be shared, for example `handling.mutual-tls: Both ends have certificates`; `RULE@FLOW: ` for
    /// one flow alone; may be given more than once
    #[arg(long, value_name = "[RULE:] TEXT", value_parser = condition)]
    condition: Vec<SharingCondition>,
    /// Somebody whose view was asked, for example `Data protection officer, A. Name: agrees`; may be given more than once
    #[arg(long, value_name = "ROLE, NAME: VIEW", value_parser = consulted)]
    consulted: Vec<Consulted>,
    /// What shows that something is so, for example `Impact assessment=docs/dpia.pdf`: a web address, or a file, whose SHA-256 is
    /// recorded; may be given more than once
    #[arg(long, value_name = "TITLE=FILE", value_parser = evidence)]
    evidence: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChoiceArg {
    /// The data may be shared as described
    Share,
    /// The data may be shared as long as the conditions are kept
    ShareWithConditions,
    /// The data is not shared
    DoNotShare,
    /// Nothing is decided yet
    Defer,
}

impl From<ChoiceArg> for Choice {
    fn from(arg: ChoiceArg) -> Self {
        match arg {
            ChoiceArg::Share => Self::Share,
            ChoiceArg::ShareWithConditions => Self::ShareWithConditions,
            ChoiceArg::DoNotShare => Self::DoNotShare,
            ChoiceArg::Defer => Self::Defer,
        }
    }
}

impl DecisionArgs {
    /// What the options say.
    pub(super) fn said(&self) -> UncheckedDecision {
        let evidence = |(title, at): &(String, String)| UncheckedEvidence {
            title: title.clone(),
            at: if at.contains("://") { EvidenceAt::Link(at.clone()) } else { EvidenceAt::File(at.clone()) },
            sha256: None,
            rule: None,
            place: None,
        };
        UncheckedDecision {
            choice: self.choice.map(Choice::from),
            reasons: self.reasons.clone(),
            decided_by: self.decided_by.clone(),
            role: self.role.clone(),
            decided_on: self.decided_on,
            review_on: self.review_on,
            conditions: self.condition.clone(),
            consulted: self.consulted.clone(),
            evidence: self.evidence.iter().map(evidence).collect(),
            ..UncheckedDecision::default()
        }
    }

    /// Whether a file or an option says anything.
    pub(super) fn says_something(&self) -> bool {
        self.decision.is_some() || self.said() != UncheckedDecision::default()
    }

    /// What file and options say, over what was said before. Its text is added to the sources.
    pub(super) fn read(
        &self,
        before: UncheckedDecision,
        said: UncheckedDecision,
        amends: bool,
        sources: &mut Sources,
        findings: &mut Findings,
    ) -> Option<UncheckedDecision> {
        let Some(path) = &self.decision else {
            let said = said.over(before);
            let lacking: Vec<String> = said.lacking(amends).iter().map(|(_, option)| quoted(option)).collect();
            if !lacking.is_empty() {
                let (is, them) = if lacking.len() == 1 { ("is", "it") } else { ("are", "them") };
                let message = format!("the decision does not say enough: {} {is} missing", lacking.join(", "));
                let help = format!("add {them}, or write all of it to a file, and name that with `--decision FILE`");
                findings.push(Finding::new(Code::DecisionRefused, message).help(help));
            }
            return Some(said);
        };
        match system::read(path, Input::Decision) {
            Ok(bytes) => {
                let file = DecisionFile { bytes: &bytes, name: &path.to_string_lossy(), amends };
                read_decision(&file, before, said, sources, findings)
            }
            Err(finding) => {
                findings.push(*finding);
                None
            }
        }
    }

    /// The folder from which the paths in the file count.
    pub(super) fn folder(&self) -> &Path {
        self.decision.as_deref().filter(|path| path.as_os_str() != "-").map_or(Path::new("."), folder_of)
    }
}

/// A condition as it is written on the command line.
fn condition(text: &str) -> Result<SharingCondition, String> {
    let id = |text: &str| {
        text.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || ".-@".contains(sign))
    };
    let named = text.split_once(':').filter(|(name, _)| !name.is_empty() && id(name));
    let (rule, flow, says) = match named {
        Some((name, says)) => match name.split_once('@') {
            Some((rule, flow)) => (Some(rule), Some(flow), says),
            None => (Some(name), None, says),
        },
        None => (None, None, text),
    };
    if says.trim().is_empty() {
        return Err("say what has to be so, for example `handling.mutual-tls: Both ends have certificates`".to_owned());
    }
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Ok(SharingCondition { says: says.trim().to_owned(), rule: owned(rule), flow: owned(flow), who: None, by: None })
}

/// Somebody who was consulted, as it is written on the command line.
fn consulted(text: &str) -> Result<Consulted, String> {
    let example = "for example `Data protection officer, A. Name: agrees`";
    let (who, view) = text.rsplit_once(':').ok_or_else(|| format!("write a role, a name and a view, {example}"))?;
    let view = View::of(view.trim()).ok_or_else(|| {
        let views: Vec<&str> = View::ALL.iter().map(|view| view.word()).collect();
        format!("the views are {}; what they said is written in a file for `--decision`", views.join(", "))
    })?;
    let said = who.split_once(',').map(|(role, name)| (role.trim(), name.trim()));
    let (role, name) = said
        .filter(|(role, name)| !role.is_empty() && !name.is_empty())
        .ok_or_else(|| format!("write a role and a name with a comma between, {example}"))?;
    Ok(Consulted { role: role.to_owned(), name: name.to_owned(), on: None, view, says: None, answer: None })
}

/// A piece of evidence as it is written on the command line.
fn evidence(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(title, at)| (title.trim(), at));
    let (title, at) = parts.filter(|(title, at)| !title.is_empty() && !at.is_empty()).ok_or_else(|| {
        "write what it is, `=` and where it is, for example `Impact assessment=docs/dpia.pdf`".to_owned()
    })?;
    Ok((title.to_owned(), at.to_owned()))
}
