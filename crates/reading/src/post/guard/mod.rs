//! The guard: is a post a fraud, or a push to one?
//!
//! Small signs, each a row of [`signs`], are looked for in what strangers push; what a writer warns of, and what the
//! company itself says, does not count. The weights of the signs that are there are summed to a likelihood, so that the
//! verdict is always a list of reasons in plain words.

pub(super) mod asks;
pub mod caller;
pub(super) mod credit;
mod denial;
mod hire;
pub mod host;
pub mod learned;
mod lure;
pub mod signs;
mod structure;
mod stuffed;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Scene;
use super::company::Owner;
use super::stance::Said;
use super::thread::Role;

pub use signs::Rule;

/// Log-odds of a fraud in a post that bears no sign and names some contact.
const BASE: f64 = -2.7;
/// How much the learnt wording counts beside the signs, the most that it may say, and where it says nothing: set on posts
/// that neither the signs nor the weights had seen.
const LEARNED: f64 = 2.5;
const LEARNED_MOST: f64 = 4.0;
/// The most that it may say against one: an honest voice is soon borrowed, and no wording takes back what a heavy sign says.
const LEARNED_LEAST: f64 = -1.4;
/// The same where a sign stands that no honest writer gives, however his post is worded.
const LEARNED_LEAST_PLAIN: f64 = -0.4;
/// Those signs: how a number is hidden, repeated or stuffed with names, whom a testimonial thanks, and a `safe account` that is
/// named by nobody who warns. Codes and cards are none:
/// honest posts speak of them.
const PLAIN_SIGNS: [&str; 7] = [
    "disguised",
    "repeated",
    "many-brands",
    "brand-stuffed",
    "credited-stranger",
    "lost-money-stranger",
    "safe-account",
];
const LEARNED_BASE: f64 = 0.5;
/// What is taken from the wording where no sign of any weight stands beside it.
const ALONE: f64 = -4.7;
/// What is added for a message that somebody got, beside a post for all.
const UNASKED: f64 = 0.7;
/// What is taken from them where strangers push no contact at all.
const NOTHING_PUSHED: f64 = -0.8;

/// A sign of fraud that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The stable id of its rule.
    pub id: &'static str,
    /// What is wrong, in plain words.
    pub claim: &'static str,
    /// Why it is a sign.
    pub why: &'static str,
    /// By how much it speaks for a fraud, in log-odds.
    pub weight: f64,
    /// The words that show it, as published.
    pub quote: String,
    /// In which message they stand.
    pub message: Option<usize>,
}

/// Where a rule found its sign.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    /// In which message, where in one.
    pub(crate) message: Option<usize>,
    /// The words.
    pub(crate) range: Range<usize>,
}

/// What the guard says of a post.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Whether it is taken for a fraud.
    pub scam: bool,
    /// How likely.
    pub likelihood: f64,
    /// What was found, the heaviest first.
    pub signs: Vec<Sign>,
}

/// Judges a post.
#[must_use]
pub fn judge(scene: &Scene<'_>) -> Verdict {
    judge_worded(scene, learned::odds(scene))
}

/// Judges a post whose wording speaks for a fraud by these log-odds, as [`learned::odds`] gives them: so that weights
/// learnt otherwise can be tried.
#[must_use]
pub fn judge_worded(scene: &Scene<'_>, odds: f64) -> Verdict {
    let mut signs: Vec<Sign> = Vec::new();
    for rule in signs::ALL {
        if let Some(trace) = (rule.look)(scene).into_iter().next() {
            signs.push(Sign {
                id: rule.id,
                claim: rule.claim,
                why: rule.why,
                weight: rule.weight,
                quote: scene.quote(trace.range.clone()),
                message: trace.message,
            });
        }
    }
    let pushed = (0..scene.mentions.len()).any(|i| scene.is_pushed(i));
    let telling =
        |least: f64| signs.iter().filter(|s| s.weight >= least && s.id != "look-alike-name").count();
    let asks = telling(2.0) >= 1 || telling(1.5) >= 2;
    let base = if pushed { BASE } else { BASE + NOTHING_PUSHED };
    // Wording was learnt from what is posted: a letter or text that somebody got is judged by its signs alone, and so is what
    // pushes nothing, such as a bank's own words on what it never asks.
    let posted = scene.url.is_some() || scene.messages.len() > 1;
    // What is the company's own pushes nobody anywhere.
    let away =
        (0..scene.mentions.len()).any(|i| scene.is_pushed(i) && scene.mentions[i].owner != Some(Owner::Own));
    let signed = signs.iter().any(|s| s.weight >= 1.0);
    let wording = if (away || signed) && posted {
        let alone = if signed { 0.0 } else { ALONE };
        let plain = signs.iter().any(|s| PLAIN_SIGNS.contains(&s.id));
        let least = if plain { LEARNED_LEAST_PLAIN } else { LEARNED_LEAST };
        LEARNED * odds.clamp(least, LEARNED_MOST) + LEARNED_BASE + alone
    } else {
        0.0
    };
    // What came to one person alone, with no thread around it, has nobody beside it to confirm or to warn.
    let base = if posted { base } else { base + UNASKED };
    let odds: f64 = base + signs.iter().map(|s| s.weight).sum::<f64>() + calm(scene) + wording;
    if wording > 1.0 {
        signs.push(worded(scene, wording));
    }
    let likelihood = 1.0 / (1.0 + (-odds).exp());
    signs.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let bids = || live(scene).any(|m| scene.heard || BIDS.is_match(scene.words(m)));
    Verdict { scam: likelihood >= 0.5 && (pushed || asks && bids()), likelihood, signs }
}

