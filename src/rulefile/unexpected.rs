//! Files that have no place in a ruleset, and what to do with each.

use super::files::{NEEDED, is_place_of_file};
use crate::finding::{Code, Finding, Findings};
use crate::text::{counted, nearest, quoted};

/// The folders that a ruleset may have.
const FOLDERS: [&str; 3] = ["rules", "options", "cases"];

/// Reports each of these files; those in a folder that no ruleset has, once for the folder.
pub(super) fn unexpected(paths: &[&str], findings: &mut Findings) {
    let mut folders: Vec<(&str, usize)> = Vec::new();
    for path in paths {
        match path.split_once('/') {
            Some((folder, _)) if !FOLDERS.contains(&folder) => {
                match folders.iter_mut().find(|(name, _)| *name == folder) {
                    Some((_, files)) => *files += 1,
                    None => folders.push((folder, 1)),
                }
            }
            _ => {
                let message = format!("{} is not a file of a ruleset", quoted(path));
                findings.push(Finding::new(Code::UnexpectedFile, message).help(help(path)));
            }
        }
    }
    for (folder, files) in folders {
        let (name, files) = (quoted(&format!("{folder}/")), counted(files, "file", "files"));
        let message = format!("{name} is not a folder of a ruleset, and has {files} in it");
        let help = match nearest(folder, FOLDERS) {
            Some(near) => format!("did you mean `{near}/`?"),
            None => "move it out of the ruleset, whose folders are `rules/`, `options/` and `cases/`".to_owned(),
        };
        findings.push(Finding::new(Code::UnexpectedFile, message).help(help));
    }
}

/// What to do with a file.
fn help(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let yaml = inside(&format!("{stem}.yaml"));
    let is_yaml = ["yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    if is_yaml && ending != "yaml" && is_place_of_file(&yaml) {
        return format!("rename it to {}", quoted(&yaml));
    }
    // Some programs add an ending of their own: `first.yaml.txt`.
    if ending.eq_ignore_ascii_case("txt") && is_place_of_file(&inside(stem)) {
        return format!("rename it to {}, or move it out of the ruleset", quoted(&inside(stem)));
    }
    if let Some(near) = nearest(path, NEEDED.into_iter().filter(|needed| !needed.ends_with('/'))) {
        return format!("did you mean `{near}`?");
    }
    let top = folder.split('/').next().unwrap_or_default();
    if is_yaml && folder.contains('/') {
        let place = quoted(&format!("{top}/{stem}.yaml"));
        return format!("move it to {place}: files stand in `{top}/` itself, and in no folder inside it");
    }
    if is_yaml && folder.is_empty() {
        return "move it into `rules/`, `options/` or `cases/`, or out of the ruleset".to_owned();
    }
    if FOLDERS.contains(&top)
        && ["docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "pdf", "md", "txt"].contains(&ending)
    {
        let place = quoted(&format!("{top}/{stem}.yaml"));
        return format!("move it out of the ruleset; only plain text as YAML is read, such as {place}");
    }
    "move it out of the ruleset, or remove it".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(paths: &[&str]) -> Vec<String> {
        let mut findings = Findings::new();
        unexpected(paths, &mut findings);
        let said = |finding: &Finding| format!("{}: {}", finding.message(), finding.help_text().unwrap());
        findings.into_sorted().iter().map(said).collect()
    }

    #[track_caller]
    fn helps(path: &str, help: &str) {
        assert_eq!(said(&[path]), [format!("`{path}` is not a file of a ruleset: {help}")]);
    }

    #[test]
    fn each_file_is_told_what_to_do_with_it() {
        helps("rules/first.yml", "rename it to `rules/first.yaml`");
        helps("questions.YML", "rename it to `questions.yaml`");
        helps("cases/a/b.Yaml", "rename it to `cases/a/b.yaml`");
        helps("rules/first.yaml.txt", "rename it to `rules/first.yaml`, or move it out of the ruleset");
        helps("mtyhs.yaml", "did you mean `myths.yaml`?");
        helps(
            "rules/hr/pay.yaml",
            "move it to `rules/pay.yaml`: files stand in `rules/` itself, and in no folder inside it",
        );
        helps("transfers.yaml", "move it into `rules/`, `options/` or `cases/`, or out of the ruleset");
        helps("rules/x.docx", "move it out of the ruleset; only plain text as YAML is read, such as `rules/x.yaml`");
        helps("rules/first.yaml~", "move it out of the ruleset, or remove it");
        helps("Thumbs.db", "move it out of the ruleset, or remove it");
    }

    #[test]
    fn a_folder_is_told_of_once() {
        assert_eq!(
            said(&["node/a.js", "node/b/c.js", "rule/first.yaml"]),
            [
                "`node/` is not a folder of a ruleset, and has 2 files in it: move it out of the ruleset, whose folders are \
                 `rules/`, `options/` and `cases/`",
                "`rule/` is not a folder of a ruleset, and has 1 file in it: did you mean `rules/`?",
            ]
        );
    }
}
