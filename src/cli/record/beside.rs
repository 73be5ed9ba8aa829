//! What stands beside a record: its signatures. And the records of a folder.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::record::SignatureFile;
use clearshare::text::quoted;

use crate::cli::staged::{cannot, folder_of};
use crate::cli::system::{self, Input};
use crate::cli::why::why;

/// How the names of records end.
const OF_RECORDS: &str = ".record.json";

/// How the names of signatures end.
const OF_SIGNATURES: &str = ".sig";

/// The deepest folder that is looked into.
const DEEPEST: usize = 32;

/// The most files that are looked at, so that somebody's whole disk is not searched through because of a slip.
const MOST: usize = 100_000;

/// The place of a signature on a record.
pub(super) fn place_of(record: &Path, name: &str) -> PathBuf {
    let mut path = OsString::from(record.as_os_str());
    path.push(format!(".{name}{OF_SIGNATURES}"));
    PathBuf::from(path)
}

/// The names in folders, each read once.
#[derive(Default)]
pub(super) struct Folders(BTreeMap<PathBuf, Vec<String>>);

impl Folders {
    /// The signatures beside a record, by name. One that cannot be read says why.
    pub(super) fn signatures(&mut self, record: &Path) -> Result<Vec<SignatureFile>, Box<Finding>> {
        let Some(name) = record.file_name().filter(|_| record.as_os_str() != "-") else { return Ok(Vec::new()) };
        let before = format!("{}.", name.to_string_lossy());
        let folder = folder_of(record);
        let is_beside = |name: &&String| {
            let rest = name.strip_prefix(&before).and_then(|rest| rest.strip_suffix(OF_SIGNATURES));
            rest.is_some_and(|rest| !rest.is_empty())
        };
        let names: Vec<String> = self.names(folder)?.iter().filter(is_beside).cloned().collect();
        let file = |name: String| {
            let bytes = system::read(&folder.join(&name), Input::Signature);
            SignatureFile { bytes: bytes.map_err(|finding| finding.message().to_owned()), name }
        };
        Ok(names.into_iter().map(file).collect())
    }

    fn names(&mut self, folder: &Path) -> Result<&[String], Box<Finding>> {
        if !self.0.contains_key(folder) {
            let unreadable = |error: std::io::Error| unreadable(folder, &error);
            let mut names = Vec::new();
            for entry in std::fs::read_dir(folder).map_err(unreadable)? {
                names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
            }
            names.sort_unstable();
            self.0.insert(folder.to_path_buf(), names);
        }
        Ok(self.0.get(folder).map_or(&[], Vec::as_slice))
    }
}

/// The records in a folder and below it, by path. Links to folders are not followed.
pub(super) fn records_in(root: &Path) -> Result<Vec<PathBuf>, Box<Finding>> {
    let (mut found, mut seen) = (Vec::new(), 0);
    let mut folders = vec![(root.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let unreadable = |error: std::io::Error| unreadable(&folder, &error);
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            seen += 1;
            if seen > MOST {
                let message = format!("the folder {} holds more than {MOST} files", quoted(&root.to_string_lossy()));
                return Err(Box::new(
                    Finding::new(Code::TooManyItems, message).help("name a folder that holds records"),
                ));
            }
            let is_folder = entry.file_type().map_err(unreadable)?.is_dir();
            if is_folder && depth < DEEPEST {
                folders.push((entry.path(), depth + 1));
            } else if !is_folder && entry.file_name().to_string_lossy().ends_with(OF_RECORDS) {
                found.push(entry.path());
            }
        }
    }
    if found.is_empty() {
        let message = format!("the folder {} holds no record", quoted(&root.to_string_lossy()));
        let help = "the names of records end with `.record.json`; name the file where one is called otherwise";
        return Err(Box::new(Finding::new(Code::NothingToCheck, message).help(help)));
    }
    found.sort_unstable();
    Ok(found)
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on as the error of a result, which is kept small")]
fn unreadable(folder: &Path, error: &std::io::Error) -> Box<Finding> {
    let message = format!("the folder {} cannot be read: {}", quoted(&folder.to_string_lossy()), why(error));
    Box::new(Finding::new(Code::FileUnreadable, message).help("check who may read it"))
}

/// That a record from standard input has no place beside it.
#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
pub(super) fn no_place(record: &Path) -> Box<Finding> {
    cannot(&place_of(record, "sig"), "a record from standard input has no file that a signature could stand beside")
}
