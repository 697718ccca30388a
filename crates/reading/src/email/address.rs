//! Which pairs of local part and domain are addresses that someone reads.
//!
//! The domain must end in a suffix that exists (or one kept for examples and tests, where our own fixtures live). What
//! fills a template (`name@domain.com`), what no person reads (`noreply@`), and what only has an `@` in it (keys of
//! services, names of files at twice the size) is refused.

use ladder::Email;

/// Domains that stand for "yours" in templates, without their ending where they have many.
const TEMPLATE_DOMAINS: &[&str] = &[
    "domain.com",
    "domain.co.uk",
    "domain.tld",
    "domain.org",
    "yourdomain.com",
    "your-domain.com",
    "yourdomain.co.uk",
    "mydomain.com",
    "yourcompany.com",
    "your-company.com",
    "company.com",
    "mycompany.com",
    "yoursite.com",
    "mysite.com",
    "website.com",
    "yourwebsite.com",
    "email.com",
    "youremail.com",
    "sample.com",
    "test.com",
    "test.de",
    "abc.com",
    "xyz.com",
    "beispiel.de",
    "beispiel.com",
    "musterfirma.de",
    "mustermann.de",
    "muster.de",
    "domaine.fr",
    "domaine.com",
    "mondomaine.fr",
    "exemple.fr",
    "exemple.com",
    "votredomaine.fr",
    "votredomaine.com",
    "ejemplo.com",
    "ejemplo.es",
    "dominio.com",
    "dominio.es",
    "tudominio.com",
    "correo.com",
    "esempio.it",
    "esempio.com",
    "dominio.it",
    "tuodominio.it",
    "voorbeeld.nl",
    "bedrijf.nl",
    "domein.nl",
    "uwdomein.nl",
    "jouwdomein.nl",
    "exemplo.com",
];
/// Local parts that are a template under any domain.
const TEMPLATE_LOCALS: &[&str] = &[
    "you",
    "your",
    "yourname",
    "your.name",
    "your-name",
    "your_name",
    "youremail",
    "your.email",
    "your-email",
    "your_email",
    "yourmail",
    "youraddress",
    "youremailaddress",
    "yourid",
    "youruser",
    "name.surname",
    "firstname.lastname",
    "first.last",
    "firstname",
    "lastname",
    "firstnamelastname",
    "vorname.nachname",
    "vorname",
    "nachname",
    "max.mustermann",
    "maxmustermann",
    "m.mustermann",
    "mustermann",
    "erika.mustermann",
    "prenom.nom",
    "prénom.nom",
    "nom.prenom",
    "nom.prénom",
    "votre.nom",
    "votrenom",
    "votreemail",
    "votre-email",
    "votre.email",
    "votremail",
    "votreadresse",
    "nombre.apellido",
    "tunombre",
    "tuemail",
    "tucorreo",
    "sucorreo",
    "nome.cognome",
    "nomecognome",
    "tuonome",
    "iltuonome",
    "latuaemail",
    "tuaemail",
    "voornaam.achternaam",
    "voornaam",
    "jouwnaam",
    "jouw.naam",
    "uwnaam",
    "uw.naam",
    "jouwemail",
    "someone",
    "somebody",
    "john.doe",
    "johndoe",
    "j.doe",
    "jdoe",
    "jane.doe",
    "janedoe",
    "foo",
    "foobar",
    "foo.bar",
    "xxx",
    "xxxx",
    "xxxxx",
    "username",
    "user.name",
    "emailaddress",
    "email.address",
    "email-address",
    "e-mail-adresse",
    "test",
    "example",
    "beispiel",
    "exemple",
    "ejemplo",
    "esempio",
    "voorbeeld",
    "sample",
    "seunome",
    "seuemail",
];
/// Local parts of mailboxes that nobody reads.
const UNREAD: &[&str] = &[
    "noreply",
    "no-reply",
    "no_reply",
    "no.reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "do.not.reply",
    "dontreply",
    "nepasrepondre",
    "ne-pas-repondre",
    "ne_pas_repondre",
    "noresponder",
    "no-responder",
    "nonrispondere",
    "non-rispondere",
    "nietbeantwoorden",
    "keineantwort",
    "nichtantworten",
    "mailer-daemon",
    "bounce",
    "bounces",
];
/// Marks put into an address to be taken out by a person.
const DECOYS: &[&str] = &[
    "nospamplease",
    "nospam",
    "no-spam",
    "no_spam",
    "no.spam",
    "removethis",
    "remove-this",
    "remove_this",
    "removeme",
    "antispam",
    "anti-spam",
    "keinspam",
    "kein-spam",
    "spamfrei",
    "stopspam",
];
/// Hosts whose "addresses" are keys and identifiers.
const KEY_HOSTS: &[&str] = &[
    "sentry.io",
    "ingest.sentry.io",
    "sentry.wixpress.com",
    "sentry-next.wixpress.com",
    "group.calendar.google.com",
];

/// Takes a local part and a domain for an address, where they are one.
pub(super) fn accept(local: &str, domain: &str) -> Option<Email> {
    let (local, domain) = (local.to_lowercase(), domain.to_lowercase());
    let (local, domain) = (without_decoy(&local), without_decoy(&domain));
    let local = local.rsplit("%20").next().unwrap_or_default().trim_matches(['.', '-', '\'', '%']);
    let domain = domain.trim_end_matches(['.', '-', '_']).trim_start_matches('.');
    if !is_domain(domain) || is_identifier(local, domain) || UNREAD.contains(&local) {
        return None;
    }
    Email::parse(&format!("{local}@{domain}")).ok()
}

