//! What was gathered of a company, from a crawl, the directory or both, and the one answer that is made of it.

use atlas::sector::Clues;
use atlas::{Question, Sector};
use jiff::Timestamp;
use ladder::{ContactPoint, Country, Ladder, Policy, Sighted};
use sources::crawl::{Crawl, Stopped};
use std::collections::BTreeSet;
use std::time::Duration;
use store::directory::{Change, Mark};

use crate::answer::{
    Asked, CompanyView, ContactView, DocumentView, FIND_SCHEMA, FindAnswer, NextWay, SectorView, StepView,
};
use crate::directory::{self, CandidateView, ChangeView, DirectoryView, Known, MarkView};
use crate::find::{self, FindRequest};
use crate::leads::{self, SavedPage};
use crate::next_ways;
use crate::outside::{self, OutsideView};
use crate::sources::Joined;
use crate::verify::{self, Checks};

/// What was gathered of a company.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gathered {
    company: CompanyView,
    sighted: Vec<Sighted>,
    policy: Option<Policy>,
    /// The day on which the procedure was read, where known.
    policy_read: Option<String>,
    /// The country whose bodies stand outside, and the trades of the company.
    country: Option<Country>,
    trades: Vec<Sector>,
    outside: Vec<OutsideView>,
    marks: Vec<Mark>,
    /// What live checks found, by value.
    checks: Checks,
    directory: Option<DirectoryView>,
    candidates: Vec<CandidateView>,
    order: Vec<String>,
    unlisted: Vec<&'static str>,
    documents: Vec<DocumentView>,
    stopped: String,
    interrupted: bool,
    /// What outside sources came to.
    joined: Joined,
    /// Pages of an archive that others wrote on: what they name joins as leads.
    pub(crate) saved_pages: Vec<SavedPage>,
    /// What this reading changed in the directory.
    pub(crate) changes: Vec<Change>,
    /// What went wrong, or is worth knowing.
    pub(crate) warnings: Vec<String>,
}

impl Gathered {
    /// Gathers what a crawl found, and what the directory knew before. Pages that were read again speak for themselves.
    pub(crate) fn of_crawl(
        request: &FindRequest,
        crawl: &Crawl,
        known: Option<Known>,
        now: Timestamp,
    ) -> Self {
        let mut gathered = match known {
            Some(known) => {
                let read: BTreeSet<String> =
                    crawl.documents.iter().map(|document| document.url.to_string()).collect();
                let rest = Known {
                    rows: known
                        .rows
                        .iter()
                        .filter(|row| !(row.kind.is_own() && read.contains(&row.url)))
                        .cloned()
                        .collect(),
                    ..known.clone()
                };
                Self::of_known(rest, request, now)
            }
            None => Self::default(),
        };
        let company = find::company(request, crawl);
        gathered.company = match gathered.directory {
            // The directory's name was made by hand; the rest is what the site says.
            Some(_) => CompanyView {
                name: gathered.company.name.or(company.name),
                legal_name: company.legal_name.or(gathered.company.legal_name),
                register_number: company.register_number.or(gathered.company.register_number),
                sectors: gathered.company.sectors,
                ..company
            },
            None => company,
        };
        if let Some((policy, read)) = find::best_policy(crawl) {
            gathered.policy = Some(policy.clone());
            gathered.policy_read = Some(read.to_owned());
        }
        let listed = gathered.parties();
        gathered.sighted.extend(find::sighted(crawl));
        outside::doubt_contacts(&mut gathered.sighted, request.country);
        gathered.stand_outside(request, crawl, &listed, now);
        gathered.documents = crawl.documents.iter().map(find::document).collect();
        gathered.stopped = crawl.stopped.to_string();
        gathered.interrupted = crawl.stopped == Stopped::Asked;
        gathered.warnings.extend(find::warnings(crawl));
        gathered
    }

    /// Returns the parties of contact points that are not the company's, each once.
    fn parties(&self) -> Vec<String> {
        let names: BTreeSet<&str> = self
            .sighted
            .iter()
            .map(|seen| &seen.sighting.party)
            .filter(|party| !party.is_company())
            .map(ladder::Party::name)
            .collect();
        names.into_iter().map(str::to_owned).collect()
    }

