//! Mail that tells what became of an address: it came back, its owner has left, nobody reads it, it wants the form.
//!
//! A delivery report (RFC 3464) says so in fields; older servers and forwarders say it in words alone, from the postmaster.
//! An automatic answer is known by its header (RFC 3834), or by the words of its subject, and says in its own words that
//! somebody has left or that nothing is read here. That somebody is away for a while is told apart: the address lives.
//! Only automatic mail is read for that: a person who writes "please use the form" has answered.

use std::sync::LazyLock;

use ladder::Email;
use mail_parser::{HeaderValue, MessageParser, MimeHeaders as _, PartType};
use regex::Regex;

use super::Message;

/// The most bytes of a report, and of the words of an answer, that are looked at.
const MOST: usize = 64 << 10;
/// The longest words that are quoted, in bytes.
const QUOTE: usize = 240;

/// What became of an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    /// Mail to it came back for good.
    Bounced,
    /// Mail to it waits; the server goes on trying.
    Delayed,
    /// Its owner no longer works there.
    HasLeft,
    /// Nobody reads it.
    Unread,
    /// It only answers that a form or a portal must be used.
    UseForm,
    /// Its owner is away for a while.
    Away,
}

/// What an automatic mail says of an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Returned {
    /// What became of it.
    pub fate: Fate,
    /// The address that was written to, where that is told.
    pub address: Option<String>,
    /// The id of the mail that came back or was answered, without its brackets.
    pub answers: Option<String>,
    /// Mailboxes that it names to write to instead.
    pub instead: Vec<String>,
    /// The words that say so.
    pub quote: String,
}

/// Reads what a mail says of an address; `None` for a mail that is no report and no automatic answer, or says nothing.
///
/// `raw` are the bytes of the mail, `message` what was read of them.
#[must_use]
pub fn read(raw: &[u8], message: &Message) -> Option<Returned> {
    let raw = raw.get(..super::mail::MOST_BYTES).unwrap_or(raw);
    let mail = MessageParser::default().parse(raw)?;
    if let Some(report) = report(&mail) {
        return Some(report);
    }
    let subject = message.subject.as_deref().unwrap_or_default();
    let from = message.from.address.as_deref().unwrap_or_default();
    let text = crate::window::clip(&message.text, MOST);
    let from_postmaster = POSTMASTER.is_match(from);
    if from_postmaster && (CAME_BACK.is_match(subject) || CAME_BACK.is_match(text)) {
        return of_words(text, subject);
    }
    let header = |name: &'static str| mail.header(name).and_then(HeaderValue::as_text).unwrap_or_default();
    let auto = header("Auto-Submitted");
    let automatic = (!auto.is_empty() && !auto.trim().eq_ignore_ascii_case("no"))
        || !header("X-Autoreply").is_empty()
        || !header("X-Autorespond").is_empty()
        || header("Precedence").eq_ignore_ascii_case("auto_reply")
        || AUTOMATIC.is_match(subject)
        || AUTOMATIC.is_match(crate::window::clip(text, 600));
    automatic.then(|| of_answer(text, from, message)).flatten()
}

