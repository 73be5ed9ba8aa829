//! Places that are not what they should be.

use std::path::Path;
use std::rc::Rc;

use clearshare::finding::{Code, Finding};
use clearshare::model::Date;

use super::disk::RealDisk;
use super::{Keeper, Opened, Store, Target, Trouble};

fn store(folder: &Path) -> Store {
    Store::at(Rc::new(RealDisk), Some(folder.join("state")), Date::constant(2026, 11, 22))
}

fn open(folder: &Path, target: &Target) -> Result<Opened, Trouble> {
    Keeper::open(&store(folder), target)
}

fn manifest(folder: &Path) -> Target {
    Target::Manifest(folder.join("a.yaml"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[track_caller]
fn finding(trouble: &Trouble) -> &Finding {
    let finding = trouble.finding().expect("it has words");
    assert!(finding.help_text().is_some(), "{finding:?}");
    finding
}

/// A draft with some bytes, put there by hand.
fn draft(folder: &Path, bytes: impl AsRef<[u8]>) -> std::path::PathBuf {
    let path = folder.join("state/drafts/2026-11-22-1.yaml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
}

fn the_draft() -> Target {
    Target::Draft("2026-11-22-1".to_owned())
}

#[test]
fn a_new_draft_has_the_next_name_and_no_file_before_the_first_save() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = open(folder.path(), &Target::NewDraft).unwrap().keeper;
    let mut second = open(folder.path(), &Target::NewDraft).unwrap().keeper;
    assert_eq!((first.draft(), second.draft()), (Some("2026-11-22-1"), Some("2026-11-22-2")));
    assert_eq!(std::fs::read_dir(folder.path().join("state/drafts")).unwrap().count(), 0);
    first.save("a").unwrap();
    second.save("b").unwrap();
    let (place, other) = (first.place().unwrap().to_path_buf(), second.place().unwrap().to_path_buf());
    drop(first);
    second.discard().unwrap();
    assert!(!second.is_kept() && !other.exists());
    assert_eq!(read(&place), "a");
    let Opened { keeper, found, notices } = open(folder.path(), &the_draft()).unwrap();
    assert_eq!((found.as_deref(), notices.len()), (Some(b"a".as_slice()), 0));
    drop(keeper);
    drop(second);
    assert_eq!(open(folder.path(), &Target::NewDraft).unwrap().keeper.draft(), Some("2026-11-22-2"));
}

#[test]
fn a_draft_that_is_open_is_not_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut keeper = open(folder.path(), &Target::NewDraft).unwrap().keeper;
    keeper.save("a").unwrap();
    let trouble = store(folder.path()).remove("2026-11-22-1").unwrap_err();
    assert!(matches!(trouble, Trouble::InUse(_)), "{trouble:?}");
    assert_eq!(read(keeper.place().unwrap()), "a");
    drop(keeper);
    store(folder.path()).remove("2026-11-22-1").unwrap();
    assert!(store(folder.path()).drafts().unwrap().is_empty());
}

#[test]
fn a_second_interview_is_told_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path(), &manifest(folder.path())).unwrap();
    // By another way to the same file.
    let other = Target::Manifest(folder.path().join("state/../a.yaml"));
    let trouble = open(folder.path(), &other).unwrap_err();
    assert!(matches!(trouble, Trouble::InUse(_)), "{trouble:?}");
    // Elsewhere a locked file cannot be read.
    let who = if cfg!(unix) { format!(" (process {}, since ", std::process::id()) } else { String::new() };
    assert!(finding(&trouble).message().contains(&format!("is open in another interview{who}")), "{trouble:?}");
    drop(first);
    open(folder.path(), &other).unwrap();
}

