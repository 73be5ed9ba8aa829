//! The file that says what was decided: YAML, for people and scripts.

use super::canonical::is_sha256;
use super::unchecked::{EvidenceAt, Places, UncheckedDecision, UncheckedEvidence};
use super::v1::{Choice, Consulted, Request, SharingCondition, View};
use super::v1::{Person, Record};
use crate::finding::{Code, Finding, Findings};
use crate::manifest::{read_beside, read_format};
use crate::model::Date;
use crate::rulefile::read_date;
use crate::text::{Place, Sources, nearest, quoted};
use crate::yaml::{Entry, Fields, Limits, Node, Value, shape};

/// A file of a decision.
#[derive(Debug, Clone, Copy)]
pub struct DecisionFile<'a> {
    /// What it holds.
    pub bytes: &'a [u8],
    /// Its name.
    pub name: &'a str,
    /// Whether its record takes the place of another.
    pub amends: bool,
}

/// Reads a file of a decision. Its faults were found, also that something is missing, unless `besides` says it. What the file says goes
/// before what `before` says, and what `besides` says before both.
pub fn read_decision(
    file: &DecisionFile<'_>,
    before: UncheckedDecision,
    besides: UncheckedDecision,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<UncheckedDecision> {
    let said = besides.clone().over(before.clone());
    let read = read_beside(file.bytes, file.name, Limits::DECISION, sources, findings, |root, findings| {
        decision(root, file.amends, &said, before, findings)
    });
    read.flatten().map(|read| besides.over(read))
}

/// What a record says, as the beginning of one that takes its place. The day of the decision is a new one.
#[must_use]
pub fn decision_of(record: &Record) -> UncheckedDecision {
    let decision = &record.decision;
    let evidence = record.evidence.iter().map(|evidence| UncheckedEvidence {
        title: evidence.title.clone(),
        at: EvidenceAt::Link(evidence.link.clone()),
        sha256: evidence.sha256.clone(),
        rule: evidence.rule.clone(),
        place: None,
    });
    UncheckedDecision {
        choice: Some(decision.choice),
        reasons: Some(decision.reasons.clone()),
        necessity: decision.necessity.clone(),
        retention: decision.retention.clone(),
        dates: decision.dates.clone(),
        decided_by: Some(decision.decided_by.name.clone()),
        role: Some(decision.decided_by.role.clone()),
        decided_on: None,
        review_on: decision.review_on,
        conditions: decision.conditions.clone(),
        consulted: decision.consulted.clone(),
        request: record.request.clone(),
        evidence: evidence.collect(),
        why: None,
        places: Places::default(),
    }
}

fn decision(
    root: &Node,
    amends: bool,
    said: &UncheckedDecision,
    mut before: UncheckedDecision,
    findings: &mut Findings,
) -> Option<UncheckedDecision> {
    let mut fields = Fields::new(root, "a decision, such as `choice: share`", findings)?;
    read_format(fields.optional("clearshare"), fields.place(), "decision file", findings);
    let mut reader = Reader { places: Places::default(), findings };
    let choice = reader.needed(&mut fields, "choice", said.choice.is_some());
    let choice = choice.and_then(|node| reader.choice(node));
    let reasons = reader.needed(&mut fields, "reasons", said.reasons.is_some());
    let reasons = reasons.and_then(|node| reader.text(node, "reasons in a few words"));
    let necessity = reader.said(&mut fields, "necessity", "why sharing the data is necessary");
    let retention = reader.said(&mut fields, "retention", "how long the data is kept, and how it is deleted");
    let dates = reader.said(&mut fields, "dates", "when the data is shared, or how often");
    let by_options = said.decided_by.is_some() && said.role.is_some();
    let decided_by = reader.needed(&mut fields, "decided-by", by_options);
    let decided_by = decided_by.and_then(|node| reader.person(node));
    let decided_on = fields.optional("decided-on").and_then(|node| reader.day(node));
    let review_on = fields.optional("review-on").and_then(|node| reader.day(node));
    let (conditions, all) = reader.list(&mut fields, "conditions", "a condition", Reader::condition);
    if all {
        before.conditions.clear();
    }
    let (consulted, all) = reader.list(&mut fields, "consulted", "somebody who was consulted", Reader::consulted);
    if all {
        before.consulted.clear();
    }
    let (evidence, all) = reader.list(&mut fields, "evidence", "a piece of evidence", Reader::evidence);
    if all {
        before.evidence.clear();
    }
    let request = fields.optional("request").and_then(|node| reader.request(node));
    let why = if amends { reader.needed(&mut fields, "why", said.why.is_some()) } else { None };
    let why = why.and_then(|node| reader.text(node, "why there is a new record"));
    let places = reader.places;
    fields.finish(findings);
    let (decided_by, role) = decided_by.map(|person| (person.name, person.role)).unzip();
    let read = UncheckedDecision {
        choice,
        reasons,
        necessity,
        retention,
        dates,
        decided_by,
        role,
        decided_on,
        review_on,
        conditions,
        consulted,
        request,
        evidence,
        why,
        places,
    };
    Some(read.over(before))
}

/// Reads the parts, and notes where they are.
struct Reader<'f> {
    places: Places,
    findings: &'f mut Findings,
}

