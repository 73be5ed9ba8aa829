//! What an OpenDocument text has beside its content: its kind, its parts, what it is about, and its styles.

use super::Document;
use super::xml::Xml;

/// The kind of file.
pub(super) const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";

/// The list of its parts.
pub(super) const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
 <manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
 <manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
 <manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

/// What stands at the root of each part.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("office:version", "1.3"),
];

type Style = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The styles of tables, which programs look for beside the content: family, name, properties.
pub(super) const AUTOMATIC_STYLES: &[Style] = &[
    (
        "table",
        "Whole",
        "style:table-properties",
        &[("style:width", "17cm"), ("table:align", "left"), ("table:border-model", "collapsing")],
    ),
    ("table-column", "Name", "style:table-column-properties", &[("style:column-width", "5.5cm")]),
    ("table-column", "Value", "style:table-column-properties", &[("style:column-width", "11.5cm")]),
    ("table-column", "Even", "style:table-column-properties", &[("style:column-width", "4.25cm")]),
    ("table-row", "Row", "style:table-row-properties", &[("fo:keep-together", "always")]),
    ("table-row", "Room", "style:table-row-properties", &[("style:min-row-height", "1.2cm")]),
    (
        "table-cell",
        "Cell",
        "style:table-cell-properties",
        &[("fo:border", "0.5pt solid #767676"), ("fo:padding", "0.15cm")],
    ),
];

/// What the document is about.
pub(super) fn meta(document: &Document) -> Vec<u8> {
    let day = format!("{}T00:00:00", document.day);
    let mut xml = Xml::new();
    xml.element("office:document-meta", NAMESPACES, |xml| {
        xml.element("office:meta", &[], |xml| {
            xml.leaf("meta:generator", &[], "clearshare");
            xml.leaf("dc:title", &[], &document.title);
            xml.leaf("dc:description", &[], &document.about);
            xml.leaf("meta:creation-date", &[], &day);
            xml.leaf("dc:language", &[], "en-GB");
        });
    });
    xml.finish()
}

/// The styles: A4, and headings that a table of contents and a screen reader find.
pub(super) fn styles(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("office:document-styles", NAMESPACES, |xml| {
        xml.element("office:font-face-decls", &[], |xml| {
            let face = [("style:name", "Sans"), ("svg:font-family", "Arial"), ("style:font-family-generic", "swiss")];
            xml.empty("style:font-face", &face);
        });
        xml.element("office:styles", &[], |xml| {
            base(xml);
            STYLES.iter().for_each(|style| common(xml, style));
            bullets(xml);
        });
        xml.element("office:automatic-styles", &[], page);
        xml.element("office:master-styles", &[], |xml| {
            let master = [("style:name", "Standard"), ("style:page-layout-name", "A4")];
            xml.element("style:master-page", &master, |xml| footer(xml, document));
        });
    });
    xml.finish()
}

/// A style of paragraphs or text.
struct Common {
    family: &'static str,
    name: &'static str,
    shown: &'static str,
    parent: Option<&'static str>,
    level: Option<&'static str>,
    paragraph: &'static [(&'static str, &'static str)],
    text: &'static [(&'static str, &'static str)],
}

impl Common {
    const fn of(name: &'static str, shown: &'static str) -> Self {
        Self { family: "paragraph", name, shown, parent: Some("Standard"), level: None, paragraph: &[], text: &[] }
    }

    const fn heading(
        name: &'static str,
        shown: &'static str,
        level: &'static str,
        text: &'static [(&'static str, &'static str)],
    ) -> Self {
        let paragraph = &[("fo:margin-top", "0.5cm"), ("fo:margin-bottom", "0.2cm"), ("fo:keep-with-next", "always")];
        Self { level: Some(level), paragraph, text, ..Self::of(name, shown) }
    }
}

const BOLD: (&str, &str) = ("fo:font-weight", "bold");

