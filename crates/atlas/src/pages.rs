//! The pages about the atlas, made from the data and the schema: one a country, one of the format, and an index.
//!
//! They stand in `docs/atlas`; a test fails when they lag behind, and says how to write them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Atlas;
use crate::check::wanted;
use crate::record::{Body, Evidence, Limit, Right, Rule};
use crate::schema::{FILE, RULE, Record, SECTIONS, Takes};
use crate::words::Status;

/// Returns the name and text of each page.
#[must_use]
pub fn pages(atlas: &Atlas) -> Vec<(String, String)> {
    let mut countries: BTreeMap<&str, (Vec<&Body>, Vec<&Right>)> = BTreeMap::new();
    for body in atlas.bodies() {
        countries.entry(&body.country).or_default().0.push(body);
    }
    for right in atlas.rights() {
        countries.entry(&right.country).or_default().1.push(right);
    }
    let mut pages = vec![("format.md".to_owned(), format_page())];
    let mut index = String::from(
        "# The atlas\n\nWho stands outside a company, and which clocks run. Made from `crates/atlas/data`; change it there. \
         General information, not legal advice.\n\nContact facts of US state agencies from [Escalate Anything]\
         (https://github.com/alexgaoth/escalate-anything), CC BY 4.0, reduced and reformatted.\n\n\
         | country | bodies | without a source | rights | without a source |\n| --- | --- | --- | --- | --- |\n",
    );
    for (country, (bodies, rights)) in &countries {
        let file = format!("{}.md", country.to_lowercase());
        let unsourced = |grounds: Vec<&Evidence>| grounds.iter().filter(|e| e.sources.is_empty()).count();
        let _ = writeln!(
            index,
            "| [{country}]({file}) | {} | {} | {} | {} |",
            bodies.len(),
            unsourced(bodies.iter().map(|body| body.grounds.whole()).collect()),
            rights.len(),
            unsourced(rights.iter().map(|right| right.grounds.whole()).collect()),
        );
        pages.push((file, country_page(country, bodies, rights)));
    }
    let _ = writeln!(index, "\nHow a file is written: [format](format.md).\n\n## Calendars\n");
    for calendar in atlas.calendars() {
        let note = calendar.note.as_ref().map_or(String::new(), |note| format!(" {note}"));
        let _ = writeln!(index, "- **{}** (`{}`): {}.{note}", calendar.name, calendar.id, calendar.law);
    }
    pages.push(("README.md".to_owned(), index));
    pages
}

fn country_page(country: &str, bodies: &[&Body], rights: &[&Right]) -> String {
    let mut page = format!("# The atlas: {country}\n\nGeneral information, not legal advice.\n");
    if !bodies.is_empty() {
        page.push_str("\n## Bodies\n");
    }
    for body in bodies {
        let _ = writeln!(page, "\n### {}\n", body.name);
        let sectors: Vec<&str> = body.sectors.iter().map(|sector| sector.id()).collect();
        let regions =
            if body.regions.is_empty() { String::new() } else { format!(" · {}", body.regions.join(", ")) };
        let _ = writeln!(page, "`{}` · {} · {}{regions}\n", body.id, body.kind, sectors.join(", "));
        if body.status != Status::InForce {
            let until = body.until.map_or(String::new(), |day| format!(" (until {day})"));
            let _ = writeln!(page, "- **{}**{until}", body.status.id().replace('_', " "));
        }
        if body.single_cases == Some(false) {
            page.push_str("- takes reports, settles no single case\n");
        }
        item(&mut page, "first", body.first.as_deref());
        for rule in &body.wait {
            item(&mut page, "opens after", Some(&rule_words(rule)));
        }
        for rule in &body.deadline {
            item(&mut page, "until", Some(&rule_words(rule)));
        }
        let binds =
            body.binds.map(|binds| if binds { "binds the company" } else { "does not bind the company" });
        item(&mut page, "decision", binds);
        item(&mut page, "cost", body.cost.as_deref());
        for money in &body.money {
            let note = money.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
            let words = format!("{} {}{note}", money.currency, money.amount);
            item(&mut page, &money.kind.id().replace('_', " "), Some(&words));
        }
        item(&mut page, "web", body.web.as_deref());
        item(&mut page, "note", body.note.as_deref());
        grounds(&mut page, body.grounds.whole());
    }
    if !rights.is_empty() {
        page.push_str("\n## Rights\n");
    }
    for right in rights {
        let _ = writeln!(page, "\n### {}\n", right.name);
        let sectors: Vec<&str> = right.sectors.iter().map(|sector| sector.id()).collect();
        let _ = writeln!(page, "`{}` · {} · {} · {}\n", right.id, right.basis, sectors.join(", "), right.law);
        if right.status != Status::InForce {
            let _ = writeln!(page, "- **{}**", right.status.id().replace('_', " "));
        }
        item(&mut page, "consumer", right.consumer.as_deref());
        item(&mut page, "company", right.company.as_deref());
        for rule in &right.clocks {
            let who = rule.binds.map_or("clock", |binds| binds.id());
            let does = rule.does.as_deref().unwrap_or("act");
            item(&mut page, who, Some(&format!("{does}: {}", rule_words(rule))));
        }
        item(&mut page, "limit", right.limit.as_deref());
        grounds(&mut page, right.grounds.whole());
    }
    page
}

