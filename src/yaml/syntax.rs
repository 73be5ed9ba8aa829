//! What the parser says is wrong, in plain words.

use super::prescan::is_forbidden;
use granit_parser::{ErrorKind, ScanError};

/// A message, and what to do about it where that is nearly always the same thing.
pub(super) fn explain(error: &ScanError) -> (String, Option<&'static str>) {
    let (message, help) = match error.kind() {
        ErrorKind::MappingValueNotAllowed => (
            "`:` cannot stand here",
            Some("put quotes round a text that has `: ` in it; otherwise look at the indentation of this line"),
        ),
        ErrorKind::UnexpectedCharacter { character } => {
            return (
                format!("a value cannot begin with {}", crate::text::quoted(character.encode_utf8(&mut [0; 4]))),
                Some("put quotes round the value"),
            );
        }
        ErrorKind::UnclosedQuotedScalar => ("the quote that begins here is never closed", None),
        ErrorKind::UnclosedFlowCollection { open: '[' } => ("the `[` here is never closed", None),
        ErrorKind::UnclosedFlowCollection { open: '{' } => ("the `{` here is never closed", None),
        ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => {
            ("this bracket does not close the one that was opened", None)
        }
        ErrorKind::ExpectedFlowMappingSeparator => ("expected `,` or `}`", None),
        ErrorKind::ExpectedFlowSequenceSeparator => ("expected `,` or `]`", None),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("expected a key and `:`", Some("look at the indentation: keys of one mapping start in the same column"))
        }
        ErrorKind::ExpectedBlockSequenceEntry => {
            ("expected `-`", Some("look at the indentation: items of one list start in the same column"))
        }
        ErrorKind::BlockSequenceEntryNotAllowed => ("a list item cannot stand here", None),
        ErrorKind::ExpectedDocumentStart => (
            "there is more after the end of the value",
            Some("a file holds one value: a mapping or a list whose lines start in the same column"),
        ),
        ErrorKind::InvalidBlockEntryWhitespace => ("expected a space after `-`", None),
        ErrorKind::InvalidMappingValueWhitespace => ("expected a space after `:`", None),
        ErrorKind::InvalidIndentation => ("the indentation does not match any line above", None),
        ErrorKind::UnknownQuotedScalarEscape => {
            ("a double-quoted text has a `\\` that YAML does not know", Some("write `\\\\`, or use single quotes"))
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            ("there is text after the closing quote", None)
        }
        ErrorKind::CommentInterceptedScalar => ("a comment stands in the middle of a text of several lines", None),
        ErrorKind::BomInsideDocument => ("there is a byte-order mark inside the file", Some("take it out")),
        // The list is not exhaustive, and rarer ones are clear enough in the parser's own words.
        _ => return (sentence(&error.info()), None),
    };
    (message.to_owned(), help)
}

fn sentence(info: &str) -> String {
    let info = info.trim_end_matches('.');
    // `while parsing a tag, did not find expected tag URI`
    let info = match info.split_once(", ") {
        Some((context, rest)) if context.starts_with("while ") => rest,
        _ => info,
    };
    let info = info.replace("did not find expected", "expected");
    let shown = crate::text::visible(&info);
    let mut letters = shown.chars();
    match letters.next() {
        // `EOF` and `YAML` keep their capitals.
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        Some(_) => shown.into_owned(),
        None => "this is not YAML".to_owned(),
    }
}

/// Whether the parser stopped because of a tab.
pub(super) fn is_tab(error: &ScanError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabNotAllowed
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

/// Whether the parser stopped because of too much nesting.
pub(super) fn is_too_deep(error: &ScanError) -> bool {
    matches!(error.kind(), ErrorKind::RecursionLimitExceeded)
}

/// Whether the parser stopped at a character that the scan for control characters has reported.
pub(super) fn is_control_character(error: &ScanError) -> bool {
    matches!(error.kind(), ErrorKind::UnexpectedCharacter { character } if is_forbidden(*character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use granit_parser::Parser;

    #[track_caller]
    fn case(yaml: &str, message: &str) {
        let said = Parser::new_from_str(yaml).find_map(Result::err).map(|error| explain(&error).0);
        assert_eq!(said.as_deref(), Some(message), "{yaml:?}");
    }

    #[test]
    fn messages_are_plain() {
        case("a: b: c\n", "`:` cannot stand here");
        case("a: %x\n", "a value cannot begin with `%`");
        case("{}\n{}\n", "there is more after the end of the value");
        case("a: \"\\q\"\n", "a double-quoted text has a `\\` that YAML does not know");
        case("a: [b\n", "the `[` here is never closed");
        // In the parser's own words.
        case("a: |0\n  x\n", "found an indentation indicator equal to 0");
        case("a: \"\\xzz\"\n", "expected hexadecimal number");
    }
}
