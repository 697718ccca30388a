//! Addresses spelt out to be read by people alone: "complaints [at] acme [dot] example", "info (arobase) acme.example".
//!
//! A sign for the `@` in brackets is believed wherever a domain with a known suffix follows. The bare word "at" is not:
//! it needs a spelt dot too, or the name of a mailbox before it and the word "e-mail" before that.

use std::sync::LazyLock;

use super::address::{accept, is_domain};
use super::plain::{Match, is_local, take, take_back};
use crate::needles::Needles;
use crate::window::{clip, clip_end};

/// What a text holds where an address may be spelt out. Brackets are looked for from the word inside.
const MARKERS: &[&str] = &[
    "at]",
    "at)",
    "at}",
    "at>",
    "at ]",
    "at )",
    "at }",
    "at >",
    "ät)",
    "ät]",
    "ät }",
    "ät )",
    "ät ]",
    "aet)",
    "aet]",
    "@]",
    "@)",
    "@}",
    "@>",
    "@ ]",
    "@ )",
    " at ",
    "\u{a0}at\u{a0}",
    "_at_",
    "*at*",
    "|at|",
    "/at/",
    "-at-",
    "(a)",
    "[a]",
    "{a}",
    "arobas",
    "arroba",
    "chiocciola",
    "apenstaart",
    "klammeraffe",
    "snabel",
    "at sign",
    "at-sign",
    "at symbol",
    "at-symbol",
    "at-zeichen",
    "at zeichen",
    "atsign",
    "at:",
    "«at»",
    "'at'",
    "\"at\"",
    "(ad)",
    "[ad]",
];

static FINDER: LazyLock<Needles> = LazyLock::new(|| Needles::of(MARKERS));

/// Words for the sign, inside of brackets or out.
const SIGNS: &[&str] = &[
    "at",
    "ät",
    "aet",
    "@",
    "a",
    "ad",
    "arobase",
    "arobas",
    "arobaze",
    "arroba",
    "chiocciola",
    "chiocciolina",
    "apenstaart",
    "apenstaartje",
    "klammeraffe",
    "affenschwanz",
    "at sign",
    "at-sign",
    "atsign",
    "at symbol",
    "at-symbol",
    "at-zeichen",
    "at zeichen",
    "snabel-a",
    "snabela",
    "snabel",
    "kukac",
    "małpa",
    "a commerciale",
];
/// Words for a dot.
const DOTS: &[&str] =
    &["dot", "punkt", "point", "punto", "punt", "ponto", "pkt", "period", "d0t", ".", "piste", "kropka"];

/// Names of mailboxes that firms use: with one of them even a plain "at" is believed.
pub(super) const MAILBOXES: &[&str] = &[
    "info",
    "infos",
    "information",
    "contact",
    "contactus",
    "contacts",
    "kontakt",
    "contacto",
    "contatti",
    "hello",
    "hallo",
    "hola",
    "bonjour",
    "office",
    "mail",
    "email",
    "e-mail",
    "post",
    "postmaster",
    "support",
    "help",
    "helpdesk",
    "service",
    "services",
    "kundenservice",
    "sales",
    "verkauf",
    "enquiries",
    "enquiry",
    "inquiries",
    "complaints",
    "complaint",
    "beschwerde",
    "reclamations",
    "reclamaciones",
    "reclami",
    "klachten",
    "feedback",
    "admin",
    "team",
    "customerservice",
    "customer.service",
    "customerservices",
    "customercare",
    "customer.care",
    "care",
    "press",
    "media",
    "jobs",
    "careers",
    "billing",
    "accounts",
    "privacy",
    "dpo",
    "legal",
    "webmaster",
    "reception",
    "secretary",
    "ceo",
    "orders",
    "bookings",
    "reservations",
    "datenschutz",
    "buchhaltung",
    "presse",
    "redaktion",
    "web",
];
/// Words before a mailbox that say what it is.
const MAIL_WORDS: &[&str] = &[
    "email", "e-mail", "mail", "mails", "courriel", "mél", "correo", "posta", "mailto", "emailing", "write",
    "contact", "kontakt", "@",
];

/// Most markers of one text that are looked at.
const MOST_MARKERS: usize = 20_000;

