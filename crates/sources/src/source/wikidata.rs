//! Wikidata: who is meant by a name.
//!
//! It is asked in two steps, a search and the items found, and a third for the names of the people and companies that
//! these point to. Only items that are businesses count: a city, a person or a ship of the name is no company. Of each
//! statement the preferred ones are taken, and none that has ended. Anybody may edit it, and businesses enter themselves:
//! it serves to tell who is meant, and its own phones and mailboxes are level D.
//!
//! The shapes of items, redirects, missing items and the `maxlag` error are those of recorded answers; a search and the
//! item of a company were never seen live.

use std::collections::BTreeMap;

use jiff::Timestamp;
use ladder::{Country, Rung, SourceKind};
use serde_json::Value;

use super::about::{About, Kind, Level, Seen};
use super::answer::{Answer, Officer, Record, Told, Trouble};
use super::asking::{Asking, Data};
use super::contacts::{Desk, list, short, text};
use super::same::{self, domain_of};
use super::subject::Subject;
use super::{Replied, Source};

/// Asks Wikidata.
pub(super) struct Wikidata;

const ABOUT: About = About {
    id: "wikidata",
    name: "Wikidata",
    kind: Kind::Identity,
    base: "https://www.wikidata.org",
    sends: "the company's name as you typed it",
    gives: "who is meant: website, country, parent, numbers in registers, profiles, name of the chief executive",
    level: Level::D,
    terms: "no key; CC0; one request after another",
    seen: Seen::Recorded,
    ..About::USUAL
};

impl Source for Wikidata {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

/// The most items that are looked at.
const MOST_ITEMS: usize = 7;
/// The most people and companies whose names are looked up.
const MOST_NAMES: usize = 30;

/// Classes of items that are businesses (values of P31).
const BUSINESS: [&str; 14] = [
    "Q4830453",
    "Q783794",
    "Q6881511",
    "Q891723",
    "Q167037",
    "Q161726",
    "Q1589009",
    "Q46970",
    "Q22687",
    "Q507619",
    "Q18043413",
    "Q2401749",
    "Q431289",
    "Q658255",
];
/// Classes that are none, whatever else an item says: a human, a city, a country, a page that parts homonyms, a surname.
const NO_BUSINESS: [&str; 6] = ["Q5", "Q515", "Q6256", "Q4167410", "Q101352", "Q486972"];
/// Properties that only businesses have: stock exchange, legal form, industry, CIK, Companies House, LEI.
const OF_BUSINESS: [&str; 6] = ["P414", "P1454", "P452", "P5531", "P2622", "P1278"];

/// Countries by their items (values of P17).
const COUNTRIES: [(&str, &str); 36] = [
    ("Q30", "US"),
    ("Q145", "GB"),
    ("Q183", "DE"),
    ("Q142", "FR"),
    ("Q29", "ES"),
    ("Q38", "IT"),
    ("Q55", "NL"),
    ("Q31", "BE"),
    ("Q40", "AT"),
    ("Q39", "CH"),
    ("Q27", "IE"),
    ("Q16", "CA"),
    ("Q408", "AU"),
    ("Q664", "NZ"),
    ("Q34", "SE"),
    ("Q20", "NO"),
    ("Q35", "DK"),
    ("Q33", "FI"),
    ("Q36", "PL"),
    ("Q45", "PT"),
    ("Q668", "IN"),
    ("Q17", "JP"),
    ("Q155", "BR"),
    ("Q96", "MX"),
    ("Q32", "LU"),
    ("Q213", "CZ"),
    ("Q41", "GR"),
    ("Q28", "HU"),
    ("Q218", "RO"),
    ("Q148", "CN"),
    ("Q884", "KR"),
    ("Q334", "SG"),
    ("Q258", "ZA"),
    ("Q43", "TR"),
    ("Q801", "IL"),
    ("Q189", "IS"),
];

/// Profiles by property, and the address that a handle makes.
const PROFILES: [(&str, &str); 7] = [
    ("P2002", "https://x.com/"),
    ("P2013", "https://www.facebook.com/"),
    ("P2003", "https://www.instagram.com/"),
    ("P4264", "https://www.linkedin.com/company/"),
    ("P2397", "https://www.youtube.com/channel/"),
    ("P12361", "https://bsky.app/profile/"),
    ("P4033", ""),
];

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let ids = if let Some(id) = &subject.ids.wikidata {
        vec![id.clone()]
    } else {
        let found = search(asking, &subject.name, "en").await?;
        // Companies without an English name are found by the language of their country.
        let own = subject.place().and_then(language).filter(|_| found.is_empty());
        match own {
            Some(language) => search(asking, &subject.name, language).await?,
            None => found,
        }
    };
    if ids.is_empty() {
        return Ok(answer);
    }
    let Some(data) = entities(asking, &ids, "labels|aliases|descriptions|claims").await? else {
        return Ok(answer);
    };
    let mut items = Vec::new();
    for id in &ids {
        let Some(item) = item(&data.value, id) else { continue };
        if is_business(item) {
            items.push(item);
        }
    }
    let mut wanted: Vec<String> = items.iter().flat_map(|item| pointed(item, asking.now)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.truncate(MOST_NAMES);
    let names = if wanted.is_empty() { BTreeMap::new() } else { names(asking, &wanted).await? };
    for item in items {
        if let Some(told) = told(asking, subject, item, &names, &data.fetched) {
            answer.told.push(told);
        }
    }
    // Where the country is known, companies of it come first; else the order of the search stands.
    if let Some(country) = subject.place() {
        answer.told.sort_by_key(|told| told.record.country != Some(country));
    }
    Ok(answer)
}

/// Returns the language in which items of a country are named, where that is not English.
fn language(country: Country) -> Option<&'static str> {
    Some(match country.code() {
        "DE" | "AT" | "CH" => "de",
        "FR" | "BE" | "LU" => "fr",
        "ES" | "MX" | "AR" => "es",
        "IT" => "it",
        "NL" => "nl",
        "PL" => "pl",
        "PT" | "BR" => "pt",
        "SE" => "sv",
        _ => return None,
    })
}

