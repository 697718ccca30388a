//! Tricks with web addresses: what an address is made to look like, and where it leads.
//!
//! Read from the address as it was typed, before it is normalised: a `bank.example@` before the host, a number for a host,
//! letters of another alphabet, a brand in the part of the name that anybody can choose. Each is said in plain words with
//! the part of the address that it is about.

use ladder::host::{registrable, site_of};
use url::{Host, Url};

use super::super::company::{Company, Owner};
use super::super::mention;

/// A trick found in an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Trick {
    /// A stable id.
    pub id: &'static str,
    /// What it is, in plain words.
    pub words: String,
    /// Whether honest addresses do it too, now and then.
    pub is_weak: bool,
}

/// The longest address that is looked at, in bytes.
const LONGEST: usize = 4096;

/// Returns the tricks of an address as typed, the heaviest first; none where it is no address.
///
/// `company` is whose it is said to be; an empty company is nobody.
#[must_use]
pub fn tricks(typed: &str, company: &Company) -> Vec<Trick> {
    let typed = crate::window::clip(typed.trim(), LONGEST);
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let Ok(url) = Url::parse(&whole) else { return Vec::new() };
    if !matches!(url.scheme(), "http" | "https") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut say = |id, is_weak, words: String| found.push(Trick { id, words, is_weak });
    let host = url.host_str().unwrap_or_default().to_lowercase();
    if !url.username().is_empty() || url.password().is_some() {
        let before = percent_encoding::percent_decode_str(url.username()).decode_utf8_lossy().into_owned();
        say(
            "userinfo",
            false,
            format!("what stands before the @ (`{before}`) is no site at all: the address leads to `{host}`"),
        );
    }
    match url.host() {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => {
            say(
                "ip",
                false,
                format!("it leads to a bare number (`{host}`) instead of a name: no company does that"),
            );
        }
        Some(Host::Domain(domain)) => {
            named(domain, company, &mut say);
            if mention::is_short(domain) {
                say(
                    "short",
                    true,
                    format!("`{domain}` only forwards: where it leads is not told before one is there"),
                );
            }
        }
        None => {}
    }
    if let Some(port) = url.port()
        && !matches!(port, 80 | 443)
    {
        say("port", true, format!("it names a port (`:{port}`), which addresses for customers never need"));
    }
    if url.scheme() == "http" && typed.starts_with("http:") {
        say("plain-http", true, "it is not encrypted (`http:`): enter nothing there".into());
    }
    // A second address inside: an open redirect, or a decoy in the path.
    let rest = url.as_str().get(url.origin().ascii_serialization().len()..).unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(rest).decode_utf8_lossy().to_lowercase();
    if let Some(at) = decoded.find("http://").or_else(|| decoded.find("https://")) {
        let inner: String = decoded[at..].chars().take(60).collect();
        say("inner", true, format!("it holds a second address (`{inner}`) and may send you on to that"));
    } else if company.is_known()
        && company.owner_of_host(&host) == Owner::Other
        && rest.split(['/', '?', '&', '=']).any(|part| {
            part.contains('.') && company.owner_of_host(part) == Owner::Own && registrable(part).is_some()
        })
    {
        say(
            "path",
            false,
            format!("the company's name stands only behind the site's: the address leads to `{host}`"),
        );
    }
    found.sort_by_key(|trick| trick.is_weak);
    found
}

