//! Profiles on Facebook, Instagram, `LinkedIn` and the like: what captures and exports hold, and saved pages by JSON-LD
//! and their terms.

use serde_json::Value;

use super::dom::Dom;
use super::{Document, Profile, data, fields};

fn is_profile(value: &Value) -> bool {
    let has = |key: &str| value.get(key).is_some();
    has("page_id") && has("name")
        || has("username") && (has("bio") || has("biography") || has("is_verified"))
        || has("mainAddress") && has("name")
        || has("consumerAddress")
}

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let mut found = Vec::new();
    fields::objects(value, is_profile, &mut found, 0);
    for one in &found {
        let claimed = one.get("confirmed_owner").or_else(|| one.get("is_verified")).and_then(Value::as_bool);
        let mut profile = Profile {
            name: fields::text(one, &["name", "username"]).unwrap_or_default().to_owned(),
            website: fields::text(one, &["website", "external_url"]).map(str::to_owned),
            claimed: claimed.filter(|claimed| *claimed),
            ..Profile::default()
        };
        if let Some(number) = fields::text(one, &["phone", "business_phone_number", "telephone"]) {
            profile.phone("", number);
        }
        if let Some(mailbox) = fields::text(one, &["email", "business_email"]) {
            profile.email(mailbox);
        }
        match one.get("mainAddress").or_else(|| one.get("address")) {
            Some(Value::String(line)) => profile.address = Some(line.clone()),
            Some(place) => {
                let keys = ["streetAddress", "addressLocality", "addressRegion", "postalCode"];
                let parts: Vec<&str> = keys.iter().filter_map(|key| fields::text(place, &[key])).collect();
                if parts.len() > 2 {
                    profile.address_of(&parts);
                }
            }
            None => {}
        }
        let role = profile.role();
        document.present(profile);
        let said = fields::text(one, &["bio", "biography", "intro"]).unwrap_or_default();
        document.say("", Some(role), "profile", None, said);
    }
    !found.is_empty()
}

/// Sites that are read here, each with the host its pages are of.
const SITES: &[(&str, &str)] = &[
    ("facebook", "facebook.com"),
    ("instagram", "instagram.com"),
    ("linkedin", "linkedin.com"),
    ("youtube", "youtube.com"),
    ("elliott", "elliott.org"),
];

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let site = dom.meta("og:site_name").unwrap_or_default().to_lowercase();
    let found =
        SITES.iter().find(|(name, host)| site.contains(name) || super::is_of(dom, document, &[], &[host]));
    let Some((_, host)) = found else { return false };
    let mut profile = Profile::default();
    for carried in data::blocks(dom) {
        profile.join(fields::business(&carried.value, host));
    }
    // Terms of a page about a company: `Website`, `Phone`, `Headquarters`.
    let mut term = String::new();
    for element in dom.all().filter(|e| matches!(e.name(), "dt" | "dd")) {
        let text = element.text();
        if element.name() == "dt" {
            term = text.trim().to_lowercase();
            continue;
        }
        let line = text.lines().next().unwrap_or_default().trim();
        let is = |words: &[&str]| words.iter().any(|word| term.contains(word));
        if is(&["website", "webseite", "site web", "sitio web", "sito web"]) {
            profile.website = profile.website.take().or_else(|| Some(line.to_owned()));
        } else if is(&["phone", "telefon", "téléphone", "teléfono"]) {
            profile.phone("", line);
        } else if is(&["email", "e-mail", "mail"]) {
            profile.email(line);
        } else if is(&["headquarters", "hauptsitz", "siège", "sede"]) && line.contains(char::is_numeric) {
            profile.address_of(&line.split(',').collect::<Vec<_>>());
        }
    }
    let shown = dom.body_text();
    if profile == Profile::default() {
        document.text = shown;
        return true;
    }
    if profile.name.is_empty() {
        let heading = dom.all().find(|e| e.name() == "h1").map(|e| e.text()).unwrap_or_default();
        heading.lines().next().unwrap_or_default().trim().clone_into(&mut profile.name);
    }
    let role = profile.role();
    document.present(profile);
    document.say("", Some(role), "profile", None, &shown);
    true
}
