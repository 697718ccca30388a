//! Coming in and going out: passwords, sessions, tokens of programs.

use std::time::Duration;

use jiff::Timestamp;
use store::accounts::{Account, Attempt, Change, Token};

use super::{AccountError, Actor, Doing, Reception, TokenView, day, hash, password, random};

/// How long a session lasts in which nothing is asked for.
pub const IDLE: Duration = Duration::from_hours(1);
/// How long a session lasts at most.
pub const ABSOLUTE: Duration = Duration::from_hours(12);

/// How many attempts under one name may fail before it has to wait.
const FREE: i64 = 5;
/// How long it waits then, in seconds; twice as long with each further failure.
const WAIT: i64 = 30;
/// The longest that it waits: longer would let a stranger keep an adviser out.
const MOST_WAIT: i64 = 15 * 60;
/// After how long a name has a clean sheet again, in seconds.
const FORGIVEN: i64 = 24 * 3600;
/// How often the use of a session is written down, in seconds.
const TOUCH: i64 = 60;
/// The most tokens of an account, and the most days that one lasts.
const MOST_TOKENS: usize = 20;
const MOST_DAYS: i64 = 366;
const MOST_LABEL: usize = 60;

/// Somebody who came in.
#[derive(Debug)]
pub struct Entered {
    /// Who.
    pub actor: Actor,
    /// What the browser shows from now on.
    pub session: String,
}

