//! The party: whose contact it is.
//!
//! A contact on a company's page is the company's unless something says otherwise: the value belongs to a body of the
//! atlas; its site or mailbox is foreign and the name that its domain spells is printed near; the words beside it name an
//! ombudsman or authority, a host, an insurer, an agency; or it follows a contact of such a party with nothing between.
//! A value at the company's own domain is the company's, whatever stands beside it.

use ladder::{Channel, Rung};

use super::around::{Around, Mention, Words, Zone};
use super::bodies::{self, Body};
use super::topic::Topic;
use super::{firms, names, own};
use crate::outline::BlockKind;

/// Whose contact a hit is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Owner {
    /// The company's.
    #[default]
    Company,
    /// Of a body outside with power over the dispute.
    Body {
        /// Its name.
        name: String,
        /// `adr` or `regulator`.
        rung: Rung,
        /// Why.
        because: Reason,
    },
    /// Of another firm.
    Firm {
        /// Its name.
        name: String,
        /// Whether it is no help whatever else is said: a host, an insurer.
        aside: bool,
        /// Why.
        because: Reason,
    },
}

/// Why a party was named: the id of the signal and the words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reason {
    pub(super) id: &'static str,
    pub(super) words: String,
}

/// Zones in which a body or firm is named as the one reached, the closest first.
const CLOSE: [Zone; 9] = [
    Zone::Anchor,
    Zone::Label,
    Zone::Addressee,
    Zone::Row,
    Zone::Clause,
    Zone::Card,
    Zone::Earlier,
    Zone::LeadIn,
    Zone::Heading,
];

/// Words by which a sentence turns to the company itself.
const OURS: &[&str] = &[
    " us ",
    " our ",
    " we ",
    " uns ",
    " unser",
    " nous ",
    " nos ",
    " notre ",
    " nosotros ",
    " nuestr",
    " noi ",
    " nostr",
    " ons ",
    " onze ",
    " wij ",
    " wir ",
];

/// Returns whose contact a hit is; `before` is the owner of the hit printed before it.
pub(super) fn owner(around: &Around, before: &Owner) -> Owner {
    let hit = around.hit;
    if let Some(name) = &hit.party {
        return by_data(around, name);
    }
    if hit.reach.channel() == Channel::Social {
        return Owner::Company;
    }
    let host = hit.reach.as_email().map(|e| e.domain().to_owned()).or_else(|| {
        let link = hit.reach.as_link()?;
        link.url().host_str().map(str::to_owned)
    });
    let is_web = hit.reach.channel() == Channel::Web;
    let own = host.as_deref().and_then(|host| around.page.own.has_host(host)).filter(|_| !is_web);
    if own == Some(true) {
        return Owner::Company;
    }
    // "Acme, Attn: Consumer Affairs, PO Box 1": the company's, whatever the department is called like.
    let mut addressee = around.text(Zone::Addressee).split(',').map(str::trim);
    if addressee.any(|part| part.len() >= 4 && around.page.own.has_name(part)) {
        return Owner::Company;
    }
    let known = match hit.reach.as_link() {
        Some(link) => bodies::by_link(link.as_str()),
        None if hit.reach.channel() == Channel::Postal => None,
        None => bodies::by_value(hit.reach.value()),
    };
    if let Some(mut body) = known {
        // What is printed right beside the value tells which side of a house it is: the authority, or its scheme.
        let beside = [Zone::Label, Zone::Anchor].into_iter().filter_map(|zone| around.words(zone));
        let beside = beside.filter(|words| words.text.contains(' '));
        let named = beside.filter_map(|words| words.bodies(around.page).last()).find(|named| named.proper);
        if let Some(named) = named {
            body.rung = named.rung;
        }
        let words = host.unwrap_or_else(|| hit.reach.value().to_owned());
        let name = printed_name(around, &body).unwrap_or(body.name);
        return Owner::Body { name, rung: body.rung, because: Reason { id: "atlas", words } };
    }
    let foreign = own == Some(false) && !host.as_deref().is_some_and(crate::email::is_for_everyone);
    let decided = by_words(around, foreign)
        .or_else(|| by_host(around, host.as_deref()))
        .or_else(|| by_domain(around, host.as_deref().filter(|_| foreign)).filter(|_| !is_web))
        .or_else(|| by_firm(around).filter(|_| !is_web))
        .or_else(|| by_section(around))
        .or_else(|| by_site_after(around, host.is_some() && !foreign))
        .or_else(|| by_item(around, host.is_some() && !foreign))
        .or_else(|| inherited(around, before, host.is_some() && !foreign));
    match decided {
        Some(owner) => owner,
        // The extractor gives no other sites than those of outside bodies.
        None if hit.reach.channel() == Channel::Web => {
            let words = host.unwrap_or_default();
            let name = around
                .page
                .outline
                .links
                .get(hit.link.unwrap_or(usize::MAX))
                .map_or("", |l| around.page.outline.link_text(l));
            let name = if name.contains(' ') { name.to_owned() } else { words.clone() };
            let rung = site_rung(around, &words);
            Owner::Body { name, rung, because: Reason { id: "outside-site", words } }
        }
        None => Owner::Company,
    }
}