    /// Adds the bodies that stand outside of the company, as what was read tells; those that the directory lists already
    /// are on the ladder.
    fn stand_outside(&mut self, request: &FindRequest, crawl: &Crawl, listed: &[String], now: Timestamp) {
        let parties = self.parties();
        let known = outside::Known {
            country: request.country,
            region: request.region.as_deref(),
            sector: request.sector,
            crawl,
            policy: self.policy.as_ref(),
            parties: &parties,
            now: now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        };
        let country = known.country();
        let sectors = known.sectors(country);
        let mut bodies = country.map(|country| known.bodies(country)).unwrap_or_default();
        bodies.retain(|body| {
            !listed.contains(&body.name) && self.outside.iter().all(|other| other.atlas_id != body.atlas_id)
        });
        if self.company.sectors.is_empty() {
            self.company.sectors = outside::sector_views(&sectors);
        }
        self.outside.extend(bodies);
        self.country = country;
        self.trades = sectors.iter().map(|told| told.sector).collect();
    }

    /// Gathers what the directory knows.
    pub(crate) fn of_known(known: Known, request: &FindRequest, now: Timestamp) -> Self {
        let outside = directory::bodies(&known.company, request.country, request.region.as_deref(), now);
        let mut sighted = known.sighted();
        let mut view = DirectoryView::of(&known, now);
        if !outside.sighted.is_empty() {
            // The contacts of state agencies were gathered by the same hands.
            view.credit.get_or_insert_with(|| store::starter::CREDIT.to_owned());
        }
        sighted.extend(outside.sighted);
        let company = &known.company;
        Self {
            company: CompanyView {
                name: Some(company.name.clone()),
                legal_name: company.legal_name.clone(),
                register_number: company.register_number.clone(),
                domain: company.domains.first().cloned(),
                website: known.website(),
                sectors: company
                    .sector
                    .iter()
                    .map(|sector| SectorView {
                        sector: sector.clone(),
                        why: "the directory says so".to_owned(),
                    })
                    .collect(),
                ..CompanyView::default()
            },
            sighted,
            policy: known.policy,
            country: request
                .country
                .or_else(|| company.country.as_deref().and_then(|code| Country::parse(code).ok())),
            outside: outside.views,
            unlisted: outside.unlisted,
            marks: known.marks,
            directory: Some(view),
            order: company.order.clone(),
            stopped: "answered from the directory; nothing was looked up on the web".to_owned(),
            ..Self::default()
        }
    }

    /// Gathers nothing: who is meant is not known.
    pub(crate) fn of_nobody(request: &FindRequest, candidates: Vec<CandidateView>) -> Self {
        let stopped = if candidates.is_empty() {
            format!("the directory knows no `{}`", request.company.trim())
        } else {
            format!("`{}` may be one of several companies", request.company.trim())
        };
        Self { candidates, stopped, ..Self::default() }
    }

    /// Gathers nothing yet: the company is known to registers alone, and what they say joins in.
    pub(crate) fn of_registers(request: &FindRequest) -> Self {
        Self {
            country: request.country,
            stopped: "no website of the company is known; registers were asked".to_owned(),
            ..Self::default()
        }
    }

    /// Joins what outside sources said.
    pub(crate) fn joined(mut self, mut joined: Joined) -> Self {
        outside::doubt_contacts(&mut joined.sighted, self.country);
        self.sighted.append(&mut joined.sighted);
        self.warnings.append(&mut joined.warnings);
        joined.describe(&mut self.company);
        if self.documents.is_empty() && self.directory.is_some() && !joined.reports.is_empty() {
            "answered from the directory and the sources below; its own site was not read"
                .clone_into(&mut self.stopped);
        }
        self.joined = joined;
        self
    }

    /// Returns whether nothing is known of the company, not even its name.
    const fn is_nobody(&self) -> bool {
        self.directory.is_none() && self.documents.is_empty() && self.company.name.is_none()
    }

