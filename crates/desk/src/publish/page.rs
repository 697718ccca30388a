//! The pages of a published site, as markup. Everything that was read elsewhere is escaped by the templates.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::{Listed, PublishAnswer, Site};
use crate::answer::{ContactView, FindAnswer};
use crate::words;

/// Makes a page of its title, what search engines are told of it, and its content. `root` leads from it to the root of the site.
fn page(site: &Site, root: &str, title: &str, about: &str, extra: &Markup, main: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" data-root=(root) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="description" content=(about);
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";
                meta name="referrer" content="no-referrer";
                link rel="stylesheet" href=(format!("{root}site.css"));
                (extra)
            }
            body {
                a class="skip" href="#main" { "Skip to the content" }
                header { nav aria-label="Site" { a href=(format!("{root}index.html")) { (site.title) } } }
                main id="main" { (main) }
                footer {
                    p {
                        a href=(format!("{root}correct.html")) { "How to ask for a correction or removal" }
                        " · made on " (site.day) " by "
                        a href=(format!("{root}llms.txt")) { "Upstairs" }
                        ". Not legal advice."
                    }
                }
            }
        }
    }
    .into_string()
}

/// Returns the link under which a value is reached; `None` for a postal address and the like.
fn link(contact: &ContactView) -> Option<String> {
    use ladder::Channel;
    match contact.channel {
        Channel::Phone | Channel::Textphone => Some(format!("tel:{}", contact.value)),
        Channel::Email => Some(format!("mailto:{}", contact.value)),
        _ => Some(contact.value.clone())
            .filter(|value| value.starts_with("https://") || value.starts_with("http://")),
    }
}

/// Returns the day of a moment.
fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

/// Returns words with a capital first letter.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn contact(contact: &ContactView) -> Markup {
    let label = contact.label.as_deref().or(contact.title.as_deref());
    html! {
        div class="contact" {
            p class="value" {
                @match link(contact) {
                    Some(to) => a href=(to) rel="nofollow" { (contact.shown) },
                    None => (contact.shown),
                }
                @if let Some(extension) = &contact.extension { " extension " (extension) }
            }
            dl {
                dt { "What" }
                dd { (capital(&contact.channel.id().replace('_', " "))) @if let Some(label) = label { ": " (label) } }
                @if contact.party != "company" { dt { "Whose" } dd { (contact.party) } }
                @if let Some(person) = &contact.person { dt { "Who" } dd { (person) @if let Some(title) = &contact.title { ", " (title) } } }
                @if let Some(hours) = &contact.hours { dt { "Open" } dd { (hours) } }
                @if let Some(cost) = contact.cost { dt { "Cost" } dd { (words::cost(cost)) } }
                dt { "How sure" } dd { (contact.confidence_in_words) }
                @for note in &contact.notes { dt { "Note" } dd { (note) } }
            }
            @for witness in contact.witnesses.iter().take(3) {
                blockquote { "“" (witness.quote) "”" }
                p class="quiet" {
                    "Read on "
                    @if witness.url.starts_with("http") { a href=(witness.url) rel="nofollow" { (witness.url) } } @else { (witness.url) }
                    @match &witness.stated {
                        Some(stated) => { ", which was checked on " time datetime=(day(stated)) { (day(stated)) } },
                        None => { ", " time datetime=(day(&witness.seen)) { (day(&witness.seen)) } },
                    }
                }
            }
            @if contact.witnesses.len() > 3 { p class="quiet" { "and " (contact.witnesses.len() - 3) " more places" } }
        }
    }
}

/// Returns JSON that can stand in a script element: nothing in it ends the element.
fn in_script(value: &Value) -> PreEscaped<String> {
    PreEscaped(value.to_string().replace('<', "\\u003c"))
}

