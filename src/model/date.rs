//! Days of the calendar, in the one way they are written: `2026-11-22`.

use jiff::civil::Date;

/// The day that a text names: year, month and day of a day that exists, in digits and hyphens only.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    // The calendar's own reader takes other forms too, such as `20261122`.
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if shaped { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn only_days_that_exist_are_dates() {
        for day in ["2026-11-02", "2000-02-29", "2024-12-31"] {
            assert_eq!(date(day).map(|date| date.to_string()).as_deref(), Some(day));
        }
        for text in [
            "",
            "2026-11-2",
            "2026-13-01",
            "2026-00-01",
            "1900-02-29",
            "2026-04-31",
            "2026-11-02-",
            "02-11-2026",
            "２026-11-02",
            "20261102",
            "-202611-02",
            "2026-11-02T00:00",
            "----------",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
