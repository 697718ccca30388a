//! Whose contacts the data hold, and what they are for.
//!
//! The page's own company is the organisation that the data put at the top, publish the site by, or name with the page's
//! own domain. Its departments, branches and staff are its own; a parent or a listed firm is another party; authors,
//! sellers, reviewers and events are left alone.

use std::cell::OnceCell;
use std::ops::Range;

use ladder::host::registrable;
use ladder::{Channel, CompanyFacts, Cost, Country, Reach, Signal};
use url::Url;

use super::graph::{Graph, Value};
use super::marks;
use super::values::{self, Hint};
use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::{Context, onward};
use crate::phone::{Number, Regions};
use crate::{email, link, phone};

/// Hits beyond this are left out: more is a directory.
const MAX_HITS: usize = 300;

/// Properties that bear a contact.
const CONTACTS: [&str; 8] =
    ["telephone", "faxnumber", "email", "contactpoint", "contactpoints", "address", "tel", "department"];

/// Types whose contacts are nobody's that a customer could turn to.
const NO_COMPANY: [&str; 24] = [
    "Product",
    "Offer",
    "AggregateOffer",
    "Event",
    "JobPosting",
    "Review",
    "AggregateRating",
    "Rating",
    "Recipe",
    "VideoObject",
    "ImageObject",
    "AudioObject",
    "Question",
    "Answer",
    "HowTo",
    "Course",
    "Book",
    "Movie",
    "BreadcrumbList",
    "Comment",
    "UserComments",
    "SearchAction",
    "Trip",
    "Flight",
];

/// Types of documents: what stands behind them matters, not they.
const DOCUMENTS: [&str; 18] = [
    "WebPage",
    "WebSite",
    "AboutPage",
    "ContactPage",
    "FAQPage",
    "CollectionPage",
    "ItemPage",
    "ProfilePage",
    "CheckoutPage",
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Blog",
    "TechArticle",
    "Report",
    "CreativeWork",
    "SoftwareApplication",
    "MobileApplication",
];

/// Types that are organisations and no documents, where only their names tell.
const ORGANISATIONS: [&str; 8] = [
    "Organization",
    "Corporation",
    "LocalBusiness",
    "NGO",
    "GovernmentOrganization",
    "OnlineStore",
    "OnlineBusiness",
    "Brand",
];

/// Whose an item is.
#[derive(Clone, Debug, Default)]
struct Owner {
    /// The other party, by name.
    party: Option<String>,
    /// What the item is called inside of the company: a department.
    label: Option<String>,
    /// Addressee of its addresses.
    name: Option<String>,
    country: Option<Country>,
}

/// What the data tell of a contact beside its value.
#[derive(Clone, Debug, Default)]
struct Told {
    label: Option<String>,
    party: Option<String>,
    person: Option<String>,
    title: Option<String>,
    hours: Option<String>,
    languages: Vec<String>,
    cost: Option<Cost>,
    extension: Option<String>,
    signals: Vec<Signal>,
}

impl Told {
    /// Makes a hit of a value.
    fn hit(&self, reach: Reach) -> Hit {
        let told = self.clone();
        Hit {
            label: told.label,
            party: told.party,
            person: told.person,
            title: told.title,
            hours: told.hours,
            languages: told.languages,
            cost: told.cost,
            extension: told.extension,
            signals: told.signals,
            ..Hit::in_data(reach)
        }
    }
}

struct Reading<'a> {
    graph: &'a Graph,
    outline: &'a Outline,
    context: &'a Context<'a>,
    base: Option<Url>,
    domain: Option<String>,
    regions: OnceCell<Regions>,
    seen: Vec<bool>,
    hits: Vec<Hit>,
    facts: CompanyFacts,
    /// How well the facts are founded.
    standing: u8,
}

/// Reads a graph.
pub(super) fn read(graph: &Graph, outline: &Outline, context: &Context) -> (Vec<Hit>, CompanyFacts) {
    let base = onward::base_of(outline, context.url);
    let domain = base.as_ref().and_then(|url| registrable(url.host_str()?));
    let mut reading = Reading {
        graph,
        outline,
        context,
        base,
        domain,
        regions: OnceCell::new(),
        seen: vec![false; graph.items.len()],
        hits: Vec::new(),
        facts: CompanyFacts::default(),
        standing: 0,
    };
    reading.roots();
    reading.metas();
    (reading.hits, reading.facts)
}

