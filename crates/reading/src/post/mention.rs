//! Mentions: every place of a post at which a contact is printed, whoever prints it and whatever is said of it.
//!
//! The extractors of pages find numbers, mailboxes and postal addresses; what prose has besides (handles, bare addresses
//! of the web, accounts on messengers) is found here. What is kept of them is decided elsewhere.

use std::ops::Range;
use std::sync::LazyLock;

use atlas::Atlas;
use ladder::{Channel, Country, Link, Reach};
use regex::Regex;

use super::company::{Company, Owner};
use super::plain::{Disguise, Plain};
use super::sentence;
use super::thread::Message;
use crate::phone::{self, Regions};
use crate::{email, postal};

/// The most mentions of one post, and the most of each kind that are looked at: each is compared with all the others.
const MOST: usize = 600;

/// Where a contact stands, which it is, and what a call to it costs.
type Found = (Range<usize>, Reach, Option<ladder::Cost>);

/// A contact at one place of a post.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Channel and value.
    pub reach: Reach,
    /// Where it stands in the plain text.
    pub span: Range<usize>,
    /// In which message.
    pub message: usize,
    /// The sentence it stands in.
    pub sentence: Range<usize>,
    /// How its digits were hidden, if they were.
    pub disguise: Option<Disguise>,
    /// Whose its domain or handle is; `None` for numbers and postal addresses.
    pub owner: Option<Owner>,
    /// What a call costs by the kind of number.
    pub cost: Option<ladder::Cost>,
}

static URL: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r#"(?i)\bhttps?://[^\s<>"“”)\]}]+|(?:\bwww\.[^\s<>"“”)\]}]+)|\b(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|info|biz|io|app|me|ly|link|gle|support|help|online|site|xyz|top|live|click|page|shop|store|vip|icu|cc|pro|tech|cloud|services|co\.uk|org\.uk|gov\.uk|fr|de|es|it|nl|eu|au|ca|nz|ie|in|us|example|test)\b(?:/[^\s<>"“”)\]}]*)?"#,
    )
});

static HANDLE: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"@([A-Za-z0-9_]{3,30})\b"));

/// The rest of a handle with stops in it, as Instagram has them.
static DOTTED: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"^(?:\.[A-Za-z0-9_]{1,20}){1,4}"));

/// What makes a site one on which `@name` is an account of X.
static ON_X: LazyLock<Regex> =
    LazyLock::new(|| crate::post::rx(r"(?i)^https?://(?:[\w-]+\.)*(?:x|twitter|xcancel|nitter)\.[a-z.]+/"));

/// What makes a site one on which `@name` is an account of Instagram.
static ON_INSTAGRAM: LazyLock<Regex> =
    LazyLock::new(|| crate::post::rx(r"(?i)^https?://(?:[\w-]+\.)*instagram\.[a-z.]+/"));

/// A network whose pages name accounts by `@name` alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Network {
    X,
    Instagram,
}

impl Network {
    /// Tells on which network a page stands.
    fn of(page: &str) -> Option<Self> {
        if ON_X.is_match(page) {
            return Some(Self::X);
        }
        ON_INSTAGRAM.is_match(page).then_some(Self::Instagram)
    }
}

