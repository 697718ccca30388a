//! Leads: what posts, threads and reviews that the user saved say of a company, joined to its ladder.
//!
//! Strangers promote nothing: what only they name stays a lead. A profile that the company has claimed, and a reply of its
//! staff on its own board, are its own word at second hand (level C); an unclaimed listing is level D, everything else E.
//! What a thread warns of is marked wherever else it was found.

use std::path::PathBuf;

use jiff::Timestamp;
use ladder::guard::marks;
use ladder::host::registrable;
use ladder::name::alike;
use ladder::{Country, Party, Place, Reach, Sighted, Sighting, Signal, Source, SourceKind};
use reading::post::company::{Company, Owner};
use reading::post::stance::Said;
use reading::post::thread::Role;
use reading::post::{Named, site};
use url::Url;

use crate::read_post::{self, Opened, PostRequest};
use crate::saved_page::{self, ProfileAnswer, ResponsesAnswer};

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

/// Reads posts, each from a file, and pages of an archive. One that cannot be read is told, and the rest goes on.
pub(crate) fn of(files: &[PathBuf], pages: &[SavedPage], about: &About<'_>, now: Timestamp) -> Leads {
    let mut leads = Leads::default();
    let request = |url: Option<&str>| PostRequest {
        url: url.map(str::to_owned),
        company: Some(about.name.to_owned()),
        country: about.country.map(|country| country.code().to_owned()),
        ..PostRequest::default()
    };
    for file in files {
        let request = PostRequest { file: Some(file.clone()), ..request(None) };
        match read_post::opened(&request) {
            Err(error) => leads.warnings.push(error.to_string()),
            Ok(opened) => join(&mut leads, &file.display().to_string(), &opened, about, now),
        }
    }
    for page in pages {
        // A place in a folder is no address.
        let placed = Url::parse(&page.url).is_ok_and(|url| sources::archive::saved_from(&url).is_some());
        let address = (!placed).then_some(page.url.as_str());
        let document = site::open(&page.bytes, address);
        match read_post::read_document(&request(address), page.url.clone(), document, Vec::new()) {
            Err(error) => leads.warnings.push(error.to_string()),
            Ok(opened) => join(&mut leads, &page.url, &opened, about, now),
        }
    }
    leads
}

/// A page of an archive that others wrote on: a site of reviews, a network.
#[derive(Clone, Debug)]
pub(crate) struct SavedPage {
    /// The address that it was saved from.
    pub(crate) url: String,
    /// The page.
    pub(crate) bytes: Vec<u8>,
}

/// Adds what one post says.
fn join(leads: &mut Leads, name: &str, opened: &Opened, about: &About<'_>, now: Timestamp) {
    for warning in &opened.warnings {
        leads.warnings.push(format!("{name}: {warning}"));
    }
    if let Some(profile) = &opened.document.profile
        && !is_of(profile, about)
    {
        leads.warnings.push(format!(
            "{name}: this is the profile of `{}`, not of `{}`: nothing from it was used",
            profile.name, about.name
        ));
        return;
    }
    if opened.reading.contacts.is_empty() && opened.reading.left_out.is_empty() {
        leads.warnings.push(format!("{name}: names no way to reach {}", about.name));
    }
    if let Some(profile) = opened.document.profile.as_ref().map(ProfileAnswer::from) {
        let responses = opened.document.responses().as_ref().map(ResponsesAnswer::from);
        let said = saved_page::in_words(Some(&profile), responses.as_ref());
        leads.warnings.extend(said.into_iter().map(|said| format!("{name}: {said}")));
        // Whom an entry names that nobody has claimed, anybody may have named.
        if profile.claimed == Some(true)
            && let Some(managers) = saved_page::managers_in_words(&profile)
        {
            leads.warnings.push(format!("{name}: the profile names {managers}"));
        }
    }
    let url = opened.url.clone().unwrap_or_else(|| name.to_owned());
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
    // A site that holds a profile of the company marks whose an answer is: nobody else can give one there.
    let answered = profile.is_some()
        && claimed != Some(false)
        && named.voices.iter().any(|voice| voice.role == Role::Company && voice.when.is_some());
    let company = named.is_from_company();
    if company && (claimed == Some(true) || on_own_board || answered) {
        SourceKind::ClaimedProfile
    } else if named.voices.iter().any(|voice| voice.role == Role::Listing) {
        SourceKind::Listing
    } else {
        SourceKind::Post
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

/// Returns whether a profile is the company's: by the site that it names, or else by its name.
///
/// A profile that bears the company's name and names the site of somebody else is somebody else's: a namesake, or a fake.
fn is_of(profile: &site::Profile, about: &About<'_>) -> bool {
    let named = Company::named(about.name);
    let site = profile.website.as_deref().and_then(|site| {
        let whole = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
        url::Url::parse(&whole).ok()?.host_str().map(str::to_lowercase)
    });
    let called_so = alike(&profile.name, about.name) || named.is_named_in(&profile.name);
    let Some(host) = site else { return called_so };
    let own = match about.domain {
        Some(domain) => host == domain || host.ends_with(&format!(".{domain}")),
        None => false,
    };
    match named.owner_of_host(&host) {
        _ if own => true,
        Owner::Own => true,
        Owner::LookAlike => false,
        Owner::Other => called_so && about.domain.is_none(),
    }
}

/// Marks what posts warn of wherever else it was found; tells the rest.
pub(crate) fn warn(leads: Leads, sighted: &mut Vec<Sighted>, warnings: &mut Vec<String>) {
    sighted.extend(leads.sighted);
    for (reach, words) in leads.warned {
        let mut met = false;
        for one in sighted.iter_mut().filter(|one| one.sighting.reach == reach) {
            marks::suspect(&mut one.sighting, "a thread that you saved warns about it");
            met = true;
        }
        if !met {
            warnings.push(format!("a thread that you saved warns about `{}`: “{words}”", reach.value()));
        }
    }
    warnings.extend(leads.warnings);
}
