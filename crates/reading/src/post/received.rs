//! A message that somebody received: an e-mail with its headers, a text message, a caller's words.
//!
//! An e-mail tells more than its words: who it says it comes from and who sent it, where its links lead and what they
//! show, what is attached, what the receiving server thought of it. Each of that is a sign of its own here. Whose name a
//! message bears is told from the message, so that a look-alike is seen without being told the company.

use std::sync::LazyLock;

use ladder::host::site_of;
use mail_parser::{MessageParser, MimeHeaders as _};
use regex::Regex;
use url::Url;

use super::company::{Company, Owner};
use super::guard::{Sign, host};
use crate::email::is_for_everyone;

/// The most links of one message that are looked at.
const MOST_LINKS: usize = 200;

/// A link as it is shown, and where it leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shown {
    /// The words of the link; empty where there are none beside the address.
    pub text: String,
    /// The address.
    pub href: String,
}

/// What was received.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Received {
    /// The words, subject first.
    pub text: String,
    /// Whether it is an e-mail.
    pub is_mail: bool,
    /// The name that the sender gives.
    pub from_name: Option<String>,
    /// The mailbox that it came from.
    pub from: Option<String>,
    /// The mailbox that an answer goes to, where that is another.
    pub reply_to: Option<String>,
    /// Its links.
    pub links: Vec<Shown>,
    /// The names of what is attached.
    pub attached: Vec<String>,
    /// The checks of the sender that failed at the receiving server: `spf`, `dkim`, `dmarc`.
    pub failed: Vec<&'static str>,
}

static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    super::rx(
        r"(?i)^(?:from|to|cc|subject|date|reply-to|return-path|received|sender|message-id|mime-version|content-[\w-]+|authentication-results|x-[\w-]+|dkim-signature|delivered-to|von|an|betreff|datum|de|à|objet|asunto|da|oggetto|van|aan|onderwerp)\s?:",
    )
});
static ANY_URL: LazyLock<Regex> = LazyLock::new(|| super::rx(r#"(?i)\bhttps?://[^\s<>"“”)\]}]+"#));
static MARKED_LINK: LazyLock<Regex> = LazyLock::new(|| {
    super::rx(r"\[([^\]\n]{1,120})\]\((https?://[^)\s]+)\)|([^\s<>]{4,80})\s<(https?://[^>\s]+)>")
});

/// Opens what was received: an e-mail as saved or pasted with its headers, else plain words.
#[must_use]
pub fn open(text: &str) -> Received {
    let headers = text
        .lines()
        .take_while(|line| HEADER.is_match(line) || line.starts_with([' ', '\t']) && !line.trim().is_empty());
    let count = headers.count();
    let from = text.lines().take(count).any(|l| {
        let lower = l.to_lowercase();
        ["from:", "from :", "von:", "de:", "de :", "da:", "van:"].iter().any(|w| lower.starts_with(w))
    });
    let mut received =
        if from { mail(text, count) } else { Received { text: text.to_owned(), ..Received::default() } };
    for found in MARKED_LINK.captures_iter(&received.text).take(MOST_LINKS) {
        let part = |n: usize| found.get(n).map(|m| m.as_str().to_owned());
        if let (Some(text), Some(href)) = (part(1).or_else(|| part(3)), part(2).or_else(|| part(4))) {
            received.links.push(Shown { text, href });
        }
    }
    for found in ANY_URL.find_iter(&received.text).take(MOST_LINKS) {
        let href = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).to_owned();
        if received.links.iter().all(|l| l.href != href) {
            received.links.push(Shown { text: String::new(), href });
        }
    }
    received.links.truncate(MOST_LINKS);
    received
}

/// Reads an e-mail. `headers` is how many lines stand before its words; a pasted one may lack the empty line between.
fn mail(text: &str, headers: usize) -> Received {
    let lines: Vec<&str> = text.lines().collect();
    let english = |line: &str| {
        for (word, name) in [
            ("von:", "From:"),
            ("de:", "From:"),
            ("de :", "From:"),
            ("da:", "From:"),
            ("van:", "From:"),
            ("betreff:", "Subject:"),
            ("objet:", "Subject:"),
            ("objet :", "Subject:"),
            ("asunto:", "Subject:"),
            ("oggetto:", "Subject:"),
            ("onderwerp:", "Subject:"),
        ] {
            if line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
                return format!("{name}{}", &line[word.len()..]);
            }
        }
        line.to_owned()
    };
    let heads: Vec<String> = lines.iter().take(headers).map(|line| english(line)).collect();
    let mut whole = heads.join("\r\n") + "\r\n";
    if lines.get(headers).is_some_and(|l| !l.trim().is_empty()) {
        whole.push_str("\r\n");
    }
    for line in lines.iter().skip(headers) {
        whole.push_str(line);
        whole.push_str("\r\n");
    }
    let Some(message) = MessageParser::default().parse(whole.as_bytes()) else {
        return Received { text: text.to_owned(), ..Received::default() };
    };
    let first = |address: Option<&mail_parser::Address<'_>>| {
        address
            .and_then(|a| a.first())
            .map(|a| (a.name().map(str::to_owned), a.address().map(str::to_lowercase)))
    };
    let (from_name, from) = first(message.from()).unwrap_or_default();
    let reply_to = first(message.reply_to()).and_then(|(_, address)| address);
    let mut words = message.subject().map(|s| format!("{s}\n")).unwrap_or_default();
    let mut links = Vec::new();
    if let Some(html) = message
        .html_bodies()
        .next()
        .and_then(|part| part.is_text_html().then(|| part.text_contents()).flatten())
    {
        let outline = crate::outline::from_html(html);
        for link in outline.links.iter().take(MOST_LINKS) {
            let text = outline.text.get(link.text.clone()).unwrap_or_default().trim().to_owned();
            links.push(Shown { text, href: link.href.clone() });
        }
        words.push_str(&outline.text);
    } else {
        words.push_str(&message.body_text(0).unwrap_or_default());
    }
    let checks = message
        .headers_raw()
        .filter(|(name, _)| name.eq_ignore_ascii_case("authentication-results"))
        .map(|(_, value)| value.to_lowercase())
        .collect::<String>();
    let failed = ["spf", "dkim", "dmarc"]
        .into_iter()
        .filter(|name| {
            ["=fail", "=softfail", "=permerror"].iter().any(|r| checks.contains(&format!("{name}{r}")))
        })
        .collect();
    Received {
        text: words.replace("\r\n", "\n"),
        is_mail: true,
        reply_to: reply_to.filter(|r| Some(r) != from.as_ref()),
        from_name,
        from,
        links,
        attached: message
            .attachments()
            .filter_map(|a| a.attachment_name().map(str::to_owned))
            .take(50)
            .collect(),
        failed,
    }
}

