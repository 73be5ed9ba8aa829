//! `clearshare record sign`: somebody stands by a record.

use std::io::Write;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::record::{Integrity, ReadRecord, Role, Signature, refusals};
use clearshare::text::{Sources, quoted, visible};

use super::keys::{self, Key};
use super::load::load_unaltered;
use super::{beside, openssh};
use crate::cli::args::LookArgs;
use crate::cli::place::{check_file, unwritten, write_private};
use crate::cli::rulesets::write_fault;
use crate::cli::staged::exists;
use crate::cli::{Exit, style};

/// Sign a record in a role, with an SSH key
///
/// The signature is written beside the record, as RECORD.NAME.sig, in OpenSSH's form: `ssh-keygen -Y verify` checks it too. The record
/// is not changed, and any number of people can sign it. Exit status: 0 when it is signed; 2 when the record, the key or the command
/// line has a fault; 130 when interrupted, with nothing written.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SignArgs {
    /// The record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// The role in which you sign [example: information-asset-owner]
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Role,
    /// The private key to sign with
    #[arg(long, value_name = "FILE", required_unless_present = "agent", conflicts_with = "agent")]
    key: Option<PathBuf>,
    /// The public key of one that an agent or a hardware key holds; `ssh-keygen` signs
    #[arg(long, value_name = "PUBLIC-KEY")]
    agent: Option<PathBuf>,
    /// The name in the file name of the signature, instead of the role
    #[arg(long = "as", value_name = "NAME", value_parser = name)]
    name: Option<String>,
    /// Take the passphrase of the key from this file; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "agent")]
    passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    look: LookArgs,
}

/// A role as it is written on the command line.
pub(super) fn role(text: &str) -> Result<Role, String> {
    Role::new(text).ok_or_else(|| {
        "write lower-case words with hyphens between them, for example information-asset-owner".to_owned()
    })
}

/// The name of a signature as it is written on the command line: nothing that leads to another folder.
fn name(text: &str) -> Result<String, String> {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_name = !text.is_empty() && text.len() <= 64 && text.bytes().all(is_sign);
    if is_name { Ok(text.to_owned()) } else { Err("write up to 64 letters, digits, `-` and `_`".to_owned()) }
}

/// Signs it.
pub(super) fn run(args: &SignArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let place = beside::place_of(&args.record, args.name.as_deref().unwrap_or_else(|| args.role.name()));
    if let Err(why) = free(&args.record, &place) {
        write_fault(&why, &Sources::new(), err)?;
        return Ok(Exit::Fault);
    }
    if let Err(why) = check_file(&place) {
        return unwritten(why, err);
    }
    let Ok(loaded) = load_unaltered(&args.record, err)? else { return Ok(Exit::Fault) };
    let read = loaded.read;
    let refused = refusals(&read.record);
    if !refused.is_empty() {
        for refusal in &refused {
            write_fault(&refusal.finding(), &Sources::new(), err)?;
        }
        return Ok(Exit::Fault);
    }
    let signature = match signature(args, &read) {
        Ok(signature) => signature,
        Err(finding) => {
            write_fault(&finding, &Sources::new(), err)?;
            return Ok(Exit::Fault);
        }
    };
    if let Err(why) = write_private(&place, &signature) {
        return unwritten(why, err);
    }
    said(args, &read, &place, &signature)?;
    Ok(Exit::Passed)
}

/// Whether nothing has the signature's name yet. A passphrase is not asked for in vain.
fn free(record: &Path, place: &Path) -> Result<(), Box<Finding>> {
    if record.as_os_str() == "-" {
        return Err(beside::no_place(record));
    }
    if std::fs::symlink_metadata(place).is_ok() { Err(exists(place)) } else { Ok(()) }
}

fn signature(args: &SignArgs, read: &ReadRecord) -> Result<Vec<u8>, Box<Finding>> {
    let by_openssh = |key: &Path| openssh::sign(key, &args.role, &read.canonical);
    if let Some(public) = &args.agent {
        return by_openssh(public);
    }
    let path = args.key.as_deref().unwrap_or(Path::new(""));
    let key = match keys::read(path, args.passphrase_file.as_ref())? {
        Key::OpenSsh => return by_openssh(path),
        Key::Here(key) => key,
    };
    key.sign(&args.role, &read.canonical).map(String::into_bytes).ok_or_else(|| {
        let message =
            format!("the key {} does not sign: its two halves do not belong together", quoted(&path.to_string_lossy()));
        Box::new(Finding::new(Code::BadKey, message).help("sign with another key: this one is damaged"))
    })
}

fn said(args: &SignArgs, read: &ReadRecord, place: &Path, signature: &[u8]) -> anyhow::Result<()> {
    if read.integrity == Integrity::LaidOutAgain {
        let words = "the file was laid out again since it was written: clearshare finds the signature good, but `ssh-keygen` would only with \
                     the file as it was written";
        writeln!(std::io::stderr().lock(), "warning: {words}")?;
    }
    let mut out = std::io::stdout().lock();
    let shown = |path: &Path| visible(&path.to_string_lossy()).into_owned();
    writeln!(out, "Signed {} as {}", shown(&args.record), args.role)?;
    if let Some(signature) = Signature::read(signature) {
        writeln!(out, "Key: {} ({})", signature.key().fingerprint(), signature.key().kind())?;
    }
    Ok(writeln!(out, "Signature: {}", shown(place))?)
}
