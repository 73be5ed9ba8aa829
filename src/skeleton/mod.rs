//! A small ruleset to start from: it reads without a fault, verifies, passes its own tests, and explains itself.

use crate::finding::Findings;
use crate::format::{Layout, lay_out};
use crate::model::Date;
use crate::ruleset::Version;
use crate::text::Sources;
use crate::yaml::quote_scalar;

/// The files, as they are but for what [`Start`] says.
const FILES: [(&str, &str); 10] = [
    ("cases/first.yaml", include_str!("files/cases/first.yaml")),
    ("derived.yaml", include_str!("files/derived.yaml")),
    ("glossary.yaml", include_str!("files/glossary.yaml")),
    ("myths.yaml", include_str!("files/myths.yaml")),
    ("options/places.yaml", include_str!("files/options/places.yaml")),
    ("questions.yaml", include_str!("files/questions.yaml")),
    ("roles.yaml", include_str!("files/roles.yaml")),
    ("rules/first.yaml", include_str!("files/rules/first.yaml")),
    ("ruleset.yaml", include_str!("files/ruleset.yaml")),
    ("sources.yaml", include_str!("files/sources.yaml")),
];

/// What a new ruleset is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: Version,
    /// Its title.
    pub title: String,
    /// Who keeps it.
    pub keeper: String,
    /// The day it is begun: the law is as at this day.
    pub today: Date,
}

/// The files of a new ruleset: paths below its folder, with `/`, and their text, in order of path.
#[must_use]
pub fn skeleton(start: &Start) -> Vec<(&'static str, String)> {
    let first = start.today.first_of_month().to_string();
    let values = [
        ("@ID@", quote_scalar(&start.id).into_owned()),
        ("@VERSION@", start.version.to_string()),
        ("@TITLE@", quote_scalar(&start.title).into_owned()),
        ("@KEEPER@", quote_scalar(&start.keeper).into_owned()),
        ("@TODAY@", start.today.to_string()),
        ("@FIRST@", first),
    ];
    FILES.iter().map(|(path, text)| (*path, laid_out(path, filled(text, &values)))).collect()
}

/// The file as `rules fmt` leaves it: what was put in may need no quotes.
fn laid_out(path: &str, text: String) -> String {
    match lay_out(Some(path), path, text.as_bytes(), &mut Sources::new(), &mut Findings::new()) {
        Layout::Text(laid) => laid,
        Layout::Faults | Layout::Changed => text,
    }
}

/// A text with its marks replaced. What is put in is not looked at again.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    for (at, part) in text.split('@').enumerate() {
        // Between two marks stands a name; everywhere else the text has none.
        let mark = format!("@{part}@");
        match values.iter().find(|(name, _)| at % 2 == 1 && *name == mark) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(part),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulefile::read_ruleset;

    fn start(title: &str) -> Start {
        Start {
            id: "nl-dpia".to_owned(),
            version: "2026.11".parse().expect("a version"),
            title: title.to_owned(),
            keeper: "Data: the team".to_owned(),
            today: Date::constant(2026, 11, 22),
        }
    }

    #[test]
    fn it_reads_without_a_fault_and_its_cases_pass() {
        let files: Vec<(String, Vec<u8>)> = skeleton(&start("A \"title\" with @ID@ # in it"))
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text.into_bytes()))
            .collect();
        let loaded = read_ruleset(&files).unwrap_or_else(|faults| panic!("{:#?}", faults.findings));
        let info = loaded.ruleset.info();
        assert_eq!((info.id.as_str(), info.title.as_str()), ("nl-dpia", "A \"title\" with @ID@ # in it"));
        assert_eq!(info.keeper, "Data: the team");
        assert_eq!(info.law_as_at, Date::constant(2026, 11, 22));
        assert!(info.covers.includes(Date::constant(2026, 11, 1)));
        assert!(loaded.cases.cases.len() > 4);
    }

    #[test]
    fn its_files_are_written_as_they_are_laid_out() {
        let written = skeleton(&start("A title"));
        let info = written.iter().find(|(path, _)| *path == "ruleset.yaml").map(|(_, text)| text.as_str());
        assert!(
            info.is_some_and(|text| text.contains("\ntitle: A title\n") && text.contains("\nversion: \"2026.11\"\n"))
        );
        for ((path, text), (_, template)) in written.iter().zip(FILES) {
            let untouched = !template.contains('@');
            assert!(!untouched || text == template, "{path} is not laid out");
        }
    }
}
