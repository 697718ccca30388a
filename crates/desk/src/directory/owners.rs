//! Whose is it? A number, mailbox, web address or postal address, looked up across every company that is known.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use store::starter::Starter;
use store::{Company, Row, StoreError};

use super::place;

/// A company that has a contact with the value looked up.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OwnerView {
    /// The company.
    pub company: String,
    /// Its domains.
    pub domains: Vec<String>,
    /// The channel.
    pub channel: ladder::Channel,
    /// The value, as it is kept.
    pub value: String,
    /// Its rung, or `off_ladder`.
    pub rung: String,
    /// The other body whose it is; absent for the company's own.
    pub party: Option<String>,
    /// What the source calls it.
    pub label: Option<String>,
    /// The page that it was read on.
    pub url: String,
    /// What kind of place that is.
    pub kind: ladder::SourceKind,
    /// When it was read or checked there.
    pub seen: String,
    /// Whether that page is the company's own or a government's.
    pub own_page: bool,
    /// Where it is known from: `starter` or `own`.
    pub known_from: &'static str,
}

impl OwnerView {
    fn of(company: &Company, row: &Row, known_from: &'static str) -> Self {
        let host = store::names::host_of(&row.url);
        let own_page = row.kind.is_own()
            || host.is_some_and(|host| company.owns(&host) || super::grade::is_government(&host));
        Self {
            company: company.name.clone(),
            domains: company.domains.clone(),
            channel: row.channel,
            value: row.value.clone(),
            rung: row.rung.clone().unwrap_or_else(|| "front_line".to_owned()),
            party: row.party.clone(),
            label: row.label.clone(),
            url: row.url.clone(),
            kind: row.kind,
            seen: row.stated.clone().unwrap_or_else(|| row.seen.clone()),
            own_page,
            known_from,
        }
    }
}

/// Returns the companies that hold a number, mailbox, web address, host or postal address, in both directories.
///
/// A number may be typed without its country. A domain leads to every contact at it.
///
/// # Errors
///
/// [`StoreError`] where the user's own directory is there and cannot be read.
pub async fn owners_of(value: &str, data: Option<&Path>) -> Result<Vec<OwnerView>, StoreError> {
    let mut owners: Vec<OwnerView> = Starter::builtin()
        .owners_of(value)
        .iter()
        .map(|owned| OwnerView::of(&owned.entry.company, &owned.row, "starter"))
        .collect();
    if let Some(store) = place(data)
        && let Some(directory) = store.read_directory().await?
    {
        for owned in directory.owners_of(value).await? {
            owners.push(OwnerView::of(&owned.company, &owned.row, "own"));
        }
        directory.close().await;
    }
    Ok(owners)
}
