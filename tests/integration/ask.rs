//! `clearshare ask`, line by line and from a file of answers.

use std::path::Path;

use clearshare::bundled;
use clearshare::interview::{Next, Session};
use clearshare::model::{AnswerValue, Exchange, OptionIx, QuestionIx};

use crate::cases::small;
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Output, files_in, names_in};

/// An interview on the small ruleset, whose state folder is inside the folder of the run.
fn ask(args: &[&str]) -> Clearshare {
    with_state(Clearshare::new("ask").ruleset("rules", &small()))
        .args(["--rules", "rules", "--as-of", "2026-11-22"])
        .args(args)
}

fn with_state(run: Clearshare) -> Clearshare {
    let state = run.folder().join("state").to_string_lossy().into_owned();
    run.env("XDG_STATE_HOME", &state)
}

/// Answers line by line.
fn lines(run: Clearshare, lines: &[&str]) -> (Output, tempfile::TempDir) {
    run.args(["--plain"]).input(lines.join("\n") + "\n").run_and_keep()
}

/// The drafts of a folder.
fn drafts(folder: &Path) -> Vec<String> {
    let drafts = folder.join("state/clearshare/drafts");
    if drafts.is_dir() { names_in(&drafts) } else { Vec::new() }
}

fn draft(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join("state/clearshare/drafts").join(name)).unwrap()
}

fn whole(output: &Output) -> String {
    format!("{}--- standard error\n{}--- exit status {}\n", output.stdout, output.stderr, output.status)
}

/// Everything that can be done, up to the advice; `-` is an empty line. The questions, with detours; what they have been told; a change
/// of who shares, under which the power would not fit, not made, and then made, with a power chosen again; nobody, so that about
/// whom has no point; people again, and it is there again; what is known; the advice.
const WHOLE: &str = "0 w k zebra - 7 2 yes b - 1,? o b act-b \
    1 \
    2 from.body 1 no - \
    2 from.body 1 yes 1 \
    2 data.personal no yes \
    2 data.personal yes \
    k 1";

fn whole_interview() -> Vec<&'static str> {
    WHOLE.split_whitespace().map(|word| if word == "-" { "" } else { word }).collect()
}

#[test]
fn a_whole_interview_in_lines() {
    for columns in ["80", "40"] {
        let run = ask(&["--output", "out.yaml"]).env("COLUMNS", columns);
        let (output, folder) = lines(run, &whole_interview());
        assert_snapshot(&format!("ask/plain-{columns}.txt"), &whole(&output));
        assert_snapshot("ask/manifest.yaml", &std::fs::read_to_string(folder.path().join("out.yaml")).unwrap());
        let bare = |character: char| character.is_control() && character != '\n';
        assert!(!output.stdout.contains(bare), "no byte but text is written");
        let columns: usize = columns.parse().unwrap();
        let too_wide = |line: &&str| line.chars().count() > columns && !line.contains("https://");
        assert_eq!(output.stdout.lines().filter(too_wide).collect::<Vec<_>>(), Vec::<&str>::new());
        assert_eq!(drafts(folder.path()), Vec::<String>::new(), "it was kept in the manifest alone");
    }
}

/// The advice at the end is that of `check` on the manifest.
#[test]
fn the_advice_is_that_of_check() {
    let (output, folder) = lines(ask(&["--output", "out.yaml"]), &whole_interview());
    let manifest = std::fs::read(folder.path().join("out.yaml")).unwrap();
    let checked = Clearshare::new("check").ruleset("rules", &small()).file("out.yaml", manifest);
    let checked = checked.args(["--rules", "rules", "--as-of", "2026-11-22", "--plain", "out.yaml"]).run();
    assert!(!checked.stdout.is_empty() && output.stdout.contains(&checked.stdout), "{}", checked.stdout);
}

