//! A document as text.

use super::kind::Kind;
use super::line::{WIDTH, bracketed, key, needs_no_braces};
use super::text::{Text, folded, one_line};
use super::written::{Document, Note, Part, What, Written};

/// The text of a document.
pub(super) fn lay(mut document: Document<'_>, kind: Kind) -> String {
    let mut page = Page { text: String::new() };
    settle(&mut document, kind);
    page.notes(&document.head, 0);
    match &document.root.what {
        What::Text(text) => page.text_of(text, 0, None),
        What::List(_) | What::Map(_) if document.root.parts().is_empty() => {
            page.text.push_str(bracketed(&document.root, kind, WIDTH).as_deref().unwrap_or_default());
            page.text.push('\n');
        }
        What::List(_) | What::Map(_) => page.parts(&document.root, kind, 0, None),
    }
    page.notes(&document.tail, 0);
    page.text
}

/// Puts keys in their order, and what stands above the first of them where it will stand when all is laid out: so that
/// the layout is decided by the same things when it is laid out again.
fn settle(document: &mut Document<'_>, kind: Kind) {
    // What stands at the head of a file stays there, even where the first key moves down.
    if let What::Map(parts) | What::List(parts) = &mut document.root.what
        && let Some(first) = parts.first_mut()
    {
        document.head.append(&mut first.before);
    }
    settle_parts(&mut document.root, kind);
}

fn settle_parts(value: &mut Written<'_>, kind: Kind) {
    let (What::List(parts) | What::Map(parts)) = &mut value.what else { return };
    // Stable: what the kind does not know stays in the order written.
    parts.sort_by_key(|part| part.key.as_ref().map_or(0, |key| kind.order(&key.text)));
    for part in parts {
        settle_parts(&mut part.value, part.key.as_ref().map_or(kind, |key| kind.under(&key.text)));
        // An item and its first part begin on the same line.
        if part.key.is_none()
            && let What::List(inner) | What::Map(inner) = &mut part.value.what
            && let Some(first) = inner.first_mut()
        {
            part.before.extend(first.before.drain(..).filter(|note| *note != Note::Gap));
        }
    }
}

struct Page {
    text: String,
}

impl Page {
    fn notes(&mut self, notes: &[Note<'_>], indent: usize) {
        for note in notes {
            match note {
                Note::Gap if self.text.is_empty() || self.text.ends_with("\n\n") => {}
                Note::Gap => self.text.push('\n'),
                Note::Comment(comment) => {
                    self.text.push_str(&" ".repeat(indent));
                    self.text.push_str(comment);
                    self.text.push('\n');
                }
            }
        }
    }

    /// The parts of a list or mapping, each on lines of its own. `lead` stands before the first in place of its indentation,
    /// and what stands above the first was written before it.
    fn parts(&mut self, value: &Written<'_>, kind: Kind, indent: usize, lead: Option<&str>) {
        for (at, part) in value.parts().iter().enumerate() {
            let spaces = " ".repeat(indent);
            if let Some(lead) = lead.filter(|_| at == 0) {
                self.part(part, kind, indent, lead);
            } else {
                let above = above(part, kind, indent);
                let skipped = usize::from(at == 0 && above.first() == Some(&Note::Gap));
                self.notes(above.get(skipped..).unwrap_or_default(), indent);
                self.part(part, kind, indent, &spaces);
            }
        }
        self.notes(&value.after, indent);
    }

    fn part(&mut self, part: &Part<'_>, kind: Kind, indent: usize, lead: &str) {
        let head = match &part.key {
            Some(written) => format!("{lead}{}:", key(written, false)),
            None => format!("{lead}-"),
        };
        let kind = part.key.as_ref().map_or(kind, |key| kind.under(&key.text));
        match &part.value.what {
            What::Text(text) => {
                self.text.push_str(&head);
                self.text_of(text, indent, part.beside);
            }
            What::List(_) | What::Map(_) => {
                let room = WIDTH.saturating_sub(head.chars().count() + 1);
                if let Some(line) = in_brackets(part, kind, room) {
                    self.text.push_str(&head);
                    self.text.push(' ');
                    self.text.push_str(&line);
                    self.end(part.beside);
                } else if part.key.is_some() {
                    self.text.push_str(&head);
                    self.end(part.beside);
                    self.parts(&part.value, kind, indent + 2, None);
                } else {
                    self.parts(&part.value, kind, indent + 2, Some(&format!("{head} ")));
                }
            }
        }
    }

    /// A single value after its key or dash, or alone, with the comment beside it.
    fn text_of(&mut self, text: &Text<'_>, indent: usize, beside: Option<&str>) {
        let column = self.text.rsplit('\n').next().unwrap_or_default().chars().count();
        let space = if column == 0 { "" } else { " " };
        match text {
            Text::LeftOut => self.end(beside),
            Text::Block { head, lines } => {
                self.text.push_str(space);
                self.text.push_str(head);
                self.end(beside);
                self.lines(lines, indent + 2);
            }
            Text::Words { text, plain, several_lines } => {
                let line = one_line(text, *plain, false);
                let wide = column + 1 + line.chars().count() > WIDTH;
                let lines =
                    folded(text, WIDTH.saturating_sub(indent + 2)).filter(|_| *several_lines && wide && column > 0);
                self.text.push_str(space);
                if let Some(lines) = lines {
                    self.text.push_str(">-");
                    self.end(beside);
                    self.lines(&lines, indent + 2);
                } else {
                    self.text.push_str(&line);
                    self.end(beside);
                }
            }
        }
    }

    fn lines(&mut self, lines: &[impl AsRef<str>], indent: usize) {
        for line in lines {
            let line = line.as_ref();
            if !line.is_empty() {
                self.text.push_str(&" ".repeat(indent));
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    fn end(&mut self, beside: Option<&str>) {
        if let Some(comment) = beside {
            self.text.push_str("  ");
            self.text.push_str(comment);
        }
        self.text.push('\n');
    }
}

fn in_brackets(part: &Part<'_>, kind: Kind, room: usize) -> Option<String> {
    bracketed(&part.value, kind, room).filter(|_| !needs_no_braces(part))
}

/// What stands above a part: also the comment beside it, where its own line is that of its first part, and so on inwards.
fn above<'t>(part: &Part<'t>, kind: Kind, indent: usize) -> Vec<Note<'t>> {
    let mut notes = part.before.clone();
    let room = WIDTH.saturating_sub(indent + 2);
    if part.key.is_none()
        && let Some(first) = part.value.parts().first()
        && in_brackets(part, kind, room).is_none()
    {
        notes.extend(part.beside.map(Note::Comment));
        if first.key.is_none() {
            notes.extend(above(first, kind, indent + 2));
        }
    }
    notes
}
