//! Lists of patterns, as OpenSSH matches names with them.

/// Whether a name matches a list: patterns with a comma between them, `*` for any text, `?` for one character. A pattern with `!`
/// before it takes out what it matches, wherever it stands.
#[must_use]
pub(super) fn matches_list(name: &str, list: &str) -> bool {
    let mut found = false;
    for pattern in list.split(',') {
        match pattern.strip_prefix('!') {
            Some(pattern) if matches(name.as_bytes(), pattern.as_bytes()) => return false,
            None if matches(name.as_bytes(), pattern.as_bytes()) => found = true,
            _ => {}
        }
    }
    found
}

/// In time of the two lengths multiplied: a hostile pattern costs no more.
fn matches(name: &[u8], pattern: &[u8]) -> bool {
    // Which beginnings of the name the pattern so far matches.
    let mut ends = vec![false; name.len() + 1];
    if let Some(first) = ends.first_mut() {
        *first = true;
    }
    for sign in pattern {
        let mut next = vec![false; ends.len()];
        let mut before = false;
        for (at, end) in next.iter_mut().enumerate() {
            let here = ends.get(at).copied().unwrap_or_default();
            let last = at.checked_sub(1);
            let stepped = last.and_then(|last| ends.get(last)).copied().unwrap_or_default();
            *end = match sign {
                b'*' => here || before,
                b'?' => stepped,
                _ => stepped && last.and_then(|last| name.get(last)) == Some(sign),
            };
            before = *end;
        }
        ends = next;
    }
    ends.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::matches_list;

    #[test]
    fn names_match_as_openssh_matches_them() {
        for (name, list, expected) in [
            ("ada@example.gov.uk", "ada@example.gov.uk", true),
            ("ada@example.gov.uk", "ben@example.gov.uk,ada@*", true),
            ("ada@example.gov.uk", "*@example.gov.uk,!ada@*", false),
            ("ada@example.gov.uk", "!ben@*", false),
            ("ada@example.gov.uk", "ADA@*", false),
            ("ada", "a?a", true),
            ("ada", "a?", false),
            ("", "*", true),
            ("", "?", false),
            ("abcabc", "*abc", true),
            ("a", "", false),
            ("a,b", "a,b", false),
        ] {
            assert_eq!(matches_list(name, list), expected, "{name} {list}");
        }
        assert!(!matches_list(&"a".repeat(2000), &format!("{}b", "a*".repeat(1000))));
    }
}