#[test]
fn what_was_answered_is_kept_when_the_input_ends() {
    let (output, folder) = lines(ask(&[]), &["0", "2", "yes"]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("error[input-ended]"), "{}", output.stderr);
    let names = drafts(folder.path());
    let [name] = names.as_slice() else { panic!("one draft, not {names:?}") };
    let kept = draft(folder.path(), name);
    assert!(kept.contains("body: police") && kept.contains("personal: yes"), "{kept}");
    let resume = format!(
        "every answer that was given is kept: run `clearshare ask --resume {}`",
        name.trim_end_matches(".yaml")
    );
    assert!(output.stderr.split_whitespace().collect::<Vec<_>>().join(" ").contains(&resume), "{}", output.stderr);
    // Nothing is said of going on where nothing was answered.
    let (nothing, empty) = lines(ask(&[]), &[]);
    assert_eq!((nothing.status, drafts(empty.path()).len()), (2, 0));
    assert!(nothing.stderr.contains("nothing was answered yet: run `clearshare ask` to begin"), "{}", nothing.stderr);
    // It goes on at the next question: the newest draft, or the one named.
    let state: Vec<_> = files_in(&folder.path().join("state"));
    let stem = name.trim_end_matches(".yaml").to_owned();
    for args in [vec!["--resume"], vec!["--resume", &stem]] {
        let run = state.iter().fold(ask(&args), |run, (path, bytes)| run.file(&format!("state/{path}"), bytes));
        let (output, again) = lines(run, &["1", "1", "0", "1", "3"]);
        assert!(
            output.stdout.contains("About whom?") && !output.stdout.contains("Who shares?\n1."),
            "{}",
            output.stdout
        );
        assert!(output.stdout.contains("Your answers are saved"), "{}", output.stdout);
        assert_eq!(output.status, 0);
        assert!(draft(again.path(), name).contains("about: [adults]"));
    }
    // Without being told to, it offers to.
    let run = state.iter().fold(ask(&[]), |run, (path, bytes)| run.file(&format!("state/{path}"), bytes));
    let (output, _) = lines(run, &["2", "s"]);
    assert!(output.stdout.contains("You have begun before"), "{}", output.stdout);
    assert!(output.stdout.contains(&format!("clearshare ask --resume {stem}")), "{}", output.stdout);
    assert_eq!(output.status, 0);
}

/// Nothing of a safety answer that ends the questions is in any file, nor on the page.
#[test]
fn a_safety_answer_is_kept_nowhere() {
    let (output, folder) = lines(ask(&[]), &["1"]);
    assert_eq!(output.status, 1);
    assert!(output.stdout.contains("REFER: Get advice first."), "{}", output.stdout);
    assert_eq!(drafts(folder.path()), Vec::<String>::new());
    // After other answers: they are offered for deletion, and do not say "none" any more.
    for (answer, left) in [("no", 1), ("yes", 0)] {
        let (output, folder) = lines(ask(&[]), &["0", "2", "b", "b", "1", answer]);
        assert_eq!(output.status, 1, "{}", output.stdout);
        let names = drafts(folder.path());
        assert_eq!(names.len(), left, "{names:?}");
        for (path, bytes) in files_in(&folder.path().join("state")) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("sealed") && !text.contains("screen"), "{path}: {text}");
        }
    }
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let output = with_state(Clearshare::new("ask")).run();
    assert_eq!(output.status, 2);
    assert!(output.stdout.is_empty());
    assert!(output.stderr.contains("--plain") && output.stderr.contains("--answers"), "{}", output.stderr);
}

const ANSWERS: &str = "screen.material: none\nfrom.body: hmrc\ndata.personal: yes\ndata: { about: [adults, unknown] }\n\
                       power.gateway: act-a\n";

