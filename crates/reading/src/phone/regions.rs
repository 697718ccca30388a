//! Regions: of which country a number in national form is, by evidence.
//!
//! No single sign is enough: a shop on `.com` in English may be anywhere. The address of the page, its language, the
//! postcodes and countries it names, the numbers it prints in international form and the country that the user asked for
//! are weighed together; what stands nearest to a number comes first.

use ladder::Country;

use super::candidate::runs;
use super::places::{Mark, marks};
use super::plan::Plan;
use crate::outline::Outline;
use crate::page::Context;

/// How far before a number a place may stand and still say of which country it is, in bytes.
const NEAR_BEFORE: usize = 320;
/// How far before it a mere name may stand and outweigh the main country.
const CLOSE_BEFORE: usize = 80;
/// How far after it.
const NEAR_AFTER: usize = 120;
/// More than this many countries are not tried.
const MOST_PLANS: usize = 4;

/// The countries of which a document's numbers may be, the likeliest first.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    /// Plans and how much speaks for each, the likeliest first.
    plans: Vec<(Plan, f32)>,
    /// Places named in the text, in order.
    marks: Vec<Mark>,
    /// The language, ISO 639-1.
    lang: Option<String>,
}

impl Regions {
    /// Weighs the evidence of a page.
    #[must_use]
    pub fn of(outline: &Outline, context: &Context<'_>) -> Self {
        let mut weights = Weights::default();
        weights.context(context);
        let lang = outline.lang.as_deref().or(context.lang).unwrap_or_default();
        weights.language(lang);
        weights.head(outline);
        let marks = marks(&outline.text);
        weights.places(&marks);
        weights.international(&outline.text);
        Self::ranked(&weights, marks, lang)
    }

    /// Weighs the evidence of a bare text.
    #[must_use]
    pub fn of_text(text: &str, context: &Context<'_>) -> Self {
        let mut weights = Weights::default();
        weights.context(context);
        weights.language(context.lang.unwrap_or_default());
        let marks = marks(text);
        weights.places(&marks);
        weights.international(text);
        Self::ranked(&weights, marks, context.lang.unwrap_or_default())
    }

    /// Takes the one country that is known.
    #[must_use]
    pub fn of_country(country: Country) -> Self {
        Self { plans: Plan::of(country).map(|plan| (plan, 10.0)).into_iter().collect(), ..Self::default() }
    }

    fn ranked(weights: &Weights, marks: Vec<Mark>, lang: &str) -> Self {
        let mut plans: Vec<(Plan, f32)> = weights
            .0
            .iter()
            .filter(|(_, w)| *w >= 0.5)
            .filter_map(|&(c, w)| Some((Plan::of(c)?, w)))
            .collect();
        plans.sort_by(|a, b| b.1.total_cmp(&a.1));
        plans.truncate(MOST_PLANS);
        let lang = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self { plans, marks, lang: (lang.len() == 2).then_some(lang) }
    }

    /// Returns the country that most speaks for, where anything does.
    #[must_use]
    pub fn main(&self) -> Option<Country> {
        self.plans.first().and_then(|(plan, _)| plan.country())
    }

    /// Returns the plans to try for a number at an offset of the text, the likeliest first, and whether each is likely
    /// enough to take a number that no word announces.
    ///
    /// A postcode beside the number, or a country named right before it, goes before all that speaks for the main
    /// country; a country named further off comes last.
    pub(super) fn plans_at(&self, offset: usize) -> Vec<(Plan, bool)> {
        let top = self.plans.first().map_or(0.0, |(_, w)| *w);
        let mut order: Vec<(Plan, bool)> =
            self.plans.iter().map(|&(plan, w)| (plan, w >= 0.5 * top && w >= 1.0)).collect();
        let Some(mark) = self.near(offset) else { return order };
        let Some(plan) = Plan::of(mark.country) else { return order };
        let close = mark.at <= offset && offset - mark.at <= CLOSE_BEFORE;
        let known = order.iter().position(|(p, _)| p.id() == plan.id());
        if mark.postcode || close {
            known.map(|at| order.remove(at));
            order.insert(0, (plan, mark.postcode || known.is_some()));
        } else if known.is_none() {
            order.push((plan, false));
        }
        order
    }

