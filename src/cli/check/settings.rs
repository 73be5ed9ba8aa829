//! What a check is to do: the command line's word first, then the configuration's.

use std::path::PathBuf;

use clap::ValueEnum;
use clearshare::check::FailOn;
use clearshare::config::Setting;
use clearshare::report::snippet::location;

use super::args::{CheckArgs, Format};
use crate::cli::config::ConfigFile;

/// What is the same for a whole run: the configuration for the folder that you are in says it.
pub(super) struct Run {
    pub(super) paths: Vec<PathBuf>,
    pub(super) include: Vec<String>,
    pub(super) format: Format,
    pub(super) output_for: Vec<(Format, PathBuf)>,
}

impl Run {
    /// The settings of a run.
    pub(super) fn of(args: &CheckArgs, here: Option<&ConfigFile>) -> Self {
        let config = here.map(|file| &file.config);
        let named = |name: &String| Format::from_str(name, false).ok();
        let mut run = Self {
            paths: args.paths.clone(),
            include: args.include.clone(),
            format: args.format.or_else(|| named(&config?.format.as_ref()?.value)).unwrap_or(Format::Text),
            output_for: args.output_for.clone(),
        };
        let Some((file, config)) = here.zip(config) else { return run };
        if let Some(set) = config.paths.as_ref().filter(|_| run.paths.is_empty()) {
            run.paths = set.value.iter().map(|path| file.path(path)).collect();
        }
        if let Some(set) = config.include.as_ref().filter(|_| run.include.is_empty()) {
            run.include.clone_from(&set.value);
        }
        if run.output_for.is_empty() {
            let output = |set: &Setting<(String, String)>| Some((named(&set.value.0)?, file.path(&set.value.1)));
            run.output_for = config.output_for.iter().filter_map(output).collect();
        }
        run
    }
}

/// What is set for one manifest: the configuration nearest to it says it.
pub(super) struct Settings {
    pub(super) fail_on: FailOn,
    /// Where a configuration lets pass what would fail else.
    pub(super) milder: Option<String>,
    pub(super) baseline: Option<PathBuf>,
}

impl Settings {
    /// The settings for a manifest.
    pub(super) fn of(args: &CheckArgs, near: Option<&ConfigFile>) -> Self {
        let config = near.map(|file| &file.config);
        let fail_on = args.fail_on.map(FailOn::from).or_else(|| Some(config?.fail_on.as_ref()?.value));
        let set = config.and_then(|config| config.fail_on.as_ref()).filter(|_| args.fail_on.is_none());
        let milder = set.zip(near).filter(|(set, _)| set.value != FailOn::ActFirst);
        Self {
            fail_on: fail_on.unwrap_or(FailOn::ActFirst),
            milder: milder.and_then(|(set, file)| location(set.place, &file.sources)),
            baseline: args.baseline.clone().or_else(|| Some(near?.path(&config?.baseline.as_ref()?.value))),
        }
    }
}