#[test]
fn what_somebody_else_wrote_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    std::fs::write(&path, "mine").unwrap();
    let mut keeper = open(folder.path(), &manifest(folder.path())).unwrap().keeper;
    // As long as before and with the time of before: only the bytes are different.
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    std::fs::write(&path, "them").unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    for _ in 0..2 {
        let trouble = keeper.save("next").unwrap_err();
        assert!(matches!(trouble, Trouble::ChangedMeanwhile(_)), "{trouble:?}");
        finding(&trouble);
        assert_eq!(read(&path), "them");
    }
    assert!(matches!(keeper.discard().unwrap_err(), Trouble::Unwritten(_)), "it was there before");
    assert_eq!(keeper.reread().unwrap().as_deref(), Some(b"them".as_slice()));
    keeper.save("next").unwrap();
    assert_eq!(read(&path), "next");
    std::fs::remove_file(&path).unwrap();
    keeper.save("again").unwrap();
    assert_eq!(read(&path), "again", "what is gone is written anew");
}

#[test]
fn what_came_where_nothing_was_is_not_written_over_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    let mut keeper = open(folder.path(), &manifest(folder.path())).unwrap().keeper;
    std::fs::write(&path, "them").unwrap();
    assert!(matches!(keeper.save("mine").unwrap_err(), Trouble::ChangedMeanwhile(_)));
    assert!(matches!(keeper.discard().unwrap_err(), Trouble::ChangedMeanwhile(_)));
    assert_eq!(read(&path), "them");
    std::fs::remove_file(&path).unwrap();
    keeper.save("mine").unwrap();
    keeper.discard().unwrap();
    assert!(!path.exists(), "this interview made it");
}

#[test]
fn a_place_with_something_in_it_is_not_moved_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    std::fs::write(&path, "them").unwrap();
    let mut keeper = Keeper::in_memory(&store(folder.path()));
    keeper.save("mine").unwrap();
    assert!(!keeper.is_kept() && keeper.place().is_none());
    let trouble = keeper.move_to(&manifest(folder.path()), "mine").unwrap_err();
    assert!(finding(&trouble).message().contains("is there already"));
    assert_eq!(read(&path), "them");
    keeper.move_to(&Target::NewDraft, "mine").unwrap();
    assert!(keeper.is_kept() && keeper.left_behind().is_empty());
}

#[test]
fn without_a_home_a_manifest_is_kept_without_a_lock_and_a_draft_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(Rc::new(RealDisk), None, Date::constant(2026, 11, 22));
    for target in [Target::NewDraft, the_draft()] {
        let trouble = Keeper::open(&store, &target).unwrap_err();
        assert!(finding(&trouble).message().contains("drafts cannot be kept"), "{trouble:?}");
    }
    let Opened { mut keeper, notices, .. } = Keeper::open(&store, &manifest(folder.path())).unwrap();
    assert!(notices[0].contains("no lock can be kept"), "{notices:?}");
    keeper.save("a").unwrap();
    assert_eq!(read(&folder.path().join("a.yaml")), "a");
}

#[test]
fn each_bad_place_for_a_manifest_has_its_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    std::fs::write(folder.path().join("file"), "x").unwrap();
    std::fs::write(folder.path().join("huge"), vec![b'x'; (1 << 20) + 1]).unwrap();
    for (place, code, words) in [
        ("folder", Code::NotAFile, "is a folder"),
        ("folder/..", Code::CannotWrite, "it is a folder"),
        ("nowhere/a.yaml", Code::CannotWrite, "there is no folder"),
        ("file/a.yaml", Code::CannotWrite, "a part of its path is a file"),
        ("huge", Code::FileTooLarge, "more than 1048576 bytes"),
    ] {
        let trouble = open(folder.path(), &Target::Manifest(folder.path().join(place))).unwrap_err();
        assert_eq!(finding(&trouble).code(), code, "{place}: {trouble:?}");
        assert!(finding(&trouble).message().contains(words), "{place}: {trouble:?}");
    }
    let trouble = open(folder.path(), &Target::Manifest("-".into())).unwrap_err();
    assert!(finding(&trouble).message().contains("standard output"));
}

#[test]
fn a_folder_that_went_away_is_told_and_the_next_save_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    let mut keeper = open(folder.path(), &manifest(&inner)).unwrap().keeper;
    keeper.save("a").unwrap();
    std::fs::remove_dir_all(&inner).unwrap();
    let trouble = keeper.save("b").unwrap_err();
    assert!(matches!(trouble, Trouble::Unwritten(_)), "{trouble:?}");
    std::fs::create_dir(&inner).unwrap();
    keeper.save("c").unwrap();
    assert_eq!(read(&inner.join("a.yaml")), "c");
}