/// Returns the rung of an outside body of which only the site is known: `adr` where disputes are spoken of.
fn site_rung(around: &Around, host: &str) -> Rung {
    const DISPUTES: [&str; 13] = [
        "dispuut",
        "ombud",
        "mediat",
        "médiat",
        "schlicht",
        "arbitr",
        "geschil",
        "odr",
        "dispute",
        "redress",
        "conciliat",
        "klacht",
        "litige",
    ];
    let near = [Zone::Anchor, Zone::Label, Zone::Clause, Zone::Path, Zone::Heading]
        .map(|zone| around.text(zone).to_lowercase());
    let says = |text: &str| DISPUTES.iter().any(|word| text.contains(word));
    let after_us = |m: &Mention| matches!(m.topic, Topic::Outside | Topic::SecondStage | Topic::Complaints);
    let unresolved = [Zone::Label, Zone::Clause].into_iter().any(|zone| around.named(zone).any(after_us));
    if says(host) || near.iter().any(|text| says(text)) || unresolved && !host.contains(".go") {
        Rung::Adr
    } else {
        Rung::Regulator
    }
}

/// Decides by what embedded data says.
fn by_data(around: &Around, name: &str) -> Owner {
    let because = Reason { id: "data-party", words: name.to_owned() };
    if around.page.own.has_name(name) { Owner::Company } else { by_name(around, name, because) }
}

/// Returns the name under which the page itself mentions a body near the hit.
fn printed_name(around: &Around, body: &Body) -> Option<String> {
    CLOSE
        .iter()
        .filter_map(|&zone| around.words(zone))
        .flat_map(|words| words.bodies(around.page))
        .find(|named| {
            named.proper && named.rung == body.rung && own::squash(&named.name) == own::squash(&body.name)
        })
        .map(|named| named.name.clone())
}

/// Decides by an outside body that the words name.
fn by_words(around: &Around, foreign: bool) -> Option<Owner> {
    let hit = around.hit;
    let is_web = around.channel() == Channel::Web;
    for zone in CLOSE {
        for words in around.zones.iter().filter(|words| words.zone == zone) {
            // What is named last before a value is what it belongs to.
            let bodies = words.bodies(around.page);
            // Of an addressee the first counts: an ombudsman in the house of a bank.
            let named = if zone == Zone::Addressee { bodies.first() } else { bodies.last() };
            let Some(body) = named else { continue };
            if !names_the_owner(words, body, foreign || is_web) {
                continue;
            }
            if !foreign
                && matches!(zone, Zone::Heading | Zone::LeadIn | Zone::Earlier)
                && has_own_label(around)
            {
                continue;
            }
            let beside = matches!(zone, Zone::Label | Zone::Row | Zone::Card | Zone::Clause | Zone::Heading);
            let ours =
                is_ours(words, body) || !is_web && beside && !body.known && around.page.is_at_home(hit);
            if !around.page.own.has_name(&body.name) && !ours {
                return Some(named_beside(body));
            }
            // An ombudsman of its own that the company names right beside the value.
            if !foreign && !is_web && !matches!(zone, Zone::Earlier | Zone::LeadIn) {
                return Some(Owner::Company);
            }
        }
    }
    if foreign {
        let body = around.words(Zone::After)?.bodies(around.page).first()?;
        return body.proper.then(|| named_beside(body));
    }
    None
}

