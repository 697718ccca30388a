//! Addresses as they are meant to be written, and with a slip: a space beside the `@`, a word run on at the end.
//!
//! Driven by the `@` signs of a text: what holds none costs one search for a byte. Each sign looks a bounded way to
//! either side.

use std::ops::Range;

use ladder::Email;

use super::address::{accept, is_domain};

/// Longest local part and longest domain looked at, in bytes.
const MOST_LOCAL: usize = 96;
const MOST_DOMAIN: usize = 260;
/// Most signs of one text that are looked at.
const MOST_SIGNS: usize = 20_000;

/// An address found in a text, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Match {
    /// Where it stands as printed.
    pub span: Range<usize>,
    /// The address.
    pub email: Email,
}

/// Returns whether a character may stand in a local part as people publish it.
pub(super) const fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '&') || is_letter(c)
}

/// Returns whether a character may stand in a domain.
pub(super) const fn is_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') || is_letter(c)
}

/// Latin letters with marks: scripts without spaces would run a word before into the address.
const fn is_letter(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}') && c != '×' && c != '÷'
}

/// Finds the addresses of a text, in order.
pub(super) fn find(text: &str, found: &mut Vec<Match>) {
    let plain = memchr::memchr_iter(b'@', text.as_bytes()).take(MOST_SIGNS);
    let mut signs = plain.map(|at| (at, 1)).collect::<Vec<_>>();
    for wide in ['\u{ff20}', '\u{fe6b}'] {
        signs.extend(text.match_indices(wide).take(MOST_SIGNS).map(|(at, sign)| (at, sign.len())));
    }
    if signs.len() > 1 {
        signs.sort_unstable();
    }
    let mut from = 0;
    for (at, len) in signs {
        if let Some(matched) = around(text, at, len, from) {
            from = matched.span.end;
            found.push(matched);
        }
    }
}

/// Reads the address around one sign; nothing before `from` belongs to it.
fn around(text: &str, at: usize, len: usize, from: usize) -> Option<Match> {
    let (before, after) = (&text[from..at], &text[at + len..]);
    let space_before = before.len() - before.trim_end_matches([' ', '\u{a0}']).len();
    let space_after = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
    if space_before > 2 || space_after > 2 {
        return None;
    }
    let left = &before[..before.len() - space_before];
    let local = take_back(left, is_local, MOST_LOCAL);
    let right = &after[space_after..];
    let host = take(right, is_host, MOST_DOMAIN);
    if local.is_empty() || host.is_empty() || in_address(left, local) {
        return None;
    }
    let rest = &right[host.len()..];
    // "info@acme .example": the dot slipped.
    let slipped =
        (!host.contains('.')).then(|| rest.strip_prefix(' ')).flatten().filter(|rest| rest.starts_with('.'));
    let (domain, end) = if let Some(rest) = slipped {
        let tail = take(rest, is_host, 64);
        let domain = format!("{host}{}", tail.trim_end_matches('.'));
        let end = host.len() + 1 + tail.trim_end_matches('.').len();
        (is_domain(&domain.to_lowercase()).then_some(domain)?, end)
    } else {
        let host = ending(host)?;
        (host.to_owned(), host.len())
    };
    let rest = &right[end..];
    if rest.starts_with('@')
        || rest.strip_prefix(':').is_some_and(|path| {
            path.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '~'))
        }) && !left_is_mail(left, local)
    {
        return None;
    }
    // With a space before it, it may be prose or a handle.
    if space_before > 0 && super::spelt::is_prose(local, &left[..left.len() - local.len()]) {
        return None;
    }
    let email = accept(local, &domain)?;
    let lead = local.len() - local.trim_start_matches(['.', '-', '\'', '%', '&', '+']).len();
    let start = at - space_before - local.len() + lead;
    Some(Match { span: start..at + len + space_after + end, email })
}

