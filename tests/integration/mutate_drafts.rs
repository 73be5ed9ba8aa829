//! `rules mutate --write-cases`: drafts of cases that would catch what survives.

use clearshare::engine::{Advice, Evaluator};
use clearshare::model::{Exchange, Facts};
use clearshare::mutate::{Draft, Judged, Verdict, drafts};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;

use crate::mutate::{loaded, tiny, tried};
use crate::support::{Clearshare, Files, Output, base_files, files_in};

/// A draft filled in with what the ruleset says: what a person would do who finds the ruleset right.
fn filled(text: &str, ruleset: &Ruleset, drafts: &[Draft<'_>]) -> String {
    let mut evaluator = Evaluator::new(ruleset);
    let mut advise = |facts: &Facts| {
        let exchange = Exchange { facts: facts.clone(), ..Exchange::default() };
        evaluator.conclude(&exchange, ruleset.info().law_as_at)
    };
    let mut drafts = drafts.iter();
    let mut advice: Option<Advice> = None;
    let mut filled = String::new();
    for line in text.lines() {
        if line.starts_with("  - id: draft-") {
            advice = Some(advise(&drafts.next().unwrap().facts));
        }
        match &advice {
            // Each question brings its own.
            Some(_) if line == "      candidates:" => {}
            Some(advice) if !line.trim_start().starts_with('#') => filled.push_str(&fill(line, ruleset, advice)),
            _ => filled.push_str(line),
        }
        filled.push('\n');
    }
    assert!(drafts.next().is_none(), "a case for each draft");
    filled
}

fn fill(line: &str, ruleset: &Ruleset, advice: &Advice) -> String {
    let Some((name, value)) = line.split_once(": ") else { return line.to_owned() };
    let id = name.trim();
    if let Some(ix) = ruleset.rule_named(id) {
        let rule = ruleset.rules().get(ix).unwrap();
        let refer = rule.refer.map_or("", |role| &ruleset.roles().get(role).unwrap().id);
        let due = if rule.due == clearshare::model::Due::Before { "before" } else { "after" };
        return line
            .replace("{ status: TO-DO", &format!("{{ status: {}", advice.status(ix).word()))
            .replace("level: TO-DO", &format!("level: {}", rule.level.word()))
            .replace("basis: TO-DO", &format!("basis: {}", rule.basis.word()))
            .replace("due: TO-DO", &format!("due: {due}"))
            .replace("refer: TO-DO", &format!("refer: {refer}"))
            .replace(": TO-DO", &format!(": {}", advice.status(ix).word()));
    }
    if let Some(fact) = ruleset.derived().find(|fact| fact.id == id) {
        let value = advice
            .value(fact)
            .map_or("undetermined", |value| &ruleset.derived().get(fact).unwrap().value(value).unwrap().name);
        return line.replace("TO-DO", value);
    }
    if let Some(question) = ruleset.question_named(id).filter(|_| value.contains("TO-DO")) {
        let named: Vec<&str> = value.trim_matches(['[', ']']).split(", ").skip(1).collect();
        let is = |option: &&&str| {
            let option = ruleset.option_named(question, option).unwrap();
            advice.candidates.iter().any(|group| group.options.iter().any(|candidate| candidate.option == option))
        };
        let list = |options: Vec<&&str>| options.into_iter().copied().collect::<Vec<_>>().join(", ");
        let (open, closed) = (list(named.iter().filter(is).collect()), list(named.iter().filter(|o| !is(o)).collect()));
        let part = |key: &str, options: String| match options.as_str() {
            "" => String::new(),
            options => format!("      {key}:\n        {id}: [{options}]\n"),
        };
        return format!("{}{}", part("candidates", open), part("not-candidates", closed)).trim_end().to_owned();
    }
    if id == "myths" {
        let named: Vec<&str> = value.trim_matches(['[', ']']).split(", ").skip(1).collect();
        let is = |id: &&&str| advice.myths.contains(&ruleset.myths().find(|myth| myth.id == **id).unwrap());
        let answered: Vec<&str> = named.iter().filter(is).copied().collect();
        return match answered.as_slice() {
            [] => "      exactly: [myths]".to_owned(),
            answered => format!("      myths: [{}]", answered.join(", ")),
        };
    }
    if id == "does-not-arise" {
        return line.replace("[TO-DO, ", "[");
    }
    if id == "TO-DO" {
        let (ix, rule) = ruleset.rules().iter().next().unwrap();
        return format!("        {}: {}", rule.id, advice.status(ix).word());
    }
    line.replace("outcome: TO-DO", &format!("outcome: {}", advice.outcome.word()))
}

#[test]
fn drafts_are_faults_until_a_person_judged_and_then_catch_what_they_say() {
    for (name, files) in [("tiny", tiny()), ("base", base_files())] {
        let before = loaded(&files);
        let mutation = tried(&before.ruleset, &before.cases, &[]);
        let survive = mutation.judged.iter().filter(|judged| matches!(judged.verdict, Verdict::Survives(_))).count();
        let (drafts, without) = drafts(&before.ruleset, &mutation);
        let unseen = |judged: &&Judged| matches!(&judged.verdict, Verdict::Survives(shown) if shown.facts.is_none());
        assert_eq!(without, mutation.judged.iter().filter(unseen).count(), "a case can say what does not arise");
        let drafted: usize = drafts.iter().map(|draft| draft.catches.len()).sum();
        assert_eq!(drafted + without, survive, "{name}");
        assert!(
            drafted > 20 && without * 10 < drafted && drafts.len() * 2 < drafted,
            "{name}: {drafted} {without} {}",
            drafts.len()
        );

        let (output, written) = written(&files, &tempfile::tempdir().unwrap());
        assert_eq!(output.status, 1, "{}", output.stderr);
        let mut with_drafts = files.clone();
        let mut with_judged = files.clone();
        for (path, bytes) in written {
            let file = drafts.iter().filter(|draft| path == draft_name(&before.ruleset, draft));
            let file: Vec<Draft<'_>> = file.cloned().collect();
            let text = String::from_utf8(bytes.clone()).unwrap();
            with_judged.push((format!("cases/{path}"), filled(&text, &before.ruleset, &file).into_bytes()));
            with_drafts.push((format!("cases/{path}"), bytes));
            // Every case of the file is a fault by itself, not only the first.
            let faults = read_ruleset(&with_drafts).unwrap_err();
            for draft in 1..=file.len() {
                let name =
                    format!("id: draft-{}-{draft}\n", path.trim_start_matches("draft-").trim_end_matches(".yaml"));
                let start = text.find(&name).unwrap_or_else(|| panic!("{name}"));
                let rest = text.split_at(start).1;
                let end = start + rest.find("  # Would catch:").unwrap_or(rest.len());
                let inside = |finding: &clearshare::finding::Finding| {
                    let place = finding.place().unwrap();
                    faults.sources.get(place.file).unwrap().name().ends_with(&path)
                        && (start..end).contains(&(place.span.start as usize))
                };
                assert!(faults.findings.iter().any(inside), "{path} {draft}");
            }
        }
        let after = loaded(&with_judged);
        let mutation_after = tried(&after.ruleset, &after.cases, &[]);
        assert_eq!(mutation_after.failing, Vec::<usize>::new(), "{name}");
        for draft in &drafts {
            for (judged, effect) in &draft.catches {
                let now = mutation_after.judged.iter().find(|other| {
                    (other.mutant.site, &other.mutant.words) == (judged.mutant.site, &judged.mutant.words)
                });
                let now = now.unwrap();
                let is_caught = matches!(now.verdict, Verdict::Caught(_));
                // Where a question wrongly does not arise, or arises, a person has to answer it.
                assert!(
                    is_caught || matches!(effect, clearshare::mutate::Effect::Arises { .. }),
                    "{name}: {judged:#?}"
                );
            }
        }
    }
}

/// A ruleset in which only an answer to a question that does not arise shows that its `only-if` is gone: without the answer
/// the myth is answered neither way.
fn gated() -> Files {
    let mut files = tiny();
    for (path, bytes) in &mut files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let gated = match path.as_str() {
            "sources.yaml" => text.split("  - { id: tip").next().unwrap(),
            "questions.yaml" => &format!("{}{GATED_OPTIONS}", text.split("          - { id: red").next().unwrap()),
            "derived.yaml" => "derived: []\n",
            "myths.yaml" => GATED_MYTHS,
            "rules/one.yaml" => GATED_RULES,
            "cases/cases.yaml" => GATED_CASES,
            _ => continue,
        };
        *bytes = gated.as_bytes().to_vec();
    }
    files
}

