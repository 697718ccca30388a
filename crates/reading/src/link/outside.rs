//! Sites of outside bodies that the page points to: ombudsmen, regulators, arbitration, platforms for disputes.
//!
//! A link or printed address is such a site where the atlas knows its domain, or where its own name or the words beside it
//! name a body with power over the dispute. The party is the name that the page gives it.

use std::sync::LazyLock;

use atlas::Atlas;
use ladder::host::site_of;
use ladder::{Channel, Place, Reach};
use url::Url;

use crate::hit::Hit;
use crate::link::own::{self, Own};
use crate::needles::Needles;
use crate::outline::{Link, LinkKind, Outline};
use crate::page::Context;

/// Words in a domain or path that make it an outside body's.
static DOMAIN_WORDS: LazyLock<Needles> = LazyLock::new(|| {
    let words = [
        "ombuds",
        "ombudman",
        "mediateur",
        "mediation-",
        "mediationconso",
        "cm2c",
        "schlichtung",
        "geschillencommissie",
        "consumers/odr",
        "consumer-redress",
        "arbitr",
        "klachteninstituut",
        "kifid",
        "adr-",
        "bafin",
        "consumerfinance.gov",
        "conciliation",
        "verbraucher-schlichter",
        "dataprotection",
        "datenschutzbehoerde",
        "data-protection-authority",
        "cnil.fr",
        "edpb.europa",
        "financial-commission",
        "fca.org",
        "ico.org",
        "consob",
        "agcom",
        "agcm.it",
        "bancaditalia",
        "arbitrobancario",
        "bde.es",
        "cnmv.es",
        "aepd.es",
        "autoriteitpersoonsgegevens",
        "garanteprivacy",
        "lokad",
        "cms.rbi.org",
        "sachet.rbi",
        "centralbank",
        "reservebank",
        "dsa-out-court",
        "consumersaffairs",
        "consumeraffairs",
        "attorney-general",
        "oag.",
    ];
    Needles::of(words)
});

/// Words beside a link that name a body with power over a dispute.
static BODY_WORDS: LazyLock<Needles> = LazyLock::new(|| {
    let words = [
        "ombudsman",
        "ombudsperson",
        "ombudsmann",
        "ombudsstelle",
        "ombud scheme",
        "ombud service",
        "regulator",
        "regulated by",
        "regulatory authority",
        "conduct authority",
        "supervisory authority",
        "information commissioner",
        "data protection authorit",
        "data protection commission",
        "data protection regulator",
        "financial complaints authority",
        "consumer agency",
        "consumer protection bureau",
        "consumer financial protection",
        "arbitration",
        "dispute resolution",
        "dispute settlement",
        "adr provider",
        "adr scheme",
        "adr entity",
        "redress scheme",
        "complaints commission",
        "complaints authority",
        "complaints board",
        "professional conduct",
        "general dental council",
        "general medical council",
        "pharmaceutical council",
        "care quality commission",
        "solicitors regulation",
        "attorney general",
        "better business bureau",
        "trading standards",
        "citizens advice",
        "central bank",
        "reserve bank",
        "gaming commission",
        "gambling commission",
        "public utilit",
        "utilities commission",
        "department of insurance",
        "department of transportation",
        "aviation authority",
        "civil aviation",
        "office of fair trading",
        "consumer affairs",
        "schlichtungsstelle",
        "schlichtungsverfahren",
        "verbraucherschlichtung",
        "streitbeilegung",
        "online-streitbeilegung",
        "os-plattform",
        "aufsichtsbehörde",
        "bundesanstalt",
        "bundesnetzagentur",
        "datenschutzbeauftragte des landes",
        "médiateur",
        "médiation",
        "médiatrice",
        "règlement en ligne des litiges",
        "autorité de contrôle",
        "acpr",
        "cnil",
        "dgccrf",
        "signalconso",
        "résolution des litiges",
        "defensor del",
        "resolución de litigios",
        "resolución alternativa",
        "agencia española de protección",
        "banco de españa",
        "arbitraje",
        "junta arbitral",
        "autoridad de control",
        "conciliazione",
        "risoluzione delle controversie",
        "arbitro",
        "garante per la protezione",
        "autorità garante",
        "arera",
        "organismo adr",
        "geschillencommissie",
        "geschilleninstantie",
        "klachtencommissie",
        "klachteninstituut",
        "toezichthouder",
        "autoriteit persoonsgegevens",
        "onafhankelijke klachtenregeling",
        "erkende klachten",
        "complaints unit",
        "geschillenregeling",
        "financial services authority",
    ];
    Needles::of(words)
});

