//! Passwords: which are taken, and how they are kept.
//!
//! The rules are those of NIST SP 800-63B-4, 3.1.1.2: a password that stands alone has at least 15 characters, any sign may
//! be in it, none has to be, it never has to be changed for its age, and what everybody tries first is refused. Kept is
//! what Argon2id makes of it, with the cost that OWASP names as its least (19 MiB, two passes, one lane).

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization as _;

/// The fewest characters.
pub const LEAST: usize = 15;
/// The most characters.
pub const MOST: usize = 256;

/// How many characters must be left once all is taken out that everybody would try.
const LEFT: usize = 8;
/// How many different characters there must be.
const DIFFERENT: usize = 5;
/// The cost of a hash: KiB of memory and passes over them.
const COST: (u32, u32) = (19 * 1024, 2);

/// Words that stand in the first thousands of every list of stolen passwords, in the languages of the pages.
const COMMON: &[&str] = &[
    "password",
    "passwort",
    "passwd",
    "kennwort",
    "welcome",
    "willkommen",
    "letmein",
    "iloveyou",
    "ichliebedich",
    "administrator",
    "admin",
    "monkey",
    "dragon",
    "football",
    "fussball",
    "baseball",
    "basketball",
    "sunshine",
    "princess",
    "prinzessin",
    "superman",
    "batman",
    "starwars",
    "master",
    "shadow",
    "michael",
    "jessica",
    "charlie",
    "whatever",
    "trustno",
    "login",
    "access",
    "secret",
    "geheim",
    "hallo",
    "hello",
    "schatz",
    "computer",
    "internet",
    "changeme",
    "default",
    "service",
    "summer",
    "winter",
    "sommer",
    "spring",
    "autumn",
    "herbst",
    "liverpool",
    "chelsea",
    "arsenal",
    "schalke",
    "bayern",
    "correcthorsebatterystaple",
    "thequickbrownfox",
    "tobeornottobe",
    "upstairs",
];

/// Rows of signs that fingers run along.
const RUNS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
];

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Weak {
    /// It has fewer characters than [`LEAST`].
    #[error("a password needs at least {LEAST} characters: four or five unrelated words make a good one")]
    Short,
    /// It has more characters than [`MOST`].
    #[error("a password has at most {MOST} characters")]
    Long,
    /// It is made of what everybody tries first.
    #[error("this password is made of what everybody tries first: take words that nobody would put together")]
    Common,
    /// It is made of the name of the account, the organisation or the program.
    #[error("this password is made of names that everybody here knows: take other words")]
    Named,
}

impl Weak {
    /// Returns the word for it, for texts of the pages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Common => "common",
            Self::Named => "named",
        }
    }
}

/// Returns a password in the one form in which it is kept and compared, whatever the keyboard made of it.
fn plain(words: &str) -> String {
    words.nfkc().collect()
}

/// Returns whether a text is longer than any password, before signs and their marks are put together.
fn is_endless(words: &str) -> bool {
    words.chars().nth(4 * MOST).is_some()
}

/// Refuses a password that would be guessed.
///
/// # Errors
///
/// [`Weak`] by cause.
pub fn check(words: &str, name: &str, organisation: &str) -> Result<(), Weak> {
    if is_endless(words) {
        return Err(Weak::Long);
    }
    let words = plain(words);
    let count = words.chars().count();
    if count < LEAST {
        return Err(Weak::Short);
    }
    if count > MOST {
        return Err(Weak::Long);
    }
    let bare: String = words.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let different: std::collections::BTreeSet<char> = words.to_lowercase().chars().collect();
    if different.len() < DIFFERENT || repeats(&bare) {
        return Err(Weak::Common);
    }
    let mut left = bare;
    for word in COMMON {
        left = left.replace(word, " ");
    }
    let left = without_runs(&left);
    let count = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    // Signs count as much as letters: a password of nothing but signs is no word of anybody.
    let signs = words.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).count();
    let digits = left.chars().filter(char::is_ascii_digit).count();
    if count(&left) + signs / 2 + digits / 2 < LEFT {
        return Err(Weak::Common);
    }
    let mut left = left;
    for known in [name, organisation].into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
    {
        if known.chars().count() >= 3 {
            left = left.replace(&known.to_lowercase(), " ");
        }
    }
    let digits = left.chars().filter(char::is_ascii_digit).count();
    if count(&left) + signs / 2 + digits / 2 < LEFT {
        return Err(Weak::Named);
    }
    Ok(())
}

/// Returns whether a text is one piece said over and over.
fn repeats(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    (1..=signs.len() / 2).any(|n| signs.chunks(n).all(|chunk| signs.starts_with(chunk)))
}