/// Takes one sign: its id, weight, claim, why and words.
type Say<'s> = dyn FnMut(&'static str, f64, &'static str, &'static str, String) + 's;

impl Received {
    /// Returns whose name the message bears: the sender's name, the name before the first colon of a text message, or a
    /// name of the text that an address of it bears with more beside it. `None` where it names nobody.
    #[must_use]
    pub fn claimed(&self) -> Option<String> {
        // A name in the text that a host bears with something beside it: whose else should that be?
        for host in self.hosts() {
            let domain = &site_of(&host);
            let parts: Vec<&str> = host.split(['.', '-']).filter(|p| p.len() >= 3).collect();
            for part in parts {
                if COMMON.contains(&part) || domain.split('.').next() == Some(part) && host == *domain {
                    continue;
                }
                let named = self.words_named(part);
                if let Some(named) = named {
                    return Some(named);
                }
            }
        }
        if let Some(name) = self.from_name.as_deref().map(str::trim).filter(|n| n.len() >= 3) {
            let name = name.trim_matches(['"', '\'']);
            if !name.contains('@') {
                return Some(name.to_owned());
            }
        }
        let first = self.text.lines().find(|l| !l.trim().is_empty())?;
        PREFIX.captures(first).map(|found| found[1].trim().to_owned())
    }

    /// Returns a word of the text as it is written there, where it is a name: in capitals.
    fn words_named(&self, part: &str) -> Option<String> {
        let from = self.from_name.as_deref().unwrap_or_default();
        [self.text.as_str(), from].into_iter().find_map(|text| {
            text.split(|c: char| !c.is_alphanumeric())
                .find(|word| {
                    word.eq_ignore_ascii_case(part) && word.chars().next().is_some_and(char::is_uppercase)
                })
                .map(str::to_owned)
        })
    }

