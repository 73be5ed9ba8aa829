//! "Did you mean": the known word nearest to one that is not known.

/// Words longer than this are not compared: the cost grows with the square of the length, and no name of ours is so long.
const LONGEST: usize = 64;

/// The candidate nearest to a word, if one is near enough to be worth suggesting.
///
/// Distance counts letters added, left out, changed, or swapped with their neighbour, without regard to case. A word
/// may be wrong in a third of its letters, and in three at most. Of candidates equally near, the first in byte order is
/// given, so the order they come in does not matter.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = letters(word)?;
    let furthest = word.len().div_ceil(3).min(3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = letters(candidate)?;
            if word.len().abs_diff(other.len()) > furthest {
                return None;
            }
            // Little work, and enough to pass over most words.
            if word.len().max(other.len()) - in_common(&word, &other) > furthest {
                return None;
            }
            let distance = distance(&word, &other);
            // A suggestion that shares no letter with the word is a guess, however short the two are.
            let near = distance <= furthest && distance < word.len().max(other.len());
            near.then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

fn letters(word: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    (!letters.is_empty() && letters.len() <= LONGEST).then_some(letters)
}

/// How many letters two words have in common, wherever they stand. Each of the others costs the longer word an edit at least.
fn in_common(left: &[char], right: &[char]) -> usize {
    let mut unused = right.to_vec();
    let is_there = |letter: &&char| {
        let at = unused.iter().position(|other| other == *letter);
        at.map(|at| unused.swap_remove(at)).is_some()
    };
    left.iter().filter(is_there).count()
}

/// Damerau-Levenshtein distance in which no stretch is edited twice (optimal string alignment).
fn distance(left: &[char], right: &[char]) -> usize {
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
    let mut two_up: Vec<usize> = Vec::new();
    let mut up: Vec<usize> = (0..=right.len()).collect();
    let mut left_before = None;
    for (index, &from) in left.iter().enumerate() {
        let mut row = vec![index + 1];
        let mut right_before = None;
        for (column, &to) in right.iter().enumerate() {
            let changed = at(&up, column) + usize::from(from != to);
            let one_more = at(&up, column + 1).min(at(&row, column)) + 1;
            let mut best = changed.min(one_more);
            if left_before == Some(to) && right_before == Some(from) && column > 0 {
                best = best.min(at(&two_up, column - 1) + 1);
            }
            row.push(best);
            right_before = Some(to);
        }
        two_up = std::mem::replace(&mut up, row);
        left_before = Some(from);
    }
    at(&up, right.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(word: &str, expected: Option<&str>) {
        let known = ["title", "reference", "contact", "from", "form", "to", "hmrc", "lawful-basis"];
        assert_eq!(nearest(word, known), expected, "{word}");
        assert_eq!(nearest(word, known.into_iter().rev()), expected, "{word}, other order");
    }

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        case("titel", Some("title"));
        case("refrence", Some("reference"));
        case("lawful_basis", Some("lawful-basis"));
        case("HMRC", Some("hmrc"));
        case("frmo", Some("from"));
        case("fomr", Some("form"));
        case("x", None);
        case("", None);
        case("recipient", None);
        case(&"a".repeat(100_000), None);
    }

    #[test]
    fn distances_are_right() {
        let count =
            |left: &str, right: &str| distance(&left.chars().collect::<Vec<_>>(), &right.chars().collect::<Vec<_>>());
        assert_eq!(count("kitten", "sitting"), 3);
        assert_eq!(count("ab", "ba"), 1);
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("abc", ""), 3);
        assert_eq!(count("ca", "abc"), 3);
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_bounded(left in "[a-d]{0,12}", right in "[a-d]{0,12}") {
            let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
            let there = distance(&left, &right);
            prop_assert_eq!(there, distance(&right, &left));
            prop_assert!(there <= left.len().max(right.len()));
            prop_assert_eq!(there == 0, left == right);
            prop_assert!(there >= left.len().max(right.len()) - in_common(&left, &right));
        }
    }
}
