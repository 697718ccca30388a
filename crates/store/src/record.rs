//! Records: a company and what was seen of how to reach it, in the form that is stored, exported and imported.
//!
//! A [`Row`] is one sighting with its source, so the ladder can be weighed anew whenever it is asked for: with another
//! topic, on another day, beside other witnesses. Records come from files as well, so every text of them is bounded.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex};

use ladder::{Access, Channel, Cost, Party, Place, Policy, Reach, Rung, Sighted, Sighting, Signal, Source, SourceKind};
use serde::{Deserialize, Serialize};

use crate::names;

/// The longest text of a record, in bytes; a longer one is cut.
const LONGEST: usize = 2_000;
/// The most items of a list in a record.
const MOST: usize = 200;

/// A company, as far as it is known.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Company {
    /// A readable key, such as `united-airlines`.
    pub id: String,
    /// The name it goes by.
    pub name: String,
    /// Its legal name, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// Other names: brands, short and former ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The group that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its country, ISO 3166-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Its trade, in the words of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// Where its site starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// The domains that are its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Who supervises it, in the ids of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regulators: Vec<String>,
    /// The order of steps that the source advises.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    /// Its number in a register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register_number: Option<String>,
    /// The line that must be shown with its contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Where the record came from, where that is a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

impl Company {
    /// Returns the key under which a company is one: its first domain, else its name folded.
    #[must_use]
    pub fn key(&self) -> String {
        match self.domains.first() {
            Some(domain) => domain.clone(),
            None => names::slug(&self.name),
        }
    }

    /// Returns whether a host is one of its domains or lies under one.
    #[must_use]
    pub fn owns(&self, host: &str) -> bool {
        self.domains.iter().any(|domain| names::lies_under(host, domain))
    }

    /// Adds what another record knows besides.
    pub fn join(&mut self, other: &Self) {
        let join = |own: &mut Option<String>, other: &Option<String>| {
            if own.is_none() {
                own.clone_from(other);
            }
        };
        join(&mut self.legal_name, &other.legal_name);
        join(&mut self.parent, &other.parent);
        join(&mut self.country, &other.country);
        join(&mut self.sector, &other.sector);
        join(&mut self.website, &other.website);
        join(&mut self.register_number, &other.register_number);
        join(&mut self.credit, &other.credit);
        join(&mut self.origin, &other.origin);
        for (own, other) in [
            (&mut self.aliases, &other.aliases),
            (&mut self.domains, &other.domains),
            (&mut self.regulators, &other.regulators),
        ] {
            for one in other {
                if !own.contains(one) {
                    own.push(one.clone());
                }
            }
        }
        if self.order.is_empty() {
            self.order.clone_from(&other.order);
        }
        if names::fold(&other.name) != names::fold(&self.name) && !self.aliases.contains(&other.name) {
            self.aliases.push(other.name.clone());
        }
    }

    /// Cuts what is too long.
    pub fn bound(&mut self) {
        for text in [&mut self.id, &mut self.name].into_iter().chain(
            [
                &mut self.legal_name,
                &mut self.parent,
                &mut self.country,
                &mut self.sector,
                &mut self.website,
                &mut self.register_number,
                &mut self.credit,
                &mut self.origin,
            ]
            .into_iter()
            .flatten(),
        ) {
            cut(text);
        }
        for list in [&mut self.aliases, &mut self.domains, &mut self.regulators, &mut self.order] {
            list.truncate(MOST);
            list.iter_mut().for_each(cut);
        }
        for domain in &mut self.domains {
            *domain = domain.to_lowercase();
        }
    }
}

/// A company with everything that was seen of how to reach it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Entry {
    /// The company.
    #[serde(flatten)]
    pub company: Company,
    /// What was seen, one row a sighting.
    pub contacts: Vec<Row>,
    /// Its own complaints procedure, where one was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// When its own pages were last read, RFC 3339 in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
}

/// Why a sighting is on its rung.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Because {
    /// The id of the signal.
    pub id: String,
    /// The rung that it speaks for, or `off_ladder`.
    pub rung: String,
    /// The words that set it off.
    pub words: String,
}

/// One sighting with its source.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// How it is reached.
    pub channel: Channel,
    /// What to dial, write to or open.
    pub value: String,
    /// Its rung, or `off_ladder`; absent where nobody has named it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<String>,
    /// The other body or firm whose it is; absent for the company's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// What the source calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The person published with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// That person's title, or the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it is open, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Languages served, ISO 639-1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What a call costs by the kind of number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// What the source says of the cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_note: Option<String>,
    /// Digits to dial after the number answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// What must be done first to get in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// The matters that the source lists for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// What a reader should know before using it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Where on the page it stands.
    #[serde(default)]
    pub place: Place,
    /// Why it is on its rung.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
    /// The words around it, as published.
    pub quote: String,
    /// The address of the page, or who told it.
    pub url: String,
    /// What kind of place that is.
    pub kind: SourceKind,
    /// The registrable domain or other name by which independence is judged.
    pub site: String,
    /// When it was read there, RFC 3339 in UTC.
    pub seen: String,
    /// When the source says it was written or checked, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<String>,
}

