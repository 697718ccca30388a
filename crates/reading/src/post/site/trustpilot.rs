//! Trustpilot: the data of the page (`__NEXT_DATA__`, JSON-LD), captures and the answers of its API.
//!
//! `contactInfo` of a claimed profile is the company's own word (level C); of an unclaimed one it is a listing. Replies of
//! the company are marked by the site.

use serde_json::Value;

use super::super::thread::Role;
use super::dom::Dom;
use super::{Document, Profile, fields};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let mut units = Vec::new();
    fields::objects(
        value,
        |v| {
            v.get("contactInfo").is_some()
                && (v.get("displayName").is_some() || v.get("identifyingName").is_some())
        },
        &mut units,
        0,
    );
    let mut reviews = Vec::new();
    fields::objects(value, is_review, &mut reviews, 0);
    if units.is_empty() && !reviews.iter().any(|r| r.get("consumer").is_some()) {
        return false;
    }
    if units.len() > 1 {
        document.warnings.push(format!("{} companies in one file: all of them were read", units.len()));
    }
    for unit in units {
        profile(unit, document);
    }
    for review in reviews {
        let date = fields::at(review, &["dates", "publishedDate"])
            .and_then(Value::as_str)
            .or_else(|| fields::text(review, &["createdAt"]));
        let title = fields::text(review, &["title"]).unwrap_or_default();
        let reviews = fields::at(review, &["consumer", "numberOfReviews"]).and_then(Value::as_u64);
        let note = if reviews == Some(1) { "1 review" } else { "" };
        document.say(
            "reviewer",
            Some(Role::Stranger),
            note,
            date,
            &format!("{title}\n{}", fields::text(review, &["text"]).unwrap_or_default()),
        );
        let reply = review.get("reply").or_else(|| review.get("companyReply")).filter(|r| !r.is_null());
        if let Some(reply) = reply {
            let date = fields::text(reply, &["publishedDate", "createdAt"]);
            document.say(
                "",
                Some(Role::Company),
                "reply",
                date,
                fields::text(reply, &["message", "text"]).unwrap_or_default(),
            );
        }
    }
    true
}

fn is_review(value: &Value) -> bool {
    value.get("text").is_some_and(Value::is_string)
        && (value.get("rating").is_some() || value.get("stars").is_some())
        && (value.get("consumer").is_some()
            || value.get("reply").is_some()
            || value.get("companyReply").is_some())
}

/// Reads the profile of a company.
fn profile(unit: &Value, document: &mut Document) {
    let name = fields::text(unit, &["displayName", "identifyingName"]).unwrap_or_default().to_owned();
    let claimed = unit
        .get("isClaimed")
        .and_then(Value::as_bool)
        .or_else(|| fields::at(unit, &["activity", "isClaimed"]).and_then(Value::as_bool));
    let website = fields::text(unit, &["websiteUrl", "identifyingName"]).map(str::to_owned);
    let info = unit.get("contactInfo").unwrap_or(&Value::Null);
    let line = |key: &str| fields::text(info, &[key]).unwrap_or_default();
    let address: Vec<&str> =
        ["address", "city", "zipCode", "country"].iter().map(|k| line(k)).filter(|l| !l.is_empty()).collect();
    let lines = [
        if line("email").is_empty() { String::new() } else { format!("E-mail: {}", line("email")) },
        if line("phone").is_empty() { String::new() } else { format!("Phone: {}", line("phone")) },
        if address.len() > 1 { format!("{name}, {}", address.join(", ")) } else { String::new() },
    ];
    if claimed == Some(false) {
        document
            .warnings
            .push(format!("the profile of {name} is not claimed: anybody may have written its contacts"));
        document.say("", Some(Role::Stranger), "unclaimed profile", None, &lines.join("\n"));
    } else {
        document.own_words(&lines);
    }
    if document.profile.is_none() {
        document.profile = Some(Profile { name, website, claimed, management: Vec::new() });
    }
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let named = dom.meta("og:site_name").is_some_and(|n| n.eq_ignore_ascii_case("trustpilot"))
        || dom.title().contains("Trustpilot")
        || dom.meta("og:url").is_some_and(|u| u.contains("trustpilot."));
    if !named {
        return false;
    }
    let data = dom.data();
    if data.iter().any(|value| json(value, document)) {
        return true;
    }
    // Without the page's own data: the marked articles.
    for article in dom.all().filter(|e| e.name() == "article") {
        let reply = article.inside().find(|e| {
            e.attribute("data-service-review-business-reply-text-typography").is_some()
                || e.attribute("class").is_some_and(|c| {
                    c.contains("businessReply") || c.contains("business-reply") || c.contains("reply_")
                })
        });
        let left: Vec<_> = reply.into_iter().collect();
        document.say("reviewer", Some(Role::Stranger), "", None, &article.text_without(&left));
        if let Some(reply) = reply {
            document.say("", Some(Role::Company), "reply", None, &reply.text());
        }
    }
    !document.written.is_empty()
}
