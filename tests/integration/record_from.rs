//! An interview that begins with the answers of a record.

use std::path::Path;

use clearshare::record::seal;

use crate::records::Advised;
use crate::support::Clearshare;

const READY: &str = "official-sensitive-public-cloud.yaml";

/// An interview that begins with a file, until its input ends; and what it wrote.
fn from(name: &str, bytes: &[u8], ruleset: &str) -> (i32, String, String, String) {
    let run = Clearshare::new("ask").args(["--plain", "--from", name, "--output", "new.yaml", "--ruleset", ruleset]);
    let (output, folder) = run.args(["--as-of", "2026-11-22"]).file(name, bytes).input("1\n1\n1\ns\n").run_and_keep();
    let written = std::fs::read_to_string(folder.path().join("new.yaml")).unwrap_or_default();
    (output.status, output.stdout, output.stderr.replace(name, "x"), written)
}

#[test]
fn a_record_is_begun_with_as_its_manifest_is() {
    for name in [READY, "border-force-case-request.yaml", "lorry-hold-messages-idea.yaml"] {
        let manifest = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap();
        let record = Advised::example(name).fitting().bytes;
        for ruleset in ["uk-border@2026.11", "uk-border@2025.05"] {
            let by_manifest = from("x.yaml", &manifest, ruleset);
            assert!(by_manifest.0 == 0 && by_manifest.3.contains("title: "), "{by_manifest:?}");
            assert_eq!(from("x.record.json", &record, ruleset), by_manifest, "{name} under {ruleset}");
        }
    }
}

#[test]
fn a_record_that_cannot_be_relied_on_is_not_begun_with() {
    let sealed = Advised::example(READY).fitting();
    let case = |bytes: &[u8], code: &str| {
        let (status, stdout, stderr, written) = from("x.record.json", bytes, "uk-border@2026.11");
        assert_eq!((status, written.as_str()), (2, ""), "{stderr}");
        assert!(!stdout.contains("To answer"), "{stdout}");
        assert!(stderr.contains(&format!("error[{code}]")), "{code}: {stderr}");
    };
    let text = String::from_utf8(sealed.bytes.clone()).unwrap();
    case(text.replacen("Ada Example", "Oda Example", 1).as_bytes(), "altered-record");
    case(text.get(..text.len() / 2).unwrap().as_bytes(), "truncated-record");
    let mut record = sealed.record;
    record.ruleset.version = "2024.01".to_owned();
    record.ruleset.digest = "0".repeat(64);
    case(&seal(record).unwrap().bytes, "ruleset-missing");
}
