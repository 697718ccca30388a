//! Notes that a customer keeps, as a letter can tell them.
//!
//! A note is written for oneself: "10:02 spoke w/ mgr, cust. upset -> cb Mon". A letter tells the day, the channel, the name and what was
//! promised instead. Whole words about the matter stay; a note in shorthand, and one that speaks of its writer as of a third person,
//! does not. What cannot be told for sure to be shorthand is left as it is: the writer reads the draft before it goes out.

/// Signs that stand for words in a note and in no letter.
const SIGNS: [&str; 6] = ["->", "=>", "→", "w/", "b/c", "???"];

/// Short forms of notes that are no words of a letter, in small letters, without their stop.
const SHORT: [&str; 28] = [
    // English
    "acct", "appt", "btw", "cb", "cust", "custs", "fyi", "mgr", "msg", "pls", "tbc", "thx", "tmrw", "vm",
    "wk", // German
    "kd", "kdn", "vllt", "zw", // French
    "rdv", "clt", "tjrs", "qqn", // Spanish
    "cte", "tlf", "xq", "pq", "mñn",
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
    let shorthand =
        SIGNS.iter().any(|sign| lower.contains(sign)) || adds_words(&lower) || words(&text).any(is_short);
    (!shorthand && !of_another()).then_some(text)
}

/// What a short form of notes stands for; those of a language in which it may be a word of another meaning are left out.
const WHOLE: [(&str, &str); 22] = [
    ("acct", "account"),
    ("appt", "appointment"),
    ("btw", "by the way"),
    ("cb", "call back"),
    ("cust", "customer"),
    ("custs", "customers"),
    ("mgr", "manager"),
    ("msg", "message"),
    ("pls", "please"),
    ("tbc", "to be confirmed"),
    ("thx", "thanks"),
    ("tmrw", "tomorrow"),
    ("vm", "voicemail"),
    ("wk", "week"),
    ("w/", "with"),
    ("b/c", "because"),
    ("vllt", "vielleicht"),
    ("kd", "Kunde"),
    ("rdv", "rendez-vous"),
    ("tjrs", "toujours"),
    ("qqn", "quelqu'un"),
    ("tlf", "teléfono"),
];

/// Returns a note as sentences, on one line: each line and each step of it one, the time first where a line begins with one, short forms
/// written out. For a record that leaves nothing out; the log itself keeps the note as it was written.
#[must_use]
pub fn as_sentences(note: &str) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for line in note.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (time, rest) = if begins_with_time(line) { line.split_at(5) } else { ("", line) };
        let mut steps: Vec<String> = vec![rest.to_owned()];
        for sign in [" -> ", " => ", " → "] {
            steps = steps.iter().flat_map(|step| step.split(sign)).map(str::to_owned).collect();
        }
        let mut steps = steps.iter().map(|step| written_out(step)).filter(|step| !step.is_empty());
        if let Some(first) = steps.next() {
            let first = super::sentence(&first);
            sentences.push(if time.is_empty() { first } else { format!("{time}: {first}") });
        }
        sentences.extend(steps.map(|step| super::sentence(&step)));
    }
    sentences.join(" ")
}

/// Returns a text with its short forms written out, and a plus between words as a comma.
fn written_out(text: &str) -> String {
    let text = if adds_words(&text.to_lowercase()) { text.replace(" + ", ", ") } else { text.to_owned() };
    let word = |word: &str| {
        let core = word.trim_end_matches([',', ';', ':', '.', '!', '?', ')']);
        let after = &word[core.len()..];
        let whole = WHOLE.iter().find(|(short, _)| *short == core).map(|(_, whole)| *whole);
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

/// Returns whether a word in small letters is a short form. One in capitals may be the name of something.
fn is_short(word: &str) -> bool {
    word.chars().all(char::is_lowercase) && SHORT.contains(&word)
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
            ("acct locked, cb tmrw", "Account locked, call back tomorrow."),
            ("bill wrong + no answer", "Bill wrong, no answer."),
            ("I paid 20 + 5 EUR", "I paid 20 + 5 EUR."),
            ("KD hat aufgelegt, vllt nochmal", "KD hat aufgelegt, vielleicht nochmal."),
            ("It broke. They know!", "It broke. They know!"),
            ("", ""),
        ] {
            assert_eq!(as_sentences(note), told, "{note}");
        }
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
