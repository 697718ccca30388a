//! Keeping what a crawl found: every sighting with its source, so that the ladder can be weighed again without the web.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use ladder::{Policy, Sighted};
use sources::crawl::{Crawl, Outcome, Stopped};
use store::directory::Change;
use store::{Company, Entry, Row, StoreError};

use super::place;
use crate::answer::CompanyView;

/// Keeps what a crawl found in the user's own directory; `None` where there was nothing to keep or no place for it.
///
/// Contacts of pages that were read again give way to what those pages say now; what changed is returned, and noted in
/// the directory. Pages that were not read this time keep what they said. `more` is what outside sources said of it.
///
/// # Errors
///
/// [`StoreError`] where it cannot be written.
pub async fn keep(
    data: Option<&Path>,
    company: &CompanyView,
    crawl: &Crawl,
    more: &[Sighted],
    policy: Option<&Policy>,
    now: Timestamp,
) -> Result<Option<Vec<Change>>, StoreError> {
    let Some(store) = place(data) else { return Ok(None) };
    let rows: Vec<Row> = crawl
        .findings
        .iter()
        .flat_map(|found| {
            found.finding.contacts.iter().map(|sighting| {
                Row::of(&Sighted { sighting: sighting.clone(), source: found.source.clone() })
            })
        })
        .chain(more.iter().map(Row::of))
        .collect();
    if rows.is_empty() || matches!(crawl.stopped, Stopped::NoStart(_)) {
        return Ok(None);
    }
    let domain = company.domain.clone().unwrap_or_else(|| crawl.site.clone());
    let name = company.name.clone().unwrap_or_else(|| domain.clone());
    let at = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let entry = Entry {
        company: Company {
            id: store::names::slug(&name),
            name,
            legal_name: company.legal_name.clone(),
            register_number: company.register_number.clone(),
            website: company.website.clone(),
            domains: (!domain.is_empty()).then_some(domain).into_iter().collect(),
            ..Company::default()
        },
        contacts: rows,
        policy: policy.cloned(),
        read: Some(at.clone()),
    };
    let again = |outcome: &Outcome| matches!(outcome, Outcome::Read | Outcome::Missing | Outcome::Empty);
    let pages: BTreeSet<String> = crawl
        .documents
        .iter()
        .filter(|document| again(&document.outcome))
        .flat_map(|document| document.via.iter().chain([&document.url]))
        .map(ToString::to_string)
        .chain(crawl.findings.iter().map(|found| found.source.url.clone()))
        .chain(more.iter().map(|one| one.source.url.clone()))
        .collect();
    let directory = store.write_directory().await?;
    let mut writer = directory.write().await?;
    let (_, changes) = writer.read_again(&entry, &pages, &at).await?;
    writer.commit().await?;
    directory.close().await;
    Ok(Some(changes))
}
