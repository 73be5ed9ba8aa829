//! Manifests as people edit them by hand: the same answers in every style that YAML has, with comments everywhere.

use clearshare::model::{AnswerValue, Facts, QuestionIx};
use clearshare::ruleset::Ruleset;
use clearshare::yaml::quote_scalar;

use super::super::Rng;

/// Writes manifests in the styles of many people.
pub(super) struct Hand<'r> {
    pub(super) ruleset: &'r Ruleset,
    pub(super) rng: Rng,
    /// How many comments have been planted.
    pub(super) planted: usize,
}

/// A mapping's key with what stands under it.
enum Tree {
    Value(QuestionIx),
    Section(Vec<(String, Tree)>),
}

impl Hand<'_> {
    /// A manifest of these facts, with these lines somewhere among its sections.
    pub(super) fn write(&mut self, facts: &Facts, others: &[&str]) -> String {
        let mut lines = vec!["clearshare: 1".to_owned(), format!("ruleset: {}", self.ruleset.reference())];
        let mut blocks: Vec<Vec<String>> =
            others.iter().map(|text| text.lines().map(str::to_owned).collect()).collect();
        for (key, tree) in self.trees(facts) {
            let mut block = Vec::new();
            self.entry(&key, &tree, facts, 0, &mut block);
            let at = if self.rng.chance(30) { self.rng.below(blocks.len() + 1) } else { blocks.len() };
            blocks.insert(at, block);
        }
        for block in blocks {
            if self.rng.chance(40) {
                lines.push(String::new());
            }
            lines.extend(block);
        }
        let lines = self.commented(lines);
        let end = self.rng.pick(&["\n", "\n", "\r\n"]);
        let text = lines.join(end);
        if self.rng.chance(80) { text + end } else { text }
    }

    fn trees(&mut self, facts: &Facts) -> Vec<(String, Tree)> {
        let mut top = Vec::new();
        let mut answered: Vec<QuestionIx> = facts.iter().map(|(question, _)| question).collect();
        if self.rng.chance(30) && !answered.is_empty() {
            let at = self.rng.below(answered.len());
            answered.rotate_left(at);
        }
        for question in answered {
            let id = &self.ruleset.questions().get(question).unwrap().id;
            let mut place = &mut top;
            let parts: Vec<&str> = id.split('.').collect();
            let (last, sections) = parts.split_last().unwrap();
            for part in sections {
                let at = place.iter().position(|(key, _)| key == part).unwrap_or_else(|| {
                    place.push(((*part).to_owned(), Tree::Section(Vec::new())));
                    place.len() - 1
                });
                let Tree::Section(inner) = &mut place[at].1 else { panic!("{id} stands under an answer") };
                place = inner;
            }
            place.push(((*last).to_owned(), Tree::Value(question)));
        }
        top
    }

    fn entry(&mut self, key: &str, tree: &Tree, facts: &Facts, column: usize, lines: &mut Vec<String>) {
        let lead = " ".repeat(column);
        let key = self.rng.pick(&[key.to_owned(), key.to_owned(), key.to_owned(), format!("\"{key}\"")]);
        match tree {
            Tree::Value(question) => {
                let value = facts.get(*question).unwrap().value.clone();
                self.value(&format!("{lead}{key}:"), *question, &value, column, lines);
            }
            Tree::Section(inner) => match self.rng.below(4) {
                0 => lines.push(format!("{lead}{key}: {}", self.braces(inner, facts))),
                1 => {
                    lines.push(format!("{lead}{key}: {{"));
                    for (at, (key, tree)) in inner.iter().enumerate() {
                        let comma = if at + 1 < inner.len() || self.rng.chance(30) { "," } else { "" };
                        lines.push(format!("{lead}    {key}: {}{comma}", self.inside(tree, facts)));
                    }
                    lines.push(format!("{lead}  }}"));
                }
                _ => {
                    lines.push(format!("{lead}{key}:"));
                    let step = self.rng.pick(&[2, 2, 2, 4]);
                    for (key, tree) in inner {
                        self.entry(key, tree, facts, column + step, lines);
                    }
                }
            },
        }
    }

    fn braces(&mut self, inner: &[(String, Tree)], facts: &Facts) -> String {
        let parts: Vec<String> =
            inner.iter().map(|(key, tree)| format!("{key}: {}", self.inside(tree, facts))).collect();
        if self.rng.chance(50) { format!("{{ {} }}", parts.join(", ")) } else { format!("{{{}}}", parts.join(", ")) }
    }

    fn inside(&mut self, tree: &Tree, facts: &Facts) -> String {
        match tree {
            Tree::Section(inner) => self.braces(inner, facts),
            Tree::Value(question) => match &facts.get(*question).unwrap().value {
                AnswerValue::Text(text) => quote_scalar(text).into_owned(),
                value => {
                    let items = self.items(*question, value);
                    if items.len() == 1 && !value.is_unknown() || matches!(value, AnswerValue::Unknown) {
                        items[0].clone()
                    } else {
                        format!("[{}]", items.join(", "))
                    }
                }
            },
        }
    }

    fn items(&mut self, question: QuestionIx, value: &AnswerValue) -> Vec<String> {
        let name = |option| self.ruleset.choice(question, option).unwrap().id.clone();
        let mut items: Vec<String> = match value {
            AnswerValue::Unknown => vec!["unknown".to_owned()],
            AnswerValue::One(option) => vec![name(*option)],
            AnswerValue::Any { chosen, more } => {
                let mut items: Vec<String> = chosen.iter().map(|option| name(*option)).collect();
                items.extend(more.then(|| "unknown".to_owned()));
                if items.is_empty() { vec!["none".to_owned()] } else { items }
            }
            AnswerValue::Text(_) => panic!("a text has no items"),
        };
        let at = self.rng.below(items.len());
        items.rotate_left(at);
        let quoted =
            |item: String| self.rng.pick(&[item.clone(), item.clone(), format!("'{item}'"), format!("\"{item}\"")]);
        items.into_iter().map(quoted).collect()
    }

    /// Writes an answer below, or beside, its key.
    fn value(&mut self, key: &str, question: QuestionIx, value: &AnswerValue, column: usize, lines: &mut Vec<String>) {
        let lead = " ".repeat(column);
        if let AnswerValue::Text(text) = value {
            match self.rng.below(4) {
                0 => lines.extend([format!("{key} |-"), format!("{lead}  {text}")]),
                1 => lines.extend([format!("{key} >-"), format!("{lead}  {text}")]),
                2 => lines.extend([key.to_owned(), format!("{lead}  {}", quote_scalar(text))]),
                _ => lines.push(format!("{key} {}", quote_scalar(text))),
            }
            return;
        }
        let items = self.items(question, value);
        let single = matches!(value, AnswerValue::Unknown | AnswerValue::One(_));
        if single || items.len() == 1 && self.rng.chance(50) {
            lines.push(format!("{key} {}", items[0]));
            return;
        }
        match self.rng.below(4) {
            0 | 1 => lines.push(format!("{key} [{}]", items.join(self.rng.pick(&[", ", ",  "])))),
            2 => {
                let inner = self.rng.pick(&[0, 2]);
                lines.push(key.to_owned());
                lines.extend(items.iter().map(|item| format!("{lead}{}- {item}", " ".repeat(inner))));
            }
            _ => {
                lines.push(format!("{key} ["));
                let comma = |at: usize| if at + 1 < items.len() { "," } else { "" };
                lines.extend(items.iter().enumerate().map(|(at, item)| format!("{lead}    {item}{}", comma(at))));
                lines.push(format!("{lead}  ]"));
            }
        }
    }

    /// Comments and empty lines at random places. A block text's lines are let alone.
    fn commented(&mut self, lines: Vec<String>) -> Vec<String> {
        let most = self.rng.pick(&[0, 10, 30]);
        let (mut out, mut text) = (Vec::new(), false);
        for line in lines {
            if !text && self.rng.chance(most) {
                let column = self.rng.pick(&[0, 2, 4, line.len() - line.trim_start().len()]);
                let own = self.comment();
                out.push(format!("{}{own}", " ".repeat(column)));
            }
            if !text && self.rng.chance(most / 3) {
                out.push(String::new());
            }
            text = line.ends_with("|-") || line.ends_with(">-");
            let beside = !text
                && !line.is_empty()
                && !out.last().is_some_and(|above: &String| above.ends_with("|-") || above.ends_with(">-"));
            out.push(if beside && self.rng.chance(most / 2) { format!("{line}  {}", self.comment()) } else { line });
        }
        out
    }

    fn comment(&mut self) -> String {
        self.planted += 1;
        format!("# planted-{}.", self.planted)
    }
}
