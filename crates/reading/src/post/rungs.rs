//! Rungs of contacts in prose: by which desk answers, as the writers name it.
//!
//! Prose names a desk right before the value (`their customer director's office is on …`), right after it (`… which is the
//! medical necessity desk`), in the mailbox itself, in the line above, or at the foot of a letter. The nearer the words,
//! the more they weigh; what is named to be avoided (`NOT customer service`) does not count.

use std::sync::LazyLock;

use atlas::Atlas;
use ladder::{BodyKind, Channel, Country, Rung};
use regex::Regex;

use super::company::Company;
use super::lists;
use super::mention::Mention;
use super::sentence;
use super::thread::{Message, Role};

/// The words of all desks.
const DESK_WORDS: &str = include_str!("data/desks.txt");

/// Words that name a desk, by rung; `None` is off the ladder. The first of equals wins.
static DESKS: LazyLock<Vec<(Option<Rung>, Regex)>> = LazyLock::new(|| {
    lists::sections(DESK_WORDS)
        .filter(|(name, _)| *name != "regulator")
        .map(|(name, words)| (Rung::from_id(name), words))
        .collect()
});

static REGULATOR: LazyLock<Regex> = LazyLock::new(|| lists::section(DESK_WORDS, "regulator"));

static ASKS_PHONE: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:numbers?|no|nr|phone|line|contacts?|team|nummer|telefon|numéro|número|telefono|kontakt|contatt\w+|contacto)\b",
    )
});
static ASKS_MAIL: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:e-?mail|mailbox|mail|contacts?|adresse|address|correo|courriel|kontakt|contatt\w+|contacto)\b",
    )
});
static ASKS_POST: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(r"(?i)\b(?:address|write|letter|adresse|anschrift|dirección|indirizzo|adres|contacts?)\b")
});

static AVOID: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)(?:\bnot\s+(?:the\s+|through\s+|via\s+|to\s+)?|\binstead\s+of\s+(?:the\s+)?|\brather\s+than\s+(?:the\s+)?|\bisn['’]t\s+(?:the\s+)?|\bskip\s+(?:the\s+)?|\bbypass\w*\s+(?:the\s+)?|\bavoid\s+(?:the\s+)?|\bunlike\s+(?:the\s+)?|\bafter\s+(?:the\s+)?|\bno\s+(?:more\s+)?|\bforget\s+(?:the\s+)?|\bignore\s+(?:the\s+)?|\bnicht\s+(?:an\s+)?(?:die\s+|den\s+|der\s+)?|\bstatt\s+(?:der\s+|dem\s+)?|\bpas\s+(?:le\s+|la\s+)?|\bno\s+(?:el\s+|la\s+|al\s+)|\bnon\s+(?:il\s+|al\s+)?|\bniet\s+(?:de\s+|het\s+|via\s+)?|\bwithout\s+(?:the\s+)?|\bfor\s+|\b(?:passed|transferred|put|sent|pasaron|pasan|weitergeleitet|transféré\w*|passé\w*)\s+(?:me\s+|us\s+)?(?:on\s+|through\s+|over\s+)?(?:to\s+|a\s+|an\s+|aux?\s+|à\s+)(?:the\s+|la\s+|el\s+|den\s+|die\s+)?)$",
    )
});

/// How much the words of a mailbox itself say: more than words further off, less than those right before it.
const LOCAL_PART: f32 = 5.2;

/// How much more a title says right before a value.
const TITLED: f32 = 0.4;

/// How much less a name from the pages' list says than the words of this wing.
const BY_LIST: f32 = -0.7;

/// What named a rung.
#[derive(Clone, Debug)]
pub struct Named {
    /// The rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// The words that named it, empty where none did.
    pub words: String,
    /// How much stands behind it.
    pub weight: f32,
}

