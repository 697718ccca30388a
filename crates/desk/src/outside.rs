//! Outside of the company: its procedure held against the atlas, and the outside rungs of its ladder.
//!
//! A procedure may send a customer to a body that is shut, by a name of the past, after a wait or until a day that no
//! longer holds: each is told with both values, what both rest on, and that it may itself be a point of the complaint. The
//! ladder is completed from the trade and country of the company; what is inferred is marked so, with why.

use atlas::compare::{self, Difference, Stated};
use atlas::record::{Body, Evidence};
use atlas::sector::{Clues, Inferred};
use atlas::words::{Field, Sector};
use atlas::{Question, Standing, ask};
use jiff::civil::Date;
use ladder::guard::marks;
use ladder::{BodyKind, Cost, Country, OutsideBody, Policy, Rung, Sighted};
use schemars::JsonSchema;
use serde::Serialize;
use sources::crawl::Crawl;

use crate::answer::{PolicyView, ReachView, SectorView};

/// The most ways to reach a body that are shown.
const MOST_CONTACTS: usize = 4;

/// Where a procedure and the atlas part.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct CheckView {
    /// `dead_route`, `dead_name`, `wait`, `deadline` or `contact`.
    pub kind: &'static str,
    /// The difference in words.
    pub words: String,
    /// What the procedure says.
    pub stated: String,
    /// The day the procedure was read, where known.
    pub stated_on: Option<String>,
    /// What the atlas knows.
    pub known: String,
    /// How old that is: the day from which it holds, else when it was last seen or checked.
    pub known_on: Option<String>,
    /// Where that was read; none: no source is recorded.
    pub sources: Vec<String>,
    /// Whether that the procedure misleads may itself be a point of the complaint.
    pub point_of_complaint: bool,
}

/// A body outside of the company, on its ladder.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OutsideView {
    /// Its entry in the atlas.
    pub atlas_id: String,
    /// Its name.
    pub name: String,
    /// Its rung.
    pub rung: Rung,
    /// Whether it is inferred: no page that was read names it.
    pub inferred: bool,
    /// Why it is thought to be the one.
    pub why: String,
    /// `open`, `not_yet`, `first`, `reports_only`, `lapsed`, `planned`, `closed` or `superseded`.
    pub standing: &'static str,
    /// What must have been done first.
    pub before: Option<String>,
    /// One may go there without a final answer after.
    pub wait: Option<String>,
    /// The last time to go there.
    pub deadline: Option<String>,
    /// What must hold, and the pages do not tell.
    pub conditions: Vec<String>,
    /// How to reach it.
    pub contacts: Vec<ReachView>,
    /// Where that was learnt; empty where no source is recorded.
    pub sources: Vec<String>,
    /// How old and how sure that is.
    pub age: String,
}

/// Returns the entry of the atlas that a body named in a procedure is: by its name, else by how it is reached.
#[must_use]
pub fn entry(body: &OutsideBody, country: Option<Country>) -> Option<&'static Body> {
    let atlas = crate::atlas::in_use();
    // A closed route of the Union is still named outside of it.
    let near = |of: &str| of == "EU" || country.is_none_or(|country| atlas::place::covers(of, country));
    let named = atlas.mentions(&body.body, country);
    let by_name = named
        .iter()
        .filter(|mention| near(&mention.head.country) && !mention.ambiguous)
        .max_by_key(|mention| mention.span.len());
    let by_reach = || {
        let heads = body.contacts.iter().map(|reach| match reach.as_link() {
            Some(link) => atlas.by_link(link.as_str()),
            None => atlas.by_value(reach.value()),
        });
        heads.filter(|heads| heads.len() == 1).flatten().find(|head| near(&head.country))
    };
    let head = by_name.map(|mention| mention.head).or_else(by_reach)?;
    atlas.body(&head.id)
}

