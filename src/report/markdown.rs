//! A summary in Markdown, for the summary of a job or a comment on a merge request.

use std::io;

use super::escape::{markdown, markdown_line, markdown_link};
use super::pipeline::{self, Found, cut};
use super::text::outcome_words;
use super::{CheckReport, ManifestReport, Out, footer, words};
use crate::check::CheckedFlow;
use crate::finding::Finding;
use crate::model::{Outcome, Status};
use crate::ruleset::Ruleset;
use crate::text::{Sources, counted};

/// How long the findings may be, in bytes. A comment takes 65,536 characters, with the table and the last lines.
const BODY: usize = 48_000;

/// How long the list of manifests may be.
const TABLE: usize = 12_000;

/// The longest path or reason that is repeated, in characters.
const LONGEST: usize = 200;

/// A summary, kept until the end: its first line is about all manifests.
#[derive(Debug, Default)]
pub struct Markdown {
    /// Each manifest, with its outcome; none where it could not be checked.
    manifests: Vec<(String, Option<Outcome>)>,
    body: String,
    /// How many things did not fit.
    cut: usize,
    footers: Vec<String>,
}

impl Markdown {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A heading and what stands below it, as far as there is room; none without something below it.
    fn section(&mut self, room: usize, before: &str, blocks: &[String], after: &str) {
        let mut room = room.saturating_sub(self.body.len() + before.len() + after.len());
        let mut fitting = String::new();
        for block in blocks {
            if let Some(left) = room.checked_sub(block.len()) {
                room = left;
                fitting.push_str(block);
            } else {
                // What comes later is never shown in place of what comes earlier.
                room = 0;
                self.cut += 1;
            }
        }
        if !fitting.is_empty() {
            self.body.push_str(&format!("{before}{fitting}{after}"));
        }
    }

    /// What is good to know, and not to do: it takes no room from the findings of the next manifest.
    fn folded(&mut self, summary: &str, blocks: &[String]) {
        let before = format!("\n<details><summary>{}</summary>\n\n", markdown(summary));
        self.section(BODY / 2, &before, blocks, "\n</details>\n");
    }

    fn flow(&mut self, ruleset: &Ruleset, report: &ManifestReport<'_>, checked: &CheckedFlow, found: &[Found<'_>]) {
        if let Some(flow) = pipeline::flow(report, checked) {
            let (_, word, _, words) = outcome_words(checked.advice.outcome);
            self.section(BODY, "", &[format!("\n### Flow {}: {word}. {words}\n", markdown(flow))], "");
        }
        for (outcome, heading) in [
            (Outcome::Stop, "What stops this"),
            (Outcome::Refer, "Whose advice you need"),
            (Outcome::ActFirst, "What to do first"),
            (Outcome::Incomplete, "What may yet apply"),
        ] {
            let blocks: Vec<String> =
                found.iter().filter(|found| found.finding.alone == outcome).map(|found| block(found)).collect();
            self.section(BODY, &format!("\n#### {heading}\n\n"), &blocks, "");
        }
        self.section(BODY, "\n#### Still unanswered\n\n", &questions(ruleset, checked), "");
        let later: Vec<String> = found.iter().filter(|f| f.finding.alone == Outcome::Ready).map(block).collect();
        self.folded(&format!("Good practice, and what is due later: {}", later.len()), &later);
        self.section(BODY, "\n#### Waived\n\n", &waived(ruleset, checked), "");
        let settled = checked.advice.statuses.iter().filter(|status| matches!(status, Status::Met | Status::Done));
        let settled = settled.count();
        if settled > 0 {
            let met = counted(settled, "rule that applies is", "rules that apply are");
            self.section(BODY, "", &[format!("\n{met} met or done already.\n")], "");
        }
        let not_needed = not_needed(ruleset, checked);
        self.folded(&format!("What you do not need: {}", not_needed.len()), &not_needed);
    }

    /// The outcome of all, in words.
    fn headline(&self) -> String {
        let faulty = self.manifests.iter().any(|(_, outcome)| outcome.is_none());
        let worst = self.manifests.iter().filter_map(|(_, outcome)| *outcome).max();
        match (faulty, worst) {
            (true, Some(worst)) => format!("something could not be checked. Of the rest: {}", said(worst)),
            (true, None) => "nothing could be checked".to_owned(),
            (false, Some(worst)) => said(worst),
            (false, None) => "nothing was checked".to_owned(),
        }
    }

    /// A row for each manifest, where there are several.
    fn table(&self) -> String {
        if self.manifests.len() < 2 {
            return String::new();
        }
        let mut table = String::from("\n| Manifest | Outcome |\n| --- | --- |\n");
        let mut rows = 0;
        for (path, outcome) in &self.manifests {
            let outcome = outcome.map_or_else(|| "Could not be checked".to_owned(), said);
            let row = format!("| {} | {outcome} |\n", markdown(path));
            if table.len() + row.len() > TABLE {
                break;
            }
            table.push_str(&row);
            rows += 1;
        }
        let more = self.manifests.len() - rows;
        if more > 0 {
            let more = counted(more, "more manifest is", "more manifests are");
            table.push_str(&format!("\n{more} not listed.\n"));
        }
        table
    }
}

