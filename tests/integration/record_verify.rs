//! Signatures on records, and what `record verify` finds.

use clearshare::finding::{Code, Findings};
use clearshare::model::Date;
use clearshare::record::v1::{Choice, Record, Supersedes};
use clearshare::record::{
    Check, Link, NoKey, ReadRecord, Required, Role, Signature, SignatureFile, SigningKey, TroubleCode, Trust, chain,
    read_allowed_signers, read_revoked, seal, verify,
};
use clearshare::text::Sources;

use crate::record_keys::Key;
use crate::records::{Advised, day, read};

const EXAMPLE: &str = "official-sensitive-public-cloud.yaml";

fn role(name: &str) -> Role {
    Role::new(name).unwrap()
}

fn owner() -> Role {
    role("information-asset-owner")
}

fn record() -> ReadRecord {
    read(&Advised::example(EXAMPLE).fitting().bytes)
}

/// The same record with a change, sealed again.
fn resealed(change: impl FnOnce(&mut Record)) -> ReadRecord {
    let mut record = record().record;
    change(&mut record);
    read(&seal(record).unwrap().bytes)
}

fn signed(key: &Key, role: &Role, canonical: &[u8]) -> SignatureFile {
    let key = SigningKey::read(key.file().as_bytes(), None).unwrap();
    SignatureFile { name: "x.record.json.a.sig".to_owned(), bytes: Ok(key.sign(role, canonical).unwrap().into_bytes()) }
}

fn trust(signers: &str) -> Trust {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let allowed = read_allowed_signers(signers.as_bytes(), "signers", &mut sources, &mut findings);
    let said: Vec<String> = findings.into_sorted().iter().map(|finding| finding.message().to_owned()).collect();
    Trust { allowed: Some(allowed.unwrap_or_else(|| panic!("{}", said.join("; ")))), ..Trust::default() }
}

/// The codes of everything found.
fn found(read: &ReadRecord, signatures: &[SignatureFile], trust: &Trust) -> Vec<TroubleCode> {
    verify(read, signatures, trust, day()).all_troubles().map(|trouble| trouble.code).collect()
}

#[test]
fn a_signature_counts_only_for_its_record_its_signer_its_role_and_its_day() {
    let (ada, ben, read) = (Key::ed25519(1), Key::p256(2), record());
    let signers = ada.signer("ada@example.gov.uk", "namespaces=\"information-asset-owner@record.clearshare\"")
        + &ben.signer("ben@example.gov.uk", "valid-after=\"20261101\",valid-before=\"20270101\"");
    let trust = trust(&signers);
    for (key, who) in [(&ada, "ada@example.gov.uk"), (&ben, "ben@example.gov.uk")] {
        let verified = verify(&read, &[signed(key, &owner(), &read.canonical)], &trust, day());
        assert!(verified.is_proved(), "{verified:?}");
        assert_eq!(verified.signatures[0].signer.as_deref(), Some(who));
        assert_eq!(verified.signatures[0].role, Some(owner()));
    }
    let of = |key: &Key, role: &Role, bytes: &[u8]| found(&read, &[signed(key, role, bytes)], &trust);
    assert_eq!(of(&ada, &role("legal-adviser"), &read.canonical), [TroubleCode::RoleNotAllowed]);
    assert_eq!(of(&Key::ed25519(3), &owner(), &read.canonical), [TroubleCode::UnknownSigner]);
    assert_eq!(of(&ada, &owner(), b"another file"), [TroubleCode::OtherFile]);
    let mut later = trust.clone();
    later.keys_on = Some("2027-01-01".parse().unwrap());
    assert_eq!(found(&read, &[signed(&ben, &owner(), &read.canonical)], &later), [TroubleCode::KeyNotValid]);
    let mut revoked = trust.clone();
    let list = format!("# gone\n{} ben's\n", ben.public());
    revoked.revoked = read_revoked(list.as_bytes(), "revoked", &mut Sources::new(), &mut Findings::new()).unwrap();
    assert_eq!(found(&read, &[signed(&ben, &owner(), &read.canonical)], &revoked), [TroubleCode::RevokedKey]);
    assert!(found(&read, &[signed(&ada, &owner(), &read.canonical)], &revoked).is_empty());
    let nobody = Trust::default();
    assert_eq!(found(&read, &[signed(&ada, &owner(), &read.canonical)], &nobody), [TroubleCode::SignerNotLookedUp]);
    assert_eq!(found(&read, &[], &nobody), [TroubleCode::NotSigned]);
    for (bytes, code) in [
        (Ok(b"no signature".to_vec()), TroubleCode::NotASignature),
        (Err("it cannot be read".to_owned()), TroubleCode::NotASignature),
    ] {
        assert_eq!(found(&read, &[SignatureFile { name: "x".to_owned(), bytes }], &trust), [code]);
    }
}

