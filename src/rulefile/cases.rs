//! `cases/*.yaml`: the ruleset's own tests.

use super::facts::read_facts;
use super::files::Files;
use super::reader::{read_date, read_url};
use crate::finding::{Code, Finding, Findings};
use crate::model::{
    Answer, Case, CaseSet, DerivedIx, Expect, Facts, Given, Ix, MythIx, OptionIx, Outcome, Profile, QuestionIx, RuleIx,
    Status, ValueIx, is_id,
};
use crate::ruleset::Ruleset;
use crate::text::{Place, quoted};
use crate::yaml::{Entry, Fields, Node, Value, shape};

/// How a case says that the value of a derived fact is not known.
pub(super) const UNDETERMINED: &str = "undetermined";

/// Reads the cases of a ruleset that was validated.
pub(super) fn read_cases(ruleset: &Ruleset, files: &Files, findings: &mut Findings) -> CaseSet {
    let mut reader = CaseReader { ruleset, findings, set: CaseSet::default(), assumed: Vec::new() };
    let roots: Vec<&Node> = files.cases().filter_map(|(_, root)| root).collect();
    let mut cases: Vec<&Node> = Vec::new();
    for root in roots {
        let Some(mut fields) = Fields::new(root, "profiles and cases, such as `cases: [ … ]`", reader.findings)
        else {
            continue;
        };
        let profiles =
            fields.optional("profiles").and_then(|node| shape::list(node, "a list of profiles", reader.findings));
        let items = fields.optional("cases").and_then(|node| shape::list(node, "a list of cases", reader.findings));
        fields.finish(reader.findings);
        profiles.unwrap_or(&[]).iter().for_each(|node| reader.profile(node));
        cases.extend(items.unwrap_or(&[]));
    }
    for node in cases {
        if let Some(case) = reader.case(node) {
            reader.set.cases.push(case);
        }
    }
    reader.unused_profiles();
    reader.set
}

struct CaseReader<'a, 'f> {
    ruleset: &'a Ruleset,
    findings: &'f mut Findings,
    set: CaseSet,
    /// For each profile, where it is written and whether some case assumes it.
    assumed: Vec<(Place, bool)>,
}

impl CaseReader<'_, '_> {
    fn profile(&mut self, node: &Node) {
        let Some(mut fields) = Fields::new(node, "a profile, such as `id: routine`", self.findings) else { return };
        let id = self.id(&mut fields);
        let facts = fields.required("facts", self.findings).and_then(|node| self.facts(node));
        fields.finish(self.findings);
        if let Some((id, place)) = id {
            // Also with answers at fault, so that the cases that assume it are not at fault for that.
            self.set.profiles.push(Profile { id, facts: facts.unwrap_or_default() });
            self.assumed.push((place, false));
        }
    }

    /// An id, and where it is written.
    fn id(&mut self, fields: &mut Fields<'_>) -> Option<(String, Place)> {
        let node = fields.required("id", self.findings)?;
        let text = shape::text(node, "a text", self.findings)?;
        if !is_id(text) {
            self.findings.push(
                Finding::new(Code::BadId, format!("{} is not an id", quoted(text)))
                    .at(node.place)
                    .help("an id is lower-case letters, digits and single hyphens; dots separate its parts"),
            );
        }
        Some((text.to_owned(), node.place))
    }

    fn case(&mut self, node: &Node) -> Option<Case> {
        let mut fields = Fields::new(node, "a case, such as `id: mou-alone`", self.findings)?;
        let id = self.id(&mut fields);
        let title = self.text(&mut fields, "title");
        let source = fields.optional("source").and_then(|node| read_url(node, self.findings));
        fields.optional("note").and_then(|node| shape::text(node, "a text", self.findings));
        let as_of = fields.optional("as-of").and_then(|node| read_date(node, self.findings));
        let given = fields.required("given", self.findings).and_then(|node| self.facts(node));
        let assumed = fields.optional("assumed").map(|node| self.assumed(node));
        let done = fields.optional("done").map(|node| self.names(node, "rule", Code::UnknownRule, rule_names));
        let expect = fields.required("expect", self.findings).and_then(|node| self.expect(node));
        fields.finish(self.findings);
        Some(Case {
            id: id?.0,
            title: title?,
            source,
            as_of,
            given: given?,
            assumed: match assumed {
                Some(assumed) => Some(assumed?),
                None => None,
            },
            done: done.unwrap_or_default().into_iter().map(|(ix, _)| RuleIx::new(ix)).collect(),
            expect: expect?,
            place: node.place.start(),
        })
    }

