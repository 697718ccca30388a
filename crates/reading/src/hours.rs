//! When a contact answers, and in which languages: opening hours and languages printed beside it.
//!
//! Hours are given as printed, from the first day or time to the last: they are to be read, not computed with. They are
//! looked for in the words of the contact's own line and block, in its table row, and in the short blocks next to it;
//! what stands beside another contact is left to that one.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use ladder::Channel;
use regex::Regex;

use crate::hit::Hit;
use crate::needles::Needles;
use crate::outline::{BlockId, BlockKind, Outline};

const DAY: &str = r"(?:mon(?:days?)?|tue(?:s|sdays?)?|wed(?:nesdays?)?|thu(?:rs?|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|weekdays?|weekends?|daily|every\ day|bank\ holidays?|public\ holidays?|holidays|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonnabends?|sonntags?|mo|di|mi|do|fr|sa|so|werktags|wochentags|täglich|feiertags?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|jours?\ fériés|lun|mar|mer|jeu|ven|sam|dim|lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|festivos|mié|jue|vie|sáb|dom|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|gio|feriali|festivi|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|werkdagen|doordeweeks|ma|wo|vr|za|zo)";

/// Hours as printed: days with times, times with days, or around the clock.
static HOURS: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"(?:[0-9]{1,2}(?:\s?[:.h]\s?[0-9]{2})?\s?(?:a\.?m\.?|p\.?m\.?|a|p|uhr|h|hrs|hours|uur)?|[01][0-9][0-5][0-9]|2[0-3][0-5][0-9]|noon|midnight|midday)";
    let range = format!(
        r"(?:{time}\s?(?:-|–|—|to|until|till|bis|à|a|al|alle|hasta|tot|t/m|und|and|et|y|e|en)(?:\s(?:las|le|les))?\s?{time}(?:\s?(?:uhr|h\b|hrs|uur|[ECMP][SD]?T\b|GMT|BST|CET|IST|AEST|AEDT|local\ time))?)"
    );
    let day = format!(r"\b{DAY}\b\.?");
    let days = format!(
        r"(?:(?:from\ |du\ |de\ |von\ |van\ |dal\ )?{day}(?:\s?(?:-|–|—|to|through|thru|until|bis|au|a|al|t/m|tot(?:\ en\ met)?|,|&|\+|/|and|und|et|y|e|en)\s?(?:le\ |el\ |the\ )?{day})*)"
    );
    let clock = r"(?:24\s?(?:/|x)\s?7(?:\s?/\s?365)?|24\s?h(?:ours|rs)?\.?(?:\s?(?:a|per|/)\s?(?:day|24))?(?:,?\s?(?:and\s)?(?:7|seven|365)\s?(?:days|j)(?:\s?(?:a|per|/)\s?(?:week|year|7))?)?|24\s?Stunden(?:\s?(?:am|pro)\s?Tag)?|rund\sum\sdie\sUhr|24\s?heures\s?(?:sur|/)\s?24|7j/7|las\s24\shoras|24\s?ore\s?su\s?24|24\s?uur\sper\sdag|around\sthe\sclock)";
    let between = r"(?:\s|,|;|:|\||\(|de|from|von|van|between|zwischen|entre|dalle|from|at|open|geöffnet|ouvert|abierto|tussen|das|le|ore|ore:)*";
    Regex::new(&format!(r"(?i){days}{between}{range}|{range}{between}{days}|{clock}"))
        .expect("the pattern is fixed")
});

/// What may stand between two sets of hours of one contact.
static JOIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:[\s,;.&|/)(+-]|and|und|et|y|e|en|also|sowie|on|closed|geschlossen|fermé|cerrado|chiuso|gesloten|sundays?|sonntags?|dimanche|domingo|domenica|zondag|saturdays?|[ECMP][SD]?T|GMT|BST|CET|IST|uhr|h|–)*$",
    )
    .expect("the pattern is fixed")
});

