//! What the user sees of sources: the list, what each is sent before its first use, and how it last answered.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use sources::fetch::Secret;
use sources::source::{self, About, Answer, Kind, Needs, Seen, Subject, Trouble, Wants, linked};

use super::gather::{self, Around, Asked};
use super::last;
use super::settings::{self, SettingsError, SourceSettings};
use crate::find::{FindError, Live};

/// The version of the shape of [`SourcesAnswer`].
pub const SOURCES_SCHEMA: &str = "upstairs.sources/1";

/// Every source and how it stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourcesAnswer {
    /// `upstairs.sources/1`.
    pub schema: &'static str,
    /// The sources that can be asked, in the order in which they are worth it.
    pub sources: Vec<SourceView>,
    /// Sites that are linked and never fetched.
    pub linked: Vec<LinkedView>,
    /// What can be imported instead of asked.
    pub imports: Vec<ImportView>,
    /// The file of settings, where there is a place for it.
    pub settings: Option<String>,
    /// What is wrong with the settings.
    pub warnings: Vec<String>,
}

/// One source and how it stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct SourceView {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// `identity`, `register`, `own_file`, `place`, `search`, `social`, `board` or `review`.
    pub kind: &'static str,
    /// Whether it is on.
    pub on: bool,
    /// Whether all is set that it needs.
    pub ready: bool,
    /// What it needs, where it needs anything.
    pub needs: Option<String>,
    /// Whether a key is set; the key itself is never shown.
    pub key_set: bool,
    /// Where it is asked: the address that the user set, else the usual one.
    pub at: String,
    /// What it is sent.
    pub sends: &'static str,
    /// What it gives.
    pub gives: &'static str,
    /// How far its contacts are to be trusted: `A` to `E`.
    pub trust: &'static str,
    /// The same in words.
    pub trust_words: &'static str,
    /// Its terms, in short.
    pub terms: &'static str,
    /// The countries of the companies it knows; empty for all.
    pub countries: &'static [&'static str],
    /// How many seconds it may take.
    pub seconds: u64,
    /// Whether its answers were never seen live: it is written from the documentation.
    pub never_seen_live: bool,
    /// What it last answered.
    pub last: Option<LastView>,
}

/// What a source last answered.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LastView {
    /// When, RFC 3339.
    pub at: String,
    /// `answered`, `nothing`, `refused`, `busy`, `late` or `failed`.
    pub outcome: String,
    /// The same in a sentence.
    pub words: String,
    /// What it says is left of the quota.
    pub quota: Option<String>,
    /// It is left in peace until then.
    pub not_before: Option<String>,
}

/// A site that is linked and never fetched.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LinkedView {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What one finds there.
    pub gives: &'static str,
    /// Why it is not fetched, and what to do instead.
    pub why: &'static str,
}

/// Something that can be imported.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ImportView {
    /// What it is.
    pub name: &'static str,
    /// What it gives.
    pub gives: &'static str,
    /// How to import it.
    pub command: &'static str,
}

/// What a source will be sent, to be shown before it is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Offer {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is sent.
    pub sends: &'static str,
    /// What it gives.
    pub gives: &'static str,
}

/// What a change of settings came to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangeAnswer {
    /// The sources that were changed.
    pub changed: Vec<Offer>,
    /// What they still need, by id.
    pub missing: Vec<(String, String)>,
    /// The file that was written.
    pub file: String,
}

/// What one source came to while a company was looked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// `answered`, `nothing`, `refused`, `busy`, `late`, `failed`, `skipped` or `not_asked`.
    pub outcome: &'static str,
    /// The same in words.
    pub words: String,
    /// Contact points for which it is a witness.
    pub contacts: usize,
    /// Those among them that nobody else names.
    pub alone: usize,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// What it says is left of the quota.
    pub quota: Option<String>,
    /// What was left out, and why: namesakes, holdings, dealers.
    pub left_out: Vec<String>,
}

impl Report {
    /// Reports what a source answered.
    pub(super) fn of(asked: &Asked) -> Self {
        Self {
            id: asked.about.id,
            name: asked.about.name,
            outcome: outcome_of(&asked.answer),
            words: words_of(asked.about, &asked.answer),
            milliseconds: u64::try_from(asked.took.as_millis()).unwrap_or(u64::MAX),
            quota: asked.quota.clone(),
            ..Self::default()
        }
    }
}

/// Returns the word for what a source answered.
pub(super) fn outcome_of(answer: &Result<Answer, Trouble>) -> &'static str {
    match answer {
        Ok(answer) if answer.is_empty() => "nothing",
        Ok(_) => "answered",
        Err(trouble) => trouble.id(),
    }
}

