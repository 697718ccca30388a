//! Trustpilot: the data of the page (`__NEXT_DATA__`, JSON-LD), its markup, captures, and the answers of its API.
//!
//! `contactInfo` of a claimed profile is the company's own word (level C); of an unclaimed one it is a listing. Replies of
//! the company are marked by the site, and only who has claimed the profile can give one. Pages in other languages are
//! the same but for their words, so nothing here hangs on words alone.

use serde_json::Value;

use super::data;
use super::dom::{Dom, Element};
use super::{Document, Profile, Saying, Stated, fields};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let mut units = Vec::new();
    match fields::at(value, &["props", "pageProps", "businessUnit"]).filter(|unit| unit.is_object()) {
        // The company of the page; those beside it are others.
        Some(unit) => units.push(unit),
        None => fields::objects(value, is_unit, &mut units, 0),
    }
    let mut reviews = Vec::new();
    fields::objects(value, is_review, &mut reviews, 0);
    if units.is_empty() && !reviews.iter().any(|r| r.get("consumer").is_some()) {
        return false;
    }
    if units.len() > 1 {
        document.warnings.push(format!("{} companies in one file: all of them were read", units.len()));
    }
    let replied = reviews.iter().any(|review| reply(review).is_some());
    for unit in units {
        document.present(profile(unit, replied));
    }
    let mut seen = std::collections::BTreeSet::new();
    for review in reviews {
        // The same review stands in more than one list of the page.
        if let Some(id) = fields::text(review, &["id"])
            && !seen.insert(id)
        {
            continue;
        }
        let date = fields::at(review, &["dates", "publishedDate"])
            .and_then(Value::as_str)
            .or_else(|| fields::text(review, &["createdAt"]));
        let count = fields::at(review, &["consumer", "numberOfReviews"]).and_then(Value::as_u64);
        let title = fields::text(review, &["title"]).unwrap_or_default();
        let words = fields::text(review, &["text"]).unwrap_or_default();
        let text = titled(title, words);
        let said = reply(review).map(|reply| Saying {
            date: fields::text(reply, &["publishedDate", "createdAt"]),
            text: fields::text(reply, &["message", "text"]).unwrap_or_default(),
            ..Saying::default()
        });
        let review = Saying {
            note: if count == Some(1) { "1 review" } else { "" },
            date,
            stars: fields::stars(review, &["rating", "stars"]),
            text: &text,
            ..Saying::default()
        };
        document.review(review, said);
    }
    true
}

/// Joins the title and the words; a title that is but the beginning of the words is left away.
fn titled(title: &str, words: &str) -> String {
    let start = title.trim_end_matches(['…', '.']);
    if words.starts_with(start) { words.to_owned() } else { format!("{title}\n{words}") }
}

fn is_unit(value: &Value) -> bool {
    let named = value.get("displayName").is_some() || value.get("identifyingName").is_some();
    named && ["contactInfo", "contact"].iter().any(|key| value.get(key).is_some_and(Value::is_object))
}

fn is_review(value: &Value) -> bool {
    value.get("text").is_some_and(Value::is_string)
        && (value.get("rating").is_some() || value.get("stars").is_some())
        && (value.get("consumer").is_some()
            || value.get("reply").is_some()
            || value.get("companyReply").is_some())
}

/// Returns the answer of the company to a review.
fn reply(review: &Value) -> Option<&Value> {
    ["reply", "companyReply", "businessReply"]
        .iter()
        .find_map(|key| review.get(key).filter(|reply| reply.is_object()))
}