/// Somebody who is spoken to: a story that bids its reader do nothing, and names no contact, pushes nobody.
static BIDS: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:you|your|yours|ur|u|dm|inbox|(?:message|text|contact|hit|pm)\s+me|sie|ihr\w*|dein\w*|vous|votre|vos|te|tu|su|usted|tuo|tua|lei|je|uw)\b",
    )
});

/// The sign of wording: the first words of what is pushed.
fn worded(scene: &Scene<'_>, weight: f64) -> Sign {
    let message = (0..scene.mentions.len()).find(|&i| scene.is_pushed(i)).map(|i| scene.mentions[i].message);
    let range = message.and_then(|m| scene.messages.get(m)).map_or(0..0, |m| m.body.clone());
    Sign {
        id: "wording",
        claim: "it is worded as frauds are",
        why: "its words and turns of phrase are those of posts that were frauds more than of honest ones",
        weight,
        quote: scene.quote(range),
        message,
    }
}

/// What speaks against a fraud, in log-odds: a true answer in the same thread, a refusal, the company's own words.
fn calm(scene: &Scene<'_>) -> f64 {
    let mut odds = 0.0;
    if scene.messages.iter().any(|m| m.role.is_official() && m.marked) {
        odds -= 1.0;
    }
    // Whoever pushes nothing but the company's own addresses gains nothing by it.
    let mut pushed = (0..scene.mentions.len()).filter(|&i| scene.is_pushed(i)).peekable();
    if pushed.peek().is_some() && pushed.all(|i| scene.mentions[i].owner == Some(Owner::Own)) {
        odds -= 2.5;
    }
    let own_mail = scene.mentions.iter().enumerate().any(|(i, m)| {
        m.owner == Some(Owner::Own) && m.reach.as_email().is_some() && scene.said[i] == Said::Named
    });
    if scene.is_companys_own_page() {
        odds -= 2.5;
    }
    if own_mail {
        odds -= 1.2;
    }
    if scene.moods.iter().any(|m| m.refuted) {
        odds -= 0.5;
        // All that was pushed was refused, and a true way stands beside it.
        let still = (0..scene.mentions.len())
            .any(|i| scene.is_pushed(i) && scene.mentions[i].owner != Some(Owner::Own));
        let true_way = scene
            .mentions
            .iter()
            .enumerate()
            .any(|(i, m)| m.owner == Some(Owner::Own) && scene.said[i] == Said::Named);
        if !still && true_way {
            odds -= 2.0;
        }
    }
    // A letter that borrows the name of an authority is no proof of what is printed in it.
    let borrowed = !structure::borrowed_body(scene).is_empty();
    // Who says where a number is printed sends the reader to look: a pusher has no such place.
    if !borrowed && (0..scene.mentions.len()).any(|i| scene.is_pushed(i) && says_where(scene, i)) {
        odds -= PRINTED;
    }
    // Nor does one send the reader to the regulator.
    let sends_outside = |i: usize| {
        let m = &scene.mentions[i];
        scene.is_pushed(i) && super::rungs::names_a_body(scene.words(m.message))
    };
    if !borrowed && (0..scene.mentions.len()).any(sends_outside) {
        odds -= OUTSIDE;
    }
    // A thread of several writers who answer one another is rarely made for one number.
    let writers: std::collections::BTreeSet<&str> =
        scene.messages.iter().map(|m| m.author.as_str()).filter(|a| !a.is_empty()).collect();
    if writers.len() >= 3 {
        odds -= 0.4;
    }
    odds
}