    fn text(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
        let node = fields.required(key, self.findings)?;
        shape::text(node, "a text", self.findings).map(str::to_owned)
    }

    fn facts(&mut self, node: &Node) -> Option<Facts> {
        let Value::Map(entries) = &node.value else {
            self.findings.push(shape::wrong(node, "answers, such as `data: { form: records }`"));
            return None;
        };
        let mut facts = Facts::default();
        for read in read_facts(self.ruleset, entries, &[], self.findings) {
            facts.set(read.question, Answer { value: read.value, given: Given::Unstated });
        }
        Some(facts)
    }

    fn assumed(&mut self, node: &Node) -> Option<usize> {
        let text = shape::text(node, "the id of a profile", self.findings)?;
        let found = self.set.profiles.iter().position(|profile| profile.id == text);
        if let Some((_, used)) = found.and_then(|at| self.assumed.get_mut(at)) {
            *used = true;
        } else {
            let names = self.set.profiles.iter().map(|profile| profile.id.as_str());
            let near = self.findings.suggest(text, names);
            self.findings.push(unknown(Code::UnknownName, "profile", text, near, node.place));
        }
        found
    }

    fn unused_profiles(&mut self) {
        for ((place, used), profile) in self.assumed.iter().zip(&self.set.profiles) {
            if !used {
                self.findings.push(
                    Finding::new(Code::UnusedName, format!("nothing uses the profile {}", quoted(&profile.id)))
                        .at(*place)
                        .help("use it or take it out"),
                );
            }
        }
    }

    fn expect(&mut self, node: &Node) -> Option<Expect> {
        let mut fields = Fields::new(node, "what is expected, such as `outcome: stop`", self.findings)?;
        let outcome = match fields.optional("outcome") {
            Some(node) => self.outcome(node).map(Some),
            None => Some(None),
        };
        let rules = fields.required("rules", self.findings).map(|node| self.statuses(node));
        let derived = fields.optional("derived").map(|node| self.values(node)).unwrap_or_default();
        let candidates = fields.optional("candidates").map(|node| self.options(node)).unwrap_or_default();
        let not_candidates = fields.optional("not-candidates").map(|node| self.options(node)).unwrap_or_default();
        let myths = fields.optional("myths").map(|node| self.names(node, "myth", Code::UnknownName, myth_names));
        fields.finish(self.findings);
        Some(Expect {
            outcome: outcome?,
            rules: rules?,
            derived,
            candidates,
            not_candidates,
            myths: myths.unwrap_or_default().into_iter().map(|(ix, _)| MythIx::new(ix)).collect(),
        })
    }

    fn outcome(&mut self, node: &Node) -> Option<Outcome> {
        let text = shape::text(node, "an outcome", self.findings)?;
        let outcome = Outcome::from_word(text);
        if outcome.is_none() {
            self.findings.push(
                Finding::new(Code::UnknownWord, format!("{} is not an outcome", quoted(text)))
                    .at(node.place)
                    .help("it is `stop`, `refer`, `incomplete`, `act-first` or `ready`"),
            );
        }
        outcome
    }

