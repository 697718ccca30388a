//! A message in a line: what a log needs of it. The whole stays beside.

/// The longest line.
const MOST: usize = 400;

/// Lines above a greeting.
const MOST_HEAD: usize = 12;

/// Words with which letters begin or end; a line that begins so says nothing of the matter.
const FORMS: &[&str] = &[
    "dear ",
    "hello",
    "hi ",
    "hi,",
    "good morning",
    "good afternoon",
    "good evening",
    "thank you for contacting",
    "thank you for getting in touch",
    "thanks for contacting",
    "sehr geehrte",
    "guten tag",
    "hallo",
    "liebe ",
    "vielen dank für ihre",
    "bonjour",
    "madame",
    "monsieur",
    "cher ",
    "chère ",
    "merci de nous avoir",
    "estimad",
    "hola",
    "buenos días",
    "buenas tardes",
    "gracias por contactar",
    "gentile",
    "beste ",
    "geachte",
];
const ENDS: &[&str] = &[
    "kind regards",
    "regards",
    "best regards",
    "best wishes",
    "yours ",
    "sincerely",
    "many thanks",
    "mit freundlichen",
    "viele grüße",
    "freundliche grüße",
    "cordialement",
    "bien à vous",
    "salutations",
    "atentamente",
    "un saludo",
    "saludos",
    "cordiali saluti",
    "met vriendelijke",
    "-- ",
];

/// Returns whether a line that begins as letters do holds a greeting and no more: nothing follows the mark that ends it.
fn greets_only(line: &str) -> bool {
    let ends = line.find([',', '!', ':', '.']);
    let alone = ends.is_some_and(|at| at + 1 == line.len()) || ends.is_none() && line.chars().count() < 40;
    // `Hi PIR 4711 is lost` names a matter by a number.
    alone && line.split_whitespace().count() <= 9 && !line.contains(|c: char| c.is_ascii_digit())
}

/// Returns the sentences that matter: those in which one of `cues` stands, else the first ones.
pub(in crate::case) fn short(text: &str, cues: &[&str]) -> String {
    let mut body = String::new();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_greeting = |line: &str| {
        let lower = line.to_lowercase();
        let thanks = ["thank", "vielen dank", "merci", "gracias"].iter().any(|word| lower.starts_with(word));
        FORMS.iter().any(|form| lower.starts_with(form)) && !thanks && greets_only(line)
    };
    // Sender, place and day stand above the greeting of a letter.
    let head = lines.iter().take(MOST_HEAD).position(|line| is_greeting(line)).unwrap_or(0);
    for line in lines.into_iter().skip(head) {
        let lower = line.to_lowercase();
        if !body.is_empty() && ENDS.iter().any(|end| lower.starts_with(end)) {
            break;
        }
        let greets = FORMS.iter().any(|form| lower.starts_with(form)) && greets_only(line);
        if greets {
            continue;
        }
        body.push_str(line);
        body.push(' ');
    }
    let sentences = sentences(&body);
    let weighty: Vec<&str> = sentences
        .iter()
        .copied()
        .filter(|sentence| cues.iter().any(|cue| !cue.is_empty() && sentence.contains(cue)))
        .collect();
    let chosen = if weighty.is_empty() { &sentences } else { &weighty };
    let mut line = String::new();
    for sentence in chosen {
        if !line.is_empty() {
            if line.chars().count() + sentence.chars().count() > MOST
                || (weighty.is_empty() && line.chars().count() > MOST / 2)
            {
                break;
            }
            line.push(' ');
        }
        line.push_str(sentence);
    }
    if line.chars().count() > MOST {
        line = line.chars().take(MOST).collect();
        line.push('…');
    }
    line
}

/// Parts a text into sentences. A stop within a number or before a small letter ends none.
pub(in crate::case) fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '。') {
            continue;
        }
        let end = at + c.len_utf8();
        let next = text[end..].trim_start().chars().next();
        let spaced = text[end..].starts_with(char::is_whitespace) || c == '。';
        if spaced && next.is_none_or(|c| !c.is_lowercase()) {
            all.push(text[start..end].trim());
            start = end;
        }
    }
    all.push(text[start..].trim());
    all.retain(|sentence| !sentence.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_the_matter_and_neither_greeting_nor_farewell() {
        let text = "Dear Ms Hill,\n\nThank you for your letter of 3. March. We looked into it.\nWe will refund £20.00 by Friday.\n\nKind regards\nJo";
        assert_eq!(
            short(text, &[]),
            "Thank you for your letter of 3. March. We looked into it. We will refund £20.00 by Friday."
        );
        assert_eq!(short(text, &["will refund"]), "We will refund £20.00 by Friday.");
        let letter = "Nordlicht GmbH\nKiel, den 20. November 2026\n\nSehr geehrte Frau Fox,\n\nwir bieten Ihnen 20 Euro an.";
        assert_eq!(short(letter, &[]), "wir bieten Ihnen 20 Euro an.");
        assert_eq!(short("We will refund £20.\nThank you for contacting us!", &[]), "We will refund £20.");
        assert_eq!(short("Hi Ana,", &[]), "");
        assert!(short(&"word ".repeat(1000), &[]).chars().count() <= MOST + 1);
    }
}
