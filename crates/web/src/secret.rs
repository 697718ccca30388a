//! Secrets: random words that only this launch knows, compared in a way that tells nothing by its time.

use sha2::{Digest as _, Sha256};

/// Returns 32 random bytes in hexadecimal.
///
/// # Errors
///
/// Where the system gives no randomness: nothing may be served then.
pub(crate) fn random() -> std::io::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(hex(&bytes))
}

/// Derives a secret for a purpose from another, so that one given away does not give away the other.
pub(crate) fn derive(secret: &str, purpose: &str) -> String {
    hex(&Sha256::digest(format!("{purpose}\n{secret}")))
}

/// Returns whether two words are the same; their hashes are compared, so the time tells nothing of the words.
pub(crate) fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        use std::fmt::Write as _;
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_what_is_derived_is_not_what_it_came_from() {
        let (one, two) = (random().unwrap(), random().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 64);
        assert_ne!(derive(&one, "form"), derive(&one, "session"));
        assert!(same(&one, &one.clone()) && !same(&one, &two) && !same(&one, ""));
    }
}
