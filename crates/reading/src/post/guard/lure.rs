//! Signs made of what every fraud by post has in common, whatever its story: who wants it is not the company's own desk, what
//! is wanted opens a purse or an account, and how it is put leaves no time and no witness.
//!
//! One table of classes, in six languages; each sign is a pair of classes near one another, or a class beside a pushed
//! contact that nobody can hold the company to. Stories change by the season, these do not.

use std::sync::LazyLock;

use ladder::Channel;
use regex::Regex;

use super::super::Scene;
use super::super::company::Owner;
use super::super::rungs;
use super::asks::look;
use super::{Trace, live};

/// Classes of words, each a pattern that is made once.
macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $pattern:expr;)*) => {$(
        $(#[$doc])*
        static $name: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(concat!("(?xi)", $pattern)));
    )*};
}

classes! {
    /// What opens a purse or an account.
    WANTED = r"
        \b(?:(?:all\ )?(?:the|your|ur|his|her|its|my|le|la|les|votre|vos|el|los|su|sus|tu|tus|die|den|der|ihre[nr]?|deine[nr]?)\ )?(?:\w+\ (?:and|und|et|y|or|oder)\ (?:its\ |the\ |le\ |la\ )?)?
          (?:(?:credit|debit|bank)?\ ?card\ (?:number|details?|photo)|(?:16|sixteen|long)\ ?-?(?:digits?|number)|digits\ you|cvv|(?:text|sms|one-time|login|log-in|six-digit)?\ ?(?:code|otp)s?|passwords?|passcode|pin|log-?ins?|credentials?|username|identity\ papers?|(?:driver['’]?s?\ )?licen[cs]e|passport|ssn|social\ security\ number|date\ of\ birth|dob|member\ (?:id|number)|address\ and\ bank|bank\ details|iban|account\ number|sort\ code|routing
            |karten?(?:nummer|daten)?|kontonummer|zählernummer|ausweis\w*|passwort|kennwort|zugangsdaten|tan
            |carte|numéro\ de\ (?:carte|sécurité\ sociale|compte)|coordonnées\ bancaires|identifiants?|mots?\ de\ passe|pièce\ d['’]identité|code
            |tarjeta|número\ de\ (?:cuenta|tarjeta)|numero\ de\ cuenta|dni|contraseña|clave|codigo|código
            |carta|documento|password|rekeningnummer|inloggegevens|pasfoto)\b";
    /// Bid to hand it over.
    HAND_OVER = r"
        \b(?:drop|give|send|text|enter|type|share|confirm|verify|read\ out|bring|needs?|wants?|requires?|asks?\ (?:for|you\ for)|with|have|upload|forward|provide|reply\ with
            |durchgeben|eintragen|einträgst|trägst|angeben|schick\w*|sende\w*|nenne\w*|bestätig\w*|braucht?|registrier\w*|bereit\w*
            |envoy\w+|donn\w+|indiqu\w+|communiqu\w+|valid\w+|saisi\w+|avec|transmett\w+
            |envi\w+|d[ae]\w*|indi\w+|responda|introdu\w+|pid[ea]n?|facilit\w+|con
            |invia\w*|comunic\w+|inseri\w+|stuur\w*|geef|vul)\b";
    /// Money to be paid first: an amount, and words of paying it.
    PAYS = r"
        (?:\b(?:pay|pays|paid|settle|send|put\ down|transfer|deposit|needs?|only\ (?:wants?|takes|charges)|costs?|zahl\w*|überweis\w*|braucht?|pay(?:ez|er)|régl\w+|vers\w+|contre|haz|hac\w+|ingres\w+|abon[ea]\w*|pag\w+|bizum|paga\w*|betaal\w*|it['’]?s|was)\b[^.!?\n]{0,50}(?:[£$€]\s?\d|\d[\d.,]*\s?(?:[€£$]|(?:eur|euros?|pounds?|quid|dollars?)\b))
          |(?:[£$€]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[€£$]|euros?\b|eur\b))[^.!?\n]{0,40}\b(?:fee|deposit|insurance|licen[cs]e|customs|redelivery|registration|release|vorab|versicherung|gebühr|kaution|frais|garantie|caution|remise|tasa|gastos|liberaci[oó]n|fianza|seguro|cauzione|borg)\b)";
    /// What is paid comes back, it is said.
    COMES_BACK = r"
        \b(?:(?:you|u)\ (?:will\ |['’]ll\ )?get\ (?:it|that|them|the\ \w+)\ (?:all\ )?back|(?:given|paid|comes?|flows?|returned|refunded|credited)\ (?:straight\ |right\ )?(?:back|after)|(?:fully\ )?refundable|deducted\ (?:later|afterwards|from)|kriegst\ du\ (?:\w+\ )?zurück|bekommst\ du\ (?:\w+\ )?zurück|(?:wird|werden)\ (?:\w+\ )?(?:erstattet|gutgeschrieben|verrechnet)|zurückgebucht|rendue?s?\b|restituée?s?|(?:est|sera|vous\ est)\ rembours\w+|(?:te|se|os|le)\ (?:lo\ |la\ )?(?:devol\w+|devuelv\w+|descont\w+|descuent\w+)|viene\ restituit\w|(?:krijg|krijgt)\ (?:je|u)\ terug)\b";
    /// No time is left.
    HURRY = r"
        \b(?:(?:by|before|until|til+|only|ends?|expires?|runs?\ out|still)\s(?:(?:just|only)\s)?(?:today|tonight|midnight|noon|friday|monday|tomorrow|\d{1,2}\s?(?:am|pm|h\b|hrs?|hours?)|the\s\d)|(?:within|in)\s(?:\d+|a|an|one|two|twelve|24)\s?(?:h|hrs?|hours?|min\w*)\b|(?:switched|shut|cut|turned)\soff\s(?:tonight|today|tomorrow)|or\s(?:the|your|it|they|you)\s[^.!?\n]{0,30}\b(?:goes|go|pay|lose|send|cancel\w*|close[sd]?|returned)\b|first\s\d+\s(?:\w+\s)?(?:commenters?|customers?|people|callers?)|(?:nur|läuft)\s(?:noch\s)?(?:nur\s)?(?:noch\s)?heute|läuft\s(?:\w+\s){0,2}ab|bis\s(?:heute|morgen|freitag|mitternacht)|sonst\s(?:wird|ist|verfällt)|gesperrt|expire\b|avant\s(?:ce\ssoir|minuit|demain|le\s\d)|sous\s\d+\s?h|dernier\sjour|hoy\smismo|antes\sde(?:l)?\s(?:las|hoy|mañana|\d)|caduca|último\sdía|sale\shoy|entro\s(?:oggi|\d)|scade|vandaag\snog|verloopt)\b";
    /// No witness is left.
    QUIET = r"
        \b(?:(?:do\ not|don['’]?t|dont|never|no\ need\ to|without)\s(?:mention|tell|involve|ring|call|phone|go\s(?:through|via)|telling|ask)\s?(?:it\s)?(?:to\s)?(?:the\s|your\s|any)?(?:bring\sit\sup|branch|bank|help\s?desk|front\s?line|switchboard|call\s?cent(?:re|er)|agents?|staff|anyone|anybody|others|mic|support|main\s(?:line|number))|(?:asked|told|tells|asks)\s(?:me|us|you)\snot\sto\s(?:bring|mention|tell|say|talk|ring|call)|keep\s(?:it|this)\s(?:quiet|to\s(?:your|them)sel(?:f|ves))|(?:off|outside\s(?:of)?)\shere\b|not\sallowed\sto\ssay|between\s(?:us|you\sand\sme)|private(?:ly)?\s(?:channel|line|chat)|canal\sprivado|nicht\s(?:über|an)\s(?:die\s)?(?:zentrale|hotline|filiale)|unter\suns|nicht\sweiter\s?(?:sagen|erzählen)|ne\s(?:passez|passe)\spas\spar|entre\snous|en\sdirect\sau|en\stoute\sdiscrétion|no\s(?:lo\s)?(?:cuente|cuentes|diga|digas)|sin\spasar\spor|entre\snosotros|tra\snoi|onder\sons|instead\sof\s(?:the\s)?(?:bank|branch|company))\b";
    /// The one way that others do not know.
    ONLY_WAY = r"
        \b(?:the\sonly\s(?:one|person|way|guy|thing)\s(?:who|that)?\s?(?:\w+\s){0,3}(?:could|can|worked|works|helped|does)|what\sfinally\sworked|most\s(?:people|members|customers|travell?ers)\s(?:never|don['’]t)\s(?:hear|know)|(?:never|not)\s(?:hear|heard|told)\sof\sthe|nobody\stells\syou|secret\s(?:\w+\s){0,2}(?:rate|line|number|desk|team|retention)|(?:escalation|override|vip|loyalty|executive)\s(?:officer|desk|centre|center)\b|can\spush\s(?:the|your)\s(?:file|case|claim)|(?:die\sakten?|den\sfall)\s(?:\w+\s)?freigibt|lo\sresolvió\s(?:la|el)\s(?:gestor\w*|técnic\w|señor\w*)|le\sseul\squi|el\súnico\sque|der\seinzige,?\sder|l['’]unico\sche)\b";
    /// Who speaks says to be of the company, or to have been, or to know somebody who is.
    OF_THEIRS = r"
        (?:\b(?:i['’]?m|i\sam|i['’]ve\sbeen|i\s(?:used\sto\s)?(?:be|work(?:ed)?)|its?\syour|it['’]s\syour|this\sis\syour|je\ssuis|j['’]ai\stravaillé|ich\s(?:bin|arbeite|war)|soy|trabaj[oé]|sono|lavoro|ik\s(?:ben|werk))\b[^.!?\n]{0,24}\b(?:in\stheir|at\stheir|(?:du|au)\s(?:pôle|service)|from\sthe|with\sthe|driver|conseiller|engineer|courier|mit\seinem|bei\sder|beim|del|de\sla|dal|della|van\sde)\b|\b(?:a|this|the|some)\s(?:guy|lady|man|woman|contact|friend|person|girl)\s(?:in|at|inside|with)\s(?:their|the)\s(?:billing|office|back|claims|company|bank|branch|system)|\b(?:i['’]?m|i\s(?:am|was)|as)\sa(?:n)?\s(?:former|ex)[-\s]\w+|\bex-?(?:employee|mitarbeiter\w*|employé\w*|emplead[oa])|\bour\spartner\s(?:office|desk|team|company)\b|\bhandled\sby\sour\spartner)";
    /// What opens an account and is no paper.
    SECRETS = r"\b(?:codes?\s(?:that|which|you|qui|que|der|den)|one-time|otp|six-digit|passwords?|passcode|pin\b|log-?ins?\b|passwort|kennwort|tan\b|mots?\sde\spasse|code\s(?:qui|reçu)|contraseña|clave|c[oó]digo\sque|n[uú]mero\sde\scuenta|iban\b)";
    /// Cash, or an app that nothing can be called back from, in the hand of the one who helps.
    IN_HAND = r"\b(?:cash\sonly|only\s(?:in\s)?cash|in\scash|nur\sbar|bar\s(?:zahlen|bezahl\w+)|en\sespèces|en\sliquide|en\sefectivo|in\scontanti)\b[^.!?\n]{0,40}\d|\b(?:cash\s?app|venmo|zelle|bizum|revolut|paypal\sfriends)\b[^.!?\n]{0,24}\b(?:him|her|them|me|he|she|drop|where|\d)|\b(?:drop|send|put)\b[^.!?\n]{0,24}\b(?:cash\s?app|venmo|zelle|bizum|revolut)\b";
    /// Free, and yet at a price.
    FREE_BUT = r"\b(?:for\sfree|no\s(?:charge|cost|fee)|nothing\sto\spay|kostenlos|gratuit\w*|gratis)\b[^.!?\n]{0,24}\b(?:only|just|except|apart\sfrom|but|bis\sauf|nur|sauf|seulement|sólo|solo|salvo)\b[^.!?\n]{0,30}\d";
    /// Somebody of one's own writes from a new number.
    NEW_NUMBER = r"
        \b(?:mum|mom|dad|mama|papa|maman|mamá|oma|opa|nan|gran)\b[^.!?\n]{0,24}\b(?:it['’]?s\sme|its\sme|ich\sbin['’]?s|c['’]est\smoi|soy\syo|sono\sio|ik\sben\shet)|\bphone\s(?:fell|broke|is\s(?:broken|dead|smashed)|got\swet|went\sin)\b[^\n]{0,160}\b(?:text|message|reply|whatsapp)\s?(?:me)?\s(?:here|back)?|\bdon['’]?t\sring\b[^.!?\n]{0,30}\b(?:mic|speaker|broken|gone)\b|\bhandy\s(?:ist\s)?(?:kaputt|ins\swasser)|\btéléphone\s(?:cassé|est\stombé)|\bse\sme\s(?:rompió|cayó)\sel\smóvil";
    /// Being told to forward one's calls.
    FORWARDING = r"\*\*?(?:21|61|62|67|002|004)\*";
}

/// Finds the messages that count and in which both classes stand, each near the other.
fn near(scene: &Scene<'_>, first: &Regex, second: &Regex, within: usize) -> Vec<Trace> {
    let text = &scene.plain.text;
    let hits = look(scene, first);
    let others = look(scene, second);
    hits.into_iter()
        .filter(|hit| {
            others.iter().any(|other| {
                let (a, b) = (&hit.range, &other.range);
                let between = if a.end <= b.start {
                    a.end..b.start
                } else if b.end <= a.start {
                    b.end..a.start
                } else {
                    0..0
                };
                other.message == hit.message
                    && between.len() <= within
                    && a != b
                    && !text[between].contains("\n\n")
            })
        })
        .collect()
}

/// Whether a message pushes a contact that the company cannot be held to: a messenger, a stranger's account or mailbox, a
/// domain that only looks like its own, a number that nobody knows. What an outside body publishes is none.
fn pushes_elsewhere(scene: &Scene<'_>, message: usize, numbers: bool) -> bool {
    scene.mentions.iter().enumerate().any(|(i, m)| {
        let elsewhere = match m.reach.channel() {
            Channel::Phone | Channel::Textphone => numbers,
            Channel::Messaging => true,
            _ => matches!(m.owner, Some(Owner::Other | Owner::LookAlike)),
        };
        m.message == message
            && elsewhere
            && m.owner != Some(Owner::Own)
            && scene.is_pushed(i)
            && rungs::of_a_body(m).is_none()
    })
}

/// Leaves only what stands in a message that pushes a contact elsewhere.
fn beside_a_push(scene: &Scene<'_>, found: Vec<Trace>, numbers: bool) -> Vec<Trace> {
    found.into_iter().filter(|t| t.message.is_some_and(|m| pushes_elsewhere(scene, m, numbers))).collect()
}

/// Bid to hand over what opens an account, to whom the company cannot be held to; codes and accounts not even to a number.
pub(super) fn hands_over(scene: &Scene<'_>) -> Vec<Trace> {
    let mut found = beside_a_push(scene, near(scene, &WANTED, &HAND_OVER, 30), false);
    found.extend(beside_a_push(scene, near(scene, &SECRETS, &HAND_OVER, 30), true));
    found
}

/// Payment in cash, or by an app between friends, to the one who helps.
pub(super) fn in_hand(scene: &Scene<'_>) -> Vec<Trace> {
    look(scene, &IN_HAND)
}

/// Help that is free, but for what it costs.
pub(super) fn free_but(scene: &Scene<'_>) -> Vec<Trace> {
    beside_a_push(scene, look(scene, &FREE_BUT), true)
}

/// Bid to hand it over, or to pay, while no time is left.
pub(super) fn hurried(scene: &Scene<'_>) -> Vec<Trace> {
    let mut found = near(scene, &HURRY, &WANTED, 160);
    found.extend(near(scene, &HURRY, &PAYS, 160));
    beside_a_push(scene, found, true)
}

/// A payment that is said to come back.
pub(super) fn paid_back(scene: &Scene<'_>) -> Vec<Trace> {
    let mut found = near(scene, &COMES_BACK, &PAYS, 120);
    found.extend(near(scene, &COMES_BACK, &WANTED, 120));
    beside_a_push(scene, found, true)
}

/// A way past the company's own desks, beside a contact to take it by.
pub(super) fn past_the_desk(scene: &Scene<'_>) -> Vec<Trace> {
    beside_a_push(scene, look(scene, &QUIET), true)
}

/// The one way that others do not know, and a price or a secret that it needs.
pub(super) fn only_way(scene: &Scene<'_>) -> Vec<Trace> {
    let priced = |t: &Trace| {
        t.message.is_some_and(|m| {
            let words = scene.words(m);
            PAYS.is_match(words)
                || WANTED.is_match(words) && HAND_OVER.is_match(words)
                || MOVES.is_match(words)
        })
    };
    beside_a_push(scene, look(scene, &ONLY_WAY), true).into_iter().filter(priced).collect()
}

classes! {
    /// Money moved, or a screen shown.
    MOVES = r"\b(?:move|shift|transfer)\s(?:the|your|my|all)\s(?:balance|money|savings|funds)|shar(?:e|ing)\s(?:your|the|my)\sscreen|laptop\son|whatever\syou\sfeel|split\sit|moitié|prepaid|voucher|crypto";
}

/// Somebody who says to be of the company, on a channel that is not the company's.
pub(super) fn of_theirs(scene: &Scene<'_>) -> Vec<Trace> {
    let said: Vec<Trace> = live(scene)
        .filter(|&m| pushes_elsewhere(scene, m, true))
        .filter_map(|m| {
            let whole = scene.messages[m].body.clone();
            let hit = OF_THEIRS.find(&scene.plain.text[whole.clone()])?;
            Some(Trace { message: Some(m), range: whole.start + hit.start()..whole.start + hit.end() })
        })
        .collect();
    said
}

/// Kin from a new number, or calls to be forwarded: both need no other word.
pub(super) fn new_number(scene: &Scene<'_>) -> Vec<Trace> {
    look(scene, &NEW_NUMBER)
        .into_iter()
        .filter(|t| {
            t.message.is_some_and(|m| PAYS.is_match(scene.words(m)) || WANTED.is_match(scene.words(m)))
        })
        .collect()
}

/// Being told to dial what forwards one's calls and codes to somebody else.
pub(super) fn forwarding(scene: &Scene<'_>) -> Vec<Trace> {
    look(scene, &FORWARDING)
}
