//! Imports run downwards only, and each crate has one door.
//!
//! Every file under `src/` is parsed, so that `super::`, re-exports and paths inside expressions count, and each path is
//! looked up in the two tables below. What is not listed fails.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// Which modules of the library a module may name. Everything may name itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("finding", &["text"]),
    ("logic", &[]),
    ("model", &["text"]),
    ("yaml", &["text", "finding"]),
    ("format", &["text", "finding", "yaml"]),
    ("ruleset", &["text", "model", "logic"]),
    ("compile", &["model", "logic", "ruleset"]),
    ("proof", &["model", "logic", "ruleset", "compile"]),
    ("rulefile", &["text", "finding", "model", "logic", "yaml", "ruleset", "compile"]),
    ("skeleton", &["text", "finding", "model", "yaml", "format", "ruleset", "rulefile"]),
    ("bundled", &["model", "ruleset", "rulefile"]),
    ("engine", &["model", "logic", "ruleset"]),
    ("manifest", &["text", "finding", "model", "yaml", "ruleset", "rulefile"]),
    ("baseline", &["text", "finding", "yaml", "manifest"]),
    ("cases", &["text", "model", "ruleset", "engine"]),
    ("check", &["text", "finding", "model", "ruleset", "bundled", "engine", "manifest", "baseline"]),
    ("config", &["text", "finding", "yaml", "ruleset", "manifest", "check"]),
    ("interview", &["model", "ruleset", "engine"]),
    ("compare", &["model", "logic", "ruleset", "compile", "proof", "engine"]),
    ("record", &["text", "finding", "model", "yaml", "ruleset", "rulefile", "engine", "manifest", "check"]),
    ("upgrade", &["model", "ruleset", "engine"]),
    ("verify", &["text", "finding", "model", "logic", "ruleset", "compile", "proof"]),
    ("mutate", &["model", "logic", "ruleset", "compile", "proof", "engine", "cases", "text"]),
    (
        "report",
        &[
            "text",
            "finding",
            "model",
            "ruleset",
            "bundled",
            "engine",
            "manifest",
            "check",
            "cases",
            "compare",
            "verify",
            "mutate",
            "interview",
            "record",
            "upgrade",
        ],
    ),
    ("replay", &["text", "finding", "model", "ruleset", "engine", "manifest", "check", "record", "upgrade", "report"]),
    (
        "stream",
        &[
            "text", "finding", "model", "yaml", "ruleset", "rulefile", "bundled", "engine", "manifest", "check",
            "report",
        ],
    ),
];

