//! Inputs as big as they may be. Each takes seconds: work that grew with the square of the input would not end here while
//! anybody waits.

use std::fmt::Write as _;

use clearshare::check::check;
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::read_manifest;
use clearshare::rulefile::{Loaded, read_ruleset};
use clearshare::text::Sources;

use crate::faults::{Said, as_of, said_of_manifest, shown};
use crate::support::{Files, base_files};

#[track_caller]
fn codes(manifest: &str, what: &str) -> Vec<Code> {
    assert!(manifest.len() <= 1 << 20, "{what} is too large");
    let said: Said = said_of_manifest(manifest.as_bytes(), "giant.yaml");
    let mut codes: Vec<Code> = said.findings.iter().map(Finding::code).collect();
    codes.dedup();
    codes
}

const HEAD: &str = "clearshare: 1\nruleset: base@2026.11\n";

/// A piece, as often as fits into a manifest after its head.
fn filled(head: &str, piece: &str) -> String {
    format!("{HEAD}{head}{}", piece.repeat(((1 << 20) - HEAD.len() - head.len()) / piece.len()))
}

#[test]
fn giant_texts() {
    assert_eq!(codes(&filled("exchange: { title: ", "x"), "one word"), [Code::YamlSyntax]);
    assert_eq!(codes(&filled("exchange:\n  title: ", "x y "), "one line"), []);
    assert_eq!(codes(&filled("exchange:\n  title: |\n", "    x\n"), "one text of many lines"), []);
    assert_eq!(codes(&filled("# ", "x"), "one comment"), []);
    assert_eq!(codes(&filled("", "# x\n"), "many comments"), []);
    assert_eq!(codes(&filled("", "\n"), "many empty lines"), []);
    assert_eq!(codes(&filled("from: \"", "\\x07"), "escapes"), [Code::YamlSyntax]);
}

