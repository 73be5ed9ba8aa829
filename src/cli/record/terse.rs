//! What an option says in one line: `ROLE, NAME, DATE: TEXT` and the like.

use clearshare::model::{Date, date};
use clearshare::record::v1::{Consulted, Person, Request, SharingCondition, View};
use clearshare::text::quoted;

/// `RULE: TEXT`, `RULE@FLOW: TEXT`, `RULE, DATE: TEXT`, or a text alone.
pub(super) fn condition(text: &str) -> Result<SharingCondition, String> {
    let id = |text: &str| {
        text.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || ".-@".contains(sign))
    };
    let named = text.split_once(':').map(|(name, says)| (day_behind(name), says));
    let named = named.filter(|((name, _), _)| !name.is_empty() && id(name));
    let (rule, flow, by, says) = match named {
        Some(((name, by), says)) => match name.split_once('@') {
            Some((rule, flow)) => (Some(rule), Some(flow), by.transpose()?, says),
            None => (Some(name), None, by.transpose()?, says),
        },
        None => (None, None, None, text),
    };
    if says.trim().is_empty() {
        return Err("say what has to be so, for example `handling.mutual-tls: Both ends have certificates`".to_owned());
    }
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Ok(SharingCondition { says: says.trim().to_owned(), rule: owned(rule), flow: owned(flow), who: None, by })
}

/// `ROLE, NAME: VIEW`, with `, DATE` behind the name where it is said, and `: TEXT` behind the view.
pub(super) fn consulted(text: &str) -> Result<Consulted, String> {
    const EXAMPLE: &str = "for example `Data protection officer, A. Name: agrees`";
    if !text.contains(':') {
        return Err(format!("write a role, a name and a view, {EXAMPLE}"));
    }
    // A role may have a colon, and so may what was said: the view is the first part that is one.
    let viewed = split_at_colons(text).find_map(|(who, rest)| {
        let (view, says) = rest.split_once(':').map_or((rest, None), |(view, says)| (view, Some(says.trim())));
        Some((who, View::of(view.trim())?, says))
    });
    let (who, view, says) = viewed.ok_or_else(|| {
        let views: Vec<&str> = View::ALL.iter().map(|view| view.word()).collect();
        format!("the views are {}; what they said stands behind the view and a colon", views.join(", "))
    })?;
    let says = text_behind(says, "what they said")?;
    let (who, on) = day_behind(who);
    let Person { name, role } =
        person(who).ok_or_else(|| format!("write a role and a name with a comma between, {EXAMPLE}"))?;
    Ok(Consulted { role, name, on: on.transpose()?, view, says, answer: None })
}

/// `NAME: TEXT`.
pub(super) fn answer(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once(':').map(|(name, says)| (name.trim(), says.trim()));
    let (name, says) = parts.filter(|(name, says)| !name.is_empty() && !says.is_empty()).ok_or_else(|| {
        "write who disagrees, and why the data is shared all the same, for example `A. Name: Each field is used.`"
            .to_owned()
    })?;
    Ok((name.to_owned(), says.to_owned()))
}

/// `ROLE, NAME, DATE`, with `: TEXT` behind it where it is said.
pub(super) fn request(text: &str) -> Result<Request, String> {
    let parts = split_at_colons(text).map(|(who, says)| (who, Some(says))).chain([(text, None)]);
    let mut dated = parts.filter_map(|(who, says)| match day_behind(who) {
        (who, Some(day)) => Some((who, day, says)),
        (_, None) => None,
    });
    let whole = dated.next().and_then(|(who, day, says)| Some((person(who)?, day, says)));
    let (by, day, says) = whole.ok_or_else(|| {
        "write a role, a name and a day with commas between, for example `Head of risk, D. Name, 2026-10-01: The results of last year`"
            .to_owned()
    })?;
    Ok(Request { by, on: day?, says: text_behind(says, "what they asked for")? })
}

/// `TITLE=FILE`.
pub(super) fn evidence(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(title, at)| (title.trim(), at));
    let (title, at) = parts.filter(|(title, at)| !title.is_empty() && !at.is_empty()).ok_or_else(|| {
        "write what it is, `=` and where it is, for example `Impact assessment=docs/dpia.pdf`".to_owned()
    })?;
    Ok((title.to_owned(), at.to_owned()))
}

/// A text in two, at each of its colons.
fn split_at_colons(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let colons = text.match_indices(':').filter_map(|(at, _)| text.split_at_checked(at));
    colons.filter_map(|(before, rest)| Some((before, rest.strip_prefix(':')?)))
}