    /// Returns the hosts that it comes from and leads to, lower case, each once.
    fn hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = Vec::new();
        let mails = [&self.from, &self.reply_to];
        let of_mail =
            mails.into_iter().flatten().filter_map(|m| m.split_once('@').map(|(_, h)| h.to_owned()));
        let of_links =
            self.links.iter().filter_map(|l| Url::parse(&l.href).ok()?.host_str().map(str::to_lowercase));
        for host in of_mail.chain(of_links) {
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        hosts
    }

    /// Says the signs in where its links lead.
    fn of_links(&self, company: &Company, say: &mut Say<'_>) {
        for link in &self.links {
            let Ok(url) = Url::parse(&link.href) else { continue };
            let host = url.host_str().unwrap_or_default().to_lowercase();
            if let Some(shown) = shown_host(&link.text)
                && site_of(&shown) != site_of(&host)
            {
                say(
                    "link-differs",
                    3.2,
                    "a link shows one address and leads to another",
                    "the words of a link are free; where it leads is what counts",
                    format!("{} leads to {}", link.text, link.href),
                );
            }
            for trick in host::tricks(&link.href, company) {
                match trick.id {
                    "government" => say(
                        "government-domain",
                        3.2,
                        "its domain pretends to be a government's",
                        "governments write from domains that end in .gov, .gov.uk and the like",
                        link.href.clone(),
                    ),
                    _ if !trick.is_weak => say(
                        "link-trick",
                        2.8,
                        "an address is dressed up to look like another",
                        "only the end of a host's name tells whose it is",
                        link.href.clone(),
                    ),
                    _ => {}
                }
            }
        }
    }

    /// Returns the signs of fraud in how it was sent and where it leads.
    #[must_use]
    pub fn signs(&self, company: &Company) -> Vec<Sign> {
        let mut found: Vec<Sign> = Vec::new();
        let mut say =
            |id: &'static str, weight: f64, claim: &'static str, why: &'static str, quote: String| {
                if found.iter().all(|s: &Sign| s.id != id) {
                    found.push(Sign { id, claim, why, weight, quote, message: None });
                }
            };
        if let Some((_, domain)) = self.from.as_deref().and_then(|m| m.split_once('@')) {
            let shown = format!(
                "{} <{}>",
                self.from_name.as_deref().unwrap_or_default(),
                self.from.as_deref().unwrap_or_default()
            );
            if company.is_known() {
                match company.owner_of_host(domain) {
                    Owner::LookAlike => say(
                        "mail-look-alike",
                        3.3,
                        "it was sent from a domain that only looks like the company's",
                        "a company writes from its own domain, not from one that is called like it",
                        shown.clone(),
                    ),
                    Owner::Other if is_for_everyone(domain) => say(
                        "mail-free",
                        2.4,
                        "it bears the company's name and was sent from a free mailbox",
                        "anybody can have such a mailbox, under any name",
                        shown.clone(),
                    ),
                    _ => {}
                }
            }
            if host::pretends_government(domain) {
                say(
                    "government-domain",
                    3.2,
                    "its domain pretends to be a government's",
                    "governments write from domains that end in .gov, .gov.uk and the like",
                    shown,
                );
            }
            if let Some((_, reply)) = self.reply_to.as_deref().and_then(|m| m.split_once('@'))
                && site_of(reply) != site_of(domain)
            {
                let weight = if is_for_everyone(reply) { 2.4 } else { 1.2 };
                say(
                    "mail-reply-elsewhere",
                    weight,
                    "an answer goes to somebody else than the sender",
                    "who sends under a borrowed name must have the answers sent to a mailbox of his own",
                    format!("Reply-To: {}", self.reply_to.as_deref().unwrap_or_default()),
                );
            }
        }
        if !self.failed.is_empty() {
            say(
                "mail-unproved",
                2.2,
                "the receiving server could not confirm the sender",
                "the domain in the sender's address did not send it",
                self.failed.join(", "),
            );
        }
        if let Some(name) = self.attached.iter().find(|name| RUNS.is_match(name)) {
            say(
                "attachment",
                2.4,
                "what is attached can run as a program",
                "bills and refunds come as documents, not as programs or archives",
                name.clone(),
            );
        }
        self.of_links(company, &mut say);
        found
    }
}

