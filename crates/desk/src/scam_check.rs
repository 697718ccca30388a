//! `scam-check` and `check-number`: is this message a fraud, and is this contact really theirs?
//!
//! The signs are those of `reading::post::guard`; what to do and what honest companies never ask are said in plain words;
//! where to report it comes from a table that says of each entry how sure it is.

mod report;

use std::path::Path;

use ladder::guard::theirs::{self, Asked, Domain, Known, Whose};
use ladder::{Channel, Country, Email, Link, Reach, SourceKind};
use reading::page::Context;
use reading::phone::{self, Regions};
use reading::post::company::{Company, Owner};
use reading::post::guard::{caller, host};
use reading::post::received;
use reading::post::{self, Post};
use serde::Serialize;

pub use report::ReportTo;

use crate::read_post::SignAnswer;
use crate::verify::LiveCheck;

/// What honest companies never ask, whoever says to be calling.
pub const NEVER_ASKED: [&str; 6] = [
    "to read out or forward a code, passcode or password",
    "to pay by gift card, voucher, cryptocurrency or a transfer between friends",
    "to move money to keep it safe, or to send back a refund that was too high",
    "to install a program that lets them see or control your computer or phone",
    "to pay a fee before a refund, parcel or compensation is released",
    "to keep it secret from your bank, your family or the police",
];

/// What is said of a message.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ScamAnswer {
    /// `likely`, `possible` or `no_signs`.
    pub verdict: &'static str,
    /// What it was read as: `mail` with headers, `report` of what a caller wanted, or `message`.
    pub kind: &'static str,
    /// Whose name it bears, where that was read from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims_to_be: Option<String>,
    /// How likely a fraud is, between 0 and 1.
    pub likelihood: f64,
    /// The signs found, the heaviest first.
    pub signs: Vec<SignAnswer>,
    /// The numbers, mailboxes and addresses in it, none of which is to be used before it is confirmed.
    pub contacts: Vec<String>,
    /// What to do now.
    pub do_now: Vec<String>,
    /// What honest companies never ask.
    pub never_asked: Vec<&'static str>,
    /// Where to report it.
    pub report_to: Vec<ReportTo>,
}

/// Looks for signs of fraud in a message, a post, an SMS, an e-mail with its headers, or a caller's words.
///
/// Without a company the message's own sender is taken at his word, and held against where it comes from and leads to.
#[must_use]
pub fn scam_check(text: &str, company: Option<&str>, country: Option<Country>) -> ScamAnswer {
    let received = received::open(text);
    let claimed = company.map(str::to_owned).or_else(|| received.claimed());
    let asked = Post { text: &received.text, company: claimed.as_deref(), country, ..Post::default() };
    let mut reading = post::read(&asked);
    // Whoever tells what a caller wanted reports a fraud that is tried on them: no warning to others.
    let heard = post::reports_a_demand(&received.text);
    if heard {
        reading = post::read(&Post { heard: true, ..asked });
    }
    let known = Company::named(claimed.as_deref().unwrap_or_default());
    let mut signs = reading.signs.clone();
    signs.extend(received.signs(&known));
    let called = if received.is_mail { Vec::new() } else { caller::signs(&received.text) };
    let heard = heard || !called.is_empty();
    signs.extend(called);
    signs.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let score: f64 = signs.iter().map(|s| s.weight).sum();
    // What the reading says, with the signs of the sending joined to it.
    let of_words = reading.likelihood.clamp(0.001, 0.999);
    let odds =
        (of_words / (1.0 - of_words)).ln() + score - reading.signs.iter().map(|s| s.weight).sum::<f64>();
    let likelihood = 1.0 / (1.0 + (-odds).exp());
    let verdict = match likelihood {
        // Whoever asks has a doubt already: one heavy sign is enough.
        _ if reading.scam || score >= 3.0 => "likely",
        p if p >= 0.5 || score >= 1.9 => "possible",
        _ => "no_signs",
    };
    let has = |ids: &[&str]| signs.iter().any(|s| ids.contains(&s.id));
    let mut do_now: Vec<String> = Vec::new();
    if verdict == "no_signs" {
        do_now.push("No sign was found, but that does not prove it is safe: use the number on your bill, card or contract, never one from a message.".into());
    } else {
        do_now.push("Do not answer, call back, click or pay. Contact the company on the number on your bill, card or contract.".into());
    }
    if has(&[
        "safe-account",
        "wire",
        "gift-card",
        "card-details",
        "code",
        "account-alarm",
        "overpayment",
        "install-app",
        "parcel-fee",
        "mail-look-alike",
        "government-domain",
        "link-differs",
    ]) {
        do_now.push("If you paid or gave card or bank details: ring your bank now, on the number on the card, and ask for the fraud team.".into());
    }
    if has(&["code", "card-details", "seed-phrase", "call-approve"]) {
        do_now.push("If you gave a code or password: change it at once, sign out other devices, and turn on two-step log-in.".into());
    }
    if has(&["remote-access", "virus-found", "install-app", "call-looks-in"]) {
        do_now.push("If somebody saw your screen: cut the connection, remove the program, and have the device checked before you use it for banking again.".into());
    }
    if has(&["family"]) {
        do_now.push("Call the person on the number you have always used.".into());
    }
    if has(&["gift-card"]) {
        do_now.push(
            "If you gave the code of a gift card: tell its issuer at once; some can still be stopped.".into(),
        );
    }
    if verdict != "no_signs" {
        do_now.push("Keep the message and the numbers: they help whoever you report it to.".into());
    }
    let mut contacts: Vec<String> = reading.contacts.iter().map(|c| c.reach.value().to_owned()).collect();
    contacts.extend(reading.left_out.iter().map(|l| l.reach.value().to_owned()));
    let sender = received.from.iter().chain(&received.reply_to).cloned();
    let links = received.links.iter().map(|l| l.href.clone());
    for value in sender.chain(links).take(50) {
        if !contacts.iter().any(|c| c.trim_end_matches('/') == value.trim_end_matches('/')) {
            contacts.push(value);
        }
    }
    ScamAnswer {
        verdict,
        claims_to_be: claimed.filter(|_| company.is_none()),
        kind: if received.is_mail {
            "mail"
        } else if heard {
            "report"
        } else {
            "message"
        },
        likelihood: (likelihood * 100.0).round() / 100.0,
        signs: signs.iter().map(SignAnswer::from).collect(),
        contacts,
        do_now,
        never_asked: NEVER_ASKED.to_vec(),
        report_to: if verdict == "no_signs" { Vec::new() } else { report::places(country) },
    }
}

