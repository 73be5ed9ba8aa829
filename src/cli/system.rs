//! The clock and files.

use std::io::Read;
use std::path::Path;

use clearshare::finding::{Code, Finding};
use clearshare::model::Date;
use clearshare::text::quoted;

/// Today, where this machine is.
pub(super) fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Reads a file; `-` is standard input. Reads no more than one byte over `most`: enough for the reader to see that it is too
/// large.
pub(super) fn read(path: &Path, most: usize) -> Result<Vec<u8>, Box<Finding>> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|error| unreadable(path, &error));
    }
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    // A pipe or a device may never end, or may wait for ever.
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "not a file" };
        let finding = Finding::new(Code::NotAFile, format!("{} is {what}", name(path)));
        return Err(Box::new(finding.help("name a manifest, for example data-sharing.yaml")));
    }
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(limit).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
fn unreadable(path: &Path, error: &std::io::Error) -> Box<Finding> {
    let finding = if error.kind() == std::io::ErrorKind::NotFound {
        Finding::new(Code::FileNotFound, format!("there is no file {}", name(path)))
            .help("check its name, and the folder that you are in; `clearshare init` writes a manifest to start from")
    } else {
        Finding::new(Code::FileUnreadable, format!("{} cannot be read: {error}", name(path)))
            .help("check who may read it, and that what it leads to is there")
    };
    Box::new(finding)
}

fn name(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

/// Every file below a folder: paths below it with `/`, and their bytes. Links out of the folder are not followed.
pub(super) fn read_folder(root: &Path, most: usize) -> Result<Vec<(String, Vec<u8>)>, Box<Finding>> {
    if !root.is_dir() {
        let finding = if root.exists() {
            Finding::new(Code::NotAFile, format!("{} is not a folder", name(root)))
        } else {
            Finding::new(Code::FileNotFound, format!("there is no folder {}", name(root)))
        };
        return Err(Box::new(finding.help("name the folder that holds the ruleset's `ruleset.yaml`")));
    }
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&folder, &error))?;
            let kind = entry.file_type().map_err(|error| unreadable(&entry.path(), &error))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !hidden {
                folders.push(entry.path());
            } else if !hidden {
                let path = entry.path();
                let below = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push((below, read(&path, most)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a new file whole, or not at all. An existing one is left as it is.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    use std::io::Write;
    let fault = |error: &std::io::Error| {
        let finding = Finding::new(Code::CannotWrite, format!("{} cannot be written: {}", name(path), error.kind()));
        Box::new(finding.help("choose another place, or write to standard output with `-`"))
    };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| fault(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| fault(&error))?;
    file.as_file().sync_all().map_err(|error| fault(&error))?;
    set_mode(&file).map_err(|error| fault(&error))?;
    file.persist_noclobber(path).map_err(|error| {
        if error.error.kind() == std::io::ErrorKind::AlreadyExists {
            let finding = Finding::new(Code::FileExists, format!("{} is there already", name(path)));
            Box::new(finding.help("it is left as it is: name another file, or write to standard output with `-`"))
        } else {
            fault(&error.error)
        }
    })?;
    Ok(())
}

/// Writes a file whole, or not at all, in place of one that may be there. What a link leads to is replaced, not the link, and
/// what is there and is no file, such as a pipe, is written to.
pub(super) fn write_over(path: &Path, bytes: &[u8]) -> Result<(), Box<Finding>> {
    use std::io::Write;
    let fault = |error: &std::io::Error| {
        let finding = Finding::new(Code::CannotWrite, format!("{} cannot be written: {}", name(path), error.kind()));
        Box::new(finding.help("choose another place"))
    };
    let there = std::fs::canonicalize(path).ok();
    let path = there.as_deref().unwrap_or(path);
    let mode = there.as_deref().and_then(|there| std::fs::metadata(there).ok());
    if mode.as_ref().is_some_and(|there| !there.is_file()) {
        let mut file = std::fs::OpenOptions::new().write(true).open(path).map_err(|error| fault(&error))?;
        return file.write_all(bytes).map_err(|error| fault(&error));
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| fault(&error))?;
    file.write_all(bytes).map_err(|error| fault(&error))?;
    file.as_file().sync_all().map_err(|error| fault(&error))?;
    match mode {
        Some(there) => file.as_file().set_permissions(there.permissions()),
        None => set_mode(&file),
    }
    .map_err(|error| fault(&error))?;
    file.persist(path).map_err(|error| fault(&error.error))?;
    Ok(())
}

/// That a place to write to is not inside a folder that is being read: a report there would be taken for a file of the ruleset,
/// or written over one.
pub(super) fn outside(path: &Path, folder: &Path) -> Result<(), Box<Finding>> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(parent), Ok(folder)) = (std::fs::canonicalize(parent), std::fs::canonicalize(folder)) else {
        return Ok(());
    };
    if !parent.starts_with(&folder) {
        return Ok(());
    }
    let finding = Finding::new(Code::CannotWrite, format!("{} is inside the ruleset", name(path)));
    Err(Box::new(finding.help("nothing was written: choose a place outside its folder")))
}

/// A manifest is for colleagues to read: a temporary file starts out private.
#[cfg(unix)]
fn set_mode(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_mode(_file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