/// Returns whether the label of a value tells that it is the company's: "registered office: …" at the end of a page,
/// whatever section came last.
fn has_own_label(around: &Around) -> bool {
    let own = |topic: Topic| {
        matches!(topic, Topic::LegalSeat | Topic::Register | Topic::Sales | Topic::Press | Topic::Careers)
            || matches!(topic, Topic::Fraud | Topic::Executive | Topic::Billing)
    };
    around.named(Zone::Label).any(|m| m.share >= 1.0 && own(m.topic))
}

/// Returns whether a text calls a body that nobody knows its own: "our ombudsperson's office".
fn is_ours(words: &Words, body: &Body) -> bool {
    let before = format!(" {}", words.text[..body.range.start].to_lowercase());
    let before = before.trim_end();
    let before = ["office of the", "office of"]
        .iter()
        .find_map(|of| before.strip_suffix(of))
        .unwrap_or(before)
        .trim_end();
    let inside = format!(" {}", body.name.to_lowercase());
    !body.known && OURS.iter().any(|ours| before.ends_with(ours.trim_end()) || inside.starts_with(ours))
}

/// Makes an owner of a body that the words beside a value name.
fn named_beside(body: &Body) -> Owner {
    let because = Reason { id: "outside-body", words: body.name.clone() };
    Owner::Body { name: body.name.clone(), rung: body.rung, because }
}

/// Returns whether words name a body as the one reached and not in passing.
fn names_the_owner(words: &Words, body: &Body, foreign: bool) -> bool {
    let rest = format!(" {} ", words.text[body.range.end..].to_lowercase());
    let turned = OURS.iter().any(|ours| rest.contains(ours));
    let lower = words.text[..body.range.start].to_lowercase();
    let passing = [
        "regulated by",
        "authorised by",
        "authorized by",
        "licensed by",
        "registered with",
        "supervised by",
        "before going to",
        "before contacting",
        "before you contact",
    ]
    .iter()
    .any(|way| lower.contains(way));
    match words.zone {
        Zone::Label | Zone::Anchor | Zone::Addressee | Zone::Row | Zone::Card => {
            !turned && (foreign || !passing)
        }
        Zone::Clause => !turned && (foreign || (!passing && body.proper)),
        Zone::Earlier | Zone::LeadIn => {
            !turned && body.proper && (foreign || (!passing && ends_with_it(words, body)))
        }
        Zone::Heading => body.proper && (foreign || 10 * body.name.len() >= 6 * words.text.trim().len()),
        _ => false,
    }
}

/// Returns whether a lead-in ends in the sentence that names the body.
fn ends_with_it(words: &Words, body: &Body) -> bool {
    let rest = &words.text[body.range.end..];
    rest.trim_end().ends_with(':') || rest.len() < 110
}

/// Decides by a foreign domain whose name is printed near.
fn by_domain(around: &Around, host: Option<&str>) -> Option<Owner> {
    let label =
        host.and_then(ladder::host::registrable).map(|d| d.split('.').next().unwrap_or_default().to_owned());
    let near = around.page.near(around.hit);
    if let Some(label) = label {
        let name = names::spelled_like(near, &label)
            .or_else(|| names::spelled_like(around.text(Zone::Heading), &label))?;
        let because = Reason { id: "foreign-domain", words: name.clone() };
        return (!around.page.own.has_name(&name)).then(|| by_name(around, &name, because));
    }
    if has_own_label(around) {
        return None;
    }
    // A number beside the name that a foreign mailbox on this page spells.
    let beside = [Zone::Label, Zone::Clause, Zone::Addressee, Zone::Card, Zone::LeadIn, Zone::Heading];
    let name = around.page.firms.iter().find(|name| {
        beside.iter().any(|&zone| {
            let text = around.text(zone);
            let at = text.rfind(name.as_str()).map(|at| at + name.len());
            at.is_some_and(|at| {
                let rest = format!(" {} ", text[at..].to_lowercase());
                !OURS.iter().any(|ours| rest.contains(ours))
            })
        })
    })?;
    Some(by_name(around, name, Reason { id: "foreign-domain", words: name.clone() }))
}

