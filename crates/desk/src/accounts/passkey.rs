//! Passkeys: coming in by a key that a device keeps, in the place of a password.
//!
//! A passkey is asked for without a name, so that nobody learns which names there are; the device has to make sure who
//! holds it (a finger, a face, a PIN), so that one is worth a password and a second proof together. It cannot be guessed:
//! a name that has to wait for its password does not wait for its passkey, or a stranger could keep an adviser out. To
//! make one takes the password, so that a browser that was left open gives nobody a key for good.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use passki::{
    AuthenticationCredential, AuthenticationOptions, AuthenticationState, Passki, RegistrationCredential,
    RegistrationOptions, RegistrationState, ResidentKeyRequirement, StoredPasskey,
    UserVerificationRequirement,
};
use serde::Serialize;
use store::accounts::{Account, Passkey};
use url::{Host, Url};

use super::{AccountError, Actor, Doing, Entered, Reception, day, hash, random};

/// How long the browser may take for an answer, in seconds.
const PATIENCE: i64 = 300;
/// The most questions that wait for their answers, in all and from one source.
const MOST_WAITING: usize = 4096;
const MOST_OF_SOURCE: usize = 64;
/// The most passkeys of an account.
const MOST_PASSKEYS: usize = 20;
const MOST_LABEL: usize = 60;
/// The longest answer of a browser that is read: a few hundred bytes are usual.
const MOST_ANSWER: usize = 64_000;

/// Refuses one passkey more than an account may have.
fn room_beside(kept: usize) -> Result<(), AccountError> {
    if kept < MOST_PASSKEYS {
        return Ok(());
    }
    Err(AccountError::Wrong(format!("an account has at most {MOST_PASSKEYS} passkeys: remove one first")))
}

/// The site that a passkey belongs to: browsers keep to one name, and show a passkey to no other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Site {
    name: String,
    origin: String,
}

impl Site {
    /// Returns the site of an origin; `None` where browsers make no passkeys: at a number, or without TLS elsewhere than
    /// on this machine.
    #[must_use]
    pub fn of(origin: &str) -> Option<Self> {
        let url = Url::parse(origin).ok()?;
        let Some(Host::Domain(name)) = url.host() else { return None };
        let safe = url.scheme() == "https" || name == "localhost";
        safe.then(|| Self { name: name.to_owned(), origin: url.origin().ascii_serialization() })
    }

    fn party(&self) -> Passki {
        Passki::new(&self.name, &[&self.origin], "Upstairs")
    }
}

/// A passkey as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct PasskeyView {
    /// What it is renamed and taken back by.
    pub id: String,
    /// What its maker calls it.
    pub label: String,
    /// The day it was made.
    pub made: String,
    /// The day somebody last came in by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<String>,
}

/// The browser that is asked.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    /// What it alone shows with its answer, such as its session.
    pub shows: &'a str,
    /// What counts as one source: its network.
    pub source: &'a str,
}

/// A question that waits for its answer.
#[derive(Debug)]
enum Question {
    /// To make a passkey.
    Make { account: String, handle: String, state: RegistrationState },
    /// To come in.
    Enter(AuthenticationState),
}

/// The questions that wait. Each is answered once, by who was asked: whoever asks anew forgets the one before.
#[derive(Debug, Default)]
pub(super) struct Questions(Mutex<HashMap<String, (Question, String, i64)>>);

impl Questions {
    fn keep(&self, browser: Browser<'_>, question: Question, now: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (.., since)| now - *since < PATIENCE);
        let oldest = |all: &HashMap<String, (Question, String, i64)>, source: Option<&str>| {
            let of = all.iter().filter(|(_, (_, from, _))| source.is_none_or(|source| source == from));
            of.min_by_key(|(_, (.., since))| *since).map(|(key, _)| key.clone())
        };
        let of_source = all.values().filter(|(_, from, _)| from == browser.source).count();
        let leaves = if of_source >= MOST_OF_SOURCE {
            oldest(&all, Some(browser.source))
        } else if all.len() >= MOST_WAITING {
            oldest(&all, None)
        } else {
            None
        };
        if let Some(key) = leaves {
            all.remove(&key);
        }
        all.insert(hash("question", browser.shows), (question, browser.source.to_owned(), now));
    }