/// Views a procedure with each outside body linked to its entry and held against it. `read` is the day it was read.
#[must_use]
pub fn checked(
    policy: &Policy,
    country: Option<Country>,
    sectors: &[Sector],
    read: Option<&str>,
    now: Date,
) -> PolicyView {
    let mut view = PolicyView::of(policy);
    for (shown, body) in view.external.iter_mut().zip(&policy.external) {
        let Some(entry) = entry(body, country) else { continue };
        shown.atlas_id = Some(entry.id.clone());
        shown.checks = checks(body, entry, country, sectors, read, now);
    }
    view
}

/// Holds what a procedure says of a body against its entry.
fn checks(
    body: &OutsideBody,
    entry: &Body,
    country: Option<Country>,
    sectors: &[Sector],
    read: Option<&str>,
    now: Date,
) -> Vec<CheckView> {
    // A body of the whole Union is asked of as in any of its countries.
    let place = if entry.country == "EU" { "DE" } else { entry.country.as_str() };
    let Some(country) = country.or_else(|| Country::parse(place).ok()) else { return Vec::new() };
    let of_trade = |sector: &&Sector| entry.sectors.contains(sector);
    let only = entry.sectors.first().filter(|_| entry.sectors.len() == 1);
    let sector = sectors.iter().find(of_trade).or(only).copied();
    let question = Question { sector, ..Question::new(country, now) };
    let after = body.after.as_ref();
    let within = body.within.as_ref();
    let stated = Stated { name: &body.body, after: after.map(|c| c.clock), within: within.map(|c| c.clock) };
    let atlas = crate::atlas::in_use();
    let view =
        |kind, words, stated: String, known: String, on: Option<String>, evidence: &Evidence| CheckView {
            kind,
            words,
            stated,
            stated_on: read.map(str::to_owned),
            known,
            known_on: on.or_else(|| age(evidence)),
            sources: evidence.sources.clone(),
            point_of_complaint: kind != "contact",
        };
    let quote = |clock: Option<&ladder::StatedClock>| clock.map_or(String::new(), |c| c.quote.clone());
    let mut all: Vec<CheckView> = Vec::new();
    for difference in atlas.compare(entry, &stated, &question) {
        let words = difference.words();
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        all.push(match difference {
            Difference::DeadRoute { status, until } => {
                let evidence = entry.grounds.whole().clone();
                let now_at = entry.superseded_by.as_deref().and_then(|id| atlas.head(id));
                let instead =
                    now_at.map_or(String::new(), |head| format!("; it is replaced by {}", head.name));
                let known = format!("{}{instead}", status.id().replace('_', " "));
                view(
                    "dead_route",
                    format!("{words}{instead}"),
                    body.quote.clone(),
                    known,
                    day(until),
                    &evidence,
                )
            }
            Difference::DeadName { now } => {
                let evidence = entry.grounds.whole().clone();
                view("dead_name", words, body.body.clone(), now, None, &evidence)
            }
            Difference::Wait { known, .. } => {
                let evidence = entry.grounds.of(Field::Wait);
                let since = question.choose(&entry.wait).and_then(|rule| rule.when.since);
                view("wait", words, quote(after), known.to_string(), day(since), &evidence)
            }
            Difference::Deadline { known, .. } => {
                let evidence = entry.grounds.of(Field::Deadline);
                let since = question.choose(&entry.deadline).and_then(|rule| rule.when.since);
                view("deadline", words, quote(within), known.to_string(), day(since), &evidence)
            }
        });
    }
    if all.iter().any(|check| check.kind == "dead_route") {
        return all;
    }
    for reach in &body.contacts {
        let Some(known) = compare::other_contact(entry, reach) else { continue };
        let value = known.value.clone().unwrap_or_default();
        all.push(CheckView {
            kind: "contact",
            words: format!(
                "the procedure gives {} {}, but the body itself was seen with {value}: check before you use it",
                reach.channel().id(),
                reach.value(),
            ),
            stated: reach.value().to_owned(),
            stated_on: read.map(str::to_owned),
            known: value,
            known_on: known.checked.map(|day| day.to_string()).or_else(|| age(entry.grounds.whole())),
            sources: known.source.iter().cloned().collect(),
            point_of_complaint: false,
        });
    }
    all
}

