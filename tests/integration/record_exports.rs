//! What people read of a record: each export says what the record says.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use clearshare::bundled;
use clearshare::finding::Findings;
use clearshare::record::v1::{AnswerWord, Record};
use clearshare::record::{Integrity, Sealed, read_record};
use clearshare::report::record::{View, Written, actions, article_30, csv, form, html, json, text, whole};
use clearshare::report::{Detail, Ink};
use clearshare::text::Sources;

use crate::export_readers::{odt_text, rows};
use crate::records::{Advised, example_names};
use crate::snapshots::assert_snapshot;
use crate::support::Clearshare;

pub(crate) const PLANTS: &str = "plant-health-inspections.yaml";
pub(crate) const TRAVEL: &str = "travel-and-freight-to-border-agencies.yaml";

/// A record of each example that gives one, made once for all tests.
fn records() -> &'static [(String, Sealed)] {
    static RECORDS: LazyLock<Vec<(String, Sealed)>> = LazyLock::new(|| {
        let advised = example_names().into_iter().map(|name| Advised::example(&name));
        let recorded = advised.filter(|advised| !advised.checked.is_screened());
        recorded.map(|advised| (advised.name.clone(), advised.fitting())).collect()
    });
    assert!(RECORDS.len() > 8);
    &RECORDS
}

fn sealed(name: &str) -> &'static Sealed {
    &records().iter().find(|(known, _)| known == name).unwrap().1
}

pub(crate) fn record(name: &str) -> Record {
    sealed(name).record.clone()
}

pub(crate) fn written(bytes: Option<Vec<u8>>) -> String {
    String::from_utf8(bytes.unwrap()).unwrap()
}

pub(crate) fn ink(width: usize, plain: bool) -> Ink {
    Ink { colour: false, plain, width }
}

/// Every export of a record, by name.
pub(crate) fn exports(record: &Record) -> Vec<(&'static str, String)> {
    vec![
        ("markdown", written(whole::render(record, Written::Markdown))),
        ("odt", odt_text(&whole::render(record, Written::Odt).unwrap())),
        ("csv", csv::render(record)),
        ("actions", actions::render(record)),
        ("article-30", article_30::render(record)),
        ("form-markdown", written(form::render(record, Written::Markdown))),
        ("form-html", written(form::render(record, Written::Html))),
        ("form-odt", odt_text(&form::render(record, Written::Odt).unwrap())),
        ("text", text::render(record, Detail::Normal, ink(100_000, false))),
        ("text-verbose", text::render(record, Detail::Verbose, ink(100_000, false))),
    ]
}

#[test]
fn each_export_says_once_what_it_is_not_and_where_to_report_what_is_wrong() {
    for (name, sealed) in records() {
        for (export, text) in exports(&sealed.record) {
            let said = text.to_lowercase().matches("decision support, not legal advice").count();
            assert_eq!(said, 1, "{name} as {export}");
            // Only the page has it a second time, for whoever finds the file.
            let address = sealed.record.ruleset.report_to.replace(':', "&#58;");
            let told = text.contains(&sealed.record.ruleset.report_to) || text.contains(&address);
            assert!(told || export.contains("markdown"), "{name} as {export}");
        }
    }
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let (first, again) = (record(PLANTS), record(PLANTS));
    assert_eq!(whole::render(&first, Written::Odt), whole::render(&again, Written::Odt));
    assert_eq!(exports(&first), exports(&again));
}

#[test]
fn the_record_as_json_is_the_same_record() {
    for (name, sealed) in records() {
        let text = json::render(&sealed.record).unwrap();
        let read = read_record(text.as_bytes(), name, &mut Sources::new(), &mut Findings::new()).unwrap();
        assert_eq!((read.integrity, read.canonical == sealed.bytes), (Integrity::LaidOutAgain, true), "{name}");
        assert!(text.lines().count() > 1000);
    }
}

/// What must be found in each export of the whole record.
fn said_in(record: &Record) -> Vec<String> {
    let mut said = vec![record.seal.clone(), record.ruleset.digest.clone(), record.decision.reasons.clone()];
    let words = [&record.decision.necessity, &record.decision.retention, &record.decision.dates];
    said.extend(words.into_iter().flatten().flat_map(|words| words.lines()).map(str::to_owned));
    for one in &record.decision.consulted {
        said.extend([one.name.clone(), one.role.clone()]);
        said.extend(one.says.iter().chain(&one.answer).cloned());
    }
    said.extend(record.decision.conditions.iter().map(|one| one.says.clone()));
    said.extend(record.evidence.iter().flat_map(|one| [one.title.clone(), one.link.clone()]));
    for flow in &record.advice.flows {
        said.extend(flow.rules.iter().map(|rule| rule.id.clone()));
        said.extend(flow.open.iter().map(|question| question.prompt.clone()));
        said.extend(flow.candidates.iter().flat_map(|group| &group.options).map(|option| option.label.clone()));
    }
    for known in &record.facts {
        // Nothing is said of the safety check.
        let told = || known.answers.iter().filter(|answer| !answer.question.starts_with("screen."));
        said.extend(told().map(|answer| answer.prompt.clone()));
        said.extend(told().flat_map(|answer| &answer.answers).filter_map(|word| word.label.clone()));
    }
    said.extend(record.advice.sources.iter().map(|source| source.title.clone()));
    said
}

