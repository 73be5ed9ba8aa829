//! Which configuration is for what, and what it sets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::ValueEnum;
use clearshare::config::{CONFIG, Config, Setting, read_config};
use clearshare::finding::{Code, Finding, Findings};
use clearshare::text::{Place, Sources, quoted};

use super::ConfigArgs;
use crate::cli::check::Format;
use crate::cli::paths::relative;
use crate::cli::staged::folder_of;
use crate::cli::system::{self, Input};

/// The configurations that were found so far: each read once, however many manifests stand under it.
pub(in crate::cli) struct Configs {
    /// The one for everything, where one is named; none where there is to be none.
    only: Option<Option<Rc<ConfigFile>>>,
    read: Vec<Rc<ConfigFile>>,
    by_folder: BTreeMap<PathBuf, Option<Rc<ConfigFile>>>,
}

/// A configuration that was read.
pub(in crate::cli) struct ConfigFile {
    /// Its path, as people know it.
    path: PathBuf,
    /// Its folder, and that of the repository that it is in.
    folder: PathBuf,
    root: PathBuf,
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
            Some(Rc::new(ConfigFile::load(path.clone(), folder)))
        });
        let only = if args.no_config { Some(None) } else { named };
        Self { only, read: Vec::new(), by_folder: BTreeMap::new() }
    }

    /// The one for the folder that you are in.
    pub(in crate::cli) fn here(&mut self) -> Option<Rc<ConfigFile>> {
        self.of_folder(Path::new("."))
    }

    /// The one nearest to a manifest; for standard input, that for the folder that you are in.
    pub(in crate::cli) fn of(&mut self, manifest: &Path) -> Option<Rc<ConfigFile>> {
        self.of_folder(if manifest.as_os_str() == "-" { Path::new(".") } else { folder_of(manifest) })
    }

    /// The one nearest to a folder.
    pub(in crate::cli) fn of_folder(&mut self, folder: &Path) -> Option<Rc<ConfigFile>> {
        if let Some(only) = &self.only {
            return only.clone();
        }
        // Where there is no such folder, there is no manifest in it either: that is said elsewhere.
        let folder = std::fs::canonicalize(folder).ok()?;
        if let Some(found) = self.by_folder.get(&folder) {
            return found.clone();
        }
        let found = folder_with_config(&folder).map(|at| self.read(at));
        self.by_folder.insert(folder, found.clone());
        found
    }

    fn read(&mut self, folder: &Path) -> Rc<ConfigFile> {
        if let Some(file) = self.read.iter().find(|file| file.folder == folder) {
            return Rc::clone(file);
        }
        let path = PathBuf::from(relative(&folder.join(CONFIG), Path::new(".")));
        let file = Rc::new(ConfigFile::load(path, folder.to_path_buf()));
        self.read.push(Rc::clone(&file));
        file
    }
}

/// The nearest folder above, or this one, that has a configuration. The search ends with the repository.
fn folder_with_config(folder: &Path) -> Option<&Path> {
    let there = |path: PathBuf| std::fs::symlink_metadata(path).is_ok();
    for above in folder.ancestors() {
        if there(above.join(CONFIG)) {
            return Some(above);
        }
        if there(above.join(".git")) {
            return None;
        }
    }
    None
}

/// The folder of the repository that a folder is in; the folder itself where it is in none.
fn repository(folder: &Path) -> PathBuf {
    let root = folder.ancestors().find(|above| std::fs::symlink_metadata(above.join(".git")).is_ok());
    root.unwrap_or(folder).to_path_buf()
}

impl ConfigFile {
    fn load(path: PathBuf, folder: PathBuf) -> Self {
        let (mut sources, mut faults) = (Sources::new(), Findings::new());
        let formats: Vec<String> = Format::value_variants()
            .iter()
            .filter_map(|format| format.to_possible_value().map(|value| value.get_name().to_owned()))
            .collect();
        let config = match system::read(&path, Input::Config) {
            Ok(bytes) => read_config(&bytes, &path.to_string_lossy(), &formats, &mut sources, &mut faults),
            Err(finding) => {
                faults.push(*finding);
                None
            }
        };
        let root = repository(&folder);
        let mut file = Self { path, folder, root, config: config.unwrap_or_default(), sources, faults };
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
        let read = files.filter(|(_, file)| !self.is_below(file, &self.root)).map(|(place, file)| {
            let message = format!("{} is outside this repository", quoted(file));
            let help = "a configuration names files of its own repository, or else of its own folder";
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

    /// Whether a path, links followed, is below a folder. One that is not there can be read by nobody.
    fn is_below(&self, written: &str, folder: &Path) -> bool {
        std::fs::canonicalize(self.folder.join(written)).map_or(true, |path| path.starts_with(folder))
    }

    fn may_be_written(&self, written: &str) -> bool {
        let path = self.folder.join(written);
        // What is there, links followed; else the folder that it would stand in. Where neither is, nothing is written.
        let there = if std::fs::symlink_metadata(&path).is_ok() { path.as_path() } else { folder_of(&path) };
        let Ok(there) = std::fs::canonicalize(there) else { return std::fs::symlink_metadata(&path).is_err() };
        let is_hidden = |below: &Path| below.iter().any(|part| part.to_string_lossy().starts_with('.'));
        there.strip_prefix(&self.folder).is_ok_and(|below| !is_hidden(below))
    }
}