/// Finds the mentions of a post, in the order of the text.
#[must_use]
pub fn find(
    plain: &Plain,
    messages: &[Message],
    company: &Company,
    country: Option<Country>,
    regions: &Regions,
    page: Option<&str>,
) -> Vec<Mention> {
    let text = plain.text.as_str();
    let mut found: Vec<Found> = Vec::new();
    for m in email::scan(text).into_iter().take(MOST) {
        found.push((m.span, Reach::email(m.email), None));
    }
    let in_mail = |span: &Range<usize>, found: &[Found]| {
        found.iter().any(|(s, _, _)| s.start < span.end && span.start < s.end)
    };
    for m in URL.find_iter(text).take(MOST) {
        let before = text[..m.start()].chars().next_back();
        if before.is_some_and(|c| c == '@' || c.is_alphanumeric()) || in_mail(&m.range(), &found) {
            continue;
        }
        if let Some(reach) = link(m.as_str(), &sentence::around(text, m.start()), text, company) {
            found.push((m.range(), reach, None));
        }
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some(start)
        })
        .collect();
    // A mail code inside of an address ends it for the reader of addresses: it is read without, and told with it.
    let bare: Vec<String> = lines.iter().map(|line| without_mail_code(line)).collect();
    let bare: Vec<&str> = bare.iter().map(String::as_str).collect();
    for address in postal::scan(&bare, country).into_iter().take(MOST) {
        let start = starts.get(address.lines.start).map_or(0, |s| s + address.start);
        let end = starts.get(address.lines.end.saturating_sub(1)).map_or(start, |s| s + address.end);
        found.push((start..end.clamp(start, text.len()), Reach::postal(address.line), None));
    }
    for m in phone::scan(text, regions).into_iter().take(MOST) {
        // A box number or a web address is none.
        if in_mail(&m.span, &found)
            && !found.iter().any(|(s, r, _)| {
                r.channel() == Channel::Postal
                    && s.start < m.span.end
                    && m.span.start < s.end
                    && labelled_in(text, &m.span)
            })
        {
            continue;
        }
        let cost = m.number.as_ref().and_then(phone::Number::cost);
        found.push((m.span, m.reach, cost));
    }
    if country.is_some_and(|c| c.to_string() == "IN") {
        for (span, reach) in indian(text) {
            if !in_mail(&span, &found) {
                found.push((span, reach, None));
            }
        }
    }
    // Whoever hides a number means it for one, whatever word stands before it.
    for (span, _) in plain.hidden.iter().take(MOST) {
        let printed = &text[span.clone()];
        if printed.starts_with('+')
            && !in_mail(span, &found)
            && let Ok(number) = ladder::E164::parse(printed)
        {
            found.push((span.clone(), Reach::phone(number), None));
        }
    }
    let on = page.and_then(Network::of);
    accounts(text, messages, company, on, &mut found);
    found.sort_by_key(|(span, _, _)| (span.start, span.end));
    found.truncate(MOST);
    found
        .into_iter()
        .map(|(span, reach, cost)| {
            let message = messages.partition_point(|m| m.whole.start <= span.start).saturating_sub(1);
            let owner = owner(&reach, company);
            let mut sentence = sentence::around(text, span.start);
            if let Some(m) = messages.get(message)
                && sentence.start < m.body.start
                && span.start >= m.body.start
            {
                sentence.start = m.body.start;
            }
            sentence.end = sentence.end.max(span.end.min(text.len()));
            let disguise = plain.disguise_at(&span);
            Mention { reach, span, message, sentence, disguise, owner, cost }
        })
        .collect()
}

/// Blanks what a big house writes between its box and its town for its own post room: `Mail Code A-14`, `M/S 22`. Every byte
/// stays where it was.
fn without_mail_code(line: &str) -> String {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i),\s*(?:mail\s?(?:code|stop|drop|station|point)|m/s|internal\s+box)\s+[a-z0-9-]{1,8}\b",
        )
    });
    let mut line = line.to_owned();
    while let Some(found) = CODE.find(&line).map(|m| m.range()) {
        line.replace_range(found.clone(), &" ".repeat(found.len()));
    }
    line
}

/// Finds numbers as India writes them that plans call unassigned: ten digits in two groups, or a trunk code and the rest.
fn indian(text: &str) -> Vec<(Range<usize>, Reach)> {
    static NATIONAL: LazyLock<Regex> =
        LazyLock::new(|| crate::post::rx(r"\b(?:0(\d{2,4}[ -]\d{3,4}[ -]?\d{4})|([5-9]\d{4}[ -]?\d{5}))\b"));
    static NO_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)(?:\b(?:ref\w*|ticket|order|docket|account|a/c|booking|pnr|sr|complaint|request|invoice|awb|tracking|case|policy|id|no|number)\b\.?(?:\s+(?:no|number|id)\b\.?)?\W*|[\d#/+-]\s?)$",
        )
    });
    let number = |found: regex::Captures<'_>| {
        let whole = found.get(0)?;
        let before = crate::window::clip_end(&text[..whole.start()], 24);
        let digits: String =
            found.get(1).or_else(|| found.get(2))?.as_str().chars().filter(char::is_ascii_digit).collect();
        let told = before.to_lowercase();
        let named = told.contains("helpline") || told.contains("phone") || told.contains("customer care");
        if digits.len() != 10 || NO_NUMBER.is_match(before) && !named {
            return None;
        }
        Some((whole.range(), Reach::phone(ladder::E164::parse(&format!("+91{digits}")).ok()?)))
    };
    NATIONAL.captures_iter(text).take(MOST).filter_map(number).collect()
}

