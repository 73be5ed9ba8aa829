//! An answer to the safety questions that ends them is kept nowhere.

use super::person::{ESC, Person};
use super::room::Room;
use super::{SIZES, STEPS, go};

/// Somebody whose answer ends the questions, at the first question or after they answered others.
fn screened(room: &Room, before: bool, args: &[&str]) -> Person {
    let mut person = room.ask(args);
    if before {
        go(&mut person, &STEPS[..3]);
        person.see("About whom?").end_list(ESC);
        person.choose("Go back");
        person.see("Is it about people?").choose("Go back");
        person.see("Who shares?").end_list(ESC);
        person.choose("Go back");
    }
    person.see("Is any of it one of these?");
    if before {
        person.tick(&["None of these"]);
        person.tick(&["None of these"]);
    }
    person.choose_all(&["From the pigeons"]);
    person.see("Speak to the security team").see("Call the security team");
    person
}

/// Nothing of the answer is in any file.
#[track_caller]
fn nothing_of_it(room: &Room) {
    for (path, bytes) in room.made() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["pigeon", "spies", "loft", "sealed", "screen", "material"] {
            assert!(!text.contains(word) && !path.contains(word), "{word} in {path}: {text}");
        }
    }
}

#[test]
fn it_ends_at_the_first_question() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = screened(&room, false, &[]);
        person.leaves(1);
        nothing_of_it(&room);
        assert!(room.drafts().is_empty());
        person.tidy();
    }
}

#[test]
fn what_was_answered_before_is_kept_or_deleted() {
    for size in SIZES {
        for (args, file) in [(vec![], None), (vec!["--output", "out.yaml"], Some("out.yaml"))] {
            for (delete, left) in [("No", true), ("Yes", false)] {
                let room = Room::new(size);
                let mut person = screened(&room, true, &args);
                person.see("Your other answers are still in").see("Delete them?").selected();
                nothing_of_it(&room);
                person.choose(delete);
                person.leaves(1);
                nothing_of_it(&room);
                let is_left = file.map_or(!room.drafts().is_empty(), |file| room.path(file).exists());
                assert_eq!(is_left, left, "{delete} {file:?}");
            }
        }
    }
}
