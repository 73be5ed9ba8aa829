//! What the cases of a ruleset try: counted by hand, and in each format.

use std::collections::BTreeSet;

use clearshare::cases::coverage::{About, Coverage, Kind, Way, coverage};
use clearshare::model::{DerivedIx, Ix, OptionIx, RuleIx};
use clearshare::report::coverage::{CoverageReport, html, lcov};
use clearshare::rulefile::Loaded;
use clearshare::text::{Source, Sources};

use crate::cases::{load, small};
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Files};

/// The cases that make a thing of the small ruleset come out in some way, by the id of the thing.
fn cases_of(loaded: &Loaded, coverage: &Coverage, about: &About, way: Way) -> Vec<String> {
    let item = coverage.items.iter().find(|item| item.about == *about).expect("there is such an item");
    let points = item.points.iter().filter(|point| point.way == way);
    points.flat_map(|point| &point.cases).map(|at| loaded.cases.cases[*at].id.clone()).collect()
}

/// Counted by hand from `tests/fixtures/cases-ruleset/`.
#[test]
fn the_small_ruleset_has_the_coverage_counted_by_hand() {
    let loaded = load(&small());
    let coverage = coverage(&loaded.ruleset, &loaded.cases);
    let count = |kind| (coverage.of(kind).tried, coverage.of(kind).needed);
    // Five rules, one of which can be met; 13 tests; 1 + 4 + 2 + 2 + 4 options, two of which can be closed.
    assert_eq!(count(Kind::Rules), (9, 11));
    assert_eq!(count(Kind::Tests), (25, 26));
    assert_eq!(count(Kind::Options), (10, 15));
    assert_eq!(count(Kind::Derived), (3, 3));
    assert_eq!(count(Kind::Myths), (2, 2));
    assert_eq!((coverage.total().tried, coverage.total().needed, coverage.total().percent()), (49, 57, 85));
    assert_eq!((coverage.cases, coverage.failing), (4, 0));
}

#[test]
fn each_thing_names_the_cases_that_try_it() {
    let loaded = load(&small());
    let coverage = coverage(&loaded.ruleset, &loaded.cases);
    let rule = |id: &str| About::Rule(loaded.ruleset.rule_named(id).unwrap());
    let of = |about: &About, way| cases_of(&loaded, &coverage, about, way);
    assert_eq!(of(&rule("people.tell"), Way::Applies), ["council-and-act-a"]);
    assert_eq!(of(&rule("people.tell"), Way::NotApplicable), ["hmrc-and-children", "power-not-known"]);
    assert_eq!(of(&rule("power.reaches"), Way::Undetermined), ["power-not-known"]);
    assert_eq!(of(&rule("people.children"), Way::Met), [""; 0]);
    // Where the screen ends everything, only what belongs to the screen is tried.
    assert_eq!(of(&rule("power.ask"), Way::Applies), [""; 0]);
    assert_eq!(of(&rule("screen.stop-here"), Way::Applies), ["sealed"]);
    let gateway = loaded.ruleset.question_named("power.gateway").unwrap();
    let act_a = About::Option(gateway, OptionIx::new(0));
    assert_eq!(of(&act_a, Way::Chosen), ["hmrc-and-children"]);
    assert_eq!(of(&act_a, Way::ChosenClosed), ["council-and-act-a"]);
    assert_eq!(of(&act_a, Way::Candidate), ["hmrc-and-children"]);
    assert_eq!(of(&About::Derived(DerivedIx::new(0), 2), Way::TheOne), ["power-not-known"]);
}

/// One option stands for those that no test tells apart from it.
#[test]
fn options_that_no_test_tells_apart_are_asked_for_once() {
    let mut files = small();
    let (_, bytes) = files.iter_mut().find(|(path, _)| path == "questions.yaml").unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let more = "          - { id: ons, label: ONS }\n          - { id: fsa, label: FSA }\n";
    let defra = "          - { id: defra, label: DEFRA }\n";
    *bytes = text.replace(defra, &format!("{defra}{more}")).into_bytes();
    let loaded = load(&files);
    assert_eq!(coverage(&loaded.ruleset, &loaded.cases).of(Kind::Options).needed, 15);
    let (_, cases) = files.iter_mut().find(|(path, _)| path == "cases/all.yaml").unwrap();
    *cases = String::from_utf8(cases.clone()).unwrap().replace("body: council", "body: ons").into_bytes();
    let loaded = load(&files);
    let count = coverage(&loaded.ruleset, &loaded.cases).of(Kind::Options);
    // `ons` stands for `defra` too; the council, which has its own tag, is now tried by nobody.
    assert_eq!((count.tried, count.needed), (10, 15));
}

/// The coverage of a ruleset in a format that is rendered to bytes.
fn rendered(loaded: &Loaded, sources: &Sources, as_html: bool) -> String {
    let covered = coverage(&loaded.ruleset, &loaded.cases);
    let report = CoverageReport { ruleset: &loaded.ruleset, cases: &loaded.cases, sources, coverage: &covered };
    let mut out = Vec::new();
    if as_html {
        html(&mut out, &report).unwrap();
    } else {
        lcov(&mut out, &report).unwrap();
    }
    String::from_utf8(out).unwrap()
}

