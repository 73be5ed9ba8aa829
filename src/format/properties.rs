//! What holds for every file: the layout says the same, keeps every comment, and stays as it is when laid out again.

use super::{Layout, lay_out};
use crate::finding::Findings;
use crate::text::Sources;
use crate::yaml::{Limits, Node, quote_scalar, read_tree, scan};
use proptest::prelude::*;
use std::fmt::Write as _;

fn tree(text: &str) -> Option<Node> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    read_tree(text.as_bytes(), "x", Limits::RULESET_FILE, &mut sources, &mut findings).filter(|_| findings.is_empty())
}

fn comments(text: &str) -> Vec<String> {
    let tree = tree(text).expect("it is YAML");
    let scanned = scan(text, &tree).expect("it has no anchors");
    scanned.comments.iter().map(|comment| comment.text.to_owned()).collect()
}

fn laid(path: &str, text: &str) -> Result<String, String> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    match lay_out(Some(path), "x.yaml", text.as_bytes(), &mut sources, &mut findings) {
        Layout::Text(text) => Ok(text),
        other => Err(format!("{other:?} {:?}\n{text}", findings.into_sorted())),
    }
}

/// Lays out a text and looks at everything that must hold.
#[track_caller]
fn holds(path: &str, text: &str) -> String {
    let once = laid(path, text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(laid(path, &once).as_deref(), Ok(once.as_str()), "twice is once\n{text}");
    let (before, after) = (tree(text).expect("YAML"), tree(&once).expect("YAML"));
    assert!(before.says_the_same(&after), "{text}\n{once}");
    // Another reader sees no difference either, numbers, dates and words such as `yes` included.
    let other = |text: &str| yaml_serde::from_str::<yaml_serde::Value>(text).ok();
    if let Some(value) = other(text) {
        assert_eq!(other(&once), Some(value), "{text}\n{once}");
    }
    let (mut kept, mut written) = (comments(&once), comments(text));
    if path == "free.yaml" {
        assert_eq!(kept, written, "in their order\n{text}\n{once}");
    }
    kept.sort();
    written.sort();
    assert_eq!(kept, written, "{text}\n{once}");
    assert!(!once.contains(['\r', '\t']) && once.ends_with('\n') && !once.ends_with("\n\n"), "{once:?}");
    once
}

#[track_caller]
fn case(path: &str, text: &str, expected: &str) {
    assert_eq!(holds(path, text), expected, "{text}");
}

#[test]
fn keys_have_their_order_and_short_mappings_stand_on_one_line() {
    case(
        "rules/x.yaml",
        "# About the file.\nrules:\n- title: \"A\"\n  id: a # the id\n  zebra: 1\n  apple: 2\n  # Who\n  steps:\n  - who: team\n    do: 'Ask, and wait'\n\n\n  # next\n- id: b\ntheme: T\n",
        "# About the file.\ntheme: T\nrules:\n  - id: a  # the id\n    title: A\n    # Who\n    steps:\n      - { do: \"Ask, and wait\", who: team }\n    zebra: 1\n    apple: 2\n\n    # next\n  - id: b\n",
    );
    case(
        "options/x.yaml",
        "options: [{label: B, id: b}, {id: c}]",
        "options:\n  - { id: b, label: B }\n  - { id: c }\n",
    );
    case("glossary.yaml", "terms: []", "terms: []\n");
}

#[test]
fn conditions_keep_their_order_and_long_ones_stand_on_several_lines() {
    let long =
        "a.b: [one-name-that-is-long, another-name-that-is-long, a-third-name-that-is-long], b.c: yes, a.c: no, x.y: z";
    case(
        "rules/x.yaml",
        &format!("rules: [{{when: {{{long}}}}}]"),
        "rules:\n  - when:\n      a.b: [one-name-that-is-long, another-name-that-is-long, a-third-name-that-is-long]\n      b.c: yes\n      a.c: no\n      x.y: z\n",
    );
    case("free.yaml", "when: {any: [{a: b, c: d}, {e: f}]}", "when:\n  any:\n    - { a: b, c: d }\n    - { e: f }\n");
    case(
        "free.yaml",
        "all:\n- any: [{a: b}, {c: d}]\n- {e: f}\n- not: {g: h, i: j}\n",
        "all:\n  - any: [{ a: b }, { c: d }]\n  - { e: f }\n  - not: { g: h, i: j }\n",
    );
}

#[test]
fn quotes_stay_only_where_they_are_needed() {
    case(
        "free.yaml",
        "a: \"UK GDPR\"\nb: \"2026.11\"\nc: 2026.11\nd: 'NO'\ne: NO\nf: \"a: b\"\ng: 'x #y'\nh: 2026-11-22\ni: '-'\nj: \"null\"\nk: 'say \"no\"'\nl: \"it's \\\"so\\\"\"\nm: \"a\\tb\\u202e\"\nn: ''\no: \"10 days\"\np: [\"a, b\", \"c d\"]\nq: -5\n\"r\": '<<'\ns: 'tag:live'\n",
        "a: UK GDPR\nb: \"2026.11\"\nc: 2026.11\nd: \"NO\"\ne: NO\nf: \"a: b\"\ng: \"x #y\"\nh: 2026-11-22\ni: \"-\"\nj: \"null\"\nk: say \"no\"\nl: it's \"so\"\nm: \"a\\tb\\u202e\"\nn: \"\"\no: 10 days\np: [\"a, b\", c d]\nq: -5\nr: \"<<\"\ns: tag:live\n",
    );
}

#[test]
fn texts_below_a_mark_keep_their_lines() {
    case(
        "free.yaml",
        "a: >-   # why\n     One\n     two.\n\n       more\nb: |\n one\n\n  two\nc: |-\n x",
        "a: >-  # why\n  One\n  two.\n\n    more\nb: |\n  one\n\n   two\nc: |-\n  x\n",
    );
    case("free.yaml", "a: |+\n x\n\nb: |2\n   y\nc: |\n", "a: \"x\\n\\n\"\n\nb: \" y\\n\"\nc: \"\"\n");
    let folded = format!("a: >-\n  {}\n  {}\n", ["word"; 23].join(" "), ["word"; 7].join(" "));
    case("free.yaml", &format!("a: {}\n   {}", ["word"; 10].join(" "), ["word"; 20].join(" ")), &folded);
    case("free.yaml", "a: some\n   words", "a: some words\n");
}

#[test]
fn comments_stay_with_what_they_belong_to() {
    case(
        "free.yaml",
        "# head\n\n# of a\na: # beside a\n  - x # beside x\n  # ends the list\n# of b\nb: [1, # one\n  2 # two\n  # ends b\n]\n\n\n# of c\nc: {d: e}   # beside c\nf:\n- g: 1\n\n  # of h\n  h: 2\n # odd\n# tail\n",
        "# head\n\n# of a\na:  # beside a\n  - x  # beside x\n  # ends the list\n# of b\nb:\n  - 1  # one\n  - 2  # two\n  # ends b\n\n# of c\nc: { d: e }  # beside c\nf:\n  - g: 1\n\n    # of h\n    h: 2\n  # odd\n# tail\n",
    );
    case(
        "free.yaml",
        "a: '#no' # yes\nb: x#no\nc: |\n  # no\n# yes\nd: \"# no\"",
        "a: \"#no\"  # yes\nb: x#no\nc: |\n  # no\n# yes\nd: \"# no\"\n",
    );
    case("free.yaml", "- # one\n  a: 1\n- - b # two\n  - c\n", "# one\n- { a: 1 }\n- - b  # two\n  - c\n");
    case("free.yaml", "a: [ # none\n]\nb: {}\n", "# none\na: []\nb: {}\n");
}

#[test]
fn what_is_left_out_stays_left_out() {
    case(
        "free.yaml",
        "a:\nb: {c, d: }\ne: ~\nf: [ , ]\n".replace("[ , ]", "[x]").as_str(),
        "a:\nb:\n  c:\n  d:\ne: ~\nf: [x]\n",
    );
    case("free.yaml", "-\n- a\n-  # c\n", "-\n- a\n-  # c\n");
}

#[test]
fn anchors_aliases_and_directives_are_refused() {
    for text in ["a: &x 1\n", "a: &x [1]\nb: *x\n", "%YAML 1.2\n---\na: 1\n", "&k a: 1\n*k : 2\n"] {
        let refused = laid("free.yaml", text);
        assert!(
            refused.as_ref().is_err_and(|error| error.contains("NotLaidOut") || error.contains("Duplicate")),
            "{refused:?}"
        );
    }
    case("free.yaml", "---\na: \"*x\"\n...\n# end\n", "a: \"*x\"\n# end\n");
    assert!(laid("free.yaml", "a: [\n").is_err());
}

// Work that grew with the square of the input would not end here while anybody waits.
#[test]
fn many_of_anything_is_laid_out() {
    for text in [
        format!("[{}]", "{ a: b }, ".repeat(30_000)),
        format!("a: [{}]", "b, ".repeat(50_000)),
        "- a: b  # c\n\n  # d\n".repeat(15_000),
        format!("{}a: 1\n", "# c\n\n".repeat(50_000)),
        (0..30_000)
            .map(|number| format!("k{number}: v\n"))
            .collect::<Vec<_>>()
            .concat()
            .replace("k0:", "- k0: x\n  k:")
            .replace("\nk", "\n  k"),
    ] {
        assert!(laid("free.yaml", &text).is_ok());
    }
}

/// A tree to be written in some way or other.
#[derive(Clone, Debug)]
enum Plan {
    Text(String),
    List(Vec<Plan>),
    Map(Vec<(String, Plan)>),
}

fn plan() -> impl Strategy<Value = Plan> {
    let text = prop_oneof![
        4 => "[a-z][a-z ]{0,8}[a-z]",
        1 => "([a-z]{1,9} ){20,30}[a-z]{3}",
        2 => "(NO|yes|null|~|<<|=|2026\\.11|2026-11-22|tag:live|-5|1e3|0x1F|\\.inf|12:30|-|\\?|\\+1)",
        2 => "[-a-z0-9 .:#,\\[\\]{}&*!|>'\"%@`~?_]{0,9}",
        1 => "\\PC{0,8}",
        1 => "[a-z\n\t #]{0,12}",
        1 => "([a-z#]{1,5} ?[a-z]{0,3}\n( [a-z] )?){1,4}",
    ];
    text.prop_map(Plan::Text).prop_recursive(4, 30, 5, |inner| {
        let key = prop_oneof![
            6 => "(id|title|when|steps|rules|label|cites|options|given|expect|a\\.b|any|none)",
            1 => "[a-z0-9: #.,~?-]{0,6}"
        ];
        let keys = proptest::collection::btree_map(key, inner.clone(), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Plan::List),
            // Not in the order of their letters.
            (keys, any::<u8>()).prop_map(|(entries, turn)| {
                let mut entries: Vec<_> = entries.into_iter().collect();
                let middle = usize::from(turn) % entries.len().max(1);
                entries.rotate_left(middle);
                Plan::Map(entries)
            }),
        ]
    })
}

