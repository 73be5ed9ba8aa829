//! The closed words of a record as people read them.

use serde::Serialize;

use super::group::Group;
use crate::model::Date;
use crate::record::v1::{Basis, Choice, Due, Level, Outcome, Party, Rule, Status, View, Who};

/// What stands before why sharing the data is necessary.
pub const NECESSITY: &str = "Why sharing the data is necessary";

/// What stands before how long the data is kept.
pub const RETENTION: &str = "How long the data is kept, and how it is deleted";

/// What stands before when the data is shared.
pub const DATES: &str = "When the data is shared, or how often";

/// An outcome in words. It is never told by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The word: `act-first`.
    pub word: &'static str,
    /// The same as a short heading: `ACT FIRST`.
    pub heading: &'static str,
    /// What it means, as a sentence.
    pub says: &'static str,
    /// A sign for it.
    pub symbol: &'static str,
}

impl Standing {
    /// An outcome in words.
    #[must_use]
    pub const fn of(outcome: Outcome) -> Self {
        let (symbol, heading, says) = match outcome {
            Outcome::Stop => ("✗", "STOP", "Do not share as proposed."),
            Outcome::Refer => ("!", "REFER", "Get advice first."),
            Outcome::Incomplete => ("?", "INCOMPLETE", "Can't tell yet."),
            Outcome::ActFirst => ("○", "ACT FIRST", "You can share once these are done."),
            Outcome::Ready => ("✓", "READY", "Nothing in this ruleset stops this."),
        };
        Self { word: outcome.word(), heading, says, symbol }
    }
}

/// What was decided, as a sentence.
pub(super) const fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Share => "Share the data.",
        Choice::ShareWithConditions => "Share the data, but only under the conditions named here.",
        Choice::DoNotShare => "Do not share the data.",
        Choice::Defer => "Nothing is decided yet. Do not share the data until it is.",
    }
}

/// What somebody who was consulted thinks.
pub(in crate::report::record) const fn view(view: View) -> &'static str {
    match view {
        View::Agrees => "Agrees",
        View::AgreesWithConditions => "Agrees, with conditions",
        View::Disagrees => "Disagrees",
        View::NoView => "Gave no view",
    }
}

/// How strongly a rule binds, and what stands behind it: "Must, by law".
pub(super) fn weight(level: Level, basis: Basis) -> String {
    let level = match level {
        Level::MustNot => "Must not",
        Level::Must => "Must",
        Level::Should => "Should",
        Level::Could => "Could",
    };
    let basis = match basis {
        Basis::Law => "by law",
        Basis::Policy => "by government policy",
        Basis::Guidance => "by guidance",
    };
    format!("{level}, {basis}")
}

/// When a rule has to be met.
pub(super) const fn due(due: Due) -> &'static str {
    match due {
        Due::Before => "Before sharing",
        Due::After => "After sharing",
    }
}

/// A rule's status.
pub(super) fn status(rule: &Rule) -> &'static str {
    match rule.status {
        Status::Applies if rule.level == Level::MustNot => "Forbids this",
        Status::Applies => "Outstanding",
        Status::Undetermined if Group::of(rule) != Group::Undetermined => "Not known to be met",
        Status::Undetermined => "Can't tell yet",
        Status::Met => "Met",
        Status::Done => "Done",
        Status::Waived => "Waived",
        Status::NotApplicable => "Does not apply",
    }
}

/// A role and whose: "the sender's data protection officer".
pub(super) fn who(who: &Who) -> String {
    match who.party {
        Party::From => format!("the sender's {}", who.title),
        Party::To => format!("the recipient's {}", who.title),
        Party::Any => format!("the {}", who.title),
    }
}

/// A day as people write it: "22 November 2026".
#[must_use]
pub fn day(date: Date) -> String {
    day_of(&date.to_string()).unwrap_or_else(|| date.to_string())
}

/// The same of a day that is written as `2026-11-22`.
pub(super) fn day_of(written: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = written.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let day: u8 = day.parse().ok()?;
    Some(format!("{day} {month} {year}"))
}

/// An address that may be made a link: one of the web, with nothing odd in it.
#[must_use]
pub fn web_address(text: &str) -> Option<&str> {
    let of_web = text.starts_with("https://") || text.starts_with("http://");
    let odd = |c: char| c.is_whitespace() || crate::text::untrusted::acts_or_hides(c);
    (of_web && !text.contains(odd)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_out() {
        assert_eq!(day("2026-11-02".parse().unwrap()), "2 November 2026");
        assert_eq!(day("0999-01-31".parse().unwrap()), "31 January 0999");
        assert_eq!(day_of("not-appointed"), None);
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(web_address("https://a.example/x?y#z"), Some("https://a.example/x?y#z"));
        for text in
            ["javascript:alert(1)", "docs/dpia.pdf", "https://a.example/ x", "data:text/html,x", " https://a", ""]
        {
            assert_eq!(web_address(text), None, "{text:?}");
        }
    }
}