#[test]
fn of_several_lines_for_one_key_the_one_by_which_it_may_sign_counts() {
    let (ada, read) = (Key::ed25519(1), record());
    let old = ada.signer("ada@old.example", "valid-before=\"20260101\"");
    let other = ada.signer("ada@other.example", "namespaces=\"legal-adviser@record.clearshare\"");
    let now = ada.signer("ada@example.gov.uk", "");
    let signature = [signed(&ada, &owner(), &read.canonical)];
    for lines in [[&old, &other, &now], [&now, &other, &old], [&other, &now, &old]] {
        let trust = trust(&lines.map(String::as_str).concat());
        let verified = verify(&read, &signature, &trust, day());
        assert_eq!(verified.signatures[0].signer.as_deref(), Some("ada@example.gov.uk"), "{verified:?}");
    }
    for lines in [[&old, &other], [&other, &old]] {
        let trust = trust(&lines.map(String::as_str).concat());
        assert_eq!(found(&read, &signature, &trust), [TroubleCode::KeyNotValid]);
    }
}

/// The advice may be older than the record, and the signature is not.
#[test]
fn a_key_has_to_be_valid_on_the_day_of_the_record_and_not_of_the_advice() {
    let (ada, read) = (Key::ed25519(1), resealed(|record| record.as_of = "2026-10-01".parse().unwrap()));
    let signature = [signed(&ada, &owner(), &read.canonical)];
    let of = |options: &str| found(&read, &signature, &trust(&ada.signer("ada@example.gov.uk", options)));
    assert_eq!(of("valid-after=\"20261101\""), []);
    assert_eq!(of("valid-before=\"20261101\""), [TroubleCode::KeyNotValid]);
}

/// Made with `ssh-keygen -Y sign -n file`, of another kind of key, and of another kind of thing.
#[test]
fn a_signature_for_something_else_is_told() {
    let read = record();
    let signature = SignatureFile { name: "x".to_owned(), bytes: Ok(FOR_FILES.to_vec()) };
    assert_eq!(found(&read, &[signature], &Trust::default()), [TroubleCode::WrongNamespace]);
    let signature = SignatureFile { name: "x".to_owned(), bytes: Ok(WITH_RSA.to_vec()) };
    assert_eq!(found(&read, &[signature], &Trust::default()), [TroubleCode::UncheckedKey]);
    let with_rsa = Signature::read(WITH_RSA).unwrap();
    assert_eq!((with_rsa.check(b"x"), with_rsa.key().kind().as_str()), (Check::Unsupported, "ssh-rsa"));
}

const FOR_FILES: &[u8] = include_bytes!("../fixtures/signatures/for-files.sig");
const WITH_RSA: &[u8] = include_bytes!("../fixtures/signatures/with-rsa.sig");

#[test]
fn a_required_role_has_to_be_signed_in_by_whoever_is_named() {
    let (ada, read) = (Key::ed25519(1), record());
    let trusting = |required: &[(&str, Option<&str>)]| {
        let mut trust = trust(&ada.signer("ada@example.gov.uk,chief@example.gov.uk", ""));
        let one = |(name, by): &(&str, Option<&str>)| Required { role: role(name), by: by.map(str::to_owned) };
        trust.required = required.iter().map(one).collect();
        trust
    };
    let signature = [signed(&ada, &owner(), &read.canonical)];
    for (required, expected) in [
        (("information-asset-owner", None), 0),
        (("information-asset-owner", Some("chief@example.gov.uk")), 0),
        (("information-asset-owner", Some("ben@example.gov.uk")), 1),
        (("legal-adviser", None), 1),
    ] {
        let codes = found(&read, &signature, &trusting(&[required]));
        assert_eq!(codes, vec![TroubleCode::RoleNotSigned; expected], "{required:?}");
    }
    assert_eq!(found(&read, &[], &trusting(&[("legal-adviser", None)])), [TroubleCode::RoleNotSigned]);
    // Nobody's signature stands for a role.
    let stranger = [signed(&Key::ed25519(9), &owner(), &read.canonical)];
    let codes = found(&read, &stranger, &trusting(&[("information-asset-owner", None)]));
    assert_eq!(codes, [TroubleCode::RoleNotSigned, TroubleCode::UnknownSigner]);
}