/// Returns the ids of items that are called so in a language.
async fn search(asking: &Asking<'_>, name: &str, language: &str) -> Result<Vec<String>, Trouble> {
    let url = asking.url(
        &["w", "api.php"],
        &[
            ("action", "wbsearchentities"),
            ("search", name),
            ("language", language),
            ("uselang", language),
            ("type", "item"),
            ("limit", "7"),
            ("format", "json"),
            ("maxlag", "5"),
        ],
    )?;
    let Some(data) = json(asking, url).await? else { return Ok(Vec::new()) };
    let found = list(&data.value, &["search"]).iter().filter_map(|hit| text(hit, &["id"]));
    Ok(found.filter(|id| is_id(id)).take(MOST_ITEMS).map(str::to_owned).collect())
}

async fn entities(asking: &Asking<'_>, ids: &[String], props: &str) -> Result<Option<Data>, Trouble> {
    let ids = ids.join("|");
    let url = asking.url(
        &["w", "api.php"],
        &[
            ("action", "wbgetentities"),
            ("ids", &ids),
            ("props", props),
            ("languages", "en|mul|de|fr|es|it|nl|sv"),
            ("format", "json"),
            ("maxlag", "5"),
        ],
    )?;
    json(asking, url).await
}

/// Returns the names of items.
async fn names(asking: &Asking<'_>, ids: &[String]) -> Result<BTreeMap<String, String>, Trouble> {
    let Some(data) = entities(asking, ids, "labels").await? else { return Ok(BTreeMap::new()) };
    let named = ids.iter().filter_map(|id| Some((id.clone(), label(item(&data.value, id)?)?)));
    Ok(named.collect())
}

/// Asks for JSON; errors come with status 200 here.
async fn json(asking: &Asking<'_>, url: url::Url) -> Result<Option<Data>, Trouble> {
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(None) };
    match text(&data.value, &["error", "code"]) {
        None => Ok(Some(data)),
        Some("maxlag" | "ratelimited") => Err(Trouble::Busy(None)),
        Some("no-such-entity") => Ok(None),
        Some(code) => {
            Err(Trouble::Failed(format!("it answers with the error `{}`", short(code).unwrap_or_default())))
        }
    }
}

