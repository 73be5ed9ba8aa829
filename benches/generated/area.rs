//! One area: its questions, lists, derived facts and themes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Made;
use super::conditions::{Fact, Line, Pool, mapping};
use super::lists::{Asked, Choice, Kind};
use super::rng::Rng;
use super::small::ROLES;

/// How many questions one area has, those about the parties among them.
const QUESTIONS: usize = 80;
/// How many sections follow the parties'.
const SECTIONS: usize = 10;
const WORDS: [&str; 10] =
    ["form", "people", "special", "hosting", "transfer", "agreement", "impact", "access", "audit", "retention"];

/// One area in the making.
pub(super) struct Area {
    pub(super) at: usize,
    /// One rule in so many differs from the first version.
    pub(super) every: usize,
    pub(super) rng: Rng,
    /// The questions of the parties, then those of the sections.
    pub(super) questions: Vec<Asked>,
    pub(super) parties: usize,
    /// Where each section's questions begin.
    pub(super) starts: Vec<usize>,
    /// By section.
    pub(super) facts: Vec<Vec<Fact>>,
    pub(super) used_tags: BTreeSet<String>,
    pub(super) used_facts: BTreeSet<String>,
    derived: Vec<(String, String)>,
    shared: bool,
}

impl Area {
    pub(super) fn new(at: usize, areas: usize, every: usize) -> Self {
        let mut area = Self {
            at,
            every,
            rng: Rng(0xa2ea ^ (at as u64) << 20),
            questions: Vec::new(),
            parties: 0,
            starts: Vec::new(),
            facts: Vec::new(),
            used_tags: BTreeSet::new(),
            used_facts: BTreeSet::new(),
            derived: Vec::new(),
            shared: at == 0 && areas > 1,
        };
        area.ask_parties();
        for section in 0..SECTIONS {
            area.ask_section(section);
        }
        area
    }

    /// An id with the area in its first part.
    pub(super) fn id(&self, first: &str, rest: &str) -> String {
        if self.at == 0 { format!("{first}.{rest}") } else { format!("{first}-{}.{rest}", self.at) }
    }

    fn list_name(&self, name: &str) -> String {
        if self.at == 0 { name.to_owned() } else { format!("{name}-{}", self.at) }
    }

    fn ask(&mut self, id: String, kind: Kind, choices: Vec<Choice>, changeable: &'static str) -> &mut Asked {
        let reads = BTreeSet::from([id.clone()]);
        let asked = Asked { id, kind, choices, list: None, each: None, only_if: None, changeable, reads, next: 0 };
        self.questions.push(asked);
        let last = self.questions.len() - 1;
        &mut self.questions[last]
    }

    /// Who shares what for which purpose, in which country, under which power.
    fn ask_parties(&mut self) {
        let kinds = ["crown", "competent", "local", "company", "overseas", "health"];
        let body = |at: usize| {
            let body = Choice::new(format!("body-{at}")).tagged(kinds[at * kinds.len() / 60]);
            if at.is_multiple_of(3) { body.tagged("enforces") } else { body }
        };
        let bodies: Vec<Choice> = (0..60).map(body).collect();
        let list = self.list_name("bodies");
        for (first, rest) in [("from", "body"), ("to", "body")] {
            let id = self.id(first, rest);
            self.ask(id, Kind::OneOf, bodies.clone(), "fixed").list = Some(list.clone());
        }
        self.used_tags.insert("overseas".to_owned());
        let regions = ["adequate", "partly-adequate", "unlisted", "restricted"];
        let country = |at: usize| Choice::new(format!("country-{at}")).tagged(regions[at % 4]);
        let (id, list, to) = (self.id("to", "country"), self.list_name("countries"), self.id("to", "body"));
        let countries = self.ask(id, Kind::OneOf, (0..250).map(country).collect(), "fixed");
        countries.list = Some(list);
        countries.only_if = Some(format!("{{ {to}: tag:overseas }}"));
        countries.reads.insert(to);
        for (rest, kind, count) in [("pattern", Kind::OneOf, 6), ("use", Kind::OneOf, 12), ("held-for", Kind::AnyOf, 5)]
        {
            let id = self.id("purpose", rest);
            let choices = (0..count).map(|at| Choice::new(format!("{rest}-{at}"))).collect();
            self.ask(id, kind, choices, if rest == "pattern" { "design" } else { "fixed" });
        }
        self.ask_powers();
        self.parties = self.questions.len();
    }

