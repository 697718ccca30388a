//! Taking off what a message quotes of earlier ones.
//!
//! Four signs begin a quotation: lines that bear `>`; a line that says who wrote when (`On … wrote:`), in any of the
//! languages known; a line of dashes with words such as `Original Message`; and a block of header fields (`From: … Sent:
//! … Subject: …`). After the last two, and after the second where no `>` follows, everything is the earlier message.
//! Answers that stand between quoted lines stay. A message that would be empty without its quotation keeps it: somebody
//! passed it on.

mod languages;

use std::sync::LazyLock;

use regex::Regex;

use languages::{LANGUAGES, Words};

/// The most lines of an announcement that a program broke over several lines.
const BROKEN_OVER: usize = 4;
/// The longest announcement, in characters.
const LONGEST: usize = 400;

/// A message without its quotations.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Own {
    /// The words of its writer.
    pub text: String,
    /// How many lines were taken off.
    pub quoted: usize,
}

/// Something that only a date or an address has: a year, a time of day, a mail address.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}|[\w.+-]+@[\w-]+\.\w")
        .expect("a test reads with it")
});

/// Takes off what a message quotes.
#[must_use]
pub fn take_off(text: &str) -> Own {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().collect();
    let mut own: Vec<&str> = Vec::new();
    let mut quoted = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        let rest = lines.get(at..).unwrap_or_default();
        if is_reply_line(line) {
            at += 1;
            quoted += 1;
        } else if is_quoted(line) {
            quoted += 1;
            at += 1;
        } else if is_separator(line) || header_block(rest) {
            quoted += rest.len();
            break;
        } else if let Some(length) = announcement(rest) {
            quoted += length;
            at += length;
            let behind = lines.get(at..).unwrap_or_default();
            let next = behind.iter().find(|line| !line.trim().is_empty());
            if !next.is_some_and(|line| is_quoted(line)) {
                quoted += behind.len();
                break;
            }
        } else {
            own.push(line.trim_end());
            at += 1;
        }
    }
    if quoted == 0 {
        return Own { text: without_phone(&tidy(&own)), quoted: 0 };
    }
    let words = without_phone(&tidy(&own));
    if words.trim().is_empty() {
        // Passed on without a word: the words of the other are all there is.
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        return Own { text: tidy(&lines), quoted: 0 };
    }
    Own { text: words, quoted }
}

/// Joins lines; more than one empty line becomes one.
fn tidy(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut blank = 0;
    for line in lines {
        blank = if line.trim().is_empty() { blank + 1 } else { 0 };
        if blank <= 1 {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.trim().to_owned()
}

/// Cuts the line by which a telephone signs, where it is the last of the text.
fn without_phone(text: &str) -> String {
    let cut = text.trim_end();
    let last = cut.lines().next_back().unwrap_or_default();
    let lower = last.trim().trim_start_matches(['-', '—', '_', '*']).trim().to_lowercase();
    let signs = |words: &Words| words.phone.iter().any(|phone| lower.starts_with(phone));
    if lower.chars().count() <= 80 && LANGUAGES.iter().any(signs) {
        return cut[..cut.len() - last.len()].trim_end().trim_end_matches('-').trim_end().to_owned();
    }
    cut.to_owned()
}

/// Returns whether a line bears the sign of a quotation.
fn is_quoted(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('>') || line.starts_with("&gt;")
}

/// Returns whether it is the line by which a help desk finds where an answer ends.
fn is_reply_line(line: &str) -> bool {
    let lower = line.to_lowercase();
    let marked = lower.trim_start().starts_with(['#', '-', '=', '*', '_']);
    marked
        && (lower.contains("above this line")
            || lower.contains("oberhalb dieser")
            || lower.contains("au-dessus de cette ligne")
            || lower.contains("por encima de esta"))
}

/// Returns whether it is a line of dashes with words such as `Original Message`, or such words alone in dashes.
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    let ruled =
        line.starts_with("--") || line.starts_with("__") || line.starts_with("==") || line.starts_with("**");
    if !ruled || line.chars().count() > 120 {
        return false;
    }
    let words =
        line.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | '*') || c.is_whitespace()).to_lowercase();
    LANGUAGES.iter().any(|language| language.original.contains(&words.as_str()))
}

