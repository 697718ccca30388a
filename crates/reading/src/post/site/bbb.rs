//! BBB: a business profile, its complaints and its reviews, saved from the browser. Never seen live: written from what
//! public programs read of it.
//!
//! The details of a profile are terms with their values: who manages the business, who is to be asked by customers, further
//! numbers, mailboxes and sites. A profile of an accredited business is kept by the business; any other is the bureau's
//! own entry. A complaint holds the answers of the business and of the customer in turn, each with its day, month first.

use serde_json::Value;

use super::super::dates;
use super::super::thread::Role;
use super::data;
use super::dom::{Dom, Element};
use super::{Document, Profile, Saying, fields};

pub(super) fn json(_: &Value, _: &mut Document) -> bool {
    false
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let title = dom.title();
    let named =
        dom.meta("og:site_name").is_some_and(|n| n.contains("BBB") || n.contains("Better Business Bureau"))
            || title.contains("Better Business Bureau")
            || title.contains("BBB ")
            || super::is_of(dom, document, &[], &["bbb.org"]);
    if !named {
        return false;
    }
    let mut profile = Profile::default();
    for carried in data::blocks(dom) {
        profile.join(fields::business(&carried.value, "bbb.org"));
        if carried.cut {
            document.warnings.push(fields::CUT.into());
        }
    }
    if profile.name.is_empty() {
        profile.name = name(dom, &title);
    }
    profile.claimed = accredited(dom);
    overview(dom, &mut profile);
    details(dom, &mut profile);
    if !profile.name.is_empty() {
        document.present(profile);
    }
    let cards: Vec<Element<'_>> = dom.all().filter(is_card).collect();
    let outermost: Vec<&Element<'_>> =
        cards.iter().filter(|card| !cards.iter().any(|other| other.holds(card))).collect();
    if outermost.is_empty() {
        by_lines(&dom.body_text(), document);
    }
    for card in outermost {
        read_card(card, document);
    }
    true
}

/// Returns the name of the business: of its card, of the heading, or of the title.
fn name(dom: &Dom, title: &str) -> String {
    let marked = dom.all().find(|e| {
        e.has_class("bpr-overview-business-name")
            || e.has_class("bpr-header-business-name")
            || e.attribute("id") == Some("businessName")
    });
    let heading = dom.all().find(|e| e.name() == "h1");
    let of_elements = marked.into_iter().chain(heading).map(|e| e.text());
    let of_title = title.split(['|']).flat_map(|part| part.split(" - ")).map(str::to_owned);
    let all = of_elements.chain(of_title).filter_map(|text| Some(text.lines().next()?.trim().to_owned()));
    // A heading may say what the page is instead of whom it is about.
    let kinds = ["complaint", "review", "profile", "better business bureau", "bbb"];
    let names = |text: &String| {
        let lower = text.to_lowercase();
        !lower.is_empty() && !kinds.iter().any(|kind| lower.contains(kind))
    };
    all.into_iter().find(names).unwrap_or_default()
}

/// Tells whether the business is accredited: then it keeps its profile itself.
fn accredited(dom: &Dom) -> Option<bool> {
    let mut found = None;
    for e in
        dom.all().filter(|e| matches!(e.name(), "h2" | "h3" | "h4" | "p" | "span" | "title" | "img" | "dt"))
    {
        let text = match e.name() {
            "img" => e.attribute("alt").unwrap_or_default().to_owned(),
            _ => e.text(),
        };
        let lower = text.to_lowercase();
        if lower.len() > 160 || !lower.contains("accredit") {
            continue;
        }
        if lower.contains("not bbb accredited")
            || lower.contains("not accredited")
            || lower.contains("not a bbb accredited")
        {
            return Some(false);
        }
        let says = [
            "is bbb accredited",
            "accredited since",
            "bbb accredited business",
            "accredited business",
            "bbb accredited",
            "date of accreditation",
        ];
        if says.iter().any(|words| lower.contains(words)) && !lower.contains('?') {
            found = Some(true);
        }
    }
    found
}

