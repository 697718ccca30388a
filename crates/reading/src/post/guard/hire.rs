//! Signs of who is offered and how: a stranger's account, a relative on the inside, a private telephone, a courier, a job;
//! and of alarms, prizes and payments that are worded in no fixed way.
//!
//! As in [`asks`](super::asks) each is a pair of small classes of words within a sentence rather than a list of phrases.

use std::sync::LazyLock;

use ladder::Channel;
use regex::Regex;

use super::super::Scene;
use super::super::company::Owner;
use super::super::stance::Said;
use super::asks::look;
use super::{Trace, live};

/// Anything inside of a sentence: stops inside of numbers and names do not end one.
const GAP: &str = r"(?:[^.!?\n]|\.\d|\.[A-Za-z])";

/// Somebody of one's own.
const KIN: &str = r"\b(?:(?:my|our|his|her|your|mein\w*|mon|ma|mes|mi|mio|mia|mijn)\s+(?:\w+\s+)?|an?\s+)(?:uncle|aunt|cousin|wife|husband|brother|sister|mate|friend|buddy|bro|neighbou?r|girlfriend|boyfriend|dad|mum|mom|son|daughter|nephew|niece|flatmate|roommate|colleague|onkel|tante|cousine?|schwager|schwägerin|frau|mann|kumpel|freund(?:in)?|nachbar(?:in)?|bruder|schwester|oncle|beau-frère|frère|sœur|copain|copine|pote|tío|tía|primo|prima|cuñad[oa]|herman[oa]|amig[oa]|vecin[oa]|zio|zia|cugin[oa]|cognat[oa]|fratello|sorella|oom|neef|nicht|zwager|broer|zus|vriend(?:in)?)(?:[-\s]in[-\s]law)?\b";
/// Being on the inside.
const INSIDE: &str = r"\b(?:inside|insider|works?\s(?:there|for|at|in|with|as)|is\s(?:inside|in\s(?:their|the|head)|an?\s(?:\w+\s)?(?:assistant|manager|employee|agent|supervisor|officer|engineer|teller))|at\s(?:their|the)\shead\s?office|head\s?office|employee\s?discount|arbeitet|sitzt\s(?:bei|in)|travaille|bosse|trabaja|lavora|werkt)\b";

/// A service that an account renders.
const FIXES: &str = r"\b(?:got|gets?|brought|sorted|fixed|restored|unbanned|unlocked|recovered|hacked|returned|reinstated|removed|cancelled|deleted|helped|delivers?|legit|goat|the\ best|the\ man|a\ legend|trustworthy|real\ deal|zurück\s?geholt|entsperrt|geholfen|récupéré|débloqué|recuperó|desbloqueó|recuperato|sbloccato|teruggehaald|shout\s?-?out|thanks?\ to|all\ thanks|credit\ to|hit\ up|dm|message|write\ to|wrote\ to|schreib\w*|contacte[rz]?|écri\w+|escrib\w+|escribe|scriv\w+)\b";

/// Who comes for it.
const COURIER: &str = r"\b(?:couriers?|coursiers?|drivers?|messenger|officer|colleague|bote|boten|kurier\w*|abholer|mensajer[oa]|repartidor|corriere|koerier|somebody|someone)\b";
/// Coming for it.
const COLLECTS: &str = r"\b(?:collects?|collected|picks?\s(?:it|them|up)|picked|pick-?up|comes?\s(?:for|by|round)|fetch\w*|hand\w*\sover|take[ns]?\s(?:it|the)|abhol\w+|abgeholt|récupér\w+|chercher|passera|recog\w+|ritir\w+|ophalen|haalt)\b";
/// What is carried away.
const CARRIED: &str = r"\b(?:cards?|cash|money|savings|gold|jewel\w*|envelope|karten?|bargeld|schmuck|cartes?|argent|enveloppe|bijoux|tarjetas?|dinero|efectivo|sobre|carta|contanti|pas|pinpas|geld)\b";