/// Makes the page of a company.
pub(super) fn company(
    site: &Site,
    answer: &FindAnswer,
    listed: &Listed,
    key: &str,
    organization: &Value,
) -> String {
    let name = &listed.name;
    let about = format!(
        "Who at {name} can put a problem right: complaints, managers, executives and outside bodies. With sources and dates."
    );
    let mut data = organization.clone();
    if let Some(object) = data.as_object_mut() {
        object.insert("@context".to_owned(), Value::from("https://schema.org"));
    }
    let file = listed.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".html").to_owned();
    let extra = html! {
        link rel="canonical" href=(format!("{}{}", site.base, listed.path));
        link rel="alternate" type="application/json" href=(format!("{file}.json"));
        script type="application/ld+json" { (in_script(&data)) }
    };
    let company = &answer.company;
    let main = html! {
        h1 { "Complain to " (name) }
        dl {
            @if let Some(legal) = &company.legal_name { dt { "Legal name" } dd { (legal) } }
            @if let Some(domain) = &company.domain { dt { "Website" } dd { a href=(format!("https://{domain}/")) rel="nofollow" { (domain) } } }
            @if let Some(number) = &company.register_number { dt { "Register number" } dd { (number) } }
            @if let Some(directory) = &answer.directory { dt { "Grade" } dd { (directory.grade) ": " (directory.grade_why) } }
        }
        @for step in &answer.steps {
            section class="rung" {
                h2 { (step.name) }
                p { (capital(&step.does)) "." }
                p class="quiet" { "Use it when: " (step.use_when) "." @if let Some(clock) = &step.opens_after { " Opens after " (words::clock(clock.n, clock.unit)) "." } }
                @for number in &step.contacts { @if let Some(one) = answer.contacts.get(*number) { (contact(one)) } }
                @if step.contacts.is_empty() { p { "The company's own procedure names this step but gives no contact for it." } }
            }
        }
        @if let Some(policy) = &answer.policy {
            section {
                h2 { "The company's own complaints procedure" }
                ol {
                    @for stage in &policy.stages {
                        li {
                            @if stage.handler.is_empty() { (capital(&stage.rung.id().replace('_', " "))) } @else { (capital(&stage.handler)) }
                            @if let Some(clock) = &stage.respond { ": answers within " (words::clock(clock.n, clock.unit)) }
                            @if !stage.quote.is_empty() { blockquote { "“" (stage.quote) "”" } }
                        }
                    }
                }
                @for body in &policy.external { p { "After that: " (body.body) @if let Some(clock) = &body.after { ", from " (words::clock(clock.n, clock.unit)) " on" } } }
            }
        }
        @let others: Vec<&ContactView> = answer.contacts.iter().filter(|one| one.rung == ladder::OFF_LADDER || one.other_matter).collect();
        @if !others.is_empty() {
            section {
                h2 { "Other contacts" }
                p class="quiet" { "For other matters, or no help with a complaint." }
                @for one in others { (contact(one)) }
            }
        }
        @if let Some(credit) = answer.directory.as_ref().and_then(|directory| directory.credit.as_ref()) { p class="quiet" { (credit) } }
        (ask(site, key))
        p { a href=(format!("{file}.json")) { "The same as JSON" } }
    };
    let title = format!("{name}: who can put it right – {}", site.title);
    page(site, "../../", &title, &about, &extra, &main)
}

/// Says how to ask for a correction or removal of one record.
fn ask(site: &Site, key: &str) -> Markup {
    let to = if site.contact.starts_with("mailto:") {
        let subject: String =
            url::form_urlencoded::byte_serialize(format!("Correction or removal: {key}").as_bytes())
                .collect::<String>()
                .replace('+', "%20");
        format!("{}?subject={subject}", site.contact)
    } else {
        site.contact.clone()
    };
    html! {
        section class="note" {
            h2 { "Is something wrong here, or should it not be here?" }
            p {
                "Whoever runs this company, or is named on this page, can "
                a href=(to) { "ask for a correction or removal" }
                " of the record " code { (key) } ". "
                a href="../../correct.html" { "What is needed, and how long it takes" } "."
            }
        }
    }
}