/// What is taken where a writer says on which thing of the company's the number is printed.
const PRINTED: f64 = 1.8;

/// What is taken where a writer names a body that oversees the company.
const OUTSIDE: f64 = 1.0;

/// Whether the writer says on which thing of the company's a contact stands.
fn says_where(scene: &Scene<'_>, mention: usize) -> bool {
    static WHERE: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?xi)\b(?:(?:same|one|number|it['’]?s|its|is|printed|stands?|listed|found|that['’]?s)\ (?:as\ |the\ one\ |also\ |right\ )?(?:on|in|inside|off|from)\ (?:the|your|my|their|every)\ (?:back\ of\ (?:the|your|my)\ |contact\ |official\ |last\ |paper\ )?(?:app|card|bill|sticker|statement|policy|invoice|receipt|ticket|letter|letterhead|meter|box|contact\ page|contract|page)
              |steht\ (?:auf|in|im)\ (?:der|dem|ihrer|deiner|meiner|jeder)?\s?(?:karte|rechnung|app|vertrag|brief\w*|zähler|impressum)
              |(?:figure|écrit|imprimé|indiqué|c['’]est)\ (?:sur|au\ dos\ de|dans)\ (?:la|le|votre|ta|ton|ma|mon|l['’])\s?(?:carte|facture|appli\w*|contrat|courrier|compteur)
              |(?:viene|está|sale|aparece|figura)\ en\ (?:la|el|tu|su|mi)\ (?:tarjeta|factura|app|contrato|carta|contador)
              |(?:è|sta|scritto|stampato)\ (?:sulla|sul|nella|nel|in)\ (?:carta|bolletta|app|contratto|fattura)
              |staat\ (?:op|in)\ (?:de|je|uw|mijn)\ (?:pas|factuur|rekening|app|brief|meter))\b",
        )
    });
    let m = &scene.mentions[mention];
    // The sentence of the value, or the next.
    let text = &scene.plain.text;
    let end = text.ceil_char_boundary(
        (m.sentence.end + 80).min(scene.messages[m.message].body.end.max(m.sentence.end)),
    );
    WHERE.is_match(&text[m.sentence.start.min(m.span.start)..end.max(m.sentence.end)])
}

/// Returns the messages whose words count against the post: those of strangers who do not warn and are not refused.
pub(crate) fn live<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = usize> + 's {
    (0..scene.messages.len()).filter(|&i| {
        let role = scene.messages[i].role;
        let mood = scene.moods[i];
        if scene.heard {
            return true;
        }
        // What is named here was warned of by the others: its words no longer push anything.
        let mut named = (0..scene.mentions.len()).filter(|&m| scene.mentions[m].message == i).peekable();
        if named.peek().is_some()
            && named.all(|m| matches!(scene.said[m], Said::Warned | Said::Dead))
            && !mood.sells
        {
            return false;
        }
        // Who opens a thread by asking, and names nothing, tells what befell him; the push comes from who answers.
        let asks = i == 0
            && role == Role::Asker
            && scene.messages.len() > 1
            && !mood.sells
            && !scene.mentions.iter().any(|m| m.message == 0)
            && scene.mentions.iter().any(|m| m.message > 0);
        (!role.is_official() || !scene.messages[i].marked)
            && !asks
            && role != Role::Moderator
            && !mood.refuted
            && (!mood.warns || mood.sells)
    })
}

impl Verdict {
    /// Returns whether a value, printed at the mentions `at`, bears the marks of the fraud.
    #[must_use]
    pub fn is_suspect(&self, scene: &Scene<'_>, at: &[usize], is_body: bool) -> bool {
        if !self.scam || is_body {
            return false;
        }
        let official = at.iter().all(|&i| {
            let message = &scene.messages[scene.mentions[i].message];
            message.role.is_official() && message.marked
        });
        let own = at.iter().any(|&i| scene.mentions[i].owner == Some(Owner::Own));
        !official && !own
    }

    /// Returns the reasons against a value, in plain words.
    #[must_use]
    pub fn reasons(&self, scene: &Scene<'_>, at: &[usize]) -> Vec<String> {
        let messages: Vec<usize> = at.iter().map(|&i| scene.mentions[i].message).collect();
        let near = |s: &&Sign| s.message.is_none_or(|m| messages.contains(&m));
        let mut reasons: Vec<String> = self.signs.iter().filter(near).map(|s| s.claim.to_owned()).collect();
        if reasons.is_empty() {
            reasons = self.signs.iter().map(|s| s.claim.to_owned()).collect();
        }
        reasons.truncate(5);
        reasons
    }
}