/// Returns the rung of the outside body that a value belongs to.
#[must_use]
pub fn of_a_body(mention: &Mention) -> Option<(Rung, String)> {
    let atlas = Atlas::builtin();
    let heads = match mention.reach.as_link() {
        Some(link) => atlas.by_link(link.as_str()),
        None => atlas.by_value(mention.reach.value()),
    };
    let found = heads.iter().find_map(|head| match head.body_kind() {
        BodyKind::Adr => Some((Rung::Adr, head.name.to_string())),
        BodyKind::Regulator => Some((Rung::Regulator, head.name.to_string())),
        BodyKind::Court => None,
    });
    found.or_else(|| {
        let link = mention.reach.as_link();
        let host = link.and_then(|link| link.url().host_str());
        let host = host.or_else(|| mention.reach.as_email().map(ladder::Email::domain))?;
        super::mention::is_government(host)
            .then(|| (Rung::Regulator, host.trim_start_matches("www.").to_owned()))
    })
}

/// Returns whether a text names a desk of a company.
#[must_use]
pub fn names_a_desk(text: &str) -> bool {
    DESKS.iter().any(|(_, pattern)| pattern.is_match(text)) || TEAM.is_match(text)
}

/// Returns whether a text ends with the name of a desk: `Kundenservice `, `fraud team: `.
#[must_use]
pub fn ends_with_a_desk(text: &str) -> bool {
    let text = text.trim_end_matches([' ', ':', '(', ',', '-', '–', '—']);
    DESKS.iter().any(|(_, pattern)| pattern.find_iter(text).any(|found| found.end() == text.len()))
}

/// Returns whether a text names an outside body.
#[must_use]
pub fn names_a_body(text: &str) -> bool {
    REGULATOR.is_match(text) || !Atlas::builtin().mentions(text, None).is_empty()
}

/// Names the rung of a mention by the words around it.
#[must_use]
pub fn name(
    text: &str,
    mention: &Mention,
    all: &[Mention],
    messages: &[Message],
    company: &Company,
    country: Option<Country>,
) -> Named {
    let message = &messages[mention.message];
    let mut votes: Vec<(Option<Rung>, f32, String)> = Vec::new();
    if mention.reach.channel() == Channel::Social {
        return Named { rung: Some(Rung::FrontLine), words: String::new(), weight: 9.0 };
    }
    if let Some(mail) = mention.reach.as_email() {
        hear(
            mail.as_str().split('@').next().map(|l| format!("{l}@")).as_deref().unwrap_or_default(),
            LOCAL_PART,
            &mut votes,
        );
        hear(&mail.local().replace(['.', '_', '-'], " "), LOCAL_PART, &mut votes);
    } else if let Some(link) = mention.reach.as_link() {
        let path = format!(
            "{} {}",
            link.url().host_str().unwrap_or_default().split('.').next().unwrap_or_default(),
            link.url().path().replace(['/', '-', '_'], " ")
        );
        hear(&path, 3.0, &mut votes);
    } else if mention.reach.channel() == Channel::Postal {
        hear(mention.reach.value(), 6.0, &mut votes);
        if let Some(found) = TEAM.find(mention.reach.value()) {
            votes.push((Some(Rung::Specialist), 5.0, found.as_str().to_owned()));
        }
    }
    hear_listed(mention, &mut votes);
    // The clause before the value, down to the mention before it.
    let floor = all
        .iter()
        .filter(|m| m.span.end <= mention.span.start && m.reach != mention.reach)
        .map(|m| m.span.end)
        .max()
        .unwrap_or(0)
        .max(mention.sentence.start)
        .min(mention.span.start);
    let ceiling = all
        .iter()
        .filter(|m| m.span.start >= mention.span.end && m.reach != mention.reach)
        .map(|m| m.span.start)
        .min()
        .unwrap_or(text.len())
        .min(mention.sentence.end)
        .max(mention.span.end.min(mention.sentence.end));
    let before = &text[floor..mention.span.start];
    let after = text.get(mention.span.end..ceiling).unwrap_or_default();
    hear_near(before, true, &mut votes);
    // What follows up to the next value: unless the next value takes it as its own announcement.
    let after = if ceiling < mention.sentence.end { cut_at(after) } else { cut_clause(after) };
    hear_near(after, false, &mut votes);
    // The sentence before, inside of the message, where nothing was heard in this one.
    if votes.iter().all(|v| v.1 < 2.5) {
        let earlier: Vec<_> =
            sentence::split(text, &(message.body.start..mention.sentence.start.max(message.body.start)));
        // `… Ms Reed in Executive Resolutions rang me. … Ask for her:` looks further back.
        let far: &[f32] = if PRONOUN.is_match(before) { &[1.8, 1.4, 1.2, 1.0] } else { &[1.8, 1.4] };
        for (last, &weight) in earlier.iter().rev().zip(far) {
            // An outside body that the sentence before names has its own number, or none.
            let mut heard = Vec::new();
            hear(&text[last.clone()], weight, &mut heard);
            votes.extend(heard.into_iter().filter(|vote| vote.0 != Some(Rung::Adr)));
        }
        let next = sentence::around(text, mention.sentence.end.min(text.len()));
        // The next sentence speaks of this value only where it has none of its own.
        let has_own = all.iter().any(|m| next.contains(&m.span.start) && m.reach != mention.reach);
        if next.start < message.body.end && next.start >= mention.sentence.start && !has_own {
            hear(&text[next.start..next.end.min(message.body.end)], 1.6, &mut votes);
        }
        if message.role.is_official() {
            // A letter is signed with the name of the desk that answers.
            let tail = &text[message.body.clone()];
            hear(crate::window::clip_end(tail, 260), 2.0, &mut votes);
        }
        // `My office has a line for that`: the writer's title stands at the head of the post.
        if MY_OFFICE.is_match(before) {
            let head = text[message.whole.clone()].lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
            hear(head, 2.4, &mut votes);
        }
        if message.role != Role::Company {
            // The title asks for a desk's number: who answers with a number means that.
            let asked = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
            let fits = match mention.reach.channel() {
                Channel::Phone | Channel::Textphone | Channel::Messaging => ASKS_PHONE.is_match(asked),
                Channel::Email => ASKS_MAIL.is_match(asked),
                Channel::Postal => ASKS_POST.is_match(asked),
                _ => false,
            };
            if fits {
                hear(asked, 1.1, &mut votes);
            }
        }
    }
    outside(text, mention, floor, country, &mut votes);
    // An outside body does not live on the company's own domain: its own mediator is a desk of it.
    let own_letter = mention.reach.channel() == Channel::Postal && company.is_named_in(mention.reach.value());
    if own_letter || mention.owner == Some(super::company::Owner::Own) {
        // As on pages: an ombudsman in the house is a stage above its complaints team.
        for vote in votes.iter_mut().filter(|vote| vote.0 == Some(Rung::Adr)) {
            vote.0 = Some(Rung::Management);
        }
    }
    let best = votes.into_iter().reduce(|best, vote| if vote.1 > best.1 { vote } else { best });
    match best {
        Some((rung, weight, words)) => Named { rung, words, weight },
        None => Named { rung: Some(Rung::FrontLine), words: String::new(), weight: 0.0 },
    }
}

