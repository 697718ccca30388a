//! Yelp: the data of a saved page in each of its years, JSON-LD, the markup, captures, and the answers of its API.
//!
//! A page is of one branch: the front line of one place, not the head office. Reviews and the answers of the owner stand in
//! a store with references (`data-apollo-state`), in the properties of the page (`bizDetailsPageProps`, the review feed), or
//! in the markup alone. The site marks who is the owner, and only who has claimed the page can answer.

use serde_json::Value;

use super::super::dates;
use super::data::{self, followed};
use super::dom::{Dom, Element};
use super::{Document, Profile, Saying, fields};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let profiles = profiles(value);
    let reviews = reviews(value);
    let known = reviews.iter().any(|review| {
        ["businessOwnerReplies", "bizUserPublicReply", "localizedDate", "encid"]
            .iter()
            .any(|key| review.get(key).is_some())
    });
    if profiles.is_empty() && !known {
        return false;
    }
    let replied = reviews.iter().any(|review| reply(value, review).is_some());
    if profiles.len() > 1 {
        document.warnings.push(format!("{} businesses in one file: all of them were read", profiles.len()));
    }
    for mut profile in profiles {
        profile.claimed = profile.claimed.or_else(|| replied.then_some(true));
        document.present(profile);
    }
    for review in reviews {
        say(value, review, document);
    }
    true
}

/// Reads the businesses of a value.
fn profiles(value: &Value) -> Vec<Profile> {
    fn is_business(value: &Value) -> bool {
        value.get("name").is_some()
            && (value.get("claim_status").is_some()
                || value.get("display_phone").is_some()
                || value.get("is_claimed").is_some()
                || value.get("__typename").and_then(Value::as_str) == Some("Business")
                    && (value.get("phoneNumber").is_some() || value.get("externalResources").is_some()))
    }
    let mut found = Vec::new();
    fields::objects(value, is_business, &mut found, 0);
    let mut profiles: Vec<Profile> = found.into_iter().map(|business| profile(value, business)).collect();
    let mut pages = Vec::new();
    fields::objects(
        value,
        |v| v.get("businessName").is_some() && v.get("bizContactInfoProps").is_some(),
        &mut pages,
        0,
    );
    profiles.extend(pages.into_iter().map(of_page));
    profiles
}

/// Reads a business of the API, of a capture, or of the store.
fn profile(store: &Value, business: &Value) -> Profile {
    let claimed = match fields::text(business, &["claim_status", "claimStatus"]) {
        Some(status) => Some(status.eq_ignore_ascii_case("claimed")),
        None => ["is_claimed", "isClaimed"].iter().find_map(|key| business.get(key)?.as_bool()),
    };
    let mut profile = Profile {
        name: fields::text(business, &["name"]).unwrap_or_default().to_owned(),
        claimed,
        ..Profile::default()
    };
    let inner = |key: &str| business.get(key).map(|inner| followed(store, inner));
    let phone = fields::text(business, &["display_phone", "phone"]).or_else(|| {
        inner("phoneNumber")
            .and_then(|phone| phone.as_str().or_else(|| fields::text(phone, &["formatted", "text"])))
    });
    if let Some(phone) = phone {
        profile.phone("", phone);
    }
    let site = inner("externalResources")
        .and_then(|links| links.get("website"))
        .map(|site| followed(store, site))
        .and_then(|site| fields::text(site, &["url"]));
    profile.website = site
        .or_else(|| fields::text(business, &["website", "url"]))
        .filter(|url| !url.contains("yelp."))
        .map(str::to_owned);
    if let Some(line) = fields::text(business, &["address"]) {
        profile.address = Some(line.to_owned());
    } else if let Some(place) = inner("location") {
        let place = place.get("address").map_or(place, |inner| followed(store, inner));
        let shown: Vec<&str> = place
            .get("display_address")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if let Some(line) = fields::text(place, &["formatted"]) {
            profile.address_of(&line.lines().collect::<Vec<_>>());
        } else if shown.is_empty() {
            let part = |keys: &[&str]| fields::text(place, keys).unwrap_or_default();
            let town = format!("{} {}", part(&["regionCode", "state"]), part(&["postalCode", "zip_code"]));
            profile.address_of(&[part(&["addressLine1", "address1"]), part(&["city"]), &town]);
        } else {
            profile.address_of(&shown);
        }
    }
    profile
}