/// Which modules may name a crate. `cli` and `main` are the program; the rest is the library.
const DOORS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report"]),
    ("anyhow", &["cli"]),
    ("batsat", &["proof"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("clearshare", &["cli"]),
    ("ctrlc", &["cli"]),
    ("globset", &["cli"]),
    ("granit_parser", &["yaml"]),
    ("ignore", &["cli"]),
    ("include_dir", &["bundled"]),
    ("minijinja", &["report"]),
    ("jiff", &["model", "ruleset", "bundled", "cli"]),
    ("postcard", &["model", "rulefile"]),
    ("quick_xml", &["report"]),
    ("rustix", &["cli"]),
    ("serde", &["text", "finding", "logic", "model", "ruleset", "record", "report"]),
    // In `logic` and `stream` only in tests: what was packed and damaged is refused, and another reader of JSON agrees with ours.
    ("serde_jcs", &["record"]),
    ("serde_json", &["logic", "record", "report", "replay", "stream"]),
    ("serde_path_to_error", &["record"]),
    ("sha2", &["text", "record"]),
    ("ssh_key", &["record"]),
    ("tempfile", &["cli"]),
    ("terminal_size", &["cli"]),
    ("thiserror", &["ruleset", "rulefile", "logic"]),
    ("unicode_width", &["report"]),
    ("zip", &["report"]),
];

#[test]
fn imports_run_downwards_and_each_crate_has_its_doors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    let mut files = 0;
    for path in rust_files(&root) {
        files += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        faults.extend(faults_of(&root, &path, &text));
    }
    assert!(files > 60, "only {files} files were read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_planted_violation_is_found() {
    let root = Path::new("src");
    let planted = |file: &str, text: &str| faults_of(root, &root.join(file), text);
    assert_eq!(planted("engine/x.rs", "use crate::yaml::Node;").len(), 1);
    assert_eq!(planted("engine/x.rs", "fn f() { crate::report::render(); }").len(), 1);
    assert_eq!(planted("model/x.rs", "use super::super::engine::Advice;").len(), 1);
    assert_eq!(planted("model/rule.rs", "use clap::Parser;").len(), 1);
    assert_eq!(planted("report/x.rs", "fn f() { let x = anyhow::anyhow!(\"y\"); }").len(), 1);
    assert_eq!(planted("cli/x.rs", "use granit_parser::Parser;").len(), 1);
    assert_eq!(planted("newcomer/x.rs", "use crate::text::Span;").len(), 1);
    assert!(planted("engine/x.rs", "use crate::model::{Rule, Status}; use std::fmt;").is_empty());
    assert!(planted("model/x.rs", "use super::rule::Rule; use self::y::Z;").is_empty());
}

#[test]
fn the_tables_name_what_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for (krate, _) in DOORS.iter().filter(|(krate, _)| *krate != "clearshare") {
        assert!(
            manifest.contains(&format!("\n{} = ", krate.replace('_', "-")))
                || manifest.contains(&format!("\n{krate} = ")),
            "{krate} is no dependency"
        );
    }
    for (module, _) in MAY_IMPORT {
        assert!(root.join("src").join(module).is_dir(), "there is no src/{module}/");
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn faults_of(root: &Path, path: &Path, text: &str) -> Vec<String> {
    let below = path.strip_prefix(root).unwrap();
    let mut parts: Vec<String> =
        below.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    let top = parts.first().cloned().unwrap_or_default();
    if top == "lib" || top == "main" {
        return Vec::new();
    }
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", below.display()));
    let own: BTreeSet<String> = names_bound(&file);
    let mut found = BTreeSet::new();
    for path_parts in paths(quote::ToTokens::to_token_stream(&file)) {
        if let Some(fault) = fault(&top, &parts, &own, &path_parts) {
            found.insert(format!("{}: {}: {fault}", below.display(), path_parts.join("::")));
        }
    }
    found.into_iter().collect()
}

/// Names that a file gives itself, with `use` or `mod`: a path that starts with one of them is no crate.
fn names_bound(file: &syn::File) -> BTreeSet<String> {
    fn tree(use_tree: &syn::UseTree, names: &mut BTreeSet<String>) {
        match use_tree {
            syn::UseTree::Path(path) => tree(&path.tree, names),
            syn::UseTree::Name(name) => {
                names.insert(name.ident.to_string());
            }
            syn::UseTree::Rename(rename) => {
                names.insert(rename.rename.to_string());
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| tree(item, names)),
            syn::UseTree::Glob(_) => {}
        }
    }
    let mut names = BTreeSet::new();
    for item in &file.items {
        match item {
            syn::Item::Use(item) => tree(&item.tree, &mut names),
            syn::Item::Mod(item) => {
                names.insert(item.ident.to_string());
            }
            _ => {}
        }
    }
    names
}

/// Every path of a file as its parts; the branches of a `use` group each as a path of their own.
fn paths(tokens: TokenStream) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    collect(tokens, &[], &mut found);
    found
}

fn collect(tokens: TokenStream, before: &[String], found: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    let mut path: Vec<String> = before.to_vec();
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(ident) => {
                path.push(ident.to_string());
                if is_colon(at + 1) && is_colon(at + 2) {
                    at += 3;
                    continue;
                }
                found.push(std::mem::replace(&mut path, before.to_vec()));
            }
            TokenTree::Group(group) => {
                // `use a::{b, c}`: what stands in the braces goes on from what stands before them.
                let inner = if path.len() > before.len() { path.clone() } else { Vec::new() };
                collect(group.stream(), &inner, found);
                path = before.to_vec();
            }
            _ => path = before.to_vec(),
        }
        at += 1;
    }
}

fn fault(top: &str, module: &[String], own: &BTreeSet<String>, path: &[String]) -> Option<String> {
    let first = path.first()?.as_str();
    let target = match first {
        "crate" => path.get(1)?.clone(),
        "super" => {
            let up = path.iter().take_while(|part| *part == "super").count();
            let base = module.len().checked_sub(up)?;
            if base > 0 { module[0].clone() } else { path.get(up)?.clone() }
        }
        _ => return crate_fault(top, own, path),
    };
    if target == top || top == "cli" {
        return None;
    }
    match MAY_IMPORT.iter().find(|(name, _)| *name == top) {
        None => Some(format!("`{top}` is not in the table of layers")),
        Some((_, allowed)) if allowed.contains(&target.as_str()) => None,
        // What `lib.rs` does not declare is no module: a macro's own words, for example.
        Some(_) if !MAY_IMPORT.iter().any(|(name, _)| *name == target) => None,
        Some(_) => Some(format!("`{top}` may not import `{target}`")),
    }
}

fn crate_fault(top: &str, own: &BTreeSet<String>, path: &[String]) -> Option<String> {
    let first = path.first()?.as_str();
    // A name alone is no path, but for attributes such as `#[serde(…)]`, which lead through a `use` or a path elsewhere.
    if path.len() < 2 || own.contains(first) {
        return None;
    }
    let (_, doors) = DOORS.iter().find(|(krate, _)| *krate == first)?;
    (!doors.contains(&top)).then(|| format!("`{top}` is no door for the crate `{first}`"))
}
