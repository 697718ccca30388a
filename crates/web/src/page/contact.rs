//! A contact point on a page: what it is, what one can do with it, how sure it is, and who says so.
//!
//! What is suspect or only told by strangers is never a link and has no button: its value stands inside its warning and
//! cannot be picked up without it.

use desk::answer::{ContactView, WitnessView};
use desk::verify::LiveCheck;
use maud::{Markup, html};

use crate::context::Context;
use crate::layout::icon;
use crate::page::witness;

/// The most witnesses that are shown of one contact.
const MOST_WITNESSES: usize = 12;

/// What stands in the place of a page's words where the directory itself placed a contact.
const BY_REGISTRY: &str = "placed there by the registry";

/// Draws a contact point that may be used; `place` is the address of the answer that it stands in.
pub(crate) fn draw(context: &Context, place: &str, contact: &ContactView) -> Markup {
    if contact.is_suspect() {
        return lead(context, place, contact);
    }
    let channel = contact.channel.id();
    let name = contact.label.as_deref().filter(|label| *label != contact.value);
    html! {
        article.contact {
            span.sign { (icon(sign(channel))) }
            div.what {
                p.kind { (context.word("channel", channel)) @if let Some(name) = name { " · " (name) } }
                p.value { (shown(contact)) @if let Some(extension) = &contact.extension { " · " (context.with("contact.extension", extension)) } }
                @if contact.person.is_some() || contact.title.is_some() {
                    p { (contact.person.as_deref().unwrap_or_default()) @if contact.person.is_some() && contact.title.is_some() { ", " } (contact.title.as_deref().unwrap_or_default()) }
                }
                @if contact.party != "company" { p.hint { (context.with("contact.party", &contact.party)) } }
                (facts(context, contact))
                (checks(context, &contact.checks))
                (why(context, place, contact))
            }
            div.actions { (actions(context, channel, &contact.value)) }
        }
    }
}

/// Draws one that only strangers name, or that is suspect: the warning first, the value within it.
pub(crate) fn lead(context: &Context, place: &str, contact: &ContactView) -> Markup {
    let suspect = contact.is_suspect();
    html! {
        article.contact.lead .suspect[suspect] {
            span.sign { (icon("warning")) }
            div.what {
                p.warning-words { strong { @if suspect { (context.t("contact.suspect")) } @else { (context.t("contact.lead")) } } }
                p.value.defused { (context.word("channel", contact.channel.id())) ": " span { (contact.value) } }
                @for note in &contact.notes { p.hint { (context.said(note)) } }
                (why(context, place, contact))
            }
        }
    }
}

/// Returns a value as people read it.
fn shown(contact: &ContactView) -> String {
    match contact.channel.id() {
        "phone" | "textphone" | "fax" => desk::words::number(&contact.value),
        _ => contact
            .value
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned(),
    }
}

/// The icon of a channel.
pub(crate) fn sign(channel: &str) -> &'static str {
    match channel {
        "phone" | "textphone" | "fax" => "phone",
        "email" => "email",
        "postal" | "in_person" => "postal",
        "form" => "form",
        "chat" | "messaging" | "social" => "chat",
        _ => "web",
    }
}

/// What one can do with a value. Only what is plainly a number, mailbox or web address becomes a link.
pub(crate) fn actions(context: &Context, channel: &str, value: &str) -> Markup {
    let link = link(channel, value);
    let (words, sign) = match channel {
        "phone" | "textphone" => (context.t("contact.call"), "phone"),
        "email" => (context.t("contact.write"), "email"),
        _ => (context.t("contact.open"), "open"),
    };
    let abroad = link.as_deref().is_some_and(|link| link.starts_with("http"));
    html! {
        @if let Some(link) = &link {
            a.button.small href=(link) rel=[abroad.then_some("noopener noreferrer nofollow")] target=[abroad.then_some("_blank")]
                aria-label={ (words) ": " (value) } { (icon(sign)) (words) }
        }
        button.button.small.quiet.script-only type="button" data-copy=(value) data-copied=(context.t("contact.copied"))
            aria-label={ (context.t("contact.copy")) ": " (value) } { (icon("copy")) span { (context.t("contact.copy")) } }
    }
}

/// Returns the link that a value is, where it plainly is one.
pub(crate) fn link(channel: &str, value: &str) -> Option<String> {
    match channel {
        "phone" | "textphone" => {
            let number = value.strip_prefix('+').unwrap_or(value);
            let plain =
                !number.is_empty() && number.len() <= 20 && number.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| format!("tel:{value}"))
        }
        "email" => {
            let plain = value.matches('@').count() == 1
                && value.chars().all(|c| c.is_alphanumeric() || "@.+-_~'".contains(c));
            plain.then(|| format!("mailto:{value}"))
        }
        "postal" | "fax" | "in_person" => None,
        _ => web(value),
    }
}

/// Returns a web address that may be a link: `http` or `https`, without a name or password in it.
pub(crate) fn web(value: &str) -> Option<String> {
    let url = url::Url::parse(value).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        && url.username().is_empty()
        && url.password().is_none();
    plain.then(|| url.to_string())
}

