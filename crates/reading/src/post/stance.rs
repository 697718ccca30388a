//! Stance: what the writers say of a contact.
//!
//! A value may be pushed, warned of, said to be dead, confirmed, the writer's own, or only guessed. The words are looked
//! for where the value stands and in what later writers answer; who comes later and knows better outweighs who came
//! before. Six languages.

mod repeated;
mod thanked;
mod words;

use super::mention::{Mention, is_government};
use super::sentence;
use super::thread::{Message, Role};
use std::ops::Range;
use words::{
    ALERT, ASKS_IF_REAL, CALLED_FROM, CAME, CHECKED, CUT, DEAD, DIGITS, DOUBTS, FAKE, GIFT, GIVEN, GUESS,
    HANG_UP, HAPPY, IS_A_FRAUD, LOCAL, MET, NEGATED, NOT_FAKE, NOT_OURS, OF_ITSELF, OTHER_NUMBER, OWN, PAST,
    REAL, RECOVERED, REFUTES, RESISTS, SAYS_REAL, SHUN, THAT_IS_FALSE, USE, VICTIM, WORKS,
};

/// What is said of a value at one place.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It is named as a way to reach the company.
    Named,
    /// A writer says that it works.
    Confirmed,
    /// A writer says that it is dead, wrong or not read.
    Dead,
    /// A writer warns of it.
    Warned,
    /// A writer answers the one who pushed it: do not.
    Refuted,
    /// It is the writer's own.
    Own,
    /// A pattern or a guess.
    Guessed,
}

/// Returns whether a text speaks of fraud in earnest.
#[must_use]
pub(super) fn is_warning(text: &str) -> bool {
    warnings(text).next().is_some()
}

/// Finds the words of a text that speak of fraud, those left out that deny it.
fn warnings(text: &str) -> impl Iterator<Item = Range<usize>> {
    let denied: Vec<Range<usize>> = NOT_FAKE.find_iter(text).map(|m| m.range()).collect();
    let alerts = ALERT.find_iter(text).map(|m| m.range()).filter(|range| {
        let behind = crate::window::clip(&text[range.end..], 120);
        !GIFT.is_match(behind.split(['\n']).next().unwrap_or_default())
    });
    FAKE.find_iter(text)
        .map(|m| m.range())
        .chain(alerts)
        .filter(move |f| !denied.iter().any(|d| d.start < f.end && f.start < d.end))
}

/// What a message says as a whole.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each found by itself")]
pub struct Mood {
    /// It warns of a fraud.
    pub warns: bool,
    /// Its writer tells how a fraud was tried on them.
    pub victim: bool,
    /// Somebody later refutes it at once.
    pub refuted: bool,
    /// It sells the recovery of what a fraud took.
    pub sells: bool,
    /// It tells what somebody asked of the writer, and does not call it a fraud.
    pub told: bool,
    /// It puts one number again and again into words of warning, and offers it.
    pub repeats: bool,
}

/// Whether a message speaks of fraud, the sentences left out that mean whatever others name.
fn warns_of_these(text: &str, message: &Message) -> bool {
    let whole = &text[message.whole.clone()];
    is_warning(whole)
        && (!OF_OTHERS.is_match(whole)
            || sentence::split(text, &message.whole)
                .iter()
                .map(|range| &text[range.clone()])
                .any(|words| is_warning(words) && !OF_OTHERS.is_match(words)))
}

/// Whether a link leads to an authority.
fn is_authority(mention: &Mention) -> bool {
    let host = mention.reach.as_link().and_then(|link| link.url().host_str().map(str::to_lowercase));
    host.is_some_and(|host| is_authority_host(&host))
}

/// Whether a host is a government's or the police's.
fn is_authority_host(host: &str) -> bool {
    is_government(host)
        || psl::suffix_str(host).is_some_and(|suffix| suffix.split('.').any(|label| label == "police"))
        || psl::domain_str(host) == Some("polizei.de")
}

