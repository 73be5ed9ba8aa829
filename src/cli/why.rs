//! What the system says, in plain words.

use std::io::{Error, ErrorKind};

use clearshare::text::visible;

/// Why something could not be read or written.
pub(super) fn why(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "you have no permission",
        ErrorKind::AlreadyExists => "something of that name is there already",
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::DirectoryNotEmpty => "the folder is not empty",
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "your share of the disk is full",
        ErrorKind::FileTooLarge => "it would be larger than a file may be",
        ErrorKind::InvalidFilename => "its name is too long, or has characters that are not allowed",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "another program is using it",
        ErrorKind::CrossesDevices => "it is on another disk",
        ErrorKind::BrokenPipe => "whatever reads it has ended",
        ErrorKind::TimedOut => "it took too long to answer",
        ErrorKind::InvalidInput => "its name is not allowed",
        _ => return without_number(&error.to_string()),
    };
    words.to_owned()
}

/// What the system itself says, without its number: "Too many levels of symbolic links (os error 40)".
fn without_number(text: &str) -> String {
    let text = text.split_once(" (os error ").map_or(text, |(before, _)| before);
    visible(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_words_of_programmers() {
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::NotADirectory,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::StorageFull,
        ];
        for kind in kinds {
            let said = why(&kind.into());
            assert_ne!(said, kind.to_string());
            assert!(!said.contains("entity") && !said.contains("os error"), "{said}");
        }
        assert_eq!(without_number("Too many links (os error 40)"), "Too many links");
    }
}
