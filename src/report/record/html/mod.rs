//! A record as one HTML page: no scripts, nothing fetched, readable in light, in dark and on paper.

use minijinja::value::Value;

use super::picture::picture;
use super::template::{Failed, Kind, render};
use super::view::View;
use crate::record::sha256;

/// The page. Colour never tells anything by itself: every mark has its words.
const PAGE: &str = include_str!("page.html");

/// The look of the page.
const STYLE: &str = include_str!("style.css");

/// The page of a record.
pub fn html(view: &View<'_>) -> Result<String, Failed> {
    let more = [
        ("pictures", Value::from(pictures(view))),
        ("style", Value::from_safe_string(STYLE.to_owned())),
        // The page says which style it has, so that no other is used.
        ("style_hash", Value::from(format!("sha256-{}", base64_of_hex(&sha256(STYLE.as_bytes()))))),
    ];
    render(PAGE, Kind::Html, view, more)
}

/// The picture of each exchange.
pub(super) fn pictures(view: &View<'_>) -> Vec<Value> {
    let picture = |(number, flow)| Value::from_safe_string(picture(flow, &format!("picture-{number}")));
    (1_usize..).zip(&view.flows).map(picture).collect()
}

/// Base64 (RFC 4648) of bytes that are given in hexadecimal.
fn base64_of_hex(hex: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
    let mut text = String::new();
    // Three bytes are six digits of four bits each, and four of six.
    for group in bits.chunks(6) {
        let filled = group.iter().chain(std::iter::repeat(&0)).take(6).fold(0, |all, four| all << 4 | four);
        for at in 0..4 {
            let index = usize::try_from(filled >> (18 - 6 * at) & 63).unwrap_or_default();
            let used = group.len() * 4 > at * 6;
            let digit = DIGITS.get(index).copied().filter(|_| used).unwrap_or(b'=');
            text.push(char::from(digit));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64_of_hex;

    #[test]
    fn base64_is_that_of_the_standard() {
        // The test vectors of RFC 4648, section 10.
        for (hex, base64) in
            [("", ""), ("66", "Zg=="), ("666f", "Zm8="), ("666f6f", "Zm9v"), ("666f6f626172", "Zm9vYmFy")]
        {
            assert_eq!(base64_of_hex(hex), base64);
        }
    }
}