/// Work that is none.
const TASKS: &str = r"\b(?:like\s(?:videos?|posts?|\d+)|lik(?:e|ing)\svideos|rat(?:e|ing)\s(?:hotels|apps|products)|reviews?\sto\swrite|reship\w*|re-?shipp\w*|forward\sthe\s(?:box|parcel|package|phone|money)\w*|receiv\w+\s(?:\w+\s){0,2}(?:payments?|refunds?|parcels|packages|transfers)\s(?:into|to|at)\s(?:your|their|her|his|home)|forwarding\s(?:them|packages|parcels)|into\s(?:your|their)\sown\s(?:bank\s)?accounts?|lines?\sin\syour\sname|accounts?\sin\syour\sname|kee?p\s\d+\s?%|me\sgusta|videos?\sliken|aimer\sdes\svidéos|home-?based|work(?:ing)?\sfrom\shome|from\shome|online\sjob|desde\scasa|von\s(?:zu\s)?hause|heimarbeit|à\sdomicile|da\scasa|thuiswerk\w*|no\sexperience|sin\sexperiencia|ohne\svorkenntnisse|sans\sexpérience)";
/// The wage.
const WAGE: &str = r"(?:[£$€]\s?\d[\d.,]*\s?(?:k\b|(?:-|–|to)\s?[£$€]?\s?\d[\d.,]*)?\s?(?:/|\bper\b|\ban?\b|\beach\b|\bhoy\b|\bpro\b|\bpar\b|\bal\b)|\d[\d.,]*\s?€\s?(?:/|\bpro\b|\bpar\b|\bal\b|\bhoy\b|\bam\b|\bde\b)?|\b(?:paid|earn\w*|commission|keep|cobra\w*|gana\w*|verdien\w*|gagne\w*|guadagn\w*)\b)";

/// Something that happened to an account or order.
const EVENT: &str = r"\b(?:payments?|purchases?|orders?|transfers?|transactions?|charges?|debited|renew(?:ed|al)|subscription|invoice|payee|devices?|log-?ins?|sign-?ins?|accessed|access|request\w*|zahlung|überweisung|abbuchung|anmeldung|bestellung|paiement|virement|achat|connexion|commande|pago|cargo|compra|transferencia|acceso|pagamento|acquisto|bonifico|accesso|betaling|bestelling)\b";
/// Was it you?
const NOT_YOU: &str = r"(?:\bif\s+(?:you|this|it)\s+(?:did|have|has|was|is|were)\s?(?:n['’]t|\s+not)\b|\bnot\s+(?:you|yours|authori[sz]ed|recogni[sz]ed?)\b|\bdid(?:n['’]t|\s+not)\s+(?:do|make|place|authori[sz]e|request|recogni[sz]e|order)\b|\bdo(?:n['’]t|\s+not)\s+recogni[sz]e\b|\bwasn['’]t\s+you\b|\bnicht\s+(?:sie|von\s+ihnen|veranlasst|beauftragt|autorisiert)\b|\bpas\s+(?:vous|à\s+l['’]origine)\b|\bno\s+(?:ha\s+sido|fue|reconoce)\b|\bnon\s+(?:sei|è)\s+stat[oa]\b|\bniet\s+(?:u|door\s+u)\b)";
/// Do this now.
const ACT: &str = r"\b(?:call|ring|dial|phone|contact|text|secure|cancel|press|click|tap|visit|reply|anrufen|rufen|klick\w*|appele[rz]|contactez|cliquez|llam\w+|puls\w+|contact\w+|chiam\w+|clicc\w+|bel|klik\w*|https?:|\w+-\w+\.\w{2,})";

/// Luck that nobody asked for.
const PRIZE: &str = r"\b(?:you(?:['’]ve|\ have|['’]re|\ are)?\s+(?:just\s+|been\s+)?(?:won|win|a\ winner|one\ of\s(?:our\s|the\s)?\w+\s(?:lucky\s)?winners)|winners?\s(?:of|announced)|giveaway|gives?\ (?:it\ )?(?:back|away)|get\s(?:it\s|back\s)?double|double\s(?:it|your|the|within)|free\s[\d.,]+\s\w+|must\ go\b|(?:warehouse|stores?|outlet|shops?)\s(?:is\s|are\s)?(?:closing|clearance)|closing\s(?:\w+\s)?(?:stores?|shops?|down)|liquidation|\d\d\s?%\s?off|räumungsverkauf|liquidación|liquidation\ totale|pallets?\sof|mystery\s(?:box|pallet)|gewonnen|gewinnspiel|vous\ avez\ gagné|ha\ ganado|has\ ganado|ha\ vinto|hai\ vinto|u\ heeft\ gewonnen|saldo\ a\ (?:su|tu)?\s?favor|guthaben\s(?:von|in\ höhe)|à\ votre\ crédit|(?:eligible|entitled)\s(?:for|to)\sa)\b";
/// What a prize costs.
const CLAIM: &str = r"\b(?:card|verification|claim\w*|apply|link\s(?:in|below)|bio|shipping|postage|pay|send|log-?in|password|username|before|limited|hurry|timer|debit|today|only|remain\w*|left|iban|kreditkarte|konto|carte|tarjeta|carta|kaart|solicit\w*|bestätig\w*)\b";

