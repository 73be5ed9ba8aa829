//! What is read only when somebody looks at it.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

/// A part of a ruleset that most runs of the program never look at: a text, a condition, a list of options.
///
/// A ruleset is unpacked whenever the program starts. Such a part is packed by itself, so that unpacking passes over it: it
/// stays where it is, among the bytes inside the program, and is read the first time that it is wanted. It is then used as if
/// it had been there all along.
pub struct Later<T> {
    packed: &'static [u8],
    read: OnceLock<T>,
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Self { packed: &[], read: OnceLock::from(value) }
    }
}

impl From<&str> for Later<String> {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<T: Deserialize<'static>> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.read.get_or_init(|| unpacked(self.packed))
    }
}

impl<T: Deserialize<'static>> DerefMut for Later<T> {
    fn deref_mut(&mut self) -> &mut T {
        if self.read.get().is_none() {
            self.read = OnceLock::from(unpacked::<T>(self.packed));
        }
        self.packed = &[];
        must_be_there(self.read.get_mut())
    }
}

#[expect(
    clippy::expect_used,
    reason = "whoever unpacks a ruleset has made sure that its bytes are those that were packed, so that only a mistake in this \
              program comes here; and going on with another text or condition would be wrong advice, which is worse than \
              stopping"
)]
fn unpacked<T: Deserialize<'static>>(packed: &'static [u8]) -> T {
    postcard::from_bytes(packed).expect("a part of a ruleset that was packed can be unpacked")
}

#[expect(clippy::expect_used, reason = "it was read just now")]
fn must_be_there<T>(read: Option<T>) -> T {
    read.expect("what was read is there")
}

impl<T: Serialize + Deserialize<'static>> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // What people read is the part itself: only a ruleset is packed.
        if serializer.is_human_readable() {
            return (**self).serialize(serializer);
        }
        match self.read.get() {
            Some(read) => serializer.serialize_bytes(&postcard::to_allocvec(read).map_err(S::Error::custom)?),
            None => serializer.serialize_bytes(self.packed),
        }
    }
}

impl<'de: 'static, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes<T>(PhantomData<T>);

        impl<'de: 'static, T> Visitor<'de> for Bytes<T> {
            type Value = Later<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a part that was packed by itself")
            }

            fn visit_borrowed_bytes<E: serde::de::Error>(self, packed: &'de [u8]) -> Result<Self::Value, E> {
                // Nothing is packed as nothing at all.
                if packed.is_empty() {
                    return Err(E::custom("a part is missing"));
                }
                Ok(Later { packed, read: OnceLock::new() })
            }
        }

        deserializer.deserialize_bytes(Bytes(PhantomData)).map_err(D::Error::custom)
    }
}

impl<T: Clone> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self { packed: self.packed, read: self.read.clone() }
    }
}

impl<T: PartialEq + Deserialize<'static>> PartialEq for Later<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq + Deserialize<'static>> Eq for Later<T> {}

impl<T: fmt::Debug + Deserialize<'static>> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display + Deserialize<'static>> fmt::Display for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[allow(clippy::into_iter_without_iter, reason = "`iter` is found on what it dereferences to")]
impl<'a, T: Deserialize<'static>> IntoIterator for &'a Later<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Parts = Vec<Later<Vec<Later<String>>>>;

    fn whole() -> Parts {
        let list = |texts: &[&str]| Later::from(texts.iter().map(|text| Later::from(*text)).collect::<Vec<_>>());
        vec![list(&["one", ""]), list(&[]), list(&["three"])]
    }

    fn packed() -> &'static [u8] {
        postcard::to_allocvec(&whole()).unwrap().leak()
    }

    #[test]
    fn is_read_when_it_is_looked_at_and_no_sooner() {
        let parts: Parts = postcard::from_bytes(packed()).unwrap();
        assert!(parts.iter().all(|part| part.read.get().is_none()));
        assert_eq!(*parts[2][0], "three");
        assert!(parts[1].read.get().is_none() && parts[2].read.get().is_some());
        assert!(parts[0][1].read.get().is_none());
        assert_eq!(parts, whole());
        // Packed again, read or not, it is the same.
        assert_eq!(postcard::to_allocvec(&parts).unwrap(), packed());
        let unread: Parts = postcard::from_bytes(packed()).unwrap();
        assert_eq!(postcard::to_allocvec(&unread).unwrap(), packed());
        assert!(unread.iter().all(|part| part.read.get().is_none()));
    }

    #[test]
    fn stays_changed() {
        let mut parts: Parts = postcard::from_bytes(packed()).unwrap();
        parts[0][0] = Later::from("changed");
        assert_eq!(*parts.clone()[0][0], "changed");
        let again: Parts = postcard::from_bytes(postcard::to_allocvec(&parts).unwrap().leak()).unwrap();
        assert!(again == parts && again != whole());
    }

    #[test]
    fn a_part_that_is_not_there_is_refused() {
        assert!(postcard::from_bytes::<Later<String>>(&[0]).is_err());
        assert!(postcard::from_bytes::<Later<String>>(&[9, 1]).is_err());
    }
}
