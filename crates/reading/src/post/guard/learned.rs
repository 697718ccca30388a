//! What was learnt of how frauds are worded: a weight for every piece of a word and pair of words.
//!
//! Signs written by hand know the tricks that somebody thought of. This one looks at the whole voice of a post: its words,
//! pairs of words and pieces of words, with numbers, mailboxes, amounts and the company's name put into classes, so that no
//! post is known by its values. The weights come from the labelled posts of `tests/posts` by logistic regression
//! (`tests/posts/learn.rs` makes the file anew and holds it to what those posts teach); nothing else is in them. It is one
//! voice among the signs, and bounded; on its own it is enough only where it is
//! beyond doubt.

use ladder::Channel;

use super::super::Scene;
use super::super::company::Owner;
pub use crate::pieces::BUCKETS;
use crate::pieces::{bucket, number};

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 16 << 10;
/// Lengths of the pieces of words, in characters.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;

/// Scale and base, then a weight for each bucket.
static WEIGHTS: &[u8] = include_bytes!("learned.bin");

/// Returns by how much the wording speaks for a fraud, in log-odds.
#[must_use]
pub fn odds(scene: &Scene<'_>) -> f64 {
    let pieces = pieces(scene);
    let (scale, base) = (f64::from(number(WEIGHTS, 0)), f64::from(number(WEIGHTS, 4)));
    let sum: f64 = pieces
        .iter()
        .filter_map(|&piece| WEIGHTS.get(8 + piece as usize))
        .map(|&weight| f64::from(i8::from_le_bytes([weight])))
        .sum();
    let length = f64::from(u32::try_from(pieces.len().max(1)).unwrap_or(u32::MAX)).sqrt();
    base + scale * sum / length
}

/// Returns the pieces of a post, each once, in rising order: numbers below [`BUCKETS`].
#[must_use]
pub fn pieces(scene: &Scene<'_>) -> Vec<u32> {
    let words = words(scene);
    let mut found = Vec::with_capacity(words.len() * 12);
    let mut before = "^";
    for word in &words {
        found.push(bucket(&[b"w", word.as_bytes()]));
        found.push(bucket(&[b"p", before.as_bytes(), b" ", word.as_bytes()]));
        before = word;
        if word.starts_with('<') {
            continue;
        }
        let padded: Vec<char> = std::iter::once(' ').chain(word.chars().take(40)).chain([' ']).collect();
        let mut piece = String::new();
        for length in PIECES {
            for window in padded.windows(length) {
                piece.clear();
                piece.extend(window);
                found.push(bucket(&[b"c", piece.as_bytes()]));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the words of a post in lower case, values and names put into classes such as `<phone>` and `<other-mail>`.
fn words(scene: &Scene<'_>) -> Vec<String> {
    let text = crate::window::clip(&scene.plain.text, LONGEST);
    let name = scene.company.first_word().map(str::to_owned);
    let mut found = Vec::new();
    let mut at = 0;
    for (index, mention) in scene.mentions.iter().enumerate() {
        if mention.span.start < at || mention.span.end > text.len() {
            continue;
        }
        plain_words(&text[at..mention.span.start], name.as_deref(), &mut found);
        let whose = match mention.owner {
            Some(Owner::Own) => "own",
            // What the writers warn of, refuse or call dead is another thing than what they push.
            _ if !scene.is_pushed(index) => "shunned",
            Some(Owner::LookAlike) => "like",
            Some(Owner::Other) => "other",
            None => "any",
        };
        let kind = match mention.reach.channel() {
            Channel::Phone | Channel::Textphone | Channel::Fax => "phone",
            Channel::Email => "mail",
            Channel::Messaging => "message",
            Channel::Postal => "post",
            Channel::Social => "social",
            _ => "link",
        };
        found.push(format!("<{whose}-{kind}>"));
        at = mention.span.end;
    }
    plain_words(&text[at..], name.as_deref(), &mut found);
    if let Some(url) = &scene.url {
        for part in url.host_str().unwrap_or_default().split('.').chain(url.path().split(['/', '-', '_'])) {
            if part.chars().count() > 2 && part.chars().all(char::is_alphabetic) {
                let part = part.to_lowercase();
                let of_company = name.as_deref().is_some_and(|name| part.contains(name));
                found.push(if of_company { "<url-company>".to_owned() } else { format!("<url-{part}>") });
            }
        }
    }
    found
}

/// Adds the words of a stretch without values: digits become one `0`, an amount of money `<money>`, the company `<company>`.
fn plain_words(text: &str, company: Option<&str>, found: &mut Vec<String>) {
    for word in text.split_whitespace() {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        if company.is_some_and(|name| bare.starts_with(name)) {
            found.push("<company>".to_owned());
            continue;
        }
        if lower.contains(['£', '$', '€']) && lower.contains(|c: char| c.is_ascii_digit()) {
            found.push("<money>".to_owned());
            continue;
        }
        if bare.is_empty() {
            // Arrows, telephones and stars are words of their own kind.
            if !lower.is_ascii() {
                found.push(lower.chars().take(4).collect());
            }
            continue;
        }
        let mut folded = String::with_capacity(bare.len());
        for c in bare.chars() {
            match (c.is_numeric(), folded.ends_with('0')) {
                (true, true) => {}
                (true, false) => folded.push('0'),
                (false, _) => folded.push(c),
            }
        }
        found.push(folded);
        for end in ["!!", "??", "!", "?"] {
            if lower.ends_with(end) {
                found.push(format!("<{end}>"));
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Post;
    use super::*;

    fn scene<'a>(text: &'a str, company: &'a str) -> Scene<'a> {
        let country = ladder::Country::parse("US").ok();
        Scene::of(&Post { text, company: Some(company), country, ..Post::default() })
    }

    #[test]
    fn no_post_is_known_by_its_values_or_by_whom_it_is_about() {
        let one =
            pieces(&scene("Castora owes me $75. Call 888-555-0101 or mail care@castora.example", "Castora"));
        let other = pieces(&scene(
            "Fenwick owes me $9,200. Call 312-555-0148 or mail help@fenwick.example",
            "Fenwick",
        ));
        assert_eq!(one, other);
        assert!(one.iter().all(|&piece| (piece as usize) < BUCKETS));
        // A mailbox of somebody else is another matter.
        let stranger =
            pieces(&scene("Castora owes me $75. Call 888-555-0101 or mail care@freemail.test", "Castora"));
        assert_ne!(one, stranger);
    }

    #[test]
    fn the_weights_are_whole_and_tell_a_bait_from_a_complaint() {
        assert_eq!(WEIGHTS.len(), BUCKETS + 8);
        let bait = "Castora refund helpline 888-555-0101! The agent is so kind, have your card and the code ready, money back in 10 minutes";
        let plain = "Castora lost my bag in June. Customer relations, relations@castora.example, answered after nine days and paid.";
        assert!(odds(&scene(bait, "Castora")) > odds(&scene(plain, "Castora")) + 2.0);
        assert!(odds(&scene("", "Castora")).is_finite());
    }
}