/// Reads the profile of a company; `replied` is whether it answers reviews on the page.
fn profile(unit: &Value, replied: bool) -> Profile {
    let claimed = unit
        .get("isClaimed")
        .and_then(Value::as_bool)
        .or_else(|| fields::at(unit, &["activity", "isClaimed"]).and_then(Value::as_bool))
        .or_else(|| replied.then_some(true));
    let info = unit.get("contactInfo").or_else(|| unit.get("contact")).unwrap_or(&Value::Null);
    let line = |key: &str| {
        fields::text(info, &[key])
            .or_else(|| unit.get("location").and_then(|place| fields::text(place, &[key])))
            .unwrap_or_default()
    };
    let mut profile = Profile {
        name: fields::text(unit, &["displayName", "identifyingName"]).unwrap_or_default().to_owned(),
        website: fields::text(unit, &["websiteUrl"])
            .or_else(|| fields::text(info, &["website"]))
            .and_then(fields::website)
            .or_else(|| fields::text(unit, &["identifyingName"]).map(str::to_owned)),
        claimed,
        stated: stated(unit),
        ..Profile::default()
    };
    profile.email(line("email"));
    profile.phone("", line("phone"));
    profile.address_of(&["address", "city", "zipCode", "country"].map(line));
    profile
}

/// Reads what the site counts of the company's answers to low ratings.
fn stated(unit: &Value) -> Option<Stated> {
    let counts = fields::at(unit, &["activity", "replyBehavior"])
        .or_else(|| unit.get("replyBehavior"))
        .filter(|counts| counts.is_object())?;
    let number = |key: &str| counts.get(key).and_then(Value::as_f64);
    let of = counts.get("totalNegativeReviewsCount").and_then(Value::as_u64);
    let stated = Stated {
        percent: number("replyPercentage").filter(|_| of != Some(0)),
        of,
        days: number("averageDaysToReply"),
        last: fields::text(counts, &["lastReplyToNegativeReview"])
            .and_then(|day| day.get(..10))
            .map(str::to_owned),
    };
    (stated != Stated { of, ..Stated::default() }).then_some(stated)
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let named = dom.meta("og:site_name").is_some_and(|n| n.eq_ignore_ascii_case("trustpilot"))
        || dom.title().contains("Trustpilot")
        || super::is_of(dom, document, &[], &["trustpilot.com"]);
    if !named {
        return false;
    }
    for carried in data::blocks(dom) {
        if json(&carried.value, document) {
            if carried.cut {
                document.warnings.push(fields::CUT.into());
            }
            return true;
        }
    }
    // Without the page's own data: JSON-LD of the company, and the marked articles.
    let mut profile = aside(dom);
    for carried in data::blocks(dom) {
        profile.join(fields::business(&carried.value, "trustpilot."));
    }
    let articles: Vec<Element<'_>> =
        dom.all().filter(|e| e.name() == "article" && !e.inside().any(|e| e.name() == "article")).collect();
    let replied = articles.iter().any(|article| answer(article).is_some());
    profile.claimed = profile.claimed.or_else(|| replied.then_some(true));
    if !profile.name.is_empty() {
        document.present(profile);
    }
    for article in articles {
        let marked = |mark: &str| article.inside().find(|e| e.attribute(mark).is_some());
        let reply = answer(&article);
        let outside = |e: &Element<'_>| !reply.is_some_and(|reply| reply.holds(e));
        let part =
            |marks: &[&str]| marks.iter().find_map(|m| marked(m)).map(|e| e.text()).unwrap_or_default();
        let title = part(&["data-service-review-title-typography", "data-review-title-typography"]);
        let words = part(&["data-service-review-text-typography", "data-review-content-typography"]);
        let text = if words.is_empty() && title.is_empty() {
            let left: Vec<Element<'_>> = reply.into_iter().chain(heads(&article)).collect();
            article.text_without(&left)
        } else {
            titled(&title, &words)
        };
        let time = article.inside().find(|e| e.name() == "time" && outside(e));
        let stars = marked("data-service-review-rating")
            .and_then(|e| e.attribute("data-service-review-rating"))
            .and_then(|stars| stars.parse().ok());
        let words = reply.map(|reply| {
            let body = reply
                .inside()
                .find(|e| e.attribute("data-service-review-business-reply-text-typography").is_some());
            body.map_or_else(|| reply.text_without(&heads(&reply)), |body| body.text())
        });
        let said = words.as_ref().map(|words| Saying {
            date: reply
                .and_then(|reply| reply.inside().find(|e| e.name() == "time"))
                .and_then(|time| time.attribute("datetime")),
            text: words,
            ..Saying::default()
        });
        let review = Saying {
            date: time.and_then(|time| time.attribute("datetime")),
            stars,
            text: &text,
            ..Saying::default()
        };
        document.review(review, said);
    }
    if document.written.is_empty() && document.profile.is_none() {
        document.warnings.push("a page of Trustpilot without a profile or a review".into());
        document.text = dom.body_text();
    }
    true
}

