//! Remembers what operations on diagrams gave.

/// What is done to diagrams. No code is zero, so that no remembered key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    And = 1,
    Or = 2,
    Not = 3,
}

/// A table that has grown beyond this is given back when the memo is emptied.
const KEPT_SLOTS: usize = 4096;

/// Results by operation and operands. Nothing is ever displaced: an operation asked for again
/// must not be worked out again, or the work could grow without the number of nodes growing.
#[derive(Clone, Debug, Default)]
pub(super) struct OperationMemo {
    slots: Vec<(u64, u32)>,
    used: usize,
}

impl OperationMemo {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.slots.truncate(KEPT_SLOTS);
        self.slots.fill((0, 0));
        self.slots.resize(KEPT_SLOTS, (0, 0));
        self.used = 0;
    }

    /// What the operation gave, if it was remembered.
    pub(super) fn get(&self, operation: Operation, a: u32, b: u32) -> Option<u32> {
        let key = key(operation, a, b);
        let mut at = self.home(key)?;
        loop {
            match self.slots.get(at)? {
                (0, _) => return None,
                (found, result) if *found == key => return Some(*result),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Remembers what the operation gave.
    pub(super) fn insert(&mut self, operation: Operation, a: u32, b: u32, result: u32) {
        if self.used * 2 >= self.slots.len() {
            let grown = vec![(0, 0); (self.slots.len() * 2).max(KEPT_SLOTS)];
            let old = std::mem::replace(&mut self.slots, grown);
            for (key, result) in old.into_iter().filter(|(key, _)| *key != 0) {
                self.place(key, result);
            }
        }
        self.place(key(operation, a, b), result);
        self.used += 1;
    }

    fn place(&mut self, key: u64, result: u32) {
        let Some(mut at) = self.home(key) else { return };
        while self.slots.get(at).is_some_and(|(found, _)| *found != 0 && *found != key) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (key, result);
        }
    }

    fn home(&self, key: u64) -> Option<usize> {
        let mixed = (key ^ (key >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Some((mixed >> 32) as usize & self.slots.len().checked_sub(1)?)
    }
}

/// Node numbers stay below `2^31`: the budget sees to that.
fn key(operation: Operation, a: u32, b: u32) -> u64 {
    (operation as u64) << 62 | u64::from(a) << 31 | u64::from(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_everything_until_cleared() {
        let mut memo = OperationMemo::default();
        assert_eq!(memo.get(Operation::And, 2, 3), None);
        for i in 0..20_000 {
            memo.insert(Operation::And, i, i + 1, i + 7);
            memo.insert(Operation::Or, i, i + 1, i + 8);
        }
        for i in 0..20_000 {
            assert_eq!(memo.get(Operation::And, i, i + 1), Some(i + 7));
            assert_eq!(memo.get(Operation::Or, i, i + 1), Some(i + 8));
            assert_eq!(memo.get(Operation::Not, i, i + 1), None);
        }
        memo.clear();
        assert_eq!(memo.get(Operation::And, 2, 3), None);
    }
}
