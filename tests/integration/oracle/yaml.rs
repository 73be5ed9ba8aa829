//! Writes a generated ruleset as the files that a person would write. Plain strings, no YAML library.

use std::fmt::Write as _;

use super::ruleset::{
    Answer, Basis, Changeable, Choice, Cond, Day, Facts, Item, Kind, Level, Line, List, Mask, Rule, Ruleset, Test,
    Upcoming, YES_NO,
};

/// A ruleset's files: path in the version's folder, and text.
pub(super) fn files(rs: &Ruleset) -> Vec<(String, String)> {
    let mut files = vec![
        ("ruleset.yaml".to_owned(), HEAD.to_owned()),
        ("questions.yaml".to_owned(), questions(rs)),
        ("roles.yaml".to_owned(), roles(rs)),
    ];
    for list in &rs.lists {
        if let Some(file) = &list.file {
            files.push((format!("options/{file}.yaml"), format!("options:\n{}", options(rs, list, "  "))));
        }
    }
    // A file with nothing to say holds an empty list.
    files.push(("glossary.yaml".to_owned(), "terms: []\n".to_owned()));
    let derived = if rs.derived.is_empty() { "derived: []\n".to_owned() } else { derived(rs) };
    files.push(("derived.yaml".to_owned(), derived));
    for (t, theme) in rs.themes.iter().enumerate() {
        let mut text = format!("theme: Theme {t}\n");
        if let Some(when) = &theme.when {
            let _ = writeln!(text, "when: {}", cond(rs, when));
        }
        text.push_str("rules:\n");
        let of_theme: String = rs.rules.iter().filter(|r| r.theme == t).map(|r| rule(rs, r)).collect();
        files.push((format!("rules/t{t}.yaml"), text + &of_theme));
    }
    let mut myths = if rs.myths.is_empty() { "myths: []\n" } else { "myths:\n" }.to_owned();
    for (m, when) in rs.myths.iter().enumerate() {
        let _ = writeln!(myths, "  - id: myth-{m}\n    belief: We cannot.\n    truth: You can.");
        let _ = writeln!(myths, "    when: {}\n    cites: [act-s1]", cond(rs, when));
    }
    files.push(("myths.yaml".to_owned(), myths));
    // A source that nothing cites is a fault.
    let mut sources = "sources:\n".to_owned();
    for (id, rest) in SOURCES {
        if files.iter().any(|(_, text)| text.contains(id)) {
            let _ = writeln!(sources, "  - {{ id: {id}, {rest} }}");
        }
    }
    files.push(("sources.yaml".to_owned(), sources));
    files
}

/// The files in one text, for the message of a failure.
pub(super) fn printed(rs: &Ruleset) -> String {
    let wanted = |path: &str| !matches!(path, "ruleset.yaml" | "roles.yaml" | "sources.yaml" | "glossary.yaml");
    files(rs)
        .iter()
        .filter(|(path, _)| wanted(path))
        .fold(String::new(), |all, (path, text)| all + "--- " + path + "\n" + text)
}

/// Facts as a manifest would give them, for the message of a failure.
pub(super) fn printed_facts(rs: &Ruleset, facts: &Facts) -> String {
    let mut text = format!("as-of: {}\n", day(facts.as_of));
    for (q, answer) in facts.answers.iter().enumerate() {
        let value = match answer {
            Answer::Absent => continue,
            Answer::Unknown => "unknown".to_owned(),
            Answer::Known(0) => "none".to_owned(),
            Answer::Known(set) => named(rs, q, *set).join(", "),
            Answer::Partial(set) => format!("{}, unknown", named(rs, q, *set).join(", ")),
            Answer::Words => "words".to_owned(),
        };
        let _ = writeln!(text, "{}: [{value}]", rs.questions[q].id);
    }
    for (r, rule) in rs.rules.iter().enumerate() {
        if facts.done[r] {
            let _ = writeln!(text, "done: {}", rule.id);
        }
        if let Some(expires) = facts.waivers[r] {
            let _ = writeln!(text, "waived: {} until {}", rule.id, day(expires));
        }
    }
    text
}

/// The ids of some options of a question.
pub(super) fn named(rs: &Ruleset, question: usize, set: Mask) -> Vec<String> {
    let options = rs.lists[rs.questions[question].list].options.iter().enumerate();
    options.filter(|(i, _)| set & 1 << i != 0).map(|(_, o)| o.id.clone()).collect()
}

const HEAD: &str = "format: 1
id: generated
version: \"2026.01\"
status: draft
title: Generated
law-as-at: 2026-01-01
covers: { from: 2026-01-01 }
jurisdiction: Nowhere
keeper: Nobody
report-to: nobody
review-every-months: 6
changes: First draft.
not-covered:
  - Everything.
";

