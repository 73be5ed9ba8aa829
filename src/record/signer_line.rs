//! One line of a file of allowed signers, or of one of revoked keys.

use super::allowed_signers::{Moment, Signer};
use super::sign::PublicKey;
use crate::finding::{Code, Finding};
use crate::model::date;
use crate::text::{FileId, Place, Span, quoted};

/// A line, and where it stands.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) file: FileId,
    pub(super) start: usize,
}

type Read<T> = Result<T, Box<Finding>>;

/// Where a file begins.
pub(super) fn start(file: FileId) -> Place {
    Place::new(file, Span::at(0))
}

impl Line<'_> {
    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        let text = self.text.trim_start();
        text.is_empty() || text.starts_with('#')
    }

    /// Something wrong with a part of it, which is a part of its text.
    #[expect(clippy::unnecessary_box_returns, reason = "it goes on as the error of a result, which is kept small")]
    fn wrong(&self, rest: &str, length: usize, message: String, help: &str) -> Box<Finding> {
        let from = self.start + (self.text.len() - rest.len().min(self.text.len()));
        let place = Place::new(self.file, Span::new(from, from + length));
        Box::new(Finding::new(Code::BadSigners, message).at(place).help(help))
    }
}

const SHAPE: &str = "write who, perhaps options, and a public key: `ada@example.gov.uk ssh-ed25519 AAAA…`";
const KEY: &str = "put a public key there, as it stands in a file such as `id_ed25519.pub`";
const OPTIONS: &str =
    "the options are `namespaces=\"…\"`, `valid-after=\"…\"` and `valid-before=\"…\"`, with a comma between them";

/// The first word, and what follows it. A word may stand in double quotes.
fn word(text: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (word, rest) = quoted.split_once('"')?;
        return Some((word, rest.trim_start()));
    }
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    Some((word, rest.trim_start()))
}

/// Somebody who may sign.
pub(super) fn read(line: &Line<'_>) -> Read<Signer> {
    let text = line.text.trim_start();
    let (principals, rest) =
        word(text).ok_or_else(|| line.wrong(text, 1, "the double quote is not closed".to_owned(), SHAPE))?;
    if principals.is_empty() || rest.is_empty() {
        return Err(line.wrong(text, text.len(), "this line has no public key".to_owned(), SHAPE));
    }
    let mut options = Options::default();
    let rest = if begins_key(rest) { rest } else { options.read(line, rest)? };
    let key = key(line, rest)?;
    Ok(Signer {
        principals: principals.to_owned(),
        namespaces: options.namespaces,
        valid_after: options.valid_after,
        valid_before: options.valid_before,
        key,
    })
}

/// Whether a text begins as public keys do. Whether it is one is seen when it is read.
fn begins_key(text: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-"].iter().any(|kind| text.starts_with(kind))
}

/// A key that is revoked.
pub(super) fn read_key(line: &Line<'_>) -> Read<PublicKey> {
    key(line, line.text.trim_start())
}

fn key(line: &Line<'_>, text: &str) -> Read<PublicKey> {
    PublicKey::read(text).ok_or_else(|| {
        let begins = text.split_ascii_whitespace().next().unwrap_or_default();
        let message = match begins {
            "" => "there is no public key".to_owned(),
            _ if begins_key(begins) => format!("what follows {} is no key of that kind", quoted(begins)),
            _ => format!("{} does not begin a public key", quoted(begins)),
        };
        line.wrong(text, begins.len(), message, KEY)
    })
}

#[derive(Default)]
struct Options {
    namespaces: Option<String>,
    valid_after: Option<Moment>,
    valid_before: Option<Moment>,
}

impl Options {
    /// Reads the options before a key, and returns what follows them.
    fn read<'a>(&mut self, line: &Line<'_>, mut text: &'a str) -> Read<&'a str> {
        loop {
            let end = text.find(['=', ',', ' ', '\t']).unwrap_or(text.len());
            let (name, after) = text.split_at_checked(end).unwrap_or((text, ""));
            let name = name.to_ascii_lowercase();
            if name == "cert-authority" {
                let message = "keys of certificate authorities are not used for records".to_owned();
                return Err(line.wrong(text, end, message, "name each signer's own key"));
            }
            if !matches!(name.as_str(), "namespaces" | "valid-after" | "valid-before") {
                let message = format!("{} is neither an option nor the beginning of a public key", quoted(&name));
                return Err(line.wrong(text, end, message, OPTIONS));
            }
            let unquoted = || {
                line.wrong(
                    text,
                    end,
                    format!("the value of {} does not stand in double quotes", quoted(&name)),
                    OPTIONS,
                )
            };
            let value = after.strip_prefix("=\"").ok_or_else(unquoted)?;
            let (value, rest) = dequoted(value).ok_or_else(unquoted)?;
            self.set(&name, value).map_err(|message| line.wrong(text, end, message, OPTIONS))?;
            text = match rest.strip_prefix(',') {
                Some(rest) => rest,
                None => return self.finish(line, text, rest),
            };
        }
    }

    fn set(&mut self, name: &str, value: String) -> Result<(), String> {
        let twice = || format!("{} is there twice", quoted(name));
        if name == "namespaces" {
            return if self.namespaces.replace(value).is_some() { Err(twice()) } else { Ok(()) };
        }
        let moment = moment(&value)
            .ok_or_else(|| format!("{} is not a time such as `20261122` or `202611221530`", quoted(&value)))?;
        let slot = if name == "valid-after" { &mut self.valid_after } else { &mut self.valid_before };
        if slot.replace(moment).is_some() { Err(twice()) } else { Ok(()) }
    }

    fn finish<'a>(&self, line: &Line<'_>, at: &str, rest: &'a str) -> Read<&'a str> {
        if self.valid_after.zip(self.valid_before).is_some_and(|(after, before)| before < after) {
            return Err(line.wrong(at, 1, "the key ends to be valid before it begins".to_owned(), OPTIONS));
        }
        let key = rest.trim_start();
        if key.len() == rest.len() && !rest.is_empty() {
            return Err(line.wrong(rest, 1, "there is no space after the options".to_owned(), OPTIONS));
        }
        Ok(key)
    }
}

/// What stands before a closing double quote, and what follows it. `\"` is a quote of the text.
fn dequoted(text: &str) -> Option<(String, &str)> {
    let (mut value, mut rest) = (String::new(), text);
    loop {
        let (before, after) = rest.split_once('"')?;
        rest = after;
        let Some(escaped) = before.strip_suffix('\\') else {
            value.push_str(before);
            return Some((value, rest));
        };
        value.push_str(escaped);
        value.push('"');
    }
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, and perhaps `Z`.
fn moment(text: &str) -> Option<Moment> {
    let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    let day = date(&format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?))?;
    let two = |from: usize| digits.get(from..from + 2).map_or(Some(0), |text| text.parse::<u32>().ok());
    let (hour, minute, second) = (two(8)?, two(10)?, two(12)?);
    (hour < 24 && minute < 60 && second < 60).then_some(Moment { day, second: (hour * 60 + minute) * 60 + second })
}
