//! A ZIP file of parts that are stored as they are.
//!
//! An ODT needs no more than this, and so its bytes depend on nothing but its parts: no clock, and no compressor that may change. What
//! is written is checked by other programs: see `tests/external/record_documents`.

/// The first day that the format can name: every part has it.
const DAY: u16 = 1 << 5 | 1;

/// The version of the format that is needed to read it.
const VERSION: u16 = 20;

/// The parts, in this order. None where they are too large for the format (4 GiB).
pub(super) fn stored(parts: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let offset = u32::try_from(file.len()).ok()?;
        let common = common(name, bytes)?;
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(name.as_bytes());
        file.extend(*bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&common);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(parts.len()).ok()?.to_le_bytes();
    let start = u32::try_from(file.len()).ok()?.to_le_bytes();
    let size = u32::try_from(directory.len()).ok()?.to_le_bytes();
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    for field in [&count[..], &count, &size, &start, &[0, 0]] {
        file.extend(field);
    }
    Some(file)
}

/// What stands in both heads of a part: from the version that is needed to the length of what is left out.
fn common(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let size = u32::try_from(bytes.len()).ok()?.to_le_bytes();
    let length = u16::try_from(name.len()).ok()?.to_le_bytes();
    let mut head = Vec::with_capacity(26);
    // No flags, and the method "stored".
    for field in [&VERSION.to_le_bytes()[..], &[0; 4], &[0; 2], &DAY.to_le_bytes()] {
        head.extend(field);
    }
    for field in [&crc_32(bytes).to_le_bytes()[..], &size, &size, &length, &[0; 2]] {
        head.extend(field);
    }
    Some(head)
}

/// The checksum of the format (ISO 3309).
fn crc_32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        let mixed = (crc ^ u32::from(*byte)) & 0xff;
        let at = usize::try_from(mixed).unwrap_or_default();
        TABLE.get(at).copied().unwrap_or_default() ^ (crc >> 8)
    };
    !bytes.iter().fold(!0, step)
}

const TABLE: [u32; 256] = table();

#[expect(clippy::indexing_slicing, reason = "evaluated when this is compiled")]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    let mut value: u32 = 0;
    while at < 256 {
        let mut entry = value;
        let mut bit = 0;
        while bit < 8 {
            entry = if entry & 1 == 1 { (entry >> 1) ^ 0xedb8_8320 } else { entry >> 1 };
            bit += 1;
        }
        table[at] = entry;
        at += 1;
        value += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{crc_32, stored};

    #[test]
    fn the_checksum_is_the_one_that_others_compute() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc_32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc_32(b""), 0);
    }

    #[test]
    fn the_first_part_is_where_readers_look_for_the_kind_of_file() {
        let file = stored(&[("mimetype", b"a/b"), ("x/y", b"")]).unwrap();
        assert_eq!(&file[..4], b"PK\x03\x04");
        assert_eq!(&file[30..41], b"mimetypea/b");
        // The directory begins where its end says, and is as long.
        let end = file.len() - 22;
        let number = |at: usize| usize::try_from(u32::from_le_bytes(file[at..at + 4].try_into().unwrap())).unwrap();
        assert_eq!((&file[end..end + 4], file[end + 8], file[end + 10]), (&b"PK\x05\x06"[..], 2, 2));
        assert_eq!(number(end + 16) + number(end + 12), end);
        assert_eq!(&file[number(end + 16)..number(end + 16) + 4], b"PK\x01\x02");
    }
}
