//! Names made comparable, and how near one name is to another.
//!
//! People type names without accents, points and legal forms, in one word or in two, and with slips. [`Folded`] is the
//! form in which that does not count; [`near`] says how near a name comes to what was typed, and in which way.

use std::borrow::Cow;

pub use ladder::name::fold;
use ladder::name::{is_form, is_group};

/// Returns whether a word at the end of a name says what kind of company it is, not which.
fn is_kind(word: &str) -> bool {
    is_form(word) || is_group(word) || word == "usa"
}

/// Returns a key made of a name: folded, with hyphens for spaces.
#[must_use]
pub fn slug(text: &str) -> String {
    fold(text).replace(' ', "-")
}

/// Returns whether a host is a domain or lies under it.
#[must_use]
pub fn lies_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Returns the host of something typed as a domain or web address, without `www.`; `None` where it is neither.
#[must_use]
pub fn host_of(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.').to_owned();
    let fits = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    let last = host.rsplit('.').next()?;
    (host.contains('.')
        && host.chars().all(fits)
        && !host.starts_with('.')
        && !host.contains("..")
        && last.len() >= 2
        && last.chars().all(char::is_alphabetic))
    .then_some(host)
}

/// A name in its comparable forms.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Folded {
    /// Folded, with single spaces.
    pub spaced: String,
    /// The same without spaces.
    pub squashed: String,
    /// Without spaces, a `the` at the beginning, and the words at the end that only say what kind of company it is.
    pub core: String,
}

impl Folded {
    /// Folds a name.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::of_folded(fold(text))
    }

    /// Takes a name that is folded already.
    #[must_use]
    pub fn of_folded(spaced: String) -> Self {
        let squashed = spaced.replace(' ', "");
        let mut words: Vec<&str> = spaced.split(' ').collect();
        if words.len() > 1 && words.first() == Some(&"the") {
            words.remove(0);
        }
        while words.len() > 1 && words.last().is_some_and(|word| is_kind(word)) {
            words.pop();
        }
        let core = words.concat();
        Self { spaced, squashed, core }
    }

    /// Returns its words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.spaced.split(' ').filter(|word| !word.is_empty())
    }
}

/// In which way a name is near to what was typed.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum How {
    /// Some of its words are.
    Words,
    /// It is, but for a slip or two.
    Slip,
    /// It begins so.
    Prefix,
    /// It is the same but for its legal form.
    Core,
    /// It is the same.
    Exact,
}

/// How near a name is: higher is nearer, at most 1000.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Nearness {
    /// The measure.
    pub score: u32,
    /// The way.
    pub how: How,
}

/// Returns how many slips are forgiven in a word of so many letters.
#[must_use]
pub const fn forgiven(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    }
}

/// Returns how many slips part two words (a letter left out, put in, changed, or two swapped), where that is at most `most`.
#[must_use]
pub fn slips(one: &str, other: &str, most: usize) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    // A letter takes one byte at least and four at most.
    let ascii = one.is_ascii() && other.is_ascii();
    if most == 0 || one.len().abs_diff(other.len()) > most * if ascii { 1 } else { 4 } {
        return None;
    }
    let count = strsim::osa_distance(one, other);
    (count <= most).then_some(count)
}

/// Returns how near a name is to what was typed; `None` where it is not near.
#[must_use]
pub fn near(typed: &Folded, name: &Folded) -> Option<Nearness> {
    if typed.squashed.is_empty() || name.squashed.is_empty() {
        return None;
    }
    let of = |score: usize, how| Some(Nearness { score: u32::try_from(score).unwrap_or(0), how });
    if typed.squashed == name.squashed {
        return of(1000, How::Exact);
    }
    if typed.core == name.core {
        return of(960, How::Core);
    }
    let extra = |longer: &str, shorter: &str| longer.len().saturating_sub(shorter.len()).min(60);
    if typed.squashed.len() >= 2
        && name.spaced.strip_prefix(&typed.spaced).is_some_and(|rest| rest.starts_with(' '))
    {
        return of(900 - extra(&name.spaced, &typed.spaced), How::Prefix);
    }
    if typed.squashed.len() >= 3 && name.squashed.starts_with(&typed.squashed) {
        return of(830 - extra(&name.squashed, &typed.squashed), How::Prefix);
    }
    let letters = typed.squashed.chars().count();
    let mut best: Option<Nearness> = None;
    // "Acme (Bolt and Sons)" is typed "Acme": as many words of the name as were typed.
    let front: String = name.words().take(typed.words().count()).collect();
    for (one, other, lost) in [
        (&typed.squashed, &name.squashed, 0),
        (&typed.core, &name.core, 10),
        (&typed.squashed, &name.core, 15),
        (&typed.squashed, &front, 40),
    ] {
        let most = forgiven(letters.min(other.chars().count()));
        if let Some(count) = slips(one, other, most) {
            best = best.max(of(800 - 60 * count - lost, How::Slip));
        }
    }
    best.max(by_words(typed, name))
}

