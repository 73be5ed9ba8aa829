//! Which configuration is for what, and what it sets.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use clearshare::config::{CONFIG, Config, Setting, read_config};
use clearshare::finding::{Code, Finding, Findings};
use clearshare::text::{Place, Sources, quoted, visible};

use super::{ConfigArgs, whose};
use crate::cli::bounds::{Bounds, is_hidden};
use crate::cli::check::{Format, fixed_part};
use crate::cli::paths::relative;
use crate::cli::staged::folder_of;
use crate::cli::system::{self, Input};

/// The configurations that were found so far: each read once, however many manifests stand under it.
pub(in crate::cli) struct Configs {
    /// The one for everything, where one is named; none where there is to be none.
    only: Option<Option<Arc<ConfigFile>>>,
    read: Vec<Arc<ConfigFile>>,
    /// By the folder as it was named: to look where it truly is takes longer than to read a manifest's first lines.
    by_folder: BTreeMap<PathBuf, Option<Arc<ConfigFile>>>,
    /// Those of somebody else, which was said of them.
    not_ours: BTreeSet<PathBuf>,
}

/// A configuration that was read.
pub(in crate::cli) struct ConfigFile {
    /// Its path, as people know it.
    path: PathBuf,
    folder: PathBuf,
    /// What it may name to be read.
    bounds: Bounds,
    pub(in crate::cli) config: Config,
    pub(in crate::cli) sources: Sources,
    /// What is wrong with it.
    pub(in crate::cli) faults: Findings,
}

impl Configs {
    /// Those that the command line asks for.
    pub(in crate::cli) fn new(args: &ConfigArgs) -> Self {
        let named = args.config.as_ref().map(|path| {
            let folder = std::fs::canonicalize(folder_of(path)).unwrap_or_else(|_| folder_of(path).to_path_buf());
            Some(Arc::new(ConfigFile::load(path.clone(), folder, true)))
        });
        let only = if args.no_config { Some(None) } else { named };
        Self { only, read: Vec::new(), by_folder: BTreeMap::new(), not_ours: BTreeSet::new() }
    }

    /// The one for the folder that you are in.
    pub(in crate::cli) fn here(&mut self) -> Option<Arc<ConfigFile>> {
        self.of_folder(Path::new("."))
    }

    /// The one nearest to a manifest; for standard input, that for the folder that you are in.
    pub(in crate::cli) fn of(&mut self, manifest: &Path) -> Option<Arc<ConfigFile>> {
        self.of_folder(if manifest.as_os_str() == "-" { Path::new(".") } else { folder_of(manifest) })
    }

    /// The one nearest to a folder.
    pub(in crate::cli) fn of_folder(&mut self, folder: &Path) -> Option<Arc<ConfigFile>> {
        if let Some(only) = &self.only {
            return only.clone();
        }
        if let Some(found) = self.by_folder.get(folder) {
            return found.clone();
        }
        let found = self.nearest(folder);
        self.by_folder.insert(folder.to_path_buf(), found.clone());
        found
    }

    fn nearest(&mut self, folder: &Path) -> Option<Arc<ConfigFile>> {
        // Where there is no such folder, there is no manifest in it either: that is said elsewhere.
        let folder = std::fs::canonicalize(folder).ok()?;
        let home = std::env::home_dir().and_then(|home| std::fs::canonicalize(home).ok());
        match whose::nearest(&folder, home.as_deref()) {
            Some(at) if whose::counts(at, &folder) => Some(self.read(at)),
            Some(at) => {
                self.leave(at);
                None
            }
            None => None,
        }
    }

    fn read(&mut self, folder: &Path) -> Arc<ConfigFile> {
        if let Some(file) = self.read.iter().find(|file| file.folder == folder) {
            return Arc::clone(file);
        }
        let path = PathBuf::from(relative(&folder.join(CONFIG), Path::new(".")));
        let file = Arc::new(ConfigFile::load(path, folder.to_path_buf(), false));
        self.read.push(Arc::clone(&file));
        file
    }

    /// Says once that a configuration is not used.
    fn leave(&mut self, folder: &Path) {
        let path = folder.join(CONFIG);
        let name = visible(&path.to_string_lossy()).into_owned();
        if self.not_ours.insert(path) {
            let why =
                "somebody else put it there. `--config` uses it all the same, and `--no-config` says that you know";
            // A warning that nobody can read holds nothing up.
            let _ = writeln!(std::io::stderr().lock(), "warning: {name} is not used: {why}");
        }
    }
}

