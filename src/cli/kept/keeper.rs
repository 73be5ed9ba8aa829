//! The keeper of one interview's text.

use std::path::{Path, PathBuf};

use super::spot::{Found, Spot, Target};
use super::store::Store;
use super::trouble::Trouble;
use crate::cli::interrupt::Held;

/// Keeps the text of an interview: the one way to the disk. It holds the lock until it is dropped.
pub(in crate::cli) struct Keeper {
    store: Store,
    spot: Option<Spot>,
    /// The text that was last given is on the disk.
    kept: bool,
    left_behind: Vec<PathBuf>,
}

/// What was found at a place.
pub(in crate::cli) struct Opened {
    /// Keeps what comes.
    pub(in crate::cli) keeper: Keeper,
    /// What is there: at most as many bytes as a manifest may have. Whether it can be read is for the manifest's reader to say.
    pub(in crate::cli) found: Option<Vec<u8>>,
    /// What to know, in whole sentences.
    pub(in crate::cli) notices: Vec<String>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Answers go nowhere but to their place.
        f.debug_struct("Opened").field("place", &self.keeper.place()).finish_non_exhaustive()
    }
}

impl Keeper {
    /// Opens a place, locks it, and tries whether it can be written to. Nothing there is changed.
    pub(in crate::cli) fn open(store: &Store, target: &Target) -> Result<Opened, Trouble> {
        let _held = Held::new();
        let Found { spot, bytes, notices } = Spot::open(store, target)?;
        let keeper = Self { store: store.clone(), spot: Some(spot), kept: false, left_behind: Vec::new() };
        Ok(Opened { keeper, found: bytes, notices })
    }

    /// Keeps nothing until it is moved to a place.
    pub(in crate::cli) fn in_memory(store: &Store) -> Self {
        Self { store: store.clone(), spot: None, kept: false, left_behind: Vec::new() }
    }

    /// Puts the whole text in its place. When this returns without trouble, a loss of power does not lose it.
    ///
    /// Ctrl-C does not cut it in two: the text is saved, and then `Trouble::Interrupted` says that the program is to end.
    /// In memory there is nothing to do, and no trouble.
    pub(in crate::cli) fn save(&mut self, text: &str) -> Result<(), Trouble> {
        let Some(spot) = &mut self.spot else { return Ok(()) };
        let held = Held::new();
        self.kept = false;
        spot.save(self.store.disk(), text)?;
        self.kept = true;
        held.go_on().map_err(|_| Trouble::Interrupted)
    }

    /// Where drafts are.
    pub(in crate::cli) fn store(&self) -> &Store {
        &self.store
    }

    /// Whether the text that was last given is on the disk.
    #[cfg_attr(not(test), expect(dead_code, reason = "what the tests of faults look at"))]
    pub(in crate::cli) fn is_kept(&self) -> bool {
        self.kept
    }

    /// Where it is kept, as people know it. In memory, nowhere.
    pub(in crate::cli) fn place(&self) -> Option<&Path> {
        self.spot.as_ref().map(Spot::name)
    }

    /// The name of the draft, to go on with it later.
    pub(in crate::cli) fn draft(&self) -> Option<&str> {
        self.spot.as_ref().and_then(Spot::draft)
    }

    /// Reads what somebody else put there. From now on that is known, and the next save replaces it.
    pub(in crate::cli) fn reread(&mut self) -> Result<Option<Vec<u8>>, Trouble> {
        self.spot.as_mut().map_or(Ok(None), Spot::reread)
    }

    /// Goes on in another place, where nothing is yet: the text is saved there first. With trouble nothing has changed.
    /// Returns what to know, in whole sentences.
    pub(in crate::cli) fn move_to(&mut self, target: &Target, text: &str) -> Result<Vec<String>, Trouble> {
        let held = Held::new();
        let Found { mut spot, bytes, notices } = Spot::open(&self.store, target)?;
        if bytes.is_some() {
            let why = "something is there already, which is not written over";
            return Err(Trouble::cannot_write(spot.name(), why, "choose a name that nothing has yet"));
        }
        if let Err(trouble) = spot.save(self.store.disk(), text) {
            // It may be there, but not be sure to last.
            drop(spot.discard(self.store.disk()));
            return Err(trouble);
        }
        self.kept = true;
        let before = self.spot.replace(spot).filter(Spot::holds_something);
        self.left_behind.extend(before.map(|before| before.name().to_path_buf()));
        held.go_on().map(|()| notices).map_err(|_| Trouble::Interrupted)
    }

    /// Files with an older text, which the interview moved away from. They are left as they are.
    pub(in crate::cli) fn left_behind(&self) -> &[PathBuf] {
        &self.left_behind
    }

    /// Deletes the draft, or the manifest that this interview made. Nothing else is ever deleted.
    pub(in crate::cli) fn discard(&mut self) -> Result<(), Trouble> {
        let _held = Held::new();
        self.kept = false;
        self.spot.as_mut().map_or(Ok(()), |spot| spot.discard(self.store.disk()))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Some(spot) = &mut self.spot {
            spot.tidy(self.store.disk());
        }
    }
}