/// Reads the head of the profile: its number, site and address.
fn overview(dom: &Dom, profile: &mut Profile) {
    let heads = dom.all().filter(|e| e.has_class("bpr-header-contact") || e.has_class("bpr-overview-card"));
    for link in heads.flat_map(|e| e.inside()).filter(|e| e.name() == "a") {
        let href = link.attribute("href").unwrap_or_default();
        if let Some(number) = href.strip_prefix("tel:") {
            profile.phone("", number);
        } else if href.starts_with("http") && !href.contains("bbb.org") && profile.website.is_none() {
            profile.website = fields::website(href);
        }
    }
    if let Some(place) = dom.all().find(|e| e.has_class("bpr-overview-address")) {
        let text = place.text();
        profile.address_of(&text.lines().map(str::trim).collect::<Vec<_>>());
    }
}

/// Reads the terms of the profile: `Business Management: Mr. X, President`.
fn details(dom: &Dom, profile: &mut Profile) {
    let mut term = String::new();
    for element in dom.all().filter(|e| matches!(e.name(), "dt" | "dd")) {
        let text = element.text();
        if element.name() == "dt" {
            term = text.trim().trim_end_matches(':').to_lowercase();
            continue;
        }
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        if ["management", "principal", "owner", "contacts", "contact person", "customer contact"]
            .iter()
            .any(|word| term.contains(word))
        {
            let for_customers = term.contains("customer");
            for line in lines() {
                profile.manager(line, for_customers);
            }
        } else if term.contains("fax") {
            for line in lines() {
                profile.phone("Fax", number_in(line));
            }
        } else if term.contains("phone") {
            for line in lines() {
                profile.phone("Phone", number_in(line));
            }
        } else if term.contains("email") || term.contains("e-mail") {
            let links = element.inside().filter_map(|e| e.attribute("href")?.strip_prefix("mailto:"));
            links.for_each(|mailbox| profile.email(mailbox.split('?').next().unwrap_or_default()));
            for word in text.split_whitespace().filter(|word| word.contains('@')) {
                profile.email(word.trim_matches(|c: char| !c.is_alphanumeric()));
            }
        } else if term.contains("website") && profile.website.is_none() {
            let link = element.inside().find_map(|e| e.attribute("href").and_then(fields::website));
            profile.website = link.or_else(|| lines().next().map(str::to_owned));
        }
    }
}

/// Returns the number of `Other Phone: (312) 555-0102` or `(312) 555-0102 - Billing`.
fn number_in(line: &str) -> &str {
    let is_part = |c: char| c.is_ascii_digit() || "+()-. /".contains(c);
    let start = line.find(|c: char| c.is_ascii_digit() || c == '(' || c == '+').unwrap_or(line.len());
    let rest = &line[start..];
    let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    rest[..end].trim_end_matches(|c: char| !c.is_ascii_digit())
}

/// Whether an element is one complaint or one review.
fn is_card(e: &Element<'_>) -> bool {
    let classes = e.attribute("class").unwrap_or_default();
    let is = |class: &str| classes.split_whitespace().any(|c| c == class);
    matches!(e.name(), "li" | "article" | "div")
        && (is("bpr-complaint-grid")
            || is("bpr-complaint")
            || is("bpr-review")
            || is("dtm-review")
            || is("dtm-complaint"))
}

/// Whether an element is an answer within a card; if so, whose.
fn answers(e: &Element<'_>) -> Option<Role> {
    let classes = e.attribute("class")?;
    if !matches!(e.name(), "div" | "section" | "li" | "article") {
        return None;
    }
    let of = |whose: &str| {
        classes.split_whitespace().any(|class| {
            class.contains(whose)
                && !class.ends_with("-body")
                && !class.ends_with("-date")
                && !class.ends_with("-title")
        })
    };
    if of("business-response") || of("business-answer") {
        Some(Role::Company)
    } else if of("customer-response") || of("customer-answer") {
        Some(Role::Stranger)
    } else {
        None
    }
}

