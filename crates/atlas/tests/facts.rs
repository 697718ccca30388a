//! Every fact that was gathered is in the data, field by field: bodies, rights, and the agencies of the US states.
//!
//! The gathered facts lie beside the repository and are no part of it; where they are not there, the test says so and does
//! nothing. The data may say more than they do, never less and nothing else.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and says what it left out")]

use std::fs;
use std::path::PathBuf;

use atlas::record::{Body, Limit, Right, Rule};
use atlas::{Atlas, Kind, Sector};
use ladder::Clock;
use serde_json::Value;

/// Fields in which the data know better than the gathered facts, and why.
const KNOWN: &[(&str, &str, &str)] = &[
    ("au-tio", "deadline", "six years, a reason asked after two: the note of the fact says so"),
    ("us-cms-medicare", "name", "the same words in another order"),
    ("ie-small-claims", "name", "the court is named in the other names"),
    ("gb-spso", "sectors", "it deals with universities and colleges as well"),
    ("gb-nipso", "sectors", "it deals with universities and colleges as well"),
    ("ie-ccpc", "sectors", "it watches over the safety of products as well"),
    ("ie-ccpc", "sources", "with the page that says so"),
    ("us-ccpa-request", "country", "a right of a state stands in the file of its country, with the region"),
];

/// Reads a file of gathered facts; nothing where it is not there.
fn gathered(name: &str) -> Option<Vec<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/facts").join(name);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// All durations of rules, joined ones too.
fn clocks(rules: &[Rule]) -> Vec<Clock> {
    let of = |rule: &Rule| match &rule.limit {
        Limit::Span(span) => vec![span.clock],
        Limit::AllOf(parts) | Limit::EarlierOf(parts) | Limit::LaterOf(parts) => clocks(parts),
    };
    rules.iter().flat_map(of).collect()
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// A name without its accents, as the gathered facts have it; without what follows a comma or bracket.
fn plain(name: &str) -> String {
    let bare = |c: char| match c {
        'á' | 'à' | 'â' => 'a',
        'é' | 'è' | 'ê' | 'É' => 'e',
        'í' | 'î' => 'i',
        'ó' | 'ô' => 'o',
        'ú' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        '’' => '\'',
        other => other,
    };
    name.chars().map(bare).collect()
}

fn same_link(a: &str, b: &str) -> bool {
    a.trim_end_matches('/') == b.trim_end_matches('/')
}

/// Compares and gathers what differs.
struct Compared(Vec<String>);

impl Compared {
    fn hold(&mut self, id: &str, field: &str, agrees: bool, fact: &Value) {
        let known = KNOWN.iter().any(|(of, what, _)| *of == id && *what == field);
        if agrees == known {
            let word = if known { "agrees, and is on the list of those that do not" } else { "differs" };
            self.0.push(format!("{id}: {field} {word}: {fact}"));
        }
    }

    fn clock(&mut self, id: &str, field: &str, fact: &Value, rules: &[Rule]) {
        if !fact.is_null() {
            let unit = fact["unit"].as_str();
            let is = |clock: &Clock| fact["n"] == clock.n && unit == Some(clock.unit.id());
            self.hold(id, field, clocks(rules).iter().any(is), fact);
        }
    }

    fn sources(&mut self, id: &str, fact: &Value, sources: &[String]) {
        let urls = fact.as_array().unwrap().iter().filter_map(Value::as_str);
        let mut wanted: Vec<&str> = urls.filter(|url| is_source(url)).collect();
        let mut there: Vec<&str> = sources.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        there.sort_unstable();
        self.hold(id, "sources", wanted == there, fact);
    }

    /// A fact that lost its only sources is told as one without a source.
    fn confidence(&mut self, id: &str, fact: &Value, sources: &[String], confidence: atlas::Confidence) {
        let gathered = fact["source_urls"].as_array().is_some_and(|urls| !urls.is_empty());
        let agrees = if gathered && sources.is_empty() {
            confidence == atlas::Confidence::Low
        } else {
            fact["confidence"] == confidence.id()
        };
        self.hold(id, "confidence", agrees, &fact["confidence"]);
    }

    fn body(&mut self, fact: &Value, body: &Body) {
        let id = body.id.as_str();
        let name = fact["name"].as_str().unwrap();
        let names = [&body.name].into_iter().chain(&body.aliases).chain(&body.local_names);
        // A long name may be parted into a name and others.
        let has_name = names
            .into_iter()
            .any(|known| name.contains(plain(known).as_str()) || name.contains(known.as_str()));
        self.hold(id, "name", has_name, &fact["name"]);
        let mut place = fact["country"].as_str().unwrap().split('-');
        self.hold(id, "country", place.next() == Some(body.country.as_str()), &fact["country"]);
        let in_region = place.next().is_none_or(|region| body.regions.iter().any(|of| of == region));
        self.hold(id, "region", in_region, &fact["country"]);
        let kind = fact["kind"].as_str().and_then(Kind::from_id);
        self.hold(id, "kind", kind == Some(body.kind), &fact["kind"]);
        let sectors = fact["sectors"].as_array().unwrap().iter().filter_map(Value::as_str);
        let mut sectors: Vec<Sector> = sectors.filter_map(Sector::from_id).collect();
        let mut there = body.sectors.clone();
        sectors.sort_unstable();
        there.sort_unstable();
        self.hold(id, "sectors", sectors == there, &fact["sectors"]);
        let single = fact["takes_individual_complaints"].as_bool();
        self.hold(id, "single_cases", single == body.single_cases, &fact["takes_individual_complaints"]);
        self.hold(
            id,
            "binds",
            fact["binding_on_company"].as_bool() == body.binds,
            &fact["binding_on_company"],
        );
        self.hold(
            id,
            "cost",
            text(&fact["cost_to_consumer"]) == body.cost.as_deref(),
            &fact["cost_to_consumer"],
        );
        self.hold(id, "first", text(&fact["before"]).is_none() || body.first.is_some(), &fact["before"]);
        self.clock(id, "wait", &fact["wait"], &body.wait);
        self.clock(id, "deadline", &fact["deadline"], &body.deadline);
        let limited = body.limit.is_some() || !body.money.is_empty();
        self.hold(id, "limit", text(&fact["remedy_limit"]).is_none() || limited, &fact["remedy_limit"]);
        let web = body.web.as_deref();
        let same_web = text(&fact["website"]).is_none_or(|a| web.is_some_and(|b| same_link(a, b)));
        self.hold(id, "web", same_web, &fact["website"]);
        for field in ["form_url", "phone", "email", "postal"] {
            let mut values = body.contacts.iter().filter_map(|contact| contact.value.as_deref());
            let there = text(&fact[field]).is_none_or(|value| values.any(|known| same_link(known, value)));
            self.hold(id, field, there, &fact[field]);
        }
        let whole = body.grounds.whole();
        // What was gathered without a source and has one since is dated by that.
        if SOURCED_SINCE.contains(&id) {
            let dated = !whole.sources.is_empty() && whole.seen.is_some();
            let unsourced = fact["source_urls"].as_array().is_some_and(Vec::is_empty);
            if !dated || !unsourced {
                self.0.push(format!("{id}: is on the list of those that were sourced since, and is none"));
            }
            return;
        }
        self.sources(id, &fact["source_urls"], &whole.sources);
        let seen = whole.seen.as_ref().map(ToString::to_string);
        let gathered = fact["source_urls"].as_array().is_some_and(|urls| !urls.is_empty());
        let kept = text(&fact["source_seen"]).filter(|_| !gathered || !whole.sources.is_empty());
        self.hold(id, "seen", kept == seen.as_deref(), &fact["source_seen"]);
        self.confidence(id, fact, &whole.sources, whole.confidence);
    }

    fn right(&mut self, fact: &Value, right: &Right) {
        let id = right.id.as_str();
        self.hold(id, "name", fact["name"] == right.name.as_str(), &fact["name"]);
        self.hold(id, "country", fact["country"] == right.country.as_str(), &fact["country"]);
        let sector = fact["sector"].as_str().and_then(Sector::from_id).unwrap();
        self.hold(id, "sector", right.sectors.contains(&sector), &fact["sector"]);
        self.clock(id, "clock", &fact["clock"], &right.clocks);
        let limited = right.limit.is_some() || !right.money.is_empty();
        self.hold(id, "limit", text(&fact["limit"]).is_none() || limited, &fact["limit"]);
        self.hold(id, "law", fact["law"] == right.law.as_str(), &fact["law"]);
        self.hold(id, "what", right.consumer.is_some() || right.company.is_some(), &fact["what"]);
        self.sources(id, &fact["source_urls"], &right.grounds.whole().sources);
        let whole = right.grounds.whole();
        self.confidence(id, fact, &whole.sources, whole.confidence);
    }
}

/// Hosts whose pages were gathered as sources and are none: firms of another trade, copies, trial servers.
const NO_SOURCES: [&str; 13] = [
    "phenergan.cfd",
    "1stenergy.co.uk",
    "circle-vision.org",
    "kaeltripton.com",
    "thamesoptic.com",
    "dev.isp.tools",
    "cwpsites.betterthanpaper.com",
    "downloadassociates.mystrikingly.com",
    "global-reg-hub.pages.dev",
    "public-ui-fcahandbook-dev.azurewebsites.net",
    "staging.hoganlovells.com",
    "gogreen.ai",
    "channelx.world",
];

/// Bodies that were gathered without a source, and for which a page of their own or of an authority was found since.
const SOURCED_SINCE: &[&str] = &[
    "es-aesa",
    "es-usuarios-telecom",
    "fr-cnil",
    "fr-conciliateur",
    "fr-mediateur-telecom",
    "gb-consumer-council-ni",
    "gb-oia",
    "gb-slcc",
    "ie-iaa",
    "ie-nta",
    "in-sebi-scores",
    "nl-kantonrechter",
    "nz-mvdt",
    "sg-small-claims",
    "us-ca-dmhc",
    "za-icasa",
    "za-miosa",
    "za-small-claims",
];

fn is_source(url: &str) -> bool {
    let host = url.split('/').nth(2).unwrap_or_default();
    !NO_SOURCES.contains(&host.strip_prefix("www.").unwrap_or(host))
}

#[test]
fn every_body_that_was_gathered_is_there_with_each_of_its_fields() {
    let Some(facts) = gathered("bodies.jsonl") else { return };
    assert_eq!(facts.len(), 201);
    let mut compared = Compared(Vec::new());
    for fact in &facts {
        match Atlas::builtin().body(fact["id"].as_str().unwrap()) {
            Some(body) => compared.body(fact, body),
            None => compared.0.push(format!("{}: is missing", fact["id"])),
        }
    }
    assert!(compared.0.is_empty(), "{}", compared.0.join("\n"));
}

#[test]
fn what_has_no_source_is_marked_so_and_none_is_made_up() {
    let Some(facts) = gathered("bodies.jsonl") else { return };
    for fact in facts.iter().filter(|fact| fact["source_urls"].as_array().unwrap().is_empty()) {
        let body = Atlas::builtin().body(fact["id"].as_str().unwrap()).unwrap();
        if SOURCED_SINCE.contains(&body.id.as_str()) {
            continue;
        }
        let whole = body.grounds.whole();
        assert!(whole.sources.is_empty() && whole.confidence == atlas::Confidence::Low, "{}", body.id);
    }
}

#[test]
fn every_right_that_was_gathered_is_there_with_each_of_its_fields() {
    let Some(facts) = gathered("rights.jsonl") else { return };
    assert_eq!(facts.len(), 83);
    let mut compared = Compared(Vec::new());
    for fact in &facts {
        match Atlas::builtin().right(fact["id"].as_str().unwrap()) {
            Some(right) => compared.right(fact, right),
            None => compared.0.push(format!("{}: is missing", fact["id"])),
        }
    }
    assert!(compared.0.is_empty(), "{}", compared.0.join("\n"));
}

#[test]
fn every_agency_of_a_us_state_is_there_with_each_of_its_contacts() {
    let Some(facts) = gathered("directory/us-state-agencies.jsonl") else { return };
    assert_eq!(facts.len(), 204);
    let bodies: Vec<&Body> = Atlas::builtin().bodies().filter(|body| body.country == "US").collect();
    let mut lost = Vec::new();
    let mut contacts = 0;
    for fact in &facts {
        let state = fact["state"].as_str().unwrap();
        let of_state: Vec<&Body> =
            bodies.iter().copied().filter(|body| body.regions.iter().any(|region| region == state)).collect();
        for contact in fact["contacts"].as_array().unwrap() {
            contacts += 1;
            let value = contact["value"].as_str().unwrap();
            let mut known = of_state.iter().flat_map(|body| &body.contacts);
            let there = known.any(|c| {
                c.value.iter().chain(&c.short_code).any(|known| same_link(known, value))
                    && c.source.as_deref() == contact["source"].as_str()
                    && c.checked.map(|day| day.to_string()).as_deref() == contact["checked"].as_str()
            });
            if !there {
                lost.push(format!("{}: {} {value}", fact["id"], contact["channel"]));
            }
        }
    }
    assert_eq!(contacts, 642);
    assert!(lost.is_empty(), "{} of {contacts}:\n{}", lost.len(), lost.join("\n"));
}