/// Marks what a page says of how to reach an outside body, where that is not how the body is known to be reached: fakes
/// pose as ombudsmen too.
pub(crate) fn doubt_contacts(sighted: &mut [Sighted], country: Option<Country>) {
    for seen in sighted {
        let sighting = &mut seen.sighting;
        let outside = sighting.rung.is_some_and(Rung::is_outside);
        if !outside || sighting.party.is_company() {
            continue;
        }
        if sighting.cost == Some(Cost::Premium) {
            marks::suspect(sighting, "an ombudsman or authority has no premium-rate number");
        }
        let named = OutsideBody {
            body: sighting.party.name().to_owned(),
            kind: BodyKind::Adr,
            after: None,
            within: None,
            contacts: Vec::new(),
            quote: String::new(),
        };
        let Some(known) =
            entry(&named, country).and_then(|body| compare::other_contact(body, &sighting.reach))
        else {
            continue;
        };
        if let Some(value) = &known.value {
            sighting
                .notes
                .push(format!("this differs from its known contact, {value}: check before you use it"));
        }
    }
}

/// Tells how old a fact is, by the newest that is known.
fn age(evidence: &Evidence) -> Option<String> {
    let checked = evidence.checked.map(|day| day.to_string());
    checked.or_else(|| evidence.seen.as_ref().map(ToString::to_string))
}

/// What is known of a company that decides who stands outside of it.
pub(crate) struct Known<'a> {
    /// The country of the customer, where given.
    pub(crate) country: Option<Country>,
    /// State, province or part of the country, where given.
    pub(crate) region: Option<&'a str>,
    /// The trade, where given.
    pub(crate) sector: Option<Sector>,
    /// What was read.
    pub(crate) crawl: &'a Crawl,
    /// Its procedure.
    pub(crate) policy: Option<&'a Policy>,
    /// The parties of contact points that are not the company's.
    pub(crate) parties: &'a [String],
    /// Today.
    pub(crate) now: Date,
}

/// The country of a site by the end of its host: `acme.co.uk` is British.
fn country_of(host: &str) -> Option<Country> {
    let end = host.rsplit('.').next()?;
    let code = if end.eq_ignore_ascii_case("uk") { "GB" } else { end };
    // Two letters that are sold as a word to the whole world tell no country.
    let sold = ["co", "io", "ai", "tv", "me", "cc", "ly", "gg", "fm", "am", "to", "so", "sh", "eu"];
    (code.len() == 2 && !sold.contains(&code)).then(|| Country::parse(&code.to_uppercase()).ok()).flatten()
}