    /// Returns the plans to try where nothing speaks for a country: those of the language, then those that share its form.
    pub(super) fn plans_of_language(&self) -> impl Iterator<Item = Plan> + '_ {
        let of =
            |ids: &'static [&'static str]| ids.iter().filter_map(|id| Plan::of(Country::parse(id).ok()?));
        let ids: &[&str] = match self.lang.as_deref() {
            Some("de") => &["DE", "AT", "CH"],
            Some("fr") => &["FR", "BE", "CH"],
            Some("nl") => &["NL", "BE"],
            Some("it") => &["IT", "CH"],
            Some("es") => &["ES"],
            Some("pt") => &["PT"],
            Some("en") => &["GB", "IE", "AU", "NZ", "ZA", "IN"],
            _ => return of(&[]).chain(Plan::with_nought().take(14).collect::<Vec<_>>()),
        };
        of(ids).chain(Vec::new())
    }

    /// Returns the place nearest before an offset, else shortly after it.
    fn near(&self, offset: usize) -> Option<Mark> {
        let after = self.marks.partition_point(|mark| mark.at < offset);
        let before = self.marks[..after].last().filter(|mark| offset - mark.at <= NEAR_BEFORE);
        let next = self.marks.get(after).filter(|mark| mark.at - offset <= NEAR_AFTER);
        before.or(next).copied()
    }
}

/// What speaks for each country.
#[derive(Default)]
struct Weights(Vec<(Country, f32)>);

impl Weights {
    fn add(&mut self, country: Country, weight: f32, most: f32) {
        match self.0.iter_mut().find(|(c, _)| *c == country) {
            Some((_, sum)) => *sum = (*sum + weight).min(sum.max(most)),
            None => self.0.push((country, weight)),
        }
    }

    fn code(&mut self, code: &str, weight: f32) {
        if let Ok(country) = Country::parse(code) {
            self.add(country, weight, f32::MAX);
        }
    }

    /// The address of the page, and what the user asked for.
    fn context(&mut self, context: &Context<'_>) {
        if let Some(country) = context.country {
            self.add(country, 3.0, f32::MAX);
        }
        let Some(url) = context.url else { return };
        let host = url.host_str().unwrap_or_default();
        let tld = host.rsplit('.').next().unwrap_or_default();
        if tld.len() == 2 && !ANYWHERE.contains(&tld) {
            self.code(tld, 4.0);
        }
        // `/en-gb/`, `/uk/`, `uk.acme.example`.
        let first = host.split('.').next().unwrap_or_default();
        let segments = url.path_segments().into_iter().flatten().take(2);
        for part in segments.chain([first]) {
            match part.split_once(['-', '_']) {
                Some((lang, country)) if lang.len() == 2 && country.len() == 2 => self.code(country, 2.5),
                None if matches!(part, "uk" | "gb" | "us" | "ie" | "au" | "nz" | "ca" | "za") => {
                    self.code(part, 1.5);
                }
                _ => {}
            }
        }
    }

    /// A language tag, with or without a country.
    fn language(&mut self, tag: &str) {
        let mut parts = tag.split(['-', '_']);
        let lang = parts.next().unwrap_or_default().to_ascii_lowercase();
        if let Some(country) = parts.next().filter(|part| part.len() == 2) {
            // Many a template says American English and nobody has looked at it.
            self.code(country, if tag.to_ascii_lowercase().starts_with("en-us") { 1.0 } else { 2.5 });
        }
        let spoken: &[(&str, f32)] = match lang.as_str() {
            "de" => &[("DE", 1.5), ("AT", 0.6), ("CH", 0.5)],
            "fr" => &[("FR", 1.5), ("BE", 0.6), ("CH", 0.5), ("CA", 0.5)],
            "nl" => &[("NL", 1.5), ("BE", 0.7)],
            "es" => &[("ES", 1.3)],
            "it" => &[("IT", 1.6), ("CH", 0.5)],
            "pt" => &[("PT", 0.8), ("BR", 0.8)],
            "da" => &[("DK", 2.0)],
            "sv" => &[("SE", 1.8)],
            "nb" | "no" | "nn" => &[("NO", 2.0)],
            "fi" => &[("FI", 2.0)],
            "pl" => &[("PL", 2.0)],
            _ => &[],
        };
        for (code, weight) in spoken {
            self.code(code, *weight);
        }
    }