/// Pay the helper and not the company.
const PRIVATE_PAY: &str = r"(?:\b(?:half|first\shalf)\s(?:today|tonight)\b|\b(?:\w+-fifty|[£$€]?\d{2,})\s(?:now|before\w*|first)\b[^.!?\n]{0,16}\b(?:\w+-fifty|[£$€]?\d{2,}|rest)\s(?:after\w*|when|once|later)\b|\bhalf\s(?:now|before\w*|up\s?-?front|first)\b[^.!?\n]{0,24}\bhalf\b|\b(?:paid|pay|pays|sent|send|transfer\w*)\b[^.!?\n]{0,50}\b(?:(?:his|her|their)\s(?:\w+['’]s\s|own\s|private\s|personal\s)|(?:his|her)\s)(?:wife|husband|friend|brother|sister|bank\s)?(?:['’]s\s)?account\b|\b(?:to|pay|paid|send|sent)\s(?:mr|mrs|ms|miss|him|her|agent|officer)\b[^.!?\n]{0,30}\b(?:on|by|via|through|over)\s(?:cash\s?app|zelle|venmo|paypal|revolut|western|bizum)\b|\bby\s(?:zelle|cash\s?app|venmo|bizum)\b|\b(?:in|by|per|en|mit)\s(?:paysafe\w*|tickets?\b|neosurf|transcash|usdc|usdt|bitcoin)|\bper\snachnahme\b|\b(?:only\s)?(?:takes|charges|nimmt|prend|cobra)\s(?:\w+\s){0,2}(?:after|when|nachher|danach|après|después)\b|\b(?:top[- ]?up|recharge|guthaben)\sto\sthe\snumber\b|\bi\ssent\s(?:it|the\s\w+)?\s?in\s(?:coins|usdc|usdt|btc|eth)\b|\bin\scards\b|\b(?:two|three|four|five|\d)\s(?:vanilla|steam|apple|google|visa|target|razer)\scards?\b|\bemployee\sdiscount\b)";

/// More papers and secrets that open an account.
const OPENS: &str = r"\b(?:(?:needs?|wants?|asks?|give|gave|send|enter|drop|your)\b[^.!?\n]{0,30}sort\ codes?|sort\ code\ (?:\+|and|&)|mother['’]?s\ maiden|maiden\ name|backup\ codes?|recovery\ codes?|the\ long\ card|long\ card\ number|selfie\b[^.!?\n]{0,24}\b(?:licen[cs]e|passport|id\b)|log[-\ ]?in\ so|(?:\bher|his|your|\w['’]s|my)\ log[-\ ]?in\b|log\ in\ (?:on\ (?:his|her|a|their)\ page|to\ the\ (?:card|bank)\ portal\ with)|card\ portal|remove\ your\ phone\ number|balance\ (?:of|on)\ (?:the|your)\ card|read\ (?:them|him|her)\ the\ card|codes?\b[^.!?\n]{0,24}\b(?:you|which\ you|that\ you|and|then)\ (?:repeat|read|say|tell|forward|give)|(?:four|five|six|\d)[- ]figure\ code|name\ on\ the\ account|kontostand|\bpersos?\b|ausweis\w*\s(?:vorne|beidseitig|mit)|dni\ por|(?:donn(?:er|é|ez)|communiqu\w+)\s(?:la|sa|ma|votre)\ carte|número\ de\ (?:la\ )?tarjeta|clave\ que|carta\ d['’]identità)\b";

/// Joins two classes within one sentence, in either order.
fn both(first: &str, second: &str, gap: usize) -> Regex {
    crate::post::rx(&format!(
        "(?i)(?:{first}){GAP}{{0,{gap}}}?(?:{second})|(?:{second}){GAP}{{0,{gap}}}?(?:{first})"
    ))
}

fn alone(class: &str) -> Regex {
    crate::post::rx(&format!("(?i){class}"))
}

/// Whether a mention is a private line: a messenger, or a number of a mobile where the numbering plan tells.
pub(super) fn is_private(scene: &Scene<'_>, mention: usize) -> bool {
    const MOBILES: &[&str] = &[
        "+447", "+336", "+337", "+4915", "+4916", "+4917", "+346", "+347", "+393", "+316", "+614", "+3538",
        "+9155",
    ];
    let m = &scene.mentions[mention];
    m.reach.channel() == Channel::Messaging && m.owner != Some(Owner::Own)
        || m.reach.channel() == Channel::Social && m.owner == Some(Owner::Other)
        || m.reach.as_number().is_some_and(|n| MOBILES.iter().any(|start| n.as_str().starts_with(start)))
}