/// Decides by a domain that is called as a body outside is: `ivass.it`.
fn by_host(around: &Around, host: Option<&str>) -> Option<Owner> {
    let domain = host.and_then(ladder::host::registrable)?;
    let label = domain.split('.').next().unwrap_or_default();
    let said = around.page.said(label);
    let named = said.iter().find(|m| m.words.len() == label.len())?;
    let rung = match named.topic {
        Topic::Adr => Rung::Adr,
        Topic::Regulator => Rung::Regulator,
        _ => return None,
    };
    let name = names::spelled_like(around.page.near(around.hit), label).unwrap_or_else(|| domain.clone());
    let body = bodies::named_in(&name, around.page.context.country, true).into_iter().next();
    let rung = body.map_or(rung, |body| body.rung);
    (!around.page.own.has_name(&name)).then(|| Owner::Body {
        name,
        rung,
        because: Reason { id: "outside-host", words: domain.clone() },
    })
}

/// Returns the owner of a name: a body with power over the dispute where the name is one's, else a firm.
fn by_name(around: &Around, name: &str, because: Reason) -> Owner {
    match bodies::named_in(name, around.page.context.country, true).into_iter().next() {
        Some(body) => Owner::Body { name: name.to_owned(), rung: body.rung, because },
        None => Owner::Firm { name: name.to_owned(), aside: false, because },
    }
}

/// Decides by a firm that stands on many pages, or by words that tell of a host, an insurer, an agency, a helpline.
fn by_firm(around: &Around) -> Option<Owner> {
    if matches!(around.channel(), Channel::Form | Channel::Chat | Channel::Messaging) {
        return None;
    }
    for zone in [Zone::Addressee, Zone::Label, Zone::Clause, Zone::Card] {
        let text = around.text(zone);
        if let Some((range, kind)) = firms::named_in(text) {
            let name = names::around(text, range);
            if !around.page.own.has_name(&name) {
                return Some(Owner::Firm {
                    because: Reason { id: "known-firm", words: format!("{kind}: {name}") },
                    name,
                    aside: true,
                });
            }
        }
    }
    let told = |zone: Zone, topic: Topic| {
        around.named(zone).find(|m| m.topic == topic && m.share > 0.4).map(|m| m.words.clone())
    };
    for topic in [Topic::Agency, Topic::Insurer, Topic::Helpline] {
        let zones: &[Zone] = match topic {
            Topic::Helpline => &[Zone::Label, Zone::Clause],
            _ => &[Zone::Label, Zone::Clause, Zone::Card, Zone::Heading, Zone::Row],
        };
        let Some(words) = zones.iter().find_map(|&zone| told(zone, topic)) else { continue };
        let called = || {
            let proper = topic == Topic::Helpline && words.starts_with(char::is_uppercase);
            proper.then(|| words.clone())
        };
        let name = named_party(around).or_else(called).filter(|name| !around.page.own.has_name(name));
        if let Some(name) = name {
            return Some(Owner::Firm { name, aside: true, because: Reason { id: "other-firm", words } });
        }
    }
    by_site_beside(around)
}

/// Returns the name of another party printed with a value: the addressee, or the last capitalised words before it.
fn named_party(around: &Around) -> Option<String> {
    let addressee = around.text(Zone::Addressee);
    if !addressee.is_empty() {
        return Some(addressee.split(',').next().unwrap_or(addressee).to_owned());
    }
    [Zone::Label, Zone::Clause, Zone::Card].into_iter().find_map(|zone| {
        let text = around.text(zone);
        let at = text.rmatch_indices(char::is_uppercase).map(|(at, c)| at..at + c.len()).next()?;
        let name = names::around(text, at);
        (name.len() > 3).then_some(name)
    })
}

/// Decides by a foreign site named in the same sentence as the way to go: visit Tickets.example or call 555.
fn by_site_beside(around: &Around) -> Option<Owner> {
    if around.channel() != Channel::Phone {
        return None;
    }
    let clause = around.text(Zone::Clause);
    let named =
        clause.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).rev().take(4).find_map(
            |word| {
                let word = word
                    .trim_end_matches(['.', ':', ';'])
                    .trim_start_matches("https://")
                    .trim_start_matches("http://");
                let host = word.trim_start_matches("www.").split('/').next()?;
                let known = !word.contains('@') && host.contains('.') && host.len() > 4 && host.is_ascii();
                known
                    .then(|| ladder::host::registrable(&host.to_ascii_lowercase()))
                    .flatten()
                    .map(|domain| (domain, host.to_owned()))
            },
        );
    let (domain, printed) = named?;
    let suffix = psl::suffix(domain.as_bytes()).is_some_and(|s| s.is_known());
    let visits =
        ["visit", "go to", "besuchen", "visitez", "visite", "visita", "bezoek", "or at", "online at"];
    let lower = clause.to_lowercase();
    let sent_there = visits.iter().any(|v| lower.contains(v));
    (suffix && sent_there && around.page.own.has_host(&domain) == Some(false)).then(|| Owner::Firm {
        name: printed.clone(),
        aside: true,
        because: Reason { id: "site-beside", words: printed },
    })
}

