//! Lines and sentences: where words begin and end that belong together, and which words name nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::fold::fold;

/// Words that say by which channel one is reached, or join two values, but not who answers.
const CHANNEL_WORDS: &[&str] = &[
    "a",
    "address",
    "adresse",
    "also",
    "an",
    "and",
    "appel",
    "at",
    "by",
    "call",
    "calling",
    "can",
    "cell",
    "click",
    "contact",
    "correo",
    "courriel",
    "de",
    "der",
    "direct",
    "e",
    "ecrire",
    "either",
    "elettronica",
    "electronico",
    "email",
    "emailing",
    "en",
    "et",
    "f",
    "fax",
    "fon",
    "free",
    "freephone",
    "gratuit",
    "here",
    "hier",
    "in",
    "intl",
    "international",
    "letter",
    "llamar",
    "local",
    "m",
    "mail",
    "mailto",
    "message",
    "mob",
    "mobil",
    "mobile",
    "movil",
    "n",
    "no",
    "number",
    "numero",
    "nummer",
    "o",
    "oder",
    "of",
    "on",
    "or",
    "ou",
    "outside",
    "per",
    "par",
    "ph",
    "phone",
    "please",
    "por",
    "post",
    "posta",
    "sms",
    "t",
    "te",
    "tel",
    "telefax",
    "telefon",
    "telefono",
    "telefoon",
    "telefonnummer",
    "telefoonnummer",
    "telephone",
    "telfax",
    "text",
    "the",
    "til",
    "to",
    "toll",
    "tollfree",
    "und",
    "unter",
    "us",
    "uk",
    "usa",
    "v",
    "via",
    "w",
    "web",
    "website",
    "whatsapp",
    "within",
    "write",
    "www",
    "y",
    "you",
    "zu",
    "c",
    "p",
    "s",
    "ext",
    "int",
    "fr",
    "or,",
    "a:",
    "telefono:",
    "https",
    "http",
    "online",
    "form",
    "il",
    "la",
    "le",
    "al",
    "aan",
    "naar",
    "bel",
    "mailen",
    "bellen",
    "schreiben",
    "sie",
    "uns",
    "writing",
    "l",
    "our",
    "my",
    "start",
    "conversation",
    "chat",
    "with",
    "reach",
    "ring",
    "dial",
    "send",
    "visit",
    "using",
    "use",
    "rufen",
    "anrufen",
    "senden",
    "auch",
    "appelez",
    "appeler",
    "ecrivez",
    "envoyez",
    "contactez",
    "au",
    "llama",
    "llame",
    "llamando",
    "escribe",
    "escriba",
    "escribiendo",
    "envia",
    "chiama",
    "chiamare",
    "scrivi",
    "scrivere",
    "oppure",
    "schrijf",
    "stuur",
    "brief",
];

static CHANNEL: LazyLock<HashSet<&'static str, FixedState>> =
    LazyLock::new(|| CHANNEL_WORDS.iter().copied().collect());

/// Returns whether a text names nothing: connectors, channel words, digits and marks.
pub(super) fn trivial(text: &str) -> bool {
    let channel = |word: &str| word.is_empty() || CHANNEL.contains(word);
    if !text.is_ascii() {
        return fold(text).split(|c: char| !c.is_alphabetic() && c != '\'').all(channel);
    }
    // The first word that names something mostly tells.
    text.split(|c: char| !c.is_ascii_alphabetic() && c != '\'').all(|word| {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..word.len()) else { return false };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).is_ok_and(channel)
    })
}

/// The letters of the longest channel word, and some.
const LONGEST: usize = 24;

/// Returns the beginning of a text, at most `most` bytes, whole characters.
pub(super) fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Returns the last sentence of a text: what follows the last full stop, question mark or bullet.
pub(super) fn last_sentence(text: &str) -> &str {
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '?', '!', ';', '•', '·', '|', '\n']) {
        let after = at + mark.len();
        let rest = &text[after..];
        let ends = match mark {
            "\n" | "•" | "|" => true,
            "·" | ";" => rest.starts_with(' '),
            _ => rest.starts_with([' ', '\n']) && begins_sentence(rest.trim_start(), &text[..at]),
        };
        if ends && !rest.trim().is_empty() {
            start = after;
        }
    }
    text[start..].trim_start()
}

