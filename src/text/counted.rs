//! Numbers of things.

/// How many of something: `1 file`, `2 files`.
#[must_use]
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_not_several() {
        assert_eq!(
            [0, 1, 2].map(|count| counted(count, "copy", "copies")),
            ["0 copies", "1 copy", "2 copies"].map(str::to_owned)
        );
    }
}
