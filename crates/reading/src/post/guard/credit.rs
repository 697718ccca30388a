//! Signs of a stranger who is given the credit: what was lost or stuck came back, and not the company but somebody with a
//! mailbox, a messenger or a private telephone of his own is thanked for it.
//!
//! Who sells recovery by testimonials may tell any story and praise in any words; three things he cannot leave out: that
//! something was lost, that it came back, and how to reach the one who did it.

use std::sync::LazyLock;

use ladder::Channel;
use regex::Regex;

use super::super::Scene;
use super::super::company::Owner;
use super::super::rungs;
use super::super::thread::Role;
use super::hire::{is_private, names_a_person};
use super::{Trace, live};

/// Something was lost, or is held and does not come.
static LOST: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?xi)\b(?:lost|losing|loss(?:es)?|gone|vanish\w*|disappear\w*|stolen|stole|drained|emptied|wiped|frozen|froze|locked|blocked|suspended|disabled|banned|hacked|scammed|conned|cheated|held|hold|holds|stuck|bounced|refus\w+|denied|declined|ignor\w+|stopped\ (?:answer\w*|reply\w*|respond\w*)|no\ (?:answer|reply|luck)|given\ up|giv(?:e|ing)\ up|(?:get|getting|got)\b[^.!?\n]{0,30}\bback|to\ zero|left\ (?:for\ dead|alone|to)|let\ (?:me|us)\ down|overcharg\w+
          |verloren|weg|verschwunden|gesperrt|gestohlen|eingefroren|blockiert|betrogen|abgelehnt|hängt|aufgegeben
          |perdue?s?|volée?s?|bloquée?s?|disparus?|gelée?s?|arnaqu\w+|refus\w+|lâch\w+|laissé\w*\ tomber|partis?
          |perd\w+|robad\w+|robaron|bloquead\w+|congelad\w+|desapare\w+|estafad\w+|estafaron|retenid\w+
          |persi?|perse|rubat\w+|bloccat\w+|spariti?|truffat\w+|congelat\w+
          |kwijt|geblokkeerd|gestolen|bevroren|opgelicht|geweigerd
          |chal[ae]\ gay[ae]|kat\ gay[ae]|atak\w*|phas\ gay[ae])\b",
    )
});

/// It came back, or was put right.
static BACK: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?xi)\b(?:(?:is|was|were|are|got|get|gets|getting|gave|brought|had|have|has|came|come|all|everything|it|them|mine|money|funds|account|page|wallet|deposit)\b[^.!?\n]{0,28}\bback\b|back\ (?:in|into|on)\b|(?:log(?:ged)?|get|got)\ in\ again|access\ again|open\ again|returned|releas\w+|restor\w+|recover\w*|retriev\w+|unlock\w*|unfroz\w*|unfreez\w*|lifted|reopened|re-?instated|unbanned|refunded|reimburs\w+|(?:sorted|fixed|did|cleared|solved)\s+(?:mine|ours|it|my|everything|all)|came\ through\ for|made\ (?:me|us)\ whole|the\ only\ reason\b[^.!?\n]{0,40}\bi\ have|stood\ in\b|stands\ in\b|paid\ (?:out|me|us)|looking\ at\ my\s
          |zurück\w*|(?:wieder|erneut)\ ein\w*|wieder\ (?:da|auf|frei|offen)|freigegeben|entsperrt|erstattet
          |récupér\w+|rendue?s?|reven\w+|revenir|débloqu\w+|rembours\w+|restitu\w+
          |recuper\w+|de\ vuelta|devolvi\w+|devuelt\w+|desbloque\w+|reembols\w+
          |restituit\w+|sbloccat\w+|rimbors\w+|tornat\w+|riavut\w+
          |terug\w*|vrijgegeven|weer\ open|gedeblokkeerd
          |wapas|vapas|mil\ gay[ae])\b",
    )
});

/// Whether words say that something came back.
pub(in super::super) fn is_back(words: &str) -> bool {
    BACK.is_match(words)
}

/// Whether a contact is one for which the company need not answer: a stranger's mailbox, messenger or account, a private
/// telephone of some person.
fn is_strangers(scene: &Scene<'_>, mention: usize) -> bool {
    let m = &scene.mentions[mention];
    if m.owner == Some(Owner::Own) || rungs::of_a_body(m).is_some() {
        return false;
    }
    match m.reach.channel() {
        Channel::Email => true,
        Channel::Messaging | Channel::Social if m.reach.as_link().is_some() => m.owner.is_some(),
        Channel::Phone | Channel::Messaging => {
            is_private(scene, mention) && names_a_person(scene.words(m.message))
        }
        _ => false,
    }
}

/// Messages of strangers who push such a contact, with its place.
fn strangers<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = usize> + 's {
    (0..scene.mentions.len()).filter(|&i| {
        let message = scene.mentions[i].message;
        scene.is_pushed(i)
            && is_strangers(scene, i)
            && scene.messages[message].role != Role::SaysCompany
            && live(scene).any(|m| m == message)
    })
}

fn at(scene: &Scene<'_>, mention: usize) -> Trace {
    let m = &scene.mentions[mention];
    Trace { message: Some(m.message), range: m.sentence.clone() }
}