/// Reads the properties of a page of earlier years.
fn of_page(page: &Value) -> Profile {
    let contact = page.get("bizContactInfoProps").unwrap_or(&Value::Null);
    let mut profile = Profile {
        name: fields::text(page, &["businessName"]).map(fields::plain).unwrap_or_default(),
        ..Profile::default()
    };
    let phone = contact
        .get("phoneNumber")
        .and_then(|phone| phone.as_str().or_else(|| fields::text(phone, &["text", "formatted"])));
    if let Some(phone) = phone {
        profile.phone("", phone);
    }
    if let Some(site) = contact.get("businessWebsite") {
        profile.website = fields::text(site, &["href"])
            .and_then(fields::website)
            .or_else(|| fields::text(site, &["linkText"]).map(str::to_owned));
    }
    let lines: Vec<&str> = fields::at(page, &["mapBoxProps", "addressLines"])
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    profile.address_of(&lines);
    if let Some(said) = fields::at(page, &["fromTheBusinessProps", "fromTheBusinessContentProps"])
        && let (Some(name), Some(title)) =
            (fields::text(said, &["businessOwnerName"]), fields::text(said, &["businessOwnerRole"]))
    {
        profile.manager(&format!("{name}, {title}"), false);
        // Only who has claimed the page writes of itself there.
        profile.claimed = Some(true);
    }
    profile
}

/// Finds the reviews of a value.
fn reviews(value: &Value) -> Vec<&Value> {
    fn is_review(value: &Value) -> bool {
        let rated = value.get("rating").is_some() || value.get("reviewRating").is_some();
        let said = fields::at(value, &["comment", "text"]).is_some()
            || fields::at(value, &["text", "full"]).is_some()
            || value.get("text").is_some_and(Value::is_string)
            || value.get("description").is_some_and(Value::is_string)
            || value.get("reviewBody").is_some();
        rated && said && value.get("businessOwnerReplies").is_none_or(|v| !v.is_string())
    }
    let mut found = Vec::new();
    fields::objects(value, is_review, &mut found, 0);
    found
}

/// Returns the words of a review or an answer.
fn words(value: &Value) -> String {
    let text =
        ["comment", "text", "reviewBody", "description"].iter().find_map(|key| match value.get(key)? {
            Value::String(text) => Some(text.as_str()),
            inner => fields::text(inner, &["full", "text", "partial"]),
        });
    fields::plain(text.unwrap_or_default())
}

/// Returns the day of a review or an answer.
fn day(value: &Value) -> Option<String> {
    let moment = ["createdAt", "created_at"].iter().find_map(|key| match value.get(key)? {
        Value::String(text) => Some(text.as_str()),
        inner => fields::text(inner, &["localDateTimeForBusiness", "utcDateTime"]),
    });
    if let Some(moment) = moment.or_else(|| fields::text(value, &["datePublished", "time_created"])) {
        return moment.get(..10).map(str::to_owned);
    }
    dates::month_first(fields::text(value, &["localizedDate", "date"])?)
}

/// Returns the owner's answer to a review.
fn reply<'v>(store: &'v Value, review: &'v Value) -> Option<&'v Value> {
    let list = review.get("businessOwnerReplies").and_then(Value::as_array).and_then(|list| list.first());
    let one = review.get("bizUserPublicReply").filter(|reply| !reply.is_null());
    list.or(one).map(|reply| followed(store, reply)).filter(|reply| !words(reply).is_empty())
}

/// Adds a review with the owner's answer.
fn say(store: &Value, review: &Value, document: &mut Document) {
    let (text, date) = (words(review), day(review));
    let answer = reply(store, review).map(|reply| (words(reply), day(reply)));
    let stars = fields::stars(review, &["rating", "reviewRating"]);
    let said =
        answer.as_ref().map(|(text, date)| Saying { date: date.as_deref(), text, ..Saying::default() });
    document.review(Saying { date: date.as_deref(), stars, text: &text, ..Saying::default() }, said);
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let title = dom.title();
    let named = dom.meta("og:site_name").is_some_and(|n| n.eq_ignore_ascii_case("yelp"))
        || title.ends_with("Yelp")
        || title.contains("- Yelp")
        || title.contains("| Yelp")
        || super::is_of(dom, document, &[], &["yelp.com"]);
    if !named {
        return false;
    }
    let mut carried = data::blocks(dom);
    carried.extend(data::assigned(dom, "react_apollo_state"));
    if carried.iter().any(|carried| carried.cut) {
        document.warnings.push(fields::CUT.into());
    }
    // What the blocks say of the business is one profile; the owner's answers are in one of them.
    let mut profile = markup(dom);
    for carried in &carried {
        profile.join(fields::business(&carried.value, "yelp."));
        for one in profiles(&carried.value) {
            profile.join(one);
        }
    }
    let richest = carried
        .iter()
        .map(|carried| {
            let found = reviews(&carried.value);
            let replied = found.iter().filter(|review| reply(&carried.value, review).is_some()).count();
            (replied, found.len(), carried)
        })
        .max_by_key(|(replied, count, _)| (*replied, *count));
    let rows = rows(dom);
    let replied = richest.as_ref().is_some_and(|(replied, _, _)| *replied > 0)
        || rows.iter().any(|row| row.reply.is_some());
    profile.claimed = profile.claimed.or_else(|| replied.then_some(true));
    if !profile.name.is_empty() || !profile.phones.is_empty() {
        document.present(profile);
    }
    match richest {
        // JSON-LD leaves the owner's answers away: where the markup has more, it speaks.
        Some((replied, count, carried))
            if count > 0 && (replied > 0 || rows.iter().all(|row| row.reply.is_none())) =>
        {
            for review in reviews(&carried.value) {
                say(&carried.value, review, document);
            }
        }
        _ => rows.into_iter().for_each(|row| {
            let said = row.reply.as_ref().map(|(text, date)| Saying {
                date: date.as_deref(),
                text,
                ..Saying::default()
            });
            let review =
                Saying { date: row.date.as_deref(), stars: row.stars, text: &row.text, ..Saying::default() };
            document.review(review, said);
        }),
    }
    if document.written.is_empty() {
        document.warnings.push("a page of Yelp without a business or a review".into());
        document.text = dom.body_text();
    }
    true
}

