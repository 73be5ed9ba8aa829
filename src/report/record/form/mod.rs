//! The decision form of the regulator's data sharing code (Annex B), filled from a record.
//!
//! The order of the fields is the order of that form; the words are our own. What a record cannot know is left to be written in, and says
//! so: nothing is guessed.

mod filler;
mod people;

use super::document::{Block, Document, Fields, Text, Written, lines, plain};
use super::view::View;
use crate::record::v1::Record;
use filler::Filler;

/// What stands where nothing is known: it is to be written in.
const WRITE_IN: &str = "The record does not say. Write it here:";

/// The form's file. None where it would be larger than its format can hold: 4 GiB.
#[must_use]
pub fn render(record: &Record, as_a: Written) -> Option<Vec<u8>> {
    form(record).written(as_a)
}

fn form(record: &Record) -> Document {
    let view = View::new(record);
    let about = "The decision form of the regulator's data sharing code, filled from a decision record.".to_owned();
    let title = format!("Data sharing decision form: {}", view.title);
    let mut document = Document { title, about, day: record.recorded_on, blocks: Vec::new() };
    document.paragraph(plain(
        "This form has the fields of the decision form in the Information Commissioner's data sharing code (Annex B). It was filled \
         from a decision record. Fields that the record cannot know say so: write them in before you sign.",
    ));
    let filler = Filler::new(record, &view);
    for (heading, rows) in [
        ("The request", filler.request()),
        ("What makes it lawful", filler.lawful()),
        ("How people and their data are protected", filler.protection()),
        ("The decision", people::decision(&view)),
    ] {
        document.heading(2, heading);
        document.fields(Fields { caption: heading.to_owned(), head: ["Field", "What the record says"], rows });
    }
    document.heading(2, "Signatures");
    document.blocks.push(Block::Table(people::signatures(&view)));
    document.heading(2, "Where this comes from");
    document.fields(origin(&view));
    document.paragraph(plain(view.footer.as_str()));
    document
}

/// A field, and what there is to say.
type Row = (String, Vec<Text>);

/// A field; where nothing is known, it is to be written in.
fn written(name: &str, said: Vec<Text>) -> Row {
    (name.to_owned(), if said.is_empty() { vec![plain(WRITE_IN)] } else { said })
}

fn given(name: &str, said: Option<String>) -> Row {
    written(name, said.map(plain).into_iter().collect())
}

/// A paragraph for each line.
fn paragraphs(text: &str) -> Vec<Text> {
    lines(text).map(plain).collect()
}

/// Which record, and which ruleset: enough to find both again.
fn origin(view: &View<'_>) -> Fields {
    let row = |name: &str, value: String| (name.to_owned(), vec![plain(value)]);
    let mut rows = Vec::new();
    rows.extend(view.reference.map(|reference| row("Reference", reference.to_owned())));
    rows.extend(view.contact.map(|contact| row("Contact", contact.to_owned())));
    rows.extend([
        row("Record's seal", view.seal.to_owned()),
        row("Ruleset", format!("{} ({}), as at {}", view.ruleset.name, view.ruleset.status, view.as_of)),
        row("Written by", format!("{}, {}", view.tool, view.recorded_on)),
    ]);
    rows.extend(view.supersedes.as_ref().map(|old| row("Takes the place of", format!("{}: {}", old.record, old.why))));
    Fields { caption: "Where this comes from".to_owned(), head: ["What", "Which"], rows }
}
