//! What a caller wanted: signs in the words of somebody who was rung, or who tells it of a relative.
//!
//! A post pushes a contact; a call pushes a deed, and whoever tells of it seldom names a number. So these signs are looked for
//! only where a text says that somebody called, and in the whole of it: who rang, what was feared, what was to be done.

use std::sync::LazyLock;

use regex::Regex;

use super::Sign;

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 16 << 10;

/// Somebody called.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:(?:got|get|had|received|took|answered)\s+(?:an?\s+|this\s+)?(?:\w+\s+){0,2}(?:phone\s?)?calls?|phone\s+calls?|(?:was|were|been|got)\s+(?:rung|called|phoned|contacted)|(?:rang|called|phoned|rings|calls|calling)\s+(?:me|us|my|mum|mom|dad|nan|her|him|to|and|saying|from)|the\s+caller|a\s+caller|voice\s?mail|recorded\s+(?:voice|message)|answer(?:ing|phone)\s|anruf\w*|angerufen|rief\s+(?:mich|uns|an)|appel\s+(?:du|de|d['’])|(?:m['’]a|nous\s+a|a)\s+appel\w*|coup\s+de\s+fil|llamad[ao]s?|me\s+llam\w+|nos\s+llam\w+|ha\s+chiamato|chiamata|telefonata|gebeld|belde|telefoontje)\b",
    )
});

/// A sign: id, claim, why, weight, words.
struct Rule(&'static str, &'static str, &'static str, f64, LazyLock<Regex>);

macro_rules! rules {
    ($($id:literal, $weight:literal, $claim:literal, $why:literal, $words:literal;)*) => {
        static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| vec![$(
            Rule($id, $claim, $why, $weight, LazyLock::new(|| crate::post::rx($words)))
        ),*]);
    };
}

rules! {
    "call-move-money", 3.4,
        "the caller wants money moved, taken out or handed over",
        "no bank, police or court asks for that over the telephone",
        r"(?i)\b(?:move|transfer|send|put|shift|withdraw|take\s+out|draw\s+out|hand(?:\s+it)?(?:\s+over)?|give)\b[^.!?\n]{0,60}\b(?:(?:new|safe|secure|holding|different|other)\s+(?:\w+\s+)?accounts?|same\s+amount|himself|herself|courier|evidence|cash|gift\s+cards?)\b|\b(?:bail|kaution|caution|fianza|cauzione|borgtocht)\b|\bpicks?\s+it\s+up\b|\b(?:google\s+play|steam|itunes|apple|target)\s+cards?\b|\b(?:geld|bargeld|schmuck)\b[^.!?\n]{0,40}\b(?:abhol|übergeb|überweis)\w*|\b(?:argent|virement)\b[^.!?\n]{0,40}\b(?:autre|nouveau)\s+compte|\b(?:mover|transferir|pasar)\b[^.!?\n]{0,40}\b(?:cuenta|dinero)\b";
    "call-approve", 3.3,
        "the caller wants a code, a password or an approval",
        "what arrives on your telephone is for your eyes: whoever asks for it is the one who set it off",
        r"(?i)\b(?:tan|tans|pin|codes?|passcodes?|passwords?|passwort|mot\s+de\s+passe|contraseña|clave|código|codice|wachtwoord|numéro\s+de\s+sécurité\s+sociale|social\s+security\s+number)\b[^.!?\n]{0,60}\b(?:nennen|durchgeben|vorlesen|mitteilen|give|read|tell|texted|sent|donner|communiquer|dar\w*|llegaba|llega|dare|geven)\b|\b(?:nennen|durchgeben|give|read|tell|wanted|wants|needed|needs|voulait|demand\w+|donner|darles|dar(?:le|te)?|quer[íi]a\w*|pid\w+|voleva|wilde)\b[^.!?\n]{0,60}\b(?:tan|tans|pin|codes?|passcodes?|passwords?|passwort|mot\s+de\s+passe|contraseña|clave|código|codice|wachtwoord|numéro\s+de\s+sécurité\s+sociale)\b|\b(?:valid|approuv|confirm|bestätig|freigeb)\w*\b[^.!?\n]{0,60}\b(?:application|appli|app|opérations?|zahlung\w*|überweisung\w*|notification)\b";
    "call-looks-in", 3.4,
        "the caller wants to look into your computer or telephone",
        "who sees the screen sees the account",
        r"(?i)\b(?:so|while|and)\s+(?:that\s+)?(?:he|she|they)\s+(?:could|can|would|watched|looked|saw|took)\b[^.!?\n]{0,40}\b(?:screen|desktop|computer|laptop|pc|phone|accounts?|control|everything|my\s+bank\w*)\b|\b(?:see|watch|control)\b[^.!?\n]{0,20}\b(?:desktop|screen|computer)\b|\b(?:open|log\s?in(?:to)?)\b[^.!?\n]{0,24}\bonline\s+bank\w*|\bremote\s?\w*\b|\b(?:nine|9|ten|10)[- ]digit\b";
    "call-threat", 2.6,
        "the caller threatens",
        "real authorities write letters and leave time",
        r"(?i)\b(?:warrant|arrest\w*|jail|prison|squad|prosecut\w+|legal\s+action|tax\s+fraud|illegal\s+activity|cut\s+(?:me|us|you|him|her|my\s+\w+|your\s+\w+)\s+off|disconnect\w*|suspend\w*|deport\w*|under\s+attack|sending\s+out\s+virus\w*|haftbefehl|gerichtsvollzieher|tödlich\w*\s+unfall|polizei\s+(?:kommt|steht)|mandat\s+d['’]arrêt|huissier|perdre\s+(?:mes|vos)\s+droits|orden\s+de\s+(?:arresto|detención)|mandato)\b";
    "call-secret", 2.0,
        "the caller wants silence or haste",
        "haste and secrecy keep the victim from asking somebody",
        r"(?i)\b(?:not\s+to\s+(?:say|tell)|do(?:n['’]t|\s+not)\s+tell|keep\s+it\s+(?:secret|quiet)|stay\s+on\s+the\s+(?:line|phone)|do(?:n['’]t|\s+not)\s+hang\s+up|press\s+\d\s+to|ring\s+back\s+today|niemandem\s+(?:sagen|erzählen)|dran\s?bleiben|n['’]en\s+parle\w*|ne\s+pas\s+raccrocher|no\s+(?:se\s+lo\s+)?(?:diga|cuente)\w*|no\s+cuelgue)\b";
}