const STYLES: &[Common] = &[
    Common { parent: None, ..Common::of("Standard", "Standard") },
    Common {
        paragraph: &[("fo:margin-bottom", "0.2cm"), ("fo:line-height", "120%")],
        ..Common::of("Text_20_body", "Text body")
    },
    Common::heading("Heading_20_1", "Heading 1", "1", &[("fo:font-size", "22pt"), BOLD]),
    Common::heading("Heading_20_2", "Heading 2", "2", &[("fo:font-size", "16pt"), BOLD]),
    Common::heading("Heading_20_3", "Heading 3", "3", &[("fo:font-size", "13pt"), BOLD]),
    Common::heading("Heading_20_4", "Heading 4", "4", &[("fo:font-size", "11pt"), BOLD]),
    Common { paragraph: &[("fo:margin-bottom", "0.1cm")], ..Common::of("List_20_Bullet", "List Bullet") },
    Common { paragraph: &[("fo:margin-bottom", "0.1cm")], ..Common::of("Table_20_Contents", "Table Contents") },
    Common { text: &[BOLD], ..Common::of("Table_20_Heading", "Table Heading") },
    Common { text: &[("fo:font-size", "9pt")], ..Common::of("Footer", "Footer") },
    Common { family: "text", parent: None, text: &[BOLD], ..Common::of("Strong_20_Emphasis", "Strong Emphasis") },
];

/// What holds for all text: its language above all.
fn base(xml: &mut Xml) {
    xml.element("style:default-style", &[("style:family", "paragraph")], |xml| {
        xml.empty("style:paragraph-properties", &[("fo:orphans", "2"), ("fo:widows", "2")]);
        let text = [("style:font-name", "Sans"), ("fo:font-size", "11pt"), ("fo:language", "en"), ("fo:country", "GB")];
        xml.empty("style:text-properties", &text);
    });
}

fn common(xml: &mut Xml, style: &Common) {
    let mut attributes =
        vec![("style:name", style.name), ("style:display-name", style.shown), ("style:family", style.family)];
    attributes.extend(style.parent.map(|parent| ("style:parent-style-name", parent)));
    attributes.extend(style.level.map(|level| ("style:default-outline-level", level)));
    xml.element("style:style", &attributes, |xml| {
        if !style.paragraph.is_empty() {
            xml.empty("style:paragraph-properties", style.paragraph);
        }
        if !style.text.is_empty() {
            xml.empty("style:text-properties", style.text);
        }
    });
}

fn bullets(xml: &mut Xml) {
    xml.element("text:list-style", &[("style:name", "Bullets")], |xml| {
        // As deep as a list can be.
        for level in 1..=10_u8 {
            let indent = format!("{}mm", u32::from(level) * 6);
            let level = level.to_string();
            let bullet = [("text:level", level.as_str()), ("text:bullet-char", "•")];
            xml.element("text:list-level-style-bullet", &bullet, |xml| {
                let mode = [("text:list-level-position-and-space-mode", "label-alignment")];
                xml.element("style:list-level-properties", &mode, |xml| {
                    let aligned = [
                        ("text:label-followed-by", "listtab"),
                        ("fo:text-indent", "-0.5cm"),
                        ("fo:margin-left", indent.as_str()),
                    ];
                    xml.empty("style:list-level-label-alignment", &aligned);
                });
            });
        }
    });
}

fn page(xml: &mut Xml) {
    xml.element("style:page-layout", &[("style:name", "A4")], |xml| {
        let size = [
            ("fo:page-width", "21cm"),
            ("fo:page-height", "29.7cm"),
            ("style:print-orientation", "portrait"),
            ("fo:margin", "2cm"),
        ];
        xml.empty("style:page-layout-properties", &size);
        xml.element("style:footer-style", &[], |xml| {
            xml.empty("style:header-footer-properties", &[("fo:min-height", "1cm"), ("fo:margin-top", "0.5cm")]);
        });
    });
}

fn footer(xml: &mut Xml, document: &Document) {
    xml.element("style:footer", &[], |xml| {
        xml.element("text:p", &[("text:style-name", "Footer")], |xml| {
            xml.text(&document.title);
            xml.text(", page ");
            xml.leaf("text:page-number", &[("text:select-page", "current")], "1");
            xml.text(" of ");
            xml.leaf("text:page-count", &[], "1");
        });
    });
}
