//! One file of a ruleset in the page: its lines with marks, and what stands on them.

use super::{CoverageReport, names};
use crate::cases::coverage::{Count, Item, Point};
use crate::report::Out;
use crate::report::escape::html as escape;
use crate::text::{FileId, Source};

/// How many cases are named for one way of coming out.
const NAMED: usize = 6;

/// Writes a file in which something can be tried.
pub(super) fn file(out: Out<'_>, report: &CoverageReport<'_>, id: FileId, source: &Source) -> std::io::Result<()> {
    let items = report.items_of(id);
    if items.is_empty() {
        return Ok(());
    }
    let name = escape(source.name());
    writeln!(out, "<h2 id=\"f{}\">{name}</h2>", id.0)?;
    lines(out, id, source, &items)?;
    writeln!(
        out,
        "<table class=\"items\">\n<caption>What stands in {name}, and the cases that try it</caption>\n\
         <thead><tr><th scope=\"col\">Line</th><th scope=\"col\">What</th><th scope=\"col\">Tried</th>\
         <th scope=\"col\">Cases</th></tr></thead>\n<tbody>"
    )?;
    for (at, item, line) in &items {
        row(out, report, id, *at, item, *line)?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn lines(out: Out<'_>, file: FileId, source: &Source, items: &[(usize, &Item, u32)]) -> std::io::Result<()> {
    writeln!(
        out,
        "<table class=\"lines\">\n<caption>The lines of {}</caption>\n<thead><tr><th scope=\"col\">Line</th>\
         <th scope=\"col\">Tried</th><th scope=\"col\">Text</th></tr></thead>\n<tbody>",
        escape(source.name())
    )?;
    for number in 1..=source.line_count() {
        let Some(text) = source.line_text(number) else { continue };
        // The end of the last line is not a line.
        if number == source.line_count() && text.is_empty() {
            continue;
        }
        let here: Vec<&(usize, &Item, u32)> = items.iter().filter(|(_, _, line)| *line == number).collect();
        let (class, mark) = mark(&here);
        let id = if here.is_empty() { String::new() } else { format!(" id=\"{}\"", line_id(file, number)) };
        writeln!(
            out,
            "<tr{id} class=\"{class}\"><th scope=\"row\">{number}</th><td>{mark}</td><td><code>{}</code></td></tr>",
            escape(text)
        )?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn line_id(file: FileId, line: u32) -> String {
    format!("l{}-{line}", file.0)
}

/// A line's class, and its mark in words, which leads to what stands on it.
fn mark(items: &[&(usize, &Item, u32)]) -> (&'static str, String) {
    let Some((first, _, _)) = items.first() else { return ("plain", String::new()) };
    let (mut tried, mut needed) = (0, 0);
    for (_, item, _) in items {
        let count = item.count();
        tried += count.tried;
        needed += count.needed;
    }
    let (class, words) = match (Count { tried, needed }) {
        Count { needed: 0, .. } => ("plain", "not asked for".to_owned()),
        Count { tried: 0, .. } => ("none", format!("✗ not tried (0 of {needed})")),
        Count { tried, needed } if tried == needed => ("full", format!("✓ tried ({needed})")),
        Count { tried, needed } => ("part", format!("◐ partly ({tried} of {needed})")),
    };
    (class, format!("<a href=\"#i{first}\">{words}</a>"))
}

fn row(
    out: Out<'_>,
    report: &CoverageReport<'_>,
    file: FileId,
    at: usize,
    item: &Item,
    line: u32,
) -> std::io::Result<()> {
    let Count { tried, needed } = item.count();
    let told = match (tried, needed) {
        (_, 0) => "not asked for".to_owned(),
        (tried, needed) if tried == needed => "in full".to_owned(),
        (tried, needed) => format!("{tried} of {needed}: {}", names::missing(item)),
    };
    write!(
        out,
        "<tr id=\"i{at}\"><td><a href=\"#{}\">{line}</a></td><th scope=\"row\">{}</th><td>{told}</td><td>",
        line_id(file, line),
        escape(&names::item(report, item))
    )?;
    let points = item.points.iter().filter(|point| point.needed || !point.cases.is_empty());
    for point in points {
        ways(out, report, point)?;
    }
    out.write_all(b"</td></tr>\n")
}

/// One way of coming out, with the cases that make it so.
fn ways(out: Out<'_>, report: &CoverageReport<'_>, point: &Point) -> std::io::Result<()> {
    write!(out, "<div>{}: ", names::way(point.way))?;
    match point.cases.len() {
        0 => write!(out, "<strong>no case</strong>")?,
        1 => write!(out, "1 case: ")?,
        count => write!(out, "{count} cases: ")?,
    }
    for (nth, at) in point.cases.iter().take(NAMED).enumerate() {
        let id = report.cases.cases.get(*at).map_or("", |case| case.id.as_str());
        let comma = if nth == 0 { "" } else { ", " };
        write!(out, "{comma}<a href=\"#c{at}\">{}</a>", escape(id))?;
    }
    if point.cases.len() > NAMED {
        write!(out, " and {} more", point.cases.len() - NAMED)?;
    }
    out.write_all(b"</div>")
}
