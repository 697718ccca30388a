//! Yelp: captures and API answers of businesses (`claim_status`, `display_phone`), and JSON-LD of a saved page.

use serde_json::Value;

use super::super::thread::Role;
use super::dom::Dom;
use super::{Document, Profile, fields};

fn is_business(value: &Value) -> bool {
    value.get("name").is_some()
        && (value.get("claim_status").is_some()
            || value.get("display_phone").is_some()
            || value.get("is_claimed").is_some())
}

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let mut found = Vec::new();
    fields::objects(value, is_business, &mut found, 0);
    for business in &found {
        let name = fields::text(business, &["name"]).unwrap_or_default().to_owned();
        let claimed = match fields::text(business, &["claim_status"]) {
            Some(status) => Some(status == "claimed"),
            None => business.get("is_claimed").and_then(Value::as_bool),
        };
        let phone = fields::text(business, &["display_phone", "phone"])
            .map(|p| format!("Phone: {p}"))
            .unwrap_or_default();
        let address =
            fields::text(business, &["address"]).map(|a| format!("{name}, {a}")).unwrap_or_default();
        // A branch: the front line of one place, not the head office.
        let lines = [phone, address];
        if claimed == Some(true) {
            document.own_words(&lines);
        } else {
            document.say("", Some(Role::Stranger), "unclaimed profile", None, &lines.join("\n"));
        }
        if document.profile.is_none() {
            let website = fields::text(business, &["website", "url"])
                .filter(|u| !u.contains("yelp."))
                .map(str::to_owned);
            document.profile = Some(Profile { name, website, claimed, management: Vec::new() });
        }
    }
    if found.len() > 1 {
        document.warnings.push(format!("{} businesses in one file: all of them were read", found.len()));
    }
    !found.is_empty()
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    if !dom.meta("og:site_name").is_some_and(|n| n.eq_ignore_ascii_case("yelp"))
        && !dom.title().contains("Yelp")
    {
        return false;
    }
    for value in dom.data() {
        let mut found = Vec::new();
        fields::objects(&value, |v| v.get("telephone").is_some() || v.get("review").is_some(), &mut found, 0);
        for business in found {
            let name = fields::text(business, &["name"]).unwrap_or_default();
            if let Some(phone) = fields::text(business, &["telephone"]) {
                document.say("", Some(Role::Stranger), "profile", None, &format!("Phone: {phone}"));
            }
            if document.profile.is_none() && !name.is_empty() {
                document.profile = Some(Profile { name: name.to_owned(), ..Profile::default() });
            }
            let reviews = business.get("review").and_then(Value::as_array);
            for review in reviews.into_iter().flatten() {
                let text = fields::text(review, &["description", "reviewBody"]).unwrap_or_default();
                document.say(
                    "reviewer",
                    Some(Role::Stranger),
                    "",
                    fields::text(review, &["datePublished"]),
                    text,
                );
            }
        }
    }
    // Answers of the owner stand in the text alone.
    for element in dom.all().filter(|e| e.name() == "p" || e.name() == "span") {
        let lang = element.attribute("lang").is_some();
        if lang && !document.text.contains(&element.text()) {
            document.say("reviewer", Some(Role::Stranger), "", None, &element.text());
        }
    }
    !document.written.is_empty()
}
