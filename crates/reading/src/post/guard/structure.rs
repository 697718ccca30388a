//! Signs that are not words alone: how a number is written and repeated, who names it, on whose domain and page.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ladder::{Channel, Cost, Rung};
use regex::Regex;

use super::super::Scene;
use super::super::company::{Owner, imitates};
use super::super::mention::{Mention, is_short};
use super::super::plain::Disguise;
use super::super::rungs;
use super::super::stance::Said;
use super::super::thread::{self, Role};
use super::{Trace, live};

macro_rules! words {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| crate::post::rx($pattern));
    };
}

/// The mentions that are pushed, with their place in the list.
pub(super) fn pushed<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = (usize, &'s Mention)> {
    scene.mentions.iter().enumerate().filter(|(i, _)| scene.is_pushed(*i))
}

pub(super) fn at(mention: &Mention) -> Trace {
    Trace { message: Some(mention.message), range: mention.sentence.clone() }
}

fn header(scene: &Scene<'_>, message: usize) -> Trace {
    let m = &scene.messages[message];
    Trace { message: Some(message), range: m.whole.start..m.body.start }
}

/// Messages of strangers that push something: a contact, or one to a private channel.
fn pushers<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = usize> + 's {
    live(scene).filter(|&m| {
        scene.mentions.iter().enumerate().any(|(i, x)| x.message == m && scene.is_pushed(i))
            || PRIVATE.is_match(scene.words(m))
    })
}

pub(super) fn new_account(scene: &Scene<'_>) -> Vec<Trace> {
    let mut found: Vec<Trace> = pushers(scene)
        .filter(|&m| thread::is_new_account(&scene.messages[m].note))
        .map(|m| header(scene, m))
        .collect();
    // A review says so in its own text; a profile line does above the text.
    for m in pushers(scene) {
        let message = &scene.messages[m];
        let text = &scene.plain.text[message.whole.clone()];
        if let Some(hit) = FRESH.find(text) {
            found.push(Trace {
                message: Some(m),
                range: message.whole.start + hit.start()..message.whole.start + hit.end(),
            });
        }
    }
    found
}

words!(
    FRESH,
    r"(?xi)\b(?:reviewer\ has\ 1\ review|1\ review(?:\s*[·)]|$|\ ·)|(?:member|joined|account|registered)[^.\n]{0,24}(?:this\ week|today|yesterday|\d\ (?:minutes?|hours?|days?)\ ago)|\(?\b[01]\ (?:followers?|connections?|friends?)\b|joined\ this\ week|lid\ sinds\ vandaag|1\ bericht\b|friend\ of\ no\ one|1\ (?:réponse|avis|rezension|bewertung|reseña|recensione|recensie|opinión)\b|not\ verified\b|membre\ depuis\ (?:hier|aujourd)|(?:seit|neu)\ heute)"
);

pub(super) fn poses_as_company(scene: &Scene<'_>) -> Vec<Trace> {
    pushers(scene)
        .filter(|&m| {
            scene.messages[m].role == Role::SaysCompany && !FORMER.is_match(&scene.messages[m].author)
        })
        .map(|m| header(scene, m))
        .collect()
}

words!(FORMER, r"(?i)^\W*(?:u/)?(?:ex|former|not|anti)[_ -]");

pub(super) fn look_alike_name(scene: &Scene<'_>) -> Vec<Trace> {
    live(scene)
        .filter(|&m| {
            let author = &scene.messages[m].author;
            let head = &scene.plain.text[scene.messages[m].whole.start..scene.messages[m].body.start];
            let handle = author
                .strip_prefix('@')
                .is_some_and(|h| scene.company.owner_of_handle(h) == Owner::LookAlike);
            !author.is_empty() && (handle && thread::is_desk(head) || imitates(&scene.company, head))
        })
        .map(|m| header(scene, m))
        .collect()
}

