//! Numbers with their noun: `1 file`, `2 files`.

use std::fmt::Display;

/// Returns a number with its noun, in the plural (made with an `s`) but for one.
pub(crate) fn counted(count: impl Display, noun: &str) -> String {
    let count = count.to_string();
    let plural = if count == "1" { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_no_plural() {
        assert_eq!(
            ["0 files", "1 file", "2 files"],
            [0, 1, 2].map(|n| counted(n, "file")).each_ref().map(String::as_str)
        );
    }
}
