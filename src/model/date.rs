//! Days of the calendar, in the one way they are written: `2026-11-22`.

use jiff::Span;
use jiff::civil::Date;

/// The day that a text names: year, month and day of a day that exists, in digits and hyphens only.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    // The calendar's own reader takes other forms too, such as `20261122`.
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if shaped { text.parse().ok() } else { None }
}

/// The same day so many months later, or the last day of that month where it is shorter.
#[must_use]
pub fn months_after(date: Date, months: u16) -> Date {
    // As many months as the number can say are fewer than a span can hold.
    let span = Span::new().try_months(i64::from(months)).unwrap_or_default();
    date.saturating_add(span)
}

#[cfg(test)]
mod tests {
    use super::{date, months_after};

    #[test]
    fn months_end_on_days_that_exist() {
        let after = |from: &str, months| date(from).map(|from| months_after(from, months).to_string());
        for (from, months, then) in [
            ("2026-11-22", 6, "2027-05-22"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2027-08-31", 6, "2028-02-29"),
            ("2026-11-22", 0, "2026-11-22"),
            ("2026-11-22", u16::MAX, "7488-02-22"),
            ("9999-12-01", 1, "9999-12-31"),
        ] {
            assert_eq!(after(from, months).as_deref(), Some(then), "{from} and {months}");
        }
    }

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