impl Reader<'_> {
    /// The value of a key that must be there, unless what it says was said otherwise.
    fn needed<'n>(&mut self, fields: &mut Fields<'n>, key: &'static str, said: bool) -> Option<&'n Node> {
        if said { fields.optional(key) } else { fields.required(key, self.findings) }
    }

    fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        shape::text(node, what, self.findings).map(str::to_owned)
    }

    /// A text that may be left out.
    fn said(&mut self, fields: &mut Fields<'_>, key: &'static str, what: &str) -> Option<String> {
        fields.optional(key).and_then(|node| self.text(node, what))
    }

    /// A text that something may be wrong with later.
    fn noted(&mut self, node: &Node, what: &str) -> Option<String> {
        let text = self.text(node, what)?;
        self.note(&text, node.place);
        Some(text)
    }

    fn note(&mut self, word: &str, place: Place) {
        self.places.words.push((word.to_owned(), place));
    }

    fn day(&mut self, node: &Node) -> Option<Date> {
        let day = read_date(node, self.findings)?;
        self.note(&day.to_string(), node.place);
        Some(day)
    }

    fn choice(&mut self, node: &Node) -> Option<Choice> {
        self.places.choice = Some(node.place);
        self.word(node, "a choice", Choice::ALL, Choice::word)
    }

    /// One of a few words.
    fn word<T: Copy>(&mut self, node: &Node, what: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Option<T> {
        let text = shape::text(node, what, self.findings)?;
        let found = all.iter().copied().find(|value| word(*value) == text);
        if found.is_none() {
            let finding = Finding::new(Code::UnknownWord, format!("{} is not {what}", quoted(text))).at(node.place);
            let words: Vec<&str> = all.iter().map(|value| word(*value)).collect();
            self.findings.push(match nearest(text, words.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!("there are {}", words.join(", "))),
            });
        }
        found
    }

    /// A list; and whether it was there, so that it says all there is. `none` is a list of nothing.
    fn list<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        what: &str,
        read: impl Fn(&mut Self, &Node) -> Option<T>,
    ) -> (Vec<T>, bool) {
        let Some(Entry { value, .. }) = fields.entry(key) else { return (Vec::new(), false) };
        if value.as_scalar().is_some_and(|scalar| scalar.text == "none") {
            return (Vec::new(), true);
        }
        let items = match &value.value {
            // One alone needs no list.
            Value::Map(_) => std::slice::from_ref(value),
            _ => shape::list(value, &format!("{what}, or a list"), self.findings).unwrap_or(&[]),
        };
        (items.iter().filter_map(|item| read(self, item)).collect(), true)
    }

    fn person(&mut self, node: &Node) -> Option<Person> {
        let what = "a person, such as `{ name: A. Name, role: Information asset owner }`";
        let mut fields = Fields::new(node, what, self.findings)?;
        let name = fields.required("name", self.findings).and_then(|node| self.noted(node, "a name"));
        let role = fields.required("role", self.findings).and_then(|node| self.text(node, "a role or a post"));
        fields.finish(self.findings);
        Some(Person { name: name?, role: role? })
    }

    fn condition(&mut self, node: &Node) -> Option<SharingCondition> {
        let mut fields = Fields::new(node, "a condition, such as `says: Encrypt it in transit`", self.findings)?;
        let says = fields.required("says", self.findings).and_then(|node| self.text(node, "what has to be so"));
        let rule = fields.optional("rule").and_then(|node| self.noted(node, "the id of a rule"));
        let flow = fields.optional("flow").and_then(|node| self.noted(node, "the id of a flow"));
        let who = fields.optional("who").and_then(|node| self.text(node, "who sees to it"));
        let by = fields.optional("by").and_then(|node| self.day(node));
        fields.finish(self.findings);
        Some(SharingCondition { says: says?, rule, flow, who, by })
    }

    fn consulted(&mut self, node: &Node) -> Option<Consulted> {
        let what = "somebody who was consulted, such as `role: Data protection officer`";
        let mut fields = Fields::new(node, what, self.findings)?;
        let role = fields.required("role", self.findings).and_then(|node| self.text(node, "a role or a post"));
        let name = fields.required("name", self.findings).and_then(|node| self.noted(node, "a name"));
        let on = fields.optional("on").and_then(|node| self.day(node));
        let view = fields.required("view", self.findings);
        let view = view.and_then(|node| self.word(node, "a view", View::ALL, View::word));
        let says = fields.optional("says").and_then(|node| self.text(node, "what they said"));
        let answer = fields.optional("answer").and_then(|node| self.text(node, "why it is decided otherwise"));
        fields.finish(self.findings);
        Some(Consulted { role: role?, name: name?, on, view: view?, says, answer })
    }

    fn request(&mut self, node: &Node) -> Option<Request> {
        let what = "a request, such as `{ by: { name: A. Name, role: Head of risk }, on: 2026-10-01 }`";
        let mut fields = Fields::new(node, what, self.findings)?;
        let by = fields.required("by", self.findings).and_then(|node| self.person(node));
        let on = fields.required("on", self.findings).and_then(|node| self.day(node));
        let says = fields.optional("says").and_then(|node| self.text(node, "what they asked for"));
        fields.finish(self.findings);
        Some(Request { by: by?, on: on?, says })
    }

    fn evidence(&mut self, node: &Node) -> Option<UncheckedEvidence> {
        let what = "a piece of evidence, such as `{ title: Impact assessment, file: dpia.pdf }`";
        let mut fields = Fields::new(node, what, self.findings)?;
        let title = fields.required("title", self.findings).and_then(|node| self.text(node, "what it is"));
        let (link, file) = (fields.optional("link"), fields.optional("file"));
        let at = match (link, file) {
            (Some(link), None) => self.text(link, "a web address or a reference").map(EvidenceAt::Link),
            (None, Some(file)) => self.text(file, "the path of a file").map(EvidenceAt::File),
            (None, None) => {
                let finding = Finding::new(Code::MissingKey, "the key `file` or `link` is missing").at(fields.place());
                self.findings.push(finding.help("`file` for one that is here, `link` for anything else"));
                None
            }
            (Some(link), Some(_)) => {
                let finding = Finding::new(Code::UnknownKey, "`link` stands beside `file`").at(link.place);
                self.findings.push(finding.help("`file` for one that is here, `link` for anything else: keep one"));
                None
            }
        };
        let sha256 = fields.optional("sha256").and_then(|node| self.digest(node));
        let rule = fields.optional("rule").and_then(|node| self.noted(node, "the id of a rule"));
        fields.finish(self.findings);
        Some(UncheckedEvidence { title: title?, at: at?, sha256, rule, place: Some(node.place) })
    }

    fn digest(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "a SHA-256")?;
        if !is_sha256(&text) {
            let finding = Finding::new(Code::BadDigest, format!("{} is not a SHA-256", quoted(&text))).at(node.place);
            self.findings.push(finding.help("write 64 characters, 0 to 9 and a to f, as `sha256sum` prints them"));
            return None;
        }
        Some(text)
    }
}