/// A review in the markup.
struct Row {
    text: String,
    stars: Option<u8>,
    date: Option<String>,
    reply: Option<(String, Option<String>)>,
}

/// Reads the reviews in the markup: rows with stars, words in a language, and the owner's answer behind its mark.
fn rows(dom: &Dom) -> Vec<Row> {
    let rated =
        |e: &Element<'_>| e.inside().find_map(|e| e.attribute("aria-label").and_then(fields::stars_of_label));
    let all: Vec<Element<'_>> = dom
        .all()
        .filter(|e| matches!(e.name(), "li" | "article") && rated(e).is_some())
        .filter(|e| e.inside().any(|e| e.attribute("lang").is_some()))
        .collect();
    let inner = all.iter().filter(|row| !all.iter().any(|other| row.holds(other)));
    let mut rows = Vec::new();
    for row in inner {
        let mark = row.inside().find(|e| {
            let own = e.text();
            own.len() < 80 && OWNER.iter().any(|words| own.to_lowercase().contains(words))
        });
        let mut texts =
            row.inside().filter(|e| e.attribute("lang").is_some() && matches!(e.name(), "p" | "span"));
        let before = |e: &Element<'_>| mark.is_none_or(|mark| e.place() < mark.place());
        let Some(text) = texts.find(before) else { continue };
        let answer = mark.and_then(|mark| {
            row.inside().find(|e| e.attribute("lang").is_some() && e.place() > mark.place())
        });
        // A day stands in an element of its own, before the words it belongs to.
        let day_between = |from: usize, to: usize| {
            row.inside()
                .filter(|e| (from..to).contains(&e.place()) && matches!(e.name(), "span" | "p" | "time"))
                .filter(|e| e.text().len() < 30)
                .find_map(|e| dates::month_first(&e.text()))
        };
        let reply = answer.map(|answer| {
            let from = mark.map_or(0, |mark| mark.place());
            (answer.text(), day_between(from, answer.place()))
        });
        rows.push(Row {
            text: text.text(),
            stars: rated(row),
            date: day_between(row.place(), text.place()),
            reply,
        });
    }
    rows
}

/// What stands above the answer of an owner, in the languages of the site.
const OWNER: &[&str] = &[
    "business owner information",
    "comment from",
    "business owner",
    "business manager",
    "kommentar von",
    "geschäftsinhaber",
    "commentaire de",
    "propriétaire",
    "comentario de",
    "propietario",
    "commento di",
    "titolare",
];

/// Reads the profile in the markup: its heading, the number, the wrapped link to its site, and whether it is claimed.
fn markup(dom: &Dom) -> Profile {
    let mut profile = Profile::default();
    if let Some(heading) = dom.all().find(|e| e.name() == "h1") {
        heading.text().lines().next().unwrap_or_default().trim().clone_into(&mut profile.name);
    }
    for e in dom.all() {
        let href = e.attribute("href").unwrap_or_default();
        if e.name() == "a"
            && href.contains("/biz_redir?")
            && href.contains("website")
            && profile.website.is_none()
        {
            profile.website = fields::website(href);
        } else if e.name() == "a" && href.starts_with("tel:") {
            profile.phone("", &href["tel:".len()..]);
        } else if e.name() == "p"
            && fields::is_number(e.text().trim())
            && e.text().len() < 24
            && profile.phones.is_empty()
        {
            profile.phone("", &e.text());
        } else if e.name() == "address" {
            let text = e.text();
            profile.address_of(&text.lines().map(str::trim).collect::<Vec<_>>());
        } else if matches!(e.name(), "span" | "button" | "a" | "div") && profile.claimed.is_none() {
            profile.claimed = match e.text().trim() {
                "Claimed" => Some(true),
                "Unclaimed" => Some(false),
                _ => None,
            };
        }
    }
    profile
}
