//! Processes that save all the time, and are ended in the middle.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;

use clearshare::model::Date;

use super::disk::RealDisk;
use super::{Keeper, Opened, Store, Target, Trouble};

/// Names the folder in which the child saves.
const FOLDER: &str = "CLEARSHARE_TEST_SAVES_IN";

fn open(folder: &Path) -> Result<Opened, Trouble> {
    let store = Store::at(Rc::new(RealDisk), Some(folder.join("state")), Date::constant(2026, 11, 22));
    Keeper::open(&store, &Target::Manifest(folder.join("a.yaml")))
}

fn text(number: usize) -> String {
    format!("{number}\n").repeat(2000)
}

/// What the processes below run. By itself it is nothing.
#[expect(clippy::exit, reason = "as the program itself ends when it is told to")]
#[test]
fn saves_until_it_is_ended() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let Opened { mut keeper, .. } = open(Path::new(&folder)).unwrap();
    for number in 0..1_000_000 {
        match keeper.save(&text(number)) {
            Ok(()) => {}
            Err(Trouble::Interrupted) => std::process::exit(130),
            Err(trouble) => panic!("{trouble:?}"),
        }
        println!("saved");
    }
}

/// A process that saves, and has saved this often.
fn saving(folder: &Path, times: usize) -> Child {
    let name = format!("{}::saves_until_it_is_ended", module_path!().split_once("::").unwrap().1);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &name, "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (0..times).for_each(|_| assert!(lines.by_ref().any(|line| line.unwrap().contains("saved"))));
    // Whoever reads no further would end it with a broken pipe.
    std::thread::spawn(move || lines.for_each(drop));
    child
}

/// Names in a folder that are no name of ours.
fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "a.yaml" && name != "state").collect()
}

/// One whole text of those that the process saved, the last that it told of or a later one.
#[track_caller]
fn assert_whole(bytes: &[u8], times: usize) {
    let found = String::from_utf8(bytes.to_vec()).unwrap();
    let number: usize = found.lines().next().unwrap().parse().unwrap();
    assert_eq!(found, text(number));
    assert!(number + 1 >= times, "{number} was saved last, after {times} times");
}

#[test]
fn a_process_that_is_killed_leaves_one_whole_text_and_no_lock() {
    for times in 1..8 {
        let folder = tempfile::tempdir().unwrap();
        let mut child = saving(folder.path(), times);
        let trouble = open(folder.path()).unwrap_err();
        let Trouble::InUse(finding) = trouble else { panic!("{trouble:?}") };
        assert!(finding.message().contains(&format!("(process {}, since ", child.id())), "{finding:?}");
        child.kill().unwrap();
        child.wait().unwrap();
        let Opened { mut keeper, found, notices } = open(folder.path()).unwrap();
        assert_whole(&found.unwrap(), times);
        assert_eq!(names(folder.path()), [] as [String; 0], "what was left is taken away");
        assert_eq!(notices, [] as [String; 0]);
        keeper.save("new").unwrap();
    }
}

#[test]
fn ctrl_c_cuts_no_save_in_two() {
    for times in 1..8 {
        let folder = tempfile::tempdir().unwrap();
        let mut child = saving(folder.path(), times);
        let process = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert_whole(&std::fs::read(folder.path().join("a.yaml")).unwrap(), times);
        assert_eq!(names(folder.path()), [] as [String; 0], "it ended what it had begun");
    }
}
