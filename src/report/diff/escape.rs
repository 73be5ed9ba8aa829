//! Text from a ruleset in Markdown: shown as it is, whatever it holds.

use crate::text::visible;

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

#[cfg(test)]
mod tests {
    use super::markdown;

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
