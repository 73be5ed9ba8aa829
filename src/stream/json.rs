//! One line of JSON → the tree that reading YAML gives, so that everything after it is the same.
//!
//! The reader is strict: what RFC 8259 does not allow is a fault, and so is what a manifest may not have. Nothing is interpreted:
//! a number is the text that was written. Its faults never show what stands in the line, which may be an answer.

use std::borrow::Cow;

use super::json_text::Unescaped;
use crate::finding::{Code, Finding};
use crate::text::{FileId, Place, Span};
use crate::yaml::{Entry, Limits, Node, Scalar, Value};

/// The file that the places of a line are in: each line is a text of its own.
pub(super) const LINE: FileId = FileId(0);

/// What a line holds.
pub(super) struct Line {
    /// Its tree. A key that is written twice stands twice.
    pub(super) root: Node,
    /// Whether some key is.
    pub(super) repeats: bool,
}

/// Reads one line, which may be followed by spaces.
pub(super) fn read_line(text: &str) -> Result<Line, Box<Finding>> {
    let mut reader = Reader { text, at: 0, depth: 0, values: 0, repeats: false };
    reader.spaces();
    if reader.peek().is_none() {
        return Err(Box::new(Finding::new(Code::JsonSyntax, "the line is empty").at(reader.here()).help(EMPTY)));
    }
    let root = reader.value()?;
    reader.spaces();
    if reader.peek().is_some() {
        return Err(reader.fault("there is something after the end of the value", ONE));
    }
    Ok(Line { root, repeats: reader.repeats })
}

const EMPTY: &str = "each line is an exchange; take empty lines out";
const ONE: &str = "write one exchange on each line, and nothing else";
const SYNTAX: &str = "each line is one JSON object, such as {\"clearshare\": 1, \"from\": {\"body\": \"hmrc\"}}";

/// How many entries a mapping may have for its keys to be compared one by one.
const FEW: usize = 24;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    values: usize,
    repeats: bool,
}

type Read<T> = Result<T, Box<Finding>>;

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn place(&self, start: usize) -> Place {
        Place::new(LINE, Span::new(start, self.at))
    }

    fn here(&self) -> Place {
        Place::new(LINE, Span::at(self.at))
    }

    #[expect(clippy::unnecessary_box_returns, reason = "it goes on as the error of a result, which is kept small")]
    fn fault(&self, message: &str, help: &str) -> Box<Finding> {
        Box::new(Finding::new(Code::JsonSyntax, message).at(self.here()).help(help))
    }

    fn value(&mut self) -> Read<Node> {
        self.count()?;
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::map)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Value::Scalar(Scalar { text: self.string()?.into_owned(), plain: false }),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true")?,
            Some(b'f') => self.word("false")?,
            Some(b'n') => self.word("null")?,
            Some(_) => return Err(self.fault("expected a value", SYNTAX)),
            None => return Err(self.fault("the line ends where a value should stand", SYNTAX)),
        };
        Ok(Node { value, place: self.place(start) })
    }

    fn count(&mut self) -> Read<()> {
        self.values += 1;
        if self.values <= Limits::MANIFEST.max_nodes {
            return Ok(());
        }
        let message = format!("there are more than {} values", Limits::MANIFEST.max_nodes);
        Err(Box::new(Finding::new(Code::TooManyValues, message).at(self.here())))
    }

    /// Recursion is safe: the depth is bounded here.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Read<Value>) -> Read<Value> {
        if self.depth >= Limits::MANIFEST.max_depth {
            let most = Limits::MANIFEST.max_depth;
            let message = format!("more than {most} lists and mappings stand inside one another");
            return Err(Box::new(Finding::new(Code::TooDeep, message).at(self.here())));
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Read<Value> {
        let mut items = Vec::new();
        self.spaces();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            self.spaces();
            items.push(self.value()?);
            self.spaces();
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            if !self.take(b',') {
                return Err(self.fault("expected `,` or `]` here", SYNTAX));
            }
        }
    }

    fn map(&mut self) -> Read<Value> {
        let mut entries = Vec::new();
        self.spaces();
        if self.take(b'}') {
            return Ok(Value::Map(entries));
        }
        loop {
            self.spaces();
            let entry = self.entry()?;
            self.repeats |= entries.len() < FEW && entries.iter().any(|other: &Entry| other.key == entry.key);
            entries.push(entry);
            self.spaces();
            if self.take(b'}') {
                // Of many, the keys are compared in order, by whoever takes out what is repeated.
                self.repeats |= entries.len() > FEW;
                return Ok(Value::Map(entries));
            }
            if !self.take(b',') {
                return Err(self.fault("expected `,` or `}` here", SYNTAX));
            }
        }
    }

    fn entry(&mut self) -> Read<Entry> {
        self.count()?;
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.fault("expected a key in double quotes here", SYNTAX));
        }
        let key = self.string()?.into_owned();
        let key_place = self.place(start);
        self.spaces();
        if !self.take(b':') {
            return Err(self.fault("expected `:` after the key", SYNTAX));
        }
        self.spaces();
        Ok(Entry { key, key_place, value: self.value()? })
    }

    fn word(&mut self, word: &str) -> Read<Value> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.fault("expected a value: a text stands in double quotes", SYNTAX));
        }
        self.at += word.len();
        Ok(Value::Scalar(Scalar { text: word.to_owned(), plain: true }))
    }

    fn number(&mut self) -> Read<Value> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        Ok(Value::Scalar(Scalar { text, plain: true }))
    }

    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.fault("this number is not whole", SYNTAX)) }
    }

    fn string(&mut self) -> Read<Cow<'_, str>> {
        self.at += 1;
        let start = self.at;
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let plain = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).unwrap_or(bytes.len());
        if bytes.get(plain) == Some(&b'"') {
            self.at += plain + 1;
            return Ok(Cow::Borrowed(self.text.get(start..start + plain).unwrap_or_default()));
        }
        match Unescaped::read(self.text, start) {
            Ok(Unescaped { text, end }) => {
                self.at = end;
                Ok(Cow::Owned(text))
            }
            Err(at) => {
                self.at = at;
                Err(self.fault(if self.peek().is_none() { UNENDED } else { ESCAPE }, SYNTAX))
            }
        }
    }
}

