//! What the user adds: a contact that a representative told, and what became of a contact when it was tried.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use ladder::guard::marks::SUSPECT;
use ladder::{Channel, Country, Place, Reach, Rung, SourceKind};
use reading::phone::{self, Regions};
use schemars::JsonSchema;
use serde::Serialize;
use store::directory::{Became, Mark};
use store::record::Because;
use store::{Company, Entry, Row, Settings, StoreError};

use super::{CandidateView, Known, Looked, look, shared};

/// A contact that somebody told the user.
#[derive(Clone, Debug)]
pub struct AddRequest {
    /// The company, as typed.
    pub company: String,
    /// The number, mailbox, web address or postal address.
    pub value: String,
    /// The channel, where the value does not tell it.
    pub channel: Option<Channel>,
    /// The rung; `None` where the user does not know.
    pub rung: Option<Rung>,
    /// Who told it, as the user puts it: `a supervisor on the phone`.
    pub told_by: String,
    /// On which day; today where it is not given.
    pub on: Option<Date>,
    /// What it was called.
    pub label: Option<String>,
    /// The country of the user: numbers are read as dialled there.
    pub country: Option<Country>,
    /// Where the user's own directory is.
    pub data: Option<PathBuf>,
}

/// What became of a contact.
#[derive(Clone, Debug)]
pub struct MarkRequest {
    /// The number, mailbox or address.
    pub value: String,
    /// The company, as typed.
    pub company: String,
    /// What happened.
    pub became: Became,
    /// On which day; today where it is not given.
    pub on: Option<Date>,
    /// What else to note.
    pub note: Option<String>,
    /// The country of the user.
    pub country: Option<Country>,
    /// Where the user's own directory is.
    pub data: Option<PathBuf>,
}

/// What was kept.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditAnswer {
    /// The company.
    pub company: String,
    /// The value, as it is kept.
    pub value: String,
    /// What was kept, in words.
    pub words: String,
    /// What to know.
    pub warnings: Vec<String>,
}

/// Why something could not be added.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The directory cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no place for a directory.
    #[error("there is no folder for your own directory")]
    NoPlace,
    /// Several companies may be meant.
    #[error("`{typed}` may be one of several: {names}", names = names(.candidates))]
    Unsure {
        /// What was typed.
        typed: String,
        /// Who may be meant.
        candidates: Vec<CandidateView>,
    },
    /// The company is not known.
    #[error("no company `{0}` is known")]
    Unknown(String),
    /// The value fits no channel.
    #[error("`{value}`: {why}")]
    Value {
        /// The value.
        value: String,
        /// What is wrong.
        why: String,
    },
    /// The company has no such contact.
    #[error("{company} has no contact `{value}` here")]
    NotThere {
        /// The company.
        company: String,
        /// The value.
        value: String,
    },
    /// The day is in the future.
    #[error("`{0}` is in the future")]
    Ahead(Date),
}

fn names(candidates: &[CandidateView]) -> String {
    candidates.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}

impl EditError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.hint().map(str::to_owned),
            Self::NoPlace => Some("name one with --data FOLDER or UPSTAIRS_DATA".to_owned()),
            Self::Unsure { .. } => Some("give the whole name or the domain".to_owned()),
            Self::Unknown(_) => Some("look with `upstairs directory search`, or give its domain".to_owned()),
            Self::Value { .. } => {
                Some("give a number with its country (+44 …), an e-mail address, a web address, or name the channel with --channel".to_owned())
            }
            Self::NotThere { .. } => {
                Some("`upstairs directory show COMPANY --all` lists what is known; `directory add` adds it".to_owned())
            }
            Self::Ahead(_) => Some("give the day on which it happened".to_owned()),
        }
    }
}

/// Reads what became of a contact, for a face that parses words.
///
/// # Errors
///
/// A text that lists what is known.
pub fn parse_became(text: &str) -> Result<Became, String> {
    Became::from_id(text)
        .ok_or_else(|| format!("`{text}` is not known: {}", Became::ALL.map(Became::id).join(", ")))
}

