//! A ZIP file of parts that are stored as they are.
//!
//! Its bytes depend on nothing but its parts: no clock, and no compressor that may change. Readers of OpenDocument look for the kind of
//! file at a fixed place of the first part, so nothing may stand between a part's name and its bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The parts, in this order. None where they are too large for the format (4 GiB).
pub(super) fn stored(parts: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    // The first day that the format can name: every part has it.
    let day = DateTime::default();
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(day);
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        file.start_file(*name, options).ok()?;
        file.write_all(bytes).ok()?;
    }
    Some(file.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::stored;

    #[test]
    fn the_first_part_is_where_readers_look_for_the_kind_of_file() {
        let file = stored(&[("mimetype", b"a/b"), ("x/y", b"")]).unwrap();
        assert_eq!(&file[..4], b"PK\x03\x04");
        // No flags, stored, midnight of 1980-01-01.
        assert_eq!(&file[6..14], [0, 0, 0, 0, 0, 0, 0x21, 0]);
        // Nothing between the name and the bytes.
        assert_eq!((&file[28..30], &file[30..41]), (&[0, 0][..], &b"mimetypea/b"[..]));
        // The directory begins where its end says, and is as long.
        let end = file.len() - 22;
        let number = |at: usize| usize::try_from(u32::from_le_bytes(file[at..at + 4].try_into().unwrap())).unwrap();
        assert_eq!((&file[end..end + 4], file[end + 8], file[end + 10]), (&b"PK\x05\x06"[..], 2, 2));
        assert_eq!(number(end + 16) + number(end + 12), end);
        assert_eq!(&file[number(end + 16)..number(end + 16) + 4], b"PK\x01\x02");
    }
}