impl CheckReport for Markdown {
    fn advice(&mut self, _out: Out<'_>, report: &ManifestReport<'_>, _draft: &[u8]) -> io::Result<()> {
        let (ruleset, outcome) = (report.ruleset, report.checked.outcome());
        let path = cut(&pipeline::path(report.path), LONGEST);
        self.section(BODY, "", &[format!("\n## {}: {}\n", markdown(&path), said(outcome))], "");
        self.manifests.push((path, Some(outcome)));
        let footer = footer(report.ruleset, report.as_of);
        if !self.footers.contains(&footer) {
            self.footers.push(footer);
        }
        let notices: Vec<String> = report.notices.iter().map(|notice| item("", notice)).collect();
        self.section(BODY, "\n", &notices, "");
        if report.checked.is_screened() {
            let screens: Vec<String> = pipeline::screens(ruleset)
                .iter()
                .map(|rule| {
                    let steps: String =
                        pipeline::steps(ruleset, rule).iter().fold(String::new(), |all, step| all + &item("", step));
                    format!("\n**{}**\n\n{}\n\n{steps}", markdown(&rule.title), markdown_line(&rule.because))
                })
                .collect();
            self.section(BODY, "", &screens, "");
            return Ok(());
        }
        let found: Vec<Found<'_>> = pipeline::found(ruleset, report).collect();
        for checked in &report.checked.flows {
            let own: Vec<Found<'_>> =
                found.iter().filter(|found| std::ptr::eq(found.checked, checked)).copied().collect();
            self.flow(ruleset, report, checked, &own);
        }
        Ok(())
    }

    fn faults(&mut self, _out: Out<'_>, path: &str, findings: &[Finding], sources: &Sources) -> io::Result<()> {
        let path = cut(&pipeline::path(path), LONGEST);
        let fault = |fault: &Finding| {
            let region = fault.place().and_then(|place| pipeline::Region::of(place, sources, fault.hides_source()));
            let at = region.map(|at| format!("Line {}, column {}: ", at.line, at.column)).unwrap_or_default();
            item("", &format!("{at}{} ({})", pipeline::fault_message(fault), fault.code()))
        };
        let heading = format!("\n## {}: could not be checked\n\n", markdown(&path));
        self.section(BODY, &heading, &findings.iter().map(fault).collect::<Vec<_>>(), "");
        self.manifests.push((path, None));
        Ok(())
    }

    fn end(&mut self, out: Out<'_>) -> io::Result<()> {
        writeln!(out, "# Data sharing: {}", self.headline())?;
        out.write_all(self.table().as_bytes())?;
        out.write_all(self.body.as_bytes())?;
        if self.cut > 0 {
            let more = counted(self.cut, "more thing did", "more things did");
            writeln!(out, "\n**{more} not fit here. Run `clearshare check` to read everything.**")?;
        }
        if self.footers.is_empty() {
            return writeln!(out, "\nDecision support, not legal advice.");
        }
        self.footers.iter().try_for_each(|footer| writeln!(out, "\n{}", markdown_line(footer)))
    }
}