/// Finds the signs of a call; none where the text does not say that somebody called.
#[must_use]
pub fn signs(text: &str) -> Vec<Sign> {
    let text = crate::window::clip(text, LONGEST);
    if !CALLED.is_match(text) {
        return Vec::new();
    }
    let found = RULES.iter().filter_map(|Rule(id, claim, why, weight, words)| {
        let hit = words.find_iter(text).find(|hit| !super::denial::denied(text, &hit.range(), false))?;
        Some(Sign {
            id,
            claim,
            why,
            weight: *weight,
            quote: crate::window::clip(hit.as_str().trim(), 300).to_owned(),
            message: None,
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&'static str> {
        signs(text).into_iter().map(|sign| sign.id).collect()
    }

    #[test]
    fn what_a_caller_wanted_is_heard_in_several_languages() {
        for (text, id) in [
            ("I got a call from the bank, I had to move everything to a new account.", "call-move-money"),
            ("Mum was rung by a policeman: take out £3,000 and hand it to a courier.", "call-move-money"),
            ("Anruf der Sparbank, ich solle drei TANs nennen.", "call-approve"),
            ("J'ai reçu un appel du service fraude, il faut valider dans l'application.", "call-approve"),
            ("Me llamaron del banco y tenía que darles el código.", "call-approve"),
            ("Someone from the tax office left a voicemail, a squad will come.", "call-threat"),
            ("A man called me so that he could see the desktop.", "call-looks-in"),
        ] {
            assert!(ids(text).contains(&id), "{text}: {:?}", ids(text));
        }
    }

    #[test]
    fn a_call_like_any_other_has_no_sign_and_what_is_no_call_is_not_judged() {
        for text in [
            "I got a call from the bank, they will send a cheque for £75 by Friday.",
            "The pharmacy called to say that my prescription is ready.",
            "Someone rang to say the engineer is late and comes tomorrow morning.",
            "La clinique m'a appelée pour déplacer mon rendez-vous.",
            "Please move everything to a new account.",
            "They called me back. They will never ask for a code.",
            "The nurse called me and she would see me on Monday.",
            "My bank called me, they will send a new card.",
            "The water company called to say supply is cut off for repairs.",
        ] {
            assert!(ids(text).is_empty(), "{text}: {:?}", ids(text));
        }
    }
}