/// Returns an item by its id, also one that was merged into another: the answer then stands under the new id or the old.
fn item<'a>(answer: &'a Value, id: &str) -> Option<&'a Value> {
    let entities = answer.get("entities")?.as_object()?;
    let found = entities.get(id).or_else(|| {
        entities
            .values()
            .find(|item| text(item, &["id"]) == Some(id) || text(item, &["redirects", "from"]) == Some(id))
    })?;
    found.get("missing").is_none().then_some(found)
}

fn is_id(id: &str) -> bool {
    id.len() <= 12
        && id.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Returns the name of an item.
fn label(item: &Value) -> Option<String> {
    let labels = item.get("labels")?.as_object()?;
    let of = |language: &str| labels.get(language).and_then(|label| text(label, &["value"]));
    of("en")
        .or_else(|| of("mul"))
        .or_else(|| labels.values().find_map(|label| text(label, &["value"])))
        .and_then(short)
}

/// Returns the statements of a property that hold now: the preferred ones, else the ordinary ones.
fn statements<'a>(item: &'a Value, property: &str, now: Timestamp) -> Vec<&'a Value> {
    let all = list(item, &["claims", property]);
    let holds = |statement: &&Value| {
        list(statement, &["qualifiers", "P582"]).iter().all(|end| {
            // An end that is no date, or an unknown one, is an end all the same.
            text(end, &["datavalue", "value", "time"])
                .is_some_and(|time| time.trim_start_matches('+') > now.to_string().as_str())
        })
    };
    let ranked = |rank: &str| -> Vec<&'a Value> {
        all.iter().filter(|one| text(one, &["rank"]) == Some(rank)).filter(holds).collect()
    };
    let preferred = ranked("preferred");
    if preferred.is_empty() { ranked("normal") } else { preferred }
}

/// Returns the texts of a property.
fn texts<'a>(item: &'a Value, property: &str, now: Timestamp) -> Vec<&'a str> {
    let value = |statement: &&'a Value| {
        let value = statement.get("mainsnak")?.get("datavalue")?.get("value")?;
        value.as_str().or_else(|| text(value, &["text"])).map(str::trim).filter(|text| !text.is_empty())
    };
    statements(item, property, now).iter().filter_map(value).collect()
}

/// Returns the items that a property points to.
fn items_of<'a>(item: &'a Value, property: &str, now: Timestamp) -> Vec<&'a str> {
    let id = |statement: &&'a Value| text(statement, &["mainsnak", "datavalue", "value", "id"]);
    statements(item, property, now).iter().filter_map(id).filter(|id| is_id(id)).collect()
}

/// Returns whether an item is a business.
fn is_business(item: &Value) -> bool {
    let classes: Vec<&str> = list(item, &["claims", "P31"])
        .iter()
        .filter_map(|statement| text(statement, &["mainsnak", "datavalue", "value", "id"]))
        .collect();
    if classes.iter().any(|class| NO_BUSINESS.contains(class)) {
        return false;
    }
    classes.iter().any(|class| BUSINESS.contains(class))
        || OF_BUSINESS.iter().any(|property| !list(item, &["claims", property]).is_empty())
}

/// Returns the items of people and companies that an item points to: chief executive, chair, parent, owner.
fn pointed(item: &Value, now: Timestamp) -> Vec<String> {
    ["P169", "P488", "P749", "P127"].iter().flat_map(|p| items_of(item, p, now)).map(str::to_owned).collect()
}