/// Languages as pages name them, with their codes.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("englisch", "en"),
    ("anglais", "en"),
    ("inglés", "en"),
    ("inglese", "en"),
    ("engels", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("allemand", "de"),
    ("alemán", "de"),
    ("tedesco", "de"),
    ("duits", "de"),
    ("french", "fr"),
    ("französisch", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("francés", "fr"),
    ("francese", "fr"),
    ("frans", "fr"),
    ("spanish", "es"),
    ("spanisch", "es"),
    ("espagnol", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("spagnolo", "es"),
    ("spaans", "es"),
    ("italian", "it"),
    ("italienisch", "it"),
    ("italien", "it"),
    ("italiano", "it"),
    ("italiaans", "it"),
    ("dutch", "nl"),
    ("niederländisch", "nl"),
    ("néerlandais", "nl"),
    ("nederlands", "nl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("welsh", "cy"),
    ("cymraeg", "cy"),
    ("irish", "ga"),
    ("gaeilge", "ga"),
    ("hindi", "hi"),
    ("mandarin", "zh"),
    ("chinese", "zh"),
    ("cantonese", "yue"),
    ("arabic", "ar"),
    ("russian", "ru"),
    ("turkish", "tr"),
    ("türkisch", "tr"),
    ("afrikaans", "af"),
    ("swahili", "sw"),
    ("tamil", "ta"),
    ("punjabi", "pa"),
    ("urdu", "ur"),
    ("vietnamese", "vi"),
    ("korean", "ko"),
    ("japanese", "ja"),
    ("tagalog", "tl"),
    ("catalan", "ca"),
    ("català", "ca"),
];

/// Words that say that a language is spoken.
const SPOKEN: &[&str] = &[
    "speak",
    "habla",
    "sprech",
    "sprache",
    "parl",
    "spreken",
    "spreekt",
    "language",
    "langue",
    "idioma",
    "lingua",
    "talen",
    "available in",
    "service in",
    "auf ",
    "en ",
    "in ",
    "línea en",
    "ligne en",
    "para ",
    "for ",
    "para español",
];

/// Gives each contact that answers in person the hours and languages printed beside it.
pub fn attach(outline: &Outline, hits: &mut [Hit]) {
    // Blocks with contacts of their own, so that what stands there is not taken for a neighbour's.
    let mut taken: Vec<BlockId> = hits.iter().filter_map(|hit| hit.block).collect();
    taken.sort_unstable();
    taken.dedup();
    let mut near = Near { outline, taken, firsts: HashMap::new() };
    for hit in hits.iter_mut() {
        let answers = matches!(
            hit.reach.channel(),
            Channel::Phone
                | Channel::Textphone
                | Channel::Chat
                | Channel::Messaging
                | Channel::Email
                | Channel::InPerson
        );
        let Some(block) = hit.block.filter(|_| answers) else { continue };
        if hit.hours.is_none() && !matches!(hit.reach.channel(), Channel::Email) {
            hit.hours = near.beside(block, &hit.span);
        }
        if hit.languages.is_empty() {
            hit.languages = languages(outline, block, &hit.span);
        }
    }
}

/// What stands near the contacts of a page; the hours of a block are looked for once, however many contacts are near it.
struct Near<'a> {
    outline: &'a Outline,
    /// Blocks with contacts of their own, in order.
    taken: Vec<BlockId>,
    firsts: HashMap<BlockId, Option<String>>,
}

impl Near<'_> {
    /// Returns the first hours in a block.
    fn first(&mut self, id: BlockId) -> Option<String> {
        self.firsts.entry(id).or_insert_with(|| first(self.outline.block_text(id))).clone()
    }

    /// Returns whether a block has no contact of its own.
    fn is_free(&self, id: BlockId) -> bool {
        self.taken.binary_search(&id).is_err()
    }

    /// Returns the hours beside a contact.
    fn beside(&mut self, block: BlockId, span: &Range<usize>) -> Option<String> {
        let outline = self.outline;
        let own = outline.blocks.get(block)?;
        let text = &outline.text[own.range.clone()];
        // In a long block: what is nearest, after the contact first.
        let at = span.start.clamp(own.range.start, own.range.end) - own.range.start;
        let (from, to) = window(text, at, 220, 420);
        if let Some(found) = nearest(&text[from..to], at - from) {
            return Some(found);
        }
        if let BlockKind::Cell { table, row, .. } = own.kind {
            let near = outline.blocks.iter().enumerate().skip(block.saturating_sub(24)).take(48);
            for (id, other) in near {
                let BlockKind::Cell { table: t, row: r, .. } = other.kind else { continue };
                let labelled = t == table
                    && r.abs_diff(row) <= 4
                    && id > 0
                    && is_hours_label(outline.block_text(id - 1));
                if t == table
                    && (r == row || labelled)
                    && id != block
                    && other.range.len() <= 400
                    && self.is_free(id)
                    && let Some(found) = self.first(id)
                {
                    return Some(found);
                }
            }
            return None;
        }
        let after =
            (block + 1..outline.blocks.len().min(block + 4)).take_while(|&id| fits(outline, own.heading, id));
        for id in after {
            let found = self.first(id);
            if !self.is_free(id) {
                // The next contact's block: its hours are its own, but those of a row of contacts come after all of them.
                if found.is_some() {
                    return None;
                }
                continue;
            }
            if found.is_some() {
                return found;
            }
        }
        let before = (block.saturating_sub(2)..block).rev().take_while(|&id| fits(outline, own.heading, id));
        for id in before {
            if !self.is_free(id) {
                return None;
            }
            if let Some(found) = self.first(id) {
                return Some(found);
            }
        }
        None
    }
}

/// Returns whether a block may speak of a contact beside it: it stands under the same heading and is no essay.
fn fits(outline: &Outline, heading: Option<BlockId>, id: BlockId) -> bool {
    let block = &outline.blocks[id];
    block.heading == heading && !matches!(block.kind, BlockKind::Heading(1..=6)) && block.range.len() <= 400
}

/// Returns whether a text is a label for hours.
fn is_hours_label(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words =
        ["hours", "open", "zeiten", "horaire", "horario", "orari", "tijden", "available", "availability"];
    text.len() <= 60 && words.iter().any(|word| lower.contains(word))
}

/// Returns the first hours in a text.
fn first(text: &str) -> Option<String> {
    may_hold(text).then(|| spans(text).into_iter().next()).flatten().map(|span| clean(&text[span]))
}

/// Returns the hours in a text that are nearest to an offset, those after it first.
fn nearest(text: &str, at: usize) -> Option<String> {
    if !may_hold(text) {
        return None;
    }
    let spans = spans(text);
    let after = spans.iter().find(|span| span.start >= at).map(|s| (s.start - at, s));
    let before = spans.iter().rev().find(|span| span.end <= at).map(|s| ((at - s.end) * 2, s));
    let (_, span) = [after, before].into_iter().flatten().min_by_key(|(distance, _)| *distance)?;
    Some(clean(&text[span.clone()]))
}

/// How days begin in the languages read, in small letters; those of two letters are whole words.
const DAY_STEMS: &[&str] = &[
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "week", "daily", "every", "bank", "public", "holiday",
    "dien", "mitt", "don", "frei", "sam", "son", "werk", "woch", "tä", "tÄ", "feier", "lun", "mar", "mer",
    "jeu", "ven", "dim", "jour", "mi\u{e9}", "mi\u{c9}", "jue", "vie", "s\u{e1}b", "s\u{c1}b", "dom",
    "festiv", "gio", "sab", "feri", "maan", "dins", "woen", "vrij", "zat", "zon", "door", "mo", "di", "mi",
    "do", "fr", "sa", "so", "ma", "wo", "vr", "za", "zo",
];

static DAYS: LazyLock<Needles> = LazyLock::new(|| Needles::of(DAY_STEMS));

/// Returns whether a text may hold hours: a cheap look before the pattern. It must name a day and have two figures (or noon
/// or midnight for one), or speak of the whole day.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut figures, mut before) = (0_usize, 0_u8);
    for &byte in bytes {
        figures += usize::from(byte.is_ascii_digit() && !before.is_ascii_digit());
        before = byte;
    }
    if figures > 0 && (memchr::memmem::find(bytes, b"24").is_some() || NOONS.is_match(text))
        || ROUND.is_match(text)
    {
        return true;
    }
    figures >= 2
        && DAYS.find_iter(text).any(|found| {
            let before = text[..found.start].chars().next_back();
            let after = text[found.end..].chars().next();
            !before.is_some_and(char::is_alphanumeric)
                && (found.len() > 2 || !after.is_some_and(char::is_alphabetic))
        })
}