/// The files of a ruleset under names that try to get out of every format.
fn hostile(loaded: &Loaded) -> Sources {
    let mut sources = Sources::new();
    for (_, source) in loaded.sources.iter() {
        let name = format!("\"><script>x</script>\nend_of_record\nSF:\u{202e}{}", source.name());
        sources.add(Source::new(name, source.text()));
    }
    sources
}

#[test]
fn lcov_adds_up() {
    let loaded = load(&small());
    for sources in [loaded.sources.clone(), hostile(&loaded)] {
        let text = rendered(&loaded, &sources, false);
        let records: Vec<&str> = text.split_terminator("\nend_of_record\n").collect();
        assert_eq!(records.len(), 6, "{text}");
        let (mut branches, mut taken) = (0, 0);
        for record in records {
            let fields = |name: &str| -> Vec<Vec<String>> {
                let lines = record.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
            };
            let total = |name: &str| fields(name)[0][0].parse::<usize>().unwrap();
            assert_eq!((fields("TN").len(), fields("SF").len()), (1, 1), "{record}");
            let hit =
                |rows: &[Vec<String>], at: usize| rows.iter().filter(|row| row[at] != "0" && row[at] != "-").count();
            let (lines, calls, pairs) = (fields("DA"), fields("FNDA"), fields("BRDA"));
            assert_eq!((total("LF"), total("LH")), (lines.len(), hit(&lines, 1)), "{record}");
            assert_eq!((total("FNF"), total("FNH")), (calls.len(), hit(&calls, 0)), "{record}");
            assert_eq!((total("BRF"), total("BRH")), (pairs.len(), hit(&pairs, 3)), "{record}");
            let names = |rows: &[Vec<String>]| rows.iter().map(|row| row[1].clone()).collect::<Vec<_>>();
            assert_eq!(names(&fields("FN")), names(&calls));
            let numbers: Vec<u32> = lines.iter().map(|row| row[0].parse().unwrap()).collect();
            assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "lines rise: {record}");
            // Each function and branch stands on a line that counts.
            for row in fields("FN").iter().chain(&pairs) {
                assert!(numbers.contains(&row[0].parse().unwrap()), "{row:?}");
            }
            let blocks: BTreeSet<(&str, &str)> = pairs.iter().map(|row| (row[1].as_str(), row[2].as_str())).collect();
            assert_eq!(blocks.len(), pairs.len(), "each branch once");
            branches += pairs.len();
            taken += hit(&pairs, 3);
        }
        assert_eq!((taken, branches), (25, 26), "the tests counted by hand");
    }
    let text = rendered(&loaded, &loaded.sources, false);
    assert!(text.contains("SF:rules/powers.yaml\n") && text.contains("\nBRDA:16,1,0,0\nBRDA:16,1,1,2\n"), "{text}");
    assert_snapshot("cases/coverage.lcov", &text);
}

/// Every tag of the page, without what stands between them.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

#[test]
fn the_page_needs_nothing_and_lets_nothing_out() {
    let mut files = small();
    let nasty = "</code><script>alert(1)</script><img src=x onerror=alert(2)> & \\\" '";
    for (path, bytes) in &mut files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let text = if path.starts_with("cases/") {
            text.replace("title: Nobody knows the power yet", &format!("title: \"{nasty}\""))
        } else {
            text.replace("label: Act B", &format!("label: \"{nasty}\""))
        };
        *bytes = text.into_bytes();
    }
    let loaded = load(&files);
    for sources in [loaded.sources.clone(), hostile(&loaded)] {
        let page = rendered(&loaded, &sources, true);
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the text is there, and is text");
        assert!(!page.contains('\u{202e}'));
        for tag in tags(&page) {
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
            let known = "!DOCTYPE html head meta title style body a main h1 h2 h3 p strong code table caption thead tbody tr th td ul ol li span div";
            assert!(known.split(' ').any(|known| known == name), "<{tag}>");
            assert!(!tag.contains("onerror") && !tag.contains("src="), "<{tag}>");
        }
        assert!(!page.contains("url(") && !page.contains("@import") && !page.contains("<link"), "nothing is fetched");
        let after = |mark: &str| -> Vec<String> {
            page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let ids = after(" id=\"");
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id is there once");
        for target in after("href=\"") {
            let id = target.strip_prefix('#').expect("every link stays on the page").to_owned();
            assert!(unique.contains(&id), "#{id} leads nowhere");
        }
    }
}