/// Whose a number, mailbox or address is.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct CheckAnswer {
    /// The value, normalised.
    pub value: String,
    /// Its channel.
    pub channel: &'static str,
    /// The company it is said to belong to.
    pub company: String,
    /// The answer.
    pub whose: Whose,
    /// Why, in plain words.
    pub reasons: Vec<String>,
    /// What to do now.
    pub advice: String,
    /// What a call costs by the kind of number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<ladder::Cost>,
    /// What live checks found, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<LiveCheck>,
    /// What honest companies never ask.
    pub never_asked: Vec<&'static str>,
}

/// Why a value could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// Neither a number nor a mailbox nor an address.
    #[error(
        "`{0}` is not a number, e-mail address or web address: write a number with `+` and its country code, or give --country"
    )]
    NotAContact(String),
    /// The company is not named.
    #[error("whose should it be? name the company")]
    NoCompany,
    /// The file of known contacts cannot be read.
    #[error(transparent)]
    Read(#[from] crate::read::ReadError),
}

/// Reads what a user typed or pasted as one contact; tells what a call to it costs.
///
/// # Errors
///
/// [`CheckError::NotAContact`] where it is neither a number nor a mailbox nor an address.
pub fn contact_of(text: &str, country: Option<Country>) -> Result<(Reach, Option<ladder::Cost>), CheckError> {
    let text = text.trim();
    if let Ok(mail) = Email::parse(text.trim_start_matches("mailto:")) {
        return Ok((Reach::email(mail), None));
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let looks_dialled = digits >= 5 && !text.contains("//") && !text.chars().any(|c| c == '/');
    if looks_dialled {
        let context = Context { country, ..Context::default() };
        let regions = Regions::of_text(text, &context);
        if let Some(number) = phone::normalise(text, &regions) {
            let cost = number.cost();
            return Ok((Reach::phone(number.e164), cost));
        }
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let is_host = text.contains('.') && !text.contains(' ');
    if is_host
        && let Ok(link) = Link::parse(&whole)
        && let Ok(reach) = Reach::link(Channel::Web, link)
    {
        return Ok((reach, None));
    }
    Err(CheckError::NotAContact(text.to_owned()))
}

/// Reads the bytes of a message as text.
///
/// # Errors
///
/// What the bytes are, where they are no text: an image, a PDF, data.
pub fn text_of(bytes: &[u8]) -> Result<String, &'static str> {
    match crate::read::foreign(bytes) {
        Some(kind) => Err(kind),
        None => Ok(String::from_utf8_lossy(bytes).into_owned()),
    }
}

/// Answers whether a number, mailbox or address is really the company's, from what is known of contacts and from the
/// domains that are known to be the company's own.
///
/// # Errors
///
/// [`CheckError`] where the value is no contact or the company is not named.
pub fn check_number(
    value: &str,
    company: &str,
    country: Option<Country>,
    known: &[Known],
    domains: &[String],
) -> Result<CheckAnswer, CheckError> {
    if company.trim().is_empty() {
        return Err(CheckError::NoCompany);
    }
    let (reach, cost) = contact_of(value, country)?;
    let named = Company::named(company);
    let host =
        reach.as_email().map(Email::domain).or_else(|| reach.as_link().and_then(|l| l.url().host_str()));
    let is_own = |host: &str| {
        !is_strangers(host) && domains.iter().any(|domain| store::names::lies_under(host, domain))
    };
    let domain = match host.map(|host| named.owner_of_host(host)) {
        None => Domain::None,
        Some(_) if host.is_some_and(is_own) => Domain::Own,
        Some(Owner::Own) => Domain::LikeOwn,
        Some(Owner::LookAlike) => Domain::LookAlike,
        Some(Owner::Other) => Domain::Other,
    };
    let mut all: Vec<Known> = known.to_vec();
    all.extend(of_atlas(&reach));
    let mut answer = theirs::whose(&Asked { reach: &reach, company, domain, cost }, &all);
    // What was typed may hide what the normalised value no longer shows.
    let tricks = if reach.as_link().is_some() { host::tricks(value, &named) } else { Vec::new() };
    let heavy = tricks.iter().any(|trick| !trick.is_weak);
    for trick in tricks.iter().rev() {
        answer.reasons.insert(0, trick.words.clone());
    }
    if heavy && answer.whose != Whose::Official || tricks.iter().any(|t| t.id == "userinfo") {
        answer.whose =
            if tricks.iter().any(|t| matches!(t.id, "homoglyph" | "subdomain" | "userinfo" | "path")) {
                Whose::LookAlike
            } else {
                Whose::Suspect
            };
        answer.advice =
            "Do not open it. Type the company's address yourself, as shown on your bill, card or contract."
                .into();
    }
    Ok(CheckAnswer {
        value: reach.value().to_owned(),
        channel: reach.channel().id(),
        company: company.to_owned(),
        whose: answer.whose,
        reasons: answer.reasons,
        advice: answer.advice,
        cost,
        checks: Vec::new(),
        never_asked: NEVER_ASKED.to_vec(),
    })
}

/// Returns whether at a host anyone may have a mailbox or a page, whoever it belongs to: that it is a company's says nothing then.
pub(crate) fn is_strangers(host: &str) -> bool {
    const PAGES: [&str; 9] =
        ["sites", "docs", "forms", "drive", "groups", "storage", "calendar", "community", "forum"];
    let first = host.split('.').next().unwrap_or_default();
    reading::email::is_for_everyone(host) || PAGES.contains(&first)
}

/// Returns what the atlas knows of a value: outside bodies and their published contacts.
fn of_atlas(reach: &Reach) -> Vec<Known> {
    let atlas = atlas::Atlas::builtin();
    let heads = match reach.as_link() {
        Some(link) => atlas.by_link(link.as_str()),
        None => atlas.by_value(reach.value()),
    };
    heads
        .iter()
        .map(|head| Known {
            company: head.name.to_string(),
            reach: reach.clone(),
            rung: None,
            kind: SourceKind::Register,
            source: "the atlas of outside bodies".into(),
            seen: None,
        })
        .collect()
}

/// Reads the contacts of a saved page of the company as known.
///
/// `url` is where the page was saved from: only where its host is called like the company does the page count as its own.
///
/// # Errors
///
/// [`crate::read::ReadError`] where the file cannot be read as a page.
pub fn known_from(
    file: &Path,
    url: Option<&str>,
    company: &str,
    country: Option<Country>,
) -> Result<Vec<Known>, CheckError> {
    let request = crate::read::PageRequest {
        id: None,
        file: file.to_owned(),
        url: url.map(str::to_owned),
        country: country.map(|c| c.code().to_owned()),
        lang: None,
    };
    let page = crate::read::page(&request)?;
    let host = url.and_then(|u| url::Url::parse(u).ok()).and_then(|u| u.host_str().map(str::to_owned));
    let own = host.is_some_and(|host| Company::named(company).owner_of_host(&host) == Owner::Own);
    let kind = if own { SourceKind::OwnSite } else { SourceKind::Listing };
    Ok(page
        .contacts
        .iter()
        .filter(|c| c.party == "company")
        .filter_map(|c| {
            Some(Known {
                company: company.to_owned(),
                reach: Reach::parse(Channel::from_id(c.channel)?, &c.value).ok()?,
                rung: ladder::Rung::ALL.into_iter().find(|r| r.id() == c.rung),
                kind,
                source: url.map_or_else(|| file.display().to_string(), str::to_owned),
                seen: None,
            })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_wants_a_code_is_called_a_fraud_and_says_where_to_report_it() {
        let gb = Country::parse("GB").ok();
        let answer = scam_check(
            "QUILLON: unusual activity on your account. Not you? Call 020 7946 0999 and give the passcode we text you.",
            Some("Quillon Bank"),
            gb,
        );
        assert_eq!(answer.verdict, "likely", "{answer:?}");
        assert!(answer.signs.iter().all(|s| !s.quote.is_empty()));
        assert!(answer.report_to.iter().any(|r| r.how.contains("7726")));
        let caller = scam_check(
            "A man rang, said he is from my bank and wanted me to read him the code that came by text.",
            None,
            gb,
        );
        assert_eq!((caller.verdict, caller.kind), ("likely", "report"), "{caller:?}");
        let calm = scam_check("Your parcel arrives on Tuesday between 9 and 11.", None, gb);
        assert_eq!(calm.verdict, "no_signs", "{calm:?}");
    }

    #[test]
    fn a_banks_own_words_on_what_it_never_asks_are_no_fraud() {
        let gb = Country::parse("GB").ok();
        for text in [
            "We will never ask you for your PIN, your full password or a passcode, and we never ask you to move money to a safe account.",
            "Castora Bank: staying safe.\nWe never ask you to:\n- read out a code that we texted you\n- buy gift cards\n- install AnyDesk or any program\nIf somebody does, hang up and call the number on your card.",
            "Wir fragen Sie niemals nach Ihrer PIN oder TAN, weder am Telefon noch per E-Mail.",
            "Nous ne vous demanderons jamais votre mot de passe ni un code reçu par SMS.",
        ] {
            let answer = scam_check(text, None, gb);
            assert_eq!(answer.verdict, "no_signs", "{text}: {answer:?}");
        }
    }

    #[test]
    fn a_refund_mail_is_seen_through_without_the_company() {
        let mail = "From: HM Revenue & Customs <refund-team@hmrc-gov-uk.test>\nSubject: Your 2025 overpayment\n\nWe have calculated that HMRC owes you GBP 276.18. Complete the form at https://hmrc-gov-uk.test/p800 within three days.";
        let answer = scam_check(mail, None, Country::parse("GB").ok());
        assert_eq!((answer.verdict, answer.kind), ("likely", "mail"), "{answer:?}");
        assert_eq!(answer.claims_to_be.as_deref(), Some("HMRC"));
        assert!(answer.contacts.iter().any(|c| c == "refund-team@hmrc-gov-uk.test"), "{answer:?}");
    }

    #[test]
    fn tricks_of_an_address_are_told_in_plain_words() {
        for (typed, part) in [
            ("https://acmebank.example@evil.test/login", "leads to `evil.test`"),
            ("https://acmebank.example.evil.test/", "the site is `evil.test`"),
            ("http://203.0.113.7/acmebank", "bare number"),
        ] {
            let answer = check_number(typed, "Acmebank", None, &[], &[]).unwrap();
            assert!(matches!(answer.whose, Whose::LookAlike | Whose::Suspect), "{answer:?}");
            assert!(answer.reasons[0].contains(part), "{answer:?}");
        }
    }

    #[test]
    fn what_a_user_types_is_read_as_a_contact_or_refused() {
        let gb = Country::parse("GB").ok();
        for (text, expected) in [
            ("020 7946 0000", "phone +442079460000"),
            ("Help@Acme.example", "email help@acme.example"),
            ("acme.example/help", "web https://acme.example/help"),
        ] {
            assert_eq!(contact_of(text, gb).unwrap().0.to_string(), expected);
        }
        assert!(contact_of("call them", gb).is_err());
    }

    #[test]
    fn a_look_alike_address_is_told_without_any_directory() {
        let answer = check_number("help@acmebank-refunds.example", "Acmebank", None, &[], &[]).unwrap();
        assert_eq!(answer.whose, Whose::LookAlike);
        // The directory knows a domain that is not called like the company; a look-alike of it is still one.
        let own = ["acme-money.example".to_owned()];
        for (typed, whose) in [
            ("help@acme-money.example", Whose::Official),
            ("https://www.acme-money.example/help", Whose::Official),
            ("help@acme-money.example.evil.test", Whose::Unknown),
            ("help@acmebank.example", Whose::Unknown),
        ] {
            assert_eq!(check_number(typed, "Acmebank", None, &[], &own).unwrap().whose, whose, "{typed}");
        }
        let body = check_number("0800 023 4567", "Acmebank", Country::parse("GB").ok(), &[], &[]).unwrap();
        assert_eq!(body.whose, Whose::AnotherCompany, "{body:?}");
    }
}
