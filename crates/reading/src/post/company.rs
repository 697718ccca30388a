//! The company that a post is about, and whose a domain, a handle or a name is.
//!
//! A domain is the company's where its label is made of the words of the company's name; where it has more words beside
//! the name (`brand-refund-desk`), or letters that only look like the name (`Brand` with a 1 for an l), it is a look-alike.

use crate::window::clip;

/// Whose a domain or handle is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// The company's own.
    Own,
    /// It bears the company's name with something beside it, or letters that look like it.
    LookAlike,
    /// Somebody else's.
    Other,
}

/// Words that many names have: alone they name nobody.
const GENERIC: &[&str] = &[
    "the",
    "and",
    "of",
    "de",
    "la",
    "le",
    "les",
    "der",
    "die",
    "das",
    "und",
    "et",
    "y",
    "e",
    "en",
    "van",
    "airlines",
    "airline",
    "airways",
    "air",
    "bank",
    "banque",
    "banco",
    "banca",
    "water",
    "energy",
    "energie",
    "energia",
    "energía",
    "power",
    "gas",
    "electric",
    "telecom",
    "mobile",
    "móvil",
    "mobil",
    "wireless",
    "broadband",
    "internet",
    "cable",
    "insurance",
    "assurance",
    "assurances",
    "versicherung",
    "seguros",
    "verzekeringen",
    "assicurazioni",
    "health",
    "care",
    "group",
    "gruppe",
    "groupe",
    "grupo",
    "gruppo",
    "ltd",
    "limited",
    "inc",
    "llc",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "spa",
    "bv",
    "corp",
    "company",
    "co",
    "services",
    "service",
    "homes",
    "apartments",
    "games",
    "gyms",
    "gym",
    "printers",
    "carpets",
    "kitchens",
    "appliances",
    "parcels",
    "marketplace",
    "travel",
    "voyages",
    "viajes",
    "reisen",
    "hotels",
    "hotel",
    "trains",
    "rail",
    "railways",
    "bahnlinie",
    "strom",
    "mutual",
    "building",
    "society",
    "credit",
    "card",
    "cards",
    "online",
    "shop",
    "store",
    "stores",
    "direct",
    "uk",
    "usa",
    "us",
    "life",
    "home",
    "southern",
    "northern",
    "western",
    "eastern",
    "first",
    "new",
    "logistics",
    "delivery",
    "express",
    "solutions",
    "systems",
    "motors",
    "parking",
    "storage",
    "loans",
    "exchange",
    "cars",
    "auto",
    "foods",
    "supermarkets",
];

/// Words that firms put beside their name in a domain of their own.
const OWN_SUFFIXES: &[&str] = &[
    "", "group", "online", "uk", "usa", "us", "hq", "inc", "ltd", "plc", "bank", "air", "app", "global",
    "corp", "co", "de", "fr", "es", "it", "nl", "eu", "ca", "au", "energy", "mobile", "official",
];

/// The company that a post is about.
#[derive(Clone, Debug, Default)]
pub struct Company {
    /// Its name as given, lower case.
    pub name: String,
    /// All words of the name.
    words: Vec<String>,
    /// Those that name it and no other.
    telling: Vec<String>,
    /// The same name with `oe` for `ö`, where that differs.
    spelt: Option<Box<Company>>,
}

/// Words of a name that tell a trade and are cut short in domains, as folded.
const TRADES: [&str; 9] = [
    "stadtwerke",
    "gemeindewerke",
    "volksbank",
    "sparkasse",
    "kreissparkasse",
    "universitat",
    "university",
    "wohnungsbau",
    "verkehrsbetriebe",
];

