//! Next ways: what to do where a company publishes little or nothing above its front line.
//!
//! "Nothing found" is never the whole answer: one can ask the representative, write to the registered office, use the
//! public profile, go outside, or search with the words of an experienced person.

use ladder::{Channel, ContactPoint, Country, Ladder, Rung};
use sources::source::linked::{LINKED, Linked};
use sources::source::search;
use url::form_urlencoded::byte_serialize;

use crate::answer::NextWay;

/// Returns what to do next. Searches are links that the user opens; nothing is asked of a search engine by itself.
#[must_use]
pub fn of(ladder: &Ladder, company: &str, domain: Option<&str>, country: Option<Country>) -> Vec<NextWay> {
    let mut ways = Vec::new();
    let inside_above = ladder.steps.iter().any(|step| {
        step.rung.is_escalation()
            && !step.rung.is_outside()
            && !matches!(step.rung, Rung::Legal | Rung::Specialist)
            && !step.contacts.is_empty()
    });
    if inside_above {
        return ways;
    }
    ways.push(NextWay {
        kind: "ask",
        text: "ask the representative: \"Who handles this next, and how do I reach them?\" Then ask for a supervisor, and note names, times and references".to_owned(),
        value: None,
    });
    if let Some(office) =
        find(ladder, |p| p.rung == Some(Rung::Legal) && p.reach.channel() == Channel::Postal)
    {
        ways.push(NextWay {
            kind: "registered_office",
            text: "write to the registered or head office, marked for the person in charge of complaints"
                .to_owned(),
            value: Some(office.reach.value().to_owned()),
        });
    }
    if let Some(profile) = find(ladder, |p| p.reach.channel() == Channel::Social && p.party.is_company()) {
        ways.push(NextWay {
            kind: "profile",
            text: "send a direct message to the company's public profile; put no personal data in public"
                .to_owned(),
            value: Some(profile.reach.value().to_owned()),
        });
    }
    for step in ladder.steps.iter().filter(|step| step.rung.is_outside()) {
        for point in &step.contacts {
            ways.push(NextWay {
                kind: "outside",
                text: format!("outside the company: {}", point.party.name()),
                value: Some(point.reach.value().to_owned()),
            });
        }
    }
    ways.extend(searches(company, domain, country));
    ways
}

/// Returns links to sites whose terms keep programs out: they are opened by the user, and what is saved there can be read.
#[must_use]
pub fn links(company: &str, country: Option<Country>) -> Vec<NextWay> {
    let here = |site: &&Linked| {
        site.worth
            && (site.countries.is_empty()
                || country.is_some_and(|country| site.countries.contains(&country.code())))
    };
    let way = |site: &Linked| NextWay {
        kind: "link",
        text: format!(
            "{}: {}. Its terms do not allow programs: open it yourself, save the page, and read it with `upstairs read post`",
            site.name, site.gives
        ),
        value: Some(site.link(company)),
    };
    LINKED.iter().filter(here).map(way).collect()
}

/// Returns how to name the place, where agencies depend on it and it is not known.
#[must_use]
pub fn place(country: Option<Country>, region: Option<&str>) -> Option<NextWay> {
    let text = match country {
        None => "give your country with --country: the outside bodies of that country are then added",
        Some(country) if region.is_none() && matches!(country.code(), "US" | "CA" | "AU") => {
            "give your state or province with --region: its agencies are then added"
        }
        Some(_) => return None,
    };
    Some(NextWay { kind: "place", text: text.to_owned(), value: None })
}

/// Returns ready query links.
fn searches(company: &str, domain: Option<&str>, country: Option<Country>) -> impl Iterator<Item = NextWay> {
    let queries = search::queries(company, domain, country.as_ref().map(Country::code));
    queries.into_iter().map(|words| {
        let encoded: String = byte_serialize(words.as_bytes()).collect();
        NextWay {
            kind: "search",
            text: format!("search the web for: {words}"),
            value: Some(format!("https://duckduckgo.com/?q={encoded}")),
        }
    })
}

/// Returns the first contact point on a rung for which `fits` holds.
fn find(ladder: &Ladder, fits: impl Fn(&ContactPoint) -> bool) -> Option<&ContactPoint> {
    ladder.steps.iter().flat_map(|step| &step.contacts).find(|point| fits(point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_that_publishes_nothing_still_leaves_ways() {
        let ways = of(&Ladder::default(), "Acme & Sons", Some("acme.example"), None);
        assert_eq!(ways[0].kind, "ask");
        let links: Vec<&str> = ways.iter().filter_map(|way| way.value.as_deref()).collect();
        assert!(links.len() >= 4, "{links:?}");
        assert!(
            links[0].ends_with("site%3Aacme.example") && links[0].contains("Acme+%26+Sons"),
            "{}",
            links[0]
        );
    }

    #[test]
    fn the_place_is_asked_for_where_it_decides() {
        let kind = |country: Option<&str>, region| {
            place(country.map(|code| Country::parse(code).unwrap()), region).map(|way| way.kind)
        };
        assert_eq!(kind(None, None), Some("place"));
        assert_eq!(kind(Some("US"), None), Some("place"));
        assert_eq!(kind(Some("US"), Some("CA")), None);
        assert_eq!(kind(Some("IE"), None), None);
    }

    #[test]
    fn without_a_domain_no_query_is_limited_to_one() {
        let ways = of(&Ladder::default(), "Acme", None, None);
        assert!(ways.iter().all(|way| !way.text.contains("procedure site:")));
    }
}
