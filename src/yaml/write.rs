//! Texts written so that every YAML reader reads the same text.

use crate::text::untrusted::acts_or_hides;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Words that some YAML reader takes for something other than text.
const WORDS: [&str; 11] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

/// A text as a YAML value or key on one line: plain where that is safe in every place and for every reader, else in
/// double quotes. Characters that act or hide are written as escapes, so that the file shows what it says.
///
/// What is plain begins with a letter and has only letters, digits, single spaces, and `-`, `_`, `.`, `/`, `@`; so no
/// number, date, time or indicator is.
#[must_use]
pub fn quote_scalar(text: &str) -> Cow<'_, str> {
    if is_safe_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        // Writing to a String cannot fail.
        let _ = match character {
            '"' => quoted.write_str("\\\""),
            '\\' => quoted.write_str("\\\\"),
            '\n' => quoted.write_str("\\n"),
            '\t' => quoted.write_str("\\t"),
            '\r' => quoted.write_str("\\r"),
            // The style mark of an emoji hides nothing here, and escaped it would make the file harder to read.
            '\u{fe0e}' | '\u{fe0f}' => quoted.write_char(character),
            _ if !acts_or_hides(character) => quoted.write_char(character),
            ..='\u{ff}' => write!(quoted, "\\x{:02x}", u32::from(character)),
            ..='\u{ffff}' => write!(quoted, "\\u{:04x}", u32::from(character)),
            _ => write!(quoted, "\\U{:08x}", u32::from(character)),
        };
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

fn is_safe_plain(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(char::is_alphabetic);
    let allowed = |character: char| {
        (character.is_alphanumeric() || matches!(character, ' ' | '-' | '_' | '.' | '/' | '@'))
            && !acts_or_hides(character)
    };
    begins
        && text.chars().all(allowed)
        && !text.contains("  ")
        && !text.ends_with(' ')
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::text::Sources;
    use crate::yaml::{Limits, Node, Value, read_tree};
    use proptest::prelude::*;

    #[track_caller]
    fn case(text: &str, written: &str) {
        assert_eq!(quote_scalar(text), written);
    }

    #[test]
    fn safe_text_is_plain_and_the_rest_is_quoted() {
        case("hmrc", "hmrc");
        case("Trosglwyddo data i'r ffin", "\"Trosglwyddo data i'r ffin\"");
        case("gŵyl y tŷ", "gŵyl y tŷ");
        case("docs/iao-approval.md", "docs/iao-approval.md");
        for text in [
            "NO",
            "y",
            "null",
            "~",
            "",
            "2026.10",
            "1_000",
            "12:30",
            "2026-11-02",
            "0x1F",
            ".inf",
            "- a",
            "a: b",
            "a #b",
            "[a]",
            " a",
            "a ",
            "<<",
            "=",
            "---",
        ] {
            case(text, &format!("\"{text}\""));
        }
        case("a\"b\\c\nd\t\u{1b}\u{85}\u{202e}\u{e0041}", "\"a\\\"b\\\\c\\nd\\t\\x1b\\x85\\u202e\\U000e0041\"");
    }

    fn ours(yaml: &str) -> Option<Node> {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let node = read_tree(yaml.as_bytes(), "x", Limits::MANIFEST, &mut sources, &mut findings);
        assert_eq!(findings.into_sorted(), [], "{yaml:?}");
        node
    }

    /// As a value, in brackets, and as a key, by both readers.
    #[track_caller]
    fn reads_back(text: &str) {
        let written = quote_scalar(text);
        let value = format!("k:\n- {written}\n- [{written}, {written}]\n");
        let item = |node: &Node| node.as_scalar().map(|scalar| scalar.text.clone());
        let texts: Vec<_> = match ours(&value).as_ref().and_then(|node| node.get("k")) {
            Some(Node { value: Value::List(items), .. }) => items
                .iter()
                .flat_map(|node| match &node.value {
                    Value::List(inner) => inner.iter().map(item).collect(),
                    _ => vec![item(node)],
                })
                .collect(),
            _ => Vec::new(),
        };
        assert_eq!(texts, [Some(text.to_owned()), Some(text.to_owned()), Some(text.to_owned())], "{value:?}");
        let theirs: Option<yaml_serde::Value> = yaml_serde::from_str(&value).ok();
        let expected = yaml_serde::from_str::<yaml_serde::Value>("k: [x, [x, x]]").ok().map(|mut tree| {
            fill(&mut tree, text);
            tree
        });
        assert_eq!(theirs, expected, "yaml_serde, {value:?}");

        let key = format!("{written}: 1\n");
        let keys = ours(&key).map(|node| match node.value {
            Value::Map(entries) => entries.into_iter().map(|entry| entry.key).collect(),
            _ => Vec::new(),
        });
        assert_eq!(keys, Some(vec![text.to_owned()]), "{key:?}");
        let theirs: Option<yaml_serde::Value> = yaml_serde::from_str(&key).ok();
        let theirs = theirs.as_ref().and_then(|value| value.as_mapping()?.keys().next()?.as_str());
        assert_eq!(theirs, Some(text), "yaml_serde, {key:?}");
    }

    fn fill(tree: &mut yaml_serde::Value, text: &str) {
        match tree {
            yaml_serde::Value::String(old) => text.clone_into(old),
            yaml_serde::Value::Sequence(items) => {
                for item in items {
                    fill(item, text);
                }
            }
            yaml_serde::Value::Mapping(map) => {
                for value in map.values_mut() {
                    fill(value, text);
                }
            }
            _ => {}
        }
    }

    proptest! {
        #[test]
        fn any_text_reads_back(text in proptest::collection::vec(any::<char>(), 0..30)) {
            reads_back(&text.into_iter().collect::<String>());
        }

        #[test]
        fn awkward_text_reads_back(text in "[-a-zA-Z0-9 .:#,\\[\\]{}&*!|>'\"%@`~=<_?+\n\t\r\\\\]{0,12}|(?i:yes|no|on|off|null|true|nan|inf|y|n)") {
            reads_back(&text);
        }
    }
}
