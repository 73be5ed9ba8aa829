//! Exports of records, read as other programs read them. What they do not allow stops the test.

/// The rows of a table in CSV (RFC 4180), read as it says; anything that it does not allow stops the test.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut rest = text.chars().peekable();
    let mut quoted = false;
    while let Some(character) = rest.next() {
        match (quoted, character) {
            (true, '"') if rest.next_if_eq(&'"').is_some() => cell.push('"'),
            (true, '"') => {
                assert!(matches!(rest.peek(), Some(',' | '\r')), "a quoted cell goes on after its quote");
                quoted = false;
            }
            (false, '"') => {
                assert!(cell.is_empty(), "a quote within {cell:?}");
                quoted = true;
            }
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => {
                assert_eq!(rest.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (_, other) => cell.push(other),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "the last row does not end");
    rows
}

/// The parts of a ZIP file that stores them, read from its directory.
fn parts(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let short = |at: usize| usize::from(u16::from_le_bytes(file[at..at + 2].try_into().unwrap()));
    let long = |at: usize| usize::try_from(u32::from_le_bytes(file[at..at + 4].try_into().unwrap())).unwrap();
    let end = file.len() - 22;
    let mut at = long(end + 16);
    let mut parts = Vec::new();
    for _ in 0..short(end + 10) {
        let (size, name, head) = (long(at + 24), short(at + 28), long(at + 42));
        let start = head + 30 + short(head + 26) + short(head + 28);
        let of = String::from_utf8(file[at + 46..at + 46 + name].to_vec()).unwrap();
        parts.push((of, file[start..start + size].to_vec()));
        at += 46 + name;
    }
    parts
}

/// The text of an ODT's content, paragraph by paragraph. It must be well formed.
pub(crate) fn odt_text(file: &[u8]) -> String {
    let parts = parts(file);
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["mimetype", "META-INF/manifest.xml", "meta.xml", "styles.xml", "content.xml"]);
    let mut text = String::new();
    for (name, bytes) in parts.iter().skip(1) {
        let xml = std::str::from_utf8(bytes).unwrap();
        assert!(!xml.chars().any(|c| c.is_control() && c != '\n'), "{name}");
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut depth = 0;
        loop {
            use quick_xml::events::Event;
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Start(_) => depth += 1,
                Event::End(end) => {
                    depth -= 1;
                    if name == "content.xml" && matches!(end.name().as_ref(), b"text:p" | b"text:h") {
                        text.push('\n');
                    }
                }
                Event::Text(words) if name == "content.xml" => text.push_str(&words.decode().unwrap()),
                Event::GeneralRef(entity) if name == "content.xml" => {
                    text.push_str(match entity.decode().unwrap().as_ref() {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        other => panic!("&{other};"),
                    });
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
    }
    text
}
