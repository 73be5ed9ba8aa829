//! Files of the evidence, against what a record says of them.

use std::io::Read;
use std::path::{Path, PathBuf};

use clearshare::record::v1::Evidence;
use clearshare::record::{Digester, Trouble, TroubleCode, Verified};
use clearshare::text::quoted;

use crate::cli::staged::folder_of;
use crate::cli::why::why;

/// Compares each piece of evidence that is a file below a folder.
pub(super) fn compare(record: &Path, root: &Path, evidence: &[Evidence], verified: &mut Verified) {
    for piece in evidence {
        match compared(record, root, piece) {
            Ok(()) => verified.evidence_matched += 1,
            Err(trouble) => verified.troubles.push(trouble),
        }
    }
}

fn compared(record: &Path, root: &Path, piece: &Evidence) -> Result<(), Trouble> {
    let name = quoted(&piece.title);
    let link = quoted(&piece.link);
    if piece.link.contains("://") {
        let message = format!("{name} is at a web address, {link}, which clearshare does not open");
        return Err(Trouble::new(TroubleCode::EvidenceUnchecked, message));
    }
    let Some(expected) = &piece.sha256 else {
        let message = format!("the record has no digest of {name}, {link}");
        return Err(Trouble::new(TroubleCode::EvidenceUnchecked, message));
    };
    let path = inside(record, root, &piece.link).map_err(|trouble| of(trouble, &name, &link))?;
    let digest = digest(&path).map_err(|why| {
        let message = format!("{name}, {link}, cannot be read: {why}");
        Trouble::new(TroubleCode::EvidenceMissing, message)
            .help("put the file where the record says, or name its folder")
    })?;
    if digest == *expected {
        return Ok(());
    }
    let message = format!("{name}, {link}, is not the file that the record names");
    let help = "it was changed since, or another stands in its place: find the one that was decided on";
    Err(Trouble::new(TroubleCode::EvidenceDiffers, message).help(help))
}

enum Nowhere {
    Outside,
    Missing(String),
}

fn of(nowhere: Nowhere, name: &str, link: &str) -> Trouble {
    match nowhere {
        Nowhere::Outside => {
            let message = format!("{name}, {link}, is outside the folder of the evidence, and was not read");
            let help = "name the folder that all evidence is in with `--evidence-root`";
            Trouble::new(TroubleCode::EvidenceOutside, message).help(help)
        }
        Nowhere::Missing(why) => {
            let message = format!("{name}, {link}, cannot be read: {why}");
            let help = "put the file where the record says, or name its folder";
            Trouble::new(TroubleCode::EvidenceMissing, message).help(help)
        }
    }
}

/// The file that a link names: as seen from the record, or else from the folder of the evidence. What a record says must not lead to
/// files outside that folder, by no link either.
fn inside(record: &Path, root: &Path, link: &str) -> Result<PathBuf, Nowhere> {
    let missing = |error: std::io::Error| Nowhere::Missing(why(&error));
    let whole = std::fs::canonicalize(root).map_err(missing)?;
    let mut nowhere = None;
    for from in [folder_of(record), root] {
        match std::fs::canonicalize(from.join(link)) {
            Ok(path) if path.starts_with(&whole) => return Ok(path),
            Ok(_) => nowhere = Some(Nowhere::Outside),
            Err(error) => {
                nowhere.get_or_insert_with(|| missing(error));
            }
        }
    }
    Err(nowhere.unwrap_or(Nowhere::Outside))
}

fn digest(path: &Path) -> Result<String, String> {
    // A pipe or a device may never end, or may wait for ever.
    if !std::fs::metadata(path).map_err(|error| why(&error))?.is_file() {
        return Err("it is not a file".to_owned());
    }
    let mut file = std::fs::File::open(path).map_err(|error| why(&error))?;
    let mut digester = Digester::default();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(digester.finish()),
            Ok(count) => digester.add(piece.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(why(&error)),
        }
    }
}