/// Stems of what bodies are called: beside an address that is printed for the reader to go to, they tell whose it is.
static NOUNS: LazyLock<Needles> = LazyLock::new(|| {
    Needles::of([
        "ombud",
        "commission",
        "commissie",
        "comisión",
        "commissione",
        "authority",
        "autorit",
        "autoridad",
        "agency",
        "agencia estatal",
        "agentur für",
        "agence de",
        "agenzia",
        "council",
        "tribunal",
        "bureau of",
        "inspecti",
        "adjudicat",
        "dispute",
        "disput",
        "geschil",
        "litige",
        "schlicht",
        "mediat",
        "médiat",
        "mediac",
        "concilia",
        "arbitr",
        "redress",
        "ministeri",
        "minister",
        "consumer",
        "consumidor",
        "consommat",
        "verbrauch",
        "regulator",
        "comptroller",
        "department of",
        "défenseur",
        "defensor",
        "difensore",
        "tutela",
        "toezicht",
        "aufsicht",
        "behörde",
        "streit",
        "controversi",
        "reclamaciones ante",
        "beschwerdestelle",
        "plaintes relatives",
        "exchange at",
        "kammer",
        "kassenärztliche",
        "klachten",
        "watchdog",
        "enforcement",
        "state bar",
    ])
});

/// Words before whoever made the page or keeps it.
static MAKERS: LazyLock<Needles> = LazyLock::new(|| {
    Needles::of([
        "designed by",
        "site by",
        "website by",
        "web design",
        "webdesign",
        "developed by",
        "built by",
        "powered by",
        "umsetzung",
        "realisierung",
        "programmierung",
        "gestaltung",
        "agence web",
        "réalis",
        "conception",
        "hosting",
        "hosted",
        "héberg",
        "hébergeur",
        "desarrollo",
        "diseño",
        "realizzazione",
        "realizzato",
        "ontwerp",
        "realisatie",
        "website door",
        "webbouw",
    ])
});

/// Words on a link to a page about something else, whoever's site it is.
static OTHER: LazyLock<Needles> = LazyLock::new(|| Needles::of(OTHER_WORDS));

const OTHER_WORDS: &[&str] = &[
    "cookie",
    "privacy policy",
    "datenschutzerklärung",
    "facebook",
    "google",
    "twitter",
    "instagram",
    "linkedin",
    "youtube",
    "browser",
    "firefox",
    "chrome",
    "safari",
    "opera",
    "mozilla",
    "microsoft",
    "apple",
    "wordpress",
    "recaptcha",
    "trustpilot",
    "trustedshops",
    "trusted-shops",
    "feefo",
    "reviews.io",
    "tripadvisor",
    "kununu",
    "glassdoor",
    "tiktok",
    "pinterest",
    "threads.net",
    "bsky",
    "whatsapp",
    "analytics",
];

/// Returns whether a host is of a site about something else; what is short counts whole only.
fn is_other(host: &str) -> bool {
    OTHER.is_match(host) || matches!(host.strip_prefix("www.").unwrap_or(host), "t.me" | "wa.me")
}

/// Parts of an address where a body lists whom it oversees: a proof of registration, no way to complain.
const REGISTERS: &[&str] = &[
    "//register.",
    "/register/",
    "/registers/",
    "/registernumber",
    "/detail/",
    "/firm/",
    "/firms/",
    "firm?",
    "certificate",
    "/verify",
    "/licensee",
    "license-check",
    "publicregister",
    "public-register",
    "//find-and-update",
    "/members/",
    "seal",
];

/// Stems in the path of a government's page that takes complaints.
const COMPLAIN: &[&str] = &["complain", "beschwerde", "reclam", "plainte", "klacht", "denunc", "grievance"];

/// Words of a lead-in to outside bodies.
static LEADS: LazyLock<Needles> = LazyLock::new(|| {
    Needles::of([
        "escalat",
        "not satisfied",
        "still unhappy",
        "remain unhappy",
        "dissatisfied",
        "unresolved",
        "external",
        "independent",
        "final response",
        "nicht einverstanden",
        "unabhängig",
        "pas satisfait",
        "indépendant",
        "no está conforme",
        "onafhankelijk",
        "niet tevreden",
        "indipendente",
        "non soddisfatto",
        "other bodies",
        "further help",
        "complaints to",
        "complain to",
        "enforcement",
        "not happy with",
        "outside help",
        "independent help",
        "außergerichtlich",
    ])
});

