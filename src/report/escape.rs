//! Text from a ruleset or a manifest on its way to where it could be more than text: one function for each destination.

use crate::text::{visible, visible_lines};

/// Text for the middle of a line of Markdown: no markup, link, mention or reference comes of it.
pub(super) fn markdown(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A mention, and a reference to an issue: a backslash does not stop them everywhere.
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            // An address, or the name of a small picture.
            ':' if rest.peek().is_some_and(|next| !next.is_whitespace()) => escaped.push_str("&#58;"),
            '.' if escaped.to_ascii_lowercase().ends_with("www") => escaped.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '|' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// Text for the beginning of a line of Markdown: as [`markdown`], and no list, underline or number comes of it either.
pub(super) fn markdown_line(text: &str) -> String {
    let escaped = markdown(text.trim_start());
    let number = escaped.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = escaped.len() - number.len();
    match escaped.chars().next() {
        Some('-' | '+' | '=') => format!("\\{escaped}"),
        Some(_) if digits > 0 && number.starts_with('.') => {
            let (digits, rest) = escaped.split_at_checked(digits).unwrap_or((&escaped, ""));
            format!("{digits}\\{rest}")
        }
        _ => escaped,
    }
}

/// A cell of a spreadsheet in CSV (RFC 4180): always text, never a formula.
///
/// A leading `=`, `+`, `-` or `@`, also after spaces and in full width, gets an apostrophe before it, which a spreadsheet takes
/// for "this is text". Line feeds stay, so that a cell can have several lines.
pub(super) fn csv(text: &str) -> String {
    let text = visible_lines(text);
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if formula || text.starts_with(['\t', '\r']) { "'" } else { "" };
    let cell = format!("{guard}{text}");
    let quote = cell.contains([',', '"', '\n', '\r', ';']) || cell.starts_with(' ') || cell.ends_with(' ');
    if quote { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::{csv, markdown, markdown_line};

    #[test]
    fn no_line_of_markdown_begins_something() {
        for (text, expected) in [
            ("plain", "plain"),
            ("- x", "\\- x"),
            ("  + x", "\\+ x"),
            ("===", "\\==="),
            ("---", "\\---"),
            ("12. x", "12\\. x"),
            ("12) x", "12\\) x"),
            ("12 x", "12 x"),
            ("# x", "&#35; x"),
            ("> x", "&gt; x"),
            ("    code", "code"),
            ("```", "\\`\\`\\`"),
            ("", ""),
        ] {
            assert_eq!(markdown_line(text), expected);
        }
    }

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        for (text, expected) in [
            ("plain", "plain"),
            ("", ""),
            ("a, b", "\"a, b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("＝1", "'＝1"),
            (" =1", "' =1"),
            ("=a,b", "\"'=a,b\""),
            ("\t=1", "\\t=1"),
            ("\r=1", "\\r=1"),
            ("a;=1", "\"a;=1\""),
            ("\u{1b}[31m", "\\x1b[31m"),
        ] {
            assert_eq!(csv(text), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        for (text, expected) in [
            ("plain text, as it is: fine.", "plain text, as it is: fine."),
            ("a|b `c` *d* _e_", "a\\|b \\`c\\` \\*d\\* \\_e\\_"),
            ("<img src=x> &amp;", "&lt;img src=x&gt; &amp;amp;"),
            ("[x](http://a.example)", "\\[x\\]\\(http&#58;//a.example\\)"),
            ("www.a.example", "www&#46;a.example"),
            ("@team see #12 :tada:", "&#64;team see &#35;12 &#58;tada:"),
            ("two\nlines\u{1b}[31m\u{202e}", "two\\\\nlines\\\\x1b\\[31m\\\\u\\{202e\\}"),
        ] {
            assert_eq!(markdown(text), expected);
        }
    }
}