/// Accounts that bear the company's name and answer where another one of that name was asked, which never speaks.
pub(super) fn another_account(scene: &Scene<'_>) -> Vec<Trace> {
    static HANDLE: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"@([A-Za-z0-9_]{3,30})\b"));
    let lower = |m: usize| scene.messages[m].author.trim_start_matches('@').to_lowercase();
    let handle_of = |m: usize| {
        let message = &scene.messages[m];
        let head = &scene.plain.text[message.whole.start..message.body.start];
        HANDLE.captures(head).map_or_else(|| lower(m), |found| found[1].to_lowercase())
    };
    let Some(asker) = scene.messages.first() else { return Vec::new() };
    let asked: Vec<String> = HANDLE
        .captures_iter(&scene.plain.text[asker.body.clone()])
        .map(|found| found[1].to_lowercase())
        .filter(|handle| scene.company.owner_of_handle(handle) != Owner::Other)
        .collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let speakers: Vec<String> = (1..scene.messages.len()).map(handle_of).collect();
    if speakers.iter().any(|speaker| asked.contains(speaker)) {
        return Vec::new();
    }
    (1..scene.messages.len())
        .zip(&speakers)
        // A company may have a second account for its customers: that is why this weighs little.
        .filter(|(m, speaker)| {
            scene.company.owner_of_handle(speaker) != Owner::Other && !scene.moods[*m].refuted
        })
        .map(|(m, _)| header(scene, m))
        .collect()
}

pub(super) fn not_the_profile(scene: &Scene<'_>) -> Vec<Trace> {
    live(scene)
        .filter(|&m| {
            NOT_PROFILE.is_match(&scene.messages[m].note) && scene.messages[m].role == Role::SaysCompany
        })
        .map(|m| header(scene, m))
        .collect()
}

words!(
    NOT_PROFILE,
    r"(?i)not by the|by (?:a )?reader|flagged|not the (?:claimed|verified|official|real|business|profile)|unverified|unclaimed|not verified|not claimed|posted by|profile picture|another user|not responded|user[- ]submitted|added by"
);

pub(super) fn look_alike_domain(scene: &Scene<'_>) -> Vec<Trace> {
    let mut found: Vec<Trace> = pushed(scene)
        .filter(|(_, m)| {
            m.owner == Some(Owner::LookAlike)
                && matches!(m.reach.channel(), Channel::Email | Channel::Form | Channel::Web | Channel::Chat)
        })
        .filter(|(_, m)| {
            m.reach.channel() == Channel::Email
                && m.reach
                    .as_email()
                    .is_some_and(|e| scene.company.owner_of_host(e.domain()) == Owner::LookAlike)
                || m.reach.as_link().is_some()
        })
        .map(|(_, m)| at(m))
        .collect();
    // Who writes names himself first (`HMRC: …`), and leads to a host that bears that name beside other words.
    if let Some(sender) = SENDER.captures(scene.plain.text.trim_start()).map(|found| found[1].to_lowercase())
    {
        let bears = |m: &Mention| {
            let host = m.reach.as_link().and_then(|link| link.url().host_str().map(str::to_lowercase));
            host.is_some_and(|host| {
                host.split(['.', '-']).any(|part| part == sender)
                    && host.split('.').all(|label| label != sender)
            })
        };
        found.extend(pushed(scene).filter(|(_, m)| bears(m)).map(|(_, m)| at(m)));
    }
    if let Some(host) = scene.url.as_ref().and_then(url::Url::host_str)
        && scene.company.owner_of_host(host) == Owner::LookAlike
        && thread::is_desk(host)
    {
        found.push(Trace { message: None, range: 0..0 });
    }
    found
}

/// A host or mailbox that bears the name of an outside body among other words: `fca-redress-office.example`.
pub(super) fn borrowed_body(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(_, m)| {
            let host = m.reach.as_link().and_then(|link| link.url().host_str());
            let host = host.or_else(|| m.reach.as_email().map(ladder::Email::domain)).unwrap_or_default();
            m.owner != Some(Owner::Own)
                && rungs::of_a_body(m).is_none()
                && host
                    .split('.')
                    .any(|label| label.contains('-') && label.split('-').any(|part| BODIES.contains(&part)))
        })
        .map(|(_, m)| at(m))
        .collect()
}

/// Bodies by the letters under which people know them, and what only governments are called.
const BODIES: [&str; 24] = [
    "gov", "govt", "fca", "fos", "hmrc", "irs", "ssa", "ofgem", "ofcom", "ofwat", "cfpb", "ftc", "fcc",
    "bbb", "sec", "fbi", "interpol", "europol", "rbi", "sebi", "trai", "bafin", "accc", "asic",
];

words!(SENDER, r"^(\p{Lu}[\p{L}\d]{2,20})\s?:");

