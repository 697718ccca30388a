//! A quest: one company, what is known of it so far, and the sources that were asked about it.
//!
//! Sources are asked in few rounds, each all at once: first those that tell who is meant, then, beside the reading of the
//! company's own site, those of which all is known that they need; after the crawl those that needed what it found. No
//! source is asked twice, but a register that knew no such name is asked again once its number is known.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use ladder::{Channel, Country};
use sources::crawl::Crawl;
use sources::fetch::{Fetcher, SetupError};
use sources::source::same::{self, domain_of};
use sources::source::{About, Kind, Subject, Trouble, Wants};
use url::Url;

use super::gather::{self, Around, Asked, is_known_for};
use super::joined::Joined;
use super::resolve::{self, Meant};
use crate::directory::{CandidateView, Known};
use crate::find::{self, FindRequest, Progress};

/// The least time that is left for what follows the crawl.
const AFTER: Duration = Duration::from_secs(20);

/// One company and the sources asked about it.
#[derive(Debug)]
pub(crate) struct Quest<'a> {
    around: &'a Around<'a>,
    subject: Subject,
    asked: Vec<Asked>,
}

/// Who is meant, and whether there is a site to read.
#[derive(Debug)]
pub(crate) enum Resolved {
    /// The company, and where its site starts.
    Site(Url),
    /// The company; it has no site that is known.
    NoSite,
    /// One of these, or nobody.
    Unsure(Vec<CandidateView>),
}

impl<'a> Around<'a> {
    /// Prepares to ask for a request.
    pub(crate) fn of(
        request: &'a FindRequest,
        pages: &'a Fetcher,
        now: Timestamp,
    ) -> Result<Self, SetupError> {
        let live = &request.live;
        let seconds = request.seconds + AFTER.as_secs();
        Self::new(&live.sources, live, request.data.as_deref(), pages, seconds, now)
    }
}

impl<'a> Quest<'a> {
    /// Starts from a name, or the number of a register, as typed.
    pub(crate) fn of_name(around: &'a Around<'a>, request: &FindRequest) -> Self {
        let mut subject = subject(request, request.company.trim());
        if let Some(ids) = resolve::by_number(&request.company) {
            subject.ids = ids;
            subject.name.clear();
        }
        Self { around, subject, asked: Vec::new() }
    }

    /// Starts from a company of the directory.
    pub(crate) fn of_known(around: &'a Around<'a>, request: &FindRequest, known: &Known) -> Self {
        Self { around, subject: of_known(request, known), asked: Vec::new() }
    }

    /// Starts from a site: its name is not known before it is read, unless the directory knows it.
    pub(crate) fn of_site(
        around: &'a Around<'a>,
        request: &FindRequest,
        start: &Url,
        known: Option<&Known>,
    ) -> Self {
        let mut subject = known.map_or_else(|| self::subject(request, ""), |known| of_known(request, known));
        if let Some(domain) = domain_of(start.as_str())
            && !subject.domains.contains(&domain)
        {
            subject.domains.insert(0, domain);
        }
        Self { around, subject, asked: Vec::new() }
    }

