//! `clearshare config`, and the configuration that other commands find.

mod find;
mod whose;

pub(super) use find::{ConfigFile, Configs};

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use clearshare::check::FailOn;
use clearshare::config::Setting;
use clearshare::report::settings;

use super::args::LookArgs;
use super::rulesets::write_faults;
use super::{Exit, style};

/// Which configuration.
#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// Use this configuration instead of the `.clearshare.yaml` nearest to each manifest
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    pub(super) no_config: bool,
}

/// Show what is configured, and where
#[derive(Debug, Args)]
pub(super) struct ConfigCommandArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print every setting with where it comes from
    Show {
        /// The manifest, or the folder, that the settings are for
        #[arg(value_name = "PATH", default_value = ".")]
        path: PathBuf,
        #[command(flatten)]
        config: ConfigArgs,
        #[command(flatten)]
        look: LookArgs,
    },
}

/// Runs `clearshare config`.
pub(super) fn run(args: &ConfigCommandArgs) -> anyhow::Result<Exit> {
    let ConfigCommand::Show { path, config, look } = &args.command;
    let mut configs = Configs::new(config);
    let near = if path.is_dir() { configs.of_folder(path) } else { configs.of(path) };
    let here = configs.here();
    let mut exit = Exit::Passed;
    let same = near.as_ref().zip(here.as_ref()).is_some_and(|(near, here)| Arc::ptr_eq(near, here));
    for file in near.iter().chain(here.iter().filter(|_| !same)) {
        if !file.faults.is_empty() {
            write_faults(file.faults.clone(), &file.sources, style::err(look))?;
            exit = Exit::Fault;
        }
    }
    if exit == Exit::Passed {
        let (of_manifests, of_runs) = (shown(of_manifests(near.as_deref())), shown(of_runs(here.as_deref())));
        let mut bytes = Vec::new();
        settings::render(&mut bytes, &path.to_string_lossy(), &of_manifests, &of_runs, style::out(look))?;
        std::io::stdout().lock().write_all(&bytes)?;
    }
    Ok(exit)
}

/// A setting: its name, its value in words, and where it comes from.
type Shown = (&'static str, Option<(String, String)>, &'static str);

fn shown(settings: Vec<Shown>) -> Vec<settings::Setting> {
    let shown = |(name, set, default): Shown| {
        let (value, from) = set.unwrap_or_else(|| (default.to_owned(), "default".to_owned()));
        settings::Setting { name, value, from }
    };
    settings.into_iter().map(shown).collect()
}

fn of_manifests(file: Option<&ConfigFile>) -> Vec<Shown> {
    let path = |file: &ConfigFile, set: &Setting<String>| {
        (file.path(&set.value).to_string_lossy().into_owned(), file.at(set.place))
    };
    let set = |get: &dyn Fn(&ConfigFile) -> Option<(String, String)>| file.and_then(get);
    vec![
        (
            "ruleset",
            set(&|file| file.config.ruleset.as_ref().map(|set| (set.value.to_string(), file.at(set.place)))),
            "the one that each manifest pins",
        ),
        (
            "fail-on",
            set(&|file| file.config.fail_on.as_ref().map(|set| (set.value.word().to_owned(), file.at(set.place)))),
            FailOn::ActFirst.word(),
        ),
        ("waivers", set(&|file| file.config.waivers.as_ref().map(|set| path(file, set))), "none"),
        ("baseline", set(&|file| file.config.baseline.as_ref().map(|set| path(file, set))), "none"),
    ]
}

fn of_runs(file: Option<&ConfigFile>) -> Vec<Shown> {
    let set = |get: &dyn Fn(&ConfigFile) -> Option<(String, String)>| file.and_then(get);
    let outputs = |file: &ConfigFile| {
        let first = file.config.output_for.first()?;
        let output =
            |set: &Setting<(String, String)>| format!("{}={}", set.value.0, file.path(&set.value.1).to_string_lossy());
        let all: Vec<String> = file.config.output_for.iter().map(output).collect();
        Some((all.join(", "), file.at(first.place)))
    };
    let paths = |file: &ConfigFile| {
        let set = file.config.paths.as_ref()?;
        let all: Vec<String> = set.value.iter().map(|path| file.path(path).to_string_lossy().into_owned()).collect();
        Some((all.join(", "), file.at(set.place)))
    };
    let include =
        |file: &ConfigFile| file.config.include.as_ref().map(|set| (set.value.join(", "), file.at(set.place)));
    vec![
        ("paths", set(&paths), "the folder that you are in"),
        ("include", set(&include), "data-sharing*.yaml, data-sharing*.yml, *.sharing.yaml, *.sharing.yml"),
        ("format", set(&|file| file.config.format.as_ref().map(|set| (set.value.clone(), file.at(set.place)))), "text"),
        ("output-for", set(&outputs), "none"),
    ]
}
