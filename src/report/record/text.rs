//! A record for people, in a terminal.

use super::View;
use super::document::text;
use super::whole::{Reasons, whole};
use crate::record::v1::Record;
use crate::report::{Detail, Ink};

/// The record as text. With [`Detail::Verbose`], also every answer, and why each rule has its status.
#[must_use]
pub fn render(record: &Record, detail: Detail, ink: Ink) -> String {
    text::render(&whole(&View::new(record), detail, Reasons::OfAll), ink)
}