#[test]
fn a_record_has_to_be_unaltered_allowed_and_of_a_day_that_was() {
    let trust = Trust::default();
    let laid_out = serde_json::to_string_pretty(&record().record).unwrap();
    assert_eq!(found(&read(laid_out.as_bytes()), &[], &trust), [TroubleCode::LaidOutAgain, TroubleCode::NotSigned]);
    let ada = Key::ed25519(1);
    let signature = [signed(&ada, &owner(), &record().canonical)];
    let codes = found(&read(laid_out.as_bytes()), &signature, &self::trust(&ada.signer("ada", "")));
    assert_eq!(codes, [TroubleCode::LaidOutAgain], "its signatures still hold");

    let text =
        String::from_utf8(record().canonical).unwrap().replace("The inspections find more", "Inspections find less");
    let altered = read(text.as_bytes());
    let codes = found(&altered, &signature, &self::trust(&ada.signer("ada", "")));
    assert_eq!(codes, [TroubleCode::Altered, TroubleCode::OtherFile]);

    let later = resealed(|record| record.recorded_on = "2026-11-23".parse().unwrap());
    assert_eq!(found(&later, &[], &trust), [TroubleCode::InFuture, TroubleCode::NotSigned]);
    let backward = resealed(|record| record.decision.decided_on = "2026-11-23".parse().unwrap());
    assert_eq!(found(&backward, &[], &trust), [TroubleCode::Refused, TroubleCode::NotSigned]);
}

#[test]
fn a_decision_that_its_advice_does_not_allow_is_found_under_any_seal() {
    // Every third example: the others take long, and are no different here.
    let mut seen = std::collections::BTreeSet::new();
    for name in crate::records::example_names().into_iter().step_by(3) {
        let advised = Advised::example(&name);
        if advised.checked.is_screened() {
            continue;
        }
        seen.insert(advised.advice().outcome);
        let mut record = advised.fitting().record;
        let ready = record.decision.choice == Choice::Share;
        record.decision.choice = Choice::Share;
        record.decision.conditions.clear();
        let forged = read(&seal(record).unwrap().bytes);
        assert_eq!(found(&forged, &[], &Trust::default()).contains(&TroubleCode::Refused), !ready, "{name}");
    }
    assert!(seen.len() >= 3, "{seen:?}");
}

fn before(record: &str, decided_on: Date) -> Supersedes {
    Supersedes { record: record.to_owned(), decided_on, why: "x".to_owned() }
}

/// The codes for each link, as `seal` and what it supersedes.
fn links(links: &[(&str, Option<&str>)], whole: bool) -> Vec<Vec<TroubleCode>> {
    let all: Vec<Option<Supersedes>> =
        links.iter().map(|(_, supersedes)| supersedes.map(|seal| before(seal, day()))).collect();
    let names: Vec<String> = (0..links.len()).map(|at| format!("{at}.record.json")).collect();
    let links: Vec<Link<'_>> = links
        .iter()
        .zip(&all)
        .zip(&names)
        .map(|(((seal, _), supersedes), path)| Link { path, seal, decided_on: day(), supersedes: supersedes.as_ref() })
        .collect();
    chain(&links, whole).iter().map(|troubles| troubles.iter().map(|trouble| trouble.code).collect()).collect()
}

