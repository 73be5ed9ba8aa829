//! What was found of records, for people.

use super::{Found, Judged, Looked, Verdict, VerifyReport};
use crate::record::{Integrity, Signed, Trouble};
use crate::report::page::Page;
use crate::report::words::capital;
use crate::report::{Detail, Ink, Out, Tone};
use crate::text::{counted, quoted};

/// What a good signature does not say.
const NOTICE: &str =
    "A good signature shows who signed, and not that the decision is right. Decision support, not legal advice.";

/// Writes what was found of each record, and its verdict.
pub fn render(out: Out<'_>, report: &VerifyReport<'_>, detail: Detail, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    for looked in report.looked {
        if detail == Detail::Quiet {
            page.paragraph(0, &format!("{}: {}", looked.path, verdict(looked)));
            continue;
        }
        page.heading(&looked.path);
        if let Found::Record(judged) = &looked.found {
            record(&mut page, judged, detail);
        }
        let (mark, tone) = match looked.verdict() {
            Verdict::Proved => ("✓", Tone::Good),
            Verdict::Unsigned => ("?", Tone::Caution),
            Verdict::NotProved | Verdict::Fault => ("✗", Tone::Bad),
        };
        let gap = if page.ink().plain { "" } else { " " };
        let line = format!("{}{gap}{}", page.ink().symbol(mark), verdict(looked));
        page.toned(0, tone, &line);
    }
    if detail != Detail::Quiet {
        page.gap();
        if report.looked.len() > 1 {
            page.paragraph(0, &total(report));
        }
        page.toned(0, Tone::Quiet, NOTICE);
    }
    out.write_all(page.finish().as_bytes())
}

fn verdict(looked: &Looked) -> String {
    match (&looked.found, looked.verdict()) {
        (Found::Record(judged), Verdict::NotProved) => {
            let count = counted(judged.failures(), "thing is wrong", "things are wrong");
            format!("Not proved: {count}")
        }
        (Found::Record(_), Verdict::Unsigned) => "Unaltered, but nobody's signature is proved".to_owned(),
        (Found::Record(judged), _) => {
            format!(
                "Proved: unaltered, with {}",
                counted(judged.good_signatures(), "good signature", "good signatures")
            )
        }
        (Found::Faulty { .. }, _) => "Not a record that can be read".to_owned(),
    }
}

fn record(page: &mut Page, judged: &Judged, detail: Detail) {
    let verified = &judged.verified;
    if verified.integrity != Integrity::Altered {
        page.bullet(0, "✓", Tone::Good, "Unaltered: what it says is what was sealed");
        if detail == Detail::Verbose {
            page.address(2, &judged.seal);
        }
        let choice = judged.choice.word().replace('-', " ");
        page.paragraph(2, &format!("Decided on {}: {choice}", judged.decided_on));
        if verified.evidence_matched > 0 {
            let files = counted(verified.evidence_matched, "file of the evidence is", "files of the evidence are");
            page.bullet(0, "✓", Tone::Good, &format!("{} as the record says", capital(&files)));
        }
    }
    for of in &verified.troubles {
        trouble(page, of, "");
    }
    for signed in &verified.signatures {
        signature(page, signed);
    }
}

fn signature(page: &mut Page, signed: &Signed) {
    let file = quoted(&signed.file);
    if let Some(of) = &signed.trouble {
        trouble(page, of, &format!("{file}: "));
        return;
    }
    let signer = quoted(signed.signer.as_deref().unwrap_or_default());
    let role = signed.role.as_ref().map_or("", |role| role.name());
    page.bullet(0, "✓", Tone::Good, &format!("{file}: {signer} signed as {}", quoted(role)));
    if let Some(key) = &signed.key {
        page.address(2, key);
    }
}

fn trouble(page: &mut Page, of: &Trouble, before: &str) {
    let (mark, tone) = if of.code.fails() { ("✗", Tone::Bad) } else { ("!", Tone::Caution) };
    let message = if before.is_empty() { capital(&of.message) } else { of.message.clone() };
    page.bullet(0, mark, tone, &format!("{before}{message} [{}]", of.code));
    if let Some(help) = of.help {
        page.paragraph(2, &format!("What to do: {help}"));
    }
}

fn total(report: &VerifyReport<'_>) -> String {
    let mut parts = vec![counted(report.looked.len(), "record", "records")];
    for (verdict, words) in [
        (Verdict::Proved, "proved"),
        (Verdict::Unsigned, "unaltered, without a proved signature"),
        (Verdict::NotProved, "not proved"),
        (Verdict::Fault, "not to be read"),
    ] {
        let count = report.count(verdict);
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    let all = parts.remove(0);
    format!("{all}: {}", parts.join(", "))
}