#[test]
fn the_page_says_in_words_what_is_tried() {
    let loaded = load(&small());
    let page = rendered(&loaded, &loaded.sources, true);
    for words in [
        "◐ partly (1 of 2)",
        "✓ tried (2)",
        "✗ not tried (0 of 1)",
        "<strong>no case</strong>",
        "1 of 2: is never true",
    ] {
        assert!(page.contains(words), "no {words}");
    }
    // A test leads to the cases that make it true and false.
    let row =
        page.split("<tr id=").find(|row| row.contains("test “power.gateway names only what is closed here”")).unwrap();
    let told = "<div>true: 1 case: <a href=\"#c1\">council-and-act-a</a></div>\
                <div>false: 1 case: <a href=\"#c0\">hmrc-and-children</a></div>\
                <div>undetermined: 1 case: <a href=\"#c2\">power-not-known</a></div>";
    assert!(row.contains(told), "{row}");
    assert_snapshot("cases/coverage.html", &page);
}

fn covered(args: &[&str], files: &Files) -> crate::support::Output {
    Clearshare::new("rules").ruleset("mine", files).args(["coverage", "./mine"]).args(args).run()
}

#[test]
fn text_lists_what_is_not_tried_with_its_place() {
    for (name, args, width) in [
        ("wide", &[][..], "80"),
        ("narrow", &[][..], "40"),
        ("plain", &["--plain"], "80"),
        ("colour", &["--color", "always"], "80"),
    ] {
        let run = Clearshare::new("rules").ruleset("mine", &small()).args(["coverage", "./mine"]).args(args);
        let output = run.env("COLUMNS", width).run();
        assert_eq!((output.status, output.stderr.as_str()), (0, ""));
        assert_snapshot(&format!("cases/coverage.{name}.txt"), &output.stdout);
    }
    let text = covered(&[], &small()).stdout;
    assert!(text.contains("./mine/rules/people.yaml:14:5: rule people.children is never met"), "{text}");
    assert!(text.ends_with("Together: 49 of 57 (85%)\n"), "{text}");
}

#[test]
fn the_exit_status_tells_whether_enough_is_tried() {
    assert_eq!(covered(&["--fail-under", "85"], &small()).status, 0);
    let less = covered(&["--fail-under", "86"], &small());
    assert_eq!((less.status, less.stderr.as_str()), (1, "85% is tried, less than the 86% asked for\n"));
    assert_eq!(covered(&["--fail-under", "101"], &small()).status, 2);
    let mut none = small();
    none.retain(|(path, _)| !path.starts_with("cases/"));
    let none = covered(&[], &none);
    assert_eq!(none.status, 1, "nothing is tried");
    assert!(none.stdout.contains("There are no cases: nothing is tried."), "{}", none.stdout);
}

#[test]
fn a_case_that_fails_is_told() {
    let mut files = small();
    let (_, bytes) = files.iter_mut().find(|(path, _)| path == "cases/all.yaml").unwrap();
    *bytes = String::from_utf8(bytes.clone()).unwrap().replace("outcome: stop", "outcome: ready").into_bytes();
    let output = covered(&[], &files);
    assert_eq!(output.status, 0);
    assert!(output.stdout.contains("1 case fails: `clearshare rules test` says why."), "{}", output.stdout);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coverage.info");
    std::fs::write(&path, "what was there before").unwrap();
    let name = path.to_string_lossy().into_owned();
    let written = covered(&["--format", "lcov", "--output", &name], &small());
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("TN:\nSF:./mine/derived.yaml\n") && text.ends_with("end_of_record\n"), "{text}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left there");
    let nowhere = folder.path().join("none/coverage.html").to_string_lossy().into_owned();
    let failed = covered(&["--format", "html", "-o", &nowhere], &small());
    assert_eq!((failed.status, failed.stdout.as_str()), (2, ""));
    assert!(failed.stderr.contains("cannot-write"), "{}", failed.stderr);
}

#[test]
fn rules_are_counted_by_their_status() {
    let loaded = load(&small());
    let covered = coverage(&loaded.ruleset, &loaded.cases);
    for (at, item) in covered.items.iter().enumerate().take(loaded.ruleset.rules().len()) {
        assert_eq!(item.about, About::Rule(RuleIx::new(at)));
        // Each case gives a rule one status; of the case that the screen ends, only the screen's own.
        let cases: usize = item.points.iter().map(|point| point.cases.len()).sum();
        assert_eq!(cases, if at == 0 { 4 } else { 3 });
    }
}

#[test]
fn a_report_replaces_files_only_and_never_those_of_the_ruleset() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("coverage-over");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    let inside = covered(&["--output", "./mine/ruleset.yaml"], &small());
    assert_eq!(inside.status, 2, "{}", inside.stderr);
    assert!(inside.stderr.contains("is inside the ruleset"), "{}", inside.stderr);
    #[cfg(unix)]
    {
        let (file, link) = (folder.join("report.txt"), folder.join("link"));
        std::fs::write(&file, "before").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let through = covered(&["--output", link.to_str().unwrap()], &small());
        assert_eq!(through.status, 0, "{}", through.stderr);
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink(), "the link stays");
        let written = std::fs::read_to_string(&file).unwrap();
        assert_eq!(written, covered(&[], &small()).stdout, "what the link leads to is replaced, and whole");
    }
}