/// Returns whether a block of header fields begins here: sender, then at least two of day, receiver and subject.
fn header_block(lines: &[&str]) -> bool {
    let mut lines = lines.iter().copied();
    let Some(first) = lines.next() else { return false };
    let field = |line: &str| {
        let line = line.trim().trim_start_matches(['*', '>']).to_lowercase();
        let (name, value) = line.split_once(':')?;
        let name = name.trim().trim_matches('*').trim().to_owned();
        (name.chars().count() <= 20).then(|| (name, value.trim().to_owned()))
    };
    let rule = {
        let line = first.trim();
        line.len() >= 10 && line.chars().all(|c| matches!(c, '_' | '-' | '='))
    };
    // A ruled line above the block is a part of it.
    let Some(first) = (if rule { lines.find(|line| !line.trim().is_empty()) } else { Some(first) }) else {
        return false;
    };
    let Some((name, value)) = field(first) else { return false };
    if value.is_empty() {
        return false;
    }
    let next: Vec<String> = lines
        .filter(|line| !line.trim().is_empty())
        .take(5)
        .filter_map(|line| field(line).map(|(name, _)| name))
        .collect();
    LANGUAGES.iter().any(|language| {
        let has = |names: &[&str]| next.iter().any(|found| names.contains(&found.as_str()));
        language.from.contains(&name.as_str())
            && usize::from(has(language.sent))
                + usize::from(has(language.to))
                + usize::from(has(language.subject))
                >= 2
    })
}

/// Returns how many lines a line such as `On 3 March 2026 at 9:00, Jo wrote:` takes, where one begins here.
fn announcement(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim();
    if first.is_empty() || first.ends_with(['.', '!', '?']) {
        return None;
    }
    let mut joined = String::new();
    for (count, line) in (1..=BROKEN_OVER).zip(lines) {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(line);
        if joined.chars().count() > LONGEST {
            return None;
        }
        if joined.ends_with([':', '：']) {
            let quoted = lines
                .iter()
                .skip(count)
                .find(|line| !line.trim().is_empty())
                .is_some_and(|line| is_quoted(line));
            return announces(&joined, quoted).then_some(count);
        }
    }
    None
}