pub(super) fn free_mail(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(_, m)| {
            m.reach.as_email().is_some_and(|e| {
                let bait = scene.company.is_named_in(e.local())
                    || thread::is_desk(e.local())
                    || crate::email::is_for_everyone(e.domain())
                    || HELPING.is_match(e.domain())
                    || scene.moods[m.message].sells;
                m.owner == Some(Owner::Other)
                    && rungs::of_a_body(m).is_none()
                    && bait
                    && !is_firms(scene, m, e)
            })
        })
        .map(|(_, m)| at(m))
        .collect()
}

/// Whether the line names the firm that the mailbox's domain spells: in a list of several firms each has its own.
fn is_firms(scene: &Scene<'_>, mention: &Mention, mailbox: &ladder::Email) -> bool {
    let text = &scene.plain.text;
    let start = text[..mention.span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[start..mention.span.start].to_lowercase();
    let label = mailbox.domain().split('.').next().unwrap_or_default();
    label.len() >= 5 && before.split(|c: char| !c.is_alphanumeric()).any(|word| word == label)
}

words!(
    HELPING,
    r"(?i)free|recover|recoup|reclaim|revive|rescue|tracer?\b|refund|unlock|hack|support|helpdesk|mail\.|mail\b"
);

pub(super) fn page_on_host(scene: &Scene<'_>) -> Vec<Trace> {
    let Some(url) = scene.url.as_ref() else { return Vec::new() };
    let host = url.host_str().unwrap_or_default();
    if scene.company.owner_of_host(host) == Owner::Own || scene.messages.iter().any(|m| !m.author.is_empty())
    {
        return Vec::new();
    }
    let first = host.split('.').next().unwrap_or_default();
    let storage = matches!(
        first,
        "files"
            | "sites"
            | "docs"
            | "uploads"
            | "storage"
            | "cdn"
            | "pages"
            | "site"
            | "help"
            | "support"
            | "media"
            | "assets"
            | "static"
            | "attachments"
            | "wiki"
            | "my"
            | "kb"
            | "desk"
    ) || HOSTED.is_match(url.path())
        || host.contains("page")
        || host.contains("desk");
    let path = url.path().to_lowercase();
    let bait = SUPPORT.is_match(&path) && scene.company.is_named_in(&path.replace(['-', '_', '/'], " "));
    let random = RANDOM.is_match(&path);
    let farm = FARM.is_match(host) && !host.contains("ladder");
    if (bait && (storage || random)) || farm && pushed(scene).next().is_some() {
        return vec![Trace {
            message: None,
            range: 0..scene.plain.text.find('\n').unwrap_or(scene.plain.text.len()).min(160),
        }];
    }
    Vec::new()
}

words!(
    HOSTED,
    r"(?i)/(?:uploads?|files?|attachments?|media|view|document|download|wp-content|forms?|public|articles)/"
);
words!(
    SUPPORT,
    r"(?i)policy|cancel|change|reservation|booking|complaint|unlock|login|wallet|phone|number|support|customer|care|contact|helpline|speak|human|refund|toll|live|hotline|service|reach|call"
);
words!(
    RANDOM,
    r"(?i)[-_][a-z0-9]*(?:\d[a-z]|[a-z]\d|[bcdfghjklmnpqrstvwxz]{4})[a-z0-9]*(?:\.html?)?/?(?:home)?/?$"
);
words!(
    FARM,
    r"(?i)helpers?|helpline|corporate-?office|customer-?(?:care|service|support)|contact-?number|phone-?number|toll-?free|247|recover|refund|arbitrage|tips?\b|guide|support"
);

pub(super) fn repeated(scene: &Scene<'_>) -> Vec<Trace> {
    let mut times: BTreeMap<(&str, usize), Vec<&Mention>> = BTreeMap::new();
    for (_, m) in pushed(scene).filter(|(_, m)| m.reach.as_number().is_some()) {
        times.entry((m.reach.value(), m.message)).or_default().push(m);
    }
    times
        .values()
        .filter(|all| {
            all.len() >= 3
                || all.len() == 2 && all[1].span.start - all[0].span.end < 60 && scene.messages.len() == 1
                || all.len() == 2 && all.iter().all(|m| follows_a_mark(&scene.plain.text, m))
        })
        .map(|all| Trace {
            message: Some(all[0].message),
            range: all[0].span.start..all[all.len() - 1].span.end,
        })
        .collect()
}

/// Whether a sign that draws the eye stands right before a value.
fn follows_a_mark(text: &str, mention: &Mention) -> bool {
    text[..mention.span.start].trim_end().ends_with(|c: char| is_mark(c) || c == '\u{fe0f}')
}

pub(super) fn decorated(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(_, m)| {
            if m.reach.as_number().is_none() {
                return false;
            }
            let text = &scene.plain.text;
            let before = crate::window::clip_end(&text[..m.span.start], 14);
            let after = crate::window::clip(&text[m.span.end..], 14);
            let marks = |s: &str| s.chars().filter(|c| is_mark(*c)).count();
            let (b, a) = (marks(before), marks(after));
            b >= 1 && a >= 1
                || b >= 2
                || before.ends_with("{{")
                || before.trim_end().ends_with(['【', '『', '《', '[', '~', '⟪', '{'])
        })
        .map(|(_, m)| at(m))
        .collect()
}

