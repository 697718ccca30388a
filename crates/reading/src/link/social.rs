//! Profiles on social networks: the owner's own, in whatever spelling the page links or prints them.
//!
//! An address that fits one of the [networks](super::networks) is somebody's profile; whose it is, is weighed from its
//! name, its place and the words on it. One profile is one hit, however often and in whatever spelling it is linked.

use std::collections::HashMap;
use std::sync::LazyLock;

use ladder::{Channel, Place, Reach};
use url::Url;

use crate::hit::Hit;
use crate::link::networks::{MAKERS, NETWORKS, Profile, is_network, listed, read};
use crate::link::own::{self, Own};
use crate::outline::{Link, LinkKind, Outline};

/// The hosts of networks that are named in full, the longest first.
static PRINTED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let hosts = NETWORKS.iter().flat_map(|n| n.hosts).copied();
    let mut hosts: Vec<&str> = hosts.filter(|host| !host.ends_with('.')).collect();
    hosts.sort_by_key(|host| std::cmp::Reverse(host.len()));
    hosts
});

/// Returns where the host of a network stands that ends right before an offset.
fn host_before(text: &str, end: usize) -> Option<usize> {
    let before = text.as_bytes().get(..end)?;
    if !before.last()?.is_ascii_alphabetic() {
        return None;
    }
    let host = PRINTED.iter().find(|host| {
        before
            .len()
            .checked_sub(host.len())
            .is_some_and(|at| before[at..].eq_ignore_ascii_case(host.as_bytes()))
    })?;
    Some(end - host.len())
}

/// A profile with the link that leads to it.
struct Candidate {
    profile: Profile,
    /// The link's index, or none for one that is printed only.
    link: Option<usize>,
    /// Where it is printed.
    at: usize,
    score: i32,
    named: bool,
}

/// Finds the owner's profiles.
pub(super) fn find(outline: &Outline, own: &Own) -> Vec<Hit> {
    let mut candidates: Vec<Candidate> = Vec::new();
    // Most links of a page lead to few hosts: each is judged once in a row.
    let mut judged = ("", false);
    for (index, link) in outline.links.iter().enumerate().take(20_000) {
        let Some(host) = own::host(&link.href) else { continue };
        if host != judged.0 {
            judged = (host, !own.is_own(host) && is_network(host));
        }
        let me = is_me(link);
        if !judged.1 && (!me || own.is_own(host)) {
            continue;
        }
        let of_reader = matches!(link.kind, LinkKind::Anchor | LinkKind::Button);
        if !of_reader && !me {
            continue;
        }
        let Some(profile) = own.resolve(&link.href).and_then(|url| read(&url, me)) else { continue };
        if listed(MAKERS, &profile.handle) && !own.is_called(&profile.handle) {
            continue;
        }
        if candidates.len() >= 1_000 {
            break;
        }
        let at = link.text.start;
        candidates.push(Candidate { profile, link: Some(index), at, score: 0, named: false });
    }
    printed(outline, own, &mut candidates);
    for i in 0..candidates.len() {
        let (score, named) = weigh(outline, own, &candidates, i);
        (candidates[i].score, candidates[i].named) = (score, named);
    }
    // One entry for each profile: by the link that speaks best for it.
    let mut best: HashMap<(&str, &str), usize> = HashMap::new();
    let mut order: Vec<(&str, &str)> = Vec::new();
    for (i, candidate) in candidates.iter().enumerate() {
        let key = (candidate.profile.network, candidate.profile.handle.as_str());
        let rank = |c: &Candidate| (c.link.is_some(), c.profile.bare, c.score);
        match best.get_mut(&key) {
            Some(kept) if rank(&candidates[*kept]) < rank(candidate) => *kept = i,
            Some(_) => {}
            None => {
                best.insert(key, i);
                order.push(key);
            }
        }
    }
    let top = |key: &(&str, &str)| {
        candidates
            .iter()
            .filter(|c| (c.profile.network, c.profile.handle.as_str()) == *key)
            .map(|c| c.score)
            .max()
            .unwrap_or(0)
    };
    order.truncate(120);
    order.iter().filter(|key| top(key) >= 2).filter_map(|key| hit(outline, &candidates[best[key]])).collect()
}

/// Makes a hit of a candidate.
fn hit(outline: &Outline, candidate: &Candidate) -> Option<Hit> {
    let reach = Reach::link(Channel::Social, own::value(&candidate.profile.url)?).ok()?;
    let mut hit = if let Some(link) = candidate.link {
        Hit::on_link(outline, reach, link)
    } else {
        let block = outline.block_at(candidate.at)?;
        let end = outline.blocks[block].range.end;
        let text = &outline.text[candidate.at..end];
        let length = text.find(char::is_whitespace).unwrap_or(text.len());
        Hit::in_text(outline, reach, block, candidate.at..candidate.at + length)
    };
    hit.label = candidate
        .link
        .map(|link| own::words(outline, &outline.links[link]))
        .filter(|words| !words.is_empty() && words.len() <= 80)
        .map(str::to_owned);
    Some(hit)
}

/// Returns whether a link is marked as the owner's own (`rel=me`, `rel=publisher`).
fn is_me(link: &Link) -> bool {
    link.rel
        .as_deref()
        .is_some_and(|rel| rel.split_ascii_whitespace().any(|r| matches!(r, "me" | "publisher")))
}

