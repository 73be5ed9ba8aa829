//! Sources are read lately enough, sure enough, and in force where what rests on them is.
//!
//! Nothing here needs a search: each statement is looked up. That every citation leads to a source with a date and a
//! confidence, and every step to a role, was proved when the ruleset was read, and is counted with the rest.

use super::verification::{Observation, Property, Tally};
use crate::finding::{Code, Finding};
use crate::model::{
    Choice, Citation, Confidence, CopyRead, Date, InForce, Level, Rule, SourceIx, Upcoming, months_after,
};
use crate::ruleset::Parts;
use crate::text::{Place, quoted};

/// What is found about a ruleset's sources on a day.
pub(super) fn cited(parts: &Parts, as_of: Date) -> (Vec<Observation>, Tally) {
    let mut cited = Cited { parts, as_of, found: Vec::new(), held: resolved(parts), failed: 0 };
    for (_, source) in parts.sources.iter() {
        cited.read_lately(source);
    }
    for (_, rule) in parts.rules.iter() {
        cited.sure(rule);
        cited.in_force("rule", &rule.id, rule.place, &rule.cites, rule.upcoming.as_ref());
    }
    for choice in choices(parts) {
        cited.in_force("option", &choice.id, choice.place, &choice.cites, choice.upcoming.as_ref());
    }
    let tally = Tally { property: Property::Cited, stated: cited.held + cited.failed, proved: cited.held };
    (cited.found, tally)
}

/// How many citations lead to a source, and steps to a role: all of them, or the ruleset would have had a fault.
fn resolved(parts: &Parts) -> usize {
    let upcoming = |upcoming: &Option<Upcoming>| upcoming.as_ref().map_or(0, |upcoming| upcoming.cites.len());
    let rules = parts.rules.iter().map(|(_, rule)| rule.cites.len() + rule.steps.len() + upcoming(&rule.upcoming));
    let choices =
        choices(parts).map(|it| it.cites.len() + it.steps.len() + it.conditions.len() + upcoming(&it.upcoming));
    let questions = parts.questions.iter().map(|(_, question)| question.cites.len());
    let derived = parts.derived.iter().map(|(_, fact)| fact.cites.len());
    let myths = parts.myths.iter().map(|(_, myth)| myth.cites.len());
    let terms = parts.terms.iter().map(|(_, term)| term.cites.len());
    rules.chain(choices).chain(questions).chain(derived).chain(myths).chain(terms).sum()
}

/// Every option, each once: a list that follows another question's holds the same options again.
fn choices(parts: &Parts) -> impl Iterator<Item = &Choice> {
    parts.lists.iter().filter(|(_, list)| list.each.is_none()).flat_map(|(_, list)| &list.choices)
}

struct Cited<'p> {
    parts: &'p Parts,
    as_of: Date,
    found: Vec<Observation>,
    held: usize,
    failed: usize,
}

impl<'p> Cited<'p> {
    /// A statement that holds, or what is found where it does not.
    fn state(&mut self, failure: Option<Finding>) {
        match failure {
            None => self.held += 1,
            Some(finding) => {
                self.failed += 1;
                self.found.push(Observation { property: Property::Cited, finding, witness: None, smallest: false });
            }
        }
    }

    /// A source was read by now, and no longer ago than the review period.
    fn read_lately(&mut self, source: &Citation) {
        let (as_of, months) = (self.as_of, self.parts.info.review_every_months);
        let (id, on) = (quoted(&source.id), source.read_on);
        let due = months_after(on, months);
        let stale = (due < as_of).then(|| {
            let period = if months == 1 { "every month".to_owned() } else { format!("every {months} months") };
            let message = format!("{id} was read on {on}; sources are read {period}, so it was due again by {due}");
            let help = "read it again, mend what has changed, and write the day under `read`";
            Finding::new(Code::StaleSource, message).at(source.place).help(help)
        });
        self.state(stale);
        let ahead = (on > as_of).then(|| {
            let help = "mend the day under `read`, or prove the ruleset for a later day with `--as-of`";
            Finding::new(Code::ReadInFuture, format!("{id} was read on {on}, which is after {as_of}"))
                .at(source.place)
                .help(help)
        });
        self.state(ahead);
    }

