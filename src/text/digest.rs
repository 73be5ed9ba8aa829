//! One digest over a set of files.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// SHA-256, in lower-case hexadecimal, over files in the byte order of their relative `/` paths.
///
/// For each file it takes the path, a zero byte, the length as eight bytes (lowest first), and the bytes. The zero byte
/// and the length mean that no two sets of files run together into the same stream. The files may come in any order.
#[must_use]
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut files: Vec<(&str, &[u8])> = files.into_iter().collect();
    files.sort_unstable();
    let mut hash = Sha256::new();
    for (path, bytes) in files {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_files_give_the_digest_of_nothing() {
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest([]), nothing);
    }

    #[test]
    fn one_file_gives_what_sha256sum_gives() {
        // printf 'a.yaml\0\2\0\0\0\0\0\0\0hi' | sha256sum
        let expected = "01a327a6ef342b3efc3288e61602c32154a81056a7b0b6e9fa9ef12c03d444d3";
        assert_eq!(digest([("a.yaml", b"hi".as_slice())]), expected);
    }

    #[test]
    fn order_does_not_matter_and_boundaries_do() {
        let [a, b] = [("a/x.yaml", b"1".as_slice()), ("a.yaml", b"2".as_slice())];
        assert_eq!(digest([a, b]), digest([b, a]));
        assert_ne!(digest([("ab", b"c".as_slice())]), digest([("a", b"bc".as_slice())]));
        assert_ne!(digest([a]), digest([a, b]));
    }
}
