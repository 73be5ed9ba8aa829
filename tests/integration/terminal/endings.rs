//! However it ends, nothing that was answered is lost, and the terminal is as it was.

use rustix::process::Signal;

use super::paper::Size;
use super::person::{CTRL_C, Person};
use super::room::Room;
use super::{SIZES, STEPS, go};

/// What the draft says of each answer in turn.
const KEPT: &[&str] = &[
    "material: none",
    "body: thirsk",
    "personal: yes",
    "about: [adults]",
    "countries: [malta]",
    "gateway: act-c",
    "title: Loft records",
    "told: none",
];

/// The question that takes a line of text.
const TEXT: usize = 6;

/// Somebody at the question with this number, with all before it answered.
#[track_caller]
fn at(room: &Room, number: usize) -> Person {
    let mut person = room.ask(&[]);
    go(&mut person, &STEPS[..number]);
    waits(&mut person, number);
    person
}

#[track_caller]
fn waits(person: &mut Person, number: usize) {
    person.see(STEPS[number].0);
    if number == TEXT {
        person.line();
    } else {
        person.selected();
    }
}

/// Every answer before this question is on the disk, and the interview goes on there.
#[track_caller]
fn nothing_is_lost(room: &Room, number: usize) {
    if number > 0 {
        let draft = room.draft();
        for (index, kept) in KEPT.iter().enumerate() {
            assert_eq!(draft.contains(kept), index < number, "at {number}: {kept} in {draft}");
        }
        let mut person = room.ask(&["--resume"]);
        // Where it is kept is asked when all answers were gone over again.
        waits(&mut person, number.min(TEXT + 2));
        person.press(CTRL_C);
        person.leaves(130);
        assert_eq!(room.draft(), draft);
    }
}

#[track_caller]
fn says_how_to_go_on(room: &Room, person: &mut Person, number: usize) {
    if number == 0 {
        person.see("Stopped. Nothing was answered yet. To begin again: clearshare ask");
        assert!(!person.news().contains("--resume"), "there is nothing to go on with");
        return;
    }
    let name = room.drafts().pop().unwrap();
    person.see("Stopped. Nothing that you answered is lost.").see(&format!("To go on: clearshare ask --resume {name}"));
}

fn ctrl_c_at_every_question(size: Size) {
    for number in 0..STEPS.len() {
        let room = Room::new(size);
        let mut person = at(&room, number);
        person.press(CTRL_C);
        person.leaves(130);
        says_how_to_go_on(&room, &mut person, number);
        nothing_is_lost(&room, number);
    }
}

#[test]
fn ctrl_c_at_every_question_80() {
    ctrl_c_at_every_question(SIZES[0]);
}

#[test]
fn ctrl_c_at_every_question_40() {
    ctrl_c_at_every_question(SIZES[1]);
}

#[test]
fn ctrl_c_at_what_is_asked_beside() {
    let room = Room::new(SIZES[0]);
    let mut person = at(&room, 5);
    person.choose("Show the ones that do not fit here");
    person.see("The ones that do not fit here").selected();
    person.press(CTRL_C);
    person.leaves(130);
    nothing_is_lost(&room, 5);
}

#[test]
fn a_signal_at_every_question() {
    for signal in [Signal::TERM, Signal::HUP] {
        for number in [0, 1, 3, TEXT, 8] {
            let room = Room::new(SIZES[0]);
            let mut person = at(&room, number);
            person.signal(signal);
            person.leaves(130);
            says_how_to_go_on(&room, &mut person, number);
            nothing_is_lost(&room, number);
        }
    }
}

#[test]
fn a_closed_window_at_every_question() {
    for number in [0, 1, 3, TEXT, 8] {
        let room = Room::new(SIZES[0]);
        at(&room, number).close();
        nothing_is_lost(&room, number);
    }
}

#[test]
fn a_kill_at_every_question() {
    for number in 0..STEPS.len() {
        let room = Room::new(SIZES[0]);
        let mut person = at(&room, number);
        person.signal(Signal::KILL);
        person.is_gone();
        nothing_is_lost(&room, number);
    }
}
