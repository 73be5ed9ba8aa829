//! `explain` and `rules` in text: what a ruleset says of itself.

use clearshare::bundled;
use clearshare::report::Ink;
use clearshare::report::explain::{Subject, find, nearest, render};
use clearshare::report::rules::{list, show};
use unicode_width::UnicodeWidthStr;

use crate::sample::ruleset;

#[track_caller]
fn found(wanted: &str, kinds: &[&str]) {
    let kinds_found: Vec<&str> = find(&ruleset(), wanted).into_iter().map(Subject::kind).collect();
    assert_eq!(kinds_found, kinds, "{wanted}");
}

#[test]
fn everything_that_has_the_id_is_found() {
    found("power.closed", &["rule"]);
    found("from.body", &["question"]);
    found("hmrc", &["option"]);
    found("option:hmrc", &["option"]);
    found(" Option: HMRC ", &["option"]);
    found("rule:hmrc", &[]);
    found("screen", &["section", "theme"]);
    found("theme:screen", &["theme"]);
    found("tier", &["derived"]);
    found("consent-always", &["myth"]);
    found("law-a", &["source"]);
    found("eori number", &["term"]);
    found("team", &["role"]);
    found("special", &["tag"]);
    // Each is an option of one list, though two questions use it.
    found("trade-act", &["option"]);
    found("yes", &[]);
    found("", &[]);
    found(":", &[]);
}

#[test]
fn a_near_id_is_offered() {
    let ruleset = ruleset();
    assert_eq!(nearest(&ruleset, "power.closd").as_deref(), Some("power.closed"));
    assert_eq!(nearest(&ruleset, "option:hmcr").as_deref(), Some("option:hmrc"));
    assert_eq!(nearest(&ruleset, "encrypt").as_deref(), Some("encrypted"));
    assert_eq!(nearest(&ruleset, "needs-one").as_deref(), Some("power.needs-one"));
    assert_eq!(nearest(&ruleset, "rule:closed").as_deref(), Some("rule:power.closed"));
    assert_eq!(nearest(&ruleset, "approval.handling").as_deref(), Some("handling.approval"));
    for nothing in ["quite-something-else", "", ":", "rule:", "-", "nokind:hmrc"] {
        assert_eq!(nearest(&ruleset, nothing), None, "{nothing}");
    }
}

fn explained(id: &str, width: usize, plain: bool) -> String {
    let (ruleset, mut out) = (ruleset(), Vec::new());
    let subjects = find(&ruleset, id);
    assert!(!subjects.is_empty(), "{id}");
    render(&mut out, &ruleset, &subjects, Ink { colour: false, plain, width }).unwrap();
    String::from_utf8(out).unwrap()
}

/// Each of these stands in the text, and in this order.
#[track_caller]
fn case(id: &str, parts: &[&str]) {
    let text = explained(id, 140, false);
    let mut rest = text.as_str();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { panic!("no {part:?} in its place in\n{text}") };
        rest = after;
    }
}

#[test]
fn a_rule_says_when_why_and_what_to_do() {
    case(
        "power.needs-one",
        &[
            "Rule power.needs-one\nName a legal power\n",
            "Must, by law. Due before sharing.",
            "Why\n  A public body may share only",
            "It applies when\n",
            "to.body is company",
            "from.body is anything tagged department",
            "It is met when\n  - has-power is yes",
            "What to do\n  The sender's legal adviser:\n    - Ask which power fits (gives: legal advice)",
            "Nobody can waive it.",
            "- Law A 2018, section 1 (law-a)\n    https://www.example.gov.uk/law-a\n    Read on 2026-11-22, an archived copy",
            "Written in rules/powers.yaml of sample@2026.11.",
        ],
    );
    case("power.closed", &["Must not, by law.\n", "When it does not apply\n", "Change the exchange"]);
    case("handling.encrypt", &["The answers meet it.", "waived by: security adviser"]);
    case("handling.names-only", &["data.contains has only names or companies", "it can be waived"]);
    case(
        "handling.tell-people",
        &["Due after sharing", "none of these holds:\n    - tier is none or official-sensitive"],
    );
    case(
        "power.future",
        &["Not in force yet\n  It is enacted, and it comes into force on 2027-04-01.", "Source: law-c"],
    );
    case("screen.stop", &["Nothing else is asked or shown when it applies. Go to the security adviser."]);
    case("power.advice", &["Get advice from the legal adviser"]);
}

