//! Importing what a customer kept: mail, chats, text messages, appointments. First looked over, then kept.
//!
//! [`look`] reads the files and says what each message would become in the log; nothing is written. [`keep`] writes down
//! those that the user said yes to. A message is known by its id, or by the hash of its words: importing twice gets it
//! once. Files that came with a message become evidence of the case, hashed; the bytes of a mail are kept beside.

mod answer;
mod appointment;
mod gather;
mod mailbox;
mod propose;
mod reply;
mod returned;
mod short;
mod sums;
#[cfg(test)]
mod tests;
mod theirs;
mod when;

use std::collections::{BTreeMap, BTreeSet};

use casework::event::{Evidence, Message as Kept, What};
use casework::{By, Case, Entry, Outcome, State};
use jiff::civil::Date;
use ladder::Rung;
use reading::message::{Attached, Form, Message, Order};
use schemars::JsonSchema;
use serde::Serialize;

pub use gather::Origin;
pub use mailbox::{FromMailbox, Mailbox, Secret, Security, fetch};
pub use reply::{Came, LineWanted, ReplyLine, ReplyTold, keep_reply, keep_reply_as, reply_lines, reply_told};
pub(super) use short::{sentences, short};
pub(super) use sums::sums;

use super::log::LearntView;
use super::{CaseDeskError, Place, mask};
use gather::{Gathered, Reading};
use propose::Maker;
use theirs::{Sides, domain_of, is_under};

/// What to import, and how.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// Where the messages are.
    pub from: Vec<Origin>,
    /// The form of the files, where it cannot be told: `mail`, `mbox`, `whatsapp`, `chat`, `json`, `sms`, `calendar`.
    pub form: Option<String>,
    /// Names and addresses of the customer.
    pub me: Vec<String>,
    /// Only messages with this address, domain, name or number.
    pub with: Option<String>,
    /// Only messages from this day on.
    pub since: Option<Date>,
    /// The day a chat began, if it shows only times.
    pub on: Option<Date>,
    /// The order of days in numbers, where the user gave it: whether the day stands first.
    pub day_first: Option<bool>,
}

/// What an import found. Nothing of it is kept yet.
#[derive(Debug)]
pub struct Import {
    /// The case.
    pub case: String,
    /// What each message would become, oldest first.
    pub proposals: Vec<Proposal>,
    /// Messages that the case has already.
    pub already: usize,
    /// What could not be read, and why.
    pub faults: Vec<Fault>,
    /// How many events the case had then.
    events: usize,
}

/// Something that could not be read; the rest went on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Fault {
    /// The file, and where in it.
    pub file: String,
    /// Why.
    pub why: String,
}

/// What one message, conversation or appointment would become.
#[derive(Debug)]
pub struct Proposal {
    /// Its place in this import, from 1.
    pub number: usize,
    /// Its id: the same whenever the same message is imported.
    pub key: String,
    /// The file it came from.
    pub file: String,
    /// What it is, in a line.
    pub title: String,
    /// Whether something ties it to the case: its sender, its thread, a name or number in it.
    pub touches: bool,
    /// Its lines of the log, the message itself first.
    pub lines: Vec<Entry>,
    /// The message, apart from its lines.
    pub message: Kept,
    /// Files that came with it.
    pub attached: Vec<Attached>,
    /// The bytes of a mail.
    pub raw: Option<Vec<u8>>,
    /// References that it gives.
    pub references: Vec<String>,
    /// Contact points that it gives, from a sender that is proven to be the company.
    pub contacts: Vec<Told>,
    /// What it tells of the address that was written to: it came back, its owner has left.
    pub tried: Option<Tried>,
    /// What is to be known before it is kept.
    pub notes: Vec<String>,
}

/// What became of a contact point, as an automatic mail tells it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct Tried {
    /// The address.
    pub contact: String,
    /// What happened, an id of [`casework::Outcome`].
    pub outcome: String,
    /// The words that say so.
    pub words: String,
    /// Contact points to use instead, the best first: those of the case's ladder, then those that the mail names.
    pub instead: Vec<String>,
}

