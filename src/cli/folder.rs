//! The folder of a ruleset, read.

use std::io::Error;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::rulefile::is_place_of_file;
use clearshare::text::quoted;

use super::staged::folder_of;
use super::system::{Input, read};
use super::why::why;

/// The file that every ruleset has, by which its folder is known.
const HEAD: &str = "ruleset.yaml";

/// No ruleset has so many files: somebody's whole disk is not searched through because of a slip.
const MOST_FILES: usize = 10_000;

/// What a ruleset is, for somebody who has none.
const WHAT: &str = "a ruleset is a folder with `ruleset.yaml`, `questions.yaml`, `rules/` and a few other files; \
                    `clearshare rules new DIR` writes one to start from";

/// Every file below the folder of a ruleset: paths below it with `/`, and their bytes. Links to folders are not followed, and
/// what has no place in a ruleset is named without its bytes.
pub(super) fn read_folder(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Box<Finding>> {
    is_ruleset(root)?;
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error: &Error| unreadable(&folder, error);
        for entry in std::fs::read_dir(&folder).map_err(|error| unreadable(&error))? {
            let entry = entry.map_err(|error| unreadable(&error))?;
            let kind = entry.file_type().map_err(|error| unreadable(&error))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let wanted = is_place_of_file(&below) || (kind.is_symlink() && path.is_dir());
            let bytes = if wanted { read(&path, Input::OfRuleset)? } else { Vec::new() };
            files.push((below, bytes));
            if files.len() > MOST_FILES {
                let message = format!("{} has more than {MOST_FILES} files in it", name(root));
                return Err(fault(
                    Code::UnexpectedFile,
                    message,
                    "name the folder of one ruleset; nothing else may stand in it",
                ));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// That a folder holds a ruleset. Where it does not, nothing in it is worth a fault of its own.
fn is_ruleset(root: &Path) -> Result<(), Box<Finding>> {
    let metadata = match std::fs::metadata(root) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let message = format!("there is no folder {}", name(root));
            return Err(fault(
                Code::FileNotFound,
                message,
                "check the folder that you are in; this is to be the one that holds the ruleset's `ruleset.yaml`",
            ));
        }
        Err(error) => return Err(unreadable(root, &error)),
    };
    if !metadata.is_dir() {
        let message = format!("{} is not a folder", name(root));
        let above = folder_of(root);
        let help = if above.join(HEAD).is_file() {
            format!("name the folder that it is in: {}", name(above))
        } else {
            "name the folder that holds the ruleset's `ruleset.yaml`".to_owned()
        };
        return Err(fault(Code::NotAFile, message, &help));
    }
    if std::fs::symlink_metadata(root.join(HEAD)).is_ok_and(|head| !head.is_dir()) {
        return Ok(());
    }
    let message = format!("{} holds no ruleset: there is no `{HEAD}` in it", name(root));
    Err(fault(Code::MissingFile, message, &instead(root)?))
}

/// What somebody may have meant who named a folder without a ruleset.
fn instead(root: &Path) -> Result<String, Box<Finding>> {
    for other in ["ruleset.yml", "ruleset.YAML", "Ruleset.yaml", "ruleset.yaml.txt", "ruleset.txt"] {
        if root.join(other).is_file() {
            return Ok(format!("rename {} to `{HEAD}`", quoted(other)));
        }
    }
    let within: Vec<PathBuf> = rulesets_below(root).map_err(|error| unreadable(root, &error))?;
    let above = root.canonicalize().ok().and_then(|root| Some(root.parent()?.join(HEAD).is_file()));
    Ok(match within.as_slice() {
        [] if above == Some(true) => "the folder above it holds one: name that".to_owned(),
        [] => WHAT.to_owned(),
        [one] => format!("name the folder below it that holds one: {}", name(one)),
        [.., last] => format!("name one of the folders below it that hold one, for example {}", name(last)),
    })
}

/// The rulesets one or two folders down.
fn rulesets_below(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let folders = |of: &Path| -> Result<Vec<PathBuf>, Error> {
        let entries = std::fs::read_dir(of)?.take(MOST_FILES);
        Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect())
    };
    let mut found = Vec::new();
    for folder in folders(root)? {
        // One that may not be read is no reason to say nothing of the others.
        for path in folders(&folder).unwrap_or_default().into_iter().chain([folder]) {
            found.extend(path.join(HEAD).is_file().then_some(path));
        }
    }
    found.sort();
    Ok(found)
}

#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
fn unreadable(folder: &Path, error: &Error) -> Box<Finding> {
    let message = format!("the folder {} cannot be read: {}", name(folder), why(error));
    fault(Code::FileUnreadable, message, "check who may read it")
}

#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
fn fault(code: Code, message: String, help: &str) -> Box<Finding> {
    Box::new(Finding::new(code, message).help(help))
}

fn name(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}