/// A web address from outside as a link, or as text where it is none.
pub(crate) fn reference(address: &str) -> Markup {
    let short: String = address.chars().take(120).collect();
    let Some(url) = web(address) else { return html! { span { (short) } } };
    html! { a href=(url) rel="noopener noreferrer nofollow" target="_blank" { (short) } }
}

/// Hours, languages, cost and what else to know.
fn facts(context: &Context, contact: &ContactView) -> Markup {
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some(hours) = &contact.hours {
        facts.push(("clock", hours.clone()));
    }
    let cost = contact.cost.map(|cost| context.word("cost", &snake(&format!("{cost:?}"))));
    if let Some(cost) = contact.cost_note.clone().or(cost) {
        facts.push(("phone", cost));
    }
    if !contact.languages.is_empty() {
        facts.push((
            "chat",
            contact
                .languages
                .iter()
                .map(|code| context.word("language", code))
                .collect::<Vec<_>>()
                .join(", "),
        ));
    }
    if let Some(words) = contact.access.and_then(desk::words::access) {
        facts.push(("settings", context.says(words)));
    }
    if let Some(told) = &contact.told {
        facts.push(("chat", told.clone()));
    }
    if contact.other_matter {
        facts.push(("warning", context.t("contact.other_matter").to_owned()));
    }
    facts.extend(contact.notes.iter().map(|note| ("warning", context.says(note))));
    facts.extend(contact.marks.iter().map(|mark| ("pen", format!("{} ({})", mark.words, mark.on))));
    html! {
        @if !facts.is_empty() {
            ul.facts { @for (sign, words) in &facts { li { (icon(sign)) span { (words) } } } }
        }
    }
}

/// What live checks found.
pub(crate) fn checks(context: &Context, checks: &[LiveCheck]) -> Markup {
    html! {
        @if !checks.is_empty() {
            ul.facts.checks { @for check in checks {
                li data-verdict=(check.verdict) { (icon(if check.verdict == "works" { "check" } else { "warning" }))
                    span { strong { (context.word("live_verdict", check.verdict)) ": " } (context.said(&check.words)) } }
            } }
        }
    }
}

/// Makes `TollFree` into `toll_free`.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(c.to_lowercase());
    }
    text
}

/// How sure it is: as a mark of four bars, in a word, and what it rests on.
fn why(context: &Context, place: &str, contact: &ContactView) -> Markup {
    let key = contact.confidence_in_words.replace(' ', "_");
    let bars = match key.as_str() {
        "very_likely" => 4,
        "likely" => 3,
        "plausible" => 2,
        _ => 1,
    };
    let sites = contact.witnesses.len();
    html! {
        details.why {
            summary {
                span.mark data-bars=(bars) aria-hidden="true" { i {} i {} i {} i {} }
                span { (context.word("confidence", &key)) }
                span.more { (context.t("contact.why")) }
            }
            div.reasons {
                p.label { (context.with("contact.witnesses", sites)) }
                ul.witnesses { @for witness in contact.witnesses.iter().take(MOST_WITNESSES) { (self::witness(context, place, witness)) } }
                @if sites > MOST_WITNESSES { p.hint { (context.with("contact.more_witnesses", sites - MOST_WITNESSES)) } }
                @if !contact.signals.is_empty() {
                    p.label { (context.t("contact.signals")) }
                    ul { @for signal in &contact.signals { li { (context.word("rung", &signal.rung)) ": " @if signal.words == BY_REGISTRY { (context.said(&signal.words)) } @else { q { (signal.words) } } } } }
                }
                p.label { (context.t("contact.shares")) }
                ul { @for share in &contact.confidence_from { li { @if share.weight < 0.0 { "− " } @else { "+ " } (context.said(&share.words)) } } }
            }
        }
    }
}

fn witness(context: &Context, place: &str, witness: &WitnessView) -> Markup {
    let day: String = witness.seen.chars().take(10).collect();
    html! {
        li {
            q { (witness.quote) }
            p.hint {
                (context.word("source", &snake(&format!("{:?}", witness.kind)))) " · " (reference(&witness.url)) " · " (context.with("contact.read_on", day)) " · " (witness::link(context, place, &witness.url, &witness.seen, &witness.quote))
                @if let Some(stated) = &witness.stated { " · " (context.with("contact.stated", stated)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_numbers_mailboxes_and_web_addresses_become_links() {
        for (channel, value, want) in [
            ("phone", "+442079460123", Some("tel:+442079460123")),
            ("phone", "+44;evil", None),
            ("email", "help@acme.example", Some("mailto:help@acme.example")),
            ("email", "a@b.example?bcc=me@evil.example", None),
            ("form", "https://acme.example/form", Some("https://acme.example/form")),
            ("form", "javascript:alert(1)", None),
            ("web", "data:text/html,<script>", None),
            ("web", "https://user:pass@acme.example/", None),
            ("social", "JaVaScRiPt://acme.example/%0aalert(1)", None),
            ("postal", "1 Low Road", None),
        ] {
            assert_eq!(link(channel, value).as_deref(), want, "{channel} {value}");
        }
    }
}