/// Whether a character only draws the eye: a picture, an arrow, a star, a box, a bracket of another script.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27ef}' | '\u{2900}'..='\u{29ff}' | '\u{2b00}'..='\u{2bff}'
            | '\u{3008}'..='\u{301b}' | '\u{1f000}'..='\u{1faff}'
    ) || matches!(c, '‼' | '※' | '{' | '}' | '=' | '~' | '^')
}

pub(super) fn disguised(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(_, m)| {
            m.reach.as_number().is_some()
                && matches!(m.disguise, Some(Disguise::Glyphs | Disguise::Spaced | Disguise::Letters))
        })
        .map(|(_, m)| at(m))
        .collect()
}

pub(super) fn said_in_words(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(_, m)| {
            m.disguise == Some(Disguise::Words)
                && scene.mentions.iter().all(|o| o.reach != m.reach || o.disguise == Some(Disguise::Words))
        })
        .map(|(_, m)| at(m))
        .collect()
}

words!(
    ANY_BRAND,
    r"(?xi)\bany\ (?:other\ )?(?:airlines?|bank|company|carrier|brand|provider|operator|insurer|retailer|courier|exchange|wallet|printer|hotel|app|network|device|utility)\b|\ball\ (?:the\ )?(?:airlines|banks|carriers|brands|printers|exchanges|couriers|wallets)\b|every\ (?:airline|bank|carrier|brand)\b|24[/x*-]7\ airlines|one\ number\ (?:that\ )?(?:you\ need|for\ all)|alle\ (?:airlines|fluggesellschaften|banken|anbieter|marken)\b[^.\n]{0,30}nummer|toutes\ (?:les\ )?(?:compagnies|banques|marques)|todas\ las\ (?:aerolíneas|compañías|marcas)|tutte\ le\ (?:compagnie|banche|marche)|alle\ (?:luchtvaartmaatschappijen|banken|merken)\b[^.\n]{0,30}nummer"
);
words!(
    NAME_LIST,
    r"(?:\p{Lu}[\p{L}-]{2,}(?:\s\p{Lu}[\p{L}-]{2,})?,\s+){2,}(?:(?:and|or|&|und|oder|et|ou|y|o|e|en|of)\s+)?\p{Lu}[\p{L}-]{2,}"
);
words!(RELATED, r"(?i)(?:how to|also|related|same number|same line|works for|and for)[^.\n]{0,60}\p{Lu}");

pub(super) fn many_brands(scene: &Scene<'_>) -> Vec<Trace> {
    let text = &scene.plain.text;
    let mut found = Vec::new();
    for (_, m) in pushed(scene).filter(|(_, m)| m.reach.as_number().is_some()) {
        let sentence = &text[m.sentence.clone()];
        if ANY_BRAND.is_match(sentence) {
            found.push(at(m));
            continue;
        }
        // The list names the company and others beside it, and one number for them all.
        let numbers = scene
            .mentions
            .iter()
            .filter(|o| o.sentence == m.sentence && o.reach != m.reach && o.reach.as_number().is_some())
            .count();
        if numbers <= 1
            && NAME_LIST.find(sentence).is_some_and(|l| {
                scene.company.is_named_in(sentence)
                    && !POSTAL.is_match(l.as_str())
                    && (sentence.len() - l.end() < 110 || l.start() < 110)
            })
        {
            let beside = NAME_LIST.find(sentence).map_or("", |l| l.as_str());
            if beside.split(',').filter(|p| !scene.company.is_named_in(p)).count() >= 2 {
                found.push(at(m));
                continue;
            }
        }
        // The same number again beside the name of another firm.
        let again: Vec<&Mention> = scene.mentions.iter().filter(|o| o.reach == m.reach).collect();
        if again.len() >= 2
            && again
                .iter()
                .filter(|o| {
                    RELATED.is_match(&text[o.sentence.clone()])
                        && !scene
                            .company
                            .is_named_in(crate::window::clip_end(&text[o.sentence.start..o.span.start], 40))
                })
                .count()
                >= 2
        {
            found.push(at(m));
        }
    }
    found
}

