//! Reading posts: what strangers, staff and companies say on boards, in reviews and on networks.
//!
//! [`read`] undoes disguises ([`plain`]), parts a thread into messages ([`thread`]), finds every contact printed
//! ([`mention`]), hears what the writers say of each ([`stance`]), names its rung by the words of the post ([`rungs`]) and
//! looks for signs of fraud ([`guard`]). A post proves nothing: whatever it names is a lead. People are told by their
//! part in the thread, never by name. [`site`] makes such threads of saved pages and exports.

pub mod company;
mod dates;
pub mod guard;
mod lists;
pub mod mention;
pub mod plain;
pub mod received;
pub mod rungs;
mod sentence;
mod shared;
pub mod site;
mod spoken;
pub mod stance;
pub mod thread;

use ladder::{Channel, Country, Reach, Rung};
use regex::{Regex, RegexBuilder};
use url::Url;

use crate::page::Context;
use crate::phone::Regions;
use company::{Company, Owner};
use guard::Sign;
use mention::Mention;
pub use mention::is_government;
use plain::Plain;
use stance::{Mood, Said, Statement};
use thread::{Message, Role};

/// A post or thread to read.
#[derive(Clone, Debug, Default)]
pub struct Post<'a> {
    /// The whole text, messages one after another.
    pub text: &'a str,
    /// Where it was posted.
    pub url: Option<&'a str>,
    /// Whom it is about.
    pub company: Option<&'a str>,
    /// The country of numbers in national form.
    pub country: Option<Country>,
    /// The messages of the text, where the site parts them; empty where the text is to be parted by its own lines.
    pub written: &'a [Written],
    /// Whether the text tells what the writer was asked by somebody (a caller's words): then that counts, and is no warning.
    pub heard: bool,
}

/// A message as a site parts it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// Where it stands in the text.
    pub range: std::ops::Range<usize>,
    /// Who wrote it.
    pub author: String,
    /// What the site says beside the author.
    pub note: String,
    /// The part that the site gives the author; `None` where it gives none.
    pub role: Option<Role>,
    /// When, as ISO 8601.
    pub date: Option<String>,
    /// How many stars of five a review gives.
    pub stars: Option<u8>,
    /// The number of the message that it answers, where the site says so.
    pub answers: Option<usize>,
}

/// What one writer says of a contact.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// The part that the writer plays; never a name.
    pub role: Role,
    /// What is said.
    pub said: Said,
    /// When, as ISO 8601 as far as it is known.
    pub when: Option<String>,
    /// The words.
    pub quote: String,
}

/// A contact that a post names.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Channel and value.
    pub reach: Reach,
    /// Its rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// The words that named the rung; empty where it is taken for the ordinary line.
    pub because: String,
    /// The outside body it belongs to, where it is none of the company's.
    pub party: Option<String>,
    /// Whether it bears the marks of a fraud.
    pub suspect: bool,
    /// Why, in plain words.
    pub reasons: Vec<String>,
    /// What a call costs by the kind of number.
    pub cost: Option<ladder::Cost>,
    /// Who says what of it, in the order of the thread.
    pub voices: Vec<Voice>,
}

impl Named {
    /// Returns whether the company itself or its staff names it in the thread, as the site marks them.
    #[must_use]
    pub fn is_from_company(&self) -> bool {
        self.voices.iter().any(|v| v.role.is_official() && matches!(v.said, Said::Named | Said::Confirmed))
    }
}

/// A value that is printed and is no contact.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// Channel and value.
    pub reach: Reach,
    /// Why it is left out.
    pub said: Said,
    /// The words.
    pub quote: String,
}

/// What a post says.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The contacts that it names, in its order.
    pub contacts: Vec<Named>,
    /// Values that are printed and are no contacts: dead, warned of, the writer's own.
    pub left_out: Vec<Left>,
    /// Whether it is a fraud: fake support, or a push to one.
    pub scam: bool,
    /// How likely, between 0 and 1.
    pub likelihood: f64,
    /// The signs of fraud found, the heaviest first.
    pub signs: Vec<Sign>,
    /// How many messages it holds.
    pub messages: usize,
    /// The parts played in it.
    pub roles: Vec<Role>,
}

