//! Coverage as one HTML page: no scripts, nothing fetched, readable on paper.

use super::html_file::file;
use super::{CoverageReport, names};
use crate::cases::coverage::{Item, Kind};
use crate::report::Out;
use crate::report::escape::html as escape;
use crate::report::snippet::location;

/// The look of the page. Colour never tells anything by itself: every mark has its words.
const STYLE: &str = include_str!("style.css");

/// Writes the page.
pub fn html(out: Out<'_>, report: &CoverageReport<'_>) -> std::io::Result<()> {
    let title = format!("What the cases of {} try", report.ruleset.reference());
    let title = escape(&title);
    let style = STYLE.trim_end();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{style}\n</style>\n\
         </head>\n<body>\n<a class=\"skip\" href=\"#missing\">Skip to what is not tried</a>\n<main>\n<h1>{title}</h1>\n"
    )?;
    summary(out, report)?;
    missing(out, report)?;
    contents(out, report)?;
    for (id, source) in report.sources.iter() {
        file(out, report, id, source)?;
    }
    cases(out, report)?;
    out.write_all(b"</main>\n</body>\n</html>\n")
}

fn summary(out: Out<'_>, report: &CoverageReport<'_>) -> std::io::Result<()> {
    let coverage = report.coverage;
    let noun = if coverage.cases == 1 { "case" } else { "cases" };
    writeln!(out, "<p>{} {noun}. Together they try {}.</p>", coverage.cases, names::count(coverage.total()))?;
    if coverage.failing > 0 {
        let failing = if coverage.failing == 1 { "case fails" } else { "cases fail" };
        writeln!(
            out,
            "<p><strong>{} {failing}: <code>clearshare rules test</code> says why.</strong></p>",
            coverage.failing
        )?;
    }
    out.write_all(
        b"<table>\n<caption>How much is tried</caption>\n<thead><tr><th scope=\"col\">Kind</th>\
          <th scope=\"col\">Tried</th><th scope=\"col\">What cases should try</th></tr></thead>\n<tbody>\n",
    )?;
    for kind in Kind::ALL {
        writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
            names::kind(kind),
            names::count(coverage.of(kind)),
            names::wanted(kind)
        )?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn missing(out: Out<'_>, report: &CoverageReport<'_>) -> std::io::Result<()> {
    out.write_all(b"<h2 id=\"missing\">What no case tries</h2>\n")?;
    let items = || report.coverage.items.iter().enumerate();
    if items().all(|(_, item)| item.missing().next().is_none()) {
        return out.write_all(b"<p>Nothing: everything is tried.</p>\n");
    }
    for kind in Kind::ALL {
        let missing: Vec<(usize, &Item)> =
            items().filter(|(_, item)| item.about.kind() == kind && item.missing().next().is_some()).collect();
        if missing.is_empty() {
            continue;
        }
        writeln!(out, "<h3>{} ({})</h3>\n<ul>", names::kind(kind), missing.len())?;
        for (at, item) in missing {
            writeln!(
                out,
                "<li><a href=\"#i{at}\">{}</a> {} <span class=\"at\">{}</span></li>",
                escape(&names::item(report, item)),
                names::missing(item),
                escape(&location(item.place, report.sources).unwrap_or_default())
            )?;
        }
        out.write_all(b"</ul>\n")?;
    }
    Ok(())
}

fn contents(out: Out<'_>, report: &CoverageReport<'_>) -> std::io::Result<()> {
    out.write_all(b"<h2>Files</h2>\n<ul>\n")?;
    for (id, source) in report.sources.iter() {
        let counts: Vec<_> = report.items_of(id).iter().map(|(_, item, _)| item.count()).collect();
        if counts.is_empty() {
            continue;
        }
        let (tried, needed) = (counts.iter().map(|c| c.tried).sum(), counts.iter().map(|c| c.needed).sum());
        let count = names::count(crate::cases::coverage::Count { tried, needed });
        writeln!(out, "<li><a href=\"#f{}\">{}</a>: {count}</li>", id.0, escape(source.name()))?;
    }
    out.write_all(b"</ul>\n")
}

fn cases(out: Out<'_>, report: &CoverageReport<'_>) -> std::io::Result<()> {
    out.write_all(b"<h2 id=\"cases\">Cases</h2>\n<ol>\n")?;
    for (at, case) in report.cases.cases.iter().enumerate() {
        writeln!(
            out,
            "<li id=\"c{at}\"><code>{}</code>: {} <span class=\"at\">{}</span></li>",
            escape(&case.id),
            escape(&case.title),
            escape(&location(case.place, report.sources).unwrap_or_default())
        )?;
    }
    out.write_all(b"</ol>\n")
}
