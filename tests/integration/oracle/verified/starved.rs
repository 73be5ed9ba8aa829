//! What `verify` says when its allowance of work runs out: what it says all the same, or that it is not proved.

use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Severity};
use clearshare::model::Exchange;
use clearshare::text::Place;
use clearshare::verify::{Observation, Property, Verification, verify_within};

use super::{Engine, small};

type Said = (Code, Option<Place>);

fn said(verification: &Verification, property: Property) -> Vec<Said> {
    let of = |seen: &&Observation| seen.property == property && seen.finding.code() != Code::NotProved;
    // What several rules do together is named at one of them: at which depends on the work that was done.
    let joint = matches!(property, Property::Leavable | Property::Consistent);
    let place = |seen: &Observation| seen.finding.place().filter(|_| !joint);
    verification.observations.iter().filter(of).map(|seen| (seen.finding.code(), place(seen))).collect()
}

fn tally(verification: &Verification, property: Property) -> (usize, usize) {
    let tally = verification.tallies.iter().find(|tally| tally.property == property).expect("each has one");
    (tally.stated, tally.proved)
}

#[test]
fn what_the_allowance_does_not_reach_is_never_called_proved() {
    let mut open = 0;
    for seed in 0..300 {
        let engine = Engine::read(&small(seed)).expect("generated rulesets read");
        let ruleset = engine.ruleset();
        let of = |allowance| verify_within(ruleset, ruleset.info().law_as_at, allowance);
        let whole = of(600_000_000);
        for allowance in [0, 20_000, 2_000_000] {
            let starved = of(allowance);
            for property in Property::ALL {
                let at = format!("seed {seed}, allowance {allowance}, {property:?}");
                let (less, more) = (said(&starved, property), said(&whole, property));
                // Of advice less may be known: that one rule implies another, and not yet that they are equal.
                for seen in less.iter().filter(|(code, _)| code.severity() == Severity::Finding) {
                    // A rule that never applies is never met where it applies, and never outstanding.
                    let idle = matches!(seen.0, Code::RuleNeverMet | Code::RuleNeverOutstanding)
                        && more.contains(&(Code::RuleNeverApplies, seen.1));
                    assert!(idle || more.contains(seen), "{at}: a false alarm, {seen:?}");
                }
                let is_open = |seen: &Observation| seen.property == property && seen.finding.code() == Code::NotProved;
                let told = starved.observations.iter().any(is_open);
                // What is open may leave more or less to state; where nothing is, everything is as it would be.
                let same = less == more && tally(&starved, property) == tally(&whole, property);
                assert!(told || same, "{at}: {more:?} became {less:?}, and nothing is left open");
                open += usize::from(told);
            }
        }
    }
    assert!(open > 500, "only {open} properties were left open: nothing was tried");
}

/// A ruleset in which one combination of 40 answers in a million million shows that a rule holds though a question does not
/// arise: drawn completions do not find it.
fn needle() -> Vec<(String, Vec<u8>)> {
    let question = |id: &str, more: &str| {
        format!(
            "      - {{ id: {id}, type: yes-no, prompt: Is it so?, why: It matters., who: team, changeable: design{more} }}\n"
        )
    };
    let mut questions = String::from("sections:\n  - id: s\n    title: S\n    questions:\n");
    let mut when = String::new();
    for at in 0..40 {
        questions.push_str(&question(&format!("s.q{at}"), ""));
        when.push_str(&format!("s.q{at}: {}, ", if at % 3 == 0 { "yes" } else { "no" }));
    }
    questions.push_str(&question("s.asked", ", only-if: { s.q0: no }"));
    let rule = format!(
        "theme: T\nrules:\n  - id: t.rule\n    title: Do it\n    level: must\n    basis: law\n    when: {{ {when}none: [{{ s.asked: yes }}] }}\n    \
         because: It is so.\n    steps: [{{ do: Do it, who: team }}]\n    cites: [act]\n"
    );
    let head = "format: 1\nid: needle\nversion: \"2026.11\"\nstatus: draft\ntitle: T\nlaw-as-at: 2026-11-22\n\
                covers: { from: 2026-11-01 }\njurisdiction: England\nkeeper: K\nreport-to: an issue\n\
                review-every-months: 6\nchanges: First.\nnot-covered: [Nothing.]\n";
    let source = "sources:\n  - { id: act, title: Act, url: \"https://law.example/act\", \
                  read: { on: 2026-11-20, copy: live }, confidence: high }\n";
    [
        ("ruleset.yaml", head.to_owned()),
        ("questions.yaml", questions),
        ("derived.yaml", "derived: []\n".to_owned()),
        ("roles.yaml", "roles:\n  - { id: team, title: your team, does: It. }\n".to_owned()),
        ("sources.yaml", source.to_owned()),
        ("myths.yaml", "myths: []\n".to_owned()),
        ("glossary.yaml", "terms: []\n".to_owned()),
        ("rules/t.yaml", rule),
    ]
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .to_vec()
}

#[test]
fn what_only_a_search_finds_is_open_without_one() {
    let loaded = clearshare::rulefile::read_ruleset(&needle());
    let ruleset = loaded.unwrap_or_else(|faults| panic!("{:#?}", faults.findings)).ruleset;
    let of = |allowance| verify_within(&ruleset, ruleset.info().law_as_at, allowance);
    let (starved, whole) = (of(0), of(600_000_000));
    assert!(said(&whole, Property::Guarded).iter().any(|(code, _)| *code == Code::UnguardedNegation));
    let open = |seen: &Verification, property| {
        let is_open = |seen: &&Observation| seen.property == property && seen.finding.code() == Code::NotProved;
        seen.observations.iter().filter(is_open).count()
    };
    assert!(open(&starved, Property::Reachable) > 0 && open(&whole, Property::Reachable) == 0);
    assert_eq!((open(&starved, Property::Guarded), open(&whole, Property::Guarded)), (1, 0));
    assert!(!starved.is_proved() && !whole.is_proved());
}

/// Drawn completions do not show that anything hangs on these questions: it has to be worked out.
#[test]
fn what_is_asked_next_is_worked_out_where_nothing_shows_it() {
    let loaded = clearshare::rulefile::read_ruleset(&needle());
    let ruleset = loaded.unwrap_or_else(|faults| panic!("{:#?}", faults.findings)).ruleset;
    let (exchange, as_of) = (Exchange::default(), ruleset.info().law_as_at);
    let mut evaluator = Evaluator::new(&ruleset);
    let open = evaluator.evaluate(&exchange, as_of).open;
    let next = evaluator.next_question(&exchange, as_of).expect("a question is left");
    // `s.asked` arises only where the rule cannot apply.
    assert_eq!((Some(&next), open.len()), (open.first(), 40));
    assert_eq!(ruleset.questions().get(next).unwrap().id, "s.q0");
}
