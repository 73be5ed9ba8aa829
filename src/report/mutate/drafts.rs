//! Drafts of cases: the facts are filled in, and what should come out of them is left to a person.

use std::collections::BTreeMap;

use super::{MutationReport, id};
use crate::manifest::write_facts;
use crate::mutate::{Draft, Effect};
use crate::report::snippet::location;
use crate::ruleset::Ruleset;
use crate::text::{FileId, visible};

/// What stands where a person has to judge. It is no word of a case, so a file that holds it is a fault.
const TO_DO: &str = "TO-DO";

/// What every file begins with.
const HEAD: &str = "\
# Drafts of cases, written by `clearshare rules mutate`. The facts are the fewest that show the changes named above each case;
# more may be added. Nothing here says what the right advice is: read the sources, and put your judgement in place of every
# TO-DO. Until then this file is a fault, on purpose.
cases:
";

/// The files of drafts: the name of each and what it holds.
#[must_use]
pub fn files(report: &MutationReport<'_>, drafts: &[Draft<'_>]) -> Vec<(String, String)> {
    let mut files: Vec<(FileId, String, String, usize)> = Vec::new();
    for draft in drafts {
        if files.last().is_none_or(|(file, ..)| *file != draft.file) {
            let name = stem(report.ruleset, draft.file);
            files.push((draft.file, name, HEAD.to_owned(), 0));
        }
        if let Some((_, name, text, count)) = files.last_mut() {
            *count += 1;
            case(report, draft, &format!("draft-{name}-{count}"), text);
        }
    }
    files.into_iter().map(|(_, name, text, _)| (format!("draft-{name}.yaml"), text)).collect()
}

/// The names that files of drafts can have, whatever survives.
#[must_use]
pub fn names(ruleset: &Ruleset) -> Vec<String> {
    ruleset.files().iter().map(|path| format!("draft-{}.yaml", stem_of(path))).collect()
}

/// `rules-transfers` for `rules/transfers.yaml`.
fn stem(ruleset: &Ruleset, file: FileId) -> String {
    stem_of(ruleset.files().get(usize::from(file.0)).map_or("", String::as_str))
}

fn stem_of(path: &str) -> String {
    let letters = path.strip_suffix(".yaml").unwrap_or(path).chars();
    letters.map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }).collect()
}

fn case(report: &MutationReport<'_>, draft: &Draft<'_>, named: &str, text: &mut String) {
    text.push_str("  # Would catch:\n");
    for (judged, _) in &draft.catches {
        let at = location(judged.mutant.place, report.sources).unwrap_or_default();
        text.push_str(&format!("  # - {at}: {}\n", visible(&judged.mutant.words)));
    }
    text.push_str(&format!("  - id: {named}\n    title: {TO_DO}\n"));
    let facts = write_facts(report.ruleset.parts(), &draft.facts, 6);
    if facts.is_empty() {
        text.push_str("    given: {}\n");
    } else {
        text.push_str(&format!("    given:\n{facts}"));
    }
    let moot = draft.moot.iter().map(|ix| id(report.ruleset.questions(), *ix, |question| &question.id)).collect();
    let mut expected = Expected { moot, ..Expected::default() };
    draft.catches.iter().for_each(|(_, effect)| expected.add(report.ruleset, effect));
    expected.write(text);
}

/// What a case has to say.
#[derive(Default)]
struct Expected {
    /// For each rule, what is to be judged beside its status.
    rules: BTreeMap<String, Vec<&'static str>>,
    done: Vec<String>,
    derived: Vec<String>,
    /// Options by question.
    options: BTreeMap<String, Vec<String>>,
    myths: Vec<String>,
    asked: Vec<String>,
    /// Questions answered that do not arise.
    moot: Vec<String>,
    outcome: bool,
}

impl Expected {
    fn add(&mut self, ruleset: &Ruleset, effect: &Effect) {
        let rule = |ix| id(ruleset.rules(), ix, |rule| &rule.id);
        let question = |ix| id(ruleset.questions(), ix, |question| &question.id);
        let mut judge = |name: String, key: Option<&'static str>| {
            let keys = self.rules.entry(name).or_default();
            keys.extend(key.filter(|key| !keys.contains(key)));
        };
        match effect {
            Effect::Status { rule: ix, .. } => judge(rule(*ix), None),
            Effect::Level { rule: ix, .. } => judge(rule(*ix), Some("level")),
            Effect::Basis { rule: ix, .. } => judge(rule(*ix), Some("basis")),
            Effect::Due { rule: ix, .. } => judge(rule(*ix), Some("due")),
            Effect::NoReferral { rule: ix, .. } => judge(rule(*ix), Some("refer")),
            Effect::Recordable(ix) => {
                judge(rule(*ix), None);
                once(&mut self.done, rule(*ix));
            }
            Effect::Derived { fact, .. } => once(&mut self.derived, id(ruleset.derived(), *fact, |fact| &fact.id)),
            Effect::Candidate { question: ix, option, .. } => {
                let option = ruleset.choice(*ix, *option).map_or_else(String::new, |choice| choice.id.clone());
                once(self.options.entry(question(*ix)).or_default(), option);
            }
            Effect::Myth { myth, .. } => once(&mut self.myths, id(ruleset.myths(), *myth, |myth| &myth.id)),
            Effect::Arises { question: ix, .. } => once(&mut self.asked, question(*ix)),
            Effect::Outcome { .. } => self.outcome = true,
        }
    }

    fn write(&self, text: &mut String) {
        for question in &self.asked {
            text.push_str(&format!(
                "    # {TO_DO}: put an answer to {question} under `given`, or expect it not to arise\n"
            ));
        }
        if !self.done.is_empty() {
            text.push_str(&format!("    done: [{}]\n", self.done.join(", ")));
        }
        text.push_str("    expect:\n");
        if self.outcome {
            text.push_str(&format!("      outcome: {TO_DO}\n"));
        }
        text.push_str("      rules:\n");
        if self.rules.is_empty() {
            // A case names at least one rule.
            text.push_str(&format!("        {TO_DO}: {TO_DO} # a rule that matters to this story\n"));
        }
        for (rule, keys) in &self.rules {
            if keys.is_empty() {
                text.push_str(&format!("        {rule}: {TO_DO}\n"));
            } else {
                let keys: Vec<String> = keys.iter().map(|key| format!(", {key}: {TO_DO}")).collect();
                text.push_str(&format!("        {rule}: {{ status: {TO_DO}{} }}\n", keys.concat()));
            }
        }
        if !self.derived.is_empty() {
            text.push_str("      derived:\n");
            self.derived.iter().for_each(|fact| text.push_str(&format!("        {fact}: {TO_DO}\n")));
        }
        if !self.options.is_empty() {
            text.push_str("      # Move each option that is none to `not-candidates`, and take the TO-DO out.\n      candidates:\n");
            for (question, options) in &self.options {
                text.push_str(&format!("        {question}: [{TO_DO}, {}]\n", options.join(", ")));
            }
        }
        if !self.myths.is_empty() {
            let names = self.myths.join(", ");
            text.push_str(&format!("      # Keep the myths that are answered here, and take the TO-DO out: {names}\n"));
            text.push_str("      # For one that is not, add `exactly: [myths]`.\n");
            text.push_str(&format!("      myths: [{TO_DO}, {names}]\n"));
        }
        if !self.moot.is_empty() {
            text.push_str("      # Keep the questions that do not arise here, and take the TO-DO out.\n");
            text.push_str(&format!("      does-not-arise: [{TO_DO}, {}]\n", self.moot.join(", ")));
        }
    }
}

fn once(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}
