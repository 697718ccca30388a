//! What a source says of itself before it is asked: what it is sent, what it needs, how far it is to be trusted.
//!
//! All of it is shown to the user before the first use (nothing leaves the machine silently), so the words are for them.

use std::time::Duration;

use ladder::SourceKind;

/// What kind of source it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Tells who is meant by a name.
    Identity,
    /// A register that a state or the trade keeps.
    Register,
    /// A file that the company puts on its own host for programs.
    OwnFile,
    /// A map or a list of places.
    Place,
    /// A search engine.
    Search,
    /// A social network.
    Social,
    /// A forum or community.
    Board,
    /// A site of reviews.
    Review,
}

impl Kind {
    /// Returns the identifier that is exported.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Register => "register",
            Self::OwnFile => "own_file",
            Self::Place => "place",
            Self::Search => "search",
            Self::Social => "social",
            Self::Board => "board",
            Self::Review => "review",
        }
    }
}

/// How far what a source says of contacts is to be trusted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Level {
    /// On the company's own domain, or filed by it with a regulator.
    A,
    /// A register or a curated file that names its own source.
    B,
    /// A profile on somebody else's site that the company has claimed.
    C,
    /// An open wiki, an unclaimed listing, the press: only beside a second witness.
    D,
    /// Posts, comments, snippets: a lead and no more.
    E,
}

impl Level {
    /// Returns its letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
        }
    }

    /// Returns what it means, in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::A => "the company's own word, on its domain or filed with a regulator",
            Self::B => "a register, or a curated file that names its source",
            Self::C => "a profile that the company has claimed",
            Self::D => "an open listing: shown only where a second witness agrees",
            Self::E => "written by users: a lead, never shown alone",
        }
    }

    /// Returns the kind of witness that it makes: what a register holds of what a company filed is the register's word.
    #[must_use]
    pub const fn witness(self) -> SourceKind {
        match self {
            Self::A | Self::B => SourceKind::Register,
            Self::C => SourceKind::ClaimedProfile,
            Self::D => SourceKind::Listing,
            Self::E => SourceKind::Post,
        }
    }
}

/// What a source needs before it can be asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A key of the user's own.
    Key {
        /// Where one gets it, and what it costs.
        from: &'static str,
        /// What is to be given, where it is more than the key alone: `CLIENT_ID:SECRET`.
        form: Option<&'static str>,
    },
    /// An instance of the user's own, or one that the user names.
    Instance {
        /// Its usual address.
        usual: &'static str,
    },
    /// A mail address by which the operator can reach whoever runs the program.
    Contact,
}

impl Needs {
    /// Returns it in words; `None` where nothing is needed.
    #[must_use]
    pub fn in_words(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Key { from, form: None } => Some(format!("your own key: {from}")),
            Self::Key { from, form: Some(form) } => Some(format!("your own key, as {form}: {from}")),
            Self::Instance { usual } => Some(format!("the address of an instance, such as {usual}")),
            Self::Contact => Some("your mail address in UPSTAIRS_CONTACT, as its terms ask".to_owned()),
        }
    }
}

/// What must be known of the company before the source can be asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wants {
    /// Its name.
    Name,
    /// The domain it is known by.
    Domain,
    /// A profile on a network, or a board of its own, that its pages or a register name.
    Profile,
}

/// Whether the source's answers were seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Seen {
    /// Recorded answers were at hand, and the reading is tested with them.
    Recorded,
    /// None was: written from the documentation, never seen live.
    Never,
}

/// What a source says of itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About {
    /// Its stable id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What kind it is.
    pub kind: Kind,
    /// Where it is asked; empty where that depends on the company or on the user.
    pub base: &'static str,
    /// What it is sent, in words.
    pub sends: &'static str,
    /// What it gives, in words.
    pub gives: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// What must be known of the company.
    pub wants: Wants,
    /// How far its contacts are to be trusted, at best.
    pub level: Level,
    /// Its terms, in short.
    pub terms: &'static str,
    /// The countries of the companies it knows, as ISO 3166-1 codes; empty for all.
    pub countries: &'static [&'static str],
    /// How long it may take in all.
    pub budget: Duration,
    /// The least pause between two calls.
    pub pause: Duration,
    /// For how many days an answer is kept and not asked for again.
    pub keep_days: i64,
    /// Whether its answers were seen.
    pub seen: Seen,
}

impl About {
    /// Where a source starts from: a public one that needs nothing and is asked by name; the rest is set by each.
    pub const USUAL: Self = Self {
        id: "",
        name: "",
        kind: Kind::Register,
        base: "",
        sends: "the company's name",
        gives: "",
        needs: Needs::Nothing,
        wants: Wants::Name,
        level: Level::B,
        terms: "",
        countries: &[],
        budget: Duration::from_secs(12),
        pause: Duration::from_secs(1),
        keep_days: 7,
        seen: Seen::Never,
    };

    /// Returns whether what it tells of a company's site counts: it is there to tell who is meant, or a register.
    #[must_use]
    pub const fn tells_sites(&self) -> bool {
        matches!(self.kind, Kind::Identity | Kind::Register)
    }

    /// Returns whether it knows companies of a country; one that is not known may be any.
    #[must_use]
    pub fn serves(&self, country: Option<&str>) -> bool {
        self.countries.is_empty() || country.is_none_or(|country| self.countries.contains(&country))
    }
}