#[test]
fn records_say_which_takes_the_place_of_which() {
    use TroubleCode::{
        Circle, OwnPredecessor, PredecessorMissing, PredecessorNotGiven, SameRecord, Superseded, TwoSuccessors,
    };
    assert_eq!(
        links(&[("a", None), ("b", Some("a")), ("c", Some("b"))], true),
        [vec![Superseded], vec![Superseded], vec![]]
    );
    assert_eq!(links(&[("b", Some("a"))], true), [vec![PredecessorMissing]]);
    assert_eq!(links(&[("b", Some("a"))], false), [vec![PredecessorNotGiven]]);
    assert_eq!(links(&[("a", Some("a"))], true), [vec![OwnPredecessor]]);
    assert_eq!(
        links(&[("a", Some("b")), ("b", Some("a"))], true),
        [vec![Circle, Superseded], vec![Circle, Superseded]]
    );
    assert_eq!(
        links(&[("a", Some("c")), ("b", Some("a")), ("c", Some("b")), ("d", Some("c"))], true),
        [
            vec![Circle, TwoSuccessors, Superseded],
            vec![Circle, Superseded],
            vec![Circle, Superseded],
            vec![TwoSuccessors],
        ]
    );
    assert_eq!(
        links(&[("a", None), ("b", Some("a")), ("c", Some("a"))], true),
        [vec![Superseded], vec![TwoSuccessors], vec![TwoSuccessors]]
    );
    assert_eq!(
        links(&[("a", None), ("b", Some("a")), ("b", Some("a"))], true),
        [vec![Superseded], vec![SameRecord], vec![SameRecord]]
    );
}

#[test]
fn a_long_history_is_walked_once() {
    let seals: Vec<String> = (0..50_000).map(|at| at.to_string()).collect();
    let history: Vec<(&str, Option<&str>)> = seals
        .iter()
        .enumerate()
        .map(|(at, seal)| (seal.as_str(), at.checked_sub(1).map(|before| seals[before].as_str())))
        .collect();
    let found = links(&history, true);
    assert_eq!(found.iter().filter(|codes| codes.is_empty()).count(), 1);
}

#[test]
fn the_day_of_a_record_before_is_compared() {
    let first = record();
    let other = "2026-11-20".parse().unwrap();
    let next = resealed(|record| record.supersedes = Some(before(&first.record.seal, other)));
    let links = [Link::new("a", &first.record), Link::new("b", &next.record)];
    let codes: Vec<TroubleCode> = chain(&links, true)[1].iter().map(|trouble| trouble.code).collect();
    assert_eq!(codes, [TroubleCode::PredecessorDiffers]);
}

#[test]
fn keys_are_read_as_openssh_writes_them() {
    let (ed, p256) = (Key::ed25519(1), Key::p256(1));
    let role = owner();
    for key in [&ed, &p256] {
        let read = |text: &str, passphrase: Option<&[u8]>| SigningKey::read(text.as_bytes(), passphrase);
        let signs = |key: SigningKey| key.sign(&role, b"x").unwrap();
        let signature = signs(read(&key.file(), None).unwrap());
        assert_eq!(signs(read(&key.file(), None).unwrap()), signature, "signing draws no random numbers");
        assert_eq!(signs(read(&key.file().replace('\n', "\r\n"), None).unwrap()), signature);
        assert_eq!(signs(read(&key.locked("tŷ bach"), Some("tŷ bach".as_bytes())).unwrap()), signature);
        assert_eq!(read(&key.locked("a"), None).err(), Some(NoKey::Locked));
        assert_eq!(read(&key.locked("a"), Some(b"b")).err(), Some(NoKey::WrongPassphrase));
        assert_eq!(read(&key.public(), None).err(), Some(NoKey::Public));
        let signature = Signature::read(signature.as_bytes()).unwrap();
        assert_eq!((signature.check(b"x"), signature.check(b"y")), (Check::Good, Check::Bad));
        assert_eq!(signature.key().kind(), read(&key.file(), None).unwrap().public().kind());
    }
    assert_eq!(SigningKey::read(b"x", None).err(), Some(NoKey::NotAKey));
    let whole = ed.file();
    assert_eq!(SigningKey::read(&whole.as_bytes()[..200], None).err(), Some(NoKey::NotAKey));
}

#[test]
fn no_change_of_a_signature_makes_it_one_of_something_else() {
    let canonical = b"the record";
    for key in [Key::ed25519(1), Key::p256(1)] {
        let key = SigningKey::read(key.file().as_bytes(), None).unwrap();
        let text = key.sign(&owner(), canonical).unwrap();
        let mut read = 0;
        // Each bit of some bytes would take minutes: each byte, and another bit each time.
        for (at, bit) in (0..text.len()).map(|at| (at, at % 7)) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let Some(signature) = Signature::read(&bytes) else { continue };
            read += 1;
            let same = signature.key() == key.public() && signature.namespace() == owner().namespace();
            assert!(signature.check(canonical) != Check::Good || same, "bit {bit} of byte {at}");
        }
        assert!(read > 50, "only {read} could be read");
    }
}

