//! Records that were tampered with: 100,000 of them, none of which is taken for what it is not, and none stops the program.

use clearshare::finding::Findings;
use clearshare::record::v1::Record;
use clearshare::record::{Integrity, ReadRecord, Role, SignatureFile, SigningKey, Trust, read_record, seal, verify};
use clearshare::text::Sources;
use serde_json::Value;

use crate::record_keys::Key;
use crate::records::{Advised, day, read};

const MUTATIONS: usize = 100_000;
const THREADS: usize = 4;

/// A real record, with fewer rules: it has something in each part, and is read in no time.
fn small() -> Record {
    let mut record = Advised::example("official-sensitive-public-cloud.yaml").fitting().record;
    for flow in &mut record.advice.flows {
        flow.rules.truncate(1);
        flow.derived.truncate(1);
        flow.candidates.truncate(1);
        flow.candidates.iter_mut().for_each(|candidates| candidates.options.truncate(1));
        flow.upcoming.truncate(0);
        flow.myths.truncate(1);
        flow.open.truncate(1);
    }
    record.facts.iter_mut().for_each(|known| known.answers.truncate(2));
    record.advice.sources.truncate(1);
    record.advice.highest.truncate(1);
    seal(record).unwrap().record
}

/// Numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        start..(start + 1 + self.below(40)).min(length)
    }
}

/// Something was done to the bytes, perhaps with no effect.
fn mutated(original: &[u8], value: &Value, numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = original.to_vec();
    let at = numbers.below(bytes.len());
    match numbers.below(12) {
        0..=3 => bytes[at] ^= 1 << numbers.below(8),
        4 => bytes[at] = u8::try_from(numbers.below(256)).unwrap(),
        5 => bytes.insert(at, b"\"\\,:{}[]0 \n\tz\x00\x7f\xff"[numbers.below(16)]),
        6 => drop(bytes.remove(at)),
        7 => bytes.truncate(at),
        8 => {
            let stretch = numbers.stretch(bytes.len());
            let copy = bytes[stretch].to_vec();
            bytes.splice(at..at, copy);
        }
        9 => {
            let stretch = numbers.stretch(bytes.len());
            bytes[stretch].reverse();
        }
        _ => {
            let mut value = value.clone();
            change(&mut value, numbers);
            bytes = serde_json::to_vec(&value).unwrap();
        }
    }
    bytes
}