/// Returns the first sentence of a text.
pub(super) fn first_sentence(text: &str) -> &str {
    let end = text.match_indices(['.', '?', '!', ';', '•', '|', '\n']).find(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        match *mark {
            "\n" | "•" | "|" => true,
            ";" => rest.starts_with(' '),
            _ => rest.is_empty() || rest.starts_with(' ') && begins_sentence(rest.trim_start(), &text[..*at]),
        }
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Returns whether a new sentence begins after a full stop: a capital, and no abbreviation before.
fn begins_sentence(rest: &str, before: &str) -> bool {
    const SHORT: [&str; 16] = [
        "mr", "mrs", "drs", "dr", "ir", "ing", "prof", "nr", "st", "dhr", "mevr", "bzw", "regd", "dept",
        "govt", "admn",
    ];
    let capital = rest.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let word = before.rsplit([' ', '\n']).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let plain = word.trim_matches(|c: char| !c.is_alphabetic());
    let abbreviation = SHORT.iter().any(|short| plain.eq_ignore_ascii_case(short))
        || letters <= 3 && word.chars().next().is_some_and(char::is_uppercase)
        || letters <= 1
        || word.contains('.');
    capital && !abbreviation
}

/// Returns whether words between two values are the label of the second: set off from the first, or ending as labels do.
pub(super) fn names_the_next(between: &str) -> bool {
    let between = between.trim();
    between.ends_with([':', '?'])
        || between.starts_with(['-', '–', '—', '|', '·', '•', ';', '/'])
        || between.contains('·')
}

/// Returns whether words between two values name nothing but another line to the same desk: "…, hotline 0800 1, TTY 0800 2".
pub(super) fn names_a_line(between: &str) -> bool {
    const LINES: [&str; 19] = [
        "numero",
        "verde",
        "numéro",
        "vert",
        "hotline",
        "helpline",
        "tty",
        "tdd",
        "textphone",
        "freephone",
        "free",
        "call",
        "line",
        "consumer",
        "toll",
        "gratuit",
        "gratuito",
        "kostenlos",
        "pec",
    ];
    if between.len() > 48 {
        return false;
    }
    let rest: Vec<&str> = between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !LINES.iter().any(|line| line.eq_ignore_ascii_case(word)))
        .collect();
    trivial(&rest.join(" "))
}

/// Returns the title that a numbered paragraph begins with: "7. Complaints. We would like …".
pub(super) fn run_in(text: &str) -> Option<&str> {
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '§' | ' ' | '('));
    let numbered = rest.len() < text.len() && text.len() - rest.len() <= 8;
    let head = head(rest, 48);
    let end = head.find(['.', ':']).filter(|_| numbered)?;
    let title = &head[..end];
    (title.split(' ').count() <= 5 && title.starts_with(char::is_uppercase)).then_some(title)
}

/// Returns whether a line ends in the middle of a sentence that the next line ends.
pub(super) fn ends_open(line: &str) -> bool {
    const OPEN: [&str; 16] =
        ["or", "to", "at", "oder", "an", "ou", "à", "o", "a", "oppure", "of", "naar", "aan", "y", "and", "u"];
    let line = line.trim_end();
    line.ends_with(':') || line.rsplit(' ').next().is_some_and(|word| OPEN.contains(&word))
}

/// Returns whether the words after a value go on with its sentence.
pub(super) fn goes_on(own: &str) -> bool {
    own.trim_start_matches([' ', ',', ')', '(', '\u{a0}']).starts_with(char::is_lowercase)
}

/// Returns whether a lead-in is only a few words, so that the one before it counts too.
pub(super) fn short_lead(text: &str) -> bool {
    text.len() <= 60
}

/// Returns whether a line with a value holds nothing that names the value.
pub(super) fn trivial_but_value(line: &str) -> bool {
    let words: String =
        line.split(' ').filter(|w| !w.contains('@') && !w.contains("www.")).collect::<Vec<_>>().join(" ");
    trivial(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channel_words_name_nothing() {
        for word in CHANNEL_WORDS {
            assert!(word.len() <= LONGEST && trivial(&word.to_uppercase()), "{word}");
        }
        for text in
            ["", "Tel.: ", " or ", "E-Mail: ", "by Email:", "Téléphone : ", "(0) / ", "oder per E-Mail an"]
        {
            assert!(trivial(text), "{text}");
        }
        for text in ["Press: ", "complaints team on", "Beschwerde:"] {
            assert!(!trivial(text), "{text}");
        }
    }

    #[test]
    fn a_sentence_does_not_end_at_an_abbreviation() {
        assert_eq!(last_sentence("Ask first. Write to Mr. Smith at"), "Write to Mr. Smith at");
        assert_eq!(last_sentence("Sales: 1 | Press: "), "Press: ");
        assert_eq!(first_sentence(" for press only. Others call"), " for press only");
    }
}
