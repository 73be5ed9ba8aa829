//! Records that somebody else wrote: nothing in one is more than text in any export, however it is written and however long it is.

use clearshare::finding::Findings;
use clearshare::record::v1::{Evidence, Record};
use clearshare::record::{Integrity, read_record, seal};
use clearshare::report::Detail;
use clearshare::report::record::{Written, actions, article_30, csv, form, text, whole};
use clearshare::text::Sources;
use serde_json::Value;

use crate::export_readers::rows;
use crate::record_exports::{PLANTS, TRAVEL, exports, ink, record, written};

/// Text that is more than text somewhere, and a mark by which each piece of it is found again.
const HOSTILE: &str = "=cmd|'/c calc'!A0<script>alert(1)</script><b x=\"1\" y='2'>&lt;]]>&amp;`*_[a](javascript:x)\
    ![p](http://evil.example/p)http://evil.example www.evil.example @team #12 | a\n---\n# head\n- item\n\u{0}\u{1}\u{1b}[31m\
    \u{202e}\u{200b}\u{feff}\u{fffe}\u{ffff}\u{7f}\u{9b}${{7*7}}{{7*7}}{%x%}\r\n+1\t@SUM(1)";

/// The names of members whose texts are from closed lists, or hold the whole together.
const FIXED: &[&str] = &[
    "format",
    "seal",
    "status",
    "sha256",
    "digest",
    "choice",
    "view",
    "record",
    "outcome",
    "level",
    "basis",
    "due",
    "party",
    "copy",
    "confidence",
    "condition",
    "type",
    "changeable",
    "kind",
    "state",
    "form",
];

/// Makes every free text of a record hostile, alike wherever it stands.
fn poison(value: &mut Value, under: &str, keep: &[&str]) {
    match value {
        Value::Object(members) => members.iter_mut().for_each(|(name, member)| poison(member, name, keep)),
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, under, keep)),
        Value::String(text) => {
            let is_day = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            if !is_day && !FIXED.contains(&under) && !keep.contains(&under) {
                *text = format!("{HOSTILE}{text}");
            }
        }
        _ => {}
    }
}

/// A hostile record: all its texts, or all but the ids by which exports find answers.
fn hostile(name: &str, keep: &[&str]) -> Record {
    let mut value = serde_json::to_value(record(name)).unwrap();
    poison(&mut value, "", keep);
    let record: Record = serde_json::from_value(value).unwrap();
    // It has to be one that a person could be sent.
    let sealed = seal(record).unwrap();
    let read = read_record(&sealed.bytes, name, &mut Sources::new(), &mut Findings::new()).unwrap();
    assert_eq!(read.integrity, Integrity::AsWritten);
    read.record
}

/// The tags of an HTML page, without what is between them.
fn tags(page: &str) -> Vec<&str> {
    let page = page.split_once("</style>").unwrap().1;
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

#[test]
fn no_text_is_more_than_text() {
    for name in [PLANTS, TRAVEL] {
        for keep in [&["id", "question", "value", "fact", "flow"][..], &[]] {
            let record = hostile(name, keep);
            for (export, text) in exports(&record) {
                let odd =
                    |c: char| c.is_control() && !matches!(c, '\n' | '\r') || "\u{202e}\u{200b}\u{feff}".contains(c);
                assert!(!text.contains(odd), "{export}: {:?}", text.chars().find(|c| odd(*c)));
            }
            for table in [csv::render(&record), actions::render(&record), article_30::render(&record)] {
                let rows = rows(&table);
                for row in &rows {
                    assert_eq!(row.len(), rows[0].len());
                    for cell in row {
                        let first = cell.trim_start().chars().next();
                        assert!(!matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')), "{cell:?}");
                    }
                }
            }
            let page = written(form::render(&record, Written::Html));
            let known = [
                "/head",
                "body",
                "main",
                "/main",
                "/body",
                "/html",
                "h1",
                "/h1",
                "h2",
                "/h2",
                "p",
                "/p",
                "strong",
                "/strong",
                "table class=\"fields\"",
                "table class=\"blank\"",
                "caption",
                "/caption",
                "thead",
                "/thead",
                "tbody",
                "/tbody",
                "tr",
                "/tr",
                "td",
                "/td",
                "th scope=\"col\"",
                "th scope=\"row\"",
                "/th",
                "/table",
            ];
            for tag in tags(&page) {
                assert!(known.contains(&tag), "<{tag}>");
            }
            let markdown = written(whole::render(&record, Written::Markdown));
            for line in markdown.lines() {
                // Angle brackets stand round the address of a link alone.
                let bare = line.replace("](<", "").replace(">)", "");
                assert!(!bare.contains('<') && !bare.contains('>'), "{line}");
                let bytes = line.trim_start();
                let begins = bytes.is_empty() || bytes.starts_with("- ") || bytes.starts_with('#');
                assert!(
                    begins || !bytes.starts_with(['-', '+', '=', '>', '`', '~', '|', '*']) || bytes.starts_with("**"),
                    "{line}"
                );
            }
            assert!(!markdown.contains("](<javascript") && !markdown.contains("(<http://evil"));
        }
    }
}

#[test]
fn ten_thousand_pieces_of_evidence_and_long_words_are_written() {
    let mut record = record(PLANTS);
    let long = "w".repeat(10_000);
    record.decision.reasons = long.clone();
    record.exchange.title = Some(long.clone());
    record.evidence = (0..10_000)
        .map(|at| Evidence {
            title: format!("Piece {at}"),
            link: format!("https://a.example/{at}"),
            sha256: None,
            rule: None,
        })
        .collect();
    for (export, text) in exports(&record) {
        if !matches!(export, "csv" | "actions" | "article-30") {
            assert!(text.contains(&long) && text.contains("Piece 9999"), "{export}");
        }
    }
    for line in text::render(&record, Detail::Verbose, ink(40, false)).lines() {
        assert!(line.chars().count() <= 40 || line.contains("https://") || line.contains("http://"), "{line}");
    }
}
