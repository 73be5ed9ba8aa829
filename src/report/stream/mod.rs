//! `clearshare-stream/1`: one line of JSON for each exchange of a stream, frozen. See docs/json.md and
//! schemas/stream-1.schema.json.

mod compact;
mod faults;
mod full;

use std::io;

pub use compact::{Compact, Exchanges};
pub use faults::{Wrong, faults};
pub use full::full;

use super::json::write_at;
use crate::model::Date;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-stream/1";

/// Deeper than anything that has lines of its own.
const ONE_LINE: usize = 100;

/// Adds a text in quotes, safe to print.
fn add_text(text: &str, to: &mut Vec<u8>) -> io::Result<()> {
    write_at(&text, ONE_LINE, to)
}

/// Adds what every line begins with: its format, the number of the line that it answers, and the date of the advice.
fn add_head(number: u64, as_of: Date, to: &mut Vec<u8>) {
    add(format_args!("{{\"format\":\"{FORMAT}\",\"line\":{number},\"as_of\":\"{as_of}\""), to);
}

/// Adds words. Memory does not refuse them.
fn add(words: std::fmt::Arguments<'_>, to: &mut Vec<u8>) {
    use io::Write;
    drop(to.write_fmt(words));
}
