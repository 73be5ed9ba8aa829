//! Answers as people nest them in YAML: `data: { form: records }` answers `data.form`.

use super::questions::SCREEN;
use crate::finding::{Code, Finding, Findings};
use crate::model::{AnswerValue, Kind, OptionIx, QuestionIx};
use crate::ruleset::Ruleset;
use crate::text::{Place, nearest, quoted};
use crate::yaml::{Entry, Node, Value, shape};

/// An answer as it was read, and the place of its value.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadAnswer {
    /// The question.
    pub question: QuestionIx,
    /// The answer.
    pub value: AnswerValue,
    /// Where the value stands.
    pub place: Place,
}

/// Reads the answers of a mapping. `others` are its keys that are not answers.
pub fn read_facts(ruleset: &Ruleset, entries: &[Entry], others: &[&str], findings: &mut Findings) -> Vec<ReadAnswer> {
    let mut reader = FactReader { ruleset, others, answers: Vec::new(), findings };
    reader.section("", entries);
    reader.answers
}

struct FactReader<'a> {
    ruleset: &'a Ruleset,
    others: &'a [&'a str],
    answers: Vec<ReadAnswer>,
    findings: &'a mut Findings,
}

impl FactReader<'_> {
    fn section(&mut self, prefix: &str, entries: &[Entry]) {
        for entry in entries {
            let top = prefix.is_empty();
            if top && self.others.contains(&entry.key.as_str()) {
                continue;
            }
            let path = if top { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
            // A dot inside a key would be a second way to say the same thing.
            let dotted = entry.key.contains('.');
            if let Some(question) = self.ruleset.question_named(&path).filter(|_| !dotted) {
                self.answer(question, &entry.value);
            } else if !dotted && self.is_section(&path) {
                match &entry.value.value {
                    Value::Map(inner) => self.section(&path, inner),
                    _ => self.findings.push(shape::wrong(&entry.value, "a mapping of answers")),
                }
            } else {
                self.unknown_key(prefix, &path, entry);
            }
        }
    }

    fn is_section(&self, path: &str) -> bool {
        self.children(path).next().is_some()
    }

    /// The names that may stand inside a section.
    fn children<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = &'s str> + 's {
        self.ruleset.questions().iter().filter_map(move |(_, question)| {
            let rest = if prefix.is_empty() {
                Some(question.id.as_str())
            } else {
                question.id.strip_prefix(prefix)?.strip_prefix('.')
            };
            rest?.split('.').next()
        })
    }

    fn unknown_key(&mut self, prefix: &str, path: &str, entry: &Entry) {
        let finding = Finding::new(Code::UnknownKey, format!("the key {} is not known here", quoted(&entry.key)))
            .at(entry.key_place);
        let in_screen = path.split('.').next() == Some(SCREEN) && path != SCREEN;
        if self.findings.is_flooded() {
            // What it may be a slip of is not looked for, so its line is not shown either.
            let hidden = finding.hide_source().help("a key is a part of a question's id");
            self.findings.push(if in_screen { screened(&hidden) } else { hidden });
            return;
        }
        let help = if let Some((section, key)) =
            entry.key.rsplit_once('.').filter(|_| self.ruleset.question_named(path).is_some())
        {
            format!("write `{key}:` inside `{}:`", section.replace('.', ":` inside `"))
        } else {
            let known: Vec<&str> = if prefix.is_empty() {
                self.children(prefix).chain(self.others.iter().copied()).collect()
            } else {
                self.children(prefix).collect()
            };
            let elsewhere = || {
                let ends = |id: &str| id.rsplit('.').next() == Some(entry.key.as_str());
                self.ruleset.questions().iter().find(|(_, q)| ends(&q.id)).map(|(_, q)| q.id.clone())
            };
            if let Some(near) = nearest(&entry.key, known.iter().copied()) {
                format!("did you mean `{near}`?")
            } else {
                let mut names: Vec<&str> = Vec::new();
                for name in known {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                names.truncate(16);
                let listed = format!("known here: {}", names.join(", "));
                elsewhere()
                    .map_or(listed, |id| format!("`{id}` is a question: its answer stands under its own section"))
            }
        };
        let finding = finding.help(help);
        self.findings.push(if in_screen {
            // A slip of the key beside a safety question may be an answer to it.
            screened(&finding)
        } else if self.may_be_screening(&entry.key) {
            finding.hide_source()
        } else {
            finding
        });
    }

    /// Whether a key may be a safety question's without its section.
    fn may_be_screening(&self, key: &str) -> bool {
        let screening = self.ruleset.questions().iter().filter(|(ix, _)| self.ruleset.is_screening(*ix));
        nearest(key, screening.flat_map(|(_, question)| question.id.split('.'))).is_some()
    }

    fn answer(&mut self, question: QuestionIx, node: &Node) {
        let Some(asked) = self.ruleset.questions().get(question) else { return };
        let hide = self.ruleset.is_screening(question);
        let mut findings = Findings::new();
        let value = match asked.kind {
            Kind::Text => shape::text(node, "a text", &mut findings).map(|text| AnswerValue::Text(text.to_owned())),
            Kind::YesNo | Kind::OneOf => self.one(question, node, &mut findings),
            Kind::AnyOf => self.several(question, node, &mut findings),
        };
        // What was answered to the safety screen is never shown, not even when it was misspelt.
        self.findings.append_with(findings, |finding| if hide { screened(&finding) } else { finding });
        if let Some(value) = value {
            self.answers.push(ReadAnswer { question, value, place: node.place });
        }
    }

    fn one(&self, question: QuestionIx, node: &Node, findings: &mut Findings) -> Option<AnswerValue> {
        if let Value::List(_) = node.value {
            findings.push(
                Finding::new(Code::SeveralAnswers, "this question takes one answer, not a list")
                    .at(node.place)
                    .help(self.if_several()),
            );
            return None;
        }
        let text = shape::text(node, "an answer", findings)?;
        if text == "unknown" {
            return Some(AnswerValue::Unknown);
        }
        self.option(question, text, node.place, findings).map(AnswerValue::One)
    }

    /// Cases have no keys but those of answers, and no flows.
    fn if_several(&self) -> &'static str {
        if self.others.is_empty() { "choose one" } else { "choose one; where several exchanges differ, use `flows`" }
    }

    fn several(&self, question: QuestionIx, node: &Node, findings: &mut Findings) -> Option<AnswerValue> {
        let items = match &node.value {
            Value::List(_) => shape::list(node, "a list of answers, or `none`", findings)?,
            _ => std::slice::from_ref(node),
        };
        let (mut chosen, mut more, mut nothing, mut faulty) = (Vec::new(), false, None, false);
        for item in items {
            let Some(text) = shape::text(item, "an answer", findings) else {
                faulty = true;
                continue;
            };
            match text {
                "unknown" => more = true,
                "none" => nothing = Some(item.place),
                _ => match self.option(question, text, item.place, findings) {
                    Some(option) if chosen.contains(&option) => {
                        faulty = true;
                        findings.push(
                            Finding::new(Code::DuplicateAnswer, format!("{} is named twice", quoted(text)))
                                .at(item.place)
                                .help("take one of them out"),
                        );
                    }
                    Some(option) => chosen.push(option),
                    None => faulty = true,
                },
            }
        }
        if let Some(place) = nothing.filter(|_| items.len() > 1) {
            findings.push(
                Finding::new(Code::NoneWithOthers, "`none` stands beside other answers")
                    .at(place)
                    .help("write `none` alone, or take it out"),
            );
            faulty = true;
        }
        chosen.sort_unstable();
        match (faulty, chosen.is_empty() && more) {
            (true, _) => None,
            (false, true) => Some(AnswerValue::Unknown),
            (false, false) => Some(AnswerValue::Any { chosen, more }),
        }
    }

    fn option(&self, question: QuestionIx, text: &str, place: Place, findings: &mut Findings) -> Option<OptionIx> {
        let asked = self.ruleset.questions().get(question)?;
        let written = if asked.kind == Kind::YesNo { super::condition::yes_no_text(text) } else { text };
        let found = self.ruleset.option_named(question, written);
        if found.is_none() {
            let choices = self.ruleset.choices(question);
            let extra: &[&str] = if asked.kind == Kind::AnyOf { &["none", "unknown"] } else { &["unknown"] };
            let names: Vec<&str> = choices.iter().map(|c| c.id.as_str()).chain(extra.iter().copied()).collect();
            let finding =
                Finding::new(Code::UnknownOption, format!("{} is not an answer to `{}`", quoted(text), asked.id))
                    .at(place);
            let near = if self.findings.is_flooded() { None } else { findings.suggest(text, names.iter().copied()) };
            findings.push(match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None if names.len() <= 16 => finding.help(format!("it can be {}", names.join(", "))),
                None => finding.help(format!("`clearshare explain {}` lists what it can be", asked.id)),
            });
        }
        found
    }
}

/// The same fault without anything of the answer in it.
fn screened(finding: &Finding) -> Finding {
    let hidden = Finding::new(finding.code(), "the answer to a safety question cannot be read")
        .help("`clearshare init` shows how it is written; what you answered is not shown here")
        .hide_source();
    match finding.place() {
        Some(place) => hidden.at(place),
        None => hidden,
    }
}
