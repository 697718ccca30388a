//! The case: one customer's problem with one company, from the first word to the last, kept on this machine.
//!
//! Everything that a face shows is computed from the log of events; everything that it changes is an event appended.

mod act;
mod bill;
mod calendar;
mod call;
#[cfg(test)]
mod call_tests;
mod day;
mod delete;
mod deliver;
mod dossier;
mod draft;
mod due;
#[cfg(test)]
mod due_tests;
mod edit;
pub(crate) mod fact;
mod files;
pub mod import;
#[cfg(test)]
mod learnt_tests;
#[cfg(test)]
mod letter_tests;
mod log;
mod mail_settings;
mod open;
mod pack;
mod page;
mod picture;
mod pinned;
mod preview;
mod private;
mod recipient;
mod redact;
mod refresh;
mod rescue;
pub(crate) mod sealing;
mod set_day;
mod show;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told_tests;
mod topic;
mod tried;
mod who;
pub mod words;
mod written;

use std::path::PathBuf;

use casework::{Moment, State};
use jiff::Zoned;
use store::{Cases, CasesError, Settings, Store, StoreError, Texts};

use crate::erase::Made;

/// What is written here in the folder of what is kept.
pub(crate) const MADE: &[Made] = &[
    Made::Named(store::cases::FILES),
    Made::Named(written::FOLDER),
    Made::Named(call::FOLDER),
    Made::Named(who::PEOPLE),
    Made::Named(sealing::MARK),
    Made::Named(mail_settings::FILE),
];

pub use act::{Act, Opens, act};
pub use bill::{BillRequest, BillView, CameView, bill, bills};
pub use calendar::calendar;
pub use call::{
    Call, CallGuide, CallNote, CallPromise, CallView, GuideStep, Mark, call_begin, call_end, call_guide,
    call_show, call_unfinished,
};
pub use delete::{Deletion, delete, deletion};
pub use deliver::{Delivery, DraftFile, Prepared, Sent, Shape, draft_file, prepare, send, write_new};
pub use dossier::{DossierAnswer, DossierMade, DossierRequest, dossier, write_dossier};
pub use draft::{
    DraftRequest, LENGTHS, Me, draft, forms, goes_by_post, kinds, own_templates, template_faults,
    templates_page,
};
pub use due::{DueList, DueView, due, due_all, due_soon};
pub use edit::{EditRequest, FACTS, edit, facts};
pub use files::{EvidenceView, GlanceView, evidence, file, glance, picture_of};
pub use letters::draft::{Draft, OwnTemplate, Tone};
pub use log::{
    AttachedView, ClosedView, LearntView, LogRequest, attach, attach_bytes, authority, close, learn, log,
    note, outcome, reopen, settle, withdraw,
};
pub use mail_settings::{Security, SmtpSettings, smtp_settings};
pub use open::{NewCase, Opened, called, known_fields, new, told_in_words, unknown_fields};
pub use pack::{Exported, PackError, export_folder, export_redacted, export_sealed, restore_sealed};
pub use picture::{MarkView as PictureMark, PictureView, SpanView, picture};
pub use pinned::{PhoneView, PinnedView, PinnedWitness, contacts, phones, proof};
pub use private::mask;
pub use refresh::{Changed, Refreshed, asked, refresh};
pub use rescue::{RescueView, rescue};
pub use sealing::{SealView, is_sealed, seal, unlock, unseal};
pub use show::{
    CASE_SCHEMA, CaseView, EntryView, HolderView, ListView, MessageView, PromiseView, VerifyView, count,
    list, list_page, message, next, show, verify,
};
pub use store::{Address, Kept as Connections, Passphrase};
pub use topic::about;
pub(crate) use topic::settle as settle_topic;
pub use tried::{TriedView, tried};
pub(crate) use who::Who;
pub use who::holder;
pub use written::{MOST_TEXT, SentRequest, WrittenView, begun, discard, sent, serving, write_down, written};

/// Where cases are kept, and who asks. It is made by [`Place::own`] for whoever holds the machine, or by [`Place::of`] for an account.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder of what the user begins, drafts and prefers.
    pub data: PathBuf,
    /// The server that keeps the cases in its place, where one is named.
    pub server: Option<Address>,
    /// What opens the store, where it is sealed; asked for only then.
    pub passphrase: Passphrase,
    /// Now, in the zone of the user.
    pub now: Zoned,
    /// Who records: the name that stands in the log.
    pub by: String,
    /// The folder of the cases and the directory: for a single user the same one.
    pub(crate) vault: PathBuf,
    /// Who asks.
    pub(crate) who: Who,
    /// Connections to the server that are kept for the next who asks.
    pub(crate) kept: Option<Connections>,
}

