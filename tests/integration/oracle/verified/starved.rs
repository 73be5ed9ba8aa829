//! What `verify` says when its allowance of work runs out: what it says all the same, or that it is not proved.

use clearshare::finding::{Code, Severity};
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