impl Company {
    /// Takes a company by its name; an empty name is nobody.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let name = clip(name, 200).to_lowercase().replace('&', " and ");
        let words: Vec<String> =
            name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fold).collect();
        let mut telling: Vec<String> = words
            .iter()
            .filter(|w| w.chars().count() >= 3 && !GENERIC.contains(&w.as_str()))
            .cloned()
            .collect();
        if telling.is_empty() {
            telling = words.iter().filter(|w| w.chars().count() >= 3).cloned().collect();
        }
        let plain = name.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        let spelt = (plain != name).then(|| Box::new(Self::named(&plain)));
        Self { name, words, telling, spelt }
    }

    /// Returns whether anything is known of it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.telling.is_empty()
    }

    /// Returns whether a text names it.
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        let folded = fold(text.to_lowercase());
        self.telling.iter().any(|word| folded.contains(word.as_str()))
    }

    /// Returns whether a name holds nothing but words of the company's name and words that `also` takes.
    #[must_use]
    pub fn is_only_named_in(&self, name: &str, also: fn(&str) -> bool) -> bool {
        name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|word| {
            let folded = fold(word.to_lowercase());
            self.words.iter().any(|w| *w == folded || folded.contains(w.as_str()) && w.len() >= 4)
                || also(word)
                || GENERIC.contains(&folded.as_str())
        })
    }

    /// Returns how often a text names it.
    #[must_use]
    pub fn times_in(&self, text: &str) -> usize {
        let folded = fold(text.to_lowercase());
        self.telling.first().map_or(0, |word| folded.matches(word.as_str()).count())
    }

    /// Returns the first of its telling words.
    #[must_use]
    pub fn first_word(&self) -> Option<&str> {
        self.telling.first().map(String::as_str)
    }

    /// Tells whose a host is.
    #[must_use]
    pub fn owner_of_host(&self, host: &str) -> Owner {
        let host = host.to_lowercase();
        let host = host.trim_end_matches('.');
        // The registrable domain: what stands before its public suffix and one label.
        let domain = psl::domain_str(host).unwrap_or(host);
        let label = domain.split('.').next().unwrap_or_default();
        let owner = self.owner_of_label(label);
        let above = host.strip_suffix(domain).unwrap_or_default();
        if owner == Owner::Other
            && above
                .split(['.', '-'])
                .any(|part| self.telling.iter().any(|w| fold(part).contains(w.as_str())))
        {
            return Owner::LookAlike;
        }
        owner
    }

    /// Tells whose one label of a domain, or a handle, is.
    #[must_use]
    pub fn owner_of_label(&self, label: &str) -> Owner {
        if self.telling.is_empty() {
            return Owner::Other;
        }
        // A domain without marks: `moewe` for Möwe.
        if let Some(spelt) = &self.spelt
            && spelt.owner_of_label(label) == Owner::Own
        {
            return Owner::Own;
        }
        let lower = label.to_lowercase();
        let bare: String = fold(&lower).chars().filter(|c| c.is_alphanumeric()).collect();
        if self.made_of_name(&bare) {
            return Owner::Own;
        }
        if self.shortened(&lower) {
            return Owner::Own;
        }
        let confused = confuse(&bare);
        if confused != bare && self.made_of_name(&confused)
            || self.telling.iter().any(|w| {
                w.chars().count() >= 5 && confused.contains(w.as_str()) && !bare.contains(w.as_str())
            })
        {
            return Owner::LookAlike;
        }
        // A part that is drawn like a word of the name: `brandIey-help`.
        let drawn = lower.split(|c: char| !c.is_alphanumeric()).any(|part| {
            self.telling.iter().any(|w| {
                w.chars().count() >= 5
                    && !fold(part).contains(w.as_str())
                    && skeleton(&fold(part)).contains(&skeleton(w))
            })
        });
        let parts_near = lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|part| self.telling.iter().any(|w| w.chars().count() >= 6 && one_off(&fold(part), w)));
        if drawn || parts_near {
            return Owner::LookAlike;
        }
        let holds = self.telling.iter().any(|w| w.chars().count() >= 4 && bare.contains(w.as_str()));
        let near = self.telling.iter().any(|w| w.chars().count() >= 6 && one_off(&bare, w));
        if holds || near { Owner::LookAlike } else { Owner::Other }
    }

    /// Tells whose an account on a network is: support names beside the brand are ordinary there.
    #[must_use]
    pub fn owner_of_handle(&self, handle: &str) -> Owner {
        const DESKS: &[&str] = &[
            "help",
            "helps",
            "helpt",
            "hulp",
            "hilfe",
            "webcare",
            "members",
            "cu",
            "care",
            "cares",
            "support",
            "service",
            "team",
            "uk",
            "us",
            "usa",
            "ie",
            "au",
            "nz",
            "ca",
            "in",
            "gb",
            "eu",
            "at",
            "ch",
            "be",
            "de",
            "fr",
            "es",
            "it",
            "nl",
            "official",
            "ayuda",
            "hilft",
            "aide",
            "air",
            "airways",
            "airlines",
            "bank",
            "app",
            "hq",
            "cs",
            "ask",
            "answers",
            "customercare",
            "customerservice",
            "helpdesk",
            "contact",
            "assist",
            "assistenza",
            "klantenservice",
            "webcare",
            "atencion",
            "clientes",
            "serviceclient",
            "conseil",
            "mobile",
            "energy",
            "water",
            "trains",
            "health",
            "online",
            "news",
            "status",
        ];
        match self.owner_of_label(handle) {
            Owner::LookAlike => {
                let bare: String =
                    fold(handle.to_lowercase()).chars().filter(|c| c.is_alphanumeric()).collect();
                let own = self.telling.iter().any(|w| {
                    let rest = bare.replacen(w.as_str(), "", 1);
                    rest.len() < bare.len()
                        && (self
                            .words
                            .iter()
                            .any(|w| rest.len() >= 2 && (w.starts_with(rest.as_str()) || is_cut(w, &rest)))
                            || DESKS.contains(&rest.as_str())
                            || DESKS.iter().any(|d| rest.strip_prefix(d).is_some_and(|r| DESKS.contains(&r))))
                });
                if own && !handle.ends_with('_') && !handle.contains("__") {
                    Owner::Own
                } else {
                    Owner::LookAlike
                }
            }
            owner => owner,
        }
    }

    /// Returns whether the parts of a label are the words of the name in their order, those of a trade cut short: `sw-blauental`
    /// for Stadtwerke Blauental. The words that tell must stand whole.
    fn shortened(&self, label: &str) -> bool {
        let parts: Vec<String> = label.split('-').map(fold).collect();
        if parts.len() < 2 || parts.len() > self.words.len() {
            return false;
        }
        let mut words = self.words.iter();
        let fits = parts.iter().all(|part| {
            words.next().is_some_and(|word| {
                word == part
                    || (!self.telling.contains(word) || TRADES.contains(&word.as_str())) && is_cut(word, part)
            })
        });
        fits && self.telling.last().is_some_and(|last| parts.contains(last))
    }

    /// Returns whether a label is made of words of the name in their order, with at most an ordinary word beside.
    fn made_of_name(&self, bare: &str) -> bool {
        for start in 0..self.words.len() {
            let mut joined = String::new();
            let mut tells = false;
            for word in &self.words[start..] {
                joined.push_str(word);
                tells |= self.telling.contains(word);
                if !tells {
                    continue;
                }
                // `oaklinecu` for Oakline Credit Union.
                let next = joined_words(&self.words, start, &joined);
                let initials: String = self.words[next..].iter().filter_map(|w| w.chars().next()).collect();
                if initials.len() >= 2 && bare.strip_prefix(joined.as_str()) == Some(initials.as_str()) {
                    return true;
                }
                if let Some(rest) = bare.strip_prefix(joined.as_str())
                    && (OWN_SUFFIXES.contains(&rest) || GENERIC.contains(&rest) && rest.len() > 2)
                {
                    return true;
                }
            }
        }
        // `stonebridgestorage` for Stonebridge Self Storage: words of the name in their order, some left out.
        if self.words.len() <= 8
            && self.telling.first().is_some_and(|first| bare.starts_with(first.as_str()))
            && of_words(bare, &self.words)
        {
            return true;
        }
        let initials: String = self
            .words
            .iter()
            .filter(|w| !matches!(w.as_str(), "and" | "of" | "the"))
            .filter_map(|w| w.chars().next())
            .collect();
        initials.len() >= 3 && bare == initials
    }
}

