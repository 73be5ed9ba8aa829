//! What a case expects.

use super::words::{BASES, DUES, LEVELS, OUTCOMES, STATUSES};
use super::{CaseReader, UNDETERMINED, rule_names};
use crate::finding::{Code, Finding};
use crate::model::{
    DerivedIx, Expect, ExpectedFact, ExpectedOptions, ExpectedRule, Ix, MythIx, OptionIx, QuestionIx, RoleIx, RuleIx,
    ValueIx, Written,
};
use crate::ruleset::Ruleset;
use crate::text::quoted;
use crate::yaml::{Fields, Node, Value, shape};

impl CaseReader<'_, '_> {
    pub(super) fn expect(&mut self, node: &Node) -> Option<Expect> {
        let mut fields = Fields::new(node, "what is expected, such as `outcome: stop`", self.findings)?;
        let place = fields.place();
        let exactly = fields.optional("exactly").map(|node| self.exactly(node)).unwrap_or_default();
        let outcome = match fields.optional("outcome") {
            Some(node) => self.word(node, "an outcome", &OUTCOMES).map(Some),
            None => Some(None),
        };
        // Where every rule is checked, none need be named.
        let rules = if exactly.rules.is_some() {
            Some(fields.optional("rules").map(|node| self.statuses(node)).unwrap_or_default())
        } else {
            fields.required("rules", self.findings).map(|node| self.some_statuses(node))
        };
        let derived = fields.optional("derived").map(|node| self.values(node)).unwrap_or_default();
        let candidates = fields.optional("candidates").map(|node| self.options(node)).unwrap_or_default();
        let not_candidates = fields.optional("not-candidates").map(|node| self.options(node)).unwrap_or_default();
        let myths = fields.optional("myths").map(|node| self.names(node, "myth", Code::UnknownName, myth_names));
        let moot = fields.optional("does-not-arise").map(|node| {
            self.names(node, "question", Code::UnknownFact, |r| {
                r.questions().iter().map(|(_, q)| q.id.as_str()).collect()
            })
        });
        fields.finish(self.findings);
        let moot = moot.unwrap_or_default().into_iter();
        let myths = myths.unwrap_or_default().into_iter();
        Some(Expect {
            outcome: outcome?,
            rules: rules?,
            derived,
            candidates,
            not_candidates,
            myths: myths.map(|name| Written { value: MythIx::new(name.value), place: name.place }).collect(),
            moot: moot.map(|name| Written { value: QuestionIx::new(name.value), place: name.place }).collect(),
            exactly,
            place,
        })
    }

    /// The right outcome for the wrong reason is no pass, so a case names a rule.
    fn some_statuses(&mut self, node: &Node) -> Vec<ExpectedRule> {
        if matches!(&node.value, Value::Map(entries) if entries.is_empty()) {
            self.findings.push(
                Finding::new(Code::EmptyList, "expected the status of at least one rule, found none")
                    .at(node.place)
                    .help("name the rules that this case is about, or write `exactly: rules`"),
            );
        }
        self.statuses(node)
    }

    fn statuses(&mut self, node: &Node) -> Vec<ExpectedRule> {
        let mut expected = Vec::new();
        for entry in self.entries(node, "statuses of rules, such as `power.named: applies`") {
            let rules = rule_names(self.ruleset);
            let found = self.resolve(&entry.key, entry.key_place, "rule", Code::UnknownRule, &rules);
            let Some(rule) = found.map(RuleIx::new) else { continue };
            expected.extend(match &entry.value.value {
                Value::Map(_) => self.rule(&entry.value, rule),
                _ => self.word(&entry.value, "a status", &STATUSES).map(|status| ExpectedRule {
                    rule,
                    status,
                    level: None,
                    basis: None,
                    due: None,
                    refer: None,
                }),
            });
        }
        expected
    }

    /// What is expected of one rule beside its status.
    fn rule(&mut self, node: &Node, rule: RuleIx) -> Option<ExpectedRule> {
        let mut fields = Fields::new(node, "what is expected of a rule, such as `status: applies`", self.findings)?;
        let status = fields.required("status", self.findings).and_then(|node| self.word(node, "a status", &STATUSES));
        let level = fields.optional("level").and_then(|node| self.word(node, "a level", &LEVELS));
        let basis = fields.optional("basis").and_then(|node| self.word(node, "a basis", &BASES));
        let due = fields.optional("due").and_then(|node| self.word(node, "when a rule is due", &DUES));
        let refer = fields.optional("refer").and_then(|node| self.role(node));
        fields.finish(self.findings);
        Some(ExpectedRule { rule, status: status?, level, basis, due, refer })
    }

    fn role(&mut self, node: &Node) -> Option<Written<RoleIx>> {
        let text = shape::text(node, "a role", self.findings)?;
        let names: Vec<&str> = self.ruleset.roles().iter().map(|(_, role)| role.id.as_str()).collect();
        let found = self.resolve(text, node.place, "role", Code::UnknownRole, &names);
        found.map(|at| Written { value: RoleIx::new(at), place: node.place })
    }

    fn values(&mut self, node: &Node) -> Vec<ExpectedFact> {
        let mut values = Vec::new();
        for entry in self.entries(node, "values of derived facts, such as `tier: official`") {
            let names: Vec<&str> = self.ruleset.derived().iter().map(|(_, d)| d.id.as_str()).collect();
            let found = self.resolve(&entry.key, entry.key_place, "derived fact", Code::UnknownFact, &names);
            let Some(fact) = found.map(DerivedIx::new) else { continue };
            let Some(text) = shape::text(&entry.value, "a value", self.findings) else { continue };
            let place = entry.value.place;
            if text == UNDETERMINED {
                values.push(ExpectedFact { fact, value: Written { value: None, place } });
                continue;
            }
            let of = self.ruleset.derived().get(fact);
            let known: Vec<&str> = of.iter().flat_map(|d| &d.values).map(|value| value.name.as_str()).collect();
            let value = self.resolve(text, place, "value", Code::UnknownOption, &known);
            let number = |at: usize| ValueIx(u16::try_from(at).unwrap_or(u16::MAX));
            values.extend(value.map(|at| ExpectedFact { fact, value: Written { value: Some(number(at)), place } }));
        }
        values
    }

    fn options(&mut self, node: &Node) -> Vec<ExpectedOptions> {
        let mut groups = Vec::new();
        for entry in self.entries(node, "options by question, such as `power.gateway: [trade-act-s13]`") {
            let asked: Vec<&str> = self.ruleset.questions().iter().map(|(_, q)| q.id.as_str()).collect();
            let found = self.resolve(&entry.key, entry.key_place, "question", Code::UnknownFact, &asked);
            let Some(question) = found.map(QuestionIx::new) else { continue };
            let shown = self.ruleset.questions().get(question).is_some_and(|q| q.candidates.is_some());
            if !shown {
                self.findings.push(
                    Finding::new(Code::NoCandidates, format!("{} shows no candidates", quoted(&entry.key)))
                        .at(entry.key_place)
                        .help("name a question that has `candidates`"),
                );
                continue;
            }
            let names = self.names(&entry.value, "option", Code::UnknownOption, |r| {
                r.choices(question).iter().map(|choice| choice.id.as_str()).collect()
            });
            let options = names.into_iter();
            let options = options.map(|name| Written { value: OptionIx::new(name.value), place: name.place }).collect();
            groups.push(ExpectedOptions { question, options });
        }
        groups
    }
}

fn myth_names(ruleset: &Ruleset) -> Vec<&str> {
    ruleset.myths().iter().map(|(_, myth)| myth.id.as_str()).collect()
}