/// Returns whether a line that ends in a colon announces a quotation: it names a day or an address, and a verb of
/// writing; before a quoted line a day and an address are enough, whatever the language.
fn announces(line: &str, quoted: bool) -> bool {
    if !DATED.is_match(line) {
        return false;
    }
    let lower = line.trim_end_matches([':', '：']).trim().to_lowercase();
    let verb = LANGUAGES.iter().flat_map(|language| language.wrote).any(|wrote| {
        lower.ends_with(wrote)
            || lower.strip_prefix(wrote).is_some_and(|rest| rest.starts_with(' '))
            || lower.contains(&format!(" {wrote} "))
    });
    // `Your order of 3.4.2026, as you wrote:` is no announcement; one says when and who, in few words.
    let begins = verb && (lower.split_whitespace().count() <= 30);
    begins || (quoted && line.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_goes_in_the_ways_of_many_programs() {
        let answer = "We will refund 20.00 by Friday.\n\nKind regards\nJo Marsh";
        for tail in [
            "On Tue, 3 Mar 2026 at 09:12, Ana Hill <ana@hill.example> wrote:\n> My bill is wrong.\n>> older",
            "On Tue, 3 Mar 2026 at 09:12, Ana Hill\n<ana@hill.example> wrote:\n\n> My bill is wrong.",
            "On 3 March 2026 09:12, Ana Hill wrote:\n\nMy bill is wrong.\nAna",
            "-----Original Message-----\nFrom: Ana Hill\nSent: 03 March 2026 09:12\nTo: Care\nSubject: Bill\n\nMy bill is wrong.",
            "________________________________\nFrom: Ana Hill <ana@hill.example>\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Care\nSubject: Bill\n\nMy bill is wrong.",
            "Am 03.03.2026 um 09:12 schrieb Ana Hill:\n> Die Rechnung stimmt nicht.",
            "Am Di., 3. März 2026 um 09:12 Uhr schrieb Ana Hill <\nana@hill.example>:\n\n> Die Rechnung stimmt nicht.",
            "Von: Ana Hill <ana@hill.example>\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Service\nBetreff: Rechnung\n\nDie Rechnung stimmt nicht.",
            "-----Ursprüngliche Nachricht-----\nVon: Ana",
            "Le mar. 3 mars 2026 à 09:12, Ana Hill <ana@hill.example> a écrit :\n> La facture est fausse.",
            "De : Ana Hill\nEnvoyé : mardi 3 mars 2026 09:12\nÀ : Service\nObjet : Facture\n\nLa facture est fausse.",
            "El mar, 3 mar 2026 a las 9:12, Ana Hill (<ana@hill.example>) escribió:\n> La factura está mal.",
            "Il giorno mar 3 mar 2026 alle ore 09:12 Ana Hill <ana@hill.example> ha scritto:\n> La fattura",
            "Op di 3 mrt 2026 om 09:12 schreef Ana Hill <ana@hill.example>:\n> De rekening",
            "Em ter., 3 de mar. de 2026 às 09:12, Ana Hill <ana@hill.example> escreveu:\n> A fatura",
            "Den tis 3 mars 2026 kl 09:12 skrev Ana Hill <ana@hill.example>:\n> Fakturan",
            "W dniu 3.03.2026 o 09:12, Ana Hill pisze:\n> Rachunek",
            "út 3. 3. 2026 v 9:12 odesílatel Ana Hill <ana@hill.example> napsal:\n> Faktura",
            "2026年3月3日(火) 9:12 Ana Hill <ana@hill.example>:\n> 請求書",
        ] {
            let own = take_off(&format!("{answer}\n\n{tail}\n"));
            assert_eq!(own.text, answer, "{tail}");
            assert!(own.quoted > 0, "{tail}");
        }
    }

    #[test]
    fn answers_between_quoted_lines_stay() {
        let text =
            "On 3 Mar 2026, Ana wrote:\n> When will it come?\nOn Friday.\n> And the fee?\nWe took it off.";
        assert_eq!(take_off(text).text, "On Friday.\nWe took it off.");
    }

    #[test]
    fn words_of_the_writer_are_not_taken_for_a_quotation() {
        for text in [
            "Here is what you wrote:\nyour own words",
            "On Friday we will call you.\nFrom: our side nothing more.",
            "The charges of 03.03.2026 are:\n- 20.00 line rental",
            "From: London\nTo the point, we refuse.",
            "Please note: the engineer comes on 3 March 2026 at 09:00 and needs:\na ladder",
        ] {
            assert_eq!(take_off(text), Own { text: text.to_owned(), quoted: 0 });
        }
    }

    #[test]
    fn the_marks_of_help_desks_and_telephones_go() {
        let text =
            "##- Please type your reply above this line -##\n\nWe looked into it.\n\nSent from my phone";
        assert_eq!(take_off(text).text, "We looked into it.");
        assert_eq!(take_off("Bitte melden.\n\nVon meinem iPhone gesendet").text, "Bitte melden.");
    }

    #[test]
    fn what_was_passed_on_without_a_word_is_kept() {
        let text = "-----Original Message-----\nFrom: Care\n\nWe refuse.";
        assert_eq!(take_off(text).text, text);
    }
}
