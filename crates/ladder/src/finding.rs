//! Findings: what one reading of one document yields.
//!
//! A finding says nothing of when the document was read or how far it is to be trusted: whoever fetched it knows
//! that and makes a [`Source`](crate::witness::Source) of it; weighing joins the two into witnesses. Every sighting
//! is born with the words that it rests on, and nothing later may lose them.

use serde::{Deserialize, Serialize};

use crate::channel::Reach;
use crate::policy::Policy;
use crate::rung::Rung;

/// Whose contact it is.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub enum Party {
    /// The company that the document is about.
    #[default]
    Company,
    /// Another body or firm, by the name that the document gives it.
    Other(String),
}

impl Party {
    /// Returns `company`, or the name of the other party.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Company => "company",
            Self::Other(name) => name,
        }
    }

    /// Returns whether it is the company itself.
    #[must_use]
    pub const fn is_company(&self) -> bool {
        matches!(self, Self::Company)
    }
}

/// Where on a page something stands.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The body of the page.
    #[default]
    Main,
    /// Its header.
    Header,
    /// A menu.
    Nav,
    /// A side column.
    Aside,
    /// Its footer.
    Footer,
    /// Data embedded for machines: JSON-LD, microdata, a widget's settings.
    Data,
}

/// What a call costs, by the kind of number.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Free to the caller, at least from within the country.
    TollFree,
    /// At the rate of a call to an ordinary number.
    Standard,
    /// At the rate of a call to a mobile.
    Mobile,
    /// Shared between caller and company.
    Shared,
    /// More than an ordinary call.
    Premium,
}

/// What must be done first to get in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Nothing.
    Open,
    /// Sign in.
    Login,
    /// Prove that one is no program.
    Captcha,
    /// Only a person is served, and asks who is calling.
    HumanOnly,
}

impl Access {
    /// Returns it in a few words, where a reader needs them.
    #[must_use]
    pub const fn in_words(self) -> Option<&'static str> {
        match self {
            Self::Open | Self::HumanOnly => None,
            Self::Login => Some("sign-in needed"),
            Self::Captcha => Some("asks you to prove that you are not a robot"),
        }
    }
}

/// One reason why a sighting was put on its rung (or off the ladder).
#[derive(Clone, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Signal {
    /// The stable id of the signal, such as `heading-complaints`.
    pub id: &'static str,
    /// The rung that it speaks for; `None` speaks for no rung.
    pub rung: Option<Rung>,
    /// The words of the document that set it off.
    pub words: String,
}

/// A contact point as one document names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Channel and value.
    pub reach: Reach,
    /// Its rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// Whose it is.
    pub party: Party,
    /// What the document calls it: the label, row header or heading before it.
    pub label: Option<String>,
    /// The person named with it, in the role that the document publishes.
    pub person: Option<String>,
    /// That person's title, or the name of the team.
    pub title: Option<String>,
    /// When it is open, as printed.
    pub hours: Option<String>,
    /// Languages served, as ISO 639-1 codes where they could be told.
    pub languages: Vec<String>,
    /// What a call costs by the kind of number.
    pub cost: Option<Cost>,
    /// What the document itself says of the cost.
    pub cost_note: Option<String>,
    /// Digits to dial after the number answers.
    pub extension: Option<String>,
    /// What must be done first to get in, where the source says so.
    pub access: Option<Access>,
    /// The matters that the source lists for it, as ids of [`crate::topic::MATTERS`]; empty where it lists none.
    pub topics: Vec<String>,
    /// What a reader should know: text and link that disagree, and the like.
    pub notes: Vec<String>,
    /// Where on the page it stands.
    pub place: Place,
    /// Why it is on its rung.
    pub signals: Vec<Signal>,
    /// The words around it, as published. Never blank.
    pub quote: String,
}

impl Sighting {
    /// Makes a front-line sighting of the company; the rest is filled in by whoever knows more.
    #[must_use]
    pub fn new(reach: Reach, quote: impl Into<String>) -> Self {
        Self {
            reach,
            rung: Some(Rung::FrontLine),
            party: Party::Company,
            label: None,
            person: None,
            title: None,
            hours: None,
            languages: Vec::new(),
            cost: None,
            cost_note: None,
            extension: None,
            access: None,
            topics: Vec::new(),
            notes: Vec::new(),
            place: Place::Main,
            signals: Vec::new(),
            quote: quote.into(),
        }
    }
}

/// What a document says of the company itself.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CompanyFacts {
    /// The name it goes by, from structured data, title or imprint.
    pub name: Option<String>,
    /// The legal name, where it differs.
    pub legal_name: Option<String>,
    /// The number in a company register, as printed.
    pub register_number: Option<String>,
    /// Profiles that structured data calls the company's own (`sameAs`).
    pub same_as: Vec<String>,
    /// Words that tell the sector, from structured data types.
    pub kinds: Vec<String>,
}

/// What one reading of one document yields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    /// Contact points, in the order of the document.
    pub contacts: Vec<Sighting>,
    /// The complaints procedure, where the document holds one.
    pub policy: Option<Policy>,
    /// What it says of the company.
    pub company: CompanyFacts,
    /// What could not be read and why, in plain words.
    pub warnings: Vec<String>,
}