/// Words that stand for one of the two times of a range, and a short form for the whole week.
static NOONS: LazyLock<Needles> = LazyLock::new(|| Needles::of(["noon", "midnight", "midday", "7j"]));

/// Words that stand for the whole day.
static ROUND: LazyLock<Needles> = LazyLock::new(|| Needles::of(["rund um", "around the"]));

/// Returns where hours stand in a text, those that belong together joined.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for found in HOURS.find_iter(text).take(40) {
        match joined.last_mut() {
            Some(last) if found.start() - last.end <= 40 && JOIN.is_match(&text[last.end..found.start()]) => {
                last.end = found.end();
            }
            _ => joined.push(found.range()),
        }
    }
    joined
}

/// Returns hours on one line, bounded.
fn clean(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches([',', ';', '|', '-', '–', ' ', '(']);
    let line = line
        .strip_suffix('.')
        .filter(|rest| !rest.ends_with(['m', 'M']) || !rest[..rest.len() - 1].ends_with('.'))
        .unwrap_or(line);
    let mut end = line.len().min(200);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line[..end].to_owned()
}

/// Returns the bounds of a text around an offset, at character boundaries.
fn window(text: &str, at: usize, before: usize, after: usize) -> (usize, usize) {
    let mut from = at.saturating_sub(before);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (at + after).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    (from.min(to), to)
}

