//! A decision, taken from a file, from options or from somebody who is asked; and kept.

use std::path::Path;

use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::record::v1::{Choice, Decision, Record, Supersedes};
use clearshare::record::{UncheckedDecision, decision_of};
use clearshare::report::json::recorded;
use clearshare::text::Sources;

use super::asked::{On, asked};
use super::evidence::Folders;
use super::keep::{Ground, Target};
use super::said::DecisionArgs;
use crate::cli::args::LookArgs;
use crate::cli::ask::desk::Halt;
use crate::cli::ask::seat::Seat;
use crate::cli::rulesets::{write_fault, write_faults};
use crate::cli::staged::folder_of;
use crate::cli::{Exit, interrupt, style};

/// A decision that is to be taken and kept.
pub(super) struct Taking<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) args: &'a DecisionArgs,
    /// The record whose place the new one takes, and why.
    pub(super) old: Option<(&'a Record, Option<String>)>,
    pub(super) target: &'a Target,
    pub(super) look: &'a LookArgs,
    /// Whether standard input is a manifest or a record, so that nobody can be asked.
    pub(super) input_is_taken: bool,
}

impl Taking<'_> {
    /// Takes the decision, and keeps it.
    pub(super) fn run(&self, evaluator: &mut Evaluator<'_>) -> anyhow::Result<Exit> {
        let err = style::err(self.look);
        if self.args.says_something() {
            return self.as_said(evaluator);
        }
        let seat = if self.input_is_taken { None } else { Seat::take(self.look) };
        let Some(seat) = seat else {
            write_fault(&nothing_said(), &Sources::new(), err)?;
            return Ok(Exit::Fault);
        };
        self.asked(evaluator, seat)
    }

    /// What was said before: by the record that is amended.
    fn before(&self) -> UncheckedDecision {
        self.old.as_ref().map(|(old, _)| decision_of(old)).unwrap_or_default()
    }

    fn why(&self) -> Option<String> {
        self.old.as_ref().and_then(|(_, why)| why.clone())
    }

    fn supersedes(&self, why: Option<String>) -> Option<Supersedes> {
        let (old, _) = self.old.as_ref()?;
        Some(Supersedes { record: old.seal.clone(), decided_on: old.decision.decided_on, why: why.unwrap_or_default() })
    }

    /// Takes it from a file and from options.
    fn as_said(&self, evaluator: &mut Evaluator<'_>) -> anyhow::Result<Exit> {
        let err = style::err(self.look);
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let options = UncheckedDecision { why: self.why(), ..self.args.said() };
        let read = self.args.read(self.before(), options, self.old.is_some(), &mut sources, &mut findings);
        let Some(mut said) = read.filter(|_| findings.is_empty()) else {
            write_faults(findings, &sources, err)?;
            return Ok(Exit::Fault);
        };
        if let Some((old, _)) = &self.old {
            without_what_was_of_another_choice(&mut said, &old.decision);
        }
        let folders = Folders { from: self.args.folder(), seen: folder_of(&self.target.path) };
        let supersedes = self.supersedes(said.why.clone());
        match self.ground.record(evaluator, said, &folders, supersedes)? {
            Ok(sealed) => self.target.write(&sealed, style::out(self.look), err),
            Err(findings) => {
                write_faults(findings, &sources, err)?;
                Ok(Exit::Fault)
            }
        }
    }

    /// Asks somebody.
    fn asked(&self, evaluator: &mut Evaluator<'_>, seat: Seat) -> anyhow::Result<Exit> {
        let err = style::err(self.look);
        let ground = self.ground;
        let advice = recorded(evaluator, ground.checked)?;
        let on =
            On { advice: &advice, outcome: ground.checked.outcome(), today: ground.today, amends: self.old.is_some() };
        let said = UncheckedDecision { why: self.why(), ..self.before() };
        let folders = Folders { from: Path::new("."), seen: folder_of(&self.target.path) };
        let mut record = |said: UncheckedDecision| {
            let supersedes = self.supersedes(said.why.clone());
            ground.record(evaluator, said, &folders, supersedes)
        };
        let Seat { mut desk, terminal } = seat;
        interrupt::last_words("\ninterrupted: nothing was written\n".to_owned());
        let asked = asked(&mut *desk, &on, said, &self.target.path.to_string_lossy(), &mut record);
        let sealed = match asked {
            Ok(sealed) => sealed?,
            Err(Halt::Interrupted) => interrupt::end(),
            Err(Halt::Failed(error)) => return Err(error.into()),
            Err(Halt::Gone | Halt::GoneAfter(_) | Halt::Refused) => {
                drop(terminal);
                let finding = Finding::new(Code::InputEnded, "the input ended before the decision was whole");
                let help = "nothing was written: run it again, or write the decision to a file for `--decision`";
                write_fault(&finding.help(help), &Sources::new(), err)?;
                return Ok(Exit::Fault);
            }
        };
        drop(desk);
        drop(terminal);
        match sealed {
            Some(sealed) => self.target.write(&sealed, style::out(self.look), err),
            None => Err(interrupt::Interrupted.into()),
        }
    }
}

/// Leaves out what was taken over and goes with another choice only.
fn without_what_was_of_another_choice(said: &mut UncheckedDecision, old: &Decision) {
    if said.choice != Some(Choice::ShareWithConditions) {
        said.conditions.retain(|condition| !old.conditions.contains(condition));
    }
    if old.choice.shares() && !said.choice.is_some_and(Choice::shares) {
        let of_sharing = [
            (&mut said.necessity, &old.necessity),
            (&mut said.retention, &old.retention),
            (&mut said.dates, &old.dates),
        ];
        for (said, old) in of_sharing {
            said.take_if(|said| Some(&*said) == old.as_ref());
        }
    }
}

/// That nobody said what was decided.
fn nothing_said() -> Finding {
    let help = "write the decision to a file and name it with `--decision FILE`, or say it with `--choice`, `--reasons`, `--decided-by` \
                and `--role`; `--plain` asks line by line";
    Finding::new(Code::NoTerminal, "there is no terminal to ask in what was decided").help(help)
}
