//! Reading one folder of a mailbox over IMAP (RFC 9051), and changing nothing in it.
//!
//! The folder is opened with `EXAMINE` and messages are asked for with `BODY.PEEK`: no flag changes, nothing is marked
//! as read. What the caller knows already is not fetched. Every command has a time, every message a size, the whole a
//! count; what is left out for that is told.

mod connect;

use std::time::Duration;

use async_imap::Session;
use futures_util::TryStreamExt as _;
use jiff::civil::Date;

pub use connect::{Account, Security};

/// How long one command may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The most messages of one folder that are fetched.
const MOST_MESSAGES: usize = 5000;
/// The most bytes of one message; of a larger one the start is fetched.
const MOST_BYTES: u32 = 64 << 20;
/// The most bytes that are held at once.
const MOST_HELD: usize = 1 << 30;
/// How many messages are asked about at once.
const BATCH: usize = 200;

/// Which messages are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The folder, as the server names it.
    pub folder: String,
    /// Only messages from or to this address, or an address with these words in it.
    pub with: Option<String>,
    /// Only messages that came on this day or later.
    pub since: Option<Date>,
}

/// One message, as bytes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mail {
    /// Its number in the folder.
    pub uid: u32,
    /// The message, or its start.
    pub bytes: Vec<u8>,
    /// How many bytes were left out because it is too large.
    pub dropped: u64,
}

/// What was fetched.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Fetched {
    /// The messages, oldest first.
    pub mails: Vec<Mail>,
    /// How many the caller knows already.
    pub known: usize,
    /// What was left out, and why.
    pub faults: Vec<String>,
}