fn item(page: &mut String, head: &str, words: Option<&str>) {
    if let Some(words) = words {
        let _ = writeln!(page, "- {head}: {words}");
    }
}

fn grounds(page: &mut String, evidence: &Evidence) {
    let seen = evidence.seen.as_ref().map_or(String::new(), |seen| format!(", newest source of {seen}"));
    let _ = write!(page, "- confidence {}{seen}; ", evidence.confidence);
    if evidence.sources.is_empty() {
        page.push_str("no source is recorded\n");
    } else {
        let links: Vec<String> = evidence.sources.iter().map(|link| format!("<{link}>")).collect();
        let _ = writeln!(page, "{}", links.join(" "));
    }
}

/// Tells a rule in words, its conditions last.
fn rule_words(rule: &Rule) -> String {
    let join = |parts: &[Rule], with: &str| parts.iter().map(rule_words).collect::<Vec<_>>().join(with);
    let mut words = match &rule.limit {
        Limit::Span(span) => format!("{} from {}", span.clock, crate::ask::anchor_words(span.from)),
        Limit::AllOf(parts) => format!("all of ({})", join(parts, "; ")),
        Limit::EarlierOf(parts) => format!("the earlier of ({})", join(parts, "; ")),
        Limit::LaterOf(parts) => format!("the later of ({})", join(parts, "; ")),
    };
    let mut only: Vec<String> = Vec::new();
    only.extend(rule.when.sectors.iter().map(ToString::to_string));
    only.extend(rule.when.company_types.iter().map(ToString::to_string));
    only.extend(rule.when.acting_as.iter().map(ToString::to_string));
    only.extend(rule.when.topics.iter().map(ToString::to_string));
    only.extend(rule.when.pays.iter().map(ToString::to_string));
    only.extend(rule.when.regions.iter().cloned());
    if let Some(urgent) = rule.when.urgent {
        only.push(if urgent { "urgent" } else { "not urgent" }.to_owned());
    }
    only.extend(rule.when.since.map(|day| format!("from {day}")));
    only.extend(rule.when.until.map(|day| format!("until {day}")));
    if !only.is_empty() {
        let _ = write!(words, " [{}]", only.join(", ").replace('_', " "));
    }
    if let Some(longest) = rule.longest {
        let _ = write!(words, ", at most {longest}");
    }
    if let Some(note) = &rule.note {
        let _ = write!(words, " ({note})");
    }
    words
}

fn format_page() -> String {
    let mut page = String::from(
        "# How a file of the atlas is written\n\nTOML, one file a country. Made from the schema in `crates/atlas/src/schema.rs`. \
         Fields in bold must be there; any other that is left out is unknown, never none.\n\nA file of your own goes into \
         `~/.config/upstairs/atlas` (or where `UPSTAIRS_ATLAS` points); a broken entry is refused with file, line and reason, and \
         the rest goes on.\n",
    );
    let mut todo: Vec<&'static Record> = vec![&FILE];
    todo.extend(SECTIONS.iter().map(|(_, record)| *record));
    let mut at = 0;
    while let Some(record) = todo.get(at).copied() {
        at += 1;
        let _ =
            writeln!(page, "\n## {}\n\n| field | takes | what it is for |\n| --- | --- | --- |", record.name);
        for field in record.fields {
            let name =
                if field.required { format!("**`{}`**", field.name) } else { format!("`{}`", field.name) };
            let takes = match (&field.takes, inner(&field.takes)) {
                (_, Takes::Word(words)) => {
                    let list = if matches!(field.takes, Takes::List(_)) { "list of: " } else { "" };
                    format!(
                        "{list}{}",
                        words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
                    )
                }
                (takes, Takes::Record(inner)) => {
                    if !todo.iter().any(|known| known.name == inner.name) {
                        todo.push(inner);
                    }
                    wanted(takes)
                }
                (takes, _) => wanted(takes),
            };
            let _ = writeln!(page, "| {name} | {takes} | {} |", field.about);
        }
        if record.name == RULE.name {
            page.push_str("\nThe day of the anchor is day zero. Adding working days leaves out the weekend and the holidays of the place.\n");
        }
    }
    page
}

/// Returns what the values of a list take, or what a field that is no list takes.
const fn inner(takes: &'static Takes) -> &'static Takes {
    if let Takes::List(of) = takes { of } else { takes }
}