words!(
    POSTAL,
    r"(?i)street|road|avenue|postfach|apartado|quai|platz|allee|\bbp\b|\btsa\b|suite|floor|house|park|p\.?o\.? box|\bst\b|straße|rue|calle|via\b"
);

words!(
    BAIT_TITLE,
    r"(?xi)\b(?:how\ (?:do|can|could|to|would)\b[^?\n]{0,50}\b(?:speak|talk|contact|reach|call|get|escalate|cancel|chat)\b|what\ is\ (?:the\ )?[^?\n]{0,60}(?:number|phone|helpline|contact)|(?:is|does)\s[^?\n]{0,40}(?:24/7|phone\ number|customer\ service)|(?:comment|où)\ (?:joindre|contacter|appeler|parler)|(?:wie|wo)\s[^?\n]{0,40}(?:erreiche|kontaktier|anrufen|sprech)\w*|cómo\ (?:contactar|llamar|hablar|puedo)|come\ (?:contattare|parlare|chiamare)|hoe\ (?:kan|bereik|neem)\ (?:ik|je))"
);
words!(
    CATCHWORDS,
    r"(?xi)\b(?:toll[-\ ]?free|24\s?[x*/-]\s?7|24h/24|7j/7|rund\ um\ die\ uhr|live\ person|live\ (?:agent|representative|human)|representatives?|customer\ (?:care|service|support)(?:\ (?:phone\ )?number)?|phone\ number|helpline(?:\ number)?|hotline|contact\ number|no\ hold|without\ wait\w*|support\ number|refund\ (?:number|helpline)|help\ desk|numéro\ gratuit|servicenummer|kostenlose?\ (?:nummer|hotline)|número\ gratuito|numero\ verde|easy\ steps|step[-\ ]by[-\ ]step|upvote|dedicated\ (?:airlines?|person|agent|team|expert|desk)|\#\w+|accurate\ one|real\ one)\b|\{\{|\}\}|\#Number"
);

pub(super) fn search_bait(scene: &Scene<'_>) -> Vec<Trace> {
    let text = &scene.plain.text;
    let title = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let mut found = Vec::new();
    for m in pushers(scene) {
        let words = scene.words(m);
        let mut kinds: Vec<String> = CATCHWORDS.find_iter(words).map(|h| h.as_str().to_lowercase()).collect();
        kinds.sort();
        kinds.dedup();
        let tags = words.matches(" #").count();
        let brand = scene.company.times_in(words);
        let asked = BAIT_TITLE.is_match(title) && m <= 1 && scene.messages.len() <= 2;
        let score = kinds.len().min(4)
            + usize::from(asked) * 2
            + usize::from(tags >= 3) * 2
            + usize::from(brand >= 4) * 2
            + usize::from(PLACES.is_match(words) && scene.mentions.iter().any(|x| x.message == m)) * 2
            + usize::from(brand == 3);
        if score >= 4 {
            found.push(Trace {
                message: Some(m),
                range: scene.messages[m].body.start
                    ..scene.messages[m].body.end.min(scene.messages[m].body.start + 200),
            });
        }
    }
    found
        .into_iter()
        .map(|mut t| {
            t.range.end = text.floor_char_boundary(t.range.end);
            t
        })
        .collect()
}

// A list of places that are served.
words!(
    PLACES,
    r"(?:\p{Lu}[\p{L}-]{2,}(?:\s\p{Lu}[\p{L}-]{2,})?,\s+){4,}(?:(?:and|&|und|et|y|e|en)\s+)?\p{Lu}[\p{L}-]{2,}"
);