impl Known<'_> {
    /// The country: as given, else by the site, else that of most bodies named.
    pub(crate) fn country(&self) -> Option<Country> {
        self.country.or_else(|| country_of(&self.crawl.site)).or_else(|| {
            let named = self.named(None);
            let mut countries: Vec<Country> =
                named.iter().filter_map(|body| Country::parse(&body.country).ok()).collect();
            countries.sort_unstable();
            let first = countries.first().copied()?;
            countries.iter().all(|country| *country == first).then_some(first)
        })
    }

    /// The entries of the bodies that the company names.
    fn named(&self, country: Option<Country>) -> Vec<&'static Body> {
        let bodies = self.policy.into_iter().flat_map(|policy| &policy.external);
        let mut named: Vec<&Body> = bodies.filter_map(|body| entry(body, country)).collect();
        for party in self.parties {
            let body = OutsideBody {
                body: party.clone(),
                kind: BodyKind::Adr,
                after: None,
                within: None,
                contacts: Vec::new(),
                quote: String::new(),
            };
            // A privacy page names a body for personal data: no step for a complaint.
            named.extend(entry(&body, country).filter(|body| body.sectors != [Sector::Privacy]));
        }
        let mut seen: Vec<&str> = Vec::new();
        named.retain(|body| {
            !seen.contains(&body.id.as_str()) && {
                seen.push(&body.id);
                true
            }
        });
        named
    }

    /// The words that tell the trade: titles and names, not whole pages.
    fn words(&self) -> String {
        let mut words = self.crawl.site.replace(['.', '-'], " ");
        for document in &self.crawl.documents {
            words.push_str(". ");
            words.push_str(&document.title);
        }
        for found in &self.crawl.findings {
            for name in [&found.finding.company.name, &found.finding.company.legal_name].into_iter().flatten()
            {
                words.push_str(". ");
                words.push_str(name);
            }
        }
        words
    }

    /// Infers the trades of the company.
    pub(crate) fn sectors(&self, country: Option<Country>) -> Vec<Inferred> {
        if let Some(sector) = self.sector {
            return vec![Inferred { sector, weight: u32::MAX, why: vec!["you gave the trade".to_owned()] }];
        }
        let (words, kinds) = (self.words(), self.kinds());
        let named = self.named(country);
        let ids: Vec<&str> = named.iter().map(|body| body.id.as_str()).collect();
        crate::atlas::in_use().infer_sector(&Clues {
            words: &words,
            kinds: &kinds,
            bodies: &ids,
            listed: None,
        })
    }

    fn kinds(&self) -> Vec<String> {
        let all = self.crawl.findings.iter().flat_map(|found| &found.finding.company.kinds);
        all.fold(Vec::new(), |mut kinds, kind| {
            if !kinds.contains(kind) {
                kinds.push(kind.clone());
            }
            kinds
        })
    }

    /// The bodies that stand outside of the company: those that it names, then those inferred.
    pub(crate) fn bodies(&self, country: Country) -> Vec<OutsideView> {
        let (words, kinds) = (self.words(), self.kinds());
        let named = self.named(Some(country));
        let ids: Vec<&str> = named.iter().map(|body| body.id.as_str()).collect();
        let clues = Clues { words: &words, kinds: &kinds, bodies: &ids, listed: None };
        let region = self.region.map(str::to_owned);
        let question = Question { region, sector: self.sector, ..Question::new(country, self.now) };
        crate::atlas::in_use().outside(&clues, &question).iter().map(OutsideView::of).collect()
    }
}

/// Views the trades of a company, the likeliest first.
pub(crate) fn sector_views(sectors: &[Inferred]) -> Vec<SectorView> {
    let view = |told: &Inferred| SectorView { sector: told.sector.id().to_owned(), why: told.why.join("; ") };
    sectors.iter().take(3).map(view).collect()
}