#[test]
fn answers_come_from_a_file() {
    let unattended = |answers: &str| {
        ask(&["--answers", "answers.yaml", "--output", "out.yaml"]).file("answers.yaml", answers).run_and_keep()
    };
    let (output, folder) = unattended(ANSWERS);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    assert_snapshot("ask/unattended.yaml", &std::fs::read_to_string(folder.path().join("out.yaml")).unwrap());
    // The first question without an answer is named, and what was answered is kept.
    let (output, folder) = unattended(&ANSWERS.replace("data: { about: [adults, unknown] }\n", ""));
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("`answers.yaml` has no answer to `data.about`"), "{}", output.stderr);
    assert!(std::fs::read_to_string(folder.path().join("out.yaml")).unwrap().contains("personal: yes"));
    // What is not asked is said, and not written.
    let (output, folder) = unattended(&ANSWERS.replace("personal: yes", "personal: no"));
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(
        output.stdout.contains("These answers were not needed, and are left out: data.about."),
        "{}",
        output.stdout
    );
    assert!(!std::fs::read_to_string(folder.path().join("out.yaml")).unwrap().contains("about:"));
    // Faults have a place, and nothing is written.
    for (answers, said) in [
        ("from.body: hmcr", "answers.yaml:1:12"),
        ("from.body: hmrc\nfrom: { body: police }", "error[duplicate-key]"),
        ("from.bodies: hmrc", "answers.yaml:1:1"),
        ("[1]", "error[wrong-type]"),
        ("screen.material: sealde", "what you answered is not shown here"),
    ] {
        let (output, folder) = unattended(answers);
        assert_eq!(output.status, 2, "{answers}: {}", output.stdout);
        assert!(output.stderr.contains(said), "{answers}: {}", output.stderr);
        assert!(!output.stderr.contains("sealde"), "{}", output.stderr);
        assert!(!folder.path().join("out.yaml").exists(), "{answers}");
    }
    // The safety screen ends it.
    let (output, folder) = unattended(&ANSWERS.replace("none", "[sealed]"));
    assert_eq!(output.status, 1);
    assert!(!folder.path().join("out.yaml").exists());
    // Also where the manifest says that there is none of it, so that nothing is asked.
    let run = ask(&["--answers", "answers.yaml", "--output", "out.yaml"])
        .file("answers.yaml", ANSWERS.replace("none", "[sealed]"));
    let output = run.file("out.yaml", "clearshare: 1\nruleset: small@2026.11\nscreen: { material: none }\n").run();
    assert!(output.status == 1 && output.stdout.starts_with("! REFER: Get advice first."), "{}", output.stdout);
}

/// A question that the manifest answers is not asked: another answer to it is never dropped unseen.
#[test]
fn answers_at_odds_with_the_manifest_are_a_fault() {
    let manifest = "clearshare: 1\nruleset: small@2026.11\nscreen: { material: none }\nfrom: { body: police }\n";
    let run = ask(&["--answers", "answers.yaml", "--output", "out.yaml"]).file("answers.yaml", ANSWERS);
    let (output, folder) = run.file("out.yaml", manifest).run_and_keep();
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{}", output.stderr);
    let said = "error[answers-differ]: `answers.yaml` at 2:12 answers `from.body` otherwise than `out.yaml` does";
    assert!(output.stderr.contains(said), "{}", output.stderr);
    assert_eq!(std::fs::read_to_string(folder.path().join("out.yaml")).unwrap(), manifest);
}

