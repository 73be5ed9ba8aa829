//! Questions, options, derived facts and myths by meaning.

use std::collections::BTreeSet;

use super::change::{Attribute, Change, Comparison, Direction, Kind, Reach, Verdict};
use super::ground::Side;
use super::judge::{Findings, Judge, YES_NO};
use super::lowered::Lowered;
use super::words::{Words, attribute};
use super::{causes, cites, wording};
use crate::model::{Changeable, Choice, Condition, Derived, DerivedIx, ListIx, Question, QuestionIx};
use crate::ruleset::Parts;

/// Two versions, lowered.
struct Both<'c, 'r> {
    a: &'r Parts,
    b: &'r Parts,
    of_a: &'c Lowered,
    of_b: &'c Lowered,
}

/// Adds the changes of questions, options, derived facts and myths.
pub(super) fn compare(judge: &mut Judge<'_>, of_a: &Lowered, of_b: &Lowered, comparison: &mut Comparison) {
    let both = Both { a: judge.ground.parts(Side::Before), b: judge.ground.parts(Side::After), of_a, of_b };
    let changes = &mut comparison.changes;
    both.questions(judge, changes);
    both.options(judge, changes);
    both.derived_facts(judge, changes);
    both.myths(judge, changes);
    both.causes(changes);
}

impl Both<'_, '_> {
    fn questions(&self, judge: &mut Judge<'_>, changes: &mut Vec<Change>) {
        let shared = judge.ground.shared();
        for (ix, question) in self.b.questions.iter() {
            match shared.iter().find(|(_, after)| *after == ix) {
                Some((before, _)) => changes.extend(self.question(judge, *before, ix)),
                None => changes.push(of_question(question, Verdict::New)),
            }
        }
        for (ix, question) in self.a.questions.iter() {
            if !shared.iter().any(|(before, _)| *before == ix) {
                changes.push(of_question(question, Verdict::Ended));
            }
        }
    }

    fn question(&self, judge: &mut Judge<'_>, before: QuestionIx, after: QuestionIx) -> Option<Change> {
        let (old, new) = (self.a.questions.get(before)?, self.b.questions.get(after)?);
        let states = [self.of_a.arises(before)?, self.of_b.arises(after)?];
        let findings = judge.ways(states, &YES_NO, [true, true], &["does not arise", "arises"]);
        let mut words = Words::default();
        words.optional("only-if", only_if(self.a, old.only_if.as_ref()), only_if(self.b, new.only_if.as_ref()));
        words.text("prompt", &old.prompt, &new.prompt);
        words.optional("help", (*old.help).clone(), (*new.help).clone());
        words.optional("why", (*old.why).clone(), (*new.why).clone());
        let who = |parts: &Parts, question: &Question| question.who.map(|who| wording::who(parts, who));
        words.optional("who", who(self.a, old), who(self.b, new));
        words.text("changeable", changeable(old), changeable(new));
        if let (Some(old), Some(new)) = (&old.candidates, &new.candidates) {
            words.text("candidates", old, new);
        }
        let section =
            |parts: &Parts, question: &Question| parts.sections.get(question.section).map(|s| s.title.clone());
        words.optional("section", section(self.a, old), section(self.b, new));
        let shown = |question: &Question| if question.candidates.is_some() { "shown" } else { "not shown" };
        let attributes = attribute("candidates", shown(old), shown(new), Direction::Neither);
        let sources = cites::compare((self.a, &old.cites), (self.b, &new.cites));
        let change =
            Change { words: words.0, sources, ..Change::new(Kind::Question, &new.id, &new.prompt, Verdict::New) };
        finished(change, findings, attributes.into_iter().collect())
    }

