//! Languages and countries, as addresses and links show them, and which of them are wanted.

use ladder::Country;
use url::Url;

use super::address;

/// Languages that sites name in their addresses.
const LANGUAGES: &[&str] = &[
    "en", "de", "fr", "es", "nl", "it", "pt", "pl", "sv", "da", "fi", "no", "nb", "cs", "sk", "hu", "ro",
    "bg", "el", "tr", "ru", "uk", "ar", "he", "zh", "ja", "ko", "hi", "th", "vi", "id", "ms", "ca", "eu",
    "gl", "hr", "sl", "sr", "lt", "lv", "et", "ga", "cy", "lb",
];

/// Names of languages as sites write them in addresses.
const NAMES: &[(&str, &str)] = &[
    ("english", "en"),
    ("deutsch", "de"),
    ("german", "de"),
    ("francais", "fr"),
    ("french", "fr"),
    ("espanol", "es"),
    ("spanish", "es"),
    ("nederlands", "nl"),
    ("dutch", "nl"),
    ("italiano", "it"),
    ("italian", "it"),
    ("portugues", "pt"),
    ("eng", "en"),
    ("ger", "de"),
    ("deu", "de"),
    ("fra", "fr"),
    ("esp", "es"),
    ("ita", "it"),
    ("nld", "nl"),
];

/// Languages by country, for those where customers are mostly answered in one of a few.
const SPOKEN: &[(&str, &[&str])] = &[
    ("DE", &["de"]),
    ("AT", &["de"]),
    ("LI", &["de"]),
    ("CH", &["de", "fr", "it"]),
    ("LU", &["fr", "de", "lb"]),
    ("FR", &["fr"]),
    ("MC", &["fr"]),
    ("BE", &["nl", "fr"]),
    ("NL", &["nl"]),
    ("ES", &["es", "ca"]),
    ("IT", &["it"]),
    ("SM", &["it"]),
    ("PT", &["pt"]),
    ("BR", &["pt"]),
    ("PL", &["pl"]),
    ("SE", &["sv"]),
    ("DK", &["da"]),
    ("FI", &["fi", "sv"]),
    ("NO", &["nb", "no"]),
    ("CA", &["en", "fr"]),
    ("CZ", &["cs"]),
    ("HU", &["hu"]),
    ("RO", &["ro"]),
    ("GR", &["el"]),
    ("TR", &["tr"]),
    ("JP", &["ja"]),
    ("KR", &["ko"]),
    ("CN", &["zh"]),
    ("MX", &["es"]),
    ("AR", &["es"]),
    ("CL", &["es"]),
    ("CO", &["es"]),
    ("PE", &["es"]),
    ("SN", &["fr"]),
    ("CI", &["fr"]),
    ("CM", &["fr", "en"]),
];

/// A language and country, as far as an address or link names them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Locale {
    /// The language, as an ISO 639-1 code.
    pub lang: Option<String>,
    /// The country.
    pub country: Option<Country>,
    /// Whether the address names nothing else: it is a front page.
    pub front: bool,
}

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// The country asked for.
    pub country: Option<Country>,
    /// Languages that will do, the best first; empty where any will.
    pub langs: Vec<String>,
}

impl Wanted {
    /// Makes what is wanted of the options, before any page was read.
    pub(super) fn new(country: Option<Country>, lang: Option<&str>) -> Self {
        let spoken = |country: Country| {
            let row = SPOKEN.iter().find(|(code, _)| *code == country.code());
            row.map_or_else(
                || vec!["en".to_owned()],
                |(_, langs)| langs.iter().map(|lang| (*lang).to_owned()).collect(),
            )
        };
        let langs = match lang {
            Some(lang) => vec![base(lang)],
            None => country.map(spoken).unwrap_or_default(),
        };
        Self { country, langs }
    }

    /// Takes the language of the start page, where none was asked for.
    pub(super) fn settle(&mut self, start: Option<&str>) {
        if let (true, Some(lang)) = (self.langs.is_empty(), start) {
            self.langs.push(base(lang));
        }
    }

    /// Returns how well a locale fits, as a factor, and whether it fits what was asked for on purpose.
    pub(super) fn fit(&self, locale: &Locale) -> f32 {
        let country = match (self.country, locale.country) {
            (Some(wanted), Some(country)) if wanted == country => 1.15,
            (Some(_), Some(_)) => 0.15,
            _ => 1.0,
        };
        let lang = match &locale.lang {
            Some(lang) if !self.langs.is_empty() && !self.langs.contains(lang) => 0.2,
            _ => 1.0,
        };
        country * lang
    }

    /// Returns whether a locale names a country or language that is wanted, and none that is not.
    pub(super) fn meets(&self, locale: &Locale) -> bool {
        let named = locale.country.is_some() && locale.country == self.country
            || locale.country.is_none()
                && locale.lang.as_ref().is_some_and(|lang| self.langs.first() == Some(lang));
        named && self.fit(locale) >= 1.0
    }
}

