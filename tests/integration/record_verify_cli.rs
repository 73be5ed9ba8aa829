//! `clearshare record sign` and `record verify`, as people run them.

use crate::record_keys::Key;
use crate::records::Advised;
use crate::support::{Clearshare, Output};

const EXAMPLE: &str = "official-sensitive-public-cloud.yaml";
const OWNER: &str = "information-asset-owner";

fn record() -> Vec<u8> {
    Advised::example(EXAMPLE).fitting().bytes
}

/// A run in a folder with a record, keys and who may sign.
fn with_record() -> Clearshare {
    let (ada, ben) = (Key::ed25519(1), Key::p256(2));
    let signers = ada.signer("ada@example.gov.uk", "namespaces=\"information-asset-owner@record.clearshare\"")
        + &ben.signer("ben@example.gov.uk", "");
    Clearshare::new("record")
        .file("x.record.json", record())
        .file("ada", ada.file())
        .file("ada.pub", ada.public())
        .file("ben", ben.locked("tŷ bach"))
        .file("passphrase", "tŷ bach\n")
        .file("signers", signers)
}

fn sign(args: &[&str]) -> (Output, tempfile::TempDir) {
    with_record().args(["sign", "x.record.json", "--role", OWNER]).args(args).run_and_keep()
}

/// Runs in a folder that another run left.
fn again(folder: &tempfile::TempDir, args: &[&str]) -> Output {
    let names = crate::support::files_in(folder.path());
    let run = names.into_iter().fold(Clearshare::new("record"), |run, (path, bytes)| run.file(&path, bytes));
    run.args(args).run()
}

/// What was said, wherever its lines break.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn one_fault(output: &Output, code: &str) {
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{output:?}");
    assert!(output.stderr.starts_with(&format!("error[{code}]: ")), "{}", output.stderr);
    assert!(output.stderr.contains("help: "), "{}", output.stderr);
}

const VERIFY: [&str; 6] = ["verify", "x.record.json", "--as-of", "2026-11-22", "--allowed-signers", "signers"];