const SOURCES: [(&str, &str); 3] = [
    ("act-s1", "title: Act, url: https://example.gov.uk/1, read: { on: 2026-01-01, copy: live }, confidence: high"),
    (
        "code-p2",
        "title: Code, url: https://example.gov.uk/2, read: { on: 2026-01-01, copy: archived }, confidence: medium",
    ),
    ("note-3", "title: Note, url: https://example.gov.uk/3, read: { on: 2026-01-01, copy: not-read }, confidence: low"),
];

fn roles(rs: &Ruleset) -> String {
    let mut text = "roles:\n  - { id: team, title: the team, does: Does it. }\n".to_owned();
    if rs.rules.iter().any(|r| r.refer) {
        text.push_str("  - { id: adviser, title: adviser, does: Advises. }\n");
    }
    if rs.rules.iter().any(|r| r.waivable_by) {
        text.push_str("  - { id: keeper, title: keeper, does: Waives. }\n");
    }
    text
}

fn questions(rs: &Ruleset) -> String {
    let mut text = "sections:\n".to_owned();
    let mut section = None;
    for q in &rs.questions {
        if section != Some(q.section) {
            section = Some(q.section);
            let _ = writeln!(text, "  - id: sec-{0}\n    title: Section {0}\n    questions:", q.section);
        }
        let kind = match q.kind {
            Kind::YesNo => "yes-no",
            Kind::OneOf => "one-of",
            Kind::AnyOf => "any-of",
            Kind::Text => "text",
        };
        let _ = writeln!(text, "      - id: {}\n        type: {kind}\n        prompt: What is it?", q.id);
        if q.kind != Kind::Text {
            text.push_str("        why: It matters.\n        who: from.team\n");
        }
        if let Some(only_if) = &q.only_if {
            let _ = writeln!(text, "        only-if: {}", cond(rs, only_if));
        }
        if q.candidates {
            text.push_str("        candidates: What may fit\n");
        }
        match q.changeable {
            Changeable::Fixed => {}
            Changeable::Design => text.push_str("        changeable: design\n"),
            Changeable::Evidence => text.push_str("        changeable: evidence\n"),
        }
        let list = &rs.lists[q.list];
        if let Some(of) = q.each {
            let _ = writeln!(text, "        options: {{ each: {} }}", rs.questions[of].id);
        } else if let Some(file) = &list.file {
            let _ = writeln!(text, "        options: {file}");
        } else if matches!(q.kind, Kind::OneOf | Kind::AnyOf) {
            let _ = write!(text, "        options:\n{}", options(rs, list, "          "));
        }
    }
    text
}

fn options(rs: &Ruleset, list: &List, indent: &str) -> String {
    list.options.iter().fold(String::new(), |all, o| all + indent + "- " + &option(rs, o) + "\n")
}

fn option(rs: &Ruleset, o: &Choice) -> String {
    let mut text = format!("{{ id: {}, label: Option", o.id);
    if !o.tags.is_empty() {
        let tags: Vec<&str> = o.tags.iter().map(|t| rs.tags[*t].as_str()).collect();
        let _ = write!(text, ", tags: [{}]", tags.join(", "));
    }
    if !o.candidate {
        text.push_str(", candidate: no");
    }
    if o.inert {
        text.push_str(", inert: yes");
    }
    if let Some(only_if) = &o.only_if {
        let _ = write!(text, ", only-if: {}", cond(rs, only_if));
    }
    if o.conditions {
        text.push_str(", conditions: [{ must-hold: It holds, confirmed-by: to.team }]");
    }
    if let Some(upcoming) = o.upcoming {
        let _ = write!(text, ", upcoming: {}", in_force(upcoming));
    }
    text + " }"
}

fn in_force(upcoming: Upcoming) -> String {
    match upcoming {
        Upcoming::From(from) => format!("{{ from: {}, cites: [code-p2] }}", day(from)),
        Upcoming::NotAppointed => "{ from: not-appointed, cites: [code-p2] }".to_owned(),
    }
}