/// Hears the value itself by the pages' list, where this wing has no words for it.
fn hear_listed(mention: &Mention, votes: &mut Vec<(Option<Rung>, f32, String)>) {
    if !votes.is_empty() {
        return;
    }
    let value = mention.reach.value();
    if let Some(mail) = mention.reach.as_email() {
        let named = crate::rung::desks_of_local(mail.local()).into_iter().take(1);
        votes.extend(named.map(|rung| (rung, LOCAL_PART + priority(rung, ""), mail.local().to_owned())));
    } else if mention.reach.channel() == Channel::Postal {
        let named = crate::rung::desks(value).into_iter();
        votes.extend(named.map(|(rung, range)| (rung, 5.5, value[range].to_owned())));
    }
}

/// Hears which outside body is named right before a value.
fn outside(
    text: &str,
    mention: &Mention,
    floor: usize,
    country: Option<Country>,
    votes: &mut Vec<(Option<Rung>, f32, String)>,
) {
    if mention.owner == Some(super::company::Owner::Own) {
        return;
    }
    let start = text.floor_char_boundary(mention.span.start.saturating_sub(70).max(floor));
    let near = &text[start..mention.span.start];
    let named = Atlas::builtin().mentions(near, country);
    // `The number from the FCA register` is the company's.
    let listed = |end: usize| LISTED.is_match(&near[end..]);
    if let Some(body) = named.last().filter(|body| !listed(body.span.end)) {
        let rung = match body.head.body_kind() {
            BodyKind::Adr => Some(Rung::Adr),
            BodyKind::Regulator => Some(Rung::Regulator),
            BodyKind::Court => None,
        };
        if rung.is_some() {
            votes.push((rung, 6.5, near[body.span.clone()].to_owned()));
        }
    }
    if let Some(found) = REGULATOR.find(near).filter(|found| !listed(found.end())) {
        votes.push((Some(Rung::Regulator), 5.5, found.as_str().to_owned()));
    }
}

