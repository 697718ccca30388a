//! What is wrong with a file of the user's: where, why, and the words around the place, however long its lines are.

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
