//! Search engines of the user's own: `SearXNG` on the user's machine, or Brave, Kagi and Mojeek with the user's key.
//!
//! They are asked what an experienced person would type. Results are addresses and snippets: whoever reads them fetches
//! the pages politely or takes the snippet for what it is, the words of strangers. No hosted engine is asked without a key;
//! where none is set up the same queries are links for the user to open.
//!
//! Brave's answer and the bot check of a public `SearXNG` are recorded ones; the answer of `SearXNG` is an example of its
//! documentation; Kagi and Mojeek were never seen live.

use std::time::Duration;

use serde_json::Value;

use super::about::{About, Kind, Level, Needs, Seen};
use super::answer::{Answer, Hit, Trouble};
use super::asking::{Asking, Lock};
use super::contacts::{list, plain, short, text};
use super::subject::Subject;
use super::{Replied, Source};
use crate::fetch::Call;

/// A query, and the places where it is worth it.
type Query = (&'static str, &'static [&'static str]);
/// The places where a language is spoken, and its queries.
type Spoken = (&'static [&'static str], &'static [Query]);

/// What an experienced person types, by the language of the company's country, the most telling first: `{}` is the company, `{domain}` its
/// domain, and the places are those where it is worth it (none: wherever the language is spoken).
const QUERIES: [Spoken; 6] = [
    (
        &["GB", "IE", "US", "CA", "AU", "NZ", "IN", "ZA", "SG"],
        &[
            ("\"{}\" complaints procedure site:{domain}", &[]),
            ("\"escalation process\" \"{}\"", &[]),
            ("\"executive office\" OR \"office of the president\" \"{}\"", &["US", "CA"]),
            ("\"{}\" \"notice of dispute\" address", &["US"]),
            ("\"{}\" \"final response\" ombudsman", &["GB", "IE", "AU"]),
            ("\"{}\" \"grievance officer\" OR \"nodal officer\"", &["IN"]),
            ("\"customer service management\" \"{}\"", &[]),
            (
                "\"{}\" complaint escalate \"executive\" site:reddit.com OR site:moneysavingexpert.com",
                &["GB", "IE", "US", "CA", "AU", "NZ"],
            ),
        ],
    ),
    (
        &["DE", "AT", "CH"],
        &[
            ("\"{}\" Beschwerde site:{domain}", &[]),
            ("\"{}\" Beschwerdemanagement OR Beschwerdestelle OR Reklamation", &[]),
            ("\"{}\" Beschwerde Vorstand OR Geschäftsführung", &[]),
            ("\"{}\" Schlichtungsstelle OR Ombudsstelle", &[]),
        ],
    ),
    (
        &["FR", "BE", "LU", "CH"],
        &[
            ("\"{}\" réclamation site:{domain}", &[]),
            ("\"{}\" \"service réclamations\" OR \"service consommateurs\"", &[]),
            ("\"{}\" réclamation médiateur", &["FR", "BE", "LU"]),
            ("\"{}\" réclamation \"direction générale\"", &[]),
        ],
    ),
    (
        &["ES"],
        &[
            ("\"{}\" reclamaciones site:{domain}", &[]),
            ("\"{}\" \"departamento de reclamaciones\" OR \"defensor del cliente\"", &[]),
            ("\"{}\" reclamación dirección general", &[]),
        ],
    ),
    (
        &["IT", "CH"],
        &[
            ("\"{}\" reclami site:{domain}", &[]),
            ("\"{}\" \"ufficio reclami\" OR PEC", &[]),
            ("\"{}\" reclamo conciliazione", &["IT"]),
        ],
    ),
    (
        &["NL", "BE"],
        &[
            ("\"{}\" klachten site:{domain}", &[]),
            ("\"{}\" klachtenprocedure OR klachtenafdeling", &[]),
            ("\"{}\" klacht directie", &[]),
            ("\"{}\" geschillencommissie OR ombudsdienst", &[]),
        ],
    ),
];

/// The most queries that are sent for one company: engines cost money or patience.
const MOST_QUERIES: usize = 4;
/// The most results of a query that are kept.
const MOST_HITS: usize = 10;

/// Returns the queries for a company, the most telling first.
#[must_use]
pub fn queries(name: &str, domain: Option<&str>, country: Option<&str>) -> Vec<String> {
    let name = name.replace('"', " ");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // Where the place is not known, or no list speaks its language, those of the largest English ones are worth a try.
    let known = country.filter(|country| QUERIES.iter().any(|(spoken, _)| spoken.contains(country)));
    let fits = |places: &[&str]| {
        known.map_or(["US", "GB"], |country| [country; 2]).iter().any(|at| places.contains(at))
    };
    // Where more than one language is spoken, each has its turn: only the first queries are sent.
    let mut told: Vec<(usize, &str)> = QUERIES
        .iter()
        .filter(|(spoken, _)| fits(spoken))
        .flat_map(|(_, queries)| queries.iter().enumerate())
        .filter(|(_, (query, places))| {
            (domain.is_some() || !query.contains("{domain}")) && (places.is_empty() || fits(places))
        })
        .map(|(rank, (query, _))| (rank, *query))
        .collect();
    told.sort_by_key(|(rank, _)| *rank);
    told.into_iter()
        .map(|(_, query)| query.replace("{domain}", domain.unwrap_or_default()).replace("{}", &name))
        .collect()
}

/// One search engine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Engine {
    about: &'static About,
    /// Makes the call of a query.
    call: fn(&Asking<'_>, &str, &Subject) -> Result<Call, Trouble>,
    /// Reads the results: the list, and the names of address, title and snippet.
    results: (&'static [&'static str], [&'static str; 3]),
}

const USUAL: About = About {
    kind: Kind::Search,
    sends: "queries with the company's name and domain, such as \"escalation process\" COMPANY; never your case",
    gives: "pages that may name whom to turn to: read politely, or taken as hearsay",
    level: Level::E,
    budget: Duration::from_secs(20),
    ..About::USUAL
};

/// The user's own `SearXNG`.
pub(super) const SEARXNG: Engine = Engine {
    about: &About {
        id: "searxng",
        name: "your own SearXNG",
        needs: Needs::Instance { usual: "http://127.0.0.1:8080" },
        terms: "your own machine; `json` must be among its formats",
        seen: Seen::Recorded,
        ..USUAL
    },
    call: |asking, query, subject| {
        let language = subject.customer.map_or("all", |_| "auto");
        let url = asking.url(
            &["search"],
            &[("q", query), ("format", "json"), ("categories", "general"), ("language", language)],
        )?;
        asking.call(url, None)
    },
    results: (&["results"], ["url", "title", "content"]),
};

/// Brave, with the user's key.
pub(super) const BRAVE: Engine = Engine {
    about: &About {
        id: "brave",
        name: "Brave Search",
        base: "https://api.search.brave.com/res/v1/web",
        needs: Needs::Key {
            from: "api-dashboard.search.brave.com; about 1,000 searches a month for nothing",
            form: None,
        },
        terms: "your own key",
        seen: Seen::Recorded,
        ..USUAL
    },
    call: |asking, query, subject| {
        let country = subject.place();
        let mut parts = vec![("q", query), ("count", "20"), ("result_filter", "web,discussions")];
        parts.extend(country.as_ref().map(|country| ("country", country.code())));
        let url = asking.url(&["search"], &parts)?;
        asking.call(url, Some(Lock::Header("x-subscription-token", "")))
    },
    results: (&["web", "results"], ["url", "title", "description"]),
};

/// Kagi, with the user's key.
pub(super) const KAGI: Engine = Engine {
    about: &About {
        id: "kagi",
        name: "Kagi",
        base: "https://kagi.com/api/v1",
        needs: Needs::Key { from: "kagi.com/settings/api; 12 dollars for 1,000", form: None },
        terms: "your own key",
        ..USUAL
    },
    call: |asking, query, _| {
        let url = asking.url(&["search"], &[("q", query)])?;
        asking.call(url, Some(Lock::Header("authorization", "Bot ")))
    },
    results: (&["data"], ["url", "title", "snippet"]),
};

/// Mojeek, with the user's key.
pub(super) const MOJEEK: Engine = Engine {
    about: &About {
        id: "mojeek",
        name: "Mojeek",
        base: "https://api.mojeek.com",
        needs: Needs::Key { from: "mojeek.com/services/search/web-search-api; paid", form: None },
        terms: "your own key",
        ..USUAL
    },
    call: |asking, query, _| {
        let url = asking.url(&["search"], &[("q", query), ("fmt", "json"), ("t", "10")])?;
        asking.call(url, Some(Lock::Query("api_key")))
    },
    results: (&["response", "results"], ["url", "title", "desc"]),
};

impl Source for Engine {
    fn about(&self) -> &'static About {
        self.about
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(self, asking, subject))
    }
}

async fn ask(engine: &Engine, asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let country = subject.place();
    let queries = queries(&subject.name, subject.domain(), country.as_ref().map(ladder::Country::code));
    for query in queries.into_iter().take(MOST_QUERIES) {
        let call = (engine.call)(asking, &query, subject)?;
        let asked = asking.json(&call).await;
        let data = match asked {
            Ok(Some(data)) => data,
            Ok(None) => continue,
            // What was found before counts all the same.
            Err(trouble) if answer.hits.is_empty() => return Err(trouble),
            Err(trouble) => {
                answer.notes.push(format!("it stopped after {} results: {trouble}", answer.hits.len()));
                break;
            }
        };
        let (path, names) = engine.results;
        let mut found = hits(list(&data.value, path), names, &query);
        // Brave keeps threads of boards apart.
        found.extend(hits(list(&data.value, &["discussions", "results"]), names, &query));
        if found.is_empty()
            && let Some(out) = outage(&data.value)
        {
            return Err(Trouble::Failed(format!("the engines behind it do not answer: {out}")));
        }
        for hit in found {
            if !answer.hits.iter().any(|known| known.url == hit.url) {
                answer.hits.push(hit);
            }
        }
    }
    Ok(answer)
}

/// Reads results; those that lead nowhere on the web are left out.
fn hits(results: &[Value], [url, title, snippet]: [&str; 3], query: &str) -> Vec<Hit> {
    let read = |result: &Value| {
        let url = text(result, &[url]).filter(|url| url.len() <= 2000 && url.starts_with("http"))?;
        let words =
            |key: &str| text(result, &[key]).map(plain).as_deref().and_then(short).unwrap_or_default();
        Some(Hit {
            url: url.to_owned(),
            title: words(title),
            snippet: words(snippet),
            query: query.to_owned(),
        })
    };
    results.iter().take(MOST_HITS).filter_map(read).collect()
}

/// Returns the engines behind a `SearXNG` that did not answer: pairs of name and reason, or names.
fn outage(value: &Value) -> Option<String> {
    let names: Vec<&str> = list(value, &["unresponsive_engines"])
        .iter()
        .filter_map(|one| one.as_str().or_else(|| one.get(0).and_then(Value::as_str)))
        .take(5)
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_fit_the_place_and_never_break_out_of_their_quotes() {
        let gb = queries("Acme \"Best\" Ltd", Some("acme.example"), Some("GB"));
        assert_eq!(gb[0], "\"Acme Best Ltd\" complaints procedure site:acme.example");
        assert!(gb.iter().any(|query| query.contains("ombudsman")));
        assert!(!gb.iter().any(|query| query.contains("notice of dispute")));
        assert!(queries("Acme", None, None).iter().all(|query| !query.contains("site:{")));
    }

    #[test]
    fn queries_speak_the_language_of_the_place() {
        let de = queries("Acme", Some("acme.example"), Some("DE"));
        assert_eq!(de[0], "\"Acme\" Beschwerde site:acme.example");
        assert!(!de.iter().any(|query| query.contains("escalation")), "{de:?}");
        let be = queries("Acme", None, Some("BE"));
        assert!(be[0].contains("réclamations") && be[1].contains("klachten"), "each has its turn: {be:?}");
        // No list is in Polish.
        assert_eq!(queries("Acme", None, Some("PL")), queries("Acme", None, None));
    }
}
