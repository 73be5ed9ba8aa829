//! Any bytes: as a record, as a signature, as a file of allowed signers, and as a key. Nothing panics, and a record that is read as
//! unaltered has the seal that it says.
#![no_main]

use clearshare::finding::Findings;
use clearshare::model::Date;
use clearshare::record::{
    Integrity, Signature, SignatureFile, SigningKey, Trust, read_allowed_signers, read_record, read_revoked, verify,
};
use clearshare::text::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    // What follows two empty lines is taken for the signature beside the record.
    let split = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let (record, beside) = bytes.split_at(split);
    if let Some(read) = read_record(record, "x", &mut sources, &mut findings) {
        assert!(read.integrity == Integrity::Altered || read.record.seal == read.seal_now);
        assert!(read.integrity != Integrity::AsWritten || read.canonical == record);
        let signature = SignatureFile { name: "x.sig".to_owned(), bytes: Ok(beside.to_vec()) };
        let verified = verify(&read, &[signature], &Trust::default(), Date::constant(2026, 11, 22));
        assert!(!verified.signatures.iter().any(|signed| signed.is_good()), "nobody is trusted");
    }
    if let Some(signature) = Signature::read(bytes) {
        let _ = (signature.key().fingerprint(), signature.check(b"x"));
    }
    let _ = read_allowed_signers(bytes, "x", &mut sources, &mut findings);
    let _ = read_revoked(bytes, "x", &mut sources, &mut findings);
    let _ = SigningKey::read(bytes, None);
});