/// Returns whether `mailto` stands before a local part that a colon and a path follow.
fn left_is_mail(left: &str, local: &str) -> bool {
    left[..left.len() - local.len()].ends_with("mailto:")
}

/// Returns whether a local part belongs to a web address: `https://key@host`, `//user:pass@host`.
fn in_address(left: &str, local: &str) -> bool {
    let before = &left[..left.len() - local.len()];
    if !before.ends_with(['/', ':', '=', '?', '#']) {
        return false;
    }
    let token = take_back(before, |c| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '('), 200);
    let lower = token.to_ascii_lowercase();
    !lower.ends_with("mailto:")
        && !lower.ends_with("mailto://")
        && (lower.contains("://") || lower.contains("//"))
}

/// Cuts a run of host characters where the domain ends: a stop, a hyphen, a word run on ("acme.examplePhone").
fn ending(host: &str) -> Option<&str> {
    let host = host.trim_end_matches(['.', '-', '_', '\'']);
    if is_domain(&host.to_lowercase()) {
        return Some(host);
    }
    // The next sentence without a space before it.
    if let Some((head, tail)) = host.rsplit_once('.')
        && tail.starts_with(char::is_uppercase)
        && is_domain(&head.to_lowercase())
    {
        return Some(head);
    }
    // The next word: a capital after a small letter.
    let last = host.rfind('.')?;
    let mut small = false;
    let cut = host[last + 1..].char_indices().find(|&(_, c)| {
        let turns = small && (c.is_uppercase() || c.is_ascii_digit());
        small = c.is_lowercase();
        turns
    })?;
    let head = &host[..last + 1 + cut.0];
    is_domain(&head.to_lowercase()).then_some(head)
}

/// Returns the longest start of a text of some characters, at most `most` bytes.
pub(super) fn take(text: &str, is: impl Fn(char) -> bool, most: usize) -> &str {
    let end = text
        .char_indices()
        .take_while(|&(i, c)| i < most && is(c))
        .last()
        .map_or(0, |(i, c)| i + c.len_utf8());
    &text[..end]
}

/// Returns the longest end of a text of some characters, at most `most` bytes.
pub(super) fn take_back(text: &str, is: impl Fn(char) -> bool, most: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|&(i, c)| text.len() - i <= most && is(c))
        .last()
        .map_or(text.len(), |(i, _)| i);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut matches = Vec::new();
        find(text, &mut matches);
        matches.iter().map(|m| format!("{} {}", m.email.as_str(), &text[m.span.clone()])).collect()
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("Write to info@acme.example.", "info@acme.example info@acme.example"),
            ("(info@acme.example)", "info@acme.example info@acme.example"),
            ("<Info@ACME.example>, or", "info@acme.example Info@ACME.example"),
            ("mailto:info@acme.example?subject=x", "info@acme.example info@acme.example"),
            ("info@acme.examplePhone", "info@acme.example info@acme.example"),
            ("info@acme.co.uk.We answer", "info@acme.co.uk info@acme.co.uk"),
            ("info＠acme.example", "info@acme.example info＠acme.example"),
            ("E-Mail:info@acme.example", "info@acme.example info@acme.example"),
            ("info@acme .example", "info@acme.example info@acme .example"),
            ("mail @ acme.example", "mail@acme.example mail @ acme.example"),
            ("'info@acme.example'", "info@acme.example info@acme.example"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
        assert_eq!(found("a@acme.example/b@acme.example,c@acme.example").len(), 3);
    }

    #[test]
    fn signs_that_are_no_address() {
        for text in [
            "@acme",
            "follow @acme.example now",
            "npm i react@18.2.0",
            "@scope/pkg@1.2.3",
            "https://0a1b@o1.acme.example/1",
            "git@github.com:acme/x.git",
            "deploy@host.acme.example:/srv",
            "logo@2x.png",
            "https://user:secret@acme.example/",
            "meet us @ acme.example",
            "5 apples @ 3.99",
            "https://maps.acme.example/@51.5,0.1,15z",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