    /// A duty or prohibition rests on no source of low confidence, and on some source that was read.
    fn sure(&mut self, rule: &Rule) {
        if !matches!(rule.level, Level::MustNot | Level::Must) {
            return;
        }
        let (id, level) = (quoted(&rule.id), rule.level.word());
        for source in self.sources(&rule.cites) {
            let weak = (source.confidence == Confidence::Low).then(|| {
                let message = format!("{id} is a `{level}`, and cites {} of low confidence", quoted(&source.id));
                Finding::new(Code::WeakSource, message)
                    .at(rule.place)
                    .related(source.place, "confidence is low")
                    .help("read the source and state how sure it is, or cite only the others")
            });
            self.state(weak);
        }
        let sources: Vec<&Citation> = self.sources(&rule.cites).collect();
        let unread = sources.iter().all(|source| source.copy == CopyRead::NotRead).then(|| {
            let message = format!("{id} is a `{level}`, and nobody read what it cites");
            let finding = Finding::new(Code::UnreadSource, message).at(rule.place);
            let noted = sources.iter().fold(finding, |finding, source| finding.related(source.place, "not read"));
            noted.help("read one of its sources, or cite one that was read")
        });
        self.state(unread);
    }

    /// What is in force has a source that is; what is upcoming has one that comes into force with it.
    ///
    /// A source says when it is in force, or is silent, as most old law and all guidance are. Where all that say so say "not
    /// yet", the silent ones beside them do not help: what was written for the new law often cites the old.
    fn in_force(&mut self, kind: &str, id: &str, place: Place, cites: &[SourceIx], upcoming: Option<&Upcoming>) {
        if let Some(upcoming) = upcoming {
            return self.comes_into_force(kind, id, place, cites, upcoming);
        }
        let law_as_at = self.parts.info.law_as_at;
        let dated: Vec<(&Citation, InForce)> =
            self.sources(cites).filter_map(|source| Some((source, source.in_force?))).collect();
        if cites.is_empty() {
            return;
        }
        let begun = dated.is_empty() || dated.iter().any(|(_, begins)| has_begun(*begins, law_as_at));
        let failure = (!begun).then(|| {
            let message = format!(
                "the {kind} {} is in force, but no source that it cites was on {law_as_at}, when the law was read",
                quoted(id)
            );
            let finding = Finding::new(Code::SourceNotInForce, message).at(place);
            let noted = dated
                .iter()
                .fold(finding, |finding, (source, begins)| finding.related(source.place, begins_in_words(*begins)));
            noted.help("mark it `upcoming`, or cite what is in force and state its `in-force` date")
        });
        self.state(failure);
    }

    fn comes_into_force(&mut self, kind: &str, id: &str, place: Place, cites: &[SourceIx], upcoming: &Upcoming) {
        let wanted = upcoming.from.map_or(InForce::NotAppointed, InForce::From);
        let mut all: Vec<SourceIx> = cites.iter().chain(&upcoming.cites).copied().collect();
        all.sort_unstable();
        all.dedup();
        let agrees = self.sources(&all).any(|source| source.in_force == Some(wanted));
        let failure = (!agrees).then(|| {
            let (when, stated) = match upcoming.from {
                Some(from) => (format!("upcoming from {from}"), format!("in-force: {from}")),
                None => ("upcoming, with no day appointed".to_owned(), "in-force: not-appointed".to_owned()),
            };
            let message = format!("the {kind} {} is {when}, but no source that it cites says so", quoted(id));
            let finding = Finding::new(Code::SourceNotInForce, message).at(place);
            let dated = self.sources(&all).filter_map(|source| Some((source.place, source.in_force?)));
            let noted = dated.fold(finding, |finding, (place, begins)| finding.related(place, begins_in_words(begins)));
            noted.help(format!("cite the source that sets the day, and write `{stated}` there, or mend the day here"))
        });
        self.state(failure);
    }

    fn sources<'c>(&self, cites: &'c [SourceIx]) -> impl Iterator<Item = &'p Citation> + use<'p, 'c> {
        let parts = self.parts;
        cites.iter().filter_map(|ix| Some(&**parts.sources.get(*ix)?))
    }
}

fn has_begun(begins: InForce, on: Date) -> bool {
    match begins {
        InForce::From(from) => from <= on,
        InForce::NotAppointed => false,
    }
}

fn begins_in_words(begins: InForce) -> String {
    match begins {
        InForce::From(from) => format!("in force from {from}"),
        InForce::NotAppointed => "no day is appointed".to_owned(),
    }
}