#[test]
fn a_text_that_could_not_be_read_again_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut keeper = open(folder.path(), &Target::NewDraft).unwrap().keeper;
    keeper.save("a").unwrap();
    let trouble = keeper.save(&"x".repeat((1 << 20) + 1)).unwrap_err();
    assert!(finding(&trouble).message().contains("1048576 bytes at most"), "{trouble:?}");
    assert_eq!(read(keeper.place().unwrap()), "a");
}

#[test]
fn a_name_of_a_draft_never_leads_out_of_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    draft(folder.path(), "x");
    std::fs::write(folder.path().join("state/other.yaml"), "x").unwrap();
    for name in ["../other", "2026-11-22-2", "", "/etc/passwd", "2026-11-22-1.yaml"] {
        let trouble = open(folder.path(), &Target::Draft(name.to_owned())).unwrap_err();
        assert_eq!(finding(&trouble).code(), Code::FileNotFound, "{name}");
        assert!(store(folder.path()).remove(name).is_err(), "{name}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_draft_is_for_its_owner_alone_and_a_manifest_keeps_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let mut keeper = open(folder.path(), &Target::NewDraft).unwrap().keeper;
        keeper.save("a").unwrap();
        keeper.save("b").unwrap();
        let place = keeper.place().unwrap();
        assert_eq!(mode(place), 0o600);
        for folder in [place.parent().unwrap(), &folder.path().join("state"), &folder.path().join("state/locks")] {
            assert_eq!(mode(folder), 0o700, "{}", folder.display());
        }
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "old").unwrap();
        for kept in [0o600, 0o640, 0o664, 0o755] {
            set_mode(&path, kept);
            open(folder.path(), &manifest(folder.path())).unwrap().keeper.save("new").unwrap();
            assert_eq!(mode(&path), kept);
        }
        set_mode(&path, 0o4755);
        open(folder.path(), &manifest(folder.path())).unwrap().keeper.save("newer").unwrap();
        assert_eq!(mode(&path), 0o755);
        std::fs::remove_file(&path).unwrap();
        open(folder.path(), &manifest(folder.path())).unwrap().keeper.save("new").unwrap();
        // As any file that is made with 0644 here, whatever the umask of these tests is.
        let made = folder.path().join("b");
        std::os::unix::fs::OpenOptionsExt::mode(std::fs::File::options().write(true).create(true), 0o644)
            .open(&made)
            .unwrap();
        assert_eq!(mode(&path), mode(&made));
    }

    #[test]
    fn a_read_only_manifest_is_not_got_round() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "old").unwrap();
        let mut keeper = open(folder.path(), &manifest(folder.path())).unwrap().keeper;
        set_mode(&path, 0o444);
        let trouble = keeper.save("new").unwrap_err();
        assert!(finding(&trouble).message().contains("it is read-only"));
        drop(keeper);
        let trouble = open(folder.path(), &manifest(folder.path())).unwrap_err();
        assert!(finding(&trouble).message().contains("it is read-only"));
        assert_eq!(read(&path), "old");
    }

    #[test]
    fn of_a_link_what_it_leads_to_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (link, real) = (folder.path().join("a.yaml"), folder.path().join("real"));
        std::fs::create_dir(&real).unwrap();
        symlink("b.yaml", &link).unwrap();
        symlink(real.join("c.yaml"), folder.path().join("b.yaml")).unwrap();
        let mut keeper = open(folder.path(), &manifest(folder.path())).unwrap().keeper;
        keeper.save("a").unwrap();
        keeper.save("b").unwrap();
        assert_eq!(read(&real.join("c.yaml")), "b");
        assert!(link.is_symlink() && folder.path().join("b.yaml").is_symlink());
        // The same file by its own name is in use.
        let by_name = Target::Manifest(real.join("c.yaml"));
        assert!(matches!(open(folder.path(), &by_name), Err(Trouble::InUse(_))));
        std::fs::remove_file(&link).unwrap();
        symlink(real.join("d.yaml"), &link).unwrap();
        assert!(matches!(keeper.save("c"), Err(Trouble::ChangedMeanwhile(_))), "it leads elsewhere now");
        assert!(!real.join("d.yaml").exists());
        std::fs::remove_file(&link).unwrap();
        symlink("a.yaml", &link).unwrap();
        drop(keeper);
        let trouble = open(folder.path(), &manifest(folder.path())).unwrap_err();
        assert!(finding(&trouble).message().contains("links lead in a circle"), "{trouble:?}");
    }

    /// Neither opened nor read, and said so.
    #[track_caller]
    fn refused(folder: &Path, words: &str) {
        for target in [the_draft(), Target::Manifest(folder.join("state/drafts/2026-11-22-1.yaml"))] {
            if words.contains("link") && target != the_draft() {
                continue;
            }
            let trouble = open(folder, &target).unwrap_err();
            assert!(matches!(trouble, Trouble::Unreadable(_)), "{trouble:?}");
            assert!(finding(&trouble).message().contains(words), "{trouble:?}");
        }
        let drafts = store(folder).drafts().unwrap();
        assert_eq!(drafts.len(), 1);
        assert!(finding(&drafts[0].read().unwrap_err()).message().contains(words));
    }

    #[test]
    fn what_is_no_file_of_ours_is_neither_followed_nor_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = draft(folder.path(), "x");
        let elsewhere = folder.path().join("elsewhere");
        std::fs::write(&elsewhere, "secret").unwrap();
        std::fs::remove_file(&path).unwrap();
        symlink(&elsewhere, &path).unwrap();
        refused(folder.path(), "is a link");
        store(folder.path()).remove("2026-11-22-1").unwrap();
        assert_eq!(read(&elsewhere), "secret", "the link is deleted, and not what it leads to");
        std::fs::create_dir(&path).unwrap();
        refused(folder.path(), "is a folder");
        assert!(store(folder.path()).remove("2026-11-22-1").is_err());
        std::fs::remove_dir(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        refused(folder.path(), "is not a file");
        assert!(store(folder.path()).remove("2026-11-22-1").is_err());
        assert!(path.exists(), "nothing is deleted that is no draft");
    }

    #[test]
    fn a_draft_that_others_can_read_is_said_and_closed() {
        let folder = tempfile::tempdir().unwrap();
        let path = draft(folder.path(), "x");
        set_mode(&path, 0o644);
        set_mode(path.parent().unwrap(), 0o755);
        assert!(store(folder.path()).drafts().unwrap()[0].seen_by_others);
        let Opened { mut keeper, notices, .. } = open(folder.path(), &the_draft()).unwrap();
        assert!(notices[0].contains("Other users of this machine could read"), "{notices:?}");
        keeper.save("y").unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert!(!store(folder.path()).drafts().unwrap()[0].seen_by_others);
    }

    #[test]
    fn what_belongs_to_another_user_is_refused() {
        // Only root can give a file away: elsewhere, a file of root's stands in for it.
        let folder = tempfile::tempdir().unwrap();
        let path = draft(folder.path(), "x");
        let me = rustix::process::geteuid();
        if !me.is_root() {
            let seen = super::super::look::look(Path::new("/etc/passwd"), &path, super::super::look::Whose::Own);
            assert!(finding(&seen.unwrap_err()).message().contains("belongs to another user"));
            return;
        }
        std::os::unix::fs::chown(&path, Some(65534), None).unwrap();
        let trouble = open(folder.path(), &the_draft()).unwrap_err();
        assert!(finding(&trouble).message().contains("belongs to another user"), "{trouble:?}");
        assert!(store(folder.path()).remove("2026-11-22-1").is_err());
        std::os::unix::fs::chown(path.parent().unwrap(), Some(65534), None).unwrap();
        let trouble = open(folder.path(), &Target::NewDraft).unwrap_err();
        assert!(finding(&trouble).message().contains("belongs to another user"), "{trouble:?}");
        assert_eq!(read(&path), "x");
    }
}
