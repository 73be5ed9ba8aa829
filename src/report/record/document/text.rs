//! A document for people, in a terminal. The page makes every text safe to show.

use super::{Block, Document, Item, Span, Text};
use crate::report::page::Page;
use crate::report::{Ink, Tone};

/// The document.
pub(in crate::report::record) fn render(document: &Document, ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.toned(0, Tone::Heading, &document.title);
    let mut below_heading = false;
    for block in &document.blocks {
        if !below_heading && !matches!(block, Block::List(_)) {
            page.gap();
        }
        below_heading = matches!(block, Block::Heading(..));
        match block {
            Block::Heading(_, words) => page.heading(words),
            Block::Paragraph(words) => paragraph(&mut page, words),
            Block::List(items) => list(&mut page, items, 0),
            Block::Fields(fields) => {
                for (name, values) in &fields.rows {
                    field(&mut page, name, values);
                }
            }
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> =
                        table.head.iter().zip(row).map(|(head, cell)| format!("{head}: {cell}")).collect();
                    page.bullet(0, "•", Tone::Quiet, &cells.join("; "));
                }
            }
        }
    }
    page.finish()
}

fn paragraph(page: &mut Page, words: &[Span]) {
    match words {
        [Span::Strong(text)] => page.toned(0, Tone::Heading, text),
        other => {
            page.paragraph(0, &flat(other));
            addresses(page, other, 0);
        }
    }
}

fn list(page: &mut Page, items: &[Item], depth: usize) {
    for item in items {
        let mark = if depth == 0 { "•" } else { "–" };
        page.bullet(depth * 2, mark, Tone::Quiet, &flat(&item.text));
        addresses(page, &item.text, depth * 2 + 2);
        list(page, &item.below, depth + 1);
    }
}

fn field(page: &mut Page, name: &str, values: &[Text]) {
    match values {
        [] => page.paragraph(0, name),
        [one] => {
            page.paragraph(0, &format!("{}{} {}", name, colon(name), flat(one)));
            addresses(page, one, 2);
        }
        several => {
            page.paragraph(0, &format!("{name}{}", colon(name)));
            for value in several {
                page.paragraph(2, &flat(value));
                addresses(page, value, 2);
            }
        }
    }
}

/// What stands behind a name; a question has its mark.
fn colon(name: &str) -> &'static str {
    if name.ends_with('?') { "" } else { ":" }
}

/// Web addresses stand on lines of their own, so that they can be copied and followed.
fn addresses(page: &mut Page, words: &[Span], indent: usize) {
    for span in words {
        if let Span::Link { text, address } = span
            && text != address
        {
            page.address(indent, address);
        }
    }
}

fn flat(words: &[Span]) -> String {
    let text = |span: &Span| match span {
        Span::Plain(text) | Span::Strong(text) | Span::Link { text, .. } => text.clone(),
    };
    words.iter().map(text).collect()
}
