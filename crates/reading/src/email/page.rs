//! Addresses of an outline: its text, its links, its protected payloads and its scripts, joined.

use std::collections::HashSet;
use std::sync::LazyLock;

use ladder::{Email, Reach};
use memchr::memmem::Finder;

use super::plain::take_back;
use super::{Match, address, cloak, link, scan, script};
use crate::hit::Hit;
use crate::outline::{Link, Outline};
use crate::page::Context;
use crate::window::clip;

/// What Cloudflare shows in place of an address.
const PROTECTED: &str = "[email protected]";
/// What stands in the links that it protects.
static PROTECTION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("email-protection"));
/// Longest script in all that is looked into, in bytes.
const MOST_SCRIPT: usize = 4 << 20;

/// Finds the addresses of a page: one hit for each place, in the order of the page, those of scripts last.
#[must_use]
pub fn find(outline: &Outline, context: &Context<'_>) -> Vec<Hit> {
    let own = context.url.and_then(url::Url::host_str);
    let mut hits = Vec::new();
    for matched in scan(&outline.text) {
        if let Some(block) = outline.block_at(matched.span.start) {
            hits.push(Hit::in_text(outline, Reach::email(matched.email), block, matched.span));
        }
    }
    if let Some(own) = own {
        own_templates(outline, own, &mut hits);
    }
    backwards(outline, own, &mut hits);
    for (payload, block, at) in &outline.protected {
        for email in cloak::payload(payload) {
            let shown = outline.text.get(*at..).is_some_and(|rest| rest.starts_with(PROTECTED));
            let span = *at..*at + if shown { PROTECTED.len() } else { 0 };
            hits.push(Hit::in_text(outline, Reach::email(email), *block, span));
        }
    }
    hits.sort_by_key(|hit| hit.span.start);
    let mut linked = Vec::new();
    for (index, link) in outline.links.iter().enumerate() {
        let emails = of_link(link);
        if !emails.is_empty() {
            linked.extend(join(outline, index, emails, own, &mut hits));
        }
    }
    if !linked.is_empty() {
        hits.append(&mut linked);
        hits.sort_by_key(|hit| hit.span.start);
    }
    scripts(outline, &mut hits);
    hits
}

/// Takes back what looks like a template, where the firm owns such a domain.
fn own_templates(outline: &Outline, own: &str, hits: &mut Vec<Hit>) {
    let domain = own.strip_prefix("www.").unwrap_or(own);
    let Some(email) = Email::parse(&format!("info@{domain}")).ok() else { return };
    if !address::is_template(&email, None) {
        return;
    }
    let mut found = Vec::new();
    super::plain::find(&outline.text, &mut found);
    for Match { span, email } in found {
        if address::is_template(&email, None)
            && !address::is_template(&email, Some(own))
            && let Some(block) = outline.block_at(span.start)
        {
            hits.push(Hit::in_text(outline, Reach::email(email), block, span));
        }
    }
}

/// Most signs without an address that are looked at for one printed backwards.
const MOST_BACKWARDS: usize = 500;

/// Finds addresses that are printed backwards.
fn backwards(outline: &Outline, own: Option<&str>, hits: &mut Vec<Hit>) {
    let ends: HashSet<usize> = hits.iter().map(|hit| hit.span.end).collect();
    let mut tried = 0_usize;
    for at in memchr::memchr_iter(b'@', outline.text.as_bytes()).take(20 * MOST_BACKWARDS) {
        let left = take_back(&outline.text[..at], |c| !c.is_whitespace(), 128);
        let start = at - left.len();
        let token = clip(&outline.text[start..], 254).split(char::is_whitespace).next().unwrap_or_default();
        // A forward address of the same token ends within it.
        if (start..=start + token.len()).any(|end| ends.contains(&end)) {
            continue;
        }
        tried += 1;
        if tried > MOST_BACKWARDS {
            return;
        }
        if let Some(email) = cloak::backwards(token, own)
            && let Some(block) = outline.block_at(start)
        {
            hits.push(Hit::in_text(outline, Reach::email(email), block, start..start + token.len()));
        }
    }
}

/// Returns the addresses that a link writes to.
fn of_link(link: &Link) -> Vec<Email> {
    if let Some(payload) = &link.protected {
        let emails = cloak::payload(payload);
        if !emails.is_empty() {
            return emails;
        }
    }
    if let Some(found) = link::recipients(&link.href) {
        return found.into_iter().map(|m| m.email).collect();
    }
    let href = clip(&link.href, 256);
    if PROTECTION.find(href.as_bytes()).is_some() {
        return cloak::cloudflare(&link.href).into_iter().collect();
    }
    if href.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
        || link.kind == crate::outline::LinkKind::Button
    {
        return cloak::shifted_link(&link.href).or_else(|| script::of_link(&link.href)).into_iter().collect();
    }
    // An icon that leads elsewhere, with an address for its title.
    let titled = link.title.as_deref().filter(|title| title.contains('@') && link.text.is_empty());
    titled.map(|title| scan(clip(title, 200)).into_iter().map(|m| m.email).collect()).unwrap_or_default()
}

/// Joins the addresses of a link with those that its text shows; returns the hits of those that it does not.
fn join(
    outline: &Outline,
    index: usize,
    emails: Vec<Email>,
    own: Option<&str>,
    hits: &mut [Hit],
) -> Vec<Hit> {
    let link = &outline.links[index];
    let first = hits.partition_point(|hit| hit.span.end <= link.text.start);
    let shown: Vec<usize> = (first..hits.len())
        .take_while(|&i| hits[i].span.start < link.text.end)
        .filter(|&i| hits[i].span.start < hits[i].span.end && !link.text.is_empty())
        .collect();
    for &i in &shown {
        hits[i].link.get_or_insert(index);
    }
    let mut added = Vec::new();
    for email in emails {
        if shown.iter().any(|&i| hits[i].reach.as_email() == Some(&email))
            || address::is_template(&email, own)
        {
            continue;
        }
        let mut notes = Vec::new();
        for &i in &shown {
            notes.push(format!("the text of this link shows {}", hits[i].reach.value()));
            hits[i].notes.push(format!("the link on this address writes to {}", email.as_str()));
        }
        let mut hit = Hit::on_link(outline, Reach::email(email), index);
        hit.label = link.title.clone().filter(|title| link.text.is_empty() && !title.contains('@'));
        hit.notes = notes;
        added.push(hit);
    }
    added
}

/// Finds what scripts put together, where the page does not show it anyway.
fn scripts(outline: &Outline, hits: &mut Vec<Hit>) {
    let mut seen: HashSet<String> = hits.iter().map(|hit| hit.reach.value().to_owned()).collect();
    let mut left = MOST_SCRIPT;
    for script in &outline.scripts {
        if script.kind.contains("json") || script.kind.contains("template") || script.text.is_empty() {
            continue;
        }
        left = left.saturating_sub(script.text.len());
        if left == 0 {
            return;
        }
        for email in script::find(&script.text) {
            if address::is_template(&email, None) || !seen.insert(email.as_str().to_owned()) {
                continue;
            }
            let reach = Reach::email(email);
            hits.push(match script.block.and_then(|id| Some((id, outline.blocks.get(id)?))) {
                Some((id, block)) => Hit::in_text(outline, reach, id, block.range.end..block.range.end),
                None => Hit::in_data(reach),
            });
        }
    }
}