/// Returns the languages that the words right beside a contact name.
fn languages(outline: &Outline, block: BlockId, span: &Range<usize>) -> Vec<String> {
    let Some(own) = outline.blocks.get(block) else { return Vec::new() };
    let text = &outline.text[own.range.clone()];
    let at = span.start.clamp(own.range.start, own.range.end) - own.range.start;
    let end = span.end.clamp(own.range.start + at, own.range.end) - own.range.start;
    let (from, _) = window(text, at, 60, 0);
    let (_, to) = window(text, end, 0, 60);
    let before = text[from..at].rsplit('\n').next().unwrap_or_default();
    let after = text[end.max(at)..to.max(end)].split('\n').next().unwrap_or_default();
    // `Français : 1 800 …`: the label is the language and nothing else.
    let label = before.trim_end_matches([' ', ':', '-', '–', '(']).to_lowercase();
    let last = label.rsplit(", ").next().unwrap_or_default();
    if let Some((_, code)) = LANGUAGES.iter().find(|(name, _)| last == *name) {
        return vec![(*code).to_owned()];
    }
    let mut found = Vec::new();
    for near in [before, after] {
        let lower = near.to_lowercase();
        if !SPOKEN.iter().any(|word| lower.contains(word)) {
            continue;
        }
        for (name, code) in LANGUAGES {
            let whole = lower.match_indices(name).any(|(i, _)| {
                let before = lower[..i].chars().next_back();
                let after = lower[i + name.len()..].chars().next();
                !before.is_some_and(char::is_alphabetic) && !after.is_some_and(char::is_alphabetic)
            });
            if whole && spoken(&lower, name) && !found.iter().any(|c| c == code) {
                found.push((*code).to_owned());
            }
        }
    }
    found
}