/// Why a folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// The server cannot be reached.
    #[error("`{server}` cannot be reached: {why}")]
    Unreachable {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// No secure way to it.
    #[error("`{server}` is not trusted: {why}; a certificate of your own goes into --ca FILE")]
    Untrusted {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// A password would go over the network unprotected.
    #[error("`{0}` is not this machine: the password would go over the network for all to read; use TLS")]
    InTheOpen(String),
    /// The certificates given cannot be read.
    #[error("the certificates of --ca cannot be read: {0}")]
    Certificates(String),
    /// The server does not take user or password.
    #[error("`{server}` does not take this user with this password: {why}")]
    Refused {
        /// The server.
        server: String,
        /// What it says.
        why: String,
    },
    /// There is no such folder.
    #[error("there is no folder `{folder}`{near}", near = near(.known))]
    NoFolder {
        /// The folder.
        folder: String,
        /// Those that are there.
        known: Vec<String>,
    },
    /// Signs that no command may hold.
    #[error("`{0}` holds signs that a mail server cannot be asked for")]
    Words(String),
    /// A command took too long.
    #[error("the server took more than {seconds} seconds to {doing}", seconds = PATIENCE.as_secs(), doing = .0)]
    Slow(&'static str),
    /// The conversation broke.
    #[error("the server could not {doing}: {why}")]
    Broken {
        /// What was asked.
        doing: &'static str,
        /// What it says.
        why: String,
    },
}

fn near(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!(": the mailbox has {}", known.join(", ")) }
}

/// Waits for a command, to a bound.
async fn patient<T>(
    doing: &'static str,
    command: impl Future<Output = Result<T, async_imap::error::Error>>,
) -> Result<T, ImapError> {
    match tokio::time::timeout(PATIENCE, command).await {
        Err(_) => Err(ImapError::Slow(doing)),
        Ok(Err(error)) => Err(ImapError::Broken { doing, why: plain(&error.to_string()) }),
        Ok(Ok(value)) => Ok(value),
    }
}

/// Cuts what a server says to a line that can be shown.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Fetches the messages of a folder that are wanted and that `known` does not know by their `Message-ID`.
///
/// # Errors
///
/// [`ImapError`] by cause. Where the conversation breaks after messages came, they are returned with a fault.
pub async fn fetch(
    account: &Account,
    wanted: &Wanted,
    known: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Fetched, ImapError> {
    let query = query(wanted)?;
    let mut session = connect::open(account).await?;
    if patient("open the folder", session.examine(&wanted.folder)).await.is_err() {
        let known = folders(&mut session).await;
        return Err(ImapError::NoFolder { folder: wanted.folder.clone(), known });
    }
    let mut uids: Vec<u32> = patient("search", session.uid_search(&query)).await?.into_iter().collect();
    uids.sort_unstable();
    let mut fetched = Fetched::default();
    if uids.len() > MOST_MESSAGES {
        let beyond = uids.len() - MOST_MESSAGES;
        uids.drain(..beyond);
        fetched.faults.push(format!(
            "the {beyond} oldest of the messages found were left out: {MOST_MESSAGES} is the most at once; narrow it with --with or --since"
        ));
    }
    let mut asked = Vec::new();
    for batch in uids.chunks(BATCH) {
        asked.extend(heads(&mut session, batch, known, &mut fetched.known).await?);
    }
    let mut held = 0;
    for (uid, size) in asked {
        if held + usize::try_from(size.min(MOST_BYTES)).unwrap_or(usize::MAX) > MOST_HELD {
            fetched.faults.push("more than 1 GB was found: narrow it with --with or --since".to_owned());
            break;
        }
        match body(&mut session, uid, size).await {
            Ok(Some(mail)) => {
                held += mail.bytes.len();
                fetched.mails.push(mail);
            }
            Ok(None) => fetched.faults.push(format!("message {uid} was gone when it was asked for")),
            Err(error) if fetched.mails.is_empty() => return Err(error),
            Err(error) => {
                fetched.faults.push(format!("from message {uid} on nothing was fetched: {error}"));
                return Ok(fetched);
            }
        }
    }
    // The farewell is a courtesy: what was asked for is here.
    let _ = tokio::time::timeout(Duration::from_secs(5), session.logout()).await;
    Ok(fetched)
}

/// Returns the numbers and sizes of the messages of a batch that are not known.
async fn heads(
    session: &mut Session<connect::Wire>,
    batch: &[u32],
    known: &(dyn Fn(&str) -> bool + Sync),
    already: &mut usize,
) -> Result<Vec<(u32, u32)>, ImapError> {
    let set = batch.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let answers = patient("list messages", async {
        let stream =
            session.uid_fetch(set, "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])").await?;
        stream.try_collect::<Vec<_>>().await
    })
    .await?;
    let mut new = Vec::new();
    for answer in answers {
        let Some(uid) = answer.uid else { continue };
        let header = String::from_utf8_lossy(answer.header().unwrap_or_default()).into_owned();
        let id = header.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(id, _)| id.trim());
        if id.is_some_and(known) {
            *already += 1;
        } else {
            new.push((uid, answer.size.unwrap_or(0)));
        }
    }
    new.sort_unstable();
    Ok(new)
}

/// Fetches one message, or the start of one that is too large; `None` where it is gone.
async fn body(session: &mut Session<connect::Wire>, uid: u32, size: u32) -> Result<Option<Mail>, ImapError> {
    let part = if size > MOST_BYTES {
        format!("(UID BODY.PEEK[]<0.{MOST_BYTES}>)")
    } else {
        "(UID BODY.PEEK[])".to_owned()
    };
    let answers = patient("fetch a message", async {
        session.uid_fetch(uid.to_string(), part).await?.try_collect::<Vec<_>>().await
    })
    .await?;
    let found =
        answers.iter().find(|answer| answer.uid == Some(uid)).and_then(async_imap::types::Fetch::body);
    Ok(found.map(|bytes| Mail {
        uid,
        bytes: bytes.to_vec(),
        dropped: u64::from(size).saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
            * u64::from(size > MOST_BYTES),
    }))
}

/// Lists the folders of a mailbox; none where the server does not tell.
async fn folders(session: &mut Session<connect::Wire>) -> Vec<String> {
    let listed = patient("list the folders", async {
        session.list(Some(""), Some("*")).await?.try_collect::<Vec<_>>().await
    })
    .await;
    let mut names: Vec<String> =
        listed.unwrap_or_default().iter().map(|name| plain(name.name())).take(50).collect();
    names.sort();
    names
}

/// Writes what is wanted as a search.
fn query(wanted: &Wanted) -> Result<String, ImapError> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut query = Vec::new();
    if let Some(since) = wanted.since {
        let month =
            usize::try_from(since.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("Jan");
        query.push(format!("SINCE {}-{month}-{}", since.day(), since.year()));
    }
    if let Some(with) = &wanted.with {
        // Within quotation marks nothing has a meaning but these two.
        if !with.bytes().all(|b| (0x20..0x7f).contains(&b) && b != b'"' && b != b'\\') || with.len() > 200 {
            return Err(ImapError::Words(plain(with)));
        }
        query.push(format!("OR FROM \"{with}\" OR TO \"{with}\" CC \"{with}\""));
    }
    if wanted.folder.chars().any(char::is_control) {
        return Err(ImapError::Words(plain(&wanted.folder)));
    }
    if query.is_empty() {
        query.push("ALL".to_owned());
    }
    Ok(query.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_holds_no_command_of_a_stranger() {
        let wanted = |with: Option<&str>| Wanted {
            folder: "INBOX".into(),
            with: with.map(str::to_owned),
            since: Some(jiff::civil::date(2026, 3, 1)),
        };
        assert_eq!(query(&wanted(None)).unwrap(), "SINCE 1-Mar-2026");
        assert_eq!(
            query(&wanted(Some("care@brightwell.example"))).unwrap(),
            "SINCE 1-Mar-2026 OR FROM \"care@brightwell.example\" OR TO \"care@brightwell.example\" CC \"care@brightwell.example\""
        );
        for with in ["a\r\nA1 DELETE INBOX", "a\" OR ALL \"", "b\\", "ü"] {
            assert!(query(&wanted(Some(with))).is_err(), "{with:?}");
        }
    }
}
