//! Bytes in, tree and faults out.

use super::failure::{offset, report_failure, report_tabs};
use super::limits::Limits;
use super::node::{Node, Value};
use super::prescan::control_characters;
use super::tree::Builder;
use crate::finding::{Code, Finding, Findings, Place};
use crate::text::{FileId, Source, Sources, Span, counted};
use granit_parser::{Event, Parser};

/// Read one YAML file.
///
/// The text is added to `sources` in any case, so that the lines at fault can be shown; a byte-order mark at its start is
/// left out. Every fault goes to `findings`. A tree may come back even so (the first of two equal keys, for example, or a
/// value without its tag), so that a later reader can find its own faults in the same run. It is `None` where a tree
/// would be a guess.
#[must_use]
pub fn read_tree(
    bytes: &[u8],
    name: &str,
    limits: Limits,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Node> {
    if bytes.len() > limits.max_bytes {
        let file = sources.add(Source::new(name, ""));
        // How much larger is not known: whoever reads files stops after one byte too many.
        let message = format!("the file is larger than {}, and nothing in it was read", size(limits.max_bytes));
        let finding = Finding::new(Code::FileTooLarge, message).at(Place::new(file, Span::at(0)));
        findings.push(finding.help("check that this is the file you meant"));
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let file = sources.add(Source::new(name, String::from_utf8_lossy(bytes)));
            findings.push(invalid_utf8(bytes, error.valid_up_to(), file));
            return None;
        }
    };
    let file = sources.add(Source::new(name, text));
    let controls = control_characters(text, file, findings);
    // The parser takes a zero byte for the end of the file: what it would say about the rest is not worth hearing.
    let root = if text.contains('\0') { None } else { parse(text, file, limits, findings) };
    root.filter(|_| !controls)
}

/// A size as people say it.
fn size(bytes: usize) -> String {
    match bytes.checked_shr(20) {
        Some(whole) if whole > 0 && bytes.is_multiple_of(1 << 20) => format!("{whole} MiB"),
        _ => counted(bytes, "byte", "bytes"),
    }
}

fn invalid_utf8(bytes: &[u8], first_bad: usize, file: FileId) -> Finding {
    let help = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        "this looks like UTF-16; save the file as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    // In the text that is shown, the bad bytes have become one replacement character.
    let span = Span::new(first_bad, first_bad + char::REPLACEMENT_CHARACTER.len_utf8());
    Finding::new(Code::InvalidUtf8, "this is not UTF-8 text").at(Place::new(file, span)).help(help)
}

fn parse(text: &str, file: FileId, limits: Limits, findings: &mut Findings) -> Option<Node> {
    // One more than the limit: so the tree's own count, which knows the place of the value, comes first.
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        // A last line without a line end stays so, as in the readers people check their files with.
        block_scalar_eof_without_line_feed: true,
        flow_nesting_limit: limits.max_depth + 1,
        block_nesting_limit: limits.max_depth + 1,
    };
    let mut builder = Builder::new(file, text, limits, findings);
    let mut second_document = None;
    let mut documents = 0;
    let mut failure = None;
    let mut stopped = false;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((Event::DocumentStart(..), _)) if documents == 0 => documents = 1,
            Ok((Event::DocumentStart(..), span)) => {
                second_document = Some(Span::new(offset(span.start, text), offset(span.end, text)));
                break;
            }
            Ok((event, span)) => {
                if builder.event(event, span).is_err() {
                    stopped = true;
                    break;
                }
            }
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    let (root, tabs_allowed) = builder.finish();
    let nothing_written = documents == 0 || root.as_ref().is_some_and(is_left_out);
    let tab_reported = report_tabs(text, file, failure.as_ref(), &tabs_allowed, findings);
    if let Some(span) = second_document {
        let finding = Finding::new(Code::SecondDocument, "a second document starts here")
            .at(Place::new(file, span))
            .help("put each document in a file of its own");
        findings.push(finding);
    }
    if let Some(error) = &failure {
        report_failure(error, text, file, limits, tab_reported, findings);
    }
    if failure.is_some() || stopped {
        return None;
    }
    let root = root.filter(|root| !is_left_out(root));
    if nothing_written && second_document.is_none() {
        let finding = Finding::new(Code::EmptyFile, "the file is empty");
        findings.push(finding.at(Place::new(file, Span::at(0))));
    }
    root
}

