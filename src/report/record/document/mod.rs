//! A text document, and how it is written in each format. What it holds is untrusted; each format makes it safe for itself.

mod html;
mod markdown;
mod odt;
mod odt_parts;
pub(super) mod text;
mod xml;
mod zip;

use crate::model::Date;

/// In which format a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Plain CommonMark.
    Markdown,
    /// One page, with no script and nothing fetched.
    Html,
    /// OpenDocument text.
    Odt,
}

/// A text document: a title, and blocks below it.
pub(super) struct Document {
    /// The title: the only heading of the first level.
    pub(super) title: String,
    /// What the document is, in a sentence, for whoever finds the file.
    pub(super) about: String,
    /// The day of what it tells.
    pub(super) day: Date,
    /// What it consists of.
    pub(super) blocks: Vec<Block>,
}

/// A part of a document.
pub(super) enum Block {
    /// A heading of the second level or below.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    List(Vec<Item>),
    /// What is asked, and what there is to say.
    Fields(Fields),
    /// A table to be filled in, with a heading for each column.
    Table(Table),
}

/// Text in a line or a paragraph.
pub(super) type Text = Vec<Span>;

/// A stretch of text.
#[derive(Clone)]
pub(super) enum Span {
    /// Text as it is.
    Plain(String),
    /// Text that stands out.
    Strong(String),
    /// Text that leads somewhere. An address that is none of the web leads nowhere.
    Link { text: String, address: String },
}

/// An item of a list, and what stands below it.
pub(super) struct Item {
    pub(super) text: Text,
    pub(super) below: Vec<Item>,
}

/// Names and what belongs to each.
pub(super) struct Fields {
    /// What they are, for those who hear the document.
    pub(super) caption: String,
    /// The headings of the two columns.
    pub(super) head: [&'static str; 2],
    /// Each name, with one paragraph or several.
    pub(super) rows: Vec<(String, Vec<Text>)>,
}

/// A table of texts; the first cell of each row names it.
pub(super) struct Table {
    /// What it holds, for those who hear the document.
    pub(super) caption: String,
    /// The headings of the columns.
    pub(super) head: Vec<&'static str>,
    /// The cells.
    pub(super) rows: Vec<Vec<String>>,
}

impl Document {
    /// The bytes of its file. None where it would be larger than its format can hold: 4 GiB.
    pub(super) fn written(&self, as_a: Written) -> Option<Vec<u8>> {
        match as_a {
            Written::Markdown => Some(markdown::render(self).into_bytes()),
            Written::Html => Some(html::render(self).into_bytes()),
            Written::Odt => odt::render(self),
        }
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph for each line of a text.
    pub(super) fn paragraphs(&mut self, text: &str) {
        self.blocks.extend(lines(text).map(|line| Block::Paragraph(plain(line))));
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: Text) {
        self.blocks.push(Block::Paragraph(text));
    }

    /// Adds a list, where there is something in it.
    pub(super) fn list(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds fields, where there are some.
    pub(super) fn fields(&mut self, fields: Fields) {
        if !fields.rows.is_empty() {
            self.blocks.push(Block::Fields(fields));
        }
    }
}

impl Item {
    /// An item with nothing below it.
    pub(super) fn of(text: Text) -> Self {
        Self { text, below: Vec::new() }
    }
}

/// Text as it is.
pub(super) fn plain(text: impl Into<String>) -> Text {
    vec![Span::Plain(text.into())]
}

/// Text that stands out.
pub(super) fn strong(text: impl Into<String>) -> Span {
    Span::Strong(text.into())
}

/// The lines of a text that hold something: each becomes a paragraph.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