/// Adds the accounts on networks that are named by a handle.
fn accounts(
    text: &str,
    messages: &[Message],
    company: &Company,
    on: Option<Network>,
    found: &mut Vec<Found>,
) {
    let taken = |span: &Range<usize>, found: &[Found]| {
        found.iter().any(|(s, _, _)| s.start < span.end && span.start < s.end)
    };
    for m in HANDLE.captures_iter(text).take(MOST) {
        let (Some(whole), Some(name)) = (m.get(0), m.get(1)) else { continue };
        if text[..whole.start()]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'))
            || taken(&whole.range(), found)
        {
            continue;
        }
        let dotted = DOTTED.find(&text[whole.end()..]).filter(|rest| {
            // A sentence may end there, and the next begin without a space.
            rest.as_str().chars().nth(1).is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
        });
        let end = whole.end() + dotted.map_or(0, |rest| rest.len());
        let near = &text[text.floor_char_boundary(whole.start().saturating_sub(60))
            ..text.ceil_char_boundary((end + 80).min(text.len()))];
        if dotted.is_some() {
            if on == Some(Network::Instagram) || INSTAGRAM.is_match(near) {
                let handle = &text[whole.start() + 1..end];
                if let Some(reach) = account(handle, "instagram") {
                    found.push((whole.start()..end, reach, None));
                }
            }
            continue;
        }
        // Who writes is not named by that as somebody to write to.
        let header = messages.iter().find(|m| m.whole.start <= whole.start() && whole.start() < m.body.start);
        // An account that signs with the company's name under another handle.
        let poses = header.is_some_and(|m| company.is_named_in(&text[m.whole.start..whole.start()]));
        let signs = header.is_some();
        if let Some(reach) = handle(name.as_str(), text, whole.start(), on, (signs, poses), company) {
            found.push((whole.range(), reach, None));
        }
    }
    let labelled = LABELLED.captures_iter(text).filter_map(|m| Some((m.get(2)?, m.get(1)?)));
    let called = CALLED.captures_iter(text).filter_map(|m| Some((m.get(1)?, m.get(2)?)));
    for (name, place) in called.chain(labelled) {
        if taken(&name.range(), found) {
            continue;
        }
        if let Some(reach) = account(name.as_str().trim_end_matches('.'), place.as_str()) {
            found.push((name.range(), reach, None));
        }
    }
}

/// Whether the words right before a number announce it, inside of what was taken for an address.
fn labelled_in(text: &str, span: &Range<usize>) -> bool {
    let before = crate::window::clip_end(&text[..span.start], 12).to_lowercase();
    ["phone", "tel", "call", "ring"].iter().any(|w| before.contains(w))
}

/// Tells whose the domain or handle of a value is.
fn owner(reach: &Reach, company: &Company) -> Option<Owner> {
    if let Some(mail) = reach.as_email() {
        return Some(company.owner_of_host(mail.domain()));
    }
    let link = reach.as_link()?;
    if reach.channel() == Channel::Social {
        let handle = link.url().path().trim_matches('/');
        return Some(company.owner_of_handle(handle.rsplit('/').next().unwrap_or(handle)));
    }
    let owner = company.owner_of_host(link.url().host_str().unwrap_or_default());
    // A link that writes to an account of the company is the company's.
    if owner == Owner::Other && reach.channel() == Channel::Messaging {
        let target = link
            .url()
            .query_pairs()
            .find(|(k, _)| k == "to" || k == "recipient_id")
            .map(|(_, v)| v.into_owned());
        let target = target.unwrap_or_else(|| link.url().path().trim_matches('/').to_owned());
        return Some(company.owner_of_handle(&target));
    }
    Some(owner)
}

static FORM_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)form|claim|complain|contact|appeal|locked|recover|report|dispute|request|submit|case|reclam|reclam|beschwerde|kontakt|formul|klacht|contatti|segnal|feedback|guarantee|refund|ticket|hilfe|aide|ayuda|escalat|verify|unlock|login|confirm|account",
    )
});

