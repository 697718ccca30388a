//! Why a case could not be read or kept.

use std::path::PathBuf;

use casework::CaseError;

use super::verify::Fault;
use crate::database::StoreError;

/// Why a case could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum CasesError {
    /// The file of the cases.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No case of this id.
    #[error("there is no case `{id}`{}", hint(.near))]
    NotThere {
        /// The id as given.
        id: String,
        /// Ids that are there and look alike.
        near: Vec<String>,
    },
    /// Whoever asks may read only.
    #[error("this account only reads: nothing was changed")]
    ReadsOnly,
    /// The event does not fit the case.
    #[error(transparent)]
    Refused(#[from] CaseError),
    /// The event is larger than an event may be.
    #[error("an event of {bytes} bytes is too large: {most} are the most; attach long texts as files")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most.
        most: usize,
    },
    /// A case of this id is there, and it is another one.
    #[error("there is a case `{0}` already, with other events: it was left as it is")]
    Taken(String),
    /// The chain does not hold.
    #[error("the log of case `{id}` is not as it was written: {fault}")]
    Broken {
        /// The case.
        id: String,
        /// What is wrong.
        fault: Fault,
    },
    /// The file to attach cannot be read or copied.
    #[error("`{path}` cannot be attached: {why}")]
    Attach {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

/// Names what is near, or how to see all.
fn hint(near: &[String]) -> String {
    match near {
        [] => "; `upstairs case list` shows all".to_owned(),
        near => format!(
            "; did you mean {}?",
            near.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" or ")
        ),
    }
}

impl CasesError {
    /// Returns whether what was asked for was wrong, rather than the machine.
    #[must_use]
    pub const fn is_of_user(&self) -> bool {
        matches!(
            self,
            Self::NotThere { .. }
                | Self::ReadsOnly
                | Self::Refused(_)
                | Self::TooLarge { .. }
                | Self::Taken(_)
                | Self::Attach { .. }
        )
    }

    /// Makes the error of an id that is not there.
    pub(super) fn not_there(id: &str, ids: &[String]) -> Self {
        let near = ids
            .iter()
            .filter(|known| known.starts_with(id) || strsim::damerau_levenshtein(known, id) <= 2)
            .take(3)
            .cloned()
            .collect();
        Self::NotThere { id: id.to_owned(), near }
    }
}