/// A contact point that a message gives.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Told {
    /// `phone`, `email` or `web`.
    pub channel: String,
    /// As it is written.
    pub value: String,
    /// The rung of who wrote it, where known.
    pub rung: Option<Rung>,
    /// Who told it.
    pub told_by: String,
}

/// What one proposal would write, for a face.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ProposalView {
    /// Its place in this import, from 1.
    pub number: usize,
    /// Its id, by which it is chosen.
    pub key: String,
    /// The file it came from.
    pub file: String,
    /// What it is, in a line.
    pub title: String,
    /// Whether something ties it to the case.
    pub touches: bool,
    /// The lines that would be written.
    pub lines: Vec<LineView>,
    /// The words of the message.
    pub text: Option<String>,
    /// Files that would become evidence, with their size in bytes.
    pub attached: Vec<(String, usize)>,
    /// References that it gives.
    pub references: Vec<String>,
    /// Contact points that it gives.
    pub contacts: Vec<Told>,
    /// What it tells of the address that was written to.
    pub tried: Option<Tried>,
    /// What is to be known before it is kept.
    pub notes: Vec<String>,
}

/// A line of the log that would be written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LineView {
    /// The day.
    pub on: String,
    /// The time on the customer's clock.
    pub time: Option<String>,
    /// Whose act.
    pub by: String,
    /// What it is.
    pub kind: String,
    /// With which rung.
    pub rung: Option<String>,
    /// With whom.
    pub person: Option<String>,
    /// In short.
    pub text: String,
    /// The day promised or set.
    pub due: Option<String>,
    /// The sum.
    pub amount: Option<String>,
}

/// What was kept of an import.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Imported {
    /// Messages that were kept.
    pub messages: usize,
    /// Lines of the log that were written.
    pub lines: usize,
    /// Files that became evidence.
    pub files: usize,
    /// Card numbers and national ids that were masked.
    pub masked: usize,
    /// Messages and files that hold such numbers: what is kept of them as evidence has them in plain.
    pub in_files: Vec<String>,
    /// What the mails told of addresses that were written to.
    pub tried: Vec<Tried>,
    /// How many of them are marked in the user's own directory too.
    pub marked: usize,
    /// What could not be kept, and why.
    pub faults: Vec<Fault>,
}

impl Proposal {
    fn new(key: String, file: &str) -> Self {
        Self {
            number: 0,
            key,
            file: file.to_owned(),
            title: String::new(),
            touches: false,
            lines: Vec::new(),
            message: Kept::default(),
            attached: Vec::new(),
            raw: None,
            references: Vec::new(),
            contacts: Vec::new(),
            tried: None,
            notes: Vec::new(),
        }
    }

    /// Returns by what proposals are put in order: their time, then their id.
    fn order(&self) -> (Option<Date>, Option<jiff::civil::Time>, &str) {
        let first = self.lines.first();
        (first.map(|line| line.on), first.and_then(|line| line.time), &self.key)
    }

    /// Returns what a face shows of it.
    #[must_use]
    pub fn view(&self) -> ProposalView {
        ProposalView {
            number: self.number,
            key: self.key.clone(),
            file: self.file.clone(),
            title: self.title.clone(),
            touches: self.touches,
            lines: self.lines.iter().map(line).collect(),
            text: self.message.text.clone(),
            attached: self.attached.iter().map(|file| (file.name.clone(), file.bytes.len())).collect(),
            references: self.references.clone(),
            contacts: self.contacts.clone(),
            tried: self.tried.clone(),
            notes: self.notes.clone(),
        }
    }
}

fn line(entry: &Entry) -> LineView {
    LineView {
        on: entry.on.to_string(),
        time: entry.time.map(|time| time.strftime("%H:%M").to_string()),
        by: entry.by.id().to_owned(),
        kind: entry.kind.id().to_owned(),
        rung: entry.rung.map(|rung| rung.id().to_owned()),
        person: entry.person.clone(),
        text: entry.text.clone(),
        due: entry.due.map(|day| day.to_string()),
        amount: entry.amount.map(|money| money.to_string()),
    }
}

