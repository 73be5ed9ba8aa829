//! The passphrase of a key, asked for in a terminal.

use super::SIZES;
use super::room::Room;
use crate::record_keys::Key;
use crate::records::Advised;

const SIGN: [&str; 7] = ["record", "sign", "x.record.json", "--role", "owner", "--key", "key"];

fn room(size: super::paper::Size) -> Room {
    let room = Room::new(size).bundled();
    room.file("x.record.json", Advised::example("official-sensitive-public-cloud.yaml").fitting().bytes);
    room.file("key", Key::ed25519(1).locked("tŷ bach"));
    room
}

#[test]
fn a_passphrase_is_asked_for_and_never_shown() {
    for size in SIZES {
        let room = room(size);
        let mut person = room.run(&SIGN);
        person.see("Passphrase of `key`, which is not shown:").press("gŵyl\r");
        person.see("That does not unlock it.").press("tŷ bach\r");
        person.leaves(0);
        let all = person.all();
        assert!(all.contains("Signed x.record.json as owner"), "{all}");
        assert!(!all.contains("bach") && !all.contains("yl"), "{all}");
        assert!(room.path("x.record.json.owner.sig").is_file());
    }
}

#[test]
fn whoever_breaks_off_has_signed_nothing() {
    let room = room(SIZES[0]);
    let mut person = room.run(&SIGN);
    person.see("which is not shown:").press("\u{3}");
    person.leaves(130);
    assert!(person.all().contains("interrupted: nothing was signed"), "{}", person.all());
    assert!(!room.path("x.record.json.owner.sig").exists());
}
