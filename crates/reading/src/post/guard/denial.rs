//! Denial and attribution: words that name a fraud in order to deny it, to report it, or to warn of it.
//!
//! `We will never ask you for your PIN` and the list under `We never ask you to:` ask for nothing; `if anybody asks you to
//! move money, hang up` neither. The scope is the sentence up to the words, or the heading of the list that they stand in.

use std::sync::LazyLock;

use regex::Regex;

use super::super::sentence;

macro_rules! words {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| crate::post::rx($pattern));
    };
}

words!(
    NEVER,
    r"(?i)\b(?:never|no one|nobody|none of us|no (?:real|genuine|honest|legitimate) \w+|nie(?:mals|mand(?:em|en)?)?|jamais|personne ne|nunca|jamás|nadie|non\b[^.!?\n]{0,24}\bmai|nessuno|nooit|niemand|kabhi (?:bhi )?(?:nahi|nahin|mat))\b(?:[^.!?\n]{0,40}\b(?:ask|request|requir|want|need|call|contact|text|e-?mail|sen[dt]|charg|tak|sell|demand|phone|ring|frag|forder|verlang|bitt|ruf|schick|appel|exig|ped|pid|solicit|llam|chied|richied|telefon|vra+g|bel|maang)\w*|\s+(?:\S+\s+){0,4}$)|\b(?:do not|don['’]?t|does not|doesn['’]?t|will not|won['’]?t|would not|wouldn['’]?t|cannot|can['’]?t)\s+(?:ever\s+)?(?:ask|call|contact|text|email|e-mail|request|require|demand|need|want|send|take|charge|sell|dm|message|phone|ring)\b|\b(?:wir|die bank)\s+(?:fragen|fordern|bitten|verlangen|rufen)\b[^.!?\n]{0,30}\b(?:nicht|nie)\b|\bne\s+(?:vous\s+)?(?:demand|appel|contact)\w+\s+(?:pas|jamais)\b|\bno\s+(?:le\s+|te\s+)?(?:pedimos|solicitamos|pide|llamamos)\b|\bnon\s+(?:le\s+|ti\s+|vi\s+)?(?:chied|telefon)\w+\b|\b(?:vragen|bellen)\s+(?:u\s+|je\s+)?(?:nooit|niet)\b"
);
words!(
    NOT,
    r"(?i)\b(?:not|don['’]?t|doesn['’]?t|won['’]?t|didn['’]?t|isn['’]?t|wouldn['’]?t|can['’]?t|without|nicht|kein\w*|ohne|pas|sans|ne|no|sin|non|senza|niet|geen|zonder|mat|nahi|nahin)\s+(?:\S+\s+){0,4}[\x22“‘(]?$"
);
words!(
    IF_ANYBODY,
    r"(?i)\b(?:if|when(?:ever)?|should|wenn|falls|sollte|si|quand|cuando|se|quando|als|wanneer)\s+(?:(?:you\s+(?:get|receive|are\s+asked)|(?:some|any)(?:one|body)|(?:a|any)\s+caller|they|the\s+caller|he|she|it|jemand|man|on|quelqu['’]un|alguien|qualcuno|iemand)\b[^.!?\n]{0,40}\b(?:ask|want|tell|say|claim|demand|request|call|verlang|frag|forder|demand|pid|chied|vraa?g)\w*|(?:asked|gefragt|demandé|pidieron|chiesto|gevraagd)\b)|\b(?:any(?:one|body|thing)|(?:accounts?|people|callers?|messages?|texts?|e?mails?|sites?|numbers?|posts?|replies)\s+(?:that|who|which)|whoever|who\s+asks|wer|quiconque|quien|chiunque)\b[^.!?\n]{0,40}\b(?:ask|want|claim|tell|offer|verlang|demand|pid|chied|vraa?g)\w*|\b(?:fraudsters?|scammers?|criminals?|thieves|crooks|betrüger|escrocs|estafadores|truffatori|oplichters)\b[^.!?\n]{0,60}$"
);
words!(
    WITHIN,
    r"(?i)\b(?:don['’]?t|do not|won['’]?t|doesn['’]?t|nicht|n['’]|niet|mat karna)\s+(?:ever\s+)?(?:giv|tell|sen[dt]|shar|provid|enter|typ|read|ask|want|need|requir|install|download|geb|send|donn|communi|envi|dar|geef|deel)\w*"
);
words!(
    UNLESS,
    r"(?i)\b(?:if(?:\s+(?:you|i|we|it))?|si|wenn(?:\s+(?:sie|ich|du))?|se|als(?:\s+(?:u|je|ik))?|agar)\s*$"
);
words!(BULLET, r"^\s*(?:[-*•–·▪✗✘❌🚫]|\d{1,2}[.)])");

