//! Lines, as many as came at once.

use std::io::{ErrorKind, Read, Result};

use clearshare::stream::LONGEST;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// How many lines are answered at once where the answers are long.
const FEW: usize = 4;

/// Some lines that follow each other.
#[derive(Debug, Default)]
pub(super) struct Batch {
    turn: u64,
    /// The number of the first line.
    first: u64,
    /// Their bytes, with their ends.
    bytes: Vec<u8>,
    /// Whether the first line was too long, and is not in the bytes: only its end is.
    cut: bool,
}

impl Batch {
    /// When it has its turn, from 0.
    pub(super) fn turn(&self) -> u64 {
        self.turn
    }

    /// Each line with its number. `None` is one that is too long.
    pub(super) fn lines(&self) -> impl Iterator<Item = (u64, Option<&[u8]>)> {
        let bytes = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        let cut = |at: usize| self.cut && at == 0;
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        lines
            .zip(self.first..)
            .map(move |((at, line), number)| (number, Some(line).filter(|line| line.len() <= LONGEST && !cut(at))))
    }
}

/// Reads lines.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    /// What was read beyond the lines that were given out.
    rest: Vec<u8>,
    turn: u64,
    next: u64,
    most: usize,
    ended: bool,
}

impl<R: Read> Lines<R> {
    /// A reader of lines; of few at once, where the answers are long.
    pub(super) fn new(input: R, few: bool) -> Self {
        let most = if few { FEW } else { usize::MAX };
        Self { input, rest: Vec::new(), turn: 0, next: 1, most, ended: false }
    }

    /// Reads the next lines: those that there are, and at least one. False where there are no more.
    ///
    /// It does not wait for more than one line, so a program that writes a line and waits for the answer gets it.
    pub(super) fn read(&mut self, batch: &mut Batch) -> Result<bool> {
        batch.bytes.clear();
        batch.cut = false;
        std::mem::swap(&mut batch.bytes, &mut self.rest);
        let mut looked = 0;
        let end = loop {
            if let Some(end) = self.whole_lines(batch.bytes.get(looked..).unwrap_or_default()) {
                break looked + end;
            }
            if batch.bytes.len() > LONGEST {
                batch.bytes.clear();
                batch.cut = true;
            }
            looked = batch.bytes.len();
            if self.ended || !self.more(&mut batch.bytes)? {
                self.ended = true;
                break batch.bytes.len();
            }
        };
        if end == 0 && !batch.cut {
            return Ok(false);
        }
        self.rest.extend_from_slice(batch.bytes.get(end..).unwrap_or_default());
        batch.bytes.truncate(end);
        batch.turn = self.turn;
        batch.first = self.next;
        self.turn += 1;
        self.next += batch.lines().count() as u64;
        Ok(true)
    }

    /// Where the last of the whole lines ends that are given out together.
    fn whole_lines(&self, bytes: &[u8]) -> Option<usize> {
        let is_end = |byte: &u8| *byte == b'\n';
        if self.most == usize::MAX {
            return bytes.iter().rposition(is_end).map(|at| at + 1);
        }
        let ends = bytes.iter().enumerate().filter(|(_, byte)| is_end(byte));
        ends.take(self.most).last().map(|(at, _)| at + 1)
    }

    /// Reads what there is; false at the end.
    fn more(&mut self, bytes: &mut Vec<u8>) -> Result<bool> {
        let before = bytes.len();
        bytes.resize(before + CHUNK, 0);
        let read = loop {
            match self.input.read(bytes.get_mut(before..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        bytes.truncate(before + read.as_ref().copied().unwrap_or(0));
        Ok(read? > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes at once.
    struct Slow<'b>(&'b [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, to: &mut [u8]) -> Result<usize> {
            let count = self.1.min(self.0.len()).min(to.len());
            let (now, later) = self.0.split_at(count);
            to.get_mut(..count).unwrap_or_default().copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    /// Every line, and of one that is too long nothing.
    fn lines(input: &[u8], at_once: usize, few: bool) -> Vec<(u64, Option<Vec<u8>>)> {
        let mut reader = Lines::new(Slow(input, at_once), few);
        let (mut batch, mut all) = (Batch::default(), Vec::new());
        let mut turn = 0;
        while reader.read(&mut batch).unwrap() {
            assert_eq!(batch.turn(), turn);
            turn += 1;
            all.extend(batch.lines().map(|(number, line)| (number, line.map(<[u8]>::to_vec))));
        }
        assert!(!reader.read(&mut batch).unwrap(), "it stays at its end");
        all
    }

    #[test]
    fn lines_are_those_that_splitting_gives_however_they_come() {
        for text in ["", "a", "a\n", "a\nb", "a\nb\n", "\n", "\n\n", "a\n\nb\n", "ab\ncd\nef\ngh\nij\nkl\nm"] {
            let split: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).split('\n').collect();
            let wanted: Vec<(u64, Option<Vec<u8>>)> = if text.is_empty() {
                Vec::new()
            } else {
                (1..).zip(split).map(|(number, line)| (number, Some(line.as_bytes().to_vec()))).collect()
            };
            for at_once in 1..9 {
                assert_eq!(lines(text.as_bytes(), at_once, false), wanted, "{text:?} {at_once}");
                assert_eq!(lines(text.as_bytes(), at_once, true), wanted, "{text:?} {at_once}");
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_not_held() {
        for (more, fits) in [(0, true), (1, false), (CHUNK * 3, false)] {
            let long = "x".repeat(LONGEST + more);
            for text in [format!("a\n{long}\nb\n"), format!("{long}\nb"), format!("a\n{long}")] {
                let wanted: Vec<(u64, Option<Vec<u8>>)> = (1..)
                    .zip(text.lines())
                    .map(|(number, line)| {
                        (number, Some(line.as_bytes().to_vec()).filter(|line| line.len() < 2 || fits))
                    })
                    .collect();
                for at_once in [CHUNK, 10_007] {
                    assert!(lines(text.as_bytes(), at_once, false) == wanted, "{more} {at_once}");
                }
            }
        }
        let mut reader = Lines::new(std::io::repeat(b'x').take(20 << 20), false);
        let mut batch = Batch::default();
        assert!(reader.read(&mut batch).unwrap());
        assert!(batch.bytes.capacity() < 3 << 20, "{}", batch.bytes.capacity());
        assert!(batch.lines().eq([(1, None)]));
    }
}
