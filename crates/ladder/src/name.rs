//! Names of companies made comparable: when two ways of writing one are the same name.
//!
//! People leave out accents, points and legal forms, and write in one word what a register has in two. Everything that asks
//! whether a name is the company's asks here, so that no part of the house takes for one what another takes for two.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest name that is looked at, in characters.
const LONGEST: usize = 300;

/// Words at the end of a name that say of what legal form a company is, not which it is. The source is the list of entity
/// legal forms of ISO 20275, of which these are the common ones; `rl` and `oo` are what is left of `s.à r.l.` and `z o.o.`.
const FORMS: [&str; 52] = [
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bhd",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "dac",
    "ek",
    "eu",
    "gmbh",
    "inc",
    "incorporated",
    "kg",
    "kgaa",
    "lda",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "na",
    "nv",
    "oo",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "public",
    "rl",
    "sa",
    "sarl",
    "sas",
    "sca",
    "scs",
    "se",
    "sl",
    "sp",
    "spa",
    "srl",
    "sro",
    "uc",
    "ug",
    "unlimited",
    "companies",
];

/// Words at the end of a name that say that it is of a group.
const GROUP: [&str; 6] = ["group", "groupe", "gruppe", "grupo", "holding", "holdings"];

/// Returns a name in small letters without accents and points, its words parted by single spaces.
///
/// `&` is `and`, `+` is `plus`; an apostrophe or a point joins what stands around it. Only the first 300 characters count.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len().min(LONGEST));
    let push = |out: &mut String, c: char| match c {
        '\'' | '\u{2018}' | '\u{2019}' | '.' | '`' | '\u{b4}' => {}
        '&' => out.push_str(" and "),
        '+' => out.push_str(" plus "),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        c if c.is_alphanumeric() => out.push(c),
        _ => out.push(' '),
    };
    if name.is_ascii() {
        name.chars().take(LONGEST).for_each(|c| push(&mut out, c.to_ascii_lowercase()));
    } else {
        let letters = name.chars().take(LONGEST).nfkd().filter(|c| !is_combining_mark(*c));
        letters.flat_map(char::to_lowercase).for_each(|c| push(&mut out, c));
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a folded word names a legal form.
#[must_use]
pub fn is_form(word: &str) -> bool {
    FORMS.contains(&word)
}

/// Returns whether a folded word says that a company is a group or holds others.
#[must_use]
pub fn is_group(word: &str) -> bool {
    GROUP.contains(&word)
}

/// Returns the folded words of a name without its legal form, a `the` at its front, and what stands in brackets at its end.
///
/// The last word stays, whatever it is: a company may be called Limited.
#[must_use]
pub fn core(name: &str) -> String {
    let bare = name.rsplit_once(" (").map_or(name, |(before, _)| before);
    let folded = fold(bare);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 1 && words.first() == Some(&"the") {
        words.remove(0);
    }
    // `z o.o.` falls into pieces, of which one is a single letter; `GmbH & Co. KG` leaves an `and`.
    let mut popped = false;
    while words.len() > 1
        && words.last().is_some_and(|word| {
            is_form(word) || popped && (word.chars().count() == 1 || matches!(*word, "and" | "the"))
        })
    {
        words.pop();
        popped = true;
    }
    words.join(" ")
}

/// Returns whether a name ends with a legal form: then it is a company's and no person's.
#[must_use]
pub fn has_form(name: &str) -> bool {
    let folded = fold(name);
    folded.contains(' ') && folded.rsplit(' ').next().is_some_and(is_form)
}

/// Returns whether two names are of one company but for the legal form, `.com`, `and` and spaces.
///
/// # Examples
///
/// ```
/// use ladder::name::alike;
///
/// assert!(alike("Acme Oy", "ACME"));
/// assert!(alike("Müller & Söhne GmbH & Co. KG", "Muller and Sohne"));
/// assert!(!alike("Acme Energy", "Acme"));
/// ```
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    let squeezed = |name: &str| -> String {
        let name = name.trim();
        let bare = name.len().checked_sub(4).filter(|&at| name.is_char_boundary(at) && at > 0);
        let bare = bare.filter(|&at| name[at..].eq_ignore_ascii_case(".com")).map_or(name, |at| &name[..at]);
        core(bare).split(' ').filter(|word| *word != "and").collect()
    };
    let one = squeezed(one);
    !one.is_empty() && one == squeezed(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_tell_one_company_from_another_does_not_count() {
        for (one, other) in [
            ("Acme Ltd", "acme limited"),
            ("The Acme Company", "Acme"),
            ("Acme Sp. z o.o.", "ACME"),
            ("Acme.com", "Acme, Inc."),
            ("Bright Well plc (London)", "Brightwell"),
            ("Société Générale SA", "Societe Generale"),
            ("Marks & Penny", "Marks and Penny PLC"),
        ] {
            assert!(alike(one, other), "{one} / {other}");
        }
        for (one, other) in
            [("Acme", "Acme Energy"), ("Acme Group", "Acme"), ("", ""), ("Limited", "Company"), ("A+", "A")]
        {
            assert!(!alike(one, other), "{one} / {other}");
        }
        assert!(alike("Limited", "limited"));
    }
}