impl ConfigFile {
    /// Reads one. Where nobody `named` it, it was found, and may be a link to anything.
    fn load(path: PathBuf, folder: PathBuf, named: bool) -> Self {
        let (mut sources, mut faults) = (Sources::new(), Findings::new());
        let bounds = Bounds::of(&folder);
        let formats: Vec<String> = Format::value_variants()
            .iter()
            .filter_map(|format| format.to_possible_value().map(|value| value.get_name().to_owned()))
            .collect();
        let read = if named || is_held(&bounds, &folder.join(CONFIG)) {
            system::read(&path, Input::Config)
        } else {
            let message = format!("{} is a link that leads out of this repository", quoted(&path.to_string_lossy()));
            let help = "nothing was read: put the file itself there, or name it with `--config`";
            Err(Box::new(Finding::new(Code::OutsideFolder, message).help(help)))
        };
        let config = match read {
            Ok(bytes) => read_config(&bytes, &path.to_string_lossy(), &formats, &mut sources, &mut faults),
            Err(finding) => {
                faults.push(*finding);
                None
            }
        };
        let mut file = Self { path, folder, bounds, config: config.unwrap_or_default(), sources, faults };
        let out_of_bounds = file.out_of_bounds();
        file.faults.extend(out_of_bounds);
        if !file.faults.is_empty() {
            // Half of a configuration is never used.
            file.config = Config::default();
        }
        file
    }

    /// A path that it sets, as people know it from the folder that they are in.
    pub(in crate::cli) fn path(&self, written: &str) -> PathBuf {
        let folder = folder_of(&self.path);
        if folder == Path::new(".") { PathBuf::from(written) } else { folder.join(written) }
    }

    /// Where a setting is written.
    pub(in crate::cli) fn at(&self, place: Place) -> String {
        let at = self.sources.get(place.file).map(|source| source.location(place.span.start));
        at.map_or_else(String::new, |at| format!("{}:{}:{}", self.path.to_string_lossy(), at.line, at.column))
    }

    /// What it sets that leads out, by links too: it may come from anybody who can propose a change to a repository.
    fn out_of_bounds(&self) -> Vec<Finding> {
        let files = self.config.waivers.iter().chain(&self.config.baseline).map(|file| (file.place, &file.value));
        let paths = self.config.paths.iter().flat_map(|set| set.value.iter().map(|path| (set.place, path)));
        let read = files.chain(paths).filter(|(_, path)| !self.may_be_read(path)).map(|(place, path)| {
            let message = format!("{} is outside this repository, or hidden", quoted(path));
            let help = "a configuration names what is in its own repository, or else in its own folder, and not hidden";
            Finding::new(Code::OutsideFolder, message).at(place).help(help)
        });
        let outputs = self.config.output_for.iter().map(|Setting { value: (_, file), place }| (*place, file));
        let written = outputs.filter(|(_, file)| !self.may_be_written(file)).map(|(place, file)| {
            let message = format!("{} leads to a place that a configuration may not write to", quoted(file));
            let help = "name a file in the folder of the configuration or below it, and not in a hidden folder";
            Finding::new(Code::OutsideFolder, message).at(place).help(help)
        });
        read.chain(written).collect()
    }

    fn may_be_read(&self, written: &str) -> bool {
        let path = self.folder.join(written);
        // Something may have a name that looks like a pattern.
        let is_there = std::fs::symlink_metadata(&path).is_ok();
        let path = if is_there { path } else { self.folder.join(fixed_part(Path::new(written))) };
        self.bounds.hold(&path)
    }

    fn may_be_written(&self, written: &str) -> bool {
        let path = self.folder.join(written);
        // What is there, links followed; else the folder that it would stand in. Where neither is, nothing is written.
        let there = if std::fs::symlink_metadata(&path).is_ok() { path.as_path() } else { folder_of(&path) };
        let Ok(there) = std::fs::canonicalize(there) else { return std::fs::symlink_metadata(&path).is_err() };
        there.strip_prefix(&self.folder).is_ok_and(|below| !is_hidden(below))
    }
}

/// Whether a configuration, links followed, is within bounds. Its own name is a hidden one.
fn is_held(bounds: &Bounds, config: &Path) -> bool {
    let Ok(file) = std::fs::canonicalize(config) else { return true };
    let is_config = file.file_name().is_some_and(|name| name == CONFIG);
    bounds.hold(if is_config { folder_of(&file) } else { &file })
}