    fn take(&self, shows: &str, now: i64) -> Option<Question> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (question, _, since) = all.remove(&hash("question", shows))?;
        (now - since < PATIENCE).then_some(question)
    }
}

impl Reception {
    /// Returns the passkeys of an account, oldest first.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where they cannot be read.
    pub async fn passkeys(&self, actor: &Actor) -> Result<Vec<PasskeyView>, AccountError> {
        let view = |one: Passkey| PasskeyView {
            id: one.id,
            label: one.label,
            made: day(one.made),
            used: one.used.map(day),
        };
        Ok(self.accounts.passkeys(&actor.name).await?.into_iter().map(view).collect())
    }

    /// Returns what a browser is asked to make a passkey of an account, as JSON for its `navigator.credentials.create`.
    ///
    /// # Errors
    ///
    /// [`AccountError::Password`] where the password is another, or waits; [`AccountError::Wrong`] where there are as many
    /// passkeys as may be.
    pub async fn ask_to_make_passkey(
        &self,
        actor: &Actor,
        site: &Site,
        words: &str,
        browser: Browser<'_>,
        from: Option<&str>,
        now: Timestamp,
    ) -> Result<String, AccountError> {
        let known = self.proven(&actor.name, words, "show the password", from, now).await?;
        known.ok_or(AccountError::Password)?;
        let kept = self.accounts.passkeys(&actor.name).await?;
        room_beside(kept.len())?;
        let handle = match kept.first() {
            Some(one) => one.handle.clone(),
            None => random()?,
        };
        let known: Vec<StoredPasskey> = kept.iter().filter_map(read).collect();
        let mut options = RegistrationOptions::default();
        options.timeout = patience();
        options.resident_key = ResidentKeyRequirement::Required;
        options.user_verification = UserVerificationRequirement::Required;
        options.exclude_credentials = Some(&known);
        let shown = format!("{} ({})", actor.name, actor.organisation);
        let (question, state) = site
            .party()
            .start_passkey_registration(handle.as_bytes(), &actor.name, &shown, options)
            .map_err(unforeseen)?;
        let text = serde_json::to_string(&question).map_err(unforeseen)?;
        let question = Question::Make { account: actor.name.clone(), handle, state };
        self.questions.keep(browser, question, now.as_second());
        Ok(text)
    }

    /// Keeps the passkey that a browser made when it was asked to.
    ///
    /// # Errors
    ///
    /// [`AccountError::Passkey`] where the answer fits no question of this browser, [`AccountError::Wrong`] for an empty or
    /// endless label.
    pub async fn keep_passkey(
        &self,
        actor: &Actor,
        site: &Site,
        label: &str,
        answer: &str,
        shows: &str,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let label = labelled(label)?;
        let seconds = now.as_second();
        let Some(Question::Make { account, handle, state }) = self.questions.take(shows, seconds) else {
            return Err(AccountError::Passkey);
        };
        if account != actor.name || answer.len() > MOST_ANSWER {
            return Err(AccountError::Passkey);
        }
        let refused = |error: &dyn std::fmt::Display| {
            tracing::info!(account, %error, "a passkey was not taken");
            AccountError::Passkey
        };
        let answer: RegistrationCredential = serde_json::from_str(answer).map_err(|error| refused(&error))?;
        let made =
            site.party().finish_passkey_registration(&answer, &state).map_err(|error| refused(&error))?;
        // Others may have been made since this one was asked for.
        room_beside(self.accounts.passkeys(&actor.name).await?.len())?;
        let passkey = Passkey {
            id: Passki::base64_encode(&made.credential_id),
            handle,
            label,
            record: serde_json::to_string(&made).map_err(unforeseen)?,
            made: seconds,
            used: None,
        };
        if self.accounts.add_passkey(&actor.name, &passkey).await? {
            Ok(())
        } else {
            Err(AccountError::Passkey)
        }
    }

    /// Calls a passkey of an account something else; whether it has such a one.
    ///
    /// # Errors
    ///
    /// [`AccountError::Wrong`] for an empty or endless label.
    pub async fn rename_passkey(&self, actor: &Actor, id: &str, label: &str) -> Result<bool, AccountError> {
        Ok(self.accounts.rename_passkey(&actor.name, id, &labelled(label)?).await?)
    }