/// Reads messages and says what each would become in the log of a case. Writes nothing.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a form that is not known; [`CaseDeskError::Cases`] where the case cannot be read. A file
/// that cannot be read is no error: it stands among the faults.
pub async fn look(place: &Place, id: &str, request: &ImportRequest) -> Result<Import, CaseDeskError> {
    let case = place.read().await?.load(id).await?;
    let state = State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))?;
    let form = match &request.form {
        None => None,
        Some(name) => Some(Form::ALL.into_iter().find(|form| form.id() == name).ok_or_else(|| {
            let known: Vec<&str> = Form::ALL.iter().map(|form| form.id()).collect();
            CaseDeskError::Wrong(format!("`{name}` is no form of messages: known are {}", known.join(", ")))
        })?),
    };
    let known = known(&case);
    let with = request.with.as_ref().map(|with| with.trim().to_lowercase()).filter(|with| !with.is_empty());
    let wants = |message: &Message| {
        let since = request
            .since
            .is_none_or(|since| message.sent.as_ref().is_none_or(|sent| sent.local.date() >= since));
        since && with.as_ref().is_none_or(|with| is_with(message, with))
    };
    let order = request.day_first.map(|first| if first { Order::DayFirst } else { Order::MonthFirst });
    let reading = Reading { form, on: request.on, order, today: place.now.date() };
    let gathered = Gathered::of(&request.from, &reading, &wants);
    let (found, faults) = (gathered.found, gathered.faults);
    let mut maker = Maker {
        state: &state,
        sides: Sides::of(&state, &request.me),
        now: &place.now,
        known,
        words: words(&case),
        with,
        faults,
        already: 0,
    };
    let mut proposals = maker.all(found);
    if let Some(since) = request.since {
        proposals.retain(|proposal| proposal.lines.first().is_some_and(|line| line.on >= since));
    }
    let events = case.events().len();
    Ok(Import { case: id.to_owned(), proposals, already: maker.already, faults: maker.faults, events })
}

/// Returns whether what was found still stands: nothing was written into the case since.
///
/// # Errors
///
/// [`CaseDeskError`] where the case cannot be read.
pub async fn still_stands(place: &Place, import: &Import) -> Result<bool, CaseDeskError> {
    Ok(place.read().await?.load(&import.case).await?.events().len() == import.events)
}

/// Returns whether a mail is from or to an address, a domain or a name.
fn is_with(message: &Message, with: &str) -> bool {
    let with = with.trim_start_matches('@');
    let mut parties = std::iter::once(&message.from).chain(&message.to);
    parties.any(|party| {
        let address = party.address.as_deref().unwrap_or_default();
        address == with
            || domain_of(address).is_some_and(|domain| is_under(&domain, with))
            || (!with.contains(['@', '.'])
                && party.name.as_deref().is_some_and(|name| name.to_lowercase().contains(with)))
    })
}

/// Returns the ids of the messages that a case has.
fn known(case: &Case) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for event in case.events() {
        if let What::Sent { message, .. } | What::Received { message, .. } = &event.what {
            known.extend(message.id.clone());
            known.extend(message.parts.iter().cloned());
        }
    }
    known
}

/// Returns the words of the mails that a case has, by their ids.
fn words(case: &Case) -> BTreeMap<String, (By, String)> {
    let mut words = BTreeMap::new();
    for event in case.events() {
        let (by, message, entry) = match &event.what {
            What::Sent { message, entry } => (By::Customer, message, entry),
            What::Received { message, entry } => (entry.by, message, entry),
            _ => continue,
        };
        if let Some(id) = &message.id {
            words.insert(id.clone(), (by, message.text.clone().unwrap_or_else(|| entry.text.clone())));
        }
    }
    words
}