/// Everything that was read before anything is decided.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The text as published.
    pub source: &'a str,
    /// The text without disguises.
    pub plain: Plain,
    /// Whom it is about.
    pub company: Company,
    /// Where it was posted.
    pub url: Option<Url>,
    /// The country of numbers in national form.
    pub country: Option<Country>,
    /// The messages.
    pub messages: Vec<Message>,
    /// What each message says as a whole.
    pub moods: Vec<Mood>,
    /// Every contact printed.
    pub mentions: Vec<Mention>,
    /// What the sentence of each mention says of it.
    pub said: Vec<Said>,
    /// What other sentences say of it.
    statements: Vec<Statement>,
    /// Whether the text tells what the writer was asked: see [`Post::heard`].
    heard: bool,
}

impl<'a> Scene<'a> {
    /// Reads the parts of a post.
    #[must_use]
    pub fn of(post: &Post<'a>) -> Self {
        let context = Context { country: post.country, ..Context::default() };
        let regions = Regions::of_text(crate::window::clip(post.text, plain::MOST_BYTES), &context);
        let plain = Plain::of(post.text, &regions);
        let company = Company::named(post.company.unwrap_or_default());
        let messages = if post.written.is_empty() {
            thread::split(&plain.text, &company)
        } else {
            thread::given(post.written, &plain, &company)
        };
        let own_page = post
            .url
            .and_then(|u| Url::parse(u).ok())
            .and_then(|u| u.host_str().map(|h| speaks_for(&company, h)))
            .unwrap_or(false);
        let mut messages = messages;
        if own_page && messages.iter().all(|m| m.author.is_empty()) {
            for m in &mut messages {
                m.role = Role::Company;
                m.marked = true;
            }
        }
        let mentions = mention::find(&plain, &messages, &company, post.country, &regions, post.url);
        // The company's own account sends nobody to a site that only looks like the company's, and asks for no code.
        if post.written.is_empty() {
            for (at, message) in messages.iter_mut().enumerate().filter(|(_, m)| m.role.is_official()) {
                let looks = |m: &&Mention| m.message == at && m.owner == Some(Owner::LookAlike);
                let body = &plain.text[message.body.clone()];
                if mentions.iter().any(|m| looks(&m) && m.reach.as_link().is_some())
                    || guard::asks::demands_a_key(body)
                {
                    message.role = Role::SaysCompany;
                    message.marked = false;
                }
            }
        }
        let moods = stance::moods(&plain.text, &messages, &mentions);
        let mut said: Vec<Said> = mentions
            .iter()
            .map(|m| stance::at_mention(&plain.text, m, &messages, moods[m.message], &mentions, &company))
            .collect();
        let statements = stance::statements(&plain.text, &messages, &mentions);
        // What another writer warns of by `it` or `that` is warned of where it was named.
        for s in statements.iter().filter(|s| s.said == Said::Warned) {
            let target = &mentions[s.mention];
            if said[s.mention] == Said::Named && messages[target.message].author != messages[s.message].author
            {
                said[s.mention] = Said::Warned;
            }
        }
        for i in stance::set_right(&plain.text, &messages, &mentions, &moods) {
            if said[i] == Said::Named {
                said[i] = Said::Warned;
            }
        }
        Self {
            source: post.text,
            plain,
            company,
            url: post.url.and_then(|u| Url::parse(u).ok()),
            country: post.country,
            messages,
            moods,
            mentions,
            said,
            statements,
            heard: post.heard || is_transcript(post.text),
        }
    }

    /// Returns the words of a message.
    #[must_use]
    pub fn words(&self, message: usize) -> &str {
        self.messages.get(message).map_or("", |m| &self.plain.text[m.body.clone()])
    }

    /// Returns whether a mention is pushed: named by somebody who is neither the company nor warning of it.
    #[must_use]
    pub fn is_pushed(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let dead = || {
            self.statements
                .iter()
                .any(|s| s.said == Said::Dead && same(&self.mentions[s.mention].reach, &m.reach))
        };
        // An account that is answered with a refusal is named in it.
        let refused = || {
            let handle = m.reach.as_link().map(|link| link.url().path().trim_matches('/').to_lowercase());
            m.reach.channel() == Channel::Social
                && self.messages.iter().zip(&self.moods).any(|(message, mood)| {
                    mood.refuted
                        && handle.as_deref()
                            == Some(message.author.trim_start_matches('@').to_lowercase().as_str())
                })
        };
        let message = &self.messages[m.message];
        let official = message.role.is_official() && message.marked;
        let named = matches!(self.said[mention], Said::Named | Said::Confirmed);
        let silenced = official || message.role == Role::Moderator || self.moods[m.message].refuted;
        named && !silenced && !dead() && !refused()
    }

