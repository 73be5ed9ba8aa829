//! A document as Markdown, to sit beside decision records in a repository.
//!
//! It is plain CommonMark: no front matter, no tables and no HTML, which not every reader shows as they are meant.

use super::{Block, Document, Fields, Item, Span, Table};
use crate::report::escape::{markdown, markdown_line, markdown_link};

/// The document.
pub(super) fn render(document: &Document) -> String {
    let mut text = format!("# {}\n", heading(&document.title));
    for block in &document.blocks {
        text.push('\n');
        match block {
            Block::Heading(level, words) => {
                text.push_str(&format!("{} {}\n", "#".repeat(usize::from(*level)), heading(words)));
            }
            Block::Paragraph(words) => text.push_str(&format!("{}\n", line(words))),
            Block::List(items) => list(&mut text, items, 0),
            Block::Fields(fields) => self::fields(&mut text, fields),
            Block::Table(table) => self::table(&mut text, table),
        }
    }
    text
}

/// One that ends in a number sign or a space would lose it.
fn heading(text: &str) -> String {
    markdown(text.trim())
}

fn list(text: &mut String, items: &[Item], depth: usize) {
    for item in items {
        text.push_str(&format!("{:indent$}- {}\n", "", line(&item.text), indent = depth * 2));
        list(text, &item.below, depth + 1);
    }
}

fn fields(text: &mut String, fields: &Fields) {
    for (name, values) in &fields.rows {
        let name = markdown(name.trim());
        match values.as_slice() {
            [] => text.push_str(&format!("- **{name}**\n")),
            [one] => text.push_str(&format!("- **{}** {}\n", colon(&name), spans(one, markdown))),
            several => {
                text.push_str(&format!("- **{}**\n", colon(&name)));
                several.iter().for_each(|value| text.push_str(&format!("  - {}\n", line(value))));
            }
        }
    }
}

/// A name with a colon behind it; a question has its mark.
fn colon(name: &str) -> String {
    if name.ends_with('?') { name.to_owned() } else { format!("{name}:") }
}

/// A list, in which each column keeps its name.
fn table(text: &mut String, table: &Table) {
    for row in &table.rows {
        let mut cells = table.head.iter().zip(row);
        let name = cells.next().map(|(_, name)| markdown(name.trim())).unwrap_or_default();
        text.push_str(&format!("- **{name}**\n"));
        for (head, cell) in cells {
            let cell = if cell.is_empty() { BLANK.to_owned() } else { markdown(cell) };
            text.push_str(&format!("  - {}: {cell}\n", markdown(head)));
        }
    }
}

/// What is to be filled in by hand.
const BLANK: &str = "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";

/// Text at the beginning of a line.
fn line(text: &[Span]) -> String {
    let text = match text {
        [Span::Plain(first), rest @ ..] => markdown_line(first) + &spans(rest, markdown),
        other => spans(other, markdown),
    };
    // Where there is nothing, a dash would end the list.
    if text.trim().is_empty() { "\u{2013}".to_owned() } else { text }
}

fn spans(text: &[Span], plain: fn(&str) -> String) -> String {
    text.iter().map(|span| self::span(span, plain)).collect()
}

fn span(span: &Span, plain: fn(&str) -> String) -> String {
    match span {
        Span::Plain(text) => plain(text),
        // Emphasis does not begin before a space, nor end after one.
        Span::Strong(text) if text.trim().is_empty() => String::new(),
        Span::Strong(text) => format!("**{}**", markdown(text.trim())),
        Span::Link { text, address } => markdown_link(text, address),
    }
}
