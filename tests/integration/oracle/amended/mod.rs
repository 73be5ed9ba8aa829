//! Manifests that are written and amended: they state what was wanted, and lose nothing that people wrote.

mod hand;

use clearshare::bundled;
use clearshare::finding::{Finding, Findings};
use clearshare::manifest::{Flow, Interviewed, Pin, amend, compose, read_manifest};
use clearshare::model::{Answer, AnswerValue, Date, Facts, Given, Ix, Kind, OptionIx, QuestionIx};
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

use super::Rng;
use super::bridge::Engine;
use super::generate::ruleset as generated;
use super::seeds;
use super::tally::Tally;
use hand::Hand;

type Wrong = Result<(), String>;

fn flows(ruleset: &Ruleset, text: &str) -> Result<Vec<Flow>, String> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(text.as_bytes(), "x.yaml", &mut sources, &mut findings);
    let flows = manifest.map(|manifest| manifest.flows(ruleset, Date::MAX, &sources, &mut findings));
    let said = findings.into_sorted();
    let faults: Vec<&str> = said.iter().map(Finding::message).collect();
    if faults.is_empty() { Ok(flows.unwrap_or_default()) } else { Err(format!("{faults:?} in\n{text}")) }
}

/// What a manifest states, without where.
fn stated(ruleset: &Ruleset, text: &str, flow: &str) -> Result<Facts, String> {
    let flows = flows(ruleset, text)?;
    let flow = flows.iter().find(|each| each.exchange.id == flow).ok_or("the flow is gone")?;
    let mut facts = Facts::default();
    for (question, answer) in flow.exchange.facts.iter() {
        facts.set(question, Answer { value: answer.value.clone(), given: Given::Unstated });
    }
    // As long as the last question that is answered.
    Ok(facts)
}

fn same(a: &Facts, b: &Facts) -> bool {
    a.iter().map(|(q, a)| (q, &a.value)).eq(b.iter().map(|(q, a)| (q, &a.value)))
}

/// Random answers: of the safety screen none that could end anything.
fn facts(ruleset: &Ruleset, rng: &mut Rng) -> Facts {
    let mut facts = Facts::default();
    let absent = rng.pick(&[10, 40, 70]);
    for (question, asked) in ruleset.questions().iter() {
        if rng.chance(absent) {
            continue;
        }
        let options: Vec<OptionIx> = (0..ruleset.choices(question).len()).map(OptionIx::new).collect();
        let value = match asked.kind {
            Kind::Text => {
                AnswerValue::Text(rng.pick(&["Words", "A: b # c", "yes", "Two  words", "x, y [z]"]).to_owned())
            }
            _ if rng.chance(15) => AnswerValue::Unknown,
            Kind::YesNo | Kind::OneOf => AnswerValue::One(rng.pick(&options)),
            Kind::AnyOf if rng.chance(20) => AnswerValue::Any { chosen: Vec::new(), more: false },
            Kind::AnyOf => AnswerValue::Any { chosen: rng.some(&options, 6), more: rng.chance(15) },
        };
        facts.set(question, Answer { value, given: Given::Unstated });
    }
    let written = compose(ruleset, &Interviewed { facts: facts.clone(), told: Vec::new(), told_nothing: false });
    let kept = stated(ruleset, &written, "main").unwrap();
    let screened: Vec<QuestionIx> = facts.iter().map(|(q, _)| q).filter(|q| ruleset.is_screening(*q)).collect();
    for question in screened.into_iter().filter(|question| kept.get(*question).is_none()) {
        facts.remove(question);
    }
    facts
}

fn interviewed(facts: &Facts) -> Interviewed {
    Interviewed { facts: facts.clone(), told: Vec::new(), told_nothing: false }
}

/// Every comment that was planted, and how often it is there.
fn planted(text: &str, most: usize) -> Vec<usize> {
    (1..=most).map(|at| text.matches(&format!("# planted-{at}.")).count()).collect()
}