    /// Returns what to do next: who is meant, what else to read, whom to ask, where to look.
    fn next_ways(
        &self,
        company: &CompanyView,
        known_as: &str,
        built: &Ladder,
        request: &FindRequest,
    ) -> Vec<NextWay> {
        let asked = !self.joined.reports.is_empty();
        let nobody = self.is_nobody() && company.name.is_none();
        if nobody && !self.candidates.is_empty() {
            // To search for half a name leads nowhere.
            return vec![name_its_site(true)];
        }
        // Of a company that nobody knows, the customer's own country tells in which language to ask.
        let country = self.country.or(request.country.filter(|_| nobody));
        let mut ways = next_ways::of(built, known_as, company.domain.as_deref(), country);
        if nobody {
            ways.insert(0, name_its_site(false));
            if !asked {
                ways.insert(1, let_sources_tell(&request.company));
            }
            return ways;
        }
        ways.extend(next_ways::place(self.country, request.region.as_deref()));
        if asked {
            ways.extend(next_ways::links(known_as, self.country));
        }
        ways.extend(self.unlisted.iter().map(|name| NextWay {
            kind: "outside",
            text: format!("its regulator is {name}; how to complain there is on its own site"),
            value: None,
        }));
        ways.extend(from_order(&self.order, request));
        if self.documents.is_empty()
            && let Some(domain) = &company.domain
        {
            ways.push(NextWay {
                kind: "read",
                text: "read its own pages now, to see what has changed".to_owned(),
                value: Some(format!("upstairs find {domain}")),
            });
        }
        ways
    }

    /// Joins what the user's saved posts say, marks what stands under unrelated companies, and makes the answer.
    pub(crate) async fn finish(mut self, request: &FindRequest, now: Timestamp) -> FindAnswer {
        let name = self.company.name.clone().unwrap_or_else(|| request.company.clone());
        if !(request.posts.is_empty() && self.saved_pages.is_empty()) && self.candidates.is_empty() {
            let about = leads::About {
                name: &name,
                domain: self.company.domain.as_deref(),
                country: request.country.or(self.country),
            };
            let found = leads::of(&request.posts, &self.saved_pages, &about, now);
            leads::warn(found, &mut self.sighted, &mut self.warnings);
        }
        let company = store::Company {
            id: store::names::slug(&name),
            name,
            legal_name: self.company.legal_name.clone(),
            domains: self.company.domain.iter().cloned().collect(),
            ..store::Company::default()
        };
        if let Err(error) =
            directory::shared::doubt(&mut self.sighted, &company, request.data.as_deref()).await
        {
            self.warnings.push(directory::store_words(&error));
        }
        if request.live.verify {
            self.check(request, now).await;
        }
        if self.is_nobody() && self.candidates.is_empty() && self.outside.is_empty() {
            self.outside = of_place(request, now);
        }
        self.answer(request, now)
    }

    /// Checks live what was seen, so that what cannot work leaves the ladder.
    async fn check(&mut self, request: &FindRequest, now: Timestamp) {
        // What strangers named is not opened: that alone may tell somebody that a victim is there. What bodies outside
        // publish is the atlas's to check.
        let trusted = self
            .sighted
            .iter()
            .filter(|seen| !seen.source.kind.is_user_written() && seen.sighting.party.is_company());
        let reaches: Vec<_> = trusted.map(|seen| seen.sighting.reach.clone()).collect();
        let budget = Duration::from_secs(request.seconds.min(30));
        match verify::check_all(&reaches, &request.live, now, true, budget).await {
            Ok(checks) => self.checks = checks,
            Err(error) => self.warnings.push(format!("nothing was checked live: {error}")),
        }
    }