/// Finds the addresses that a text spells out, in order.
pub(super) fn find(text: &str, found: &mut Vec<Match>) {
    let mut from = 0;
    for marker in FINDER.find_iter(text).take(MOST_MARKERS) {
        if marker.start < from {
            continue;
        }
        let Some((start, end, strength)) = sign(text, marker.start, marker.end) else { continue };
        if start < from {
            continue;
        }
        if let Some(matched) = around(text, from, start, end, strength) {
            from = matched.span.end;
            found.push(matched);
        }
    }
}

/// How sure a spelt sign is one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Strength {
    /// In brackets, or a word that is used for nothing else.
    Sure,
    /// In brackets, but it may be a list: "(a)". Nothing may stand between it and the words.
    Tight,
    /// The bare word "at".
    Bare,
}

/// Returns the range of the sign that a marker is part of.
fn sign(text: &str, start: usize, end: usize) -> Option<(usize, usize, Strength)> {
    let marker = text[start..end].to_ascii_lowercase();
    let word = marker.trim_matches([' ', '\u{a0}']);
    let bracketed = text[..start].ends_with(['[', '(', '{', '<']);
    let named = ["sign", "symbol", "zeichen"].iter().any(|word| text[end..].starts_with(word));
    if word == "at" && !bracketed && !named {
        return Some((start, end, Strength::Bare));
    }
    if let [b'_' | b'*' | b'|' | b'/' | b'-', .., b'_' | b'*' | b'|' | b'/' | b'-'] = word.as_bytes() {
        let strength =
            if matches!(word.as_bytes()[0], b'*' | b'|') { Strength::Sure } else { Strength::Bare };
        return Some((start, end, strength));
    }
    if matches!(word, "«at»" | "'at'" | "\"at\"") {
        return Some((start, end, Strength::Sure));
    }
    // The bracket that opens before, and the one that closes it.
    let before = clip_end(&text[..end], 48);
    let close_at = |open: usize, close: char| clip(&text[open..], 48).find(close).map(|at| open + at);
    if let Some(at) = before.rfind(['[', '(', '{', '<']) {
        let open = end - before.len() + at;
        let close = match text.as_bytes()[open] {
            b'[' => ']',
            b'(' => ')',
            b'{' => '}',
            _ => '>',
        };
        if let Some(close) = close_at(open, close).filter(|&close| close + 1 >= end) {
            let inner = text[open + 1..close].trim().to_lowercase();
            let inner = inner.trim_matches(['-', '_', '*', ' ', '.']);
            let sentence = ["at sign", "at-sign", "at symbol", "klammeraffe", "arobase", "@", "at-zeichen"]
                .iter()
                .any(|word| inner.contains(word));
            if SIGNS.contains(&inner) || sentence {
                let strength = if matches!(inner, "a" | "ad") { Strength::Tight } else { Strength::Sure };
                return Some((open, close + 1, strength));
            }
        }
    }
    // A word on its own, with spaces around: "info arobase acme.example".
    let whole = take_back(&text[..end], |c| c.is_alphabetic() || c == '-', 24).len();
    let start = end - whole;
    let end = end + take(&text[end..], char::is_alphabetic, 12).len();
    let lone = text[start..end].to_lowercase();
    (SIGNS.contains(&lone.as_str()) && lone.len() > 3).then_some((start, end, Strength::Sure))
}

/// Reads the address around a sign.
fn around(text: &str, from: usize, start: usize, end: usize, strength: Strength) -> Option<Match> {
    let left = &text[from..start];
    let lead = left.trim_end_matches([' ', '\u{a0}']);
    let rest = &text[end..];
    let right = rest.trim_start_matches([' ', '\u{a0}']);
    if strength == Strength::Tight && (lead.len() < left.len() || right.len() < rest.len()) {
        return None;
    }
    if left.len() - lead.len() > 3 || rest.len() - right.len() > 3 {
        return None;
    }
    let (local, local_start) = local_before(lead)?;
    let (domain, taken, spelt) = domain_after(right)?;
    if strength == Strength::Bare {
        let before = lead[..local_start].trim_end_matches([' ', '\u{a0}']);
        let opens = spelt && before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        // `We cannot do so. At this point you may …`: a sentence ends before, and what follows is no name.
        let prose = STOP.contains(&local.to_lowercase().as_str())
            || local.ends_with('.')
            // "The Federal Commission at commission.example": a name that ends, not a mailbox.
            || local.starts_with(char::is_uppercase) && !spelt && !before.ends_with(':')
            || ["www.", "this.", "that.", "the.", "which."]
                .iter()
                .any(|word| domain.to_lowercase().starts_with(word));
        if prose || !(opens || is_announced(before) || spelt && is_mailbox(&local)) {
            return None;
        }
    }
    let email = accept(&local, &domain)?;
    let right_at = end + (rest.len() - right.len());
    Some(Match { span: from + local_start..right_at + taken, email })
}

