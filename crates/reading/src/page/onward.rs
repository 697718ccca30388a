//! Links that lead on: what a crawl may follow from a page.
//!
//! Anchors, frames and buttons with an http(s) address are kept in the order of the page, resolved against `<base>` and
//! the page's own address, without fragment, each address once (the first with words on it). Links to other schemes,
//! to files that hold no text and to share dialogs are left out.

use std::collections::HashMap;

use url::Url;

use crate::outline::{BlockId, Link, LinkKind, Outline};
use crate::page::{PageLink, quote};

/// The most links of one page.
const BOUND: usize = 5000;

/// The longest text kept of a link or heading, in characters.
const WORDS: usize = 160;

/// Endings of files that hold no text to read.
const NO_TEXT: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "avif", "mp3", "mp4", "m4a",
    "wav", "avi", "mov", "webm", "ogg", "zip", "gz", "tar", "7z", "rar", "exe", "dmg", "msi", "apk", "css",
    "js", "json", "xml", "rss", "atom", "woff", "woff2", "ttf", "eot", "ics", "vcf", "xls", "xlsx", "csv",
    "ppt", "pptx",
];

/// Parts of an address that only share dialogs have.
const SHARES: &[&str] =
    &["/sharer", "/share?", "/intent/", "sharearticle", "/pin/create", "addtoany.com", "/submit?url="];

/// Returns the address that relative links of a page are resolved against.
pub(crate) fn base_of(outline: &Outline, url: Option<&Url>) -> Option<Url> {
    match (outline.base.as_deref(), url) {
        (Some(base), Some(url)) => url.join(base.trim()).ok().or_else(|| Some(url.clone())),
        (Some(base), None) => Url::parse(base.trim()).ok(),
        (None, url) => url.cloned(),
    }
}

/// Returns the canonical address that the page calls its own.
pub(crate) fn canonical(outline: &Outline, base: Option<&Url>) -> Option<Url> {
    outline
        .links
        .iter()
        .find(|link| {
            link.kind == LinkKind::Head
                && link
                    .rel
                    .as_deref()
                    .is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r == "canonical"))
        })
        .and_then(|link| resolve(&link.href, base))
}

/// Returns the links that lead on.
pub(super) fn links(outline: &Outline, base: Option<&Url>) -> Vec<PageLink> {
    let mut found: Vec<PageLink> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for link in &outline.links {
        if found.len() >= BOUND {
            break;
        }
        if link.kind == LinkKind::Head {
            continue;
        }
        let Some(url) = resolve(&link.href, base).filter(leads_on) else { continue };
        let text = words_on(outline, link);
        if let Some(&at) = seen.get(url.as_str()) {
            if found[at].text.is_empty() {
                found[at].text = text;
            }
            continue;
        }
        seen.insert(url.as_str().to_owned(), found.len());
        found.push(PageLink {
            url,
            context: if says_little(&text) { quote::of_link(outline, link) } else { String::new() },
            text,
            heading: link.block.map(|block| heading_over(outline, block)).unwrap_or_default(),
            place: link.place,
            rel: link.rel.clone(),
            lang: link.lang.clone(),
        });
    }
    found
}

/// Resolves an address and drops its fragment; `None` for other schemes.
pub(super) fn resolve(href: &str, base: Option<&Url>) -> Option<Url> {
    let href = href.trim();
    let mut url = match base {
        Some(base) => base.join(href).ok()?,
        None => Url::parse(href).ok()?,
    };
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    Some(url)
}

/// Returns whether an address leads to something to read.
fn leads_on(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let no_text = name.rsplit_once('.').is_some_and(|(_, end)| NO_TEXT.contains(&end));
    let whole = url.as_str().to_ascii_lowercase();
    !no_text && !SHARES.iter().any(|share| whole.contains(share))
}

/// Returns the words on a link: its text, else its title.
fn words_on(outline: &Outline, link: &Link) -> String {
    let text = short(outline.link_text(link));
    if text.is_empty() { short(link.title.as_deref().unwrap_or_default()) } else { text }
}

/// Returns whether the words on a link do not tell where it leads.
fn says_little(text: &str) -> bool {
    const LITTLE: &[&str] = &[
        "here",
        "click here",
        "more",
        "read more",
        "learn more",
        "find out more",
        "more information",
        "this page",
        "this link",
        "link",
        "hier",
        "hier klicken",
        "mehr",
        "mehr erfahren",
        "weiterlesen",
        "ici",
        "cliquez ici",
        "en savoir plus",
        "lire la suite",
        "aquí",
        "haga clic aquí",
        "más",
        "leer más",
        "más información",
        "qui",
        "clicca qui",
        "leggi tutto",
        "scopri di più",
        "klik hier",
        "lees meer",
        "meer",
        "aqui",
        "saiba mais",
        "see more",
        "view",
        "details",
        "download",
        "pdf",
    ];
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    bare.chars().count() < 3
        || LITTLE.contains(&bare.as_str())
        || bare.starts_with("http")
        || bare.starts_with("www.")
}

/// Returns the heading above a block.
fn heading_over(outline: &Outline, block: BlockId) -> String {
    outline.headings(block).next().map(|id| short(outline.block_text(id))).unwrap_or_default()
}

/// Makes white space single and cuts at the bound.
fn short(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.len() + word.len() > WORDS {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