/// Returns whether a domain has a known suffix and something before it.
pub(super) fn is_domain(domain: &str) -> bool {
    let Some((head, last)) = domain.rsplit_once('.') else { return false };
    if domain.len() > 253 || head.is_empty() || last.len() < 2 || domain.contains("..") {
        return false;
    }
    // "icon@2x.zip": a picture for fine screens.
    let twice = |label: &str| {
        label.strip_suffix('x').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    if domain.split('.').any(twice) {
        return false;
    }
    if matches!(last, "example" | "test") {
        return true;
    }
    psl::suffix(domain.as_bytes()).is_some_and(|suffix| {
        suffix.is_known()
            && (suffix.as_bytes().len() < domain.len() || suffix.typ() == Some(psl::Type::Private))
    })
}

/// Returns whether it is the key of a service or a checkout address, which only look like a mailbox.
fn is_identifier(local: &str, domain: &str) -> bool {
    let hex = local.len() >= 20 && local.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let digits = local.bytes().filter(u8::is_ascii_digit).count();
    let random = local.len() >= 28 && digits >= 8 && !local.contains(['.', '_']);
    hex || random
        || KEY_HOSTS
            .iter()
            .any(|host| domain == *host || domain.strip_suffix(host).is_some_and(|rest| rest.ends_with('.')))
        || (local == "git"
            && matches!(domain, "github.com" | "gitlab.com" | "bitbucket.org" | "ssh.dev.azure.com"))
}

/// Takes out what a person is told to take out.
fn without_decoy(part: &str) -> String {
    // Every one of them has one of these in it.
    if !part.contains("spam") && !part.contains("remove") {
        return part.to_owned();
    }
    let Some((at, decoy)) = DECOYS.iter().find_map(|decoy| Some((part.find(decoy)?, *decoy))) else {
        return part.to_owned();
    };
    let (before, after) = (&part[..at], &part[at + decoy.len()..]);
    let before = before.trim_end_matches(['-', '_', '.', '+']);
    let rest = after.trim_start_matches(['-', '_', '+']);
    let joined =
        if before.is_empty() { rest.trim_start_matches('.').to_owned() } else { format!("{before}{rest}") };
    if joined.is_empty() { part.to_owned() } else { joined }
}

/// Returns whether an address only shows what one looks like. `own` is the host of the page: a firm that owns such a
/// domain is believed.
pub(super) fn is_template(email: &Email, own: Option<&str>) -> bool {
    let (local, domain) = (email.local(), email.domain());
    if TEMPLATE_LOCALS.contains(&local) {
        return true;
    }
    let owned = own.is_some_and(|host| {
        host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
    });
    let reserved = ["example.com", "example.org", "example.net"]
        .iter()
        .any(|root| domain == *root || domain.strip_suffix(root).is_some_and(|rest| rest.ends_with('.')));
    !owned && (reserved || TEMPLATE_DOMAINS.contains(&domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(text: &str) -> Option<String> {
        let (local, domain) = text.rsplit_once('@').unwrap();
        accept(local, domain).map(|email| email.as_str().to_owned())
    }

    #[test]
    fn domains_must_end_in_a_suffix_that_exists() {
        for good in [
            "info@acme.example",
            "Info@Acme.co.uk",
            "a.b+c@acme.test",
            "kontakt@müller.de",
            "team@acme.amsterdam",
            "x@city.ca.us",
            "o'neil@acme.example",
        ] {
            assert_eq!(accepted(good), Some(good.to_lowercase()), "{good}");
        }
        for bad in [
            "logo@2x.png",
            "icon@3x.zip",
            "react@18.2.0",
            "user@localhost",
            "info@acme.exampel",
            "a@co.uk",
            "git@github.com",
            "0a1b2c3d4e5f60718293a4b5c6d7e8f9@o1.ingest.sentry.io",
            "noreply@acme.example",
            "@acme.example",
            "a@-acme.example",
        ] {
            assert_eq!(accepted(bad), None, "{bad}");
        }
    }

    #[test]
    fn decoys_are_taken_out() {
        for (decoyed, plain) in [
            ("infoNOSPAM@acme.example", "info@acme.example"),
            ("info@NOSPAM.acme.example", "info@acme.example"),
            ("info-nospam@acme.example", "info@acme.example"),
            ("info@acme-REMOVETHIS.example", "info@acme.example"),
        ] {
            assert_eq!(accepted(decoyed).as_deref(), Some(plain), "{decoyed}");
        }
        for decoy in DECOYS {
            assert_eq!(without_decoy(&format!("info{decoy}")), "info", "{decoy}");
        }
    }

    #[test]
    fn templates_are_no_contacts() {
        let template = |text: &str, own| is_template(&Email::parse(text).unwrap(), own);
        for text in [
            "name@domain.com",
            "you@acme.example",
            "info@example.com",
            "vorname.nachname@acme.example",
            "support@mail.example.org",
        ] {
            assert!(template(text, None), "{text}");
        }
        for text in ["info@acme.example", "john.smith@acme.example", "email@acme.test"] {
            assert!(!template(text, None), "{text}");
        }
        assert!(!template("press@company.com", Some("www.company.com")));
    }
}