    /// Asks who is meant.
    pub(crate) async fn resolve(
        &mut self,
        told: &(dyn Fn(Progress<'_>) + Sync),
        stop: impl Future<Output = ()>,
    ) -> Resolved {
        let named = !self.subject.name.is_empty();
        let numbered = |id: &str| number_at(&self.subject, id).is_some();
        let first = |about: &About| {
            let tells = matches!(about.kind, Kind::Identity | Kind::Register) && about.wants == Wants::Name;
            tells && (named || numbered(about.id))
        };
        gather::ask(self.around, &self.subject, first, told, stop, &mut self.asked).await;
        match resolve::meant(&self.subject, &self.asked) {
            Meant::Nobody => Resolved::Unsure(Vec::new()),
            Meant::Unsure(candidates) => Resolved::Unsure(candidates),
            Meant::Sure(subject) => {
                self.subject = *subject;
                let site = site_of(&self.subject);
                site.map_or(Resolved::NoSite, Resolved::Site)
            }
        }
    }

    /// Asks every source that was not asked yet and of which all is known that it needs.
    pub(crate) async fn ask(&mut self, told: &(dyn Fn(Progress<'_>) + Sync), stop: impl Future<Output = ()>) {
        self.forget_misses();
        let done: BTreeSet<&str> = self.asked.iter().map(|asked| asked.about.id).collect();
        let mut news = Vec::new();
        let which = |about: &About| !done.contains(about.id) && is_known_for(about, &self.subject);
        gather::ask(self.around, &self.subject, which, told, stop, &mut news).await;
        self.asked.append(&mut news);
    }

    /// Returns where the company's site starts, by all that was said of it since it was known who is meant.
    pub(crate) fn site(&mut self) -> Option<Url> {
        for asked in self.asked.iter().filter(|asked| asked.about.tells_sites()) {
            for told in asked.answer.iter().flat_map(|answer| &answer.told) {
                if same::judge(&self.subject, &told.record).is_same() {
                    self.subject.learn(&told.record, true);
                }
            }
        }
        site_of(&self.subject)
    }

    /// Forgets the answers of registers that knew no such name, where the company's number there is known by now, and the
    /// sources that were not asked: a company that is looked for from Britain may turn out to be American.
    fn forget_misses(&mut self) {
        let subject = &self.subject;
        self.asked.retain(|asked| {
            if matches!(asked.answer, Err(Trouble::NotFor(_))) {
                return false;
            }
            let known = matches!(asked.about.id, "gleif" | "companies-house" | "edgar");
            let number = number_at(subject, asked.about.id).filter(|_| known);
            let met = |answer: &sources::source::Answer| {
                answer
                    .told
                    .iter()
                    .any(|told| !told.found.is_empty() && same::judge(subject, &told.record).is_same())
            };
            number.is_none() || asked.answer.as_ref().map_or(true, met)
        });
    }

    /// Learns what the crawl of the company's site found of it.
    pub(crate) fn learn(&mut self, request: &FindRequest, crawl: &Crawl) {
        let company = find::company(request, crawl);
        let subject = &mut self.subject;
        let names = company.name.iter().chain(&company.legal_name);
        for name in names {
            if subject.name.is_empty() {
                subject.name.clone_from(name);
            } else if !subject.names().any(|known| known == name) {
                subject.aliases.push(name.clone());
            }
        }
        if subject.name.is_empty() {
            // The site is not read, but its name is the domain's.
            subject.name =
                subject.domain().and_then(|domain| domain.split('.').next()).unwrap_or_default().to_owned();
        }
        subject.register_number = subject.register_number.take().or(company.register_number);
        let facts = crawl.findings.iter().flat_map(|found| found.finding.company.same_as.iter().cloned());
        let shown = crawl.findings.iter().flat_map(|found| &found.finding.contacts);
        let shown = shown
            .filter(|contact| {
                contact.party.is_company()
                    && matches!(contact.reach.channel(), Channel::Social | Channel::Web)
            })
            .map(|contact| contact.reach.value().to_owned());
        let boards = crawl.documents.iter().map(|document| document.url.origin().ascii_serialization());
        for profile in facts.chain(shown).chain(boards) {
            if !subject.profiles.contains(&profile) {
                subject.profiles.push(profile);
            }
        }
    }

    /// Joins what all sources said; `crawl` is what was read of the company's own site.
    pub(crate) async fn join(self, crawl: Option<&Crawl>) -> Joined {
        let read: BTreeSet<String> = crawl
            .iter()
            .flat_map(|crawl| &crawl.documents)
            .map(|document| document.url.to_string())
            .collect();
        Joined::of(Some(self.around), self.subject, self.asked, &read).await
    }

    /// Returns what each source came to, where it is not known whom they speak of.
    pub(crate) fn only_reports(self) -> Joined {
        let reports = self.asked.iter().map(super::view::Report::of).collect();
        Joined { reports, ..Joined::default() }
    }
}

/// Returns the number by which a register knows the company, where that is known.
fn number_at<'s>(subject: &'s Subject, id: &str) -> Option<&'s String> {
    let ids = &subject.ids;
    match id {
        "wikidata" => ids.wikidata.as_ref(),
        "gleif" => ids.lei.as_ref(),
        "companies-house" => ids.companies_house.as_ref(),
        "edgar" => ids.cik.as_ref(),
        _ => None,
    }
}

/// Returns where the site of a company starts: as a source writes it, else at its domain.
fn site_of(subject: &Subject) -> Option<Url> {
    let told = subject.website.as_deref().and_then(|site| find::start_address(site).ok());
    told.or_else(|| Url::parse(&format!("https://{}/", subject.domain()?)).ok())
}

/// Makes the subject of a request.
fn subject(request: &FindRequest, name: &str) -> Subject {
    Subject {
        customer: request.country,
        region: request.region.clone(),
        about: request.about,
        ..Subject::named(name)
    }
}

/// Makes the subject of a company that the directory knows.
fn of_known(request: &FindRequest, known: &Known) -> Subject {
    let company = &known.company;
    Subject {
        aliases: company.aliases.iter().chain(&company.legal_name).cloned().collect(),
        domains: company.domains.iter().filter_map(|domain| domain_of(domain)).collect(),
        country: company.country.as_deref().and_then(|code| Country::parse(code).ok()),
        register_number: company.register_number.clone(),
        parents: company.parent.iter().cloned().collect(),
        profiles: known
            .rows
            .iter()
            .filter(|row| row.channel == Channel::Social && row.party.is_none())
            .map(|row| row.value.clone())
            .collect(),
        ..subject(request, &company.name)
    }
}