#[test]
fn the_whole_record_is_in_each_of_its_exports() {
    for (name, sealed) in records() {
        let odt = odt_text(&whole::render(&sealed.record, Written::Odt).unwrap());
        let shown = text::render(&sealed.record, Detail::Verbose, ink(100_000, false));
        for words in said_in(&sealed.record) {
            for (export, text) in [("odt", &odt), ("text", &shown)] {
                assert!(text.contains(words.trim_end_matches('.')), "{name} as {export} does not say {words:?}");
            }
        }
        // In Markdown words are escaped: what is bare of signs is enough to find.
        let markdown = written(whole::render(&sealed.record, Written::Markdown));
        for rule in sealed.record.advice.flows.iter().flat_map(|flow| &flow.rules) {
            assert!(markdown.contains(&format!("({})", rule.id)) || markdown.contains(&format!("\\({}\\)", rule.id)));
        }
    }
}

#[test]
fn the_tables_have_a_row_for_each_thing() {
    for (name, sealed) in records() {
        let record = &sealed.record;
        let all = rows(&csv::render(record));
        let rules: usize = record.advice.flows.iter().map(|flow| flow.rules.len()).sum();
        assert_eq!(all.len(), rules + 1, "{name}");
        let column = |name: &str| all[0].iter().position(|head| head == name).unwrap();
        for (row, rule) in all.iter().skip(1).zip(record.advice.flows.iter().flat_map(|flow| &flow.rules)) {
            assert_eq!(row.len(), all[0].len());
            assert_eq!((&row[column("rule")], row[column("status")].as_str()), (&rule.id, rule.status.word()));
            assert_eq!(row[column("outstanding")] == "yes", rule.is_outstanding());
        }
        let article = rows(&article_30::render(record));
        assert_eq!(article.len(), record.advice.flows.len() + 1, "{name}");
        assert!(article.iter().all(|row| row.len() == article[0].len()));

        // Whatever is outstanding or not settled is in the list of what is to be done, whatever is settled is not.
        let actions = rows(&actions::render(record));
        let of = |name: &str| actions[0].iter().position(|head| head == name).unwrap();
        let listed: BTreeSet<(&str, &str)> =
            actions.iter().skip(1).map(|row| (row[of("flow")].as_str(), row[of("rule")].as_str())).collect();
        for flow in &record.advice.flows {
            for rule in &flow.rules {
                let open = matches!(rule.status.word(), "applies" | "undetermined" | "waived");
                assert_eq!(listed.contains(&(flow.id.as_str(), rule.id.as_str())), open, "{name}: {}", rule.id);
            }
        }
        for (at, row) in actions.iter().enumerate().skip(1) {
            assert_eq!((row.len(), &row[0]), (actions[0].len(), &at.to_string()));
        }
    }
}

#[test]
fn what_the_record_does_not_know_is_empty() {
    let article = rows(&article_30::render(&record(PLANTS)));
    let of = |name: &str| article[1][article[0].iter().position(|head| head == name).unwrap()].as_str();
    for empty in ["joint_controller", "transfer_safeguard", "special_category_condition"] {
        assert_eq!(of(empty), "", "{empty}");
    }
    assert_eq!(of("retention"), "Two years, then deleted by the retention job.");
    assert_eq!(of("reference"), "DX-0042");
    assert_eq!(of("contact"), "border-data@example.gov.uk");
    assert!(of("controller").contains("Environment") && of("recipients").contains("Customs"), "{article:?}");
    assert!(of("data_protection_officer_consulted").starts_with("Ben Example"));
    assert_eq!((of("decided_on"), of("review_on")), ("2026-11-22", "2027-11-22"));
}