/// Looks at the name of a host.
fn named(domain: &str, company: &Company, say: &mut impl FnMut(&'static str, bool, String)) {
    let registrable = site_of(domain);
    let whole = shown(domain);
    if domain.split('.').any(|label| label.starts_with("xn--")) {
        let mixed = whole.split('.').any(mixes_alphabets);
        let imitates = company.is_known() && company.owner_of_host(&skeleton(&whole)) == Owner::Own;
        if imitates || mixed {
            say(
                "homoglyph",
                false,
                format!(
                    "`{whole}` is written with letters of another alphabet that look like ours; it is really `{domain}`"
                ),
            );
        } else {
            say("punycode", true, format!("`{domain}` stands for `{whole}`: look at it letter by letter"));
        }
    }
    let above = domain.strip_suffix(registrable.as_str()).unwrap_or_default().trim_end_matches('.');
    let brand = !above.is_empty()
        && company.is_known()
        && company.owner_of_host(&registrable) == Owner::Other
        && (company.owner_of_host(domain) == Owner::LookAlike
            || above.split('.').any(|part| company.owner_of_label(part) != Owner::Other));
    if brand {
        say(
            "subdomain",
            false,
            format!("the site is `{registrable}`; `{above}` before it is a name that its owner chose freely"),
        );
    }
    if !brand
        && above.split('.').any(|part| matches!(part, "com" | "org" | "net" | "gov" | "co"))
        && above.contains('.')
    {
        say(
            "subdomain",
            false,
            format!(
                "it looks like `{above}`, but the site is `{registrable}`: only the end of a name tells whose it is"
            ),
        );
    }
    if pretends_government(domain) {
        say(
            "government",
            false,
            format!(
                "`{registrable}` has `gov` in its name and is no government's: those end in .gov, .gov.uk and the like"
            ),
        );
    }
}

/// Returns whether a host bears the word for a government and is on no government's domain.
#[must_use]
pub fn pretends_government(host: &str) -> bool {
    let host = host.to_lowercase();
    let registrable = site_of(&host);
    !mention::is_government(&host)
        && psl::suffix_str(&host).is_none_or(|suffix| !suffix.contains("gov") && !suffix.contains("gob"))
        && !registrable.starts_with("gov.")
        && host
            .split(['.', '-'])
            .any(|part| matches!(part, "gov" | "govuk" | "gouv" | "gob" | "gub" | "govt"))
}

/// Returns a host as a browser may show it; as it is where it is malformed.
fn shown(host: &str) -> String {
    let (text, result) = idna::domain_to_unicode(host);
    if result.is_ok() { text } else { host.to_owned() }
}

/// Returns whether a label mixes letters of ours with those of another alphabet.
fn mixes_alphabets(label: &str) -> bool {
    let latin = label.chars().any(|c| c.is_ascii_alphabetic());
    let other = label.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}' | '\u{13a0}'..='\u{13ff}'));
    let marked = label.chars().any(|c| matches!(c, 'ı' | 'ɑ' | 'ɡ' | 'ℓ' | 'ο'));
    if latin {
        return other || marked;
    }
    other && label.chars().all(|c| looks_latin(c) != c || !c.is_alphabetic())
}

/// Reads every letter as the one of ours that it is drawn like.
fn skeleton(text: &str) -> String {
    text.chars().map(looks_latin).collect()
}

/// Returns the letter of ours that another is drawn like.
const fn looks_latin(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' => 'a',
        'в' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'ё' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        'і' | 'ı' | 'ι' | 'ї' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' | 'ℓ' => 'l',
        'м' => 'm',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(typed: &str) -> Vec<&'static str> {
        tricks(typed, &Company::named("Castora Bank")).into_iter().map(|t| t.id).collect()
    }

    #[test]
    fn a_government_is_told_by_the_end_of_its_host_and_whoever_only_puts_the_word_in_pretends() {
        for host in [
            "www.ftc.gov",
            "consumer.vic.gov.au",
            "gov.uk",
            "signal.conso.gouv.fr",
            "www2.gov.bc.ca",
            "bsi.bund.de",
        ] {
            assert!(mention::is_government(host) && !pretends_government(host), "{host}");
        }
        for host in ["irs.gov.refund.test", "gov.uk.refund.test", "impots.gouv.fr.refund.test"] {
            assert!(!mention::is_government(host) && pretends_government(host), "{host}");
        }
        assert!(!mention::is_government("castorabank.example"));
    }

    #[test]
    fn each_trick_is_named_and_an_honest_address_has_none() {
        for (typed, wanted) in [
            ("https://castorabank.example/help", &[] as &[&str]),
            ("help.castorabank.example", &[]),
            ("https://castorabank.example@evil.example/login", &["userinfo"]),
            ("http://3232235777/login", &["ip", "plain-http"]),
            ("https://[2001:db8::1]/", &["ip"]),
            ("https://castorabank.example.login-check.test/", &["subdomain"]),
            ("https://castora.helpdesk-host.test/hc", &["subdomain"]),
            ("https://www.paypal.com.secure-check.test/", &["subdomain"]),
            ("https://bit.ly/3abc", &["short"]),
            ("https://castorabank.example:8443/", &["port"]),
            ("https://hmrc-gov-uk.test/refund", &["government"]),
            ("https://forms.test/castorabank.example/login", &["path"]),
            ("https://redirect.test/?to=https%3A%2F%2Fevil.example", &["inner"]),
        ] {
            assert_eq!(ids(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn letters_of_another_alphabet_are_seen() {
        // Cyrillic а in the place of each a.
        assert_eq!(ids("https://cаstorаbаnk.example/"), ["homoglyph"]);
        assert_eq!(ids("https://müllers-laden.example/"), ["punycode"]);
    }

    #[test]
    fn a_government_is_told_by_its_suffix() {
        assert!(!pretends_government("www.gov.uk"));
        assert!(!pretends_government("phishing.hmrc.gov.uk"));
        assert!(!pretends_government("service.nsw.gov.au"));
        assert!(!pretends_government("www.impots.gouv.fr"));
        assert!(pretends_government("hmrc.gov-uk.test"));
    }

    #[test]
    fn malformed_labels_are_left_as_they_are() {
        for label in ["xn--", "xn--99999999", "xn--a-", "xn--€"] {
            let _ = shown(label);
        }
        assert_eq!(shown("xn--mnchen-3ya"), "münchen");
    }
}