/// The office of whoever writes.
static MY_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:my|our)\s+(?:own\s+)?(?:office|team|desk)\b|\bmein\s+büro\b|\bmon\s+(?:bureau|équipe)\b|\bmi\s+(?:oficina|equipo)\b|\bil\s+mio\s+ufficio\b|\bmijn\s+(?:kantoor|team)\b",
    )
});

/// Somebody who was named before.
static PRONOUN: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:ask\s+for|reach|call|ring|write\s+to|mail|contact)\s+(?:her|him|them)\b|\b(?:she|he|they)\s+(?:is|are|has|have|answers?|picks?)\b|\berreich\w*|\bsie\s+(?:ist|hat)\b|\b(?:elle|il)\s+(?:est|a|répond)\b",
    )
});

/// What makes the name of a body the name of a list or of a kind of firm.
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)^(?:['’]s)?\s+(?:register|list|warning|website|site|page|guide)\b|^[- ](?:registered|regulated|authori[sz]ed|licen[cs]ed)",
    )
});

/// Hears the words near a value: the nearer, the heavier. In `claims supervisor desk` the last word is the desk.
fn hear_near(zone: &str, is_before: bool, votes: &mut Vec<(Option<Rung>, f32, String)>) {
    let mut heard: Vec<(std::ops::Range<usize>, Option<Rung>)> = Vec::new();
    for (rung, pattern) in DESKS.iter() {
        heard.extend(pattern.find_iter(zone).map(|m| (m.range(), *rung)));
    }
    let heads: Vec<usize> = heard.iter().map(|(r, _)| r.start).collect();
    for (range, rung) in &heard {
        let modifies =
            heads.iter().any(|&start| start > range.start && (range.end..=range.end + 1).contains(&start));
        // `executive guest relations` is an executive desk, whatever guest relations are elsewhere.
        let raised = *rung != Some(Rung::Executive)
            && heard.iter().any(|(other, named)| {
                *named == Some(Rung::Executive)
                    && (other.end..=other.end + 1).contains(&range.start)
                    && other.end > range.start.saturating_sub(2)
            });
        if modifies && *rung != Some(Rung::Executive) || raised || AVOID.is_match(&zone[..range.start]) {
            continue;
        }
        // A title right before a mailbox says more than what the mailbox is called: `the grievance officer, complaints@`.
        let titled = is_before
            && (zone.len() - range.end <= 6 || PERSON.is_match(&zone[range.end..]))
            && matches!(rung, Some(Rung::Management | Rung::Executive));
        vote(zone, range, *rung, if titled { TITLED } else { 0.0 }, is_before, votes);
    }
    // Names of desks that only the pages' list knows: less than one's own words, more than any `team`.
    let heard_by_words = heard.len();
    for (rung, range) in crate::rung::desks(zone) {
        let free = heard[..heard_by_words].iter().all(|(r, _)| r.end <= range.start || range.end <= r.start);
        if free && !AVOID.is_match(&zone[..range.start]) {
            vote(zone, &range, rung, BY_LIST, is_before, votes);
            heard.push((range, rung));
        }
    }
    for found in TEAM.find_iter(zone) {
        if heard.iter().all(|(r, _)| r.end <= found.start() || found.end() <= r.start)
            && !AVOID.is_match(&zone[..found.start()])
        {
            vote(zone, &found.range(), Some(Rung::Specialist), -1.6, is_before, votes);
        }
    }
}

/// A name between a title and a value: `grievance officer: Ms. S. Rao, `.
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"^[\s:,(–-]{1,3}(?:(?:Mr|Mrs|Ms|Miss|Dr|Shri|Smt|Herr|Frau|Mme|Sra?)\.?\s+)?(?:\p{Lu}[\p{L}.'’-]{0,20}\s?){1,3}[\s:,()–-]{0,4}$",
    )
});

