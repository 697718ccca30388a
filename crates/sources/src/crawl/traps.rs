//! Endless places: what an address shows of calendars, facets, pages of lists and loops.
//!
//! Only the address is looked at; that a folder yields nothing, page after page, is noticed by `progress`.

use url::Url;

use super::address;
use super::score::Reason;

/// Parameters of calendars.
const CALENDAR: &[&str] = &[
    "date",
    "month",
    "year",
    "day",
    "week",
    "from",
    "to",
    "start_date",
    "startdate",
    "end_date",
    "time",
    "cal",
    "tribe",
    "ical",
    "eventdate",
    "monat",
    "jahr",
    "datum",
    "mois",
    "annee",
    "mes",
    "mese",
];

/// Parameters that turn the pages of a list.
const PAGING: &[&str] = &[
    "paged",
    "pg",
    "pageno",
    "page_no",
    "pagenumber",
    "start",
    "offset",
    "limitstart",
    "seite",
    "pagina",
    "per_page",
    "perpage",
    "limit",
    "rows",
];

/// Parameters that sort or filter a list.
const FACETS: &[&str] = &[
    "sort",
    "sortby",
    "order",
    "orderby",
    "dir",
    "filter",
    "filters",
    "color",
    "colour",
    "size",
    "price",
    "min_price",
    "max_price",
    "brand",
    "view",
    "mode",
    "display",
    "facet",
    "f",
    "fq",
    "refine",
    "tag",
    "cat",
    "category",
    "s",
    "q",
    "query",
    "search",
    "keyword",
    "keywords",
    "letter",
    "variant",
    "sku",
    "add-to-cart",
    "add_to_cart",
    "action",
    "do",
    "compare",
    "attribute",
    "rating",
    "availability",
];

/// What a date in the path of a page says.
pub(super) const DATED: &str = "a dated page";

/// Returns what an address shows of endless places; a factor of 0 forbids it.
pub(super) fn of(url: &Url) -> Vec<Reason> {
    let segments = address::segments(url);
    let mut reasons = Vec::new();
    let mut say = |words: &str, factor: f32| reasons.push(Reason::new(words, factor));

    if segments.len() > 10 || repeats(&segments) {
        say("the path goes round in circles", 0.0);
    }
    match segments.len() {
        0..=3 => {}
        4 => say("four folders deep", 0.9),
        5 => say("five folders deep", 0.75),
        _ => say("very deep in the site", 0.5),
    }
    if dated(&segments) {
        say(DATED, 0.1);
    }
    if segments.windows(2).any(|pair| is_page_word(&pair[0]) && digits(&pair[1])) {
        say("a further page of a list", 0.02);
    }
    let (mut count, mut calendar, mut paging, mut facet) = (0, false, false, false);
    for (name, value) in url.query_pairs().take(40) {
        let name = name.to_lowercase();
        let name = name.split('[').next().unwrap_or_default();
        if address::is_noise(name) {
            continue;
        }
        count += 1;
        calendar |= CALENDAR.contains(&name) || looks_dated(&value);
        paging |= PAGING.contains(&name) || name == "page" && digits(&value);
        facet |= FACETS.contains(&name);
    }
    if calendar {
        say("a page of a calendar", 0.02);
    }
    if paging {
        say("a further page of a list", 0.02);
    }
    if facet {
        say("a sorted or filtered list", 0.03);
    }
    match count {
        0 => {}
        1 | 2 => say("an address with a query", 0.85),
        3 => say("an address with a long query", 0.4),
        _ => say("an address with a very long query", 0.1),
    }
    reasons
}

/// Returns whether a path says the same over and over: a segment three times, or two segments twice in a row.
fn repeats(segments: &[String]) -> bool {
    let thrice =
        segments.iter().any(|segment| segments.iter().filter(|other| *other == segment).count() >= 3);
    thrice || segments.windows(4).any(|four| four[0] == four[2] && four[1] == four[3])
}

/// Returns whether a path bears a date: `/2021/05/`, `2021-05-03-news`.
fn dated(segments: &[String]) -> bool {
    let year =
        |text: &str| text.len() == 4 && digits(text) && (text.starts_with("19") || text.starts_with("20"));
    let month = |text: &str| text.len() <= 2 && digits(text);
    segments.windows(2).any(|pair| year(&pair[0]) && month(&pair[1]))
        || segments.iter().any(|segment| looks_dated(segment))
}

/// Returns whether a text begins with a date such as `2021-05`, or holds one such as `2021-05-03`.
fn looks_dated(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = |window: &[u8]| {
        window[..4].iter().all(u8::is_ascii_digit)
            && matches!(&window[..2], b"19" | b"20")
            && matches!(window[4], b'-' | b'_' | b'.')
            && window[5..7].iter().all(u8::is_ascii_digit)
    };
    bytes.len() <= 200 && bytes.windows(7).any(shape)
}

/// Returns whether a segment announces the number of a page.
fn is_page_word(segment: &str) -> bool {
    matches!(segment.to_lowercase().as_str(), "page" | "seite" | "pagina" | "p" | "pages")
}

/// Returns whether a text is all digits.
fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(text: &str) -> f32 {
        of(&Url::parse(&format!("https://acme.example{text}")).unwrap())
            .iter()
            .map(|reason| reason.factor)
            .product()
    }

    #[test]
    fn endless_places_are_known_by_their_address() {
        for (address, least, most) in [
            ("/contact", 1.0, 1.0),
            ("/help/complaints/how", 1.0, 1.0),
            ("/contact?sid=12&utm_source=menu", 1.0, 1.0),
            ("/index.php?page=contact", 0.8, 1.0),
            ("/index.php?id=12", 0.8, 1.0),
            ("/events?month=2021-05", 0.0, 0.06),
            ("/events/2021/05/", 0.0, 0.11),
            ("/blog/2021-05-03-how-to-complain", 0.0, 0.11),
            ("/blog/page/7", 0.0, 0.06),
            ("/list?page=7", 0.0, 0.06),
            ("/shoes?color=red&size=9&sort=price&brand=x", 0.0, 0.01),
            ("/a/b/a/b/a/b", 0.0, 0.0),
            ("/x/x/x", 0.0, 0.0),
            ("/1/2/3/4/5/6/7/8/9/10/11", 0.0, 0.0),
        ] {
            let factor = factor(address);
            assert!((least..=most).contains(&factor), "{address}: {factor}");
        }
    }
}
