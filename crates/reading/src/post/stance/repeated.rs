//! One number, put again and again into words that warn of callers: the words are only its wrapping.

use super::super::mention::Mention;
use super::super::thread::Message;
use super::{SHUN, is_warning, negated};

/// The fewest times that one number is put into one message where its words are only the wrapping.
const REPEATED: usize = 4;

/// Whether a number is put again and again into a message.
pub(super) fn is_repeated(mention: &Mention, all: &[Mention]) -> bool {
    mention.reach.as_number().is_some()
        && all.iter().filter(|m| m.message == mention.message && m.reach == mention.reach).count() >= REPEATED
}

/// Whether a message puts one number again and again into words that warn of callers, and offers it: who warns of a number names
/// it once or twice, and tells nobody to ring it.
pub(super) fn repeats(text: &str, message: &Message, mentions: &[Mention]) -> bool {
    static OFFERS: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:available|24\s?[/x]\s?7|reach|call\s+(?:us|now)|dial|contact\s+us|toll[- ]?free|any\s?time|erreichbar|rund\s+um\s+die\s+uhr|joignable|appelez|disponible\w*|llame|chiama\w*|bereikbaar|bel)\b",
        )
    });
    let here = |m: &&Mention| message.whole.contains(&m.span.start) && is_repeated(m, mentions);
    let mut of_it = mentions.iter().filter(here).peekable();
    of_it.peek().is_some()
        && mentions.iter().filter(here).any(|m| {
            let words = &text[m.sentence.clone()];
            OFFERS.is_match(words) && !is_warning(words) && !SHUN.is_match(words)
        })
        && of_it.all(|m| !negated(&text[m.sentence.clone()]))
}