impl Reading<'_> {
    fn is(&self, item: usize, kinds: &[&str]) -> bool {
        self.graph.items[item].kinds.iter().any(|kind| kinds.contains(&kind.as_str()))
    }

    fn has_contacts(&self, item: usize) -> bool {
        self.graph.items[item].props.iter().any(|(name, _)| CONTACTS.contains(&name.as_str()))
    }

    /// Whether an item is an organisation: by its type, or by having what only organisations and people have.
    fn is_organisation(&self, item: usize) -> bool {
        let barred = self.is(item, &NO_COMPANY)
            || self.is(item, &DOCUMENTS)
            || self.is(item, &["Person", "ContactPoint", "PostalAddress"]);
        !barred && (self.is(item, &ORGANISATIONS) || self.has_contacts(item) || self.is(item, &["Card"]))
    }

    fn name(&self, item: usize) -> Option<String> {
        let name = self.graph.text(item, &["name", "legalname", "org", "alternatename"])?;
        (!name.is_empty() && name.len() <= 120).then(|| name.to_owned())
    }

    /// Whether the addresses that an item gives of itself are on the page's own domain; `None` where that cannot be told.
    fn is_on_domain(&self, item: usize) -> Option<bool> {
        let own = self.domain.as_deref()?;
        let mut told = None;
        let id = self.graph.items[item].id.as_deref();
        for address in self.graph.texts(item, &["url"]).map(|(text, _)| text).chain(id) {
            let Some(host) = Url::parse(address).ok().and_then(|url| registrable(url.host_str()?)) else {
                continue;
            };
            if same_name(&host, own) {
                return Some(true);
            }
            told = Some(false);
        }
        told
    }

    /// Reads the items at the top, and what stands behind documents.
    fn roots(&mut self) {
        let graph = self.graph;
        let mut companies: Vec<usize> = Vec::new();
        for (i, item) in graph.items.iter().enumerate() {
            let behind: &[&str] = &[
                "publisher",
                "provider",
                "mainentity",
                "about",
                "sourceorganization",
                "copyrightholder",
                "maintainer",
            ];
            if self.is(i, &DOCUMENTS) {
                companies
                    .extend(graph.inner(i, behind).into_iter().filter(|&inner| self.is_organisation(inner)));
            } else if !item.owned && self.is_organisation(i) {
                companies.push(i);
            }
        }
        companies.dedup();
        // A list of firms is a directory, unless they are branches of the one whose page it is.
        let own = companies.iter().filter(|&&i| self.is_on_domain(i) != Some(false)).count();
        for &company in &companies {
            let foreign = self.is_on_domain(company) == Some(false) && (own > 0 || companies.len() > 2);
            let owner = Owner { party: foreign.then(|| self.name(company)).flatten(), ..Owner::default() };
            if foreign && owner.party.is_none() {
                continue;
            }
            self.company(company, &owner, 0);
        }
        for i in 0..graph.items.len() {
            if !graph.items[i].owned && self.is(i, &["ContactPoint"]) {
                self.contact_point(i, &Owner::default());
            }
        }
        if self.facts.name.is_none() {
            let site = (0..graph.items.len()).find(|&i| self.is(i, &["WebSite"]));
            self.facts.name = site.and_then(|site| self.name(site)).or_else(|| {
                let named = self.outline.meta.iter().find(|(name, _)| name == "og:site_name")?;
                Some(named.1.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
            });
        }
    }

    /// Reads a company, a branch or a department.
    fn company(&mut self, item: usize, owner: &Owner, depth: usize) {
        if depth > 6 || std::mem::replace(&mut self.seen[item], true) {
            return;
        }
        let graph = self.graph;
        let is_card = self.is(item, &["Card"]);
        let name = self.name(item);
        let owner = &Owner {
            name: if is_card { graph.text(item, &["org", "name"]).map(str::to_owned) } else { name.clone() }
                .or_else(|| owner.name.clone()),
            country: graph
                .inner(item, &["address", "location"])
                .into_iter()
                .find_map(|address| graph.text(address, &["addresscountry"]).and_then(values::country))
                .or(owner.country),
            ..owner.clone()
        };
        let mut like = Told {
            label: owner.label.clone(),
            party: owner.party.clone(),
            hours: values::hours(graph, item),
            ..Told::default()
        };
        if is_card {
            self.card(item, &mut like);
        }
        if owner.party.is_none() && like.person.is_none() && depth == 0 {
            self.learn(item, name.as_deref());
        }
        self.numbers(item, owner, &like);
        self.mailboxes(item, &like);
        self.addresses(item, owner, &like);
        for point in graph.inner(item, &["contactpoint", "contactpoints"]) {
            self.contact_point(point, owner);
        }
        for part in graph
            .inner(item, &["department", "suborganization", "location", "haspos", "branch", "areaserved"])
        {
            if self.is_organisation(part) {
                let label = self.name(part).filter(|label| Some(label) != name.as_ref());
                self.company(
                    part,
                    &Owner { label: label.or_else(|| owner.label.clone()), ..owner.clone() },
                    depth + 1,
                );
            }
        }
        for parent in graph.inner(item, &["parentorganization"]) {
            if let Some(name) = self.name(parent).filter(|_| self.has_contacts(parent)) {
                self.company(parent, &Owner { party: Some(name), ..Owner::default() }, depth + 1);
            }
        }
        for person in
            graph.inner(item, &["employee", "employees", "founder", "founders", "member", "members"])
        {
            if self.is(person, &["Person"]) && !std::mem::replace(&mut self.seen[person], true) {
                let mut like = Told { label: None, hours: None, ..like.clone() };
                like.person = self.name(person);
                like.title = graph.text(person, &["jobtitle"]).map(str::to_owned);
                self.numbers(person, owner, &like);
                self.mailboxes(person, &like);
            }
        }
    }

    /// Tells from a microformat card whether it is a person's.
    fn card(&self, item: usize, like: &mut Told) {
        let graph = self.graph;
        let (name, firm) = (graph.text(item, &["name"]), graph.text(item, &["org"]));
        let title = graph.text(item, &["jobtitle"]);
        if title.is_some() || (firm.is_some() && firm != name) {
            like.person = name.map(str::to_owned);
            like.title = title.map(str::to_owned);
        }
    }

    /// Takes what an item says of the company itself. The item that says most of itself is believed.
    fn learn(&mut self, item: usize, name: Option<&str>) {
        let graph = self.graph;
        let on_domain = self.is_on_domain(item) == Some(true);
        let standing = 1
            + u8::from(on_domain) * 4
            + u8::from(self.is(item, &ORGANISATIONS)) * 2
            + u8::from(self.has_contacts(item));
        for address in graph.texts(item, &["sameas"]).map(|(text, _)| text).take(40) {
            let Some(url) = self.resolve(address) else { continue };
            if !self.facts.same_as.iter().any(|known| known == url.as_str()) {
                self.facts.same_as.push(url.as_str().to_owned());
                self.profile(&url);
            }
        }
        if name.is_none() || standing <= self.standing {
            return;
        }
        self.standing = standing;
        self.facts.name = name.map(str::to_owned);
        let legal = graph.text(item, &["legalname"]).map(str::to_owned);
        self.facts.legal_name = legal.filter(|legal| Some(legal.as_str()) != name);
        self.facts.register_number = self.register_number(item);
        let kinds = graph.items[item]
            .kinds
            .iter()
            .filter(|kind| !matches!(kind.as_str(), "Organization" | "Corporation" | "Card"));
        self.facts.kinds = kinds.take(8).cloned().collect();
    }

    /// Returns the number in a company register, where an identifier is called that.
    fn register_number(&self, item: usize) -> Option<String> {
        let graph = self.graph;
        graph.inner(item, &["identifier"]).into_iter().find_map(|identifier| {
            let label = graph.text(identifier, &["propertyid", "name"])?.to_lowercase();
            let words = [
                "compan",
                "regist",
                "handelsregister",
                "siren",
                "siret",
                "kvk",
                "abn",
                "acn",
                "crn",
                "hrb",
                "cin",
                "rea",
            ];
            let fits = words
                .iter()
                .any(|word| label.split(|c: char| !c.is_alphanumeric()).any(|w| w.starts_with(word)));
            fits.then(|| graph.text(identifier, &["value"]).map(str::to_owned)).flatten()
        })
    }

    fn resolve(&self, address: &str) -> Option<Url> {
        let address = address.trim();
        if address.is_empty() || address.len() > 500 || address.starts_with('#') {
            return None;
        }
        let url = match Url::parse(address) {
            Ok(url) => url,
            Err(_) => self.base.as_ref()?.join(address).ok()?,
        };
        matches!(url.scheme(), "http" | "https").then_some(url)
    }

    /// Adds a profile that the company calls its own.
    fn profile(&mut self, url: &Url) {
        if let Some(reach) = link::profile(url) {
            self.add(reach, None, &Told::default());
        }
    }

    /// Reads a contact point.
    fn contact_point(&mut self, item: usize, owner: &Owner) {
        if std::mem::replace(&mut self.seen[item], true) {
            return;
        }
        let graph = self.graph;
        let kind = graph.text(item, &["contacttype", "name", "description"]).filter(|kind| kind.len() <= 120);
        let hint = kind.and_then(values::hint);
        let mut like = Told {
            label: kind.map(str::to_owned).or_else(|| owner.label.clone()),
            party: owner.party.clone(),
            hours: values::hours(graph, item),
            languages: self.languages(item),
            ..Told::default()
        };
        if graph
            .texts(item, &["contactoption"])
            .any(|(text, _)| text.to_lowercase().replace(['-', ' '], "").contains("tollfree"))
        {
            like.cost = Some(Cost::TollFree);
        }
        if let (Some(words), Some(Hint::Rung(_) | Hint::OffLadder)) = (kind, hint) {
            let rung = if let Some(Hint::Rung(rung)) = hint { Some(rung) } else { None };
            like.signals.push(Signal { id: "contact-type", rung, words: words.to_owned() });
        }
        let area = graph.texts(item, &["areaserved"]).map(|(text, _)| text);
        let mut areas = area.filter_map(values::country);
        // Several areas tell nothing of how a number is to be read.
        let country = areas.next().filter(|_| areas.next().is_none()).or(owner.country);
        let owner = &Owner { country, ..owner.clone() };
        let texts = ["telephone", "printed"];
        let number = graph.texts(item, &texts[..1]).next().map_or(&texts[1..], |_| &texts[..1]);
        let channel = match hint {
            Some(Hint::Fax) => Channel::Fax,
            Some(Hint::Textphone) => Channel::Textphone,
            _ => Channel::Phone,
        };
        self.numbers_of(item, number, channel, owner, &like);
        self.numbers_of(item, &["faxnumber"], Channel::Fax, owner, &like);
        self.mailboxes(item, &like);
        self.addresses(item, owner, &like);
    }

    fn languages(&self, item: usize) -> Vec<String> {
        let mut languages: Vec<String> = Vec::new();
        for (text, _) in self.graph.texts(item, &["availablelanguage", "language"]) {
            for code in text.split([',', ';', '/']).filter_map(values::language) {
                if !languages.iter().any(|known| known == code) {
                    languages.push(code.to_owned());
                }
            }
        }
        languages
    }

    fn numbers(&mut self, item: usize, owner: &Owner, like: &Told) {
        self.numbers_of(item, &["telephone", "tel"], Channel::Phone, owner, like);
        self.numbers_of(item, &["faxnumber"], Channel::Fax, owner, like);
    }

    fn numbers_of(&mut self, item: usize, names: &[&str], channel: Channel, owner: &Owner, like: &Told) {
        let graph = self.graph;
        for (text, at) in graph.texts(item, names).take(20) {
            for part in text
                .split([';', '|', '\n'])
                .flat_map(|part| part.split(" / "))
                .flat_map(|part| part.split(", "))
            {
                let Some(number) = self.number(part, owner.country) else { continue };
                let cost = like.cost.or_else(|| number.cost());
                let extension = number.extension.clone().or_else(|| like.extension.clone());
                let Ok(reach) = Reach::number(channel, number.e164) else { continue };
                self.add(reach, at.as_ref(), &Told { cost, extension, ..like.clone() });
            }
        }
    }

    /// Reads a number by the country that the data name, else by what the page says.
    fn number(&self, text: &str, country: Option<Country>) -> Option<Number> {
        let text = text.trim();
        if text.len() < 3 || text.len() > 60 || !text.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let by_country = country.and_then(|country| phone::normalise(text, &Regions::of_country(country)));
        if by_country.as_ref().is_some_and(|number| number.standing == phone::Standing::Valid) {
            return by_country;
        }
        let regions = self.regions.get_or_init(|| Regions::of(self.outline, self.context));
        phone::normalise(text, regions).or(by_country)
    }

    fn mailboxes(&mut self, item: usize, like: &Told) {
        let graph = self.graph;
        for (text, at) in graph.texts(item, &["email"]).take(20) {
            let text = text.strip_prefix("mailto:").unwrap_or(text);
            let text = percent_encoding::percent_decode_str(text.split('?').next().unwrap_or_default())
                .decode_utf8_lossy();
            for found in email::scan(&text).into_iter().take(5) {
                self.add(Reach::email(found.email), at.as_ref(), like);
            }
        }
    }

    fn addresses(&mut self, item: usize, owner: &Owner, like: &Told) {
        let graph = self.graph;
        let mut places = graph.inner(item, &["address"]);
        for location in graph.inner(item, &["location"]) {
            places.extend(graph.inner(location, &["address"]));
            if self.is(location, &["PostalAddress"]) {
                places.push(location);
            }
        }
        if graph.text(item, &["streetaddress"]).is_some() {
            places.push(item);
        }
        for place in places {
            if place != item && std::mem::replace(&mut self.seen[place], true) {
                continue;
            }
            if let Some(line) = values::postal(graph, place, owner.name.as_deref()) {
                let parts = graph
                    .texts(place, &["streetaddress", "postofficeboxnumber", "postalcode", "addresslocality"]);
                let at = parts.filter_map(|(_, at)| at).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
                self.add(Reach::postal(line), at.as_ref(), &Told { hours: None, ..like.clone() });
            }
            self.numbers(place, owner, like);
            self.mailboxes(place, like);
        }
        for value in graph.values(item, &["address"]) {
            if let Value::Text(text, at) = value {
                let found = crate::postal::scan(&[text], owner.country.or(self.context.country));
                if let Some(address) = found.into_iter().next() {
                    self.add(Reach::postal(address.line), at.as_ref(), &Told { hours: None, ..like.clone() });
                }
            }
        }
    }

    /// Reads the contacts that `<meta>` gives to networks.
    fn metas(&mut self) {
        let metas: Vec<(String, String)> = self.outline.meta.clone();
        for (name, content) in &metas {
            let name = name.trim_start_matches("og:").trim_start_matches("business:contact_data:");
            let like = Told::default();
            match name {
                "phone_number" | "phone" => {
                    if let Some(number) = self.number(content, None) {
                        self.add(
                            Reach::phone(number.e164.clone()),
                            None,
                            &Told { cost: number.cost(), ..like },
                        );
                    }
                }
                "fax_number" => {
                    let reach =
                        self.number(content, None).map(|number| Reach::number(Channel::Fax, number.e164));
                    if let Some(Ok(reach)) = reach {
                        self.add(reach, None, &like);
                    }
                }
                "email" => {
                    for found in email::scan(content).into_iter().take(2) {
                        self.add(Reach::email(found.email), None, &like);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds a hit: where its value is printed if it is, else as data.
    fn add(&mut self, reach: Reach, at: Option<&Range<usize>>, like: &Told) {
        let known = self
            .hits
            .iter()
            .any(|hit| hit.reach == reach && hit.label == like.label && hit.party == like.party);
        if known || self.hits.len() >= MAX_HITS {
            return;
        }
        let hit = like.hit(reach);
        self.hits.push(match marks::printed(self.outline, at) {
            Some((block, span)) => {
                Hit { block: Some(block), span, place: self.outline.blocks[block].place, ..hit }
            }
            None => hit,
        });
    }
}

/// Whether two domains bear one name: `acme.example` and `acme.co.uk`.
fn same_name(a: &str, b: &str) -> bool {
    a == b || a.split('.').next() == b.split('.').next()
}