    /// Makes the answer: merged, weighed, ordered.
    pub(crate) fn answer(mut self, request: &FindRequest, now: Timestamp) -> FindAnswer {
        let today = now.strftime("%Y-%m-%d").to_string();
        let last =
            |point: &ContactPoint| self.marks.iter().rev().find(|mark| mark.value == point.reach.value());
        let mut points = ladder::merge(std::mem::take(&mut self.sighted), &today);
        let (mut dead, alive): (Vec<ContactPoint>, Vec<ContactPoint>) = {
            let is_dead = |point: &ContactPoint| {
                let checked = self.checks.get(point.reach.value());
                last(point).is_some_and(|mark| mark.became.is_dead())
                    || checked.is_some_and(|checks| checks.iter().any(verify::LiveCheck::is_dead))
            };
            points.drain(..).partition(is_dead)
        };
        points = alive;
        // Stable: what weighing ordered stays in order among equals.
        points.sort_by_key(|point| {
            let for_matter =
                request.matter.is_some_and(|matter| point.topics.iter().any(|topic| topic == matter));
            (directory::standing(last(point)), !for_matter)
        });
        dead.sort_by(|a, b| a.reach.cmp(&b.reach));
        self.joined.count(&points);
        let lone: Vec<ContactPoint> = {
            let (lone, rest) = points.into_iter().partition(|point| self.joined.is_lone(point));
            points = rest;
            lone
        };
        let built = Ladder::build(points, self.policy.as_ref(), request.about);
        let view = |point: &ContactPoint, other| {
            let mut view = ContactView::of(point, other);
            let own = self.marks.iter().rev().filter(|mark| mark.value == view.value);
            view.marks = own.map(MarkView::of).collect();
            view.checks = self.checks.get(&view.value).cloned().unwrap_or_default();
            view
        };
        let mut contacts = Vec::new();
        let mut steps = Vec::new();
        for step in &built.steps {
            steps.push(StepView::of(step, contacts.len()));
            contacts.extend(step.contacts.iter().map(|point| view(point, false)));
        }
        contacts.extend(built.elsewhere.iter().map(|point| view(point, true)));
        contacts.extend(built.off_ladder.iter().map(|point| view(point, false)));
        let company = std::mem::take(&mut self.company);
        let known_as = company
            .name
            .clone()
            .or_else(|| company.domain.clone())
            .unwrap_or_else(|| request.company.clone());
        let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let next_ways = self.next_ways(&company, &known_as, &built, request);
        FindAnswer {
            schema: FIND_SCHEMA,
            asked: Asked {
                company: request.company.clone(),
                country: request.country.map(|country| country.code().to_owned()),
                about: request.about.map(|topic| topic.id.to_owned()),
                matter: request.matter.map(str::to_owned),
                region: request.region.clone(),
                from: request.from.as_ref().map(|path| path.display().to_string()),
                at: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            },
            leads: built.leads.iter().chain(&lone).map(|point| view(point, false)).collect(),
            dead: dead.iter().map(|point| view(point, false)).collect(),
            company,
            steps,
            contacts,
            policy: self.policy.as_ref().map(|policy| {
                outside::checked(policy, self.country, &self.trades, self.policy_read.as_deref(), day)
            }),
            outside: self.outside,
            directory: self.directory,
            candidates: self.candidates,
            sources: self.joined.reports,
            changes: self.changes.into_iter().map(ChangeView::of).collect(),
            next_ways,
            documents: self.documents,
            stopped: self.stopped,
            interrupted: self.interrupted,
            warnings: self.warnings,
        }
    }
}

/// Returns the way on where nobody is known by the name.
fn name_its_site(unsure: bool) -> NextWay {
    let text = if unsure {
        "try again with the full name of one of these, or give the company's website, such as `upstairs find acme.com`"
    } else {
        "give the company's website, such as `upstairs find acme.com`: its own pages are then read"
    };
    NextWay { kind: "site", text: text.to_owned(), value: None }
}

/// Returns the way to those who may know: asked only where the user says so.
fn let_sources_tell(company: &str) -> NextWay {
    let name = company.trim().replace('"', "");
    NextWay {
        kind: "sources",
        text:
            "or ask outside sources this once which company it is: `upstairs sources` shows what each is sent"
                .to_owned(),
        value: Some(format!("upstairs find \"{name}\" --sources keyless")),
    }
}

/// Returns the steps outside of any contact that the directory advises: the payment, the court.
fn from_order(order: &[String], request: &FindRequest) -> Vec<NextWay> {
    let country = request.country.as_ref().map_or("US", ladder::Country::code);
    order
        .iter()
        .filter_map(|step| match step.as_str() {
            "payment_right" => Some(NextWay {
                kind: "payment",
                text: "if you paid by card: dispute the charge with your bank; the time for this is short"
                    .to_owned(),
                value: Some(format!("upstairs rights --country {country} --paid-by credit-card")),
            }),
            "court" => Some(NextWay {
                kind: "court",
                text: "the last step is a court for small claims".to_owned(),
                value: Some(match &request.region {
                    Some(region) => format!("upstairs bodies --country {country} --region {region}"),
                    None => format!("upstairs bodies --country {country}"),
                }),
            }),
            _ => None,
        })
        .collect()
}

/// Returns the bodies of the customer's country for the trade that they gave, or for every trade: they are there whoever the company is.
fn of_place(request: &FindRequest, now: Timestamp) -> Vec<OutsideView> {
    let Some(country) = request.country else { return Vec::new() };
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let region = request.region.clone();
    let question = Question { region, sector: request.sector, ..Question::new(country, today) };
    crate::atlas::in_use().outside(&Clues::default(), &question).iter().map(OutsideView::of).collect()
}