/// What stands before `, DATE`, and the day. What begins as a day does and is none is a fault: it is no part of a name.
fn day_behind(text: &str) -> (&str, Option<Result<Date, String>>) {
    let parts = text.rsplit_once(',').map(|(before, day)| (before.trim(), day.trim()));
    match parts.filter(|(_, day)| day.starts_with(|first: char| first.is_ascii_digit())) {
        None => (text.trim(), None),
        Some((before, day)) => {
            let none = || format!("{} is not a day: write year, month and day, for example 2026-11-22", quoted(day));
            (before, Some(date(day).ok_or_else(none)))
        }
    }
}

/// A text that may be left out, but not be empty.
fn text_behind(says: Option<&str>, what: &str) -> Result<Option<String>, String> {
    match says.map(str::trim) {
        Some("") => Err(format!("say {what} behind the last colon, or leave the colon out")),
        says => Ok(says.map(str::to_owned)),
    }
}

/// `ROLE, NAME`.
fn person(text: &str) -> Option<Person> {
    let (role, name) = text.split_once(',').map(|(role, name)| (role.trim(), name.trim()))?;
    (!role.is_empty() && !name.is_empty()).then(|| Person { name: name.to_owned(), role: role.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{condition, consulted, request};

    #[test]
    fn who_was_consulted_when_and_what_they_said() {
        let case = |text: &str| {
            let one = consulted(text)?;
            Ok::<_, String>((one.role, one.name, one.on.map(|day| day.to_string()), one.view.word(), one.says))
        };
        let some = |text: &str| Some(text.to_owned());
        let own = str::to_owned;
        assert_eq!(case("DPO, A. Name: agrees"), Ok((own("DPO"), own("A. Name"), None, "agrees", None)));
        assert_eq!(
            case("DPO: borders, A. Name, OBE, 2026-11-20 : disagrees : Two things: fewer, and later."),
            Ok((
                own("DPO: borders"),
                own("A. Name, OBE"),
                some("2026-11-20"),
                "disagrees",
                some("Two things: fewer, and later.")
            ))
        );
        for (text, why) in [
            ("DPO, A. Name", "write a role"),
            ("DPO, A. Name: agree", "the views are"),
            ("A. Name: agrees", "with a comma between"),
            ("2026-11-20: agrees", "with a comma between"),
            ("DPO, A. Name: disagrees: ", "behind the last colon"),
            ("DPO, A. Name, 2026-02-30: agrees", "`2026-02-30` is not a day"),
            ("DPO, A. Name, 20 November: agrees", "`20 November` is not a day"),
        ] {
            assert!(case(text).as_ref().is_err_and(|said| said.contains(why)), "{text}: {:?}", case(text));
        }
    }

    #[test]
    fn who_asked_when_and_for_what() {
        let case = |text: &str| request(text).map(|one| (one.by.role, one.by.name, one.on.to_string(), one.says));
        let own = str::to_owned;
        let expected = |says: Option<&str>| Ok((own("Head: risk"), own("D. Name"), own("2026-10-01"), says.map(own)));
        assert_eq!(case("Head: risk, D. Name, 2026-10-01"), expected(None));
        assert_eq!(case("Head: risk, D. Name, 2026-10-01: A, 2025: all"), expected(Some("A, 2025: all")));
        for (text, why) in [
            ("Head, D. Name", "a day with commas"),
            ("D. Name, 2026-10-01", "a day with commas"),
            ("Head, D. Name, 2026-13-01: x", "`2026-13-01` is not a day"),
            ("Head, D. Name, 2026-10-01:", "behind the last colon"),
        ] {
            assert!(case(text).as_ref().is_err_and(|said| said.contains(why)), "{text}: {:?}", case(text));
        }
    }

    #[test]
    fn a_condition_may_name_a_rule_a_flow_and_a_day() {
        let case = |text: &str| {
            let one = condition(text).unwrap();
            (one.rule, one.flow, one.by.map(|day| day.to_string()), one.says)
        };
        let some = |text: &str| Some(text.to_owned());
        let says = || "x: y".to_owned();
        assert_eq!(case("a.b@c, 2027-01-31: x: y"), (some("a.b"), some("c"), some("2027-01-31"), says()));
        assert_eq!(case("a.b: x: y"), (some("a.b"), None, None, says()));
        assert_eq!(case("Until spring, 2027: x: y"), (None, None, None, "Until spring, 2027: x: y".to_owned()));
        assert!(condition("a.b, 2027-02-30: x").is_err() && condition("a.b: ").is_err());
    }
}