/// What makes a page of the company's own a way to reach it: words of its path, or of the sentence that names it.
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)form|claim|compl[ai]|contact|appeal|locked|recover|report|disput|request|submit|case|recla|beschwerde|kontakt|hilfe|nachforsch|klacht|segnal|feedback|guarantee|refund|rimbors|rembours|reembols|erstatt|terugbetal|ticket|help|support|aide|ayuda|escalat|verify|unlock|portal|chat|write|message|raise|resolution|service|care|cancel|delay|bag|message|solicit|apply|appl|antrag|demande|pide\b|reset|passw|upload|subir|documenta|fahrgast|restore|impersonat|compromis|wrong|schreib|écri|escrib|scriv|schrijf",
    )
});

/// What bids a reader go to a page and do something there.
static LURES: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:click|tap|visit|open|connect|approve|migrat\w+|score[ds]?|order\w*|apply|settle|pay(?:\s|ing)|paid\s|deposit\w*|log\s?in|sign\s?(?:in|up)|register|resched\w+|rebook\w*|choose|enter\s|type\s|fill|scan|download|renew\w*|öffnen|klick\w*|zahl\w+|bezahl\w+|bestätig\w+|eingeb\w+|cliqu\w+|régl\w+|valid\w+|pague|pagar|clic|solicit\w+|verifi\w+|cliccare|paga(?:re)?|verific\w+|betaal\w*|klik\w*)",
    )
});

/// Makes a contact of a web address, where it is one.
fn link(printed: &str, around: &Range<usize>, text: &str, company: &Company) -> Option<Reach> {
    let printed = printed.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_']);
    let whole = if printed.to_lowercase().starts_with("http") {
        printed.to_owned()
    } else {
        format!("https://{printed}")
    };
    let link = Link::parse(&whole).ok()?;
    let host = link.url().host_str()?.trim_start_matches("www.").to_lowercase();
    let path = link.url().path().to_lowercase();
    let sentence = text[around.clone()].to_lowercase();
    let first = host.split('.').next().unwrap_or_default();
    let has_path = path.len() > 1;
    if host == "wa.me"
        || host.ends_with("whatsapp.com")
        || host == "t.me"
        || host == "m.me"
        || matches!(first, "dm" | "messages")
        || path.contains("/messages/compose")
        || path.contains("compose")
    {
        return Reach::link(Channel::Messaging, link).ok();
    }
    if let Some(profile) = crate::link::profile(link.url()) {
        return Some(profile);
    }
    if Atlas::builtin().by_link(link.as_str()).iter().any(|head| head.is_in_force()) || is_government(&host) {
        return Reach::link(Channel::Web, link).ok();
    }
    match company.owner_of_host(&host) {
        Owner::Own if path.contains("chat") || first == "chat" => Reach::link(Channel::Chat, link).ok(),
        Owner::Own if !has_path && (sentence.contains("chat") && !sentence.contains("form")) => {
            Reach::link(Channel::Chat, link).ok()
        }
        Owner::Own
            if FORM_WORDS.is_match(first)
                || has_path
                    && (LEADS.is_match(&path) || LEADS.is_match(first) || LEADS.is_match(&sentence)) =>
        {
            Reach::link(Channel::Form, link).ok()
        }
        Owner::LookAlike => Reach::link(Channel::Form, link).ok(),
        Owner::Other
            if FORM_WORDS.is_match(&path)
                || FORM_WORDS.is_match(&host)
                || is_short(&host)
                || LURES.is_match(&sentence) =>
        {
            Reach::link(Channel::Form, link).ok()
        }
        // A bare domain says where the company is, not how to reach anyone.
        Owner::Own | Owner::Other => None,
    }
}

/// Suffixes and domains that only governments have, which do not say so by a label of their own.
const GOVERNMENTS: [&str; 7] =
    ["gv.at", "nic.in", "europa.eu", "admin.ch", "canada.ca", "bund.de", "overheid.nl"];