    /// Returns whether the page is one on which the company itself speaks: its own domain, and no writers.
    #[must_use]
    pub fn is_companys_own_page(&self) -> bool {
        let host = self.url.as_ref().and_then(Url::host_str);
        host.is_some_and(|h| speaks_for(&self.company, h))
            && self.messages.iter().all(|m| m.author.is_empty())
    }

    fn quote(&self, range: std::ops::Range<usize>) -> String {
        let words = self.plain.source_of(self.source, range);
        crate::window::clip(words.trim(), 300).to_owned()
    }
}

/// Returns whether a text tells what somebody asked of its writer: a code, money, a program.
#[must_use]
pub fn reports_a_demand(text: &str) -> bool {
    guard::asks::reported(crate::window::clip(text, plain::MOST_BYTES))
}

/// Reads a post.
#[must_use]
pub fn read(post: &Post<'_>) -> Reading {
    let scene = Scene::of(post);
    let verdict = guard::judge(&scene);
    let mut reading = Reading {
        scam: verdict.scam,
        likelihood: verdict.likelihood,
        messages: scene.messages.len(),
        roles: scene.messages.iter().map(|m| m.role).collect(),
        ..Reading::default()
    };
    let foreign = foreign_lines(&scene);
    let mut order: Vec<Reach> = Vec::new();
    for m in &scene.mentions {
        if !order.iter().any(|r| same(r, &m.reach)) {
            order.push(m.reach.clone());
        }
    }
    let mut rung_of_author: Vec<(String, rungs::Named)> = Vec::new();
    for reach in order {
        let at: Vec<usize> =
            (0..scene.mentions.len()).filter(|&i| same(&scene.mentions[i].reach, &reach)).collect();
        let voices = voices(&scene, &at);
        let settled = settle(&scene, &at, &verdict, &foreign);
        let first = &scene.mentions[at[0]];
        if let Some(said) = settled {
            reading.left_out.push(Left { reach, said, quote: scene.quote(first.sentence.clone()) });
            continue;
        }
        let body = rungs::of_a_body(first);
        let mut best: Option<rungs::Named> = None;
        for &i in &at {
            if matches!(scene.said[i], Said::Warned) {
                continue;
            }
            let named = rungs::name(
                &scene.plain.text,
                &scene.mentions[i],
                &scene.mentions,
                &scene.messages,
                &scene.company,
                scene.country,
            );
            if best.as_ref().is_none_or(|b| named.weight > b.weight + 0.5) {
                best = Some(named);
            }
        }
        let mut named =
            best.unwrap_or(rungs::Named { rung: Some(Rung::FrontLine), words: String::new(), weight: 0.0 });
        let author: String = scene.messages[first.message]
            .author
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        if named.rung == Some(Rung::Legal)
            && rungs::leads_to_executive(&scene.plain.text[first.sentence.clone()])
        {
            named.rung = Some(Rung::Executive);
        }
        // Two values in one breath share the desk; so does what the same writer adds when asked.
        let shared = shared::shared_desk(&scene, first).or_else(|| {
            (named.weight < 1.0 && !author.is_empty())
                .then(|| rung_of_author.iter().rev().find(|(a, _)| *a == author).map(|(_, n)| n.clone()))
                .flatten()
                .filter(|_| {
                    scene.messages[first.message].role.is_official() || !same_message_before(&scene, first)
                })
        });
        let shared = shared.or_else(|| shared::beside_or_replaced(&scene, first, named.weight));
        if let Some(other) = shared
            && other.weight > named.weight
        {
            named = other;
        }
        if named.weight >= 1.0 {
            rung_of_author.push((author, named.clone()));
        }
        let (rung, party) = match body {
            Some((rung, name)) => (Some(rung), Some(name)),
            None => (named.rung, None),
        };
        let rung =
            if reach.channel() == Channel::Textphone && rung == Some(Rung::FrontLine) && named.weight < 1.0 {
                Some(Rung::Specialist)
            } else {
                rung
            };
        let suspect = verdict.is_suspect(&scene, &at, party.is_some());
        let reasons = if suspect { verdict.reasons(&scene, &at) } else { Vec::new() };
        reading.contacts.push(Named {
            reach,
            rung,
            because: named.words,
            party,
            suspect,
            reasons,
            cost: first.cost,
            voices,
        });
    }
    reading.signs = verdict.signs;
    reading
}