    /// The options of each pair of lists once, however many questions share them. The options of `{ each: Q }` follow
    /// those of `Q`.
    fn options(&self, judge: &mut Judge<'_>, changes: &mut Vec<Change>) {
        let mut done: BTreeSet<(ListIx, ListIx)> = BTreeSet::new();
        for (before, after) in judge.ground.shared() {
            let lists = (|| Some((self.a.questions.get(before)?.list?, self.b.questions.get(after)?.list?)))();
            let Some((old, new)) = lists.filter(|lists| done.insert(*lists)) else { continue };
            if Self::follows(self.a, old).is_some() && Self::follows(self.a, old) == Self::follows(self.b, new) {
                continue;
            }
            let Some(question) = self.b.questions.get(after).map(|question| question.id.as_str()) else { continue };
            let (Some(had), Some(has)) = (self.a.lists.get(old), self.b.lists.get(new)) else { continue };
            for (at, choice) in has.choices.iter().enumerate() {
                match had.choices.iter().position(|was| was.id == choice.id) {
                    Some(was) => changes.extend(self.option(judge, question, (old, was), (new, at))),
                    None => changes.push(of_option(question, choice, Verdict::New)),
                }
            }
            let gone = had.choices.iter().filter(|was| !has.choices.iter().any(|choice| choice.id == was.id));
            changes.extend(gone.map(|choice| of_option(question, choice, Verdict::Ended)));
        }
    }

    /// The question whose options a list follows.
    fn follows(parts: &Parts, list: ListIx) -> Option<&str> {
        let leader = parts.lists.get(list)?.each?;
        parts.questions.get(leader).map(|question| question.id.as_str())
    }

    fn option(
        &self,
        judge: &mut Judge<'_>,
        question: &str,
        (old_list, was): (ListIx, usize),
        (new_list, at): (ListIx, usize),
    ) -> Option<Change> {
        let old = self.a.lists.get(old_list)?.choices.get(was)?;
        let new = self.b.lists.get(new_list)?.choices.get(at)?;
        let states = [self.of_a.opens(old_list, was)?, self.of_b.opens(new_list, at)?];
        let findings = judge.ways(states, &YES_NO, [true, true], &["closed", "open"]);
        let mut words = Words::default();
        words.optional("only-if", only_if(self.a, old.only_if.as_ref()), only_if(self.b, new.only_if.as_ref()));
        words.text("label", &old.label, &new.label);
        words.optional("help", (*old.help).clone(), (*new.help).clone());
        words.optional("steps", wording::steps(self.a, &old.steps), wording::steps(self.b, &new.steps));
        words.text("inert", if old.inert { "yes" } else { "no" }, if new.inert { "yes" } else { "no" });
        let upcoming = |choice: &Choice| wording::upcoming(choice.upcoming.as_ref());
        let candidate = |choice: &Choice| if choice.candidate { "yes" } else { "no" };
        let attributes = [
            attribute("conditions", conditions(self.a, old), conditions(self.b, new), Direction::Neither),
            attribute("candidate", candidate(old), candidate(new), Direction::Neither),
            attribute("upcoming", upcoming(old), upcoming(new), Direction::Neither),
            attribute("tags", tags(self.a, old), tags(self.b, new), Direction::Neither),
        ];
        let sources = cites::compare((self.a, &old.cites), (self.b, &new.cites));
        let change = of_option(question, new, Verdict::New);
        finished(Change { words: words.0, sources, ..change }, findings, attributes.into_iter().flatten().collect())
    }

    fn derived_facts(&self, judge: &mut Judge<'_>, changes: &mut Vec<Change>) {
        for (ix, fact) in self.b.derived.iter() {
            match self.a.derived.find(|old| old.id == fact.id) {
                Some(before) => changes.extend(self.derived(judge, before, ix)),
                None => changes.push(of_derived(fact, Verdict::New)),
            }
        }
        let gone = self.a.derived.iter().filter(|(_, old)| self.b.derived.find(|new| new.id == old.id).is_none());
        changes.extend(gone.map(|(_, fact)| of_derived(fact, Verdict::Ended)));
    }

