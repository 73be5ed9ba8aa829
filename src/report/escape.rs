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

/// The message of a workflow command: it may have several lines, and stays one command.
pub(super) fn workflow_message(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property of a workflow command.
pub(super) fn workflow_property(text: &str) -> String {
    visible(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

/// A path as a URI reference (RFC 3986): of a file where it starts at the root, else relative.
pub(super) fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    let from_root = path.starts_with('/');
    // `C:/share.yaml`
    let from_drive = std::path::MAIN_SEPARATOR == '\\' && path.get(1..3) == Some(":/");
    let mut uri = String::from(match (from_root, from_drive) {
        (true, _) => "file://",
        (_, true) => "file:///",
        _ => "",
    });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            // Writing to a String cannot fail.
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// The text of a message in SARIF, where `[x](1)` is a link and `{0}` stands for an argument.
pub(super) fn sarif(text: &str) -> String {
    let text = if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text.to_owned()
    };
    let argument = text.split('{').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if argument { text.replace('{', "{{").replace('}', "}}") } else { text }
}

/// Whether an address may be made a link: one of the web, with nothing odd in it.
pub(super) fn is_of_web(address: &str) -> bool {
    let of_web = address.starts_with("https://") || address.starts_with("http://");
    let odd = |c: char| c.is_whitespace() || crate::text::untrusted::acts_or_hides(c);
    of_web && !address.contains(odd)
}

/// Text in HTML, between tags or in an attribute in double quotes.
pub(super) fn html(text: &str) -> String {
    entities(&visible(text))
}

/// The same for text that was made visible.
pub(super) fn entities(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A link in Markdown; the text alone where the address is none of the web.
pub(super) fn markdown_link(text: &str, address: &str) -> String {
    if !is_of_web(address) {
        return markdown(text);
    }
    let mut safe = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            '|' => safe.push_str("%7C"),
            '`' => safe.push_str("%60"),
            '&' => safe.push_str("&amp;"),
            other => safe.push(other),
        }
    }
    format!("[{}](<{safe}>)", markdown(text))
}

#[cfg(test)]
mod tests {
    use super::{csv, markdown, markdown_line, markdown_link, sarif, uri, workflow_message, workflow_property};

    #[test]
    fn no_text_ends_a_workflow_command_or_is_another() {
        assert_eq!(workflow_message("50%0A\n::error::x\r\u{1b}"), "50%250A%0A::error::x\\r\\x1b");
        assert_eq!(workflow_property("a,b:c%\n::d"), "a%2Cb%3Ac%25\\n%3A%3Ad");
    }

    #[test]
    fn a_path_is_a_reference() {
        for (path, expected) in [
            ("a/b.yaml", "a/b.yaml"),
            ("a b/%20#?.yaml", "a%20b/%2520%23%3F.yaml"),
            ("c:d", "c%3Ad"),
            ("/tmp/ŵ", "file:///tmp/%C5%B5"),
            ("..", ".."),
        ] {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn no_text_in_sarif_is_a_link_or_an_argument() {
        assert_eq!(sarif("a [b] {c}"), "a [b] {c}");
        assert_eq!(sarif("[b](1) \\ {0}"), "\\[b\\](1) \\\\ {{0}}");
    }

    #[test]
    fn nothing_in_html_is_a_tag_or_ends_an_attribute() {
        let hostile = "</td><img src=x onerror='a'>\" b=&lt;\u{0}";
        let expected = "&lt;/td&gt;&lt;img src=x onerror=&#39;a&#39;&gt;&quot; b=&amp;lt;\\x00";
        assert_eq!(super::html(hostile), expected);
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(markdown_link("a]", "https://a.example/<x>?a&b"), "[a\\]](<https://a.example/%3Cx%3E?a&amp;b>)");
        assert_eq!(markdown_link("a", "javascript:x"), "a");
        assert_eq!(markdown_link("a", "https://a.example/ x"), "a");
    }

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
