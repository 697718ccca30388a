//! Contacts of a procedure: what the scanners found, and at which word it stands.
//!
//! Numbers, mail and postal addresses come from the extractors of the page. Web addresses count in two ways: as a place to
//! go for a body outside, and as the company's own complaint form for a stage, where the address is in the text.

use ladder::{Channel, Link, Reach};

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;
use crate::{email, phone, postal};

use super::words::{Kind, Words};

/// A contact and its place among the words.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The first of its words.
    pub(super) word: usize,
    /// Channel and value.
    pub(super) reach: Reach,
    /// Whether it is printed in the text, and not only the target of a link.
    pub(super) printed: bool,
    /// Whether it is said to be a place to chat.
    pub(super) chat: bool,
}

/// Finds the contacts of an outline.
pub(super) fn hits(outline: &Outline, context: &Context<'_>) -> Vec<Hit> {
    let mut hits = phone::find(outline, context);
    hits.extend(email::find(outline, context));
    hits.extend(postal::find(outline, context));
    hits
}

/// Puts hits and web addresses at their words, in reading order.
pub(super) fn place(
    outline: &Outline,
    words: &Words<'_>,
    hits: &[Hit],
    context: &Context<'_>,
) -> Vec<Placed> {
    let mut found = Vec::new();
    for hit in hits {
        let wanted = matches!(
            hit.reach.channel(),
            Channel::Phone | Channel::Textphone | Channel::Email | Channel::Postal | Channel::Messaging
        );
        if !wanted || hit.span.is_empty() && hit.link.is_none() {
            continue;
        }
        let word = words.word_at(hit.span.start);
        let inside =
            words.words.get(word).is_some_and(|w| (w.start as usize) < hit.span.end.max(hit.span.start + 1));
        if inside {
            found.push(Placed { word, reach: hit.reach.clone(), printed: true, chat: false });
        }
    }
    for (word, at) in words.words.iter().enumerate() {
        if at.kind == Kind::Address {
            let printed = &words.text[at.start as usize..at.end as usize];
            if !printed.contains('@')
                && let Some(reach) = site(printed)
            {
                let chat = is_chat(words, word);
                found.push(Placed { word, reach, printed: true, chat });
            }
        }
    }
    let own = context.url.and_then(url::Url::host_str).unwrap_or("");
    for link in &outline.links {
        let lower = link.href.get(..8).unwrap_or(&link.href).to_ascii_lowercase();
        if link.text.is_empty() || !lower.starts_with("http") {
            continue;
        }
        let Some(reach) = site(&link.href) else { continue };
        let host = reach.as_link().map_or("", |link| host(link.as_str()));
        let word = words.word_at(link.text.start);
        let inside = words.words.get(word).is_some_and(|w| (w.start as usize) < link.text.end);
        if inside && !host.is_empty() && host.trim_start_matches("www.") != own.trim_start_matches("www.") {
            found.push(Placed { word, reach, printed: false, chat: false });
        }
    }
    found.sort_by_key(|placed| placed.word);
    found
}

fn host(address: &str) -> &str {
    address.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("")
}

/// Makes a place to go of a printed web address.
fn site(printed: &str) -> Option<Reach> {
    let trimmed = printed.trim_end_matches(['/', '.', ',']);
    let whole = if trimmed.contains("://") {
        trimmed.to_owned()
    } else {
        // `procedure.html` is a file.
        let name = trimmed.split(['/', '?', '#', ':']).next().unwrap_or("");
        if !ladder::host::has_suffix(name) {
            return None;
        }
        format!("https://{trimmed}")
    };
    Link::parse(&whole).ok().and_then(|link| Reach::link(Channel::Web, link).ok())
}

/// How many words before a web address may say that one chats there.
const CHATS: usize = 4;

/// Whether a web address is where one chats: `live chat at acme.com/help`, `acme.com/chat`.
fn is_chat(words: &Words<'_>, address: usize) -> bool {
    let chats = |at: usize| {
        let spelling = words.spelling(at);
        ["chat", "tchat", "livechat"].iter().any(|word| spelling.starts_with(word))
    };
    let start = words.sentences[words.sentence_of(address)].words.start;
    (address.saturating_sub(CHATS).max(start)..address).any(chats)
        || words.spelling(address).split(['/', '-', '.']).any(|part| part == "chat" || part == "tchat")
}

/// Endings of documents, which nobody fills in.
const DOCUMENTS: &[&str] = &[".pdf", ".doc", ".docx", ".odt"];

/// Makes the company's own form, or the page where it chats, of a web address with a path.
pub(super) fn form(placed: &Placed) -> Option<Reach> {
    let link = placed.reach.as_link().filter(|_| placed.printed)?;
    let path = link.as_str().split("//").nth(1)?.trim_end_matches('/').contains('/');
    let lower = link.as_str().to_ascii_lowercase();
    let document = DOCUMENTS.iter().any(|ending| lower.ends_with(ending));
    let channel = if placed.chat { Channel::Chat } else { Channel::Form };
    (path && !document).then(|| Reach::link(channel, link.clone()).ok()).flatten()
}
