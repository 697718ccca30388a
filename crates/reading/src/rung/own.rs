//! What is the company's own: the sites and names by which the page is known to be its.
//!
//! A foreign site beside a contact is evidence that it is another's; the own one, that it is not. Where nothing says what
//! site the page is of, the mailboxes it names most often tell; mailboxes at providers for everyone tell nothing.

use std::collections::{BTreeMap, BTreeSet};

use ladder::host::registrable;
use url::Url;

use super::fold::fold;
use crate::email::is_for_everyone;
use crate::hit::Hit;
use crate::outline::{LinkKind, Outline};
use crate::page::Context;

/// The company's own sites and names.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// Registrable domains.
    domains: BTreeSet<String>,
    /// Names, folded and written in one: of the sites, the title, `og:site_name`.
    names: BTreeSet<String>,
    /// Whether the page itself said what site it is of.
    said: bool,
}

impl Own {
    /// Tells from the page, its address and its mailboxes what is the company's own.
    pub(super) fn of(outline: &Outline, context: &Context, hits: &[Hit]) -> Self {
        let mut own = Self::default();
        let meta =
            |name: &str| outline.meta.iter().find(|(n, _)| n == name).map(|(_, content)| content.as_str());
        let canonical =
            outline.links.iter().find(|l| l.kind == LinkKind::Head && l.rel.as_deref() == Some("canonical"));
        let addresses = [meta("og:url"), canonical.map(|l| l.href.as_str()), outline.base.as_deref()];
        let hosts = context
            .url
            .into_iter()
            .cloned()
            .chain(addresses.into_iter().flatten().filter_map(|a| Url::parse(a).ok()));
        for url in hosts {
            if let Some(domain) = url.host_str().and_then(registrable) {
                own.said = true;
                own.domains.insert(domain);
            }
        }
        if !own.said {
            let mut count: BTreeMap<String, usize> = BTreeMap::new();
            for domain in
                hits.iter().filter_map(|h| h.reach.as_email()).filter_map(|e| registrable(e.domain()))
            {
                if !is_for_everyone(&domain) {
                    *count.entry(domain).or_default() += 1;
                }
            }
            // One mailbox alone may well be the ombudsman's: it must be like the name of the page, or one of several.
            let title = squash(&outline.title);
            let likely = |domain: &str, n: usize| {
                let label = squash(domain.split('.').next().unwrap_or_default());
                n > 1 || (label.len() >= 4 && title.contains(&label))
            };
            let best = count.into_iter().max_by_key(|(_, n)| *n).filter(|(domain, n)| likely(domain, *n));
            own.domains.extend(best.map(|(domain, _)| domain));
        }
        own.names.extend(own.domains.iter().filter_map(|d| d.split('.').next()).map(squash));
        let title_parts =
            outline.title.split(['|', '–', '—', '·', ':', '»']).chain(outline.title.split(" - "));
        let said = [meta("og:site_name"), meta("application-name")];
        own.names.extend(
            title_parts.chain(said.into_iter().flatten()).map(squash).filter(|n| (4..=40).contains(&n.len())),
        );
        own
    }

    /// Returns whether a host is the company's own; `None` where that cannot be told.
    pub(super) fn has_host(&self, host: &str) -> Option<bool> {
        let domain = registrable(host)?;
        if self.domains.contains(&domain) {
            return Some(true);
        }
        let label = squash(domain.split('.').next().unwrap_or_default());
        if label.len() >= 4 && self.names.iter().any(|name| alike(name, &label)) {
            return Some(true);
        }
        (!self.domains.is_empty()).then_some(false)
    }

    /// Returns whether a name is the company's own.
    pub(super) fn has_name(&self, name: &str) -> bool {
        let name = squash(name);
        name.len() >= 4 && self.names.iter().any(|own| alike(own, &name))
    }
}

/// Returns whether one of two names written in one holds the other, and is not much longer.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 4 && (long.starts_with(short) || (short.len() >= 7 && long.contains(short)))
}

/// Writes a name in one, folded.
pub(super) fn squash(name: &str) -> String {
    fold(name).chars().filter(char::is_ascii_alphanumeric).collect()
}
