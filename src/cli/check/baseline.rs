//! Baselines: those that a check reads, and the one that it writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clearshare::baseline::{Baseline, Known, read_baseline, write_baseline};
use clearshare::check::{Checked, RuleFinding, Since, to_know};
use clearshare::finding::Findings;
use clearshare::model::Outcome;
use clearshare::report::text::outcome_words;
use clearshare::ruleset::Ruleset;
use clearshare::text::{Place, Sources, counted};

use crate::cli::paths::relative;
use crate::cli::place;
use crate::cli::staged::{Unwritten, folder_of};
use crate::cli::system::{self, Input};

/// The baselines that were read so far: each once, however many manifests use it.
#[derive(Default)]
pub(super) struct Baselines {
    read: Vec<Arc<BaselineFile>>,
}

/// A baseline that was read.
pub(super) struct BaselineFile {
    path: PathBuf,
    pub(super) baseline: Baseline,
    pub(super) sources: Sources,
    /// What is wrong with it.
    pub(super) faults: Findings,
}

impl Baselines {
    /// A baseline, read.
    pub(super) fn get(&mut self, path: &Path) -> Arc<BaselineFile> {
        if let Some(file) = self.read.iter().find(|file| file.path == path) {
            return Arc::clone(file);
        }
        let file = Arc::new(BaselineFile::load(path));
        self.read.push(Arc::clone(&file));
        file
    }
}

impl BaselineFile {
    fn load(path: &Path) -> Self {
        let (mut sources, mut faults) = (Sources::new(), Findings::new());
        let baseline = match system::read(path, Input::Baseline) {
            Ok(bytes) => read_baseline(&bytes, &path.to_string_lossy(), &mut sources, &mut faults),
            Err(finding) => {
                faults.push(*finding);
                None
            }
        };
        Self { path: path.to_path_buf(), baseline: baseline.unwrap_or_default(), sources, faults }
    }

    /// A manifest's path as the baseline has it.
    pub(super) fn name_of(&self, manifest: &Path) -> String {
        relative(manifest, folder_of(&self.path))
    }

    /// What every reader has to know of what is new since.
    pub(super) fn notices(&self, since: &Since, outcome: Outcome, would_fail: bool) -> Vec<String> {
        let mut notices = vec![format!("Known since the baseline: {}; new: {}.", findings(since.known), since.new)];
        if would_fail && !since.fails {
            let (_, word, _, _) = outcome_words(outcome);
            let stop = if since.known_stop { " A prohibition is among it." } else { "" };
            notices.push(format!(
                "The outcome is still {word}. What would fail this check is known since the baseline, and that alone is why it \
                 passes.{stop}"
            ));
        }
        notices.extend(since.gone.iter().map(|(known, place)| self.gone(known, *place)));
        notices
    }

    fn gone(&self, known: &Known, place: Place) -> String {
        let at = self.sources.get(place.file).map(|source| {
            let at = source.location(place.span.start);
            format!("{}:{}:{}, ", source.name(), at.line, at.column)
        });
        let (at, rule, flow) = (at.unwrap_or_default(), &known.rule, &known.flow);
        format!(
            "In the baseline and no longer found: {rule} ({at}flow {flow}). Take it out, or write the baseline anew with \
             --write-baseline."
        )
    }
}

fn findings(count: usize) -> String {
    counted(count, "finding", "findings")
}

/// The baseline that a check writes.
pub(super) struct NewBaseline {
    path: PathBuf,
    known: Vec<Known>,
}

impl NewBaseline {
    /// Looks whether it can be written.
    pub(super) fn begin(path: &Path) -> Result<Self, Unwritten> {
        place::check_file(path)?;
        Ok(Self { path: path.to_path_buf(), known: Vec::new() })
    }

    /// Takes in what is outstanding in a manifest.
    pub(super) fn add(&mut self, ruleset: &Ruleset, checked: &Checked, findings: &[Vec<RuleFinding>], manifest: &Path) {
        let name = relative(manifest, folder_of(&self.path));
        self.known.extend(to_know(ruleset, checked, findings, &name));
    }

    /// Writes it whole, or not at all; and says what is in it.
    pub(super) fn write(self) -> Result<String, Unwritten> {
        let count = findings(self.known.len());
        place::write_over(&self.path, write_baseline(self.known).as_bytes())?;
        Ok(format!("{count} written to the baseline {}", clearshare::text::quoted(&self.path.to_string_lossy())))
    }
}