impl Row {
    /// Makes the record of a sighting.
    #[must_use]
    pub fn of(sighted: &Sighted) -> Self {
        let Sighted { sighting, source } = sighted;
        let mut row = Self {
            channel: sighting.reach.channel(),
            value: sighting.reach.value().to_owned(),
            rung: Some(ladder::rung::spelled(sighting.rung).to_owned()),
            party: if let Party::Other(name) = &sighting.party { Some(name.clone()) } else { None },
            label: sighting.label.clone(),
            person: sighting.person.clone(),
            title: sighting.title.clone(),
            hours: sighting.hours.clone(),
            languages: sighting.languages.clone(),
            cost: sighting.cost,
            cost_note: sighting.cost_note.clone(),
            extension: sighting.extension.clone(),
            access: sighting.access,
            topics: sighting.topics.clone(),
            notes: sighting.notes.clone(),
            place: sighting.place,
            because: sighting
                .signals
                .iter()
                .map(|signal| Because {
                    id: signal.id.to_owned(),
                    rung: ladder::rung::spelled(signal.rung).to_owned(),
                    words: signal.words.clone(),
                })
                .collect(),
            quote: sighting.quote.clone(),
            url: source.url.clone(),
            kind: source.kind,
            site: source.site.clone(),
            seen: source.seen.clone(),
            stated: source.stated.clone(),
        };
        row.bound();
        row
    }

    /// Returns channel and value, checked.
    ///
    /// # Errors
    ///
    /// [`ladder::ValueError`] where the value does not fit the channel.
    pub fn reach(&self) -> Result<Reach, ladder::ValueError> {
        Reach::parse(self.channel, &self.value)
            .or_else(|error| Reach::printed(self.channel, &self.value).map_err(|_| error))
    }

    /// Returns the sighting that the record holds.
    ///
    /// # Errors
    ///
    /// [`ladder::ValueError`] where the value does not fit the channel, or nothing supports it.
    pub fn sighted(&self) -> Result<Sighted, ladder::ValueError> {
        if self.quote.trim().is_empty() {
            return Err(ladder::ValueError::Empty);
        }
        let mut sighting = Sighting::new(self.reach()?, self.quote.clone());
        sighting.rung = match self.rung.as_deref() {
            None => Some(Rung::FrontLine),
            Some(id) => Rung::from_id(id),
        };
        sighting.party = self.party.clone().map_or(Party::Company, Party::Other);
        sighting.label.clone_from(&self.label);
        sighting.person.clone_from(&self.person);
        sighting.title.clone_from(&self.title);
        sighting.hours.clone_from(&self.hours);
        sighting.languages.clone_from(&self.languages);
        sighting.cost = self.cost;
        sighting.cost_note.clone_from(&self.cost_note);
        sighting.extension.clone_from(&self.extension);
        sighting.access = self.access;
        sighting.topics.clone_from(&self.topics);
        sighting.notes.clone_from(&self.notes);
        sighting.place = self.place;
        sighting.signals = self
            .because
            .iter()
            .map(|because| Signal {
                id: interned(&because.id),
                rung: Rung::from_id(&because.rung),
                words: because.words.clone(),
            })
            .collect();
        let source = Source {
            url: self.url.clone(),
            kind: self.kind,
            site: self.site.clone(),
            seen: self.seen.clone(),
            stated: self.stated.clone(),
        };
        Ok(Sighted { sighting, source })
    }

    /// Cuts what is too long.
    pub fn bound(&mut self) {
        for text in [&mut self.value, &mut self.quote, &mut self.url, &mut self.site, &mut self.seen] {
            cut(text);
        }
        for text in [
            &mut self.rung,
            &mut self.party,
            &mut self.label,
            &mut self.person,
            &mut self.title,
            &mut self.hours,
            &mut self.cost_note,
            &mut self.extension,
            &mut self.stated,
        ]
        .into_iter()
        .flatten()
        {
            cut(text);
        }
        for list in [&mut self.languages, &mut self.topics, &mut self.notes] {
            list.truncate(MOST);
            list.iter_mut().for_each(cut);
        }
        self.because.truncate(MOST);
        for because in &mut self.because {
            for text in [&mut because.id, &mut because.rung, &mut because.words] {
                cut(text);
            }
        }
    }
}

/// Cuts a text at the bound, at the edge of a character.
fn cut(text: &mut String) {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
    }
}

/// The ids of signals that came from records. Those of the program are few; a file cannot add more than a bounded number.
static IDS: LazyLock<Mutex<BTreeSet<&'static str>>> = LazyLock::new(Mutex::default);

/// Returns an id that lives as long as the program; `kept` where a file brings too many.
fn interned(id: &str) -> &'static str {
    const FEW: usize = 512;
    let Ok(mut ids) = IDS.lock() else { return "kept" };
    if let Some(known) = ids.get(id) {
        return known;
    }
    if ids.len() >= FEW || id.len() > 64 {
        return "kept";
    }
    let known: &'static str = Box::leak(id.to_owned().into_boxed_str());
    ids.insert(known);
    known
}
