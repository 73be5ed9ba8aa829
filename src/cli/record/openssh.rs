//! Signing with OpenSSH's own program: keys in an agent or in hardware, and kinds of keys that clearshare does not sign with.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use clearshare::finding::{Code, Finding};
use clearshare::record::{Check, Role, Signature};
use clearshare::text::quoted;

use crate::cli::why::why;

const PROGRAM: &str = "ssh-keygen";

/// The most that is taken for a signature.
const MOST: usize = 1 << 16;

/// Signs the canonical form of a record, with a private key, or with the public half of one that an agent holds. Where OpenSSH asks
/// for a passphrase, or to touch a key, it does so in the terminal.
pub(super) fn sign(key: &Path, role: &Role, canonical: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
    let name = quoted(&key.to_string_lossy());
    let mut command = Command::new(PROGRAM);
    command.args(["-Y", "sign", "-n", &role.namespace(), "-O", "hashalg=sha512", "-f"]).arg(key);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let unstarted = |error: std::io::Error| {
        cannot(
            &format!("`{PROGRAM}` cannot be started: {}", why(&error)),
            "install OpenSSH, or sign with an Ed25519 or P-256 key in a file",
        )
    };
    let mut child = command.spawn().map_err(unstarted)?;
    let (stdin, bytes) = (child.stdin.take(), canonical.to_vec());
    // A program that ends before it has read everything says itself what is wrong.
    let writer = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&bytes)));
    let output = child.wait_with_output().map_err(unstarted)?;
    drop(writer.join());
    if !output.status.success() {
        return Err(cannot(
            &format!("`{PROGRAM}` did not sign with {name}"),
            "`ssh-add -l` shows the keys that an agent holds; the message above says more",
        ));
    }
    is_signature(&output.stdout, role, canonical, &name)?;
    Ok(output.stdout)
}

/// What comes from another program is looked at before it is kept.
fn is_signature(bytes: &[u8], role: &Role, canonical: &[u8], name: &str) -> Result<(), Box<Finding>> {
    let signature = Signature::read(bytes).filter(|_| bytes.len() <= MOST);
    let is_good = signature
        .is_some_and(|signature| signature.namespace() == role.namespace() && signature.check(canonical) != Check::Bad);
    if is_good {
        return Ok(());
    }
    let message = format!("what `{PROGRAM}` wrote with {name} is no signature on the record");
    Err(cannot(&message, "make sure that `ssh-keygen` is OpenSSH's, of version 8.9 or newer"))
}

#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
fn cannot(message: &str, help: &str) -> Box<Finding> {
    Box::new(Finding::new(Code::CannotSign, message).help(help))
}