/// A manifest that is composed states the facts, and one that is amended to them from nothing is the same text.
fn composed(ruleset: &Ruleset, rng: &mut Rng, tally: &mut Tally) -> Wrong {
    let f = facts(ruleset, rng);
    let text = compose(ruleset, &interviewed(&f));
    if !same(&stated(ruleset, &text, "main")?, &f) {
        return Err(format!("what was composed states something else:\n{text}"));
    }
    if text.lines().any(|line| line.trim_end() != line) {
        return Err(format!("a line ends with spaces:\n{text}"));
    }
    let bare = format!("clearshare: 1\nruleset: {}\n", ruleset.reference());
    let grown = amend(&bare, ruleset, None, &interviewed(&f), Pin::Keep).map_err(|e| e.to_string())?;
    if grown != text {
        return Err(format!("amended from nothing:\n{grown}\ncomposed:\n{text}"));
    }
    let g = facts(ruleset, rng);
    let there = amend(&text, ruleset, None, &interviewed(&g), Pin::Keep).map_err(|e| e.to_string())?;
    let back = amend(&there, ruleset, None, &interviewed(&f), Pin::Keep).map_err(|e| e.to_string())?;
    tally.add("composed", 1);
    if !same(&stated(ruleset, &back, "main")?, &f) {
        return Err(format!("there and back is not the same:\n{back}"));
    }
    Ok(())
}

/// A manifest that people have edited is amended, and keeps what they wrote.
fn edited(ruleset: &Ruleset, others: &[&str], rng: &mut Rng, tally: &mut Tally) -> Wrong {
    let (f, g) = (facts(ruleset, rng), facts(ruleset, rng));
    let mut hand = Hand { ruleset, rng: Rng(rng.next()), planted: 0 };
    let text = hand.write(&f, others);
    let most = hand.planted;
    if !same(&stated(ruleset, &text, "main")?, &f) {
        return Err(format!("the test wrote something else:\n{text}"));
    }
    let as_it_is = amend(&text, ruleset, None, &interviewed(&f), Pin::Keep);
    if as_it_is.as_ref() != Ok(&text) {
        return Err(format!("changed where nothing changes: {as_it_is:?}\n{text}"));
    }
    let amended = match amend(&text, ruleset, None, &interviewed(&g), Pin::Keep) {
        Ok(amended) => amended,
        Err(why) => {
            tally.add("left alone", 1);
            return Err(format!("{why} ({why:?})\n{text}\nwanted:\n{}", compose(ruleset, &interviewed(&g))));
        }
    };
    tally.add("amended", 1);
    tally.add("comments kept", most);
    let wrong = |what: &str| Err(format!("{what}\nbefore:\n{text}\nafter:\n{amended}"));
    if !same(&stated(ruleset, &amended, "main")?, &g) {
        return wrong("it states something else");
    }
    if planted(&amended, most) != vec![1; most] {
        return wrong("a comment was lost, or came twice");
    }
    if others.iter().any(|other| !other.lines().all(|line| amended.contains(line))) {
        return wrong("what is no answer was changed");
    }
    let crlf = text.contains("\r\n");
    if amended.matches('\n').count() != amended.matches("\r\n").count() * usize::from(crlf) && crlf
        || !crlf && amended.contains('\r')
    {
        return wrong("the line ends are mixed");
    }
    if text.ends_with('\n') != amended.ends_with('\n') {
        return wrong("the last line end came or went");
    }
    if amend(&amended, ruleset, None, &interviewed(&g), Pin::Keep).as_ref() != Ok(&amended) {
        return wrong("amended again, it changes again");
    }
    let back = amend(&amended, ruleset, None, &interviewed(&f), Pin::Keep).map_err(|e| format!("{e}\n{amended}"))?;
    if !same(&stated(ruleset, &back, "main")?, &f) || planted(&back, most) != vec![1; most] {
        return wrong("amended back, it is not what it was");
    }
    Ok(())
}