/// Returns the block of the company's answer in an article: what is marked so, or the box around it.
fn answer<'d>(article: &Element<'d>) -> Option<Element<'d>> {
    let is_mark = |e: &Element<'_>| {
        ["data-service-review-business-reply-text-typography", "data-service-review-business-reply-content"]
            .iter()
            .any(|mark| e.attribute(mark).is_some())
    };
    let mark = article.inside().find(is_mark);
    let is_box = |e: &Element<'_>| {
        e.attribute("class").is_some_and(|c| {
            c.contains("businessReply") || c.contains("business-reply") || c.contains("reply_")
        })
    };
    let around = |mark: &Element<'d>| {
        // The nearest box that holds the words and their time.
        article
            .inside()
            .filter(|e| matches!(e.name(), "div" | "section") && e.holds(mark))
            .filter(|e| e.inside().any(|e| e.name() == "time"))
            .filter(|e| !e.inside().any(|e| e.attribute("data-service-review-rating").is_some()))
            .filter(|e| !e.inside().any(|e| e.attribute("data-service-review-text-typography").is_some()))
            .last()
    };
    match mark {
        Some(mark) => Some(around(&mark).unwrap_or(mark)),
        None => article.inside().find(is_box),
    }
}

/// Returns what stands at the head of a review or answer and is not its words: names, counts, times.
fn heads<'d>(of: &Element<'d>) -> Vec<Element<'d>> {
    of.inside()
        .filter(|e| {
            matches!(e.name(), "time" | "aside" | "button" | "header")
                || e.attribute("data-consumer-name-typography").is_some()
                || e.attribute("class").is_some_and(|c| c.contains("replyHeader") || c.contains("replyInfo"))
        })
        .collect()
}

/// Reads the profile beside the reviews: its heading, and the links that dial, write and lead to the company's site.
fn aside(dom: &Dom) -> Profile {
    let mut profile = Profile::default();
    if let Some(heading) = dom.all().find(|e| e.attribute("id") == Some("business-unit-title")) {
        // The heading holds the name and, behind it, the number of reviews.
        let name = heading.inside().find(|e| e.name() == "span").unwrap_or(heading).text();
        name.lines().next().unwrap_or_default().trim().clone_into(&mut profile.name);
    }
    for link in dom.all().filter(|e| e.name() == "a") {
        let href = link.attribute("href").unwrap_or_default();
        if let Some(number) = href.strip_prefix("tel:") {
            profile.phone("", number);
        } else if let Some(mailbox) = href.strip_prefix("mailto:") {
            profile.email(mailbox.split('?').next().unwrap_or_default());
        } else if link.attribute("data-business-unit-info-website").is_some()
            || link.attribute("name").is_some_and(|name| name.contains("website"))
            || link.attribute("rel").is_some_and(|rel| rel.contains("sponsored"))
        {
            profile.website = profile.website.take().or_else(|| fields::website(href));
        }
    }
    if let Some(list) = dom.all().find(|e| e.name() == "address") {
        let text = list.text();
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.contains('@') && !fields::is_number(line))
            .collect();
        profile.address_of(&lines);
    }
    profile
}