/// Reads a delivery report: the first recipient that failed, else the first that waits.
fn report(mail: &mail_parser::Message<'_>) -> Option<Returned> {
    let is = |part: &mail_parser::MessagePart<'_>, kind: &str, subtypes: &[&str]| {
        part.content_type().is_some_and(|found| {
            found.ctype().eq_ignore_ascii_case(kind)
                && found.subtype().is_some_and(|sub| subtypes.iter().any(|s| sub.eq_ignore_ascii_case(s)))
        })
    };
    let status =
        mail.parts.iter().find(|part| is(part, "message", &["delivery-status", "global-delivery-status"]))?;
    let fields = String::from_utf8_lossy(status.contents()).into_owned();
    let fields = crate::window::clip(&fields, MOST).replace("\r\n", "\n");
    let mut found: Option<(bool, Option<String>, String)> = None;
    for block in fields.split("\n\n").take(100) {
        let field = |name: &str| -> Option<String> {
            let at = block.lines().position(|line| {
                line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
                    && line[name.len()..].starts_with(':')
            })?;
            // A field goes on in lines that begin with a space.
            let mut lines = block.lines().skip(at);
            let mut value = lines.next()?[name.len() + 1..].trim().to_owned();
            for more in lines.take_while(|line| line.starts_with([' ', '\t'])) {
                value.push(' ');
                value.push_str(more.trim());
            }
            Some(value)
        };
        let (Some(action), Some(recipient)) =
            (field("Action"), field("Original-Recipient").or_else(|| field("Final-Recipient")))
        else {
            continue;
        };
        let failed = action.eq_ignore_ascii_case("failed");
        if !failed && !action.eq_ignore_ascii_case("delayed") {
            continue;
        }
        let address = recipient.rsplit_once(';').map_or(recipient.as_str(), |(_, value)| value);
        let address = Email::parse(address.trim().trim_matches(['<', '>'])).ok();
        // A class of 4 may pass, though this server gave up; a full mailbox has an owner who may come back to it.
        let passes = field("Status")
            .is_some_and(|status| status.trim().starts_with('4') || status.trim().starts_with("5.2.2"));
        let why = field("Diagnostic-Code").or_else(|| field("Status")).unwrap_or(action);
        let lasting = failed && !passes;
        if found.as_ref().is_none_or(|(before, _, _)| lasting && !before) {
            found = Some((lasting, address.map(|email| email.as_str().to_owned()), why));
        }
    }
    let (lasting, address, why) = found?;
    let returned = mail.parts.iter().find(|part| is(part, "message", &["rfc822", "global"]));
    let headers = mail.parts.iter().find(|part| is(part, "text", &["rfc822-headers"]));
    let inner = match returned.map(|part| &part.body) {
        Some(PartType::Message(inner)) => inner.message_id().map(str::to_owned),
        _ => None,
    };
    let answers = inner.or_else(|| headers.and_then(|part| id_in(&String::from_utf8_lossy(part.contents()))));
    Some(Returned {
        fate: if lasting { Fate::Bounced } else { Fate::Delayed },
        address,
        answers: answers.map(|id| id.trim_matches(['<', '>']).to_owned()),
        instead: Vec::new(),
        quote: quote(&why),
    })
}

/// Returns the id of a mail from its headers, as they stand in a text.
fn id_in(headers: &str) -> Option<String> {
    static ID: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"(?im)^message-id:\s*<([^<>\s]{3,250})>"));
    ID.captures(crate::window::clip(headers, MOST)).map(|found| found[1].to_owned())
}

/// Reads a report that is words alone.
fn of_words(text: &str, subject: &str) -> Option<Returned> {
    // Behind the line that opens the mail that came back stand addresses of all kinds.
    let own = BELOW.find(text).map_or(text, |below| &text[..below.start()]);
    let address = addresses(own).find(|email| !POSTMASTER.is_match(email.as_str()));
    let waits = WAITS.is_match(own) || WAITS.is_match(subject);
    let cause = CAUSE.find(own).map_or(subject, |found| line_around(own, found.start()));
    Some(Returned {
        fate: if waits { Fate::Delayed } else { Fate::Bounced },
        address: Some(address?.as_str().to_owned()),
        answers: id_in(text),
        instead: Vec::new(),
        quote: quote(cause),
    })
}

/// Reads an automatic answer.
fn of_answer(text: &str, from: &str, message: &Message) -> Option<Returned> {
    let (fate, at) =
        [(Fate::HasLeft, &LEFT), (Fate::Unread, &UNREAD), (Fate::UseForm, &FORM), (Fate::Away, &AWAY)]
            .into_iter()
            .find_map(|(fate, words)| words.find(text).map(|found| (fate, found.start())))?;
    let own = Email::parse(from).ok();
    let instead = addresses(text)
        .filter(|email| Some(email) != own.as_ref())
        .map(|email| email.as_str().to_owned())
        .take(3)
        .collect();
    Some(Returned {
        fate,
        address: own.map(|email| email.as_str().to_owned()),
        answers: message.answers.first().cloned(),
        instead,
        quote: quote(line_around(text, at)),
    })
}

/// Returns the addresses of a text as servers print them: none that is spelt out, for `program at mx.example` is a host.
fn addresses(text: &str) -> impl Iterator<Item = Email> {
    static PLAIN: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"[\w.+%'-]{1,64}@[\w-]+(?:\.[\w-]+)+"));
    PLAIN.find_iter(text).take(200).filter_map(|found| Email::parse(found.as_str()).ok())
}

