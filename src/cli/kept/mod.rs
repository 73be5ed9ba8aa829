//! Where an interview's answers are kept: a manifest that the person named, or a draft in the user's state folder.
//!
//! [`Keeper::save`] is the one way in which text gets there: a temporary file beside it is written, synced, and takes its
//! name, so that at any moment the file holds one whole text, the old or the new. A [`lock`] tells a second interview of the
//! first. Nobody else's change is written over, and nothing is deleted unasked.
//!
//! ```text
//! let store = Store::of_user();
//! let mut keeper = match Keeper::open(&store, &Target::NewDraft) {
//!     Ok(opened) => { show(opened.notices); offer_to_go_on(opened.found); opened.keeper }
//!     Err(trouble) => { say(trouble.finding()); Keeper::in_memory(&store) }
//! };
//! if let Err(trouble) = keeper.save(&text) {
//!     say(trouble.finding());
//!     keeper.move_to(&Target::Manifest(another_place()), &text)?;
//! }
//! drop(keeper);
//! ```

mod disk;
mod drafts;
#[cfg(test)]
#[cfg(unix)]
mod faults;
#[cfg(test)]
#[cfg(unix)]
mod faulty;
#[cfg(test)]
mod hostile;
mod keeper;
#[cfg(test)]
#[cfg(unix)]
mod killed;
mod leftover;
mod lock;
mod look;
mod names;
mod spot;
mod state_folder;
mod store;
mod trouble;

pub(super) use drafts::Draft;
pub(super) use keeper::{Keeper, Opened};
pub(super) use spot::Target;
pub(super) use store::Store;
pub(super) use trouble::Trouble;
