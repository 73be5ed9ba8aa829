//! Texts of JSON with escapes.

/// A text with its escapes read.
pub(super) struct Unescaped {
    /// What it says.
    pub(super) text: String,
    /// The byte after its closing quote.
    pub(super) end: usize,
}

impl Unescaped {
    /// Reads a text whose opening quote stands just before `start`. The error is the byte at which it is none.
    pub(super) fn read(line: &str, start: usize) -> Result<Self, usize> {
        let mut text = String::new();
        let mut rest = line.get(start..).unwrap_or_default();
        loop {
            let stop = rest.find(|c: char| matches!(c, '"' | '\\') || c < ' ').ok_or(line.len())?;
            text.push_str(rest.get(..stop).unwrap_or_default());
            rest = rest.get(stop..).unwrap_or_default();
            let at = line.len() - rest.len();
            if rest.starts_with('"') {
                return Ok(Self { text, end: at + 1 });
            }
            let escape = rest.strip_prefix('\\').ok_or(at)?;
            let letter = escape.chars().next().ok_or(line.len())?;
            let (character, taken) = match letter {
                '"' | '\\' | '/' => (letter, 1),
                'b' => ('\u{8}', 1),
                'f' => ('\u{c}', 1),
                'n' => ('\n', 1),
                'r' => ('\r', 1),
                't' => ('\t', 1),
                'u' => numbered(escape).ok_or(at)?,
                _ => return Err(at),
            };
            text.push(character);
            rest = escape.get(taken..).unwrap_or_default();
        }
    }
}

/// The character of `uXXXX`, or of two such that belong together, and how many bytes it took.
fn numbered(escape: &str) -> Option<(char, usize)> {
    let unit = |from: usize| -> Option<u32> {
        let digits = escape.get(from..from + 4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let first = unit(1)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 5));
    }
    let second = unit(7).filter(|_| escape.get(5..7) == Some("\\u"))?;
    if !(0xd800..0xdc00).contains(&first) || !(0xdc00..0xe000).contains(&second) {
        return None;
    }
    let joined = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    char::from_u32(joined).map(|character| (character, 11))
}
