//! The text of a line, and what is wrong with it as a text.

use std::str::Utf8Error;

use super::advisor::at_start;
use super::json::LINE;
use crate::finding::{Code, Finding};
use crate::text::{Place, Source, Span, visible};
use crate::yaml::is_forbidden;

/// A line as it came.
#[derive(Clone, Copy)]
pub(super) enum Whole<'b> {
    /// A text.
    Text(&'b str),
    /// Bytes that are no text.
    Bytes(&'b [u8], Utf8Error),
    /// Too long to be read.
    TooLong,
}

impl<'b> Whole<'b> {
    pub(super) fn new(bytes: Option<&'b [u8]>) -> Self {
        let Some(bytes) = bytes else { return Self::TooLong };
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Bytes(bytes, error),
        }
    }

    /// The text, if it is ordinary to the last byte.
    pub(super) fn sound_text(self) -> Option<&'b str> {
        match self {
            // Of what is no ASCII, the characters have to be looked at.
            Self::Text(text) if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) => Some(text),
            Self::Text(text) if control(text).is_none() => Some(text),
            _ => None,
        }
    }

    /// The text, or what is wrong with it.
    pub(super) fn text(self) -> Result<&'b str, Box<Finding>> {
        match self {
            Self::Text(text) => control(text).map_or(Ok(text), |span| Err(Box::new(control_character(text, span)))),
            Self::Bytes(_, error) => {
                let at = error.valid_up_to();
                let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
                let finding = Finding::new(Code::InvalidUtf8, "this is not UTF-8 text").at(Place::new(LINE, span));
                Err(Box::new(finding.help("write the stream as UTF-8")))
            }
            Self::TooLong => {
                let most = super::LONGEST >> 20;
                let message = format!("the line is longer than {most} MiB, and nothing in it was read");
                let finding = Finding::new(Code::FileTooLarge, message).at(at_start());
                Err(Box::new(finding.help("write one exchange on each line")))
            }
        }
    }

    /// The text as places in it are counted.
    pub(super) fn source(&self) -> Source {
        match self {
            Self::Text(text) => Source::new("-", *text),
            Self::Bytes(bytes, _) => Source::new("-", String::from_utf8_lossy(bytes)),
            Self::TooLong => Source::new("-", ""),
        }
    }
}

/// The first character that a manifest may not have. A carriage return may end the line.
fn control(text: &str) -> Option<Span> {
    let content = text.strip_suffix('\r').unwrap_or(text);
    let (at, character) = content.char_indices().find(|(_, character)| is_forbidden(*character))?;
    Some(Span::new(at, at + character.len_utf8()))
}

fn control_character(text: &str, span: Span) -> Finding {
    let character = text.get(span.start as usize..span.end as usize).unwrap_or_default();
    Finding::new(Code::ControlCharacter, format!("control character `{}`", visible(character)))
        .at(Place::new(LINE, span))
        .help("take the character out, or write it as an escape inside a text")
}
