//! Profiles on Facebook, Instagram, `LinkedIn` and the like: what captures and exports hold, and saved pages by JSON-LD.

use serde_json::Value;

use super::super::thread::Role;
use super::dom::Dom;
use super::{Document, Profile, fields};

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
    for profile in &found {
        let name = fields::text(profile, &["name", "username"]).unwrap_or_default().to_owned();
        let line = |label: &str, keys: &[&str]| {
            fields::text(profile, keys).map(|t| format!("{label}: {t}")).unwrap_or_default()
        };
        let address = match profile.get("mainAddress").or_else(|| profile.get("address")) {
            Some(Value::String(text)) => format!("{name}, {text}"),
            Some(object) => {
                let parts: Vec<&str> = ["streetAddress", "addressLocality", "addressRegion", "postalCode"]
                    .iter()
                    .filter_map(|k| fields::text(object, &[k]))
                    .collect();
                if parts.len() > 2 { format!("{name}, {}", parts.join(", ")) } else { String::new() }
            }
            None => String::new(),
        };
        let lines = [
            line("Phone", &["phone", "business_phone_number", "telephone"]),
            line("E-mail", &["email", "business_email"]),
            address,
            fields::text(profile, &["bio", "biography", "intro"]).unwrap_or_default().to_owned(),
        ];
        let claimed =
            profile.get("confirmed_owner").or_else(|| profile.get("is_verified")).and_then(Value::as_bool);
        if claimed == Some(true) {
            document.own_words(&lines);
        } else {
            document.say("", Some(Role::Stranger), "profile", None, lines.join("\n").trim());
        }
        if document.profile.is_none() {
            let website = fields::text(profile, &["website", "external_url"]).map(str::to_owned);
            document.profile = Some(Profile { name, website, claimed, management: Vec::new() });
        }
    }
    !found.is_empty()
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let site = dom.meta("og:site_name").unwrap_or_default().to_lowercase();
    if !["facebook", "instagram", "linkedin", "youtube", "elliott", "elliott report"]
        .iter()
        .any(|s| site.contains(s))
    {
        return false;
    }
    let body = dom.all().find(|e| e.name() == "main").or_else(|| dom.all().find(|e| e.name() == "body"));
    document.text = body.map(|e| e.text()).unwrap_or_default();
    true
}