/// Makes the page that says how to ask for corrections.
pub(super) fn correct(site: &Site) -> String {
    let main = html! {
        h1 { "Corrections and removal" }
        p { "This site repeats contact points that companies publish, each with the page and the day it was read. It does not collect private addresses, and names people only in the role they publish." }
        h2 { "How to ask" }
        p { "Write to " a href=(site.contact) { (site.contact.trim_start_matches("mailto:")) } " and name:" }
        ul {
            li { "the record: the domain or name in the box at the end of its page;" }
            li { "what is wrong, or that the record or one contact should be removed;" }
            li { "a page of the company that shows what is right, or, if you ask about a person, proof that you are that person." }
        }
        h2 { "What happens then" }
        ul {
            li { "A wrong number or address is removed as soon as it is checked against the company's own page." }
            li { "A person who no longer holds a role is removed." }
            li { "A contact that only customers' posts mention is never shown on this site." }
            li { "What a company publishes for customers' complaints stays as long as the company publishes it." }
        }
        p { "The site was made on " (site.day) "; a change appears in the next edition." }
    };
    page(
        site,
        "",
        &format!("Corrections and removal – {}", site.title),
        "How to ask for a correction or removal.",
        &html! {},
        &main,
    )
}

/// Makes the page for addresses that are not there.
pub(super) fn missing(site: &Site) -> String {
    let main = html! {
        h1 { "No such page" }
        p { a href=(format!("{}index.html", site.base)) { "Search the directory" } }
    };
    // It stands at any address, so nothing of it may be relative.
    let path = url::Url::parse(&site.base).map_or_else(|_| "/".to_owned(), |base| base.path().to_owned());
    page(site, &path, &format!("No such page – {}", site.title), "No such page.", &html! {}, &main)
}

/// Makes the first page: the search, and the lists.
pub(super) fn home(site: &Site, lists: &[(String, String)], answer: &PublishAnswer) -> String {
    let extra = html! {
        link rel="canonical" href=(site.base);
        script src="search.js" defer {}
    };
    let main = html! {
        h1 { (site.title) }
        p { "Who at a company can put a problem right: " (answer.contacts) " contact points of " (answer.companies) " companies, each with the page it was read on and the day." }
        form id="search" role="search" hidden {
            label for="q" { "Company or domain" }
            input id="q" name="q" type="search" autocomplete="off" spellcheck="false";
        }
        p id="told" class="quiet" role="status" {}
        ul id="hits" class="plain" {}
        noscript { p { "The search needs JavaScript; the lists do not." } }
        h2 { "All companies" }
        ul class="plain" { @for (path, label) in lists { li { a href=(path) { (label) } } } }
    };
    page(
        site,
        "",
        &site.title,
        &format!("Complaints contacts of {} companies, with sources.", answer.companies),
        &extra,
        &main,
    )
}

/// Makes a list of companies.
pub(super) fn list(site: &Site, label: &str, list: &[Listed]) -> String {
    let main = html! {
        h1 { (label) }
        ul class="plain" {
            @for one in list {
                li {
                    a href=(format!("../{}", one.path)) { (one.name) }
                    @if let Some(domain) = &one.domain { " " span class="quiet" { (domain) } }
                }
            }
        }
    };
    page(site, "../", &format!("{label} – {}", site.title), &format!("Companies {label}."), &html! {}, &main)
}

/// Makes `llms.txt`: what the site is and how a program reads it.
pub(super) fn llms(site: &Site, answer: &PublishAnswer) -> String {
    format!(
        "# {title}\n\n> Who at a company can put a problem right: {contacts} contact points of {companies} companies, each with its source page, the words there and the day.\n\n\
         Every company has a page `c/XX/KEY.html` and the same as JSON at `c/XX/KEY.json` (schema `upstairs.find/1`). KEY is the company's domain (and its name, where several share one); XX are the last two hexadecimal digits of the FNV-1a hash (64 bits) of KEY.\n\
         Confidence and witnesses stand with each contact: pass them on with it. Rungs go from `front_line` to `executive`; `adr` and `regulator` stand outside of the company.\n\n\
         ## Index\n\n- [Search index, by beginnings of words]({base}search/pieces.json): beginning → file; rows are word, name, domain, path\n- [Sitemap]({base}sitemap.xml)\n\n\
         ## Corrections\n\n- [How to ask for a correction or removal]({base}correct.html)\n\nMade on {day} with Upstairs. Not legal advice.\n",
        title = site.title,
        contacts = answer.contacts,
        companies = answer.companies,
        base = site.base,
        day = site.day,
    )
}
