//! Words of a command that a person copies into a shell.

use std::borrow::Cow;

/// A path as a shell takes it for one word, and a program for no option.
#[must_use]
pub fn in_shell(path: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_+,@%:".contains(&byte) || is_separator(byte);
    let path = if path.starts_with('-') { Cow::Owned(format!("./{path}")) } else { Cow::Borrowed(path) };
    if !path.is_empty() && path.bytes().all(plain) {
        return path;
    }
    Cow::Owned(format!("'{}'", path.replace('\'', r"'\''")))
}

/// Between folders on Windows; elsewhere a shell takes it away.
const fn is_separator(byte: u8) -> bool {
    cfg!(windows) && byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::in_shell;

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        for plain in ["rules/nl-dpia/2026.11", "./a_b", "/x/y@2026.11"] {
            assert_eq!(in_shell(plain), plain);
        }
        assert_eq!(in_shell(""), "''");
        assert_eq!(in_shell("my rules/2026.11"), "'my rules/2026.11'");
        assert_eq!(in_shell("$(reboot)"), "'$(reboot)'");
        assert_eq!(in_shell("it's"), r"'it'\''s'");
        assert_eq!(in_shell("-rf"), "./-rf");
        assert_eq!(in_shell("- a"), "'./- a'");
        assert_eq!(in_shell("~/x"), "'~/x'");
    }
}
