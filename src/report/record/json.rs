//! The record itself, laid out for reading. It says the same, so its seal and its signatures still hold.

use crate::record::v1::Record;

/// The record with a line for each member.
pub fn render(record: &Record) -> serde_json::Result<String> {
    // By way of a value, whose members stand in the order of the alphabet, as in the record's own file.
    let mut text = serde_json::to_string_pretty(&serde_json::to_value(record)?)?;
    text.push('\n');
    Ok(text)
}
