//! A ruleset built to be hard to prove anything of.
//!
//! Derived facts follow one another in *chains*: each is `yes` where the one before differs from "both of these two questions
//! are `yes`". The last of a chain is the parity of many such pairs: no order of the questions makes its
//! diagram small, and it is `yes` for nearly half of all answers, so drawn ones tell nothing. Each chain has a *twin* that adds
//! the same pairs in another order: the two never differ, and no test of them says so.

use std::fmt::Write as _;

use super::Files;
use super::rng::Rng;
use super::small::HEAD;

/// How many questions stand behind one chain.
const PAIRS: usize = 60;
/// How many questions are in one section.
const SECTION: usize = 25;

/// What a rule of the hard ruleset says, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hardness {
    /// It holds for some combination of answers, and not for others.
    Sometimes,
    /// It never holds: it asks for a chain and for its twin's being otherwise.
    Never,
}

/// What rule `rule-{number}` says.
pub(crate) fn hardness(number: usize) -> Hardness {
    if number.is_multiple_of(4) { Hardness::Never } else { Hardness::Sometimes }
}

/// A hard ruleset of so many questions and rules.
pub(crate) fn hard(questions: usize, rules: usize) -> Files {
    let mut maker = Maker { rng: Rng(0x4a8d), questions, chains: (rules / 50).max(4) };
    let mut files = vec![
        ("ruleset.yaml".to_owned(), HEAD.to_owned()),
        ("questions.yaml".to_owned(), maker.ask()),
        ("derived.yaml".to_owned(), maker.derive()),
    ];
    for theme in 0..rules.div_ceil(50) {
        let numbers = theme * 50..rules.min((theme + 1) * 50);
        let text: String = numbers.map(|number| maker.rule(number)).collect();
        files.push((format!("rules/theme-{theme}.yaml"), format!("theme: Theme {theme}\nrules:\n{text}")));
    }
    let sources = "sources:\n  - { id: source-0, title: Act, url: https://example.gov.uk/0, read: { on: 2026-11-20, copy: live }, \
                   confidence: high }\n";
    files.push(("sources.yaml".to_owned(), sources.to_owned()));
    files.push(("roles.yaml".to_owned(), "roles:\n  - { id: team, title: the team, does: Acts. }\n".to_owned()));
    files.push(("glossary.yaml".to_owned(), "terms: []\n".to_owned()));
    files.push(("myths.yaml".to_owned(), "myths: []\n".to_owned()));
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

struct Maker {
    rng: Rng,
    questions: usize,
    chains: usize,
}

fn id(question: usize) -> String {
    format!("s{}.q{question}", question / SECTION)
}

impl Maker {
    fn ask(&mut self) -> String {
        let mut text = "sections:\n".to_owned();
        for at in 0..self.questions {
            if at % SECTION == 0 {
                let _ = writeln!(text, "  - id: s{0}\n    title: Section {0}\n    questions:", at / SECTION);
            }
            let _ = writeln!(
                text,
                "      - {{ id: {}, type: yes-no, prompt: Is it?, why: Rules read it., who: team, changeable: design }}",
                id(at)
            );
        }
        text
    }

    /// The chains and their twins. Together they read every question.
    fn derive(&mut self) -> String {
        let mut text = "derived:\n".to_owned();
        for chain in 0..self.chains {
            let offset = chain * PAIRS;
            let pair = |at: usize, rng: &mut Rng| ((offset + at) % self.questions, rng.below(self.questions));
            let mut pairs: Vec<(usize, usize)> = (0..PAIRS).map(|at| pair(at, &mut self.rng)).collect();
            for (name, turn) in [("chain", 0), ("twin", PAIRS / 2 + chain % 7)] {
                pairs.rotate_left(turn);
                for (at, (one, other)) in pairs.iter().enumerate() {
                    let _ = writeln!(text, "  - id: {name}-{chain}.f{at}\n    title: So far");
                    let both = if one == other {
                        format!("{}: yes", id(*one))
                    } else {
                        format!("{}: yes, {}: yes", id(*one), id(*other))
                    };
                    let when = if at == 0 {
                        format!("{{ {both} }}")
                    } else {
                        let before = format!("{name}-{chain}.f{}", at - 1);
                        format!("{{ any: [{{ {before}: yes, none: [{{ {both} }}] }}, {{ {before}: no, {both} }}] }}")
                    };
                    let _ = writeln!(text, "    when: {when}");
                }
            }
        }
        text
    }

    /// A rule over chains: of four, one asks for a chain and for its twin's being otherwise, in one of two ways.
    fn rule(&mut self, number: usize) -> String {
        let last = |name: &str, chain: usize, value: &str| format!("{name}-{chain}.f{}: {value}", PAIRS - 1);
        let chain = number % self.chains;
        let other = (chain + 1 + self.rng.below(self.chains - 1)) % self.chains;
        // Every question is tested by some rule besides.
        let plain = format!("{}: {}", id(number % self.questions), self.rng.pick(&["yes", "no"]));
        let when = match hardness(number) {
            Hardness::Never if number.is_multiple_of(8) => {
                format!("{{ {plain}, {}, {} }}", last("chain", chain, "yes"), last("twin", chain, "no"))
            }
            Hardness::Never => {
                let agree =
                    |value: &str| format!("{{ {}, {} }}", last("chain", chain, value), last("twin", chain, value));
                format!("{{ {plain}, none: [{}, {}] }}", agree("yes"), agree("no"))
            }
            Hardness::Sometimes => {
                let third = (other + 1) % self.chains;
                format!(
                    "{{ {plain}, count: {{ at-least: 2, of: [{{ {} }}, {{ {} }}, {{ not: {{ {} }} }}] }} }}",
                    last("chain", chain, "yes"),
                    last("twin", other, "no"),
                    last("chain", third, "yes"),
                )
            }
        };
        let level = match number % 5 {
            0 => "must-not",
            1 | 2 => "must",
            _ => "should",
        };
        let mut text =
            format!("  - id: rule-{number}\n    title: Do it\n    level: {level}\n    basis: law\n    when: {when}\n");
        if level == "must" {
            let _ = writeln!(text, "    met-when: {{ {} }}", last("twin", other, "yes"));
        }
        text + "    because: It matters.\n    steps:\n      - { do: Do it, who: team }\n    cites: [source-0]\n"
    }
}