/// Returns the sentence, or the line, around a place.
fn line_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['\n', '.', '!']).map_or(0, |i| i + 1);
    let end = text[at..].find(['\n', '!']).map_or(text.len(), |i| at + i);
    let stop = text[at..end].find(". ").map_or(end, |i| at + i + 1);
    text[start..stop].trim()
}

fn quote(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    crate::window::clip(&flat, QUOTE).to_owned()
}

macro_rules! words {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| crate::post::rx($pattern));
    };
}

words!(
    POSTMASTER,
    r"(?i)^(?:mailer-daemon|postmaster|mail-daemon|bounces?|mdaemon|microsoftexchange\w*)(?:[+.=-][^@]*)?@"
);
words!(
    CAME_BACK,
    r"(?i)undeliver|delivery (?:status|has failed|failure|incomplete|notification)|returned (?:mail|to sender)|mail delivery|failure notice|could not be delivered|couldn['’]t be delivered|wasn['’]t delivered|address not found|nicht zugestellt|unzustellbar|zustellung .{0,30}(?:fehlgeschlagen|nicht möglich)|non remis|échec de (?:la )?(?:remise|distribution)|no se (?:pudo|ha podido) entregar|no entregado|mancata consegna|niet (?:bezorgd|afgeleverd)|onbestelbaar"
);
words!(
    CAUSE,
    r"(?i)\b5\d\d[ -]5\.\d|\b55[0-4]\b|user unknown|unknown user|no such (?:user|recipient|mailbox)|does(?: not|n['’]t) exist|address not found|mailbox (?:unavailable|not found|disabled)|recipient (?:address )?rejected|host (?:or domain name )?not found|unbekannt|existiert nicht|n['’]existe pas|no existe|inesistente|bestaat niet"
);
words!(
    WAITS,
    r"(?i)delayed|will (?:keep|retry|be retried|continue)|still trying|no action is required|warning: (?:message|could not)|wird weiter versucht|verzögert|retardé|demorad|ritardat|vertraagd"
);
words!(
    BELOW,
    r"(?im)^\W*(?:(?:this is|below this line|here) .{0,20}(?:a copy of|the headers|original message)|-+ ?(?:original|returned|forwarded) message|included is a copy|reporting-mta:|return-path:|received: from)"
);
words!(
    AUTOMATIC,
    r"(?i)^(?:auto(?:matic|mated|matische)?[ -]?(?:reply|response|antwort|antwoord)|automatische (?:antwort|abwesenheits\w*)|abwesenheits\w*|réponse automatique|respuesta automática|risposta automatica|out of (?:the )?office|ooo\b|away:|absence\b|ausente\b|fuera de la oficina|fuori sede)|\bthis is an auto(?:mated|matic)\b|\bthis (?:e-?mail(?: address)?|mailbox|inbox|address|account) (?:is|was|has been) (?:not |un|no longer )|\bautomatisch (?:erstellt|generiert|erzeugt)|\b(?:message|réponse) automatique\b|\bmensaje automático\b|\bmessaggio automatico\b|\bautomatisch (?:bericht|antwoord)"
);
words!(
    LEFT,
    r"(?i)\bno longer (?:with|works? (?:at|for|here)|employed|part of|at)\b|\b(?:has|have) left (?:the (?:company|organi[sz]ation|business|firm|team)|us\b|\p{Lu})|\bleft the company\b|\bmy last (?:working )?day (?:at|with|was)|\bnicht mehr (?:bei|für|in|im) .{0,50}(?:tätig|beschäftigt|unternehmen|arbeite)|\b(?:hat|habe) (?:das unternehmen|die firma|uns) verlassen|\bne (?:fait|travaille|fais) plus (?:partie|chez|pour|au sein)|\ba quitté (?:la société|l['’]entreprise|notre)|\bya no (?:trabaja|forma parte|pertenece)|\bha dejado (?:la empresa|de trabajar)|\bnon (?:lavora|fa) più (?:parte|per|in|presso)|\bha lasciato l['’]azienda|\bniet (?:meer|langer) (?:werkzaam|in dienst|werkt)|\bwerkt niet (?:meer|langer)"
);
words!(
    UNREAD,
    r"(?i)\b(?:mailbox|inbox|e-?mail(?: address)?|address|account)\b[^.\n]{0,40}\b(?:not (?:being )?(?:monitored|read|attended|checked|in use)|un(?:monitored|attended)|no longer (?:monitored|in use|active|used|read|available)|has been (?:closed|retired|discontinued|decommissioned))|\b(?:not|never) monitored\b|\bunmonitored\b|\b(?:please )?do not (?:reply|respond) to this\b[^.\n]{0,60}\b(?:read|monitored|answered|seen)|\bpostfach\b[^.\n]{0,40}\b(?:nicht (?:mehr )?(?:gelesen|überwacht|betreut|bearbeitet|genutzt)|geschlossen|stillgelegt)|\b(?:adresse|boîte)\b[^.\n]{0,40}\b(?:n['’]est (?:plus|pas) (?:consultée|suivie|lue|surveillée|active|relevée))|\b(?:buzón|dirección|cuenta)\b[^.\n]{0,40}\b(?:no (?:se )?(?:atiende|supervisa|lee|revisa)|ya no (?:está|se usa|existe))|\b(?:casella|indirizzo)\b[^.\n]{0,40}\b(?:non (?:è|viene) (?:più )?(?:monitorat|lett|presidiat|utilizzat|attiv)\w*)|\b(?:mailbox|adres|postvak)\b[^.\n]{0,40}\b(?:niet (?:meer )?(?:gelezen|beheerd|gemonitord|in gebruik))"
);
words!(
    FORM,
    r"(?i)\b(?:use|using|fill (?:in|out)|complete|submit|through|via|visit|raise|log) (?:our |the |this |your |an? )?(?:online |web |contact |enquiry |complaints? |customer |support |request |help )*(?:form|portal|help ?cent(?:re|er)|webform|ticket|chat)\b|\b(?:we (?:no longer|do not|don['’]t|cannot|can['’]t)) (?:accept|answer|respond to|take|handle|deal with)\b[^.\n]{0,40}\b(?:e-?mails?|by e-?mail)|\b(?:nutzen|verwenden|benutzen) sie (?:bitte )?(?:unser|das)\b[^.\n]{0,30}formular|\bformulaire (?:de contact|en ligne|disponible)|\b(?:utilisez|remplissez|utiliser|remplir) (?:le|notre) formulaire|\b(?:utilice|rellene|complete) (?:el|nuestro) formulario|\b(?:utilizzi|compili|utilizzare|compilare) (?:il|nostro)\b[^.\n]{0,20}(?:modulo|form)|\b(?:gebruik|vul)\b[^.\n]{0,20}\b(?:formulier)"
);
words!(
    AWAY,
    r"(?i)\bout of (?:the )?office\b|\b(?:i am|i['’]m|am) (?:currently )?(?:away|on (?:annual |maternity |parental |sick )?leave|on (?:holiday|vacation))|\bannual leave\b|\breturn(?:ing)? (?:to the office )?on\b|\bnicht im (?:büro|haus)|\bim urlaub\b|\babwesend\b|\bab(?:sent|sence)\b|\ben congés?\b|\bde vacaciones\b|\bfuera de la oficina\b|\bin ferie\b|\bfuori (?:sede|ufficio)\b|\bmet vakantie\b|\bafwezig\b"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn of(raw: &str) -> Option<Returned> {
        let message = super::super::mail::read(raw.as_bytes(), 0).unwrap();
        read(raw.as_bytes(), &message)
    }

    fn report(action: &str, status: &str, diagnostic: &str) -> String {
        format!(
            "From: Mail Delivery System <MAILER-DAEMON@mx.hill.example>\r\nTo: ana@hill.example\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.hill.example\r\n\r\nFinal-Recipient: rfc822; Complaints@Brightwell.example\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {diagnostic}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: ana@hill.example\r\nMessage-ID: <one@hill.example>\r\nSubject: My bill\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn a_delivery_report_tells_the_address_the_cause_and_the_mail_that_came_back() {
        let back = of(&report("failed", "5.1.1", "550 5.1.1 User\r\n unknown")).unwrap();
        assert_eq!(back.fate, Fate::Bounced);
        assert_eq!(back.address.as_deref(), Some("complaints@brightwell.example"));
        assert_eq!(back.answers.as_deref(), Some("one@hill.example"));
        assert_eq!(back.quote, "smtp; 550 5.1.1 User unknown");
    }

    #[test]
    fn what_may_still_arrive_is_not_dead() {
        assert_eq!(of(&report("delayed", "4.4.1", "connection timed out")).unwrap().fate, Fate::Delayed);
        assert_eq!(of(&report("failed", "4.4.7", "delivery time expired")).unwrap().fate, Fate::Delayed);
        assert_eq!(of(&report("failed", "5.2.2", "552 mailbox full")).unwrap().fate, Fate::Delayed);
        assert_eq!(of(&report("delivered", "2.0.0", "ok")), None);
    }

    #[test]
    fn a_report_in_words_alone_is_read() {
        let raw = "From: MAILER-DAEMON@smtp.hill.example\nTo: ana@hill.example\nDate: Tue, 3 Mar 2026 10:00:00 +0000\nSubject: failure notice\n\nHi. This is the mail program at smtp.hill.example.\n\n<ceo@brightwell.example>:\n198.51.100.4 does not like recipient.\nRemote host said: 550 5.1.1 no such user here\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <one@hill.example>\nFrom: ana@hill.example\n";
        let back = of(raw).unwrap();
        assert_eq!((back.fate, back.address.as_deref()), (Fate::Bounced, Some("ceo@brightwell.example")));
        assert_eq!(back.answers.as_deref(), Some("one@hill.example"));
        assert!(back.quote.contains("no such user"), "{}", back.quote);
    }

    fn answer(subject: &str, header: &str, text: &str) -> Option<Returned> {
        of(&format!(
            "From: Jo Marsh <jo.marsh@brightwell.example>\nTo: ana@hill.example\nDate: Tue, 3 Mar 2026 10:00:00 +0000\nSubject: {subject}\nIn-Reply-To: <one@hill.example>\n{header}\n{text}\n"
        ))
    }

    #[test]
    fn automatic_answers_tell_who_left_who_is_away_and_what_is_not_read() {
        let auto = "Auto-Submitted: auto-replied\n";
        for (subject, header, text, fate) in [
            (
                "Automatic reply: My bill",
                "",
                "Jo Marsh is no longer with Brightwell. Please write to relations@brightwell.example.",
                Some(Fate::HasLeft),
            ),
            ("Re: My bill", auto, "I have left the company.", Some(Fate::HasLeft)),
            (
                "Automatische Antwort",
                "",
                "Frau Marsh ist nicht mehr bei uns im Hause tätig.",
                Some(Fate::HasLeft),
            ),
            ("Réponse automatique", "", "Mme Marsh ne fait plus partie de la société.", Some(Fate::HasLeft)),
            ("Respuesta automática", "", "Ya no trabaja en la empresa.", Some(Fate::HasLeft)),
            ("Re: My bill", auto, "This mailbox is not monitored.", Some(Fate::Unread)),
            (
                "Re: My bill",
                "",
                "This email address is no longer monitored. Visit our site.",
                Some(Fate::Unread),
            ),
            ("Re: My bill", auto, "Thank you. To reach us please use our online form.", Some(Fate::UseForm)),
            ("Automatische Antwort", "", "Bitte nutzen Sie unser Kontaktformular.", Some(Fate::UseForm)),
            ("Out of office", "", "I am on annual leave and return on 9 March.", Some(Fate::Away)),
            ("Re: My bill", auto, "We received your complaint and will answer within 14 days.", None),
            // A person who says so has answered: that is read as an answer.
            ("Re: My bill", "", "Dear Ana, please use our online form. Jo", None),
            ("Re: My bill", "", "Jo is no longer with us, so I took your case over. Regards, Mia", None),
        ] {
            assert_eq!(answer(subject, header, text).map(|found| found.fate), fate, "{subject} | {text}");
        }
        let left =
            answer("Automatic reply", "", "Jo is no longer with Brightwell: relations@brightwell.example.")
                .unwrap();
        assert_eq!(left.address.as_deref(), Some("jo.marsh@brightwell.example"));
        assert_eq!(left.instead, ["relations@brightwell.example"]);
        assert_eq!(left.answers.as_deref(), Some("one@hill.example"));
    }

    #[test]
    fn no_cut_of_a_report_makes_it_panic() {
        let whole = report("failed", "5.1.1", "550 5.1.1 Üser unknown");
        for at in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
            if let Ok(message) = super::super::mail::read(&whole.as_bytes()[..at], 0) {
                let _ = read(&whole.as_bytes()[..at], &message);
            }
        }
    }
}