/// A manifest that somebody edited keeps its comments and its order.
#[test]
fn an_edited_manifest_keeps_its_comments() {
    let edited = "# Ours\nclearshare: 1\nruleset: small@2026.11\npower: { gateway: act-b }   # counsel said so\n\n\
                  screen:\n  material: none\nfrom: { body: police }\n";
    let run = ask(&["--output", "out.yaml"]).file("out.yaml", edited);
    let (output, folder) = lines(run, &["no", "0", "1"]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert!(!output.stdout.contains("By what power?\n1."), "{}", output.stdout);
    assert_snapshot("ask/edited.yaml", &std::fs::read_to_string(folder.path().join("out.yaml")).unwrap());
}

/// Under a newer ruleset only what is missing or has changed is asked; the manifest it came from is left as it is.
#[test]
fn answers_are_carried_to_another_ruleset() {
    let old = "clearshare: 1\nruleset: uk-border@2025.05\nscreen: { material: none }\nfrom: { body: hmrc }\n\
               to: { body: home-office }\ndata: { form: records }\n";
    let run = with_state(Clearshare::new("ask")).file("old.yaml", old);
    let args =
        ["--from", "old.yaml", "--output", "new.yaml", "--ruleset", "uk-border@2026.11", "--as-of", "2026-11-22"];
    let (output, folder) = lines(run.args(args), &["d", "s"]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert!(output.stdout.contains("The answers are for uk-border@2025.05"), "{}", output.stdout);
    let new = std::fs::read_to_string(folder.path().join("new.yaml")).unwrap();
    assert!(new.contains("ruleset: uk-border@2026.11") && new.contains("body: home-office"), "{new}");
    assert_eq!(std::fs::read_to_string(folder.path().join("old.yaml")).unwrap(), old);
}

/// As soon as nothing can change the outcome, `--quick` stops asking: fewer answers, and the same outcome.
#[test]
fn quick_stops_when_the_outcome_is_settled() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hmrc-to-department-on-mou.yaml");
    let example = std::fs::read(example).unwrap();
    let left = |args: &[&str]| {
        let run = with_state(Clearshare::new("ask")).file("a.yaml", &example);
        let run = run.args(["--as-of", "2026-11-22", "--answers", "a.yaml", "--output", "o.yaml"]).args(args);
        let (output, folder) = run.run_and_keep();
        assert_eq!((output.status, output.stderr.as_str()), (0, ""));
        let first = output.stdout.lines().next().unwrap_or_default().to_owned();
        let manifest = std::fs::read_to_string(folder.path().join("o.yaml")).unwrap();
        (first, manifest.lines().filter(|line| !line.trim_start().starts_with('#')).count())
    };
    let ((whole, all), (quick, fewer)) = (left(&[]), left(&["--quick"]));
    assert_eq!(whole, "✗ STOP: Do not share as proposed.");
    assert_eq!(whole, quick);
    assert!(fewer < all, "{fewer} of {all} lines");
}

/// Somebody is told why the questions end, once; and not where all were asked.
#[test]
fn quick_says_that_it_stops() {
    let said = "The outcome can no longer change, so no more questions are asked.";
    let flat = |output: &Output| output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    // That the power does not reach is the last question: the rest is asked before it.
    let (output, _) = lines(ask(&["--quick"]), &["0", "2", "no", "o", "1", "0", "1", "3"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(!flat(&output).contains(said), "{}", output.stdout);
    // Here the power is known before: nothing that is still open matters to the outcome.
    let manifest = "clearshare: 1\nruleset: small@2026.11\nfrom: { body: police }\npower: { gateway: act-a }\n";
    let run = |args: &[&str]| ask(&["--output", "m.yaml"]).args(args).file("m.yaml", manifest);
    let (output, _) = lines(run(&["--quick"]), &["0", "0", "1"]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert_eq!(flat(&output).matches(said).count(), 1, "{}", output.stdout);
    assert!(!flat(&output).contains("Is it about people? 1."), "{}", output.stdout);
    assert!(flat(&output).contains("STOP: Do not share as proposed."), "{}", output.stdout);
    // What is changed may open it again: the questions go on, and it may be said once more.
    let (output, _) = lines(run(&["--quick"]), &["0", "0", "2", "power.gateway", "d", "no", "1"]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert!(flat(&output).contains("Is it about people? 1."), "{}", output.stdout);
    // Without it nothing ends early.
    let (output, _) = lines(run(&[]), &["0", "no", "0", "1"]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert!(!flat(&output).contains(said), "{}", output.stdout);
    // From a file of answers, too.
    let output = run(&["--quick", "--answers", "a.yaml"]).file("a.yaml", "screen.material: none\n").run();
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(flat(&output).contains(said), "{}", output.stdout);
}

/// Once `--quick` has stopped, nothing that could still be answered makes another outcome, and just before it something did.
#[test]
fn quick_stops_when_it_can_and_no_later() {
    let ruleset = bundled::newest("uk-border").unwrap().load().unwrap();
    let as_of = ruleset.info().law_as_at;
    let mut settled = 0;
    for seed in 0..6 {
        let mut rng = Rng(seed);
        let mut session = Session::new(&ruleset, Exchange::default(), as_of).quick();
        let mut before = session.exchange().clone();
        while let Next::Ask(question) = session.what_next() {
            before.clone_from(session.exchange());
            let value = rng.answer(&mut session, question);
            session.answer(question, &value);
        }
        let outcome = session.so_far().outcome;
        // The rest, answered in other ways.
        let mut ends = |exchange: &Exchange| {
            let mut session = Session::new(&ruleset, exchange.clone(), as_of);
            while let Next::Ask(question) = session.what_next() {
                let value = rng.answer(&mut session, question);
                session.answer(question, &value);
            }
            session.so_far().outcome
        };
        if !session.is_cut_short() {
            continue;
        }
        settled += 1;
        for _ in 0..8 {
            assert_eq!(ends(session.exchange()), outcome, "seed {seed}");
        }
        let mut others = (0..60).map(|_| ends(&before));
        assert!(others.any(|other| other != outcome), "seed {seed}: it could have stopped before");
    }
    assert!(settled > 0, "some interview is cut short");
}

/// Random numbers from a seed (splitmix64).
struct Rng(u64);

impl Rng {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % count as u64).unwrap()
    }

    /// An answer that fits. Nothing that ends the questions.
    fn answer(&mut self, session: &mut Session<'_>, question: QuestionIx) -> AnswerValue {
        let ruleset = session.ruleset();
        let several = ruleset.takes_several(question);
        let open: Vec<OptionIx> = session.offers(question).iter().filter(|o| o.open).map(|o| o.option).collect();
        if several && (ruleset.is_screening(question) || self.below(2) == 0) {
            return AnswerValue::Any { chosen: Vec::new(), more: false };
        }
        if open.is_empty() {
            return AnswerValue::Unknown;
        }
        let chosen = open[self.below(open.len())];
        if several { AnswerValue::Any { chosen: vec![chosen], more: false } } else { AnswerValue::One(chosen) }
    }
}

/// A flow that is not there, and a ruleset that the manifest is not for.
#[test]
fn what_does_not_fit_the_manifest_is_said() {
    let manifest = "clearshare: 1\nruleset: uk-border@2025.05\nscreen: { material: none }\n";
    let said = |args: &[&str]| {
        let run = with_state(Clearshare::new("ask")).file("m.yaml", manifest).args(["--output", "m.yaml", "--plain"]);
        let (output, folder) = run.args(args).run_and_keep();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert_eq!(std::fs::read_to_string(folder.path().join("m.yaml")).unwrap(), manifest);
        output.stderr
    };
    let flow = said(&["--flow", "back"]);
    assert!(flow.contains("error[unknown-flow]: `m.yaml` has no flow `back`") && flow.contains("main"), "{flow}");
    let ruleset = said(&["--ruleset", "uk-border@2026.11"]);
    assert!(ruleset.contains("error[other-ruleset]: `m.yaml` is for uk-border@2025.05"), "{ruleset}");
    let exists = said(&["--from", "m.yaml"]);
    assert!(exists.contains("error[file-exists]"), "{exists}");
}

const FLOWS: &str = "# Ours\nclearshare: 1\nruleset: small@2026.11\nscreen: { material: none }\nflows-only: yes\nflows:\n  \
    - id: there   # the first\n    from: { body: police }\n    data: {   personal: no }\n\n  \
    # Between\n  - id: back\n    from: { body: council }\n\n  - { id: third, from: { body: hmrc } }   # the last\n";

/// A flow is answered on its own: not a byte of the others changes.
#[test]
fn one_flow_of_several_is_answered() {
    let flows = FLOWS;
    let answer = |flow: &str, answers: &[&str]| {
        let run = ask(&["--output", "m.yaml", "--flow", flow]).file("m.yaml", flows);
        let (output, folder) = lines(run, answers);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
        (output, std::fs::read_to_string(folder.path().join("m.yaml")).unwrap())
    };
    // Who shares is answered in the flow, and the safety questions above it.
    let (output, kept) = answer("back", &["yes", "1", "act-b", "0", "1"]);
    assert!(!output.stdout.contains("Who shares?\n1."), "{}", output.stdout);
    let (before, after) = flows.split_once("    from: { body: council }\n").unwrap();
    let back = kept.strip_prefix(before).and_then(|kept| kept.strip_suffix(after)).unwrap_or_else(|| panic!("{kept}"));
    for answer in ["from: { body: council }", "personal: yes", "about: [adults]", "gateway: act-b", "told: none"] {
        assert!(back.contains(answer), "{answer} in {back}");
    }
    // One in brackets, on one line.
    let (_, kept) = answer("third", &["no", "act-a", "0", "1"]);
    let (before, _) = flows.split_once("  - { id: third").unwrap();
    let third = kept.strip_prefix(before).unwrap_or_else(|| panic!("{kept}"));
    assert!(third.contains("gateway: act-a") && third.contains("# the last"), "{third}");
    // What is written is read again, and nothing is left to ask of it.
    let run = ask(&["--output", "m.yaml", "--flow", "third"]).file("m.yaml", &kept);
    let (output, folder) = lines(run, &["1"]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert_eq!(std::fs::read_to_string(folder.path().join("m.yaml")).unwrap(), kept);
}

#[test]
fn a_flow_that_is_not_there_is_a_fault() {
    for args in [&["--plain"][..], &["--answers", "answers.yaml"]] {
        for (flow, known) in [("bakc", "there, back, third"), ("main", "there, back, third"), ("", "there")] {
            let run = ask(&["--output", "m.yaml", "--flow", flow]).file("m.yaml", FLOWS).file("answers.yaml", ANSWERS);
            let (output, folder) = run.args(args).run_and_keep();
            assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{flow}");
            let said = format!("error[unknown-flow]: `m.yaml` has no flow `{flow}`");
            assert!(output.stderr.contains(&said) && output.stderr.contains(known), "{}", output.stderr);
            assert_eq!(std::fs::read_to_string(folder.path().join("m.yaml")).unwrap(), FLOWS);
        }
    }
}

/// That nothing was told is kept, and not asked again.
#[test]
fn what_was_told_is_asked_once() {
    let (output, folder) = lines(ask(&["--output", "m.yaml"]), &["0", "2", "no", "act-b", "0", "s"]);
    assert!(output.stdout.contains("What have you been told?"), "{}", output.stdout);
    let kept = std::fs::read_to_string(folder.path().join("m.yaml")).unwrap();
    assert!(kept.ends_with("\n# What we have been told\ntold: none\n"), "{kept}");
    let (output, folder) = lines(ask(&["--output", "m.yaml"]).file("m.yaml", &kept), &["1"]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert!(!output.stdout.contains("What have you been told?"), "{}", output.stdout);
    assert_eq!(std::fs::read_to_string(folder.path().join("m.yaml")).unwrap(), kept);
    // It can be said later, all the same.
    let run = ask(&["--output", "m.yaml"]).file("m.yaml", &kept);
    let (_, folder) = lines(run, &["3", "1", "1"]);
    let told = std::fs::read_to_string(folder.path().join("m.yaml")).unwrap();
    assert!(told.contains("told: [") && !told.contains("none]"), "{told}");
    // Where nobody is there to be asked, nothing is said of it.
    let run = ask(&["--answers", "answers.yaml", "--output", "m.yaml"]).file("answers.yaml", ANSWERS);
    let (_, folder) = run.run_and_keep();
    assert!(!std::fs::read_to_string(folder.path().join("m.yaml")).unwrap().contains("told"));
}
