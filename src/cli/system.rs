//! The clock, and files that are read.

use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;

use clearshare::finding::{Code, Finding};
use clearshare::model::Date;
use clearshare::text::quoted;
use clearshare::yaml::Limits;

use super::why::why;

/// Today, where this machine is.
pub(super) fn today() -> Date {
    jiff::Zoned::now().date()
}

/// How many threads can run at once.
pub(super) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// What a file is meant to be: how much of it is read, and what helps where it cannot be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// A team's manifest.
    Manifest,
    /// One file of a ruleset.
    OfRuleset,
    /// Waivers that several manifests share.
    Waivers,
    /// What was outstanding before.
    Baseline,
    /// The configuration beside manifests.
    Config,
    /// A decision record.
    Record,
    /// What was decided, to be recorded.
    Decision,
    /// An organisation's own template for records.
    Template,
    /// A signature on a record.
    Signature,
    /// A private key.
    Key,
    /// What unlocks a key.
    Passphrase,
    /// Who may sign, or keys that are revoked.
    Signers,
}

impl Input {
    const fn most(self) -> usize {
        match self {
            Self::Manifest | Self::Waivers | Self::Config => Limits::MANIFEST.max_bytes,
            Self::OfRuleset | Self::Baseline => Limits::RULESET_FILE.max_bytes,
            Self::Record => clearshare::record::MAX_BYTES,
            Self::Decision => Limits::DECISION.max_bytes,
            Self::Template => clearshare::report::record::template::MAX_TEMPLATE,
            Self::Signature | Self::Key | Self::Passphrase => 1 << 16,
            Self::Signers => 1 << 20,
        }
    }

    const fn if_no_file(self) -> &'static str {
        match self {
            Self::Manifest => "name a manifest, for example data-sharing.yaml",
            Self::OfRuleset => "a ruleset has ordinary files only: put the file itself there",
            Self::Waivers => "name a file of waivers, for example waivers.yaml",
            Self::Baseline => "name a baseline, for example baseline.yaml",
            Self::Signature => "a signature is an ordinary file",
            Self::Key => "name the file of a private key, for example ~/.ssh/id_ed25519",
            Self::Passphrase => "name a file that holds the passphrase alone",
            Self::Signers => "name a file with a public key on each line",
            Self::Config => "a configuration is an ordinary file, usually `.clearshare.yaml`",
            Self::Record => "name a record, for example data-sharing.record.json",
            Self::Decision => "name a file that says what was decided, for example decision.yaml",
            Self::Template => "name a template, for example decision-note.html",
        }
    }

    const fn if_missing(self) -> &'static str {
        match self {
            Self::Manifest => {
                "check its name, and the folder that you are in; `clearshare init` writes a manifest to start from"
            }
            Self::OfRuleset => "a link to it may lead nowhere: put the file itself there",
            Self::Waivers => "check the name of the file of waivers, and the folder that you are in",
            Self::Config => "check its name; without `--config`, the `.clearshare.yaml` nearest to a manifest is used",
            Self::Baseline => "check its name; `clearshare check --write-baseline` writes one",
            Self::Record => "check its name, and the folder that you are in; `clearshare record new` writes a record",
            Self::Decision | Self::Template | Self::Signature | Self::Key | Self::Passphrase | Self::Signers => {
                "check its name, and the folder that you are in"
            }
        }
    }
}

/// Reads a file; `-` is standard input. Reads no more than one byte over what its kind may have: enough for the reader to see
/// that it is too large.
pub(super) fn read(path: &Path, input: Input) -> Result<Vec<u8>, Box<Finding>> {
    let limit = u64::try_from(input.most()).unwrap_or(u64::MAX).saturating_add(1);
    let unreadable = |error: &std::io::Error| unreadable(path, input, error);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|error| unreadable(&error));
    }
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    // A pipe or a device may never end, or may wait for ever.
    if !metadata.is_file() {
        let what = match (metadata.is_dir(), input) {
            (false, _) => "not a file",
            (true, Input::OfRuleset) => "a link to a folder, which is not followed",
            (true, _) => "a folder",
        };
        let finding = Finding::new(Code::NotAFile, format!("{} is {what}", name(path)));
        return Err(Box::new(finding.help(input.if_no_file())));
    }
    let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    file.take(limit).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
fn unreadable(path: &Path, input: Input, error: &std::io::Error) -> Box<Finding> {
    let finding = if error.kind() == std::io::ErrorKind::NotFound {
        Finding::new(Code::FileNotFound, format!("there is no file {}", name(path))).help(input.if_missing())
    } else {
        Finding::new(Code::FileUnreadable, format!("{} cannot be read: {}", name(path), why(error)))
            .help("check who may read it, and that what it leads to is there")
    };
    Box::new(finding)
}

fn name(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}