/// Finds addresses of profiles that are printed and not linked.
fn printed(outline: &Outline, own: &Own, candidates: &mut Vec<Candidate>) {
    let text = &outline.text;
    // Every profile has a path: its stroke is rarer than any part of a host.
    let strokes = memchr::memchr_iter(b'/', text.as_bytes());
    for (host, slash) in strokes.filter_map(|at| Some((host_before(text, at)?, at))).take(500) {
        let rest = &text[slash..];
        let start = text[..host]
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':')))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '"' | '>' | '|'));
        let end = slash + end.unwrap_or(rest.len());
        let address = text[start..end].trim_end_matches(['.', ':', '!', '?', '\'']);
        if host - start > 24 || address.len() > 200 {
            continue;
        }
        let linked = candidates.iter().any(|c| {
            c.link.is_some_and(|l| outline.links[l].text.start <= host && host < outline.links[l].text.end)
        });
        let absolute = match address.find("//") {
            Some(at) => format!("https:{}", &address[at..]),
            None => format!("https://{address}"),
        };
        if linked {
            continue;
        }
        let Some(profile) = Url::parse(&absolute).ok().and_then(|url| read(&url, false)) else { continue };
        if listed(MAKERS, &profile.handle) && !own.is_called(&profile.handle) {
            continue;
        }
        candidates.push(Candidate { profile, link: None, at: start, score: 0, named: false });
    }
}

/// Reads an address that is said to be a profile of the owner's.
pub(super) fn reach(url: &Url) -> Option<Reach> {
    let profile = read(url, false).filter(|profile| !MAKERS.contains(profile.handle.as_str()))?;
    Reach::link(Channel::Social, own::value(&profile.url)?).ok()
}

/// Weighs whether a profile is the owner's; also tells whether it bears the owner's name.
fn weigh(outline: &Outline, own: &Own, candidates: &[Candidate], index: usize) -> (i32, bool) {
    let candidate = &candidates[index];
    let profile = &candidate.profile;
    let named = own.is_called(profile.handle.split('@').next().unwrap_or_default());
    let mut score = if named { 3 } else { 0 };
    let (place, block, before, words) = if let Some(link) = candidate.link {
        let link = &outline.links[link];
        score += if is_me(link) { 3 } else { 0 };
        (link.place, link.block, own::around(outline, link, 80).0, own::words(outline, link))
    } else {
        let block = outline.block_at(candidate.at);
        let start = block.map_or(candidate.at, |b| outline.blocks[b].range.start);
        let place = block.map_or(Place::Main, |b| outline.blocks[b].place);
        (place, block, own::last(&outline.text[start..candidate.at.max(start)], 80), "")
    };
    if place != Place::Main {
        score += 2;
    }
    let lower = words.to_lowercase();
    let network = names_network(&lower, profile.network);
    if candidate.link.is_some() && (words.is_empty() || network && lower.len() <= 48) {
        score += 2;
    }
    if lower.contains("://")
        || lower.starts_with("www.")
        || lower.starts_with('@')
        || candidate.link.is_none()
    {
        score += 1;
    }
    let context = format!("{} {lower}", before.to_lowercase());
    if FOLLOW.iter().any(|word| context.contains(word)) {
        score += 2;
    }
    // Networks side by side: a row of icons.
    let others = candidates.iter().skip(index.saturating_sub(8)).take(17).filter(|other| {
        other.profile.network != profile.network
            && match (candidate.link, other.link) {
                (Some(a), Some(b)) => a.abs_diff(b) <= 4,
                _ => false,
            }
    });
    if others.count() >= 1 {
        score += 2;
    }
    let long = block.is_some_and(|b| outline.blocks[b].range.len() > 220);
    if long && !named && place == Place::Main {
        score -= 3;
    }
    // A person's profile is the owner's only where it bears the owner's name, or nothing else does.
    let person = profile.network == "linkedin" && !profile.handle.starts_with('+');
    if person && !named && place == Place::Main {
        score -= 3;
    }
    if SHARE.iter().any(|word| lower.contains(word)) {
        score -= 6;
    }
    if own.is_nameless() && place == Place::Main && score > 0 {
        score += 1;
    }
    (score, named)
}

/// Words that ask to follow.
const FOLLOW: &[&str] = &[
    "follow",
    "like us",
    "find us",
    "join us",
    "connect with us",
    "social",
    "we post",
    "our ",
    "us on",
    "visit us",
    "folge",
    "folgen",
    "besuche",
    "suivez",
    "rejoignez",
    "retrouvez",
    "síguenos",
    "siguenos",
    "seguici",
    "seguiteci",
    "volg",
    "via ",
    "unser",
    "notre",
    "nuestr",
    "nostr",
    "onze",
    "tweet us",
    "message us",
    "dm us",
];

/// Words that share the page instead.
const SHARE: &[&str] = &[
    "share",
    "teilen",
    "partager",
    "compartir",
    "condividi",
    "delen",
    "tweet this",
    "pin it",
    "empfehlen",
    "recommend",
];

/// Returns whether the words on a link name the network.
fn names_network(lower: &str, network: &str) -> bool {
    let alias = match network {
        "twitter" => Some("x"),
        "google" => Some("g+"),
        "youtube" => Some("you tube"),
        _ => None,
    };
    lower.contains(network)
        || alias.is_some_and(|a| {
            lower.split(|c: char| !c.is_alphanumeric() && c != '+').any(|w| w == a)
                || a.len() > 2 && lower.contains(a)
        })
}
