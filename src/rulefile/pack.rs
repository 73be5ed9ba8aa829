//! Rulesets ⇄ the bytes inside the program.

use crate::ruleset::Ruleset;

/// Bytes that are not packed rulesets of this program.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the packed ruleset cannot be read: {0}")]
pub struct PackError(#[from] postcard::Error);

/// Packs one ruleset.
pub fn pack(ruleset: &Ruleset) -> Result<Vec<u8>, PackError> {
    let packed = postcard::to_allocvec(ruleset)?;
    Ok([&digest(&packed).to_le_bytes()[..], &packed].concat())
}

/// Unpacks what [`pack`] packed. The texts and whatever else is [`Later`](crate::model::Later) stay packed until somebody looks
/// at them, so what is damaged must be refused here, wherever it is.
pub fn unpack(bytes: &'static [u8]) -> Result<Ruleset, PackError> {
    match bytes.split_first_chunk() {
        Some((head, packed)) if u64::from_le_bytes(*head) == digest(packed) => Ok(postcard::from_bytes(packed)?),
        _ => Err(PackError(postcard::Error::DeserializeBadEncoding)),
    }
}

/// A number that differs for bytes which differ in one place, and hardly ever agrees for others. Four rows of words are
/// multiplied up, each by itself, since a processor does that at once; each step can be turned back, so no difference is lost.
fn digest(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |row: u64, word: [u8; 8]| (row ^ u64::from_le_bytes(word)).wrapping_mul(ODD);
    let (words, rest) = bytes.as_chunks::<8>();
    let (blocks, words) = words.as_chunks::<4>();
    let mut rows = [1, 2, 3, 4_u64];
    for [a, b, c, d] in blocks {
        let [first, second, third, fourth] = rows;
        rows = [step(first, *a), step(second, *b), step(third, *c), step(fourth, *d)];
    }
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let end = words.iter().chain([&last]).fold(length, |end, word| step(end, *word));
    rows.into_iter().fold(end, |all, row| (all ^ row).rotate_left(29).wrapping_mul(ODD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_damaged_is_refused_before_it_is_read() {
        for damaged in [&[][..], &[0; 7], &[0; 20]] {
            assert!(matches!(unpack(damaged), Err(PackError(postcard::Error::DeserializeBadEncoding))), "{damaged:?}");
        }
    }

    #[test]
    fn every_damaged_place_is_seen() {
        let sound: Vec<u8> = (0..=255).chain(3..80).collect();
        let whole = digest(&sound);
        for at in 0..sound.len() {
            for bit in 0..8 {
                let mut damaged = sound.clone();
                damaged[at] ^= 1 << bit;
                assert_ne!(digest(&damaged), whole, "byte {at}, bit {bit}");
            }
            assert_ne!(digest(&sound[..at]), whole, "cut off at {at}");
        }
        let mut swapped = sound.clone();
        swapped.swap(8, 40);
        assert_ne!(digest(&swapped), whole);
    }
}