impl OutsideView {
    /// Views a body on the ladder.
    pub(crate) fn of(outside: &atlas::sector::Outside<'_>) -> Self {
        let route = &outside.route;
        let body = route.body;
        let when = |reckoning: &Option<ask::Reckoning>| {
            // Without the days of a case, what remains is the rule itself.
            let words = reckoning.as_ref()?.words.join("; ");
            Some(words.replace(": that day is not given", ""))
        };
        let evidence = body.grounds.whole();
        // What is cautioned of for its age is told by the caution.
        let seen = if route.cautions.is_empty() { age(evidence) } else { None };
        let seen = seen.map_or(String::new(), |seen| format!(", newest of {seen}"));
        let mut age = vec![format!("{} confidence{seen}", evidence.confidence.id())];
        age.extend(route.cautions.iter().cloned());
        let web = body.web.iter().map(|web| ReachView { channel: ladder::Channel::Web, value: web.clone() });
        let contacts = body.contacts.iter().filter_map(|contact| {
            Some(ReachView {
                channel: contact.channel,
                value: contact.value.clone().or_else(|| contact.short_code.clone())?,
            })
        });
        Self {
            atlas_id: body.id.clone(),
            name: body.name.clone(),
            rung: match crate::atlas::in_use().head(&body.id).map(atlas::Head::body_kind) {
                Some(BodyKind::Adr) => Rung::Adr,
                Some(BodyKind::Regulator | BodyKind::Court) | None => Rung::Regulator,
            },
            inferred: outside.inferred,
            why: outside.why.clone(),
            standing: match &route.standing {
                Standing::Open => "open",
                Standing::NotYet(_) => "not_yet",
                Standing::First(_) => "first",
                Standing::Lapsed(_) => "lapsed",
                Standing::ReportsOnly => "reports_only",
                Standing::Gone(status) => status.id(),
            },
            before: body
                .first
                .clone()
                .filter(|first| !first.trim_end_matches('.').eq_ignore_ascii_case("none")),
            wait: when(&route.opens),
            deadline: when(&route.closes),
            conditions: route.conditions.clone(),
            contacts: web.chain(contacts).take(MOST_CONTACTS).collect(),
            sources: evidence.sources.clone(),
            age: age.join("; "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use ladder::{Clock, StatedClock, Unit};

    fn body(name: &str, after: Option<Clock>, within: Option<Clock>) -> OutsideBody {
        let stated = |clock: Option<Clock>| {
            clock.map(|clock| StatedClock { clock, from: None, quote: format!("within {clock}") })
        };
        OutsideBody {
            body: name.into(),
            kind: BodyKind::Adr,
            after: stated(after),
            within: stated(within),
            contacts: Vec::new(),
            quote: format!("You may go to {name}."),
        }
    }

    #[test]
    fn a_procedure_is_held_against_the_atlas_with_both_values_and_their_days() {
        let policy = Policy {
            external: vec![
                body("Otelo", Some(Clock::new(8, Unit::Weeks)), None),
                body("Online Dispute Resolution platform", None, None),
                body(
                    "Financial Ombudsman Service",
                    Some(Clock::new(8, Unit::Weeks)),
                    Some(Clock::new(6, Unit::Months)),
                ),
                body("Widget Arbitration Board", None, None),
            ],
            ..Policy::default()
        };
        let country = Country::parse("GB").ok();
        let view = checked(&policy, country, &[], Some("2026-11-22"), date(2026, 11, 22));
        let told: Vec<String> = view
            .external
            .iter()
            .map(|body| {
                let checks: Vec<String> = body
                    .checks
                    .iter()
                    .map(|c| {
                        let on = c.known_on.as_deref().unwrap_or("-");
                        format!("\n  {}: {} [{} / {} since {on}]", c.kind, c.words, c.stated, c.known)
                    })
                    .collect();
                format!(
                    "{} = {}{}",
                    body.body,
                    body.atlas_id.as_deref().unwrap_or("unknown"),
                    checks.concat()
                )
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @"
        Otelo = gb-communications-ombudsman
          dead_name: it is now called Communications Ombudsman [Otelo / Communications Ombudsman since 2025-07]
          wait: the procedure says 8 weeks, which was right until 2026-04-07; the rule is 6 weeks [within 8 weeks / 6 weeks since 2026-04-08]
        Online Dispute Resolution platform = eu-odr-platform
          dead_route: it is closed since 2025-07-20: no route, whatever the procedure says [You may go to Online Dispute Resolution platform. / closed since 2025-07-20]
        Financial Ombudsman Service = gb-financial-ombudsman
        Widget Arbitration Board = unknown
        ");
    }

    #[test]
    fn the_end_of_a_host_tells_the_country_unless_it_is_sold_to_all() {
        for (host, country) in
            [("acme.co.uk", Some("GB")), ("acme.de", Some("DE")), ("acme.io", None), ("acme.example", None)]
        {
            assert_eq!(country_of(host).map(|c| c.code().to_owned()).as_deref(), country, "{host}");
        }
    }
}
