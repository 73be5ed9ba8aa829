//! `ruleset.yaml`: what a ruleset says of itself.

use super::reader::Reader;
use crate::finding::{Code, Finding};
use crate::model::Date;
use crate::ruleset::{Covers, Info, State, Version};
use crate::text::quoted;
use crate::yaml::{Fields, Node};

/// The format that this reader reads.
const FORMAT: &str = "1";

impl<'n> Reader<'n> {
    /// Reads the head of a ruleset.
    pub(super) fn info(&mut self, node: &'n Node) -> Option<Info> {
        let mut fields = self.fields(node, "the head of a ruleset, such as `id: uk-border`")?;
        self.format(&mut fields);
        let id = self.id(&mut fields);
        let version = self.required(&mut fields, "version").and_then(|node| self.version(node));
        let states = [("draft", State::Draft), ("published", State::Published)];
        let state = self.required(&mut fields, "status").and_then(|node| self.word(node, &states));
        let title = self.required_text(&mut fields, "title");
        let law_as_at = self.required(&mut fields, "law-as-at").and_then(|node| self.date(node));
        let covers = self.required(&mut fields, "covers").and_then(|node| self.covers(node));
        let supersedes = match fields.optional("supersedes") {
            Some(node) => self.version(node).map(Some),
            None => Some(None),
        };
        let jurisdiction = self.required_text(&mut fields, "jurisdiction");
        let keeper = self.required_text(&mut fields, "keeper");
        let report_to = self.required_text(&mut fields, "report-to");
        let months = self.required(&mut fields, "review-every-months").and_then(|node| self.months(node));
        let changes = self.required_text(&mut fields, "changes");
        let not_covered = self.required(&mut fields, "not-covered").map(|node| self.texts(node));
        self.finish(fields);
        Some(Info {
            id: id?,
            version: version?,
            state: state?,
            title: title?,
            law_as_at: law_as_at?,
            covers: covers?,
            supersedes: supersedes?,
            jurisdiction: jurisdiction?,
            keeper: keeper?,
            report_to: report_to?,
            review_every_months: months?,
            changes: changes?,
            not_covered: not_covered?,
        })
    }

    fn format(&mut self, fields: &mut Fields<'n>) {
        let Some(node) = self.required(fields, "format") else { return };
        let Some(text) = self.text(node) else { return };
        if text != FORMAT {
            self.fault(
                Finding::new(
                    Code::UnknownFormat,
                    format!("format {} is not one that this clearshare reads", quoted(text)),
                )
                .at(node.place)
                .help("this clearshare reads rulesets of format 1; a newer one may need a newer clearshare"),
            );
        }
    }

    fn version(&mut self, node: &'n Node) -> Option<Version> {
        let text = self.text(node)?;
        let version = text.parse();
        if version.is_err() {
            self.fault(
                Finding::new(Code::BadVersion, format!("{} is not a version", quoted(text)))
                    .at(node.place)
                    .help("a version is a year and a month in quotes, for example \"2026.11\""),
            );
        }
        version.ok()
    }

    fn covers(&mut self, node: &'n Node) -> Option<Covers> {
        let mut fields = self.fields(node, "the dates covered, such as `from: 2026-11-01`")?;
        let from = self.required(&mut fields, "from").and_then(|node| self.date(node));
        let until_node = fields.optional("until");
        let until: Option<Option<Date>> = match until_node {
            Some(node) => self.date(node).map(Some),
            None => Some(None),
        };
        self.finish(fields);
        let covers = Covers { from: from?, until: until? };
        if let (Some(until), Some(node)) = (covers.until, until_node)
            && until < covers.from
        {
            self.fault(
                Finding::new(Code::BackwardDates, "the last day covered is before the first")
                    .at(node.place)
                    .help("write a day on or after `from`, or leave `until` out"),
            );
        }
        Some(covers)
    }

    fn months(&mut self, node: &'n Node) -> Option<u16> {
        let text = self.text(node)?;
        let months = text.parse::<u16>().ok().filter(|months| (1..=60).contains(months));
        if months.is_none() {
            self.fault(
                Finding::new(Code::BadNumber, format!("{} is not a number of months from 1 to 60", quoted(text)))
                    .at(node.place)
                    .help("write how often the sources are read again, for example 6"),
            );
        }
        months
    }

    pub(super) fn texts(&mut self, node: &'n Node) -> Vec<String> {
        let items = self.list(node).unwrap_or(&[]);
        items.iter().filter_map(|item| self.text(item)).map(str::to_owned).collect()
    }
}