/// Whether a host is the company's and bears the word that names it: `parking.example` speaks for nobody.
fn speaks_for(company: &Company, host: &str) -> bool {
    company.owner_of_host(host) == Owner::Own
        && company.first_word().is_some_and(|word| host.to_lowercase().replace('-', "").contains(word))
}

/// Returns whether a text is what somebody said on the telephone, written down: it tells what was asked, and warns of nothing.
fn is_transcript(text: &str) -> bool {
    static OPENS: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        rx(
            r"(?i)^\W*(?:caller|voice\s?mail|(?:missed\s)?call\stranscript|transcript|anrufer(?:in)?|mailbox-nachricht|appelant|interlocuteur|messagerie\svocale|llamada|interlocutor|contestador|chiamante|segreteria|beller|voicemailbericht)\s*(?:\([^)\n]{0,40}\))?\s*:",
        )
    });
    OPENS.is_match(crate::window::clip(text, 120))
}

/// Makes a pattern that is part of the program.
pub(crate) fn rx(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).size_limit(48 << 20).build().expect("the pattern is fixed")
}

/// Whether two values are one: messaging and telephone of one number are.
fn same(a: &Reach, b: &Reach) -> bool {
    match (a.as_number(), b.as_number()) {
        (Some(x), Some(y)) => x == y && (a.channel() == Channel::Fax) == (b.channel() == Channel::Fax),
        _ => match (a.as_link(), b.as_link()) {
            (Some(x), Some(y)) => x.key() == y.key(),
            _ => a == b,
        },
    }
}

/// Whether the same message names another value before.
fn same_message_before(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.mentions.iter().any(|m| m.message == mention.message && m.span.start < mention.span.start)
}

/// Gathers who says what of a value.
fn voices(scene: &Scene<'_>, at: &[usize]) -> Vec<Voice> {
    let mut voices: Vec<(usize, Voice)> = Vec::new();
    for &i in at {
        let m = &scene.mentions[i];
        let message = &scene.messages[m.message];
        voices.push((
            m.span.start,
            Voice {
                role: message.role,
                said: scene.said[i],
                when: message.date.clone(),
                quote: scene.quote(m.sentence.clone()),
            },
        ));
    }
    for s in scene.statements.iter().filter(|s| at.contains(&s.mention)) {
        let message = &scene.messages[s.message];
        voices.push((
            s.sentence.start,
            Voice {
                role: message.role,
                said: s.said,
                when: message.date.clone(),
                quote: scene.quote(s.sentence.clone()),
            },
        ));
    }
    voices.sort_by_key(|(at, _)| *at);
    let mut voices: Vec<Voice> = voices.into_iter().map(|(_, v)| v).collect();
    voices.dedup();
    voices.truncate(20);
    voices
}