/// Reads the mood of each message.
#[must_use]
pub(super) fn moods(text: &str, messages: &[Message], mentions: &[Mention]) -> Vec<Mood> {
    let title = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    // A text of one line is no title of its own.
    let title_warns = title.len() < text.trim().len()
        && (is_warning(title) || VICTIM.is_match(title))
        && !title.contains("☎")
        && mentions.iter().all(|m| m.span.start > title.len() || is_warning(title));
    let mut moods: Vec<Mood> = messages
        .iter()
        .map(|m| {
            let whole = &text[m.whole.clone()];
            let named = VICTIM.is_match(whole);
            let asked =
                super::guard::asks::reported(whole) && (!HAPPY.is_match(whole) || RESISTS.is_match(whole));
            // Who does as he was bid is no witness of a fraud: he does not know of it.
            let asked = asked && !COMPLIES.is_match(whole);
            let victim = named || asked;
            let told = asked && !named && !is_warning(whole);
            // A story about those who sell it, with nobody to write to or to ring, sells nothing.
            let leads = |x: &Mention| m.whole.contains(&x.span.start) && !is_authority(x);
            let thanks = mentions.iter().any(|x| leads(x) && thanked::is_thanked(text, m, x));
            let sells =
                thanks || RECOVERED.is_match(whole) && (!is_warning(whole) || mentions.iter().any(leads));
            // A warning from an account made today that names a number itself is no warning.
            let fresh = super::thread::is_new_account(&m.note)
                && mentions.iter().any(|x| m.whole.contains(&x.span.start));
            let repeats = repeated::repeats(text, m, mentions);
            let warns = (warns_of_these(text, m) || title_warns && !m.role.is_official() || victim) && !fresh;
            Mood { warns: warns && !repeats, victim, refuted: false, sells, told, repeats }
        })
        .collect();
    // Whoever asks whether it is genuine pushes nothing, unless the others say that it is.
    if ASKS_IF_REAL.is_match(title)
        || messages
            .iter()
            .zip(&moods)
            .any(|(m, _)| m.role == Role::Asker && ASKS_IF_REAL.is_match(&text[m.whole.clone()]))
    {
        let answers = messages.iter().enumerate().filter(|(_, m)| m.role != Role::Asker);
        let verdicts: Vec<bool> = answers
            .map(|(_, m)| &text[m.whole.clone()])
            .filter(|t| {
                is_warning(t)
                    || SHUN.is_match(t)
                    || REFUTES.is_match(t)
                    || HANG_UP.is_match(t)
                    || SAYS_REAL.is_match(t)
            })
            .map(|t| !SAYS_REAL.is_match(t))
            .collect();
        // Where nobody answers, what was asked of the asker stands in doubt.
        // What the asker adds once he was answered, he has from the answer.
        let answered = messages.iter().position(|m| m.role != Role::Asker).unwrap_or(messages.len());
        if verdicts.first().copied().unwrap_or_else(|| super::guard::asks::reported(text)) {
            for (m, mood) in messages.iter().zip(&mut moods).take(answered) {
                mood.warns |= m.role == Role::Asker;
            }
        }
    }
    for at in 0..messages.len() {
        // The pusher does not refute himself; the next writers do, or the one who keeps order.
        let pushes = mentions.iter().any(|m| m.message == at && m.owner != Some(super::company::Owner::Own))
            || matches!(messages[at].role, Role::SaysCompany);
        if !pushes || messages[at].role.is_official() || moods[at].warns {
            continue;
        }
        // An asker is answered with warnings of others; only who is told that this very thing is a fraud was refuted.
        let asker = messages[at].role == Role::Asker;
        let answers =
            messages.iter().enumerate().skip(at + 1).filter(|(_, m)| m.author != messages[at].author);
        let refuted = answers.take(4).enumerate().any(|(after, (i, m))| {
            let said = &text[m.whole.clone()];
            let disowned = m.role.is_official() && NOT_OURS.is_match(said);
            if asker && !IS_A_FRAUD.is_match(said) && !disowned {
                return false;
            }
            // Whoever answers with a warning of some other thing does not mean this one.
            let own = mentions
                .iter()
                .any(|x| x.message == i && mentions.iter().any(|y| y.message == at && y.reach == x.reach));
            let addressed = after < 2
                || own
                || m.role.is_official()
                || m.role == Role::Moderator
                || said.contains(messages[at].author.trim_start_matches('@'));
            addressed
                && (is_warning(said) || SHUN.is_match(said) || REFUTES.is_match(said))
                && (own
                    || !mentions.iter().any(|x| x.message == i)
                    || disowned
                    || matches!(messages[at].role, Role::SaysCompany))
        });
        moods[at].refuted = refuted;
    }
    moods
}

