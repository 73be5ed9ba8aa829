//! Text broken into lines that fit, where nobody can measure the font: each character is taken as rather wide.

use unicode_width::UnicodeWidthChar as _;

/// Text in lines of at most this width in pixels, at this size of the font; where there are more lines than wanted, the last ends with
/// an ellipsis.
pub(super) fn wrapped(text: &str, width: usize, size: usize, most: usize) -> Vec<String> {
    // In thousandths of a pixel.
    let room = width * 1000;
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split_whitespace() {
        let wide: usize = word.chars().map(|character| advance(character) * size).sum();
        if !line.is_empty() && used + advance(' ') * size + wide > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += advance(' ') * size;
        }
        for character in word.chars() {
            let wide = advance(character) * size;
            // A word that is wider than a line is broken where it has to be.
            if used + wide > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(character);
            used += wide;
        }
        if lines.len() > most {
            break;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

/// How far a character takes the next one, in thousandths of the size of the font: as in the bold of a wide font, so that no text
/// leaves its box in a narrower one.
fn advance(character: char) -> usize {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 400,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 500,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1110,
        'A'..='Z' => 850,
        ' '..='~' => 720,
        other => other.width().unwrap_or(2).max(1) * 750,
    }
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn every_word_is_kept_and_no_line_is_too_long() {
        let text = "Department for Environment, Food and Rural Affairs";
        let lines = wrapped(text, 200, 18, 9);
        assert_eq!(lines.join(" "), text);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.chars().count() < 25), "{lines:?}");
    }

    #[test]
    fn long_words_are_broken_and_long_texts_cut() {
        let lines = wrapped(&"W".repeat(100), 200, 18, 99);
        assert_eq!(lines.concat(), "W".repeat(100));
        assert!(lines.iter().all(|line| line.len() <= 10), "{lines:?}");
        let cut = wrapped(&"word ".repeat(10_000), 200, 18, 3);
        assert_eq!(cut.len(), 3);
        assert!(cut[2].ends_with('…'));
        assert_eq!(wrapped("  ", 200, 18, 3), Vec::<String>::new());
    }
}
