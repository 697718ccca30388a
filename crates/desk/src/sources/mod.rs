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

use crate::erase::Made;

/// What is written here in the folder of what is kept.
pub(crate) const MADE: &[Made] = &[Made::Named(last::FILE)];
/// What is written here in the folder of settings.
pub(crate) const SET: &[Made] = &[Made::Named(settings::FILE)];

pub(crate) use gather::{ANSWERS, Around};
pub(crate) use joined::Joined;
pub(crate) use quest::{Quest, Resolved};
pub use settings::{SettingsError, SourceSettings};
pub use sources::fetch::Secret;
pub use view::{
    ChangeAnswer, ImportView, LastView, LinkedView, Offer, Report, SOURCES_SCHEMA, SourceView, SourcesAnswer,
    TestError, disable, enable, list, offers, seconds, switch, test,
};

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{last, settings};

    /// Writes what this room writes.
    pub(crate) fn write(data: &Path, config: &Path) {
        let news = BTreeMap::from([("wikidata".to_owned(), last::Last::default())]);
        last::keep(Some(data), news);
        settings::SourceSettings::read(Some(config.to_owned()), []).unwrap().write().unwrap();
    }
}