/// A flow is amended: it states what was wanted, and every other exchange what it stated.
fn flow(ruleset: &Ruleset, rng: &mut Rng, tally: &mut Tally) -> Wrong {
    let (f, g, other) = (facts(ruleset, rng), facts(ruleset, rng), facts(ruleset, rng));
    let top = compose(ruleset, &interviewed(&f));
    let flows_text = rng.pick(&[
        "flows:\n  - { id: there }\n  - { id: back } # planted-1.\n",
        "flows:\n  - id: there\n\n  # planted-1.\n  - id: back\n",
        "flows-only: yes\nflows: # planted-1.\n- id: there\n- id: back\n",
        "flows: [{ id: there },\n  # planted-1.\n  { id: back }]\n",
    ]);
    let text = if rng.chance(50) { format!("{top}{flows_text}") } else { format!("{flows_text}{top}") };
    let text = if text.starts_with("flows") {
        let (flows, top) = text.split_at(flows_text.len());
        top.replacen("ruleset: ", &format!("{flows}ruleset: "), 1)
    } else {
        text
    };
    let step = |text: &str, id: &str, facts: &Facts| {
        amend(text, ruleset, Some(id), &interviewed(facts), Pin::Keep).map_err(|why| format!("{why} ({why:?})\n{text}"))
    };
    let one = step(&text, "there", &g)?;
    let both = step(&one, "back", &other)?;
    let again = step(&both, "there", &f)?;
    tally.add("flows amended", 3);
    for (text, id, facts) in [
        (&one, "there", &g),
        (&one, "back", &f),
        (&both, "there", &g),
        (&both, "back", &other),
        (&again, "there", &f),
        (&again, "back", &other),
    ] {
        if !same(&stated(ruleset, text, id)?, facts) {
            return Err(format!("{id} states something else:\n{text}"));
        }
        if planted(text, 1) != [1] {
            return Err(format!("a comment was lost:\n{text}"));
        }
        if !text.contains("flows-only") && !same(&stated(ruleset, text, "main")?, &f) {
            return Err(format!("the manifest's own answers changed:\n{text}"));
        }
    }
    if step(&again, "back", &other)? != again {
        return Err(format!("changed where nothing changes:\n{again}"));
    }
    Ok(())
}

fn everything(ruleset: &Ruleset, others: &[&str], seed: u64, times: usize) -> Result<Tally, String> {
    let (mut rng, mut tally) = (Rng(seed ^ 0x000a_3e4d), Tally::default());
    for _ in 0..times {
        let told = |wrong: String| format!("seed {seed}: {wrong}");
        composed(ruleset, &mut rng, &mut tally).map_err(told)?;
        edited(ruleset, others, &mut rng, &mut tally).map_err(told)?;
        flow(ruleset, &mut rng, &mut tally).map_err(told)?;
    }
    Ok(tally)
}

#[test]
fn manifests_of_generated_rulesets_state_what_was_wanted() {
    let tally = seeds::hold(80_000..80_400, |seed| {
        let engine = Engine::read(&generated(seed))?;
        everything(engine.ruleset(), &[], seed, 3)
    });
    assert_eq!(tally.get("left alone"), 0);
    assert!(tally.get("amended") >= 1_000 && tally.get("comments kept") >= 1_500, "{:?}", tally.0);
}

#[test]
fn manifests_of_the_ruleset_state_what_was_wanted() {
    let ruleset = bundled::newest("uk-border").unwrap().load().unwrap();
    let others = [
        "done:\n  - { rule: hosting.assess-cloud, on: 2026-10-30, by: Risk owner, evidence: docs/cloud.md }",
        "waivers:\n  - rule: handling.mutual-tls\n    reason: Replaced in spring\n    approved-by: A. Name\n    role: security-adviser\n    expires: 2027-03-31",
    ];
    let tally = seeds::hold(0..12, |seed| everything(&ruleset, &others, seed, 1));
    assert!(tally.get("amended") >= 12, "{:?}", tally.0);
}