/// Reads a local part backwards, spelt dots counted in; returns it and where it begins.
fn local_before(lead: &str) -> Option<(String, usize)> {
    let word = take_back(lead, is_local, 64);
    let mut local = word.trim_start_matches(['.', '-', '\'', '&', '+', '%']).to_owned();
    let mut at = lead.len() - local.len();
    while let Some((word_start, word)) = spelt_dot_before(&lead[..at]) {
        local = format!("{word}.{local}");
        at = word_start;
        if local.len() > 64 {
            break;
        }
    }
    (!local.is_empty() && local.chars().any(char::is_alphanumeric)).then_some((local, at))
}

/// Reads "head [dot] " before a word; returns where the word before the dot begins, and that word.
fn spelt_dot_before(lead: &str) -> Option<(usize, &str)> {
    let trimmed = lead.trim_end_matches([' ', '\u{a0}']);
    let inner = trimmed.strip_suffix([']', ')', '}'])?;
    let open =
        clip_end(inner, 12).rfind(['[', '(', '{'])? + inner.len().saturating_sub(clip_end(inner, 12).len());
    DOTS.contains(&inner[open + 1..].trim().to_lowercase().as_str()).then_some(())?;
    let before = inner[..open].trim_end_matches([' ', '\u{a0}']);
    let word = take_back(before, is_local, 64);
    (!word.is_empty()).then_some((before.len() - word.len(), word))
}

/// Reads a domain, dots spelt or not; returns it, the bytes it takes, and whether a dot was spelt.
fn domain_after(right: &str) -> Option<(String, usize, bool)> {
    let is_label = |c: char| super::plain::is_host(c) && c != '.' && c != '_';
    let mut domain = String::new();
    let mut best: Option<(String, usize, bool)> = None;
    let (mut at, mut spelt) = (0, false);
    for _ in 0..6 {
        let label = take(&right[at..], is_label, 64);
        if label.is_empty() {
            break;
        }
        domain.push_str(label);
        at += label.len();
        let trimmed = domain.trim_end_matches('-');
        if is_domain(&trimmed.to_lowercase()) {
            best = Some((trimmed.to_owned(), at - (domain.len() - trimmed.len()), spelt));
        }
        let Some((taken, by_word)) = dot(&right[at..]) else { break };
        spelt |= by_word;
        at += taken;
        domain.push('.');
    }
    best
}

/// Reads a dot, spelt or not; returns the bytes it takes and whether it was spelt.
fn dot(text: &str) -> Option<(usize, bool)> {
    if let Some(rest) = text.strip_prefix('.') {
        return rest.starts_with(|c: char| c.is_alphanumeric()).then_some((1, false));
    }
    let trimmed = text.trim_start_matches([' ', '\u{a0}', '_', '-']);
    let lead = text.len() - trimmed.len();
    if lead > 3 {
        return None;
    }
    let (inner, close) = match trimmed.chars().next()? {
        '[' => (&trimmed[1..], Some(']')),
        '(' => (&trimmed[1..], Some(')')),
        '{' => (&trimmed[1..], Some('}')),
        '<' => (&trimmed[1..], Some('>')),
        '*' | '|' => (&trimmed[1..], trimmed.chars().next()),
        _ => (trimmed, None),
    };
    let (word, taken) = match close {
        Some(close) => {
            let end = clip(inner, 16).find(close)?;
            (&inner[..end], 1 + end + 1)
        }
        // A bare word needs room on both sides.
        None if lead > 0 => {
            let word = take(inner, char::is_alphanumeric, 8);
            inner[word.len()..].starts_with([' ', '\u{a0}', '_', '-']).then_some((word, word.len()))?
        }
        None => return None,
    };
    let word = word.trim().trim_matches(['-', '_', '*']).to_lowercase();
    DOTS.contains(&word.as_str()).then_some(())?;
    let rest = &trimmed[taken..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '_', '-']).len();
    (gap <= 3).then_some((lead + taken + gap, true))
}