/// Why something could not be done with a case.
#[derive(Debug, thiserror::Error)]
pub enum CaseDeskError {
    /// The store.
    #[error(transparent)]
    Cases(#[from] CasesError),
    /// What was given for the case cannot be understood.
    #[error("{0}")]
    Wrong(String),
    /// Nothing is kept yet.
    #[error("no case is kept in `{0}` yet: `upstairs case new` opens one")]
    None(String),
    /// A message is to be made, and the customer's own address is not known.
    #[error("a message needs your own address: put `email = \"…\"` into `{}`", .0.display())]
    NoAddress(PathBuf),
    /// A draft could not be written.
    #[error("{0}; mend it, or take the built-in words (`--built-in`)")]
    Draft(#[from] letters::draft::TemplateError),
    /// A copy could not be made or taken in.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A message could not be made.
    #[error(transparent)]
    Mail(#[from] mailroom::ComposeError),
    /// A message was not sent.
    #[error(transparent)]
    Send(#[from] mailroom::SendError),
    /// Pages could not be set.
    #[error(transparent)]
    Set(#[from] typeset::SetError),
}

impl CaseDeskError {
    /// Returns whether the case that was asked for is not there.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::None(_) | Self::Cases(CasesError::NotThere { .. }))
    }

    /// Returns whether the cases are sealed, and what would open them is missing or another.
    #[must_use]
    pub const fn is_sealed(&self) -> bool {
        matches!(self, Self::Cases(CasesError::Store(StoreError::Sealed(_) | StoreError::Passphrase(_))))
    }

    /// Returns whether whoever asks may read only.
    #[must_use]
    pub const fn is_reads_only(&self) -> bool {
        matches!(self, Self::Cases(CasesError::ReadsOnly))
    }

    /// Returns what the user can do about it, where there is something beyond the error's own words.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Cases(CasesError::Store(error)) => error.hint(),
            _ => None,
        }
    }
}

impl From<StoreError> for CaseDeskError {
    fn from(error: StoreError) -> Self {
        Self::Cases(error.into())
    }
}

impl Place {
    /// Returns the moment of now, as it is recorded.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let offset = i16::try_from(self.now.offset().seconds() / 60).unwrap_or(0);
        let zone = self.now.time_zone().iana_name();
        Moment::new(self.now.datetime(), offset, zone)
            .or_else(|_| Moment::new(self.now.datetime(), offset, None))
            .unwrap_or_else(|_| Moment::of_day(self.now.date()))
    }

    /// Returns where cases are kept, as it is shown.
    #[must_use]
    pub fn shown(&self) -> String {
        self.server.as_ref().map_or_else(|| self.vault.display().to_string(), Address::shown)
    }

    fn store(&self) -> Store {
        store::open(&match &self.server {
            None => Settings::Folder(self.vault.clone()),
            Some(address) => Settings::Server { address: address.clone(), folder: self.vault.clone() },
        })
        .with(self.passphrase.clone())
        .reaching(self.who.reach())
        .keeping(self.kept.clone())
    }

    /// Opens the cases to read.
    pub(crate) async fn read(&self) -> Result<Cases, CaseDeskError> {
        self.store().read_cases().await?.ok_or_else(|| CaseDeskError::None(self.shown()))
    }

    /// Opens the cases to write.
    pub(crate) async fn write(&self) -> Result<Cases, CaseDeskError> {
        self.may_write()?;
        let cases = self.store().write_cases().await?;
        sealing::end_what_was_begun(self, &cases).await;
        Ok(cases)
    }

    /// Returns what locks and opens texts that lie beside the cases.
    pub(crate) async fn texts(&self) -> Result<Texts, CaseDeskError> {
        Ok(self.store().read_cases().await?.map(|cases| cases.texts()).unwrap_or_default())
    }

    /// Reads the state of a case.
    pub(crate) async fn state(&self, id: &str) -> Result<State, CaseDeskError> {
        let case = self.read().await?.load(id).await?;
        State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))
    }
}

/// Reads a file of a case whole.
async fn bytes_of(cases: &store::Cases, id: &str, sha256: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut cases.read_file(id, sha256).await?, &mut bytes)?;
    Ok(bytes)
}
