//! What a source answers, and why it did not.
//!
//! A refusal is not an empty answer: the reader of a ladder must be able to tell "nothing is known" from "they would not
//! say". So each way of not answering is a variant of [`Trouble`] with its own word.

use std::time::Duration;

use ladder::{Country, Finding, Source};

/// The numbers by which registers know a company.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Ids {
    /// The item of Wikidata, such as `Q42`.
    pub wikidata: Option<String>,
    /// The legal entity identifier (ISO 17442).
    pub lei: Option<String>,
    /// The number at Companies House, eight characters.
    pub companies_house: Option<String>,
    /// The central index key of the SEC, without leading zeros.
    pub cik: Option<String>,
    /// The firm reference number of the FCA.
    pub frn: Option<String>,
}

impl Ids {
    /// Returns whether the two share a number.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        same(&self.wikidata, &other.wikidata)
            || same(&self.lei, &other.lei)
            || same(&self.companies_house, &other.companies_house)
            || same(&self.cik, &other.cik)
            || same(&self.frn, &other.frn)
    }

    /// Returns whether the two have different numbers in one register.
    #[must_use]
    pub fn clashes(&self, other: &Self) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        differ(&self.wikidata, &other.wikidata)
            || differ(&self.lei, &other.lei)
            || differ(&self.companies_house, &other.companies_house)
            || differ(&self.cik, &other.cik)
            || differ(&self.frn, &other.frn)
    }

    /// Takes over the numbers that it does not have.
    pub fn join(&mut self, other: &Self) {
        let fill = |mine: &mut Option<String>, theirs: &Option<String>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        fill(&mut self.wikidata, &other.wikidata);
        fill(&mut self.lei, &other.lei);
        fill(&mut self.companies_house, &other.companies_house);
        fill(&mut self.cik, &other.cik);
        fill(&mut self.frn, &other.frn);
    }

    /// Returns the number that a reader knows a company by, with its register.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let named = [
            ("Companies House", &self.companies_house),
            ("FCA", &self.frn),
            ("SEC CIK", &self.cik),
            ("LEI", &self.lei),
            ("Wikidata", &self.wikidata),
        ];
        named.iter().find_map(|(register, number)| number.as_ref().map(|n| format!("{register} {n}")))
    }
}

/// A person whom a register names in an office of the company.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Officer {
    /// The name, as one writes it on a letter.
    pub name: String,
    /// The office.
    pub role: String,
    /// Since when, as an ISO 8601 date.
    pub since: Option<String>,
}

/// A company as a source knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its name there.
    pub name: String,
    /// Its legal name, where it differs.
    pub legal_name: Option<String>,
    /// What else it is or was called.
    pub aliases: Vec<String>,
    /// The registrable domains of its sites.
    pub domains: Vec<String>,
    /// Where its site starts.
    pub website: Option<String>,
    /// Its country.
    pub country: Option<Country>,
    /// Its numbers.
    pub ids: Ids,
    /// Profiles that the source calls its own, as web addresses.
    pub profiles: Vec<String>,
    /// The companies above it.
    pub parents: Vec<String>,
    /// Who is named in an office of it.
    pub officers: Vec<Officer>,
    /// What it is, in a few words.
    pub description: Option<String>,
    /// What is unusual about its entry: dissolved, lapsed.
    pub standing: Option<String>,
    /// The page on which a reader finds it.
    pub page: String,
}

/// What one source says of one company: who that is, and how to reach it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Whom it speaks of.
    pub record: Record,
    /// What it says, each with where it was read.
    pub found: Vec<(Source, Finding)>,
}

/// A result of a search engine.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hit {
    /// The page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The words that the engine shows of it, without markup.
    pub snippet: String,
    /// The query that found it.
    pub query: String,
}

/// A thread or page that users wrote, to be read as such.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Thread {
    /// Where it can be read.
    pub url: String,
    /// The answer of the site, as it came.
    pub body: Vec<u8>,
    /// When it was fetched, RFC 3339.
    pub fetched: String,
    /// Whether the board is the company's own: what its staff says there is then its word.
    pub own_board: bool,
}

/// What a source answers. All of it empty: it knows nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Companies that may be meant, the likeliest first, with what is said of each.
    pub told: Vec<Told>,
    /// Results of a search.
    pub hits: Vec<Hit>,
    /// What users wrote.
    pub threads: Vec<Thread>,
    /// Facts about the company that are no contacts, in plain words.
    pub facts: Vec<String>,
    /// What was left out and why, in plain words.
    pub notes: Vec<String>,
}

impl Answer {
    /// Returns whether it knows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told.is_empty() && self.hits.is_empty() && self.threads.is_empty() && self.facts.is_empty()
    }
}

/// Why a source did not answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Trouble {
    /// It would not: a block, a bot check, a login wall, a key that it does not take.
    #[error("refused: {0}")]
    Refused(String),
    /// It was asked too much.
    #[error("it asks to wait{}", .0.map_or(String::new(), |wait| format!(" {} s", wait.as_secs())))]
    Busy(Option<Duration>),
    /// Nothing came within its time budget.
    #[error("no answer within {} s", .0.as_secs())]
    Late(Duration),
    /// It could not be reached, or what it answered could not be read.
    #[error("{0}")]
    Failed(String),
    /// What it needs is not set.
    #[error("skipped: {0}")]
    Lacks(String),
    /// It has nothing to say of such a company.
    #[error("not asked: {0}")]
    NotFor(String),
}

impl Trouble {
    /// Returns the word for it that is exported.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Busy(_) => "busy",
            Self::Late(_) => "late",
            Self::Failed(_) => "failed",
            Self::Lacks(_) => "skipped",
            Self::NotFor(_) => "not_asked",
        }
    }
}