/// Returns whether a part is a word cut short: its first letter and some of those that follow, four at most.
fn is_cut(word: &str, part: &str) -> bool {
    let mut letters = word.chars();
    let short = part.len() < word.len() && word.chars().next() == part.chars().next();
    !part.is_empty() && part.len() <= 4 && short && part.chars().all(|c| letters.any(|l| l == c))
}

/// Returns whether a label is some of these words in their order, without a letter between.
fn of_words(bare: &str, words: &[String]) -> bool {
    bare.is_empty()
        || words.iter().enumerate().any(|(at, word)| {
            bare.strip_prefix(word.as_str()).is_some_and(|rest| of_words(rest, &words[at + 1..]))
        })
}

/// Returns the index of the word behind those that make `joined` from `start` on.
fn joined_words(words: &[String], start: usize, joined: &str) -> usize {
    let mut length = 0;
    let mut at = start;
    while at < words.len() && length < joined.len() {
        length += words[at].len();
        at += 1;
    }
    at
}

/// Takes marks off letters.
fn fold(text: impl AsRef<str>) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.as_ref().nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect::<String>().replace('ß', "ss")
}

/// Reads letters and digits that look like another letter as that letter.
fn confuse(bare: &str) -> String {
    let mut text = String::with_capacity(bare.len());
    for c in bare.chars() {
        text.push(match c {
            '0' | 'о' | 'ο' => 'o',
            '1' | '|' | 'і' | 'ı' => 'l',
            '3' | 'е' | 'ε' => 'e',
            '5' | 'ѕ' => 's',
            'а' | 'α' => 'a',
            'с' => 'c',
            'р' => 'p',
            'х' => 'x',
            'у' => 'y',
            '8' => 'b',
            c => c,
        });
    }
    text.replace("rn", "m").replace("vv", "w")
}