/// Returns the language of a tag: `en` of `en-GB`.
fn base(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// Returns the language or country, or both, that a piece of an address names: `de`, `en-gb`, `uk`, `deutsch`.
fn named(text: &str) -> Option<Locale> {
    let text = text.to_lowercase();
    if let Some((_, lang)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(Locale { lang: Some((*lang).to_owned()), ..Locale::default() });
    }
    let is_lang = |code: &str| LANGUAGES.contains(&code);
    match text.split_once(['-', '_']) {
        Some((a, b)) if a.len() == 2 && b.len() == 2 => {
            let (lang, country) = if is_lang(a) { (a, b) } else { (b, a) };
            let country = Country::parse(country).ok()?;
            is_lang(lang).then(|| Locale {
                lang: Some(lang.to_owned()),
                country: Some(country),
                front: false,
            })
        }
        None if matches!(
            text.as_str(),
            "uk" | "us" | "usa" | "gb" | "au" | "nz" | "ie" | "at" | "ch" | "be" | "in" | "sg" | "za"
        ) =>
        {
            let country = Country::parse(if text == "usa" { "US" } else { &text }).ok()?;
            Some(Locale { country: Some(country), ..Locale::default() })
        }
        // `ca` alone is Canada as often as Catalan: it says nothing.
        None if text.len() == 2 && is_lang(&text) && text != "ca" => {
            Some(Locale { lang: Some(text), ..Locale::default() })
        }
        _ => None,
    }
}

/// Returns what an address says of language and country: in its first folders, its host, or a `lang` parameter.
pub(super) fn of(url: &Url, subdomain: &str) -> Option<Locale> {
    let segments = address::segments(url);
    let mut locale = Locale::default();
    let mut take = |found: Locale| {
        locale.lang = locale.lang.take().or(found.lang);
        locale.country = locale.country.or(found.country);
    };
    let mut used = 0;
    for segment in segments.iter().take(2) {
        let Some(found) =
            named(segment.trim_end_matches(".html").trim_end_matches(".htm").trim_end_matches(".php"))
        else {
            break;
        };
        take(found);
        used += 1;
    }
    if let Some(found) = subdomain.split('.').next().and_then(named) {
        take(found);
    }
    let lang = url
        .query_pairs()
        .take(10)
        .find(|(name, _)| matches!(&**name, "lang" | "language" | "locale" | "l" | "hl" | "sprache"));
    if let Some(found) = lang.and_then(|(_, value)| named(&value)) {
        take(found);
    }
    let rest = segments.get(used..).unwrap_or_default();
    locale.front = rest.is_empty()
        || rest.len() == 1
            && matches!(address::words_of(&rest[0]).to_lowercase().as_str(), "index" | "home" | "default");
    (locale.lang.is_some() || locale.country.is_some()).then_some(locale)
}

/// Returns the language that a link names by `hreflang` or `lang`.
pub(super) fn of_tag(tag: &str) -> Option<Locale> {
    named(tag).filter(|locale| locale.lang.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> (Option<String>, Option<&'static str>, bool) {
        let url = Url::parse(&format!("https://{address}")).unwrap();
        let subdomain =
            url.host_str().unwrap().strip_suffix("acme.example").unwrap().trim_end_matches('.').to_owned();
        let locale = of(&url, &subdomain).unwrap_or_default();
        let country = locale.country.map(|country| {
            ["GB", "DE", "CH", "US"].into_iter().find(|code| *code == country.code()).unwrap_or("other")
        });
        (locale.lang, country, locale.front)
    }

    #[test]
    fn addresses_name_languages_and_countries() {
        let lang = |text: &str| Some(text.to_owned());
        assert_eq!(read("acme.example/de/kontakt"), (lang("de"), None, false));
        assert_eq!(read("acme.example/en-gb/"), (lang("en"), Some("GB"), true));
        assert_eq!(read("acme.example/uk/help"), (None, Some("GB"), false));
        assert_eq!(read("acme.example/ch/de/index.html"), (lang("de"), Some("CH"), true));
        assert_eq!(read("de.acme.example/kontakt"), (lang("de"), None, false));
        assert_eq!(read("acme.example/page?lang=de_DE"), (lang("de"), Some("DE"), false));
        assert_eq!(read("acme.example/contact"), (None, None, false));
        assert_eq!(read("acme.example/information/de"), (None, None, false));
    }

    #[test]
    fn the_country_asked_for_settles_which_pages_are_wanted() {
        let gb = Wanted::new(Country::parse("GB").ok(), None);
        assert!(gb.meets(&named("en-gb").unwrap()) && gb.meets(&named("uk").unwrap()));
        assert!(gb.fit(&named("en-us").unwrap()) < 0.5 && gb.fit(&named("de").unwrap()) < 0.5);
        let mut any = Wanted::new(None, None);
        assert!(any.fit(&named("fr").unwrap()) >= 1.0);
        any.settle(Some("de-AT"));
        assert!(any.fit(&named("fr").unwrap()) < 0.5 && any.fit(&named("de").unwrap()) >= 1.0);
        assert!(Wanted::new(Country::parse("CH").ok(), None).fit(&named("fr").unwrap()) >= 1.0);
    }
}