words!(
    PRAISE,
    r"(?xi)\b(?:so\ (?:helpful|kind|polite|nice|professional|quick|fast|easy)|very\ (?:helpful|kind|polite|nice|professional|good\ (?:service|team))|highly\ recommend\w*|amazing|best\s[^.\n]{0,20}support|great\ service|excellent\ (?:service|team|support)|(?:warm\ and\ )?professional\ (?:team|agent|expert|travel|service|man|gentleman)|super\ (?:nett|freundlich|schnell|service|gentils?|simpatic\w+)|très\ (?:gentil|professionnel|aimable|efficace)|muy\ (?:amables?|profesional\w*|atent\w+)|gentilissim\w+|professionali(?:ssim\w+)?|heel\ (?:vriendelijk|aardig|netjes)|topservice|not\ kidding|thank\ you\ so\ much|polite\ people|recommend\s[^.\n]{0,40}(?:every|all|any)\b|saved\ (?:my|me)|life\ ?-?saver)\b|!!!|100%"
);
words!(
    AGREES,
    r"(?i)^\W*(?:(?:i\s+)?just\s+(?:got|came)\s+off\b|(?:wow|omg|ok|oh)\W+(?:it|that|this)\s+(?:really\s+|actually\s+)?worked|yup|yep|vouch|same|can confirm|worked for me|works|thank you|thanks|bro same|confirmed|true|yes|this works|legit|real|vouch|danke|merci|gracias|grazie|bedankt|funziona|klappt|me too)\b"
);

pub(super) fn shill(scene: &Scene<'_>) -> Vec<Trace> {
    let text = &scene.plain.text;
    let mut found: Vec<Trace> = pushers(scene)
        .filter(|&m| {
            let words = scene.words(m);
            let numbers = pushed(scene).filter(|(_, x)| x.message == m).count();
            let hits = PRAISE.find_iter(words).count();
            numbers >= 1 && hits >= 2 || hits >= 1 && REFERS.is_match(words) && numbers >= 1
        })
        .map(|m| Trace { message: Some(m), range: scene.messages[m].body.clone() })
        .collect();
    // Several writers who agree in few words, of new accounts or with names of one make.
    let agree: Vec<usize> = live(scene)
        .filter(|&m| m > 0 && AGREES.is_match(scene.words(m).trim()) && scene.words(m).len() < 120)
        .filter(|&m| {
            thread::is_new_account(&scene.messages[m].note)
                || PRAISE.is_match(scene.words(m))
                || like_another(scene, m)
        })
        .collect();
    if let Some(&m) = agree.first()
        && pushed(scene).any(|(_, x)| x.message < m)
    {
        found.push(Trace { message: Some(m), range: scene.messages[m].whole.clone() });
    }
    for t in &mut found {
        t.range.end = text.floor_char_boundary(t.range.end.min(t.range.start + 200));
    }
    found
}

words!(REFERS, r"(?i)\b(?:team|department|desk|dept|mr|gentleman|officer|agent|expert|technician)\b");

/// Whether the author has nearly the name of another in the thread, or one that is made after the same plan: a word, a letter,
/// digits.
fn like_another(scene: &Scene<'_>, message: usize) -> bool {
    let bare = |a: &str| a.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let plan = |a: &str| {
        let mut plan = String::new();
        for c in a.chars().filter(|c| *c != '@') {
            let kind = if c.is_alphabetic() { 'a' } else { c };
            if kind != 'a' || !plan.ends_with('a') {
                plan.push(if c.is_ascii_digit() { '9' } else { kind });
            }
        }
        plan.ends_with("999").then_some(plan)
    };
    let own = &scene.messages[message].author;
    scene.messages.iter().any(|m| {
        !own.is_empty()
            && m.author != *own
            && (bare(&m.author) == bare(own) || plan(own).is_some() && plan(own) == plan(&m.author))
    })
}