/// Says of each mention what its own sentence says of it.
pub(super) fn at_mention(
    text: &str,
    mention: &Mention,
    messages: &[Message],
    mood: Mood,
    all: &[Mention],
    company: &super::company::Company,
) -> Said {
    let message = &messages[mention.message];
    let own_sentence = &text[mention.sentence.clone()];
    let before = &text[mention.sentence.start..mention.span.start.max(mention.sentence.start)];
    let clause_start = clause_start(text, mention, all);
    // Without the value itself: a mailbox may be called `fake@`.
    let clause = format!(
        "{} {}",
        &text[clause_start.min(mention.span.start)..mention.span.start],
        &text[mention.span.end..clause_end(text, mention, all)]
    );
    let clause = clause.as_str();
    let own = is_own(mention, company);
    let official = message.role.is_official();
    if is_guess(own_sentence, before.len()) && mention.reach.as_email().is_some()
        || mention.reach.as_email().is_some_and(|e| GUESS.is_match(e.local()))
    {
        return Said::Guessed;
    }
    // Who advertises names the address to be written to, not his own as a customer.
    let advertises = text[message.whole.clone()].matches(" #").count() >= 2;
    // Who says to speak for the company names its line by `ring me`.
    let speaks = is_presented(text, mention, all)
        || INSIDER.is_match(&text[message.whole.clone()])
        || OFFERS.is_match(&text[message.whole.clone()])
        // What somebody of the company is quoted with is his to be reached by.
        || is_quoted(before) && super::rungs::names_a_desk(before)
        || SPEAKS_FOR.find_iter(&text[message.whole.clone()]).any(|found| {
            let near = crate::window::clip(&text[message.whole.start + found.start()..message.whole.end], 90);
            company.is_named_in(near)
        });
    if !official
        && !own
        && !advertises
        && !speaks
        && OWN.is_match(
            &text[text
                .floor_char_boundary(clause_start.max(mention.span.start.saturating_sub(90)))
                .min(mention.span.start)..mention.span.start],
        )
    {
        return Said::Own;
    }
    if own {
        return if is_dead(clause) { Said::Dead } else { Said::Named };
    }
    let real = REAL.is_match(clause) || REAL.is_match(before) && !is_warning(clause);
    if official {
        return if is_warning(clause) && !real { Said::Warned } else { Said::Named };
    }
    if !own && is_disowned(text, mention, message, company) {
        return Said::Warned;
    }
    if negated(clause) || before.trim_end().ends_with(['❌', '✖', '🚫', '⛔', '✗', '✘']) {
        return Said::Warned;
    }
    if mood.repeats && repeated::is_repeated(mention, all) {
        return Said::Named;
    }
    // What came to the writer unasked, or was met in an advertisement, is not named as a way to the company where the
    // writer doubts it.
    let after = crate::window::clip(&text[mention.span.end..], 30);
    let bidden = is_bidden(before, own_sentence);
    // Who was called by a number does not name a way to reach anyone.
    if CALLED_FROM.is_match(before) && !real && !bidden && !VOUCHED.is_match(own_sentence) {
        return Said::Warned;
    }
    if (MET.is_match(before) || CAME.is_match(after))
        && !real
        && !mood.sells
        && DOUBTS.is_match(&text[message.whole.clone()])
    {
        return Said::Warned;
    }
    if mood.sells && !is_warning(clause) {
        return Said::Named;
    }
    // Where a fraud is to be reported is none itself.
    let shunned =
        (is_warning(clause) || mention.reach.as_number().is_some() && SHUN.is_match(clause)) && !real;
    if shunned && !follows_a_body(text, mention, 40) && super::rungs::of_a_body(mention).is_none() {
        return Said::Warned;
    }
    let elsewhere = mood.told && !super::guard::asks::reported(own_sentence) && !is_warning(own_sentence);
    if mood.warns && !real && !elsewhere {
        // In a warning, a value that is not called the right one is the one warned of, unless its sentence tells to use it.
        let told = is_warning(own_sentence) || PAST.is_match(own_sentence) || is_quoted(before);
        let later_use = USE.is_match(own_sentence) && !told && !mood.victim;
        // Who warns and then names a desk by what it does, as of the company, names the right one.
        let near = crate::window::clip_end(before, 70);
        let desk = !told
            && !MET.is_match(own_sentence)
            && (super::rungs::names_a_desk(near) && (THE_DESK.is_match(near) || company.is_named_in(near))
                || company.is_named_in(near) && ITSELF.is_match(near)
                || super::rungs::ends_with_a_desk(near));
        let outside = super::rungs::of_a_body(mention).is_some() || follows_a_body(text, mention, 60);
        // Who asked the company itself names what it was asked by: `Rang Castora (0808 …): not theirs`.
        let asked = {
            let near = crate::window::clip_end(
                &text[mention.sentence.start.min(mention.span.start)..mention.span.start],
                90,
            );
            CHECKED.find_iter(near).any(|found| company.is_named_in(&near[found.end()..]))
        };
        if !later_use && !bidden && !desk && !outside && !asked {
            return Said::Warned;
        }
    }
    if is_dead(clause) {
        return Said::Dead;
    }
    Said::Named
}