/// An outcome in words.
fn said(outcome: Outcome) -> String {
    let (_, word, _, words) = outcome_words(outcome);
    format!("{word}. {words}")
}

/// An item of a list.
fn item(indent: &str, text: &str) -> String {
    format!("{indent}- {}\n", markdown_line(text))
}

/// One finding: what, where and why, who does what, and what says so.
fn block(found: &Found<'_>) -> String {
    let line = found.region().map(|region| format!(" Line {}.", region.line)).unwrap_or_default();
    let rule = found.rule;
    let binds = format!("({}: {}, {})", rule.id, rule.level.word(), rule.basis.word());
    let ask = rule.refer.and_then(|role| found.ruleset.roles().get(role));
    let ask = ask.map(|role| format!(" Ask the {}.", role.title)).unwrap_or_default();
    let why = format!("{}{ask}{line} {}", found.standing(), rule.because);
    let mut text = format!("- [ ] **{}** {}  \n  {}\n", markdown(&rule.title), markdown(&binds), markdown_line(&why));
    for step in pipeline::steps(found.ruleset, rule) {
        text.push_str(&item("  ", &step));
    }
    let sources = pipeline::sources(found.ruleset, &rule.cites);
    let sources: Vec<String> = sources.iter().map(|(title, url)| markdown_link(title, url)).collect();
    if !sources.is_empty() {
        text.push_str(&format!("  - Sources: {}\n", sources.join("; ")));
    }
    text
}

/// The questions that still matter.
fn questions(ruleset: &Ruleset, checked: &CheckedFlow) -> Vec<String> {
    let advice = &checked.advice;
    let asked = advice.open.iter().chain(&advice.unknown).filter_map(|ix| ruleset.questions().get(*ix));
    let line = |question: &crate::model::Question| {
        let who = question.who.map(|who| format!("; {} would know", words::who(ruleset, who))).unwrap_or_default();
        item("", &format!("{} ({}{who})", question.prompt, question.id))
    };
    asked.map(line).collect()
}

fn waived(ruleset: &Ruleset, checked: &CheckedFlow) -> Vec<String> {
    let waived = ruleset.rules().iter().filter(|(ix, _)| checked.advice.status(*ix) == Status::Waived);
    let line = |(ix, rule): (_, &crate::model::Rule)| {
        let why = checked.flow.exchange.waiver(ix).map(|waiver| pipeline::waived(ruleset, waiver)).unwrap_or_default();
        item("", &format!("{} ({}): {}", rule.title, rule.id, cut(&why, 3 * LONGEST)))
    };
    waived.map(line).collect()
}

/// What is known not to be needed, each once.
fn not_needed(ruleset: &Ruleset, checked: &CheckedFlow) -> Vec<String> {
    let mut said: Vec<&str> = Vec::new();
    for (ix, rule) in ruleset.rules().iter().filter(|(_, rule)| rule.upcoming.is_none()) {
        let otherwise = rule.otherwise.as_deref().filter(|_| checked.advice.status(ix) == Status::NotApplicable);
        said.extend(otherwise.filter(|text| !said.contains(text)));
    }
    said.into_iter().map(|text| item("", text)).collect()
}

#[cfg(test)]
mod tests {
    use super::Markdown;

    /// What comes first matters most: nothing that comes later takes its place because it is shorter.
    #[test]
    fn what_does_not_fit_leaves_out_all_that_follows() {
        let mut markdown = Markdown::new();
        let blocks = ["a".repeat(20), "b".repeat(40), "c".to_owned()];
        markdown.section(50, "<", &blocks, ">");
        assert_eq!((markdown.body.as_str(), markdown.cut), (format!("<{}>", "a".repeat(20)).as_str(), 2));
        // No heading without something below it.
        markdown.section(50, "# heading\n", &["d".repeat(60)], "");
        assert_eq!((markdown.body.len(), markdown.cut), (22, 3));
    }
}
