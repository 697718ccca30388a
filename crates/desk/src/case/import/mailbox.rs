//! Mail straight from a mailbox, over IMAP and read-only, as the origins of an import.

use jiff::civil::Date;
pub use mailroom::Secret;
pub use mailroom::imap::Security;
use mailroom::imap::{self, Account, Wanted};

use super::{CaseDeskError, Fault, Origin, Place};

/// Which folder of which mailbox.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// The server.
    pub host: String,
    /// Its port; the usual one where none is given.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: Security,
    /// The user.
    pub user: String,
    /// The password.
    pub password: Secret,
    /// Certificates to trust beside the usual ones, as PEM.
    pub extra_roots: Vec<u8>,
    /// The folder.
    pub folder: String,
    /// Only messages from or to this address, or one with these words in it.
    pub with: Option<String>,
    /// Only messages from this day on.
    pub since: Option<Date>,
}

/// What a mailbox gave.
#[derive(Clone, Debug, Default)]
pub struct FromMailbox {
    /// The mails, as origins of an import.
    pub origins: Vec<Origin>,
    /// How many the case has already.
    pub already: usize,
    /// What was left out, and why.
    pub faults: Vec<Fault>,
}

/// Fetches the mails of a folder that a case does not have; nothing in the mailbox changes.
///
/// # Errors
///
/// [`CaseDeskError`] where the case cannot be read, or the mailbox cannot: by cause, and never with the password.
pub async fn fetch(place: &Place, id: &str, mailbox: &Mailbox) -> Result<FromMailbox, CaseDeskError> {
    let known = super::known(&place.read().await?.load(id).await?);
    let account = Account {
        host: mailbox.host.clone(),
        port: mailbox.port,
        security: mailbox.security,
        user: mailbox.user.clone(),
        password: mailbox.password.clone(),
        extra_roots: mailbox.extra_roots.clone(),
    };
    let wanted = Wanted { folder: mailbox.folder.clone(), with: mailbox.with.clone(), since: mailbox.since };
    let fetched = imap::fetch(&account, &wanted, &|id| known.contains(id))
        .await
        .map_err(|error| CaseDeskError::Wrong(error.to_string()))?;
    let shown = format!("{} of {}", mailbox.folder, mailbox.host);
    let origins = fetched
        .mails
        .into_iter()
        .map(|mail| Origin::Mail {
            name: format!("{shown}, message {}", mail.uid),
            bytes: mail.bytes,
            dropped: mail.dropped,
        })
        .collect();
    let faults = fetched.faults.into_iter().map(|why| Fault { file: shown.clone(), why }).collect();
    Ok(FromMailbox { origins, already: fetched.known, faults })
}