/// Casts the vote of words at a distance from a value.
fn vote(
    zone: &str,
    range: &std::ops::Range<usize>,
    rung: Option<Rung>,
    bonus: f32,
    is_before: bool,
    votes: &mut Vec<(Option<Rung>, f32, String)>,
) {
    let away = if is_before { zone.len() - range.end } else { range.start };
    let away = f32::from(u16::try_from(away.min(400)).unwrap_or(400));
    let base = if is_before { 5.0 } else { 3.4 };
    let words = &zone[range.clone()];
    let weight = base - away / if is_before { 60.0 } else { 45.0 } + priority(rung, words) + bonus;
    if weight > 0.4 {
        votes.push((rung, weight, words.to_owned()));
    }
}

/// A team for some matter that has no words of its own here.
static TEAM: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:our|the|their|its|a|to)\s+(?:[\w-]{3,}\s+){0,2}[\w-]{4,}\s+(?:team|desk|unit|department|dept|squad)\b|\b[\w-]{4,}\s+team:|\b[\p{L}-]{4,}\s+(?:team|desk|unit|department|dept)\W{0,3}$|\b(?:abteilung|afdeling|département|departamento|reparto)\s+\p{L}{4,}|\bteam\s+\p{Lu}\p{Ll}+|\b\p{Lu}\p{Ll}+(?:abteilung|team|stelle)\b|\bservice\s+(?:des\s+)?\p{Ll}{5,}s\b|\((?:the\s+)?(?:[a-z]+\s+){1,3}(?:team|desk|unit|department)\)|\b(?:notre|la|une|leur)\s+cellule\s+\p{Ll}{4,}|\bequipo\s+de\s+\p{Ll}{4,}|\bdepartamento\s+de\s+\p{Ll}+|\bufficio\s+\p{Ll}+|\b\p{Ll}{4,}afdeling\b",
    )
});

static TO_EXECUTIVE: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)(?:switchboard|main (?:number|line)|operator|zentrale|standard|centralita|centralino)[^.!?\n]*\b(?:ceo|executive|president|chair|managing director|vorstand|geschäftsführ|direction générale|direcci[oó]n general|direzione generale|directie)",
    )
});

/// Returns whether a switchboard is named only as the way to an executive desk.
#[must_use]
pub fn leads_to_executive(sentence: &str) -> bool {
    TO_EXECUTIVE.is_match(sentence)
}

/// Hears words of a zone that has no near or far.
fn hear(zone: &str, weight: f32, votes: &mut Vec<(Option<Rung>, f32, String)>) {
    for (rung, pattern) in DESKS.iter() {
        if let Some(found) = pattern.find_iter(zone).find(|m| !AVOID.is_match(&zone[..m.start()])) {
            votes.push((*rung, weight + priority(*rung, found.as_str()), found.as_str().to_owned()));
        }
    }
}

/// A desk named in more words says more; among equals the one higher up.
fn priority(rung: Option<Rung>, words: &str) -> f32 {
    let level = match rung {
        Some(Rung::Executive) => 0.30,
        Some(Rung::Management) => 0.26,
        Some(Rung::Specialist) => 0.10,
        Some(Rung::Complaints) => 0.14,
        Some(Rung::Supervisor) => 0.12,
        Some(Rung::Legal) => 0.02,
        Some(Rung::FrontLine) => -0.6,
        None => 0.05,
        _ => 0.2,
    };
    let long = f32::from(u8::try_from(words.len().min(40)).unwrap_or(40)) / 60.0;
    level + long
}

/// Cuts what follows a value where a new clause begins: `…, and a supervisor loaded the balance`.
fn cut_clause(after: &str) -> &str {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(r"(?i);|,\s+(?:and|but|so|then|because|und|aber|mais|et|pero|y|ma|e|maar|en)\b")
    });
    NEXT.find(after).map_or(after, |m| &after[..m.start()])
}

/// Cuts what follows a value at the first comma, stop or conjunction: behind it the next value is announced.
fn cut_at(after: &str) -> &str {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)[,;:·|/]|\band\b|\bor\b|\bund\b|\boder\b|\bet\b|\bou\b|\by\b|\be\b|\bof\b|\ben\b",
        )
    });
    NEXT.find(after).map_or(after, |m| &after[..m.start()])
}
