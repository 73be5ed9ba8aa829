//! Large rulesets that look like real ones, as files in memory: the same for the same size, everywhere and always.
//!
//! One *area* has 80 questions (2 to 12 options; two lists of 60 and one of 250), 200 rules of 2 to 6 tests in themes of
//! their own, 60 powers with `only-if`, derived facts, myths, tags, sources and bars. A ruleset of twice the size has two areas,
//! whose rules read the first area's parties and purpose beside questions of their own.
//!
//! Only `cases` knows the program: the rest is written from `docs/rulesets.md`.
#![allow(dead_code, unused_imports, reason = "the benchmarks and the tests each use a part")]

mod area;
mod cases;
mod conditions;
mod hard;
mod lists;
mod rng;
mod rules;
mod small;

use area::Area;

pub(crate) use cases::with_cases;
pub(crate) use hard::{Hardness, hard, hardness};

/// The files of a ruleset: paths below its folder, with `/`, and their bytes.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// How many rules one area has.
pub(crate) const RULES: usize = 200;

/// A ruleset of so many areas, in which so many rules differ from those of the first version.
pub(crate) fn large(areas: usize, changed: usize) -> Files {
    let mut made = Made::default();
    let every = (RULES * areas).checked_div(changed).map_or(usize::MAX, |every| every.max(1));
    for at in 0..areas {
        Area::new(at, areas, every).write(&mut made);
    }
    made.files()
}

/// The texts of all areas, before they are put into files.
#[derive(Default)]
struct Made {
    sections: String,
    lists: Vec<(String, String)>,
    derived: String,
    themes: Vec<(String, String)>,
    myths: String,
    sources: usize,
}

impl Made {
    /// The next source to cite.
    fn cite(&mut self) -> String {
        self.sources += 1;
        // Several rules rest on the same provision.
        format!("source-{}", (self.sources * 7) % 97 % self.sources.min(97))
    }

    fn files(self) -> Files {
        let mut files = vec![
            ("ruleset.yaml".to_owned(), small::HEAD.to_owned()),
            ("questions.yaml".to_owned(), format!("sections:\n{}", self.sections)),
            ("derived.yaml".to_owned(), format!("derived:\n{}", self.derived)),
            ("myths.yaml".to_owned(), format!("myths:\n{}", self.myths)),
            ("glossary.yaml".to_owned(), "terms: []\n".to_owned()),
            ("roles.yaml".to_owned(), small::roles()),
        ];
        files.extend(self.lists.into_iter().map(|(name, text)| (format!("options/{name}.yaml"), text)));
        files.extend(self.themes.into_iter().map(|(name, text)| (format!("rules/{name}.yaml"), text)));
        let sources = small::sources(&files);
        files.push(("sources.yaml".to_owned(), sources));
        files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
    }
}