/// What was lost is back, thanks to somebody who is not the company.
pub(super) fn credited(scene: &Scene<'_>) -> Vec<Trace> {
    let text = &scene.plain.text;
    strangers(scene)
        .filter(|&i| {
            let message = &scene.messages[scene.mentions[i].message];
            let words = &text[message.body.clone()];
            // What was lost may be told by whoever asked.
            BACK.is_match(words) && LOST.is_match(&text[..message.body.end])
        })
        .map(|i| at(scene, i))
        .collect()
}

/// Money or coins were lost, and a stranger's mailbox or messenger is offered for them.
pub(super) fn lost_money(scene: &Scene<'_>) -> Vec<Trace> {
    static ASSETS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?xi)\b(?:lost|stolen|stole|scammed|conned|drained|emptied|hacked|locked\ out|traced?|recover\w*|verloren|gestohlen|betrogen|perdu\w*|vol[ée]\w*|arnaqu\w+|perd[ií]\w*|robad\w+|estafad\w+|pers[oi]|rubat\w+|truffat\w+|kwijt|gestolen|opgelicht)\b[^.!?\n]{0,80}\b(?:crypto\w*|bitcoins?|btc|eth|usdt|coins?|wallets?|investments?|savings|pension|funds?|fortune|[£$€]\s?\d[\d.,]*k?|\d[\d.,]*\s?[€£$]|krypto\w*|ersparnisse|épargne|ahorros|cripto\w*|inversi[oó]n|risparmi|spaargeld)\b
              |\b(?:crypto\w*|bitcoins?|btc|eth|usdt|coins?|wallets?|investments?|savings|pension|krypto\w*|ersparnisse|épargne|ahorros|cripto\w*|risparmi|spaargeld)\b[^.!?\n]{0,80}\b(?:lost|stolen|gone|scammed|drained|emptied|hacked|traced|zero|verloren|weg|gestohlen|perdue?s?|volée?s?|perdid\w+|robad\w+|pers[oi]|rubat\w+|spariti?|kwijt|gestolen)\b",
        )
    });
    let text = &scene.plain.text;
    let own = scene.mentions.iter().any(|m| m.owner == Some(Owner::Own));
    strangers(scene)
        .filter(|&i| {
            let m = &scene.mentions[i];
            let linked = m.reach.as_email().is_some() || m.reach.as_link().is_some();
            linked && !own && ASSETS.is_match(&text[..scene.messages[m.message].body.end])
        })
        .map(|i| at(scene, i))
        .collect()
}

/// Some person with a title and a number put it right, and no desk is named.
pub(super) fn person(scene: &Scene<'_>) -> Vec<Trace> {
    static TITLED: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"\b(?:(?i:mr|mrs|ms|miss|madam|sir|officer|agent|barrister|dr|herr|frau|monsieur|madame|mme|señora?|signora?|meneer|mevrouw))\.?\s+\p{Lu}\p{L}+",
        )
    });
    let text = &scene.plain.text;
    (0..scene.mentions.len())
        .filter(|&i| {
            let m = &scene.mentions[i];
            let message = &scene.messages[m.message];
            let words = &text[message.body.clone()];
            scene.is_pushed(i)
                && m.reach.as_number().is_some()
                && !message.role.is_official()
                && live(scene).any(|live| live == m.message)
                && TITLED.is_match(&text[m.sentence.clone()])
                && !rungs::names_a_desk(words)
                && BACK.is_match(words)
                && LOST.is_match(&text[..message.body.end])
        })
        .map(|i| at(scene, i))
        .collect()
}

/// Whoever asked comes back in the same thread and is glad of a stranger's contact.
pub(super) fn cured(scene: &Scene<'_>) -> Vec<Trace> {
    static GLAD: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?xi)\b(?:(?:just|already|have)\ (?:messaged|mailed|emailed|texted|written|wrote|called|rung|contacted|done)|messag(?:ed|ing)\ (?:him|her|them)|(?:he|she|they)(?:['’]s|\ is|['’]re|\ are)\ (?:on\ it|legit|brilliant|great|already)|(?:is|was|it['’]s)\ (?:already\ )?back|got\ it\ back|omg|it\ worked|worked|you['’]re\ a\ (?:gem|star|legend|life)|will\ try\ anything|ok\ (?:calling|texting|messaging)|angeschrieben|hat\ geklappt|schreib\ ihm|contacté|ça\ a\ marché|le\ he\ escrito|ha\ funcionado|scritto|provo|geappt|is\ (?:al|er)\ mee\ bezig|gelukt)\b",
        )
    });
    let Some(asker) = scene.messages.iter().find(|m| !m.author.is_empty()).map(|m| m.author.as_str()) else {
        return Vec::new();
    };
    strangers(scene)
        .filter(|&i| {
            let message = scene.mentions[i].message;
            scene.messages[message].author != asker
                && (message + 1..scene.messages.len())
                    .any(|m| scene.messages[m].author == asker && GLAD.is_match(scene.words(m)))
        })
        .map(|i| at(scene, i))
        .collect()
}
