//! Values on one line.

use super::kind::Kind;
use super::text::{Text, one_line};
use super::written::{Key, Part, What, Written};

/// How wide a line may be.
pub(super) const WIDTH: usize = 120;

/// A list or mapping in brackets, if it may stand on one line and has no more than `room` characters.
pub(super) fn bracketed(value: &Written<'_>, kind: Kind, room: usize) -> Option<String> {
    let mut line = String::new();
    (collection(value, kind, room, &mut line) && !value.has_comments()).then_some(line)
}

/// A key as it is written.
pub(super) fn key(key: &Key, bracketed: bool) -> String {
    one_line(&key.text, key.plain, bracketed).into_owned()
}

fn collection(value: &Written<'_>, kind: Kind, room: usize, line: &mut String) -> bool {
    let (open, close, parts, may) = match &value.what {
        What::Text(_) => return false,
        What::List(parts) => ("[", "]", parts, kind.list_on_one_line()),
        What::Map(parts) => ("{ ", " }", parts, kind.map_on_one_line()),
    };
    if parts.is_empty() {
        line.push_str(open.trim());
        line.push_str(close.trim());
        return true;
    }
    if !may || is_hard_to_read(parts) {
        return false;
    }
    line.push_str(open);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            line.push_str(", ");
        }
        // The length in bytes is no less than half of that in characters for what people write: so a huge value ends soon.
        if line.len() > room.saturating_mul(4) || !one(part, kind, room, line) {
            return false;
        }
    }
    line.push_str(close);
    line.chars().count() <= room
}

/// Several mappings, one of them with several keys or with a list of mappings inside: in brackets, nobody sees where one
/// ends and the next begins.
fn is_hard_to_read(parts: &[Part<'_>]) -> bool {
    let holds_maps =
        |part: &Part<'_>| !part.value.is_map() && part.value.parts().iter().any(|part| part.value.is_map());
    let hard = |value: &Written<'_>| value.parts().len() > 1 || value.parts().iter().any(holds_maps);
    parts.len() > 1 && parts.iter().any(|part| part.key.is_none() && part.value.is_map() && hard(&part.value))
}

/// Whether an item is better without braces: `- any: [{ … }, { … }]`.
pub(super) fn needs_no_braces(item: &Part<'_>) -> bool {
    let [only] = item.value.parts() else { return false };
    let joins = |key: &Key| matches!(key.text.as_str(), "any" | "all" | "none" | "not" | "count");
    item.key.is_none() && only.key.as_ref().is_some_and(joins) && !only.value.parts().is_empty()
}

fn one(part: &Part<'_>, kind: Kind, room: usize, line: &mut String) -> bool {
    let kind = match &part.key {
        None => kind,
        Some(written) => {
            line.push_str(&key(written, true));
            line.push_str(": ");
            kind.under(&written.text)
        }
    };
    match &part.value.what {
        What::Text(Text::Words { text, plain, .. }) => {
            line.push_str(&one_line(text, *plain, true));
            true
        }
        What::Text(_) => false,
        What::List(_) | What::Map(_) => collection(&part.value, kind, room, line),
    }
}