/// One change somewhere in a value.
fn change(value: &mut Value, numbers: &mut Numbers) {
    let deeper = numbers.below(8) > 0;
    match value {
        Value::Object(members) if !members.is_empty() => {
            let name = members.keys().nth(numbers.below(members.len())).unwrap().clone();
            if deeper {
                change(&mut members[&name], numbers);
            } else if let Some(member) = members.remove(&name).filter(|_| numbers.below(2) == 0) {
                members.insert(format!("{name}x"), member);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let (at, other) = (numbers.below(items.len()), numbers.below(items.len()));
            match (deeper, numbers.below(3)) {
                (true, _) => change(&mut items[at], numbers),
                (false, 0) => items.swap(at, other),
                (false, 1) => drop(items.remove(at)),
                (false, _) => items.push(items[at].clone()),
            }
        }
        Value::String(text) => {
            *text = match numbers.below(5) {
                0 => String::new(),
                1 => text.to_uppercase(),
                2 => format!("{text} "),
                3 => ["share", "ready", "met", "2026-11-22", "sha256:00"][numbers.below(5)].to_owned(),
                _ => format!("{text}\u{301}"),
            }
        }
        Value::Bool(truth) => *truth = !*truth,
        Value::Number(number) => *value = (number.as_u64().unwrap() + 1).into(),
        other => *other = [Value::Null, 0.into(), "".into(), Value::Array(Vec::new())][numbers.below(4)].clone(),
    }
}

fn try_to_read(bytes: &[u8]) -> Option<ReadRecord> {
    read_record(bytes, "x", &mut Sources::new(), &mut Findings::new())
}

/// How many of some mutations were read at all, and how many said the same.
fn tampered(original: &[u8], seed: u64, count: usize) -> (usize, usize) {
    let whole = read(original);
    let value: Value = serde_json::from_slice(original).unwrap();
    let mut numbers = Numbers(seed);
    let (mut as_records, mut same) = (0, 0);
    for _ in 0..count {
        let bytes = mutated(original, &value, &mut numbers);
        let Some(found) = try_to_read(&bytes) else {
            assert_ne!(bytes, original, "what is whole is read");
            continue;
        };
        as_records += 1;
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        // Another reader of JSON says whether it says the same.
        let says_the_same = serde_json::from_slice::<Value>(&bytes).unwrap() == value;
        let expected = match (bytes == original, says_the_same) {
            (true, _) => Integrity::AsWritten,
            (false, true) => Integrity::LaidOutAgain,
            (false, false) => Integrity::Altered,
        };
        assert_eq!(found.integrity, expected, "{}", shown());
        if says_the_same {
            same += 1;
            assert_eq!((&found.record, &found.canonical), (&whole.record, &whole.canonical), "{}", shown());
        }
        let verified = verify(&found, &[], &Trust::default(), day());
        assert_eq!(verified.is_proved(), says_the_same, "{}", shown());
    }
    (as_records, same)
}

#[test]
fn no_tampering_is_accepted() {
    let original = seal(small()).unwrap().bytes;
    let original = original.as_slice();
    let (mut as_records, mut same) = (0, 0);
    std::thread::scope(|scope| {
        let seeds = 0..u64::try_from(THREADS).unwrap();
        let threads: Vec<_> = seeds
            .map(|seed| scope.spawn(move || tampered(original, seed.wrapping_mul(77), MUTATIONS / THREADS)))
            .collect();
        for thread in threads {
            let counts = thread.join().unwrap();
            as_records += counts.0;
            same += counts.1;
        }
    });
    // The test would prove nothing if all that is tampered with were no JSON.
    assert!(as_records > MUTATIONS / 10, "only {as_records} were read");
    assert!(same > 100, "only {same} said the same");
}

/// Each bit of a record: nothing of it is free to be changed.
#[test]
fn each_bit_counts() {
    let original = seal(small()).unwrap().bytes;
    for at in 0..original.len() {
        let mut bytes = original.clone();
        bytes[at] ^= 1 << (at % 8);
        let kept = try_to_read(&bytes).is_some_and(|read| read.integrity != Integrity::Altered);
        assert!(!kept, "byte {at}: {}", String::from_utf8_lossy(&bytes));
    }
}

/// A whole record, as examples give them.
#[test]
fn no_tampering_with_a_whole_record_is_accepted() {
    let original = Advised::example("official-sensitive-public-cloud.yaml").fitting().bytes;
    tampered(&original, 5, 60);
}

#[test]
fn other_spaces_and_escapes_are_never_taken_for_tampering() {
    let original = seal(small()).unwrap().bytes;
    let text = String::from_utf8(original.clone()).unwrap();
    let mut numbers = Numbers(3);
    let letters: Vec<usize> = text.match_indices(char::is_alphabetic).map(|(at, _)| at).collect();
    for _ in 0..300 {
        // Outside of texts, `,"` stands between two members alone.
        let spaced =
            text.replacen(",\"seal\":", [",\n\"seal\" :", " ,\"seal\":\t", ",\r\n  \"seal\":"][numbers.below(3)], 1);
        let at = letters[numbers.below(letters.len())];
        let (before, from) = text.split_at(at);
        let letter = from.chars().next().unwrap();
        // In place of a letter in a name or a text; `true`, `false` and `null` are not written otherwise.
        let (_, after) = from.split_at(letter.len_utf8());
        let escaped = format!("{before}\\u{:04x}{after}", u32::from(letter));
        for bytes in [spaced, escaped] {
            let Some(found) = try_to_read(bytes.as_bytes()) else {
                assert!(serde_json::from_str::<Value>(&bytes).is_err(), "{bytes}");
                continue;
            };
            assert_eq!((found.integrity, &found.canonical), (Integrity::LaidOutAgain, &original), "{bytes}");
        }
    }
}

/// Whoever changes a record can seal it again. No signature holds then.
#[test]
fn a_new_seal_does_not_keep_the_signatures() {
    let original = read(&seal(small()).unwrap().bytes);
    let value = serde_json::to_value(&original.record).unwrap();
    let key = SigningKey::read(Key::ed25519(1).file().as_bytes(), None).unwrap();
    let role = Role::new("information-asset-owner").unwrap();
    let signature = key.sign(&role, &original.canonical).unwrap().into_bytes();
    let signatures = [SignatureFile { name: "x.sig".to_owned(), bytes: Ok(signature) }];
    let allowed = Key::ed25519(1).signer("ada", "");
    let allowed = clearshare::record::read_allowed_signers(
        allowed.as_bytes(),
        "signers",
        &mut Sources::new(),
        &mut Findings::new(),
    );
    let trust = Trust { allowed, ..Trust::default() };
    assert!(verify(&original, &signatures, &trust, day()).signatures[0].is_good());
    let mut numbers = Numbers(11);
    let mut resealed = 0;
    for _ in 0..2000 {
        let mut value = value.clone();
        change(&mut value, &mut numbers);
        let Ok(record) = serde_json::from_value::<Record>(value) else { continue };
        let Some(found) = try_to_read(&seal(record).unwrap().bytes) else { continue };
        if found.canonical == original.canonical {
            continue;
        }
        assert_eq!(found.integrity, Integrity::AsWritten);
        assert!(!verify(&found, &signatures, &trust, day()).signatures[0].is_good());
        resealed += 1;
        if resealed == 60 {
            return;
        }
    }
    panic!("only {resealed} changes could be sealed again");
}