fn day((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn derived(rs: &Ruleset) -> String {
    let mut text = "derived:\n".to_owned();
    // They may be written in any order: every second ruleset writes the last first.
    let mut order: Vec<_> = rs.derived.iter().collect();
    if rs.seed.is_multiple_of(2) {
        order.reverse();
    }
    for d in order {
        let _ = writeln!(text, "  - id: {}\n    title: Derived", d.id);
        if d.shown {
            text.push_str("    shown: yes\n    cites: [act-s1]\n");
        }
        if d.yes_no {
            if d.shown {
                text.push_str("    says: { yes: It is., no: It is not. }\n");
            }
            if let Some((_, Some(when))) = d.cases.first() {
                let _ = writeln!(text, "    when: {}", cond(rs, when));
            }
            continue;
        }
        if d.scale {
            let _ = writeln!(text, "    scale: [{}]", d.values.join(", "));
        }
        text.push_str("    cases:\n");
        let mut said = Vec::new();
        for (value, when) in &d.cases {
            let _ = write!(text, "      - {{ is: {}", d.values[*value]);
            if d.shown && !said.contains(value) {
                text.push_str(", says: It is so.");
                said.push(*value);
            }
            if let Some(when) = when {
                let _ = write!(text, ", when: {}", cond(rs, when));
            }
            text.push_str(" }\n");
        }
    }
    text
}

fn rule(rs: &Ruleset, r: &Rule) -> String {
    let level = match r.level {
        Level::MustNot => "must-not",
        Level::Must => "must",
        Level::Should => "should",
        Level::Could => "could",
    };
    let (basis, cites) = match r.basis {
        Basis::Law => ("law", "act-s1"),
        Basis::Policy => ("policy", "code-p2, note-3"),
        Basis::Guidance if matches!(r.level, Level::Should | Level::Could) => ("guidance", "note-3"),
        Basis::Guidance => ("guidance", "code-p2"),
    };
    let mut text = format!("  - id: {}\n    title: Do it\n    level: {level}\n    basis: {basis}\n", r.id);
    if let Some(when) = &r.when {
        let _ = writeln!(text, "    when: {}", cond(rs, when));
    }
    if let Some(met_when) = &r.met_when {
        let _ = writeln!(text, "    met-when: {}", cond(rs, met_when));
    }
    if let Some(after) = r.due_after {
        let _ = writeln!(text, "    due: {}", if after { "after" } else { "before" });
    }
    if r.waivable_by {
        text.push_str("    waivable-by: [keeper]\n");
    }
    if r.refer {
        text.push_str("    refer: adviser\n");
    }
    if r.ends_questions {
        text.push_str("    ends-questions: yes\n");
    }
    if let Some(upcoming) = r.upcoming {
        let _ = writeln!(text, "    upcoming: {}", in_force(upcoming));
    }
    if r.is_final {
        text.push_str("    final: yes\n");
    }
    if !r.even_unasked.is_empty() {
        let ids: Vec<&str> = r.even_unasked.iter().map(|q| rs.questions[*q].id.as_str()).collect();
        let _ = writeln!(text, "    even-unasked: [{}]", ids.join(", "));
    }
    text + "    because: It matters.\n    steps:\n      - { do: Do it, who: team }\n    cites: [" + cites + "]\n"
}

/// A condition in flow style.
pub(super) fn cond(rs: &Ruleset, c: &Cond) -> String {
    let lines: Vec<String> = c.0.iter().map(|l| line(rs, l)).collect();
    format!("{{ {} }}", lines.join(", "))
}

fn line(rs: &Ruleset, line: &Line) -> String {
    let list = |of: &[Cond]| format!("[{}]", of.iter().map(|c| cond(rs, c)).collect::<Vec<_>>().join(", "));
    match line {
        Line::Question(q, test) => {
            let q = &rs.questions[*q];
            let items = |items: &[Item]| items.iter().map(|i| item(rs, q.list, *i)).collect::<Vec<_>>().join(", ");
            let test = match test {
                Test::AnyOf(of) if of.len() == 1 => items(of),
                Test::AnyOf(of) => format!("[{}]", items(of)),
                Test::AllOf(of) => format!("{{ all-of: [{}] }}", items(of)),
                Test::Only(of) => format!("{{ only: [{}] }}", items(of)),
                Test::Some => "{ some: yes }".to_owned(),
                Test::SomeWithout(tag) => format!("{{ some-without: tag:{} }}", rs.tags[*tag]),
                Test::Closed => "{ closed: yes }".to_owned(),
            };
            format!("{}: {test}", q.id)
        }
        Line::Derived(d, values) => {
            let d = &rs.derived[*d];
            let values: Vec<&str> = values.iter().map(|v| d.values[*v].as_str()).collect();
            match values.as_slice() {
                [one] => format!("{}: {one}", d.id),
                _ => format!("{}: [{}]", d.id, values.join(", ")),
            }
        }
        Line::All(of) => format!("all: {}", list(of)),
        Line::Any(of) => format!("any: {}", list(of)),
        Line::None(of) => format!("none: {}", list(of)),
        Line::Not(c) => format!("not: {}", cond(rs, c)),
        Line::Count(at_least, of) => format!("count: {{ at-least: {at_least}, of: {} }}", list(of)),
    }
}

fn item(rs: &Ruleset, list: usize, item: Item) -> String {
    match item {
        Item::Option(i) if list == YES_NO => ["yes", "no"][i].to_owned(),
        Item::Option(i) => rs.lists[list].options[i].id.clone(),
        Item::Tag(tag) => format!("tag:{}", rs.tags[tag]),
        Item::Nothing => "none".to_owned(),
    }
}
