//! The page's own side: its address, its domain, the names it goes by. All that tells own from foreign.

use std::collections::HashSet;

use ladder::Link as Address;
use url::Url;

use crate::outline::{Link, LinkKind, Outline};
use crate::page::{Context, onward};

/// What is known of the page and its owner.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    /// What relative links are resolved against.
    base: Option<Url>,
    /// The page's own address, without fragment.
    page: Option<Url>,
    /// The domain that the owner registered: `acme.example`.
    domain: Option<String>,
    /// Names of the owner, squeezed to lower-case letters and digits, the domain's first label first.
    names: Vec<String>,
}

impl Own {
    /// Gathers what the page says of itself.
    pub(super) fn of(outline: &Outline, context: &Context) -> Self {
        let base = onward::base_of(outline, context.url);
        let canonical = || onward::canonical(outline, base.as_ref());
        let open_graph = || {
            let (_, address) = outline.meta.iter().find(|(name, _)| name == "og:url")?;
            Url::parse(address.trim()).ok()
        };
        let mut page = context.url.cloned().or_else(canonical).or_else(open_graph);
        page = page.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if let Some(url) = &mut page {
            url.set_fragment(None);
        }
        let domain = page.as_ref().or(base.as_ref()).and_then(Url::host_str).map(ladder::host::site_of);
        let mut names: Vec<String> = Vec::new();
        if let Some(domain) = &domain {
            names.push(squeeze(domain.split('.').next().unwrap_or_default()));
        }
        let site = outline
            .meta
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "og:site_name" | "application-name" | "author"))
            .map(|(_, content)| content.as_str());
        let titles = outline.title.split(['|', '-', '–', '—', ':', '·', '«', '»', '/']);
        for name in site.chain(titles).take(12) {
            let squeezed = squeeze(name);
            if (3..=40).contains(&squeezed.len()) && !names.contains(&squeezed) {
                names.push(squeezed);
            }
            let initials: String = name.split_whitespace().filter_map(|w| w.chars().next()).collect();
            if (3..=6).contains(&initials.len()) {
                names.push(squeeze(&initials));
            }
        }
        Self { base, page, domain, names }
    }

    /// Returns the page's own address, where it is known.
    pub(super) const fn page(&self) -> Option<&Url> {
        self.page.as_ref()
    }

    /// Returns the address that a link leads to, where it is on the web.
    pub(super) fn resolve(&self, href: &str) -> Option<Url> {
        let href = href.trim();
        if href.is_empty() || href.len() > 2000 {
            return None;
        }
        let url = match &self.base {
            Some(base) => base.join(href).ok()?,
            None if href.starts_with("//") => Url::parse(&format!("https:{href}")).ok()?,
            None => Url::parse(href).ok()?,
        };
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
    }

    /// Returns whether a host is of the owner's domain.
    pub(super) fn is_own(&self, host: &str) -> bool {
        self.domain.as_deref().is_some_and(|own| {
            let host = host.trim_end_matches('.');
            host.len() >= own.len()
                && host.is_char_boundary(host.len() - own.len())
                && host[host.len() - own.len()..].eq_ignore_ascii_case(own)
                && (host.len() == own.len() || host.as_bytes()[host.len() - own.len() - 1] == b'.')
        })
    }

    /// Returns whether a handle looks like one of the owner's names.
    pub(super) fn is_called(&self, handle: &str) -> bool {
        let handle = squeeze(handle);
        handle.len() >= 2
            && self.names.iter().any(|name| {
                let short = name.len().min(handle.len());
                name.len() >= 3 && handle.contains(name.as_str())
                    || handle.len() >= 4 && name.contains(handle.as_str())
                    || short >= 5 && common_prefix(name, &handle) >= 5.max(short * 2 / 3)
            })
    }

    /// Returns whether a domain's first label is the owner's own one.
    pub(super) fn is_named(&self, label: &str) -> bool {
        self.domain
            .as_deref()
            .and_then(|own| own.split('.').next())
            .is_some_and(|own| squeeze(own) == squeeze(label))
    }

    /// Returns whether nothing is known of the owner's names.
    pub(super) const fn is_nameless(&self) -> bool {
        self.names.is_empty()
    }
}

/// Returns the letters and digits of a name in lower case.
fn squeeze(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns how many bytes two names share from the start.
fn common_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count()
}

/// Returns the host of an absolute or protocol-relative address as written, without resolving it.
pub(super) fn host(href: &str) -> Option<&str> {
    let href = href.trim_start();
    let after = href.as_bytes().windows(2).take(7).position(|two| two == b"//")? + 2;
    let rest = &href[after..];
    let end = rest.find(['/', '?', '#', ':', '\\']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    (host.contains('.') && host.len() <= 253).then_some(host)
}

/// Returns whether a link names no host or scheme, and so leads within the site: `/help`, `#top`.
pub(super) fn is_relative(href: &str) -> bool {
    let href = href.trim_start();
    href.starts_with('#') || href.starts_with('?') || href.starts_with('/') && !href.starts_with("//")
}

/// Returns the words on a link: its text, else its title or the `alt` of its image.
pub(super) fn words<'a>(outline: &'a Outline, link: &'a Link) -> &'a str {
    let text = outline.link_text(link).trim();
    if text.chars().any(char::is_alphanumeric) { text } else { link.title.as_deref().unwrap_or("").trim() }
}

/// Returns up to `most` bytes of text before and after a link, within its block.
pub(super) fn around<'a>(outline: &'a Outline, link: &Link, most: usize) -> (&'a str, &'a str) {
    let Some(block) = link.block.and_then(|id| outline.blocks.get(id)) else { return ("", "") };
    let (start, end) = (block.range.start, block.range.end);
    let at = link.text.start.clamp(start, end);
    let to = link.text.end.clamp(at, end);
    (last(&outline.text[start..at], most), first(&outline.text[to..end], most))
}

/// Returns the last bytes of a text, at a character boundary.
pub(super) fn last(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// Returns the first bytes of a text, at a character boundary.
pub(super) fn first(text: &str, most: usize) -> &str {
    let mut to = most.min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// Returns the links that a reader can follow, with their indices.
pub(super) fn followed(outline: &Outline) -> impl Iterator<Item = (usize, &Link)> {
    outline
        .links
        .iter()
        .enumerate()
        .filter(|(_, link)| matches!(link.kind, LinkKind::Anchor | LinkKind::Button))
}

/// Makes an address of the web a value, without fragment where it leads to another page.
pub(super) fn value(url: &Url) -> Option<Address> {
    Address::from_url(url.clone())
}

/// Keeps the first of each value by key.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<String>);

impl Seen {
    /// Returns whether a key is new.
    pub(super) fn add(&mut self, key: String) -> bool {
        self.0.insert(key)
    }
}
