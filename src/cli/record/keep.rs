//! A record, made and put into its place.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clearshare::bundled::Bundled;
use clearshare::check::{Checked, waiver_findings};
use clearshare::engine::Evaluator;
use clearshare::finding::{Finding, Findings};
use clearshare::model::Date;
use clearshare::record::v1::{Manifest, Supersedes};
use clearshare::record::{Basis, Refusal, Sealed, UncheckedDecision, Unrecorded, compose};
use clearshare::report::json::{named, recorded};
use clearshare::report::{Ink, record};
use clearshare::ruleset::Ruleset;
use clearshare::text::{Sources, nearest};

use super::evidence::{Folders, looked_at};
use crate::cli::patient_writer::PatientWriter;
use crate::cli::staged::Unwritten;
use crate::cli::{Exit, notices, place};

/// What the file of a record ends with.
pub(super) const ENDING: &str = ".record.json";

/// The advice that a decision is taken on.
pub(super) struct Ground<'a> {
    pub(super) ruleset: &'static Ruleset,
    pub(super) bundled: Option<&'static Bundled>,
    pub(super) checked: &'a Checked,
    /// The text of the manifest.
    pub(super) sources: &'a Sources,
    pub(super) manifest: Manifest,
    pub(super) as_of: Date,
    pub(super) today: Date,
}

impl Ground<'_> {
    /// What every reader of the advice has to know besides.
    pub(super) fn notices(&self) -> Vec<String> {
        let waivers = waiver_findings(self.ruleset, self.checked, self.as_of);
        let of_ruleset = self.bundled.map(notices::of_bundled).unwrap_or_default();
        notices::all(&of_ruleset, self.ruleset, self.checked, &waivers, self.sources, self.as_of)
    }

    /// The record of a decision, or what is wrong with it.
    pub(super) fn record(
        &self,
        evaluator: &mut Evaluator<'_>,
        said: UncheckedDecision,
        folders: &Folders<'_>,
        supersedes: Option<Supersedes>,
    ) -> anyhow::Result<Result<Sealed, Findings>> {
        let mut findings = Findings::new();
        let evidence = looked_at(&said.evidence, folders, &mut findings);
        let places = said.places.clone();
        let whole = said.decided(self.today, evidence).filter(|_| findings.is_empty());
        let Some(mut decided) = whole else { return Ok(Err(findings)) };
        decided.supersedes = supersedes;
        let basis = Basis {
            ruleset: self.ruleset,
            checked: self.checked,
            advice: recorded(evaluator, self.checked)?,
            exchange: named(self.ruleset, self.checked),
            as_of: self.as_of,
            today: self.today,
            manifest: self.manifest.clone(),
            notices: &self.notices(),
        };
        let refused = match compose(basis, decided) {
            Ok(sealed) => return Ok(Ok(sealed)),
            Err(Unrecorded::Refused(refused)) => refused,
            Err(Unrecorded::Unwritable(error)) => return Err(error.into()),
            Err(Unrecorded::Screened) => anyhow::bail!("the safety screen was not heeded"),
        };
        for refusal in &refused {
            let finding = self.helped(refusal);
            findings.push(match places.of_refusal(refusal) {
                Some(place) => finding.at(place),
                None => finding,
            });
        }
        Ok(Err(findings))
    }

    /// A refusal, with what was probably meant.
    fn helped(&self, refusal: &Refusal) -> Finding {
        let near = match refusal {
            Refusal::UnknownRule(id) => nearest(id, self.ruleset.rules().iter().map(|(_, rule)| rule.id.as_str())),
            Refusal::UnknownFlow(id) => {
                nearest(id, self.checked.flows.iter().map(|checked| checked.flow.exchange.id.as_str()))
            }
            _ => None,
        };
        let finding = refusal.finding();
        match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }
}

/// Where a record goes.
pub(super) struct Target {
    pub(super) path: PathBuf,
}

impl Target {
    /// The file that is named, or one in the folder that is named; else one beside the manifest. It has the manifest's name where none
    /// is given.
    pub(super) fn new(asked: Option<&Path>, manifest: &Path) -> Self {
        let stem = manifest.file_stem().filter(|_| manifest.as_os_str() != "-");
        let mut usual = stem.map_or_else(|| OsString::from("data-sharing"), OsString::from);
        usual.push(ENDING);
        let path = match asked {
            Some(folder) if folder.is_dir() => folder.join(usual),
            Some(path) => path.to_path_buf(),
            // As people write it: without the `./` before it that nobody wrote.
            None => manifest.parent().unwrap_or(Path::new("")).join(usual),
        };
        Self { path }
    }

    fn is_output(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Looks, before the work, whether it can be written, and that it is no file of a ruleset that is read.
    pub(super) fn check(&self, ruleset: Option<&Path>) -> Result<(), Unwritten> {
        if self.is_output() {
            return Ok(());
        }
        ruleset.map_or(Ok(()), |ruleset| place::outside(&self.path, ruleset))?;
        place::check_new(&self.path)
    }

    pub(super) fn write(&self, sealed: &Sealed, out: Ink, err: Ink) -> anyhow::Result<Exit> {
        let mut stdout = PatientWriter::new(std::io::stdout().lock());
        if self.is_output() {
            stdout.write_all(&sealed.bytes)?;
        } else {
            if let Err(why) = place::write_private(&self.path, &sealed.bytes) {
                return place::unwritten(why, err);
            }
            let name = self.path.to_string_lossy();
            stdout.write_all(record::made(&sealed.record, &name, out).as_bytes())?;
        }
        stdout.flush()?;
        Ok(Exit::Passed)
    }
}

/// The next file in a row that begins with this record: `x.record.json`, `x-2.record.json`, and so on. Nothing is there yet.
/// Whoever knows that the record is the first of its row knows that a number at its end is part of its name: `dx-42` is followed by
/// `dx-42-2`, and not by what looks like the record of something else.
pub(super) fn next_in_row(record: &Path, is_numbered: bool) -> PathBuf {
    let name = record.file_name().filter(|_| record.as_os_str() != "-").map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| "data-sharing".to_owned());
    let stem = name.strip_suffix(ENDING).or_else(|| name.strip_suffix(".json")).unwrap_or(&name);
    let numbered = stem.rsplit_once('-').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
    // A year is no number in a row.
    let numbered = numbered.filter(|(_, number)| is_numbered && (2..1000).contains(number));
    let (stem, number) = numbered.unwrap_or((stem, 1));
    let folder = record.parent().unwrap_or(Path::new(""));
    let mut numbers = number.saturating_add(1)..;
    let free = numbers.find_map(|number| {
        let path = folder.join(format!("{stem}-{number}{ENDING}"));
        std::fs::symlink_metadata(&path).is_err().then_some(path)
    });
    free.unwrap_or_else(|| record.to_path_buf())
}