/// A stranger's account, named as the one to write to.
pub(super) fn strangers_account(scene: &Scene<'_>) -> Vec<Trace> {
    static PRAISED: LazyLock<Regex> = LazyLock::new(|| alone(FIXES));
    scene
        .mentions
        .iter()
        .enumerate()
        .filter(|(i, m)| {
            let account = m.reach.channel() == Channel::Social
                || m.reach.channel() == Channel::Messaging && m.reach.as_link().is_some();
            // An account on X that looks like the company's has a sign of its own.
            let stranger = m.owner == Some(Owner::Other)
                || m.owner == Some(Owner::LookAlike) && m.reach.channel() == Channel::Messaging;
            account
                && stranger
                && scene.is_pushed(*i)
                && live(scene).any(|message| message == m.message)
                && PRAISED.is_match(scene.words(m.message))
        })
        .map(|(_, m)| Trace { message: Some(m.message), range: m.sentence.clone() })
        .collect()
}

/// A relative or friend on the inside, reached on a private line.
pub(super) fn kin_inside(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| both(KIN, INSIDE, 60));
    look(scene, &WORDS)
        .into_iter()
        .filter(|t| {
            (0..scene.mentions.len()).any(|i| {
                Some(scene.mentions[i].message) == t.message && scene.is_pushed(i) && is_private(scene, i)
            })
        })
        .collect()
}

/// Whether words name somebody to write to: kin, a title and a name, `text Gemma`, `message him`.
pub(super) fn names_a_person(words: &str) -> bool {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(&format!(
            r"(?i){KIN}|\b(?:text|message|ask\sfor|ring|call|whats\s?app|dm|inbox|pm|contact\w*|write\sto|talk\sto|add|via|schreib\w*|écri\w+|escrib\w+|scriv\w+)\s+(?:him|her|me\b|(?:mr|mrs|ms|miss|officer|agent|madame|monsieur|frau|herr|señora?|lady|guy)\.?\s+\p{{L}}+|(?-i:\p{{Lu}}\p{{Ll}}+)\b)|\b(?:mr|mrs|ms|miss|officer|agent|madame|monsieur|frau|herr|señora?)\.?\s+(?-i:\p{{Lu}}\p{{Ll}}+)"
        ))
    });
    PERSON.is_match(words)
}

/// A private mobile or messenger of some person where a company's desk is sought; one that a writer says to be dead pushes
/// nothing.
pub(super) fn private_line(scene: &Scene<'_>) -> Vec<Trace> {
    let dead = |i: usize| {
        let reach = &scene.mentions[i].reach;
        scene.statements.iter().any(|s| s.said == Said::Dead && scene.mentions[s.mention].reach == *reach)
    };
    (0..scene.mentions.len())
        .filter(|&i| {
            let message = scene.mentions[i].message;
            scene.is_pushed(i) && is_private(scene, i) && !dead(i) && names_a_person(scene.words(message))
        })
        .map(|i| Trace {
            message: Some(scene.mentions[i].message),
            range: scene.mentions[i].sentence.clone(),
        })
        .collect()
}

/// Somebody who comes for the card or the cash.
pub(super) fn courier(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(&format!("(?i){COURIER}{GAP}{{0,70}}?{COLLECTS}{GAP}{{0,50}}?{CARRIED}"))
    });
    look(scene, &WORDS)
}

/// Work from home that is paid for nothing, or with one's own account.
pub(super) fn task_job(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| both(TASKS, WAGE, 80));
    look(scene, &WORDS)
}

/// An alarm over something that one did not do, with what to do about it at once.
pub(super) fn alarm(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(&format!("(?i){EVENT}[^\\n]{{0,160}}?{NOT_YOU}[^\\n]{{0,80}}?{ACT}"))
    });
    // A payment that was stopped, and a number to ring about it that is not on the card.
    static STOPPED: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(&format!(
            r"(?i)\b(?:stopped|blocked|declined|held|flagged|prevented|gesperrt|gestoppt|bloqué|bloqueado|bloccato)\s(?:a|an|your|the|eine|un|une|una)\s(?:\w+\s){{0,2}}(?:payment|transaction|purchase|transfer|order|zahlung|überweisung|paiement|virement|pago|compra|pagamento)\b[^\n]{{0,200}}?{ACT}"
        ))
    });
    let mut found = look(scene, &WORDS);
    found.extend(look(scene, &STOPPED).into_iter().filter(|t| {
        (0..scene.mentions.len()).any(|i| Some(scene.mentions[i].message) == t.message && scene.is_pushed(i))
    }));
    found
}

