//! Notes that a customer keeps, as a letter can tell them.
//!
//! A note is written for oneself: "10:02 spoke w/ mgr, cust. upset -> cb Mon". A letter tells the day, the channel, the name and what was
//! promised instead. Whole words about the matter stay; a note in shorthand, and one that speaks of its writer as of a third person,
//! does not. What cannot be told for sure to be shorthand is left as it is: the writer reads the draft before it goes out.

use super::Language;
use crate::fold::Folded;
use crate::words::tell_surely;

/// Signs that stand for words in a note and in no letter.
const SIGNS: [&str; 6] = ["->", "=>", "→", "w/", "b/c", "???"];

/// Short forms of notes that are no words of a letter, in small letters, without their stop: the language, the form, and what it stands for.
/// Of some that is not said: elsewhere they are words of another meaning (`cb` is a bank card, `btw` a tax, `vm` the morning).
const SHORT: [(&str, &str, Option<&str>); 30] = [
    ("en", "acct", Some("account")),
    ("en", "appt", Some("appointment")),
    ("en", "b/c", Some("because")),
    ("en", "btw", None),
    ("en", "cb", None),
    ("en", "cust", Some("customer")),
    ("en", "custs", Some("customers")),
    ("en", "fyi", None),
    ("en", "mgr", Some("manager")),
    ("en", "msg", Some("message")),
    ("en", "pls", Some("please")),
    ("en", "tbc", Some("to be confirmed")),
    ("en", "thx", Some("thanks")),
    ("en", "tmrw", Some("tomorrow")),
    ("en", "vm", None),
    ("en", "w/", Some("with")),
    ("en", "wk", Some("week")),
    ("de", "kd", Some("Kunde")),
    ("de", "kdn", None),
    ("de", "vllt", Some("vielleicht")),
    ("de", "zw", None),
    ("fr", "clt", None),
    ("fr", "qqn", Some("quelqu'un")),
    ("fr", "rdv", Some("rendez-vous")),
    ("fr", "tjrs", Some("toujours")),
    ("es", "cte", None),
    ("es", "mñn", None),
    ("es", "pq", None),
    ("es", "tlf", Some("teléfono")),
    ("es", "xq", None),
];

/// Names by which a note speaks of its writer as of somebody else.
const THIRD_PERSON: [&str; 12] = [
    "customer ",
    "the customer ",
    "the caller ",
    "caller ",
    "client ",
    "kunde ",
    "der kunde ",
    "kundin ",
    "die kundin ",
    "le client ",
    "el cliente ",
    "la clienta ",
];

/// Returns a note as a letter can tell it, on one line; `None` for one in shorthand, for the notes of a call by the minute, and for one that
/// speaks of its writer, by name (`me`) or as "the customer", as of a third person.
#[must_use]
pub fn tellable(note: &str, me: Option<&str>) -> Option<String> {
    let lines: Vec<&str> = note.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() || lines.iter().any(|line| begins_with_time(line)) {
        return None;
    }
    let text = lines.join(" ");
    let lower = text.to_lowercase();
    let of_another = || {
        let begins = |name: &str| {
            lower.split(['.', ';', ',', ':']).any(|clause| clause.trim_start().starts_with(name))
        };
        let own = me.map(|name| format!("{} ", name.trim().to_lowercase())).filter(|name| name.len() > 1);
        THIRD_PERSON.iter().any(|name| begins(name)) || own.is_some_and(|name| begins(&name))
    };
    let language = tell_surely(&Folded::new(&text));
    let shorthand = SIGNS.iter().any(|sign| lower.contains(sign))
        || adds_words(&lower)
        || words(&text).any(|word| is_short(word, language));
    (!shorthand && !of_another()).then_some(text)
}

/// Returns a note as sentences, on one line: each line and each step of it one, the time first where a line begins with one, short forms
/// of the note's language written out; that is `language` where its words do not tell. For a record that leaves nothing out; the log itself
/// keeps the note as it was written.
#[must_use]
pub fn as_sentences(note: &str, language: Language) -> String {
    let code = tell_surely(&Folded::new(note)).unwrap_or_else(|| language.code());
    let mut sentences: Vec<String> = Vec::new();
    for line in note.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (time, rest) = if begins_with_time(line) { line.split_at(5) } else { ("", line) };
        let mut steps: Vec<String> = vec![rest.to_owned()];
        for sign in [" -> ", " => ", " → "] {
            steps = steps.iter().flat_map(|step| step.split(sign)).map(str::to_owned).collect();
        }
        let mut steps = steps.iter().map(|step| written_out(step, code)).filter(|step| !step.is_empty());
        if let Some(first) = steps.next() {
            let first = super::sentence(&first);
            sentences.push(if time.is_empty() { first } else { format!("{time}: {first}") });
        }
        sentences.extend(steps.map(|step| super::sentence(&step)));
    }
    sentences.join(" ")
}

