//! From nodes to typed things, collecting every fault on the way.
//!
//! Each function gives `None` after it has reported a fault, so a caller reads all it can and then looks whether
//! anything was found. Messages never hold the value itself: it may be an answer that must not be shown.

use super::node::{Entry, Node, Value};
use crate::finding::{Code, Finding, Findings};

/// A mapping whose keys are not fixed: its entries, possibly none.
pub fn entries<'a>(node: &'a Node, what: &str, findings: &mut Findings) -> Option<&'a [Entry]> {
    if let Value::Map(entries) = &node.value {
        return Some(entries);
    }
    findings.push(wrong(node, what));
    None
}

/// A text that is not empty.
pub fn text<'a>(node: &'a Node, what: &str, findings: &mut Findings) -> Option<&'a str> {
    let scalar = node.as_scalar().filter(|scalar| !scalar.is_null());
    let Some(scalar) = scalar else {
        findings.push(wrong(node, what));
        return None;
    };
    if scalar.text.trim().is_empty() {
        findings.push(Finding::new(Code::EmptyText, format!("expected {what}, found an empty text")).at(node.place));
        return None;
    }
    Some(&scalar.text)
}

/// A list with at least one item.
pub fn list<'a>(node: &'a Node, what: &str, findings: &mut Findings) -> Option<&'a [Node]> {
    let Value::List(items) = &node.value else {
        findings.push(wrong(node, what));
        return None;
    };
    if items.is_empty() {
        findings.push(Finding::new(Code::EmptyList, format!("expected {what}, found an empty list")).at(node.place));
        return None;
    }
    Some(items)
}

/// A list with at least one item, or a single value that stands for a list of one: `from: hmrc` for `from: [hmrc]`.
pub fn one_or_more<'a>(node: &'a Node, what: &str, findings: &mut Findings) -> Option<&'a [Node]> {
    if node.as_scalar().is_some_and(|scalar| !scalar.is_null()) {
        return Some(std::slice::from_ref(node));
    }
    list(node, what, findings)
}

/// Every item of [`one_or_more`] as a text; the items at fault are reported and left out.
pub fn texts<'a>(node: &'a Node, what: &str, findings: &mut Findings) -> Option<Vec<&'a str>> {
    let items = one_or_more(node, what, findings)?;
    Some(items.iter().filter_map(|item| text(item, "text", findings)).collect())
}

/// `yes`, `no`, `true` or `false`, quoted or not.
pub fn yes_no(node: &Node, findings: &mut Findings) -> Option<bool> {
    let what = "`yes` or `no`";
    match text(node, what, findings)? {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        other => {
            let finding = wrong(node, what);
            findings.push(match other.to_ascii_lowercase().as_str() {
                "yes" | "true" => finding.help("write `yes` in lower case"),
                "no" | "false" => finding.help("write `no` in lower case"),
                _ => finding,
            });
            None
        }
    }
}

/// The fault of a value that is not what is expected: `null-value` for nothing, else `wrong-type`.
#[must_use]
pub fn wrong(node: &Node, what: &str) -> Finding {
    if node.is_null() {
        return Finding::new(Code::NullValue, format!("expected {what}, found nothing"))
            .at(node.place)
            .help("write a value, or take the key out");
    }
    // "Expected a date, found a single value" would not say that the value is at fault.
    let found = if node.as_scalar().is_some() { "something else" } else { node.kind() };
    Finding::new(Code::WrongType, format!("expected {what}, found {found}")).at(node.place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;
    use crate::yaml::{Fields, Limits, read_tree};

    #[track_caller]
    fn case(yaml: &str, read: impl Fn(&Node, &mut Findings), expected: &[&str]) {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let node = read_tree(yaml.as_bytes(), "x.yaml", Limits::MANIFEST, &mut sources, &mut findings);
        assert!(findings.is_empty());
        read(&node.expect("it is YAML"), &mut findings);
        let said: Vec<String> = findings
            .into_sorted()
            .iter()
            .map(|finding| {
                let at = finding.place().map_or(0, |place| place.span.start);
                let help = finding.help_text().map(|help| format!(" ({help})")).unwrap_or_default();
                format!("{at} {}: {}{help}", finding.code(), finding.message())
            })
            .collect();
        assert_eq!(said, expected, "{yaml:?}");
    }

    fn exchange(node: &Node, findings: &mut Findings) {
        let Some(mut fields) = Fields::new(node, "a mapping, such as `body: hmrc`", findings) else {
            return;
        };
        fields.required("title", findings).map(|node| text(node, "a title", findings));
        fields.required("open", findings).map(|node| yes_no(node, findings));
        fields.optional("about").map(|node| texts(node, "a list", findings));
        fields.finish(findings);
    }

    #[test]
    fn a_right_mapping_has_no_faults() {
        for open in ["yes", "no", "true", "false", "'yes'", "\"no\""] {
            case(&format!("title: NO\nopen: {open}\nabout: x\n"), exchange, &[]);
        }
    }

    #[test]
    fn every_fault_of_a_mapping_is_reported() {
        case(
            "titel: x\nopen: maybe\nabout: [a, '', [b]]\nzzz: 1\n",
            exchange,
            &[
                "0 missing-key: the key `title` is missing",
                "0 unknown-key: the key `titel` is not known here (did you mean `title`?)",
                "15 wrong-type: expected `yes` or `no`, found something else",
                "32 empty-text: expected text, found an empty text",
                "36 wrong-type: expected text, found a list",
                "41 unknown-key: the key `zzz` is not known here (known keys: `title`, `open`, `about`)",
            ],
        );
    }

    #[test]
    fn nothing_is_a_fault_wherever_a_value_is_expected() {
        let nothing = "(write a value, or take the key out)";
        case(
            "title:\nopen: ~\nabout: null\n",
            exchange,
            &[
                &format!("6 null-value: expected a title, found nothing {nothing}"),
                &format!("13 null-value: expected `yes` or `no`, found nothing {nothing}"),
                &format!("22 null-value: expected a list, found nothing {nothing}"),
            ],
        );
        case(
            "~\n",
            exchange,
            &[&format!("0 null-value: expected a mapping, such as `body: hmrc`, found nothing {nothing}")],
        );
    }

    #[test]
    fn other_shapes_are_named() {
        case("[a]\n", exchange, &["0 wrong-type: expected a mapping, such as `body: hmrc`, found a list"]);
        case(
            "{title: {a: b}, open: Yes, about: []}\n",
            exchange,
            &[
                "8 wrong-type: expected a title, found a mapping",
                "22 wrong-type: expected `yes` or `no`, found something else (write `yes` in lower case)",
                "34 empty-list: expected a list, found an empty list",
            ],
        );
    }
}
