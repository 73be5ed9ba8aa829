//! A comparison as sections of entries, for people: what stands where, and what is said of it. Each format lays it out.

use super::{DiffReport, sentences};
use crate::compare::{Change, Kind, Reach, Shift, Verdict, Witness};
use crate::manifest::write_facts;
use crate::model::Facts;
use crate::report::Tone;
use crate::ruleset::Ruleset;

/// A heading, and what stands under it.
pub(super) struct Section {
    pub(super) heading: &'static str,
    pub(super) mark: &'static str,
    pub(super) tone: Tone,
    pub(super) entries: Vec<Entry>,
}

/// One change.
pub(super) struct Entry {
    /// What it is about, where its section has several kinds.
    pub(super) noun: Option<&'static str>,
    pub(super) id: String,
    /// Its level and basis, and what is to be said of it beside.
    pub(super) note: String,
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// One thing said of a change.
pub(super) enum Line {
    Says(String),
    /// A manifest, with what stands before it.
    Facts(String, String),
}

/// Which changes a section has.
type Wanted = fn(&Change) -> bool;

const SECTIONS: [(&str, &str, Tone, Wanted); 16] = [
    ("Stricter rules", "✗", Tone::Bad, |c| rule(c) && c.verdict == Verdict::Stricter),
    ("Rules stricter in some ways and looser in others", "✗", Tone::Bad, |c| {
        rule(c) && c.verdict == Verdict::BothWays
    }),
    ("Looser rules", "!", Tone::Caution, |c| rule(c) && c.verdict == Verdict::Looser),
    ("New rules", "○", Tone::Caution, |c| rule(c) && c.verdict == Verdict::New),
    ("Ended rules", "!", Tone::Caution, |c| rule(c) && c.verdict == Verdict::Ended),
    ("Rules changed in other ways", "!", Tone::Caution, |c| rule(c) && c.verdict == Verdict::Changed),
    ("Not proved to be the same", "?", Tone::Bad, |c| c.verdict == Verdict::NotProved),
    ("Rules changed only for answers that one version lacks", "!", Tone::Caution, |c| {
        rule(c) && c.verdict == Verdict::OneSided
    }),
    ("Questions", "•", Tone::Caution, |c| c.kind == Kind::Question && told(c)),
    ("Options", "•", Tone::Caution, |c| c.kind == Kind::Option && told(c)),
    ("Derived facts", "•", Tone::Caution, |c| c.kind == Kind::Derived && told(c)),
    ("Myths", "•", Tone::Caution, |c| c.kind == Kind::Myth && told(c)),
    ("Only worded differently: proved to have the same effect", "–", Tone::Quiet, |c| {
        c.kind < Kind::Source && c.verdict == Verdict::Reworded
    }),
    ("Sources", "•", Tone::Quiet, |c| c.kind == Kind::Source),
    ("Terms and roles", "–", Tone::Quiet, |c| matches!(c.kind, Kind::Term | Kind::Role)),
    ("What the ruleset says of itself", "–", Tone::Quiet, |c| c.kind == Kind::Ruleset),
];

fn rule(change: &Change) -> bool {
    change.kind == Kind::Rule
}

/// Whether a change of something else than a rule has a section of its kind.
fn told(change: &Change) -> bool {
    !matches!(change.verdict, Verdict::Reworded | Verdict::NotProved)
}

/// The sections that have something in them, in the order of what matters most.
pub(super) fn sections(report: &DiffReport<'_>) -> Vec<Section> {
    let section = |(heading, mark, tone, wanted): (&'static str, &'static str, Tone, Wanted)| {
        let changes = report.comparison.changes.iter().filter(|change| wanted(change));
        let entries = changes.map(|change| entry(report, change)).collect();
        Section { heading, mark, tone, entries }
    };
    SECTIONS.into_iter().map(section).filter(|section: &Section| !section.entries.is_empty()).collect()
}

fn entry(report: &DiffReport<'_>, change: &Change) -> Entry {
    let mixed = matches!(change.verdict, Verdict::NotProved | Verdict::Reworded) && change.kind < Kind::Source;
    let mixed = mixed || matches!(change.kind, Kind::Term | Kind::Role);
    let mut note: Vec<&str> = Vec::new();
    if let Some((level, basis)) = change.level {
        note.extend([level.word(), basis.word()]);
    }
    match change.verdict {
        Verdict::New if change.kind != Kind::Rule => note.push("new"),
        Verdict::Ended if change.kind != Kind::Rule => note.push("gone"),
        Verdict::OneSided if change.kind != Kind::Rule => note.push("only for answers that one version lacks"),
        _ => {}
    }
    Entry {
        noun: mixed.then(|| sentences::noun(change.kind)),
        id: change.id.clone(),
        note: note.join(", "),
        title: change.title.clone(),
        lines: lines(report, change),
    }
}

fn lines(report: &DiffReport<'_>, change: &Change) -> Vec<Line> {
    let mut lines: Vec<Line> = change.attributes.iter().map(|it| Line::Says(sentences::attribute(it))).collect();
    for shift in &change.shifts {
        let alone = matches!(change.verdict, Verdict::New | Verdict::Ended) && shift.reach == Reach::Both;
        lines.extend((!alone).then(|| Line::Says(sentences::shift(change, shift))));
        if !report.verbose && follows(change) {
            continue;
        }
        match &shift.witness {
            Some(witness) => shown(report, shift, witness, &mut lines),
            None => lines.push(Line::Says("No example was found within the budget.".to_owned())),
        }
    }
    if change.kind == Kind::Rule && change.shifts.is_empty() && matches!(change.verdict, Verdict::New | Verdict::Ended)
    {
        lines.push(Line::Says(never(change)));
    }
    lines.extend(sentences::unproved(change).map(Line::Says));
    lines.extend(renamed(report, change).map(Line::Says));
    words(report, change, &mut lines);
    lines.extend(sentences::causes(change).map(Line::Says));
    let (before, after) = (report.before.ruleset, report.after.ruleset);
    lines.extend(change.sources.iter().map(|it| Line::Says(sentences::source(it, before, after))));
    let both = !matches!(change.verdict, Verdict::New | Verdict::Ended | Verdict::Reworded);
    if change.kind == Kind::Rule && both && change.sources.is_empty() && !follows(change) {
        lines.push(Line::Says("None of its sources changed.".to_owned()));
    }
    lines
}

/// Whether a change only follows from others, and is no rule's for answers that both versions know: then one sentence is
/// enough, unless more is asked for.
fn follows(change: &Change) -> bool {
    let own = change.words.iter().any(sentences::is_condition) || !change.attributes.is_empty();
    !own && !change.causes.is_empty() && (change.kind != Kind::Rule || change.verdict == Verdict::OneSided)
}

/// Of a rule that one version has alone, and that applies to nothing.
fn never(change: &Change) -> String {
    let word = if change.verdict == Verdict::New { "applies" } else { "applied" };
    if change.unproved.is_empty() {
        format!("It never {word}: it is not in force, or its condition cannot hold.")
    } else {
        format!("No exchange was found to which it {word}.")
    }
}

fn renamed(report: &DiffReport<'_>, change: &Change) -> Option<String> {
    if change.kind != Kind::Rule {
        return None;
    }
    let mut pairs = report.comparison.renamed.iter();
    match change.verdict {
        Verdict::New => {
            let pair = pairs.find(|pair| pair.after == change.id)?;
            Some(format!("It may be {} under a new name: it has the same level and the same effect.", pair.before))
        }
        Verdict::Ended => {
            let pair = pairs.find(|pair| pair.before == change.id)?;
            Some(format!("It may go on as {}: that has the same level and the same effect.", pair.after))
        }
        _ => None,
    }
}

/// Conditions where they have an effect, cut down to what differs; of the rest the names. Everything in full where more is
/// asked for.
fn words(report: &DiffReport<'_>, change: &Change, lines: &mut Vec<Line>) {
    let in_full = report.verbose || change.kind >= Kind::Source;
    let effect = change.verdict != Verdict::Reworded;
    let (full, names): (Vec<_>, Vec<_>) =
        change.words.iter().partition(|word| in_full || (effect && sentences::is_condition(word)));
    lines.extend(
        full.into_iter()
            .map(|word| Line::Says(sentences::word(word, !report.verbose && sentences::is_condition(word)))),
    );
    if !names.is_empty() {
        let names: Vec<&str> = names.iter().map(|word| word.part).collect();
        let also = if effect { "Also worded differently" } else { "Worded differently" };
        lines.push(Line::Says(format!("{also}: {}.", names.join(", "))));
    }
}

/// The facts of a witness, once where both versions take the same, and what each says of them.
fn shown(report: &DiffReport<'_>, shift: &Shift, witness: &Witness, lines: &mut Vec<Line>) {
    let manifest = |ruleset: &Ruleset, facts: &Option<Facts>| {
        facts.as_ref().map(|facts| format!("clearshare: 1\n{}", write_facts(ruleset.parts(), facts, 0)))
    };
    let before = manifest(report.before.ruleset, &witness.before);
    let after = manifest(report.after.ruleset, &witness.after);
    match (before, after) {
        (Some(before), Some(after)) if before == after => {
            lines.push(Line::Facts("For example:".to_owned(), after));
        }
        (before, after) => {
            let put = |name: &str, text: Option<String>| text.map(|text| Line::Facts(name.to_owned(), text));
            lines.extend(put("For example, as the version before takes it:", before));
            lines.extend(put("For example, as the version after takes it:", after));
        }
    }
    lines.extend(sentences::says(shift, witness).into_iter().map(Line::Says));
}

/// How many there are of each, in one sentence.
pub(super) fn summary(report: &DiffReport<'_>) -> String {
    let comparison = report.comparison;
    let count = |verdict| comparison.of(Kind::Rule).filter(|change| change.verdict == verdict).count();
    let counts = [
        (count(Verdict::Stricter), "stricter"),
        (count(Verdict::BothWays), "stricter in some ways and looser in others"),
        (count(Verdict::Looser), "looser"),
        (count(Verdict::New), "new"),
        (count(Verdict::Ended), "ended"),
        (count(Verdict::Changed), "changed in other ways"),
        (count(Verdict::OneSided), "changed only for answers that one version lacks"),
        (count(Verdict::NotProved), "not proved to be the same"),
        (count(Verdict::Reworded), "only worded differently"),
        (comparison.unchanged_rules, "unchanged"),
    ];
    let told: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if told.is_empty() { "Rules: none.".to_owned() } else { format!("Rules: {}.", told.join(", ")) }
}

/// What it comes to.
pub(super) fn verdict(report: &DiffReport<'_>) -> (&'static str, Tone) {
    let changes = || report.comparison.changes.iter().filter(|change| change.effect);
    if changes().any(|change| change.verdict != Verdict::NotProved) {
        ("Advice can come out differently.", Tone::Caution)
    } else if changes().next().is_some() {
        ("It was not proved that advice comes out the same.", Tone::Caution)
    } else {
        ("Nothing changes in effect: this is proved for every combination of answers.", Tone::Good)
    }
}