    fn derived(&self, judge: &mut Judge<'_>, before: DerivedIx, after: DerivedIx) -> Option<Change> {
        let (old, new) = (self.a.derived.get(before)?, self.b.derived.get(after)?);
        let states = [self.of_a.derived(before)?, self.of_b.derived(after)?];
        let findings = judge.values(states, [&value_names(old), &value_names(new)]);
        let mut words = Words::default();
        words.text("title", &old.title, &new.title);
        words.text("cases", &cases(self.a, old), &cases(self.b, new));
        words.optional("says", says(old), says(new));
        words.text("values", &value_names(old).join(", "), &value_names(new).join(", "));
        let shown = |fact: &Derived| if fact.shown { "yes" } else { "no" };
        let attributes = attribute("shown", shown(old), shown(new), Direction::Neither);
        let sources = cites::compare((self.a, &old.cites), (self.b, &new.cites));
        let change = Change { words: words.0, sources, ..of_derived(new, Verdict::New) };
        let change = finished(change, findings, attributes.into_iter().collect())?;
        // What nobody sees has its effect through the rules that read it.
        let seen = old.shown || new.shown || !change.unproved.is_empty();
        Some(Change { effect: change.effect && seen, ..change })
    }

    fn myths(&self, judge: &mut Judge<'_>, changes: &mut Vec<Change>) {
        for (ix, myth) in self.b.myths.iter() {
            let old = self.a.myths.find(|old| old.id == myth.id);
            let states = old.and_then(|at| Some((self.a.myths.get(at)?, [self.of_a.myth(at)?, self.of_b.myth(ix)?])));
            let change = Change::new(Kind::Myth, &myth.id, &myth.belief, Verdict::New);
            let Some((old, states)) = states else {
                changes.push(change);
                continue;
            };
            let findings = judge.ways(states, &YES_NO, [true, true], &["not answered", "answered"]);
            let mut words = Words::default();
            words.text("when", &wording::condition(self.a, &old.when), &wording::condition(self.b, &myth.when));
            words.text("belief", &old.belief, &myth.belief);
            words.text("truth", &old.truth, &myth.truth);
            let sources = cites::compare((self.a, &old.cites), (self.b, &myth.cites));
            changes.extend(finished(Change { words: words.0, sources, ..change }, findings, Vec::new()));
        }
        let gone = self.a.myths.iter().filter(|(_, old)| self.b.myths.find(|new| new.id == old.id).is_none());
        changes.extend(gone.map(|(_, myth)| Change::new(Kind::Myth, &myth.id, &myth.belief, Verdict::Ended)));
    }
}

impl Both<'_, '_> {
    /// Says of each change what else changed that it rests on.
    fn causes(&self, changes: &mut [Change]) {
        let causes: Vec<_> = changes
            .iter()
            .map(|change| {
                if change.shifts.is_empty() && change.unproved.is_empty() {
                    return Vec::new();
                }
                let mut read = reads(self.a, change);
                read.extend(reads(self.b, change));
                let own = (change.kind, change.id.clone());
                let found = causes::among(changes, &read, change.reach());
                found.into_iter().filter(|cause| *cause != own).collect()
            })
            .collect();
        for (change, causes) in changes.iter_mut().zip(causes) {
            change.causes = causes;
        }
    }
}

/// What the conditions of a thing read.
fn reads(parts: &Parts, change: &Change) -> BTreeSet<(Kind, String)> {
    let question = |id: &str| parts.questions.find(|question| question.id == id);
    let conditions: Vec<&Condition> = match change.kind {
        Kind::Question => {
            question(&change.id).and_then(|ix| parts.questions.get(ix)?.only_if.as_ref()).into_iter().collect()
        }
        Kind::Option => {
            let (of, option) = change.id.split_once(": ").unwrap_or_default();
            let choices = question(of).map_or(&[][..], |ix| parts.choices(ix));
            choices.iter().filter(|choice| choice.id == option).filter_map(|choice| choice.only_if.as_ref()).collect()
        }
        Kind::Derived => {
            let fact = parts.derived.find(|fact| fact.id == change.id).and_then(|ix| parts.derived.get(ix));
            fact.iter().flat_map(|fact| &fact.cases).filter_map(|case| case.when.as_ref()).collect()
        }
        _ => {
            let myth = parts.myths.find(|myth| myth.id == change.id).and_then(|ix| parts.myths.get(ix));
            myth.map(|myth| &*myth.when).into_iter().collect()
        }
    };
    causes::reads(parts, &conditions)
}

