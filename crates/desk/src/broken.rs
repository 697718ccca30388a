//! What is wrong with a file of the user's: where, why, and the words around the place, however long its lines are.

use std::io::ErrorKind;

/// The most characters of a line, or of a reason, that are shown.
const MOST: usize = 200;

/// Says what is wrong with a text that is no TOML, or not the one that was wanted: line, column, reason, and the words around the place.
#[must_use]
pub fn toml(text: &str, error: &toml::de::Error) -> String {
    let reason = shortened(error.message());
    let Some(at) = error.span().map(|span| text.floor_char_boundary(span.start)) else { return reason };
    let (before, after) = text.split_at(at);
    let line = before.matches('\n').count() + 1;
    let (begun, rest) =
        (before.rsplit('\n').next().unwrap_or_default(), after.lines().next().unwrap_or_default());
    let column = begun.chars().count() + 1;
    let from = begun.char_indices().rev().nth(MOST / 2 - 1).map_or(0, |(at, _)| at);
    let to = rest.char_indices().nth(MOST / 2).map_or(rest.len(), |(at, _)| at);
    let (cut_before, cut_after) = (if from > 0 { "…" } else { "" }, if to < rest.len() { "…" } else { "" });
    let near = format!("{}{}", &begun[from..], &rest[..to]);
    let near = near.trim();
    if near.is_empty() {
        return format!("line {line}, column {column}: {reason}");
    }
    format!("line {line}, column {column}: {reason}: `{cut_before}{near}{cut_after}`")
}

/// Says why a file of the user's cannot be read, and what to do about it.
#[must_use]
pub fn unread(name: &str, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => format!("there is no file `{name}`: check the path"),
        ErrorKind::IsADirectory => format!("`{name}` is a folder: name a file"),
        ErrorKind::InvalidData => format!("`{name}` is not text in UTF-8: save it as plain text in UTF-8"),
        ErrorKind::PermissionDenied => format!("`{name}` cannot be read: you may not read this file"),
        _ => format!("`{name}` cannot be read: {error}"),
    }
}

/// Says the same behind a name that was said already.
#[must_use]
pub fn cause(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file: check the path".to_owned(),
        ErrorKind::IsADirectory => "it is a folder: name a file".to_owned(),
        ErrorKind::InvalidData => "it is not text in UTF-8: save it as plain text in UTF-8".to_owned(),
        ErrorKind::PermissionDenied => "you may not read this file".to_owned(),
        _ => error.to_string(),
    }
}

/// Shortens what may quote the whole file.
fn shortened(reason: &str) -> String {
    // Several lines of a reason are its own explanation.
    let reason =
        reason.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    match reason.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &reason[..at]),
        None => reason,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_that_cannot_be_read_is_told_without_the_words_of_the_system() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = folder.path().join("bytes");
        std::fs::write(&bytes, b"\xff\xfe").unwrap();
        for (path, says) in [
            (folder.path().join("none"), "there is no file `x`"),
            (folder.path().to_owned(), "`x` is a folder"),
            (bytes, "`x` is not text in UTF-8"),
        ] {
            let error = std::fs::read_to_string(path).unwrap_err();
            assert!(super::unread("x", &error).starts_with(says), "{error}");
            assert!(!super::cause(&error).contains("os error"), "{error}");
        }
    }

    fn told(text: &str) -> String {
        super::toml(text, &toml::from_str::<toml::Table>(text).unwrap_err())
    }

    #[test]
    fn a_fault_is_told_with_its_place_and_the_words_around_it() {
        assert_eq!(
            told("company = \"Acme\"\nwhat = = \"x\"\n"),
            "line 2, column 8: extra `=`, expected nothing: `what = = \"x\"`"
        );
    }

    #[test]
    fn a_line_of_megabytes_is_not_shown_whole() {
        let long = format!("what = \"{}\" ü = {}", "x".repeat(1 << 20), "é".repeat(1 << 20));
        let told = told(&long);
        assert!(told.chars().count() < 500, "{} characters", told.chars().count());
        assert!(told.starts_with("line 1, column 10485"), "{told}");
        let number =
            toml::from_str::<std::collections::BTreeMap<String, u8>>(&long[..(1 << 20) + 9]).unwrap_err();
        assert!(super::toml(&long, &number).chars().count() < 500);
    }
}