    fn ask_powers(&mut self) {
        let (from, to, using) = (self.id("from", "body"), self.id("to", "body"), self.id("purpose", "use"));
        let tags: Vec<String> = self.questions[0].tags();
        let mut power = |at: usize| {
            let mut choice = Choice::new(format!("power-{at}"));
            if at % 5 < 4 {
                choice = choice.tagged(format!("opens-{}", at % 6));
            }
            choice.conditions = at % 3 < 2;
            let body = |rng: &mut Rng| {
                let tag = rng.pick(&tags);
                if rng.chance(70) { format!("tag:{tag}") } else { format!("body-{}", rng.below(60)) }
            };
            let mut lines: Vec<Line> = vec![(from.clone(), body(&mut self.rng))];
            lines.push((to.clone(), format!("[{}, {}]", body(&mut self.rng), body(&mut self.rng))));
            if self.rng.chance(80) {
                let first = self.rng.below(11);
                lines.push((using.clone(), format!("[use-{first}, use-{}]", first + 1)));
            }
            choice.only_if = Some(mapping(&lines));
            choice
        };
        let powers: Vec<Choice> = (0..60).map(&mut power).collect();
        for line in powers.iter().filter_map(|power| power.only_if.as_ref()) {
            let named = tags.iter().filter(|tag| line.contains(&format!("tag:{tag}")));
            self.used_tags.extend(named.cloned());
        }
        let (id, list) = (self.id("power", "gateway"), self.list_name("gateways"));
        let gateway = self.ask(id.clone(), Kind::AnyOf, powers.clone(), "evidence");
        gateway.list = Some(list);
        gateway.reads.extend([from, to, using]);
        let reads = gateway.reads.clone();
        let with_conditions = powers.into_iter().filter(|power| power.conditions).collect();
        let each = self.id("power", "conditions");
        let each = self.ask(each, Kind::AnyOf, with_conditions, "evidence");
        each.each = Some(id);
        each.reads.extend(reads);
    }

    /// A section: a question that opens it, and most others wait for its answer or for one another's.
    fn ask_section(&mut self, section: usize) {
        let start = self.questions.len();
        self.starts.push(start);
        let count = (QUESTIONS - start) / (SECTIONS - section);
        for at in 0..count {
            let kind = [Kind::YesNo, Kind::YesNo, Kind::OneOf, Kind::AnyOf, Kind::AnyOf][self.rng.below(5)];
            let kind = if at == 0 { Kind::AnyOf } else { kind };
            let size = 2 + self.rng.below(11);
            let name = format!("q{at}");
            let option = |o: usize| {
                let option = Choice::new(format!("o{o}"));
                if o.is_multiple_of(3) { option.tagged(format!("{}-live", WORDS[section])) } else { option }
            };
            let choices = match kind {
                Kind::YesNo => vec![Choice::new("yes".to_owned()), Choice::new("no".to_owned())],
                _ => (0..size).map(option).collect(),
            };
            let id = self.id(WORDS[section], &name);
            let changeable = ["design", "evidence", "evidence", "fixed"][self.rng.below(4)];
            self.ask(id, kind, choices, changeable);
            if at > 0 && self.rng.chance(60) {
                self.wait(start, start + at);
            }
        }
        self.derive(section);
    }

    /// Makes a question wait for the section's first, or for another yes-no question in it.
    fn wait(&mut self, start: usize, at: usize) {
        let yes_no: Vec<usize> = (start + 1..at).filter(|q| self.questions[*q].kind == Kind::YesNo).collect();
        let on = if !yes_no.is_empty() && self.rng.chance(40) { self.rng.pick(&yes_no) } else { start };
        let (id, reads) = (self.questions[on].id.clone(), self.questions[on].reads.clone());
        let value = if self.questions[on].kind == Kind::YesNo {
            "yes".to_owned()
        } else {
            let tag = self.questions[on].tags().swap_remove(0);
            self.used_tags.insert(tag.clone());
            format!("tag:{tag}")
        };
        self.questions[at].only_if = Some(format!("{{ {id}: {value} }}"));
        self.questions[at].reads.extend(reads);
    }