/// Reads a complaint or a review and the answers in it.
fn read_card(card: &Element<'_>, document: &mut Document) {
    let all: Vec<(Element<'_>, Role)> =
        card.inside().filter_map(|e| answers(&e).map(|role| (e, role))).collect();
    let parts: Vec<&(Element<'_>, Role)> =
        all.iter().filter(|(e, _)| !all.iter().any(|(other, _)| other.holds(e))).collect();
    let left: Vec<Element<'_>> = parts.iter().map(|(e, _)| *e).collect();
    let stars = card.inside().filter(|e| !left.iter().any(|part| part.holds(e))).find_map(|e| {
        match e.attribute("aria-label").or_else(|| e.attribute("alt")) {
            Some(label) => fields::stars_of_label(label),
            None => {
                Some(e.text()).filter(|text| text.len() < 24).and_then(|text| fields::stars_of_label(&text))
            }
        }
    });
    let own = card.text_without(&left);
    if parts.is_empty() {
        return by_lines_rated(&own, stars, document);
    }
    let (date, words) = dated(&own);
    let mut last = document.add(Saying {
        author: "customer",
        role: Some(Role::Stranger),
        date: date.as_deref(),
        stars,
        text: &words,
        ..Saying::default()
    });
    for (part, role) in parts {
        let headings: Vec<Element<'_>> =
            part.inside().filter(|e| matches!(e.name(), "h2" | "h3" | "h4" | "h5")).collect();
        let (date, words) = dated(&part.text_without(&headings));
        let author = if *role == Role::Company { "" } else { "customer" };
        let said = document.add(Saying {
            author,
            role: Some(*role),
            note: "reply",
            date: date.as_deref(),
            answers: last,
            text: &words,
            ..Saying::default()
        });
        last = said.or(last);
    }
}

/// Parts the day that stands on a line of its own from the words; lines that only name the part are left away.
fn dated(text: &str) -> (Option<String>, String) {
    let mut date = None;
    let mut words: Vec<&str> = Vec::new();
    for line in text.lines() {
        let short = line.chars().count() < 40;
        if date.is_none()
            && short
            && let Some(day) = dates::month_first(line)
        {
            date = Some(day);
            continue;
        }
        let only_names =
            opens(line).is_some_and(|(_, rest)| rest.is_empty()) || line.trim().starts_with("Review from ");
        if !only_names && fields::stars_of_label(line).is_none_or(|_| line.len() >= 24) {
            words.push(line);
        }
    }
    (date, words.join("\n"))
}

/// Whether a line opens a part of a complaint; if so, whose, and what else the line says.
fn opens(line: &str) -> Option<(Role, &str)> {
    const MARKS: &[(&str, Role)] = &[
        ("business response", Role::Company),
        ("business's response", Role::Company),
        ("business’s response", Role::Company),
        ("business answer", Role::Company),
        ("response from the business", Role::Company),
        ("customer answer", Role::Stranger),
        ("customer response", Role::Stranger),
        ("customer's response", Role::Stranger),
        ("initial complaint", Role::Stranger),
        ("complaint type", Role::Stranger),
        ("complaint details", Role::Stranger),
    ];
    let line = line.trim();
    let lower = line.to_lowercase();
    let (mark, role) = MARKS.iter().find(|(mark, _)| lower.starts_with(mark))?;
    let rest = line.get(mark.len()..).unwrap_or_default().trim_start_matches([':', ' ']).trim();
    Some((*role, rest))
}

/// Reads complaints by the lines that open their parts; what stands before the first is the rest of the page.
fn by_lines(text: &str, document: &mut Document) {
    let start = text.lines().scan(0, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let first = start.into_iter().find(|(_, line)| opens(line).is_some());
    if let Some((at, _)) = first {
        by_lines_rated(&text[at..], None, document);
    }
}

fn by_lines_rated(text: &str, stars: Option<u8>, document: &mut Document) {
    let mut parts: Vec<(Role, bool, String)> = vec![(Role::Stranger, true, String::new())];
    for line in text.lines() {
        let opened = opens(line);
        if let Some((role, _)) = opened {
            // A new complaint, or an answer within this one.
            let lower = line.trim().to_lowercase();
            let anew = lower.starts_with("complaint") || lower.starts_with("initial");
            let blank = parts.last().is_some_and(|(_, _, words)| words.trim().is_empty());
            if blank {
                parts.pop();
            }
            parts.push((role, anew, String::new()));
        }
        let line = opened.map_or(line, |(_, rest)| rest);
        if let Some((_, _, words)) = parts.last_mut() {
            words.push_str(line);
            words.push('\n');
        }
    }
    let mut last = None;
    for (role, anew, words) in parts {
        let (date, words) = dated(&words);
        let customer = role == Role::Stranger;
        let said = document.add(Saying {
            author: if customer { "customer" } else { "" },
            role: Some(role),
            note: if customer { "" } else { "reply" },
            date: date.as_deref(),
            stars: stars.filter(|_| customer && last.is_none()),
            answers: last.filter(|_| !anew),
            text: &words,
        });
        last = said.or(last);
    }
}