/// Returns whether the words at a range are denied or only reported.
///
/// `near` says that a plain `not` right before them counts too; signs whose own words hold a denial (`do not tell the
/// bank`) leave that away.
pub(super) fn denied(text: &str, range: &std::ops::Range<usize>, near: bool) -> bool {
    let sentence = sentence::around(text, range.start);
    let before = &text[sentence.start.min(range.start)..range.start];
    let words = &text[range.clone()];
    // A demand in the same sentence that is no denial comes after `but`, `just`, or a colon of a step.
    let before = before.rsplit(" but ").next().unwrap_or(before);
    if NEVER.is_match(before) || IF_ANYBODY.is_match(before) {
        return true;
    }
    // `If you do not pay …` is a threat and no denial.
    let not = NOT.find(before).is_some_and(|m| !UNLESS.is_match(&before[..m.start()]));
    if near && (not || NEVER.is_match(words) || WITHIN.is_match(words)) {
        return true;
    }
    headed(text, range.start)
}

/// Returns whether the line stands in a list whose heading denies: `We will never ask you to:`.
fn headed(text: &str, at: usize) -> bool {
    let mut rows = 0;
    let own = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let mut end = own;
    let bulleted = BULLET.is_match(&text[own..]);
    while end > 0 && rows < 14 {
        let above = &text[..end - 1];
        let start = above.rfind('\n').map_or(0, |i| i + 1);
        let line = above[start..].trim();
        rows += 1;
        end = start;
        if line.is_empty() && rows <= 1 {
            continue;
        }
        if line.ends_with(':') || line.ends_with('…') || line.ends_with("...") {
            return NEVER.is_match(line);
        }
        // Without bullets a list has short lines; anything else ends it.
        if !BULLET.is_match(line) && (bulleted || line.len() > 90 || line.ends_with(['.', '!', '?'])) {
            return bulleted && !line.is_empty() && NEVER.is_match(line);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, words: &str) -> bool {
        let start = text.find(words).unwrap();
        denied(text, &(start..start + words.len()), true)
    }

    #[test]
    fn what_a_bank_says_it_never_asks_is_asked_by_nobody() {
        for (text, words) in [
            ("We will never ask you to move money to a safe account.", "move money to a safe account"),
            ("We never ask you to:\n- read out a code\n- buy gift cards", "buy gift cards"),
            ("Nobody from the bank will ask for your PIN", "your PIN"),
            ("If anyone asks you for a passcode, hang up.", "a passcode"),
            ("Wir fragen Sie niemals nach Ihrer TAN", "Ihrer TAN"),
            ("do not share the code", "the code"),
        ] {
            assert!(at(text, words), "{text}");
        }
        for (text, words) in [
            ("Move your money to the safe account.", "safe account"),
            ("The bank is busy, but give me the code", "give me the code"),
            ("To get the refund:\n- read out a code", "read out a code"),
            ("I never got it. Send the passcode now", "Send the passcode"),
        ] {
            assert!(!at(text, words), "{text}");
        }
    }
}