    /// What the head of the page and its embedded data say.
    fn head(&mut self, outline: &Outline) {
        for (name, content) in &outline.meta {
            match name.as_str() {
                "og:locale" => {
                    if let Some((lang, country)) =
                        content.split_once(['_', '-']).filter(|(_, c)| c.len() == 2)
                    {
                        self.code(country, if lang == "en" && country == "US" { 0.7 } else { 1.5 });
                    }
                }
                "geo.region" | "geo.country" | "og:country-name" | "business:contact_data:country_name" => {
                    self.code(content.get(..2).unwrap_or_default(), 2.5);
                }
                _ => {}
            }
        }
        // The country of an address in structured data; the data itself is read elsewhere.
        let data = outline.scripts.iter().filter(|script| script.kind.contains("ld+json"));
        for script in data.take(16) {
            let key = "\"addressCountry\"";
            for (at, _) in script.text.match_indices(key).take(8) {
                let rest = script.text[at + key.len()..].trim_start_matches([' ', ':', '\n', '\t', '\r']);
                if let Some(code) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) {
                    match code.len() {
                        2 => self.code(code, 2.0),
                        _ => marks(crate::window::clip(code, 40))
                            .iter()
                            .for_each(|m| self.add(m.country, 2.0, 4.0)),
                    }
                }
            }
        }
    }

    /// Places named in the text: many of one country speak no louder than a few.
    fn places(&mut self, marks: &[Mark]) {
        let mut sums: Vec<(Country, f32, f32)> = Vec::new();
        for mark in marks {
            let (weight, most) = if mark.postcode { (1.2, 3.0) } else { (0.3, 1.2) };
            match sums.iter_mut().find(|(c, ..)| *c == mark.country) {
                Some((_, sum, cap)) => {
                    *cap = cap.max(most);
                    *sum = (*sum + weight).min(*cap);
                }
                None => sums.push((mark.country, weight, most)),
            }
        }
        for (country, sum, _) in sums {
            self.add(country, sum, f32::MAX);
        }
    }

    /// Numbers in international form.
    fn international(&mut self, text: &str) {
        let mut counted = 0;
        for (at, _) in text.match_indices('+').take(200) {
            let window = crate::window::clip(&text[at..], 32);
            let Some(run) = runs(window).next().filter(|run| run.plus && run.start == 0 && run.digits() >= 8)
            else {
                continue;
            };
            let digits: String = run.groups.iter().map(|g| &window[g.start..g.end]).collect();
            let code = (1..=3).find_map(|n| Plan::of_code(digits.get(..n)?.parse().ok()?));
            if let Some(country) = code.and_then(|plan| plan.country()) {
                self.add(country, 0.8, 2.4);
                counted += 1;
                if counted >= 40 {
                    return;
                }
            }
        }
    }
}

/// Country domains that firms of all countries use.
const ANYWHERE: [&str; 16] =
    ["io", "co", "ai", "me", "tv", "cc", "ws", "fm", "am", "to", "ly", "gg", "sh", "vc", "la", "eu"];

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    fn main_of(url: &str, lang: &str, text: &str, asked: Option<&str>) -> Option<String> {
        let url = Url::parse(url).unwrap();
        let country = asked.map(|code| Country::parse(code).unwrap());
        let outline = Outline { text: text.to_owned(), lang: Some(lang.to_owned()), ..Outline::default() };
        let context = Context { url: Some(&url), country, ..Context::default() };
        Regions::of(&outline, &context).main().map(|c| c.code().to_owned())
    }

    #[test]
    fn evidence_is_weighed_together() {
        for (url, lang, text, asked, expected) in [
            ("https://acme.co.uk/", "en", "", None, Some("GB")),
            ("https://acme.com/", "en-US", "", Some("GB"), Some("GB")),
            ("https://acme.com/", "en-US", "1 High St, Leeds LS1 4AP", None, Some("GB")),
            ("https://acme.com/de-at/", "de", "", None, Some("AT")),
            ("https://acme.com/", "de", "", None, Some("DE")),
            ("https://acme.ie/", "en", "", Some("GB"), Some("IE")),
            ("https://acme.com/", "en", "", None, None),
            ("https://acme.com/", "en", "ring +353 1 555 0123 or +353 1 555 0124", None, Some("IE")),
        ] {
            assert_eq!(main_of(url, lang, text, asked).as_deref(), expected, "{url} {lang} {text}");
        }
    }

    #[test]
    fn the_place_beside_a_number_comes_first() {
        let url = Url::parse("https://acme.co.uk/").unwrap();
        let context = Context { url: Some(&url), ..Context::default() };
        let text = "France: 01 99 00 12 34";
        let regions = Regions::of_text(text, &context);
        let ids: Vec<_> = regions.plans_at(8).iter().map(|(p, _)| p.id()).collect();
        assert_eq!(ids, ["FR", "GB"]);
    }
}