/// Returns the host that the words of a link show, where they show one.
fn shown_host(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains(char::is_whitespace) || !text.contains('.') || text.contains('@') {
        return None;
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let host = Url::parse(&whole).ok()?.host_str()?.to_lowercase();
    psl::suffix(host.as_bytes()).filter(psl::Suffix::is_known)?;
    Some(host)
}

static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    super::rx(r"^\W{0,4}(\p{Lu}[\p{L}\d&.'’-]*(?:\s[\p{Lu}\d&][\p{L}\d&.'’-]*){0,3})\s?:\s")
});
static RUNS: LazyLock<Regex> = LazyLock::new(|| {
    super::rx(
        r"(?i)\.(?:exe|scr|js|jse|vbs|vbe|bat|cmd|ps1|lnk|iso|img|hta|msi|jar|apk|html?|shtml|svg|one|xlsm|docm)$",
    )
});

/// Words that stand in many hosts and name nobody.
const COMMON: &[&str] = &[
    "www",
    "com",
    "org",
    "net",
    "gov",
    "info",
    "help",
    "support",
    "secure",
    "login",
    "account",
    "accounts",
    "refund",
    "refunds",
    "pay",
    "payment",
    "payments",
    "parcel",
    "delivery",
    "service",
    "services",
    "online",
    "mail",
    "email",
    "update",
    "verify",
    "claim",
    "claims",
    "customer",
    "care",
    "bank",
    "tax",
    "test",
    "example",
    "team",
    "alert",
    "alerts",
    "notify",
    "notification",
    "billing",
    "portal",
    "the",
    "and",
    "your",
    "new",
    "from",
    "form",
    "forms",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&'static str> {
        let received = open(text);
        let company = Company::named(&received.claimed().unwrap_or_default());
        received.signs(&company).into_iter().map(|s| s.id).collect()
    }

    const REFUND: &str = "From: HM Revenue & Customs <refund-team@hmrc-gov-uk.test>\nSubject: Your overpayment\n\nHMRC owes you GBP 276.18. Complete https://hmrc-gov-uk.test/p800 within three days.";

    #[test]
    fn a_refund_mail_is_seen_through_without_being_told_the_company() {
        assert_eq!(open(REFUND).claimed().as_deref(), Some("HMRC"));
        let found = ids(REFUND);
        assert!(found.contains(&"mail-look-alike") && found.contains(&"government-domain"), "{found:?}");
    }

    #[test]
    fn headers_without_an_empty_line_behind_them_are_read_too() {
        let received = open(&REFUND.replace("\n\n", "\n"));
        assert_eq!(received.from.as_deref(), Some("refund-team@hmrc-gov-uk.test"));
        assert!(received.text.contains("276.18"), "{received:?}");
    }

    #[test]
    fn what_a_link_shows_and_where_it_leads_are_compared() {
        let html = "From: Castora Bank <news@castora.example>\nReply-To: castora.desk@gmail.com\nSubject: Hello\nContent-Type: text/html\n\n<p>See <a href=\"https://evil.test/x\">www.castora.com</a></p>";
        let found = ids(html);
        assert!(found.contains(&"link-differs") && found.contains(&"mail-reply-elsewhere"), "{found:?}");
    }

    #[test]
    fn an_honest_mail_has_no_sign() {
        let honest = "From: Castora Bank <news@castora.example>\nSubject: Statement\n\nYour statement is ready. Log in at https://www.castora.example/login as usual.";
        assert_eq!(ids(honest), [] as [&str; 0]);
    }

    #[test]
    fn a_text_message_names_itself_before_its_colon() {
        assert_eq!(open("QUILLON: new payee added. Not you?").claimed().as_deref(), Some("QUILLON"));
        assert_eq!(open("hi, call me").claimed(), None);
    }

    #[test]
    fn hostile_input_is_read_without_a_panic() {
        for text in [
            "From:",
            "From: <\nSubject:",
            "From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n--x--",
            "\u{0}From: é",
        ] {
            let received = open(text);
            let _ = received.signs(&Company::named("Castora"));
        }
    }
}