    fn statuses(&mut self, node: &Node) -> Vec<(RuleIx, Status)> {
        let mut statuses = Vec::new();
        for entry in self.entries(node, "statuses of rules, such as `power.named: applies`") {
            let rules = rule_names(self.ruleset);
            let Some(ix) = self.resolve(&entry.key, entry.key_place, "rule", Code::UnknownRule, &rules) else {
                continue;
            };
            let Some(text) = shape::text(&entry.value, "a status", self.findings) else { continue };
            match Status::WORDS.iter().find(|(word, _)| *word == text) {
                Some((_, status)) => statuses.push((RuleIx::new(ix), *status)),
                None => self.findings.push(
                    Finding::new(Code::UnknownWord, format!("{} is not a status", quoted(text)))
                        .at(entry.value.place)
                        .help("it is `applies`, `met`, `done`, `waived`, `not-applicable` or `undetermined`"),
                ),
            }
        }
        statuses
    }

    fn values(&mut self, node: &Node) -> Vec<(DerivedIx, Option<ValueIx>)> {
        let mut values = Vec::new();
        for entry in self.entries(node, "values of derived facts, such as `tier: official`") {
            let names: Vec<&str> = self.ruleset.derived().iter().map(|(_, d)| d.id.as_str()).collect();
            let found = self.resolve(&entry.key, entry.key_place, "derived fact", Code::UnknownFact, &names);
            let Some(ix) = found.map(DerivedIx::new) else { continue };
            let Some(text) = shape::text(&entry.value, "a value", self.findings) else { continue };
            if text == UNDETERMINED {
                values.push((ix, None));
                continue;
            }
            let known: Vec<&str> = self
                .ruleset
                .derived()
                .get(ix)
                .iter()
                .flat_map(|d| &d.values)
                .map(|value| value.name.as_str())
                .collect();
            let value = self.resolve(text, entry.value.place, "value", Code::UnknownOption, &known);
            values.extend(value.map(|at| (ix, Some(ValueIx(u16::try_from(at).unwrap_or(u16::MAX))))));
        }
        values
    }

    fn options(&mut self, node: &Node) -> Vec<(QuestionIx, Vec<OptionIx>)> {
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
            let options = self.names(&entry.value, "option", Code::UnknownOption, |r| {
                r.choices(question).iter().map(|choice| choice.id.as_str()).collect()
            });
            groups.push((question, options.into_iter().map(|(ix, _)| OptionIx::new(ix)).collect()));
        }
        groups
    }

    fn entries<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Entry] {
        shape::entries(node, what, self.findings).unwrap_or(&[])
    }

    /// The names of a list, by number and with their places.
    fn names(
        &mut self,
        node: &Node,
        what: &str,
        code: Code,
        known: impl Fn(&Ruleset) -> Vec<&str>,
    ) -> Vec<(usize, Place)> {
        let known = known(self.ruleset);
        let items = shape::one_or_more(node, "a list", self.findings).unwrap_or(&[]);
        let mut found = Vec::new();
        for item in items {
            let Some(text) = shape::text(item, "a name", self.findings) else { continue };
            found.extend(self.resolve(text, item.place, what, code, &known).map(|ix| (ix, item.place)));
        }
        found
    }

    fn resolve(&mut self, text: &str, place: Place, what: &str, code: Code, known: &[&str]) -> Option<usize> {
        let found = known.iter().position(|name| *name == text);
        if found.is_none() {
            let near = self.findings.suggest(text, known.iter().copied());
            self.findings.push(unknown(code, what, text, near, place));
        }
        found
    }
}

fn rule_names(ruleset: &Ruleset) -> Vec<&str> {
    ruleset.rules().iter().map(|(_, rule)| rule.id.as_str()).collect()
}

fn myth_names(ruleset: &Ruleset) -> Vec<&str> {
    ruleset.myths().iter().map(|(_, myth)| myth.id.as_str()).collect()
}

fn unknown(code: Code, what: &str, text: &str, near: Option<&str>, place: Place) -> Finding {
    let finding = Finding::new(code, format!("there is no {what} {}", quoted(text))).at(place);
    match near {
        Some(near) => finding.help(format!("did you mean {}?", quoted(near))),
        None => finding.help(format!("name a {what} that the ruleset has")),
    }
}