/// Writes a plan, each choice of style taken from `choices`.
struct Untidy<'c> {
    choices: &'c [u8],
    at: usize,
    comments: usize,
    out: String,
}

impl Untidy<'_> {
    fn choose(&mut self, of: usize) -> usize {
        self.at += 1;
        let choice = self.choices.get(self.at % self.choices.len().max(1)).copied().unwrap_or(0);
        (usize::from(choice) + self.at / self.choices.len().max(1)) % of
    }

    fn comment(&mut self) {
        self.comments += 1;
        let what = ["", " a: b", " - 'x", " \"y # [z", "no space", " |", " end  "][self.choose(7)];
        let _ = write!(self.out, "#{}{what}", self.comments);
    }

    /// Perhaps a comment beside something, and the end of the line.
    fn end(&mut self) {
        if self.choose(5) == 0 {
            let space = [" ", "   "][self.choose(2)];
            self.out.push_str(space);
            self.comment();
        }
        self.out.push('\n');
    }

    /// Perhaps empty lines and comments.
    fn between(&mut self, indent: usize) {
        match self.choose(8) {
            0 => self.out.push_str("\n\n"),
            1 => {
                let indent = [indent, indent, indent + 1, 0, indent + 3][self.choose(5)];
                self.out.push_str(&" ".repeat(indent));
                self.comment();
                self.out.push('\n');
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: &str, flow: bool) {
        let single = !text
            .contains(|character: char| character.is_control() || crate::text::untrusted::acts_or_hides(character));
        let plain = single && super::text::one_line(text, true, flow) == text;
        match self.choose(3) {
            0 | 1 if plain => self.out.push_str(text),
            1 if single => _ = write!(self.out, "'{}'", text.replace('\'', "''")),
            _ => {
                let quoted = quote_scalar(text);
                self.out.push_str(&quoted);
            }
        }
    }

    fn flow(&mut self, plan: &Plan) {
        match plan {
            Plan::Text(text) => self.scalar(text, true),
            Plan::List(items) => {
                self.out.push('[');
                for item in items {
                    self.space();
                    self.flow(item);
                    self.out.push(',');
                }
                self.space();
                self.out.push(']');
            }
            Plan::Map(entries) => {
                self.out.push('{');
                for (key, value) in entries {
                    self.space();
                    self.key(key);
                    self.out.push(' ');
                    self.flow(value);
                    self.out.push(',');
                }
                self.space();
                self.out.push('}');
            }
        }
    }

    /// Inside brackets: a space, or a new line with or without a comment before it.
    fn space(&mut self) {
        match self.choose(9) {
            0 => self.out.push_str("\n          "),
            1 => {
                self.out.push(' ');
                self.comment();
                self.out.push_str("\n          ");
            }
            _ => self.out.push(' '),
        }
    }

    fn key(&mut self, key: &str) {
        let plain = super::text::one_line(key, true, true) == key && key != "~";
        if plain && self.choose(4) > 0 {
            self.out.push_str(key);
        } else {
            _ = write!(self.out, "'{}'", key.replace('\'', "''"));
        }
        self.out.push(':');
    }

    /// A value after a key or a dash, to the end of its last line.
    fn block(&mut self, plan: &Plan, indent: usize) {
        let step = 1 + self.choose(4);
        match plan {
            Plan::Text(text) if self.choose(3) == 0 && is_literal(text) => {
                let mark = if text.ends_with('\n') { [" |", " |+"][self.choose(2)] } else { " |-" };
                self.out.push_str(mark);
                self.end();
                for line in text.trim_end_matches('\n').split('\n') {
                    let spaces = if line.is_empty() { 0 } else { indent + step };
                    _ = writeln!(self.out, "{}{line}", " ".repeat(spaces));
                }
            }
            Plan::Text(text) => {
                self.out.push(' ');
                self.scalar(text, false);
                self.end();
            }
            Plan::List(items) if items.is_empty() || self.choose(4) == 0 => {
                self.out.push(' ');
                self.flow(plan);
                self.end();
            }
            Plan::Map(entries) if entries.is_empty() || self.choose(4) == 0 => {
                self.out.push(' ');
                self.flow(plan);
                self.end();
            }
            Plan::List(items) => {
                self.end();
                self.items(items, indent + step);
            }
            Plan::Map(entries) => {
                self.end();
                self.entries(entries, indent + step);
            }
        }
    }

    fn items(&mut self, items: &[Plan], indent: usize) {
        for item in items {
            self.between(indent);
            _ = write!(self.out, "{}-", " ".repeat(indent));
            self.block(item, indent);
        }
    }

    fn entries(&mut self, entries: &[(String, Plan)], indent: usize) {
        for (key, value) in entries {
            self.between(indent);
            self.out.push_str(&" ".repeat(indent));
            self.key(key);
            match value {
                // As far to the left as the key.
                Plan::List(items) if !items.is_empty() && self.choose(3) == 0 => {
                    self.end();
                    self.items(items, indent);
                }
                _ => self.block(value, indent),
            }
        }
    }
}

fn is_literal(text: &str) -> bool {
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let shown = |line: &&str| !line.chars().any(crate::text::untrusted::acts_or_hides);
    let first = lines.first().is_some_and(|line| !line.is_empty() && !line.starts_with(' '));
    first && !text.ends_with("\n\n") && lines.iter().all(shown) && lines.iter().all(|line| line.trim() == *line)
}

fn untidy(plan: &Plan, choices: &[u8]) -> String {
    let mut writer = Untidy { choices, at: 0, comments: 0, out: String::new() };
    writer.between(0);
    match plan {
        Plan::Map(entries) if !entries.is_empty() => writer.entries(entries, 0),
        Plan::List(items) if !items.is_empty() => writer.items(items, 0),
        other => {
            writer.flow(other);
            writer.end();
        }
    }
    writer.between(0);
    writer.out
}

#[test]
fn a_comment_beside_the_first_item_of_a_list_in_a_list_is_kept() {
    case(
        "rules/x.yaml",
        "-\n - { 'id': aa, 'title': aa }   #no space\n - { 'id': bb }  # second\n",
        "#no space\n- - id: aa\n    title: aa\n  # second\n  - id: bb\n",
    );
    case("rules/x.yaml", "- - - { 'id': aa }  # deep\n  # outer\n", "# deep\n- - - id: aa\n  # outer\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_laid_out_once_and_for_all(plan in plan(), choices in proptest::collection::vec(any::<u8>(), 1..60), kind in 0..5_usize, windows in any::<bool>()) {
        let text = untidy(&plan, &choices);
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        // What the writer gets wrong, such as a comment that ends a text of several lines, is not a file.
        prop_assume!(tree(&text).is_some());
        let path = ["free.yaml", "rules/x.yaml", "options/x.yaml", "questions.yaml", "cases/x.yaml"][kind];
        holds(path, &text);
    }

    #[test]
    fn any_text_that_is_yaml_is_laid_out_or_refused(text in "([-?:,\\[\\]{}#'\" \n]|[a-c]|: |- |\n  |\r\n| #|\n#|a: |\n- ){0,40}") {
        if tree(&text).is_some() {
            let (mut sources, mut findings) = (Sources::new(), Findings::new());
            let first = lay_out(Some("free.yaml"), "x", text.as_bytes(), &mut sources, &mut findings);
            prop_assert!(first != Layout::Changed, "{text:?}");
            if first != Layout::Faults {
                holds("free.yaml", &text);
            }
        }
    }
}