/// Returns whether a language is named as one that is spoken, and not as a nation's: `Spanish bank`.
fn spoken(lower: &str, name: &str) -> bool {
    let Some(at) = lower.find(name) else { return false };
    let before = lower[..at].trim_end_matches([' ', ',', '/', '&', '(']);
    let after = lower[at + name.len()..].trim_start();
    let ends = after.is_empty() || after.starts_with([',', '.', ')', ';', '/', '&', '|', ':']);
    let joined = ["and ", "or ", "und ", "oder ", "et ", "ou ", "y ", "o ", "e ", "en ", "speak", "spoken"];
    let leads = [
        "speak",
        "in",
        "habla",
        "auf",
        "en",
        "for",
        "para",
        "parle",
        "parliamo",
        "language",
        "languages",
        "and",
        "und",
        "or",
        "et",
        "y",
        "e",
        "spreken",
        "sprechen",
        "sprachen",
        "languages:",
        "press 2 for",
    ];
    leads.iter().any(|lead| before.ends_with(lead)) && (ends || joined.iter().any(|j| after.starts_with(j)))
        || after.starts_with("speak")
        || after.starts_with("spoken")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::from_html;
    use ladder::{E164, Reach};

    #[test]
    fn hours_are_read_as_printed() {
        for (text, expected) in [
            (
                "Lines are open Monday to Friday 8am-8pm, Saturday 9am-5pm and Sunday 10am-4pm.",
                Some("Monday to Friday 8am-8pm, Saturday 9am-5pm and Sunday 10am-4pm"),
            ),
            ("Mon–Fri 8am–8pm ET", Some("Mon–Fri 8am–8pm ET")),
            ("Mo–Fr 8–18 Uhr", Some("Mo–Fr 8–18 Uhr")),
            ("Montag bis Freitag von 8:00 bis 18:00 Uhr", Some("Montag bis Freitag von 8:00 bis 18:00 Uhr")),
            ("Ouvert du lundi au vendredi de 9 h à 19 h", Some("du lundi au vendredi de 9 h à 19 h")),
            ("lun-ven 9h-18h", Some("lun-ven 9h-18h")),
            ("de lunes a viernes de 9:00 a 18:00", Some("de lunes a viernes de 9:00 a 18:00")),
            ("dal lunedì al venerdì dalle 9 alle 18", Some("dal lunedì al venerdì dalle 9 alle 18")),
            (
                "maandag t/m vrijdag van 9.00 tot 17.00 uur",
                Some("maandag t/m vrijdag van 9.00 tot 17.00 uur"),
            ),
            ("We are here 24/7 for you", Some("24/7")),
            ("24 hours a day, 7 days a week", Some("24 hours a day, 7 days a week")),
            ("0830 to 1815 Monday to Friday", Some("0830 to 1815 Monday to Friday")),
            ("Rund um die Uhr erreichbar", Some("Rund um die Uhr")),
            ("Call 020 7946 0123 to ask", None),
            ("In 24 hours we will answer 12 questions", Some("24 hours")),
            ("Article 12 of 1 May to 3 June", None),
        ] {
            assert_eq!(first(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn hours_and_languages_go_to_the_contact_beside_them() {
        let html = "<h2>Call</h2><p>Help: +44 20 7946 0123</p><p>Mon-Fri 9am-5pm</p><h2>Text</h2><p>Français : +33 1 99 00 12 34</p>";
        let outline = from_html(html);
        let mut hits: Vec<Hit> = ["+44 20 7946 0123", "+33 1 99 00 12 34"]
            .iter()
            .map(|number| {
                let at = outline.text.find(number).unwrap();
                let block = outline.block_at(at).unwrap();
                Hit::in_text(
                    &outline,
                    Reach::phone(E164::parse(number).unwrap()),
                    block,
                    at..at + number.len(),
                )
            })
            .collect();
        attach(&outline, &mut hits);
        assert_eq!(hits[0].hours.as_deref(), Some("Mon-Fri 9am-5pm"));
        assert_eq!(hits[1].hours, None);
        assert_eq!(hits[1].languages, ["fr"]);
    }
}
