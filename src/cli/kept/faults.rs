//! Every step of a save fails once: what is kept is the old text or the new, whole.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use clearshare::model::Date;

use super::disk::RealDisk;
use super::faulty::{Fault, FaultyDisk, INPUT_OUTPUT, NO_SPACE, READ_ONLY};
use super::{Keeper, Opened, Store, Target, Trouble};

const FAULTS: [Fault; 6] = [
    Fault::Once(NO_SPACE),
    Fault::Once(INPUT_OUTPUT),
    Fault::Once(READ_ONLY),
    Fault::Lasting(NO_SPACE),
    Fault::Stuck(READ_ONLY),
    Fault::Death,
];

/// Where a text is kept, and whether one is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Draft { there: bool },
    Manifest { there: bool },
    Linked,
}

const KINDS: [Kind; 5] = [
    Kind::Draft { there: false },
    Kind::Draft { there: true },
    Kind::Manifest { there: false },
    Kind::Manifest { there: true },
    Kind::Linked,
];

struct Try {
    folder: tempfile::TempDir,
    disk: Rc<FaultyDisk>,
    keeper: Keeper,
    /// The file that is written.
    file: PathBuf,
    old: Option<String>,
}

fn text(word: &str) -> String {
    format!("# {word}\n").repeat(500)
}

fn store(folder: &Path, disk: Rc<dyn super::disk::Disk>) -> Store {
    Store::at(disk, Some(folder.join("state")), Date::constant(2026, 11, 22))
}

impl Try {
    fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // On some systems the folder for temporary files is itself a link.
        let root = folder.path().canonicalize().unwrap();
        let disk = Rc::new(FaultyDisk::default());
        let (target, file) = match kind {
            Kind::Draft { .. } => (Target::NewDraft, root.join("state/drafts/2026-11-22-1.yaml")),
            Kind::Manifest { .. } => (Target::Manifest(root.join("a.yaml")), root.join("a.yaml")),
            Kind::Linked => {
                std::fs::create_dir(root.join("real")).unwrap();
                #[cfg(unix)]
                std::os::unix::fs::symlink("real/a.yaml", root.join("a.yaml")).unwrap();
                (Target::Manifest(root.join("a.yaml")), root.join(if cfg!(unix) { "real/a.yaml" } else { "a.yaml" }))
            }
        };
        let old = matches!(kind, Kind::Draft { there: true } | Kind::Manifest { there: true } | Kind::Linked)
            .then(|| text("old"));
        if let Some(old) = old.as_ref().filter(|_| !matches!(kind, Kind::Draft { .. })) {
            std::fs::write(&file, old).unwrap();
        }
        let Opened { mut keeper, .. } = Keeper::open(&store(&root, disk.clone()), &target).unwrap();
        if let Some(old) = old.as_ref().filter(|_| matches!(kind, Kind::Draft { .. })) {
            keeper.save(old).unwrap();
        }
        disk.mend();
        Self { folder, disk, keeper, file, old }
    }

    fn there(&self) -> Option<String> {
        std::fs::read_to_string(&self.file).ok()
    }

    /// Temporary files, anywhere.
    fn left_over(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "part") {
                    found.push(path);
                }
            }
        }
        found
    }
}

/// How many steps a save has.
fn steps(kind: Kind) -> usize {
    let mut tried = Try::new(kind);
    tried.keeper.save(&text("new")).unwrap();
    assert_eq!(tried.left_over(), [] as [PathBuf; 0], "{kind:?}");
    tried.disk.mend()
}

/// One save with a fault at one step.
fn one(kind: Kind, step: usize, fault: Fault) {
    let at = format!("{kind:?}, step {step}, {fault:?}");
    let mut tried = Try::new(kind);
    tried.disk.fail_at(step, fault);
    let saved = tried.keeper.save(&text("new"));
    let Err(Trouble::Unwritten(finding)) = &saved else { panic!("{at}: {saved:?}") };
    assert!(finding.message().contains("cannot be written: ") && finding.help_text().is_some(), "{at}: {finding:?}");
    assert!(!tried.keeper.is_kept(), "{at}");
    let there = tried.there();
    assert!(there == tried.old || there == Some(text("new")), "{at}: {there:?}");
    if !fault.leaves() {
        assert_eq!(tried.left_over(), [] as [PathBuf; 0], "{at}");
    }
    if fault == Fault::Death {
        return go_on_after_death(tried, &at);
    }
    tried.disk.mend();
    tried.keeper.save(&text("newer")).unwrap_or_else(|trouble| panic!("{at}: {trouble:?}"));
    assert!(tried.keeper.is_kept(), "{at}");
    assert_eq!(tried.there(), Some(text("newer")), "{at}");
    assert_eq!(tried.left_over(), [] as [PathBuf; 0], "{at}");
    if cfg!(unix) && kind == Kind::Linked {
        assert!(tried.folder.path().join("a.yaml").is_symlink(), "{at}: the link stays");
    }
}

