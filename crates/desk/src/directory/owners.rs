//! Whose is it? A number, mailbox, web address or postal address, looked up across every company that is known.

use std::path::Path;

use ladder::guard::theirs;
use schemars::JsonSchema;
use serde::Serialize;
use store::starter::Starter;
use store::{Company, Row, StoreError};

use super::{Looked, MarkView, look, place};

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
            || host.is_some_and(|host| company.owns(&host) || reading::post::is_government(&host));
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

/// What both directories know that tells whose a value is.
#[derive(Clone, Debug, Default)]
pub struct Bearing {
    /// The company meant, by the name that the directory gives it; as typed where it is not known.
    pub company: String,
    /// Its contacts, and those of any company that have this value.
    pub known: Vec<theirs::Known>,
    /// Companies that may be meant, where it is not known which.
    pub perhaps: Vec<String>,
    /// Whether the directory knows the company at all.
    pub is_known: bool,
    /// Its domains, as the directory has them.
    pub domains: Vec<String>,
    /// What the user noted of its contacts: the value, and what became of it.
    pub marks: Vec<(String, MarkView)>,
}

/// Returns what both directories know of a value and of the company that it is said to be of.
///
/// # Errors
///
/// [`StoreError`] where the user's own directory is there and cannot be read.
pub async fn bearing_on(value: &str, company: &str, data: Option<&Path>) -> Result<Bearing, StoreError> {
    let mut bearing = Bearing { company: company.to_owned(), ..Bearing::default() };
    let looked = look(company, data).await?;
    if let Looked::Unsure(candidates) = &looked {
        bearing.perhaps = candidates.iter().map(|candidate| candidate.name.clone()).collect();
    }
    if let Looked::Known(found) = looked {
        bearing.is_known = true;
        bearing.company.clone_from(&found.company.name);
        bearing.domains.clone_from(&found.company.domains);
        bearing.marks = found.marks.iter().map(|mark| (mark.value.clone(), MarkView::of(mark))).collect();
        let own = found.rows.iter().filter(|row| row.party.is_none());
        bearing.known.extend(own.filter_map(|row| {
            contact(&found.company.name, row.channel, &row.value, row.kind, &row.url, &row.seen)
        }));
    }
    for owner in owners_of(value, data).await? {
        let name = owner.party.as_deref().unwrap_or(&owner.company);
        // What a company's page says of another body is hearsay about that body.
        let kind = match owner.party {
            Some(_) if owner.kind.is_own() => ladder::SourceKind::Listing,
            _ => owner.kind,
        };
        let known = contact(name, owner.channel, &owner.value, kind, &owner.url, &owner.seen);
        bearing.known.extend(known.filter(|known| !bearing.known.contains(known)));
    }
    let another = on_anothers_domain(value, &bearing);
    bearing.known.extend(another);
    Ok(bearing)
}

/// Returns the host of a mailbox or web address; `None` for numbers and whatever else has none.
fn host_in(value: &str) -> Option<String> {
    let value = value.trim();
    store::names::host_of(value.rsplit_once('@').map_or(value, |(_, host)| host))
}

/// Returns what tells that a mailbox or address is on the domain of another company that is built in.
fn on_anothers_domain(value: &str, bearing: &Bearing) -> Option<theirs::Known> {
    let host = host_in(value).filter(|host| !crate::scam_check::is_strangers(host))?;
    let is_own = bearing.domains.iter().any(|domain| store::names::lies_under(&host, domain));
    let others = Starter::builtin().by_host(&host);
    let [other] = others.as_slice() else { return None };
    if is_own || ladder::name::alike(other.name, &bearing.company) {
        return None;
    }
    let (reach, _) = crate::scam_check::contact_of(value, None).ok()?;
    Some(theirs::Known {
        company: other.name.to_owned(),
        reach,
        rung: None,
        kind: ladder::SourceKind::Register,
        source: format!("the directory: `{}` is its domain", other.domain),
        seen: None,
    })
}

fn contact(
    company: &str,
    channel: ladder::Channel,
    value: &str,
    kind: ladder::SourceKind,
    url: &str,
    seen: &str,
) -> Option<theirs::Known> {
    Some(theirs::Known {
        company: company.to_owned(),
        reach: ladder::Reach::parse(channel, value).ok()?,
        rung: None,
        kind,
        source: url.to_owned(),
        seen: seen.get(..10).map(str::to_owned),
    })
}