#[test]
fn a_question_says_what_hangs_on_it() {
    case(
        "data.contains",
        &[
            "Question data.contains\nDoes it contain any of these?\nTakes any number of options",
            "Section: What the data is.",
            "Who would know\n  The sender's data protection officer",
            "It arises when\n  - data.personal is yes",
            "Options (4)\n  - health: Health data\n",
            "Rules that read it\n  - handling.names-only",
            "Facts that follow from it\n  - tier: Security classification\n  - sensitive",
            "Rules that read those facts\n  - handling.encrypt",
        ],
    );
    case(
        "power.conditions",
        &["Options (1)", "- trade-act", "Each is open only when it is chosen, and open, in power.gateway."],
    );
    case("exchange.title", &["Takes a text"]);
}

#[test]
fn an_option_says_when_it_is_open() {
    case(
        "trade-act",
        &[
            "Option trade-act\nTrade Act 2021 section 13\n",
            "It answers\n  - power.gateway: Which legal power do you rely on?",
            "It is open when\n  - from.body is hmrc\n  - to.body is anything tagged department or police",
            "To rely on it\n  - The recipient uses it for trade functions only (confirmed by the recipient's data protection officer)",
            "What to do when it is relied on\n",
            "Tags\n  has-conditions",
        ],
    );
    case("future-act", &["no day is appointed for it. Until then it is closed."]);
}

#[test]
fn the_rest_says_what_it_is() {
    case(
        "tier",
        &[
            "Values, lowest first\n  - none:",
            "The first of these that holds\n  official-sensitive, when:\n    - data",
            "none, otherwise",
        ],
    );
    case(
        "consent-always",
        &["\"We need everyone's consent first.\"", "The truth\n", "It matters when\n  - data.personal is yes"],
    );
    case(
        "guide-b",
        &["Guide B\n", "the live page", "Rules that cite it", "Derived facts", "Options", "Myths", "Terms"],
    );
    case("law-c", &["Not read", "Rules that cite it\n  - power.future"]);
    case("EORI number", &["Term eori\nEORI number\nThe number that identifies"]);
    case(
        "security-adviser",
        &["Gives the advice", "screen.stop", "May waive these rules\n  - handling.encrypt", "Would know"],
    );
    case(
        "special",
        &["Options of data.contains that have it\n  - health", "Rules that test it", "Facts that test it\n  - tier"],
    );
    case("section:data", &["What the data is", "- data.personal", "- data.contains"]);
    case("screen", &["Section screen\n", "Theme screen\n", "- screen.stop"]);
}

#[test]
fn a_narrow_page_is_kept_to() {
    let ruleset = ruleset();
    let rules = ruleset.rules().iter().map(|(_, rule)| rule.id.clone());
    let questions = ruleset.questions().iter().map(|(_, question)| question.id.clone());
    for id in rules.chain(questions).chain(["trade-act", "tier", "guide-b", "team", "special"].map(str::to_owned)) {
        for plain in [false, true] {
            for line in explained(&id, 40, plain).lines() {
                // A web address is not broken, so that it can be followed.
                assert!(line.width() <= 40 || line.contains("https://"), "{id}: {line:?}");
            }
        }
    }
}

fn shown(width: usize, plain: bool) -> String {
    let mut out = Vec::new();
    show(&mut out, &ruleset(), Ink { colour: false, plain, width }).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_ruleset_is_shown_with_every_rule_under_its_theme() {
    let text = shown(80, false);
    for part in [
        "sample@2026.11 (draft)",
        "Covers dates from 2026-11-01 to 2027-10-31",
        "Supersedes: 2026.05",
        "- Anything real.",
        "10 rules, 12 questions",
        "- power.closed (must not, law): Do not rely on a power that does not reach",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part:?} in\n{text}"));
    assert!(at("\nPowers\n") < at("power.closed") && at("\nHandling\n") < at("handling.encrypt"));
}

#[test]
fn a_narrow_page_of_rules_is_kept_to() {
    for plain in [false, true] {
        for line in shown(40, plain).lines() {
            assert!(line.width() <= 40, "{line:?}");
        }
    }
}

#[test]
fn a_list_has_each_ruleset() {
    let mut out = Vec::new();
    list(&mut out, Ink { colour: false, plain: false, width: 80 }).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.is_empty());
    for bundled in bundled::all() {
        assert!(text.contains(&bundled.reference().to_string()), "{text}");
    }
}

