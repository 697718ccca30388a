//! BBB: a business profile and its complaints, saved from the browser. Never seen live: written from its public form.
//!
//! `Business Management` and `Customer Contact` give people by role: the role is kept, the name is not, save of officers.

use serde_json::Value;

use super::super::thread::Role;
use super::dom::{Dom, Element};
use super::{Document, Profile, fields};

pub(super) fn json(_: &Value, _: &mut Document) -> bool {
    false
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let named =
        dom.meta("og:site_name").is_some_and(|n| n.contains("BBB") || n.contains("Better Business Bureau"))
            || dom.title().contains("Better Business Bureau")
            || dom.title().contains("BBB ");
    if !named {
        return false;
    }
    let mut name = dom.all().find(|e| e.name() == "h1").map(|e| e.text()).unwrap_or_default();
    let mut website = None;
    let mut lines = Vec::new();
    for value in dom.data() {
        let mut found = Vec::new();
        fields::objects(
            &value,
            |v| fields::is_type(v, &["LocalBusiness", "Organization", "Corporation"]),
            &mut found,
            0,
        );
        for business in found {
            if let Some(given) = fields::text(business, &["name"]) {
                given.clone_into(&mut name);
            }
            website = fields::text(business, &["url"])
                .filter(|u| !u.contains("bbb.org"))
                .map(str::to_owned)
                .or(website);
            lines.extend(fields::text(business, &["telephone"]).map(|t| format!("Phone: {t}")));
            lines.extend(fields::text(business, &["email"]).map(|t| format!("E-mail: {t}")));
            if let Some(address) = business.get("address") {
                let parts: Vec<&str> = ["streetAddress", "addressLocality", "addressRegion", "postalCode"]
                    .iter()
                    .filter_map(|k| fields::text(address, &[k]))
                    .collect();
                if parts.len() == 4 {
                    lines.push(format!("{name}, {}, {}, {} {}", parts[0], parts[1], parts[2], parts[3]));
                }
            }
        }
    }
    // Definitions: `Business Management: Mr. X, President`.
    let mut management = Vec::new();
    let terms: Vec<Element<'_>> = dom.all().filter(|e| matches!(e.name(), "dt" | "dd")).collect();
    let mut term = String::new();
    for element in &terms {
        let text = element.text();
        if element.name() == "dt" {
            text.trim_end_matches(':').clone_into(&mut term);
            continue;
        }
        match term.to_lowercase().as_str() {
            "business management" | "customer contact" | "principal contacts" | "principal" => {
                management.extend(text.lines().filter_map(role_in));
            }
            t if t.contains("phone") || t.contains("fax") || t.contains("email") || t.contains("website") => {
                lines.push(format!("{term}: {text}"));
            }
            _ => {}
        }
    }
    document.own_words(&lines);
    let claimed =
        dom.all().any(|e| e.text().contains("BBB Accredited") && e.name() == "title").then_some(true);
    document.profile = Some(Profile { name, website, claimed, management });
    complaints(dom, document);
    true
}

/// Returns the role of `Mr. John Smith, President`.
fn role_in(line: &str) -> Option<String> {
    let (_, role) = line.split_once(',')?;
    let role = role.trim();
    (!role.is_empty() && role.len() <= 80).then(|| role.to_owned())
}

/// Reads complaints and the answers to them by their headings.
fn complaints(dom: &Dom, document: &mut Document) {
    let Some(main) =
        dom.all().find(|e| e.name() == "main").or_else(|| dom.all().find(|e| e.name() == "body"))
    else {
        return;
    };
    let text = main.text();
    let mut part = String::new();
    let mut role = Role::Stranger;
    let mut date: Option<String> = None;
    for line in text.lines() {
        let lower = line.trim().to_lowercase();
        let next = if lower.starts_with("business response") || lower.starts_with("business answer") {
            Some(Role::Company)
        } else if lower.starts_with("customer answer")
            || lower.starts_with("customer response")
            || lower.starts_with("initial complaint")
            || lower.starts_with("complaint type")
        {
            Some(Role::Stranger)
        } else {
            None
        };
        if let Some(next) = next {
            flush(document, role, date.as_deref(), &part);
            part.clear();
            role = next;
            date = super::super::dates::first(line);
            continue;
        }
        part.push_str(line);
        part.push('\n');
        date = date.or_else(|| (line.len() < 60).then(|| super::super::dates::first(line)).flatten());
    }
    flush(document, role, date.as_deref(), &part);
}

fn flush(document: &mut Document, role: Role, date: Option<&str>, text: &str) {
    let name = if role == Role::Company { "" } else { "customer" };
    document.say(name, Some(role), "", date, text);
}
