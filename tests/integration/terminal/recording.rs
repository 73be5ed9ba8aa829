//! `clearshare record new` in a real terminal.

use super::SIZES;
use super::paper::Size;
use super::person::{CTRL_C, ESC, Person};
use super::room::Room;

/// A room with a manifest, and somebody who is asked what was decided on it.
fn begun(size: Size) -> (Room, Person) {
    let room = Room::new(size).bundled();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/official-sensitive-public-cloud.yaml");
    room.file("x.yaml", std::fs::read(example).unwrap());
    let person = room.run(&["record", "new", "x.yaml", "--as-of", "2026-11-22"]);
    (room, person)
}

/// Up to the question whether all of it is right.
fn answered(person: &mut Person) {
    person.see("What is decided?").see("The advice is READY").choose("Share with conditions");
    person.see("Are there other conditions?").choose("Add a condition");
    person.answer("Only until spring");
    person.end_line_out();
    person.end_line_out();
    person.see("Only until spring").choose("That is all");
    person.see("Why is it decided so?").answer("It is needed.");
    person.see("→ It is needed.").see("Who decided?").answer("Ada Example");
    person.see("→ Ada Example");
    person.answer("Information asset owner");
    person.see("When was it decided?").answer("");
    person.end_line_out();
    person.see("Whose view was asked?").choose("Nobody's");
    person.see("Did somebody ask for the data?").choose("No");
    person.see("What shows that this is so?").choose("Nothing that I want to name");
    person.see("Is there more for the regulator's decision form?").choose("No");
    person.see("What will be recorded").see("Is all of it right?");
}

fn whole(size: Size) {
    let (room, mut person) = begun(size);
    answered(&mut person);
    person.choose("Yes: write the record");
    person.see("The decision is recorded in x.record.json.");
    person.leaves(0);
    let record = room.read("x.record.json");
    assert!(
        record.contains("\"choice\":\"share-with-conditions\"") && record.contains("Only until spring"),
        "{record}"
    );
    assert_eq!(room.made().len(), 2);
}

#[test]
fn a_decision_is_asked_and_written() {
    SIZES.into_iter().for_each(whole);
}

#[test]
fn ctrl_c_and_stopping_leave_nothing() {
    for size in SIZES {
        for by in ["key", "choice"] {
            let (room, mut person) = begun(size);
            answered(&mut person);
            if by == "key" {
                person.selected();
                person.press(CTRL_C);
            } else {
                person.end_list(ESC);
                person.choose("Stop, and write nothing");
            }
            person.leaves(130);
            person.see("nothing was written");
            assert_eq!(room.made().len(), 1, "only the manifest: {by}");
        }
    }
}