/// Finds the sites of outside bodies.
pub(super) fn find(outline: &Outline, own: &Own, _context: &Context) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let acronyms = acronyms(&outline.text);
    for (index, link) in outline.links.iter().enumerate().take(20_000) {
        if link.kind != LinkKind::Anchor || hits.len() >= 80 {
            continue;
        }
        let Some(host) = own::host(&link.href) else { continue };
        if own.is_own(host)
            || is_other(host)
            || host.trim_start_matches("www.") == "x.com"
            || is_called(own, host)
        {
            continue;
        }
        let Some(url) = own.resolve(&link.href) else { continue };
        // What the reader sees is the address, whatever counts the clicks behind it.
        let url = shown(outline, link, &url).unwrap_or(url);
        if !leads_outside(outline, link, &url, &acronyms)
            || REGISTERS.iter().any(|part| url.as_str().contains(part))
        {
            continue;
        }
        let Some(reach) = own::value(&url).and_then(|v| Reach::link(Channel::Web, v).ok()) else { continue };
        hits.push(Hit::on_link(outline, reach, index));
    }
    printed(outline, own, &mut hits);
    hits
}

/// Returns whether a host is the owner's under another ending: `acme.com` on a page of `acme.co.uk`.
fn is_called(own: &Own, host: &str) -> bool {
    let domain = site_of(host);
    let label = domain.split('.').next().unwrap_or_default();
    label.len() >= 4 && own.is_named(label)
}

/// Returns whether enough speaks for a link to an outside body; what says enough by itself is looked for first.
fn leads_outside(outline: &Outline, link: &Link, url: &Url, acronyms: &[String]) -> bool {
    let words = own::words(outline, link);
    let host = url.host_str().unwrap_or_default();
    let domain = DOMAIN_WORDS.is_match(url.as_str())
        || host.split('.').any(|label| acronyms.iter().any(|a| a.eq_ignore_ascii_case(label)));
    if matches!(link.place, Place::Nav | Place::Header) && !domain || OTHER.is_match(words) {
        return false;
    }
    let (before, after) = own::around(outline, link, 140);
    if MAKERS.is_match(own::last(before, 60)) || MAKERS.is_match(words) {
        return false;
    }
    let after = after.split(['\n', '.']).next().unwrap_or_default();
    if domain
        || BODY_WORDS.is_match(words)
        || BODY_WORDS.is_match(before)
        || BODY_WORDS.is_match(own::first(after, 60))
    {
        return true;
    }
    let above =
        link.block.and_then(|id| id.checked_sub(1)).map_or("", |id| own::last(outline.block_text(id), 200));
    let alone = before.trim().chars().count() < 40;
    let heading =
        link.block.and_then(|id| outline.headings(id).next()).map_or("", |id| outline.block_text(id));
    let led = LEADS.is_match(heading) || alone && (LEADS.is_match(above) || BODY_WORDS.is_match(above));
    let government =
        [".gov", ".gouv.", ".gob.", ".gc.ca", ".go.", ".gv.at", ".bund.de", ".admin.ch", ".overheid.nl"];
    let government = host.starts_with("gov.") || government.iter().any(|end| host.contains(end));
    let sum = u8::from(BODY_WORDS.is_match(heading))
        + u8::from(led)
        + u8::from(government)
        + u8::from(government && COMPLAIN.iter().any(|stem| url.path().contains(stem)));
    if sum >= 2 {
        return true;
    }
    // A site that is printed as one goes there is more than a link in passing.
    let printed = words.contains('.') && !words.contains(char::is_whitespace);
    let noun = || NOUNS.is_match(before) || NOUNS.is_match(words) || LEADS.is_match(before) && printed;
    if (printed || led) && noun() {
        return true;
    }
    // The atlas is asked last, and only of what might be one.
    let asked = printed || sum > 0 || words.len() <= 80 && matches!(link.place, Place::Main) || noun();
    asked && !Atlas::builtin().by_link(url.as_str()).is_empty()
}