/// What the answers cannot say is in the decision's words, or is left to be written in.
#[test]
fn the_form_takes_the_words_of_the_decision() {
    let mut record = record(PLANTS);
    let forms = |record: &Record| {
        let [markdown, html] = [Written::Markdown, Written::Html].map(|kind| written(form::render(record, kind)));
        [markdown, html, odt_text(&form::render(record, Written::Odt).unwrap())]
    };
    let left = ["does not say why in words", "does not say how long the data is kept"];
    let says = ["Nothing else tells them", "Less than each result", "deleted by the retention job", "each night"];
    for form in forms(&record) {
        for words in says {
            assert_eq!(form.matches(words).count(), 1, "{words}: {form}");
        }
        assert!(left.iter().all(|words| !form.contains(words)), "{form}");
        assert!(form.contains("How will the data be shared?"), "{form}");
    }
    (record.decision.necessity, record.decision.retention, record.decision.dates) = (None, None, None);
    for form in forms(&record) {
        assert!(left.iter().all(|words| form.contains(words)) && says.iter().all(|words| !form.contains(words)));
    }
    let article = rows(&article_30::render(&record));
    assert_eq!(article[1][article[0].iter().position(|head| head == "retention").unwrap()], "");
    // Elsewhere nothing says that something is not said.
    let view = View::new(&record);
    for text in [html(&view).unwrap(), text::render(&record, Detail::Verbose, ink(80, false))] {
        assert!(!text.contains("Why sharing the data is necessary"), "{text}");
    }
}

#[test]
fn what_was_named_and_does_not_reach_says_so() {
    let told = |record: &Record| written(form::render(record, Written::Html)).matches("it does not apply here").count();
    assert!(records().iter().all(|(_, sealed)| told(&sealed.record) == 0));
    // A power of border agencies, named by a department that is none.
    let text = include_str!("../../examples/plant-health-inspections.yaml")
        .replace("crown-common-law", "iana-s36-share")
        .replace("\n  conditions: none", "");
    let named = Advised::manifest(PLANTS, text.as_bytes()).fitting().record;
    assert_eq!(told(&named), 1);
    assert!(article_30::render(&named).contains("it does not apply here"));
    // The picture, and what stands beside it.
    let view = View::new(&named);
    assert!(view.flows[0].powers[0].ends_with(" (named, but it does not apply here)"), "{:?}", view.flows[0].powers);
    assert!(html(&view).unwrap().contains("it does not apply here"));
    let reaching = record(PLANTS);
    assert!(!View::new(&reaching).flows[0].powers[0].contains("apply"));
}

/// Half an answer does not look like a whole one, and what is not there is not said to be missing for a reason.
#[test]
fn what_is_known_in_part_says_so() {
    let mut known = record(PLANTS);
    let answer = |known: &mut Record, question: &str, values: &[&str]| {
        let answers = &mut known.facts[0].answers;
        let found = answers.iter_mut().find(|answer| answer.question == question).unwrap();
        let word = |value: &&str| {
            let label = (*value != "unknown").then(|| format!("The {value}"));
            AnswerWord { value: (*value).to_owned(), label }
        };
        found.answers = values.iter().map(word).collect();
    };
    let of = |known: &Record, name: &str| {
        let article = rows(&article_30::render(known));
        article[1][article[0].iter().position(|head| head == name).unwrap()].clone()
    };
    let form = |known: &Record| written(form::render(known, Written::Markdown));
    answer(&mut known, "data.about", &["farmers", "unknown"]);
    assert_eq!(of(&known, "categories_of_people"), "The farmers\nThe rest is not known");
    assert!(form(&known).contains("The farmers; The rest is not known"));
    answer(&mut known, "data.about", &["unknown"]);
    assert_eq!(of(&known, "categories_of_people"), "");
    assert!(form(&known).contains("Not known"));
    // Of what there is already: one thing, and perhaps more.
    answer(&mut known, "evidence.in-place", &["dpia", "unknown"]);
    let text = form(&known);
    assert!(text.contains("In place: The dpia") && !text.contains("Not in place"), "{text}");
    answer(&mut known, "evidence.in-place", &["dpia"]);
    assert_eq!(form(&known).matches("Not in place when this was decided").count(), 1);
    // The record does not know which questions there were.
    known.facts[0].answers.retain(|answer| answer.question != "basis.sender");
    assert!(form(&known).contains("Not answered: the advice did not depend on it. Write it here"));
}

