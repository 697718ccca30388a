//! The chain of hashes that shows whether a log is as it was written.
//!
//! Each event is hashed together with the hash before it, the case and its place, so that none can be changed, moved or
//! taken out without every later hash being wrong. The last hash also stands in the case's summary: a log whose end was
//! cut off shows too.

use sha2::{Digest as _, Sha256};

/// What marks the form of the hash; a new form gets a new mark.
const FORM: &str = "upstairs event 1";

/// Returns the hash (SHA-256, hexadecimal) of an event at a place (from 1) of a case.
#[must_use]
pub fn hash(case: &str, place: u32, previous: &str, body: &str) -> String {
    digest(&[FORM, case, &place.to_string(), previous, body])
}

/// Returns the hash (SHA-256, hexadecimal) of several texts, the first of which marks what they are.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    // Lengths first, so that no two different inputs read the same.
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Writes bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_every_part() {
        let one = hash("acme-1", 1, "", "{}");
        assert_eq!(one.len(), 64);
        for other in [
            hash("acme-2", 1, "", "{}"),
            hash("acme-1", 2, "", "{}"),
            hash("acme-1", 1, "0", "{}"),
            hash("acme-1", 1, "", "{ }"),
        ] {
            assert_ne!(one, other);
        }
        // A byte that moves from one part to the next is another input.
        assert_ne!(hash("a", 1, "bc", "d"), hash("a", 1, "b", "cd"));
    }
}