/// Decides by the site of an outside body that follows: "Bus Watch, 1 High Street, 0300 111, www.buswatch.example".
fn by_site_after(around: &Around, at_home: bool) -> Option<Owner> {
    let phone_or_post = matches!(around.channel(), Channel::Phone | Channel::Postal | Channel::Email);
    if at_home || !phone_or_post || has_own_label(around) || !around.page.leads_to_site(around.hit) {
        return None;
    }
    // A name of one word is one where it is an abbreviation: `CM2C`.
    let short = |name: &str| name.len() >= 3 && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let named = |name: &String| name.contains(' ') || short(name);
    let name = named_party(around).filter(|name| named(name) && !around.page.own.has_name(name))?;
    let because = Reason { id: "outside-site", words: name.clone() };
    Some(match by_name(around, &name, because) {
        Owner::Firm { name, because, .. } => Owner::Body { name, rung: Rung::Adr, because },
        owner => owner,
    })
}

/// Decides by the body that an item of a list begins with: all that the item gives is its.
fn by_item(around: &Around, at_home: bool) -> Option<Owner> {
    let outline = around.page.outline;
    let block = around.hit.block?;
    let item = outline.blocks.get(block)?;
    let is_item = matches!(item.kind, BlockKind::Item { .. } | BlockKind::Definition);
    if at_home || !is_item || item.range.len() > MOST_OF_ITEM || around.page.is_at_home(around.hit) {
        return None;
    }
    let before = outline.text.get(item.range.start..around.hit.span.start.max(item.range.start))?;
    let head = super::lines::head(before, 160);
    if !head.starts_with(char::is_uppercase) {
        return None;
    }
    let body = bodies::named_in(head, around.page.context.country, true).into_iter().next()?;
    let rest = format!(" {} ", before.get(body.range.end..)?.to_lowercase());
    let turned = OURS.iter().any(|ours| rest.contains(ours));
    let begins = body.proper && body.range.start <= 6 && !turned && !around.page.own.has_name(&body.name);
    begins.then(|| named_beside(&body))
}

/// The longest item of a list that is about one body.
const MOST_OF_ITEM: usize = 480;

/// Decides by a section about bodies outside, for an address whose addressee is another's.
fn by_section(around: &Around) -> Option<Owner> {
    if around.channel() != Channel::Postal {
        return None;
    }
    let outside = |zone: Zone| {
        let of = |m: &&Mention| {
            matches!(m.topic, Topic::Outside) || zone == Zone::Heading && m.topic == Topic::Adr
        };
        around.named(zone).find(of).map(|m| m.words.clone())
    };
    let words = outside(Zone::Heading).or_else(|| outside(Zone::LeadIn))?;
    let name = around.text(Zone::Addressee).split(',').next().unwrap_or_default().trim();
    let company =
        around.named(Zone::Heading).any(|m| matches!(m.topic, Topic::Complaints | Topic::LegalSeat));
    let led = around.named(Zone::LeadIn).any(|m| m.topic == Topic::Outside);
    if name.len() < 6 || company && !led || around.page.own.has_name(name) {
        return None;
    }
    let because = Reason { id: "outside-section", words };
    Some(Owner::Body { name: name.to_owned(), rung: Rung::Adr, because })
}

/// Takes over the owner of the hit before, where nothing stands between but how to reach it.
fn inherited(around: &Around, before: &Owner, at_home: bool) -> Option<Owner> {
    let joined = around.page.follows(around.hit);
    // An address with an addressee of its own is that one's. A mailbox of nobody knows whom, right after an outside body's
    // number, is that body's.
    let addressee = around.text(Zone::Addressee).split(',').next().unwrap_or_default();
    let other = around.channel() == Channel::Postal && addressee.split(' ').count() >= 3;
    if other {
        return None;
    }
    let at_home = at_home && !matches!(before, Owner::Body { .. });
    if at_home
        || has_own_label(around)
        || !joined
        || *before == Owner::Company
        || around.channel() == Channel::Form
    {
        return None;
    }
    Some(before.clone())
}