    /// Three derived facts of a section: two yes-no ones, and one with cases.
    fn derive(&mut self, section: usize) {
        let start = self.starts[section];
        let mut facts: Vec<Fact> = Vec::new();
        for at in 0..3 {
            let before: &[Fact] = if section == 0 { &[] } else { &self.facts[section - 1] };
            let mut pool = Pool {
                questions: &mut self.questions[start..],
                facts: before,
                used_tags: &mut self.used_tags,
                used_facts: &mut self.used_facts,
                rng: &mut self.rng,
            };
            let mut reads = BTreeSet::new();
            let mut whens: Vec<String> = Vec::new();
            for _ in 0..=at {
                let count = 1 + pool.rng.below(3);
                let mut read = BTreeSet::new();
                whens.push(mapping(&pool.condition(count, &mut read).0));
                reads.extend(read);
            }
            let id = self.id(&format!("{}-fact", WORDS[section]), &format!("f{at}"));
            let values: Vec<String> =
                if at < 2 { vec!["yes".into(), "no".into()] } else { (0..4).map(|v| format!("v{v}")).collect() };
            let mut text = String::new();
            if at < 2 {
                let _ = writeln!(
                    text,
                    "    when: {}",
                    if whens.len() == 1 { whens[0].clone() } else { format!("{{ any: [{}] }}", whens.join(", ")) }
                );
            } else {
                text.push_str("    cases:\n");
                for (value, when) in whens.iter().enumerate() {
                    let _ = writeln!(text, "      - {{ is: v{value}, SAYSwhen: {when} }}");
                }
                let _ = writeln!(text, "      - {{ is: v3SAYSLAST }}");
            }
            self.derived.push((id.clone(), text));
            facts.push(Fact { id, values, reads });
        }
        self.facts.push(facts);
    }

    /// Writes the area, its rules first: they decide which tags and facts are used.
    pub(super) fn write(mut self, made: &mut Made) {
        self.write_themes(made);
        if self.shared {
            // Later areas read these.
            self.used_tags.extend(["crown".to_owned(), "competent".to_owned()]);
        }
        let (used, mut who) = (self.used_tags.clone(), ROLES.iter().cycle());
        let mut role = || who.next().copied().unwrap_or("team");
        let mut section = |name: String, of: &[Asked]| {
            let _ = writeln!(made.sections, "  - id: {name}\n    title: {name}\n    questions:");
            of.iter().for_each(|asked| made.sections.push_str(&asked.write(&used, role())));
        };
        section(self.list_name("parties"), &self.questions[..self.parties]);
        for (at, start) in self.starts.iter().enumerate() {
            let end = self.starts.get(at + 1).copied().unwrap_or(self.questions.len());
            section(self.list_name(WORDS[at]), &self.questions[*start..end]);
        }
        for asked in &self.questions {
            let Some(list) = &asked.list else { continue };
            if made.lists.iter().all(|(name, _)| name != list) {
                made.lists.push((list.clone(), format!("options:\n{}", asked.options(&used, "  "))));
            }
        }
        for (id, text) in &self.derived {
            let shown = !self.used_facts.contains(id) || id.ends_with("f2");
            let _ = writeln!(made.derived, "  - id: {id}\n    title: A fact");
            let cases = text.contains("cases:");
            if shown {
                let says = if cases { "" } else { "    says: { yes: It is so., no: It is not so. }\n" };
                let _ = write!(made.derived, "    shown: yes\n    cites: [source-0]\n{says}");
            }
            let says = if shown { "says: It is so., " } else { "" };
            let last = if shown { ", says: It is so." } else { "" };
            made.derived.push_str(&text.replace("SAYSLAST", last).replace("SAYS", says));
        }
    }
}