/// Words that stand before "at" and "@" in prose.
const STOP: &[&str] = &[
    "us",
    "me",
    "him",
    "her",
    "them",
    "it",
    "you",
    "here",
    "there",
    "more",
    "now",
    "online",
    "shop",
    "visit",
    "see",
    "look",
    "find",
    "available",
    "site",
    "website",
    "page",
    "store",
    "located",
    "live",
    "directly",
    "work",
    "are",
    "is",
    "be",
    "am",
    "team",
    "office",
    "found",
    "while",
    "and",
    "or",
    "offer",
    "read",
    "join",
    "book",
    "meet",
    "event",
    "events",
    "days",
    "day",
    "week",
    "stay",
    "hosted",
    "priced",
    "start",
    "starting",
    "met",
    "meeting",
    "call",
    "follow",
    "out",
    "was",
    "were",
];

/// Returns whether a word before a lone "@" is more likely prose than a mailbox.
pub(super) fn is_prose(local: &str, before: &str) -> bool {
    STOP.contains(&local.to_lowercase().as_str()) || !(is_mailbox(local) || is_announced(before))
}

/// Returns whether a word stands before `at` in prose.
pub(crate) fn is_stop(word: &str) -> bool {
    STOP.contains(&word)
}

/// Returns whether a word is the name of a mailbox, or has signs that only mailboxes have.
pub(crate) fn is_mailbox(local: &str) -> bool {
    local.contains(['.', '_']) || MAILBOXES.contains(&local.to_lowercase().as_str())
}

/// Returns whether a word for e-mail stands shortly before.
pub(crate) fn is_announced(before: &str) -> bool {
    let words = clip_end(before, 48).to_lowercase();
    let mut near = words
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .rev()
        .filter(|word| !word.is_empty())
        .take(4);
    near.any(|word| MAIL_WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut matches = Vec::new();
        find(text, &mut matches);
        matches.iter().map(|m| m.email.as_str().to_owned()).collect()
    }

    #[test]
    fn addresses_are_spelt_in_many_ways() {
        for text in [
            "info [at] acme [dot] example",
            "info(at)acme.example",
            "info (at) acme (dot) example",
            "info{at}acme{dot}example",
            "info [ at ] acme [ dot ] example",
            "info<at>acme<dot>example",
            "info at acme dot example",
            "E-mail: info at acme.example",
            "INFO AT ACME DOT EXAMPLE",
            "info (ät) acme.example",
            "info [arobase] acme [point] example",
            "info arobase acme.example",
            "info (arroba) acme (punto) example",
            "info chiocciola acme.example",
            "info [apenstaartje] acme.example",
            "info (Klammeraffe) acme.example",
            "info [put the at sign here] acme.example",
            "info [at-sign] acme.example",
            "info(@)acme.example",
            "info[@]acme.example",
            "info(a)acme.example",
            "info_at_acme_dot_example",
            "info |at| acme.example",
            "info *at* acme *dot* example",
            "info (at) acme [punkt] example.",
            "info -at- acme -dot- example",
        ] {
            assert_eq!(found(text), ["info@acme.example"], "{text}");
        }
        assert_eq!(
            found("head [dot] office (at) acme.co.uk, or x [at] acme [dot] co [dot] uk"),
            ["head.office@acme.co.uk", "x@acme.co.uk"]
        );
    }

    #[test]
    fn prose_is_no_address() {
        for text in [
            "visit us at acme.example",
            "more at acme.example",
            "Look at this. Dot the i.",
            "(at acme.example)",
            "section 4 (a) acme.example",
            "arrive-at-home.example",
            "we met at noon dot com was new",
            "available at www.acme.example today",
            "she works at acme.example",
            "Post at www.acme.example",
            "the office at acme.example",
            "contact the Widget Commission at complaints.acme.example",
            "point (a) applies",
            "explain why we have been unable to do so. At this point you can let us go on",
            "Come at that point you like best",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
