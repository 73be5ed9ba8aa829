//! Where answers go, and what is in the way.

use super::room::Room;
use super::{SIZES, STEPS, go};

#[test]
fn two_interviews_on_one_file() {
    for size in SIZES {
        let room = Room::new(size);
        let mut first = room.ask(&["--output", "out.yaml"]);
        go(&mut first, &STEPS[..2]);
        first.see("Is it about people?").selected();
        let before = room.read("out.yaml");
        let mut second = room.ask(&["--output", "out.yaml"]);
        second.leaves(2);
        second.see("is open in another interview").see("nothing was changed");
        assert_eq!(room.read("out.yaml"), before);
        // The first one does not notice.
        first.choose("Yes");
        first.see("About whom?").selected();
        assert!(room.read("out.yaml").contains("personal: yes"));
    }
}

/// A draft that is open elsewhere was only one of those offered.
#[test]
fn a_draft_that_is_open_elsewhere_leads_back_to_the_choice() {
    for size in SIZES {
        let room = Room::new(size);
        let mut first = room.ask(&[]);
        go(&mut first, &STEPS[..2]);
        first.see("Is it about people?").selected();
        let mut second = room.ask(&[]);
        second.see("You have begun before").choose("Go on with");
        second.see("is open in another interview").see("nothing was changed").choose("Start a new interview");
        go(&mut second, &STEPS[..2]);
        second.see("Is it about people?").selected();
        assert_eq!(room.drafts().len(), 2);
        // One that is asked for by name is not replaced by another.
        let named = room.drafts().first().cloned().unwrap();
        let mut third = room.ask(&["--resume", &named]);
        third.leaves(2);
        third.see("is open in another interview");
    }
}

#[test]
fn no_place_for_drafts_is_said_at_once() {
    for size in SIZES {
        let room = Room::new(size);
        // A file stands where the folder should be: nobody can write below it, whoever they are.
        room.file("state", "");
        let mut person = room.ask(&[]);
        person.see("cannot be written").see("Your answers are not kept on disk until you name a place for them.");
        go(&mut person, &STEPS[..9]);
        person.choose("Write it to another file");
        person.answer("state/in.yaml");
        person.see("cannot be written").choose("Write it to another file");
        person.answer("kept.yaml");
        person.leaves(0);
        let kept = room.read("kept.yaml");
        for answer in ["material: none", "body: thirsk", "countries: [malta]", "title: Loft records"] {
            assert!(kept.contains(answer), "{answer} in {kept}");
        }
    }
}

#[test]
fn a_place_that_is_gone_is_said_at_once() {
    for size in SIZES {
        for choice in ["Try again", "Keep my answers in another place", "Go on without keeping them"] {
            let room = Room::new(size);
            room.file("folder/empty", "");
            let mut person = room.ask(&["--output", "folder/out.yaml"]);
            go(&mut person, &STEPS[..2]);
            person.see("Is it about people?").selected();
            std::fs::remove_dir_all(room.path("folder")).unwrap();
            person.choose("Yes");
            person.see("cannot be written").see("make that folder again, or choose another place").selected();
            person.tidy();
            if choice == "Try again" {
                room.file("folder/empty", "");
            }
            person.choose(choice);
            let place = match choice {
                "Try again" => "folder/out.yaml",
                "Keep my answers in another place" => {
                    person.see("Type the name of a new file").answer("other.yaml");
                    "other.yaml"
                }
                _ => {
                    person.see("Nothing is kept from here on.");
                    "data-sharing.yaml"
                }
            };
            go(&mut person, &STEPS[3..9]);
            if choice == "Go on without keeping them" {
                person.choose("Write the manifest to");
            }
            person.leaves(0);
            let kept = room.read(place);
            for answer in ["material: none", "body: thirsk", "personal: yes", "about: [adults]", "title: Loft records"]
            {
                assert!(kept.contains(answer), "{choice}: {answer} in {kept}");
            }
        }
    }
}

/// The system itself refuses to write: that is said before anything else is asked. What was answered is not lost, and is kept
/// once there is room, or where there is.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_becomes_full_is_said_at_once() {
    for size in SIZES {
        for args in [&["--output", "out.yaml"][..], &[]] {
            for choice in ["Try again", "Keep my answers in another place", "Go on without keeping them"] {
                let room = Room::new(size);
                let mut person = room.ask_on_a_disk(args);
                go(&mut person, &STEPS[..2]);
                person.see("Is it about people?").selected();
                let file = |room: &Room| if args.is_empty() { room.draft() } else { room.read("out.yaml") };
                let before = file(&room);
                person.fill_the_disk(true);
                person.choose("Yes");
                person.see("cannot be written").selected();
                person.tidy();
                assert!(!person.news().contains("About whom?"), "nothing else is asked before");
                assert_eq!(file(&room), before, "what was kept is whole");
                // It is no use until there is room.
                person.choose("Try again");
                person.see("cannot be written").selected();
                assert_eq!(file(&room), before);
                if choice == "Go on without keeping them" {
                    person.choose(choice);
                    person.see("Nothing is kept from here on.");
                    go(&mut person, &STEPS[3..8]);
                    assert_eq!(file(&room), before, "it goes on in memory");
                    person.see("Your answers").choose("All is right");
                    // There is no room yet, and then there is.
                    person.see("Where should your answers be kept?").choose("Write the manifest to");
                    person.see("cannot be written").selected();
                    person.fill_the_disk(false);
                    person.choose("Write the manifest to");
                } else {
                    person.fill_the_disk(false);
                    person.choose(choice);
                    if choice != "Try again" {
                        person.see("Type the name of a new file").answer("other.yaml");
                    }
                    go(&mut person, &STEPS[3..if args.is_empty() && choice == "Try again" { 10 } else { 9 }]);
                }
                person.leaves(0);
                let kept = match choice {
                    "Try again" => file(&room),
                    "Keep my answers in another place" => room.read("other.yaml"),
                    _ => room.read("data-sharing.yaml"),
                };
                for answer in ["material: none", "personal: yes", "about: [adults]", "title: Loft records"] {
                    assert!(kept.contains(answer), "{choice}: {answer} in {kept}");
                }
            }
        }
    }
}
