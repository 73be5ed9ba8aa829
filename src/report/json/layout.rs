//! How JSON is laid out: two spaces a level down to the parts of a rule, which stand on one line each; and safe to print.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::text::untrusted::acts_or_hides;

/// The deepest level that has lines of its own: the members of a rule. Below it, most of a document would be spaces.
const DEEPEST: usize = 7;

/// As many spaces as a line can start with.
const SPACES: [u8; 2 * DEEPEST] = [b' '; 2 * DEEPEST];

/// Writes a value as it stands `depth` levels deep in a document.
pub(in crate::report) fn write(value: &impl Serialize, depth: usize, to: &mut Vec<u8>) -> io::Result<()> {
    let layout = Layout { depth, filled: false };
    value.serialize(&mut serde_json::Serializer::with_formatter(to, layout))?;
    Ok(())
}

/// The pretty form of `serde_json` cannot start inside a document, and prints other people's text as it is.
struct Layout {
    depth: usize,
    /// Whether the list or object that is being written has something in it.
    filled: bool,
}

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, to: &mut W, bracket: u8) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        to.write_all(&[bracket])
    }

    fn close<W: ?Sized + Write>(&mut self, to: &mut W, bracket: u8) -> io::Result<()> {
        let lines = self.filled && self.depth <= DEEPEST;
        self.depth = self.depth.saturating_sub(1);
        if lines {
            self.line(to)?;
        }
        self.filled = true;
        to.write_all(&[bracket])
    }

    fn next<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        match (first, self.depth <= DEEPEST) {
            (true, true) => self.line(to),
            (false, true) => {
                to.write_all(b",")?;
                self.line(to)
            }
            (true, false) => Ok(()),
            (false, false) => to.write_all(b", "),
        }
    }

    fn line<W: ?Sized + Write>(&self, to: &mut W) -> io::Result<()> {
        to.write_all(b"\n")?;
        to.write_all(SPACES.get(..2 * self.depth).unwrap_or(&SPACES))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b'[')
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b']')
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _to: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b'{')
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b'}')
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _to: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    /// JSON may be printed to a terminal too. What would act on it or hide is written as its escape, which means the same.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return to.write_all(fragment.as_bytes());
        }
        let mut bytes = [0; 4];
        for character in fragment.chars() {
            if acts_or_hides(character) {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    write!(to, "\\u{unit:04x}")?;
                }
            } else {
                to.write_all(character.encode_utf8(&mut bytes).as_bytes())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn written(value: &Value, depth: usize) -> String {
        let mut bytes = Vec::new();
        write(value, depth, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn layout_is_that_of_pretty_json() {
        let value = json!({ "a": [], "b": {}, "c": [1, [2, { "d": null }], "x"], "e": { "f": [[]] } });
        assert_eq!(written(&value, 0), serde_json::to_string_pretty(&value).unwrap());
        let deeper = written(&value, 2);
        assert_eq!(deeper, serde_json::to_string_pretty(&value).unwrap().replace('\n', "\n    "));
        assert_eq!(
            written(&json!([["x", { "y": [1, 2] }], []]), 6),
            "[\n              [\"x\", {\"y\": [1, 2]}],\n              []\n            ]"
        );
    }

    proptest! {
        #[test]
        fn text_is_safe_to_print_and_comes_back(text in proptest::collection::vec(any::<char>(), 0..60)) {
            let text: String = text.into_iter().chain(['\u{202e}', '\u{e0041}', '\u{7f}', '"', 'ŵ']).collect();
            let shown = written(&json!([text.clone()]), 0);
            prop_assert!(!shown.chars().any(|c| c != '\n' && crate::text::untrusted::acts_or_hides(c)));
            prop_assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), json!([text]));
        }
    }
}