const GATED_OPTIONS: &str = "          - { id: red, label: Red }
          - { id: blue, label: Blue }
";

const GATED_MYTHS: &str = "\
myths:
  - { id: red-is-safe, belief: So., truth: No., when: { data.kind: red }, cites: [act] }
";

const GATED_RULES: &str = "\
theme: One
rules:
  - id: one.duty
    title: Duty
    level: must
    basis: law
    when: { data.live: yes }
    because: So.
    steps: [{ do: Act, who: team }]
    cites: [act]
";

const GATED_CASES: &str = "\
cases:
  - id: red
    title: Red
    given: { data: { live: yes, kind: red } }
    expect: { outcome: act-first, rules: { one.duty: applies }, myths: red-is-safe }
";

/// Such an answer makes a case fail unless the case says that the question does not arise, so the draft says it.
#[test]
fn a_draft_names_the_questions_that_are_answered_and_do_not_arise() {
    let files = gated();
    let before = loaded(&files);
    let mutation = tried(&before.ruleset, &before.cases, &[]);
    let dropped = "`only-if: { data.live: yes }` dropped";
    let (drafts, _) = drafts(&before.ruleset, &mutation);
    let drafts: Vec<Draft<'_>> =
        drafts.into_iter().filter(|draft| draft_name(&before.ruleset, draft) == "draft-questions.yaml").collect();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].moot, [before.ruleset.question_named("data.kind").unwrap()]);
    assert!(drafts[0].catches.iter().any(|(judged, _)| judged.mutant.words == dropped));

    let (_, written) = written(&files, &tempfile::tempdir().unwrap());
    let (path, bytes) = written.into_iter().find(|(path, _)| path == "draft-questions.yaml").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("    given:\n      data:\n        live: no\n        kind: red\n"), "{text}");
    assert!(text.ends_with("      does-not-arise: [TO-DO, data.kind]\n"), "{text}");

    let judged = filled(&text, &before.ruleset, &drafts);
    let after = |draft: &str| {
        let case = (format!("cases/{path}"), draft.as_bytes().to_vec());
        let after = loaded(&files.iter().cloned().chain([case]).collect());
        tried(&after.ruleset, &after.cases, &[])
    };
    let now = after(&judged);
    assert_eq!(now.failing, Vec::<usize>::new());
    let verdict = &now.judged.iter().find(|judged| judged.mutant.words == dropped).unwrap().verdict;
    assert!(matches!(verdict, Verdict::Caught(_)), "{verdict:?}");
    assert_eq!(after(&judged.replace("      does-not-arise: [data.kind]\n", "")).failing.len(), 1);
}

/// Writes drafts into a folder inside another, and reads that.
fn written(files: &Files, folder: &tempfile::TempDir) -> (Output, Files) {
    let drafts = folder.path().join("drafts");
    let run = Clearshare::new("rules").ruleset("rs", files).args(["mutate", "./rs", "--quiet", "--write-cases"]);
    let output = run.args([&drafts]).run();
    (output, files_in(&drafts))
}

/// The file that a draft is written into.
fn draft_name(ruleset: &Ruleset, draft: &Draft<'_>) -> String {
    let file = &ruleset.files()[usize::from(draft.file.0)];
    format!("draft-{}.yaml", file.trim_end_matches(".yaml").replace('/', "-"))
}

#[test]
fn drafts_never_write_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("drafts")).unwrap();
    std::fs::write(folder.path().join("drafts/draft-derived.yaml"), "mine").unwrap();
    let (output, written) = written(&tiny(), &folder);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("is there already"), "{}", output.stderr);
    assert_eq!(written, [("draft-derived.yaml".to_owned(), b"mine".to_vec())]);
}