/// Returns the acronyms that the text gives to bodies: `Gaming Commission of Somewhere (GCS)`.
fn acronyms(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for at in memchr::memchr_iter(b'(', text.as_bytes()).take(2_000) {
        let inside = &text[at + 1..];
        let length = inside.bytes().take(9).take_while(u8::is_ascii_alphabetic).count();
        let acronym = &inside[..length];
        let capital = acronym.bytes().filter(u8::is_ascii_uppercase).count() >= 3;
        if capital && inside[length..].starts_with(')') && BODY_WORDS.is_match(own::last(&text[..at], 70)) {
            found.push(acronym.to_ascii_lowercase());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the address that the link shows, where its text is one.
fn shown(outline: &Outline, link: &Link, url: &Url) -> Option<Url> {
    let text = outline.link_text(link).trim().trim_end_matches(['.', ',']);
    if text.contains(char::is_whitespace) || text.len() > 200 {
        return None;
    }
    let shown = if text.starts_with("http") {
        Url::parse(text).ok()?
    } else if text.starts_with("www.")
        || text.contains('/') && text.split('/').next().is_some_and(|h| h.contains('.'))
    {
        Url::parse(&format!("{}://{text}", url.scheme())).ok()?
    } else {
        return None;
    };
    let host = shown.host_str().filter(|host| host.contains('.'))?;
    // The same site: its own path is the better one where the text names only the site's front page. The same name
    // under another ending: the text is misprinted, and the link is what opens.
    let behind = url.host_str().map(site_of);
    let same = Some(site_of(host)) == behind;
    let name = |domain: Option<String>| domain.and_then(|d| d.split('.').next().map(str::to_owned));
    if !same && name(Some(site_of(host))) == name(behind) {
        return None;
    }
    (!same || shown.path().len() > 1 || url.path().len() > 1).then_some(shown)
}

/// Finds addresses of outside bodies that are printed and not linked.
fn printed(outline: &Outline, own: &Own, hits: &mut Vec<Hit>) {
    let text = &outline.text;
    let mut links: Vec<_> = outline.links.iter().map(|l| l.text.clone()).filter(|r| !r.is_empty()).collect();
    links.sort_unstable_by_key(|r| r.start);
    for at in memchr::memmem::find_iter(text.as_bytes(), "www.")
        .chain(memchr::memmem::find_iter(text.as_bytes(), "://"))
    {
        let start = if text[at..].starts_with("www.") {
            at
        } else {
            let scheme = if text[..at].ends_with("https") { 5 } else { 4 };
            if !text[..at].ends_with("http") && !text[..at].ends_with("https") {
                continue;
            }
            at - scheme
        };
        if start > 0 && text.as_bytes()[start - 1] == b'/' || hits.len() >= 80 {
            continue;
        }
        let inside = links.partition_point(|l| l.start <= start);
        if inside > 0 && links[inside - 1].end > start {
            continue;
        }
        let rest = &text[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '"' | '>' | '|' | '<'))
            .unwrap_or(rest.len());
        let address = rest[..end].trim_end_matches(['.', ':', '!', '?', '\'', '’']);
        if address.len() > 200 || address.len() < 8 {
            continue;
        }
        let absolute =
            if address.starts_with("http") { address.to_owned() } else { format!("http://{address}") };
        let Ok(url) = Url::parse(&absolute) else { continue };
        let Some(host) = url.host_str() else { continue };
        if own.is_own(host) || is_other(host) || !host.contains('.') || is_called(own, host) {
            continue;
        }
        let Some(block) = outline.block_at(start) else { continue };
        let from = outline.blocks[block].range.start;
        let before = own::last(&text[from..start], 160);
        let domain = DOMAIN_WORDS.is_match(&absolute);
        if REGISTERS.iter().any(|part| absolute.contains(part)) {
            continue;
        }
        let heading =
            outline.headings(block).next().is_some_and(|id| BODY_WORDS.is_match(outline.block_text(id)));
        let known = || {
            NOUNS.is_match(before)
                || COMPLAIN.iter().any(|stem| url.path().contains(stem))
                || !Atlas::builtin().by_link(url.as_str()).is_empty()
        };
        if MAKERS.is_match(own::last(before, 60))
            || !(domain || BODY_WORDS.is_match(before) || heading || known())
        {
            continue;
        }
        let Some(reach) = own::value(&url).and_then(|v| Reach::link(Channel::Web, v).ok()) else { continue };
        hits.push(Hit::in_text(outline, reach, block, start..start + address.len()));
    }
}