/// How something comes out for an example: the rules are those inside the program.
fn applied(id: &str, example: &str, args: &[&str]) -> crate::support::Output {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let run = crate::support::Clearshare::new("explain").file("share.yaml", std::fs::read(path).unwrap());
    run.args(["--manifest", "share.yaml", "--as-of", "2026-11-22", id]).args(args).run()
}

#[test]
fn a_rule_says_how_it_comes_out_for_a_manifest() {
    let outstanding = applied("transfer.safeguard", "uk-servers-foreign-administrators.yaml", &[]);
    assert_eq!((outstanding.status, outstanding.stderr.as_str()), (0, ""));
    for said in [
        "○ It applies, and is outstanding. (applies)",
        "  32 |   mechanism: none-yet\n     |              ^^^^^^^^\n",
        "and to be met:",
        "none-yet on line 32)",
    ] {
        assert!(outstanding.stdout.contains(said), "{said}: {}", outstanding.stdout);
    }
    let plain = applied("transfer.safeguard", "uk-servers-foreign-administrators.yaml", &["--plain"]);
    assert!(plain.stdout.contains("To do: It applies, and is outstanding."), "{}", plain.stdout);
    assert!(!plain.stdout.contains("^^^"), "{}", plain.stdout);
    // What failed, where it does not apply, and what would settle it, where that cannot be told.
    let not = applied("transfer.safeguard", "official-sensitive-public-cloud.yaml", &[]);
    assert!(not.stdout.contains("✓ It does not apply. (not-applicable)"), "{}", not.stdout);
    assert!(not.stdout.contains(": no ("), "{}", not.stdout);
    let open = applied("transfer.safeguard", "lorry-hold-messages-idea.yaml", &[]);
    assert!(open.stdout.contains("? Whether it applies cannot be told yet. (undetermined)"), "{}", open.stdout);
    assert!(open.stdout.contains("What would settle it\n  ? "), "{}", open.stdout);
}

#[test]
fn a_derived_fact_says_how_it_comes_out_for_a_manifest() {
    let settled = applied("regime.sender", "uk-servers-foreign-administrators.yaml", &[]);
    assert!(settled.stdout.contains("• It is uk-gdpr.") && settled.stdout.contains("\nWhy\n"), "{}", settled.stdout);
    let open = applied("derived:restricted-transfer", "lorry-hold-messages-idea.yaml", &[]);
    assert!(open.stdout.contains("? Not settled yet. It can be no-transfer or general."), "{}", open.stdout);
}

#[test]
fn what_no_manifest_decides_is_a_fault() {
    for (id, said) in [
        ("from.body", "`from.body` is no rule and no derived fact, so no manifest decides it"),
        ("transfer.safegard", "did you mean `transfer.safeguard`?"),
    ] {
        let output = applied(id, "lorry-hold-messages-idea.yaml", &[]);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""));
        assert!(output.stderr.contains(said), "{}", output.stderr);
    }
    // The safety screen ends it, and nothing is said of the manifest.
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/uk-servers-foreign-administrators.yaml");
    let manifest =
        std::fs::read_to_string(path).unwrap().replace("screen: { material: none }", "screen: { material: unknown }");
    let run = crate::support::Clearshare::new("explain").file("share.yaml", manifest);
    let screened = run.args(["--manifest", "share.yaml", "transfer.safeguard"]).run();
    assert!(screened.stdout.starts_with("! REFER: Get advice first."), "{}", screened.stdout);
    assert!(!screened.stdout.contains("safeguard") && !screened.stdout.contains("line 32"), "{}", screened.stdout);
}