#[test]
fn giant_structures() {
    assert_eq!(codes(&filled("from: ", "["), "brackets"), [Code::TooDeep]);
    assert_eq!(codes(&filled("from: ", "{a: "), "braces"), [Code::TooDeep]);
    assert_eq!(codes(&filled("from:\n", "- "), "dashes"), [Code::TooDeep]);
    assert_eq!(codes(&filled("", "? "), "question marks"), [Code::TooDeep]);
    let mut nested = HEAD.to_owned();
    for depth in 0..1400 {
        writeln!(nested, "{}a:", " ".repeat(depth)).expect("a string can be written");
    }
    assert_eq!(codes(&nested, "mappings inside mappings"), [Code::TooDeep]);
    let nested = format!("{HEAD}from: {}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(codes(&nested, "10,000 lists inside lists"), [Code::TooDeep]);
    let lines = format!("{HEAD}data:\n  personal: yes\n  about:\n{}", "  - pigeons\n".repeat(87_000));
    assert_eq!(codes(&lines, "a list of 87,000 lines"), [Code::UnknownOption, Code::TooManyFaults]);
    let lines = format!("{HEAD}data:\n  personal: yes\n  about:\n{}", "  - x\n".repeat(150_000));
    assert_eq!(codes(&lines, "a list of 150,000 lines"), [Code::TooManyValues]);
}

#[test]
fn giant_heaps_of_faults() {
    let keys = |piece: &dyn Fn(usize) -> String, most: usize| {
        let mut text = HEAD.to_owned();
        (0..most).for_each(|number| text.push_str(&piece(number)));
        text
    };
    let unknown = keys(&|n| format!("k{n}: x\n"), 49_000);
    assert_eq!(codes(&unknown, "unknown keys"), [Code::UnknownKey, Code::TooManyFaults]);
    let near = keys(&|n| format!("scree{n}: x\n"), 49_000);
    assert_eq!(codes(&near, "keys that look like the safety section"), [Code::UnknownKey, Code::TooManyFaults]);
    let same = keys(&|_| "from: x\n".to_owned(), 49_000);
    assert_eq!(codes(&same, "the same key"), [Code::WrongType, Code::DuplicateKey, Code::TooManyFaults]);
    let one_line = format!("{{ clearshare: 1, from: {{ {} }} }}", "council, ".repeat(49_000));
    assert_eq!(codes(&one_line, "one line of keys").last(), Some(&Code::TooManyFaults));
    let screens = format!("{{ clearshare: 1, flows: [{}] }}", "{ screen: x }, ".repeat(19_000));
    assert_eq!(codes(&screens, "one line of safety sections").last(), Some(&Code::TooManyFaults));
    assert_eq!(codes(&filled("", "\ta: 1\n"), "tabs").last(), Some(&Code::TooManyFaults));
    assert_eq!(codes(&filled("", "\u{1}\n"), "control characters").last(), Some(&Code::TooManyFaults));
    assert_eq!(codes(&filled("x: ", "screen:"), "colons"), [Code::YamlSyntax]);
    assert_eq!(codes(&filled("x: [", "screen:\n"), "colons on lines").len(), 1);
    let anchors = keys(&|n| format!("a{n}: &a{n} x\n"), 30_000);
    assert_eq!(codes(&anchors, "anchors").last(), Some(&Code::TooManyFaults));
    let done = "  - { rule: people.ask, on: 2026-11-20, by: a, evidence: a }\n".repeat(9_000);
    assert_eq!(codes(&format!("{HEAD}done:\n{done}"), "steps done"), [Code::RecordedTwice, Code::TooManyFaults]);
    let told = format!("{HEAD}told: [{}]\n", "letters-are-safe, ".repeat(49_000));
    assert_eq!(codes(&told, "one belief again and again"), [Code::ToldTwice, Code::TooManyFaults]);
    let told = format!("{HEAD}told: [{}]\n", "letters-are-save, ".repeat(49_000));
    assert_eq!(codes(&told, "beliefs that are not known"), [Code::UnknownMyth, Code::TooManyFaults]);
}

#[test]
fn many_flows() {
    let flows = |count: usize, more: &str| {
        let mut text = format!("{HEAD}data: {{ personal: yes, about: children }}\nflows:\n");
        (0..count).for_each(|n| writeln!(text, "  - {{ id: f{n}{more} }}").expect("a string can be written"));
        text
    };
    assert_eq!(codes(&flows(1000, ""), "1,000 flows"), []);
    assert_eq!(codes(&flows(30_000, ""), "30,000 flows"), []);
    let moot = flows(14_000, ", data: { personal: no }");
    assert_eq!(codes(&moot, "14,000 flows at fault"), [Code::AnswerDoesNotArise, Code::TooManyFaults]);
}

/// The base ruleset with more files, or with others.
fn with(changes: &[(&str, String)]) -> Files {
    let mut files = base_files();
    for (path, text) in changes {
        files.retain(|(other, _)| other != path);
        files.push(((*path).to_owned(), text.clone().into_bytes()));
    }
    files
}

fn base(path: &str) -> String {
    let (_, bytes) = base_files().into_iter().find(|(other, _)| other == path).expect("it is a file of the base");
    String::from_utf8(bytes).expect("it is UTF-8")
}

#[track_caller]
fn read(what: &str, files: &Files) -> Loaded {
    read_ruleset(files).unwrap_or_else(|faults| {
        let all: Vec<String> = faults.findings.iter().take(5).map(|finding| shown(finding, &faults.sources)).collect();
        panic!("{what} has faults: {all:#?}")
    })
}

/// The advice on a manifest, asked for once.
#[track_caller]
fn advise(what: &str, loaded: &Loaded, manifest: &str) {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(manifest.as_bytes(), "x.yaml", &mut sources, &mut findings).expect("it can be read");
    let mut evaluator = Evaluator::new(&loaded.ruleset);
    let checked = check(&mut evaluator, &manifest, as_of(), &sources, &mut findings);
    let Some(checked) = checked else { panic!("{what}: {:#?}", findings.into_sorted()) };
    for flow in &checked.flows {
        evaluator.reconsider(&flow.flow.exchange);
        let explainer = evaluator.explainer(&flow.flow.exchange, &flow.advice);
        for (ix, rule) in loaded.ruleset.rules().iter() {
            drop(explainer.rule(ix, rule));
        }
    }
}

fn rule(id: &str, when: &str) -> String {
    format!(
        "  - {{ id: {id}, title: x, level: must, basis: law, when: {when}, because: x, steps: [{{ do: x, who: team }}], \
         cites: [people-act] }}\n"
    )
}

#[test]
fn a_ruleset_with_3000_options() {
    let mut gateways = base("options/gateways.yaml");
    let mut rules = "theme: Many\nrules:\n".to_owned();
    for n in 0..3000 {
        writeln!(
            gateways,
            "  - {{ id: g{n}, label: x, tags: [t{}], only-if: {{ from.body: tag:keeps-plots, to.body: water-board }}, \
             conditions: [{{ must-hold: x, confirmed-by: team }}] }}",
            n % 30
        )
        .expect("a string can be written");
    }
    (0..30).for_each(|n| rules.push_str(&rule(&format!("many.tag-{n}"), &format!("{{ power.gateway: tag:t{n} }}"))));
    (0..100).for_each(|n| rules.push_str(&rule(&format!("many.option-{n}"), &format!("{{ power.gateway: g{n} }}"))));
    (0..100).for_each(|n| rules.push_str(&rule(&format!("many.some-{n}"), "{ power.gateway: { some: yes } }")));
    let loaded = read("3,000 options", &with(&[("options/gateways.yaml", gateways), ("rules/many.yaml", rules)]));
    advise("advice with 3,000 options", &loaded, HEAD);
    let named: Vec<String> = (0..3000).map(|n| format!("g{n}")).collect();
    let manifest = format!("{HEAD}from: {{ body: council }}\npower: {{ gateway: [{}] }}\n", named.join(", "));
    advise("advice on 3,000 options", &loaded, &manifest);
    let slips: Vec<String> = (0..90_000).map(|n| format!("h{n}")).collect();
    let manifest = format!("{HEAD}power: {{ gateway: [{}] }}\n", slips.join(", "));
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(manifest.as_bytes(), "x.yaml", &mut sources, &mut findings).expect("it can be read");
    let flows = manifest.flows(&loaded.ruleset, as_of(), &sources, &mut findings);
    assert_eq!((flows.len(), findings.len()), (1, 90_000));
}

#[test]
fn a_chain_of_3000_derived_facts() {
    let mut derived = base("derived.yaml");
    for n in (0..3000).rev() {
        let when = if n == 0 { "{ data.size: few }".to_owned() } else { format!("{{ d{}: yes }}", n - 1) };
        writeln!(derived, "  - {{ id: d{n}, title: x, when: {when} }}").expect("a string can be written");
    }
    let rules = format!("theme: Chain\nrules:\n{}", rule("chain.end", "{ d2999: yes }"));
    let loaded =
        read("a chain of 3,000 derived facts", &with(&[("derived.yaml", derived), ("rules/chain.yaml", rules)]));
    advise("advice along the chain, not known", &loaded, HEAD);
    advise("advice along the chain", &loaded, &format!("{HEAD}data: {{ size: few }}\n"));
}

#[test]
fn a_circle_of_3000_derived_facts() {
    let mut derived = base("derived.yaml");
    for n in 0..3000 {
        writeln!(derived, "  - {{ id: d{n}, title: x, when: {{ d{}: yes }} }}", (n + 1) % 3000)
            .expect("a string can be written");
    }
    let faults = read_ruleset(&with(&[("derived.yaml", derived)]));
    let faults = faults.expect_err("it is a fault");
    assert_eq!(faults.findings.len(), 1);
    assert_eq!(faults.findings[0].code(), Code::DerivedCircle);
    assert!(faults.findings[0].message().len() < 1000, "the message names some of them only");
}

#[test]
fn a_chain_of_3000_questions() {
    let mut questions = format!("{}  - id: chain\n    title: Chain\n    questions:\n", base("questions.yaml"));
    for n in 0..3000 {
        let only_if = if n == 0 { String::new() } else { format!(", only-if: {{ chain.q{}: yes }}", n - 1) };
        writeln!(questions, "      - {{ id: chain.q{n}, type: yes-no, prompt: x, why: x, who: team{only_if} }}")
            .expect("a string can be written");
    }
    let rules = format!("theme: Chain\nrules:\n{}", rule("chain.end", "{ chain.q2999: yes }"));
    let loaded =
        read("a chain of 3,000 questions", &with(&[("questions.yaml", questions), ("rules/chain.yaml", rules)]));
    advise("advice along the questions", &loaded, HEAD);
    advise("advice along the questions, answered", &loaded, &format!("{HEAD}chain: {{ q0: yes, q1: no }}\n"));
}

/// Each option waits twice for the one before: written out, that doubles with every question.
#[test]
fn options_that_wait_for_options() {
    let mut questions = format!("{}  - id: chain\n    title: Chain\n    questions:\n", base("questions.yaml"));
    for n in 0..60 {
        let only_if = match n {
            0 => String::new(),
            n => format!(", only-if: {{ all: [{{ chain.q{0}: a }}, {{ not: {{ chain.q{0}: b }} }}] }}", n - 1),
        };
        writeln!(
            questions,
            "      - {{ id: chain.q{n}, type: one-of, prompt: x, why: x, who: team, options: [{{ id: a, label: a{only_if} }}, \
             {{ id: b, label: b{only_if} }}] }}"
        )
        .expect("a string can be written");
    }
    let rules = format!("theme: Chain\nrules:\n{}", rule("chain.end", "{ chain.q59: a }"));
    let loaded =
        read("options that wait for options", &with(&[("questions.yaml", questions), ("rules/chain.yaml", rules)]));
    advise("advice on options that wait for options", &loaded, HEAD);
    let answers: Vec<String> = (0..60).map(|n| format!("q{n}: a")).collect();
    let manifest = format!("{HEAD}chain: {{ {} }}\n", answers.join(", "));
    advise("advice on options that wait for options, answered", &loaded, &manifest);
}

#[test]
fn a_ruleset_with_3000_rules() {
    let mut rules = "theme: Many\nrules:\n".to_owned();
    (0..3000)
        .for_each(|n| rules.push_str(&rule(&format!("many.r{n}"), "{ data.about: tag:vulnerable, data.size: many }")));
    let loaded = read("3,000 rules", &with(&[("rules/many.yaml", rules)]));
    advise("advice on 3,000 rules", &loaded, HEAD);
    advise(
        "advice on 3,000 rules, answered",
        &loaded,
        &format!("{HEAD}data: {{ personal: yes, about: children, size: many }}\n"),
    );
}