/// Returns whether a host (in lower case) is a government's: it lies below a suffix that only governments register under. A label
/// further left says nothing, as anybody may call a subdomain `gov`.
#[must_use]
pub fn is_government(host: &str) -> bool {
    // `gov.refund.test` would be nobody's suffix: it counts by what registries list alone.
    let Some(suffix) = psl::suffix(host.as_bytes()).filter(psl::Suffix::is_known) else { return false };
    let suffix = std::str::from_utf8(suffix.as_bytes()).unwrap_or_default();
    // Provinces of Canada have no suffix of their own: `gov.bc.ca`.
    let of_province = suffix.split_once('.').is_some_and(|(_, country)| country == "ca")
        && psl::domain_str(host).is_some_and(|domain| domain.starts_with("gov."));
    let reserved = |label| matches!(label, "gov" | "gouv" | "gob" | "govt" | "gc" | "mil");
    let ends = |end: &&str| host.strip_suffix(*end).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    of_province || suffix.split('.').any(reserved) || GOVERNMENTS.iter().any(ends)
}

/// Returns whether a host only forwards to another.
pub(super) fn is_short(host: &str) -> bool {
    matches!(
        host,
        "bit.ly"
            | "tinyurl.com"
            | "goo.gl"
            | "t.co"
            | "is.gd"
            | "cutt.ly"
            | "rebrand.ly"
            | "ow.ly"
            | "shorturl.at"
            | "rb.gy"
            | "buff.ly"
            | "t.ly"
            | "s.id"
            | "tiny.cc"
    ) || host
        .split('.')
        .next()
        .is_some_and(|l| matches!(l, "short" | "bitly" | "tiny" | "shorturl" | "qr" | "go" | "lnk" | "link"))
}

static TELEGRAM: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"(?i)\b(?:telegram|tg)\b"));
static TWITTER: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(r"(?i)\btwitter\b|\bon X\b|\btweet|\bsur X\b|\bauf X\b|\ben X\b|\bsu X\b|\bop X\b")
});
static INSTAGRAM: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"(?i)\b(?:instagram|insta|ig)\b"));

/// An account without its sign: `write to fixit_joe on Instagram`.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:to|contact|contacte[rz]?|message|messaged|dm|text|hit\s+up|add|find|reach|an|à|a|is|called)\s+([a-z0-9][a-z0-9_.]{4,29})\s+(?:is\s+)?(?:on|auf|sur|en|su|op)\s+(?:his\s+|her\s+|the\s+)?(instagram|insta|ig|telegram|tg)\b",
    )
});

/// An account behind the name of its network: `Telegram: FixDesk_Agent`.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(telegram|tg|instagram|insta|ig)\s*(?:id|handle|user(?:name)?|account)?\s*[:=–-]\s*@?([a-z][a-z0-9_]{4,31})\b(?:$|[\s.,;!?)])",
    )
});

/// Makes a contact of an account that is named with its network.
fn account(name: &str, network: &str) -> Option<Reach> {
    // A word of the language is no account.
    if !name.contains(|c: char| c == '_' || c == '.' || c.is_ascii_digit()) && name.len() < 8 {
        return None;
    }
    let (base, channel) = if network.to_lowercase().starts_with('t') {
        ("https://t.me/", Channel::Messaging)
    } else {
        ("https://www.instagram.com/", Channel::Social)
    };
    Reach::link(channel, Link::parse(&format!("{base}{name}")).ok()?).ok()
}

/// Makes a contact of a handle; `signs` and `poses` say that it stands where an author signs, and with the company's name.
fn handle(
    name: &str,
    text: &str,
    at: usize,
    on: Option<Network>,
    (signs, poses): (bool, bool),
    company: &Company,
) -> Option<Reach> {
    let near = &text
        [text.floor_char_boundary(at.saturating_sub(60))..text.ceil_char_boundary((at + 80).min(text.len()))];
    let profile = |base: &str| Link::parse(&format!("{base}{name}")).ok();
    if TELEGRAM.is_match(near) {
        return Reach::link(Channel::Messaging, profile("https://t.me/")?).ok();
    }
    let owner = company.owner_of_handle(name);
    if (INSTAGRAM.is_match(near) || on == Some(Network::Instagram)) && on != Some(Network::X) {
        // A stranger's account that somebody names is one to write to, whoever it is.
        return (owner != Owner::Other || !signs)
            .then(|| profile("https://www.instagram.com/"))
            .flatten()
            .and_then(|l| Reach::link(Channel::Social, l).ok());
    }
    let told = text.len() < 4_000 && TWITTER.is_match(text);
    ((on == Some(Network::X) || told || TWITTER.is_match(near)) && (owner != Owner::Other || poses))
        .then(|| profile("https://x.com/"))
        .flatten()
        .and_then(|l| Reach::link(Channel::Social, l).ok())
}
