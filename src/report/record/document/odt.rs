//! A document as OpenDocument text (ODF 1.3), the government's standard for documents that are edited.

use super::odt_parts::{AUTOMATIC_STYLES, MANIFEST, MIMETYPE, NAMESPACES, meta, styles};
use super::xml::Xml;
use super::zip::stored;
use super::{Block, Document, Fields, Item, Span, Table};
use crate::report::escape::is_of_web;

/// The file. None where it would be larger than 4 GiB.
pub(super) fn render(document: &Document) -> Option<Vec<u8>> {
    // Readers look for the kind of file in its first bytes.
    stored(&[
        ("mimetype", MIMETYPE.as_bytes()),
        ("META-INF/manifest.xml", MANIFEST.as_bytes()),
        ("meta.xml", &meta(document)),
        ("styles.xml", &styles(document)),
        ("content.xml", &content(document)),
    ])
}

fn content(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("office:document-content", NAMESPACES, |xml| {
        xml.element("office:automatic-styles", &[], |xml| {
            for (family, name, properties, attributes) in AUTOMATIC_STYLES {
                xml.element("style:style", &[("style:name", name), ("style:family", family)], |xml| {
                    xml.empty(properties, attributes);
                });
            }
        });
        xml.element("office:body", &[], |xml| {
            xml.element("office:text", &[], |xml| {
                heading(xml, 1, &document.title);
                let mut tables = 0;
                for block in &document.blocks {
                    self::block(xml, block, &mut tables);
                }
            });
        });
    });
    xml.finish()
}

fn block(xml: &mut Xml, block: &Block, tables: &mut usize) {
    match block {
        Block::Heading(level, text) => heading(xml, *level, text),
        Block::Paragraph(text) => paragraph(xml, "Text_20_body", text),
        Block::List(items) => list(xml, items, 1),
        Block::Fields(fields) => {
            *tables += 1;
            self::fields(xml, fields, *tables);
        }
        Block::Table(table) => {
            *tables += 1;
            self::table(xml, table, *tables);
        }
    }
}

fn heading(xml: &mut Xml, level: u8, words: &str) {
    let (level, style) = (level.to_string(), format!("Heading_20_{level}"));
    xml.element("text:h", &[("text:style-name", &style), ("text:outline-level", &level)], |xml| text(xml, words));
}

fn paragraph(xml: &mut Xml, style: &str, words: &[Span]) {
    xml.element("text:p", &[("text:style-name", style)], |xml| words.iter().for_each(|span| self::span(xml, span)));
}

fn span(xml: &mut Xml, span: &Span) {
    match span {
        Span::Strong(words) => {
            xml.element("text:span", &[("text:style-name", "Strong_20_Emphasis")], |xml| text(xml, words));
        }
        Span::Link { text: words, address } if is_of_web(address) => {
            let attributes = [("xlink:type", "simple"), ("xlink:href", address.as_str())];
            xml.element("text:a", &attributes, |xml| text(xml, words));
        }
        Span::Plain(words) | Span::Link { text: words, .. } => text(xml, words),
    }
}

/// Text with all its spaces: of several in a row, a reader would keep one.
fn text(xml: &mut Xml, words: &str) {
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("  ") {
        let more = after.trim_start_matches(' ');
        xml.text(before);
        xml.text(" ");
        let count = (1 + after.len() - more.len()).to_string();
        xml.empty("text:s", &[("text:c", &count)]);
        rest = more;
    }
    xml.text(rest);
}

/// The deepest list that the format has a mark for.
const DEEPEST: usize = 10;

fn list(xml: &mut Xml, items: &[Item], depth: usize) {
    xml.element("text:list", &[("text:style-name", "Bullets")], |xml| {
        for item in items {
            xml.element("text:list-item", &[], |xml| {
                paragraph(xml, "List_20_Bullet", &item.text);
                if !item.below.is_empty() && depth < DEEPEST {
                    list(xml, &item.below, depth + 1);
                }
            });
            if depth == DEEPEST {
                deeper(xml, &item.below);
            }
        }
    });
}

/// What stands deeper stands as deep as it can.
fn deeper(xml: &mut Xml, items: &[Item]) {
    for item in items {
        xml.element("text:list-item", &[], |xml| paragraph(xml, "List_20_Bullet", &item.text));
        deeper(xml, &item.below);
    }
}

fn fields(xml: &mut Xml, fields: &Fields, number: usize) {
    start_table(xml, &fields.caption, number, &["Name", "Value"], &fields.head, |xml| {
        for (name, values) in &fields.rows {
            xml.element("table:table-row", &[("table:style-name", "Row")], |xml| {
                cell(xml, |xml| paragraph(xml, "Table_20_Heading", &[Span::Plain(name.clone())]));
                cell(xml, |xml| {
                    if values.is_empty() {
                        paragraph(xml, "Table_20_Contents", &[]);
                    }
                    values.iter().for_each(|value| paragraph(xml, "Table_20_Contents", value));
                });
            });
        }
    });
}

fn table(xml: &mut Xml, table: &Table, number: usize) {
    let columns = vec!["Even"; table.head.len()];
    start_table(xml, &table.caption, number, &columns, &table.head, |xml| {
        for row in &table.rows {
            xml.element("table:table-row", &[("table:style-name", "Room")], |xml| {
                for text in row {
                    cell(xml, |xml| paragraph(xml, "Table_20_Contents", &[Span::Plain(text.clone())]));
                }
            });
        }
    });
}

/// A table with a head that is repeated on each page.
fn start_table(
    xml: &mut Xml,
    caption: &str,
    number: usize,
    columns: &[&str],
    head: &[&str],
    rows: impl FnOnce(&mut Xml),
) {
    let name = format!("Table{number}");
    xml.element("table:table", &[("table:name", &name), ("table:style-name", "Whole")], |xml| {
        xml.leaf("table:title", &[], caption);
        columns.iter().for_each(|column| xml.empty("table:table-column", &[("table:style-name", column)]));
        xml.element("table:table-header-rows", &[], |xml| {
            xml.element("table:table-row", &[], |xml| {
                for heading in head {
                    cell(xml, |xml| paragraph(xml, "Table_20_Heading", &[Span::Plain((*heading).to_owned())]));
                }
            });
        });
        rows(xml);
    });
    // Two tables in a row would be one.
    paragraph(xml, "Text_20_body", &[]);
}

fn cell(xml: &mut Xml, inside: impl FnOnce(&mut Xml)) {
    let attributes = [("table:style-name", "Cell"), ("office:value-type", "string")];
    xml.element("table:table-cell", &attributes, inside);
}
