//! Evidence that is a file here: its digest goes into the record.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding, Findings};
use clearshare::record::v1::Evidence;
use clearshare::record::{Digester, EvidenceAt, UncheckedEvidence};
use clearshare::text::quoted;

use crate::cli::paths::relative;
use crate::cli::staged::folder_of;
use crate::cli::why::why;

/// The largest file whose digest is made.
const MOST: u64 = 4 << 30;

/// Where paths count from, and where they are written as seen from.
pub(super) struct Folders<'a> {
    /// The folder of the file that names the evidence.
    pub(super) from: &'a Path,
    /// The folder of the record.
    pub(super) seen: &'a Path,
}

/// Looks at each piece of evidence. What is wrong with one was found.
pub(super) fn looked_at(
    evidence: &[UncheckedEvidence],
    folders: &Folders<'_>,
    findings: &mut Findings,
) -> Vec<Evidence> {
    let mut all = Vec::new();
    for unchecked in evidence {
        match one(unchecked, folders) {
            Ok(evidence) => all.push(evidence),
            Err(finding) => findings.push(match unchecked.place {
                Some(place) => finding.at(place),
                None => *finding,
            }),
        }
    }
    all
}

fn one(unchecked: &UncheckedEvidence, folders: &Folders<'_>) -> Result<Evidence, Box<Finding>> {
    let (link, sha256) = match &unchecked.at {
        EvidenceAt::Link(link) => (link.clone(), unchecked.sha256.clone()),
        EvidenceAt::File(named) => {
            let path = match unchecked.place {
                Some(_) => folders.from.join(named),
                None => PathBuf::from(named),
            };
            let sha256 = digest(&path, named)?;
            if unchecked.sha256.as_ref().is_some_and(|said| *said != sha256) {
                let message = format!("{} has another SHA-256 than is written here", quoted(named));
                let help = format!("it has {sha256}: make sure that it is the right file, or leave `sha256` out");
                return Err(Box::new(Finding::new(Code::BadDigest, message).help(help)));
            }
            (relative(&path, folders.seen), Some(sha256))
        }
    };
    Ok(Evidence { title: unchecked.title.clone(), link, sha256, rule: unchecked.rule.clone() })
}

/// The evidence of a record, with each file that is here named as it is seen from another folder than the record's.
pub(super) fn seen_from(evidence: &[Evidence], record: &Path, folder: &Path) -> Vec<Evidence> {
    let seen = |one: &Evidence| {
        let path = folder_of(record).join(&one.link);
        // What has no digest is no file, but a reference or an address.
        let is_here = one.sha256.is_some() && Path::new(&one.link).is_relative() && path.is_file();
        let link = if is_here { relative(&path, folder) } else { one.link.clone() };
        Evidence { link, ..one.clone() }
    };
    evidence.iter().map(seen).collect()
}

/// The digest of a file, read in pieces.
fn digest(path: &Path, named: &str) -> Result<String, Box<Finding>> {
    let unreadable = |error: &std::io::Error| {
        let name = quoted(named);
        Box::new(match error.kind() {
            std::io::ErrorKind::NotFound => Finding::new(Code::FileNotFound, format!("there is no file {name}"))
                .help("check its name; what is elsewhere is named by a web address, or under `link` in a file for `--decision`"),
            _ => Finding::new(Code::FileUnreadable, format!("{name} cannot be read: {}", why(error)))
                .help("check who may read it, and that what it leads to is there"),
        })
    };
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    // A pipe or a device may never end, or may wait for ever.
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "not a file" };
        let finding = Finding::new(Code::NotAFile, format!("{} is {what}", quoted(named)));
        return Err(Box::new(finding.help("name each file of it, or a place where it is kept under `link`")));
    }
    if metadata.len() > MOST {
        return Err(too_large(named));
    }
    let mut file = File::open(path).map_err(|error| unreadable(&error))?.take(MOST + 1);
    let (mut digester, mut piece, mut length) = (Digester::default(), vec![0; 1 << 16], 0_u64);
    loop {
        let read = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(&error)),
        };
        digester.add(piece.get(..read).unwrap_or_default());
        length += u64::try_from(read).unwrap_or(u64::MAX);
    }
    // It may have grown meanwhile.
    if length > MOST { Err(too_large(named)) } else { Ok(digester.finish()) }
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on boxed")]
fn too_large(named: &str) -> Box<Finding> {
    let message = format!("{} has more than {} GiB", quoted(named), MOST >> 30);
    Box::new(
        Finding::new(Code::FileTooLarge, message).help("name it under `link`, and write its digest under `sha256`"),
    )
}
