//! Which changes are asked for.

use super::change::{Mutant, Site};
use crate::model::Ix;
use crate::ruleset::Parts;

/// Ids and files whose changes are tried; empty for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Only(pub Vec<String>);

impl Only {
    /// Whether a change is asked for.
    #[must_use]
    pub fn covers(&self, parts: &Parts, mutant: &Mutant) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let file = parts.files.get(usize::from(mutant.place.file.0)).map_or("", String::as_str);
        let ids = ids(parts, mutant.site);
        self.0.iter().any(|name| is_file(name, file) || ids.contains(&name.as_str()))
    }

    /// The names that are neither an id nor a file.
    #[must_use]
    pub fn unknown(&self, parts: &Parts) -> Vec<&str> {
        let known: Vec<&str> = Self::names(parts).collect();
        let is_known = |name: &str| known.contains(&name) || parts.files.iter().any(|file| is_file(name, file));
        self.0.iter().map(String::as_str).filter(|name| !is_known(name)).collect()
    }

    /// Every name that can be asked for, files among them.
    pub fn names(parts: &Parts) -> impl Iterator<Item = &str> {
        let rules = parts.rules.iter().map(|(_, rule)| rule.id.as_str());
        let questions = parts.questions.iter().map(|(_, question)| question.id.as_str());
        let derived = parts.derived.iter().map(|(_, fact)| fact.id.as_str());
        let myths = parts.myths.iter().map(|(_, myth)| myth.id.as_str());
        let lists = parts.lists.iter().filter(|(_, list)| list.each.is_none());
        let options = lists.flat_map(|(_, list)| list.choices.iter().map(|choice| choice.id.as_str()));
        let files = parts.files.iter().map(String::as_str).filter(|file| !file.starts_with("cases/"));
        rules.chain(questions).chain(derived).chain(myths).chain(options).chain(files)
    }
}

/// Whether a name is that of a file, by its path in the ruleset or by a longer one.
fn is_file(name: &str, file: &str) -> bool {
    let name = name.replace('\\', "/");
    name == file || name.strip_suffix(file).is_some_and(|before| before.ends_with('/'))
}

fn ids(parts: &Parts, site: Site) -> Vec<&str> {
    let rule = |ix| parts.rules.get(ix).map(|rule| rule.id.as_str());
    let id = match site {
        // The head of a file is part of each of its rules.
        Site::Head(theme) => {
            let rules = parts.rules.iter().filter(|(_, rule)| rule.theme == theme);
            return rules.map(|(_, rule)| rule.id.as_str()).collect();
        }
        Site::When(ix) | Site::Met(ix) | Site::Rule(ix) => rule(ix),
        Site::Question(ix) => parts.questions.get(ix).map(|question| question.id.as_str()),
        Site::Choice(list, at) => {
            let choice = parts.lists.get(list).and_then(|list| list.choices.get(at.index()));
            choice.map(|choice| choice.id.as_str())
        }
        Site::Case(ix, _) | Site::Cases(ix) => parts.derived.get(ix).map(|fact| fact.id.as_str()),
        Site::Myth(ix) => parts.myths.get(ix).map(|myth| myth.id.as_str()),
    };
    id.into_iter().collect()
}
