//! Numbers spelt with letters: "1-800-FLOWERS", "(734) 668-TIME", "1300 FLIGHT".
//!
//! Letters stand for the digits of a keypad. They are believed only in capitals and after a prefix that is used so; a
//! word longer than the number takes is cut, as an exchange does; digits repeated in brackets after it are its own.

use super::candidate::Run;

/// A number spelt with letters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Spelt {
    /// All its digits, as dialled within the country.
    pub(super) digits: String,
    /// Where it ends, digits repeated in brackets counted in.
    pub(super) end: usize,
    /// Whether its prefix is of free calls in North America: no other country has the like.
    pub(super) north_american: bool,
}

/// Area codes of free calls in North America.
const FREE: [&str; 8] = ["800", "888", "877", "866", "855", "844", "833", "822"];
/// Prefixes of Australia, New Zealand and Britain after which letters are used, and how many digits the whole has.
const OTHERS: [(&str, usize); 6] =
    [("1300", 10), ("1800", 10), ("13", 6), ("0800", 10), ("0508", 10), ("0345", 11)];

/// Reads the letters after a run. `announced` says that a word or a link calls it a number; `any_case` that small letters
/// count too.
pub(super) fn read(text: &str, run: &Run, announced: bool, any_case: bool) -> Option<Spelt> {
    let rest = &text[run.end..];
    let gap = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | ' ' | '.' | '\u{a0}' | '\u{2011}'))
        .map_or(0, char::len_utf8);
    let counts = |b: u8| b.is_ascii_uppercase() || any_case && b.is_ascii_lowercase();
    let letters = rest.as_bytes().get(gap..)?;
    if !(letters.first().copied().is_some_and(counts) && letters.get(1).copied().is_some_and(counts)) {
        return None;
    }
    let mut digits: String = run.groups.iter().map(|g| &text[g.start..g.end]).collect();
    let ten = digits.strip_prefix('1').filter(|rest| rest.len() >= 3).unwrap_or(&digits);
    let hyphen = rest.starts_with(['-', '.', '\u{2011}']);
    let free = ten.len() >= 3 && FREE.contains(&&ten[..3]);
    let north_american = free && (digits.len() != ten.len() || hyphen);
    let of_area = ten.len() == 6 && matches!(ten.as_bytes()[0], b'2'..=b'9') && hyphen;
    let full = if north_american || of_area {
        digits.len() - ten.len() + 10
    } else {
        OTHERS.iter().find(|(prefix, _)| digits == *prefix && (hyphen || announced)).map(|(_, full)| *full)?
    };
    let end = spell(&rest[gap..], full, any_case, &mut digits)?;
    let end = run.end + gap + end;
    Some(Spelt {
        end: repeated(text, end, &digits).unwrap_or(end),
        digits,
        north_american: north_american || of_area,
    })
}

/// Turns letters to digits up to the full length; returns how many bytes the words take.
fn spell(words: &str, full: usize, any_case: bool, digits: &mut String) -> Option<usize> {
    let mut letters = 0;
    let mut end = 0;
    for (at, c) in words.char_indices().take(24) {
        match c {
            'A'..='Z' => letters += 1,
            'a'..='z' if any_case => letters += 1,
            '0'..='9' => {}
            '-' | ' ' | '\u{2011}' if digits.len() < full => continue,
            c if c.is_alphabetic() => return None,
            _ => break,
        }
        if digits.len() < full {
            digits.push(if c.is_ascii_digit() { c } else { key(c) });
        }
        end = at + 1;
    }
    // New Zealand's are a digit shorter as often as not.
    (letters >= 3 && (digits.len() == full || digits.starts_with('0') && digits.len() + 1 == full))
        .then_some(end)
}

/// Returns the key that bears a letter.
const fn key(letter: char) -> char {
    match letter.to_ascii_uppercase() {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        _ => '9',
    }
}

/// Returns the end of the same digits repeated in brackets: "1-877-SOV-BANK (768-2265)".
fn repeated(text: &str, end: usize, digits: &str) -> Option<usize> {
    let rest = &text[end..];
    let inner = rest.trim_start_matches([' ', '\u{a0}']).strip_prefix(['(', '['])?;
    let close = crate::window::clip(inner, 32).find([')', ']'])?;
    let said: String = inner[..close].chars().filter(char::is_ascii_digit).collect();
    let plain =
        inner[..close].chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '.' | '(' | '+'));
    (plain && said.len() >= 4 && (digits.ends_with(&said) || said.ends_with(digits)))
        .then(|| end + (rest.len() - inner.len()) + close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::candidate::runs;

    fn spelt(text: &str) -> Option<(String, &str)> {
        let run = runs(text).next()?;
        read(text, &run, false, false).map(|s| (s.digits, &text[s.end..]))
    }

    #[test]
    fn letters_are_dialled() {
        for (text, digits, rest) in [
            ("1-800-FLOWERS today", "18003569377", " today"),
            ("1-877-SOV-BANK (768-2265), or", "18777682265", ", or"),
            ("(734) 555-TIME", "7345558463", ""),
            ("1-888-GO-FEDEXES now", "18884633339", " now"),
            ("1300-FLIGHT.", "1300354448", "."),
        ] {
            assert_eq!(spelt(text), Some((digits.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn words_after_figures_are_words() {
        for text in ["800 PEOPLE came", "1300 PEOPLE", "1800 Flowers", "2024-JANUARY", "100 METRES"] {
            assert_eq!(spelt(text), None, "{text}");
        }
    }
}
