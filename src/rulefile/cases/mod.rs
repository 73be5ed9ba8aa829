//! `cases/*.yaml` and `cases/*/*.yaml`: the ruleset's own tests.

mod expect;
mod words;

use super::facts::read_facts;
use super::files::Files;
use super::reader::{read_date, read_url};
use crate::finding::{Code, Finding, Findings};
use crate::model::{Answer, Case, CaseSet, Expect, Facts, Given, Ix, Profile, QuestionIx, RuleIx, Written, is_id};
use crate::ruleset::Ruleset;
use crate::text::{Place, quoted};
use crate::yaml::{Entry, Fields, Node, Value, shape};

/// How a case says that the value of a derived fact is not known.
pub(super) const UNDETERMINED: &str = "undetermined";

/// Reads the cases of a ruleset that was validated.
pub(super) fn read_cases(ruleset: &Ruleset, files: &Files, findings: &mut Findings) -> CaseSet {
    let mut reader = CaseReader { ruleset, findings, set: CaseSet::default(), used: Vec::new() };
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
    /// For each profile, whether some case assumes it.
    used: Vec<bool>,
}

impl CaseReader<'_, '_> {
    fn profile(&mut self, node: &Node) {
        let Some(mut fields) = Fields::new(node, "a profile, such as `id: routine`", self.findings) else { return };
        let id = self.id(&mut fields);
        let facts = fields.required("facts", self.findings).and_then(|node| self.facts(node));
        fields.finish(self.findings);
        if let Some((id, place)) = id {
            // Also with answers at fault, so that the cases that assume it are not at fault for that.
            let facts = facts.map(|(facts, _)| facts).unwrap_or_default();
            self.set.profiles.push(Profile { id, facts, place });
            self.used.push(false);
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
        let alone = fields.optional("given-alone").and_then(|node| self.alone(node));
        let done = fields.optional("done").map(|node| self.rules(node)).unwrap_or_default();
        let waived = fields.optional("waived").map(|node| self.rules(node)).unwrap_or_default();
        let expect = fields.required("expect", self.findings).and_then(|node| self.expect(node));
        fields.finish(self.findings);
        if let (Some(alone), Some(expect)) = (alone, &expect) {
            self.two_runs(alone, assumed.is_some(), expect);
        }
        let (given, given_at) = given?;
        Some(Case {
            id: id?.0,
            title: title?,
            source,
            as_of,
            given,
            given_at,
            assumed: match assumed {
                Some(assumed) => Some(assumed?),
                None => None,
            },
            alone,
            done,
            waived,
            expect: expect?,
            place: node.place.start(),
        })
    }

    fn text(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
        let node = fields.required(key, self.findings)?;
        shape::text(node, "a text", self.findings).map(str::to_owned)
    }

    /// Answers, and where each is written.
    fn facts(&mut self, node: &Node) -> Option<(Facts, Vec<(QuestionIx, Place)>)> {
        let Value::Map(entries) = &node.value else {
            self.findings.push(shape::wrong(node, "answers, such as `data: { form: records }`"));
            return None;
        };
        let (mut facts, mut places) = (Facts::default(), Vec::new());
        for read in read_facts(self.ruleset, entries, &[], self.findings) {
            facts.set(read.question, Answer { value: read.value, given: Given::Unstated });
            places.push((read.question, read.place));
        }
        Some((facts, places))
    }

    /// The rules that a case records.
    fn rules(&mut self, node: &Node) -> Vec<RuleIx> {
        let names = self.names(node, "rule", Code::UnknownRule, rule_names);
        names.into_iter().map(|written| RuleIx::new(written.value)).collect()
    }

    fn assumed(&mut self, node: &Node) -> Option<usize> {
        let text = shape::text(node, "the id of a profile", self.findings)?;
        let found = self.set.profiles.iter().position(|profile| profile.id == text);
        if let Some(used) = found.and_then(|at| self.used.get_mut(at)) {
            *used = true;
        } else {
            let names = self.set.profiles.iter().map(|profile| profile.id.as_str());
            let near = self.findings.suggest(text, names);
            self.findings.push(unknown(Code::UnknownName, "profile", text, near, node.place));
        }
        found
    }

    /// Where a case says that its facts are to hold alone.
    fn alone(&mut self, node: &Node) -> Option<Place> {
        shape::yes_no(node, self.findings).filter(|alone| *alone).map(|_| node.place)
    }

    /// What is given alone is told apart from the whole only by a profile, and is asked for its outcome only.
    fn two_runs(&mut self, alone: Place, assumed: bool, expect: &Expect) {
        let (lacks, help) = match (assumed, expect.outcome) {
            (false, _) => ("assumes nothing", "name a profile under `assumed`, or take `given-alone` out"),
            (true, None) => ("expects no outcome", "write the `outcome` under `expect`, or take `given-alone` out"),
            (true, Some(_)) => return,
        };
        let message = format!("the case is to hold on what is given alone, but {lacks}");
        self.findings.push(Finding::new(Code::GivenAlone, message).at(alone).help(help));
    }

    fn unused_profiles(&mut self) {
        for (used, profile) in self.used.iter().zip(&self.set.profiles) {
            if !used {
                self.findings.push(
                    Finding::new(Code::UnusedName, format!("nothing uses the profile {}", quoted(&profile.id)))
                        .at(profile.place)
                        .help("use it or take it out"),
                );
            }
        }
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
    ) -> Vec<Written<usize>> {
        let known = known(self.ruleset);
        let items = shape::one_or_more(node, "a list", self.findings).unwrap_or(&[]);
        let mut found = Vec::new();
        for item in items {
            let Some(text) = shape::text(item, "a name", self.findings) else { continue };
            let resolved = self.resolve(text, item.place, what, code, &known);
            found.extend(resolved.map(|value| Written { value, place: item.place }));
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

fn unknown(code: Code, what: &str, text: &str, near: Option<&str>, place: Place) -> Finding {
    let finding = Finding::new(code, format!("there is no {what} {}", quoted(text))).at(place);
    match near {
        Some(near) => finding.help(format!("did you mean {}?", quoted(near))),
        None => finding.help(format!("name a {what} that the ruleset has")),
    }
}
