//! Validates and packs every ruleset under `rules/`, so that one with a fault does not build and none is parsed at run time.
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the same modules are the library's; this uses a part of them"
)]
#![allow(clippy::pedantic, reason = "the modules are linted as the library's own")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a build script reads files, talks to Cargo on standard output, and stops the build when something is wrong"
)]

#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/finding/mod.rs"]
mod finding;
#[path = "src/logic/mod.rs"]
mod logic;
#[path = "src/model/mod.rs"]
mod model;
#[path = "src/rulefile/mod.rs"]
mod rulefile;
#[path = "src/ruleset/mod.rs"]
mod ruleset;
#[path = "src/text/mod.rs"]
mod text;
#[path = "src/yaml/mod.rs"]
mod yaml;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use finding::{Finding, Findings};
use rulefile::{Faults, Loaded, Published, pack, read_published, read_ruleset};
use ruleset::{Reference, State, Version};
use text::Sources;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    for module in ["compile", "finding", "logic", "model", "rulefile", "ruleset", "text", "yaml"] {
        println!("cargo::rerun-if-changed=src/{module}");
    }
    let root = Path::new("rules");
    let published = published(root);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    let mut versions: Vec<(String, Version, PathBuf)> = Vec::new();
    for ruleset in folders(root) {
        for version in folders(&ruleset) {
            let number = name(&version).parse().unwrap_or_else(|_| panic!("{} is not a version", version.display()));
            versions.push((name(&ruleset), number, version));
        }
    }
    versions.sort();
    let mut code = String::from("static BUNDLED: &[Bundled] = &[\n");
    let mut faulty = false;
    for (id, version, folder) in versions {
        match read_ruleset(&files(&folder, &folder)) {
            Err(faults) => {
                faulty = true;
                report(&folder, &faults);
            }
            Ok(loaded) => bundle(&mut code, &loaded, &id, version, &published, &out),
        }
    }
    code.push_str("];\n");
    assert!(!faulty, "a ruleset that does not validate does not build");
    std::fs::write(out.join("bundled.rs"), code).expect("the output folder can be written");
}

fn published(root: &Path) -> Vec<Published> {
    let path = root.join("published.yaml");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let published = read_published(&bytes, &mut sources, &mut findings);
    if !findings.is_empty() {
        report(root, &Faults { sources, findings: findings.into_sorted() });
        panic!("rules/published.yaml has a fault");
    }
    published
}

fn bundle(code: &mut String, loaded: &Loaded, id: &str, version: Version, published: &[Published], out: &Path) {
    let (info, file) = (loaded.ruleset.info(), format!("{id}@{version}.packed"));
    assert!(info.id == id && info.version == version, "the folder {id}/{version} holds {}@{}", info.id, info.version);
    let packed = pack::pack(&loaded.ruleset).expect("a validated ruleset can be packed");
    std::fs::write(out.join(&file), packed).expect("the output folder can be written");
    let listed = published.iter().find(|p| p.reference == Reference { id: id.to_owned(), version: Some(version) });
    let state = match info.state {
        State::Draft => "Draft",
        State::Published => "Published",
    };
    let date = |date: model::Date| format!("jiff::civil::date({}, {}, {})", date.year(), date.month(), date.day());
    let until = info.covers.until.map_or_else(|| "None".to_owned(), |until| format!("Some({})", date(until)));
    let withdrawn = listed.and_then(|p| p.withdrawn.as_ref()).map_or_else(
        || "None".to_owned(),
        |(on, why, instead)| format!("Some(Withdrawn {{ on: {}, why: {why:?}, instead: {instead:?} }})", date(*on)),
    );
    writeln!(
        code,
        "Bundled {{ id: {id:?}, version: Version {{ year: {}, month: {} }}, state: State::{state}, title: {:?}, \
         covers: Covers {{ from: {}, until: {until} }}, withdrawn: {withdrawn}, \
         packed: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")) }},",
        version.year,
        version.month,
        info.title,
        date(info.covers.from),
    )
    .expect("a string can be written");
}

fn report(folder: &Path, faults: &Faults) {
    for finding in &faults.findings {
        println!("cargo::error={}", line(folder, &faults.sources, finding));
    }
}

fn line(folder: &Path, sources: &Sources, finding: &Finding) -> String {
    let place = finding.place().and_then(|place| {
        let source = sources.get(place.file)?;
        let at = source.location(place.span.start);
        Some(format!("{}/{}:{}:{}", folder.display(), source.name(), at.line, at.column))
    });
    let place = place.unwrap_or_else(|| folder.display().to_string());
    let help = finding.help_text().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{place}: {}: {}{help}", finding.code(), finding.message()).replace('\n', " ")
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(root).into_iter().filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    read.map(|entry| entry.expect("a folder's entry can be read").path()).collect()
}

fn files(root: &Path, folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(files(root, &path));
        } else {
            let below = path.strip_prefix(root).expect("found below it").to_string_lossy().replace('\\', "/");
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            found.push((below, bytes));
        }
    }
    found
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