/// Returns what a source answered, in words.
pub(super) fn words_of(about: &About, answer: &Result<Answer, Trouble>) -> String {
    let answer = match answer {
        Ok(answer) if answer.is_empty() => return "it knows no such company".to_owned(),
        Ok(answer) => answer,
        Err(trouble) => return trouble.to_string(),
    };
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let (one, many) = match about.kind {
        Kind::Social => ("profile", "profiles"),
        Kind::Place => ("place", "places"),
        Kind::OwnFile => ("file", "files"),
        _ => ("company of that name or near it", "companies of that name or near it"),
    };
    let parts = [
        count(answer.told.len(), one, many),
        count(answer.hits.len(), "result", "results"),
        count(answer.threads.len(), "thread", "threads"),
        count(answer.facts.len(), "fact", "facts"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Lists every source and how it stands. Nothing is asked of the network.
#[must_use]
pub fn list(settings: &SourceSettings, live: &Live, data: Option<&Path>) -> SourcesAnswer {
    let before = last::read(data);
    let contact = live.user_agent.contains('@');
    let view = |about: &'static About| SourceView {
        id: about.id,
        name: about.name,
        kind: about.kind.id(),
        on: settings.is_on(about.id),
        ready: settings.is_ready(about, contact),
        needs: about.needs.in_words(),
        key_set: settings.has_key(about.id),
        at: settings.address(about.id).unwrap_or_else(|| usual(about)),
        sends: about.sends,
        gives: about.gives,
        trust: about.level.letter(),
        trust_words: about.level.in_words(),
        terms: about.terms,
        countries: about.countries,
        seconds: settings.budget(about).as_secs(),
        never_seen_live: about.seen == Seen::Never,
        last: before.get(about.id).map(|last| LastView {
            at: last.at.clone(),
            outcome: last.outcome.clone(),
            words: last.words.clone(),
            quota: last.quota.clone(),
            not_before: last.not_before.map(|until| until.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        }),
    };
    SourcesAnswer {
        schema: SOURCES_SCHEMA,
        sources: source::ALL.into_iter().map(|source| view(source.about())).collect(),
        linked: linked::LINKED
            .iter()
            .map(|site| LinkedView {
                id: site.id,
                name: site.name,
                gives: site.gives,
                why: "its terms do not allow programs, so it is only linked: save its pages and read them with `upstairs read post`",
            })
            .collect(),
        imports: vec![
            ImportView {
                name: "datenanfragen.de company database (CC0)",
                gives: "whom to ask about your personal data",
                command: "upstairs directory import FOLDER|ZIP",
            },
            ImportView {
                name: "Escalate Anything registry (CC BY 4.0)",
                gives: "contacts of companies with page and day",
                command: "upstairs directory import WHEEL|ZIP|FOLDER",
            },
        ],
        settings: settings.path().map(|path| path.display().to_string()),
        warnings: settings.warnings().to_vec(),
    }
}

/// Returns where a source is usually asked, in words.
fn usual(about: &About) -> String {
    match (about.base, about.needs, about.wants) {
        ("", Needs::Instance { .. }, _) => "not set".to_owned(),
        ("", _, Wants::Profile) => "the host of the company's profile or board".to_owned(),
        ("", ..) => "the company's own host".to_owned(),
        (base, ..) => base.to_owned(),
    }
}

/// Returns what the sources that need nothing will be sent: what to show a user who has none on.
#[must_use]
pub fn offers(live: &Live) -> Vec<Offer> {
    let contact = live.user_agent.contains('@');
    let fit = |about: &&'static About| match about.needs {
        Needs::Nothing => true,
        Needs::Contact => contact,
        Needs::Key { .. } | Needs::Instance { .. } => false,
    };
    source::ALL.into_iter().map(source::Source::about).filter(fit).map(offer).collect()
}

fn offer(about: &'static About) -> Offer {
    Offer { id: about.id, name: about.name, sends: about.sends, gives: about.gives }
}

/// Switches sources on: names parted by commas, or `keyless` or `all`. A key or an address is for one source only.
///
/// # Errors
///
/// [`SettingsError`] by cause; nothing is written then.
pub fn enable(
    settings: &SourceSettings,
    live: &Live,
    names: &str,
    key: Option<&Secret>,
    url: Option<&str>,
) -> Result<ChangeAnswer, SettingsError> {
    Ok(change(settings, live, names, true, key, url)?.1)
}

/// Switches sources off; keys stay in the file.
///
/// # Errors
///
/// [`SettingsError`] by cause; nothing is written then.
pub fn disable(settings: &SourceSettings, live: &Live, names: &str) -> Result<ChangeAnswer, SettingsError> {
    Ok(change(settings, live, names, false, None, None)?.1)
}

/// Switches one source on or off for a face that goes on running, and returns the settings that hold from now on.
///
/// `given` is what the source needs, where the user typed it: its key, or the address of an instance.
///
/// # Errors
///
/// [`SettingsError`] by cause; nothing is written then.
pub fn switch(
    live: &Live,
    name: &str,
    on: bool,
    given: Option<&str>,
) -> Result<SourceSettings, SettingsError> {
    let id = settings::known(name)?;
    let needs = source::named(id).map(|source| source.about().needs);
    let given = given.map(str::trim).filter(|given| !given.is_empty());
    let url = given.filter(|_| matches!(needs, Some(Needs::Instance { .. })));
    let key = given.filter(|_| url.is_none()).and_then(Secret::new);
    Ok(change(&live.sources, live, id, on, key.as_ref(), url)?.0)
}

fn change(
    settings: &SourceSettings,
    live: &Live,
    names: &str,
    on: bool,
    key: Option<&Secret>,
    url: Option<&str>,
) -> Result<(SourceSettings, ChangeAnswer), SettingsError> {
    let mut settings = settings.clone();
    let ids = settings::chosen(names)?;
    if ids.is_empty() || (ids.len() > 1 && (key.is_some() || url.is_some())) {
        return Err(SettingsError::Unknown(names.to_owned()));
    }
    for id in &ids {
        settings.change(id, on, key, url)?;
    }
    let file = settings.write()?;
    let contact = live.user_agent.contains('@');
    let abouts: Vec<&'static About> =
        ids.iter().filter_map(|id| source::named(id)).map(source::Source::about).collect();
    let lacks = |about: &&&'static About| on && !settings.is_ready(about, contact);
    let answer = ChangeAnswer {
        missing: abouts
            .iter()
            .filter(lacks)
            .map(|about| (about.id.to_owned(), about.needs.in_words().unwrap_or_default()))
            .collect(),
        changed: abouts.into_iter().map(offer).collect(),
        file: file.display().to_string(),
    };
    Ok((settings, answer))
}

/// Asks one source about a company, whether it is on or not, and tells what came; `told` hears first what it is sent.
///
/// # Errors
///
/// [`SettingsError`] where there is no such source, [`FindError`] where the web cannot be asked at all.
#[expect(clippy::too_many_arguments, reason = "each is given by a word of the command")]
pub async fn test(
    settings: &SourceSettings,
    live: &Live,
    data: Option<&Path>,
    name: &str,
    company: &str,
    domain: Option<&str>,
    now: Timestamp,
    told: impl FnOnce(&Offer),
) -> Result<Report, TestError> {
    let id = settings::known(name)?;
    let settings = settings.clone().with_only(id)?;
    let about = source::named(id)
        .map(source::Source::about)
        .ok_or_else(|| SettingsError::Unknown(name.to_owned()))?;
    let pages = crate::find::fetcher(live)?;
    let around = Around::new(&settings, live, data, &pages, settings.budget(about).as_secs(), now)
        .map_err(FindError::Fetcher)?;
    let mut subject = Subject::named(company);
    subject.domains.extend(domain.and_then(source::same::domain_of));
    subject.country = about.countries.first().and_then(|code| ladder::Country::parse(code).ok());
    if about.wants == Wants::Profile {
        subject
            .profiles
            .extend(subject.domain().map(|domain| format!("https://{domain}/@{}", company.to_lowercase())));
    }
    told(&offer(about));
    let mut asked = Vec::new();
    gather::ask(&around, &subject, |_| true, &|_| (), std::future::pending(), &mut asked).await;
    let report = asked.first().map(Report::of);
    Ok(report.unwrap_or_else(|| Report {
        id,
        name: about.name,
        outcome: "failed",
        words: "nothing was asked".to_owned(),
        ..Report::default()
    }))
}

/// Why a source could not be tested.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// The settings.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The web cannot be asked.
    #[error(transparent)]
    Find(#[from] FindError),
}

/// Returns a duration as output shows it, in seconds with one digit.
#[must_use]
pub fn seconds(milliseconds: u64) -> String {
    format!("{:.1} s", Duration::from_millis(milliseconds).as_secs_f64())
}