/// Words that vouch for whoever rang.
static VOUCHED: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(r"(?i)\b(?:that|it)['’]?s\s+(?:really\s+|actually\s+)?(?:them|theirs|real|genuine)\b")
});

/// Somebody who offers to put right himself what is the company's to put right: his address is one to write to.
static OFFERS: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:accredited|certified|licen[cs]ed|ethical|verified)\s+(?:\w+\s+){0,2}(?:agent|broker|tech\w*|hacker|expert|rep\w*|partner|adviser|advisor|specialist)\b|\bi(?:['’]ll|\s+can|\s+will)?\s+(?:clear|swap|unlock|unban|lift|release|restore|recover|push|place|delete|key|wipe)\s+(?:it|them|the|your|that|ur)\b",
    )
});

/// Whether a guess that a sentence speaks of is left behind before the value: `first.last bounced, then I tried …`.
fn is_guess(sentence: &str, at: usize) -> bool {
    static THEN: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
        crate::post::rx(r"(?i)\b(?:then|finally|in\s+the\s+end|so\s+i|until\s+i)\b[^.!?\n]{0,40}$")
    });
    let before = &sentence[..at.min(sentence.len())];
    GUESS
        .find(sentence)
        .is_some_and(|guess| !(guess.end() <= before.len() && THEN.is_match(&before[guess.end()..])))
}

/// Whether a clause says that a value is dead, and not some other thing that the new one takes the place of.
fn is_dead(clause: &str) -> bool {
    DEAD.find_iter(clause).any(|found| !OLD_THING.is_match(&clause[..found.start()]))
}

/// Something old that is no contact: `the old portal is no longer read`.
static OLD_THING: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:old|former|previous|alte[nrs]?|bisherige\w*|ancien(?:ne)?|antigu[oa]|viej[oa]|vecchi[oa]|oude)\s+(?:portal|portail|site|system|système|sistema|form|formular\w*|app|website|seite|office|bank)\W*$|\b(?:offer|window|sale|deal|promotion|registration|list|shop)\W*$",
    )
});

/// Whether a value is the company's own: on its domain, or an address that bears its name.
fn is_own(mention: &Mention, company: &super::company::Company) -> bool {
    mention.owner == Some(super::company::Owner::Own)
        || mention.reach.channel() == ladder::Channel::Postal && company.is_named_in(mention.reach.value())
}

