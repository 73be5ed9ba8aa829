//! The whole record as a document: the decision first, then why, then what the rules said, and the detail last.

mod flow;
mod parts;
mod rule;

use super::View;
use super::document::{Document, Fields, Item, Text, Written, lines, plain, strong};
use crate::record::v1::Record;
use crate::report::Detail;

/// The file. None where it would be larger than its format can hold: 4 GiB.
#[must_use]
pub fn render(record: &Record, as_a: Written) -> Option<Vec<u8>> {
    whole(&View::new(record), Detail::Verbose, Reasons::OfWhatIsOpen).written(as_a)
}

/// Of which rules a document says why each has its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reasons {
    /// Of every rule.
    OfAll,
    /// Of those that are not settled: with those of all, a document has a page for each rule that does not apply.
    OfWhatIsOpen,
}

/// The record as a document. Unless it is to be verbose, answers, reasons of the engine and rules that are settled are left out.
pub(super) fn whole(view: &View<'_>, detail: Detail, reasons: Reasons) -> Document {
    let about = "A decision on sharing data: what was known, what the rules said, what was decided and why.".to_owned();
    let mut document = Document { title: view.title.clone(), about, day: view.recorded_on, blocks: Vec::new() };
    parts::decision(&mut document, view);
    parts::conditions(&mut document, view);
    parts::consulted(&mut document, view);
    document.heading(2, "What the rules said");
    document.paragraph(vec![strong(format!("{}: {}", view.outcome.heading, view.outcome.says))]);
    document.list(view.notices.iter().map(|notice| Item::of(plain(*notice))).collect());
    parts::highest(&mut document, view);
    for one in &view.flows {
        flow::flow(&mut document, view, one, detail, reasons);
    }
    parts::evidence(&mut document, view);
    parts::sources(&mut document, view, detail);
    parts::origin(&mut document, view);
    document.paragraph(plain(view.footer.as_str()));
    document
}

/// A field with one value.
fn row(name: &str, value: impl Into<String>) -> (String, Vec<Text>) {
    (name.to_owned(), vec![plain(value)])
}

/// A field with a paragraph for each line of its value.
fn rows(name: &str, value: &str) -> (String, Vec<Text>) {
    (name.to_owned(), lines(value).map(plain).collect())
}

fn fields(caption: &str, rows: Vec<(String, Vec<Text>)>) -> Fields {
    Fields { caption: caption.to_owned(), head: ["What", "As recorded"], rows }
}

/// Items of one line each, made of text that may have several.
fn items(before: &str, text: &str) -> impl Iterator<Item = Item> {
    let before = before.to_owned();
    lines(text)
        .enumerate()
        .map(move |(at, line)| Item::of(plain(if at == 0 { format!("{before}{line}") } else { line.to_owned() })))
}

/// The numbers of sources, as they stand behind what rests on them: " [1, 3]".
fn cited(numbers: &[usize]) -> String {
    if numbers.is_empty() {
        return String::new();
    }
    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
    format!(" [{}]", numbers.join(", "))
}
