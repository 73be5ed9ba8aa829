//! The one way to write a record's bytes (RFC 8785), and their digest.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The member that holds the digest of all the others.
pub(super) const SEAL: &str = "seal";

/// What a seal begins with.
const ALGORITHM: &str = "sha256:";

/// A value in its canonical form: members sorted, no spaces, one way to write each text.
pub(super) fn canonical(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    serde_jcs::to_vec(value)
}

/// The seal of a record: the digest of its canonical form without its own member.
pub(super) fn seal_of(record: &Value) -> Result<String, serde_json::Error> {
    let mut unsealed = record.clone();
    if let Value::Object(members) = &mut unsealed {
        members.remove(SEAL);
    }
    Ok(format!("{ALGORITHM}{}", sha256(&canonical(&unsealed)?)))
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut digester = Digester::default();
    digester.add(bytes);
    digester.finish()
}

/// The SHA-256 of something that comes in pieces.
#[derive(Debug, Clone, Default)]
pub struct Digester(Sha256);

impl Digester {
    /// Takes in the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest, in lower-case hexadecimal.
    #[must_use]
    pub fn finish(self) -> String {
        let mut hex = String::with_capacity(64);
        for byte in self.0.finalize() {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

/// Whether a text is a SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a text is a seal.
#[must_use]
pub fn is_seal(text: &str) -> bool {
    text.strip_prefix(ALGORITHM).is_some_and(is_sha256)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_seal_is_of_everything_else_in_canonical_form() {
        let record = json!({ "b": [1, "ŵ\u{1}\"/"], "seal": "sha256:whatever", "a": { "z": null, "é": true } });
        // printf '{"a":{"z":null,"é":true},"b":[1,"ŵ\\u0001\\"/"]}' | sha256sum
        let canonical = "{\"a\":{\"z\":null,\"é\":true},\"b\":[1,\"ŵ\\u0001\\\"/\"]}";
        assert_eq!(seal_of(&record).unwrap(), format!("sha256:{}", sha256(canonical.as_bytes())));
        assert!(is_seal(&seal_of(&record).unwrap()));
    }

    #[test]
    fn a_digest_is_that_of_sha256sum() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert!(is_sha256(&sha256(b"x")) && !is_sha256("E3B0") && !is_seal(&sha256(b"x")));
    }
}