/// A document with nothing in it, not even `~`.
fn is_left_out(root: &Node) -> bool {
    root.place.span.is_empty() && matches!(&root.value, Value::Scalar(scalar) if scalar.is_null())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Option<Node>, Vec<String>) {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let node = read_tree(bytes, "x.yaml", Limits::MANIFEST, &mut sources, &mut findings);
        let source = sources.get(FileId(0)).cloned().unwrap_or_else(|| Source::new("", ""));
        let said = findings
            .into_sorted()
            .iter()
            .map(|finding| {
                let span = finding.place().map_or(Span::at(0), |place| place.span);
                let at = source.location(span.start);
                format!("{}:{} {} {:?}", at.line, at.column, finding.code(), source.slice(span))
            })
            .collect();
        (node, said)
    }

    #[track_caller]
    fn case(yaml: &str, has_tree: bool, expected: &[&str]) {
        let (node, said) = read(yaml.as_bytes());
        assert_eq!(said, expected, "{yaml:?}");
        assert_eq!(node.is_some(), has_tree, "{yaml:?}");
    }

    #[test]
    fn ordinary_files_have_no_faults() {
        for yaml in [
            "a: 1\n",
            "a: 1",
            "a: |\n  x",
            "\u{feff}a: 1\n",
            "a: 1\r\nb:\r\n- x\r\n",
            "%YAML 1.2\n---\na: 1\n...\n# end\n",
            "a: |\n  \tcode\n  \tmore\n\nb: x\n",
            "a: \"one\n\ttwo\"\n",
            "a: {\n  b: 1\n}\n",
            "# \t comment\n\t# indented comment\na: &x [1]\nb: *x\n",
            "\"<<\": 1\n",
        ] {
            case(yaml, true, &[]);
        }
        case("~\n", true, &[]);
    }

    #[test]
    fn bytes_that_are_not_text_are_refused() {
        let (node, said) = read("é: \u{e9}\n".as_bytes().split_last().map_or(&[], |(_, rest)| rest));
        assert!(node.is_some() && said.is_empty());
        let (node, said) = read(b"a: 1\nb: caf\xe9 x\n");
        assert!(node.is_none());
        assert_eq!(said, ["2:7 invalid-utf8 \"\u{fffd}\""]);
        let (_, said) = read(b"\xff\xfea\0:\0");
        assert_eq!(said, ["1:1 invalid-utf8 \"\u{fffd}\""]);
        let (_, said) = read(&vec![b' '; (1 << 20) + 1]);
        assert_eq!(said, ["1:1 file-too-large \"\""]);
    }

    #[test]
    fn characters_yaml_forbids_are_reported() {
        case("a: b\u{1}c\nd: 1\n", false, &["1:5 control-character \"\\u{1}\""]);
        case("# \u{7f}\na: 1\na: 2\n", false, &["1:3 control-character \"\\u{7f}\""]);
        case("a: 1\0b: [\n", false, &["1:5 control-character \"\\0\""]);
        case("# hidden\ra: 1\n", false, &["1:9 control-character \"\\r\""]);
    }

    #[test]
    fn tabs_as_indentation_are_reported_once_each() {
        case("a:\n\tb: 1\n\tc: 2\n", false, &["2:1 tab-indentation \"\\t\"", "3:1 tab-indentation \"\\t\""]);
        case("a: 1\n\tb: 2\n", false, &["2:1 tab-indentation \"\\t\""]);
        case("a:\n  b: 1\n  \tc: 2\n", false, &["3:1 tab-indentation \"  \\t\""]);
        case("\ta: 1\n", true, &["1:1 tab-indentation \"\\t\""]);
        case("-\t- a\n", false, &["1:3 yaml-syntax \"-\""]);
        case("a: |\n  x\n\ty\n", false, &["3:1 tab-indentation \"\\t\""]);
        case("a: [\n\tb]\n", false, &["2:1 tab-indentation \"\\t\""]);
    }

    #[test]
    fn what_is_not_yaml_is_reported_where_it_goes_wrong() {
        case("a: b: c\n", false, &["1:5 yaml-syntax \":\""]);
        case("a: [1,\nb: 2\n", false, &["1:4 yaml-syntax \"[\""]);
        case("a: 'x\n", false, &["1:4 yaml-syntax \"'\""]);
        case("a: 1\n: 2\n", true, &["2:2 yaml-syntax \"\""]);
        case("a: @x\n", false, &["1:4 yaml-syntax \"@\""]);
        case("a: 1\n- b\n", false, &["2:3 yaml-syntax \"b\""]);
        case("a: !x!y z\n", false, &["1:4 yaml-syntax \"!\""]);
    }

    #[test]
    fn duplicates_are_all_reported_at_the_later_place() {
        case(
            "a: 1\nb: 2\na: 3\n\"a\": 4\nb: 5\n",
            true,
            &["3:1 duplicate-key \"a\"", "4:1 duplicate-key \"\\\"a\\\"\"", "5:1 duplicate-key \"b\""],
        );
        let (node, _) = read(b"a: 1\nb: 2\na: 3\n");
        let first = node.as_ref().and_then(|node| node.get("a")).and_then(Node::as_scalar);
        assert_eq!(first.map(|scalar| scalar.text.as_str()), Some("1"));
    }

    #[test]
    fn what_is_not_supported_is_refused() {
        case(
            "a: !!binary aGk=\nb: !foo {c: d}\n? !!str e\n: ! f\n",
            true,
            &[
                "1:4 unsupported-tag \"!!binary\"",
                "2:4 unsupported-tag \"!foo\"",
                "3:3 unsupported-tag \"!!str\"",
                "4:3 unsupported-tag \"!\"",
            ],
        );
        case("a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n", true, &["3:3 merge-key \"<<\""]);
        case("? [a, b]\n: c\n{d: e}: f\ng: h\n", true, &["1:3 complex-key \"[a, b]\"", "3:1 complex-key \"{d: e}\""]);
        case("a: 1\n---\nb: [\n", true, &["2:1 second-document \"---\""]);
        case(
            "a: *b\nc: &c [*c]\nd: 1\nd: 2\n",
            false,
            &["1:4 unknown-alias \"*b\"", "2:8 alias-budget \"*c\"", "4:1 duplicate-key \"d\""],
        );
    }

    #[test]
    fn empty_files_are_refused() {
        for yaml in ["", "\n\n", "# only this\n", "---\n", "\u{feff}", "---\n# x\n...\n"] {
            case(yaml, false, &["1:1 empty-file \"\""]);
        }
    }

    #[test]
    fn faults_of_different_kinds_come_together() {
        case(
            "a: 1\na: !t 2\n<<: {}\nb:\n\tc: 1\n",
            false,
            &["2:4 unsupported-tag \"!t\"", "3:1 merge-key \"<<\"", "5:1 tab-indentation \"\\t\""],
        );
    }
}