words!(
    PRIVATE,
    r"(?xi)\b(?:(?:message|contact|text|reach|write|add|dm)\s[^.!?\n]{0,40}?\bon\ (?:whats\ ?app|telegram|signal|messenger)\b|(?:message|contact|text|reach|write|ping|chat|whats\ ?app|add|dm|inbox|hit)\s+(?:me|us|him|her|them|our\s[\w\ ]{3,25}|only|up)?\s*(?:on|via|at|through|by)?\s*(?:whats\ ?app|telegram|signal|messenger|instagram|wa)\b|(?:only|message)\s+on\s+whats\ ?app|(?:share|send|give|drop|provide)\s+(?:your|ur)\s+(?:mobile|phone|contact|whats\ ?app|personal|registered)?\s*(?:number|no\.?|details|contact)\s+(?:through|via|in|by|on|to)\s+(?:dm|direct|private|inbox|pm|message)|dm\ (?:for|me|us)\b|inbox\ (?:me|us)|text\ our\s[\w\ ]{3,25}(?:desk|team)|will\ (?:whats\ ?app|text|message|call)\s+(?:you\s+)?(?:from|on)|schreib\w*\s[^.\n]{0,30}(?:whats\ ?app|telegram)|per\ (?:whats\ ?app|telegram)\ (?:an|unter)|(?:écri\w+|contact\w+|ajoutez)\s[^.\n]{0,30}(?:whats\ ?app|telegram)|(?:escrib\w+|contact\w+)\s[^.\n]{0,30}(?:whats\ ?app|telegram)|(?:scriv\w+|contatt\w+)\s[^.\n]{0,30}(?:whats\ ?app|telegram)|(?:app|stuur|bericht)\w*\s[^.\n]{0,30}(?:whats\ ?app|telegram))"
);

pub(super) fn private_channel(scene: &Scene<'_>) -> Vec<Trace> {
    live(scene)
        .filter_map(|m| {
            let body = scene.messages[m].body.clone();
            let role = scene.messages[m].role;
            if let Some(hit) = PRIVATE.find(&scene.plain.text[body.clone()]) {
                return Some(Trace {
                    message: Some(m),
                    range: body.start + hit.start()..body.start + hit.end(),
                });
            }
            pushed(scene)
                .find(|(_, x)| {
                    x.message == m
                        && x.reach.channel() == Channel::Messaging
                        && (x
                            .reach
                            .as_link()
                            .is_some_and(|l| matches!(l.url().host_str(), Some("t.me" | "wa.me")))
                            || role == Role::SaysCompany)
                })
                .map(|(_, x)| at(x))
        })
        .collect()
}

pub(super) fn premium_rate(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene).filter(|(_, m)| m.cost == Some(Cost::Premium)).map(|(_, m)| at(m)).collect()
}

pub(super) fn short_link(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(_, m)| m.reach.as_link().and_then(|l| l.url().host_str().map(is_short)).unwrap_or(false))
        .map(|(_, m)| at(m))
        .chain(live(scene).filter_map(|m| {
            let body = scene.messages[m].body.clone();
            let hit = QR.find(&scene.plain.text[body.clone()])?;
            Some(Trace { message: Some(m), range: body.start + hit.start()..body.start + hit.end() })
        }))
        .collect()
}

words!(
    QR,
    r"(?i)\b(?:scan(?:nen|nez|ner|ea|eie|n)?)\b[^.\n]{0,30}\bqr\b|\bqr[- ]?code\b[^.\n]{0,30}\b(?:pay|refund|verify|scan|zahl|pay|pag|betaal)\w*"
);

words!(
    BODY_WORDS,
    r"(?i)\b(?:\p{L}+\s+){0,4}(?:authority|tribunal|commission|ombudsman|ombudsperson|complaintsperson|bureau|agency|council|ministry|federal\s+\w+|behörde|zentralstelle|autorité|médiateur|autoridad|defensor|autorità|garante|autoriteit)\b"
);
words!(
    DECIDES,
    r"(?i)certificate|compensations?\b|lodge?ment|tribunal|decides? of|recommended in law|must (?:be )?call|before going to|zertifikat|certificat|certificado|certificato"
);

pub(super) fn invented_body(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(i, m)| {
            if rungs::of_a_body(m).is_some()
                || m.reach.as_number().is_none()
                || scene.said[*i] == Said::Warned
            {
                return false;
            }
            let text = &scene.plain.text;
            let start = text.floor_char_boundary(
                m.sentence.start.saturating_sub(200).max(scene.messages[m.message].body.start),
            );
            let near = &text[start.min(m.span.start)..m.sentence.end];
            let before = &text[m.sentence.start.min(m.span.start)..m.span.start];
            let known = !atlas::Atlas::builtin().mentions(near, scene.country).is_empty();
            let named = rungs::name(text, m, &scene.mentions, &scene.messages, &scene.company, scene.country);
            BODY_WORDS.is_match(before) && !known && DECIDES.is_match(near)
                || known
                    && matches!(named.rung, Some(Rung::Adr | Rung::Regulator))
                    && DECIDES.is_match(near)
                    && named.weight > 5.0
        })
        .map(|(_, m)| at(m))
        .collect()
}