/// Reads all that is drawn as one upright stroke as one letter, beside what [`confuse`] does.
fn skeleton(word: &str) -> String {
    confuse(word).replace(['i', 'j'], "l")
}

/// Returns whether two words of one beginning differ by one letter put in, left out, changed or swapped.
fn one_off(a: &str, b: &str) -> bool {
    if a == b {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (a.len() - head - tail, b.len() - head - tail);
    rest_a <= 1 && rest_b <= 1
        || rest_a == 2 && rest_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]
}

/// Returns whether an author's name only looks like the company's: a capital I for an l, a digit for a letter.
#[must_use]
pub fn imitates(company: &Company, name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| {
        // A capital I inside of a word is no I.
        let inner: String =
            word.chars().enumerate().map(|(i, c)| if c == 'I' && i > 0 { 'l' } else { c }).collect();
        let plain = fold(word.to_lowercase());
        let seen = confuse(&fold(inner.to_lowercase()));
        company
            .telling
            .iter()
            .any(|w| w.chars().count() >= 5 && seen.contains(w.as_str()) && !plain.contains(w.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_of_the_name_is_own_and_one_beside_it_is_a_look_alike() {
        let company = Company::named("Southern Currawong Airlines");
        for (host, owner) in [
            ("currawong.example", Owner::Own),
            ("help.currawong.example", Owner::Own),
            ("southerncurrawong.example", Owner::Own),
            ("currawong-refund-desk.test", Owner::LookAlike),
            ("currawong.helpdesk-host.test", Owner::LookAlike),
            ("currawonq.example", Owner::LookAlike),
            ("getcurrawong.example", Owner::LookAlike),
            ("freemail.example", Owner::Other),
        ] {
            assert_eq!(company.owner_of_host(host), owner, "{host}");
        }
        assert_eq!(Company::named("Marlow & Tate").owner_of_host("marlowandtate.example"), Owner::Own);
        let works = Company::named("Stadtwerke Blauental");
        assert_eq!(works.owner_of_host("sw-blauental.example"), Owner::Own);
        assert_eq!(works.owner_of_host("konto-blauental.test"), Owner::LookAlike);
    }

    #[test]
    fn a_handle_with_a_digit_for_a_letter_is_a_look_alike() {
        let company = Company::named("Trotwell Parcels");
        assert_eq!(company.owner_of_handle("TrotwellHelp"), Owner::Own);
        assert_eq!(company.owner_of_handle("Trotwe11Help_"), Owner::LookAlike);
        assert_eq!(company.owner_of_handle("Trotwell_Care24"), Owner::LookAlike);
        assert_eq!(company.owner_of_handle("penny_post"), Owner::Other);
        assert!(imitates(&Company::named("Ledgerlume"), "LedgerIume_Support"));
        assert!(!imitates(&Company::named("Ledgerlume"), "Ledgerlume Support"));
    }
}