/// Whether the same message presents a value as a desk's: then it is no private one, whatever else it is called.
fn is_presented(text: &str, mention: &Mention, all: &[Mention]) -> bool {
    all.iter().any(|other| {
        other.message == mention.message
            && other.reach == mention.reach
            && super::rungs::names_a_desk(crate::window::clip_end(&text[..other.span.start], 60))
    })
}

/// Whether an outside body is named right before a value, within so many bytes of its sentence.
fn follows_a_body(text: &str, mention: &Mention, within: usize) -> bool {
    let sentence = mention.sentence.start.min(mention.span.start);
    let start = text.floor_char_boundary(mention.span.start.saturating_sub(within)).max(sentence);
    super::rungs::names_a_body(&text[start..mention.span.start])
}

/// Whether the next sentence says that this is not the company: `They want you to ring 020 …. That is not Castora.`
fn is_disowned(text: &str, mention: &Mention, message: &Message, company: &super::company::Company) -> bool {
    let end = message.body.end.max(mention.sentence.end);
    let next = crate::window::clip(&text[mention.sentence.end..end], 60);
    DISOWNS.find(next).is_some_and(|found| company.is_named_in(found.as_str()))
}

/// A sentence that says of the one before that it is not the company.
static DISOWNS: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)^\W*(?:that|this|it|they|those|das|dies|es|die|ce|c|ça|eso|esto|no|non|quello|questo|dat|dit)\b[^.!?\n]{0,14}\b(?:not|nicht|pas|no|non|niet|kein\w*|aren['’]t|isn['’]t)\b[^.!?\n]{0,30}",
    )
});

/// Somebody who says to be, or to have been, on the inside: what he names is to be used.
static INSIDER: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\bi\s(?:used\sto\s(?:be|work)|worked|work|was|am)\b[^.!?\n]{0,20}\b(?:in|for|at|inside)\stheir\b|\b(?:i['’]?m|i\sam|as)\sa(?:n)?\s(?:former|ex)[-\s]\w+",
    )
});

/// Somebody who gives himself out to be of the company.
static SPEAKS_FOR: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:i['’]?m|i\sam|this\sis|je\ssuis|ich\sbin|hier\sist|soy|somos|le\sescribimos\sde|sono|ik\sben)\s[^.!?\n]{0,30}\b(?:from|at|of|with|du|de|des|d['’]|von|vom|bei|beim|del|della|dal|van)\b",
    )
});

/// The desk of somebody who is spoken of: `the wire room`, `their claims desk`.
static THE_DESK: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:the|their|its|our|der|die|das|den|dem|beim|zum|zur|le|la|les|leur|au|el|los|las|al|su|il|lo|gli|het|de)\s+(?:[\p{L}'’-]+\s+){0,3}(?:teams?|desk|line|department|dept|unit|office|queue|number|room|centre|center|service|abteilung|stelle|zentrum|notruf|hotline|équipe|cellule|equipo|departamento|servicio|ufficio|servizio|afdeling)\b|\b\p{L}+['’]s\s+(?:[\p{L}-]+\s+){0,3}(?:teams?|desk|line|department|dept|unit|office)\b",
    )
});

/// What bounces or is cut off here is a payment or a customer, and no contact.
static OF_CUSTOMER: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:offer|window|sale|deal|promotion|registration|payments?|deposits?|che(?:que|ck)s?|debits?|transfers?|power|supply|meter|phone|laptop|fridge|router|(?:you|we|i|she|he)\s+(?:get|got|was|were|are|will be|would be|['’]ll be))\s*$",
    )
});

/// The company in person: `Eichner selbst (…)`.
static ITSELF: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:itself|themselves|directly|selbst|direkt|lui-même|elle-même|eux-mêmes|mism[oa]s?|stess[oi]|zelf)\b",
    )
});