/// Decides whether a value is a contact; if not, why.
fn settle(scene: &Scene<'_>, at: &[usize], verdict: &guard::Verdict, foreign: &[usize]) -> Option<Said> {
    let first = &scene.mentions[at[0]];
    if first.reach.channel() == Channel::Fax {
        return Some(Said::Guessed);
    }
    let said: Vec<Said> = at.iter().map(|&i| scene.said[i]).collect();
    if at.iter().all(|i| foreign.contains(i)) {
        return Some(Said::Own);
    }
    if said.iter().all(|s| *s == Said::Guessed) {
        return Some(Said::Guessed);
    }
    // Who gives himself out to be a relative names his own number to be answered on.
    let kin = verdict.scam && verdict.signs.iter().any(|s| s.id == "family");
    if said.contains(&Said::Own) && !said.contains(&Said::Confirmed) && !kin {
        return Some(Said::Own);
    }
    // Who names it last, or says last whether it works, counts.
    let mut history: Vec<(usize, Said)> =
        at.iter().map(|&i| (scene.mentions[i].span.start, scene.said[i])).collect();
    let dead = said.contains(&Said::Dead);
    // `It worked` without the value means another, where this one is said to be dead.
    let heard = scene
        .statements
        .iter()
        .filter(|s| at.contains(&s.mention) && (s.explicit || !(dead && s.said == Said::Confirmed)));
    history.extend(heard.map(|s| (s.sentence.start, s.said)));
    history.sort_by_key(|(at, _)| *at);
    let last = history.iter().rev().find(|(_, s)| matches!(s, Said::Dead | Said::Confirmed)).map(|(_, s)| *s);
    if last == Some(Said::Dead) {
        return Some(Said::Dead);
    }
    if said.contains(&Said::Warned) {
        let pushed = at.iter().filter(|&&i| scene.is_pushed(i)).count();
        if pushed == 0 || !verdict.scam {
            return Some(Said::Warned);
        }
    }
    if at.iter().all(|&i| scene.moods[scene.mentions[i].message].refuted) && !verdict.scam {
        return Some(Said::Refuted);
    }
    // A mailbox or page of somebody else is no way to this company, unless an outside body's or pushed by a fraud.
    let elsewhere = scene.company.is_known()
        && matches!(first.owner, Some(Owner::Other | Owner::LookAlike))
        && rungs::of_a_body(first).is_none();
    // What the company itself names is its own, whatever the domain is called.
    let by_company = at.iter().any(|&i| {
        let message = &scene.messages[scene.mentions[i].message];
        message.role.is_official() && message.marked
    });
    if elsewhere && !by_company && !verdict.scam && first.reach.channel() != Channel::Messaging {
        return Some(Said::Own);
    }
    None
}

/// Finds mentions on lines of a list that belong to other companies.
fn foreign_lines(scene: &Scene<'_>) -> Vec<usize> {
    let text = &scene.plain.text;
    if !scene.company.is_known() {
        return Vec::new();
    }
    let line_of = |m: &Mention| {
        let start = text[..m.span.start].rfind('\n').map_or(0, |i| i + 1);
        (start, &text[start..m.span.start])
    };
    // A list: three lines or more of `Name … value`.
    let named: Vec<(usize, usize, bool)> = scene
        .mentions
        .iter()
        .enumerate()
        .filter_map(|(i, m)| {
            let (start, before) = line_of(m);
            let name = before
                .split([':', '.', '–', '—', '|', '\t', '='])
                .next()
                .unwrap_or_default()
                .trim()
                .trim_start_matches(['-', '*', '•', ' ']);
            // A row of a list: a name, a sign, and little else before the value.
            let rest = before.trim_start().strip_prefix(name).unwrap_or_default();
            let listed = name.chars().next().is_some_and(char::is_uppercase)
                && name.split_whitespace().count() <= 5
                && !name.contains([',', '@', '!', '?', '\''])
                && !rungs::names_a_desk(name)
                && before.len() > name.len()
                && rest.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count() <= 3
                && !scene.messages[m.message].author.eq_ignore_ascii_case(name);
            listed.then(|| (i, start, scene.company.is_named_in(before)))
        })
        .collect();
    let lines: std::collections::BTreeSet<usize> = named.iter().map(|(_, line, _)| *line).collect();
    let own = named.iter().any(|(_, _, own)| *own);
    let mut found = Vec::new();
    if lines.len() >= 3 && own {
        found.extend(named.iter().filter(|(_, _, own)| !own).map(|(i, _, _)| *i));
    }
    for (i, m) in scene.mentions.iter().enumerate() {
        let before = &text[m.sentence.start.min(m.span.start)..m.span.start];
        if let Some(other) = OTHERS.captures_iter(before).last()
            && !scene.company.is_named_in(&other[1])
            && m.owner != Some(Owner::Own)
            && atlas::Atlas::builtin().by_value(m.reach.value()).is_empty()
            && before.len() - other.get(0).map_or(0, |o| o.end()) < 60
        {
            found.push(i);
        }
    }
    found
}

/// `Fenbridge's complaints line is …`: somebody else's.
static OTHERS: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"\b(\p{Lu}[\p{L}&]{2,})(?:'s|’s)\s+(?:own\s+)?(?:customer|complaints?|claims?|number|line|hotline|helpline|support|service|fraud|head|ceo|executive|contact|main|refund|returns)",
    )
});