/// The codes and places of what is wrong with a file of allowed signers.
fn faults(text: &str) -> Vec<(Code, u32, u32)> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let read = read_allowed_signers(text.as_bytes(), "signers", &mut sources, &mut findings);
    let findings = findings.into_sorted();
    assert_eq!(read.is_none(), !findings.is_empty());
    let place = |finding: &clearshare::finding::Finding| {
        crate::faults::well_worded(finding).unwrap();
        let place = finding.place().unwrap();
        let at = sources.get(place.file).unwrap().location(place.span.start);
        (finding.code(), at.line, at.column)
    };
    findings.iter().map(place).collect()
}

#[test]
fn files_of_allowed_signers_are_read_as_openssh_reads_them() {
    let key = Key::ed25519(1).public();
    for line in [
        "# nothing else".to_owned(),
        String::new(),
        format!("a {key}"),
        format!("  a,b,*@c,!d\t{key} a comment with \"quotes\"\r"),
        format!("\"a b\" {key}"),
        format!("a NameSpaces=\"x,y*\",valid-after=\"20261101\",valid-before=\"202612010000Z\" {key}"),
        format!("a namespaces=\"with \\\"quotes\\\" and spaces\" {key}"),
        format!("a valid-after=\"20261101123059\" {key}"),
    ] {
        assert_eq!(faults(&format!("\n{line}\n")), [], "{line}");
    }
    for (line, column) in [
        ("a".to_owned(), 1),
        ("\"a".to_owned(), 1),
        ("a ssh-ed25519".to_owned(), 3),
        ("a ssh-ed25519 AAAA".to_owned(), 3),
        (format!("a ssh-rsa {}", key.split(' ').next_back().unwrap()), 3),
        (format!("a cert-authority {key}"), 3),
        (format!("a namespaces=x {key}"), 3),
        (format!("a namespaces=\"x {key}"), 3),
        (format!("a namespaces=\"x\",namespaces=\"y\" {key}"), 18),
        (format!("a namespaces=\"x\", {key}"), 18),
        (format!("a namespaces=\"x\"{key}"), 17),
        (format!("a no-touch-required {key}"), 3),
        (format!("a valid-after=\"2026-11-01\" {key}"), 3),
        (format!("a valid-after=\"20261301\" {key}"), 3),
        (format!("a valid-after=\"202611012400\" {key}"), 3),
        (format!("a valid-after=\"20261102\",valid-before=\"20261101\" {key}"), 26),
        ("a namespaces=\"x\"".to_owned(), 17),
    ] {
        assert_eq!(faults(&format!("# é\n{line}\n")), [(Code::BadSigners, 2, column)], "{line}");
    }
}

#[test]
fn a_key_is_valid_for_whole_days() {
    let key = Key::ed25519(1);
    let valid = |options: &str, on: &str| {
        let trust = trust(&key.signer("a", options));
        trust.allowed.unwrap().signers()[0].is_valid_on(on.parse().unwrap())
    };
    for (options, on, expected) in [
        ("", "1999-01-01", true),
        ("valid-after=\"20261122\"", "2026-11-21", false),
        ("valid-after=\"20261122\"", "2026-11-22", true),
        ("valid-after=\"202611220001\"", "2026-11-22", false),
        ("valid-before=\"20261122\"", "2026-11-21", true),
        ("valid-before=\"20261122\"", "2026-11-22", false),
        ("valid-before=\"20261122235959\"", "2026-11-22", true),
    ] {
        assert_eq!(valid(options, on), expected, "{options} {on}");
    }
}

#[test]
fn a_binary_list_of_revoked_keys_is_refused() {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    assert!(read_revoked(b"SSHKRL\n\0\x01", "revoked.krl", &mut sources, &mut findings).is_none());
    let findings = findings.into_sorted();
    assert_eq!(findings[0].code(), Code::BadSigners);
    assert!(findings[0].help_text().unwrap().contains("each revoked public key on a line"));
}