/// Another process comes to the same file.
fn go_on_after_death(tried: Try, at: &str) {
    let Try { folder, disk, keeper, file, old } = tried;
    let (draft, name) = (keeper.draft().map(str::to_owned), keeper.place().unwrap().to_path_buf());
    // The system lets go of the lock; nothing else can happen on a disk that is dead.
    drop(keeper);
    drop(disk);
    let target = match draft {
        Some(_) if !file.exists() => Target::NewDraft,
        Some(draft) => Target::Draft(draft),
        None => Target::Manifest(name),
    };
    let root = folder.path().canonicalize().unwrap();
    let Opened { keeper, found, .. } = Keeper::open(&store(&root, Rc::new(RealDisk)), &target).unwrap();
    let found = found.map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(found == old || found == Some(text("new")), "{at}: {found:?}");
    let mut tried = Try { folder, disk: Rc::default(), keeper, file, old };
    assert_eq!(tried.left_over(), [] as [PathBuf; 0], "{at}: taken away at the next open");
    tried.keeper.save(&text("newer")).unwrap();
    assert_eq!(tried.there(), Some(text("newer")), "{at}");
}

#[test]
fn whatever_step_fails_one_whole_text_is_there() {
    for kind in KINDS {
        let steps = steps(kind);
        assert!(steps >= 6, "create, write, flush, sync, rename, sync of the folder: {steps}");
        for fault in FAULTS {
            (0..steps).for_each(|step| one(kind, step, fault));
        }
    }
}

#[test]
fn what_comes_in_the_middle_of_a_first_save_is_not_written_over() {
    for kind in [Kind::Draft { there: false }, Kind::Manifest { there: false }] {
        let mut tried = Try::new(kind);
        tried.disk.intrude(&tried.file);
        let trouble = tried.keeper.save(&text("new")).unwrap_err();
        assert!(matches!(trouble, Trouble::ChangedMeanwhile(_)), "{trouble:?}");
        assert_eq!(tried.there().as_deref(), Some("them"));
        assert_eq!(tried.left_over(), [] as [PathBuf; 0]);
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told_when_it_is_opened() {
    for step in 0..2 {
        let folder = tempfile::tempdir().unwrap();
        let disk = Rc::new(FaultyDisk::default());
        disk.fail_at(step, Fault::Lasting(NO_SPACE));
        let trouble = Keeper::open(&store(folder.path(), disk), &Target::NewDraft).unwrap_err();
        let Trouble::Unwritten(finding) = trouble else { panic!("{trouble:?}") };
        assert!(finding.message().ends_with("cannot be written: the disk is full"), "{}", finding.message());
    }
}

#[test]
fn after_trouble_it_goes_on_elsewhere() {
    let mut tried = Try::new(Kind::Draft { there: true });
    tried.disk.fail_at(0, Fault::Once(NO_SPACE));
    tried.keeper.save(&text("new")).unwrap_err();
    tried.disk.mend();
    let elsewhere = tried.folder.path().join("elsewhere.yaml");
    tried.keeper.move_to(&Target::Manifest(elsewhere.clone()), &text("new")).unwrap();
    assert!(tried.keeper.is_kept() && tried.keeper.draft().is_none());
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), text("new"));
    assert_eq!(tried.there(), Some(text("old")), "what was there is left");
    assert_eq!(tried.keeper.left_behind(), std::slice::from_ref(&tried.file));
    tried.keeper.save(&text("newer")).unwrap();
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), text("newer"));
}

#[test]
fn where_the_other_place_fails_too_nothing_has_changed() {
    let steps = steps(Kind::Manifest { there: false });
    // Opening it takes a folder for the lock, and a file that is made and deleted.
    for step in 0..steps + 3 {
        let mut tried = Try::new(Kind::Draft { there: true });
        let elsewhere = tried.folder.path().join("elsewhere.yaml");
        tried.disk.fail_at(step, Fault::Once(INPUT_OUTPUT));
        let moved = tried.keeper.move_to(&Target::Manifest(elsewhere.clone()), &text("new"));
        tried.disk.mend();
        // Without a lock it goes on; and what is not deleted at first is deleted later.
        if step == 0 || step == 2 {
            let notices = moved.unwrap();
            assert_eq!(notices.len(), usize::from(step == 0), "{notices:?}");
            assert_eq!(tried.left_over(), [] as [PathBuf; 0], "step {step}");
            continue;
        }
        assert!(matches!(moved, Err(Trouble::Unwritten(_))), "step {step}: {moved:?}");
        assert!(!elsewhere.exists(), "step {step}");
        tried.keeper.save(&text("newer")).unwrap();
        assert_eq!(tried.there(), Some(text("newer")), "step {step}");
        assert_eq!(tried.left_over(), [] as [PathBuf; 0], "step {step}");
    }
}
