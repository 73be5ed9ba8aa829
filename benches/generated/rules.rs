//! The themes and rules of one area.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::area::Area;
use super::conditions::{Line, Pool, mapping};
use super::lists::Kind;
use super::small::ROLES;
use super::{Made, RULES};

/// How many rules of an area are about its powers.
const POWERS: usize = 14;

impl Area {
    /// Writes one theme for each section, and one for the powers.
    pub(super) fn write_themes(&mut self, made: &mut Made) {
        let sections = self.starts.len();
        let mut left = RULES - POWERS;
        let mut number = self.at * RULES;
        for section in 0..sections {
            let count = left / (sections - section);
            left -= count;
            let of_file = self.theme_when(section);
            let mut text = format!("theme: Theme {section} of area {}\n", self.at);
            if let Some((fact, _)) = &of_file {
                let _ = writeln!(text, "when: {}", mapping(std::slice::from_ref(fact)));
            }
            text.push_str("rules:\n");
            for at in 0..count {
                number += 1;
                let reads = of_file.as_ref().map(|(_, reads)| reads.clone()).unwrap_or_default();
                text.push_str(&self.rule(section, at, number, reads, made));
            }
            made.themes.push((format!("area-{}-theme-{section}", self.at), text));
            let myth = self.myth(section, made);
            made.myths.push_str(&myth);
        }
        let powers = self.powers(number, made);
        made.themes.push((format!("area-{}-powers", self.at), powers));
    }

    /// Half of the themes hold only where a fact of the section before does.
    fn theme_when(&mut self, section: usize) -> Option<(Line, BTreeSet<String>)> {
        let fact = section.checked_sub(1).and_then(|before| self.facts[before].first())?.clone();
        (section % 2 == 1).then(|| {
            self.used_facts.insert(fact.id.clone());
            ((fact.id.clone(), "yes".to_owned()), fact.reads)
        })
    }

    fn rule(
        &mut self,
        section: usize,
        at: usize,
        number: usize,
        mut read: BTreeSet<String>,
        made: &mut Made,
    ) -> String {
        let is_changed = number.is_multiple_of(self.every);
        let (start, end) =
            (self.starts[section], self.starts.get(section + 1).copied().unwrap_or(self.questions.len()));
        let facts: Vec<_> = self.facts[..=section].iter().rev().take(2).flatten().cloned().collect();
        let count = 2 + self.rng.below(5);
        let parties = self.party_test(section, &mut read);
        let mut pool = Pool {
            questions: &mut self.questions[start..end],
            facts: &facts,
            used_tags: &mut self.used_tags,
            used_facts: &mut self.used_facts,
            rng: &mut self.rng,
        };
        // Every question of the section is tested by some rule.
        let mut first = Vec::new();
        let of_section = at % pool.questions.len();
        if pool.questions[of_section].reads.is_disjoint(&read) {
            read.extend(pool.questions[of_section].reads.iter().cloned());
            first.push(pool.test(of_section));
        } else if at < pool.questions.len() {
            // Its file reads it already; it says nothing new, but it is asked.
            first.push(pool.test(of_section));
        }
        let (mut lines, negated) = pool.condition((count - 1 - parties.len().min(count - 2)).max(1), &mut read);
        let evidence: Vec<usize> =
            (0..pool.questions.len()).filter(|q| !read.contains(&pool.questions[*q].id)).collect();
        let mut met_when = None;
        if !evidence.is_empty() && pool.rng.chance(50) {
            let question = pool.rng.pick(&evidence);
            met_when = Some(mapping(&[pool.test(question)]));
        }
        first.extend(parties);
        first.append(&mut lines);
        if is_changed && first.len() > 1 {
            first.pop();
        }
        let waits = |id: &&String| pool.questions.iter().any(|q| q.id == **id && q.only_if.is_some());
        let unasked: Vec<&str> = negated.iter().filter(waits).map(String::as_str).collect();
        let unasked = if is_changed { &[][..] } else { &unasked[..] };
        self.write_rule(number, &mapping(&first), met_when, unasked, made)
    }

    /// One rule in three reads who shares, or what for: of its own area, or of the first.
    fn party_test(&mut self, section: usize, read: &mut BTreeSet<String>) -> Vec<Line> {
        if !self.rng.chance(35) || section == 0 {
            return Vec::new();
        }
        let first = self.at > 0 && self.rng.chance(30);
        if first {
            let tag = self.rng.pick(&["crown", "competent"]);
            let id = self.rng.pick(&["from.body", "to.body"]);
            return if read.insert(id.to_owned()) { vec![(id.to_owned(), format!("tag:{tag}"))] } else { Vec::new() };
        }
        let at = self.rng.below(6);
        if !self.questions[at].reads.is_disjoint(read) {
            return Vec::new();
        }
        read.extend(self.questions[at].reads.iter().cloned());
        let mut pool = Pool {
            questions: &mut self.questions[..6],
            facts: &[],
            used_tags: &mut self.used_tags,
            used_facts: &mut self.used_facts,
            rng: &mut self.rng,
        };
        vec![pool.test(at)]
    }

