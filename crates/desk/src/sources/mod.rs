//! Outside sources: which are on, what they are sent, and what they say of a company.
//!
//! None is asked unless the user switched it on, and before the first use the user sees what it will be sent
//! ([`Offer`]). Settings and keys are in one file that only the user can read ([`SourceSettings`]); what each source last
//! answered is kept beside the directory. [`list`], [`enable`], [`disable`] and [`test`] are what `upstairs sources` does;
//! `find` asks through `gather`.

mod gather;
mod joined;
mod last;
mod pages;
mod quest;
mod resolve;
mod settings;
mod view;

pub(crate) use gather::Around;
pub(crate) use joined::Joined;
pub(crate) use quest::{Quest, Resolved};
pub use settings::{SettingsError, SourceSettings};
pub use sources::fetch::Secret;
pub use view::{
    ChangeAnswer, ImportView, LastView, LinkedView, Offer, Report, SOURCES_SCHEMA, SourceView, SourcesAnswer,
    TestError, disable, enable, list, offers, seconds, switch, test,
};