/// A prize, a clearance, a gift of money, with the card or the haste that it needs.
pub(super) fn prize(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> =
        LazyLock::new(|| crate::post::rx(&format!("(?i){PRIZE}[^\\n]{{0,140}}?{CLAIM}")));
    look(scene, &WORDS)
}

/// Payment to the helper, in a way that cannot be called back.
pub(super) fn private_pay(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| alone(PRIVATE_PAY));
    look(scene, &WORDS)
}

/// Payment outside of the place that protects it, for a discount.
pub(super) fn off_platform(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        both(
            r"\b(?:wire|transfer\w*|zelle|cash\s?app|venmo|pay\s(?:him|her|them)|bank\stransfer|überweis\w*|virement|transferencia|bonifico|overmaken)\b",
            r"\b(?:\d\d?\s?%\s(?:off|less|discount|cheaper)|knocks?\s(?:off\s)?\d|outside\s(?:of\s)?(?:the\s)?(?:site|app|platform)|off\s(?:the\s)?(?:site|app|platform)|(?:avoid|saves?|skip|without|no)\s(?:the\s|their\s|'s\s)?fees?|fee\sis\s(?:crazy|high|too)|a\svie|de\spor\svida|rabatt)\b",
            90,
        )
    });
    look(scene, &WORDS)
}

/// Somebody at the door who wants money, and a contact to reach him.
pub(super) fn doorstep(scene: &Scene<'_>) -> Vec<Trace> {
    static KNOCKS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:knock(?:ed|s|ing)|(?:came|come|comes|turned\sup|called|rang|stood|is|was)\s(?:to|at|on)\s(?:my|our|the|your)\s(?:door|doorstep|porch|house)|(?:an|vor)\s(?:der|meiner|unserer)\s(?:tür|haustür)|à\s(?:ma|notre|la)\sporte|a\s(?:mi|la)\spuerta|alla\s(?:mia\s)?porta|aan\s(?:de|mijn)\sdeur)\b",
        )
    });
    static PAID: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)(?:[£$€]\s?\d|\d\s?€)[^.!?\n]{0,60}\b(?:cash|card|reader|today|bar|espèces|efectivo)|\b(?:in\s)?cash\b|\btakes\scards?\b|\bin\sbar\b|\ben\s(?:espèces|efectivo|liquide)\b",
        )
    });
    look(scene, &KNOCKS)
        .into_iter()
        .filter(|t| {
            t.message.is_some_and(|message| {
                PAID.is_match(scene.words(message))
                    && (0..scene.mentions.len())
                        .any(|i| scene.mentions[i].message == message && scene.is_pushed(i))
            })
        })
        .collect()
}

/// Being told to send first what is said to come back: `trade them to my bot, it returns them`.
pub(super) fn send_first(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(&format!(
            r"(?i)\b(?:send|sent|trade|transfer\w*|ship|deposit\w*|pay|paid|forward|settle\w*)\b{GAP}{{0,60}}?\b(?:(?:it|they|he|she|which|and)\s(?:all\s)?(?:returns?|comes?\sback|gets?\s(?:refunded|returned|credited)|(?:is|are|was|were)\s(?:refunded|returned|credited|released)|(?:match|doubles?)\s(?:it|that)|match\s(?:it|that))|(?:gives?|hands?|pays?)\s(?:it\s)?back|back\son\s(?:delivery|arrival|collection)|bei\snichtgefallen|(?:refunded|returned|credited|released)\s(?:later|after\w*|automatically|at\sonce|in\sfull)|released?\sautomatically)\b"
        ))
    });
    look(scene, &WORDS)
}

/// Papers and secrets beside those that everybody knows.
pub(super) fn opens(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| alone(OPENS));
    look(scene, &WORDS)
}

/// A refund that came out too large: `instead of $210 it was $2,100`.
pub(super) fn too_much(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:refunded|paid|credited|sent|returned)\s(?:\w+\s)?[£$€]\s?\d[\d.,]*\sinstead of\s[£$€]\s?\d|\b(?:send|wire|transfer|return|pay)\s[£$€]\s?\d[\d.,]*\sback\b|\binstead of [£$€]\s?\d[\d.,]*\s(?:it|he|they|she)\s(?:was|typed|sent|put|entered)|\b(?:it was|sent|put in|typed|entered)\s[£$€]\s?\d[\d.,]*\sinstead of\s[£$€]\s?\d|\bget(?:ting)?\s(?:the\s)?[£$€]\s?\d[\d.,]*\sback\sto\s(?:him|her|them)\b",
        )
    });
    look(scene, &WORDS)
}