const UNENDED: &str = "the line ends inside a text";
const ESCAPE: &str = "this is not allowed inside a text in JSON";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read_tree;
    use proptest::prelude::*;

    fn fault(text: &str) -> Option<(u32, Code)> {
        read_line(text)
            .err()
            .map(|finding| (finding.place().map_or(u32::MAX, |place| place.span.start), finding.code()))
    }

    /// What the line says, as another reader of JSON would have it: numbers as they are written.
    fn theirs(value: &serde_json::Value) -> Value {
        let scalar = |text: &str, plain| Value::Scalar(Scalar { text: text.to_owned(), plain });
        let node = |value: &serde_json::Value| Node { value: theirs(value), place: Place::default() };
        match value {
            serde_json::Value::Null => scalar("null", true),
            serde_json::Value::Bool(bool) => scalar(if *bool { "true" } else { "false" }, true),
            serde_json::Value::Number(number) => scalar(&number.to_string(), true),
            serde_json::Value::String(text) => scalar(text, false),
            serde_json::Value::Array(items) => Value::List(items.iter().map(node).collect()),
            serde_json::Value::Object(map) => Value::Map(
                map.iter()
                    .map(|(key, value)| Entry { key: key.clone(), key_place: Place::default(), value: node(value) })
                    .collect(),
            ),
        }
    }

    fn as_node(value: Value) -> Node {
        Node { value, place: Place::default() }
    }

    #[test]
    fn what_is_no_json_is_a_fault_at_its_place() {
        for (text, at) in [
            ("", 0),
            ("  ", 2),
            ("{", 1),
            ("{\"a\"", 4),
            ("{\"a\" 1}", 5),
            ("{\"a\":}", 5),
            ("{\"a\":1,}", 7),
            ("{a: 1}", 1),
            ("{'a': 1}", 1),
            ("[1,]", 3),
            ("[1 2]", 3),
            ("{} {}", 3),
            ("{}x", 2),
            ("nul", 0),
            ("NaN", 0),
            ("yes", 0),
            ("True", 0),
            ("01", 1),
            ("-", 1),
            ("1.", 2),
            (".5", 0),
            ("+1", 0),
            ("1e", 2),
            ("0x1", 1),
            ("\"a", 2),
            ("\"\\", 2),
            ("\"\\x\"", 1),
            ("\"\\u12\"", 1),
            ("\"\\ud800\"", 1),
            ("\"\\ud800\\u0041\"", 1),
            ("\"\\udc00\"", 1),
            ("\"a\tb\"", 2),
            ("# c", 0),
            ("{} # c", 3),
            ("/* c */ {}", 0),
        ] {
            assert_eq!(fault(text), Some((at, Code::JsonSyntax)), "{text:?}");
            assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn numbers_and_words_are_the_text_that_was_written() {
        for text in ["1", "-0", "1.0", "1e5", "1E+05", "2026.10", "true", "false", "null", "12345678901234567890123"] {
            let line = read_line(text).unwrap();
            assert_eq!(line.root.value, Value::Scalar(Scalar { text: text.to_owned(), plain: true }));
        }
        assert!(read_line("null").unwrap().root.is_null());
        assert!(!read_line("\"null\"").unwrap().root.is_null());
        assert!(!read_line("\"\"").unwrap().root.is_null());
    }

    #[test]
    fn repeated_keys_are_seen_and_kept() {
        let repeats = |text: &str| read_line(text).unwrap().repeats;
        assert!(repeats("{\"a\":1,\"b\":2,\"a\":1}") && repeats("[{\"x\":{\"a\":1,\"\\u0061\":1}}]"));
        assert!(!repeats("{\"a\":{\"a\":1},\"b\":{\"a\":2},\"A\":3}"));
        let many = |last: usize| {
            let keys: Vec<String> = (0..100).chain([last]).map(|key| format!("\"{key}\":1")).collect();
            format!("{{{}}}", keys.join(","))
        };
        assert!(repeats(&many(7)) && repeats(&many(99)));
    }

    #[test]
    fn what_asks_for_too_much_is_refused() {
        assert_eq!(fault(&"[".repeat(100_000)), Some((32, Code::TooDeep)));
        assert_eq!(fault(&"{\"a\":".repeat(100_000)), Some((32 * 5, Code::TooDeep)));
        assert_eq!(fault(&format!("[{}1]", "1,".repeat(200_000))).map(|(_, code)| code), Some(Code::TooManyValues));
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(serde_json::Value::from),
            any::<i64>().prop_map(serde_json::Value::from),
            "\\PC{0,8}".prop_map(serde_json::Value::from),
            proptest::collection::vec(any::<char>(), 0..6).prop_map(|text| text.into_iter().collect::<String>().into()),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::from),
                proptest::collection::btree_map("\\PC{0,6}", inner, 0..5)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_says_what_another_reader_says(value in json()) {
            let text = value.to_string();
            let line = read_line(&text).unwrap();
            prop_assert!(line.root.says_the_same(&as_node(theirs(&value))), "{}", text);
            prop_assert!(!line.repeats);
        }

        #[test]
        fn where_yaml_reads_the_line_it_says_the_same(value in json()) {
            let text = value.to_string();
            let (mut sources, mut findings) = (crate::text::Sources::new(), crate::finding::Findings::new());
            let node = read_tree(text.as_bytes(), "x", Limits::MANIFEST, &mut sources, &mut findings);
            if let Some(node) = node.filter(|_| findings.is_empty()) {
                prop_assert!(read_line(&text).unwrap().root.says_the_same(&node), "{}", text);
            }
        }

        #[test]
        fn it_refuses_what_another_reader_refuses(text in "([{}\\[\\],:\"\\\\ ]|true|null|-?[0-9.eE]{1,3}|\"a\"|\\\\u00e9|é|\u{1}|\t){0,12}") {
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            // Theirs refuses numbers that are too large for it, which are only text here.
            if !text.contains(['e', 'E']) {
                prop_assert_eq!(read_line(&text).is_ok(), theirs.is_ok(), "{}", text);
            }
        }
    }
}
