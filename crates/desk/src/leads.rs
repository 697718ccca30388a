//! Leads: what posts, threads and reviews that the user saved say of a company, joined to its ladder.
//!
//! Strangers promote nothing: what only they name stays a lead. A profile that the company has claimed, and a reply of its
//! staff on its own board, are its own word at second hand (level C); an unclaimed listing is level D, everything else E.
//! What a thread warns of is marked wherever else it was found.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ladder::guard::marks;
use ladder::guard::theirs::alike;
use ladder::{Country, Party, Place, Reach, Sighted, Sighting, Signal, Source, SourceKind};
use reading::post::company::{Company, Owner};
use reading::post::stance::Said;
use reading::post::{Named, site};

use crate::read_post::{self, Opened, PostRequest};

/// Whom the posts are about, as far as it is known.
#[derive(Clone, Debug)]
pub(crate) struct About<'a> {
    /// The company's name.
    pub(crate) name: &'a str,
    /// Its domain.
    pub(crate) domain: Option<&'a str>,
    /// The country of numbers in national form.
    pub(crate) country: Option<Country>,
}

/// What posts say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leads {
    /// Contacts that they name.
    pub(crate) sighted: Vec<Sighted>,
    /// Values that they warn of, each with the words.
    pub(crate) warned: Vec<(Reach, String)>,
    /// What could not be read, or is worth knowing.
    pub(crate) warnings: Vec<String>,
}

/// Reads posts, each from a file. One that cannot be read is told, and the rest goes on.
pub(crate) fn of(files: &[PathBuf], about: &About<'_>, now: Timestamp) -> Leads {
    let mut leads = Leads::default();
    for file in files {
        let request = PostRequest {
            file: Some(file.clone()),
            company: Some(about.name.to_owned()),
            country: about.country.map(|country| country.code().to_owned()),
            ..PostRequest::default()
        };
        match read_post::opened(&request) {
            Err(error) => leads.warnings.push(error.to_string()),
            Ok(opened) => join(&mut leads, file, &opened, about, now),
        }
    }
    leads
}

/// Adds what one post says.
fn join(leads: &mut Leads, file: &Path, opened: &Opened, about: &About<'_>, now: Timestamp) {
    let name = file.display();
    for warning in &opened.warnings {
        leads.warnings.push(format!("{name}: {warning}"));
    }
    if let Some(profile) = &opened.document.profile
        && !is_of(profile, about)
    {
        leads.warnings.push(format!(
            "{name}: the profile is of `{}`, not of `{}`: nothing of it was joined",
            profile.name, about.name
        ));
        return;
    }
    if opened.reading.contacts.is_empty() && opened.reading.left_out.is_empty() {
        leads.warnings.push(format!("{name}: names no way to reach {}", about.name));
    }
    let url = opened.url.clone().unwrap_or_else(|| name.to_string());
    let host = url::Url::parse(&url).ok().and_then(|u| u.host_str().map(str::to_lowercase));
    let site = host.as_deref().and_then(registrable).unwrap_or_else(|| format!("file:{name}"));
    let on_own_board = host.as_deref().is_some_and(|host| match about.domain {
        Some(domain) => host == domain || host.ends_with(&format!(".{domain}")),
        None => false,
    });
    for named in &opened.reading.contacts {
        let kind = kind(named, opened.document.profile.as_ref(), on_own_board);
        let source = Source {
            url: url.clone(),
            kind,
            site: site.clone(),
            seen: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            stated: named.voices.iter().filter_map(|v| v.when.clone()).max(),
        };
        leads.sighted.push(Sighted { sighting: sighting(named), source });
    }
    for left in &opened.reading.left_out {
        if matches!(left.said, Said::Warned | Said::Refuted) {
            leads.warned.push((left.reach.clone(), left.quote.clone()));
        }
    }
}

/// Returns how much a contact of a post is worth.
fn kind(named: &Named, profile: Option<&site::Profile>, on_own_board: bool) -> SourceKind {
    let claimed = profile.and_then(|profile| profile.claimed);
    match (named.is_from_company(), claimed) {
        (true, Some(true)) => SourceKind::ClaimedProfile,
        (true, _) if on_own_board => SourceKind::ClaimedProfile,
        // The lines of a profile that nobody claimed: anybody may have written them.
        (_, Some(false)) if named.voices.iter().all(|voice| voice.when.is_none()) => SourceKind::Listing,
        _ => SourceKind::Post,
    }
}

/// Makes the sighting of a contact that a post names.
fn sighting(named: &Named) -> Sighting {
    let quote = named.voices.iter().find(|v| !v.quote.trim().is_empty());
    let quote = quote.map_or_else(|| named.reach.value().to_owned(), |v| v.quote.clone());
    let mut sighting = Sighting::new(named.reach.clone(), quote);
    sighting.rung = named.rung;
    sighting.place = Place::Main;
    sighting.cost = named.cost;
    if let Some(party) = &named.party {
        sighting.party = Party::Other(party.clone());
    }
    if !named.because.is_empty() {
        sighting.signals.push(Signal { id: "post", rung: named.rung, words: named.because.clone() });
    }
    let confirmed = named.voices.iter().filter(|v| v.said == Said::Confirmed).count();
    if confirmed > 0 {
        sighting.notes.push(match confirmed {
            1 => "another writer says that it works".to_owned(),
            n => format!("{n} writers say that it works"),
        });
    }
    if named.suspect {
        for reason in named.reasons.iter().take(3) {
            marks::suspect(&mut sighting, reason);
        }
    }
    sighting
}

/// Returns whether a profile is the company's: by its name, or by the site that it names.
fn is_of(profile: &site::Profile, about: &About<'_>) -> bool {
    let named = Company::named(about.name);
    let site = profile.website.as_deref().and_then(|site| {
        let whole = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
        url::Url::parse(&whole).ok()?.host_str().map(str::to_lowercase)
    });
    alike(&profile.name, about.name)
        || named.is_named_in(&profile.name)
        || site.is_some_and(|host| {
            about.domain.is_some_and(|domain| host == domain || host.ends_with(&format!(".{domain}")))
                || named.owner_of_host(&host) == Owner::Own
        })
}

/// Returns the domain that somebody registered, of a host.
fn registrable(host: &str) -> Option<String> {
    psl::domain_str(host).map(str::to_owned)
}

/// Marks what posts warn of wherever else it was found; tells the rest.
pub(crate) fn warn(leads: Leads, sighted: &mut Vec<Sighted>, warnings: &mut Vec<String>) {
    sighted.extend(leads.sighted);
    for (reach, words) in leads.warned {
        let mut met = false;
        for one in sighted.iter_mut().filter(|one| one.sighting.reach == reach) {
            marks::suspect(&mut one.sighting, "a thread that you saved warns of it");
            met = true;
        }
        if !met {
            warnings.push(format!("a thread that you saved warns of `{}`: “{words}”", reach.value()));
        }
    }
    warnings.extend(leads.warnings);
}