/// Words of somebody who is about to do what was asked.
static COMPLIES: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:off\s+to|(?:i['’]?m\s+)?(?:driving|heading|going|on\s+my\s+way)\s+to)\s+(?:the|my)\s+(?:bank|branch|store|shop|post\s?office|atm)\b|\b(?:doing|sending|paying|buying)\s+(?:it|that|them)\s+(?:now|today|tonight)\b",
    )
});

/// A warning of all that others name beside the value: it is not meant by it.
static OF_OTHERS: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:any|all|the)?\s?other\s+(?:numbers?|lines?|answers?|sites?|mailbox(?:es)?|accounts?)\b|\banything\s+else\b|\b(?:numbers?|answers?)\s+(?:in|below|above|elsewhere|further)\b|\bandere\w*\s+nummern?\b|\bautres\s+numéros\b|\botros\s+números\b|\bsome(?:one|body)\s+(?:claiming|pretending|posing)\b[^.!?\n]{0,60}\b(?:messag|contact|wrot|pm|dm|text)\w*\s+(?:to\s+)?me\b[^.!?\n]{0,20}\b(?:after\w*|later|then|too|as well)\b|\baltri\s+numeri\b|\bandere\s+nummers\b",
    )
});

/// What a caller or a text bade the writer.
static CAME_TO_ME: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:he|she|text|texts|sms|mail|e-?mail|letter|caller|man|woman|guy|voice|message|pop-?up|ad)\b[^.!?\n]{0,50}\b(?:to|and)\s+\w+\s*$|^\W*(?:and\s+)?to\s+\w+\s*$",
    )
});

/// Somebody bidden to use the value that follows.
static BIDDEN: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:ring|call|phone|contact|reach|write\s+to|rufen\s+sie|appelez|llame\s+a|chiamate|bel)\s+(?:the|your|die|ihre|votre|la|el|su|uw|de)\s+(?:real\s+)?(?:bank|company|insurer|airline|carrier|provider|store|shop|supplier|branch|banque|banco|banca|compañía|assurance|versicherung)\s+(?:itself\s+|directly\s+|selbst\s+|direkt\s+)?(?:on|at|under|via|unter|au|en|al|op)\s*$|\b(?:customer\s(?:service|care|support)|klantenservice|kundenservice|kundendienst|service\sclients?|atención\sal\scliente|servizio\sclienti|help\s?line|hotline)\s+(?:has\s+|hat\s+|a\s+|ha\s+)?(?:just\s+)?(?:confirm\w*|bevestig\w*|bestätig\w*|conferm\w*)\b[^.!?\n]{0,30}$|\b(?:to|please|should|must|can|and)\s+(?:ring|call|phone|dial|email|e-mail|mail|write\s+to|forward\s+(?:it\s+|them\s+)?to|send\s+(?:it|them)\s+to)\s*$",
    )
});

/// Whether the writer bids the reader use the value that follows, and not a caller or a text the writer.
fn is_bidden(before: &str, sentence: &str) -> bool {
    BIDDEN.is_match(before) && !is_warning(sentence) && !is_quoted(before) && !CAME_TO_ME.is_match(before)
}

/// Whether what follows stands inside of quotation marks that are open at the end of a text.
fn is_quoted(before: &str) -> bool {
    let straight = before.chars().filter(|c| *c == '"').count() % 2 == 1;
    let curly = before.rfind(['“', '„', '«']).is_some_and(|at| !before[at..].contains(['”', '»']));
    straight || curly
}

/// Whether a clause says that a value is not the company's. A service that says so of itself warns of nothing.
fn negated(clause: &str) -> bool {
    NEGATED.find(clause).is_some_and(|found| !OF_ITSELF.is_match(&clause[..found.start()]))
}

/// Where the clause around a mention begins: after a stop, a semicolon, a dash, `but`, or another mention.
fn clause_start(text: &str, mention: &Mention, all: &[Mention]) -> usize {
    let floor = all
        .iter()
        .filter(|m| {
            m.span.end <= mention.span.start
                && m.span.end > mention.sentence.start
                && m.reach != mention.reach
        })
        .map(|m| m.span.end)
        .max()
        .unwrap_or(mention.sentence.start);
    let before = &text[floor..mention.span.start.max(floor)];
    let cut = CUT.find_iter(before).last().map_or(0, |m| m.end());
    floor + cut
}