/// Reads an item.
fn told(
    asking: &Asking<'_>,
    subject: &Subject,
    item: &Value,
    names: &BTreeMap<String, String>,
    fetched: &str,
) -> Option<Told> {
    let now = asking.now;
    let id = text(item, &["id"]).filter(|id| is_id(id))?;
    let page = format!("https://www.wikidata.org/wiki/{id}");
    let websites = texts(item, "P856", now);
    let mut domains: Vec<String> = Vec::new();
    for domain in websites.iter().filter_map(|site| domain_of(site)) {
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    let country = items_of(item, "P17", now)
        .iter()
        .find_map(|item| COUNTRIES.iter().find(|(id, _)| id == item))
        .and_then(|(_, code)| Country::parse(code).ok());
    let first = |property: &str| texts(item, property, now).first().and_then(|value| short(value));
    let name_of = |id: &&str| names.get(*id).cloned();
    let mut officers = Vec::new();
    for (property, role) in [("P169", "chief executive"), ("P488", "chair of the board")] {
        for statement in statements(item, property, now) {
            let person = text(statement, &["mainsnak", "datavalue", "value", "id"]);
            let Some(name) = person.and_then(|id| names.get(id)) else { continue };
            let since = list(statement, &["qualifiers", "P580"])
                .first()
                .and_then(|start| text(start, &["datavalue", "value", "time"]))
                .and_then(|time| time.trim_start_matches('+').get(..10));
            officers.push(Officer { name: name.clone(), role: role.to_owned(), since: since.map(day) });
        }
    }
    let mut profiles = Vec::new();
    for (property, front) in PROFILES {
        for handle in texts(item, property, now).iter().take(3) {
            profiles.extend(if front.is_empty() {
                fediverse(handle)
            } else {
                Some(format!("{front}{handle}"))
            });
        }
    }
    let aliases =
        list(item, &["aliases", "en"]).iter().filter_map(|alias| text(alias, &["value"])).filter_map(short);
    let mut record = Record {
        name: label(item)?,
        legal_name: first("P1448"),
        aliases: aliases.take(20).collect(),
        website: websites.first().and_then(|site| short(site)),
        domains,
        country,
        profiles,
        parents: ["P749", "P127"]
            .iter()
            .flat_map(|p| items_of(item, p, now))
            .filter_map(|id| name_of(&id))
            .collect(),
        officers,
        description: text(item, &["descriptions", "en", "value"]).and_then(short),
        page: page.clone(),
        ..Record::default()
    };
    record.ids.wikidata = Some(id.to_owned());
    record.ids.lei = first("P1278");
    record.ids.companies_house = first("P2622");
    record.ids.cik = first("P5531").map(|cik| cik.trim_start_matches('0').to_owned());
    let found = if same::judge(subject, &record).is_same() {
        contacts(asking, item, country, &page, fetched)
    } else {
        None
    };
    Some(Told { record, found: found.into_iter().collect() })
}

/// Returns the phones, mailboxes and head office that an item names: all of level D.
fn contacts(
    asking: &Asking<'_>,
    item: &Value,
    country: Option<Country>,
    page: &str,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let now = asking.now;
    let desk = |rung, label| Desk { id: "wikidata", rung: Some(rung), label };
    let line = desk(Rung::FrontLine, "Phone");
    let phones = texts(item, "P1329", now).into_iter().map(|phone| line.phone(phone, country));
    let mail = desk(Rung::FrontLine, "E-mail");
    let mails = texts(item, "P968", now).into_iter().map(|address| mail.email(address));
    let office = desk(Rung::Legal, "Head office");
    let offices = statements(item, "P159", now).into_iter().map(|statement| {
        let part = |property: &str| {
            let value = list(statement, &["qualifiers", property]).first()?;
            text(value, &["datavalue", "value", "text"]).or_else(|| text(value, &["datavalue", "value"]))
        };
        office.postal([part("P6375"), part("P281"), country.as_ref().map(Country::code)])
    });
    let source = asking.source(page, SourceKind::Listing, fetched, text(item, &["modified"]));
    asking.found(phones.chain(mails).chain(offices), source)
}

/// Returns the address of a profile `user@host` in the fediverse.
fn fediverse(handle: &str) -> Option<String> {
    let (user, host) = handle.trim_start_matches('@').split_once('@')?;
    domain_of(host).map(|_| format!("https://{host}/@{user}"))
}

/// Returns a day of a time, where unknown months and days are zero.
fn day(time: &str) -> String {
    time.split("-00").next().unwrap_or(time).to_owned()
}
