//! Extensions: digits to dial after a number has answered, and numbers that share all but their last digits.

use crate::window::clip;

/// Words that announce an extension, in the languages that the product reads. A longer one stands before its beginning.
const WORDS: &[&str] = &[
    "extension",
    "extn.",
    "extn",
    "ext.",
    "ext",
    "xtn",
    "durchwahl",
    "nebenstelle",
    "klappe",
    "kl.",
    "apparat",
    "app.",
    "dw.",
    "dw",
    "poste",
    "postes",
    "interne",
    "interno",
    "int.",
    "int",
    "anexo",
    "extensión",
    "toestel",
    "tst.",
    "tst",
    "ramal",
    "select option",
    "option",
    "press",
    "x",
    "#",
];

/// Reads the extension that follows a number; returns its digits and how many bytes it takes.
pub(super) fn read(after: &str) -> Option<(String, usize)> {
    let window = clip(after, 40);
    // ",,123" and ";ext=123" are what links write.
    let lead = window.len() - window.trim_start_matches([' ', '\u{a0}', ',', ';', '(', '-', '–', '/']).len();
    let rest = &window[lead..];
    let word = WORDS
        .iter()
        .find(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
    let rest = &rest[word.len()..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '.', ':', '=', '#', '-']).len();
    let digits: String = rest[gap..].chars().take_while(char::is_ascii_digit).collect();
    let tail = &rest[gap + digits.len()..];
    let whole = !tail.chars().next().is_some_and(char::is_alphanumeric) && !starts_with_group(tail);
    // "option 2" and "press 2" are menus: they too are dialled after the number answers.
    ((1..=7).contains(&digits.len()) && whole).then(|| {
        let taken = lead + word.len() + gap + digits.len();
        (digits, taken)
    })
}

/// Returns whether another group of digits follows: "x 030 1234" is no extension.
fn starts_with_group(tail: &str) -> bool {
    let mut chars = tail.chars();
    matches!(chars.next(), Some('-' | ' ' | '.')) && chars.next().is_some_and(|c| c.is_ascii_digit()) && {
        chars.next().is_some_and(|c| c.is_ascii_digit())
    }
}

/// Reads " or 0124", " / -99" after a number: digits that take the place of its last ones. Returns them and how many
/// bytes they take.
pub(super) fn alternative(after: &str, last_group: usize) -> Option<(String, usize)> {
    let window = clip(after, 24);
    const JOINERS: [&str; 10] =
        [" or ", " oder ", " ou ", " o ", " of ", " & ", " and ", " und ", " et ", " y "];
    let joiner = JOINERS.iter().find(|joiner| window.starts_with(**joiner))?;
    let rest = &window[joiner.len()..];
    let rest_digits = rest.trim_start_matches(['-', '–']);
    let digits: String = rest_digits.chars().take_while(char::is_ascii_digit).collect();
    let tail = &rest_digits[digits.len()..];
    let ends =
        tail.is_empty() || tail.starts_with([',', ';', ')', '\n']) || tail.starts_with(". ") || tail == ".";
    (digits.len() >= 3 && digits.len() == last_group && ends && !digits.starts_with("20"))
        .then(|| (digits.clone(), joiner.len() + (rest.len() - rest_digits.len()) + digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_read_in_many_words() {
        for (after, digits) in [
            (" ext. 12", "12"),
            (" x123", "123"),
            ("x123", "123"),
            (", extension 4567", "4567"),
            (" (ext: 9)", "9"),
            (" DW 12", "12"),
            (" poste 301", "301"),
            (" #123", "123"),
            (";ext=44", "44"),
            (" Durchwahl -12", "12"),
        ] {
            assert_eq!(read(after).map(|(d, _)| d).as_deref(), Some(digits), "{after}");
        }
        for after in [" fax 12", " x 030 1234", " extra 5", "", " x12abc", " or 2"] {
            assert_eq!(read(after), None, "{after}");
        }
    }

    #[test]
    fn last_digits_may_have_an_alternative() {
        assert_eq!(alternative(" or 0124", 4).map(|(d, _)| d).as_deref(), Some("0124"));
        assert_eq!(alternative(" or 12 days", 4), None);
        assert_eq!(alternative(" and 2024", 4), None);
    }
}