    /// Takes a passkey of an account back and ends every session that came in by it; whether there was one.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where it cannot be deleted.
    pub async fn remove_passkey(&self, actor: &Actor, id: &str) -> Result<bool, AccountError> {
        Ok(self.accounts.remove_passkey(&actor.name, id).await?)
    }

    /// Returns what a browser is asked to let somebody in, as JSON for its `navigator.credentials.get`. It names nobody.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where it cannot be written.
    pub fn ask_for_passkey(
        &self,
        site: &Site,
        browser: Browser<'_>,
        now: Timestamp,
    ) -> Result<String, AccountError> {
        let mut options = AuthenticationOptions::default();
        options.timeout = patience();
        options.user_verification = UserVerificationRequirement::Required;
        let (question, state) =
            site.party().start_passkey_authentication(&[], options).map_err(unforeseen)?;
        let text = serde_json::to_string(&question).map_err(unforeseen)?;
        self.questions.keep(browser, Question::Enter(state), now.as_second());
        Ok(text)
    }

    /// Lets somebody in by a passkey; `None` where it fits no question of this browser, is not known, or its account is
    /// shut: nobody is told which.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where the store cannot be read or written.
    pub async fn enter_by_passkey(
        &self,
        site: &Site,
        answer: &str,
        shows: &str,
        from: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Entered>, AccountError> {
        // One at a time: of two answers of one key the counter lets a single one in.
        let _turn = self.turn.lock().await;
        let question = self.questions.take(shows, now.as_second());
        let answer: Option<AuthenticationCredential> = Some(answer)
            .filter(|answer| answer.len() <= MOST_ANSWER)
            .and_then(|answer| serde_json::from_str(answer).ok());
        let known = match &answer {
            Some(answer) => self.accounts.passkey(&answer.raw_id).await?,
            None => None,
        };
        let actor = known.as_ref().map(|(account, _)| Actor::of(account));
        let held = match (question, answer, known) {
            (Some(Question::Enter(state)), Some(answer), Some(known)) => holds(site, &answer, &state, known),
            _ => None,
        };
        let outcome = if held.is_some() { "in" } else { "refused" };
        let deed = Doing { did: "enter by passkey", outcome, from, ..Doing::default() };
        self.record(actor.as_ref(), deed, now).await?;
        let Some((account, id, record)) = held else { return Ok(None) };
        self.accounts.use_passkey(&id, &record, now.as_second()).await?;
        self.begun(&account, Some(&id), now.as_second()).await
    }
}

/// Returns the account of a passkey that answers, with what is kept of it from now on.
fn holds(
    site: &Site,
    answer: &AuthenticationCredential,
    state: &AuthenticationState,
    (account, passkey): (Account, Passkey),
) -> Option<(Account, String, String)> {
    let mut kept = read(&passkey)?;
    let result = match site.party().finish_passkey_authentication(answer, state, &kept) {
        Ok(result) => result,
        Err(error) => {
            tracing::info!(account = account.name, %error, "a passkey was refused");
            return None;
        }
    };
    let of_account = result.user_handle.as_deref() == Some(passkey.handle.as_bytes());
    if account.disabled || !of_account {
        return None;
    }
    kept.counter = result.counter;
    let record = serde_json::to_string(&kept).ok()?;
    Some((account, passkey.id, record))
}

/// Reads what is kept of a passkey; a record that cannot be read lets nobody in.
fn read(passkey: &Passkey) -> Option<StoredPasskey> {
    serde_json::from_str(&passkey.record).ok()
}

/// Returns what a passkey is called.
fn labelled(label: &str) -> Result<String, AccountError> {
    let label: String = label.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
    if label.is_empty() || label.chars().count() > MOST_LABEL {
        return Err(AccountError::Wrong(format!("give the passkey a name of 1 to {MOST_LABEL} characters")));
    }
    Ok(label)
}

/// Returns how long a browser waits, in its milliseconds.
fn patience() -> u64 {
    PATIENCE.unsigned_abs() * 1000
}

fn unforeseen(error: impl std::fmt::Display) -> AccountError {
    AccountError::System(format!("no passkey can be asked for: {error}"))
}
