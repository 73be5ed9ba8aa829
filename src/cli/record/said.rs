//! What the command line says of a decision.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use clearshare::finding::{Code, Finding, Findings};
use clearshare::model::Date;
use clearshare::record::v1::{Choice, Consulted, Request, SharingCondition};
use clearshare::record::{DecisionFile, EvidenceAt, UncheckedDecision, UncheckedEvidence, read_decision};
use clearshare::text::{Sources, nearest, quoted};

use super::terse;
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
    /// Why sharing the data is necessary; the regulator's decision form asks it
    #[arg(long, value_name = "TEXT")]
    necessity: Option<String>,
    /// How long the data is kept, and how it is deleted
    #[arg(long, value_name = "TEXT")]
    retention: Option<String>,
    /// When the data is shared, or how often
    #[arg(long, value_name = "TEXT")]
    dates: Option<String>,
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
    /// one flow alone, `RULE, DATE: ` for what has to be so by a day; may be given more than once
    #[arg(long, value_name = "[RULE:] TEXT", value_parser = terse::condition)]
    condition: Vec<SharingCondition>,
    /// Somebody whose view was asked, and what they said, for example `Data protection officer, A. Name: disagrees: Fewer fields would
    /// do.`; `ROLE, NAME, DATE: ` says when; may be given more than once
    #[arg(long, value_name = "ROLE, NAME: VIEW[: TEXT]", value_parser = terse::consulted)]
    consulted: Vec<Consulted>,
    /// Why the data is shared although somebody who was consulted disagrees, for example `A. Name: Each field is used.`; may be given
    /// more than once
    #[arg(long, value_name = "NAME: TEXT", value_parser = terse::answer)]
    answer: Vec<(String, String)>,
    /// Who asked for the data and when, and what for, where somebody did, for example `Head of risk, D. Name, 2026-10-01: The results of
    /// last year's inspections`
    #[arg(long, value_name = "ROLE, NAME, DATE[: TEXT]", value_parser = terse::request)]
    request: Option<Request>,
    /// What shows that something is so, for example `Impact assessment=docs/dpia.pdf`: a web address, or a file, whose SHA-256 is
    /// recorded; may be given more than once
    #[arg(long, value_name = "TITLE=FILE", value_parser = terse::evidence)]
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
            necessity: self.necessity.clone(),
            retention: self.retention.clone(),
            dates: self.dates.clone(),
            decided_by: self.decided_by.clone(),
            role: self.role.clone(),
            decided_on: self.decided_on,
            review_on: self.review_on,
            conditions: self.condition.clone(),
            consulted: self.consulted.clone(),
            request: self.request.clone(),
            evidence: self.evidence.iter().map(evidence).collect(),
            ..UncheckedDecision::default()
        }
    }

    /// Whether a file or an option says anything.
    pub(super) fn says_something(&self) -> bool {
        self.decision.is_some() || !self.answer.is_empty() || self.said() != UncheckedDecision::default()
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
        let mut read = match &self.decision {
            None => {
                let said = said.over(before);
                says_enough(&said, amends, findings);
                Some(said)
            }
            Some(path) => match system::read(path, Input::Decision) {
                Ok(bytes) => {
                    let file = DecisionFile { bytes: &bytes, name: &path.to_string_lossy(), amends };
                    read_decision(&file, before, said, sources, findings)
                }
                Err(finding) => {
                    findings.push(*finding);
                    None
                }
            },
        }?;
        self.answer_them(&mut read.consulted, findings);
        Some(read)
    }

    /// Puts each answer beside the view that it answers.
    fn answer_them(&self, consulted: &mut [Consulted], findings: &mut Findings) {
        for (name, answer) in &self.answer {
            let mut is_known = false;
            for one in consulted.iter_mut().filter(|one| one.name == *name) {
                one.answer = Some(answer.clone());
                is_known = true;
            }
            if !is_known {
                let message = format!("`--answer` names {}, and nobody of that name was consulted", quoted(name));
                let help = match nearest(name, consulted.iter().map(|one| one.name.as_str())) {
                    Some(near) => format!("did you mean {}?", quoted(near)),
                    None => "write the name as `--consulted` or the file has it".to_owned(),
                };
                findings.push(Finding::new(Code::DecisionRefused, message).help(help));
            }
        }
    }

    /// The folder from which the paths in the file count.
    pub(super) fn folder(&self) -> &Path {
        self.decision.as_deref().filter(|path| path.as_os_str() != "-").map_or(Path::new("."), folder_of)
    }
}

/// Whether options alone say all that a decision needs.
fn says_enough(said: &UncheckedDecision, amends: bool, findings: &mut Findings) {
    let lacking: Vec<String> = said.lacking(amends).iter().map(|(_, option)| quoted(option)).collect();
    if !lacking.is_empty() {
        let (is, them) = if lacking.len() == 1 { ("is", "it") } else { ("are", "them") };
        let message = format!("the decision does not say enough: {} {is} missing", lacking.join(", "));
        let help = format!("add {them}, or write all of it to a file, and name that with `--decision FILE`");
        findings.push(Finding::new(Code::DecisionRefused, message).help(help));
    }
}