/// Returns how near a name is word by word: each word typed must be one of the name's, begin one, or be one but for a slip.
fn by_words(typed: &Folded, name: &Folded) -> Option<Nearness> {
    let own: Vec<&str> = name.words().collect();
    let mut score = 700usize;
    let mut slipped = false;
    let mut telling = 0;
    for word in typed.words() {
        if is_kind(word) && !own.contains(&word) {
            continue;
        }
        let letters = word.chars().count();
        let found = own
            .iter()
            .filter_map(|one| match *one {
                one if one == word => Some(0),
                one if letters >= 3 && one.starts_with(word) => Some(15),
                one => {
                    let most = forgiven(letters.min(one.chars().count()));
                    slips(word, one, most).map(|count| 60 * count)
                }
            })
            .min()?;
        slipped |= found >= 60;
        telling += letters;
        score = score.saturating_sub(found);
    }
    let left = own.len().saturating_sub(typed.words().count()).min(10);
    let how = if slipped { How::Slip } else { How::Words };
    (telling >= 2)
        .then(|| Nearness { score: u32::try_from(score.saturating_sub(8 * left)).unwrap_or(0), how })
}

/// Returns the ways in which a name may be typed that share its beginning but for one slip: each is looked up as it is.
///
/// The first seven letters and every form of them with one letter left out: two words at one slip from each other share
/// at least one of these, so an index of them finds every word that is near.
#[must_use]
pub fn doors(word: &str) -> Vec<String> {
    const FRONT: usize = 7;
    let front: Vec<char> = word.chars().take(FRONT).collect();
    let mut doors: Vec<String> = vec![front.iter().collect()];
    if front.len() >= 3 {
        for left_out in 0..front.len() {
            let door: String =
                front.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| *c).collect();
            if !doors.contains(&door) {
                doors.push(door);
            }
        }
        // A letter put in or left out before the edge moves the next letter over it.
        let whole: Vec<char> = word.chars().take(FRONT + 1).collect();
        if whole.len() > FRONT {
            for left_out in 0..whole.len() {
                let door: String =
                    whole.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| *c).collect();
                if !doors.contains(&door) {
                    doors.push(door);
                }
            }
        }
    }
    doors
}

/// Returns the words under which a name is found: each of its own, two neighbours in one, and the whole in one.
#[must_use]
pub fn terms(name: &Folded) -> Vec<Cow<'_, str>> {
    const LONGEST: usize = 32;
    let words: Vec<&str> = name.words().collect();
    let mut terms: Vec<Cow<'_, str>> = words.iter().map(|word| Cow::Borrowed(*word)).collect();
    terms.extend(words.windows(2).map(|pair| Cow::Owned(pair.concat())));
    if words.len() > 2 {
        terms.push(Cow::Borrowed(&name.squashed));
    }
    terms.retain(|term| term.len() <= LONGEST);
    terms.sort_unstable();
    terms.dedup();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (one, other) in [
            ("T.J. Maxx", "tj maxx"),
            ("L’Oréal", "loreal"),
            ("AT&T", "at and t"),
            ("Grubhub+", "grubhub plus"),
            ("Groß-Markt", "gross markt"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }

    #[test]
    fn what_is_typed_finds_the_name_in_its_way() {
        for (typed, name, how) in [
            ("Acme Air", "ACME AIR", Some(How::Exact)),
            ("acmeair", "Acme Air", Some(How::Exact)),
            ("Acme Air Inc.", "Acme Air", Some(How::Core)),
            ("acme", "Acme Air Lines", Some(How::Prefix)),
            ("Acem Air Lines", "Acme Air Lines", Some(How::Slip)),
            ("Acmme Air Lines", "Acme Air Lines", Some(How::Slip)),
            ("air acme", "Acme Air Lines", Some(How::Words)),
            ("bank", "U.S. Bank", Some(How::Words)),
            ("bcd", "bce", None),
            ("Brightwell", "Acme Air Lines", None),
        ] {
            assert_eq!(near(&Folded::of(typed), &Folded::of(name)).map(|n| n.how), how, "{typed}");
        }
    }

    #[test]
    fn domains_are_told_from_names() {
        for (typed, host) in [
            ("acme.example", Some("acme.example")),
            ("https://www.acme.example/help?x=1", Some("acme.example")),
            ("Acme", None),
            ("St. Acme Bank", None),
            ("3.5", None),
        ] {
            assert_eq!(host_of(typed).as_deref(), host, "{typed}");
        }
        assert!(lies_under("help.acme.example", "acme.example"));
        assert!(!lies_under("notacme.example", "acme.example"));
    }

    proptest! {
        #[test]
        fn words_one_slip_apart_share_a_door(word in "[a-z]{5,14}", at in 0usize..14, kind in 0u8..4, letter in "[a-z]") {
            let mut typed: Vec<char> = word.chars().collect();
            let at = at % typed.len();
            match kind {
                0 => { typed.remove(at); }
                1 => typed.insert(at, letter.chars().next().unwrap()),
                2 => typed[at] = letter.chars().next().unwrap(),
                _ => { let next = (at + 1) % typed.len(); if next > at { typed.swap(at, next); } }
            }
            let typed: String = typed.into_iter().collect();
            let (one, other) = (doors(&word), doors(&typed));
            prop_assert!(one.iter().any(|door| other.contains(door)), "{word} {typed}: {one:?} {other:?}");
        }
    }
}