#[test]
fn what_is_signed_is_proved() {
    let (output, folder) = sign(&["--key", "ada"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{output:?}");
    assert!(output.stdout.ends_with("Signature: x.record.json.information-asset-owner.sig\n"), "{}", output.stdout);
    let output = again(&folder, &VERIFY);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{output:?}");
    assert!(
        flat(&output.stdout).contains("`ada@example.gov.uk` signed as `information-asset-owner`"),
        "{}",
        output.stdout
    );
    assert!(flat(&output.stdout).contains("Proved: unaltered, with 1 good signature"), "{}", output.stdout);
    let required = [VERIFY.as_slice(), &["--require", OWNER, "--require", "legal-adviser"]].concat();
    let output = again(&folder, &required);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(
        flat(&output.stdout).contains("It lacks a good signature as `legal-adviser` [role-not-signed]"),
        "{}",
        output.stdout
    );
    // Nobody writes over a signature.
    one_fault(&again(&folder, &["sign", "x.record.json", "--role", OWNER, "--key", "ada"]), "file-exists");
}

#[cfg(unix)]
#[test]
fn a_record_is_never_changed_by_signing() {
    let (output, folder) = sign(&["--key", "ben", "--passphrase-file", "passphrase", "--as", "ben"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert_eq!(std::fs::read(folder.path().join("x.record.json")).unwrap(), record());
    assert!(folder.path().join("x.record.json.ben.sig").is_file());
    assert_eq!(again(&folder, &VERIFY).status, 0);
}

#[test]
fn bad_key() {
    one_fault(&sign(&["--key", "ada.pub"]).0, "bad-key");
    one_fault(&sign(&["--key", "signers"]).0, "bad-key");
    one_fault(&sign(&["--key", "nowhere"]).0, "file-not-found");
}

#[test]
fn wrong_passphrase() {
    let (output, folder) = sign(&["--key", "ben"]);
    one_fault(&output, "wrong-passphrase");
    assert!(output.stderr.contains("--passphrase-file"), "{}", output.stderr);
    assert!(!folder.path().join("x.record.json.information-asset-owner.sig").exists());
    one_fault(&sign(&["--key", "ben", "--passphrase-file", "ada.pub"]).0, "wrong-passphrase");
}

/// There is no `PATH` in the tests' environment, so no program is found.
#[cfg(unix)]
#[test]
fn cannot_sign() {
    let run = with_record().env("PATH", "/nowhere");
    let output = run.args(["sign", "x.record.json", "--role", OWNER, "--agent", "ada.pub"]).run();
    one_fault(&output, "cannot-sign");
    assert!(output.stderr.contains("there is no such file"), "{}", output.stderr);
}

/// Another program in the place of `ssh-keygen` cannot put anything beside a record.
#[cfg(unix)]
#[test]
fn what_another_program_writes_is_looked_at() {
    use std::os::unix::fs::PermissionsExt;
    for script in ["echo no signature", "cat x.record.json.other", "exit 1", "yes | head -c 200000"] {
        let run = with_record().file("bin/ssh-keygen", format!("#!/bin/sh\n{script}\n"));
        let program = run.folder().join("bin/ssh-keygen");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:/usr/bin:/bin", run.folder().join("bin").display());
        let (run, args) = (run.env("PATH", &path), ["sign", "x.record.json", "--role", OWNER, "--agent", "ada.pub"]);
        let (output, folder) = run.args(args).run_and_keep();
        assert_eq!(output.status, 2, "{script}: {output:?}");
        assert!(output.stderr.contains("error[cannot-sign]: "), "{script}: {}", output.stderr);
        assert!(!folder.path().join("x.record.json.information-asset-owner.sig").exists());
    }
}

#[test]
fn bad_signers() {
    let output = with_record().args(["verify", "x.record.json", "--allowed-signers", "ada"]).run();
    one_fault(&output, "bad-signers");
    assert!(output.stderr.contains("ada:1:1"), "{}", output.stderr);
    let run = with_record().file("krl", b"SSHKRL\n\0more");
    one_fault(&run.args(["verify", "x.record.json", "--revoked", "krl"]).run(), "bad-signers");
}

#[test]
fn a_role_and_a_name_are_written_as_such() {
    for args in [["--role", "Owner"], ["--as", "../x"], ["--as", "a.sig/../b"], ["--as", ""]] {
        let output = with_record().args(["sign", "x.record.json", "--role", OWNER, "--key", "ada"]).args(args).run();
        assert_eq!(output.status, 2, "{args:?}: {output:?}");
        assert!(
            output.stderr.contains("invalid value") || output.stderr.contains("cannot be used"),
            "{}",
            output.stderr
        );
    }
}

#[test]
fn an_altered_record_is_not_proved_and_not_signed() {
    let altered = String::from_utf8(record()).unwrap().replace("find more", "find less");
    let run = |args: &[&str]| with_record().file("x.record.json", &altered).args(args).run();
    let output = run(&["verify", "x.record.json", "--as-of", "2026-11-22"]);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(
        flat(&output.stdout).contains("[altered-record]") && flat(&output.stdout).contains("Not proved"),
        "{}",
        output.stdout
    );
    assert!(!flat(&output.stdout).contains("Decided on"), "what it says is not repeated: {}", output.stdout);
    one_fault(&run(&["sign", "x.record.json", "--role", OWNER, "--key", "ada"]), "altered-record");
}

#[test]
fn a_folder_is_looked_at_whole() {
    let first = Advised::example(EXAMPLE).fitting();
    let mut next = first.record.clone();
    next.supersedes = Some(clearshare::record::v1::Supersedes {
        record: first.record.seal.clone(),
        decided_on: crate::records::day(),
        why: "x".to_owned(),
    });
    let next = clearshare::record::seal(next).unwrap();
    let run = Clearshare::new("record")
        .file("kept/a.record.json", &first.bytes)
        .file("kept/below/b.record.json", &next.bytes)
        .file("kept/notes.txt", "x");
    let (output, folder) = run.args(["verify", "kept", "--as-of", "2026-11-22"]).run_and_keep();
    assert_eq!(output.status, 0, "{output:?}");
    assert!(flat(&output.stdout).contains("Its place is taken by `kept/below/b.record.json`"), "{}", output.stdout);
    assert!(flat(&output.stdout).contains("2 records: 2 unaltered, without a proved signature"), "{}", output.stdout);
    std::fs::remove_file(folder.path().join("kept/a.record.json")).unwrap();
    let output = again(&folder, &["verify", "kept", "--as-of", "2026-11-22"]);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(flat(&output.stdout).contains("[predecessor-missing]"), "{}", output.stdout);
    let output = again(&folder, &["verify", "kept/below/b.record.json", "--as-of", "2026-11-22"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert!(flat(&output.stdout).contains("[predecessor-not-given]"), "{}", output.stdout);
}

#[test]
fn one_file_that_is_no_record_does_not_hide_the_others() {
    let record = record();
    let run =
        Clearshare::new("record").file("a.record.json", &record[..record.len() / 2]).file("b.record.json", &record);
    let output = run.args(["verify", ".", "--as-of", "2026-11-22", "--quiet"]).run();
    assert_eq!(output.status, 2, "{output:?}");
    assert!(output.stderr.starts_with("error[truncated-record]: "), "{}", output.stderr);
    assert!(flat(&output.stdout).contains("a.record.json: Not a record that can be read"), "{}", output.stdout);
    assert!(flat(&output.stdout).contains("b.record.json: Unaltered"), "{}", output.stdout);
}

#[test]
fn evidence_is_compared_below_its_folder_alone() {
    let mut record = Advised::example(EXAMPLE).fitting().record;
    let piece = record.evidence[0].clone();
    let links =
        ["docs/dpia.pdf", "docs/other.pdf", "nowhere.pdf", "../signers", "/etc/passwd", "https://example.gov.uk/x"];
    record.evidence =
        links.map(|link| clearshare::record::v1::Evidence { link: link.to_owned(), ..piece.clone() }).to_vec();
    record.evidence.push(clearshare::record::v1::Evidence { sha256: None, ..piece });
    let sealed = clearshare::record::seal(record).unwrap();
    let run = with_record()
        .file("x.record.json", &sealed.bytes)
        .file("root/docs/dpia.pdf", "the file")
        .file("root/docs/other.pdf", "another");
    let args = ["verify", "x.record.json", "--as-of", "2026-11-22", "--evidence-root", "root", "--format", "json"];
    let output = run.args(args).run();
    assert_eq!(output.status, 1, "{output:?}");
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let result = &document["results"][0];
    assert_eq!(result["evidence_matched"], 1);
    let codes: Vec<&str> =
        result["troubles"].as_array().unwrap().iter().map(|trouble| trouble["code"].as_str().unwrap()).collect();
    assert_eq!(
        codes,
        [
            "not-signed",
            "evidence-differs",
            "evidence-missing",
            "evidence-outside",
            "evidence-outside",
            "evidence-unchecked",
            "evidence-unchecked"
        ]
    );
}

/// What is no ordinary file is not waited for, and leads nowhere.
#[cfg(unix)]
#[test]
fn links_and_pipes_are_no_signatures() {
    let run = with_record().file("secret", "x").file("root/docs/y", "x");
    let at = |name: &str| run.folder().join(name);
    let fifo = std::process::Command::new("mkfifo").arg(at("x.record.json.pipe.sig")).status().unwrap();
    assert!(fifo.success());
    std::os::unix::fs::symlink("/nowhere", at("x.record.json.link.sig")).unwrap();
    std::fs::create_dir(at("x.record.json.folder.sig")).unwrap();
    std::os::unix::fs::symlink(at("secret"), at("root/docs/dpia.pdf")).unwrap();
    let args = ["verify", "x.record.json", "--as-of", "2026-11-22", "--evidence-root", "root"];
    let output = run.args(args).run();
    assert_eq!(output.status, 1, "{output:?}");
    assert_eq!(output.stdout.matches("[not-a-signature]").count(), 3, "{}", output.stdout);
    assert!(flat(&output.stdout).contains("[evidence-outside]"), "{}", output.stdout);
}

#[test]
fn what_a_file_of_signers_says_acts_on_no_terminal() {
    let (ada, bytes) = (Key::ed25519(1), record());
    let key = clearshare::record::SigningKey::read(ada.file().as_bytes(), None).unwrap();
    let role = clearshare::record::Role::new(OWNER).unwrap();
    let run = Clearshare::new("record")
        .file("x.record.json", &bytes)
        .file("x.record.json.a.sig", key.sign(&role, &bytes).unwrap())
        .file("signers", ada.signer("\"a\u{1b}[2J\u{202e}b\"", ""));
    let output = run.args(VERIFY).args(["--color", "always"]).run();
    assert_eq!(output.status, 0, "{output:?}");
    assert!(!flat(&output.stdout).contains("\u{1b}[2J") && !output.stdout.contains('\u{202e}'), "{output:?}");
    assert!(flat(&output.stdout).contains("a\\x1b[2J"), "{}", output.stdout);
}

#[test]
fn the_text_fits_forty_columns_and_plain_words() {
    let (_, folder) = sign(&["--key", "ada"]);
    for plain in [false, true] {
        let names = crate::support::files_in(folder.path());
        let run = names.into_iter().fold(Clearshare::new("record"), |run, (path, bytes)| run.file(&path, bytes));
        let extra: &[&str] = if plain { &["--plain"] } else { &[] };
        let output = run.env("COLUMNS", "40").args(VERIFY).args(["--require", "legal-adviser"]).args(extra).run();
        let is_long = |line: &&str| line.chars().count() > 40 && line.contains(' ');
        let long: Vec<&str> = output.stdout.lines().filter(is_long).filter(|line| !line.contains("SHA256")).collect();
        assert!(long.is_empty(), "{long:?}");
        assert_eq!(output.stdout.contains('✓'), !plain, "{}", output.stdout);
    }
}

fn schema() -> serde_json::Value {
    crate::schema::schema("record-verification-1")
}

fn as_json(run: Clearshare, args: &[&str]) -> serde_json::Value {
    let output = run.args(["verify", "--as-of", "2026-11-22", "--format", "json"]).args(args).run();
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(document["failed"], output.status != 0, "{output:?}");
    document
}

#[test]
fn what_is_written_for_programs_has_the_shape_of_its_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
    let (ada, bytes) = (Key::ed25519(1), record());
    let key = clearshare::record::SigningKey::read(ada.file().as_bytes(), None).unwrap();
    let role = clearshare::record::Role::new(OWNER).unwrap();
    let run = || {
        with_record()
            .file("x.record.json.a.sig", key.sign(&role, &bytes).unwrap())
            .file("x.record.json.b.sig", "no signature")
            .file("y.record.json", &bytes[..100])
    };
    let proved = as_json(with_record(), &["x.record.json"]);
    assert_eq!(proved["results"][0]["verdict"], "unsigned");
    let document = as_json(run(), &["x.record.json", "y.record.json", "--allowed-signers", "signers"]);
    let verdicts: Vec<_> = document["results"].as_array().unwrap().iter().map(|result| &result["verdict"]).collect();
    assert_eq!(verdicts, ["not-proved", "fault"]);
    for document in [&proved, &document] {
        crate::schema::assert_valid(&schema(), document);
    }
    crate::schema::assert_each_refused(
        &schema(),
        &document,
        &[
            ("/format", "clearshare-record-verification/2".into()),
            ("/results/0/verdict", "fault".into()),
            ("/results/0/integrity", "fine".into()),
            ("/results/0/signatures/0/good", "yes".into()),
            ("/results/0/signatures/0/extra", 1.into()),
            ("/results/0/signatures/1/trouble/code", serde_json::Value::Null),
            ("/results/0/choice", "perhaps".into()),
            ("/results/1/verdict", "proved".into()),
            ("/results/1/faults/0/line", 0.into()),
            ("/as_of", "today".into()),
        ],
    );
}

#[test]
fn each_member_and_each_code_is_documented() {
    let mut members = Vec::new();
    crate::schema::each_member(&schema(), &mut members);
    let page = crate::schema::documentation();
    let (_, own) = page.split_once("# What was found of records").unwrap();
    for member in members {
        assert!(own.contains(&format!("`{member}`")) || page.contains(&format!("`{member}`")), "{member}");
    }
    let page = include_str!("../../docs/record.md");
    let listed: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(code, _)| code)
        .filter(|code| clearshare::record::TroubleCode::ALL.iter().any(|known| known.as_str() == *code))
        .collect();
    let codes: Vec<&str> = clearshare::record::TroubleCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(listed, codes, "each code in its order");
    for code in clearshare::record::TroubleCode::ALL {
        let row = format!("| `{code}` | {} |", code.description());
        assert!(page.contains(&row), "{row}");
    }
}
