//! Records: one row of the output, whether it is written as Parquet or as a line of JSON.
//!
//! There are three kinds: a page that was read, a contact that a page names, and a complaints procedure that a page
//! tells; merging makes a fourth of the pages of a site, the company. All carry the address of the page, the moment it was saved and the place in the archive, so each value
//! can be traced to its witness. A page without contacts has a record too: without it nobody could tell that a later
//! reading no longer names a number.

use ladder::{Access, Channel, Cost, Place, Sighted, SourceKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Row;
use store::record::Because;

/// The name and version of the schema.
pub const SCHEMA: &str = "upstairs.archive/1";

/// What a record tells.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A page was read.
    #[default]
    Page,
    /// A page names a way to reach someone.
    Contact,
    /// A page tells a complaints procedure.
    Policy,
    /// What the pages of one site say of the company, after merging.
    Company,
}

impl RecordKind {
    /// Returns the word that is stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Contact => "contact",
            Self::Policy => "policy",
            Self::Company => "company",
        }
    }

    /// Returns what a stored word means.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Page, Self::Contact, Self::Policy, Self::Company].into_iter().find(|kind| kind.id() == id)
    }
}

/// How the name of a company was found on a page.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    /// Its structured data say so.
    Data,
    /// A part of its title is like its domain.
    Title,
}

impl NamedBy {
    /// Returns the word that is stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Title => "title",
        }
    }

    /// Returns what a stored word means.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Data, Self::Title].into_iter().find(|by| by.id() == id)
    }
}

/// One row.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct Record {
    /// `page`, `contact`, `policy`, or after merging `company`.
    pub record: RecordKind,
    /// The registrable domain of the page, by which a company is one; the host where it has none.
    pub site: String,
    /// The address of the page.
    pub url: String,
    /// When the page was saved: `WARC-Date`, RFC 3339 in UTC.
    pub seen: String,
    /// `own_site` for a page, `own_document` for a PDF.
    pub kind: SourceKind,
    /// The name of the archive's file, without its folder.
    pub archive: String,
    /// Where in the archive the record begins: an offset in packed bytes.
    pub offset: i64,
    /// Page: its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Page: its language, ISO 639-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Page and company: the name, where a page shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Page and company: how that name was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named_by: Option<NamedBy>,
    /// Page and company: the legal name in structured data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// Page and company: the number in a register in structured data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register_number: Option<String>,
    /// Contact: how it is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Contact: what to dial, write to or open, normalised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Contact: its rung, or `off_ladder`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rung: Option<String>,
    /// Contact: the other body or firm whose it is; absent for the company's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Contact: what the page calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Contact: the person published with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Contact: that person's title, or the team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Contact: when it is open, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Contact: languages served, ISO 639-1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Contact: what a call costs by the kind of number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Contact: what the page says of the cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_note: Option<String>,
    /// Contact: digits to dial after the number answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// Contact: what must be done first to get in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// Contact: the matters listed for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Contact: what a reader should know before using it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Contact: where on the page it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Contact: why it is on its rung, a JSON array of `{"id","rung","words"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Contact: the words around it, as published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Policy: stages, clocks and outside bodies, each with its quote, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Policy: how many stages it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stages: Option<i64>,
    /// Policy: how many outside bodies it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bodies: Option<i64>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            record: RecordKind::Page,
            site: String::new(),
            url: String::new(),
            seen: String::new(),
            kind: SourceKind::OwnSite,
            archive: String::new(),
            offset: 0,
            title: None,
            lang: None,
            name: None,
            named_by: None,
            legal_name: None,
            register_number: None,
            channel: None,
            value: None,
            rung: None,
            party: None,
            label: None,
            person: None,
            role: None,
            hours: None,
            languages: Vec::new(),
            cost: None,
            cost_note: None,
            extension: None,
            access: None,
            topics: Vec::new(),
            notes: Vec::new(),
            place: None,
            because: None,
            quote: None,
            policy: None,
            stages: None,
            bodies: None,
        }
    }
}

impl Record {
    /// Makes the record of a contact. `archive` and `offset` say where in which archive its page lies.
    #[must_use]
    pub fn of_contact(sighted: &Sighted, archive: &str, offset: i64) -> Self {
        let row = Row::of(sighted);
        let because =
            (!row.because.is_empty()).then(|| serde_json::to_string(&row.because).unwrap_or_default());
        Self {
            record: RecordKind::Contact,
            site: row.site,
            url: row.url,
            seen: row.seen,
            kind: row.kind,
            archive: archive.to_owned(),
            offset,
            channel: Some(row.channel),
            value: Some(row.value),
            rung: row.rung,
            party: row.party,
            label: row.label,
            person: row.person,
            role: row.title,
            hours: row.hours,
            languages: row.languages,
            cost: row.cost,
            cost_note: row.cost_note,
            extension: row.extension,
            access: row.access,
            topics: row.topics,
            notes: row.notes,
            place: Some(row.place),
            because,
            quote: Some(row.quote),
            ..Self::default()
        }
    }

    /// Returns the sighting that a record of a contact holds, in the form that the directory keeps; `None` for another
    /// kind of record, or one without channel, value or words.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        if self.record != RecordKind::Contact {
            return None;
        }
        let because: Vec<Because> =
            self.because.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let quote = self.quote.clone().filter(|quote| !quote.trim().is_empty())?;
        Some(Row {
            channel: self.channel?,
            value: self.value.clone()?,
            rung: self.rung.clone(),
            party: self.party.clone(),
            label: self.label.clone(),
            person: self.person.clone(),
            title: self.role.clone(),
            hours: self.hours.clone(),
            languages: self.languages.clone(),
            cost: self.cost,
            cost_note: self.cost_note.clone(),
            extension: self.extension.clone(),
            access: self.access,
            topics: self.topics.clone(),
            notes: self.notes.clone(),
            place: self.place.unwrap_or_default(),
            because,
            quote,
            url: self.url.clone(),
            kind: self.kind,
            site: self.site.clone(),
            seen: self.seen.clone(),
            stated: None,
        })
    }
}