/// Where the clause ends.
fn clause_end(text: &str, mention: &Mention, all: &[Mention]) -> usize {
    let ceiling = all
        .iter()
        .filter(|m| {
            m.span.start >= mention.span.end
                && m.span.start < mention.sentence.end
                && m.reach != mention.reach
        })
        .map(|m| m.span.start)
        .min()
        .unwrap_or(mention.sentence.end)
        .max(mention.span.end);
    let after = &text[mention.span.end..ceiling];
    CUT.find(after).filter(|m| m.start() > 0 || m.len() > 2).map_or(ceiling, |m| mention.span.end + m.start())
}

/// A statement of one message on a value that another named.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Which mention's value it is about.
    pub mention: usize,
    /// In which message it is made.
    pub message: usize,
    /// What it says.
    pub said: Said,
    /// Its sentence.
    pub sentence: Range<usize>,
    /// Whether the sentence names the value, whole or in part.
    pub explicit: bool,
}

/// Finds what later sentences say of values named before: `that one's dead`, `0117 is a dentist`, `2nd this`.
pub(super) fn statements(text: &str, messages: &[Message], mentions: &[Mention]) -> Vec<Statement> {
    let mut found = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        for sentence in sentence::split(text, &message.body) {
            let words = &text[sentence.clone()];
            let dead = DEAD.find(words).filter(|hit| !OF_CUSTOMER.is_match(&words[..hit.start()]));
            let (warned, works) = (THAT_IS_FALSE.find(words), WORKS.find(words));
            let part = referred(words, mentions);
            let false_part = part.is_some()
                && (is_warning(words) || SHUN.is_match(words) || negated(words))
                && !REAL.is_match(words);
            let said = match (&warned, &dead, &works) {
                (Some(_), _, _) => Said::Warned,
                _ if false_part => Said::Warned,
                (None, Some(_), _) => Said::Dead,
                (None, None, Some(_)) => Said::Confirmed,
                (None, None, None) => continue,
            };
            // A mailbox that is named and none (`no-reply@`) is no statement on another.
            if words.contains('@')
                && !mentions.iter().any(|m| m.span.start >= sentence.start && m.span.start < sentence.end)
                && LOCAL.captures(words).is_none()
            {
                continue;
            }
            // `The 0845 number is gone` speaks of a number that is named by its beginning, and of none that is printed.
            if part.is_none() && OTHER_NUMBER.is_match(words) {
                continue;
            }
            // `Someone kept adding an 0909 number. It's premium rate`: so does the sentence before.
            let earlier = sentence::split(text, &(message.whole.start..sentence.start)).pop();
            if part.is_none()
                && said == Said::Warned
                && earlier.is_some_and(|e| OTHER_NUMBER.is_match(&text[e]))
            {
                continue;
            }
            let place = sentence.start + warned.or(dead).or(works).map_or(0, |m| m.start());
            let here: Vec<usize> = (0..mentions.len())
                .filter(|&i| {
                    mentions[i].span.start >= sentence.start && mentions[i].span.start < sentence.end
                })
                .collect();
            let target = part
                .or_else(|| {
                    (said == Said::Warned)
                        .then(|| {
                            (0..mentions.len()).rev().find(|&i| {
                                mentions[i].span.start < sentence.start && mentions[i].message < at
                            })
                        })
                        .flatten()
                })
                .or_else(|| {
                    let wide = words[..place - sentence.start].to_lowercase();
                    wide.contains("whatsapp")
                        .then(|| {
                            (0..mentions.len()).rev().find(|&i| {
                                mentions[i].span.start < sentence.start
                                    && mentions[i].reach.channel() == ladder::Channel::Messaging
                            })
                        })
                        .flatten()
                })
                .or_else(|| {
                    let other = words[..place - sentence.start].to_lowercase().contains("the other");
                    if other {
                        return (0..mentions.len()).rev().find(|&i| {
                            mentions[i].span.start < sentence.start
                                && !here.iter().any(|&h| mentions[h].reach == mentions[i].reach)
                        });
                    }
                    // A mention of its own sentence was judged with its clause; a confirmation of it counts here.
                    if here.is_empty() {
                        (0..mentions.len()).rev().find(|&i| {
                            mentions[i].span.start < sentence.start
                                && (mentions[i].message == at && sentence.start - mentions[i].span.end < 220
                                    || mentions[i].message < at && !mentions.iter().any(|m| m.message == at))
                        })
                    } else if said == Said::Confirmed {
                        here.iter().copied().min_by_key(|&i| mentions[i].span.start.abs_diff(place))
                    } else {
                        None
                    }
                });
            // A house is not switched off: what is dead is some number or page beside the address.
            let is_house = |&i: &usize| mentions[i].reach.channel() == ladder::Channel::Postal;
            if target.as_ref().is_some_and(is_house)
                && said == Said::Dead
                && part.is_none()
                && !HOUSE.is_match(words)
            {
                continue;
            }
            if let Some(mention) = target {
                let explicit = part.is_some() || here.contains(&mention);
                found.push(Statement { mention, message: at, said, sentence, explicit });
            }
        }
    }
    found
}