    fn write_rule(
        &mut self,
        number: usize,
        when: &str,
        met_when: Option<String>,
        unasked: &[&str],
        made: &mut Made,
    ) -> String {
        let level = match self.rng.below(100) {
            0..8 => "must-not",
            8..55 => "must",
            55..85 => "should",
            _ => "could",
        };
        let basis = self.rng.pick(&["law", "law", "policy", "guidance"]);
        let refer = level == "must" && met_when.is_none() && self.rng.chance(10);
        let mut text = format!(
            "  - id: rule-{number}\n    title: Do what rule {number} says\n    level: {level}\n    basis: {basis}\n    when: {when}\n"
        );
        if let Some(met_when) = met_when.filter(|_| level != "must-not") {
            let _ = writeln!(text, "    met-when: {met_when}");
        }
        if refer {
            text.push_str("    refer: legal-adviser\n");
        } else if level != "must-not" && self.rng.chance(15) {
            text.push_str("    due: after\n");
        }
        if !unasked.is_empty() {
            let _ = writeln!(text, "    even-unasked: [{}]", unasked.join(", "));
        }
        let who = ROLES[number % ROLES.len()];
        let _ = writeln!(
            text,
            "    because: It matters.\n    steps:\n      - {{ do: Do it, who: from.{who} }}\n    cites: [{}]",
            made.cite()
        );
        text
    }

    fn myth(&mut self, section: usize, made: &mut Made) -> String {
        let fact = self.facts[section][0].clone();
        self.used_facts.insert(fact.id.clone());
        let id = format!("myth-{}-{section}", self.at);
        let when = format!("{{ {}: yes }}", fact.id);
        format!(
            "  - id: {id}\n    belief: We cannot.\n    truth: You can.\n    when: {when}\n    cites: [{}]\n",
            made.cite()
        )
    }

    /// Bars that only a power with the right tag lifts, a rule for powers that do not reach, and one for their conditions.
    fn powers(&mut self, mut number: usize, made: &mut Made) -> String {
        let mut text = format!("theme: Powers of area {}\nrules:\n", self.at);
        let gateway = self.id("power", "gateway");
        let conditions = self.id("power", "conditions");
        let using = self.id("purpose", "held-for");
        let country = self.id("to", "country");
        let mut whens: Vec<(String, Option<String>)> = Vec::new();
        for opens in 0..6 {
            self.used_tags.insert(format!("opens-{opens}"));
            let fact = self.facts[opens][1].clone();
            self.used_facts.insert(fact.id.clone());
            whens.push((format!("{{ {}: yes, none: [{{ {gateway}: tag:opens-{opens} }}] }}", fact.id), None));
        }
        whens.push((format!("{{ {gateway}: {{ closed: yes }} }}"), None));
        whens.push((
            format!("{{ {gateway}: tag:has-conditions }}"),
            Some(format!("{{ {conditions}: {{ some: yes }} }}")),
        ));
        whens.push((
            format!("{{ {using}: held-for-0, {gateway}: tag:opens-0 }}"),
            Some(format!("{{ {conditions}: tag:opens-0 }}")),
        ));
        for region in ["adequate", "partly-adequate", "unlisted", "restricted"] {
            self.used_tags.insert(region.to_owned());
            whens.push((format!("{{ {country}: tag:{region}, {using}: [held-for-1, held-for-2] }}"), None));
        }
        whens.push((format!("{{ {using}: {{ all-of: [held-for-3, held-for-4] }}, {gateway}: none }}"), None));
        debug_assert!(whens.len() == POWERS && self.questions[5].kind == Kind::AnyOf);
        for (at, (when, met_when)) in whens.into_iter().enumerate() {
            number += 1;
            let level = if at < 7 { "must-not" } else { "must" };
            let _ = writeln!(
                text,
                "  - id: rule-{number}\n    title: Mind the power\n    level: {level}\n    basis: law\n    when: {when}"
            );
            if let Some(met_when) = met_when {
                let _ = writeln!(text, "    met-when: {met_when}");
            }
            let _ = writeln!(
                text,
                "    because: It is the law.\n    steps:\n      - {{ do: Do it, who: from.legal-adviser }}\n    cites: [{}]",
                made.cite()
            );
        }
        text
    }
}