/// Returns a text with the short forms of a language written out, and a plus between words as a comma.
fn written_out(text: &str, code: &str) -> String {
    let text = if adds_words(&text.to_lowercase()) { text.replace(" + ", ", ") } else { text.to_owned() };
    let word = |word: &str| {
        let core = word.trim_end_matches([',', ';', ':', '.', '!', '?', ')']);
        let after = &word[core.len()..];
        let whole = SHORT.iter().find(|(of, short, _)| (*of, *short) == (code, core)).and_then(|row| row.2);
        whole.map_or_else(|| word.to_owned(), |whole| format!("{whole}{after}"))
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Returns whether a plus stands for "and": between words, and not between sums.
fn adds_words(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "£$€".contains(c));
    text.match_indices(" + ").any(|(at, sign)| {
        !digit(text[..at].chars().next_back()) && !digit(text[at + sign.len()..].chars().next())
    })
}

/// Returns whether a line begins with a time of day, as notes of a call do.
fn begins_with_time(line: &str) -> bool {
    let (time, rest) = line.split_at_checked(5).unwrap_or((line, ""));
    let shape = |(at, c): (usize, u8)| if at == 2 { c == b':' } else { c.is_ascii_digit() };
    time.len() == 5 && time.bytes().enumerate().all(shape) && rest.starts_with(' ')
}

/// Returns the words of a text, without the marks around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let marks = |c: char| !c.is_alphanumeric();
    text.split_whitespace().map(move |word| word.trim_matches(marks)).filter(|word| !word.is_empty())
}

/// Returns whether a word in small letters is a short form, of the language where that is known. One in capitals may be the name of
/// something.
fn is_short(word: &str, code: Option<&str>) -> bool {
    word.chars().all(char::is_lowercase)
        && SHORT.iter().any(|(of, short, _)| *short == word && code.is_none_or(|code| code == *of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_become_sentences_and_nothing_of_them_is_lost() {
        for (note, told) in [
            (
                "10:02 asked for a supervisor\n10:09 promised: refund by Friday",
                "10:02: Asked for a supervisor. 10:09: Promised: refund by Friday.",
            ),
            ("told me to wait -> call again Mon", "Told me to wait. Call again Mon."),
            ("spoke w/ mgr, no record", "Spoke with manager, no record."),
            ("acct locked, cb tmrw", "Account locked, cb tomorrow."),
            ("bill wrong + no answer", "Bill wrong, no answer."),
            ("I paid 20 + 5 EUR", "I paid 20 + 5 EUR."),
            ("KD hat aufgelegt, vllt nochmal", "KD hat aufgelegt, vielleicht nochmal."),
            ("It broke. They know!", "It broke. They know!"),
            ("", ""),
        ] {
            assert_eq!(as_sentences(note, Language::En), told, "{note}");
        }
    }

    #[test]
    fn short_forms_are_those_of_the_language_of_the_note() {
        for (language, note, told) in [
            (Language::Fr, "payé par cb", "Payé par cb."),
            (Language::Fr, "visite de l'appt, pas de rdv", "Visite de l'appt, pas de rendez-vous."),
            (Language::De, "Di vm angerufen", "Di vm angerufen."),
            (Language::De, "acct gesperrt, vllt", "Acct gesperrt, vielleicht."),
            (Language::En, "21% btw", "21% btw."),
            (Language::En, "visite de l'appt avec le gardien", "Visite de l'appt avec le gardien."),
            (
                Language::De,
                "they told me that the acct was locked",
                "They told me that the account was locked.",
            ),
        ] {
            assert_eq!(as_sentences(note, language), told, "{note}");
        }
        let paid = "J'ai payé par cb le 3 mars et je n'ai pas de facture";
        assert_eq!(tellable(paid, None).as_deref(), Some(paid));
        assert_eq!(tellable("I left a vm and they said cb on Monday", None), None);
    }

    #[test]
    fn whole_words_stay_and_shorthand_does_not() {
        for note in [
            "Read out the meter; was told that the next bill puts it right",
            "Complaint in writing, pictures enclosed",
            "Ich habe den Zählerstand durchgegeben, die Mitarbeiterin wollte ihn eintragen",
            "Nadie sabía nada del paquete",
            "I waited 40 mins and was cut off",
            "Ich habe bzgl. der Rechnung angerufen",
            "Evtl. kommt am Montag ein Techniker, evtl. nicht",
            "I asked them to call back asap",
            "I paid 20 + 5 EUR and then £3 + £4",
            "They told me that every customer gets £20",
        ] {
            assert_eq!(tellable(note, Some("Ada Fox")).as_deref(), Some(note));
        }
        for note in [
            "",
            "10:02 asked for a supervisor\n10:09 promised: refund by Friday",
            "spoke w/ Priya, no record",
            "told me to wait -> call again Mon",
            "acct locked, they will see",
            "Customer was upset and hung up",
            "Long wait. Ada Fox asked for the bill again",
            "Kunde verlangt Rückruf",
            "bill wrong + no answer",
            "KD hat aufgelegt, vllt nochmal",
        ] {
            assert_eq!(tellable(note, Some("Ada Fox")), None, "{note}");
        }
    }
}