/// Reads a value, its channel told by its form where it is not given.
pub(super) fn reach(
    value: &str,
    channel: Option<Channel>,
    country: Option<Country>,
) -> Result<Reach, EditError> {
    let typed = value.trim();
    let refuse = |why: String| EditError::Value { value: value.to_owned(), why };
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
    if channel.is_none() && digits == 0 && !typed.contains(['@', '.', ' ', '/']) {
        return Err(refuse(
            "it is not a number, an e-mail address, a web address or a postal address".to_owned(),
        ));
    }
    let channel = channel.unwrap_or(if typed.contains('@') && !typed.contains(' ') && !typed.contains('/') {
        Channel::Email
    } else if store::names::host_of(typed).is_some() && !typed.contains(char::is_whitespace) {
        Channel::Form
    } else if digits >= 3 && letters * 2 <= digits {
        Channel::Phone
    } else {
        Channel::Postal
    });
    let typed = typed.trim_start_matches("mailto:").trim_start_matches("tel:");
    match channel {
        Channel::Phone | Channel::Textphone | Channel::Fax | Channel::Messaging
            if !typed.starts_with("http") && Reach::parse(channel, typed).is_err() =>
        {
            let regions = country.map(Regions::of_country);
            let number = regions.and_then(|regions| phone::normalise(typed, &regions));
            match number {
                Some(number) => {
                    Reach::number(channel, number.e164).map_err(|error| refuse(error.to_string()))
                }
                None => Reach::parse(channel, typed)
                    .or_else(|error| if digits <= 6 { Reach::printed(channel, typed) } else { Err(error) })
                    .map_err(|error| refuse(error.to_string())),
            }
        }
        Channel::Form
        | Channel::Chat
        | Channel::Social
        | Channel::Web
        | Channel::App
        | Channel::Messaging
            if !typed.contains("://") && store::names::host_of(typed).is_some() =>
        {
            Reach::parse(channel, &format!("https://{typed}")).map_err(|error| refuse(error.to_string()))
        }
        _ => Reach::parse(channel, typed)
            .or_else(|error| Reach::printed(channel, typed).map_err(|_| error))
            .map_err(|error| refuse(error.to_string())),
    }
}

/// Returns the day of a request: today where none is given.
fn day(on: Option<Date>, now: Timestamp) -> Result<Date, EditError> {
    let today = now.to_zoned(jiff::tz::TimeZone::system()).date();
    match on {
        Some(day) if day > today => Err(EditError::Ahead(day)),
        day => Ok(day.unwrap_or(today)),
    }
}

/// Returns the country by which numbers are read: that of the user, else that of the company.
fn country_of(given: Option<Country>, known: Option<&Known>) -> Option<Country> {
    given.or_else(|| known.and_then(|known| Country::parse(known.company.country.as_deref()?).ok()))
}