/// Keeps the proposals of an import whose keys are chosen; each is written whole or not at all.
///
/// What another process imported meanwhile is not written again.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where the case cannot be read or written; what was kept before stays. A file that cannot be
/// kept is no error: it stands among the faults, and its message is kept without it.
pub async fn keep(place: &Place, import: &Import, chosen: &[String]) -> Result<Imported, CaseDeskError> {
    let cases = place.write().await?;
    let id = import.case.as_str();
    let case = cases.load(id).await?;
    let mut known = known(&case);
    let mut files: BTreeSet<String> = case
        .events()
        .iter()
        .filter_map(|event| match &event.what {
            What::EvidenceAttached(evidence) => evidence.sha256.clone(),
            _ => None,
        })
        .collect();
    let mut done = Imported::default();
    let chosen: BTreeSet<&str> = chosen.iter().map(String::as_str).collect();
    for proposal in import.proposals.iter().filter(|proposal| chosen.contains(proposal.key.as_str())) {
        if known.contains(&proposal.key) {
            continue;
        }
        let mut events = Vec::new();
        let mut message = proposal.message.clone();
        // Files first: an event never names a file that is not there.
        if let Some(raw) = &proposal.raw {
            match cases.copy_from(id, raw.as_slice()).await {
                Ok(copied) => message.sha256 = Some(copied.sha256),
                Err(error) => done.faults.push(Fault {
                    file: proposal.file.clone(),
                    why: format!("its bytes were not kept: {error}"),
                }),
            }
        }
        let mut evidence = Vec::new();
        for file in &proposal.attached {
            match cases.copy_from(id, file.bytes.as_slice()).await {
                Ok(copied) if files.contains(&copied.sha256) => {}
                Ok(copied) => {
                    files.insert(copied.sha256.clone());
                    let preview = super::preview::of(&file.bytes);
                    if preview.masked > 0 {
                        done.in_files.push(file.name.clone());
                    }
                    evidence.push(What::EvidenceAttached(Evidence {
                        preview: preview.line,
                        text: preview.text,
                        name: file.name.clone(),
                        on: proposal.lines.first().map(|line| line.on),
                        sha256: Some(copied.sha256),
                        bytes: Some(copied.bytes),
                    }));
                }
                Err(error) => done.faults.push(Fault {
                    file: format!("{}, `{}`", proposal.file, file.name),
                    why: format!("it was not kept: {error}"),
                }),
            }
        }
        if let Some(text) = &mut message.text {
            let (masked, count) = mask(text);
            *text = masked;
            done.masked += count;
            if count > 0 && message.sha256.is_some() {
                done.in_files.push(proposal.title.clone());
            }
        }
        let mut first = Some(message);
        for entry in &proposal.lines {
            let mut entry = Box::new(entry.clone());
            entry.text = mask(&entry.text).0;
            done.lines += 1;
            events.push(match (first.take(), entry.by) {
                (Some(message), By::Customer) => What::Sent { entry, message },
                (Some(message), _) => What::Received { entry, message },
                (None, _) => What::Logged(entry),
            });
        }
        done.files += evidence.len();
        events.extend(evidence);
        if let Some(tried) = &proposal.tried
            && let Some(outcome) = Outcome::from_id(&tried.outcome)
        {
            events.push(What::ContactTried { contact: tried.contact.clone(), outcome });
            done.tried.push(tried.clone());
        }
        for reference in proposal.references.iter().skip(1) {
            events.push(What::Referenced { reference: reference.clone() });
        }
        cases.append(id, events, &place.moment(), "import").await?;
        known.insert(proposal.key.clone());
        done.messages += 1;
    }
    cases.close().await;
    let learnt: Vec<LearntView> = done
        .tried
        .iter()
        .map(|tried| LearntView { contact: tried.contact.clone(), outcome: tried.outcome.clone() })
        .collect();
    if !learnt.is_empty() {
        // An address that the user's directory does not know has nothing there that could be marked.
        done.marked = super::log::learn(place, id, &learnt).await?.0;
    }
    Ok(done)
}

/// Keeps contact points that messages gave in the user's own directory, each as told by who wrote it.
///
/// # Errors
///
/// The first that could not be kept, in words.
pub async fn keep_contacts(
    place: &Place,
    company: &str,
    told: &[Told],
    on: Date,
) -> Result<usize, CaseDeskError> {
    let mut kept = 0;
    for one in told {
        let request = crate::directory::AddRequest {
            company: company.to_owned(),
            value: one.value.clone(),
            channel: None,
            rung: one.rung,
            told_by: one.told_by.clone(),
            on: Some(on),
            label: None,
            country: None,
            data: Some(place.directory()),
        };
        crate::directory::add(&request, place.now.timestamp()).await.map_err(|error| {
            CaseDeskError::Wrong(format!("`{}` was not kept in your directory: {error}", one.value))
        })?;
        kept += 1;
    }
    Ok(kept)
}