/// Takes out of a text every run of four signs or more along a row of the alphabet, the digits or the keyboard.
fn without_runs(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let follows = |a: char, b: char| {
        let next = |row: &str| {
            row.chars().zip(row.chars().skip(1)).any(|(x, y)| (x, y) == (a, b) || (y, x) == (a, b))
        };
        a == b || RUNS.iter().any(|row| next(row))
    };
    let mut left = String::new();
    let mut from = 0;
    while from < signs.len() {
        let mut to = from + 1;
        while to < signs.len() && follows(signs[to - 1], signs[to]) {
            to += 1;
        }
        if to - from < 4 {
            left.extend(&signs[from..to]);
        } else {
            left.push(' ');
        }
        from = to;
    }
    left
}

/// Returns the hasher.
fn hasher() -> Result<Argon2<'static>, String> {
    let params = Params::new(COST.0, COST.1, 1, None).map_err(|error| error.to_string())?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Returns what is kept of a password. Takes some tens of milliseconds of one core, on purpose.
///
/// # Errors
///
/// What the system says where it gives no random numbers.
pub(super) fn keep(words: &str) -> Result<String, String> {
    let mut salt = [0u8; 16];
    getrandom::fill(&mut salt).map_err(|error| error.to_string())?;
    let hash = hasher()?.hash_password_with_salt(plain(words).as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

/// Returns whether a password is the one of which a hash was kept. Takes as long for a wrong one.
pub(super) fn is(words: &str, kept: &str) -> bool {
    // What is endless is no password of ours; an empty one in its place takes as long.
    let words = if is_endless(words) { String::new() } else { plain(words) };
    hasher().is_ok_and(|hasher| hasher.verify_password(words.as_bytes(), kept).is_ok())
}

/// Makes a password that nobody can guess: 120 random bits in groups that can be read out.
///
/// # Errors
///
/// What the system says where it gives no random numbers.
pub fn make() -> Result<String, String> {
    // No sign that looks like another.
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0u8; 24];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    Ok(signs.chunks(6).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_of_ones_own_are_taken_whatever_signs_they_have_or_lack() {
        for words in [
            "harbour violin muddy tuesday",
            "grüne treppe singt leise",
            "vierzehnundeinesmehr",
            "                   a sea of blanks",
            "kq7!xW2#mP9$zL4&",
            "ПарольИзЧетырёхСлов",
            "正しい馬の電池の留め金と階段の下の猫",
            "my password is a lighthouse keeper",
        ] {
            assert_eq!(check(words, "ada.byrne", "north"), Ok(()), "{words}");
        }
        assert_eq!(check(&make().unwrap(), "ada", "north"), Ok(()));
        assert_ne!(make().unwrap(), make().unwrap());
    }

    #[test]
    fn what_is_short_or_tried_first_or_made_of_known_names_is_refused() {
        for (words, why) in [
            ("Tr0ub4dor&3", Weak::Short),
            ("fourteen signs", Weak::Short),
            ("passwordpassword", Weak::Common),
            ("Password12345678", Weak::Common),
            ("P a s s w o r d 1 2 3", Weak::Common),
            ("aaaaaaaaaaaaaaaaaaaa", Weak::Common),
            ("abcabcabcabcabcabc", Weak::Common),
            ("qwertyuiopasdfghjkl", Weak::Common),
            ("1234567890123456789", Weak::Common),
            ("correct horse battery staple", Weak::Common),
            ("iloveyou iloveyou 2026", Weak::Common),
            ("ada.byrne of north!", Weak::Named),
            ("AdaByrneNorth2026", Weak::Named),
        ] {
            assert_eq!(check(words, "ada.byrne", "north"), Err(why), "{words}");
        }
        assert_eq!(check(&"long ".repeat(60), "ada", "north"), Err(Weak::Long));
        assert_eq!(check(&"e\u{301}".repeat(5000), "ada", "north"), Err(Weak::Long));
    }

    #[test]
    fn what_is_kept_tells_nothing_and_opens_for_its_password_only() {
        let words = "harbour violin muddy tuesday";
        let (one, two) = (keep(words).unwrap(), keep(words).unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert!(one != two && !one.contains("harbour"));
        assert!(is(words, &one) && is(words, &two));
        for wrong in ["harbour violin muddy Tuesday", "", "harbour violin muddy tuesday "] {
            assert!(!is(wrong, &one), "{wrong}");
        }
        assert!(!is(words, "no hash at all"));
        // The same letters from another keyboard: one sign, or a letter and its mark.
        let kept = keep("gru\u{308}ne treppe singt leise").unwrap();
        assert!(is("gr\u{fc}ne treppe singt leise", &kept));
    }
}