/// Exports find answers by their ids: one that was misspelt would read as an answer that nobody gave.
#[test]
fn exports_look_for_what_the_rulesets_have() {
    let sources = [
        include_str!("../../src/report/record/form/filler.rs"),
        include_str!("../../src/report/record/article_30.rs").split_once("\nfn row(").unwrap().1,
        include_str!("../../src/report/record/view/flow.rs").split_once("\npub(super) fn flow<").unwrap().1,
    ];
    let is_id = |text: &&str| {
        text.contains(['.', '-']) && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
    };
    let mut ids: BTreeSet<&str> =
        sources.iter().flat_map(|code| code.split('"').skip(1).step_by(2)).filter(is_id).collect();
    ids.extend(["tier", "marking", "personal", "agreement", "dpia"]);
    assert!(ids.len() > 40, "{ids:?}");
    for bundled in bundled::all().iter().filter(|bundled| bundled.reference().id == "uk-border") {
        let ruleset = bundled.load().unwrap();
        let questions = ruleset.questions();
        let mut names: BTreeSet<String> = questions.iter().map(|(_, question)| question.id.clone()).collect();
        names.extend(ruleset.derived().iter().map(|(_, fact)| fact.id.clone()));
        names.extend(questions.iter().flat_map(|(ix, _)| ruleset.choices(ix)).map(|choice| choice.id.clone()));
        let strange: Vec<&&str> = ids.iter().filter(|id| !names.contains(**id)).collect();
        assert!(strange.is_empty(), "{} has no {strange:?}", ruleset.reference());
    }
}

#[test]
fn what_people_looked_at() {
    let plants = record(PLANTS);
    assert_snapshot("record/plants.md", &written(whole::render(&plants, Written::Markdown)));
    assert_snapshot("record/plants-form.md", &written(form::render(&plants, Written::Markdown)));
    assert_snapshot("record/plants-form.html", &written(form::render(&plants, Written::Html)));
    assert_snapshot("record/plants-actions.csv", &actions::render(&plants).replace("\r\n", "\n"));
    assert_snapshot("record/plants.txt", &text::render(&plants, Detail::Normal, ink(80, false)));
    assert_snapshot("record/plants-40-plain.txt", &text::render(&plants, Detail::Normal, ink(40, true)));
    let travel = record(TRAVEL);
    assert_snapshot("record/travel-form.md", &written(form::render(&travel, Written::Markdown)));
    assert_snapshot("record/travel-article-30.csv", &article_30::render(&travel).replace("\r\n", "\n"));
    assert_snapshot("record/travel-verbose.txt", &text::render(&travel, Detail::Verbose, ink(80, false)));
}

#[test]
fn each_format_is_written_by_the_program() {
    let sealed = sealed(PLANTS);
    let run = |args: &[&str]| Clearshare::new("record").args(args).file("dx.record.json", &sealed.bytes).run_and_keep();
    for (format, export) in [
        ("markdown", written(whole::render(&sealed.record, Written::Markdown))),
        ("csv", csv::render(&sealed.record)),
        ("actions", actions::render(&sealed.record)),
        ("article-30", article_30::render(&sealed.record)),
        ("decision-form-markdown", written(form::render(&sealed.record, Written::Markdown))),
        ("decision-form-html", written(form::render(&sealed.record, Written::Html))),
        ("json", json::render(&sealed.record).unwrap()),
    ] {
        let (output, _) = run(&["export", "dx.record.json", "--format", format]);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{format}");
        assert_eq!(output.stdout, export, "{format}");
    }
    for (format, bytes) in [
        ("odt", whole::render(&sealed.record, Written::Odt)),
        ("decision-form-odt", form::render(&sealed.record, Written::Odt)),
    ] {
        let (output, folder) = run(&["export", "dx.record.json", "--format", format, "-o", "out.odt"]);
        assert_eq!((output.status, output.stdout.as_str(), output.stderr.as_str()), (0, "", ""), "{format}");
        assert_eq!(std::fs::read(folder.path().join("out.odt")).ok(), bytes);
    }
    let (output, _) = run(&["show", "dx.record.json"]);
    assert_eq!((output.status, output.stdout), (0, text::render(&sealed.record, Detail::Normal, ink(80, false))));
    let (output, _) = run(&["show", "dx.record.json", "-v", "--plain"]);
    assert_eq!((output.status, output.stdout), (0, text::render(&sealed.record, Detail::Verbose, ink(80, true))));
}

#[test]
fn an_altered_record_is_not_shown_and_none_is_written_over() {
    let sealed = sealed(PLANTS);
    let altered = String::from_utf8(sealed.bytes.clone()).unwrap().replace("Ada Example", "Eve Example");
    for command in [&["show", "x.record.json"][..], &["export", "x.record.json", "--format", "csv"]] {
        let output = Clearshare::new("record").args(command).file("x.record.json", &altered).run();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""));
        assert!(output.stderr.contains("altered-record"), "{}", output.stderr);
    }
    let over = ["export", "x.record.json", "--format", "csv", "-o", "./x.record.json"];
    let (output, folder) = Clearshare::new("record").args(over).file("x.record.json", &sealed.bytes).run_and_keep();
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("cannot-write"), "{}", output.stderr);
    assert_eq!(std::fs::read(folder.path().join("x.record.json")).unwrap(), sealed.bytes);
}
