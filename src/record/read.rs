//! Bytes → a record, and whether they are as they were written.

use serde_json::Value;

use super::canonical::{SEAL, canonical, is_seal, seal_of};
use super::mismatch::mismatch;
use super::strict::Strict;
use super::{shape, v1};
use crate::finding::{Code, Finding, Findings};
use crate::text::{FileId, Place, Source, Sources, Span, quoted};

/// The most bytes that a record may have.
pub const MAX_BYTES: usize = 16 << 20;

/// Whether a record is as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    /// Byte for byte.
    AsWritten,
    /// It says the same, but members or spaces stand otherwise.
    LaidOutAgain,
    /// It does not say what its seal was made of.
    Altered,
}

/// A record that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRecord {
    /// What it says.
    pub record: v1::Record,
    /// Whether it is as it was written.
    pub integrity: Integrity,
    /// The bytes of its canonical form: those that are signed.
    pub canonical: Vec<u8>,
    /// The seal that what it says now would have.
    pub seal_now: String,
    /// Its text among the sources.
    pub file: FileId,
}

/// Reads a record. None where it is not one: what is wrong with it was found.
pub fn read_record(bytes: &[u8], name: &str, sources: &mut Sources, findings: &mut Findings) -> Option<ReadRecord> {
    let text = match text_of(bytes) {
        Ok(text) => text,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    let file = sources.add(Source::new(name, text));
    match read(text, file) {
        Ok(record) => Some(record),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

type Read<T> = Result<T, Box<Finding>>;

fn text_of(bytes: &[u8]) -> Read<&str> {
    if bytes.len() > MAX_BYTES {
        let message = format!("the record has more than {} MiB", MAX_BYTES >> 20);
        return Err(Box::new(Finding::new(Code::FileTooLarge, message)));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("byte {} of the record is not UTF-8 text", error.valid_up_to() + 1);
        Box::new(Finding::new(Code::InvalidUtf8, message).help(RESTORE))
    })
}

const RESTORE: &str =
    "records are written by `clearshare record` and never edited: take the file from where it was kept";

fn read(text: &str, file: FileId) -> Read<ReadRecord> {
    let start = Place::new(file, Span::at(0));
    if text.trim().is_empty() {
        return Err(Box::new(Finding::new(Code::TruncatedRecord, "the record is empty").at(start).help(RESTORE)));
    }
    let Strict(value) = serde_json::from_str(text).map_err(|error| not_json(text, file, &error))?;
    is_of_this_format(&value, start)?;
    let seal = value.get(SEAL).and_then(Value::as_str).filter(|seal| is_seal(seal)).map(str::to_owned);
    let unwritable = |_| bad(start, "it cannot be written in canonical form");
    let seal_now = seal_of(&value).map_err(unwritable)?;
    let Some(seal) = seal else { return Err(bad(start, "it has no seal")) };
    let canonical = canonical(&value).map_err(unwritable)?;
    let integrity = match (seal == seal_now, canonical == text.as_bytes()) {
        (false, _) => Integrity::Altered,
        (true, true) => Integrity::AsWritten,
        (true, false) => Integrity::LaidOutAgain,
    };
    let not_this = |why: &str| match integrity {
        Integrity::Altered => altered(start, &seal, &seal_now),
        _ => bad(start, why),
    };
    let record: v1::Record = serde_path_to_error::deserialize(&value).map_err(|error| {
        let path = error.path().to_string();
        not_this(&format!("at {}: {}", quoted(&path), quoted(&error.into_inner().to_string())))
    })?;
    // A list in place of an object, `null` for what is left out, a day in another form: what can be read is only what is written.
    let again = serde_json::to_value(&record).map_err(unwritable)?;
    if let Some(mismatch) = mismatch(&value, &again) {
        return Err(not_this(&format!("at {}: it is written otherwise", quoted(&mismatch.place))));
    }
    if let Some(misfit) = shape::misfit(&record) {
        return Err(not_this(misfit));
    }
    Ok(ReadRecord { record, integrity, canonical, seal_now, file })
}

impl ReadRecord {
    /// That it was altered, where it was: what it says must then not be used.
    #[must_use]
    pub fn altered(&self) -> Option<Box<Finding>> {
        let start = Place::new(self.file, Span::at(0));
        (self.integrity == Integrity::Altered).then(|| altered(start, &self.record.seal, &self.seal_now))
    }
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on as the error of a result, which is kept small")]
fn not_json(text: &str, file: FileId, error: &serde_json::Error) -> Box<Finding> {
    let place = Place::new(file, Span::at(offset(text, error.line(), error.column())));
    if error.is_eof() {
        let finding = Finding::new(Code::TruncatedRecord, "the record ends too early: a part of it is missing");
        return Box::new(finding.at(place).help(RESTORE));
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Box::new(
        Finding::new(Code::BadRecord, format!("the record is not JSON that can be read in one way: {message}"))
            .at(place)
            .help(RESTORE),
    )
}

/// The byte that a line and a column in bytes name.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_of_this_format(value: &Value, start: Place) -> Read<()> {
    let Some(format) = value.get("format").and_then(Value::as_str) else {
        return Err(bad(start, "it does not say its format"));
    };
    if format == v1::FORMAT {
        return Ok(());
    }
    let number = format.strip_prefix("clearshare-record/").and_then(|number| number.parse::<u32>().ok());
    Err(match number {
        Some(number) if number > 1 => {
            let message = format!("the record is of the format {}, which is newer than this program", quoted(format));
            Box::new(Finding::new(Code::NewerRecord, message).at(start).help("use a newer clearshare to read it"))
        }
        _ => bad(start, &format!("its format is {}, not `{}`", quoted(format), v1::FORMAT)),
    })
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on as the error of a result, which is kept small")]
fn bad(place: Place, why: &str) -> Box<Finding> {
    Box::new(
        Finding::new(Code::BadRecord, format!("this is not a record that clearshare wrote: {why}"))
            .at(place)
            .help(RESTORE),
    )
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on as the error of a result, which is kept small")]
fn altered(place: Place, stated: &str, now: &str) -> Box<Finding> {
    let message =
        format!("the record was altered after it was sealed: its seal is {stated}, but what it says has {now}");
    Box::new(Finding::new(Code::AlteredRecord, message).at(place).help(RESTORE))
}
