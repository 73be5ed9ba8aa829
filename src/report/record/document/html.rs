//! A document as one HTML page: no script, nothing fetched, readable on a small screen, in the dark and on paper.

use super::{Block, Document, Fields, Item, Span, Table};
use crate::report::escape::{html, is_of_web};

/// The look of the page. Nothing is told by colour.
const STYLE: &str = include_str!("style.css");

/// The page.
pub(super) fn render(document: &Document) -> String {
    let (title, about, style) = (html(&document.title), html(&document.about), STYLE.trim_end());
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"description\" content=\"{about}\">\n\
         <title>{title}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    for block in &document.blocks {
        match block {
            Block::Heading(level, words) => text.push_str(&format!("<h{level}>{}</h{level}>\n", html(words))),
            Block::Paragraph(words) => text.push_str(&format!("<p>{}</p>\n", spans(words))),
            Block::List(items) => list(&mut text, items),
            Block::Fields(fields) => self::fields(&mut text, fields),
            Block::Table(table) => self::table(&mut text, table),
        }
    }
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

fn list(text: &mut String, items: &[Item]) {
    text.push_str("<ul>\n");
    for item in items {
        text.push_str(&format!("<li>{}", spans(&item.text)));
        if !item.below.is_empty() {
            text.push('\n');
            list(text, &item.below);
        }
        text.push_str("</li>\n");
    }
    text.push_str("</ul>\n");
}

fn fields(text: &mut String, fields: &Fields) {
    head(text, "fields", &fields.caption, &fields.head);
    for (name, values) in &fields.rows {
        text.push_str(&format!("<tr><th scope=\"row\">{}</th><td>", html(name)));
        values.iter().for_each(|value| text.push_str(&format!("<p>{}</p>", spans(value))));
        text.push_str("</td></tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
}

fn table(text: &mut String, table: &Table) {
    head(text, "blank", &table.caption, &table.head);
    for row in &table.rows {
        let mut cells = row.iter();
        let name = cells.next().map(|name| html(name)).unwrap_or_default();
        text.push_str(&format!("<tr><th scope=\"row\">{name}</th>"));
        cells.for_each(|cell| text.push_str(&format!("<td>{}</td>", html(cell))));
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
}

fn head(text: &mut String, class: &str, caption: &str, head: &[&str]) {
    text.push_str(&format!("<table class=\"{class}\">\n<caption>{}</caption>\n<thead><tr>", html(caption)));
    head.iter().for_each(|heading| text.push_str(&format!("<th scope=\"col\">{}</th>", html(heading))));
    text.push_str("</tr></thead>\n<tbody>\n");
}

fn spans(text: &[Span]) -> String {
    let span = |span: &Span| match span {
        Span::Link { text, address } if is_of_web(address) => {
            format!("<a href=\"{}\" rel=\"noreferrer\">{}</a>", html(address), html(text))
        }
        Span::Plain(text) | Span::Link { text, .. } => html(text),
        Span::Strong(text) => format!("<strong>{}</strong>", html(text)),
    };
    text.iter().map(span).collect()
}