/// What is said of a postal address.
static HOUSE: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:address|letters?|p\.?o\.?\s?box|return\w*|moved|envelope|anschrift|adresse|brief|courrier|dirección|indirizzo|adres)\b",
    )
});

/// Finds values of earlier writers that a later one sets a right value against: `the real one is …`; also what the asker
/// was given by somebody whom the others call a cheat.
pub(super) fn set_right(
    text: &str,
    messages: &[Message],
    mentions: &[Mention],
    moods: &[Mood],
) -> Vec<usize> {
    let mut found = Vec::new();
    let real: Vec<bool> = mentions.iter().map(|m| REAL.is_match(&text[m.sentence.clone()])).collect();
    for (i, m) in mentions.iter().enumerate() {
        let author = &messages[m.message].author;
        let given = !real[i] && GIVEN.is_match(&text[m.sentence.clone()]);
        if !given || m.owner == Some(super::company::Owner::Own) || messages[m.message].role.is_official() {
            continue;
        }
        let righted = mentions.iter().zip(&real).any(|(r, real)| {
            *real
                && r.message > m.message
                && r.reach != m.reach
                && messages[r.message].author != *author
                && r.reach.channel() == m.reach.channel()
        });
        let cheat = (0..messages.len().min(m.message + 4)).any(|k| {
            k != m.message
                && messages[k].author != *author
                && moods[k].warns
                && !mentions.iter().any(|x| x.message == k && x.span.start < m.span.start)
        });
        if righted || cheat {
            found.push(i);
        }
    }
    found
}

/// Returns the mention that a sentence refers to by the beginning or end of its number, or by its mailbox.
fn referred(words: &str, mentions: &[Mention]) -> Option<usize> {
    let digits =
        DIGITS.find_iter(words).map(|m| m.as_str().replace(' ', "")).filter(|d| (3..=7).contains(&d.len()));
    for part in digits {
        let hit = (0..mentions.len()).find(|&i| {
            let Some(number) = mentions[i].reach.as_number() else { return false };
            let all = number.as_str();
            let bare = part.trim_start_matches('0');
            bare.len() >= 3
                && (all.ends_with(&part)
                    || part.starts_with('0')
                        && (3..=4).contains(&bare.len())
                        && all
                            .get(3..)
                            .is_some_and(|r| r.starts_with(bare) || r[1.min(r.len())..].starts_with(bare)))
        });
        if hit.is_some() {
            return hit;
        }
    }
    LOCAL.captures_iter(words).find_map(|found| {
        let local = found[1].to_lowercase();
        (0..mentions.len()).find(|&i| mentions[i].reach.as_email().is_some_and(|e| e.local() == local))
    })
}