/// The change of a thing that both versions have; none where nothing changed.
fn finished(change: Change, findings: Findings, attributes: Vec<Attribute>) -> Option<Change> {
    // Tags say nothing by themselves: what tests them changes.
    let in_effect = attributes.iter().any(|attribute| attribute.name != "tags");
    let verdict = match findings.shifts.first() {
        Some(shift) if shift.reach != Reach::Both && !findings.unproved.is_empty() => Verdict::NotProved,
        Some(shift) if shift.reach != Reach::Both && !in_effect => Verdict::OneSided,
        Some(_) => Verdict::Changed,
        None if in_effect => Verdict::Changed,
        None if !findings.unproved.is_empty() => Verdict::NotProved,
        None => Verdict::Reworded,
    };
    let texts = !attributes.is_empty() || !change.words.is_empty() || !change.sources.is_empty();
    (texts || verdict != Verdict::Reworded).then_some(Change {
        verdict,
        effect: verdict != Verdict::Reworded,
        shifts: findings.shifts,
        unproved: findings.unproved,
        attributes,
        ..change
    })
}

fn of_question(question: &Question, verdict: Verdict) -> Change {
    let kind = Attribute {
        name: "type",
        before: String::new(),
        after: wording::kind(question.kind).to_owned(),
        direction: Direction::Neither,
    };
    let mut change = Change::new(Kind::Question, &question.id, &question.prompt, verdict);
    change.attributes = if verdict == Verdict::New { vec![kind] } else { Vec::new() };
    change
}

fn of_option(question: &str, choice: &Choice, verdict: Verdict) -> Change {
    Change::new(Kind::Option, &format!("{question}: {}", choice.id), &choice.label, verdict)
}

fn of_derived(fact: &Derived, verdict: Verdict) -> Change {
    Change { effect: fact.shown, ..Change::new(Kind::Derived, &fact.id, &fact.title, verdict) }
}

fn only_if(parts: &Parts, condition: Option<&Condition>) -> Option<String> {
    condition.map(|condition| wording::condition(parts, condition))
}

fn changeable(question: &Question) -> &'static str {
    match question.changeable {
        Changeable::Fixed => "fixed",
        Changeable::Design => "design",
        Changeable::Evidence => "evidence",
    }
}

fn conditions(parts: &Parts, choice: &Choice) -> String {
    let conditions = choice.conditions.iter();
    let all: Vec<String> =
        conditions.map(|it| format!("{} ({})", it.must_hold, wording::who(parts, it.confirmed_by))).collect();
    if all.is_empty() { "none".to_owned() } else { all.join("; ") }
}

fn tags(parts: &Parts, choice: &Choice) -> String {
    let mut tags: Vec<&str> = choice.tags.iter().filter_map(|tag| parts.tags.get(*tag)).map(String::as_str).collect();
    tags.sort_unstable();
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}

fn value_names(fact: &Derived) -> Vec<&str> {
    fact.values.iter().map(|value| value.name.as_str()).collect()
}

fn says(fact: &Derived) -> Option<String> {
    let says = fact.values.iter().filter_map(|value| Some(format!("{}: {}", value.name, value.says.as_ref()?)));
    let all: Vec<String> = says.collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn cases(parts: &Parts, fact: &Derived) -> String {
    let case = |case: &crate::model::DerivedCase| {
        let value = fact.value(case.value).map_or("", |value| value.name.as_str());
        match &case.when {
            Some(when) => format!("{value} when {}", wording::condition(parts, when)),
            None => format!("otherwise {value}"),
        }
    };
    fact.cases.iter().map(case).collect::<Vec<_>>().join("; ")
}
