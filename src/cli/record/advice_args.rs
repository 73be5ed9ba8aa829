//! The advice on which a decision is taken.

use std::path::Path;

use clap::Args;
use clearshare::engine::Evaluator;
use clearshare::model::Date;
use clearshare::record::{sha256, v1};

use super::keep::Ground;
use super::new::screened;
use crate::cli::args::{LookArgs, RulesetArgs, date};
use crate::cli::manifests::{BesideArgs, OneManifest};
use crate::cli::{Exit, style, system};

/// By which ruleset, with what beside the manifest and as at when the advice is given.
#[derive(Debug, Args)]
pub(super) struct AdviceArgs {
    #[command(flatten)]
    pub(super) ruleset: RulesetArgs,
    /// The date of the advice, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    beside: BesideArgs,
    #[command(flatten)]
    pub(super) look: LookArgs,
}

/// Today, and the date of the advice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) today: Date,
    pub(super) as_of: Date,
}

impl AdviceArgs {
    /// The days, looked at once.
    pub(super) fn days(&self) -> Days {
        let today = system::today();
        Days { today, as_of: self.as_of.unwrap_or(today) }
    }

    /// Decides on a manifest, unless the safety screen ends its questions: nothing is recorded then.
    pub(super) fn on_manifest(
        &self,
        path: &Path,
        Days { today, as_of }: Days,
        decide: impl FnOnce(&mut Evaluator<'_>, &Ground<'_>) -> anyhow::Result<Exit>,
    ) -> anyhow::Result<Exit> {
        let err = style::err(&self.look);
        let Ok(opened) = OneManifest::open(path, &self.beside, &self.ruleset, as_of, err)? else {
            return Ok(Exit::Fault);
        };
        let mut evaluator = Evaluator::new(opened.ruleset);
        let Ok(checked) = opened.checked(&mut evaluator, as_of, err)? else { return Ok(Exit::Fault) };
        if checked.is_screened() {
            return screened(&mut evaluator, path, &checked, as_of, style::out(&self.look));
        }
        let ground = Ground {
            ruleset: opened.ruleset,
            bundled: opened.bundled,
            checked: &checked,
            sources: &opened.sources,
            manifest: manifest(path, &opened.bytes),
            as_of,
            today,
        };
        decide(&mut evaluator, &ground)
    }
}

/// What a record keeps of the manifest that its facts come from.
fn manifest(path: &Path, bytes: &[u8]) -> v1::Manifest {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    v1::Manifest { name, sha256: sha256(bytes) }
}
