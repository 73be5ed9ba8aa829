//! The program ended by the system in the middle of a write, as SIGKILL or a loss of power would end it: nothing of it runs afterwards.
//! Here it is ended where a file grows beyond so many bytes, which is the same place each time.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;

use clearshare::record::Integrity;
use rustix::process::Signal;

use crate::record_keys::Key;
use crate::records::read;
use crate::support::names_in;

const NEW: [&str; 12] = [
    "new",
    "x.yaml",
    "--as-of",
    "2026-11-22",
    "--choice",
    "defer",
    "--reasons",
    "x",
    "--decided-by",
    "x",
    "--role",
    "y",
];
const SIGN: [&str; 6] = ["sign", "x.record.json", "--role", "legal-adviser", "--key", "key"];
const VERIFY: [&str; 6] = ["verify", ".", "--allowed-signers", "signers", "--require", "legal-adviser"];
const EXPORT: [&str; 6] = ["export", "x.record.json", "--format", "html", "-o", "x.html"];

/// A run in which no file grows beyond so many blocks of 512 bytes.
fn ended(folder: &Path, blocks: u32, args: &[&str]) {
    let limit = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" record \"$@\"");
    let mut shell = Command::new("/bin/sh");
    let shell = shell.args(["-c", &limit, env!("CARGO_BIN_EXE_clearshare")]).args(args);
    let output = shell.current_dir(folder).env_clear().output().unwrap();
    assert_eq!(output.status.signal(), Some(Signal::XFSZ.as_raw()), "{args:?}: {output:?}");
}

fn passes(folder: &Path, args: &[&str]) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_clearshare"));
    let output = run.arg("record").args(args).current_dir(folder).env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
}

/// The names in a folder, but for those that only the file system shows.
fn seen(folder: &Path) -> Vec<String> {
    names_in(folder).into_iter().filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn whatever_is_there_is_whole_and_what_was_left_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let key = Key::ed25519(1);
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/official-sensitive-public-cloud.yaml");
    std::fs::copy(example, at.join("x.yaml")).unwrap();
    std::fs::write(at.join("key"), key.file()).unwrap();
    std::fs::write(at.join("signers"), key.signer("ada@example.gov.uk", "")).unwrap();
    let mut there = vec!["key", "signers", "x.yaml"];
    let add = |there: &mut Vec<&'static str>, name| {
        there.push(name);
        there.sort_unstable();
    };
    for blocks in [0, 1, 20] {
        ended(at, blocks, &NEW);
        assert_eq!(seen(at), there, "no part of a record is taken for one");
    }
    passes(at, &NEW);
    add(&mut there, "x.record.json");
    assert_eq!(read(&std::fs::read(at.join("x.record.json")).unwrap()).integrity, Integrity::AsWritten);
    ended(at, 0, &SIGN);
    assert_eq!(seen(at), there, "no part of a signature is taken for one");
    passes(at, &SIGN);
    add(&mut there, "x.record.json.legal-adviser.sig");
    // What was left behind is no record and no signature.
    passes(at, &VERIFY);
    passes(at, &["replay", "--all", "."]);
    std::fs::write(at.join("x.html"), "old").unwrap();
    add(&mut there, "x.html");
    for blocks in [0, 1, 20] {
        ended(at, blocks, &EXPORT);
        assert_eq!(std::fs::read(at.join("x.html")).unwrap(), b"old", "it is replaced whole, or not at all");
    }
    passes(at, &EXPORT);
    assert!(std::fs::read_to_string(at.join("x.html")).unwrap().trim_end().ends_with("</html>"));
    assert_eq!(seen(at), there);
}