/// Keeps a contact that somebody told the user: a witness of this user alone, until another agrees.
///
/// A company that is not known yet is made, by its name or domain.
///
/// # Errors
///
/// [`EditError`] by cause.
pub async fn add(request: &AddRequest, now: Timestamp) -> Result<EditAnswer, EditError> {
    let data = request.data.clone().ok_or(EditError::NoPlace)?;
    let known = match look(&request.company, Some(&data)).await? {
        Looked::Known(known) => Some(known),
        Looked::Unsure(candidates) => {
            return Err(EditError::Unsure { typed: request.company.clone(), candidates });
        }
        Looked::Unknown => None,
    };
    let on = day(request.on, now)?;
    let reach = reach(&request.value, request.channel, country_of(request.country, known.as_deref()))?;
    let mut warnings = Vec::new();
    let company = if let Some(known) = &known {
        let mut company = known.company.clone();
        // On a domain that several companies share, the name alone says whose it is.
        if company.domains.first().is_some_and(|domain| super::is_shared(domain)) {
            company.domains.clear();
        }
        company
    } else {
        warnings.push(format!("`{}` was not known before: it is now in your own directory", request.company));
        Company {
            id: store::names::slug(&request.company),
            name: request.company.trim().to_owned(),
            domains: store::names::host_of(&request.company).into_iter().collect(),
            ..Company::default()
        }
    };
    let said = format!("told by {} on {on}", request.told_by.trim());
    let rung = ladder::rung::spelled(Some(request.rung.unwrap_or(Rung::FrontLine))).to_owned();
    let value = reach.value().to_owned();
    let row = Row {
        channel: reach.channel(),
        value: value.clone(),
        because: vec![Because { id: "told".to_owned(), rung: rung.clone(), words: said.clone() }],
        rung: Some(rung),
        party: None,
        label: request.label.clone(),
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
        quote: said.clone(),
        url: said.clone(),
        kind: SourceKind::Told,
        site: format!("told:{}", store::names::slug(&request.told_by)),
        seen: format!("{on}T00:00:00Z"),
        stated: Some(on.to_string()),
    };
    let others = shared::also_named_for(&reach, &company, SourceKind::Told, Some(&data)).await?;
    let mut row = row;
    if !others.is_empty() {
        let words = shared::reason(&others);
        warnings.push(format!("{words}: it is kept as suspect, and only shown with that warning"));
        let rung = row.rung.clone().unwrap_or_default();
        row.because.push(Because { id: SUSPECT.to_owned(), rung, words });
    }
    let name = company.name.clone();
    let directory = store::open(&Settings::Folder(data)).write_directory().await?;
    let mut writer = directory.write().await?;
    let at = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    writer.put(&Entry { company, contacts: vec![row], policy: None, read: None }, &at).await?;
    writer.commit().await?;
    directory.close().await;
    let seconded = known
        .is_some_and(|known| known.rows.iter().any(|row| row.value == value && row.kind != SourceKind::Told));
    let words = if seconded { format!("{said}; others say so too") } else { said };
    Ok(EditAnswer { company: name, value, words, warnings })
}

/// Keeps what became of a contact when the user tried it.
///
/// # Errors
///
/// [`EditError`] by cause; a value that the company does not have is refused, for it is mostly mistyped.
pub async fn mark(request: &MarkRequest, now: Timestamp) -> Result<EditAnswer, EditError> {
    let data = request.data.clone().ok_or(EditError::NoPlace)?;
    let known = match look(&request.company, Some(&data)).await? {
        Looked::Known(known) => known,
        Looked::Unsure(candidates) => {
            return Err(EditError::Unsure { typed: request.company.clone(), candidates });
        }
        Looked::Unknown => return Err(EditError::Unknown(request.company.clone())),
    };
    let on = day(request.on, now)?;
    let typed = store::directory::keys::of_typed(&request.value);
    let exact = known.rows.iter().find(|row| row.value == request.value.trim());
    let row = exact.or_else(|| known.rows.iter().find(|row| typed.is_of(row.channel, &row.value)));
    let Some(row) = row else {
        return Err(EditError::NotThere {
            company: known.company.name.clone(),
            value: request.value.clone(),
        });
    };
    let mark = Mark {
        company: known.company.key(),
        value: row.value.clone(),
        became: request.became,
        day: on.to_string(),
        note: request.note.clone(),
    };
    let directory = store::open(&Settings::Folder(data)).write_directory().await?;
    let at = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    directory.mark(&mark, &at).await?;
    directory.close().await;
    Ok(EditAnswer {
        company: known.company.name.clone(),
        value: mark.value,
        words: format!("{} ({on})", mark.became.in_words()),
        warnings: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_value_tells_its_channel() {
        let us = Country::parse("US").ok();
        for (typed, wanted) in [
            ("Boss@Acme.example", "email boss@acme.example"),
            ("202 555 0101", "phone +12025550101"),
            ("+44 20 7946 0000", "phone +442079460000"),
            ("acme.example/complain", "form https://acme.example/complain"),
            ("1 Main St, Town, NY 10001", "postal 1 Main St, Town, NY 10001"),
        ] {
            assert_eq!(reach(typed, None, us).unwrap().to_string(), wanted, "{typed}");
        }
        assert!(reach("no mailbox", Some(Channel::Email), us).is_err());
    }
}