impl Reception {
    /// Lets somebody in by name and password; `None` where they do not go together, the account is shut, or too many
    /// attempts failed: nobody is told which, and each takes as long.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where the store cannot be read or written.
    pub async fn enter(
        &self,
        name: &str,
        words: &str,
        from: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Entered>, AccountError> {
        match self.proven(name, words, "enter", from, now).await? {
            Some(account) => self.begun(&account, None, now.as_second()).await,
            None => Ok(None),
        }
    }

    /// Returns the account of a name and a password that go together, with everything that [`Self::enter`] promises, and
    /// writes down what it was tried for.
    pub(super) async fn proven(
        &self,
        name: &str,
        words: &str,
        did: &str,
        from: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Account>, AccountError> {
        let seconds = now.as_second();
        let name: String = name.trim().to_lowercase().chars().take(200).collect();
        let key = hash("attempt", &name);
        let _turn = self.turn.lock().await;
        let mut attempt = self.accounts.attempt(&key).await?;
        if attempt.last < seconds - FORGIVEN {
            attempt = Attempt::default();
        }
        let account = self.accounts.one(&name).await?;
        let kept = account.as_ref().map_or_else(|| self.decoy.clone(), |account| account.password.clone());
        let words = words.to_owned();
        let right = tokio::task::spawn_blocking(move || password::is(&words, &kept)).await;
        let right = right.map_err(|error| AccountError::System(error.to_string()))?;
        let waits = attempt.until > seconds;
        let actor = account.as_ref().map(Actor::of);
        let known = account.filter(|account| right && !waits && !account.disabled);
        // One row of attempts and one deed are written whatever comes of it.
        attempt = match (&known, waits) {
            (Some(_), _) => Attempt { failures: 0, last: seconds, until: 0 },
            (None, true) => attempt,
            (None, false) => failed(attempt, seconds),
        };
        self.accounts.keep_attempt(&key, attempt).await?;
        let outcome = match (&known, waits) {
            (Some(_), _) if did == "enter" => "in",
            (Some(_), _) => "done",
            (None, true) => "refused: too many attempts",
            (None, false) => "refused",
        };
        let deed = Doing { did, outcome, from, ..Doing::default() };
        self.record(actor.as_ref(), deed, now).await?;
        Ok(known)
    }

    /// Begins a session of an account, by the passkey of an id or by its password; `None` where that passkey was taken
    /// back meanwhile.
    pub(super) async fn begun(
        &self,
        account: &Account,
        passkey: Option<&str>,
        seconds: i64,
    ) -> Result<Option<Entered>, AccountError> {
        let session = random()?;
        let key = hash("session", &session);
        let is_in = self.accounts.begin_session(&key, account, passkey, seconds).await?;
        self.sweep(seconds).await?;
        Ok(is_in.then(|| Entered { actor: Actor::of(account), session }))
    }

    /// Returns whose session it is; `None` where there is none, or where it is over.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where the store cannot be read.
    pub async fn inside(&self, session: &str, now: Timestamp) -> Result<Option<Actor>, AccountError> {
        let (seconds, key) = (now.as_second(), hash("session", session));
        let Some(known) = self.accounts.session(&key).await? else { return Ok(None) };
        let over = known.account.disabled
            || known.epoch != known.account.epoch
            || seconds - known.begun >= whole(ABSOLUTE)
            || seconds - known.seen >= whole(IDLE);
        if over {
            self.accounts.end_session(&key).await?;
            return Ok(None);
        }
        if seconds - known.seen >= TOUCH {
            self.accounts.touch_session(&key, seconds).await?;
        }
        Ok(Some(Actor::of(&known.account)))
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where it cannot be ended.
    pub async fn leave(&self, session: &str) -> Result<(), AccountError> {
        Ok(self.accounts.end_session(&hash("session", session)).await?)
    }

    /// Returns whose token a program shows; `None` where it is none, has ended, or the account is shut.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where the store cannot be read.
    pub async fn program(&self, token: &str, now: Timestamp) -> Result<Option<Actor>, AccountError> {
        let account = self.accounts.of_token(&hash("token", token), now.as_second()).await?;
        // Whoever has not chosen a password yet is not known yet.
        Ok(account
            .filter(|account| !account.disabled && !account.provisional)
            .map(|account| Actor::of(&account)))
    }

    /// Gives an account another password, ends every session of it, and begins a new one.
    ///
    /// # Errors
    ///
    /// [`AccountError::Password`] where the old one is another, [`AccountError::Weak`] for one that would be guessed.
    pub async fn change_password(
        &self,
        actor: &Actor,
        (old, new): (&str, &str),
        from: Option<&str>,
        now: Timestamp,
    ) -> Result<Entered, AccountError> {
        password::check(new, &actor.name, &actor.organisation)?;
        let known = self.proven(&actor.name, old, "show the password", from, now).await?;
        known.ok_or(AccountError::Password)?;
        let new = new.to_owned();
        let kept = tokio::task::spawn_blocking(move || password::keep(&new)).await;
        let kept =
            kept.map_err(|error| AccountError::System(error.to_string()))?.map_err(AccountError::System)?;
        self.accounts.change(&actor.name, &Change::Password { hash: kept, provisional: false }).await?;
        let account = self.accounts.one(&actor.name).await?.ok_or(AccountError::Password)?;
        self.begun(&account, None, now.as_second()).await?.ok_or(AccountError::Password)
    }

    /// Returns the tokens of an account.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where they cannot be read.
    pub async fn tokens(&self, actor: &Actor) -> Result<Vec<TokenView>, AccountError> {
        let tokens = self.accounts.tokens(&actor.name).await?;
        let view = |token: Token| TokenView {
            id: token.hash,
            label: token.label,
            made: day(token.made),
            ends: day(token.ends),
        };
        Ok(tokens.into_iter().map(view).collect())
    }

    /// Makes a token for a program of an account, and returns it: it is kept nowhere.
    ///
    /// # Errors
    ///
    /// [`AccountError::Wrong`] for an empty or endless label, too many days or too many tokens.
    pub async fn make_token(
        &self,
        actor: &Actor,
        label: &str,
        days: i64,
        now: Timestamp,
    ) -> Result<String, AccountError> {
        let label: String = label.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
        if label.is_empty() || label.chars().count() > MOST_LABEL {
            return Err(AccountError::Wrong(format!(
                "say in 1 to {MOST_LABEL} characters what the token is for"
            )));
        }
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(AccountError::Wrong(format!("a token lasts from 1 to {MOST_DAYS} days")));
        }
        if self.accounts.tokens(&actor.name).await?.len() >= MOST_TOKENS {
            return Err(AccountError::Wrong(format!(
                "an account has at most {MOST_TOKENS} tokens: remove one first"
            )));
        }
        let secret = random()?;
        let (hash, made) = (hash("token", &secret), now.as_second());
        let token = Token { hash, label, made, ends: made + days * 24 * 3600 };
        self.accounts.add_token(&actor.name, &token).await?;
        Ok(secret)
    }

    /// Takes a token of an account back; whether there was one.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where it cannot be deleted.
    pub async fn remove_token(&self, actor: &Actor, id: &str) -> Result<bool, AccountError> {
        Ok(self.accounts.remove_token(&actor.name, id).await?)
    }

    /// Throws away what is over.
    async fn sweep(&self, now: i64) -> Result<(), AccountError> {
        Ok(self.accounts.sweep(now - whole(ABSOLUTE), now - whole(IDLE), now, now - FORGIVEN).await?)
    }
}

/// Counts a failure, and says until when the name has to wait.
fn failed(before: Attempt, now: i64) -> Attempt {
    let failures = before.failures + 1;
    let wait = match failures - FREE {
        over if over < 0 => 0,
        over => (WAIT << over.min(10)).min(MOST_WAIT),
    };
    Attempt { failures, last: now, until: if wait == 0 { 0 } else { now + wait } }
}

/// Returns a duration in whole seconds.
fn whole(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
