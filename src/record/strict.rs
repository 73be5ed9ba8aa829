//! JSON as a record may hold it: each member once, whole numbers that every reader takes alike, and nothing after the end.
//!
//! Other readers of JSON take the last of two members with one name, or the first. What a record says must not depend on who reads it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// The largest whole number that every reader of JSON keeps as it is.
const LARGEST: u64 = (1 << 53) - 1;

/// A value of which no part can be read in two ways.
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        if value > LARGEST { Err(E::custom("the number is too large")) } else { Ok(value.into()) }
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Value, E> {
        Err(E::custom("a record has no number below zero"))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom("a record has whole numbers only"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom("a member is written twice in one object"));
            }
            let Strict(value) = members.next_value()?;
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::Strict;

    fn refused(text: &str) -> bool {
        serde_json::from_str::<Strict>(text).is_err()
    }

    #[test]
    fn what_readers_take_in_two_ways_is_refused() {
        assert!(!refused(r#"{"a": [1, null, true, "x", {}], "b": {"a": 9007199254740991}}"#));
        for text in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"x": {"a": 1, "\u0061": 2}}"#,
            "9007199254740992",
            "1.0",
            "1e3",
            "-1",
            "{} {}",
            "[1,]",
            r#"["\ud800"]"#,
            "\u{feff}{}",
        ] {
            assert!(refused(text), "{text}");
        }
    }
}
