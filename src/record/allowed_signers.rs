//! Who may sign as what: OpenSSH's file of allowed signers.

use super::pattern::matches_list;
use super::role::Role;
use super::sign::PublicKey;
use super::signer_line::{self, Line};
use crate::finding::{Code, Finding, Findings};
use crate::model::Date;
use crate::text::{FileId, Source, Sources};

/// A moment as a file of allowed signers names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The second of the day.
    pub second: u32,
}

/// The last second of a day.
const LAST: u32 = 24 * 60 * 60 - 1;

/// Somebody who may sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Who: patterns of names, with a comma between them.
    pub principals: String,
    /// What they may sign: patterns of namespaces; everything where there are none.
    pub namespaces: Option<String>,
    /// From when on their key is valid.
    pub valid_after: Option<Moment>,
    /// Until when.
    pub valid_before: Option<Moment>,
    /// Their key.
    pub key: PublicKey,
}

impl Signer {
    /// Whether they may sign in a role.
    #[must_use]
    pub fn may_sign_as(&self, role: &Role) -> bool {
        self.namespaces.as_deref().is_none_or(|list| matches_list(&role.namespace(), list))
    }

    /// Whether their key is valid on the whole of a day.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_after.is_none_or(|after| after <= Moment { day, second: 0 })
            && self.valid_before.is_none_or(|before| before >= Moment { day, second: LAST })
    }

    /// Whether they go by this name.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        matches_list(name, &self.principals)
    }
}

/// What a file of allowed signers says of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Whose key it is: they may sign in that role, and the key is valid.
    May(&'a Signer),
    /// They may sign in that role, but the key is not valid on that day.
    NotValid(&'a Signer),
    /// They may not sign in that role.
    NotAs(&'a Signer),
    /// The key is nobody's.
    Unknown,
}

/// The people who may sign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedSigners(Vec<Signer>);

impl AllowedSigners {
    /// Each, in the order of the file.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        &self.0
    }

    /// What it says of a key: whoever may sign comes before those who may not, and before any whose key is not valid.
    #[must_use]
    pub fn standing(&self, key: &PublicKey, role: &Role, day: Date) -> Standing<'_> {
        let mut found = Standing::Unknown;
        for signer in self.0.iter().filter(|signer| signer.key == *key) {
            found = match (signer.may_sign_as(role), signer.is_valid_on(day), found) {
                (true, true, _) => return Standing::May(signer),
                (true, false, Standing::Unknown | Standing::NotAs(_)) => Standing::NotValid(signer),
                (false, _, Standing::Unknown) => Standing::NotAs(signer),
                _ => found,
            };
        }
        found
    }
}

/// Reads a file of allowed signers. None where it has a fault.
pub fn read_allowed_signers(
    bytes: &[u8],
    name: &str,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<AllowedSigners> {
    lines(bytes, name, sources, findings, signer_line::read).map(AllowedSigners)
}

/// Keys that are no longer to be trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revoked(Vec<PublicKey>);

impl Revoked {
    /// Whether a key is one of them.
    #[must_use]
    pub fn has(&self, key: &PublicKey) -> bool {
        self.0.contains(key)
    }
}

/// What OpenSSH's own lists of revoked keys begin with.
const BINARY_LIST: &[u8] = b"SSHKRL\n";

/// Reads a file of revoked keys: a public key on each line. None where it has a fault.
pub fn read_revoked(bytes: &[u8], name: &str, sources: &mut Sources, findings: &mut Findings) -> Option<Revoked> {
    if bytes.starts_with(BINARY_LIST) {
        let message = "this is a binary list of revoked keys (KRL), which clearshare does not read";
        let help = "give a text file with each revoked public key on a line of its own";
        let place = signer_line::start(sources.add(Source::new(name, "")));
        findings.push(Finding::new(Code::BadSigners, message).at(place).help(help));
        return None;
    }
    lines(bytes, name, sources, findings, signer_line::read_key).map(Revoked)
}

type ReadLine<T> = fn(&Line<'_>) -> Result<T, Box<Finding>>;

/// Each line that is not empty and no comment.
fn lines<T>(
    bytes: &[u8],
    name: &str,
    sources: &mut Sources,
    findings: &mut Findings,
    read: ReadLine<T>,
) -> Option<Vec<T>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("byte {} of the file is not UTF-8 text", error.valid_up_to() + 1);
            findings.push(Finding::new(Code::InvalidUtf8, message).help("save the file as UTF-8 in your editor"));
            return None;
        }
    };
    let file: FileId = sources.add(Source::new(name, text));
    let (mut found, mut is_whole, mut start) = (Vec::new(), true, 0);
    for line in text.split_inclusive('\n') {
        let length = line.len();
        let line = Line { text: line.trim_end(), file, start };
        start += length;
        if line.is_blank() {
            continue;
        }
        match read(&line) {
            Ok(one) => found.push(one),
            Err(finding) => {
                findings.push(*finding);
                is_whole = false;
            }
        }
    }
    is_whole.then_some(found)
}
